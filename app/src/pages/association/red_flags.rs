//! The list of red flags, for everybody: an association passes it on, a company trains with it. The signs that are the
//! authority's own are not on it.

use domain::indicator::{Indicator, RuleSet, Source};
use leptos::prelude::*;

use crate::{
    components::*,
    text::{
        association::{Texts, texts},
        fill,
    },
    web::{Outcome, Page, Req},
};

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let t = texts(req.lang);
    let start = req.to("/report/start");
    let rules = req.ctx().refdata.rules(RuleSet::latest(), None, req.ctx().now()).for_companies();
    Page::new(t.flags_title, move || whole(t, &rules, start)).about(t.flags_lead).into()
}

fn whole(t: &'static Texts, rules: &RuleSet, start: String) -> impl IntoView + use<> {
    let caption = fill(t.flags_version, &[("version", &rules.version)]);
    let groups: Vec<_> = rules.groups.iter().filter_map(|group| signs_of(t, rules, &group.id, &group.title)).collect();
    let sources = sources(t, &rules.sources);
    let aside = view! {
        <Callout tone=Tone::Warn title=t.flags_then>
            <p>{t.flags_then_text}</p>
            <p><a href=start>{t.flags_report}</a></p>
        </Callout>
        <Panel title=t.flags_how>
            <ul class="points">
                <li>{t.flags_rule_1}</li>
                <li>{t.flags_rule_2}</li>
                <li>{t.flags_rule_3}</li>
            </ul>
        </Panel>
    };
    view! {
        <FormPage aside=aside.into_any() aside_label=t.flags_how>
            <PageTitle title=t.flags_title caption lead=t.flags_lead/>
            {groups}
            {sources}
        </FormPage>
    }
}

/// The signs of a group; none for a group that is the authority's alone.
fn signs_of(t: &'static Texts, rules: &RuleSet, group: &str, title: &str) -> Option<AnyView> {
    let signs = rules.indicators.iter().filter(|sign| sign.group == group);
    let rows: Vec<_> = signs.map(|sign| row(t, rules, sign)).collect();
    let title = title.to_owned();
    (!rows.is_empty())
        .then(|| view! { <section><h2>{title}</h2><ul class="flags" role="list">{rows}</ul></section> }.into_any())
}

fn row(t: &'static Texts, rules: &RuleSet, sign: &Indicator) -> AnyView {
    let weight = if rules.is_hard_stop(sign) {
        t.flags_stop.to_owned()
    } else {
        fill(t.flags_weight, &[("n", &sign.weight.to_string())])
    };
    let names: Vec<_> = rules.sources_of(sign).map(|(source, place)| source_name(t, source, place)).collect();
    let source = if rules.is_own_proposal(sign) {
        t.flags_own.to_owned()
    } else {
        fill(t.flags_source, &[("sources", &names.join("; "))])
    };
    let text = sign.text.clone();
    view! {
        <li class="flag" id=sign.id.clone()>
            <span>{text}</span>
            <span class="flag__weight">{weight}</span>
            <span class="flag__source">{source}</span>
        </li>
    }
    .into_any()
}

fn source_name(t: &'static Texts, source: &Source, place: &str) -> String {
    let place = if place.is_empty() { String::new() } else { format!(", {place}") };
    let state = if source.verified { String::new() } else { format!(" ({})", t.flags_unverified) };
    format!("{}{place}{state}", source.name)
}

fn sources(t: &'static Texts, sources: &[Source]) -> impl IntoView + use<> {
    let columns = [t.flags_source_name, t.flags_source_about, t.flags_source_state].map(Column::new).to_vec();
    let rows = sources
        .iter()
        .map(|source| {
            let name = match source.url.clone() {
                Some(url) => {
                    let name = source.name.clone();
                    view! { <a href=url rel="noopener noreferrer">{name}</a> }.into_any()
                }
                None => source.name.clone().into_any(),
            };
            let state = if source.verified { t.flags_yes } else { t.flags_no };
            view! { <tr><th scope="row">{name}</th><td>{source.regime.label()}</td><td>{state}</td></tr> }
        })
        .collect_view();
    view! {
        <Panel title=t.flags_sources>
            <DataTable id="sources" caption=t.flags_sources caption_hidden=true columns>{rows}</DataTable>
        </Panel>
    }
}

#[cfg(test)]
mod tests {
    use domain::{indicator::Side, lang::Lang};

    use super::*;
    use crate::pages::account::shown;

    #[test]
    fn every_sign_of_companies_is_listed_and_none_of_the_authority() {
        let rules = RuleSet::latest();
        let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let html = shown(|| whole(texts(Lang::En), &RuleSet::latest().for_companies(), "/en/report/start".into()));
        for sign in &rules.indicators {
            assert_eq!(html.contains(&escaped(&sign.text)), sign.side == Side::Both, "{}", sign.id);
        }
        assert!(html.contains(&rules.version) && html.contains("/en/report/start"));
    }
}
