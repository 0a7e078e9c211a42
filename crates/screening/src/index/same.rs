//! Words that are one, whichever name they stand in.

use std::{
    hash::{Hash, Hasher},
    sync::Arc,
};

use crate::words::Word;

/// A word by all that decides how it compares.
#[derive(Clone)]
pub(super) struct Same(pub Arc<Word>);

impl Hash for Same {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.ascii.hash(state);
    }
}

impl PartialEq for Same {
    fn eq(&self, other: &Self) -> bool {
        let all = |word: &Self| {
            let Word { role, weight, bare, syllable, loose, han, guessed, ending, facts, .. } = *word.0;
            (role, weight.to_bits(), bare, syllable, loose, han, guessed, ending, std::ptr::from_ref(facts))
        };
        let (one, with) = (&self.0, &other.0);
        one.ascii == with.ascii && all(self) == all(other) && one.phones == with.phones && one.also == with.also
    }
}

impl Eq for Same {}
