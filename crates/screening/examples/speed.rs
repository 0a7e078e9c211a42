//! Measures the index on invented lists: `cargo run --release -p screening --example speed -- ENTRIES QUESTIONS [FOLDER]`.
//!
//! Names are drawn from the tables of `data/names/` and from syllables, common ones far more often, as in life. Half of the
//! questions are listed names with a mistake or in another spelling, half are names of nobody listed. With a folder, names,
//! questions and truth are written there as lines, for measuring other tools on the same.

use std::{fs, io::Write as _, path::Path, time::Instant};

use rayon::prelude::*;
use screening::{
    THRESHOLD,
    entry::{Entry, Kind, Name, NameRole},
    evidence::Asked,
    index::Index,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let entries: usize = args.next().ok_or("how many entries?")?.parse()?;
    let questions: usize = args.next().ok_or("how many questions?")?.parse()?;
    let source = Source::read();
    let listed: Vec<Entry> = (0..entries).map(|at| source.entry(at)).collect();
    let asked: Vec<(Asked, Option<usize>)> = (0..questions).map(|at| source.question(at, &listed)).collect();
    if let Some(folder) = args.next() {
        write(Path::new(&folder), &listed, &asked)?;
    }
    let before = resident();
    let begun = Instant::now();
    let index = Index::new(&listed);
    let load = begun.elapsed();
    drop(listed);
    let memory = resident().saturating_sub(before);
    println!("load_seconds\t{:.2}", load.as_secs_f64());
    println!("memory_megabytes\t{memory}");

    let mut times = Vec::new();
    let (mut found, mut wanted, mut hits) = (0_usize, 0_usize, 0_usize);
    for (asked, truth) in &asked {
        let begun = Instant::now();
        let answer = index.find(asked, THRESHOLD);
        times.push(begun.elapsed());
        hits += answer.len();
        wanted += usize::from(truth.is_some());
        found += usize::from(truth.is_some_and(|truth| answer.iter().any(|hit| hit.entry == truth)));
    }
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
    println!("one_name_p50_ms\t{:.2}", at(0.5));
    println!("one_name_p95_ms\t{:.2}", at(0.95));
    println!("one_name_p99_ms\t{:.2}", at(0.99));
    println!("recall\t{:.4}", found as f64 / wanted.max(1) as f64);
    println!("hits_per_name\t{:.2}", hits as f64 / asked.len() as f64);

    let begun = Instant::now();
    let total: usize = asked.par_iter().map(|(asked, _)| index.find(asked, THRESHOLD).len()).sum();
    let rate = asked.len() as f64 / begun.elapsed().as_secs_f64();
    println!("names_per_second_all_cores\t{rate:.0}\t({total} hits)");
    Ok(())
}

fn write(folder: &Path, listed: &[Entry], asked: &[(Asked, Option<usize>)]) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut names = std::io::BufWriter::new(fs::File::create(folder.join("names.tsv"))?);
    for entry in listed {
        for name in &entry.names {
            writeln!(names, "{}\t{}", entry.id, name.text)?;
        }
    }
    let mut questions = std::io::BufWriter::new(fs::File::create(folder.join("questions.tsv"))?);
    for (asked, truth) in asked {
        writeln!(questions, "{}\t{}", truth.map_or_else(|| "-".into(), |at| at.to_string()), asked.names[0])?;
    }
    Ok(())
}

/// Megabytes that the process holds.
fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|number| number.parse::<u64>().ok()).unwrap_or_default() / 1024
}

/// Numbers that look drawn and are the same every time (SplitMix64).
struct Dice(u64);

impl Dice {
    fn of(seed: u64) -> Self {
        Self(seed.wrapping_mul(0xD1B5_4A32_D192_ED03))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// The first far more often than the last, as with names.
    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        let share = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        let rank = (all.len() as f64 / 10.0 + 1.0).powf(share) * 10.0 - 10.0;
        &all[(rank as usize).min(all.len() - 1)]
    }
}

struct Source {
    given: Vec<&'static str>,
    family: Vec<&'static str>,
    words: Vec<&'static str>,
}

