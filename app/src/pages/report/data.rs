//! What the indicator panel judges with in the browser, and what the pickers offer.

use domain::{
    answers::Answers,
    ids::OrgId,
    indicator::Assessment,
    question::{Profile, relevant},
    substance::{Catalogue, Confidentiality, Substance},
};
use services::{draft::DraftView, error::Refusal, refdata};

use crate::{
    islands::indicator_panel::{CatalogueData, PanelSources, PanelWords},
    text::{common, report},
    web::{Outcome, Reply, Req, paths::with_query},
};

/// The rules without the authority's own signs, in the words and weights of the authority of the query. What stands behind
/// the version of the program only keeps caches apart.
pub async fn rules(req: Req) -> Outcome {
    let authority = req.query.get("of").parse().ok();
    let rules = refdata::rules_for(req.ctx(), &req.principal, req.query.get("v"), authority).await?;
    Reply::json(&rules, false)
}

/// The public entries with what the rules need of them; nothing about drugs or stand-ins.
pub async fn catalogue(req: Req) -> Outcome {
    Reply::json(&for_browser(&req.ctx().catalogue()), false)
}

fn for_browser(catalogue: &Catalogue) -> CatalogueData {
    let public = catalogue.all().iter().filter(|substance| substance.confidentiality == Confidentiality::Public);
    let bare = |substance: &Substance| {
        let mut substance = substance.clone();
        substance.typical_drug = None;
        substance.stands_in_for.clear();
        substance.lawful_uses.clear();
        substance.notes = None;
        substance.listings.retain(|listing| listing.confidentiality == Confidentiality::Public);
        substance
    };
    CatalogueData {
        substances: public.map(bare).collect(),
        lists: catalogue.lists().to_vec(),
        sources: catalogue.sources().to_vec(),
    }
}

fn rules_address(req: &Req, rules: &str, authority: Option<OrgId>) -> String {
    let address = with_query(&req.to("/data/rules.json"), "v", rules);
    authority.map_or(address.clone(), |authority| with_query(&address, "of", &authority.to_string()))
}

/// What a panel starts with: the judgement, the words, where the browser finds the rest.
pub type Panel = (Assessment, PanelWords, PanelSources);

/// Answers that are judged, and by what.
pub struct Judged<'a> {
    /// The server's judgement.
    pub assessment: &'a Assessment,
    /// Version of the rules.
    pub rules: &'a str,
    /// The authority whose rules they are.
    pub authority: Option<OrgId>,
    /// The answers, without those that are not asked.
    pub answers: Answers,
    /// Whose they are.
    pub profile: &'a Profile,
}

/// Everything the panel of a draft starts with.
pub fn panel(req: &Req, draft: &DraftView, form: &str) -> Result<Panel, Refusal> {
    let answers = relevant(draft.set, &draft.answers, &draft.profile);
    let (assessment, rules, authority, profile) = (&draft.assessment, &draft.rules, draft.authority, &draft.profile);
    panel_of(req, Judged { assessment, rules, authority, answers, profile }, form)
}

/// Everything a panel starts with.
pub fn panel_of(req: &Req, judged: Judged<'_>, form: &str) -> Result<Panel, Refusal> {
    let t = report::texts(req.lang);
    let text = |text: &str| text.to_owned();
    let words = PanelWords {
        title: text(t.panel_title),
        guidance: text(t.panel_guidance),
        none: text(t.panel_none),
        counts: text(t.panel_counts),
        source: text(t.panel_source),
        proposal: text(t.panel_proposal),
        unverified: text(t.panel_unverified),
        hard_stop: text(t.panel_hard_stop),
        of_five: text(common::texts(req.lang).of_five),
        announce: text(t.panel_announce),
    };
    let json = |value: serde_json::Result<String>| value.map_err(|error| Refusal::Fault(error.to_string()));
    let sources = PanelSources {
        rules: rules_address(req, judged.rules, judged.authority),
        catalogue: req.to("/data/catalogue.json"),
        answers: json(serde_json::to_string(&judged.answers))?,
        profile: json(serde_json::to_string(judged.profile))?,
        form: form.to_owned(),
    };
    Ok((judged.assessment.clone(), words, sources))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn browsers_judge_with_the_same_catalogue_and_learn_nothing_about_drugs() {
        let whole = Catalogue::load().unwrap();
        let json = serde_json::to_string(&for_browser(&whole)).unwrap();
        for drug in whole
            .all()
            .iter()
            .filter_map(|substance| substance.typical_drug.as_ref())
            .flat_map(|typical| &typical.drugs)
        {
            let named =
                whole.all().iter().any(|substance| substance.name.to_lowercase().contains(&drug.to_lowercase()));
            assert!(named || !json.to_lowercase().contains(&format!("\"{}\"", drug.to_lowercase())), "{drug}");
        }
        let data: CatalogueData = serde_json::from_str(&json).unwrap();
        let small = Catalogue::part(data.substances, data.lists, data.sources);
        use domain::indicator::Substances as _;
        for substance in whole.all() {
            let nl = domain::country::Country::parse("NL").ok();
            assert_eq!(
                small.about(&substance.name, "", nl, None),
                whole.about(&substance.name, "", nl, None),
                "{}",
                substance.name
            );
        }
    }
}
