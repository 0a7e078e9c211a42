//! What is asked of each name before it is compared, side by side: thousands of names are asked it for one question.

use std::ops::Range;

use crate::{
    entry::Kind,
    words::{Parts, Role},
};

/// The words of each name, and what they say together.
#[derive(Default)]
pub(super) struct Names {
    all: Vec<Brief>,
    /// The numbers of the words, name after name.
    words: Vec<u32>,
}

/// A name in brief.
#[derive(Clone, Copy)]
pub(super) struct Brief {
    pub(super) kind: Kind,
    initials: u8,
    /// What its words weigh in all.
    pub(super) weight: f32,
    /// Where its words end.
    end: u32,
}

impl Brief {
    pub(super) fn initials(self) -> f32 {
        self.initials.into()
    }
}

impl Names {
    pub(super) fn push(&mut self, parts: &Parts, words: impl Iterator<Item = u32>) {
        self.words.extend(words);
        let end = u32::try_from(self.words.len()).expect("fewer than four thousand million words");
        self.all.push(Brief { kind: parts.kind, initials: initials(parts), weight: parts.weight(), end });
    }

    pub(super) const fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn brief(&self, name: u32) -> Brief {
        self.all[name as usize]
    }

    /// The words of a name.
    pub(super) fn words(&self, name: u32) -> &[u32] {
        &self.words[self.range(name as usize)]
    }

    /// Words with the names that hold them, each once.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (u32, u32)> {
        (0..).zip(0..self.all.len()).flat_map(|(number, name)| {
            let words = &self.words[self.range(name)];
            let first = |at: &usize| !words[..*at].contains(&words[*at]);
            (0..words.len()).filter(first).map(move |at| (words[at], number))
        })
    }

    fn range(&self, name: usize) -> Range<usize> {
        let begin = name.checked_sub(1).map_or(0, |before| self.all[before].end);
        begin as usize..self.all[name].end as usize
    }
}

pub(super) fn initials(parts: &Parts) -> u8 {
    u8::try_from(parts.words.iter().filter(|word| word.role == Role::Initial).count()).unwrap_or(u8::MAX)
}
