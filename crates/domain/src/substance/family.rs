//! Families: substances that belong together because a law names the group, or because one replaces another.
//!
//! A family rule catches a *name* that the catalogue does not have yet, such as a new ester of a listed acid. It says that
//! the name deserves a look, never that the substance is listed.

use super::{Kind, Substance};
use crate::fold::words;

/// A family rule and its members.
#[derive(Clone, Debug)]
pub struct Family<'a> {
    /// The entry that states the rule.
    pub rule: &'a Substance,
    /// The entries that belong to it.
    pub members: Vec<&'a Substance>,
}

impl Substance {
    /// Whether this is a family rule that catches `name`: at least one word, or run of words, of every group is in it.
    #[must_use]
    pub fn catches_name(&self, name: &str) -> bool {
        let name = format!(" {} ", words(name));
        let has = |part: &String| {
            let part = words(part);
            // Long parts may stand inside a word (`glycid` in `glycidate`); short ones must be words of their own.
            if part.len() >= 5 { name.contains(&part) } else { name.contains(&format!(" {part} ")) }
        };
        self.kind == Kind::FamilyRule
            && !self.catches.is_empty()
            && self.catches.iter().all(|group| group.iter().any(has))
    }
}
