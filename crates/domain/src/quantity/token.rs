//! Cuts the text of a quantity into numbers, words and signs.

use crate::fold::{ascii_digits, words};

/// One part of the text, with the place of its first letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: Kind,
    pub start: usize,
}

/// What a part is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Digits with their separators; `spaced` if an ordinary space was taken for a thousands sign.
    Number { text: String, spaced: bool },
    /// A word, folded.
    Word(String),
    /// `x`, `×` or `*`.
    Times,
    /// `+`, `&` or a comma between amounts.
    Plus,
    /// `=`
    Equals,
    /// A minus sign before a number.
    Minus,
    /// `(`
    Open,
    /// `)`
    Close,
    /// Anything else that means something.
    Other(char),
}

/// Brings signs that look alike together; the result is what token places count in.
pub(super) fn plain(text: &str) -> Vec<char> {
    let mut out: Vec<char> = Vec::with_capacity(text.len());
    for letter in ascii_digits(text).chars() {
        match letter {
            '½' | '¼' | '¾' => {
                if !out.last().is_some_and(char::is_ascii_digit) {
                    out.push('0');
                }
                out.extend(
                    match letter {
                        '½' => ".5",
                        '¼' => ".25",
                        _ => ".75",
                    }
                    .chars(),
                );
            }
            'µ' | 'μ' => out.push('u'),
            '³' => out.push('3'),
            '×' | '✕' | '✖' => out.push('×'),
            '٫' => out.push('.'),
            '٬' => out.push(','),
            '’' | '\u{2BC}' => out.push('\''),
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{AD}' => out.push('-'),
            // No-break and thin spaces stand inside numbers; ordinary ones may also part two numbers.
            '\u{A0}' | '\u{2007}' | '\u{2009}' | '\u{202F}' => out.push('\u{202F}'),
            letter if letter.is_whitespace() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}

/// Cuts what [`plain`] has made.
pub(super) fn tokens(letters: &[char]) -> Vec<Token> {
    let (mut out, mut at) = (Vec::new(), 0);
    while let Some(letter) = letters.get(at) {
        let start = at;
        let next_is_digit = letters.get(at + 1).is_some_and(char::is_ascii_digit);
        let kind = match letter {
            letter if letter.is_ascii_digit() => Some(number(letters, &mut at)),
            '.' | ','
                if next_is_digit
                    && out.last().is_none_or(|token: &Token| !matches!(token.kind, Kind::Number { .. })) =>
            {
                Some(number(letters, &mut at))
            }
            letter if letter.is_alphabetic() => Some(word(letters, &mut at)),
            '×' | '*' => Some(Kind::Times),
            '+' | '&' | ',' | ';' => Some(Kind::Plus),
            '=' => Some(Kind::Equals),
            '-' if next_is_digit => Some(Kind::Minus),
            '(' | '[' => Some(Kind::Open),
            ')' | ']' => Some(Kind::Close),
            '@' => Some(Kind::Word("of".to_owned())),
            '~' | '≈' => Some(Kind::Word("about".to_owned())),
            ' ' | '\u{202F}' | '.' | ':' | '-' | '\'' => None,
            other => Some(Kind::Other(*other)),
        };
        if at == start {
            at += 1;
        }
        out.extend(kind.map(|kind| Token { kind, start }));
    }
    out
}

fn number(letters: &[char], at: &mut usize) -> Kind {
    let digit = |place: usize| letters.get(place).is_some_and(char::is_ascii_digit);
    let (mut text, mut spaced) = (String::new(), false);
    while let Some(letter) = letters.get(*at) {
        let group_follows = || digit(*at + 1) && digit(*at + 2) && digit(*at + 3) && !digit(*at + 4);
        match letter {
            letter if letter.is_ascii_digit() => text.push(*letter),
            '.' | ',' | '\'' if digit(*at + 1) => text.push(*letter),
            '\u{202F}' if group_follows() => text.push(' '),
            ' ' if group_follows() && may_group(&text) => {
                spaced = true;
                text.push(' ');
            }
            _ => break,
        }
        *at += 1;
    }
    Kind::Number { text, spaced }
}

/// Whether a group of three digits may continue `text`: one to three digits, or such with groups already.
fn may_group(text: &str) -> bool {
    text.split(' ').enumerate().all(|(place, group)| {
        let length = if place == 0 { 1..=3 } else { 3..=3 };
        length.contains(&group.len()) && group.bytes().all(|byte| byte.is_ascii_digit())
    })
}

fn word(letters: &[char], at: &mut usize) -> Kind {
    let mut text = String::new();
    while let Some(letter) = letters.get(*at).filter(|letter| letter.is_alphabetic() || is_mark(**letter)) {
        text.push(*letter);
        *at += 1;
    }
    let cube = matches!(text.as_str(), "m" | "cm" | "dm") && letters.get(*at) == Some(&'3');
    if cube && !letters.get(*at + 1).is_some_and(char::is_ascii_digit) {
        text.push('3');
        *at += 1;
    }
    let folded = words(&text);
    match folded.as_str() {
        "x" => Kind::Times,
        "" => Kind::Word(text),
        _ => Kind::Word(folded),
    }
}

fn is_mark(letter: char) -> bool {
    unicode_normalization::char::is_combining_mark(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let part = |token: Token| match token.kind {
            Kind::Number { text, spaced } => format!("{text}{}", if spaced { "~" } else { "" }),
            Kind::Word(word) => word,
            other => format!("{other:?}"),
        };
        tokens(&plain(text)).into_iter().map(part).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn cuts_text() {
        for (text, parts) in [
            ("25kg", "25|kg"),
            ("3x200l", "3|Times|200|l"),
            ("3 × 200 l", "3|Times|200|l"),
            ("1 500 kg", "1 500~|kg"),
            ("1\u{A0}500 kg", "1 500|kg"),
            ("12 1000 l", "12|1000|l"),
            ("200-litre drums", "200|litre|drums"),
            ("-5 kg", "Minus|5|kg"),
            ("2 m³", "2|m3"),
            ("½ t", "0.5|t"),
            ("2½ t", "2.5|t"),
            (",5 l", ",5|l"),
            ("3 fûts (200 L)", "3|futs|Open|200|l|Close"),
            ("5 µl", "5|ul"),
            ("2 kg, 500 g", "2|kg|Plus|500|g"),
            ("30 %", "30|Other('%')"),
        ] {
            assert_eq!(shown(text), parts, "{text}");
        }
    }
}
