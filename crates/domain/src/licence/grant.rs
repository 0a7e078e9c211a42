//! What a licence allows, where, and up to how much; and how that is written in one line.
//!
//! A line of a site is `name | address`, one of a grant `substance | activities | ceiling | sites`, one of a suspension
//! `suspended | first day | last day | reason`. What stands behind the last `|` that is needed may be left out.

use serde::{Deserialize, Serialize};

use super::{Activity, Names, Per, Stop, StopKind};
use crate::{
    answers::when::{Order, parse_date},
    fold::words,
    quantity::Quantity,
    substance::Catalogue,
};

/// A place for which a licence holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// Its name.
    pub name: String,
    /// Where it is; may be empty.
    pub address: String,
}

/// For what a grant is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// An entry of the catalogue, by its handle. A group of the catalogue stands for its members.
    Substance(String),
    /// Everything in a category of a list, as the list stands on the day that is asked for.
    Listed {
        /// The list's handle.
        list: String,
        /// Its table, category or class.
        category: String,
    },
}

impl Scope {
    /// As people read and write it.
    #[must_use]
    pub fn text(&self, catalogue: &Catalogue) -> String {
        match self {
            Self::Substance(slug) => catalogue.find(slug).map_or_else(|| slug.clone(), |found| found.name.clone()),
            Self::Listed { list, category } => {
                let short = catalogue.list(list).map_or(list.as_str(), |list| list.short.as_str());
                format!("{short}: {category}")
            }
        }
    }
}

/// At most so much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ceiling {
    /// How much.
    pub quantity: Quantity,
    /// Over what.
    pub per: Per,
}

impl Ceiling {
    /// As people read and write it: `500 kg a year`.
    #[must_use]
    pub fn text(self) -> String {
        format!("{} {}", self.quantity, self.per.label())
    }

    fn read(text: &str) -> Result<Self, String> {
        const SAID: [(&str, Per); 14] = [
            ("a year", Per::Year),
            ("per year", Per::Year),
            ("yearly", Per::Year),
            ("each year", Per::Year),
            ("/year", Per::Year),
            ("a month", Per::Month),
            ("per month", Per::Month),
            ("monthly", Per::Month),
            ("each month", Per::Month),
            ("/month", Per::Month),
            ("at a time", Per::Once),
            ("each time", Per::Once),
            ("per delivery", Per::Once),
            ("a delivery", Per::Once),
        ];
        let small = text.to_lowercase();
        let found = SAID.iter().find_map(|(said, per)| Some((small.strip_suffix(said)?.to_owned(), *per)));
        let (quantity, per) = found.ok_or("say over what it is counted: a year, a month, or at a time")?;
        let quantity = Quantity::parse(quantity.trim()).map_err(|error| error.to_string())?;
        Ok(Self { quantity, per })
    }
}

/// Leave to do something with substances.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// With which.
    pub what: Scope,
    /// Doing what; never empty.
    pub activities: Vec<Activity>,
    /// Up to how much; none without a ceiling.
    pub ceiling: Option<Ceiling>,
    /// At which sites, by name; at all of the licence, if there is none.
    pub sites: Vec<String>,
}

/// The parts of a line.
fn parts(line: &str) -> Vec<&str> {
    line.split('|').map(str::trim).collect()
}

/// Parts that are needed and those behind the last of them left out.
fn joined(parts: &[String]) -> String {
    let last = parts.iter().rposition(|part| !part.is_empty()).unwrap_or(0);
    parts[..=last].join(" | ")
}

impl Site {
    pub(super) fn read(line: &str) -> Result<Self, String> {
        match parts(line)[..] {
            ["", ..] => Err("write the name of the site first".to_owned()),
            [name] => Ok(Self { name: name.to_owned(), address: String::new() }),
            [name, address] => Ok(Self { name: name.to_owned(), address: address.to_owned() }),
            _ => Err("write the name, then | and the address".to_owned()),
        }
    }

    pub(super) fn line(&self) -> String {
        joined(&[self.name.clone(), self.address.clone()])
    }
}

impl Grant {
    pub(super) fn read(line: &str, names: &Names<'_>, sites: &[Site]) -> Result<Self, String> {
        let parts = parts(line);
        if parts.len() > 4 {
            return Err("write substance | activities | ceiling | sites".to_owned());
        }
        let part = |at: usize| parts.get(at).copied().unwrap_or_default();
        let what = names.scope(part(0)).ok_or(
            "this substance is not in the catalogue. Write its name or CAS number as there, or a list with its category, \
             for example UN: Table I",
        )?;
        let activities = listed(part(1), ',').map(activity).collect::<Result<Vec<_>, _>>()?;
        if activities.is_empty() {
            return Err(format!("say behind | what is allowed: {}", all_activities()));
        }
        let ceiling = Some(part(2)).filter(|text| !text.is_empty()).map(Ceiling::read).transpose()?;
        let known = |name: &str| sites.iter().find(|site| words(&site.name) == words(name));
        let site = |name: &str| {
            known(name)
                .map(|site| site.name.clone())
                .ok_or_else(|| "a site of this line is not among the sites of the licence".to_owned())
        };
        let sites = listed(part(3), ';').map(site).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { what, activities, ceiling, sites })
    }

    pub(super) fn line(&self, catalogue: &Catalogue) -> String {
        let activities = self.activities.iter().map(|activity| activity.label()).collect::<Vec<_>>().join(", ");
        let ceiling = self.ceiling.map(Ceiling::text).unwrap_or_default();
        joined(&[self.what.text(catalogue), activities, ceiling, self.sites.join("; ")])
    }
}

fn listed(text: &str, sign: char) -> impl Iterator<Item = &str> {
    text.split(sign).map(str::trim).filter(|part| !part.is_empty())
}

fn activity(text: &str) -> Result<Activity, String> {
    Activity::from_code(&words(text)).ok_or_else(|| format!("what is allowed is one of: {}", all_activities()))
}

fn all_activities() -> String {
    Activity::ALL.iter().map(|activity| activity.label()).collect::<Vec<_>>().join(", ")
}

impl Stop {
    pub(super) fn read(line: &str, order: Order) -> Result<Self, String> {
        let parts = parts(line);
        let part = |at: usize| parts.get(at).copied().unwrap_or_default();
        let kind = StopKind::from_code(&words(part(0))).ok_or("begin with suspended or revoked")?;
        let from = parse_date(part(1), order).map_err(|error| error.to_string())?;
        let to = Some(part(2)).filter(|text| !text.is_empty());
        let to = to.map(|text| parse_date(text, order).map_err(|error| error.to_string())).transpose()?;
        let reason = parts.get(3..).unwrap_or_default().join(" | ");
        if reason.is_empty() {
            return Err("say why behind the days".to_owned());
        }
        if to.is_some_and(|to| to < from) {
            return Err("it ends before it begins".to_owned());
        }
        Ok(Self { kind, from, to, reason })
    }

    pub(super) fn line(&self) -> String {
        let to = self.to.map(|to| to.to_string()).unwrap_or_default();
        joined(&[self.kind.label().to_owned(), self.from.to_string(), to, self.reason.clone()])
    }
}
