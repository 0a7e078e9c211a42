//! How the catalogue's values read: kinds, days, formulas, spans.

use domain::{
    date::Date,
    lang::Lang,
    substance::{Flow, Kind, Period, Threshold},
};

use crate::text::substances::texts;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A day as people read it: `7 Dec 2001`.
pub(crate) fn day(date: Date) -> String {
    let month = MONTHS.get(usize::from(date.month()).saturating_sub(1)).copied().unwrap_or_default();
    format!("{} {month} {}", date.day(), date.year())
}

/// A molecular formula with its figures set low.
pub(super) fn formula(plain: &str) -> String {
    let low = |letter: char| letter.to_digit(10).and_then(|digit| char::from_u32(0x2080 + digit)).unwrap_or(letter);
    plain.chars().map(low).collect()
}

/// The English name of a language; the tag itself for one that the catalogue has no names in yet.
pub(super) fn language(tag: &str) -> &str {
    match tag {
        "ar" => "Arabic",
        "de" => "German",
        "en" => "English",
        "es" => "Spanish",
        "fr" => "French",
        "it" => "Italian",
        "nl" => "Dutch",
        "pl" => "Polish",
        "pt" => "Portuguese",
        "ru" => "Russian",
        "zh" => "Chinese",
        other => other,
    }
}

/// The name of a kind.
pub(super) fn kind(lang: Lang, kind: Kind) -> &'static str {
    let t = texts(lang);
    match kind {
        Kind::Substance => t.kind_substance,
        Kind::Mixture => t.kind_mixture,
        Kind::Equipment => t.kind_equipment,
        Kind::FamilyRule => t.kind_family,
    }
}

/// The name of all entries of a kind.
pub(super) fn kinds(lang: Lang, kind: Kind) -> &'static str {
    let t = texts(lang);
    match kind {
        Kind::Substance => t.kinds_substance,
        Kind::Mixture => t.kinds_mixture,
        Kind::Equipment => t.kinds_equipment,
        Kind::FamilyRule => t.kinds_family,
    }
}

/// Over which span, and in which trade, a threshold counts.
pub(crate) fn span(lang: Lang, threshold: &Threshold) -> String {
    let t = texts(lang);
    let period = match threshold.period {
        Period::Transaction => t.per_transaction,
        Period::Month => t.per_month,
        Period::Year => t.per_year,
        Period::Package => t.per_package,
    };
    let flow = match threshold.flow {
        Flow::Any => return period.to_owned(),
        Flow::Domestic => t.flow_domestic,
        Flow::Import => t.flow_import,
        Flow::Export => t.flow_export,
        Flow::Retail => t.flow_retail,
    };
    format!("{period}, {flow}")
}

/// A sentence: with a capital and a full stop.
pub(super) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
    let stop = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn values_read_well() {
        assert_eq!(day("2001-12-07".parse().unwrap()), "7 Dec 2001");
        assert_eq!(formula("C10H15NO"), "C₁₀H₁₅NO");
        assert_eq!(sentence("did you mean it?"), "Did you mean it?");
        assert_eq!(sentence("no such number"), "No such number.");
        assert_eq!(sentence(""), ".");
    }
}
