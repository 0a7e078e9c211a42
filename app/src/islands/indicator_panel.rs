//! The indicator panel: which signs the rules see in the answers so far, judged in the browser while one types.
//!
//! The server paints it from the stored answers; the browser judges again, with the same crate, a second after the last
//! change in the form beside it. It is guidance: nothing is sent, and zero signs never stop a report. A change of the band
//! is announced politely, nothing else is.

use domain::indicator::{Assessment, Hit};
use leptos::prelude::*;

/// The words of the panel.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct PanelWords {
    /// Heading.
    pub title: String,
    /// That it is guidance and nothing is sent.
    pub guidance: String,
    /// When no sign was found.
    pub none: String,
    /// `counts {points}`.
    pub counts: String,
    /// Before the sources.
    pub source: String,
    /// For a sign that is our own proposal.
    pub proposal: String,
    /// For a source that nobody has verified.
    pub unverified: String,
    /// For a sign that stops on its own.
    pub hard_stop: String,
    /// `of 5`, for screen readers.
    pub of_five: String,
    /// `The indication is now {word}.`
    pub announce: String,
}

/// Where the browser finds what it judges with.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct PanelSources {
    /// Address of the rule set as JSON.
    pub rules: String,
    /// Address of the catalogue as JSON.
    pub catalogue: String,
    /// The stored answers as JSON, already without those that are not asked.
    pub answers: String,
    /// Whose report it is: `domain::question::Profile` as JSON.
    pub profile: String,
    /// Id of the form beside the panel; its fields go before the stored answers.
    pub form: String,
}

/// The catalogue as the browser gets it.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct CatalogueData {
    /// Entries.
    pub substances: Vec<domain::substance::Substance>,
    /// Lists they stand on.
    pub lists: Vec<domain::substance::List>,
    /// Sources of both.
    pub sources: Vec<domain::substance::Source>,
}

