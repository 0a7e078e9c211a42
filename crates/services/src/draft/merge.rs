//! How saves from several pages, tabs and people come together in one draft without losing anything.
//!
//! A page sends back the draft's version that it was made from. For each of its fields:
//! - nobody changed the field since: what was posted is taken;
//! - somebody did, and the page posts what it was made with: its field was not touched, the newer answer stays;
//! - somebody did, and the page posts something else: both are kept. The posted answer stands, the one before it is shown
//!   beside it until a person chooses.
//!
//! Whether a field still holds what the page was made with is seen from the history: per field the last changes with
//! version, a hash of the answer, and the tab that made them. A tab's own autosave never conflicts with its own save, and
//! one that arrives after a later post of its tab, overtaken on the way, changes nothing: it holds less than that.

use std::collections::BTreeMap;

use domain::{
    answers::{Answers, TooMuch, item_key},
    ids::UserId,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

mod carry;

/// Changes remembered per field. A page older than these counts as touched in all its fields, so that nothing is lost.
const REMEMBERED: usize = 8;
/// Most answers kept beside the ones that stand.
const MOST_KEPT: usize = 200;

/// A draft's answers with what is needed to bring saves together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Working {
    /// What stands.
    pub answers: Answers,
    /// Per field its last changes, oldest first.
    pub history: BTreeMap<String, Vec<Change>>,
    /// What does not stand and is not lost.
    pub kept: Kept,
    /// The version that a save makes into the next.
    pub version: i64,
}

/// One change of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Change {
    /// The version it made.
    v: i64,
    /// Hash of the answer.
    h: u64,
    /// Hash of the tab; 0 for none.
    t: u64,
    /// Which of the tab's posts made it.
    #[serde(default)]
    n: u32,
}

/// What was typed and does not stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Kept {
    /// The number the next one gets.
    next: u32,
    /// Answers that another save overtook.
    pub conflicts: Vec<Conflict>,
    /// Items that were removed.
    pub removed: Vec<RemovedItem>,
}

/// An answer that another save overtook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// Number in its draft.
    pub id: u32,
    /// Path of the field.
    pub field: String,
    /// The answer, as typed.
    pub texts: Vec<String>,
    /// When it was overtaken.
    pub at: Timestamp,
    /// Whose save overtook it.
    pub by: UserId,
}

/// An item that was removed, such as a substance, with all it held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemovedItem {
    /// Number in its draft.
    pub id: u32,
    /// Its group.
    pub group: String,
    /// Its number in the group.
    pub number: u32,
    /// What it held.
    pub answers: Answers,
    /// When it was removed.
    pub at: Timestamp,
    /// By whom.
    pub by: UserId,
}

/// One page's post.
#[derive(Clone, Copy, Debug)]
pub struct Post<'a> {
    /// The version that the page was made from.
    pub base: i64,
    /// A word that is the same for every post of one open page, and for none of another; may be empty.
    pub tab: &'a str,
    /// How many posts of the tab were sent before this one.
    pub turn: u32,
    /// Paths of the fields that the page asks.
    pub asked: &'a [String],
    /// Name and text of every input, as posted.
    pub posted: &'a [(String, String)],
    /// Whether fields that were not posted are left alone (autosave of one field) or blank (a whole page).
    pub partly: bool,
}

/// Who saves, and when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Saver {
    /// Who.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
}

/// What a save changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Merged {
    /// Fields whose answer is another now.
    pub changed: Vec<String>,
    /// Fields in which two answers met.
    pub conflicts: Vec<String>,
}

impl Working {
    /// Takes a page's post over. On an error nothing has been changed.
    pub fn merge(&mut self, post: &Post<'_>, saver: Saver) -> Result<Merged, TooMuch> {
        let mut next = self.clone();
        let mut page = Answers::new();
        let asked = post.asked.iter().map(String::as_str);
        match post.partly {
            true => page.merge_partly(asked, post.posted)?,
            false => page.merge(asked, post.posted)?,
        }
        let mut merged = Merged::default();
        for (field, texts) in page.iter() {
            next.take(field, texts, post, saver, &mut merged);
        }
        next.fits()?;
        *self = next;
        Ok(merged)
    }

    fn take(&mut self, field: &str, texts: &[String], post: &Post<'_>, saver: Saver, merged: &mut Merged) {
        let posted = hash(texts);
        let current = hash(self.answers.many(field));
        if posted == current && self.answers.seen(field) {
            return;
        }
        match self.meeting(field, posted, post) {
            Meeting::Untouched | Meeting::Late => return,
            Meeting::Alone => {}
            Meeting::Overtaken if blank(texts) => return,
            Meeting::Overtaken if !self.answers.filled(field) => {}
            Meeting::Overtaken => {
                let texts = self.answers.many(field).to_vec();
                let id = self.kept.number();
                self.kept.conflicts.push(Conflict { id, field: field.to_owned(), texts, at: saver.at, by: saver.by });
                merged.conflicts.push(field.to_owned());
            }
        }
        self.set(field, texts.to_vec(), post.tab, post.turn);
        merged.changed.push(field.to_owned());
    }

