//! Whether a text for everybody says what only the authority should know: the name of a party of one of its reports, or the
//! number of a report. A comparison of words, no judgement: it warns, a person decides.

use std::collections::BTreeSet;

use domain::{
    access::{Action, Principal},
    fact::name_key,
    ids::OrgId,
    notice::{Access, Content, NoticeRef},
    organisation::OrgKind,
    reference::Reference,
};
use store::Read;

use super::content_of;
use crate::{Context, Result, error::Refusal, input::invalid, seat::Seat};

/// The longest name that is looked for, in words.
const WORDS: usize = 6;
/// Shortest name of one word, in letters: shorter ones are ordinary words too often.
const SHORTEST: usize = 5;
/// Most pieces of text that are looked up.
const MOST: usize = 60_000;

/// What the draft of a notice says that only the authority should know, in words for its author.
///
/// # Errors
/// [`Refusal::NotFound`] without the right, or if the notice is none of the organisation.
pub async fn warnings(
    ctx: &Context,
    principal: &Principal,
    (org, reference): (OrgId, &NoticeRef),
) -> Result<Vec<String>> {
    Seat::take(principal, org, Action::ReadNotices)?;
    let mut db = ctx.db.reader();
    let row =
        store::notice::find(&mut db, reference).await?.filter(|row| row.org_id == org.0).ok_or(Refusal::NotFound)?;
    found(&mut db, org, &content_of(&row)?).await
}

/// # Errors
/// [`Refusal::Invalid`] at `confirm` if there is something to warn of and nobody said that it was read.
pub(super) async fn must_confirm(db: &mut impl Read, org: OrgId, content: &Content, confirmed: bool) -> Result<()> {
    if confirmed || found(db, org, content).await?.is_empty() {
        return Ok(());
    }
    let words = "The text may name somebody or something from a report. Read the warnings, change the text, or confirm that it may be published.";
    Err(invalid("confirm", words))
}

pub(super) async fn found(db: &mut impl Read, org: OrgId, content: &Content) -> Result<Vec<String>> {
    if content.access != Access::Public {
        return Ok(Vec::new());
    }
    let text = everything(content);
    let mut warnings = Vec::new();
    let is_authority = store::org::by_id(db, org).await?.is_some_and(|row| row.kind == OrgKind::Authority.code());
    for number in numbers(&text) {
        // An association learns nothing of whether there is such a report.
        let known = match is_authority {
            true => store::report::find(db, number.as_str()).await?.is_some_and(|row| row.authority_id == org.0),
            false => true,
        };
        if known {
            warnings.push(format!("{number} is the number of a report."));
        }
    }
    if is_authority {
        let keys = crate::draft::json(&keys(&text))?;
        let names = store::fact::named(db, org, &keys).await?;
        warnings.extend(names.into_iter().map(|name| format!("“{name}” is the name of somebody in a report.")));
    }
    Ok(warnings)
}

fn everything(content: &Content) -> String {
    let event = content.event.iter().map(|event| event.place.as_str());
    let files = content.files.iter().map(|file| file.name.as_str());
    let texts = content
        .texts
        .iter()
        .flat_map(|text| [&text.title, &text.summary, &text.body, &text.action].map(String::as_str));
    texts.chain(event).chain(files).collect::<Vec<_>>().join(" . ")
}

/// Numbers of reports that a text holds, in whatever way they are written.
fn numbers(text: &str) -> BTreeSet<Reference> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
    text.split(|c: char| !is_part(c)).filter(|word| word.len() >= 11).filter_map(|word| word.parse().ok()).collect()
}

/// The keys of every run of words that could be a name.
fn keys(text: &str) -> BTreeSet<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut keys = BTreeSet::new();
    for start in 0..words.len() {
        for length in 1..=WORDS.min(words.len() - start) {
            if keys.len() >= MOST {
                return keys;
            }
            let key = name_key(&words[start..start + length].join(" "));
            keys.extend(key.filter(|key| key.contains(' ') || key.chars().count() >= SHORTEST));
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_are_found_in_running_text() {
        let number = Reference::from_bits(77);
        let text =
            format!("As in {number}, (and {}) Silberweg Handels GmbH, of Duisburg.", number.as_str().to_lowercase());
        assert_eq!(numbers(&text).into_iter().collect::<Vec<_>>(), [number]);
        let keys = keys(&text);
        assert!(name_key("Silberweg Handels").is_some_and(|key| keys.contains(&key)), "{keys:?}");
        assert!(numbers("FR-7K3M-9QTD-XX and NT-7K3M-9QTD-X").is_empty());
    }
}
