//! What the words of a question give to each name.

use super::JOINED;

/// Weights added up for names.
#[derive(Default)]
pub(super) struct Sums {
    pub(super) all: Vec<Sum>,
    pub(super) touched: Vec<u32>,
}

#[derive(Clone, Copy, Default)]
pub(super) struct Sum {
    pub(super) weight: f32,
    /// What the word of this turn gave.
    pub(super) last: f32,
    pub(super) turn: u8,
    /// How many words of the question gave something.
    pub(super) words: u8,
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

    pub(super) fn of(&self, name: u32) -> Sum {
        self.all[name as usize]
    }

    pub(super) fn clear(&mut self) {
        for name in self.touched.drain(..) {
            self.all[name as usize] = Sum::default();
        }
    }
}
