//! A case of three minutes: the order, what one would do, and why. What is chosen stands in the address: it is nobody's secret, and
//! of whoever has signed in only that they decided is kept.

use domain::learning::{Case, cases, quiz::value_of, terms::Finder};
use leptos::prelude::*;
use services::learning;

use super::{quiz::explained, shown::lesson};
use crate::{
    components::*,
    text::{
        fill,
        learning::{Texts, texts},
    },
    web::{Outcome, Page, Req},
};

/// The page; with the answer, where something was chosen.
pub(super) async fn page(req: Req) -> Outcome {
    let case = learning::case(req.param("case"))?;
    let chosen = (0..case.choices.len()).find(|place| req.query.get("choice") == value_of(*place));
    if chosen.is_some() {
        learning::decide_case(req.ctx(), &req.principal, case).await?;
    }
    // Pressed without a choice.
    let missing = chosen.is_none() && req.query.has("decide");
    let about = format!("{}: {}", case.title, case.summary);
    Page::new(case.title.clone(), move || view(&req, case, chosen, missing)).errors(missing).about(about).into()
}

fn view(req: &Req, case: &'static Case, chosen: Option<usize>, missing: bool) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let facts = case.facts.iter().map(|fact| SummaryRow::text(fact.label.clone(), fact.value.clone())).collect();
    let body = match chosen {
        Some(chosen) => decided(req, t, case, chosen),
        None => asked(req, t, case, missing),
    };
    let errors = if missing { vec![FieldError::new("choice", t.case_choose)] } else { Vec::new() };
    let (back, lead) = (req.to("/learn"), case.summary.clone());
    view! {
        <FormPage>
            <BackLink href=back label=t.back/>
            <ErrorSummary errors/>
            <PageTitle title=case.title.clone() caption=t.case_caption lead/>
            <Panel title=t.case_facts><AnsweredList rows=facts/></Panel>
            {body}
        </FormPage>
    }
}

fn asked(req: &Req, t: &'static Texts, case: &Case, missing: bool) -> AnyView {
    let options = case.choices.iter().enumerate();
    let options = options.map(|(place, choice)| Choice::new(value_of(place), choice.text.clone())).collect();
    let error = missing.then(|| t.case_choose.to_owned());
    view! {
        <form class="stack" method="get" action=req.path.clone()>
            <input type="hidden" name="decide" value="1"/>
            <Choices name="choice" legend=t.case_question options error/>
            <ButtonRow><Button label=t.case_act/></ButtonRow>
        </form>
    }
    .into_any()
}

fn decided(req: &Req, t: &'static Texts, case: &'static Case, chosen: usize) -> AnyView {
    let right = case.choices.get(chosen).is_some_and(|choice| choice.right);
    let (tone, title) = if right { (Tone::Ok, t.case_right) } else { (Tone::Warn, t.case_wrong) };
    let why = case.choices.get(chosen).map(|choice| choice.why.clone());
    let all =
        case.choices.iter().enumerate().map(|(place, choice)| explained(t, choice, place == chosen)).collect_view();
    let place = cases().iter().position(|one| one.slug == case.slug).unwrap_or(0);
    let next = cases().get(place + 1).or_else(|| cases().first()).filter(|next| next.slug != case.slug).map(|next| {
        let label = fill(t.case_next, &[("title", &next.title)]);
        view! { <LinkButton href=req.to(&format!("/learn/cases/{}", next.slug)) label/> }
    });
    view! {
        <Callout tone title><p>{why}</p></Callout>
        <section class="stack" aria-labelledby="why">
            <h2 id="why">{t.case_why}</h2>
            <ul class="answered__options" role="list">{all}</ul>
        </section>
        <section class="stack" aria-labelledby="lesson">
            <h2 id="lesson">{t.case_lesson}</h2>
            {lesson(&case.lesson, &mut Finder::default())}
        </section>
        <ButtonRow>{next}<LinkButton href=req.path.clone() label=t.again kind=ButtonKind::Quiet/></ButtonRow>
    }
    .into_any()
}
