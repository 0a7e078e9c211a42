//! The table of lawful uses: `data/plausible-uses.toml`.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use super::{Fit, Plausibility};
use crate::{organisation::OperatorRole, substance::Substance};

/// Which lines of business use what.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Uses {
    /// Lines that may use any entry with a lawful use.
    pub(super) common: Vec<Use>,
    /// Lines that hold goods for others.
    pub(super) handler: Vec<Use>,
    #[serde(rename = "family")]
    pub(super) families: Vec<Family>,
    /// Divisions in words.
    pub(super) divisions: BTreeMap<String, String>,
}

/// Entries of the catalogue that the same lines use.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Family {
    /// Slugs of its entries.
    pub substances: Vec<String>,
    /// How wholesalers stand to it.
    pub trade: Fit,
    #[serde(default)]
    pub usual: Vec<Use>,
    #[serde(default)]
    pub possible: Vec<Use>,
}

/// A lawful use and who has it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Use {
    pub divisions: Vec<String>,
    /// Roles that have this use by their nature.
    #[serde(default)]
    pub roles: Vec<OperatorRole>,
    pub what: String,
}

const WHOLESALE: &str = "46";
const RESEARCH: &str = "72";

static EMBEDDED: LazyLock<Uses> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../data/plausible-uses.toml")).expect("plausible-uses.toml is read by a test")
});

impl Uses {
    /// The table that ships with the product.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Every division with its name, by code.
    pub fn divisions(&self) -> impl Iterator<Item = (&str, &str)> {
        self.divisions.iter().map(|(code, name)| (code.as_str(), name.as_str()))
    }

    /// A division in words, such as "Manufacture of chemicals (20)".
    #[must_use]
    pub fn line(&self, division: &str) -> String {
        self.divisions.get(division).map_or_else(|| format!("Line {division}"), |name| format!("{name} ({division})"))
    }

    fn family(&self, substance: &Substance) -> Option<&Family> {
        self.families.iter().find(|family| family.substances.contains(&substance.slug))
    }

    /// What a line of business makes of it; `None` if the table does not have the substance.
    pub(super) fn of_line(&self, substance: &Substance, division: &str) -> Option<Plausibility> {
        let line = self.line(division);
        if let Some(handler) = named(&self.handler, division) {
            return Some(self.handles(&line, &handler.what));
        }
        if substance.no_known_use {
            return Some(without_use(substance, &line, division == RESEARCH));
        }
        let family = self.family(substance)?;
        if let Some(found) = named(&family.usual, division) {
            return Some(usual(&line, &found.what));
        }
        let possible_use = named(&family.possible, division).or_else(|| named(&self.common, division));
        if let Some(found) = possible_use {
            return Some(possible(&line, &found.what));
        }
        Some(if division == WHOLESALE { traded(family, substance, &line) } else { unusual(substance, &line) })
    }

    /// What a role makes of it by its nature; trading roles count only if no line of business is known.
    pub(super) fn of_role(&self, substance: &Substance, role: OperatorRole, line_known: bool) -> Option<Plausibility> {
        use OperatorRole as Role;
        let label = role.label();
        match role {
            Role::Carrier | Role::FreightForwarder | Role::CustomsBroker | Role::Warehouse => {
                Some(self.handles(label, "handles goods for others"))
            }
            Role::Laboratory => self.of_line(substance, RESEARCH),
            Role::Distributor | Role::Wholesaler | Role::Importer | Role::Exporter | Role::Broker if !line_known => {
                if substance.no_known_use {
                    return Some(without_use(substance, label, false));
                }
                Some(traded(self.family(substance)?, substance, label))
            }
            _ if substance.no_known_use => None,
            _ => {
                let family = self.family(substance)?;
                let by_role = |uses: &[Use]| uses.iter().find(|found| found.roles.contains(&role)).cloned();
                by_role(&family.usual)
                    .map(|found| usual(label, &found.what))
                    .or_else(|| by_role(&family.possible).map(|found| possible(label, &found.what)))
            }
        }
    }

    fn handles(&self, who: &str, what: &str) -> Plausibility {
        let words = format!("{who}: {what} and uses nothing itself. Ask who the goods are for, and judge them.");
        Plausibility { fit: Fit::Possible, words }
    }
}

fn named<'a>(uses: &'a [Use], division: &str) -> Option<&'a Use> {
    uses.iter().find(|found| found.divisions.iter().any(|own| own == division))
}

fn usual(who: &str, what: &str) -> Plausibility {
    Plausibility { fit: Fit::Usual, words: format!("{who}: {}.", lower(what)) }
}

fn possible(who: &str, what: &str) -> Plausibility {
    let words = format!("{who}: {}. Ask what they need it for and how much, and write the answer down.", lower(what));
    Plausibility { fit: Fit::Possible, words }
}

fn traded(family: &Family, substance: &Substance, who: &str) -> Plausibility {
    let words = match family.trade {
        Fit::Usual => format!("{who}: {} is ordinary trade goods. Ask who their customers are.", substance.name),
        Fit::Possible => format!("{who}: passes {} on. Ask who uses it in the end, and for what.", substance.name),
        Fit::Unusual | Fit::Unknown => {
            format!("{who}: {} is hardly traded; makers sell it to its few users. {}", substance.name, ASK)
        }
    };
    Plausibility { fit: family.trade, words }
}

const ASK: &str = "Ask what it is for, and write the answer down.";

fn unusual(substance: &Substance, who: &str) -> Plausibility {
    let uses = substance.lawful_uses.join("; ");
    let words = format!("{who}: not known to use {}. Its lawful uses are: {uses}. {ASK}", substance.name);
    Plausibility { fit: Fit::Unusual, words }
}

fn without_use(substance: &Substance, who: &str, research: bool) -> Plausibility {
    let (fit, end) = if research {
        (Fit::Possible, "Ask for the project and the amount; research needs little of it.")
    } else {
        (Fit::Unusual, ASK)
    };
    let words = format!("{who}: no lawful use of {} outside research is known. {end}", substance.name);
    Plausibility { fit, words }
}

/// The first letter small, to stand behind a colon; names such as "X-ray" keep theirs.
fn lower(what: &str) -> String {
    let mut letters = what.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(letters).collect(),
        _ => what.to_owned(),
    }
}
