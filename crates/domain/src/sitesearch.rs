//! One search over everything that is public: library, red flags, help, pages, and whatever else is put into an [`Index`].
//!
//! The index is small and lives in memory. Words are those of [`crate::fulltext`], so that accents, scripts without blanks
//! and spellings are no obstacle. Every word that somebody types counts as a beginning, after the endings of the language
//! were taken off ("licences" finds "licence"); words that carry no meaning are left out. A word that stands nowhere is
//! taken for the nearest that does, and that is said ([`Found::meant`]).

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use serde::{Deserialize, Serialize};

use crate::{
    fulltext::{Piece, Question, Words, excerpt, marked, nearest},
    lang::Lang,
    organisation::coded,
};

coded! {
    /// What was found, in the order in which it is told.
    Group {
        /// An entry of the catalogue.
        Substance = "substance", "Substances and equipment";
        /// A public notice.
        Notice = "notice", "Notices";
        /// A module, or a page of one.
        Learning = "learning", "Learning";
        /// A warning sign.
        RedFlag = "red-flag", "Red flags";
        /// A word explained.
        Term = "term", "Words explained";
        /// An entry of the library.
        Library = "library", "Library";
        /// A question and its answer.
        Help = "help", "Help";
        /// Any other page.
        Page = "page", "Pages of this service";
    }
}

/// Something that can be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doc {
    /// What it is.
    pub group: Group,
    /// Its title, which is the link.
    pub title: String,
    /// Its address on this site, without the language: `/help#after`.
    pub path: String,
    /// What it says.
    pub text: String,
    /// Other words for it, which are looked for and not shown.
    pub also: String,
}

impl Doc {
    /// Something with a title, an address and a text.
    pub fn new(group: Group, title: impl Into<String>, path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { group, title: title.into(), path: path.into(), text: text.into(), also: String::new() }
    }

    /// The same, found by other words as well.
    #[must_use]
    pub fn also(mut self, words: impl Into<String>) -> Self {
        self.also = words.into();
        self
    }
}

/// Longest question that is looked at, in characters.
const LONGEST: usize = 200;
/// Most words of one question.
const MOST: usize = 10;

/// How much a word counts where it stands.
const IN_TITLE: u32 = 8;
const IN_ALSO: u32 = 6;
const IN_TEXT: u32 = 2;
/// What is added where the whole word stands, not only its beginning.
const WHOLE: u32 = 2;

/// Everything that can be found in a language.
#[derive(Debug)]
pub struct Index {
    lang: Lang,
    docs: Vec<Doc>,
    /// By word: in which documents it stands and how much it counts there.
    words: BTreeMap<String, Vec<(usize, u32)>>,
    /// Words that a mistyped one may have meant.
    vocabulary: BTreeSet<String>,
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub group: Group,
    /// Its address without the language.
    pub path: String,
    /// Its title, with what was looked for marked.
    pub title: Vec<Piece>,
    /// The part of its text around what was looked for.
    pub excerpt: Vec<Piece>,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The best of each group first.
    pub hits: Vec<Hit>,
    /// The question that was answered instead, because a word of the one asked stands nowhere.
    pub meant: Option<String>,
    /// No document has all of the words; these have most of them.
    pub partly: bool,
}

impl Index {
    /// Reads documents.
    #[must_use]
    pub fn new(lang: Lang, docs: Vec<Doc>) -> Self {
        let mut words: BTreeMap<String, HashMap<usize, u32>> = BTreeMap::new();
        let mut vocabulary = BTreeSet::new();
        for (place, doc) in docs.iter().enumerate() {
            for (text, weight) in [(&doc.title, IN_TITLE), (&doc.also, IN_ALSO), (&doc.text, IN_TEXT)] {
                let read = Words::of(text);
                vocabulary.extend(read.vocabulary().into_iter().map(str::to_owned));
                for word in read.iter() {
                    let known = words.entry(word.to_owned()).or_default().entry(place).or_default();
                    *known = (*known).max(weight);
                }
            }
        }
        let words = words.into_iter().map(|(word, places)| (word, places.into_iter().collect())).collect();
        Self { lang, docs, words, vocabulary }
    }

