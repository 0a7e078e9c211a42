//! What a notice says: the facts, and the same text in one or more languages.
//!
//! What is stored and hashed is [`Content::canonical`]: JSON with the fields in the order in which they stand here.

use serde::{Deserialize, Serialize};

use super::{Access, Audience, Kind, Severity, Trust};
use crate::{
    answers::when::LocalTime,
    date::Date,
    language::Language,
    markdown::{Document, Target},
};

/// The most languages of one notice.
pub const MAX_LANGUAGES: usize = 8;
/// The most files of one notice.
pub const MAX_FILES: usize = 10;
/// Longest title, in characters.
const MAX_TITLE: usize = 160;
/// Longest summary.
const MAX_SUMMARY: usize = 600;
/// Longest action wanted.
const MAX_ACTION: usize = 2_000;

/// What a notice says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// What it is.
    pub kind: Kind,
    /// How much it presses.
    pub severity: Severity,
    /// Who may see it.
    pub access: Access,
    /// How far they have to be known, if it is for its audience only.
    pub trust: Trust,
    /// Whom it concerns.
    pub audience: Audience,
    /// The first day for which it holds; from publication if none.
    pub valid_from: Option<Date>,
    /// The last day; until it is withdrawn if none.
    pub valid_until: Option<Date>,
    /// Of an event.
    pub event: Option<Event>,
    /// The text, each language once; the first is the one it was written in.
    pub texts: Vec<Text>,
    /// The files that belong to it.
    pub files: Vec<FileFact>,
    /// Whether those who are told are asked to say that they have taken note. Not written where they are not, so that what
    /// was published before there was such a question reads and hashes as it did.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub acknowledge: bool,
}

/// When and where something takes place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When it begins, on the clock of `zone`.
    pub starts: LocalTime,
    /// When it ends.
    pub ends: Option<LocalTime>,
    /// IANA name of the time zone.
    pub zone: String,
    /// Where.
    pub place: String,
    /// Where more is said: an `https` address, or empty.
    pub link: String,
}

/// The text in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// ISO 639-1.
    pub lang: String,
    /// The title, one line.
    pub title: String,
    /// What it is about in a few sentences, without marks.
    pub summary: String,
    /// The text, with marks ([`crate::markdown`]).
    pub body: String,
    /// What readers are to do, with marks; may be empty.
    pub action: String,
}

/// A file that belongs to a notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFact {
    /// Its identity in the store.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Code of its kind.
    pub kind: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256 over them, in hexadecimal.
    pub sha256: String,
}

/// Something without which a notice cannot go to review: the form's field and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The field of the form.
    pub field: String,
    /// A sentence for the author.
    pub message: String,
}

/// What lists, feeds and search need of a published notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// What it is.
    pub kind: Kind,
    /// How much it presses.
    pub severity: Severity,
    /// Who may see it.
    pub access: Access,
    /// How far they have to be known.
    pub trust: Trust,
    /// Whom it concerns.
    pub audience: Audience,
    /// The first day for which it holds.
    pub valid_from: Option<Date>,
    /// The last day.
    pub valid_until: Option<Date>,
    /// Of an event.
    pub event: Option<Event>,
    /// Title and summary in each language.
    pub texts: Vec<CardText>,
}

/// Title and summary in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardText {
    /// ISO 639-1.
    pub lang: String,
    /// The title.
    pub title: String,
    /// The summary.
    pub summary: String,
}

impl Card {
    /// Title and summary in the language, else in the one it was written in.
    #[must_use]
    pub fn text(&self, lang: &str) -> Option<&CardText> {
        self.texts.iter().find(|text| text.lang == lang).or_else(|| self.texts.first())
    }
}

impl Content {
    /// A notice of which nothing is written yet.
    #[must_use]
    pub fn new(kind: Kind, lang: &str) -> Self {
        Self {
            kind,
            severity: Severity::Information,
            access: Access::Public,
            trust: Trust::Anybody,
            audience: Audience::default(),
            valid_from: None,
            valid_until: None,
            event: None,
            texts: vec![Text { lang: lang.to_owned(), ..Text::default() }],
            files: Vec::new(),
            acknowledge: false,
        }
    }

