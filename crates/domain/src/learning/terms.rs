//! Terms of the glossary in running text: each is marked where it is used first, so that a reader can open its meaning there.
//!
//! A term is found as a whole word, in its own form or another of its forms, also with an "s" behind it. Forms in capitals
//! (abbreviations) are found only so written, others in any case. Of forms that begin at the same place the longest counts.

use std::{collections::BTreeSet, sync::LazyLock};

use super::{Term, glossary};
use crate::{
    fold,
    markdown::{self, Block, Document, Inline, Table},
};

/// A stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Letters.
    Text(&'t str),
    /// A term, as it is written in the text, and what it means.
    Term(&'t str, &'static Term),
}

/// A way in which a term is written.
struct Form {
    text: &'static str,
    exact: bool,
    term: usize,
}

/// Every form, the longest first.
static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
    let mut forms: Vec<Form> = Vec::new();
    for (term, entry) in glossary().iter().enumerate() {
        for text in std::iter::once(&entry.term).chain(&entry.also) {
            let exact = !text.contains(char::is_lowercase);
            forms.push(Form { text, exact, term });
        }
    }
    forms.sort_by_key(|form| std::cmp::Reverse(form.text.len()));
    forms
});

/// Finds terms, each once.
#[derive(Clone, Debug, Default)]
pub struct Finder {
    seen: BTreeSet<usize>,
}

impl Finder {
    /// The text in pieces. Terms that were found before are text.
    pub fn pieces<'t>(&mut self, text: &'t str) -> Vec<Piece<'t>> {
        let (mut pieces, mut done, mut inside) = (Vec::new(), 0, false);
        for (at, letter) in text.char_indices() {
            let begins = letter.is_alphanumeric() && !inside;
            inside = letter.is_alphanumeric();
            if at < done || !begins {
                continue;
            }
            let Some((form, length)) = longest(&text[at..]) else { continue };
            if !self.seen.insert(form.term) {
                continue;
            }
            if at > done {
                pieces.push(Piece::Text(&text[done..at]));
            }
            done = at + length;
            pieces.push(Piece::Term(&text[at..done], &glossary()[form.term]));
        }
        if done < text.len() {
            pieces.push(Piece::Text(&text[done..]));
        }
        pieces
    }

    /// The terms found so far, in alphabetical order.
    pub fn found(&self) -> impl Iterator<Item = &'static Term> {
        self.seen.iter().map(|term| &glossary()[*term])
    }
}

/// A term's name in addresses: `#pre-export-notification`.
#[must_use]
pub fn anchor(term: &Term) -> String {
    fold::words(&term.term).replace(' ', "-")
}

/// A text with the terms in it explained. Headings and links are left as they are.
#[must_use]
pub fn mark(document: Document, finder: &mut Finder) -> Document {
    Document { blocks: blocks(document.blocks, finder), ..document }
}

fn blocks(all: Vec<Block>, finder: &mut Finder) -> Vec<Block> {
    all.into_iter().map(|one| block(one, finder)).collect()
}

fn block(block: Block, finder: &mut Finder) -> Block {
    match block {
        Block::Heading(..) => block,
        Block::Paragraph(text) => Block::Paragraph(inline(text, finder)),
        Block::List(first, items) => Block::List(first, items.into_iter().map(|item| blocks(item, finder)).collect()),
        Block::Quote(inner) => Block::Quote(blocks(inner, finder)),
        Block::Table(Table { head, rows }) => {
            let mut row = |row: Vec<Vec<Inline>>| row.into_iter().map(|cell| inline(cell, finder)).collect();
            Block::Table(Table { head, rows: rows.into_iter().map(&mut row).collect() })
        }
    }
}

fn inline(parts: Vec<Inline>, finder: &mut Finder) -> Vec<Inline> {
    let part = |part: Inline| match part {
        Inline::Text(text) => finder.pieces(&text).into_iter().map(explained).collect(),
        Inline::Strong(inner) => vec![Inline::Strong(inline(inner, finder))],
        Inline::Emphasis(inner) => vec![Inline::Emphasis(inline(inner, finder))],
        Inline::Link(..) | Inline::Break | Inline::Term(_) => vec![part],
    };
    parts.into_iter().flat_map(part).collect()
}

fn explained(piece: Piece<'_>) -> Inline {
    match piece {
        Piece::Text(text) => Inline::Text(text.to_owned()),
        Piece::Term(shown, term) => Inline::Term(markdown::Term {
            shown: shown.to_owned(),
            anchor: anchor(term),
            name: term.term.clone(),
            meaning: term.text.clone(),
        }),
    }
}

/// The longest form with which a text begins, and how many bytes it takes.
fn longest(text: &str) -> Option<(&'static Form, usize)> {
    FORMS.iter().find_map(|form| Some((form, written(form, text)?)))
}

fn written(form: &Form, text: &str) -> Option<usize> {
    let head = text.get(..form.text.len())?;
    let same = if form.exact { head == form.text } else { head.to_lowercase() == form.text.to_lowercase() };
    if !same {
        return None;
    }
    let ends = |at: usize| !text[at..].starts_with(char::is_alphanumeric);
    let plural = form.text.len() + 1;
    match ends(form.text.len()) {
        true => Some(form.text.len()),
        false => (text.get(form.text.len()..plural) == Some("s") && ends(plural)).then_some(plural),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marked(text: &str) -> Vec<&str> {
        let mut finder = Finder::default();
        let terms = |piece| match piece {
            Piece::Term(shown, _) => Some(shown),
            Piece::Text(_) => None,
        };
        finder.pieces(text).into_iter().filter_map(terms).collect()
    }

    #[test]
    fn every_form_of_every_term_is_found_as_a_word_and_once() {
        for entry in glossary() {
            for form in std::iter::once(&entry.term).chain(&entry.also) {
                let text = format!("({form}), then {form} again, and x{form} or {form}x.");
                let found = marked(&text);
                assert!(found.first().is_some_and(|first| first.eq_ignore_ascii_case(form)), "{form}: {found:?}");
                assert_eq!(found.iter().filter(|shown| **shown == form.as_str()).count(), 1, "{form}: {found:?}");
            }
        }
    }

    #[test]
    fn a_text_is_marked_but_for_headings_and_links_and_says_the_same() {
        let term = &glossary()[0].term;
        let source = format!("### {term}\n[{term}](/help) and **{term}**\n\n- {term}\n");
        let plain = Document::of(&source).plain();
        let marked = mark(Document::of(&source), &mut Finder::default());
        assert_eq!(marked.plain(), plain);
        let Block::Paragraph(parts) = &marked.blocks[1] else { panic!("{marked:?}") };
        let strong = parts.iter().find_map(|part| match part {
            Inline::Strong(inner) => inner.first(),
            _ => None,
        });
        assert!(matches!(strong, Some(Inline::Term(found)) if found.anchor == anchor(&glossary()[0])), "{parts:?}");
        let anchors: BTreeSet<String> = glossary().iter().map(anchor).collect();
        assert_eq!(anchors.len(), glossary().len(), "each term has an anchor of its own");
    }

    proptest! {
        #[test]
        fn no_letter_is_lost(text in "\\PC{0,80}") {
            let mut finder = Finder::default();
            let whole: String = finder.pieces(&text).into_iter().map(|piece| match piece {
                Piece::Text(text) | Piece::Term(text, _) => text,
            }).collect();
            prop_assert_eq!(whole, text);
        }
    }
}
