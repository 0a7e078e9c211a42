//! A company's questions to its associations, and what was answered to members.

use domain::{access::Action, answers::when::long_date, association::QuestionState, ids::OrgId};
use leptos::prelude::*;
use services::association::{
    self,
    questions::{self, Question},
};

use crate::{
    components::*,
    pages::association::answered,
    text::{
        fill,
        questions::{Texts, texts},
    },
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

const FORM: &str = "question to an association";

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, member) = (texts(req.lang), req.workspace()?.clone());
    let (own, answers) = questions::for_company(req.ctx(), &req.principal, member.org).await?;
    let associations = association::of_company(req.ctx(), &req.principal, member.org).await?;
    let typed = Typed::open(&req, FORM).await?;
    let may = Action::TakePartInAssociations.allows(member.role);
    let (here, wrong) = (req.here("/questions"), typed.is_wrong());
    let done = (req.query.get("done") == "asked").then_some(t.done_asked);
    Page::new(t.own_title, move || {
        let form = may.then(|| form(t, &here, &associations, &typed));
        let own = list(&own, t.own_asked_none, |one| asked(t, one));
        let answers = list(&answers, t.own_answers_none, |one| answer(t, one));
        let back = req.here("/associations");
        view! {
            <FormPage>
                <BackLink href=back label=t.desk_title/>
                <ErrorSummary errors=typed.errors()/>
                {done.map(|title| view! { <Banner tone=Tone::Ok title/> })}
                <PageTitle title=t.own_title lead=t.own_lead/>
                {form}
                <section aria-labelledby="own"><h2 id="own">{t.own_asked}</h2>{own}</section>
                <section aria-labelledby="answers"><h2 id="answers">{t.own_answers}</h2>{answers}</section>
            </FormPage>
        }
    })
    .errors(wrong)
    .into()
}

fn list(found: &[Question], none: &'static str, one: impl Fn(&Question) -> AnyView) -> AnyView {
    if found.is_empty() {
        return view! { <p class="muted">{none}</p> }.into_any();
    }
    found.iter().map(one).collect_view().into_any()
}

fn asked(t: &'static Texts, one: &Question) -> AnyView {
    let said = match one.state {
        QuestionState::Published => answered(t, one),
        QuestionState::Declined => {
            let said = fill(t.not_answered, &[("reason", &one.reason)]);
            view! { <p dir="auto">{said}</p> }.into_any()
        }
        _ => view! { <p class="muted">{t.under_way}</p> }.into_any(),
    };
    // What the association does with it is its own affair until something is said.
    let state = if one.state == QuestionState::Returned { QuestionState::Signing } else { one.state };
    let on = fill(t.asked_on, &[("day", &long_date(one.asked_on))]);
    let by = format!("{}, {on}", one.association);
    view! {
        <article class="panel">
            <div class="panel__body">
                <p dir="auto"><b>{one.asked.clone()}</b></p>
                <p><Tag text=state.label()/>" "<span class="muted"><bdi>{by}</bdi></span></p>
                {said}
            </div>
        </article>
    }
    .into_any()
}

fn answer(t: &'static Texts, one: &Question) -> AnyView {
    let who = if one.is_public { t.everybody } else { t.members_only };
    view! {
        <article class="panel">
            <div class="panel__body">
                <p dir="auto"><b>{one.question.clone()}</b></p>
                {answered(t, one)}
                <p><Tag text=who/></p>
            </div>
        </article>
    }
    .into_any()
}

fn form(t: &'static Texts, here: &str, associations: &[(OrgId, String)], typed: &Typed) -> AnyView {
    if associations.is_empty() {
        return view! { <Panel title=t.ask_title><p>{t.ask_no_member}</p></Panel> }.into_any();
    }
    let first = associations.first().filter(|_| associations.len() == 1).map(|(id, _)| id.to_string());
    let chosen = typed.value_or("association", first.as_deref().unwrap_or_default());
    let options = associations.iter().map(|(id, name)| SelectOption::new(id.to_string(), name.clone())).collect();
    view! {
        <Panel title=t.ask_title>
            <form class="stack" method="post" action=here.to_owned() novalidate=true>
                <SelectField name="association" label=t.ask_association options value=chosen error=typed.error("association") width=Width::Long/>
                <TextArea name="question" label=t.ask_question hint=t.ask_hint rows=4 value=typed.value("question") error=typed.error("question")/>
                <p class="muted">{t.ask_few}</p>
                <ButtonRow><Button label=t.ask/></ButtonRow>
            </form>
        </Panel>
    }
    .into_any()
}

/// Asks.
pub(super) async fn ask(req: Req) -> Outcome {
    let here = req.here("/questions");
    match questions::ask(req.ctx(), &req.principal, req.workspace()?.org, &typed::answers(&req.form)).await {
        Ok(_) => {
            typed::done(&req).await?;
            Ok(Reply::to(with_query(&here, "done", "asked")))
        }
        Err(refusal) => typed::again(&req, FORM, &here, refusal).await,
    }
}
