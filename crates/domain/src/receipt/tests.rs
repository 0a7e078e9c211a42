use proptest::prelude::*;

use super::*;
use crate::time::Timestamp;

/// 23 November 2026, 14:03:07 UTC, and a bit.
const SENT: Timestamp = Timestamp(1_795_442_587_654_321);

/// The key that consists of this byte.
fn key(byte: u8) -> SecretKey {
    format!("{byte:02x}").repeat(32).parse().unwrap()
}

fn secret() -> SecretKey {
    key(9)
}

fn keys() -> Vec<KeyRecord> {
    let other = key(1).public();
    let (since, until) = ("2026-01-01T00:00:00Z".parse().unwrap(), "2026-06-30T23:59:59Z".parse().unwrap());
    vec![KeyRecord { key: other, since, until: Some(until) }, KeyRecord { key: secret().public(), since, until: None }]
}

fn statement() -> Statement {
    Statement {
        reference: Reference::from_bits(0x12_3456_789A),
        version: 1,
        authority: "pco-nl".parse().unwrap(),
        company: "meridian".parse().unwrap(),
        sent: Second::of(SENT),
        fingerprint: Fingerprint([0xa5; 32]),
    }
}

fn receipt() -> String {
    statement().sign(&secret()).to_string()
}

/// The text is part of the promise: programs outside of this repository read it.
#[test]
fn the_text_is_this_one() {
    let expected = "Forerunner receipt 1\n\
        report: FR-28T5-CY4T-Q\n\
        version: 1\n\
        authority: pco-nl\n\
        company: meridian\n\
        sent: 2026-11-23T14:03:07Z\n\
        content-sha256: a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5\n\
        key: /RckOFqgx1tk+3jNYC+h2ZH96/drE8WO1wLqyDXp9hg=\n\
        signature: GMwV6UoZ9+tnhXmjZfOxxl8Tu+BH66o1/N2MlP5+KDK4ydJszzRRxAn9DYLwT1bWUQK0yIBmxV3CbLcNXTJ2Bw==\n";
    assert_eq!(receipt(), expected);
    assert_eq!(receipt(), receipt(), "signing again gives the same");
}

