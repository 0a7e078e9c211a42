//! Which of many numbers were met, forgotten in no time.

/// Numbers that are marked.
#[derive(Default)]
pub(super) struct Marks {
    turn: u32,
    turns: Vec<u32>,
}

impl Marks {
    /// Begins anew with numbers below `end`.
    pub(super) fn begin(&mut self, end: usize) {
        if self.turns.len() < end || self.turn == u32::MAX {
            self.turns = vec![0; end.max(self.turns.len())];
            self.turn = 0;
        }
        self.turn += 1;
    }

    /// Marks a number. Whether it was not marked before.
    pub(super) fn set(&mut self, number: u32) -> bool {
        std::mem::replace(&mut self.turns[number as usize], self.turn) != self.turn
    }

    pub(super) fn has(&self, number: u32) -> bool {
        self.turns[number as usize] == self.turn
    }
}
