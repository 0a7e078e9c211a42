//! All answers as labelled rows: for the check-answers page, the report page and the printable record alike.

use serde::{Deserialize, Serialize};

use super::{
    AskedField, Form, Profile, QuestionSet,
    read::{Value, read},
};
use crate::answers::{Answers, clean_text};

/// The rows of one section, or of one item in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryGroup {
    /// Section the rows belong to.
    pub section: String,
    /// The section's title, or an item's with its name: `Substance 2: acetone`.
    pub title: String,
    /// Whether it is an item under the section before it.
    pub is_item: bool,
    /// The rows.
    pub rows: Vec<SummaryRow>,
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryRow {
    /// Full path of the field.
    pub field: String,
    /// The short label.
    pub label: String,
    /// What was answered, line by line, as it was understood; the set's "not provided" if nothing was.
    pub value: Vec<String>,
    /// False if nothing was answered.
    pub provided: bool,
    /// False if the answer cannot be read as what was asked; then `value` is what was typed.
    pub sound: bool,
    /// Section of the page to change it on.
    pub section: String,
    /// Name of the page to change it on.
    pub page: String,
}

impl QuestionSet {
    /// All answers to the questions that are asked. With `Form::Quick`, optional questions of the full set that have
    /// not been answered are left out, since nobody was asked them.
    #[must_use]
    pub fn summary(&self, form: Form, answers: &Answers, profile: &Profile) -> Vec<SummaryGroup> {
        let mut groups: Vec<SummaryGroup> = Vec::new();
        for section in &self.sections {
            let mut current = None;
            for page in self.section_pages(&section.id, answers, profile) {
                let item = page.item.map(|item| (item.group.id.as_str(), item.number));
                if current != Some(item) {
                    current = Some(item);
                    let title = page.item.map(|item| match item.name(answers) {
                        name if name.is_empty() => item.title(),
                        name => format!("{}: {name}", item.title()),
                    });
                    groups.push(SummaryGroup {
                        section: section.id.clone(),
                        is_item: title.is_some(),
                        title: title.unwrap_or_else(|| section.title.clone()),
                        rows: Vec::new(),
                    });
                }
                let rows = page.fields(answers, profile).into_iter();
                let rows = rows.map(|asked| self.row(&asked, page.section, &page.slug, answers, profile));
                let shown = rows.filter(|row| form == Form::Full || row.provided);
                groups.last_mut().expect("a group was pushed for the first page").rows.extend(shown);
            }
        }
        groups.retain(|group| !group.rows.is_empty());
        groups
    }

    fn row(&self, asked: &AskedField, section: &str, page: &str, answers: &Answers, profile: &Profile) -> SummaryRow {
        let texts = answers.many(&asked.key);
        let read = read(self, asked.field, texts, profile);
        let value = match &read {
            Ok(Some(value)) => value.display(self),
            Ok(None) => vec![self.not_provided.clone()],
            Err(_) => as_typed(texts),
        };
        SummaryRow {
            field: asked.key.clone(),
            label: asked.field.short().to_owned(),
            value,
            provided: !matches!(read, Ok(None)),
            sound: read.is_ok(),
            section: section.to_owned(),
            page: page.to_owned(),
        }
    }

    /// What a single answer means; `None` if it is blank, unknown to this set or cannot be read.
    #[must_use]
    pub fn value(&self, field: &str, answers: &Answers, profile: &Profile) -> Option<Value> {
        read(self, self.field(field)?, answers.many(field), profile).ok().flatten()
    }
}

/// What was typed, cut where it would fill pages: the whole is in the answers.
fn as_typed(texts: &[String]) -> Vec<String> {
    const MOST: usize = 2_000;
    let short = |text: &String| {
        let mut short: String = clean_text(text).chars().take(MOST).collect();
        if text.chars().count() > MOST {
            short.push('…');
        }
        short
    };
    texts.iter().map(short).filter(|text| !text.is_empty()).collect()
}