    fn meeting(&self, field: &str, posted: u64, post: &Post<'_>) -> Meeting {
        let changes = self.history.get(field).map_or(&[][..], Vec::as_slice);
        let since = changes.iter().filter(|change| change.v > post.base);
        let tab = tab_hash(post.tab);
        let own = |change: &Change| change.t == tab && tab != 0;
        if since.clone().any(|change| own(change) && change.n > post.turn) {
            return Meeting::Late;
        }
        if since.clone().all(own) {
            return Meeting::Alone;
        }
        let before = changes.iter().rev().find(|change| change.v <= post.base);
        let made_with = match before {
            Some(change) => Some(change.h),
            // A field without an earlier change was blank, unless its earlier changes have been forgotten.
            None if changes.len() < REMEMBERED => Some(hash(&[])),
            None => None,
        };
        if made_with == Some(posted) { Meeting::Untouched } else { Meeting::Overtaken }
    }

    fn set(&mut self, field: &str, texts: Vec<String>, tab: &str, turn: u32) {
        let change = Change { v: self.version + 1, h: hash(&texts), t: tab_hash(tab), n: turn };
        let changes = self.history.entry(field.to_owned()).or_default();
        changes.push(change);
        if changes.len() > REMEMBERED {
            changes.remove(0);
        }
        self.answers.set(field, texts);
    }

    /// Lets the answer `id` stand at a field, or the one that stands already, and drops the others.
    /// False if there is nothing to choose.
    pub fn choose(&mut self, field: &str, id: Option<u32>) -> bool {
        let at_field = |kept: &Conflict| kept.field == field;
        if !self.kept.conflicts.iter().any(at_field) {
            return false;
        }
        if let Some(id) = id {
            let chosen = self.kept.conflicts.iter().find(|kept| at_field(kept) && kept.id == id);
            let Some(texts) = chosen.map(|kept| kept.texts.clone()) else { return false };
            self.set(field, texts, "", 0);
        }
        self.kept.conflicts.retain(|kept| !at_field(kept));
        true
    }

    /// Takes an item out, keeping what it held. False if there is no such item.
    pub fn remove(&mut self, group: &str, number: u32, saver: Saver) -> Result<bool, TooMuch> {
        let prefix = item_key(group, number, "");
        let answers = self.answers.only(|key| key.starts_with(&prefix));
        if answers.is_blank() {
            return Ok(false);
        }
        let mut next = self.clone();
        let fields: Vec<String> = answers.iter().map(|(key, _)| key.to_owned()).collect();
        for field in &fields {
            next.set(field, Vec::new(), "", 0);
        }
        next.answers.remove_item(group, number);
        let (id, group) = (next.kept.number(), group.to_owned());
        next.kept.removed.push(RemovedItem { id, group, number, answers, at: saver.at, by: saver.by });
        next.fits()?;
        *self = next;
        Ok(true)
    }

    /// Puts a removed item back: with its own number if that is free, else behind the others. `None` if there is no such
    /// item or no room for it.
    pub fn restore(&mut self, id: u32) -> Option<u32> {
        let at = self.kept.removed.iter().position(|item| item.id == id)?;
        let RemovedItem { group, number, .. } = &self.kept.removed[at];
        let taken = self.answers.items(group).contains(number);
        let number = if taken { self.answers.next_item(group)? } else { *number };
        let item = self.kept.removed.remove(at);
        let old = item_key(&item.group, item.number, "");
        for (key, texts) in item.answers.iter() {
            let own = key.strip_prefix(&old).unwrap_or(key);
            self.set(&item_key(&item.group, number, own), texts.to_vec(), "", 0);
        }
        Some(number)
    }

    /// Everything together has the limits of a form; what is kept beside has them once more.
    fn fits(&self) -> Result<(), TooMuch> {
        self.answers.fits()?;
        let size = |texts: &[String]| texts.iter().map(String::len).sum::<usize>();
        let conflicts = self.kept.conflicts.iter().map(|kept| size(&kept.texts));
        let items = self.kept.removed.iter().flat_map(|item| item.answers.iter().map(|(_, texts)| size(texts)));
        if conflicts.chain(items).sum::<usize>() > Answers::MAX_BYTES {
            return Err(TooMuch::Bytes);
        }
        if self.kept.conflicts.len() + self.kept.removed.len() > MOST_KEPT {
            return Err(TooMuch::Fields);
        }
        Ok(())
    }
}

impl Kept {
    fn number(&mut self) -> u32 {
        self.next += 1;
        self.next
    }
}

/// What a page's field meets in the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meeting {
    /// Nobody else changed it.
    Alone,
    /// Somebody did; the page did not.
    Untouched,
    /// Both did.
    Overtaken,
    /// The tab itself did, with something it sent later.
    Late,
}

fn blank(texts: &[String]) -> bool {
    texts.iter().all(|text| text.trim().is_empty())
}

/// Browsers write every line end as CR LF; that alone makes no other answer. Blank is blank, however many inputs it has.
fn hash(texts: &[String]) -> u64 {
    if blank(texts) {
        return 0;
    }
    let mut sha = Sha256::new();
    for text in texts {
        let text = text.replace("\r\n", "\n");
        sha.update((text.len() as u64).to_be_bytes());
        sha.update(text);
    }
    first_eight(&sha.finalize())
}

fn tab_hash(tab: &str) -> u64 {
    if tab.is_empty() { 0 } else { first_eight(&Sha256::digest(tab)) }
}

fn first_eight(bytes: &[u8]) -> u64 {
    bytes[..8].iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests;
