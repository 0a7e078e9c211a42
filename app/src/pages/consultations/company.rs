//! The pages of a company that is asked: the drafts put before it, its position.

use domain::{
    access::Action,
    answers::when::long_date,
    association::{ConsultationState, Position},
    ids::ConsultationId,
};
use leptos::prelude::*;
use services::association::consultations::{self, Consultation, Opinion};

use super::{
    own::{response, whole_draft},
    status,
};
use crate::{
    components::*,
    text::{
        consultations::{Texts, texts},
        fill,
    },
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

fn form_name(id: ConsultationId) -> String {
    format!("position {id}")
}

/// The drafts.
pub(super) async fn list(req: Req) -> Outcome {
    let t = texts(req.lang);
    let found = consultations::for_company(req.ctx(), &req.principal, req.workspace()?.org).await?;
    Page::new(t.title, move || {
        let here = req.here("/consultations");
        let table = table(t, &here, &found);
        view! { <DeskPage><PageTitle title=t.title lead=t.own_lead/>{table}</DeskPage> }
    })
    .into()
}

fn table(t: &'static Texts, here: &str, found: &[Consultation]) -> AnyView {
    if found.is_empty() {
        return view! { <EmptyState title=t.own_none_title><p>{t.own_none}</p></EmptyState> }.into_any();
    }
    let row = |one: &Consultation| {
        let href = format!("{here}/{}", one.id);
        view! {
            <tr>
                <th scope="row"><a href=href dir="auto">{one.title.clone()}</a></th>
                <td><bdi>{one.owner.clone()}</bdi></td>
                <td>{status(one.state)}</td>
                <td>{long_date(one.until)}</td>
            </tr>
        }
    };
    let rows = found.iter().map(row).collect_view();
    let columns = [t.about, t.owner, t.state, t.until].map(Column::new).to_vec();
    view! { <DataTable id="consultations" caption=t.caption caption_hidden=true columns>{rows}</DataTable> }.into_any()
}

/// One draft with the company's position.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, member) = (texts(req.lang), req.workspace()?.clone());
    let (one, own) = consultations::shown(req.ctx(), &req.principal, member.org, req.parsed("asked")?).await?;
    let may = Action::TakePartInAssociations.allows(member.role);
    let typed = Typed::open(&req, &form_name(one.id)).await?;
    let (here, wrong) = (req.here(&format!("/consultations/{}", one.id)), typed.is_wrong());
    let done = (req.query.get("done") == "taken").then_some(t.done_taken);
    Page::new(one.title.clone(), move || {
        let back = req.here("/consultations");
        let caption = format!("{} · {}: {}", one.owner, t.until, long_date(one.until));
        let answer = match one.state {
            ConsultationState::Open if may => Some(form(t, &here, &one, own.as_ref(), &typed)),
            ConsultationState::Open => Some(view! { <p class="muted">{t.only_writers}</p> }.into_any()),
            _ => None,
        };
        view! {
            <FormPage>
                <BackLink href=back label=t.back/>
                <ErrorSummary errors=typed.errors()/>
                {done.map(|title| view! { <Banner tone=Tone::Ok title/> })}
                <PageTitle title=one.title.clone() caption/>
                <p>{status(one.state)}</p>
                {response(t, &one)}
                {whole_draft(t, &one)}
                {answer}
            </FormPage>
        }
    })
    .errors(wrong)
    .into()
}

fn form(t: &'static Texts, here: &str, one: &Consultation, own: Option<&Opinion>, typed: &Typed) -> AnyView {
    let seen = typed.fields().seen("comment");
    let before = own.filter(|_| !seen);
    let chosen = |position: &Position| {
        typed.chose("position", position.code()) || before.is_some_and(|own| own.position == *position)
    };
    let options = Position::ALL.iter().map(|one| Choice::new(one.code(), one.label()).checked(chosen(one))).collect();
    let comment = typed.value_or("comment", before.map_or("", |own| &own.comment));
    let answers = one.questions.iter().enumerate().map(|(place, question)| {
        let name = format!("answer.{}", place + 1);
        let kept = before.and_then(|own| own.answers.get(place)).map_or("", String::as_str);
        let (value, error) = (typed.value_or(&name, kept), typed.error(&name));
        view! { <TextArea name label=question.clone() rows=3 optional=true value error/> }
    });
    let answers = answers.collect_view();
    let checked = typed.chose("named", "yes") || before.is_some_and(|own| own.is_named);
    let already = own.map(|own| {
        let text = fill(t.answered, &[("position", own.position.label()), ("day", &long_date(one.until))]);
        view! { <p>{text}</p> }
    });
    view! {
        <Panel title=t.answer_title>
            {already}
            <form class="stack" method="post" action=here.to_owned() novalidate=true>
                <Choices name="position" legend=t.position options error=typed.error("position")/>
                {answers}
                <TextArea name="comment" label=t.comment hint=t.comment_hint rows=4 optional=true value=comment error=typed.error("comment")/>
                <Checkbox name="named" label=t.named hint=t.named_hint checked/>
                <ButtonRow><Button label=t.take/></ButtonRow>
            </form>
        </Panel>
    }
    .into_any()
}

/// Takes the company's position.
pub(super) async fn take(req: Req) -> Outcome {
    let (id, org) = (req.parsed("asked")?, req.workspace()?.org);
    let here = req.here(&format!("/consultations/{id}"));
    match consultations::take(req.ctx(), &req.principal, org, id, &typed::answers(&req.form)).await {
        Ok(()) => {
            typed::done(&req).await?;
            Ok(Reply::to(with_query(&here, "done", "taken")))
        }
        Err(refusal) => typed::again(&req, &form_name(id), &here, refusal).await,
    }
}
