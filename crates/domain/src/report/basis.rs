//! Whether a report is asked for by law, and by which: from substance, kind, role and country on a day.
//!
//! The duties are a table (`data/duties.toml`). What no row covers is a voluntary report, and the person is told why it
//! is one. An announced law makes nothing mandatory. A row from a source that nobody has verified is applied and marked.

use serde::{Deserialize, Serialize};

use super::ReportKind;
use crate::{
    country::{Country, Jurisdiction},
    date::Date,
    deadline::Deadlines,
    indicator::About,
    organisation::OperatorRole,
};

/// The table of duties to report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duties {
    duty: Vec<Duty>,
}

/// A duty to report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// Its mark.
    pub id: String,
    /// Where it holds.
    pub jurisdiction: Jurisdiction,
    /// The act and its article.
    pub law: String,
    /// What has to be reported, in a sentence.
    pub what: String,
    /// For which kinds of report; all if empty.
    #[serde(default)]
    pub kinds: Vec<ReportKind>,
    /// For which companies; all if empty.
    #[serde(default)]
    pub roles: Vec<OperatorRole>,
    /// For substances on a list of one of these; for any report if empty.
    #[serde(default)]
    pub listed_by: Vec<Jurisdiction>,
    /// Also for machines, without any substance.
    #[serde(default)]
    pub machines: bool,
    /// The row of the deadlines.
    pub deadline: Option<String>,
    /// Whether it is in force; an announced one is only mentioned.
    pub in_force: bool,
    /// First day; `None` where it is not known.
    pub valid_from: Option<Date>,
    /// Last day; `None` while it holds.
    pub valid_to: Option<Date>,
    /// Where it comes from.
    pub source: String,
    /// Where that can be read.
    pub url: Option<String>,
    /// Whether it was read there.
    pub verified: bool,
}

/// What a report is about, as far as duties look at it.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// What the report is about.
    pub kind: ReportKind,
    /// What is known about its substances ([`crate::indicator::Substances`]).
    pub substances: &'a [About],
    /// Whether equipment is named.
    pub machines: bool,
    /// What the company does.
    pub roles: &'a [OperatorRole],
    /// Where it is.
    pub country: Country,
    /// The day of the report.
    pub on: Date,
}

/// Why a report is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "basis")]
pub enum Basis {
    /// Law asks for it.
    Mandatory {
        /// By which law; at least one, the one with the shortest fixed deadline first.
        duties: Vec<Applied>,
    },
    /// The company reports of its own accord.
    Voluntary {
        /// Why no law asks for it.
        why: Voluntary,
        /// Laws that would ask for it once they are in force.
        announced: Vec<Applied>,
    },
}

/// A duty that applies to a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    /// Mark of the duty.
    pub id: String,
    /// The act and its article.
    pub law: String,
    /// What has to be reported, in a sentence.
    pub what: String,
    /// Until when, in words to follow "report".
    pub deadline: Option<String>,
    /// Until when, in hours after becoming aware, where a figure is fixed.
    pub hours: Option<u32>,
    /// Whether only working days count.
    #[serde(default)]
    pub working: bool,
    /// What has to be done by word of mouth before.
    pub orally: Option<String>,
    /// Where it comes from.
    pub source: String,
    /// Where that can be read.
    pub url: Option<String>,
    /// Whether law and deadline were read there.
    pub verified: bool,
}

/// Why no law asks for a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Voluntary {
    /// No law of the country is in the table.
    NoRuleKnown,
    /// The report names neither substance nor equipment.
    NoSubstance,
    /// No substance named is on a list that the law speaks of.
    NotListed,
    /// The law does not speak of what the company does.
    OtherRole,
    /// The law does not speak of this kind of event.
    OtherKind,
    /// The law is not yet in force.
    NotInForce,
}

impl Voluntary {
    /// The reason in a sentence.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::NoRuleKnown => "We know of no law of your country that asks for this report.",
            Self::NoSubstance => "No law asks for a report without a substance or a machine.",
            Self::NotListed => "No substance you named stands on a list that obliges you to report.",
            Self::OtherRole => "The law binds other companies than yours.",
            Self::OtherKind => "The law speaks of other events than this one.",
            Self::NotInForce => "The law that will ask for it is not yet in force.",
        }
    }
}

impl Duties {
    /// The table that ships with the product, `data/duties.toml`.
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn embedded() -> &'static Self {
        static TABLE: std::sync::LazyLock<Duties> = std::sync::LazyLock::new(|| {
            toml::from_str(include_str!("../../../../data/duties.toml")).expect("data/duties.toml is read by a test")
        });
        &TABLE
    }

    /// Every duty.
    #[must_use]
    pub fn all(&self) -> &[Duty] {
        &self.duty
    }
}

