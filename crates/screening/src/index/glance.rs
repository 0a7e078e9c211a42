//! Words at a glance. Thousands share the bones of their sound and few of them are alike: what cannot be is put aside by
//! what lies here side by side, before the words themselves are fetched and compared.

use crate::{
    alike::{Least, Traits, is_squeezed},
    compare,
    entry::Kind,
    sound::{self, Phone},
    typing,
    words::{Role, Word},
};

/// The longest word that is seen at a glance; longer ones are rare, and always looked at properly.
const LONGEST: usize = 16;

/// Sounds, and how many.
type Sounds = (u8, [Phone; LONGEST]);

/// A word as far as it takes to see that it is not alike.
pub(super) struct Glance {
    letters: [u8; LONGEST],
    phones: Sounds,
    /// How it sounds to another tradition.
    also: Sounds,
    traits: Traits,
    /// Which letters it has, a bit for each.
    has: u32,
    /// Whether it does not fit in here.
    long: bool,
    /// Whether there is more to it than is seen at a glance.
    more: bool,
}

impl Glance {
    pub(super) fn of(word: &Word) -> Self {
        let special = word.digits
            || word.facts.number.is_some()
            || matches!(word.role, Role::Initial | Role::Number | Role::Particle)
            || is_squeezed(&word.ascii);
        let mut glance = Self::new(Traits::of(word), word.ascii.bytes(), word.phones.iter().copied());
        let also = sounds(word.also.iter().copied());
        glance.long |= also.is_none();
        glance.also = also.unwrap_or_default();
        glance.more = glance.long || special;
        glance
    }

    /// Several words as one.
    pub(super) fn joined<'a>(words: impl Iterator<Item = &'a Self> + Clone) -> Self {
        let letters = words.clone().flat_map(|word| word.letters().iter().copied());
        let phones = words.clone().flat_map(|word| heard(&word.phones).iter().copied());
        let mut glance = Self::new(Traits::joined(words.clone().map(|word| word.traits)), letters, phones);
        glance.long |= words.clone().any(|word| word.long);
        glance
    }

    fn new(traits: Traits, of: impl Iterator<Item = u8>, phones: impl Iterator<Item = Phone>) -> Self {
        let mut letters = [0; LONGEST];
        letters.iter_mut().zip(of).for_each(|(place, letter)| *place = letter);
        let has = typing::letters(&letters[..traits.letters().min(LONGEST)]);
        let phones = sounds(phones);
        let long = traits.letters() > LONGEST || phones.is_none();
        Self { letters, phones: phones.unwrap_or_default(), also: Sounds::default(), traits, has, long, more: long }
    }

    fn letters(&self) -> &[u8] {
        &self.letters[..self.traits.letters().min(LONGEST)]
    }

    /// How it may sound.
    fn readings(&self) -> impl Iterator<Item = &[Phone]> + Clone {
        [heard(&self.phones), heard(&self.also)].into_iter().filter(|phones| !phones.is_empty())
    }

    /// Whether two words may be alike that no table links: never no where [`crate::alike::alike`] says yes by sight or by ear.
    pub(super) fn may_be_alike(&self, other: &Self, kind: Kind) -> bool {
        if self.more || other.more {
            return true;
        }
        let least = Least::of(self.traits, other.traits, kind);
        self.may_reach(other, least.heard, least.typed)
    }

    /// Whether these words, written as one, may be that word: never no where [`crate::compare`] joins them.
    pub(super) fn may_be_joined_in(&self, single: &Self) -> bool {
        let least = compare::least_joined(self.traits.letters(), single.traits.letters());
        // Syllables may be read in many ways.
        let unseen = self.long || single.long || self.traits.syllable;
        least.is_some_and(|least| unseen || self.may_reach(single, least, least))
    }

    fn may_reach(&self, other: &Self, heard: f32, typed: f32) -> bool {
        let bare = self.traits.bare || other.traits.bare;
        let (one, with) = (self.letters(), other.letters());
        let mut pairs = self.readings().flat_map(|one| other.readings().map(move |other| (one, other)));
        typing::may_reach_with(self.has, other.has, one.len().max(with.len()), typed)
            && typing::may_reach(one, with, typed)
            || pairs.any(|(one, other)| sound::may_reach(one, other, bare, heard))
    }
}

fn heard((count, phones): &Sounds) -> &[Phone] {
    &phones[..usize::from(*count)]
}

/// Nothing if they are too many.
fn sounds(mut phones: impl Iterator<Item = Phone>) -> Option<Sounds> {
    let mut all = Sounds::default();
    for phone in &mut phones {
        *all.1.get_mut(usize::from(all.0))? = phone;
        all.0 += 1;
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        alike::{How, alike},
        words::Parts,
    };

    /// Names of many peoples, each also with slips.
    fn words(kind: Kind) -> Vec<Word> {
        let names = [
            "mohammed",
            "aleksandr",
            "xhemal",
            "yusuf",
            "tchaikovsky",
            "schroeder",
            "nguyen",
            "kim",
            "li",
            "o'neill",
            "krm",
            "ahmd",
            "محمد",
            "каримов",
            "ξένος",
            "משה",
            "siti",
            "hu",
            "chemical",
            "pharma",
            "trading",
            "rnartin",
            "cloud",
            "vvalter",
            "sinaloa",
            "0mar",
            "jose",
            "wjatscheslaw",
            "abd",
            "bank",
            "stgel",
            "zhang",
            "brusjon",
            "aiation",
        ];
        let slips = |name: &str| -> Vec<String> {
            let letters: Vec<char> = name.chars().collect();
            let mut all = vec![name.to_owned()];
            for at in 0..letters.len() {
                let with = |middle: &[char]| -> String {
                    letters[..at].iter().chain(middle).chain(&letters[at + 1..]).collect()
                };
                all.extend([with(&[]), with(&['e']), with(&['k']), with(&[letters[at], letters[at]])]);
            }
            all
        };
        let parts = names.iter().flat_map(|name| slips(name)).map(|name| Parts::of(&name, kind));
        parts.flat_map(|parts| parts.words).map(|word| (*word).clone()).collect()
    }

    #[test]
    fn what_is_alike_is_so_at_a_glance() {
        for kind in [Kind::Person, Kind::Organisation] {
            let words: Vec<(Word, Glance)> =
                words(kind).into_iter().map(|word| (word.clone(), Glance::of(&word))).collect();
            let mut seen = [0, 0];
            for (one, glance) in &words {
                for (other, with) in &words {
                    let found = alike(one, other, kind);
                    let by_sense = found.is_some_and(|(_, how)| matches!(how, How::Sound | How::Typing));
                    let may_be = glance.may_be_alike(with, kind);
                    seen[usize::from(may_be)] += 1;
                    assert!(may_be || !by_sense, "{} {} {found:?}", one.ascii, other.ascii);
                }
            }
            assert!(seen[0] > seen[1], "few are put aside: {seen:?}");
        }
    }
}
