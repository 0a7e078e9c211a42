//! Whether a line of business lawfully uses a substance: a first look, for the check of a customer and of a planned sale.
//!
//! The facts are `data/plausible-uses.toml`. Which division of ISIC or NACE stands behind a use is our reading of the
//! catalogue's lawful uses and nobody's rule. So nothing here is a verdict: *unusual* asks for a written explanation, and
//! *unknown* says that the table cannot tell.

mod table;

use serde::{Deserialize, Serialize};

pub use table::Uses;

use crate::organisation::{OperatorRole, coded};
use crate::substance::{Kind, Substance};

coded! {
    /// How a line of business fits a substance.
    Fit {
        /// This line is expected to use it.
        Usual = "usual", "Usual";
        /// Some in this line use it, or pass it on: ask what for.
        Possible = "possible", "Possible with an explanation";
        /// Nothing says that this line uses it.
        Unusual = "unusual", "Unusual";
        /// The table cannot tell.
        Unknown = "unknown", "Not known";
    }
}

/// The answer, with its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plausibility {
    /// How it fits.
    pub fit: Fit,
    /// Why, and what to ask, in one or two sentences for a clerk.
    pub words: String,
}

/// The division of a code of ISIC or NACE, such as `20` of `C2011`, `20.13` or `20`; `None` if the text has none.
#[must_use]
pub fn division(code: &str) -> Option<String> {
    let code = crate::fold::ascii_digits(code.trim());
    let digits = code.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
    let first: String = digits.chars().filter(|letter| !matches!(letter, '.' | ' ')).take(2).collect();
    (first.len() == 2 && first.bytes().all(|byte| byte.is_ascii_digit())).then_some(first)
}

/// Whether a company with these codes of ISIC and NACE (either may be empty) and these roles lawfully uses the substance.
/// Of several lines of business the one that fits best counts. Roles decide only where no line of business is known,
/// and for what a role does by its nature (a pharmacy dispenses, a carrier moves).
#[must_use]
pub fn plausible(substance: &Substance, isic: &str, nace: &str, roles: &[OperatorRole]) -> Plausibility {
    judge(Uses::embedded(), substance, isic, nace, roles)
}

fn judge(uses: &Uses, substance: &Substance, isic: &str, nace: &str, roles: &[OperatorRole]) -> Plausibility {
    if substance.kind == Kind::FamilyRule {
        return unknown("This entry is a group. Choose the substance itself.");
    }
    let mut lines: Vec<String> = [isic, nace].into_iter().filter_map(division).collect();
    lines.dedup();
    if lines.is_empty() && roles.is_empty() {
        return unknown("Their line of business is not known. Ask for it, and for what they need the substance.");
    }
    let by_line = lines.iter().filter_map(|line| uses.of_line(substance, line));
    let by_role = roles.iter().filter_map(|role| uses.of_role(substance, *role, !lines.is_empty()));
    let best = by_line.chain(by_role).min_by_key(|found| found.fit);
    best.unwrap_or_else(|| {
        unknown("The catalogue says nothing of who uses this. Ask what they need it for, and write the answer down.")
    })
}

fn unknown(words: &str) -> Plausibility {
    Plausibility { fit: Fit::Unknown, words: words.to_owned() }
}

#[cfg(test)]
mod tests;