    /// Looks for what somebody typed. At most `limit` of each group.
    #[must_use]
    pub fn search(&self, typed: &str, limit: usize) -> Found {
        let asked = asked(self.lang, typed);
        if asked.is_empty() {
            return Found::default();
        }
        let (stems, meant) = self.corrected(&asked);
        let scored = self.scored(&stems);
        let whole: Vec<_> = scored.iter().filter(|(_, (_, matched))| *matched == stems.len()).collect();
        let partly = whole.is_empty();
        let most = scored.values().map(|(_, matched)| *matched).max().unwrap_or(0);
        // Half of the words at least, or it is no answer to the question.
        let enough = if partly { most.max(stems.len().div_ceil(2)) } else { stems.len() };
        let mut found: Vec<(usize, u32)> = scored
            .into_iter()
            .filter(|(_, (_, matched))| *matched >= enough)
            .map(|(doc, (score, _))| (doc, score))
            .collect();
        found.sort_by_key(|(doc, score)| (self.docs[*doc].group, Reverse(*score), *doc));
        let mut shown: HashMap<Group, usize> = HashMap::new();
        found.retain(|(doc, _)| {
            let count = shown.entry(self.docs[*doc].group).or_default();
            *count += 1;
            *count <= limit
        });
        let question = Question::beginnings(stems);
        let hits: Vec<Hit> = found.into_iter().filter_map(|(doc, _)| Some(self.hit(doc, question.as_ref()?))).collect();
        Found { partly: partly && !hits.is_empty(), hits, meant }
    }

    fn hit(&self, doc: usize, question: &Question) -> Hit {
        let doc = &self.docs[doc];
        Hit {
            group: doc.group,
            path: doc.path.clone(),
            title: marked(&doc.title, question),
            excerpt: excerpt(&doc.text, question),
        }
    }

    /// What begins with each word, by document: how much it counts and how many of the words stand there.
    fn scored(&self, stems: &[String]) -> HashMap<usize, (u32, usize)> {
        let mut scored: HashMap<usize, (u32, usize)> = HashMap::new();
        for stem in stems {
            let mut best: HashMap<usize, u32> = HashMap::new();
            for (word, places) in self.beginning_with(stem) {
                let whole = if word.len() <= stem.len() + 1 { WHOLE } else { 0 };
                for (doc, weight) in places {
                    let known = best.entry(*doc).or_default();
                    *known = (*known).max(weight + whole);
                }
            }
            for (doc, weight) in best {
                let (score, matched) = scored.entry(doc).or_default();
                *score += weight;
                *matched += 1;
            }
        }
        scored
    }

    fn beginning_with<'a>(&'a self, stem: &'a str) -> impl Iterator<Item = (&'a String, &'a Vec<(usize, u32)>)> {
        // One or two letters as a beginning would find nearly everything.
        let whole = stem.chars().count() < 3 && stem.is_ascii();
        let range = self.words.range(stem.to_owned()..);
        range.take_while(move |(word, _)| word.starts_with(stem)).filter(move |(word, _)| !whole || *word == stem)
    }

    /// The stems to look for, and the question in words if one of them had to be put right.
    fn corrected(&self, asked: &[Asked]) -> (Vec<String>, Option<String>) {
        let mut changed = false;
        let read = asked.iter().map(|Asked { word, stem }| {
            if self.beginning_with(stem).next().is_some() {
                return (word.clone(), stem.clone());
            }
            match nearest(word, self.vocabulary.iter().map(String::as_str)) {
                Some(near) => {
                    changed = true;
                    (near.to_owned(), stemmed(self.lang, near))
                }
                None => (word.clone(), stem.clone()),
            }
        });
        let (words, stems): (Vec<String>, Vec<String>) = read.unzip();
        (stems, changed.then(|| words.join(" ")))
    }
}

/// A word of a question, and without its ending.
struct Asked {
    word: String,
    stem: String,
}

/// The words of a question that mean something; all of them if none does.
fn asked(lang: Lang, typed: &str) -> Vec<Asked> {
    let short: String = typed.chars().take(LONGEST).collect();
    let words = Words::of(&short);
    let all: Vec<&str> = words.iter().collect();
    let mut kept: Vec<&str> = all.iter().copied().filter(|word| !is_small(lang, word)).collect();
    if kept.is_empty() {
        kept = all;
    }
    let mut seen = BTreeSet::new();
    kept.retain(|word| seen.insert(*word));
    kept.truncate(MOST);
    kept.into_iter().map(|word| Asked { word: word.to_owned(), stem: stemmed(lang, word) }).collect()
}

