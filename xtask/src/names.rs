//! `cargo xtask names`: how right and how fast names are screened, beside what else one could take.
//!
//! The pairs of `crates/screening/tests/quality/` are scored by the engine, by RapidFuzz (`WRatio`) and by PostgreSQL's
//! trigrams; for each the best threshold is found and its precision and recall printed. Then invented lists are searched
//! with invented questions by all three: the same names, the same truth, the slow ones with fewer questions.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

use crate::command::Cmd;
use crate::step::step;
use crate::{postgres, project};

/// How many names are on the lists, and how many questions are asked of each.
const LISTS: [(u32, u32); 2] = [(20_000, 2_000), (1_000_000, 1_000)];

/// Questions for those that take long.
const FEW: usize = 200;

const PAIRS: [&str; 7] = ["tried", "held", "fresh", "fresh-held", "more", "second", "second-held"];

/// Measures and prints.
pub fn names() -> Result<()> {
    let root = project::root();
    let folder = tempfile::Builder::new().prefix("forerunner-names-").tempdir_in(project::target())?;
    step("Build the engine");
    Cmd::new("cargo", &["build", "--release", "--package", "screening", "--examples"]).within(&root).run()?;
    let python = python(folder.path())?;
    let server = postgres::Server::start()?;
    let work = folder.path();
    println!("\n| pairs | engine | AUC | best F1 | at | precision | recall |\n|---|---|---|---|---|---|---|");
    for (count, questions) in LISTS {
        step(&format!("{count} names"));
        let count_text = count.to_string();
        let program = root.join("target/release/examples/speed");
        let own = Cmd::new(&program, &[&count_text, &questions.to_string()]).arg(work).output()?;
        few(work)?;
        if count == LISTS[0].0 {
            for name in PAIRS {
                quality(name, &root, work, &python, server.url())?;
            }
        }
        println!("\n{count} names, the engine:\n{own}");
        let times =
            Cmd::new(&python, &[]).arg(script(work)?).args(&["find", "names.tsv", "few.tsv"]).within(work).output()?;
        println!("RapidFuzz: {}", summary(&times)?);
        trigrams(work, server.url())?;
        println!("pg_trgm: {}", summary(&fs::read_to_string(work.join("times.txt"))?)?);
    }
    Ok(())
}

/// A Python of our own with RapidFuzz in it.
fn python(folder: &Path) -> Result<PathBuf> {
    let place = folder.join("python");
    Cmd::new("python3", &["-m", "venv"])
        .arg(&place)
        .run()
        .context("Python with venv is needed to measure RapidFuzz")?;
    let python = place.join("bin/python");
    Cmd::new(&python, &["-m", "pip", "install", "--quiet", "rapidfuzz"]).run().context("RapidFuzz comes from PyPI")?;
    Ok(python)
}

fn script(folder: &Path) -> Result<PathBuf> {
    let path = folder.join("peer.py");
    fs::write(&path, include_str!("names/rapidfuzz.py"))?;
    Ok(path)
}

/// The first questions in a file of their own.
fn few(folder: &Path) -> Result<()> {
    let questions = fs::read_to_string(folder.join("questions.tsv"))?;
    let few: Vec<&str> = questions.lines().take(FEW).collect();
    Ok(fs::write(folder.join("few.tsv"), few.join("\n") + "\n")?)
}

fn trigrams(folder: &Path, url: &str) -> Result<()> {
    let script = folder.join("trigrams.sql");
    fs::write(&script, include_str!("names/trigrams.sql"))?;
    if !folder.join("pairs.tsv").exists() {
        fs::write(folder.join("pairs.tsv"), "")?;
    }
    Cmd::new("psql", &["--quiet", "--no-psqlrc", "--dbname", url, "--file"]).arg(script).within(folder).run()
}

/// A pair of names with the truth about it.
struct Pair<'a> {
    kind: &'a str,
    names: [&'a str; 2],
    same: bool,
}

