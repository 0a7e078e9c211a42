//! Members' questions at the association: the list, one with the form for its answer.

use domain::{
    answers::when::long_date,
    association::{QuestionAct, QuestionState},
    ids::QuestionId,
};
use leptos::prelude::*;
use services::{
    Refusal,
    association::questions::{self, Question},
    error::Problem,
};

use crate::{
    components::*,
    format,
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

pub(super) fn form_name(id: QuestionId) -> String {
    format!("answer to {id}")
}

/// The list.
pub(super) async fn list(req: Req) -> Outcome {
    let (t, org) = (texts(req.lang), req.workspace()?.org);
    let found = questions::of_association(req.ctx(), &req.principal, org).await?;
    let here = req.here("/questions");
    Page::new(t.title, move || {
        let table = table(t, &here, &found);
        view! { <DeskPage><PageTitle title=t.title lead=t.lead/>{table}</DeskPage> }
    })
    .into()
}

/// Questions with links to their pages; `here` is where those stand.
pub(super) fn table(t: &'static Texts, here: &str, found: &[Question]) -> AnyView {
    if found.is_empty() {
        return view! { <EmptyState title=t.none_title><p>{t.none}</p></EmptyState> }.into_any();
    }
    let row = |one: &Question| {
        let (href, shown) = (format!("{here}/{}", one.id), short(one));
        view! {
            <tr>
                <th scope="row"><a href=href dir="auto">{shown}</a></th>
                <td>{long_date(one.asked_on)}</td>
                <td>{one.state.label()}</td>
            </tr>
        }
    };
    let rows = found.iter().map(row).collect_view();
    let columns = vec![Column::new(t.question), Column::new(t.day), Column::new(t.state)];
    view! { <DataTable id="questions" caption=t.caption caption_hidden=true columns>{rows}</DataTable> }.into_any()
}

/// The beginning of a question, for a link.
pub(super) fn short(one: &Question) -> String {
    let text = if one.question.is_empty() { &one.asked } else { &one.question };
    let mut short: String = text.chars().take(120).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// A text of several lines, as it was written.
pub(super) fn lines(text: &str) -> AnyView {
    let paragraphs = text.split('\n').map(str::trim).filter(|line| !line.is_empty());
    let paragraphs = paragraphs.map(|line| view! { <p dir="auto">{line.to_owned()}</p> }).collect_view();
    view! { <div class="measure">{paragraphs}</div> }.into_any()
}

/// A published answer with who signed it.
pub(crate) fn answered(t: &'static Texts, one: &Question) -> AnyView {
    let day = one.signed_at.map(|at| format::day(at, "UTC")).unwrap_or_default();
    let signed = fill(t.signed, &[("authority", one.authority.as_deref().unwrap_or_default()), ("day", &day)]);
    let by = fill(t.answered_by, &[("association", &one.association)]);
    view! {
        {lines(&one.answer)}
        <p class="muted"><bdi>{by}</bdi>". "<bdi>{signed}</bdi>"."</p>
    }
    .into_any()
}

/// One question.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, member) = (texts(req.lang), req.workspace()?.clone());
    let one = questions::view(req.ctx(), &req.principal, member.org, req.parsed("question")?).await?;
    let signers = questions::signers(req.ctx(), &member.country).await?;
    let typed = Typed::open(&req, &form_name(one.id)).await?;
    let (here, back, wrong) = (req.here(&format!("/questions/{}", one.id)), req.here("/questions"), typed.is_wrong());
    let done = match req.query.get("done") {
        "sent" => Some(t.done_sent),
        "declined" => Some(t.done_declined),
        _ => None,
    };
    Page::new(t.question, move || {
        let asked = lines(&one.asked);
        let on = fill(t.asked_on, &[("day", &long_date(one.asked_on))]);
        let (reason, below) = (reason(t, &one), below(t, &here, &one, &signers, &typed));
        view! {
            <FormPage>
                <BackLink href=back label=t.back/>
                <ErrorSummary errors=typed.errors()/>
                {done.map(|title| view! { <Banner tone=Tone::Ok title/> })}
                <PageTitle title=t.question caption=on/>
                <p><Tag text=one.state.label()/></p>
                <Panel title=t.asked_title>{asked}</Panel>
                {reason}
                {below}
            </FormPage>
        }
    })
    .errors(wrong)
    .into()
}

fn reason(t: &'static Texts, one: &Question) -> Option<AnyView> {
    let title = if one.state == QuestionState::Declined { t.declined_title } else { t.reason_title };
    let text = lines(&one.reason);
    (!one.reason.is_empty()).then(|| view! { <Callout tone=Tone::Warn title>{text}</Callout> }.into_any())
}

fn below(
    t: &'static Texts,
    here: &str,
    one: &Question,
    signers: &[(String, String)],
    typed: &Typed,
) -> Option<AnyView> {
    match one.state {
        QuestionState::Published => {
            let (title, answer) = (one.question.clone(), answered(t, one));
            Some(view! { <Panel title>{answer}</Panel> }.into_any())
        }
        QuestionState::Signing => {
            let authority = one.authority.as_deref().unwrap_or_default();
            let (title, answer) = (one.question.clone(), lines(&one.answer));
            let waits = fill(t.waits, &[("authority", authority)]);
            Some(view! { <Panel title>{answer}<p class="muted">{waits}</p></Panel> }.into_any())
        }
        _ if one.state.allows(QuestionAct::Draft) => Some(forms(t, here, one, signers, typed)),
        _ => None,
    }
}

fn forms(t: &'static Texts, here: &str, one: &Question, signers: &[(String, String)], typed: &Typed) -> AnyView {
    let error = |field: &str| typed.error(field);
    let (version, again) = (one.version.to_string(), one.version.to_string());
    let before = if one.question.is_empty() { &one.asked } else { &one.question };
    let (question, answer) = (typed.value_or("question", before), typed.value_or("answer", &one.answer));
    let first = signers.first().map(|(handle, _)| handle.as_str()).unwrap_or_default();
    let authority = typed.value_or("authority", first);
    let options = signers.iter().map(|(handle, name)| SelectOption::new(handle.clone(), name.clone())).collect();
    let checked = typed.chose("public", "yes") || one.is_public && !typed.fields().seen("question");
    view! {
        <Panel title=t.draft_title>
            <p>{t.draft_lead}</p>
            <form class="stack" method="post" action=format!("{here}/draft") novalidate=true>
                <input type="hidden" name="version" value=version/>
                <TextArea name="question" label=t.question_field hint=t.question_hint rows=3 value=question error=error("question")/>
                <TextArea name="answer" label=t.answer hint=t.answer_hint rows=8 value=answer error=error("answer")/>
                <SelectField name="authority" label=t.authority options value=authority error=error("authority") width=Width::Long/>
                <Checkbox name="public" label=t.public checked/>
                <ButtonRow><Button label=t.send/></ButtonRow>
            </form>
        </Panel>
        <Panel title=t.decline_title>
            <form class="stack" method="post" action=format!("{here}/decline") novalidate=true>
                <input type="hidden" name="version" value=again/>
                <TextArea name="reason" label=t.decline_reason hint=t.decline_hint rows=3 value=typed.value("reason") error=error("reason")/>
                <ButtonRow><Button label=t.decline kind=ButtonKind::Secondary/></ButtonRow>
            </form>
        </Panel>
    }
    .into_any()
}

/// To the page after an act, or back to its form with what is wrong.
pub(super) async fn after(
    req: &Req,
    id: QuestionId,
    here: String,
    done: &str,
    outcome: Result<(), Refusal>,
) -> Outcome {
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

/// Sends the draft to the authority.
pub(super) async fn draft(req: Req) -> Outcome {
    let (id, org) = (req.parsed("question")?, req.workspace()?.org);
    let seen = (id, req.posted_version());
    let outcome = questions::draft(req.ctx(), &req.principal, org, seen, &typed::answers(&req.form)).await;
    after(&req, id, req.here(&format!("/questions/{id}")), "sent", outcome).await
}

/// Leaves the question without an answer.
pub(super) async fn decline(req: Req) -> Outcome {
    let (id, org) = (req.parsed("question")?, req.workspace()?.org);
    let seen = (id, req.posted_version());
    let outcome = questions::decline(req.ctx(), &req.principal, org, seen, req.form.get("reason")).await;
    after(&req, id, req.here(&format!("/questions/{id}")), "declined", outcome).await
}
