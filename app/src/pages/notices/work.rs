//! One notice for those who work on it: where it stands, what is different, what to read before it goes out, the acts.

use domain::notice::State;
use leptos::prelude::*;
use services::{
    Refusal,
    notice::{self, Went, Work},
};

use super::{
    At,
    acts::{CONFIRM, CONFIRM_LATER, acts},
    adapted, approvals, own, preview, reach, shown,
};
use crate::{
    components::*,
    format,
    text::{approvals as words, fill, notices::Texts},
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

fn form_name(at: &At) -> String {
    format!("work on {}", at.notice)
}

pub(super) async fn page(req: Req) -> Outcome {
    let at = At::of(&req)?;
    let found = notice::work(req.ctx(), &req.principal, at.own()).await?;
    let typed = Typed::open(&req, &form_name(&at)).await?;
    let (t, wrong) = (at.t, typed.is_wrong());
    let done = match req.query.get("done") {
        "submitted" => Some(t.done_submitted),
        "published" => Some(t.done_published),
        "scheduled" => Some(t.done_scheduled),
        "sent-back" => Some(t.done_sent_back),
        "withdrawn" => Some(t.done_withdrawn),
        "passed-on" => Some(words::texts(req.lang).done_passed_on),
        "looked" => Some(words::texts(req.lang).done_looked),
        _ => None,
    };
    let counted = match found.state {
        State::Draft | State::Review | State::Approval | State::Scheduled => {
            Some(notice::reach(req.ctx(), &req.principal, at.org, &found.content).await?)
        }
        State::Published | State::Withdrawn => None,
    };
    let title = found.content.texts.first().map(|text| text.title.clone()).filter(|title| !title.is_empty());
    let title = title.unwrap_or_else(|| t.untitled.to_owned());
    Page::new(title.clone(), move || {
        let list = req.here("/notices");
        let done = done.map(|title| view! { <Banner tone=Tone::Ok title/> });
        let about = words::texts(req.lang);
        let (head, told) = (head(&req, &at, &found, title), told(t, about, &found));
        let (stand, origin) = (approvals::stand(about, &found), adapted::origin(&req, &at, &found));
        let acts = acts(&at, about, &found, &typed);
        let reach = counted.map(|counted| reach::panel(t, &counted, false));
        let (changes, text, history) = (changes(t, &found), text(&req, &at, &found), history(t, &found));
        view! {
            <DeskPage>
                <BackLink href=list label=t.title/>
                <ErrorSummary errors=typed.errors()/>
                {done}
                {head}
                {origin}
                {told}
                {stand}
                {acts}
                <div class="case">
                    <div class="case__column">{changes}{history}</div>
                    <div class="case__column">{reach}{text}</div>
                </div>
            </DeskPage>
        }
    })
    .errors(wrong)
    .into()
}

fn head(req: &Req, at: &At, found: &Work, title: String) -> AnyView {
    let caption = format!("{} · {}", found.reference, found.content.kind.label());
    let standing = (found.revision > 0).then(|| shown::standing(found.standing)).flatten();
    let open = (found.revision > 0).then(|| {
        let href = req.to(&format!("/notices/{}", at.notice));
        view! { <a href=href>{at.t.see_public}</a> }
    });
    let acknowledged = found.asks.then(|| {
        let href = at.to("/acknowledgements");
        view! { <a href=href>{at.t.acks_link}</a> }
    });
    let tags = (own::state(found.state), shown::severity(found.content.severity));
    let author = found.author.clone();
    view! {
        <PageTitle title caption/>
        <p class="part__acts">{tags.0}{tags.1}{standing}<span class="muted">{at.t.by}" "<bdi>{author}</bdi></span>{open}{acknowledged}</p>
    }
    .into_any()
}

/// What one must know first.
fn told(t: &'static Texts, about: &'static words::Texts, found: &Work) -> AnyView {
    let zone = found.zone.as_str();
    let callout = |tone: Tone, title: &str, text: String| {
        let title = title.to_owned();
        view! { <Callout tone=tone title=title><p class="typed">{text}</p></Callout> }.into_any()
    };
    let withdrawn = found.withdrawn.as_ref().map(|(at, why)| {
        let text = fill(t.withdrawn_text, &[("at", &format::moment(*at, zone))]);
        callout(Tone::Danger, t.withdrawn, format!("{text}\n{why}"))
    });
    let sent_back = (!found.sent_back.is_empty() && found.state == State::Draft).then(|| {
        let by = approvals::sent_back_by(about, found);
        callout(Tone::Warn, by.as_deref().unwrap_or(t.sent_back_title), found.sent_back.clone())
    });
    let waits = found.asked.filter(|_| found.state == State::Review).map(|at| {
        let text = fill(t.review_text, &[("author", &found.author), ("at", &format::moment(at, zone))]);
        let more = match (found.is_writer, found.second_persons) {
            (_, 0) => t.review_nobody,
            (true, _) => t.review_writer,
            (false, _) => "",
        };
        callout(Tone::Info, t.review_title, format!("{text} {more}"))
    });
    let scheduled = found.scheduled.as_ref().filter(|_| found.state == State::Scheduled).map(|(at, who)| {
        let text = fill(t.scheduled_text, &[("at", &format::moment(*at, zone)), ("who", who)]);
        callout(Tone::Info, t.scheduled_title, text)
    });
    let open = matches!(found.state, State::Draft | State::Review);
    let missing = (found.state == State::Draft && !found.missing.is_empty()).then(|| {
        let lines = found.missing.iter().map(|one| view! { <li>{one.message.clone()}</li> }).collect_view();
        view! { <Callout tone=Tone::Warn title=t.missing_title><ul>{lines}</ul></Callout> }
    });
    let warnings = (open && !found.warnings.is_empty()).then(|| {
        let lines = found.warnings.iter().map(|one| view! { <li><bdi>{one.clone()}</bdi></li> }).collect_view();
        view! { <Callout tone=Tone::Danger title=t.warnings_title><p>{t.warnings_text}</p><ul>{lines}</ul></Callout> }
    });
    view! { {withdrawn}{sent_back}{waits}{scheduled}{missing}{warnings} }.into_any()
}

fn changes(t: &'static Texts, found: &Work) -> AnyView {
    let title = if found.revision == 0 { t.changes_first } else { t.changes };
    let compared = (found.revision > 0).then(|| fill(t.compared, &[("n", &found.revision.to_string())]));
    let none = found.changes.is_empty().then(|| view! { <p class="muted">{t.changes_none}</p> });
    let note = (!found.note.is_empty()).then(|| {
        let note = found.note.clone();
        view! { <p>{t.said}" "<bdi class="typed">{note}</bdi></p> }
    });
    let groups = found.changes.clone();
    view! {
        <section class="stack" aria-labelledby="changes">
            <h2 id="changes">{title}</h2>
            {compared.map(|text| view! { <p class="muted">{text}</p> })}
            {note}
            {none}
            <ChangeList groups/>
        </section>
    }
    .into_any()
}

/// The text as readers see it, in each language.
fn text(req: &Req, at: &At, found: &Work) -> AnyView {
    let t = at.t;
    let texts = preview::articles(t, &found.content, &preview::links(req, at));
    view! { <section class="stack" aria-labelledby="text"><h2 id="text">{t.see_public}</h2>{texts}</section> }
        .into_any()
}

fn history(t: &'static Texts, found: &Work) -> Option<AnyView> {
    let rows = found.history.iter().map(|one| {
        let name = fill(t.revision, &[("n", &one.number.to_string())]);
        let (note, hash) = (one.note.clone(), one.sha256.clone());
        view! {
            <li>
                <p>{name}" · "<Moment text=format::moment(one.at, &found.zone) datetime=format::machine(one.at)/></p>
                <p class="typed"><bdi>{note}</bdi></p>
                <p class="small muted"><code class="notice__hash" dir="ltr">{hash}</code></p>
            </li>
        }
    });
    let rows: Vec<_> = rows.collect();
    (!rows.is_empty()).then(|| {
        view! { <section class="stack" aria-labelledby="history"><h2 id="history">{t.history}</h2><ol class="notice__history" role="list">{rows}</ol></section> }
            .into_any()
    })
}

/// Back to the page with what came of it, or with what was typed.
async fn answer(req: &Req, at: &At, outcome: Result<(), Refusal>, done: &str) -> Outcome {
    match outcome {
        Ok(()) => {
            typed::done(req).await?;
            let to = if done.is_empty() { at.here.clone() } else { with_query(&at.here, "done", done) };
            Ok(Reply::to(to))
        }
        Err(refusal) => typed::again(req, &form_name(at), &at.here, refusal).await,
    }
}

fn confirmed(req: &Req, name: &str) -> bool {
    req.form.get(name) == "yes"
}

/// Asks for a second person. What is missing stands on the page.
async fn asked(req: &Req, at: &At) -> Result<(), Refusal> {
    match notice::submit(req.ctx(), &req.principal, at.own(), confirmed(req, CONFIRM)).await {
        Err(Refusal::Invalid(problems)) if problems.iter().any(|problem| problem.field != CONFIRM) => {
            let first = problems.into_iter().next().map(|problem| problem.message).unwrap_or_default();
            Err(Refusal::NotPossible(format!("{}: {first}", at.t.missing_title)))
        }
        other => other,
    }
}

pub(super) async fn submit(req: Req) -> Outcome {
    let at = At::of(&req)?;
    let outcome = asked(&req, &at).await;
    answer(&req, &at, outcome, "submitted").await
}

pub(super) async fn take_back(req: Req) -> Outcome {
    let at = At::of(&req)?;
    match notice::take_back(req.ctx(), &req.principal, at.own()).await {
        Ok(()) => Ok(Reply::to(at.to("/edit"))),
        refused => answer(&req, &at, refused, "").await,
    }
}

pub(super) async fn revise(req: Req) -> Outcome {
    let at = At::of(&req)?;
    match notice::revise(req.ctx(), &req.principal, at.own()).await {
        Ok(()) => Ok(Reply::to(at.to("/edit"))),
        refused => answer(&req, &at, refused, "").await,
    }
}

pub(super) async fn discard(req: Req) -> Outcome {
    let at = At::of(&req)?;
    let outcome = notice::discard(req.ctx(), &req.principal, at.own()).await;
    answer(&req, &at, outcome, "").await
}

pub(super) async fn duplicate(req: Req) -> Outcome {
    let at = At::of(&req)?;
    let made = notice::duplicate(req.ctx(), &req.principal, at.own()).await?;
    Ok(Reply::to(req.here(&format!("/notices/{made}/edit"))))
}

/// What is said after a second person let a text go.
async fn let_go(req: &Req, at: &At, outcome: Result<Went, Refusal>, out: &str) -> Outcome {
    let done = if matches!(outcome, Ok(Went::ToAuthority)) { "passed-on" } else { out };
    answer(req, at, outcome.map(drop), done).await
}

pub(super) async fn publish(req: Req) -> Outcome {
    let at = At::of(&req)?;
    let outcome =
        notice::publish(req.ctx(), &req.principal, at.own(), req.posted_version(), confirmed(&req, CONFIRM)).await;
    let_go(&req, &at, outcome, "published").await
}

pub(super) async fn schedule(req: Req) -> Outcome {
    let at = At::of(&req)?;
    let when = (req.form.get("publish_at"), confirmed(&req, CONFIRM_LATER));
    let outcome = notice::schedule(req.ctx(), &req.principal, at.own(), req.posted_version(), when).await;
    let outcome = outcome.map_err(|refusal| match refusal {
        Refusal::Invalid(mut problems) => {
            let of_box = problems.iter_mut().filter(|problem| problem.field == CONFIRM);
            of_box.for_each(|problem| CONFIRM_LATER.clone_into(&mut problem.field));
            Refusal::Invalid(problems)
        }
        other => other,
    });
    let_go(&req, &at, outcome, "scheduled").await
}

pub(super) async fn send_back(req: Req) -> Outcome {
    let at = At::of(&req)?;
    let why = req.form.get("why");
    let outcome = notice::send_back(req.ctx(), &req.principal, at.own(), req.posted_version(), why).await;
    answer(&req, &at, outcome, "sent-back").await
}

pub(super) async fn withdraw(req: Req) -> Outcome {
    let at = At::of(&req)?;
    let outcome = notice::withdraw(req.ctx(), &req.principal, at.own(), req.form.get("reason")).await;
    answer(&req, &at, outcome, "withdrawn").await
}
