//! What a person has answered so far, exactly as typed.
//!
//! One map from field path to the raw texts posted for it: `kind`, `payment.method`, `substance.1.name`,
//! `party.2.country`. Reading, checking and typing happen on top ([`crate::question`], [`crate::report`]); nothing here
//! judges, so nothing typed is ever dropped, however wrong it is. A field with several inputs (date and time, amount
//! and currency) has one text per input; tick boxes have one text per tick. A path that is present with blank texts
//! means "asked, and left blank".
//!
//! The only change made on the way in: the NUL character, which no database text can hold, becomes U+FFFD, the sign
//! for an unreadable character, so that the person is told about it like about any other.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

mod clean;
pub mod when;

pub(crate) use clean::is_invisible;
pub use clean::{Cleaned, clean, clean_line, clean_text};

/// The raw answers of one report or draft. Serialises as a plain JSON object of lists of strings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "BTreeMap<String, Vec<String>>", into = "BTreeMap<String, Vec<String>>")]
pub struct Answers(BTreeMap<String, Vec<String>>);

/// Why a page's answers cannot be stored at all. Everything smaller is stored and complained about at the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TooMuch {
    /// All texts together exceed [`Answers::MAX_BYTES`].
    #[error("the answers are too long to be kept: all together they may have two million characters")]
    Bytes,
    /// More than [`Answers::MAX_FIELDS`] paths.
    #[error("too many fields")]
    Fields,
}

impl Answers {
    /// Most bytes of all texts and paths together; a whole form body is no larger.
    pub const MAX_BYTES: usize = 2 * 1024 * 1024;
    /// Most field paths in one set of answers.
    pub const MAX_FIELDS: usize = 4_000;
    /// Most items of one repeated group; more substances or parties belong into a second report or an attachment.
    pub const MAX_ITEMS: u32 = 50;

    /// No answers yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The first text given for this path, raw; empty if there is none.
    #[must_use]
    pub fn one(&self, key: &str) -> &str {
        self.many(key).first().map_or("", String::as_str)
    }

    /// All texts given for this path, raw.
    #[must_use]
    pub fn many(&self, key: &str) -> &[String] {
        self.0.get(key).map_or(&[], Vec::as_slice)
    }

    /// The first text with invisible characters removed and blanks trimmed: what checks and conditions look at.
    #[must_use]
    pub fn plain(&self, key: &str) -> String {
        clean_line(self.one(key))
    }

    /// The texts of a field with several inputs as one, cleaned and joined by a blank: `2026-11-23 14:30`.
    #[must_use]
    pub fn joined(&self, key: &str) -> String {
        let parts = self.many(key).iter().map(|text| clean_line(text));
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// Whether anything but blanks stands at this path.
    #[must_use]
    pub fn filled(&self, key: &str) -> bool {
        self.many(key).iter().any(|text| !clean_line(text).is_empty())
    }

    /// Whether this path has ever been saved, be it blank.
    #[must_use]
    pub fn seen(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// Replaces what stands at a path.
    pub fn set<T: Into<String>>(&mut self, key: &str, texts: impl IntoIterator<Item = T>) {
        let texts = texts.into_iter().map(|text| without_nul(text.into())).collect();
        self.0.insert(without_nul(key.to_owned()), texts);
    }

    /// Replaces what stands at a path by one text.
    pub fn set_one(&mut self, key: &str, text: impl Into<String>) {
        self.set(key, [text.into()]);
    }

    /// Forgets a path as if it had never been asked.
    pub fn forget(&mut self, key: &str) {
        self.0.remove(key);
    }

    /// Every path with its texts, in the order of the paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.0.iter().map(|(key, texts)| (key.as_str(), texts.as_slice()))
    }

    /// Whether nothing at all has been typed.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.0.keys().all(|key| !self.filled(key))
    }

    /// The numbers in use for a repeated group, ascending: an item exists as long as one of its fields is filled.
    #[must_use]
    pub fn items(&self, group: &str) -> Vec<u32> {
        let numbers: BTreeSet<u32> =
            self.group(group).filter(|(_, key)| self.filled(key)).map(|(number, _)| number).collect();
        numbers.into_iter().collect()
    }

    /// Removes one item with all its fields. The other items keep their numbers, so that open pages stay true.
    pub fn remove_item(&mut self, group: &str, number: u32) {
        let keys: Vec<String> =
            self.group(group).filter(|(at, _)| *at == number).map(|(_, key)| key.to_owned()).collect();
        for key in keys {
            self.forget(&key);
        }
    }

