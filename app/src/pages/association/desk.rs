//! The authority's side: answers of associations to sign. And what everybody may read of those answers.

use domain::{
    answers::when::long_date,
    association::{QuestionAct, QuestionState},
};
use leptos::prelude::*;
use services::{
    Refusal,
    association::questions::{self, Question},
    notice::gate::{self, Association},
};

use super::questions::{after, answered, form_name, lines, short};
use crate::{
    components::*,
    text::{
        approvals, fill,
        questions::{Texts, texts},
    },
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

/// What associations want of the authority.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, org) = (texts(req.lang), req.workspace()?.org);
    let found = questions::of_authority(req.ctx(), &req.principal, org).await?;
    let associations = gate::list(req.ctx(), &req.principal, org).await?;
    let saved = (req.query.get("done") == "gate").then(|| approvals::texts(req.lang).gate_done);
    Page::new(t.desk_title, move || {
        let (open, decided): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|one| one.state == QuestionState::Signing);
        let answers = req.here("/answers");
        let open = table(t, &answers, ("to-sign", t.to_sign), &open, t.to_sign_none);
        let decided = table(t, &answers, ("decided", t.decided), &decided, t.decided_none);
        let doors = vec![LinkRow::new(t.consultations, req.here("/consultations")).text(t.consultations_text)];
        let gate = gate_of(&req, &associations);
        view! {
            <DeskPage>
                {saved.map(|title| view! { <Banner tone=Tone::Ok title/> })}
                <PageTitle title=t.desk_title lead=t.desk_lead/>
                <section><h2 id="open">{t.to_sign}</h2>{open}</section>
                {gate}
                <section aria-labelledby="consult"><h2 id="consult">{t.consultations}</h2><LinkRows rows=doors labelled_by="consult"/></section>
                <section><h2 id="done">{t.decided}</h2>{decided}</section>
            </DeskPage>
        }
    })
    .into()
}

/// Whether notices of associations need the authority's approval.
fn gate_of(req: &Req, associations: &[Association]) -> AnyView {
    let t = approvals::texts(req.lang);
    let action = req.here("/associations/approval");
    let row = |one: &Association| {
        let (state, label, on) = match one.is_on {
            true => (t.gate_on, t.gate_end, "no"),
            false => (t.gate_off, t.gate_begin, "yes"),
        };
        let hidden = vec![("association".to_owned(), one.handle.clone()), ("on".to_owned(), on.to_owned())];
        let (name, about) = (one.name.clone(), one.name.clone());
        view! {
            <tr>
                <th scope="row"><bdi>{name}</bdi></th>
                <td>{state}</td>
                <td><PostButton action=action.clone() label about kind=ButtonKind::Secondary hidden/></td>
            </tr>
        }
    };
    let rows = associations.iter().map(row).collect_view();
    let columns = [t.association, t.state, t.gate_title].map(Column::new).to_vec();
    let table = if associations.is_empty() {
        view! { <p class="muted">{t.gate_none}</p> }.into_any()
    } else {
        view! { <DataTable id="gate" caption=t.gate_title caption_hidden=true columns>{rows}</DataTable> }.into_any()
    };
    let list = req.here("/approvals");
    view! {
        <section class="stack">
            <h2 id="gate-title">{t.gate_title}</h2>
            <p>{t.gate_lead}" "<a href=list>{t.gate_list}</a></p>
            {table}
        </section>
    }
    .into_any()
}

/// Changes whether an association's notices need approval.
pub(super) async fn require(req: Req) -> Outcome {
    let (org, on) = (req.workspace()?.org, req.form.get("on") == "yes");
    match gate::set(req.ctx(), &req.principal, org, req.form.get("association"), on).await {
        Ok(()) => Ok(Reply::to(with_query(&req.here("/associations"), "done", "gate"))),
        // Of a page that was loaded before the association left: it shows those that are there.
        Err(Refusal::Invalid(_)) => Ok(Reply::to(req.here("/associations"))),
        Err(refusal) => Err(refusal),
    }
}

fn table(
    t: &'static Texts,
    here: &str,
    (id, caption): (&'static str, &'static str),
    found: &[Question],
    none: &'static str,
) -> AnyView {
    if found.is_empty() {
        return view! { <p class="muted">{none}</p> }.into_any();
    }
    let row = |one: &Question| {
        let href = format!("{here}/{}", one.id);
        view! {
            <tr>
                <th scope="row"><a href=href dir="auto">{short(one)}</a></th>
                <td><bdi>{one.association.clone()}</bdi></td>
                <td>{one.state.label()}</td>
            </tr>
        }
    };
    let rows = found.iter().map(row).collect_view();
    let columns = vec![Column::new(t.question), Column::new(t.association), Column::new(t.state)];
    view! { <DataTable id caption caption_hidden=true columns>{rows}</DataTable> }.into_any()
}