/// Words that stand everywhere and say nothing about what is looked for.
fn is_small(lang: Lang, word: &str) -> bool {
    const ENGLISH: &[&str] = &[
        "a", "about", "an", "and", "any", "are", "as", "at", "be", "by", "can", "could", "do", "does", "for", "from",
        "get", "has", "have", "how", "i", "if", "in", "is", "it", "may", "me", "must", "my", "of", "on", "or", "our",
        "should", "so", "that", "the", "their", "them", "there", "they", "this", "to", "was", "we", "what", "when",
        "where", "which", "who", "why", "will", "with", "you", "your",
    ];
    match lang {
        Lang::En => ENGLISH.contains(&word),
    }
}

/// A word without the endings that its language puts behind it. Never shorter than four letters.
fn stemmed(lang: Lang, word: &str) -> String {
    const LEAST: usize = 4;
    let endings: &[&str] = match lang {
        Lang::En => &["ings", "ing", "ies", "ed", "es", "s", "y", "e"],
    };
    if !word.is_ascii() {
        return word.to_owned();
    }
    let cut = endings.iter().find_map(|ending| word.strip_suffix(ending).filter(|stem| stem.len() >= LEAST));
    // What ends on two s is no plural: "process", "business".
    if word.ends_with("ss") { word.to_owned() } else { cut.unwrap_or(word).to_owned() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn index() -> Index {
        let docs = vec![
            Doc::new(
                Group::Help,
                "Do I have to be sure?",
                "/help#reporting",
                "No. A report is a suspicion, not a finding.",
            ),
            Doc::new(Group::Help, "What happens to a report?", "/help#after", "The authority reads it and answers."),
            Doc::new(Group::RedFlag, "Cash, or wants cash", "/red-flags#P01", "Payment"),
            Doc::new(Group::RedFlag, "Pays in a way unusual for this trade", "/red-flags#P06", "Payment"),
            Doc::new(
                Group::Library,
                "Guidelines for a voluntary code of practice",
                "/library/x",
                "Licences are not needed.",
            ),
            Doc::new(Group::Page, "Blank form", "/report/blank-form", "To print.").also("paper telephone offline"),
            Doc::new(Group::Page, "Éther éthylique 乙醚", "/substances/x", "Name"),
        ];
        Index::new(Lang::En, docs)
    }

    fn paths(typed: &str) -> Vec<String> {
        index().search(typed, 10).hits.into_iter().map(|hit| hit.path).collect()
    }

    #[test]
    fn finds_by_beginning_and_without_endings() {
        assert_eq!(paths("cash"), ["/red-flags#P01"]);
        assert_eq!(paths("licence"), ["/library/x"]);
        assert_eq!(paths("payments trade"), ["/red-flags#P06"]);
        assert_eq!(paths("volunt code"), ["/library/x"]);
        assert_eq!(paths("ether"), ["/substances/x"]);
        assert_eq!(paths("乙醚"), ["/substances/x"]);
        assert_eq!(paths("offline"), ["/report/blank-form"]);
    }

    #[test]
    fn small_words_are_left_out_unless_there_are_no_others() {
        assert_eq!(paths("what is a finding"), ["/help#reporting"]);
        assert!(!paths("what").is_empty());
        assert!(paths("").is_empty() && paths("  …").is_empty());
    }

    #[test]
    fn a_mistyped_word_is_taken_for_the_nearest() {
        let found = index().search("voluntray code", 10);
        assert_eq!(found.meant.as_deref(), Some("voluntary code"));
        assert_eq!(found.hits.len(), 1);
        assert_eq!(index().search("voluntary code", 10).meant, None);
        assert_eq!(index().search("qqqqqqqq", 10), Found::default());
    }

    #[test]
    fn what_has_most_of_the_words_is_shown_where_nothing_has_all() {
        let found = index().search("cash finding suspicion", 10);
        assert!(found.partly);
        assert_eq!(found.hits[0].path, "/help#reporting");
        assert_eq!(found.hits.len(), 1);
    }

    #[test]
    fn what_was_looked_for_is_marked() {
        let hit = index().search("suspicions", 10).hits.remove(0);
        let found: Vec<&str> =
            hit.excerpt.iter().filter(|piece| piece.found).map(|piece| piece.text.as_str()).collect();
        assert_eq!(found, ["suspicion"]);
        let title: String = hit.title.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(title, "Do I have to be sure?");
    }

    #[test]
    fn a_group_shows_no_more_than_asked_for() {
        assert_eq!(index().search("report", 1).hits.len(), 1);
        assert_eq!(index().search("report", 10).hits.len(), 2);
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_answered(typed in ".{0,60}") {
            let found = index().search(&typed, 3);
            prop_assert!(found.hits.len() <= 3 * Group::ALL.len());
        }
    }
}
