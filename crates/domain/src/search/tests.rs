//! What is found while a name or a number is being typed.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::substance::Catalogue;

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let today = Date::new(2026, 11, 23).expect("a day");
    Catalogue::load().expect("the catalogue is sound").index(today)
});

#[test]
fn finds_what_is_meant_first() {
    let index = &*INDEX;
    for (typed, slug) in [
        ("acetone", "acetone"),
        ("Acetone ", "acetone"),
        ("aceton", "acetone"),
        ("acetoen", "acetone"),
        ("Azeton", "acetone"),
        ("acetic anhydrid", "acetic-anhydride"),
        ("anhydride acetic", "acetic-anhydride"),
        ("acetic anhidride", "acetic-anhydride"),
        ("asetic anhydride", "acetic-anhydride"),
        ("anhydride acétique", "acetic-anhydride"),
        ("Essigsaureanhydrid", "acetic-anhydride"),
        ("уксусный", "acetic-anhydride"),
        ("醋酸", "acetic-anhydride"),
        ("AA", "acetic-anhydride"),
        ("P-2-P", "p-2-p"),
        ("p2p", "p-2-p"),
        ("BMK", "p-2-p"),
        ("phenylacetone", "p-2-p"),
        ("fenylaceton", "p-2-p"),
        ("benzyl methyl", "p-2-p"),
        ("PMK", "pmk"),
        ("3,4-MDP", "pmk"),
        ("pmk ethyl", "pmk-ethyl-glycidate"),
        ("sulfuric acid", "sulphuric-acid"),
        ("sulphuric", "sulphuric-acid"),
        ("a-phenylacetoacetonitrile", "apaan"),
        ("α-phenylacetoacetam", "apaa"),
        ("psuedoephedrine", "pseudoephedrine"),
        ("pseudoefedrin", "pseudoephedrine"),
        ("potassium permangante", "potassium-permanganate"),
        ("kmno4", "potassium-permanganate"),
        ("γ-butyrolactone", "gbl"),
        ("tablet press", "tablet-press"),
        ("tabletpres", "tablet-press"),
        ("pill press", "tablet-press"),
        ("sassafras", "sassafras-oil"),
        ("ma huang", "ephedra"),
    ] {
        let hits = index.search(typed, 5);
        assert_eq!(hits.first().map(|hit| hit.slug.as_str()), Some(slug), "{typed}: {hits:?}");
    }
}

#[test]
fn finds_by_number() {
    let index = &*INDEX;
    let cas = |text: &str| text.parse().expect("a number");
    for (typed, slug, why) in [
        ("108-24-7", "acetic-anhydride", Matched::Cas(cas("108-24-7"))),
        ("108247", "acetic-anhydride", Matched::Cas(cas("108-24-7"))),
        ("CAS 108-24-7", "acetic-anhydride", Matched::Cas(cas("108-24-7"))),
        ("108-24", "acetic-anhydride", Matched::Cas(cas("108-24-7"))),
        ("108-24-8", "acetic-anhydride", Matched::CasCorrected(cas("108-24-7"))),
        ("108-42-7", "acetic-anhydride", Matched::CasCorrected(cas("108-24-7"))),
        ("1609-66-5", "norfentanyl", Matched::CasCorrected(cas("1609-66-1"))),
        ("50-98-6", "ephedrine", Matched::Cas(cas("50-98-6"))),
        ("203-564-8", "acetic-anhydride", Matched::Ec("203-564-8".parse().expect("a number"))),
        ("2915.24", "acetic-anhydride", Matched::Hs("2915.24".parse().expect("a code"))),
        ("HS 2915.24", "acetic-anhydride", Matched::Hs("2915.24".parse().expect("a code"))),
        ("2915 24 00", "acetic-anhydride", Matched::Hs("2915.24".parse().expect("a code"))),
    ] {
        let hits = index.search(typed, 5);
        assert_eq!(hits.first().map(|hit| (hit.slug.as_str(), &hit.why)), Some((slug, &why)), "{typed}: {hits:?}");
    }
    let heading = index.search("2939.4", 20);
    assert!(heading.len() >= 3 && heading.iter().all(|hit| matches!(hit.why, Matched::Hs(_))), "{heading:?}");
}

#[test]
fn says_why() {
    let index = &*INDEX;
    let first = |typed: &str| index.search(typed, 1).remove(0);
    assert_eq!(first("acetone").why, Matched::Name);
    assert_eq!(first("BMK").why, Matched::Synonym("BMK".to_owned()));
    assert_eq!(first("fenylaceton").why, Matched::Synonym("fenylaceton".to_owned()));
    assert_eq!(first("fenylacetone").why, Matched::Fuzzy("phenylacetone".to_owned()));
    assert!(first("acetone").score > first("aceton").score && first("aceton").score > first("acetoen").score);
}

#[test]
fn finds_nothing_in_nonsense() {
    let index = &*INDEX;
    for typed in ["", " ", "-", "qqqqqq", "xyzzy", "00000", "🧪", "<script>"] {
        assert_eq!(index.search(typed, 5), [], "{typed}");
    }
    assert_eq!(index.search("acetone", 0), []);
}

#[test]
fn travels_as_json() {
    let index = &*INDEX;
    let json = serde_json::to_string(index.entries()).expect("entries are plain data");
    let again = Index::from_json(&json).expect("what was written reads back");
    assert_eq!(again.entries(), index.entries());
    assert_eq!(again.search("phenylacetone", 9), index.search("phenylacetone", 9));
    assert!(!json.contains("heroin") && !json.contains("amphetamine"), "no drug is named to the browser");
    assert!(json.len() < 60_000, "{} bytes", json.len());
}

#[test]
fn browser_and_server_judge_pairs_alike() {
    let catalogue = Catalogue::load().expect("the catalogue is sound");
    let index = &*INDEX;
    for (name, cas) in
        [("norfentanyl", "1609-66-1"), ("propionic anhydride", "122-90-7"), ("acetone", "108-24-7"), ("x", "67-64-1")]
    {
        let cas = cas.parse().expect("a number");
        assert_eq!(crate::cas::agrees(name, cas, &catalogue), crate::cas::agrees(name, cas, index), "{name}");
    }
}

proptest! {
    #[test]
    fn never_panics_and_keeps_order(typed in ".{0,40}", limit in 0usize..20) {
        let hits = INDEX.search(&typed, limit);
        prop_assert!(hits.len() <= limit);
        prop_assert!(hits.is_sorted_by(|a, b| a.score >= b.score));
    }

    #[test]
    fn every_name_finds_its_entry(place in 0usize..1000) {
        let index = &*INDEX;
        let entry = &index.entries()[place % index.entries().len()];
        for name in std::iter::once(&entry.name).chain(&entry.synonyms) {
            let hits = index.search(name, 3);
            prop_assert_eq!(hits.first().map(|hit| &hit.slug), Some(&entry.slug), "{}: {:?}", name, hits);
        }
    }
}
