//! The mailbox behind a phrase: where the concern stands, what the authority asks, a reply, the end.

use domain::{answers::Answers, concern::Limits, evidence::ACCEPT, retention::concern_phrase_days};
use leptos::prelude::*;
use services::{
    Refusal,
    concern::{self, Entry, Mailbox, Ticket, Voice},
    error::Problem,
    evidence::{FIELD, Rejected},
};

use super::form::{Posted, minutes, posted};
use crate::{
    components::{Side, *},
    format,
    islands::proof_of_work::ProofOfWork,
    text::{
        concern::{Texts, texts},
        fill,
    },
    web::{Outcome, Page, Req, typed::Typed},
};

/// What is said above the field of the phrase.
enum Above {
    Nothing,
    /// Nothing has this phrase.
    Unknown,
    /// Too many are looking.
    Wait(u64),
    /// An open mailbox has lapsed.
    Expired,
}

/// The field for the phrase.
pub(super) async fn page(req: Req) -> Outcome {
    ask(&req, Typed::default(), Above::Nothing, "").into()
}

/// The field for the phrase; with what was written in a mailbox that has lapsed.
fn ask(req: &Req, typed: Typed, above: Above, mark: &str) -> Page {
    let t = texts(req.lang);
    let mark = if mark.is_empty() { concern::new_form(req.ctx()) } else { mark.to_owned() };
    let (action, wrong) = (req.to("/follow-up"), typed.is_wrong());
    let status = match above {
        Above::Nothing if wrong => 422,
        Above::Nothing => 200,
        Above::Unknown | Above::Expired => 422,
        Above::Wait(_) => 429,
    };
    let page = Page::new(t.follow_title, move || {
        let said = |title: &'static str, text: String| {
            view! { <div role="alert"><Callout tone=Tone::Warn title><p>{text}</p></Callout></div> }.into_any()
        };
        let days = concern_phrase_days().to_string();
        let above = match above {
            Above::Nothing => None,
            Above::Unknown => Some(said(t.unknown_title, fill(t.unknown, &[("days", &days)]))),
            Above::Wait(seconds) => {
                Some(said(t.look_wait_title, fill(t.look_wait, &[("minutes", &minutes(t, seconds))])))
            }
            Above::Expired => Some(said(t.expired_title, t.expired.to_owned())),
        };
        let text = typed.value("text");
        let written = (!text.is_empty()).then(|| view! { <TextArea name="text" label=t.written rows=5 value=text/> });
        let (nonce, field, challenge) = (typed.value("nonce"), "nonce".to_owned(), mark.clone());
        let bits = Limits::get().work_bits;
        view! {
            <FormPage>
                <ErrorSummary errors=typed.errors()/>
                {above}
                <PageTitle title=t.follow_title lead=t.follow_lead/>
                <form class="stack" method="post" action=action novalidate=true autocomplete="off">
                    <input type="hidden" name="form" value=mark/>
                    <input type="hidden" name="nonce" id="nonce" value=nonce/>
                    <TextArea name="phrase" label=t.phrase hint=t.phrase_hint rows=3 value=typed.value("phrase") error=typed.error("phrase")/>
                    {written}
                    <ProofOfWork challenge bits field runs=String::new() done=String::new()/>
                    <ButtonRow><Button label=t.open/></ButtonRow>
                </form>
            </FormPage>
        }
    });
    page.errors(wrong).status(status).with_islands()
}

