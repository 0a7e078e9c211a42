//! Words that belong to somebody: seeded into an installation so that a page which shows one to somebody else is caught.

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;
use domain::organisation::OrgKind;

use super::cast::{Cast, Player};

/// Who may read a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Readers {
    /// Members of the company, and the desk of its authority.
    CompanyAndDesk(String),
    /// Members of this organisation only.
    Own(String),
    /// Members of this organisation, and every desk: who asks for access in need has a name for those who decide.
    OwnAndDesks(String),
}

/// A word and its readers.
#[derive(Clone, Debug)]
pub struct Canary {
    /// The word.
    pub text: String,
    /// Who may read it.
    pub readers: Readers,
}

impl Canary {
    /// A word that the company and its authority share.
    pub fn shared(text: impl Into<String>, company: &str) -> Self {
        Self { text: text.into(), readers: Readers::CompanyAndDesk(company.to_owned()) }
    }

    /// A word that stays in one organisation.
    pub fn own(text: impl Into<String>, org: &str) -> Self {
        Self { text: text.into(), readers: Readers::Own(org.to_owned()) }
    }

    /// A word of who runs the installation that desks may read.
    pub fn for_desks(text: impl Into<String>, org: &str) -> Self {
        Self { text: text.into(), readers: Readers::OwnAndDesks(org.to_owned()) }
    }

    fn may_be_read_by(&self, cast: &Cast, player: &Player) -> bool {
        let belongs = |handle: &str| player.places.iter().any(|place| place.handle == handle);
        match &self.readers {
            Readers::Own(org) => belongs(org),
            Readers::OwnAndDesks(org) => {
                belongs(org) || player.places.iter().any(|place| place.kind == OrgKind::Authority)
            }
            Readers::CompanyAndDesk(company) => belongs(company) || belongs(&cast.org(company).authority),
        }
    }
}

/// Finds every word in one go through a text: there are hundreds, and thousands of pages.
#[derive(Clone, Debug)]
pub struct Finder(AhoCorasick);

impl Cast {
    /// The canaries that stand in a text.
    pub fn seen_in<'c>(&'c self, text: &str) -> Vec<&'c Canary> {
        let words = || self.canaries.iter().map(|canary| &canary.text);
        let finder = self.finder.get_or_init(|| Finder(AhoCorasick::new(words()).unwrap()));
        let places: BTreeSet<usize> =
            finder.0.find_overlapping_iter(text).map(|found| found.pattern().as_usize()).collect();
        places.into_iter().map(|place| &self.canaries[place]).collect()
    }
}

/// The words in `body` that `player` (nobody, if none) must not read.
pub fn leaked<'c>(cast: &'c Cast, player: Option<&Player>, body: &str) -> Vec<&'c str> {
    let seen = cast.seen_in(body).into_iter();
    let foreign = seen.filter(|canary| player.is_none_or(|player| !canary.may_be_read_by(cast, player)));
    foreign.map(|canary| canary.text.as_str()).collect()
}

/// What a company may never read of its authority, whatever else it may: checked beside [`leaked`], by kind.
pub fn authoritys_own<'c>(cast: &'c Cast, player: Option<&Player>, body: &str) -> Vec<&'c str> {
    if player.is_some_and(|player| player.places.iter().any(|place| place.kind == OrgKind::Authority)) {
        return Vec::new();
    }
    let is_own =
        |canary: &&Canary| matches!(&canary.readers, Readers::Own(org) if cast.org(org).kind == OrgKind::Authority);
    cast.seen_in(body).into_iter().filter(is_own).map(|canary| canary.text.as_str()).collect()
}