    /// The number a further item of the group gets; `None` when [`Self::MAX_ITEMS`] are there.
    #[must_use]
    pub fn next_item(&self, group: &str) -> Option<u32> {
        let items = self.items(group);
        if items.len() >= Self::MAX_ITEMS as usize {
            return None;
        }
        // Numbers only grow, until the range is used up; then gaps are filled.
        let after = items.last().map_or(1, |last| last.saturating_add(1));
        (after <= Self::MAX_NUMBER).then_some(after).or_else(|| (1..=Self::MAX_NUMBER).find(|n| !items.contains(n)))
    }

    /// The greatest number an item may have.
    pub const MAX_NUMBER: u32 = 999;

    /// Takes over one page's posted fields. Every path in `asked` is replaced by what was posted for it, blank if
    /// nothing was (an unticked box posts nothing); other posted names are ignored, so a page can change only what it
    /// shows. On an error nothing has been changed.
    ///
    /// # Errors
    /// [`TooMuch`] when the result could not be stored.
    pub fn merge<'a>(
        &mut self,
        asked: impl IntoIterator<Item = &'a str>,
        posted: &[(String, String)],
    ) -> Result<(), TooMuch> {
        let mut merged = self.clone();
        for key in asked {
            let texts = posted.iter().filter(|(name, _)| name == key).map(|(_, text)| text.clone());
            merged.set(key, texts);
        }
        merged.fits()?;
        *self = merged;
        Ok(())
    }

    /// Takes over only the paths that were posted: the autosave of a page that is still being filled in.
    ///
    /// # Errors
    /// [`TooMuch`] when the result could not be stored.
    pub fn merge_partly<'a>(
        &mut self,
        asked: impl IntoIterator<Item = &'a str>,
        posted: &[(String, String)],
    ) -> Result<(), TooMuch> {
        let present = asked.into_iter().filter(|key| posted.iter().any(|(name, _)| name == key));
        self.merge(present.collect::<Vec<_>>(), posted)
    }

    /// Only the paths that `keep` wants.
    #[must_use]
    pub fn only(&self, mut keep: impl FnMut(&str) -> bool) -> Self {
        let kept = self.0.iter().filter(|(key, _)| keep(key));
        Self(kept.map(|(key, texts)| (key.clone(), texts.clone())).collect())
    }

    /// Whether these answers are small enough to be stored.
    ///
    /// # Errors
    /// Which of the two limits is exceeded.
    pub fn fits(&self) -> Result<(), TooMuch> {
        if self.0.len() > Self::MAX_FIELDS {
            return Err(TooMuch::Fields);
        }
        let bytes =
            |(key, texts): (&String, &Vec<String>)| key.len() + texts.iter().map(|text| text.len() + 1).sum::<usize>();
        if self.0.iter().map(bytes).sum::<usize>() > Self::MAX_BYTES {
            return Err(TooMuch::Bytes);
        }
        Ok(())
    }

    /// The paths `group.N.field` with their N. A number is written without sign or leading zero.
    fn group(&self, group: &str) -> impl Iterator<Item = (u32, &str)> {
        self.0.keys().filter_map(move |key| {
            let rest = key.strip_prefix(group)?.strip_prefix('.')?;
            let (number, field) = rest.split_once('.')?;
            let canonical = !field.is_empty() && !number.starts_with(['0', '+']);
            let number = number.parse().ok().filter(|n| canonical && *n <= Self::MAX_NUMBER)?;
            Some((number, key.as_str()))
        })
    }
}

/// Joins a group, an item's number and a field's name into a path: `substance.2.name`.
#[must_use]
pub fn item_key(group: &str, number: u32, field: &str) -> String {
    format!("{group}.{number}.{field}")
}

fn without_nul(text: String) -> String {
    if text.contains('\0') { text.replace('\0', "\u{FFFD}") } else { text }
}

impl From<BTreeMap<String, Vec<String>>> for Answers {
    fn from(map: BTreeMap<String, Vec<String>>) -> Self {
        let pure = |texts: Vec<String>| texts.into_iter().map(without_nul).collect();
        Self(map.into_iter().map(|(key, texts)| (without_nul(key), pure(texts))).collect())
    }
}

impl From<Answers> for BTreeMap<String, Vec<String>> {
    fn from(answers: Answers) -> Self {
        answers.0
    }
}