impl Duty {
    /// Why the duty does not reach this report; `Ok` if it does, in force or announced. `Err(None)` if it has nothing to
    /// do with the country.
    fn reaches(&self, subject: &Subject) -> Result<(), Option<Voluntary>> {
        let dated =
            self.valid_from.is_none_or(|from| from <= subject.on) && self.valid_to.is_none_or(|to| subject.on <= to);
        if !dated || !self.jurisdiction.covers(subject.country, subject.on) {
            return Err(None);
        }
        if !self.kinds.is_empty() && !self.kinds.contains(&subject.kind) {
            return Err(Some(Voluntary::OtherKind));
        }
        if !self.roles.is_empty() && !self.roles.iter().any(|role| subject.roles.contains(role)) {
            return Err(Some(Voluntary::OtherRole));
        }
        let listed = |about: &About| about.lists.iter().any(|list| self.listed_by.contains(&list.jurisdiction));
        let by_machine = self.machines && subject.machines;
        if self.listed_by.is_empty() || by_machine || subject.substances.iter().any(listed) {
            return Ok(());
        }
        let none = subject.substances.is_empty() && !subject.machines;
        Err(Some(if none { Voluntary::NoSubstance } else { Voluntary::NotListed }))
    }

    fn applied(&self, deadlines: &Deadlines) -> Applied {
        let deadline = self.deadline.as_deref().and_then(|id| deadlines.report(id));
        Applied {
            id: self.id.clone(),
            law: self.law.clone(),
            what: self.what.clone(),
            deadline: deadline.map(|row| row.words.clone()),
            hours: deadline.and_then(|row| row.hours),
            working: deadline.is_some_and(|row| row.working),
            orally: deadline.and_then(|row| row.orally.clone()),
            source: self.source.clone(),
            url: self.url.clone(),
            verified: self.verified && deadline.is_none_or(|row| row.verified),
        }
    }
}

/// Whether law asks for this report.
#[must_use]
pub fn basis(duties: &Duties, deadlines: &Deadlines, subject: &Subject) -> Basis {
    let mut mandatory = Vec::new();
    let mut announced = Vec::new();
    let mut why = Voluntary::NoRuleKnown;
    for duty in &duties.duty {
        match duty.reaches(subject) {
            Ok(()) if duty.in_force => mandatory.push(duty.applied(deadlines)),
            Ok(()) => announced.push(duty.applied(deadlines)),
            // The reason that came nearest to a duty in force says most.
            Err(Some(reason)) if duty.in_force => why = nearer(why, reason),
            Err(_) => {}
        }
    }
    if !mandatory.is_empty() {
        mandatory.sort_by_key(|duty| (duty.hours.is_none(), duty.hours, !duty.verified));
        return Basis::Mandatory { duties: mandatory };
    }
    if why == Voluntary::NoRuleKnown && !announced.is_empty() {
        why = Voluntary::NotInForce;
    }
    Basis::Voluntary { why, announced }
}

