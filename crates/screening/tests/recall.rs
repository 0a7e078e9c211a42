//! The index finds what comparing with every name finds: measured on names of every script, spelling and mistake.

use screening::{
    entry::{Entry, Kind, Name},
    evidence::Asked,
    index::Index,
};

fn entry(id: usize, kind: Kind, name: &str) -> Entry {
    Entry { id: id.to_string(), kind, names: vec![Name { text: name.into(), ..Name::default() }], ..Entry::default() }
}

#[test]
fn the_index_finds_what_comparing_with_every_name_finds() {
    let pairs: Vec<(Kind, &str, &str)> = [include_str!("quality/tried.tsv"), include_str!("quality/fresh.tsv")]
        .iter()
        .flat_map(|text| text.lines())
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut fields = line.split('\t');
            Some((Kind::said(fields.next()?), fields.next()?, fields.next()?))
        })
        .collect();
    let entries: Vec<Entry> = pairs.iter().enumerate().map(|(at, (kind, _, name))| entry(at, *kind, name)).collect();
    let index = Index::new(&entries);
    let (mut all, mut lost) = (0, Vec::new());
    for (kind, name, _) in &pairs {
        let asked = Asked { kind: *kind, names: vec![(*name).into()], ..Asked::default() };
        let found = index.find(&asked, 0.7);
        for (at, score) in index.find_exhaustively(&asked, 0.7) {
            all += 1;
            if !found.iter().any(|hit| hit.entry == at) {
                lost.push(format!("{score:.3} {name} | {}", pairs[at].2));
            }
        }
    }
    assert!(lost.len() * 200 <= all, "{} of {all} lost:\n{}", lost.len(), lost.join("\n"));
}
