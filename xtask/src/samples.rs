//! `cargo xtask samples --dir DIR`: reads every list in a folder and says what came out of it.
//!
//! The tests read small lists made by hand. Whether the readers understand what is really published is seen with the
//! real files, which do not belong into this repository: they are large, and they name people. Put them into a folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use screening::{
    files,
    list::{Deviation, Format, Refused, Summary},
};

/// So many sorts of deviations are shown for a file.
const SHOWN: usize = 8;

/// A published file of which it is known how much is in it.
struct Known {
    format: Format,
    /// The length of the (main) file, by which it is recognised.
    bytes: u64,
    entries: u64,
    /// A programme and how many are listed under it.
    programme: Option<(&'static str, u64)>,
}

const KNOWN: [Known; 5] = [
    // 730 individuals and 273 entities, of 2026-02-27.
    Known { format: Format::Un, bytes: 2_030_620, entries: 1003, programme: None },
    Known { format: Format::SdnCsv, bytes: 1_500_628, entries: 7379, programme: Some(("SDNTK", 1794)) },
    Known { format: Format::UsCsl, bytes: 47_909, entries: 115, programme: None },
    Known { format: Format::Ftm, bytes: 146_373, entries: 17, programme: None },
    Known { format: Format::LeiCdf, bytes: 37_230, entries: 10, programme: None },
];

/// What was read.
struct Outcome {
    summary: Summary,
    programmes: BTreeMap<String, u64>,
}

/// Reads what is in `dir`.
///
/// # Errors
/// If a list is refused, or one that is known has another number of entries than it should.
pub fn samples(dir: &Path) -> Result<()> {
    let mut paths: Vec<PathBuf> = fs::read_dir(dir)
        .with_context(|| format!("cannot read the folder {}", dir.display()))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()).filter(|path| path.is_file()))
        .collect();
    paths.sort();
    let (lists, others) = files::sort(&paths)?;
    others.iter().for_each(|path| println!("{}: no list that we know\n", files::name(path)));
    let mut wrong = Vec::new();
    for (format, paths) in &lists {
        wrong.extend(one(*format, paths)?);
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("; "));
    Ok(())
}

/// Reads a list and says what came out of it; what is wrong comes back.
fn one(format: Format, paths: &[PathBuf]) -> Result<Option<String>> {
    let names = paths.iter().map(|path| files::name(path)).collect::<Vec<_>>().join(", ");
    println!("{names}: {}", format.label());
    let begun = Instant::now();
    let outcome = match read(format, paths) {
        Ok(outcome) => outcome,
        Err(refused) => {
            println!("  refused: {refused}\n");
            return Ok(Some(format!("{names} was refused: {refused}")));
        }
    };
    show(&outcome.summary, begun.elapsed().as_secs_f64());
    Ok(compare(format, paths, &outcome)?.map(|wrong| format!("{names}: {wrong}")))
}

fn read(format: Format, paths: &[PathBuf]) -> Result<Outcome, Refused> {
    let mut programmes = BTreeMap::new();
    let summary = files::read(format, paths, &mut |entry| {
        for programme in entry.programmes {
            *programmes.entry(programme).or_default() += 1;
        }
    })?;
    Ok(Outcome { summary, programmes })
}

fn show(summary: &Summary, seconds: f64) {
    let kinds: Vec<String> = summary.entries.iter().map(|(kind, count)| format!("{count} {kind:?}")).collect();
    println!("  {} entries in {seconds:.2} s: {}", summary.total(), kinds.join(", ").to_lowercase());
    if let Some(generated) = &summary.generated {
        println!("  made: {generated}");
    }
    if !summary.beside.is_empty() {
        let beside: Vec<String> = summary.beside.iter().map(|(what, count)| format!("{count} {what}")).collect();
        println!("  beside: {}", beside.join(", "));
    }
    println!("  {} deviations", summary.deviating());
    let mut sorts: BTreeMap<String, (u64, &Deviation)> = BTreeMap::new();
    for deviation in &summary.deviations {
        sorts.entry(sort(&deviation.what)).or_insert((0, deviation)).0 += 1;
    }
    let mut sorts: Vec<_> = sorts.into_values().collect();
    sorts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    for (count, first) in sorts.iter().take(SHOWN) {
        println!("    {count} × such as {}: {}", first.place, first.what);
    }
    if sorts.len() > SHOWN {
        println!("    and {} other sorts", sorts.len() - SHOWN);
    }
    println!();
}

/// What a deviation says, without what it cites.
fn sort(what: &str) -> String {
    let mut out = String::new();
    let mut cited = false;
    for letter in what.chars() {
        match letter {
            '\u{201c}' => cited = true,
            '\u{201d}' => cited = false,
            ':' => break,
            _ if cited || letter.is_ascii_digit() => {}
            _ => out.push(letter),
        }
    }
    out
}

/// What differs from what is known of the file.
fn compare(format: Format, paths: &[PathBuf], outcome: &Outcome) -> Result<Option<String>> {
    let mut lengths = Vec::new();
    for path in paths {
        lengths.push(fs::metadata(path)?.len());
    }
    let Some(known) = KNOWN.iter().find(|known| known.format == format && lengths.contains(&known.bytes)) else {
        return Ok(None);
    };
    let total = outcome.summary.total();
    if total != known.entries {
        return Ok(Some(format!("{total} entries where {} are known to be", known.entries)));
    }
    let wrong = known.programme.and_then(|(programme, wanted)| {
        let found = outcome.programmes.get(programme).copied().unwrap_or_default();
        (found != wanted).then(|| format!("{found} entries under {programme} where {wanted} are known to be"))
    });
    Ok(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_in_a_folder_are_read() {
        let dir = tempfile::tempdir().expect("there is room");
        let put = |name: &str, text: &str| fs::write(dir.path().join(name), text).expect("it can be written");
        put("ours.csv", screening::list::OWN_TEMPLATE);
        put("SDN.CSV", "1,\"PROBA\",-0- ,\"SDNTK\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n");
        put("ALT.CSV", "1,2,\"aka\",\"PROVA\",-0- \n");
        put("notes.txt", "no list");
        samples(dir.path()).expect("all are good");
        put("broken.csv", "id,name,kind\n1,\"Anna");
        let wrong = samples(dir.path()).expect_err("one is cut off").to_string();
        assert!(wrong.contains("broken.csv was refused"), "{wrong}");
    }

    #[test]
    fn deviations_are_sorted_by_what_they_say() {
        assert_eq!(
            sort("we know no country \u{201c}X\u{201d}; kept"),
            sort("we know no country \u{201c}Y Z\u{201d}; kept")
        );
    }
}
