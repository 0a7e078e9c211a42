//! No bytes whatever make a reader panic or run forever, and what it does tell holds together.
//!
//! Every reader meets a case in three tests: any bytes, any signs, and its own files changed. `PROPTEST_CASES` says how many
//! cases each test tries. Without it every reader meets twenty thousand; `cargo xtask readers` throws a million at each.

#[path = "lists/support.rs"]
mod support;

use std::collections::HashSet;
use std::sync::LazyLock;

use proptest::prelude::*;
use screening::list::{self, Format, Refused};
use support::{GOOD, Read, fixture, read, read_set, set};

static FIXTURES: LazyLock<Vec<(Format, Vec<u8>)>> =
    LazyLock::new(|| GOOD.into_iter().map(|(name, format)| (format, fixture(name))).collect());
static SET: LazyLock<Vec<Vec<u8>>> = LazyLock::new(set);

fn config() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(6_700);
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

/// What is done to a good file.
#[derive(Clone, Debug)]
enum Change {
    Cut(usize),
    Flip(usize, u8),
    Insert(usize, Vec<u8>),
    Remove(usize, usize),
    Swap(usize, usize, usize),
    Repeat(usize, usize),
}

fn change() -> impl Strategy<Value = Change> {
    let at = 0usize..8192;
    let token = prop_oneof![
        proptest::collection::vec(any::<u8>(), 1..8),
        proptest::sample::select(vec![
            &b"\""[..],
            b"<",
            b">",
            b"&",
            b"&amp;",
            b"&#x0;",
            b"&a;",
            b"]]>",
            b"<![CDATA[",
            b"<!--",
            b"-->",
            b"<?x?>",
            b",",
            b";",
            b"\n",
            b"\r\n",
            b"\0",
            b"\x1a",
            b"\xff",
            b"\xef\xbb\xbf",
            b"(",
            b")",
            b"'",
            b"-0-",
            b"alt. DOB ",
            b"a.k.a. '",
            b"circa ",
            b"|",
            b"/",
            b"{",
            b"}",
            b"[",
            b"null",
            b"1e999",
            b"\\ud800",
            b"\xed\xa0\x80",
            "\u{202e}".as_bytes(),
        ])
        .prop_map(<[u8]>::to_vec),
    ];
    prop_oneof![
        at.clone().prop_map(Change::Cut),
        (at.clone(), any::<u8>()).prop_map(|(at, bits)| Change::Flip(at, bits)),
        (at.clone(), token).prop_map(|(at, token)| Change::Insert(at, token)),
        (at.clone(), 1usize..64).prop_map(|(at, length)| Change::Remove(at, length)),
        (at.clone(), at.clone(), 1usize..64).prop_map(|(one, other, length)| Change::Swap(one, other, length)),
        (at, 1usize..256).prop_map(|(at, length)| Change::Repeat(at, length)),
    ]
}

fn changed(bytes: &[u8], changes: &[Change]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for change in changes {
        let length = bytes.len();
        let place = |at: usize| at % (length + 1);
        let end = |at: usize, more: usize| (place(at) + more).min(length);
        match change {
            Change::Cut(at) => bytes.truncate(place(*at)),
            Change::Flip(at, bits) => {
                if let Some(byte) = bytes.get_mut(place(*at)) {
                    *byte ^= bits;
                }
            }
            Change::Insert(at, token) => drop(bytes.splice(place(*at)..place(*at), token.iter().copied())),
            Change::Remove(at, more) => drop(bytes.drain(place(*at)..end(*at, *more))),
            Change::Swap(one, other, more) => {
                for step in 0..*more {
                    let (one, other) = (end(*one, step), end(*other, step));
                    if one < length && other < length {
                        bytes.swap(one, other);
                    }
                }
            }
            Change::Repeat(at, more) => {
                let piece = bytes[place(*at)..end(*at, *more)].to_vec();
                bytes.splice(place(*at)..place(*at), piece);
            }
        }
    }
    bytes
}