    /// The text that is hashed, signed and kept.
    #[must_use]
    pub fn canonical(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What lists need of it.
    #[must_use]
    pub fn card(&self) -> Card {
        let text = |text: &Text| CardText {
            lang: text.lang.clone(),
            title: text.title.clone(),
            summary: text.summary.clone(),
        };
        Card {
            kind: self.kind,
            severity: self.severity,
            access: self.access,
            trust: self.trust,
            audience: self.audience.clone(),
            valid_from: self.valid_from,
            valid_until: self.valid_until,
            event: self.event.clone(),
            texts: self.texts.iter().map(text).collect(),
        }
    }

    /// The text in the language, else in the one it was written in.
    #[must_use]
    pub fn text(&self, lang: &str) -> Option<&Text> {
        self.texts.iter().find(|text| text.lang == lang).or_else(|| self.texts.first())
    }

    /// Everything that is missing or wrong before a second person can look at it, in the order of the form.
    #[must_use]
    pub fn missing(&self) -> Vec<Missing> {
        let mut found = Vec::new();
        let mut say = |field: &str, message: String| found.push(Missing { field: field.to_owned(), message });
        if let (Some(from), Some(until)) = (self.valid_from, self.valid_until)
            && until < from
        {
            say("valid_until", "The last day lies before the first.".to_owned());
        }
        match (&self.event, self.kind) {
            (None, Kind::Event) => say("event_starts", "Say when it begins.".to_owned()),
            (Some(event), _) => event.missing(&mut say),
            (None, _) => {}
        }
        if self.texts.is_empty() {
            say("add_lang", "Write the text in at least one language.".to_owned());
        }
        for text in &self.texts {
            text.missing(&mut say);
        }
        found
    }
}

impl Event {
    fn missing(&self, say: &mut impl FnMut(&str, String)) {
        if self.place.trim().is_empty() && self.link.is_empty() {
            say("event_place", "Say where it takes place, or give a link.".to_owned());
        }
        if self.ends.is_some_and(|ends| ends < self.starts) {
            say("event_ends", "It ends before it begins.".to_owned());
        }
        let is_web =
            |link: &str| Target::new(link).is_some_and(|to| to.as_str().to_lowercase().starts_with("https://"));
        if !self.link.is_empty() && !is_web(&self.link) {
            say("event_link", "Write the whole address, beginning with https://".to_owned());
        }
    }
}

impl Text {
    fn missing(&self, say: &mut impl FnMut(&str, String)) {
        let name = Language::find(&self.lang).map_or(self.lang.as_str(), |language| language.name.as_str());
        let field = |field: &str| format!("{field}.{}", self.lang);
        for (id, what, text, longest) in [
            ("title", "title", &self.title, MAX_TITLE),
            ("summary", "summary", &self.summary, MAX_SUMMARY),
            ("action", "action wanted", &self.action, MAX_ACTION),
        ] {
            if text.chars().count() > longest {
                say(&field(id), format!("{name}: the {what} is too long. Use at most {longest} characters."));
            }
        }
        for (id, what, text) in
            [("title", "title", &self.title), ("summary", "summary", &self.summary), ("body", "text", &self.body)]
        {
            if text.trim().is_empty() {
                say(&field(id), format!("{name}: write the {what}."));
            }
        }
        for (id, text) in [("body", &self.body), ("action", &self.action)] {
            match Document::parse(text) {
                Err(error) => say(&field(id), format!("{name}: {error}.")),
                Ok(document) => document.left_out.iter().for_each(|out| say(&field(id), format!("{name}: {out}."))),
            }
        }
    }
}

/// The direction in which a language is written, as HTML's `dir` wants it.
#[must_use]
pub fn direction(lang: &str) -> &'static str {
    if matches!(lang, "ar" | "fa" | "he" | "ps" | "sd" | "ug" | "ur" | "yi" | "dv") { "rtl" } else { "ltr" }
}
