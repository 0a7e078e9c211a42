//! Whether a licence covers something: substance, site, activity, day, quantity.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::{Activity, Ceiling, Grant, Licence, Scope, Site, StopKind};
use crate::{
    answers::when::long_date,
    date::Date,
    fold::words,
    quantity::Quantity,
    substance::{Catalogue, Substance},
};

/// What a licence is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The place, by name or address; empty if none was named.
    pub site: &'a str,
    /// The substance's handle.
    pub substance: &'a str,
    /// What is to be done.
    pub activity: Activity,
    /// On which day.
    pub on: Date,
    /// How much; none if no quantity was named.
    pub quantity: Option<Quantity>,
}

/// Why a licence does not cover something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Its first day is still to come.
    NotYet(Date),
    /// Its last day is over.
    Ended(Date),
    /// Suspended on that day: since when, until when if that is known, why.
    Suspended(Date, Option<Date>, String),
    /// Revoked: since when, why.
    Revoked(Date, String),
    /// The site is not on the licence.
    Site,
    /// No line of it is for the substance.
    Substance,
    /// The substance is on it, but not for this; these are.
    Activity(Activity, Vec<Activity>),
    /// Substance and activity are on it, but for other sites; these.
    OtherSites(Vec<String>),
    /// More than it allows.
    Over(Ceiling),
    /// Ceiling and quantity cannot be compared: weight against volume.
    Unlike(Ceiling),
}

impl Reason {
    /// In words, for staff of the authority.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::NotYet(from) => format!("It holds only from {} on.", long_date(*from)),
            Self::Ended(to) => format!("It ended on {}.", long_date(*to)),
            Self::Suspended(since, until, why) => {
                let until = until.map(|day| format!(" until {}", long_date(day))).unwrap_or_default();
                format!("It is suspended since {}{until}: {why}", long_date(*since))
            }
            Self::Revoked(since, why) => format!("It is revoked since {}: {why}", long_date(*since)),
            Self::Site => "The site is not on the licence.".to_owned(),
            Self::Substance => "The substance is not covered.".to_owned(),
            Self::Activity(asked, allowed) => {
                let allowed = allowed.iter().map(|one| one.label()).collect::<Vec<_>>().join(", ");
                format!("The substance is covered, but not to {} it. Allowed is to {allowed} it.", asked.label())
            }
            Self::OtherSites(sites) => format!("It is covered at another site only: {}.", sites.join("; ")),
            Self::Over(ceiling) => format!("It is over the ceiling of {}.", ceiling.text()),
            Self::Unlike(ceiling) => {
                format!("The quantity cannot be compared with the ceiling of {}. Compare by hand.", ceiling.text())
            }
        }
    }
}

/// What a check came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Why it is not covered; covered, if there is nothing.
    pub reasons: Vec<Reason>,
    /// The ceiling under which it is covered: what was used before is for staff to know.
    pub ceiling: Option<Ceiling>,
}

impl Verdict {
    /// Whether it is covered.
    #[must_use]
    pub fn is_covered(&self) -> bool {
        self.reasons.is_empty()
    }
}

impl Licence {
    /// Whether it covers what is asked for.
    #[must_use]
    pub fn check(&self, asked: &Asked<'_>, catalogue: &Catalogue) -> Verdict {
        let mut reasons = self.by_day(asked.on);
        let ceiling = match self.by_grant(asked, catalogue) {
            Ok(ceiling) => ceiling,
            Err(reason) => {
                reasons.push(reason);
                None
            }
        };
        Verdict { reasons, ceiling }
    }

    fn by_day(&self, on: Date) -> Vec<Reason> {
        let mut reasons = Vec::new();
        if let Some(stop) = self.stopped(on) {
            reasons.push(match stop.kind {
                StopKind::Suspended => Reason::Suspended(stop.from, stop.to, stop.reason.clone()),
                StopKind::Revoked => Reason::Revoked(stop.from, stop.reason.clone()),
            });
        }
        if on < self.from {
            reasons.push(Reason::NotYet(self.from));
        }
        if let Some(to) = self.to.filter(|to| *to < on) {
            reasons.push(Reason::Ended(to));
        }
        reasons
    }

