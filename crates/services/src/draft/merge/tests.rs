use proptest::prelude::*;
use uuid::Uuid;

use super::*;

const SAVER: Saver = Saver { by: UserId(Uuid::nil()), at: Timestamp(7) };

fn fields(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

/// Saves a whole page and counts the version up, as the store does.
fn save(draft: &mut Working, base: i64, tab: &str, asked: &[&str], posted: &[(&str, &str)]) -> Merged {
    take(draft, base, (tab, 0), asked, posted)
}

/// The same for one of several posts of a tab.
fn take(draft: &mut Working, base: i64, from: (&str, u32), asked: &[&str], posted: &[(&str, &str)]) -> Merged {
    let (asked, posted) = (fields(asked), pairs(posted));
    let post = Post { base, tab: from.0, turn: from.1, asked: &asked, posted: &posted, partly: false };
    let merged = draft.merge(&post, SAVER).expect("small enough");
    draft.version += 1;
    merged
}

fn draft() -> Working {
    Working { version: 1, ..Working::default() }
}

#[test]
fn one_tab_just_saves() {
    let mut draft = draft();
    let merged = save(&mut draft, 1, "", &["why", "kind"], &[("why", "a")]);
    assert_eq!(merged.changed, ["kind", "why"]);
    assert!(draft.answers.seen("kind") && !draft.answers.filled("kind"));
    let again = save(&mut draft, 2, "", &["why", "kind"], &[("why", "a")]);
    assert_eq!(again, Merged::default());
}

#[test]
fn a_stale_tab_keeps_both_answers() {
    let mut draft = draft();
    save(&mut draft, 1, "a", &["why"], &[("why", "first")]);
    let merged = save(&mut draft, 1, "b", &["why"], &[("why", "second")]);
    assert_eq!(merged.conflicts, ["why"]);
    assert_eq!(draft.answers.one("why"), "second");
    assert_eq!(draft.kept.conflicts[0].texts, ["first"]);
    // Both stay until somebody chooses, whatever else is saved.
    let version = draft.version;
    save(&mut draft, version, "b", &["why"], &[("why", "second, longer")]);
    let id = draft.kept.conflicts[0].id;
    assert!(!draft.choose("kind", Some(id)) && !draft.choose("why", Some(99)));
    assert!(draft.choose("why", Some(id)));
    assert_eq!(draft.answers.one("why"), "first");
    assert!(draft.kept.conflicts.is_empty());
}

#[test]
fn the_standing_answer_can_be_chosen() {
    let mut draft = draft();
    save(&mut draft, 1, "a", &["why"], &[("why", "first")]);
    save(&mut draft, 1, "b", &["why"], &[("why", "second")]);
    assert!(draft.choose("why", None));
    assert_eq!((draft.answers.one("why"), draft.kept.conflicts.len()), ("second", 0));
}

#[test]
fn an_untouched_field_of_a_stale_tab_overwrites_nothing() {
    let mut draft = draft();
    save(&mut draft, 1, "a", &["why", "kind"], &[("why", "old"), ("kind", "order")]);
    save(&mut draft, 2, "a", &["why", "kind"], &[("why", "new"), ("kind", "order")]);
    // A second tab was opened before and changes the kind only.
    let merged = save(&mut draft, 2, "b", &["why", "kind"], &[("why", "old"), ("kind", "theft")]);
    assert_eq!((merged.changed, merged.conflicts.len()), (fields(&["kind"]), 0));
    assert_eq!((draft.answers.one("why"), draft.answers.one("kind")), ("new", "theft"));
}

#[test]
fn line_ends_make_no_other_answer() {
    let mut draft = draft();
    save(&mut draft, 1, "a", &["why"], &[("why", "a\nb")]);
    assert_eq!(save(&mut draft, 1, "b", &["why"], &[("why", "a\r\nb")]), Merged::default());
}

#[test]
fn a_tab_does_not_conflict_with_its_own_autosave() {
    let mut draft = draft();
    save(&mut draft, 1, "a", &["why"], &[("why", "beg")]);
    save(&mut draft, 1, "a", &["why"], &[("why", "begun")]);
    let merged = save(&mut draft, 1, "a", &["why"], &[("why", "begun and done")]);
    assert_eq!(merged.conflicts.len(), 0);
    assert_eq!(draft.answers.one("why"), "begun and done");
}

#[test]
fn an_autosave_that_was_overtaken_on_its_way_takes_nothing_back() {
    let asked = ["contact.name", "contact.phone"];
    let mut draft = draft();
    // Saved by itself when the name was left, and by the button a moment later; the button's post arrived first.
    take(&mut draft, 1, ("a", 1), &asked, &[("contact.name", "Tomás"), ("contact.phone", "+31 10")]);
    assert_eq!(take(&mut draft, 1, ("a", 0), &asked, &[("contact.name", "Tom")]), Merged::default());
    assert_eq!((draft.answers.one("contact.name"), draft.answers.one("contact.phone")), ("Tomás", "+31 10"));
    // What the same page sends afterwards counts, a cleared field too.
    take(&mut draft, 1, ("a", 2), &asked, &[("contact.name", "Tomás")]);
    assert!(!draft.answers.filled("contact.phone"));
    // Another tab's posts are not counted with these.
    take(&mut draft, 4, ("b", 0), &asked, &[("contact.name", "Ingrid")]);
    assert_eq!(draft.answers.one("contact.name"), "Ingrid");
}

#[test]
fn a_blank_from_a_stale_tab_does_not_wipe_an_answer() {
    let mut draft = draft();
    save(&mut draft, 1, "a", &["why"], &[("why", "x")]);
    save(&mut draft, 2, "a", &["why"], &[("why", "xy")]);
    save(&mut draft, 2, "b", &["why"], &[]);
    assert_eq!(draft.answers.one("why"), "xy");
}

#[test]
fn an_answer_over_a_blank_keeps_nothing_beside() {
    let mut draft = draft();
    save(&mut draft, 1, "a", &["why"], &[("why", "x")]);
    save(&mut draft, 2, "a", &["why"], &[]);
    let merged = save(&mut draft, 2, "b", &["why"], &[("why", "z")]);
    assert_eq!((draft.answers.one("why"), merged.conflicts.len()), ("z", 0));
}

#[test]
fn a_removed_item_comes_back_whole() {
    let mut draft = draft();
    let asked = ["substance.1.name", "substance.1.quantity", "substance.2.name"];
    let typed = [("substance.1.name", "acetone"), ("substance.1.quantity", "5 l"), ("substance.2.name", "toluene")];
    save(&mut draft, 1, "a", &asked, &typed);
    assert_eq!(draft.remove("substance", 9, SAVER), Ok(false));
    assert_eq!(draft.remove("substance", 1, SAVER), Ok(true));
    draft.version += 1;
    assert_eq!(draft.answers.items("substance"), [2]);
    // An open page that was not touched does not bring it back.
    save(&mut draft, 2, "b", &asked, &typed);
    assert_eq!(draft.answers.items("substance"), [2]);
    // Somebody takes the number in the meantime.
    let version = draft.version;
    save(&mut draft, version, "b", &["substance.1.name"], &[("substance.1.name", "ether")]);
    let id = draft.kept.removed[0].id;
    assert_eq!(draft.restore(id), Some(3));
    assert_eq!(draft.answers.one("substance.3.quantity"), "5 l");
    assert_eq!(draft.answers.one("substance.1.name"), "ether");
    assert_eq!(draft.restore(id), None);
}

#[test]
fn too_much_changes_nothing() {
    let mut draft = draft();
    save(&mut draft, 1, "a", &["why"], &[("why", "x")]);
    let before = draft.clone();
    let (asked, posted) = (fields(&["why"]), vec![("why".to_owned(), "x".repeat(Answers::MAX_BYTES))]);
    let post = Post { base: 2, tab: "", turn: 0, asked: &asked, posted: &posted, partly: false };
    assert_eq!(draft.merge(&post, SAVER), Err(TooMuch::Bytes));
    assert_eq!(draft, before);
}

#[test]
fn nul_is_made_visible() {
    let mut draft = draft();
    save(&mut draft, 1, "a", &["why"], &[("why", "a\0b")]);
    assert_eq!(draft.answers.one("why"), "a\u{FFFD}b");
    assert_eq!(save(&mut draft, 1, "b", &["why"], &[("why", "a\0b")]), Merged::default());
}

/// A save of one of three tabs: from which version, by which tab, which field, which text.
fn saves() -> impl Strategy<Value = Vec<(u8, u8, u8, u8)>> {
    prop::collection::vec((0_u8..12, 0_u8..3, 0_u8..3, 1_u8..9), 1..20)
}

proptest! {
    /// Whatever tabs post in whatever order: an answer that somebody typed knowing the draft as it stood stands now,
    /// was replaced by somebody who saw it, is kept beside, or was re-posted by a page that did not touch it.
    #[test]
    fn nothing_typed_is_lost(saves in saves()) {
        let mut draft = draft();
        // What each tab sees: the version its page was made from, and the answers at that time.
        let mut tabs = vec![(1, Answers::new()); 3];
        for (reload, tab, field, text) in saves {
            let field = ["a", "b", "c"][usize::from(field)];
            let text = format!("{tab}-{text}");
            let seen = &mut tabs[usize::from(tab)];
            if reload < 4 {
                *seen = (draft.version, draft.answers.clone());
            }
            let before = draft.answers.one(field).to_owned();
            let known = seen.1.one(field).to_owned();
            save(&mut draft, seen.0, &tab.to_string(), &[field], &[(field, &text)]);
            let stands = draft.answers.one(field) == text;
            let untouched = text == known;
            prop_assert!(stands || untouched, "what was typed just now stands");
            let kept = draft.kept.conflicts.iter().any(|kept| kept.field == field && kept.texts == [before.clone()]);
            let own = before.starts_with(&tab.to_string());
            prop_assert!(
                before.is_empty() || before == known || kept || own || draft.answers.one(field) == before,
                "an answer that the tab did not know is kept"
            );
        }
    }
}