/// Opens the mailbox of the phrase that was typed.
pub(super) async fn open(req: Req) -> Outcome {
    let (mark, nonce, text) = (req.form.get("form"), req.form.get("nonce"), req.form.get("text"));
    // An open page that only looks again.
    let outcome = match req.form.get("ticket") {
        "" => concern::open(req.ctx(), req.form.get("phrase"), mark, nonce).await,
        ticket => concern::look(req.ctx(), ticket).await,
    };
    let typed = |problems: Vec<Problem>| {
        let fields = ["phrase", "text", "nonce"].into_iter().map(|field| (field, req.form.get(field)));
        Typed::new(fields.collect(), problems)
    };
    match outcome {
        Ok((ticket, mailbox)) => {
            let fields: Answers = [("text", text)].into_iter().collect();
            Ok(shown(&req, ticket, mailbox, Typed::new(fields, Vec::new()), None).into())
        }
        Err(Refusal::Invalid(problems)) => Ok(ask(&req, typed(problems), Above::Nothing, mark).into()),
        Err(Refusal::NotFound) if req.form.has("ticket") => Ok(ask(&req, typed(Vec::new()), Above::Expired, "").into()),
        Err(Refusal::NotFound) => Ok(ask(&req, typed(Vec::new()), Above::Unknown, "").into()),
        Err(Refusal::TooOften(seconds)) => Ok(ask(&req, typed(Vec::new()), Above::Wait(seconds), mark).into()),
        Err(refusal) => Err(refusal),
    }
}

/// Says something, with files or without.
pub(super) async fn reply(mut req: Req) -> Outcome {
    let t = texts(req.lang);
    let _room = concern::room(req.ctx()).await?;
    let Posted { typed, files, problems } = posted(&mut req).await?;
    let ticket = req.form.get("ticket").to_owned();
    let outcome = match problems.is_empty() {
        true => concern::add(req.ctx(), &ticket, req.form.get("text"), files).await,
        false => Err(Refusal::Invalid(problems)),
    };
    let problems = match outcome {
        Ok(rejected) => rejected.iter().map(Rejected::problem).collect(),
        Err(Refusal::Invalid(problems)) => problems,
        Err(Refusal::TooOften(seconds)) => {
            vec![Problem::new("", fill(t.look_wait, &[("minutes", &minutes(t, seconds))]))]
        }
        Err(Refusal::NotPossible(why)) => vec![Problem::new("", why)],
        Err(Refusal::NotFound) => return Ok(ask(&req, Typed::new(typed, Vec::new()), Above::Expired, "").into()),
        Err(refusal) => return Err(refusal),
    };
    let (said, fields) =
        if problems.is_empty() { (Some(t.said_banner), Answers::new()) } else { (None, typed.clone()) };
    match concern::look(req.ctx(), &ticket).await {
        Ok((ticket, mailbox)) => Ok(shown(&req, ticket, mailbox, Typed::new(fields, problems), said).into()),
        Err(Refusal::NotFound) => Ok(ask(&req, Typed::new(typed, Vec::new()), Above::Expired, "").into()),
        Err(refusal) => Err(refusal),
    }
}

/// Closes it for good.
pub(super) async fn close(req: Req) -> Outcome {
    let t = texts(req.lang);
    match concern::close(req.ctx(), req.form.get("ticket")).await {
        Ok(()) => {}
        Err(Refusal::NotFound) => return Ok(ask(&req, Typed::default(), Above::Expired, "").into()),
        Err(refusal) => return Err(refusal),
    }
    Page::new(t.closed_title, move || {
        view! { <ReadingPage><h1>{t.closed_title}</h1><p>{t.closed}</p></ReadingPage> }
    })
    .into()
}

/// The mailbox.
fn shown(req: &Req, ticket: Ticket, mailbox: Mailbox, typed: Typed, said: Option<&'static str>) -> Page {
    let t = texts(req.lang);
    let wrong = typed.is_wrong();
    let (again, reply, close) = (req.to("/follow-up"), req.to("/follow-up/reply"), req.to("/follow-up/close"));
    let page = Page::new(t.box_title, move || {
        let hidden = vec![("ticket".to_owned(), ticket.as_str().to_owned())];
        let caption = fill(
            t.box_caption,
            &[("authority", &mailbox.authority), ("day", &format::day(mailbox.sent, &mailbox.zone))],
        );
        let words = conversation(t, &mailbox, t.voice_sender);
        let form = reply_form(t, reply, &mailbox, &typed, Some(&ticket));
        let left = fill(t.time_left, &[("minutes", &Limits::get().mailbox_minutes.to_string())]);
        view! {
            <FormPage>
                <ErrorSummary errors=typed.errors()/>
                {said.map(|title| view! { <Banner tone=Tone::Ok title/> })}
                <PageTitle title=t.box_title caption/>
                {words}
                {form}
                <p class="small muted">{left}</p>
                <PostButton action=again label=t.refresh kind=ButtonKind::Secondary hidden=hidden.clone()/>
                <details class="more">
                    <summary>{t.close_title}</summary>
                    <p>{t.close_text}</p>
                    <PostButton action=close label=t.close kind=ButtonKind::Danger hidden/>
                </details>
            </FormPage>
        }
    });
    page.errors(wrong).status(if wrong { 422 } else { 200 })
}

