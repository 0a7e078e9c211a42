//! An authority's approval of associations' notices: what waits, one of them, the decision. And what the association sees of it.

use domain::notice::{Approval, NoticeRef, State};
use leptos::prelude::*;
use services::{
    Refusal,
    error::Problem,
    notice::{
        Work,
        approval::{self, Asked, Look},
    },
};

use super::{acts::CONFIRM, preview, shown};
use crate::{
    components::*,
    format,
    text::{
        approvals::{Texts, texts},
        fill, notices,
    },
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

fn form_name(reference: &NoticeRef) -> String {
    format!("approval of {reference}")
}

/// What waits for the authority, and what it has decided.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, member) = (texts(req.lang), req.workspace()?.clone());
    let (waiting, decided) = approval::list(req.ctx(), &req.principal, member.org).await?;
    Page::new(t.title, move || {
        let (base, zone) = (req.here("/approvals"), format::zone_of(&member.country));
        let waiting = table(t, &base, zone, ("waiting", t.waiting), &waiting, t.waiting_none);
        let decided = table(t, &base, zone, ("decided", t.decided), &decided, t.decided_none);
        let notices = req.here("/notices");
        view! {
            <DeskPage>
                <BackLink href=notices label=notices::texts(req.lang).title/>
                <PageTitle title=t.title lead=t.lead/>
                <section><h2 id="to-approve">{t.waiting}</h2>{waiting}</section>
                <section><h2 id="was-decided">{t.decided}</h2>{decided}</section>
            </DeskPage>
        }
    })
    .into()
}

fn table(
    t: &'static Texts,
    base: &str,
    zone: &str,
    (id, caption): (&'static str, &'static str),
    found: &[Asked],
    none: &'static str,
) -> AnyView {
    if found.is_empty() {
        return view! { <p class="muted">{none}</p> }.into_any();
    }
    let row = |one: &Asked| {
        let (href, title, number) =
            (format!("{base}/{}", one.reference), one.headline.clone(), one.reference.to_string());
        let (association, asked) = (one.association.clone(), format::moment(one.at, zone));
        view! {
            <tr>
                <th scope="row"><a href=href><bdi>{title}</bdi></a><br/><span class="small muted" dir="ltr">{number}</span></th>
                <td><bdi>{association}</bdi></td>
                <td><Moment text=asked datetime=format::machine(one.at)/></td>
                <td>{one.state.label()}</td>
            </tr>
        }
    };
    let rows = found.iter().map(row).collect_view();
    let columns = [t.notice, t.association, t.asked, t.state].map(Column::new).to_vec();
    view! { <DataTable id caption caption_hidden=true columns>{rows}</DataTable> }.into_any()
}

/// One notice, to decide.
pub(super) async fn one(req: Req) -> Outcome {
    let (t, org) = (texts(req.lang), req.workspace()?.org);
    let reference: NoticeRef = req.parsed("notice")?;
    let found = approval::look(req.ctx(), &req.principal, org, &reference).await?;
    let typed = Typed::open(&req, &form_name(&reference)).await?;
    let wrong = typed.is_wrong();
    let done = match req.query.get("done") {
        "approved" => Some(t.done_approved),
        "back" => Some(t.done_back),
        _ => None,
    };
    Page::new(found.asked.headline.clone(), move || {
        let (list, here) = (req.here("/approvals"), req.here(&format!("/approvals/{reference}")));
        let caption = format!("{reference} · {}", found.asked.association);
        let (head, forms) = (head(t, &found), forms(&req, t, &here, &found, &typed));
        let text = found.content.as_ref().map(|content| {
            let links = shown::Links {
                substances: req.to("/substances/"),
                files: format!("{here}/files/"),
                event: None,
            };
            let texts = preview::articles(notices::texts(req.lang), content, &links);
            let groups = found.changes.clone();
            let compared = (found.revision > 0).then(|| view! { <h2>{notices::texts(req.lang).changes}</h2><ChangeList groups/> });
            view! { {compared}<section class="stack" aria-labelledby="text"><h2 id="text">{t.text}</h2>{texts}</section> }
        });
        view! {
            <FormPage>
                <BackLink href=list label=t.title/>
                <ErrorSummary errors=typed.errors()/>
                {done.map(|title| view! { <Banner tone=Tone::Ok title/> })}
                <PageTitle title=found.asked.headline.clone() caption/>
                {head}
                {text}
                {forms}
            </FormPage>
        }
    })
    .errors(wrong)
    .into()
}

fn head(t: &'static Texts, found: &Look) -> AnyView {
    let asked = &found.asked;
    let at = format::moment(asked.at, &found.zone);
    let line = fill(t.asked_by, &[("association", &asked.association), ("at", &at)]);
    let when = found.content.is_some().then(|| match found.publish_at {
        Some(at) => fill(t.publish_at, &[("at", &format::moment(at, &found.zone))]),
        None => t.publish_once.to_owned(),
    });
    let over = found.content.is_none().then(|| view! { <p>{t.over}</p> });
    let reason = (!asked.reason.is_empty()).then(|| {
        let reason = asked.reason.clone();
        view! { <p>{t.reason}": "<bdi class="typed">{reason}</bdi></p> }
    });
    let note = (!found.note.is_empty()).then(|| {
        let note = found.note.clone();
        view! { <p><bdi class="typed">{note}</bdi></p> }
    });
    view! { <p><Tag text=asked.state.label()/></p><p>{line}" "{when}</p>{note}{reason}{over} }.into_any()
}

