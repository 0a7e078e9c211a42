//! Whatever stands for a name, comparing it ends, says a number between 0 and 1, and says the same twice and the other way round.

use proptest::prelude::*;
use screening::{
    compare,
    entry::{Entry, Kind, Name},
    evidence::Asked,
    explain,
    index::Index,
};

const KINDS: [Kind; 4] = [Kind::Person, Kind::Organisation, Kind::Vessel, Kind::Any];

/// What no list holds and somebody types all the same.
fn absurd() -> Vec<String> {
    let long = |text: &str| text.repeat(10_000 / text.chars().count());
    let mut all: Vec<String> = [
        "",
        " ",
        "\u{200b}\u{feff}",
        "...",
        "-",
        "&",
        "& + &",
        "'",
        "\u{301}\u{302}\u{303}",
        "\u{202e}nosnhoj",
        "👩‍👩‍👧 🚢",
        "0",
        "7 7 7 7",
        "( ) (",
        "( (x) )",
        "\0\t\n",
        "ﷺ",
        "㈱",
        "\u{0e4c}\u{0e40}",
        "\u{0e40}",
        "\u{103a}\u{1039}",
        "က္",
        "\u{17d2}\u{17d2}",
        "়্য়",
        "ട്",
        "ץ'",
        "ー",
        "の",
        "株式会社",
        "Dr. Dr.",
        "M.A.",
        "abd al",
        "bin",
        "GmbH",
        "No. No. 5",
        "the of and",
        "ss",
    ]
    .map(str::to_owned)
    .into();
    all.extend(["a", "ab ", "x.", "王", "ย", "က", "ক", "ا", "-", "é", "7 ", "(a", "n\u{30a}"].map(long));
    all
}

/// Compares both ways and twice, and gives the score.
fn checked(one: &str, other: &str, kind: Kind) -> f32 {
    let found = compare::names(one, other, kind);
    assert!((0.0..=1.0).contains(&found.score), "{one:?} {other:?} {kind:?}: {}", found.score);
    assert!(found.evidence.is_finite() && found.evidence >= 0.0, "{one:?} {other:?} {kind:?}: {}", found.evidence);
    for part in
        found.links.iter().map(|link| link.adds).chain(found.left.iter().chain(&found.right).map(|left| left.takes))
    {
        assert!(part.is_finite(), "{one:?} {other:?} {kind:?}: {part}");
    }
    let turned = compare::names(other, one, kind);
    assert!((found.score - turned.score).abs() < 1e-6, "{one:?} {other:?} {kind:?}: {} {}", found.score, turned.score);
    assert_eq!(found, compare::names(one, other, kind));
    assert!(!explain::sentences(&found, &[]).is_empty());
    found.score
}

#[test]
fn nothing_absurd_disturbs() {
    let all = absurd();
    for kind in [Kind::Person, Kind::Organisation] {
        for one in &all {
            checked(one, one, kind);
            checked(one, "Ivan Petrov", kind);
        }
    }
}

#[test]
fn an_index_of_absurd_names_can_be_asked_for_them() {
    let entry = |(id, text): (usize, &String)| Entry {
        id: id.to_string(),
        kind: KINDS[id % KINDS.len()],
        names: vec![Name { text: text.clone(), ..Name::default() }],
        ..Entry::default()
    };
    let all = absurd();
    let entries: Vec<Entry> = all.iter().enumerate().map(entry).collect();
    let index = Index::new(&entries);
    for text in &all {
        let asked = Asked { kind: Kind::Any, names: vec![text.clone()], ..Asked::default() };
        let hits = index.find(&asked, screening::THRESHOLD);
        assert!(hits.iter().all(|hit| hit.score.is_finite()), "{text:?}");
    }
}

/// Names as people write them, of every script that the engine reads by rules of its own, mixed and broken.
fn name() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[a-z]{1,12}",
        "[A-Z][a-z'.-]{0,9}",
        "[а-яёіїєґўқәө]{1,10}",
        "[α-ωάέήίόύώς]{1,10}",
        "[ا-يپچژگک]{1,9}",
        "[א-ת'׳]{1,8}",
        "[一-龥]{1,4}",
        "[가-힣]{1,4}",
        "[ぁ-んァ-ヶー]{1,6}",
        "[ก-ฮะ-ฺเ-ไ็-์]{1,10}",
        "[ກ-ຮະ-ຽເ-ໄ່-ໍ]{1,8}",
        "[က-အါ-်ျ-ှ]{1,8}",
        "[ក-អា-៑្]{1,8}",
        "[\u{900}-\u{d7f}]{1,8}",
        "[ሀ-ፖ]{1,6}",
        "[ა-ჰ]{1,8}",
        "[ա-ֆ]{1,8}",
        "\\PC{1,6}",
        Just("abd".to_owned()),
        Just("и".to_owned()),
        Just("&".to_owned()),
        Just("有限公司".to_owned()),
        Just("12".to_owned()),
    ];
    proptest::collection::vec(word, 0..5).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_two_names_can_be_compared(one in name(), other in name(), kind in proptest::sample::select(KINDS.to_vec())) {
        checked(&one, &other, kind);
    }

    /// A name is itself, unless nothing of it can be read.
    #[test]
    fn a_name_is_itself(one in name(), kind in proptest::sample::select(KINDS.to_vec())) {
        let score = checked(&one, &one, kind);
        let can_be_read = one.chars().filter(char::is_ascii_alphabetic).count() >= 2;
        prop_assert!(score >= 0.9 || !can_be_read, "{one:?} {kind:?} {score}");
    }
}
