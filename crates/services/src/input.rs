//! Reading forms: every field is checked, every problem is named at its field, and nothing typed is repeated in it.
//!
//! Texts are cleaned the way answers of a report are (invisible characters out, blanks at the ends off); what is longer
//! than its field allows or could not be read is complained about.

use domain::{
    answers::{Answers, clean},
    identifiers::{self, ContactError},
};

use crate::{Refusal, Result, error::Problem};

/// A form being read.
#[derive(Debug)]
pub(crate) struct Form<'a> {
    fields: &'a Answers,
    problems: Vec<Problem>,
}

impl<'a> Form<'a> {
    pub(crate) const fn new(fields: &'a Answers) -> Self {
        Self { fields, problems: Vec::new() }
    }

    /// The raw text of a field.
    pub(crate) fn raw(&self, field: &str) -> &'a str {
        self.fields.one(field)
    }

    /// Every raw text of a field.
    pub(crate) fn all(&self, field: &str) -> &'a [String] {
        self.fields.many(field)
    }

    /// Names a problem.
    pub(crate) fn problem(&mut self, field: &str, message: impl Into<String>) {
        self.problems.push(Problem::new(field, message));
    }

    /// One line that must be there; `missing` says what to enter.
    pub(crate) fn line(&mut self, field: &str, max: usize, missing: &str) -> String {
        let text = self.optional(field, max);
        if text.is_empty() && !self.has_problem(field) {
            self.problem(field, missing);
        }
        text
    }

    /// One line that may be missing.
    pub(crate) fn optional(&mut self, field: &str, max: usize) -> String {
        self.cleaned(field, max, false)
    }

    /// Several lines that must be there.
    pub(crate) fn lines(&mut self, field: &str, max: usize, missing: &str) -> String {
        let text = self.cleaned(field, max, true);
        if text.is_empty() && !self.has_problem(field) {
            self.problem(field, missing);
        }
        text
    }

    /// Several lines that may be missing.
    pub(crate) fn optional_lines(&mut self, field: &str, max: usize) -> String {
        self.cleaned(field, max, true)
    }

    fn cleaned(&mut self, field: &str, max: usize, lines: bool) -> String {
        let raw = self.raw(field);
        // No cleaning of a megabyte only to say that it is too long.
        if raw.len() > max.saturating_mul(8).saturating_add(64) {
            self.problem(field, too_long(max));
            return String::new();
        }
        let cleaned = clean(raw, lines);
        if cleaned.unreadable > 0 {
            self.problem(field, "Some characters could not be read. Type this again.");
        } else if cleaned.text.chars().count() > max {
            self.problem(field, too_long(max));
        }
        cleaned.text
    }

    /// A mail address that must be there, in lower case.
    pub(crate) fn email(&mut self, field: &str) -> String {
        match email(self.raw(field)) {
            Ok(address) => address,
            Err(message) => {
                self.problem(field, message);
                String::new()
            }
        }
    }

    /// A telephone number that must be there.
    pub(crate) fn phone(&mut self, field: &str, required: bool) -> String {
        let text = self.optional(field, 40);
        if text.is_empty() {
            if required && !self.has_problem(field) {
                self.problem(field, "Enter a telephone number with its country code, for example +31 20 555 0123.");
            }
            return text;
        }
        if self.has_problem(field) {
            return text;
        }
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let fits = text.chars().all(|c| c.is_ascii_digit() || "+-/(). ext".contains(c));
        if !fits || !(5..=20).contains(&digits) {
            self.problem(
                field,
                "Write the telephone number in digits with its country code, for example +31 20 555 0123.",
            );
        }
        text
    }

    /// A website that may be missing; completed to a whole address.
    pub(crate) fn website(&mut self, field: &str) -> String {
        let text = self.optional(field, 200);
        if text.is_empty() || self.has_problem(field) {
            return text;
        }
        website(&text).unwrap_or_else(|| {
            self.problem(field, "Write the address of the website, for example www.example.com.");
            text
        })
    }

    /// Whether a field has a problem already.
    pub(crate) fn has_problem(&self, field: &str) -> bool {
        self.problems.iter().any(|problem| problem.field == field)
    }

    /// All problems, or none.
    pub(crate) fn done(self) -> Result<()> {
        if self.problems.is_empty() { Ok(()) } else { Err(Refusal::Invalid(self.problems)) }
    }
}