fn forms(req: &Req, t: &'static Texts, here: &str, found: &Look, typed: &Typed) -> Option<AnyView> {
    found.content.as_ref()?;
    if !found.may_decide {
        return Some(view! { <p>{t.own_hand}</p> }.into_any());
    }
    let (version, again) = (found.version.to_string(), found.version.to_string());
    let warned = (!found.warnings.is_empty()).then(|| {
        let lines = found.warnings.iter().map(|one| view! { <li><bdi>{one.clone()}</bdi></li> }).collect_view();
        view! { <Callout tone=Tone::Danger title=t.warnings_title><p>{t.warnings_text}</p><ul>{lines}</ul></Callout> }
    });
    let confirm = (!found.warnings.is_empty()).then(|| {
        view! { <Checkbox name=CONFIRM label=notices::texts(req.lang).confirm error=typed.error(CONFIRM)/> }
    });
    let view = view! {
        {warned}
        <form class="stack act-form" method="post" action=format!("{here}/approve") novalidate=true>
            <input type="hidden" name="version" value=version/>
            {confirm}
            <ButtonRow><Button label=t.approve/></ButtonRow>
        </form>
        <form class="stack act-form" method="post" action=format!("{here}/back") novalidate=true>
            <input type="hidden" name="version" value=again/>
            <TextArea name="why" label=t.back_why hint=t.back_hint rows=4 value=typed.value("why") error=typed.error("why")/>
            <ButtonRow><Button label=t.back kind=ButtonKind::Secondary/></ButtonRow>
        </form>
    };
    Some(view.into_any())
}

async fn after(req: &Req, reference: &NoticeRef, outcome: Result<(), Refusal>, done: &str) -> Outcome {
    let here = req.here(&format!("/approvals/{reference}"));
    let refusal = match outcome {
        Ok(()) => {
            typed::done(req).await?;
            return Ok(Reply::to(with_query(&here, "done", done)));
        }
        Err(Refusal::Stale) => Refusal::Invalid(vec![Problem::new("", texts(req.lang).stale)]),
        Err(refusal) => refusal,
    };
    typed::again(req, &form_name(reference), &here, refusal).await
}

/// Approves it.
pub(super) async fn approve(req: Req) -> Outcome {
    let (reference, org) = (req.parsed("notice")?, req.workspace()?.org);
    let seen = (&reference, req.posted_version());
    let outcome = approval::approve(req.ctx(), &req.principal, org, seen, req.form.get(CONFIRM) == "yes").await;
    after(&req, &reference, outcome, "approved").await
}

/// Sends it back to its association.
pub(super) async fn back(req: Req) -> Outcome {
    let (reference, org) = (req.parsed("notice")?, req.workspace()?.org);
    let seen = (&reference, req.posted_version());
    let outcome = approval::send_back(req.ctx(), &req.principal, org, seen, req.form.get("why")).await;
    after(&req, &reference, outcome, "back").await
}

/// A file of a notice that is to be approved.
pub(super) async fn file(req: Req) -> Outcome {
    let (reference, org) = (req.parsed("notice")?, req.workspace()?.org);
    let file = approval::open_file(req.ctx(), &req.principal, org, (&reference, req.parsed("file")?)).await?;
    Ok(Reply::Stored(Box::new(file)))
}

/// Where a notice stands with the authority, for its association.
pub(super) fn stand(t: &'static Texts, found: &Work) -> Option<AnyView> {
    let zone = &found.zone;
    let at = |at| format::moment(at, zone);
    let last = found.stand.last.as_ref();
    match (found.state, &found.stand.missing, last) {
        (State::Approval, Some(_), Some(asked)) => {
            let text = fill(t.waits, &[("authority", &asked.authority), ("at", &at(asked.at))]);
            let until = found.scheduled.as_ref().map(|(when, _)| fill(t.waits_until, &[("at", &at(*when))]));
            Some(callout(Tone::Info, t.waits_title, format!("{text} {}", until.unwrap_or_default())))
        }
        (State::Approval, ..) => Some(callout(Tone::Info, t.waits_title, t.lifted.to_owned())),
        (State::Scheduled, Some(authority), _) => {
            Some(callout(Tone::Warn, t.unapproved_title, fill(t.unapproved, &[("authority", authority)])))
        }
        (State::Scheduled, None, Some(asked)) if asked.state == Approval::Approved => {
            let decided = asked.decided.map(at).unwrap_or_default();
            let text = fill(t.approved, &[("authority", &asked.authority), ("at", &decided)]);
            Some(callout(Tone::Ok, t.approved_title, text))
        }
        (State::Draft | State::Review, Some(authority), _) => {
            Some(callout(Tone::Info, t.needed_title, fill(t.needed, &[("authority", authority)])))
        }
        _ => None,
    }
}

fn callout(tone: Tone, title: &'static str, text: String) -> AnyView {
    view! { <Callout tone title><p>{text}</p></Callout> }.into_any()
}

/// By whom a notice was sent back, if it was the authority.
pub(super) fn sent_back_by(t: &'static Texts, found: &Work) -> Option<String> {
    let last = found.stand.last.as_ref().filter(|last| last.state == Approval::Returned)?;
    (last.reason == found.sent_back).then(|| fill(t.sent_back, &[("authority", &last.authority)]))
}
