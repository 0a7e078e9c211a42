//! Arabic names of several words: the servant of, the owner of, the sword of the faith.

use super::{Role, Word};
use crate::{
    sound::{self, Phone},
    tables::{Particle, tables},
};

/// Names that are one although people write several words: `abd al rahman`, `nur ad din`, `hafiz ullah`.
pub(super) fn compounds(words: Vec<Word>) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    let mut rest = words.into_iter().peekable();
    let mut servant: Option<(Word, &str)> = None;
    while let Some(word) = rest.next() {
        if let Some((begun, prefix)) = servant.take() {
            if word.role == Role::Particle && rest.peek().is_some() {
                servant = Some((begun, prefix));
                continue;
            }
            out.push(if is_god(&word) { god(&begun) } else { together(&begun, &word, prefix) });
            continue;
        }
        let is_servant = matches!(
            word.ascii.as_str(),
            "abd"
                | "abdul"
                | "abdel"
                | "abdal"
                | "abdol"
                | "abdur"
                | "abdus"
                | "abdou"
                | "ebdul"
                | "ebd"
                | "ebdel"
                | "abdl"
        );
        let is_owner = matches!(word.ascii.as_str(), "zw" | "dhu" | "dhul" | "dhoul" | "zul" | "thul" | "zoul" | "zol");
        if (is_servant || is_owner) && rest.peek().is_some() {
            servant = Some((word, if is_servant { "abdul" } else { "zul" }));
            continue;
        }
        let faith = matches!(
            word.ascii.as_str(),
            "din" | "deen" | "dine" | "uddin" | "eddin" | "eddine" | "aldin" | "addin" | "dyn"
        );
        let god = is_god(&word);
        if faith || god {
            while out.last().is_some_and(is_article) && out.len() > 1 {
                out.pop();
            }
            if let Some(first) = out.pop_if(|last| last.role == Role::Core) {
                out.push(ending(&first, if faith { "uddin" } else { "ullah" }));
                continue;
            }
        }
        out.push(word);
    }
    out.extend(servant.map(|(begun, _)| begun));
    out
}

/// `Noor ul Din`: the article of what follows.
fn is_article(word: &Word) -> bool {
    word.role == Role::Particle || word.ascii.len() <= 2 && word.facts.particle == Some(Particle::Article)
}

fn is_god(word: &Word) -> bool {
    matches!(word.ascii.as_str(), "ullah" | "allah" | "ollah" | "llah" | "olah" | "ulla" | "allh")
}

/// The servant of God, whose name is known as one word.
fn god(first: &Word) -> Word {
    let ascii = "abdullah";
    compound(ascii.to_owned(), sound::of(ascii), first.bare)
}

fn together(first: &Word, second: &Word, prefix: &str) -> Word {
    let bare = first.bare || second.bare;
    let ascii = format!("{prefix}{}", second.ascii);
    let phones = sound::of(prefix).into_iter().chain(second.phones.iter().copied()).collect();
    compound(ascii, phones, bare)
}

fn ending(first: &Word, suffix: &str) -> Word {
    let ascii = format!("{}{suffix}", first.ascii);
    let phones = first.phones.iter().copied().chain(sound::of(suffix)).collect();
    compound(ascii, phones, first.bare)
}

fn compound(ascii: String, phones: Vec<Phone>, bare: bool) -> Word {
    let facts = tables().facts(&ascii);
    Word { bare, ..Word::new(ascii, phones, Role::Core, 0.7, facts) }
}