/// One answer.
pub(super) async fn answer(req: Req) -> Outcome {
    let (t, org) = (texts(req.lang), req.workspace()?.org);
    let one = questions::view(req.ctx(), &req.principal, org, req.parsed("question")?).await?;
    let typed = Typed::open(&req, &form_name(one.id)).await?;
    let (here, back, wrong) = (req.here(&format!("/answers/{}", one.id)), req.here("/associations"), typed.is_wrong());
    let done = match req.query.get("done") {
        "signed" => Some(t.done_signed),
        "back" => Some(t.done_back),
        _ => None,
    };
    Page::new(t.question, move || {
        let on = format!("{} · {}", one.association, fill(t.asked_on, &[("day", &long_date(one.asked_on))]));
        let whole = if one.state.allows(QuestionAct::Sign) {
            forms(t, &here, &one, &typed)
        } else {
            let (title, answer) = (one.question.clone(), shown(t, &one));
            view! { <Panel title>{answer}</Panel> }.into_any()
        };
        let asked = lines(&one.asked);
        view! {
            <FormPage>
                <BackLink href=back label=t.desk_title/>
                <ErrorSummary errors=typed.errors()/>
                {done.map(|title| view! { <Banner tone=Tone::Ok title/> })}
                <PageTitle title=t.question caption=on/>
                <p><Tag text=one.state.label()/></p>
                <Panel title=t.asked_title>{asked}</Panel>
                {whole}
            </FormPage>
        }
    })
    .errors(wrong)
    .into()
}

fn shown(t: &'static Texts, one: &Question) -> AnyView {
    let text = if one.state == QuestionState::Published { answered(t, one) } else { lines(&one.answer) };
    let reason = lines(&one.reason);
    let reason = (!one.reason.is_empty()).then(|| view! { <p class="muted">{t.reason_title}":"</p>{reason} });
    view! { {text}{reason} }.into_any()
}

fn forms(t: &'static Texts, here: &str, one: &Question, typed: &Typed) -> AnyView {
    let error = |field: &str| typed.error(field);
    let (version, again) = (one.version.to_string(), one.version.to_string());
    let everybody = if one.is_public { t.sign_everybody } else { "" };
    let lead = fill(t.sign_lead, &[("everybody", everybody)]);
    let (question, answer) = (typed.value_or("question", &one.question), typed.value_or("answer", &one.answer));
    view! {
        <Panel title=t.sign_title>
            <p>{lead}</p>
            <form class="stack" method="post" action=format!("{here}/sign") novalidate=true>
                <input type="hidden" name="version" value=version/>
                <TextArea name="question" label=t.question_field rows=3 value=question error=error("question")/>
                <TextArea name="answer" label=t.answer rows=8 value=answer error=error("answer")/>
                <TextArea name="reason" label=t.sign_reason hint=t.sign_reason_hint rows=2 optional=true value=typed.value("reason") error=error("reason")/>
                <ButtonRow><Button label=t.sign/></ButtonRow>
            </form>
        </Panel>
        <Panel title=t.back_title>
            <form class="stack" method="post" action=format!("{here}/back") novalidate=true>
                <input type="hidden" name="version" value=again/>
                <TextArea name="what" label=t.back_reason rows=3 value=typed.value("what") error=error("what")/>
                <ButtonRow><Button label=t.back_act kind=ButtonKind::Secondary/></ButtonRow>
            </form>
        </Panel>
    }
    .into_any()
}

/// Signs and publishes.
pub(super) async fn sign(req: Req) -> Outcome {
    let (id, org) = (req.parsed("question")?, req.workspace()?.org);
    let seen = (id, req.posted_version());
    let outcome = questions::sign(req.ctx(), &req.principal, org, seen, &typed::answers(&req.form)).await;
    after(&req, id, req.here(&format!("/answers/{id}")), "signed", outcome).await
}

/// Sends it back.
pub(super) async fn back(req: Req) -> Outcome {
    let (id, org) = (req.parsed("question")?, req.workspace()?.org);
    let seen = (id, req.posted_version());
    let outcome = questions::send_back(req.ctx(), &req.principal, org, seen, req.form.get("what")).await;
    after(&req, id, req.here(&format!("/answers/{id}")), "back", outcome).await
}

/// What everybody may read.
pub(super) async fn public(req: Req) -> Outcome {
    let t = texts(req.lang);
    let found = questions::public(req.ctx()).await?;
    Page::new(t.public_title, move || {
        let none = found.is_empty().then(|| {
            view! { <EmptyState title=t.public_none_title><p>{t.public_none}</p></EmptyState> }
        });
        let all = found.iter().map(|one| {
            let (title, answer) = (one.question.clone(), answered(t, one));
            view! { <Panel title>{answer}</Panel> }
        });
        let all = all.collect_view();
        view! { <FormPage><PageTitle title=t.public_title lead=t.public_lead/>{none}{all}</FormPage> }
    })
    .into()
}
