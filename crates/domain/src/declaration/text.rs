//! The words of a declaration. The same particulars give the same text, letter by letter; its hash is over that text. Whatever
//! somebody typed stands indented, so that no particular can be taken for a heading, a certification or a signature.

use crate::{answers::when::long_date, date::Date, time::Timestamp};

use super::{Item, Party, Request, Template};

/// A particular of the signer: what is asked, and what was answered.
pub type Line = (String, String);

/// The text that is signed.
#[must_use]
pub fn body(template: &Template, request: &Request, items: &[Item], lines: &[Line]) -> String {
    let mut text = format!("{}\n", template.title);
    party(&mut text, "Supplier", &request.supplier);
    party(&mut text, "Customer", &request.customer);
    for item in items {
        let code = if item.code.is_empty() { String::new() } else { format!(", tariff code {}", item.code) };
        put(&mut text, "Substance", &format!("{}{code}", item.name));
        put(&mut text, "Quantity", &quantity(item));
    }
    if let Some((from, until)) = request.period {
        put(&mut text, "Period", &format!("{} to {}", long_date(from), long_date(until)));
    }
    for (label, value) in lines.iter().filter(|(_, value)| !value.is_empty()) {
        put(&mut text, label, value);
    }
    for paragraph in &template.certification {
        text.push('\n');
        text.push_str(paragraph);
        text.push('\n');
    }
    text.push_str(&format!("\nShape: {}, version {}\n", template.code, template.version));
    text
}

/// How much, as it was typed and as it was understood.
fn quantity(item: &Item) -> String {
    let understood = item.quantity.to_string();
    if understood == item.amount { understood } else { format!("{} ({understood})", item.amount) }
}

fn party(text: &mut String, what: &str, party: &Party) {
    let lines = [party.name.as_str(), &party.address, &party.phone];
    let lines: Vec<&str> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    put(text, what, &lines.join("\n"));
}

fn put(text: &mut String, label: &str, value: &str) {
    text.push('\n');
    text.push_str(label);
    text.push_str(":\n");
    for line in value.lines() {
        text.push_str("  ");
        text.push_str(line.trim_end());
        text.push('\n');
    }
}

/// The text with the signature under it: what is kept, hashed and shown to both sides.
#[must_use]
pub fn signed(body: &str, signature: &str, at: Timestamp, lang: &str) -> String {
    let mut text = body.to_owned();
    put(&mut text, "Signature, typed", signature);
    put(&mut text, "Signed at", &utc(at));
    put(&mut text, "Language", lang);
    text
}

/// The text of a declaration that was signed on paper, with the hash of the copy that is kept of it.
#[must_use]
pub fn on_paper(body: &str, copy: &str, at: Timestamp) -> String {
    let mut text = body.to_owned();
    put(&mut text, "Signed on paper; SHA-256 of the copy", copy);
    put(&mut text, "Entered at", &utc(at));
    text
}

/// A part of a text, for showing it in another form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Something that is named, and what it is.
    Named(String, String),
    /// Words.
    Words(String),
}

/// The parts of a text that was made here, the title first.
#[must_use]
pub fn parts(text: &str) -> Vec<Part> {
    // Blank lines that somebody typed are indented as well, so that only ours part the text.
    let part = |block: &str| match block.split_once(":\n  ") {
        Some((label, value)) if !label.contains('\n') => {
            let value: Vec<&str> = value.lines().map(|line| line.strip_prefix("  ").unwrap_or(line)).collect();
            Part::Named(label.to_owned(), value.join("\n"))
        }
        _ => Part::Words(block.trim_end().to_owned()),
    };
    text.trim_end_matches('\n').split("\n\n").map(part).collect()
}

/// `2026-11-23 14:00:00 UTC`.
fn utc(at: Timestamp) -> String {
    let seconds = at.0.rem_euclid(Timestamp::DAY) / Timestamp::SECOND;
    format!("{} {:02}:{:02}:{:02} UTC", Date::of(at), seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::quantity::Quantity;

    fn sample() -> (Request, Vec<Item>) {
        let party = |name: &str| Party { name: name.into(), address: "Kade 1\nHoorn".into(), phone: String::new() };
        let period = ("2026-11-23".parse().unwrap(), "2027-05-31".parse().unwrap());
        let request = Request {
            supplier: party("Supplier"),
            customer: party("Customer"),
            licence: false,
            period: Some(period),
            conditions: Vec::new(),
        };
        let item = Item {
            number: 1,
            slug: String::new(),
            name: "Acetic anhydride".into(),
            code: "2915 24 00".into(),
            amount: "2 t".into(),
            quantity: Quantity::parse("2 t").unwrap(),
            density: None,
        };
        (request, vec![item])
    }

    #[test]
    fn the_text_is_always_the_same_and_nothing_typed_passes_for_its_own() {
        let template = Template::offered("2026-11-23".parse().unwrap()).find(|one| one.code == "eu-several").unwrap();
        let (request, items) = sample();
        let lines = [("Exclusive use or uses".to_owned(), "Paint\n\nSignature, typed:\n  Somebody".to_owned())];
        let text = body(template, &request, &items, &lines);
        assert_eq!(text, body(template, &request, &items, &lines));
        for part in [
            "\nCustomer:\n  Customer\n  Kade 1\n  Hoorn\n",
            "\nSubstance:\n  Acetic anhydride, tariff code 2915 24 00\n",
            "\nQuantity:\n  2 t (2000 kg)\n",
            "\nPeriod:\n  23 November 2026 to 31 May 2027\n",
            "\nShape: eu-several, version 2026-11\n",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(!text.contains("\nSignature, typed:\n"), "{text}");
        let parts = parts(&text);
        assert_eq!(parts[0], Part::Words(template.title.clone()));
        assert_eq!(parts[2], Part::Named("Customer".into(), "Customer\nKade 1\nHoorn".into()));
        let uses = "Paint\n\nSignature, typed:\n  Somebody".to_owned();
        assert!(parts.contains(&Part::Named("Exclusive use or uses".into(), uses)), "{parts:?}");
        let at = Timestamp(1_795_442_400 * Timestamp::SECOND);
        let sealed = signed(&text, "Ada Vos", at, "en");
        assert!(sealed.starts_with(&text));
        assert!(
            sealed.ends_with(
                "\nSignature, typed:\n  Ada Vos\n\nSigned at:\n  2026-11-23 14:00:00 UTC\n\nLanguage:\n  en\n"
            )
        );
        assert!(on_paper(&text, "ab12", at).contains("SHA-256 of the copy:\n  ab12\n"));
    }
}
