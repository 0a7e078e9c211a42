//! Judging a report's answers on the server: the same rules as in the browser, and for the authority its own signs too.

use domain::{
    answers::Answers,
    indicator::{Assessment, FormFacts, RuleSet, evaluate},
    question::{Profile, QuestionSet, relevant},
};

use crate::Context;

/// For whose eyes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Eyes {
    /// The company's: signs that are the authority's own are not judged.
    Company,
    /// The authority's.
    Authority,
}

/// Judges those answers that are asked.
pub(crate) fn assess(ctx: &Context, set: &QuestionSet, answers: &Answers, profile: &Profile, eyes: Eyes) -> Assessment {
    let all = rules_of(set);
    let own;
    let rules = match eyes {
        Eyes::Authority => all,
        Eyes::Company => {
            own = all.for_companies();
            &own
        }
    };
    let answers = relevant(set, answers, profile);
    let facts = FormFacts { answers: &answers, profile, rules, substances: ctx.catalogue.as_ref() };
    evaluate(rules, &answers, &facts)
}

/// The rules that belong to a question set: the signs that can be ticked come from them.
fn rules_of(set: &QuestionSet) -> &'static RuleSet {
    RuleSet::get(&set.indicators).unwrap_or_else(RuleSet::latest)
}
