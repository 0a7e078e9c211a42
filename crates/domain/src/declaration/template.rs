//! The shapes of declarations: which law asks for which particulars, in which words, and how long one holds. Facts with their
//! sources stand in `data/declarations/`, one file for each version of each shape.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::{country::Jurisdiction, date::Date};

/// A shape, in one version.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// Code of the shape, never given to another.
    pub code: String,
    /// Which version of its words.
    pub version: String,
    /// Since when the law has it.
    pub valid_from: Date,
    /// Through which day.
    #[serde(default)]
    pub valid_to: Option<Date>,
    /// Whose law.
    pub jurisdiction: Jurisdiction,
    /// What officers choose it by.
    pub label: String,
    /// When it is used.
    pub about: String,
    /// Title of the paper.
    pub title: String,
    /// How long one holds.
    pub validity: Validity,
    /// The most substances in one.
    pub most_substances: usize,
    /// Categories whose substances need the particulars of a licence.
    #[serde(default)]
    pub licence_for: Vec<String>,
    /// Categories for whose substances it may not be used.
    #[serde(default)]
    pub not_for: Vec<String>,
    /// What is certified, paragraph by paragraph.
    pub certification: Vec<String>,
    /// What has to travel with the goods; may be empty.
    pub copy_with_goods: String,
    /// How many whole years it is kept.
    pub keep_years: u16,
    /// The same in words.
    pub keep: String,
    /// Where it stands.
    pub sources: Vec<Source>,
    /// What the company must be satisfied of.
    #[serde(default)]
    pub condition: Vec<Condition>,
    /// What the signer is asked for beside name, position, place and date.
    pub field: Vec<Field>,
}

/// How long a declaration holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Validity {
    /// For one delivery.
    Transaction,
    /// For a period of at most a year, which stands in it.
    Year,
    /// Until the end of the calendar year in which it was signed.
    CalendarYear,
}

/// Where a rule stands.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// What it says.
    pub what: String,
    /// Where.
    #[serde(rename = "where")]
    pub place: String,
    /// Whether it was seen there.
    pub verified: bool,
}

/// Something the company confirms before it asks.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Its code.
    pub code: String,
    /// What is confirmed.
    pub text: String,
}

/// A particular that the signer gives.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its name in forms.
    pub key: String,
    /// What it is called on the page and in the signed text.
    pub label: String,
    /// One sentence of help.
    #[serde(default)]
    pub hint: String,
    /// When it has to be given.
    pub need: Need,
    /// What stands in it.
    pub kind: FieldKind,
}

/// When a particular has to be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// Always.
    Always,
    /// Where a licence is asked for; otherwise it is not asked at all.
    Licence,
    /// It may be left out.
    May,
}

/// What stands in a particular.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// One line.
    Line,
    /// Several lines.
    Lines,
    /// A day.
    Day,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Signer {
    field: Vec<Field>,
}

macro_rules! shapes {
    ($($file:literal),+) => {
        const FILES: &[&str] = &[$(include_str!(concat!("../../../../data/declarations/", $file, ".toml"))),+];
    };
}

shapes!("eu-single", "eu-several", "ca-end-use", "au-sa-eus");

static TEMPLATES: LazyLock<Vec<Template>> = LazyLock::new(|| {
    let signer: Signer = toml::from_str(include_str!("../../../../data/declarations/signer.toml"))
        .expect("data/declarations is read by a test");
    let read = |file: &&str| {
        let mut template: Template = toml::from_str(file).expect("data/declarations is read by a test");
        template.field.extend(signer.field.iter().cloned());
        template
    };
    FILES.iter().map(read).collect()
});

impl Template {
    /// The shapes that can be used on a day, each in its newest version.
    pub fn offered(on: Date) -> impl Iterator<Item = &'static Self> {
        TEMPLATES.iter().filter(move |template| {
            let holds = |one: &Self| one.valid_from <= on && one.valid_to.is_none_or(|to| on <= to);
            let newer = |one: &&Self| one.code == template.code && one.version > template.version && holds(one);
            holds(template) && !TEMPLATES.iter().any(|one| newer(&one))
        })
    }

    /// A shape in the version in which a declaration was made.
    #[must_use]
    pub fn find(code: &str, version: &str) -> Option<&'static Self> {
        TEMPLATES.iter().find(|template| template.code == code && template.version == version)
    }

    /// What the signer is asked for.
    pub fn fields(&self, licence: bool) -> impl Iterator<Item = &Field> {
        self.field.iter().filter(move |field| field.need != Need::Licence || licence)
    }

    /// Until which day one is kept at least, if the last delivery (or the signature) was in this year.
    #[must_use]
    pub fn kept_until(&self, year: u16) -> Option<Date> {
        Date::new(year.saturating_add(self.keep_years), 12, 31)
    }

    /// The last day on which one that begins on `from` may hold; none if it holds for a delivery, not for a time.
    #[must_use]
    pub fn latest(&self, from: Date) -> Option<Date> {
        match self.validity {
            Validity::Transaction => None,
            Validity::Year => Some(year_from(from)),
            Validity::CalendarYear => Date::new(from.year(), 12, 31),
        }
    }
}

/// The last day of the year that begins on a day.
fn year_from(from: Date) -> Date {
    // The day before the same day of the next year; 29 February ends with 28 February.
    let next = Date::new(from.year().saturating_add(1), from.month(), from.day());
    next.map_or_else(|| Date::from_days(from.days() + 365), |next| Date::from_days(next.days() - 1))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn every_shape_is_whole_and_says_where_it_stands() {
        for template in TEMPLATES.iter() {
            let name = &template.code;
            assert!(template.sources.iter().any(|source| source.verified), "{name}: nothing was seen anywhere");
            assert!(template.keep_years > 0 && template.most_substances > 0 && !template.certification.is_empty());
            for key in ["uses", "name", "position", "place", "date"] {
                let field = template.field.iter().find(|field| field.key == key).unwrap();
                assert_eq!(field.need, Need::Always, "{name}: {key}");
            }
            let keys: std::collections::BTreeSet<_> = template.field.iter().map(|field| &field.key).collect();
            assert_eq!(keys.len(), template.field.len(), "{name}: a particular is asked twice");
            assert_eq!(Template::find(name, &template.version), Some(template));
            assert_eq!(TEMPLATES.iter().filter(|one| one.code == *name && one.version == template.version).count(), 1);
        }
        assert_eq!(Template::offered(day("2026-11-23")).count(), 4);
        assert_eq!(Template::offered(day("1990-01-01")).count(), 0);
        assert!(Template::find("eu-single", "1990-01").is_none());
    }

    #[test]
    fn licences_are_asked_for_only_where_they_are_needed() {
        let template = Template::offered(day("2026-11-23")).find(|one| one.code == "eu-single").unwrap();
        let asked = |licence| template.fields(licence).any(|field| field.key == "licence_number");
        assert!(asked(true) && !asked(false));
    }

    #[test]
    fn each_shape_holds_as_long_as_its_law_says() {
        let of = |code: &str| Template::offered(day("2026-11-23")).find(|one| one.code == code).unwrap();
        assert_eq!(of("eu-single").latest(day("2026-03-01")), None);
        assert_eq!(of("eu-several").latest(day("2026-03-01")), Some(day("2027-02-28")));
        assert_eq!(of("eu-several").latest(day("2028-02-29")), Some(day("2029-02-28")));
        assert_eq!(of("ca-end-use").latest(day("2026-03-01")), Some(day("2026-12-31")));
        assert_eq!(of("eu-single").kept_until(2026), Some(day("2029-12-31")));
    }
}
