//! Words that belong to somebody: seeded into an installation so that a page which shows one to somebody else is caught.

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

/// The words in `body` that `player` (nobody, if none) must not read.
pub fn leaked<'c>(cast: &'c Cast, player: Option<&Player>, body: &str) -> Vec<&'c str> {
    let seen = cast.canaries.iter().filter(|canary| body.contains(&canary.text));
    let foreign = seen.filter(|canary| player.is_none_or(|player| !canary.may_be_read_by(cast, player)));
    foreign.map(|canary| canary.text.as_str()).collect()
}

/// What a company may never read of its authority, whatever else it may: checked beside [`leaked`], by kind.
pub fn authoritys_own<'c>(cast: &'c Cast, player: Option<&Player>, body: &str) -> Vec<&'c str> {
    let desk = player.is_some_and(|player| player.places.iter().any(|place| place.kind == OrgKind::Authority));
    let own = cast
        .canaries
        .iter()
        .filter(|canary| matches!(&canary.readers, Readers::Own(org) if cast.org(org).kind == OrgKind::Authority));
    own.filter(|canary| !desk && body.contains(&canary.text)).map(|canary| canary.text.as_str()).collect()
}
