//! Judging a report's answers on the server: the same rules as in the browser, and for the authority its own signs too.

use std::borrow::Cow;

use domain::{
    answers::Answers,
    ids::OrgId,
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

/// Judges those answers that are asked, by the rules that are in force for an authority.
pub(crate) fn assess(
    ctx: &Context,
    rules: &RuleSet,
    set: &QuestionSet,
    answers: &Answers,
    profile: &Profile,
    eyes: Eyes,
) -> Assessment {
    assess_relevant(ctx, rules, &relevant(set, answers, profile), profile, eyes)
}

/// The same of answers that are all asked.
pub(crate) fn assess_relevant(
    ctx: &Context,
    rules: &RuleSet,
    answers: &Answers,
    profile: &Profile,
    eyes: Eyes,
) -> Assessment {
    let own;
    let rules = match eyes {
        Eyes::Authority => rules,
        Eyes::Company => {
            own = rules.for_companies();
            &own
        }
    };
    let catalogue = ctx.catalogue();
    let facts = FormFacts { answers, profile, rules, substances: catalogue.as_ref() };
    evaluate(rules, answers, &facts)
}

/// The rules that belong to a question set (the signs that can be ticked come from them), with the words and weights that
/// are in force now for reports to this authority.
pub(crate) fn rules(ctx: &Context, set: &QuestionSet, authority: Option<OrgId>) -> Cow<'static, RuleSet> {
    ctx.refdata.rules(program_rules(set), authority, ctx.now())
}

/// The rules of the program that belong to a question set.
pub(crate) fn program_rules(set: &QuestionSet) -> &'static RuleSet {
    RuleSet::get(&set.indicators).unwrap_or_else(RuleSet::latest)
}
