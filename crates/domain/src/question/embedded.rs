//! The question sets that ship with the product. Every version stays, since old reports are rendered with theirs.

use std::sync::LazyLock;

use serde::Deserialize;

use super::set::{AskedRow, Choice, QuestionSet, Quick, Section};
use crate::indicator::{RuleSet, Side};

/// The files of one version.
struct Files {
    set: &'static str,
    sections: &'static [&'static str],
    asked: &'static str,
    quick: &'static str,
}

macro_rules! files {
    ($version:literal: $($section:literal),+) => {
        Files {
            set: include_str!(concat!("../../../../data/questions/", $version, "/set.toml")),
            sections: &[
                $(include_str!(concat!("../../../../data/questions/", $version, "/", $section, ".toml"))),+
            ],
            asked: include_str!(concat!("../../../../data/questions/", $version, "/asked.toml")),
            quick: include_str!(concat!("../../../../data/questions/", $version, "/quick.toml")),
        }
    };
}

/// Oldest first.
const VERSIONS: &[Files] = &[files!("2026-11": "what", "substances", "party", "order", "why", "did", "contact")];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    row: Vec<AskedRow>,
}

static SETS: LazyLock<Vec<QuestionSet>> = LazyLock::new(|| {
    let read = |files| load(files).expect("every embedded question set is read by a test");
    VERSIONS.iter().map(read).collect()
});

fn load(files: &Files) -> Result<QuestionSet, toml::de::Error> {
    let mut set: QuestionSet = toml::from_str(files.set)?;
    set.sections = files.sections.iter().map(|text| toml::from_str::<Section>(text)).collect::<Result<_, _>>()?;
    set.asked = toml::from_str::<Asked>(files.asked)?.row;
    set.quick = toml::from_str::<Quick>(files.quick)?;
    if let Some(rules) = RuleSet::get(&set.indicators) {
        set.offer_signs(rules);
    }
    Ok(set)
}

impl QuestionSet {
    /// The set with this version; `None` for a version that never was.
    #[must_use]
    pub fn get(version: &str) -> Option<&'static Self> {
        SETS.iter().find(|set| set.version == version)
    }

    /// The set for new reports.
    #[must_use]
    pub fn latest() -> &'static Self {
        SETS.last().expect("at least one question set is embedded")
    }

    /// Every set, oldest first.
    #[must_use]
    pub fn all() -> &'static [Self] {
        &SETS
    }

    /// Fills the fields of ticked signs with what a company can notice of this rule set.
    pub fn offer_signs(&mut self, rules: &RuleSet) {
        let fields = self.sections.iter_mut().flat_map(|section| &mut section.pages);
        for field in fields.flat_map(|page| &mut page.fields) {
            let Some(group) = &field.signs else { continue };
            let offered =
                rules.indicators.iter().filter(|sign| sign.side == Side::Both && sign.tick && sign.group == *group);
            let choice = |id: &str, text: &str| Choice { value: id.to_owned(), label: text.to_owned(), hint: None };
            field.options = offered.map(|sign| choice(&sign.id, &sign.text)).collect();
        }
    }
}