fn quality(name: &str, root: &Path, folder: &Path, python: &Path, url: &str) -> Result<()> {
    let text = fs::read_to_string(root.join(format!("crates/screening/tests/quality/{name}.tsv")))?;
    let pairs: Vec<Pair<'_>> = text.lines().filter_map(pair).collect();
    let lines = |with: fn(&Pair<'_>) -> String| pairs.iter().map(with).collect::<Vec<_>>().join("\n") + "\n";
    let three = folder.join("three.tsv");
    fs::write(&three, lines(|pair| format!("{}\t{}\t{}", pair.kind, pair.names[0], pair.names[1])))?;
    fs::write(folder.join("pairs.tsv"), lines(|pair| pair.names.join("\t")))?;
    let own = Cmd::new(root.join("target/release/examples/score"), &[]).arg(&three).output()?;
    let fuzz = Cmd::new(python, &[]).arg(script(folder)?).args(&["score", "three.tsv", "-"]).within(folder).output()?;
    trigrams(folder, url)?;
    let grams = fs::read_to_string(folder.join("scores.txt"))?;
    for (engine, scores) in [("Forerunner", own), ("RapidFuzz WRatio", fuzz), ("pg_trgm similarity", grams)] {
        let scores: Vec<f64> = scores.lines().filter_map(|line| line.trim().parse().ok()).collect();
        ensure!(scores.len() == pairs.len(), "{engine} scored {} of {} pairs", scores.len(), pairs.len());
        let judged: Vec<(f64, bool)> = scores.into_iter().zip(pairs.iter().map(|pair| pair.same)).collect();
        let (at, precision, recall) = best(&judged);
        let f1 = 2.0 * precision * recall / (precision + recall);
        println!("| {name} | {engine} | {:.4} | {f1:.3} | {at:.2} | {precision:.3} | {recall:.3} |", ordered(&judged));
    }
    Ok(())
}

fn pair(line: &str) -> Option<Pair<'_>> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [kind, one, other, truth, ..] = fields[..] else { return None };
    (!line.starts_with('#')).then_some(Pair { kind, names: [one, other], same: truth == "same" })
}

/// In how many cases a pair that is the same scores above one that is not.
fn ordered(judged: &[(f64, bool)]) -> f64 {
    let (same, others): (Vec<_>, Vec<_>) = judged.iter().partition(|(_, same)| *same);
    let above = |good: f64| {
        others
            .iter()
            .map(|(bad, _)| if *bad < good { 1.0 } else { f64::from(u8::from(*bad == good)) / 2.0 })
            .sum::<f64>()
    };
    same.iter().map(|(good, _)| above(*good)).sum::<f64>() / (same.len() * others.len()) as f64
}

/// The threshold with the best F1, its precision and its recall.
fn best(judged: &[(f64, bool)]) -> (f64, f64, f64) {
    let same = judged.iter().filter(|(_, same)| *same).count() as f64;
    let at = |threshold: f64| {
        let hits = judged.iter().filter(|(score, _)| *score >= threshold);
        let (all, right) =
            hits.fold((0.0, 0.0), |(all, right), (_, same)| (all + 1.0, right + f64::from(u8::from(*same))));
        (threshold, right / f64::max(all, 1.0), right / same)
    };
    let f1 = |(_, precision, recall): &(f64, f64, f64)| 2.0 * precision * recall / (precision + recall).max(0.001);
    (1..100)
        .map(|step| at(f64::from(step) / 100.0))
        .max_by(|a, b| f1(a).total_cmp(&f1(b)))
        .expect("there are thresholds")
}

/// Times and recall of lines `milliseconds<TAB>truth<TAB>found`.
fn summary(lines: &str) -> Result<String> {
    let rows: Vec<Vec<&str>> = lines.lines().map(|line| line.split('\t').collect()).collect();
    let mut times = rows.iter().map(|row| row[0].parse()).collect::<Result<Vec<f64>, _>>()?;
    times.sort_by(f64::total_cmp);
    let wanted: Vec<_> = rows.iter().filter(|row| row[1] != "-").collect();
    let found = wanted.iter().filter(|row| row[2] == "1").count();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    let recall = found as f64 / wanted.len().max(1) as f64;
    Ok(format!(
        "{} questions, p50 {:.2} ms, p99 {:.2} ms, recall among the first five {recall:.3}",
        times.len(),
        at(0.5),
        at(0.99)
    ))
}