/// The panel. `first` is the server's judgement of what is stored.
#[island]
pub fn IndicatorPanel(
    /// The server's judgement.
    first: Assessment,
    /// The words.
    words: PanelWords,
    /// What the browser judges with.
    sources: PanelSources,
) -> impl IntoView {
    let shown = RwSignal::new(first);
    let said = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    {
        let announce = words.announce.clone();
        Effect::new(move || browser::start(&sources, announce.clone(), shown, said));
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (sources, said);
    let texts = StoredValue::new(words.clone());
    view! {
        <section class="panel" aria-labelledby="panel-title">
            <div class="panel__head"><h2 class="panel__title" id="panel-title">{words.title}</h2></div>
            <div class="panel__body">
                {move || strip(&shown.read(), &texts.read_value())}
                <div>{move || hits(&shown.read(), &texts.read_value())}</div>
                <p class="small muted">{words.guidance}</p>
                <p class="unseen" role="status">{move || said.get()}</p>
            </div>
        </section>
    }
}

/// The same strip as `components::Litmus`, which exists on the server only.
fn strip(assessment: &Assessment, words: &PanelWords) -> impl IntoView + use<> {
    let lit = assessment.cells.min(5);
    let cells = (1..=5_u8).map(|cell| {
        let class = if cell <= lit { format!("litmus__cell litmus__cell--{cell}") } else { "litmus__cell".to_owned() };
        view! { <span class=class></span> }
    });
    view! {
        <p class="litmus" data-lit=lit.to_string()>
            <span class="litmus__strip" aria-hidden="true">{cells.collect_view()}</span>
            <span class="litmus__words">
                <b class="litmus__number">{lit.to_string()}</b>
                <span class="unseen">" "{words.of_five.clone()}", "</span>
                " "
                <span class="litmus__word">{assessment.band.label()}</span>
            </span>
        </p>
    }
}

fn hits(assessment: &Assessment, words: &PanelWords) -> AnyView {
    if assessment.hits.is_empty() {
        return view! { <p>{words.none.clone()}</p> }.into_any();
    }
    let rows = assessment.hits.iter().map(|found| hit(found, words));
    view! { <ul class="reasons" role="list">{rows.collect_view()}</ul> }.into_any()
}

fn hit(found: &Hit, words: &PanelWords) -> impl IntoView + use<> {
    let counts = words.counts.replace("{points}", &found.counted.to_string());
    let sources: Vec<String> = found
        .sources
        .iter()
        .map(|source| {
            let mark = if source.verified { String::new() } else { format!(", {}", words.unverified) };
            format!("{} ({}{mark})", source.name, source.regime.label())
        })
        .collect();
    let from =
        if sources.is_empty() { words.proposal.clone() } else { format!("{} {}", words.source, sources.join("; ")) };
    view! {
        <li class="reason">
            <span class="reason__text">
                <b>{found.text.clone()}</b>
                {found.hard_stop.then(|| view! { " "<strong>{words.hard_stop.clone()}</strong> })}
                <br/>
                {found.reason.clone()}
            </span>
            <span class="reason__weight">{counts}</span>
            <span class="reason__source">{from}</span>
        </li>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::{cell::RefCell, rc::Rc};

    use domain::{
        answers::Answers,
        indicator::{Assessment, FormFacts, RuleSet, evaluate},
        question::Profile,
        substance::Catalogue,
    };
    use leptos::{prelude::*, task::spawn_local};
    use serde::de::DeserializeOwned;
    use web_sys::{HtmlFormElement, UrlSearchParams};

    use super::{CatalogueData, PanelSources};
    use crate::islands::dom;

    /// How long after the last change the panel judges.
    const QUIET_MS: i32 = 800;

    struct Judge {
        rules: RuleSet,
        catalogue: Catalogue,
        stored: Answers,
        profile: Profile,
        form: HtmlFormElement,
        announce: String,
        shown: RwSignal<Assessment>,
        said: RwSignal<String>,
    }

    pub fn start(sources: &PanelSources, announce: String, shown: RwSignal<Assessment>, said: RwSignal<String>) {
        let Some(form) = dom::by_id::<HtmlFormElement>(&sources.form) else { return };
        let sources = sources.clone();
        spawn_local(async move {
            let Some(judge) = load(&sources, form.clone(), announce, shown, said).await else { return };
            let judge = Rc::new(judge);
            let plan = Rc::new(RefCell::new(None::<i32>));
            judge.judge();
            for event in ["input", "change"] {
                let (judge, plan) = (Rc::clone(&judge), Rc::clone(&plan));
                dom::listen(&form, event, move |_| {
                    if let Some(planned) = plan.borrow_mut().take() {
                        dom::cancel(planned);
                    }
                    let judge = Rc::clone(&judge);
                    *plan.borrow_mut() = dom::after(QUIET_MS, move || judge.judge());
                });
            }
        });
    }

    async fn load(
        sources: &PanelSources,
        form: HtmlFormElement,
        announce: String,
        shown: RwSignal<Assessment>,
        said: RwSignal<String>,
    ) -> Option<Judge> {
        let rules = dom::get(&sources.rules, "application/json").await?;
        let catalogue = dom::get(&sources.catalogue, "application/json").await?;
        let data: CatalogueData = read(&catalogue.body)?;
        Some(Judge {
            rules: read(&rules.body)?,
            catalogue: Catalogue::part(data.substances, data.lists, data.sources),
            stored: read(&sources.answers)?,
            profile: read(&sources.profile)?,
            form,
            announce,
            shown,
            said,
        })
    }

    /// By way of a value: the reader of JSON text is then in the program once, not once for each of some fifty types.
    fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
        serde_json::from_value(serde_json::from_str(text).ok()?).ok()
    }

    impl Judge {
        fn judge(&self) {
            let answers = self.answers();
            let facts = FormFacts {
                answers: &answers,
                profile: &self.profile,
                rules: &self.rules,
                substances: &self.catalogue,
            };
            let now = evaluate(&self.rules, &answers, &facts);
            let before = self.shown.get_untracked();
            if now == before {
                return;
            }
            if now.band != before.band {
                self.said.set(self.announce.replace("{word}", now.band.label()));
            }
            self.shown.set(now);
        }

        /// The stored answers with the form's fields as they stand now; an unticked box clears its field.
        fn answers(&self) -> Answers {
            let mut answers = self.stored.clone();
            let fields = dom::encoded(&self.form).unwrap_or_default();
            let Ok(fields) = UrlSearchParams::new_with_str(&fields) else { return answers };
            for name in dom::names(&self.form) {
                let values = fields.get_all(&name).iter().filter_map(|value| value.as_string()).collect::<Vec<_>>();
                answers.set(&name, values);
            }
            answers
        }
    }
}
