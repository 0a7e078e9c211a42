//! Beside an entry: the way to report, and the warning signs that matter for what it is.

use domain::{
    indicator::{Indicator, RuleSet},
    substance::{Kind, PublicSubstance},
};
use leptos::prelude::*;

use crate::{
    components::*,
    pages::public::{before_report::with_substance, duties},
    text::{duties as law, substances::texts},
    web::Req,
};

/// The signs shown for each kind of entry, most telling first; their words come from the rule set.
fn signs_of(substance: &PublicSubstance) -> Vec<&'static str> {
    let mut signs = match substance.kind {
        Kind::Substance if substance.no_known_use => vec!["O16", "O13", "B05", "C03", "D01", "P04"],
        Kind::Substance => vec!["C05", "O11", "B02", "O13", "O18", "D01"],
        Kind::Mixture => vec!["O12", "O11", "B03", "C11", "D01", "P01"],
        Kind::Equipment => vec!["O10", "B02", "C14", "C03", "D01", "P01"],
        Kind::FamilyRule => vec!["O15", "O16", "O17", "O13", "C05", "B02"],
    };
    if substance.listings.iter().any(|listing| !listing.thresholds.is_empty()) {
        signs.insert(2, "O06");
    }
    signs
}

pub(super) fn view(req: &Req, substance: &PublicSubstance) -> AnyView {
    let t = texts(req.lang);
    let rules = req.ctx().refdata.rules(RuleSet::latest(), None, req.ctx().now());
    let signs: Vec<_> =
        signs_of(substance).into_iter().filter_map(|id| rules.find(id)).map(|found| sign(req, &rules, found)).collect();
    let (label, slug) = match substance.kind {
        Kind::Substance => (t.report_button, substance.slug.as_str()),
        Kind::Mixture => (t.report_button_mixture, substance.slug.as_str()),
        Kind::Equipment => (t.report_button_equipment, substance.slug.as_str()),
        // A family is a rule, not something one can order.
        Kind::FamilyRule => (t.report_button_family, ""),
    };
    let href = format!("{}{}", req.to("/report/start"), with_substance(slug));
    let law = (substance.kind != Kind::FamilyRule).then(|| {
        let href = duties::address(req, &substance.slug);
        view! { <p><a href=href>{law::texts(req.lang).link}</a></p> }
    });
    view! {
        <LinkButton href=href label=label icon=Icon::NewReport/>
        {law}
        <section class="stack" aria-labelledby="signs">
            <h2 class="panel__title" id="signs">{t.signs}</h2>
            <p class="part__note">{t.signs_lead}</p>
            <ul class="signs" role="list">{signs}</ul>
        </section>
    }
    .into_any()
}

fn sign(req: &Req, rules: &RuleSet, sign: &Indicator) -> impl IntoView + use<> {
    let own =
        rules.is_own_proposal(sign).then(|| view! { " "<span class="unsure">{texts(req.lang).sign_proposal}</span> });
    view! { <li>{sign.text.clone()}{own}</li> }
}