impl<K: Into<String>, T: Into<String>> FromIterator<(K, T)> for Answers {
    /// Pairs of path and text; several texts for one path are kept in their order.
    fn from_iter<I: IntoIterator<Item = (K, T)>>(pairs: I) -> Self {
        let mut answers = Self::new();
        for (key, text) in pairs {
            answers.0.entry(without_nul(key.into())).or_default().push(without_nul(text.into()));
        }
        answers
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn posted(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn texts_are_kept_as_typed() {
        let typed = "  2 drums\u{202e}\r\n<script>alert(1)</script> \u{7} ";
        let answers = Answers::from_iter([("substance.1.quantity", typed)]);
        assert_eq!(answers.one("substance.1.quantity"), typed);
        let json = serde_json::to_string(&answers).unwrap();
        assert_eq!(serde_json::from_str::<Answers>(&json).unwrap(), answers);
    }

    #[test]
    fn nul_becomes_visible() {
        let json = r#"{"a":["x\u0000y"]}"#;
        assert_eq!(serde_json::from_str::<Answers>(json).unwrap().one("a"), "x\u{FFFD}y");
        assert_eq!(Answers::from_iter([("a", "\0")]).one("a"), "\u{FFFD}");
    }

    #[test]
    fn items_are_counted_by_what_is_filled() {
        let mut answers = Answers::from_iter([
            ("substance.2.name", "toluene"),
            ("substance.10.name", "acetone"),
            ("substance.3.name", "  "),
            ("substance.04.name", "not a number we write"),
            ("substance.+5.name", "nor this"),
            ("substance.6.", "nor this"),
            ("substance.99999999999.name", "nor this"),
            ("substances.involved", "yes"),
            ("substance", "no item"),
        ]);
        assert_eq!(answers.items("substance"), [2, 10]);
        assert_eq!(answers.next_item("substance"), Some(11));
        answers.remove_item("substance", 10);
        assert_eq!(answers.items("substance"), [2]);
        assert!(!answers.seen("substance.10.name"));
        assert_eq!(answers.next_item("party"), Some(1));
    }

    #[test]
    fn items_are_limited() {
        let mut answers = Answers::new();
        for _ in 0..Answers::MAX_ITEMS {
            let number = answers.next_item("party").unwrap();
            answers.set_one(&item_key("party", number, "name"), "x");
        }
        assert_eq!(answers.next_item("party"), None);
        answers.remove_item("party", 7);
        assert_eq!(answers.next_item("party"), Some(51));
        answers.remove_item("party", 50);
        answers.set_one("party.999.name", "x");
        assert_eq!(answers.next_item("party"), Some(7));
    }

    #[test]
    fn a_page_changes_only_what_it_asks() {
        let mut answers = Answers::from_iter([("kind", "order"), ("signs", "B01"), ("why", "x")]);
        let form = posted(&[("why", "because"), ("kind", "theft"), ("page", "3")]);
        answers.merge(["why", "signs"], &form).unwrap();
        assert_eq!(answers.one("why"), "because");
        assert_eq!(answers.one("kind"), "order");
        assert!(!answers.filled("signs") && answers.seen("signs"));
        assert!(!answers.seen("page"));
    }

    #[test]
    fn autosave_leaves_the_rest() {
        let mut answers = Answers::from_iter([("why", "old"), ("signs", "B01")]);
        answers.merge_partly(["why", "signs"], &posted(&[("why", "new")])).unwrap();
        assert_eq!((answers.one("why"), answers.one("signs")), ("new", "B01"));
    }

    #[test]
    fn what_cannot_be_stored_changes_nothing() {
        let mut answers = Answers::from_iter([("why", "old")]);
        let huge = vec![("why".to_owned(), "x".repeat(Answers::MAX_BYTES))];
        assert_eq!(answers.merge(["why"], &huge), Err(TooMuch::Bytes));
        assert_eq!(answers.one("why"), "old");
        let million = vec![("why".to_owned(), "x".repeat(1_000_000))];
        assert_eq!(answers.merge(["why"], &million), Ok(()));
        let many: Answers = (0..=Answers::MAX_FIELDS).map(|n| (format!("f{n}"), "")).collect();
        assert_eq!(many.fits(), Err(TooMuch::Fields));
    }

    #[test]
    fn inputs_of_one_field_are_joined() {
        let mut answers = Answers::new();
        answers.set("aware", [" 2026-11-23", "", "14:30 "]);
        assert_eq!(answers.joined("aware"), "2026-11-23 14:30");
        assert_eq!(answers.joined("nothing"), "");
    }

    proptest! {
        #[test]
        fn any_answers_survive_json(pairs in prop::collection::vec((".{0,12}", ".{0,40}"), 0..12)) {
            let answers: Answers = pairs.into_iter().collect();
            let json = serde_json::to_string(&answers).unwrap();
            prop_assert!(!json.contains("\\u0000"));
            prop_assert_eq!(serde_json::from_str::<Answers>(&json).unwrap(), answers);
        }

        #[test]
        fn a_new_item_never_hits_an_old_one(numbers in prop::collection::vec(1_u32..1200, 0..40)) {
            let answers: Answers =
                numbers.iter().map(|n| (item_key("party", *n, "name"), "x")).collect();
            let next = answers.next_item("party").unwrap();
            prop_assert!(!answers.items("party").contains(&next));
            prop_assert!(next <= Answers::MAX_NUMBER);
        }
    }
}
