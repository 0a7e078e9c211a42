//! What a question set consists of, as it stands in the data files and goes to the browser as JSON.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::AskedField;
use crate::condition::Condition;

/// One version of the questions.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionSet {
    /// The version a report is filed under, such as `2026-11`.
    pub version: String,
    /// The rule set whose signs can be ticked.
    pub indicators: String,
    /// What stands in a summary where an optional answer is missing.
    pub not_provided: String,
    /// The word for yes.
    pub yes: String,
    /// The word for no.
    pub no: String,
    /// Groups of pages that are asked once per item.
    #[serde(rename = "group")]
    pub groups: Vec<Group>,
    /// What is said at a field, by code; a field's own words come first.
    pub(super) errors: BTreeMap<String, String>,
    /// What is said at a field although the answer is taken, by code.
    pub(super) notices: BTreeMap<String, String>,
    /// Kinds of document for identifier fields.
    #[serde(rename = "identifier")]
    pub identifiers: Vec<Choice>,
    /// The sections in the order of the task list.
    #[serde(default)]
    pub sections: Vec<Section>,
    /// Kind × role, from `asked.toml`.
    #[serde(default)]
    pub(super) asked: Vec<AskedRow>,
    /// The four questions of the quick report.
    #[serde(default)]
    pub(super) quick: Quick,
}

/// A group of pages asked once per item, such as the substances of an order.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Name of the group in field paths: `substance` in `substance.2.name`.
    pub id: String,
    /// The section its pages stand in.
    pub section: String,
    /// The field that names an item.
    pub name: String,
    /// Title of an item; `{n}` is its place in the list.
    pub title: String,
    /// Text of the button for one more.
    pub add: String,
    /// The number of the first item (2 for the parties, since the first party has its own pages).
    #[serde(default = "one")]
    pub first: u32,
    /// No item need be there; otherwise the pages of the first item are asked although it is empty.
    #[serde(default)]
    pub optional: bool,
}

const fn one() -> u32 {
    1
}

/// One task of the list.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its part of the address.
    pub id: String,
    /// Its name in the task list.
    pub title: String,
    /// Its pages, in order.
    #[serde(rename = "page")]
    pub pages: Vec<Page>,
}

/// One question or small group of questions.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// Its part of the address; unique in its section.
    pub id: String,
    /// The heading.
    pub title: String,
    /// One sentence under the heading.
    pub hint: Option<String>,
    /// The group it is asked for, once per item.
    pub group: Option<String>,
    /// The group whose items it lists; such a page has no fields.
    pub lists: Option<String>,
    /// When it is asked, beyond `asked.toml`.
    pub when: Option<Condition>,
    /// What it asks.
    #[serde(rename = "field", default)]
    pub fields: Vec<Field>,
}

/// One field of a form.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Path of its answer; with a leading full stop that of an item's field.
    pub key: String,
    /// How it is shown and read.
    pub kind: FieldKind,
    /// The question.
    pub label: String,
    /// A shorter label for summaries.
    pub short: Option<String>,
    /// One sentence of help.
    pub hint: Option<String>,
    /// The full report needs it.
    #[serde(default)]
    pub required: bool,
    /// The full report needs it under this condition.
    pub required_when: Option<Condition>,
    /// When it is shown at all. Looks at other pages only, since a page without JavaScript cannot change.
    pub when: Option<Condition>,
    /// Most characters, if fewer than the kind allows.
    pub max: Option<usize>,
    /// What can be chosen.
    #[serde(default)]
    pub options: Vec<Choice>,
    /// The group of signs that can be ticked; its options come from the rule set.
    pub signs: Option<String>,
    /// Token for the `autocomplete` attribute.
    pub autocomplete: Option<String>,
    /// A day or time that cannot lie in the future.
    #[serde(default)]
    pub past: bool,
    /// A day alone is not enough.
    #[serde(default)]
    pub time_needed: bool,
    /// This field's own words for some errors, by code.
    #[serde(default)]
    pub errors: BTreeMap<String, String>,
}

