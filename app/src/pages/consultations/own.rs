//! The owner's pages: all consultations, one with its draft, what was answered, the response.

use domain::{
    answers::when::long_date,
    association::{ConsultationState, Position},
    ids::ConsultationId,
    organisation::OrgKind,
};
use leptos::prelude::*;
use services::{
    Refusal,
    association::consultations::{self, Consultation, Opinion},
    error::Problem,
};

use super::{prose, status};
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

const NEW: &str = "consultation";

fn form_name(id: ConsultationId) -> String {
    format!("consultation {id}")
}

/// All of them, and the form for a new one.
pub(super) async fn list(req: Req) -> Outcome {
    let (t, member) = (texts(req.lang), req.workspace()?.clone());
    let found = consultations::list(req.ctx(), &req.principal, member.org).await?;
    let typed = Typed::open(&req, NEW).await?;
    let (here, wrong) = (req.here("/consultations"), typed.is_wrong());
    let lead = if member.kind == OrgKind::Association { t.lead_association } else { t.lead_authority };
    Page::new(t.title, move || {
        let (table, form) = (table(t, &here, &found), form(t, &here, &typed, None));
        view! {
            <FormPage>
                <ErrorSummary errors=typed.errors()/>
                <PageTitle title=t.title lead/>
                {table}
                <Panel title=t.new_title>{form}</Panel>
            </FormPage>
        }
    })
    .errors(wrong)
    .into()
}

fn table(t: &'static Texts, here: &str, found: &[Consultation]) -> AnyView {
    if found.is_empty() {
        return view! { <EmptyState title=t.none_title><p>{t.none}</p></EmptyState> }.into_any();
    }
    let row = |one: &Consultation| {
        let href = format!("{here}/{}", one.id);
        view! {
            <tr>
                <th scope="row"><a href=href dir="auto">{one.title.clone()}</a></th>
                <td>{status(one.state)}</td>
                <td>{long_date(one.until)}</td>
            </tr>
        }
    };
    let rows = found.iter().map(row).collect_view();
    let columns = vec![Column::new(t.about), Column::new(t.state), Column::new(t.until)];
    view! { <DataTable id="consultations" caption=t.caption caption_hidden=true columns>{rows}</DataTable> }.into_any()
}

/// The form of a new draft, or of one that is not open yet.
fn form(t: &'static Texts, action: &str, typed: &Typed, one: Option<&Consultation>) -> AnyView {
    let error = |field: &str| typed.error(field);
    let before = |of: fn(&Consultation) -> String| one.map(of).unwrap_or_default();
    let title = typed.value_or("title", &before(|one| one.title.clone()));
    let body = typed.value_or("body", &before(|one| one.body.clone()));
    let questions = typed.value_or("questions", &before(|one| one.questions.join("\n")));
    let until = typed.value_or("until", &before(|one| long_date(one.until)));
    let version = one.map(|one| view! { <input type="hidden" name="version" value=one.version.to_string()/> });
    view! {
        <form class="stack" method="post" action=action.to_owned() novalidate=true>
            {version}
            <TextField name="title" label=t.name value=title error=error("title") width=Width::Long autocomplete="off"/>
            <TextArea name="body" label=t.body hint=t.body_hint rows=12 value=body error=error("body")/>
            <TextArea name="questions" label=t.questions hint=t.questions_hint rows=4 optional=true value=questions error=error("questions")/>
            <DateField name="until" label=t.until hint=t.until_hint value=until error=error("until")/>
            <ButtonRow><Button label=t.save/></ButtonRow>
        </form>
    }
    .into_any()
}

/// One of them.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, org) = (texts(req.lang), req.workspace()?.org);
    let (one, opinions) = consultations::view(req.ctx(), &req.principal, org, req.parsed("consultation")?).await?;
    let typed = Typed::open(&req, &form_name(one.id)).await?;
    let (here, wrong) = (req.here(&format!("/consultations/{}", one.id)), typed.is_wrong());
    let done = match req.query.get("done") {
        "saved" => Some(t.done_saved),
        "opened" => Some(t.done_opened),
        "closed" => Some(t.done_closed),
        _ => None,
    };
    Page::new(one.title.clone(), move || {
        let back = req.here("/consultations");
        let caption = format!("{}: {}", t.until, long_date(one.until));
        let parts = match one.state {
            ConsultationState::Draft => draft(t, &here, &one, &typed),
            _ => running(t, &here, &one, &opinions, &typed),
        };
        view! {
            <FormPage>
                <BackLink href=back label=t.back/>
                <ErrorSummary errors=typed.errors()/>
                {done.map(|title| view! { <Banner tone=Tone::Ok title/> })}
                <PageTitle title=one.title.clone() caption/>
                <p>{status(one.state)}</p>
                {parts}
            </FormPage>
        }
    })
    .errors(wrong)
    .into()
}

fn draft(t: &'static Texts, here: &str, one: &Consultation, typed: &Typed) -> AnyView {
    let (body, form) = (whole_draft(t, one), form(t, here, typed, Some(one)));
    let (action, hidden) = (format!("{here}/open"), vec![("version".to_owned(), one.version.to_string())]);
    view! {
        {body}
        <Panel title=t.open><p>{t.open_lead}</p><PostButton action label=t.open hidden/></Panel>
        <Panel title=t.change_title>{form}</Panel>
    }
    .into_any()
}

