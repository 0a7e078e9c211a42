//! What the words of a question give to each name.

/// The turns of what is written together, and of acronyms.
pub(super) const JOINED: u8 = 250;
pub(super) const ACRONYM: u8 = 251;

/// Weights added up for names.
#[derive(Default)]
pub(super) struct Sums {
    all: Vec<Sum>,
    /// The names to which anything was given.
    pub(super) touched: Vec<u32>,
    turn: u8,
}

#[derive(Clone, Copy, Default)]
pub(super) struct Sum {
    pub(super) weight: f32,
    /// What the word of this turn gave.
    last: f32,
    turn: u8,
    /// How many words of the question gave something.
    pub(super) words: u8,
}

impl Sum {
    /// Whether anything of it is written together, or is an acronym.
    pub(super) const fn is_joined(self) -> bool {
        self.turn >= JOINED
    }
}

impl Sums {
    pub(super) fn make_room(&mut self, names: usize) {
        if self.all.len() < names {
            self.all.resize(names, Sum::default());
        }
    }

    /// Adds what a word weighs; of several likenesses of one word the best counts.
    pub(super) fn add(&mut self, name: u32, turn: u8, weight: f32, begins: bool) {
        let sum = &mut self.all[name as usize];
        if sum.turn == 0 {
            if !begins {
                return;
            }
            self.touched.push(name);
        }
        if sum.turn != turn {
            *sum = Sum { turn, last: 0.0, words: sum.words + if turn >= JOINED { 2 } else { 1 }, ..*sum };
        }
        let more = (weight - sum.last).max(0.0);
        sum.weight += more;
        sum.last += more;
    }

    /// The number of the next word.
    pub(super) fn next_turn(&mut self) -> u8 {
        self.turn += 1;
        self.turn
    }

    pub(super) fn of(&self, name: u32) -> Sum {
        self.all[name as usize]
    }

    pub(super) fn clear(&mut self) {
        for name in self.touched.drain(..) {
            self.all[name as usize] = Sum::default();
        }
        self.turn = 0;
    }
}
