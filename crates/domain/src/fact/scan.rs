//! Facts in free text: only what cannot be anything else, because check digits fit or its form is its own.

use super::{Fact, FactKind, number};
use crate::{
    fold::ascii_digits,
    identifiers::{Checked, IdKind, check},
};

/// Longest text that is looked through, in bytes; nobody writes more in one field.
const LONGEST: usize = 50_000;

/// Shortest and longest account number.
const IBAN: std::ops::RangeInclusive<usize> = 15..=34;

/// Signs of an LEI.
const LEI: usize = 20;

/// Every account number, LEI, mail address and international telephone number in a text.
pub(super) fn text(text: &str) -> Vec<Fact> {
    let end = (0..=LONGEST.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    let text = ascii_digits(&text[..end]);
    let mut found = emails(&text);
    for start in word_starts(&text) {
        found.extend(coded(&text[start..]));
    }
    found.extend(phones(&text));
    found
}

fn emails(text: &str) -> Vec<Fact> {
    let words = text.split(|letter: char| letter.is_whitespace() || "<>()[]\"“”„,;:".contains(letter));
    let trimmed = words.filter(|word| word.contains('@')).map(|word| word.trim_matches(['.', '!', '?', '\'']));
    trimmed.filter_map(|word| Fact::new(FactKind::Email, number::email(word), word, Fact::TEXT)).collect()
}

/// Where a word of letters and digits begins.
fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let mut inside = false;
    text.char_indices().filter_map(move |(at, letter)| {
        let begins = !inside && letter.is_ascii_alphanumeric();
        inside = letter.is_alphanumeric();
        begins.then_some(at)
    })
}

/// An account number or LEI at the beginning of `text`, in groups or in one piece.
fn coded(text: &str) -> Option<Fact> {
    let signs: Vec<(usize, char)> = groups(text).take(*IBAN.end() + 1).collect();
    let is_coded = signs.iter().take(4).filter(|(_, sign)| sign.is_ascii_digit()).count() >= 1;
    if !is_coded || signs.len() < *IBAN.start() {
        return None;
    }
    let try_length = |kind: FactKind, id: IdKind, length: usize| {
        let (last, sign) = *signs.get(length.checked_sub(1)?)?;
        let end = last + sign.len_utf8();
        // It ends where the word ends.
        if text[end..].starts_with(|letter: char| letter.is_alphanumeric()) {
            return None;
        }
        let key: String = signs[..length].iter().map(|(_, sign)| sign.to_ascii_uppercase()).collect();
        let valid = check(id, None, &key) == Checked::Valid;
        valid.then(|| Fact::new(kind, Some(key), &text[..end], Fact::TEXT)).flatten()
    };
    let iban = || IBAN.rev().find_map(|length| try_length(FactKind::Iban, IdKind::Iban, length));
    let lettered = signs.iter().take(2).all(|(_, sign)| sign.is_ascii_alphabetic());
    let account = if lettered { iban() } else { None };
    account.or_else(|| try_length(FactKind::Lei, IdKind::Lei, LEI))
}

/// The letters and digits from the beginning on, over single blanks and hyphens between groups.
fn groups(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut gap = 0;
    text.char_indices()
        .take_while(move |(_, letter)| {
            let parts = matches!(letter, ' ' | '-' | '\u{a0}');
            gap = if parts { gap + 1 } else { 0 };
            letter.is_ascii_alphanumeric() || (parts && gap == 1)
        })
        .filter(|(_, letter)| letter.is_ascii_alphanumeric())
}

/// Numbers that begin with a plus.
fn phones(text: &str) -> Vec<Fact> {
    let parts = text.split('+').skip(1).map(|part| {
        let end = part.find(|letter: char| !(letter.is_ascii_digit() || " -./()\u{a0}\u{2011}".contains(letter)));
        format!("+{}", &part[..end.unwrap_or(part.len())])
    });
    let facts = parts.flat_map(|part| number::phones(&part, None));
    facts.filter_map(|(key, shown)| Fact::new(FactKind::Phone, Some(key), &shown, Fact::TEXT)).collect()
}
