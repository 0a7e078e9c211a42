//! Bringing a draft together with answers that come from elsewhere: from a later version of the report that it amends, or
//! from another draft. What stands is never overwritten by something else; both are kept until a person chooses.

use domain::{
    answers::{Answers, TooMuch, item_key},
    fold::squash,
    question::{Group, QuestionSet},
};

use super::{Conflict, Saver, Working, blank, hash};

impl Working {
    /// Takes over what `theirs` changed since `base`, from which this draft was begun too. What was changed here stays;
    /// where both changed the same answer, theirs is kept beside it.
    pub fn catch_up(&mut self, base: &Answers, theirs: &Answers, saver: Saver) -> Result<(), TooMuch> {
        let mut next = self.clone();
        let fields: std::collections::BTreeSet<&str> =
            base.iter().chain(theirs.iter()).map(|(field, _)| field).collect();
        for field in fields {
            let (old, new) = (hash(base.many(field)), hash(theirs.many(field)));
            let mine = hash(next.answers.many(field));
            if old == new || mine == new {
                continue;
            }
            if mine == old {
                next.set(field, theirs.many(field).to_vec(), "", 0);
            } else {
                next.keep_beside(field, theirs.many(field), saver);
            }
        }
        next.fits()?;
        *self = next;
        Ok(())
    }

    /// Takes over what was typed elsewhere about the same matter: blank answers are filled, other ones kept beside those
    /// that stand, and an item of another name is added behind the others. Who writes is not taken over.
    pub fn carry(&mut self, typed: &Answers, set: &QuestionSet, saver: Saver) -> Result<(), TooMuch> {
        let mut next = self.clone();
        for group in &set.groups {
            for number in typed.items(&group.id) {
                next.carry_item(typed, set, (group, number), saver);
            }
        }
        let of_item = |field: &str| set.groups.iter().any(|group| is_item_of(group, field));
        for (field, texts) in typed.iter().filter(|(field, _)| !field.starts_with("contact.") && !of_item(field)) {
            next.meet(field, texts, saver);
        }
        next.fits()?;
        *self = next;
        Ok(())
    }

    fn carry_item(&mut self, typed: &Answers, set: &QuestionSet, (group, from): (&Group, u32), saver: Saver) {
        let name = |answers: &Answers, number| squash(&answers.plain(&item_key(&group.id, number, &group.name)));
        let wanted = name(typed, from);
        let same = self
            .answers
            .items(&group.id)
            .into_iter()
            .find(|own| !wanted.is_empty() && name(&self.answers, *own) == wanted);
        // A list that is full takes no more; the draft from which it comes is kept.
        let Some(to) = same.or_else(|| set.next_item(group, &self.answers)) else { return };
        let prefix = item_key(&group.id, from, "");
        for (field, texts) in typed.iter() {
            if let Some(own) = field.strip_prefix(&prefix) {
                self.meet(&item_key(&group.id, to, own), texts, saver);
            }
        }
    }

    fn meet(&mut self, field: &str, texts: &[String], saver: Saver) {
        if blank(texts) || hash(texts) == hash(self.answers.many(field)) {
            return;
        }
        if self.answers.filled(field) {
            self.keep_beside(field, texts, saver);
        } else {
            self.set(field, texts.to_vec(), "", 0);
        }
    }

    fn keep_beside(&mut self, field: &str, texts: &[String], saver: Saver) {
        if blank(texts) {
            return;
        }
        let id = self.kept.number();
        let (field, texts) = (field.to_owned(), texts.to_vec());
        self.kept.conflicts.push(Conflict { id, field, texts, at: saver.at, by: saver.by });
    }
}

fn is_item_of(group: &Group, field: &str) -> bool {
    let rest = field.strip_prefix(group.id.as_str()).and_then(|rest| rest.strip_prefix('.'));
    let number = rest.and_then(|rest| rest.split_once('.')).map(|(number, _)| number);
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use domain::{ids::UserId, time::Timestamp};

    use super::*;

    const SAVER: Saver = Saver { by: UserId(uuid::Uuid::from_u128(1)), at: Timestamp(5) };

    fn typed(pairs: &[(&str, &str)]) -> Answers {
        pairs.iter().copied().collect()
    }

    fn working(pairs: &[(&str, &str)]) -> Working {
        Working { answers: typed(pairs), version: 1, ..Working::default() }
    }

    fn beside(working: &Working) -> Vec<(&str, &str)> {
        working.kept.conflicts.iter().map(|kept| (kept.field.as_str(), kept.texts[0].as_str())).collect()
    }

    #[test]
    fn what_others_changed_is_taken_and_what_i_changed_stays() {
        let base = typed(&[("a", "1"), ("b", "1"), ("c", "1"), ("d", "1")]);
        let theirs = typed(&[("a", "2"), ("b", "1"), ("c", "2"), ("e", "new")]);
        let mut mine = working(&[("a", "1"), ("b", "mine"), ("c", "mine"), ("d", "1")]);
        mine.catch_up(&base, &theirs, SAVER).unwrap();
        let now = |field: &str| mine.answers.one(field).to_owned();
        assert_eq!(
            (now("a"), now("b"), now("c"), now("d"), now("e")),
            ("2".into(), "mine".into(), "mine".into(), String::new(), "new".into())
        );
        assert_eq!(beside(&mine), [("c", "2")]);
    }

    #[test]
    fn what_was_typed_elsewhere_fills_gaps_and_overwrites_nothing() {
        let set = QuestionSet::latest();
        let mut mine = working(&[
            ("kind", "order"),
            ("substance.1.name", "Acetone"),
            ("party.1.name", "Grey Harbour"),
            ("why.text", "No papers."),
            ("contact.name", "Ana"),
        ]);
        let other = typed(&[
            ("kind", "enquiry"),
            ("substance.1.name", "Toluene"),
            ("substance.1.quantity", "5 kg"),
            ("substance.2.name", "ACETONE"),
            ("substance.2.quantity", "400 l"),
            ("party.1.name", "grey harbour"),
            ("party.1.phone", "+31 10 555 0103"),
            ("did.done", "refused"),
            ("contact.name", "Ben"),
        ]);
        mine.carry(&other, set, SAVER).unwrap();
        let now = |field: &str| mine.answers.one(field);
        assert_eq!(
            (now("substance.1.quantity"), now("substance.2.name"), now("substance.2.quantity")),
            ("400 l", "Toluene", "5 kg")
        );
        assert_eq!(
            (now("party.1.phone"), now("did.done"), now("why.text")),
            ("+31 10 555 0103", "refused", "No papers.")
        );
        assert_eq!((now("kind"), now("contact.name"), now("party.1.name")), ("order", "Ana", "Grey Harbour"));
        let kept = beside(&mine);
        assert!(
            kept.contains(&("kind", "enquiry")) && !kept.iter().any(|(field, _)| field.starts_with("contact.")),
            "{kept:?}"
        );
    }
}
