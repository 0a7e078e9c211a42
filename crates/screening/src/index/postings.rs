//! Lists of numbers by key.

use rayon::prelude::*;

/// Lists of numbers by key, in one block.
#[derive(Default)]
pub(super) struct Postings {
    /// Where the keys begin that begin with each number: keys are hashes, so that as many begin with each.
    directory: Vec<u32>,
    /// How many bits of a key stand behind those that lead to its place in the directory.
    shift: u32,
    keys: Vec<u64>,
    /// Where the list of each key ends.
    ends: Vec<u32>,
    items: Vec<u32>,
}

/// How many keys begin with the same number, about.
const TOGETHER: usize = 4;

impl Postings {
    pub(super) fn of(mut pairs: Vec<(u64, u32)>) -> Self {
        pairs.par_sort_unstable();
        pairs.dedup();
        let count = pairs.chunk_by(|one, other| one.0 == other.0).count();
        let (mut keys, mut ends) = (Vec::with_capacity(count), Vec::with_capacity(count));
        for list in pairs.chunk_by(|one, other| one.0 == other.0) {
            keys.push(list[0].0);
            ends.push(ends.last().copied().unwrap_or_default() + u32::try_from(list.len()).expect(FEWER));
        }
        let bits = (count / TOGETHER).max(2).next_power_of_two().ilog2();
        let shift = u64::BITS - bits;
        let mut directory = vec![0; (1 << bits) + 1];
        keys.iter().for_each(|key| directory[(key >> shift) as usize + 1] += 1);
        for at in 1..directory.len() {
            directory[at] += directory[at - 1];
        }
        Self { directory, shift, keys, ends, items: pairs.into_iter().map(|(_, item)| item).collect() }
    }

    pub(super) fn get(&self, key: u64) -> &[u32] {
        self.find(key).unwrap_or_default()
    }

    fn find(&self, key: u64) -> Option<&[u32]> {
        let place = (key >> self.shift) as usize;
        let [begin, end] = [place, place + 1].map(|place| self.directory.get(place).map(|at| *at as usize));
        let (begin, end) = (begin?, end?);
        let at = begin + self.keys[begin..end].iter().position(|known| *known == key)?;
        let from = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        Some(&self.items[from as usize..self.ends[at] as usize])
    }
}

const FEWER: &str = "fewer than four thousand million numbers";

/// Lists of numbers by numbers from 0 on.
#[derive(Default)]
pub(super) struct ByNumber {
    /// Where the list of each number ends.
    ends: Vec<u32>,
    items: Vec<u32>,
}

impl ByNumber {
    /// Of pairs of a number below `count` and an item, handed over twice in the same order.
    pub(super) fn of<I: Iterator<Item = (u32, u32)>>(count: usize, pairs: impl Fn() -> I) -> Self {
        let mut ends = vec![0_u32; count];
        pairs().for_each(|(number, _)| ends[number as usize] += 1);
        let mut all = 0;
        for end in &mut ends {
            // Its beginning until the items are put in: each of them moves it on, the last one to the end.
            all += std::mem::replace(end, all);
        }
        let mut items = vec![0; all as usize];
        for (number, item) in pairs() {
            let end = &mut ends[number as usize];
            items[*end as usize] = item;
            *end += 1;
        }
        Self { ends, items }
    }

    pub(super) fn get(&self, number: u32) -> &[u32] {
        let begin = number.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.items[begin as usize..self.ends[number as usize] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_leads_to_its_list() {
        let key = |number: u64| number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let postings = Postings::of((0..1000).flat_map(|number| [(key(number % 300), 7), (key(number), 9)]).collect());
        assert_eq!(postings.get(key(299)), [7, 9]);
        assert_eq!(postings.get(key(999)), [9]);
        assert!(postings.get(key(1000)).is_empty() && Postings::default().get(key(1)).is_empty());
        assert!(Postings::of(Vec::new()).get(0).is_empty() && Postings::of(Vec::new()).get(u64::MAX).is_empty());
    }

    #[test]
    fn every_number_leads_to_its_list() {
        let lists = ByNumber::of(4, || [(1, 5), (3, 6), (1, 7)].into_iter());
        assert_eq!([0, 1, 2, 3].map(|number| lists.get(number)), [&[][..], &[5, 7], &[], &[6]]);
    }
}
