//! Neutral wordings: what a company can say to a customer without tipping off. The blocks, and what they keep to:
//! `data/wordings.toml`.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::{date::Date, fold::words, organisation::coded};

coded! {
    /// What a wording is for.
    Purpose {
        /// Winning time.
        Stall = "stall", "Win time";
        /// Asking for papers.
        Papers = "papers", "Ask for papers";
        /// Declining.
        Refuse = "refuse", "Decline";
    }
}

coded! {
    /// How it is said.
    Channel {
        /// In writing.
        Mail = "mail", "In writing";
        /// By word of mouth.
        Telephone = "telephone", "On the telephone";
    }
}

/// What must not be said instead.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Never {
    /// The words.
    pub say: String,
    /// Why not.
    pub why: String,
}

/// A block of text.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// Its handle.
    pub id: String,
    /// BCP 47 tag of its language.
    pub language: String,
    /// What it is for.
    pub purpose: Purpose,
    /// How it is said.
    pub channel: Channel,
    /// What it says in few words.
    pub title: String,
    /// The text.
    pub text: String,
    /// What has to be so before it may be used.
    pub true_if: String,
    /// When it was last read through.
    pub reviewed: Date,
    /// What must not be said instead.
    pub never: Vec<Never>,
}

/// Every block that ships with the product.
#[must_use]
pub fn all() -> &'static [Wording] {
    static ALL: LazyLock<Vec<Wording>> = LazyLock::new(|| {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Table {
            wording: Vec<Wording>,
        }
        let table: Table =
            toml::from_str(include_str!("../../../data/wordings.toml")).expect("data/wordings.toml is read by a test");
        table.wording
    });
    &ALL
}

/// The blocks in which every word of `asked` is found, for a purpose and a channel if one is given.
pub fn find(asked: &str, purpose: Option<Purpose>, channel: Option<Channel>) -> impl Iterator<Item = &'static Wording> {
    let asked: Vec<String> = words(asked).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    all().iter().filter(move |wording| {
        let text = format!(" {}", words(&format!("{} {} {}", wording.title, wording.text, wording.true_if)));
        purpose.is_none_or(|purpose| purpose == wording.purpose)
            && channel.is_none_or(|channel| channel == wording.channel)
            && asked.iter().all(|word| text.contains(&format!(" {word}")))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    /// Parts of words that give away that somebody has doubts, or was asked.
    const GIVES_AWAY: &[&str] = &[
        "report",
        "authorit",
        "suspici",
        "suspect",
        "police",
        "precursor",
        "investigat",
        "list",
        "sanction",
        "drug",
        "customs",
        "illegal",
        "criminal",
        "crime",
        "screen",
        "compliance",
        "red flag",
        "notif",
        "intelligence",
        "inspector",
        "ministry",
        "government",
        "narcotic",
        "explosive",
        "unusual",
        "advice",
    ];

    #[test]
    fn no_wording_gives_anything_away() {
        for wording in all() {
            let said = format!("{} {}", wording.title, wording.text).to_lowercase();
            for part in GIVES_AWAY {
                assert!(!said.contains(part), "{}: {part}", wording.id);
            }
        }
    }

    #[test]
    fn every_wording_is_whole() {
        let mut ids = HashSet::new();
        for wording in all() {
            let id = &wording.id;
            assert!(ids.insert(id), "{id} twice");
            assert!(crate::lang::Lang::from_tag(&wording.language).is_some(), "{id}: {}", wording.language);
            assert!(!wording.never.is_empty() && !wording.true_if.is_empty(), "{id}");
            assert_eq!(wording.text.matches('[').count(), wording.text.matches(']').count(), "{id}");
            assert!(wording.never.iter().all(|never| !wording.text.contains(&never.say)), "{id}");
            assert!(wording.reviewed.year() >= 2026, "{id}");
        }
    }

    #[test]
    fn there_is_one_for_every_purpose_and_channel() {
        for (purpose, channel) in Purpose::ALL.iter().flat_map(|one| Channel::ALL.iter().map(move |two| (one, two))) {
            assert!(find("", Some(*purpose), Some(*channel)).next().is_some(), "{purpose:?} {channel:?}");
        }
        let found: Vec<_> = find("Licence cop", None, None).map(|wording| wording.id.as_str()).collect();
        assert_eq!(found, ["papers-licence-mail"]);
        assert_eq!(find("zzzz", None, None).count(), 0);
    }
}
