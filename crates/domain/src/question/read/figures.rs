//! Percentages and amounts of money as people write them, held as whole numbers.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Fault, is_unknown};
use crate::fold::ascii_digits;

/// A concentration as written, and its figure where there is exactly one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Percentage {
    /// As written: `37 %`, `30-35 %`, `not known`.
    pub text: String,
    /// In hundredths of a per cent, if it is one plain figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hundredths: Option<u32>,
}

/// An amount of money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// In hundredths of the currency.
    pub hundredths: i64,
    /// The currency as three letters where they were given or the sign is clear, else the sign.
    pub currency: String,
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02} {}", self.hundredths / 100, self.hundredths % 100, self.currency)
    }
}

/// One figure from 0 to 100; other wordings (a range, grams per litre) are kept as text as long as they hold a digit.
pub(super) fn percentage(text: String) -> Result<Percentage, Fault> {
    if is_unknown(&text) {
        return Ok(Percentage { text, hundredths: None });
    }
    let ascii = ascii_digits(&text);
    let plain = ascii.trim_end_matches(['%', ' ', '\u{a0}']).trim_start();
    match decimal(plain) {
        Some(hundredths) => {
            let hundredths = u32::try_from(hundredths).ok().filter(|value| *value <= 10_000);
            let hundredths = hundredths.ok_or_else(|| Fault::new("percentage"))?;
            Ok(Percentage { text, hundredths: Some(hundredths) })
        }
        None if ascii.chars().any(|c| c.is_ascii_digit()) && !plain.starts_with('-') => {
            Ok(Percentage { text, hundredths: None })
        }
        None => Err(Fault::new("percentage")),
    }
}

/// A figure and a currency in any order.
pub(super) fn money(text: &str) -> Result<Money, Fault> {
    let ascii = ascii_digits(text);
    let is_figure = |c: char| c.is_ascii_digit() || " .,'’\u{202f}\u{a0}".contains(c);
    let figure: String = ascii.chars().filter(|c| is_figure(*c)).collect();
    let currency: String = ascii.chars().filter(|c| !is_figure(*c)).collect();
    let hundredths = decimal(figure.trim().trim_end_matches(['.', ',']));
    let hundredths = hundredths.ok_or_else(|| Fault::new("amount"))?;
    let letters = currency.len() == 3 && currency.bytes().all(|b| b.is_ascii_alphabetic());
    let currency = match currency.as_str() {
        "€" => "EUR".to_owned(),
        "£" => "GBP".to_owned(),
        "$" | "¥" | "₹" | "₽" | "₺" | "₩" | "₦" | "₫" | "฿" | "₪" | "R$" | "US$" | "C$" | "A$" => {
            currency
        }
        _ if letters => currency.to_ascii_uppercase(),
        "" => return Err(Fault::new("currency")),
        _ if currency.contains('-') => return Err(Fault::new("amount")),
        _ => return Err(Fault::new("currency")),
    };
    Ok(Money { hundredths, currency })
}

/// Hundredths of a number with point or comma: the last sign parts the decimals if one or two digits follow it,
/// otherwise signs group thousands and three digits have to follow each.
fn decimal(text: &str) -> Option<i64> {
    let last = text.rfind(['.', ',']);
    let (whole, decimals) = match last {
        Some(at) if text.len() - at - 1 <= 2 => (&text[..at], &text[at + 1..]),
        _ => (text, "00"),
    };
    let groups: Vec<&str> = whole.split(['.', ',', ' ', '\'', '’', '\u{202f}', '\u{a0}']).collect();
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let grouped = groups.len() == 1 || groups[1..].iter().all(|group| group.len() == 3);
    if !grouped || !groups.iter().all(|group| digits(group)) || !digits(decimals) {
        return None;
    }
    let whole: String = groups.concat();
    if whole.len() > 15 {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let cents: i64 = decimals.parse().ok()?;
    Some(whole * 100 + if decimals.len() == 1 { cents * 10 } else { cents })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn percentages() {
        for (text, hundredths) in [
            ("37 %", Some(3_700)),
            ("37%", Some(3_700)),
            ("99.5", Some(9_950)),
            ("0,5 %", Some(50)),
            ("100 %", Some(10_000)),
            ("٣٧ %", Some(3_700)),
            ("30-35 %", None),
            ("about 40 % w/w", None),
            ("12 mol/l", None),
            ("not known", None),
        ] {
            let read = percentage(text.to_owned()).map(|read| (read.text, read.hundredths));
            assert_eq!(read, Ok((text.to_owned(), hundredths)), "{text}");
        }
        for text in ["101 %", "pure", "%", "-5 %", "1000"] {
            assert_eq!(percentage(text.to_owned()), Err(Fault::new("percentage")), "{text}");
        }
    }

    #[test]
    fn money_in_many_spellings() {
        for (text, shown) in [
            ("1200.50 EUR", "1200.50 EUR"),
            ("EUR 1.200,50", "1200.50 EUR"),
            ("€ 1,200", "1200.00 EUR"),
            ("1 200 chf", "1200.00 CHF"),
            ("1'200.5 CHF", "1200.50 CHF"),
            ("$5", "5.00 $"),
            ("5,- €", ""),
            ("USD 12,345,678.90", "12345678.90 USD"),
        ] {
            let read = money(text).map(|money| money.to_string()).unwrap_or_default();
            assert_eq!(read, shown, "{text}");
        }
        for (text, code) in [
            ("1200.50", "currency"),
            ("EUR", "amount"),
            ("-5 EUR", "amount"),
            ("12,34,56 EUR", "amount"),
            ("99999999999999999999 EUR", "amount"),
            ("1200 euros or so", "currency"),
        ] {
            assert_eq!(money(text).map_err(|fault| fault.code), Err(code), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,40}", figures in "[0-9., '%€EUR-]{0,30}") {
            for text in [text, figures] {
                let _ = money(&text);
                let _ = percentage(text);
            }
        }
    }
}