fn too_long(max: usize) -> String {
    format!("This is too long. Use at most {max} characters.")
}

/// One problem as a refusal.
pub(crate) fn invalid(field: &str, message: impl Into<String>) -> Refusal {
    Refusal::Invalid(vec![Problem::new(field, message)])
}

/// A mail address in the form in which it is stored: in small letters and ASCII, since not every mail server takes others.
///
/// # Errors
/// A sentence for the person.
pub(crate) fn email(text: &str) -> std::result::Result<String, &'static str> {
    if text.trim().is_empty() {
        return Err("Enter an e-mail address.");
    }
    let read = identifiers::email(text).map_err(|error| match error {
        ContactError::TooLong => "This e-mail address is too long. Use at most 254 characters.",
        _ => "Enter an e-mail address like name@example.com.",
    });
    let address = read?.to_lowercase();
    if !address.is_ascii() || address.parse::<lettre::Address>().is_err() {
        return Err("Write the e-mail address in Latin letters without accents, like name@example.com.");
    }
    Ok(address)
}

/// A website's address with its scheme, if the text can be one.
fn website(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let rest = ["https://", "http://"].iter().find_map(|scheme| lower.strip_prefix(scheme)).unwrap_or(&lower);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.split_once(':').map_or(host, |(host, port)| if port.parse::<u16>().is_ok() { host } else { "" });
    let label = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-');
    let fits = host.contains('.') && host.split('.').all(label) && !text.contains([' ', '"', '<', '>', '\\']);
    if !fits {
        return None;
    }
    Some(if rest.len() == lower.len() { format!("https://{text}") } else { text.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_addresses() {
        for (typed, stored) in [
            ("a@b.example", Some("a@b.example")),
            (" Mixed.Case+tag@Example.COM ", Some("mixed.case+tag@example.com")),
            ("o'neill@sub-domain.example", Some("o'neill@sub-domain.example")),
            ("", None),
            ("plain", None),
            ("@b.example", None),
            ("a@", None),
            ("a@localhost", None),
            ("a@b..example", None),
            ("a..b@c.example", None),
            (".a@c.example", None),
            ("a@-c.example", None),
            ("a@1.2.3.4", None),
            ("a b@c.example", None),
            ("a@b.example\r\nBcc: c@d.example", None),
            ("a@b.example\0", None),
            ("\u{202e}a@b.example", None),
            ("\"a b\"@c.example", None),
            ("a@b@c.example", None),
            ("jürgen@example.com", None),
            ("<a@b.example>", None),
        ] {
            assert_eq!(email(typed).ok().as_deref(), stored, "{typed:?}");
        }
        assert!(email(&format!("{}@b.example", "a".repeat(65))).is_err());
        assert!(email(&format!("a@{}.example", "b".repeat(260))).is_err());
        assert!(email(&"x".repeat(1_000_000)).is_err());
    }

    #[test]
    fn websites() {
        for (typed, stored) in [
            ("www.example.com", Some("https://www.example.com")),
            ("https://example.com/shop?x=1", Some("https://example.com/shop?x=1")),
            ("http://example.com:8080", Some("http://example.com:8080")),
            ("bücher.example", Some("https://bücher.example")),
            ("javascript:alert(1)", None),
            ("example", None),
            ("https://", None),
            ("exa mple.com", None),
            ("ftp://example.com", None),
        ] {
            assert_eq!(website(typed).as_deref(), stored, "{typed:?}");
        }
    }

    #[test]
    fn telephones() {
        for (typed, fits) in [
            ("+31 (0)20 555-0123", true),
            ("+1 613.555.0199 ext 4", true),
            ("12", false),
            ("call me", false),
            ("123456789012345678901234", false),
            ("", false),
        ] {
            let mut fields = Answers::new();
            fields.set_one("phone", typed);
            let mut form = Form::new(&fields);
            form.phone("phone", true);
            assert_eq!(form.done().is_ok(), fits, "{typed}");
        }
    }
}