impl Source {
    fn read() -> Self {
        let column = |text: &'static str| -> Vec<&'static str> {
            let lines = text.lines().filter(|line| !line.starts_with('#'));
            lines
                .filter_map(|line| line.split_whitespace().nth(1))
                .filter(|word| word.is_ascii() && !word.contains('_'))
                .collect()
        };
        Self {
            given: column(include_str!("../../../data/names/given.txt")),
            family: column(include_str!("../../../data/names/surnames.txt")),
            words: column(include_str!("../../../data/names/words.txt")),
        }
    }

    fn invented(dice: &mut Dice) -> String {
        const FIRST: &[&str] =
            &["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "br", "st", "kr", "sh", "kh", "j"];
        const THEN: &[&str] = &["a", "e", "i", "o", "u", "an", "el", "ir", "on", "us", "ar", "en"];
        (0..2 + dice.below(2))
            .map(|_| [FIRST[dice.below(FIRST.len())], THEN[dice.below(THEN.len())]].concat())
            .collect()
    }

    fn family(&self, dice: &mut Dice) -> String {
        if dice.below(5) < 2 { (*dice.pick(&self.family)).to_owned() } else { Self::invented(dice) }
    }

    fn name(&self, kind: Kind, dice: &mut Dice) -> String {
        match kind {
            Kind::Person => {
                let middle = if dice.below(3) == 0 {
                    format!(" {}", self.given[dice.below(self.given.len())])
                } else {
                    String::new()
                };
                format!("{}{middle} {}", dice.pick(&self.given), self.family(dice))
            }
            Kind::Organisation => {
                let form = ["Ltd", "LLC", "GmbH", "S.A.", "OOO", "Co"][dice.below(6)];
                format!("{} {} {form}", Self::invented(dice), dice.pick(&self.words))
            }
            _ => format!("{} {}", dice.pick(&self.words), Self::invented(dice)),
        }
    }

    fn kind(dice: &mut Dice) -> Kind {
        [Kind::Person, Kind::Person, Kind::Person, Kind::Organisation, Kind::Organisation, Kind::Vessel][dice.below(6)]
    }

    fn entry(&self, at: usize) -> Entry {
        let mut dice = Dice::of(at as u64);
        let kind = Self::kind(&mut dice);
        let text = self.name(kind, &mut dice);
        let mut names = vec![Name { text, ..Name::default() }];
        if dice.below(4) == 0 {
            names.push(Name { text: self.name(kind, &mut dice), role: NameRole::Alias, ..Name::default() });
        }
        Entry { id: at.to_string(), kind, names, ..Entry::default() }
    }

    fn question(&self, at: usize, listed: &[Entry]) -> (Asked, Option<usize>) {
        let mut dice = Dice::of(at as u64 ^ 0x00FF_00FF_00FF);
        if at % 2 == 1 {
            let kind = Self::kind(&mut dice);
            return (Asked { kind, names: vec![self.name(kind, &mut dice)], ..Asked::default() }, None);
        }
        let place = dice.below(listed.len());
        let entry = &listed[place];
        (
            Asked { kind: entry.kind, names: vec![slip(&entry.names[0].text, &mut dice)], ..Asked::default() },
            Some(place),
        )
    }
}

/// A name as somebody else writes it: a letter swapped, doubled or left out in its longest word, or its words turned.
fn slip(name: &str, dice: &mut Dice) -> String {
    let mut words: Vec<String> = name.split(' ').map(str::to_owned).collect();
    if dice.below(4) == 0 {
        words.rotate_left(1);
        return words.join(" ");
    }
    let Some(word) = words.iter_mut().max_by_key(|word| word.len()) else { return name.to_owned() };
    let at = 1 + dice.below(word.len().saturating_sub(2).max(1));
    let mut letters: Vec<char> = word.chars().collect();
    match dice.below(3) {
        0 if at + 1 < letters.len() => letters.swap(at, at + 1),
        1 => letters.insert(at, letters[at]),
        _ => {
            letters.remove(at.min(letters.len() - 1));
        }
    }
    *word = letters.into_iter().collect();
    words.join(" ")
}
