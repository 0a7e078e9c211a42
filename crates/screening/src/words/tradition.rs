//! Names made of syllables: Chinese, Korean, Vietnamese.

use super::{Role, Word};
use crate::{
    sound,
    tables::{Facts, tables},
};

/// Where names are made of syllables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tradition {
    Chinese,
    Korean,
    Vietnamese,
}

impl Tradition {
    /// Of a name that begins or ends with a family name of the tradition and is made of its syllables.
    pub(super) fn of(words: &[Word]) -> Option<Self> {
        let (first, last) = (words.first()?, words.last()?);
        if words.len() < 2 || words.len() > 5 {
            return (words.len() > 1 && words.iter().all(|word| word.syllable)).then_some(Self::Chinese);
        }
        let pinyin = |word: &Word| word.facts.syllable.iter().any(|(_, part)| *part == 0);
        let order =
            if words.iter().all(pinyin) { [Self::Chinese, Self::Korean] } else { [Self::Korean, Self::Chinese] };
        let written = words.iter().all(|word| word.syllable);
        let fits = [Self::Vietnamese].into_iter().chain(order).filter_map(|tradition| {
            let may_be = written || tradition.is_family(first) || tradition.is_family(last);
            let syllables = || words.iter().map(|word| tradition.count(word)).sum::<Option<usize>>();
            may_be.then(syllables).flatten().map(|syllables| (syllables, tradition))
        });
        // The one that leaves most words whole.
        fits.min_by_key(|(syllables, _)| *syllables).map(|(_, tradition)| tradition)
    }

    /// How many syllables a word has; `None` if it is not made of them.
    fn count(self, word: &Word) -> Option<usize> {
        if word.syllable {
            return Some(1);
        }
        if self.is_letter(word) {
            return Some(1);
        }
        let count = self.split(&word.ascii)?.len();
        // `Anna` is `an na` only where nobody knows Anna.
        (count == 1 || word.facts.given.is_empty()).then_some(count)
    }

    /// A syllable of one letter that stands alone: `Hyeon-u`.
    fn is_letter(self, word: &Word) -> bool {
        word.ascii.len() == 1 && word.role == Role::Core && self.knows(word.facts)
    }

    fn knows(self, facts: &Facts) -> bool {
        match self {
            Self::Chinese => !facts.syllable.is_empty(),
            Self::Korean => !facts.korean.is_empty(),
            Self::Vietnamese => false,
        }
    }

    /// A syllable that is a family name. Those that are given names elsewhere (`Dan`, `Lin`) need a family name beside them.
    fn is_family(self, word: &Word) -> bool {
        const KOREAN: &str = "kim gim lee yi ri rhee li park pak bak choi choe jung jeong chung chong kang gang cho jo yoon \
            yun jang lim im rim han oh o shin sin seo suh so kwon hwang ahn an song ryu yoo yu hong jeon chon \
            ko go moon mun yang ryang son bae pae baek paek heo hur ho nam sim shim noh no ro roh ha kwak sung \
            seong cha joo ju chu woo u koo ku min jin chin ji eom chae won cheon bang pang kong hyun hyon ham \
            byun pyon yeom ryom yeo choo do to seok sok sun seol ma gil kil wi pyo myung myong ki ban ra ok yuk \
            tae thae kye";
        const VIETNAMESE: [&str; 17] = [
            "nguyen", "tran", "le", "pham", "huynh", "hoang", "phan", "vu", "vo", "dang", "bui", "do", "ngo", "duong",
            "truong", "dinh", "trinh",
        ];
        match self {
            Self::Vietnamese => VIETNAMESE.contains(&word.ascii.as_str()),
            Self::Korean => word.ascii.len() <= 5 && KOREAN.split(' ').any(|name| name == word.ascii),
            Self::Chinese => self.knows(word.facts) && !word.facts.family.is_empty() && word.facts.given.is_empty(),
        }
    }

    /// The word in syllables; `None` if it is not made of them.
    fn split(self, word: &str) -> Option<Vec<&str>> {
        if word.is_empty() {
            return Some(Vec::new());
        }
        if self == Self::Vietnamese {
            let vowels = word.split(|letter| !"aeiouy".contains(letter)).filter(|run| !run.is_empty()).count();
            return (word.len() <= 6 && vowels == 1).then(|| vec![word]);
        }
        let ends = (1..=word.len().min(7)).rev().filter(|end| word.is_char_boundary(*end));
        ends.into_iter().find_map(|end| {
            let (first, rest) = word.split_at(end);
            let known = first.len() > 1 && self.knows(tables().facts(first));
            let mut all = known.then(|| self.split(rest)).flatten()?;
            all.insert(0, first);
            (all.len() <= 3).then_some(all)
        })
    }

    pub(super) fn syllables(self, word: &Word) -> Vec<Word> {
        let parts = if word.syllable || self.is_letter(word) {
            Some(vec![word.ascii.as_str()])
        } else {
            self.split(&word.ascii)
        };
        let syllable = |text: &str| {
            let phones = if word.syllable { word.phones.clone() } else { sound::of(text) };
            Word { syllable: true, ..Word::new(text.to_owned(), phones, Role::Core, 0.5, tables().facts(text)) }
        };
        parts.map_or_else(|| vec![word.clone()], |parts| parts.into_iter().map(syllable).collect())
    }
}
