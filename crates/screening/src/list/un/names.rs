//! Names of the UN's list as they really are: several in one field, another script in brackets, notes within a name.

use crate::entry::NameRole;
use crate::list::build::{Making, clean, reading_order};

/// Adds the name or names of a field. The first is `role`, a main name has the others as aliases.
pub(super) fn add(making: &mut Making<'_>, field: &str, text: &str, role: NameRole, person: bool) {
    let parts = parts(text);
    if parts.len() > 1 {
        making.note(field, "several names stand in one field; they were told apart");
    }
    for (place, part) in parts.into_iter().enumerate() {
        let role = if place > 0 && role == NameRole::Primary { NameRole::Alias } else { role };
        one(making, field, &part, role, person);
    }
}

fn one(making: &mut Making<'_>, field: &str, text: &str, role: NameRole, person: bool) {
    let (name, note) = without_note(text);
    let role = if note.contains("listed as") { NameRole::Former } else { role };
    if !note.is_empty() {
        making.note(field, "a note stands within the name; it is kept as a remark");
        making.remark("Alias", text);
    }
    let name = unquoted(name);
    match family_first(name).filter(|_| person) {
        Some((turned, family)) => making.name(&turned, role, &family),
        None => making.name(name, role, ""),
    }
}

/// `A; B`, `A b) C`, and `A (B; C)` where what is in the brackets is in another script.
fn parts(text: &str) -> Vec<String> {
    let text = clean(text);
    let mut all = Vec::new();
    for piece in outside_brackets(&text) {
        match bracket(piece).filter(|(outer, inner)| in_other_script(outer, inner)) {
            Some((outer, inner)) => {
                all.push(outer.to_string());
                all.extend(outside_brackets(inner).into_iter().map(str::to_string));
            }
            None => all.push(piece.to_string()),
        }
    }
    let bare = |part: &String| {
        let part = part.trim_matches([' ', ',']);
        let part = part.strip_prefix("original script:").unwrap_or(part);
        let part = part.strip_suffix("(original script)").unwrap_or(part);
        part.strip_suffix(" - sub-unit name").unwrap_or(part).trim().to_string()
    };
    all.iter().map(bare).filter(|part| !part.is_empty()).collect()
}

/// Parted at semicolons and at `b)`, but not within brackets.
fn outside_brackets(text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let (mut depth, mut start) = (0_u32, 0);
    for (place, sign) in text.char_indices() {
        match sign {
            '(' => depth += 1,
            ')' if depth == 0 => {
                // ` b) ` begins another one.
                let before = &text[start..place];
                if let Some(letter) =
                    before.char_indices().next_back().filter(|(_, letter)| letter.is_ascii_lowercase())
                {
                    let head = &before[..letter.0];
                    if head.is_empty() || head.ends_with(' ') {
                        all.push(head);
                        start = place + 1;
                    }
                }
            }
            ')' => depth -= 1,
            ';' if depth == 0 => {
                all.push(&text[start..place]);
                start = place + 1;
            }
            _ => {}
        }
    }
    all.push(&text[start..]);
    all.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// What stands before the last bracket and in it, if the text ends with one.
fn bracket(text: &str) -> Option<(&str, &str)> {
    let inside = text.trim_end_matches([' ', ',']).strip_suffix(')')?;
    let mut depth = 1_u32;
    for (place, sign) in inside.char_indices().rev() {
        match sign {
            ')' => depth += 1,
            '(' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let outer = inside[..place].trim();
            return (!outer.is_empty()).then(|| (outer, inside[place + 1..].trim()));
        }
    }
    None
}

fn in_other_script(outer: &str, inner: &str) -> bool {
    let latin = |text: &str| text.chars().any(|sign| sign.is_alphabetic() && u32::from(sign) < 0x250);
    let other = |text: &str| text.chars().any(|sign| sign.is_alphabetic() && u32::from(sign) >= 0x370);
    (latin(outer) && other(inner)) || (other(outer) && !latin(outer) && latin(inner))
}

/// `Anna (birth name)`, `Anna, born 1953`: the name and what is said about it.
fn without_note(text: &str) -> (&str, &str) {
    if let Some(place) = text.find(", born ") {
        return (&text[..place], &text[place..]);
    }
    match bracket(text) {
        Some((name, note)) if note.starts_with(|sign: char| sign.is_ascii_lowercase()) => (name, note),
        _ => (text, ""),
    }
}

fn unquoted(text: &str) -> &str {
    let quote = |sign: char| matches!(sign, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}');
    let text = text.trim();
    let inner = text.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    inner.filter(|inner| !inner.contains(quote)).unwrap_or(text).trim()
}

/// `Ahmed, Abubakar`; not `Santos, III`.
fn family_first(text: &str) -> Option<(String, String)> {
    let (_, given) = text.split_once(',')?;
    let word = given.split_whitespace().next()?.trim_end_matches('.');
    let suffix = matches!(word.to_uppercase().as_str(), "JR" | "SR" | "II" | "III" | "IV");
    (!suffix && !given.contains(',')).then(|| reading_order(text))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::list::log::Log;

    fn names(text: &str) -> Vec<String> {
        let mut log = Log::default();
        let mut making = Making::new(&mut log, 1, "1".into());
        add(&mut making, "ALIAS_NAME", text, NameRole::Alias, true);
        making.entry.names.into_iter().map(|name| name.text).collect()
    }

    #[test]
    fn names_are_told_apart() {
        for (text, wanted) in [
            ("Anna Muster", &["Anna Muster"][..]),
            ("Muster, Anna", &["Anna Muster"]),
            ("Anna Muster, III (third)", &["Anna Muster, III"]),
            ("\u{201c}The Chemist\u{201d}", &["The Chemist"]),
            ("\"MUSTER, Anna\"", &["Anna MUSTER"]),
            ("\u{201c}General\u{201d} Muster", &["\u{201c}General\u{201d} Muster"]),
            ("A One; A Two b) B One; B Two", &["A One", "A Two", "B One", "B Two"]),
            ("Анна (Anna; Hanna)", &["Анна", "Anna", "Hanna"]),
            ("Anna (original script: Анна)", &["Anna", "Анна"]),
            ("Anna Front (AF) (Анна (original script); Anna Force)", &["Anna Front (AF)", "Анна", "Anna Force"]),
            ("Anna Front (AF)", &["Anna Front (AF)"]),
            ("Anna (birth name)", &["Anna"]),
            ("Anna Muster, born in Bonn on 1 Jan. 1967", &["Anna Muster"]),
            ("Анна (Анечка),", &["Анна (Анечка)"]),
            (") (", &[") ("]),
        ] {
            assert_eq!(names(text), wanted, "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in ".*", shaped in "[a(); ,\"Ж]{0,20}") {
            let _ = names(&text);
            let _ = names(&shaped);
        }
    }
}
