//! E-mail addresses, telephone numbers and web addresses, checked only as far as a slip can be told from an unusual
//! but real one.

use super::Fault;
use crate::{fold::ascii_digits, identifiers};

/// As the whole product reads one; `mailto:` before it is taken off.
pub(super) fn email(text: &str) -> Result<String, Fault> {
    let bare = text.strip_prefix("mailto:").unwrap_or(text);
    identifiers::email(bare).map_err(|_| Fault::new("email"))
}

/// At least five digits, with the signs people put between them and an extension. More tolerant than a company's own
/// number is read: it may be all that a stranger left.
pub(super) fn phone(text: &str) -> Result<String, Fault> {
    let text = ascii_digits(text);
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let known = |c: char| c.is_ascii_digit() || " +-–().,/:;#*".contains(c) || c.is_alphabetic();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if (5..=25).contains(&digits) && letters <= 24 && text.chars().all(known) {
        Ok(text)
    } else {
        Err(Fault::new("phone"))
    }
}

/// A name with a dot, or any scheme's address, without blanks. It is shown as text, never followed.
pub(super) fn url(text: &str) -> Result<String, Fault> {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let fits = host.split('.').count() >= 2 && host.split('.').all(|part| !part.is_empty());
    let odd = |c: char| c.is_whitespace() || "<>\"\\".contains(c) || c == '\u{FFFD}';
    if fits && !text.contains(odd) { Ok(text.to_owned()) } else { Err(Fault::new("url")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_numbers() {
        for (good, text) in [
            (true, "a@b.nl"),
            (true, "mailto:first.last+tag@sub.example.com"),
            (true, "名前@例え.jp"),
            (false, "a@b"),
            (false, "a b@c.nl"),
            (false, "a@b@c.nl"),
            (false, "@b.nl"),
            (false, "a@b..nl"),
            (false, "<script>@b.nl"),
        ] {
            assert_eq!(email(text).is_ok(), good, "{text}");
        }
        for (good, text) in [
            (true, "+44 20 7946 0000"),
            (true, "(020) 7946-0000 ext. 12"),
            (true, "٠٢٠٧٩٤٦"),
            (false, "call me"),
            (false, "1234"),
            (false, "<b>12345</b>"),
        ] {
            assert_eq!(phone(text).is_ok(), good, "{text}");
        }
        for (good, text) in [
            (true, "example.com"),
            (true, "https://example.com/a?b=c#d"),
            (true, "http://abcdefgh.onion/x"),
            (true, "t.me/seller"),
            (false, "example"),
            (false, "see their site"),
            (false, "javascript:alert(1)"),
            (false, "https://"),
            (false, "http://a.b/<script>"),
        ] {
            assert_eq!(url(text).is_ok(), good, "{text}");
        }
    }
}