    /// The ceiling under which it is covered, or the nearest reason why not.
    fn by_grant(&self, asked: &Asked<'_>, catalogue: &Catalogue) -> Result<Option<Ceiling>, Reason> {
        let sites: Vec<&Site> = self.sites.iter().filter(|site| is_site(site, asked.site)).collect();
        let anywhere = asked.site.trim().is_empty() || self.sites.is_empty();
        if !anywhere && sites.is_empty() {
            return Err(Reason::Site);
        }
        let substance = catalogue.find(asked.substance);
        let of_substance: Vec<&Grant> =
            self.grants.iter().filter(|grant| covers(&grant.what, asked, substance)).collect();
        if of_substance.is_empty() {
            return Err(Reason::Substance);
        }
        let doing: Vec<&Grant> =
            of_substance.iter().copied().filter(|grant| grant.activities.contains(&asked.activity)).collect();
        if doing.is_empty() {
            let mut allowed: Vec<Activity> = of_substance.iter().flat_map(|grant| grant.activities.clone()).collect();
            allowed.sort_unstable();
            allowed.dedup();
            return Err(Reason::Activity(asked.activity, allowed));
        }
        let here = |grant: &&Grant| {
            anywhere || grant.sites.is_empty() || sites.iter().any(|site| grant.sites.contains(&site.name))
        };
        let there: Vec<&Grant> = doing.iter().copied().filter(here).collect();
        if there.is_empty() {
            return Err(Reason::OtherSites(doing.iter().flat_map(|grant| grant.sites.clone()).collect()));
        }
        under(&there, asked.quantity, substance)
    }
}

/// Whether somebody who writes `asked` means this site: its name, or its address, or both.
fn is_site(site: &Site, asked: &str) -> bool {
    let (name, address, asked) = (words(&site.name), words(&site.address), words(asked));
    let holds = |part: &str| !part.is_empty() && format!(" {asked} ").contains(&format!(" {part} "));
    !asked.is_empty() && (holds(&name) || holds(&address))
}

fn covers(scope: &Scope, asked: &Asked<'_>, substance: Option<&Substance>) -> bool {
    match scope {
        Scope::Substance(slug) => {
            slug == asked.substance || substance.is_some_and(|substance| substance.family.as_ref() == Some(slug))
        }
        Scope::Listed { list, category } => substance.is_some_and(|substance| {
            let listed = |place: &&crate::substance::Listing| place.list == *list && place.category == *category;
            substance.listings.iter().filter(listed).any(|place| place.in_force(asked.on))
        }),
    }
}

/// The best of the ceilings: none before any, and one that is wide enough before one that is not.
fn under(
    grants: &[&Grant],
    quantity: Option<Quantity>,
    substance: Option<&Substance>,
) -> Result<Option<Ceiling>, Reason> {
    let ceilings: Option<Vec<Ceiling>> = grants.iter().map(|grant| grant.ceiling).collect();
    let Some(ceilings) = ceilings else { return Ok(None) };
    let Some(quantity) = quantity else { return Ok(ceilings.first().copied()) };
    let density = substance.and_then(Substance::density);
    let (mut over, mut unlike) = (None, None);
    for ceiling in ceilings {
        match quantity.against(ceiling.quantity, density).map(|found| found.ordering) {
            Some(Ordering::Greater) => over = Some(ceiling),
            Some(_) => return Ok(Some(ceiling)),
            None => unlike = Some(ceiling),
        }
    }
    match (unlike, over) {
        (Some(ceiling), _) => Err(Reason::Unlike(ceiling)),
        (None, Some(ceiling)) => Err(Reason::Over(ceiling)),
        (None, None) => Ok(None),
    }
}
