//! Measures the scoring on pairs of names with known truth: a table of precision and recall, and what is judged wrongly.
//!
//! `cargo run --release -p screening --example quality -- FILE.tsv [THRESHOLD]`; a line holds kind, two names, `same` or
//! `different`, and the phenomenon, parted by tabs.

use std::collections::BTreeMap;

use screening::{compare, entry::Kind};

struct Pair {
    line: String,
    same: bool,
    phenomenon: String,
    score: f32,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let text = std::fs::read_to_string(args.next().ok_or("which file?")?)?;
    let threshold: f32 = args.next().unwrap_or_else(|| "0.7".into()).parse()?;
    let mut pairs: Vec<Pair> = text.lines().filter(|line| !line.starts_with('#')).filter_map(pair).collect();
    table(&pairs);
    by_phenomenon(&pairs, threshold);
    pairs.sort_by(|a, b| a.score.total_cmp(&b.score));
    println!("\nmissed at {threshold}:");
    pairs
        .iter()
        .filter(|pair| pair.same && pair.score < threshold)
        .for_each(|pair| println!("{:.3} {}", pair.score, pair.line));
    println!("\nfalse alarms at {threshold}:");
    pairs
        .iter()
        .rev()
        .filter(|pair| !pair.same && pair.score >= threshold)
        .for_each(|pair| println!("{:.3} {}", pair.score, pair.line));
    Ok(())
}

fn pair(line: &str) -> Option<Pair> {
    let mut fields = line.split('\t');
    let (kind, one, other, truth) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
    let phenomenon = fields.next().unwrap_or_default().to_owned();
    Some(Pair {
        line: line.to_owned(),
        same: truth == "same",
        phenomenon,
        score: compare::names(one, other, Kind::said(kind)).score,
    })
}

fn table(pairs: &[Pair]) {
    let same = pairs.iter().filter(|pair| pair.same).count();
    println!("{} pairs, {same} the same", pairs.len());
    println!("threshold precision recall    F1");
    for step in 8..=19 {
        let threshold = step as f32 / 20.0;
        let hits = pairs.iter().filter(|pair| pair.score >= threshold);
        let (right, wrong): (Vec<_>, Vec<_>) = hits.partition(|pair| pair.same);
        let precision = right.len() as f32 / (right.len() + wrong.len()).max(1) as f32;
        let recall = right.len() as f32 / same.max(1) as f32;
        println!(
            "{threshold:9.2} {precision:9.3} {recall:6.3} {:5.3}",
            2.0 * precision * recall / (precision + recall).max(0.001)
        );
    }
    let ordered: f64 = pairs
        .iter()
        .filter(|pair| pair.same)
        .map(|good| {
            let worse = pairs.iter().filter(|bad| !bad.same);
            worse
                .map(|bad| {
                    if bad.score < good.score {
                        1.0
                    } else if bad.score > good.score {
                        0.0
                    } else {
                        0.5
                    }
                })
                .sum::<f64>()
        })
        .sum();
    println!(
        "a pair that is the same scores above one that is not in {:.4} of all cases",
        ordered / (same * (pairs.len() - same)).max(1) as f64
    );
}

fn by_phenomenon(pairs: &[Pair], threshold: f32) {
    let mut groups: BTreeMap<(bool, &str), (usize, usize)> = BTreeMap::new();
    for pair in pairs {
        let (all, wrong) = groups.entry((pair.same, &pair.phenomenon)).or_default();
        *all += 1;
        *wrong += usize::from((pair.score >= threshold) != pair.same);
    }
    println!("\nwrong of all, by phenomenon:");
    for ((same, phenomenon), (all, wrong)) in groups.into_iter().filter(|(_, (_, wrong))| *wrong > 0) {
        println!("{wrong:4} of {all:3} {} {phenomenon}", if same { "same     " } else { "different" });
    }
}