/// The first test vector of RFC 8032, so that any other program's Ed25519 is this one.
#[test]
fn the_signature_is_the_standards() {
    let hex = |text: &str| text.parse::<Fingerprint>().unwrap().0;
    let key: SecretKey = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60".parse().unwrap();
    assert_eq!(key.public().0, hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
    let signature = key.sign(b"");
    assert_eq!(signature[..32], hex("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"));
    assert_eq!(signature[32..], hex("5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"));
}

#[test]
fn a_genuine_receipt_says_what_it_said() {
    let read = check(&receipt(), &keys()).unwrap();
    assert_eq!(read.statement, statement());
    assert_eq!(read.statement.sent.in_words(), "2026-11-23, 14:03:07 UTC");
}

#[test]
fn ends_of_lines_are_forgiven() {
    let receipt = receipt();
    for same in [receipt.replace('\n', "\r\n"), receipt.trim_end().to_owned(), format!("{receipt}\r\n\n")] {
        assert!(check(&same, &keys()).is_ok(), "{same:?}");
    }
}

#[test]
fn nothing_else_is() {
    let receipt = receipt();
    let small = receipt.lines().nth(1).unwrap().to_owned();
    let changed = |from: &str, to: &str| receipt.replacen(from, to, 1);
    for (text, why) in [
        (String::new(), ReceiptError::NoReceipt),
        ("Hello".to_owned(), ReceiptError::NoReceipt),
        (format!(" {receipt}"), ReceiptError::NoReceipt),
        (format!("\n{receipt}"), ReceiptError::NoReceipt),
        (format!("\u{feff}{receipt}"), ReceiptError::NoReceipt),
        (receipt.replace('\n', "\r"), ReceiptError::NoReceipt),
        (receipt.repeat(9), ReceiptError::NoReceipt),
        (changed("receipt 1", "receipt 2"), ReceiptError::OtherFormat),
        (changed("receipt 1", "receipt 01"), ReceiptError::OtherFormat),
        (changed(&small, &small.to_lowercase()), ReceiptError::Line(2)),
        (changed("version: 1", "version: 01"), ReceiptError::Line(3)),
        (changed("version: 1", "version: +1"), ReceiptError::Line(3)),
        (changed("version: 1", "version:1"), ReceiptError::Line(3)),
        (changed("pco-nl", "pco-nl "), ReceiptError::Line(4)),
        (changed("meridian", "Meridian"), ReceiptError::Line(5)),
        (changed("T14:03", "T24:03"), ReceiptError::Line(6)),
        (changed("2026-11-23", "2026-11-31"), ReceiptError::Line(6)),
        (changed("sha256: a5", "sha256: A5"), ReceiptError::Line(7)),
        (changed("sha256: a5", "sha256: "), ReceiptError::Line(7)),
        (changed("signature", "Signature"), ReceiptError::Line(9)),
        (format!("{receipt}more"), ReceiptError::Line(10)),
        (receipt.lines().take(8).collect::<Vec<_>>().join("\n"), ReceiptError::Line(9)),
        (changed("meridian", "noordkust"), ReceiptError::Changed),
        (changed("version: 1", "version: 2"), ReceiptError::Changed),
        (changed("T14:03:07", "T14:03:08"), ReceiptError::Changed),
    ] {
        assert_eq!(check(&text, &keys()), Err(why), "{text:?}");
    }
}

#[test]
fn a_key_counts_only_in_its_time() {
    let old = key(1);
    let at = |sent: &str| Statement { sent: sent.parse().unwrap(), ..statement() }.sign(&old);
    assert_eq!(at("2026-06-30T23:59:59Z").verify(&keys()), Ok(()));
    assert_eq!(at("2026-01-01T00:00:00Z").verify(&keys()), Ok(()));
    assert_eq!(at("2026-07-01T00:00:00Z").verify(&keys()), Err(ReceiptError::OutOfTime));
    assert_eq!(at("2025-12-31T23:59:59Z").verify(&keys()), Err(ReceiptError::OutOfTime));
    let stranger = statement().sign(&key(3));
    assert_eq!(stranger.verify(&keys()), Err(ReceiptError::UnknownKey));
}

#[test]
fn records_of_keys_are_plain_json() {
    let json = serde_json::to_string(&keys()[1]).unwrap();
    assert!(json.contains("\"since\":\"2026-01-01T00:00:00Z\",\"until\":null"), "{json}");
    assert_eq!(serde_json::from_str::<KeyRecord>(&json).unwrap(), keys()[1]);
}

#[test]
fn the_secret_is_not_printed() {
    let shown = format!("{:?}", secret());
    assert!(!shown.contains("9, 9, 9"), "{shown}");
}

fn any_statement() -> impl Strategy<Value = Statement> {
    let handle = || "[a-z0-9-]{1,64}".prop_map(|text| text.parse::<Handle>().unwrap());
    let last = 253_402_300_799_i64 * Timestamp::SECOND;
    (0_u64..1 << 40, any::<u32>(), handle(), handle(), -1_000_000_000_000_000..last, any::<[u8; 32]>()).prop_map(
        |(bits, version, authority, company, at, fingerprint)| Statement {
            reference: Reference::from_bits(bits),
            version,
            authority,
            company,
            sent: Second::of(Timestamp(at)),
            fingerprint: Fingerprint(fingerprint),
        },
    )
}

proptest! {
    #[test]
    fn what_is_signed_reads_back(statement in any_statement(), secret in "[0-9a-f]{64}") {
        let receipt = statement.clone().sign(&secret.parse().unwrap());
        let since = Second::of(Timestamp(i64::MIN));
        let keys = [KeyRecord { key: receipt.key, since, until: None }];
        prop_assert_eq!(check(&receipt.to_string(), &keys).map(|read| read.statement), Ok(statement));
    }

    #[test]
    fn one_changed_byte_is_refused(at in 0_usize..400, change in 1_u8..=255) {
        let mut bytes = receipt().into_bytes();
        let at = at % bytes.len();
        bytes[at] ^= change;
        let changed = String::from_utf8_lossy(&bytes);
        prop_assert!(check(&changed, &keys()).is_err(), "{:?}", changed);
    }

    #[test]
    fn one_byte_less_or_more_is_refused(at in 0_usize..400, byte in 0_u8..128) {
        let receipt = receipt();
        // A line break more at the end is the one thing that may be added, and the last one may be missing.
        let at = at % (receipt.len() - 1);
        let mut less = receipt.clone().into_bytes();
        less.remove(at);
        prop_assert!(check(std::str::from_utf8(&less).unwrap(), &keys()).is_err());
        let mut more = receipt.into_bytes();
        more.insert(at, byte);
        let ends_a_line = byte == b'\r' && more[at + 1] == b'\n';
        prop_assert_eq!(check(std::str::from_utf8(&more).unwrap(), &keys()).is_ok(), ends_a_line);
    }

    #[test]
    fn no_text_panics(text in "(Forerunner receipt 1\n)?(report: )?\\PC{0,80}") {
        let _ = check(&text, &keys());
    }

    #[test]
    fn seconds_read_back(second in -60_000_000_000_i64..250_000_000_000) {
        let second = Second::of(Timestamp(second.saturating_mul(Timestamp::SECOND)));
        prop_assert_eq!(second.to_string().parse::<Second>(), Ok(second));
    }
}
