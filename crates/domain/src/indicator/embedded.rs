//! The rule sets that ship with the product. Every version stays, so that an old assessment can be computed again.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Indicator, RuleSet};

/// The files of one version: the set, and one file per group.
struct Files {
    set: &'static str,
    groups: &'static [(&'static str, &'static str)],
}

macro_rules! files {
    ($version:literal: $($group:literal),+) => {
        Files {
            set: include_str!(concat!("../../../../data/indicators/", $version, "/set.toml")),
            groups: &[
                $(($group, include_str!(concat!("../../../../data/indicators/", $version, "/", $group, ".toml")))),+
            ],
        }
    };
}

/// Oldest first.
const VERSIONS: &[Files] = &[files!("2026-11": "customer", "order", "payment", "delivery", "behaviour", "online")];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Signs {
    indicator: Vec<Indicator>,
}

static SETS: LazyLock<Vec<RuleSet>> = LazyLock::new(|| {
    let read = |files| load(files).expect("every embedded rule set is read by a test");
    VERSIONS.iter().map(read).collect()
});

fn load(files: &Files) -> Result<RuleSet, toml::de::Error> {
    let mut rules: RuleSet = toml::from_str(files.set)?;
    for (group, text) in files.groups {
        for mut sign in toml::from_str::<Signs>(text)?.indicator {
            sign.group = (*group).to_owned();
            rules.indicators.push(sign);
        }
    }
    Ok(rules)
}

impl RuleSet {
    /// The rule set with this version; `None` for a version that never was.
    #[must_use]
    pub fn get(version: &str) -> Option<&'static Self> {
        SETS.iter().find(|rules| rules.version == version)
    }

    /// The rule set for new reports.
    #[must_use]
    pub fn latest() -> &'static Self {
        SETS.last().expect("at least one rule set is embedded")
    }

    /// Every rule set, oldest first.
    #[must_use]
    pub fn all() -> &'static [Self] {
        &SETS
    }
}