fn nearer(a: Voluntary, b: Voluntary) -> Voluntary {
    let distance = |why| match why {
        Voluntary::NotListed => 0,
        Voluntary::NoSubstance => 1,
        Voluntary::OtherRole => 2,
        Voluntary::OtherKind => 3,
        Voluntary::NotInForce | Voluntary::NoRuleKnown => 4,
    };
    if distance(b) < distance(a) { b } else { a }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::indicator::ListedAs;

    fn listed_by(marks: &[&str]) -> Vec<About> {
        let listed =
            |mark: &&str| ListedAs { jurisdiction: mark.parse().unwrap(), category: "1".to_owned(), verified: true };
        vec![About { lists: marks.iter().map(listed).collect(), ..About::default() }]
    }

    fn judge(country: &str, role: OperatorRole, kind: ReportKind, lists: Option<&[&str]>) -> Basis {
        let substances = lists.map(listed_by).unwrap_or_default();
        let subject = Subject {
            kind,
            substances: &substances,
            machines: false,
            roles: &[role],
            country: Country::parse(country).unwrap(),
            on: "2026-11-23".parse().unwrap(),
        };
        basis(Duties::embedded(), Deadlines::embedded(), &subject)
    }

    #[test]
    fn the_table_is_sound() {
        let deadlines = Deadlines::embedded();
        for duty in Duties::embedded().all() {
            let known = duty.deadline.as_deref().map(|id| deadlines.report(id));
            assert!(known.is_none_or(|row| row.is_some()), "{}", duty.id);
            assert!(!duty.source.is_empty() && !duty.what.is_empty(), "{}", duty.id);
            assert!(!(duty.in_force && duty.jurisdiction == Jurisdiction::World), "{}", duty.id);
            let announced = known.flatten().is_some_and(|row| !row.in_force);
            assert!(!(duty.in_force && announced), "{}: law in force, deadline not", duty.id);
        }
    }

    #[test]
    fn substance_role_kind_and_country_decide() {
        use {OperatorRole::*, ReportKind::*, Voluntary::*};
        for (country, role, kind, lists, expected) in [
            ("NL", Producer, Order, Some(&["UN", "EU"][..]), Ok(vec!["EU-8"])),
            ("DE", Producer, Order, Some(&["EU"]), Ok(vec!["DE-GUEG", "EU-8"])),
            ("US", Distributor, Loss, Some(&["US"]), Ok(vec!["US-1310.05"])),
            ("NL", Producer, Order, Some(&[]), Err(NotListed)),
            ("NL", Producer, Order, Some(&["US"]), Err(NotListed)),
            ("NL", Producer, Order, None, Err(NoSubstance)),
            ("NL", Carrier, Order, Some(&["EU"]), Err(OtherRole)),
            ("NL", Producer, OnlineOffer, Some(&["EU"]), Err(OtherKind)),
            ("JP", Producer, Loss, Some(&["UN"]), Err(NoRuleKnown)),
            ("CA", Producer, Order, Some(&["CA"]), Err(NotInForce)),
        ] {
            let found = match judge(country, role, kind, lists) {
                Basis::Mandatory { duties } => Ok(duties.into_iter().map(|duty| duty.id).collect::<Vec<_>>()),
                Basis::Voluntary { why, .. } => Err(why),
            };
            let expected = expected.map(|ids| ids.into_iter().map(str::to_owned).collect());
            assert_eq!(found, expected, "{country} {role:?} {kind:?} {lists:?}");
        }
    }

    #[test]
    fn law_deadline_and_source_are_told() {
        let basis = judge("US", OperatorRole::Importer, ReportKind::Order, Some(&["US"]));
        let Basis::Mandatory { duties } = basis else { panic!("{basis:?}") };
        assert_eq!(duties[0].hours, Some(360));
        assert!(duties[0].orally.is_some() && duties[0].verified);
        let basis = judge("NL", OperatorRole::Importer, ReportKind::Order, Some(&["EU"]));
        let Basis::Mandatory { duties } = basis else { panic!("{basis:?}") };
        assert!(!duties[0].verified, "nobody has read it at the source");
    }

    #[test]
    fn an_announced_law_is_mentioned_only() {
        let basis = judge("CA", OperatorRole::Producer, ReportKind::Order, Some(&["CA", "UN"]));
        let Basis::Voluntary { announced, .. } = basis else { panic!("{basis:?}") };
        let ids: Vec<&str> = announced.iter().map(|duty| duty.id.as_str()).collect();
        assert_eq!(ids, ["CA-86.1", "UN-12-9"]);
    }

    #[test]
    fn machines_count_where_the_law_says_so() {
        let subject = Subject {
            kind: ReportKind::Order,
            substances: &[],
            machines: true,
            roles: &[OperatorRole::Distributor],
            country: Country::parse("US").unwrap(),
            on: "2026-11-23".parse().unwrap(),
        };
        let basis = basis(Duties::embedded(), Deadlines::embedded(), &subject);
        assert!(matches!(basis, Basis::Mandatory { .. }), "{basis:?}");
    }

    #[test]
    fn a_dated_duty_holds_on_its_days_only() {
        let mut duties = Duties::embedded().clone();
        duties.duty.retain(|duty| duty.id == "EU-8");
        duties.duty[0].valid_to = Some("2026-11-22".parse().unwrap());
        let subject = Subject {
            kind: ReportKind::Order,
            substances: &listed_by(&["EU"]),
            machines: false,
            roles: &[OperatorRole::Producer],
            country: Country::parse("NL").unwrap(),
            on: "2026-11-23".parse().unwrap(),
        };
        let basis = basis(&duties, Deadlines::embedded(), &subject);
        let expected = Basis::Voluntary { why: Voluntary::NoRuleKnown, announced: Vec::new() };
        assert_eq!(basis, expected);
    }
}
