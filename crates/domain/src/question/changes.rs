//! What differs between two versions of a report: question by question, in the words in which each was read.
//!
//! Two versions may have been filed under different questions. Answers are compared by the path of their field, as people
//! read them; what was asked in one of them only counts as added or removed if it was answered there.

use std::collections::BTreeMap;

use super::{SummaryGroup, SummaryRow};

/// How an answer differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// It was not given before.
    Added,
    /// It is another one.
    Changed,
    /// It is not given any more.
    Removed,
}

/// An answer that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Full path of the field.
    pub field: String,
    /// The short label.
    pub label: String,
    /// How it differs.
    pub difference: Difference,
    /// What was answered before, line by line; empty if it was added.
    pub before: Vec<String>,
    /// What is answered now; empty if it was removed.
    pub after: Vec<String>,
}

/// The answers that differ in a section, or in an item of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedGroup {
    /// Its title; an item that is gone has the title that it had.
    pub title: String,
    /// The answers, in the order in which they are asked.
    pub changes: Vec<Change>,
}

/// Everything that differs, in the order of the later version; what is gone altogether comes last.
#[must_use]
pub fn changes(before: &[SummaryGroup], after: &[SummaryGroup]) -> Vec<ChangedGroup> {
    let (old, new) = (by_field(before), by_field(after));
    let mut groups = Vec::new();
    for group in after {
        let mut changes: Vec<Change> =
            group.rows.iter().filter_map(|row| change(old.get(row.field.as_str()).copied(), Some(row))).collect();
        let same = before.iter().filter(|earlier| key(earlier) == key(group));
        changes.extend(same.flat_map(|earlier| gone(earlier, &new)));
        groups.push(ChangedGroup { title: group.title.clone(), changes });
    }
    for group in before.iter().filter(|group| !after.iter().any(|later| key(later) == key(group))) {
        groups.push(ChangedGroup { title: group.title.clone(), changes: gone(group, &new).collect() });
    }
    groups.retain(|group| !group.changes.is_empty());
    groups
}

/// How many answers differ.
#[must_use]
pub fn count(groups: &[ChangedGroup]) -> usize {
    groups.iter().map(|group| group.changes.len()).sum()
}

fn by_field(groups: &[SummaryGroup]) -> BTreeMap<&str, &SummaryRow> {
    groups.iter().flat_map(|group| &group.rows).map(|row| (row.field.as_str(), row)).collect()
}

/// The answers of a group that the other version does not have at all.
fn gone(group: &SummaryGroup, others: &BTreeMap<&str, &SummaryRow>) -> impl Iterator<Item = Change> {
    group.rows.iter().filter(|row| !others.contains_key(row.field.as_str())).filter_map(|row| change(Some(row), None))
}

fn change(before: Option<&SummaryRow>, after: Option<&SummaryRow>) -> Option<Change> {
    let given = |row: Option<&SummaryRow>| row.filter(|row| row.provided).map(|row| row.value.clone());
    let (old, new) = (given(before), given(after));
    let difference = match (&old, &new) {
        (None, Some(_)) => Difference::Added,
        (Some(_), None) => Difference::Removed,
        (Some(old), Some(new)) if old != new => Difference::Changed,
        _ => return None,
    };
    let row = after.or(before)?;
    Some(Change {
        field: row.field.clone(),
        label: row.label.clone(),
        difference,
        before: old.unwrap_or_default(),
        after: new.unwrap_or_default(),
    })
}

/// What makes two groups the same one: the section, and within it the item, whatever its name is now.
fn key(group: &SummaryGroup) -> (&str, &str) {
    let item = group.rows.first().filter(|_| group.is_item).map_or("", |row| row.field.as_str());
    let end = item.match_indices('.').nth(1).map_or(item.len(), |(at, _)| at);
    (&group.section, &item[..end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        answers::Answers,
        question::{Form, Profile, QuestionSet},
    };

    fn summary(answers: &Answers) -> Vec<SummaryGroup> {
        QuestionSet::latest().summary(Form::Full, answers, &Profile::default())
    }

    fn order() -> Answers {
        [
            ("kind", "order"),
            ("substances.involved", "substances"),
            ("substance.1.name", "Acetone"),
            ("substance.1.quantity", "2 drums of 200 l"),
            ("substance.2.name", "Toluene"),
            ("party.1.name", "Grey Harbour"),
            ("why.text", "No papers."),
            ("did.done", "pending"),
        ]
        .into_iter()
        .collect()
    }

    fn told(before: &Answers, after: &Answers) -> Vec<(String, String, Difference)> {
        let groups = changes(&summary(before), &summary(after));
        let each = |group: ChangedGroup| {
            group.changes.into_iter().map(move |change| (group.title.clone(), change.field, change.difference))
        };
        groups.into_iter().flat_map(each).collect()
    }

    #[test]
    fn the_same_answers_do_not_differ() {
        assert_eq!(told(&order(), &order()), []);
        let mut spaced = order();
        spaced.set_one("why.text", "  No papers.\r\n");
        assert_eq!(told(&order(), &spaced), [], "what reads the same is the same");
    }

    #[test]
    fn each_difference_stands_in_its_place_in_words() {
        let (before, mut after) = (order(), order());
        after.set_one("substance.1.name", "Methyl ethyl ketone");
        after.set_one("did.done", "refused");
        after.set_one("why.text", "");
        after.set_one("substance.3.name", "Ether");
        after.remove_item("substance", 2);
        let told = told(&before, &after);
        let found =
            |field: &str| told.iter().find(|(_, own, _)| own == field).map(|(title, _, how)| (title.as_str(), *how));
        assert_eq!(found("substance.1.name"), Some(("Substance 1: Methyl ethyl ketone", Difference::Changed)));
        assert_eq!(found("substance.3.name"), Some(("Substance 2: Ether", Difference::Added)));
        assert_eq!(found("substance.2.name"), Some(("Substance 2: Toluene", Difference::Removed)));
        assert_eq!(found("why.text").map(|(_, how)| how), Some(Difference::Removed));
        assert_eq!(found("did.done").map(|(_, how)| how), Some(Difference::Changed));
        assert_eq!(
            told.last().map(|(_, field, _)| field.as_str()),
            Some("substance.2.name"),
            "what is gone comes last"
        );
        let groups = changes(&summary(&before), &summary(&after));
        let done = groups.iter().flat_map(|group| &group.changes).find(|change| change.field == "did.done");
        let words = done.map(|change| (change.before.join(" "), change.after.join(" ")));
        assert!(words.is_some_and(|(old, new)| old != "pending" && new != "refused"), "words, not codes");
        assert_eq!(count(&groups), told.len());
    }

    #[test]
    fn from_nothing_everything_is_added() {
        let told = told(&Answers::new(), &order());
        assert!(told.iter().all(|(_, _, how)| *how == Difference::Added), "{told:?}");
        assert!(told.len() >= 8);
    }
}