/// Where it stands and what was said.
pub(super) fn conversation(t: &'static Texts, mailbox: &Mailbox, sender: &'static str) -> AnyView {
    let outcome = mailbox.outcome.map(|outcome| LabelField::text(t.outcome, outcome.label()));
    let facts = [Some(LabelField::text(t.stands, mailbox.state.label())), outcome].into_iter().flatten();
    let facts = facts.map(|field| (field.name, field.value)).collect::<Vec<_>>();
    let rows = facts.into_iter().map(|(name, value)| {
        view! { <div class="facts__row"><dt>{name}</dt><dd>{value}</dd></div> }
    });
    let rows = rows.collect_view();
    let question = mailbox.question.clone().map(|question| {
        view! { <Callout tone=Tone::Info title=t.question_title><p class="typed" dir="auto">{question}</p></Callout> }
    });
    let messages: Vec<_> = mailbox.thread.iter().map(|entry| message(t, entry, &mailbox.zone, sender)).collect();
    let thread = match messages.is_empty() {
        true => view! { <p class="muted">{t.thread_none}</p> }.into_any(),
        false => view! { <Thread messages labelled_by="thread"/> }.into_any(),
    };
    view! {
        <dl class="facts">{rows}</dl>
        {question}
        <section aria-labelledby="thread"><h2 id="thread">{t.thread}</h2>{thread}</section>
    }
    .into_any()
}

fn message(t: &'static Texts, entry: &Entry, zone: &str, sender: &'static str) -> ThreadMessage {
    let (side, author) = match entry.voice {
        Voice::Sender => (Side::Reporter, sender),
        Voice::Authority | Voice::Question => (Side::Authority, t.voice_authority),
    };
    let question =
        (entry.voice == Voice::Question).then(|| view! { <Tag text=t.question_mark tone=Tone::Info/> }.into_any());
    ThreadMessage {
        side,
        author: author.to_owned(),
        // Of both sides: whoever looks over the shoulder learns no time either.
        time: format::day(entry.at, zone),
        datetime: format::iso_day(entry.at, zone),
        text: entry.text.clone(),
        unread: false,
        foot: question.into(),
    }
}

/// The form under it. With a ticket for a sender, without for an association.
pub(super) fn reply_form(
    t: &'static Texts,
    action: String,
    mailbox: &Mailbox,
    typed: &Typed,
    ticket: Option<&Ticket>,
) -> AnyView {
    let title = if mailbox.question.is_some() { t.reply_answer } else { t.reply_title };
    let ticket = ticket.map(|ticket| view! { <input type="hidden" name="ticket" value=ticket.as_str().to_owned()/> });
    let hint = ticket.is_some().then(|| t.reply_hint.to_owned());
    let limits = Limits::get();
    let megabytes = (limits.bytes / (1024 * 1024)).to_string();
    let files = fill(t.files_hint, &[("count", &limits.files.to_string()), ("megabytes", &megabytes)]);
    view! {
        <section aria-labelledby="reply">
            <h2 id="reply">{title}</h2>
            <form class="stack" method="post" action=action enctype="multipart/form-data" novalidate=true autocomplete="off">
                {ticket}
                <TextArea name="text" label=t.reply hint rows=5 value=typed.value("text") error=typed.error("text")/>
                <FileField name=FIELD label=t.files hint=files error=typed.error(FIELD) accept=ACCEPT/>
                <ButtonRow><Button label=t.reply_send/></ButtonRow>
            </form>
        </section>
    }
    .into_any()
}