/// What a reader tells holds together.
fn holds_together(read: Result<Read, Refused>) {
    let read = match read {
        Ok(read) => read,
        Err(refused) => {
            assert!(!refused.to_string().is_empty());
            return;
        }
    };
    let told = read.entries.len() + read.companies.len();
    assert!(told > 0 && u64::try_from(told) == Ok(read.summary.total()));
    let ids: HashSet<&str> = read.entries.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids.len(), read.entries.len(), "numbers are unique");
    for entry in &read.entries {
        assert!(!entry.names.is_empty());
        let texts =
            entry.names.iter().map(|name| &name.text).chain(entry.identifiers.iter().map(|number| &number.value));
        for text in texts.chain(&entry.programmes).chain(&entry.remarks) {
            assert!(!text.is_empty() && text.trim() == text && !text.contains(char::is_control), "{text:?}");
        }
        assert!(entry.births.iter().all(|birth| birth.from <= birth.to));
        let again = serde_json::to_string(entry).expect("an entry is JSON");
        assert_eq!(&serde_json::from_str::<screening::entry::Entry>(&again).expect("and comes back"), entry);
    }
    assert!(read.summary.deviations.len() <= list::DEVIATIONS_KEPT);
    assert!(read.summary.deviations.iter().all(|deviation| !deviation.place.is_empty() && !deviation.what.is_empty()));
}

fn mutate(format: Format, changes: &[Change]) {
    for (_, good) in FIXTURES.iter().filter(|(other, _)| *other == format) {
        let bytes = changed(good, changes);
        let _ = list::detect(&bytes, "list.csv");
        holds_together(read(format, &bytes[..]));
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_bytes_in_every_reader(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = list::detect(&bytes, "SDN.CSV");
        for format in Format::ALL {
            holds_together(read(format, &bytes[..]));
        }
    }

    /// Nearer to what readers expect than any bytes.
    #[test]
    fn any_signs_in_every_reader(text in "[a-z<>&;,\"'/=\n{}:\\[\\]0-9 -]{0,200}") {
        let _ = list::detect(text.as_bytes(), "SDN.CSV");
        for format in Format::ALL {
            holds_together(read(format, text.as_bytes()));
        }
    }

    #[test]
    fn changed_un(changes in proptest::collection::vec(change(), 1..5)) {
        mutate(Format::Un, &changes);
    }

    #[test]
    fn changed_sdn(changes in proptest::collection::vec(change(), 1..5)) {
        mutate(Format::SdnCsv, &changes);
    }

    #[test]
    fn changed_set(changes in proptest::collection::vec(change(), 1..5), which in 0usize..4) {
        let mut files = SET.clone();
        files[which] = changed(&files[which], &changes);
        holds_together(read_set(&files));
    }

    #[test]
    fn changed_sdn_xml(changes in proptest::collection::vec(change(), 1..5)) {
        mutate(Format::SdnXml, &changes);
    }

    #[test]
    fn changed_us_csl(changes in proptest::collection::vec(change(), 1..5)) {
        mutate(Format::UsCsl, &changes);
    }

    #[test]
    fn changed_eu(changes in proptest::collection::vec(change(), 1..5)) {
        mutate(Format::Eu, &changes);
    }

    #[test]
    fn changed_uk(changes in proptest::collection::vec(change(), 1..5)) {
        mutate(Format::Uk, &changes);
    }

    #[test]
    fn changed_open_sanctions(changes in proptest::collection::vec(change(), 1..5)) {
        mutate(Format::OpenSanctions, &changes);
    }

    #[test]
    fn changed_ftm(changes in proptest::collection::vec(change(), 1..5)) {
        mutate(Format::Ftm, &changes);
    }

    #[test]
    fn changed_lei(changes in proptest::collection::vec(change(), 1..5)) {
        mutate(Format::LeiCdf, &changes);
    }

    #[test]
    fn changed_own(changes in proptest::collection::vec(change(), 1..5)) {
        mutate(Format::Own, &changes);
    }
}
