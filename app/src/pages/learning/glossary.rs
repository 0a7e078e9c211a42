//! The glossary: all terms, or those that a word is found in.

use domain::{
    fold,
    learning::{Term, glossary},
};
use leptos::prelude::*;

use crate::{
    components::*,
    text::{
        fill,
        learning::{Texts, texts},
    },
    web::{Outcome, Page, Req},
};

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let t = texts(req.lang);
    Page::new(t.glossary_title, move || view(&req)).about(t.glossary_lead).into()
}

/// The terms in whose forms the words stand.
fn found(words: &str) -> Vec<&'static Term> {
    let words = fold::words(words);
    let fits =
        |term: &&Term| std::iter::once(&term.term).chain(&term.also).any(|form| fold::words(form).contains(&words));
    glossary().iter().filter(fits).collect()
}

fn view(req: &Req) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let asked = req.query.get("q").to_owned();
    let found = found(&asked);
    let list = if found.is_empty() {
        let all = view! { <LinkButton href=req.to("/glossary") label=t.glossary_all/> };
        view! { <EmptyState title=t.glossary_none_title act=all.into_any()><p>{t.glossary_none}</p></EmptyState> }
            .into_any()
    } else {
        let entries = found.into_iter().map(|term| entry(t, term)).collect_view();
        view! { <dl class="glossary">{entries}</dl> }.into_any()
    };
    let (back, action) = (req.to("/learn"), req.to("/glossary"));
    view! {
        <ReadingPage>
            <BackLink href=back label=t.back/>
            <PageTitle title=t.glossary_title lead=t.glossary_lead/>
            <FilterForm action open=true>
                <TextField name="q" label=t.glossary_find value=asked width=Width::Medium autocomplete="off"/>
            </FilterForm>
            {list}
        </ReadingPage>
    }
}

fn entry(t: &'static Texts, term: &'static Term) -> impl IntoView {
    let also = (!term.also.is_empty())
        .then(|| view! { <span class="muted">" "{fill(t.glossary_also, &[("words", &term.also.join(", "))])}</span> });
    view! { <div id=domain::learning::terms::anchor(term)><dt>{term.term.clone()}</dt><dd>{term.text.clone()}{also}</dd></div> }
}