/// The draft and its questions, as those who are asked read them.
pub(super) fn whole_draft(t: &'static Texts, one: &Consultation) -> AnyView {
    let items = one.questions.iter().map(|question| view! { <li dir="auto">{question.clone()}</li> }).collect_view();
    let questions =
        (!one.questions.is_empty()).then(|| view! { <h3>{t.questions}</h3><ol class="points">{items}</ol> });
    view! { <Panel title=t.draft_title>{prose(&one.body)}{questions}</Panel> }.into_any()
}

/// The response, once there is one.
pub(super) fn response(t: &'static Texts, one: &Consultation) -> Option<AnyView> {
    let title = fill(t.response_title, &[("owner", &one.owner)]);
    (one.state == ConsultationState::Closed).then(|| view! { <Panel title>{prose(&one.response)}</Panel> }.into_any())
}

fn running(t: &'static Texts, here: &str, one: &Consultation, opinions: &[Opinion], typed: &Typed) -> AnyView {
    let close = (one.state != ConsultationState::Closed).then(|| {
        view! {
            <Panel title=t.close_title>
                <p>{t.close_lead}</p>
                <form class="stack" method="post" action=format!("{here}/close") novalidate=true>
                    <input type="hidden" name="version" value=one.version.to_string()/>
                    <TextArea name="response" label=t.response hint=t.response_hint rows=8 value=typed.value("response") error=typed.error("response")/>
                    <ButtonRow><Button label=t.close/></ButtonRow>
                </form>
            </Panel>
        }
    });
    view! {
        {response(t, one)}
        <Panel title=t.positions_title>{positions(t, one, opinions)}</Panel>
        {close}
        {whole_draft(t, one)}
    }
    .into_any()
}

fn positions(t: &'static Texts, one: &Consultation, opinions: &[Opinion]) -> AnyView {
    if opinions.is_empty() {
        return view! { <p class="muted">{t.positions_none}</p> }.into_any();
    }
    let count = |position: &Position| {
        let n = opinions.iter().filter(|opinion| opinion.position == *position).count();
        view! { <tr><th scope="row">{position.label()}</th><td class="num">{n.to_string()}</td></tr> }
    };
    let counts = Position::ALL.iter().map(count).collect_view();
    let rows = opinions.iter().map(|opinion| opinion_row(t, one, opinion)).collect_view();
    let heads = vec![Column::new(t.position), Column::numeric(t.companies)];
    let columns = vec![Column::new(t.company), Column::new(t.position), Column::new(t.comment)];
    view! {
        <DataTable id="positions" caption=t.positions_title caption_hidden=true columns=heads>{counts}</DataTable>
        <DataTable id="opinions" caption=t.opinions_caption columns>{rows}</DataTable>
    }
    .into_any()
}

fn opinion_row(t: &'static Texts, one: &Consultation, opinion: &Opinion) -> AnyView {
    let company = if opinion.company.is_empty() { t.unnamed.to_owned() } else { opinion.company.clone() };
    let answers = one.questions.iter().zip(&opinion.answers).filter(|(_, answer)| !answer.is_empty());
    let answers = answers.map(|(question, answer)| {
        view! { <p dir="auto"><span class="muted">{question.clone()}</span><br/>{answer.clone()}</p> }
    });
    let answers = answers.collect_view();
    let comment = if opinion.comment.is_empty() {
        view! { <span class="muted">{t.no_comment}</span> }.into_any()
    } else {
        view! { <p dir="auto">{opinion.comment.clone()}</p> }.into_any()
    };
    view! {
        <tr>
            <th scope="row"><bdi>{company}</bdi></th>
            <td>{opinion.position.label()}</td>
            <td>{comment}{answers}</td>
        </tr>
    }
    .into_any()
}

/// Begins one.
pub(super) async fn create(req: Req) -> Outcome {
    let here = req.here("/consultations");
    match consultations::create(req.ctx(), &req.principal, req.workspace()?.org, &typed::answers(&req.form)).await {
        Ok(id) => {
            typed::done(&req).await?;
            Ok(Reply::to(with_query(&format!("{here}/{id}"), "done", "saved")))
        }
        Err(refusal) => typed::again(&req, NEW, &here, refusal).await,
    }
}

async fn after(req: &Req, id: ConsultationId, done: &str, outcome: Result<(), Refusal>) -> Outcome {
    let here = req.here(&format!("/consultations/{id}"));
    let refusal = match outcome {
        Ok(()) => {
            typed::done(req).await?;
            return Ok(Reply::to(with_query(&here, "done", done)));
        }
        Err(Refusal::Stale) => Refusal::Invalid(vec![Problem::new("", texts(req.lang).stale)]),
        Err(refusal) => refusal,
    };
    typed::again(req, &form_name(id), &here, refusal).await
}

/// Changes a draft that is not open yet.
pub(super) async fn change(req: Req) -> Outcome {
    let (id, org) = (req.parsed("consultation")?, req.workspace()?.org);
    let seen = (id, req.posted_version());
    let outcome = consultations::change(req.ctx(), &req.principal, org, seen, &typed::answers(&req.form)).await;
    after(&req, id, "saved", outcome).await
}

/// Opens it.
pub(super) async fn open(req: Req) -> Outcome {
    let (id, org) = (req.parsed("consultation")?, req.workspace()?.org);
    let outcome = consultations::open(req.ctx(), &req.principal, org, (id, req.posted_version())).await;
    after(&req, id, "opened", outcome).await
}

/// Closes it with a response.
pub(super) async fn close(req: Req) -> Outcome {
    let (id, org) = (req.parsed("consultation")?, req.workspace()?.org);
    let seen = (id, req.posted_version());
    let outcome = consultations::close(req.ctx(), &req.principal, org, seen, &typed::answers(&req.form)).await;
    after(&req, id, "closed", outcome).await
}