/// How a field is shown and read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// One line.
    Text,
    /// Several lines.
    LongText,
    /// One of several answers.
    Choice,
    /// Any number of several answers.
    Choices,
    /// Yes or no.
    YesNo,
    /// A country, chosen or written.
    Country,
    /// Several countries, written with commas.
    Countries,
    /// A day.
    Date,
    /// A day and a time of day; two inputs, day first.
    Datetime,
    /// An amount of a substance, as written on an order.
    Quantity,
    /// A percentage.
    Percentage,
    /// An amount of money; two inputs, amount first.
    Money,
    /// A whole number.
    Number,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A web address.
    Url,
    /// The name of a substance, from the catalogue or not.
    Substance,
    /// A CAS number.
    Cas,
    /// An identity document; two inputs, kind first.
    Identifier,
}

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The code that is stored.
    pub value: String,
    /// What people read.
    pub label: String,
    /// A few more words.
    pub hint: Option<String>,
}

/// A row of kind × role.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AskedRow {
    pub pages: Vec<String>,
    #[serde(default)]
    pub kinds: Vec<String>,
    #[serde(default)]
    pub roles: Vec<String>,
}

/// The quick report.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Quick {
    #[serde(rename = "page", default)]
    pub pages: Vec<QuickPage>,
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
}

/// One of the four questions.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct QuickPage {
    pub id: String,
    pub title: String,
    pub hint: Option<String>,
    pub fields: Vec<String>,
    #[serde(default)]
    pub required: Vec<String>,
    #[serde(default)]
    pub required_when: Vec<RequiredWhen>,
}

/// A field the quick report needs under a condition.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RequiredWhen {
    pub field: String,
    pub when: Condition,
}

impl QuestionSet {
    /// The group with this name.
    #[must_use]
    pub fn group(&self, id: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// The section with this name.
    #[must_use]
    pub fn section(&self, id: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.id == id)
    }

    /// The field that a full path belongs to: `substance.2.name` finds `.name` of the substance pages.
    #[must_use]
    pub fn field(&self, path: &str) -> Option<&Field> {
        self.place(path).map(|(_, _, field)| field)
    }

    /// The field of a full path as any form may ask it, be its page asked or not; needed by none.
    #[must_use]
    pub fn asked<'s>(&'s self, path: &str) -> Option<AskedField<'s>> {
        let field = self.field(path)?;
        Some(AskedField { key: path.to_owned(), field, label: &field.label, required: false })
    }

    /// Section, page and field of a full path. A field with the very path goes before an item's field.
    pub(super) fn place(&self, path: &str) -> Option<(&Section, &Page, &Field)> {
        let all = || {
            self.sections.iter().flat_map(|section| {
                let pages = section.pages.iter();
                pages.flat_map(move |page| page.fields.iter().map(move |f| (section, page, f)))
            })
        };
        all().find(|(_, _, field)| field.key == path).or_else(|| {
            let (group, rest) = path.split_once('.')?;
            let (_, own) = rest.split_once('.')?;
            let of_item = |page: &Page, field: &Field| {
                page.group.as_deref() == Some(group) && field.key.strip_prefix('.') == Some(own)
            };
            all().find(|(_, page, field)| of_item(page, field))
        })
    }
}

impl Field {
    /// The label for summaries.
    #[must_use]
    pub fn short(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.label)
    }

    /// Most characters the field takes.
    #[must_use]
    pub fn max(&self) -> usize {
        self.max.unwrap_or(self.kind.max())
    }
}

impl FieldKind {
    /// Most characters a field of this kind takes unless it says otherwise.
    #[must_use]
    pub const fn max(self) -> usize {
        match self {
            Self::LongText => 5_000,
            Self::Url => 2_000,
            Self::Text | Self::Substance | Self::Countries => 300,
            Self::Email => 254,
            Self::Quantity => 200,
            Self::Choice | Self::Choices | Self::YesNo | Self::Country => 100,
            Self::Identifier | Self::Datetime | Self::Date => 80,
            Self::Money | Self::Phone | Self::Percentage => 60,
            Self::Number | Self::Cas => 20,
        }
    }

    /// How many inputs the field has, all with the field's path as their name.
    #[must_use]
    pub const fn inputs(self) -> usize {
        match self {
            Self::Datetime | Self::Money | Self::Identifier => 2,
            _ => 1,
        }
    }
}
