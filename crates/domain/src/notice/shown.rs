//! A notice as rows of labels and values: what is compared when somebody looks at a new revision
//! ([`crate::question::changes`]).

use super::{Content, Text};
use crate::{
    answers::when::long_date,
    language::Language,
    question::{ChangedGroup, SummaryGroup, SummaryRow, changes},
};

const FACTS: &str = "facts";

impl Content {
    /// What differs from an earlier revision; everything that is said, if there is none.
    #[must_use]
    pub fn differences(&self, before: Option<&Self>) -> Vec<ChangedGroup> {
        let before = before.map(Self::summary).unwrap_or_default();
        changes(&before, &self.summary())
    }

    fn summary(&self) -> Vec<SummaryGroup> {
        let texts = self.texts.iter().map(text_group);
        std::iter::once(self.facts()).chain(texts).collect()
    }

    fn facts(&self) -> SummaryGroup {
        let audience = &self.audience;
        let list = |values: Vec<String>| values.join(", ");
        let labels = |values: Vec<&'static str>| values.join(", ");
        let event = self.event.as_ref();
        let rows = vec![
            row("kind", "Kind", self.kind.label().to_owned()),
            row("severity", "Severity", self.severity.label().to_owned()),
            row("access", "Who may see it", self.access.label().to_owned()),
            row("trust", "Known at least as", self.trust.label().to_owned()),
            row("substances", "Substances", list(audience.substances.clone())),
            row("roles", "Companies", labels(audience.roles.iter().map(|role| role.label()).collect())),
            row("associations", "Associations", list(audience.associations.clone())),
            row("readers", "Other readers", labels(audience.readers.iter().map(|reader| reader.label()).collect())),
            row("countries", "Countries", labels(audience.countries.iter().map(|country| country.name()).collect())),
            row("acknowledge", "Acknowledgement", if self.acknowledge { "Asked for" } else { "" }.to_owned()),
            row("valid_from", "Valid from", self.valid_from.map(long_date).unwrap_or_default()),
            row("valid_until", "Valid until", self.valid_until.map(long_date).unwrap_or_default()),
            row("event_starts", "Begins", event.map(|event| event.starts.long()).unwrap_or_default()),
            row("event_ends", "Ends", event.and_then(|event| event.ends).map(|ends| ends.long()).unwrap_or_default()),
            row("event_place", "Place", event.map(|event| event.place.clone()).unwrap_or_default()),
            row("event_link", "Link", event.map(|event| event.link.clone()).unwrap_or_default()),
            row("files", "Files", list(self.files.iter().map(|file| file.name.clone()).collect())),
        ];
        SummaryGroup { section: FACTS.to_owned(), title: "What and for whom".to_owned(), is_item: false, rows }
    }
}

fn text_group(text: &Text) -> SummaryGroup {
    let name = Language::find(&text.lang).map_or_else(|| text.lang.clone(), |language| language.name.clone());
    let one = |field: &str, label: &str, value: &str| row(&format!("{field}.{}", text.lang), label, value.to_owned());
    SummaryGroup {
        section: format!("text.{}", text.lang),
        title: format!("Text in {name}"),
        is_item: false,
        rows: vec![
            one("title", "Title", &text.title),
            one("summary", "Summary", &text.summary),
            one("body", "Text", &text.body),
            one("action", "Action wanted", &text.action),
        ],
    }
}

fn row(field: &str, label: &str, value: String) -> SummaryRow {
    SummaryRow {
        field: field.to_owned(),
        label: label.to_owned(),
        provided: !value.trim().is_empty(),
        value: value.lines().map(str::to_owned).collect(),
        sound: true,
        section: String::new(),
        page: String::new(),
    }
}
