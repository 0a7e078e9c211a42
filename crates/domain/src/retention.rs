//! How long a company has to keep its records, by law. Facts with sources stand in `data/retention.toml`; a country without
//! a row has no rule that is known here, which does not mean that it has none.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::{
    country::{Country, Jurisdiction},
    date::Date,
};

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Code, never reused for another meaning.
    pub id: String,
    /// Where it applies.
    pub jurisdiction: Jurisdiction,
    /// Whole years from the end of the calendar year.
    pub years: u16,
    /// In words.
    pub words: String,
    /// Where it stands.
    pub source: String,
    /// Whether the source was read.
    pub verified: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    concern_phrase_days: i64,
    rule: Vec<Rule>,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/retention.toml")).expect("data/retention.toml is read by a test")
});

/// The rule that asks for the longest time in a country, if one is known.
#[must_use]
pub fn rule(country: Country, on: Date) -> Option<&'static Rule> {
    RULES.rule.iter().filter(|rule| rule.jurisdiction.covers(country, on)).max_by_key(|rule| rule.years)
}

/// So many days after an anonymous concern was decided, the phrase of its sender opens nothing any more.
#[must_use]
pub fn concern_phrase_days() -> i64 {
    RULES.concern_phrase_days
}

impl Rule {
    /// Until which day records of a year are to be kept at least.
    #[must_use]
    pub fn until(&self, year: u16) -> Option<Date> {
        Date::new(year.saturating_add(self.years), 12, 31)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn the_union_keeps_three_years_and_elsewhere_nothing_is_known() {
        let day = Date::new(2026, 11, 23).unwrap();
        let of = |code: &str| rule(Country::parse(code).unwrap(), day);
        let union = of("NL").unwrap();
        assert_eq!((union.id.as_str(), union.until(2026)), ("EU-3-years", Date::new(2029, 12, 31)));
        assert_eq!(of("CA"), None);
        assert!(concern_phrase_days() > 30);
        assert!(RULES.rule.iter().all(|rule| !rule.source.is_empty() && rule.years > 0));
    }
}
