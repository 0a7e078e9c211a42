//! Lists of numbers by key.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

/// Lists of numbers by key, in one block.
#[derive(Default)]
pub(super) struct Postings {
    starts: HashMap<u64, (u32, u32), BuildHasherDefault<Itself>>,
    items: Vec<u32>,
}

impl Postings {
    pub(super) fn of(mut pairs: Vec<(u64, u32)>) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        let mut starts: HashMap<_, _, BuildHasherDefault<Itself>> = HashMap::default();
        for (at, (key, _)) in (0_u32..).zip(&pairs) {
            starts.entry(*key).or_insert((at, at)).1 = at + 1;
        }
        Self { starts, items: pairs.into_iter().map(|(_, item)| item).collect() }
    }

    pub(super) fn get(&self, key: u64) -> &[u32] {
        self.starts.get(&key).map_or(&[], |(from, to)| &self.items[*from as usize..*to as usize])
    }
}

/// Keys are hashes already.
#[derive(Default)]
struct Itself(u64);

impl Hasher for Itself {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = self.0.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}
