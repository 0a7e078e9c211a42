//! Who works when, who stands in for whom, and to whom a new report goes by itself.
//!
//! The rule for a new report: of those on duty, whoever knows the matter before whoever does not, then whoever speaks a
//! language of those it is about, then whoever has the fewest open reports. It always says why.

use serde::{Deserialize, Serialize};

use crate::{country::Country, date::Date, ids::UserId, organisation::coded};

coded! {
    /// What an officer knows best, by the drugs for which substances are misused.
    Speciality {
        /// Amphetamine, methamphetamine.
        Amphetamines = "amphetamines", "Amphetamine and methamphetamine";
        /// MDMA and its relatives.
        Mdma = "mdma", "MDMA and related";
        /// Cathinones.
        Cathinones = "cathinones", "Cathinones";
        /// Synthetic opioids.
        Opioids = "opioids", "Fentanyl and other synthetic opioids";
        /// Cocaine and heroin.
        Plants = "plants", "Cocaine and heroin";
        /// Anything else.
        Other = "other", "Other substances";
        /// Machines and apparatus.
        Equipment = "equipment", "Equipment";
    }
}

impl Speciality {
    /// To which a drug belongs, as the catalogue names it.
    #[must_use]
    pub fn of_drug(drug: &str) -> Self {
        let drug = drug.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| drug.contains(word));
        if has(&["fentanyl", "opioid"]) {
            Self::Opioids
        } else if has(&["amphetamine"]) {
            Self::Amphetamines
        } else if has(&["mdma", "mda", "mdea"]) {
            Self::Mdma
        } else if has(&["cathinone", "mmc", "cmc"]) {
            Self::Cathinones
        } else if has(&["cocaine", "heroin"]) {
            Self::Plants
        } else {
            Self::Other
        }
    }
}

/// Days on which somebody is away, and who does their work meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Absence {
    /// Who is away.
    pub person: UserId,
    /// From this day.
    pub first: Date,
    /// Up to and including this one.
    pub last: Date,
    /// Who stands in.
    pub deputy: UserId,
}

impl Absence {
    /// Whether a day lies in it.
    #[must_use]
    pub fn covers(&self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }

    /// Longest absence, in days.
    pub const LONGEST: i64 = 366;

    /// What is wrong with the days of an absence that is entered today: the field and a sentence.
    ///
    /// # Errors
    /// The field (`first` or `last`) and what to do.
    pub fn check(first: Date, last: Date, today: Date) -> Result<(), (&'static str, &'static str)> {
        if last < first {
            return Err(("last", "The last day lies before the first. Change one of them"));
        }
        if last < today {
            return Err(("last", "These days are over. Enter days that lie ahead"));
        }
        if last.days() - first.days() >= Self::LONGEST {
            return Err(("last", "At most a year fits. Enter the rest later"));
        }
        Ok(())
    }
}

/// The absence of somebody on a day.
#[must_use]
pub fn away(absences: &[Absence], person: UserId, day: Date) -> Option<&Absence> {
    absences.iter().find(|absence| absence.person == person && absence.covers(day))
}

/// Who does somebody's work on a day: they themselves, or the first of their chain of deputies who is there. Where
/// deputies send each other in a circle nobody is there, and it stays with the person.
#[must_use]
pub fn stand_in(absences: &[Absence], person: UserId, day: Date) -> UserId {
    let mut seen = vec![person];
    let mut now = person;
    while let Some(absence) = away(absences, now, day) {
        now = absence.deputy;
        if seen.contains(&now) {
            return person;
        }
        seen.push(now);
    }
    now
}

/// Somebody to whom a report can go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub person: UserId,
    /// Codes of the languages they speak.
    pub languages: Vec<String>,
    /// What they know best; everything alike if empty.
    pub specialities: Vec<Speciality>,
    /// Undecided reports they have.
    pub open: i64,
}

/// What a report is about, as far as the rule looks at it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matter {
    /// Countries of those one may have to talk to, the reporter's last: everybody at the desk speaks that one's language.
    pub countries: Vec<Country>,
    /// What it touches.
    pub specialities: Vec<Speciality>,
}

/// To whom a report goes, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Chosen {
    /// Who.
    pub person: UserId,
    /// What of the matter they know best.
    pub knows: Option<Speciality>,
    /// A language of those it is about that they speak.
    pub speaks: Option<String>,
    /// Undecided reports they had before.
    pub open: i64,
}

impl Chosen {
    /// Why, in words: "knows MDMA and related, speaks Spanish, 4 open reports".
    #[must_use]
    pub fn reason(&self) -> String {
        let knows = self.knows.map(|what| format!("knows {}, ", what.label()));
        let speaks = self.speaks.as_ref().map(|language| format!("speaks {language}, "));
        let open = if self.open == 1 { "1 open report".to_owned() } else { format!("{} open reports", self.open) };
        format!("{}{}{open}", knows.unwrap_or_default(), speaks.unwrap_or_default())
    }
}

/// Chooses among those on duty; none if nobody is.
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn choose(candidates: &[Candidate], matter: &Matter) -> Option<Chosen> {
    use crate::language::Language;

    let rank = |candidate: &Candidate| {
        let knows = candidate.specialities.iter().copied().find(|what| matter.specialities.contains(what));
        // Who knows other things best comes after who takes everything.
        let distance = match (knows, candidate.specialities.is_empty()) {
            (Some(_), _) => 0,
            (None, true) => 1,
            (None, false) => 2,
        };
        let spoken: Vec<&Language> = candidate.languages.iter().filter_map(|code| Language::find(code)).collect();
        let place = matter.countries.iter().position(|there| spoken.iter().any(|language| language.helps_in(*there)));
        let speaks = place.and_then(|place| {
            let there = matter.countries[place];
            spoken.iter().find(|language| language.helps_in(there)).map(|language| language.name.clone())
        });
        let chosen = Chosen { person: candidate.person, knows, speaks, open: candidate.open };
        ((distance, place.unwrap_or(usize::MAX), candidate.open, candidate.person), chosen)
    };
    candidates.iter().map(rank).min_by(|a, b| a.0.cmp(&b.0)).map(|(_, chosen)| chosen)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;
