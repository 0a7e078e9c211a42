//! Risk and decision on a customer's file: what stands, why, what waits for a second person, what was decided before.

use domain::{
    answers::when::long_date,
    customer::decision::Verdict,
    risk::{Band, Rating},
};
use leptos::prelude::*;
use services::{
    Refusal,
    customer::{
        View,
        decision::{self, Came, Decision, Panel as Standing, Stage},
        report,
    },
};

use super::{at, opened};
use crate::{
    components::*,
    pages::report::place,
    text::{
        decision::{Texts, texts},
        fill,
    },
    web::{
        Outcome, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

/// By which the answer of a second person is kept.
pub(super) fn answer_name(view: &View) -> String {
    format!("second person of {}", view.id)
}

/// How a band looks.
pub(super) const fn look(band: Band) -> (Shape, Tone) {
    match band {
        Band::Low => (Shape::Open, Tone::Ok),
        Band::Medium => (Shape::Half, Tone::Warn),
        Band::High => (Shape::Triangle, Tone::Danger),
    }
}

/// How a decision looks.
pub(super) const fn verdict_look(verdict: Verdict) -> (Shape, Tone) {
    match verdict {
        Verdict::Approve => (Shape::Full, Tone::Ok),
        Verdict::Limits => (Shape::ThreeQuarter, Tone::Ok),
        Verdict::Refuse => (Shape::Struck, Tone::Danger),
        Verdict::Refer => (Shape::HalfAsked, Tone::Warn),
        Verdict::Rating => (Shape::Square, Tone::Info),
    }
}

pub(super) fn band_status(band: Band) -> AnyView {
    let (shape, tone) = look(band);
    view! { <Status shape word=band.label() tone/> }.into_any()
}

pub(super) fn verdict_status(verdict: Verdict) -> AnyView {
    let (shape, tone) = verdict_look(verdict);
    view! { <Status shape word=verdict.done() tone/> }.into_any()
}

/// What was done on the page before, in words.
pub(super) fn done(t: &'static Texts, word: &str) -> Option<&'static str> {
    match word {
        "decided" => Some(t.done_decided),
        "waits" => Some(t.done_waits),
        "agreed" => Some(t.done_agreed),
        "turned_down" => Some(t.done_turned_down),
        _ => None,
    }
}

/// The part of the file.
pub(super) fn section(req: &Req, view: &View, panel: &Standing, typed: &Typed) -> AnyView {
    let t = texts(req.lang);
    let acts = acts(req, t, view, panel);
    let due = (!panel.due.is_empty()).then(|| {
        let why = panel.due.iter().map(|event| view! { <li>{event.label()}</li> }).collect_view();
        view! { <Callout tone=Tone::Warn title=t.due_title><ul>{why}</ul></Callout> }
    });
    let waiting = panel.waiting.as_ref().map(|made| waiting(req, t, view, panel, made, typed));
    let stands = match &panel.in_force {
        Some(made) => {
            let review = panel.review_on.map(long_date).unwrap_or_default();
            let status = verdict_status(made.verdict);
            let told = told(req, t, made, &review);
            view! { <p>{status}</p>{told} }.into_any()
        }
        None => view! { <p class="muted">{t.nothing}</p> }.into_any(),
    };
    let risk = risk(req, t, panel);
    let history = (!panel.decisions.is_empty()).then(|| history(req, t, &panel.decisions));
    view! {
        <section class="part" aria-labelledby="decision">
            <div class="part__head"><h2 id="decision">{t.title}</h2>{acts}</div>
            {due}
            {waiting}
            {stands}
            {risk}
            {history}
        </section>
    }
    .into_any()
}

fn acts(req: &Req, t: &'static Texts, view: &View, panel: &Standing) -> AnyView {
    let paper = at(req, view.id, "/file.pdf");
    let decide = panel.may_decide.then(|| {
        let href = at(req, view.id, "/decision");
        view! { <LinkButton href label=t.decide/> }
    });
    let report = panel.may_decide.then(|| {
        let (action, label) =
            (at(req, view.id, "/report"), if panel.draft.is_some() { t.report_open } else { t.report });
        view! { <PostButton action label kind=ButtonKind::Quiet/> }
    });
    view! { <div class="part__acts no-print">{decide}{report}<a href=paper>{t.paper}</a></div> }.into_any()
}

/// Who decided what on which version, why and within what.
fn told(req: &Req, t: &'static Texts, made: &Decision, review: &str) -> AnyView {
    let mut rows = vec![SummaryRow::text(t.who, signed(req, t, made)), SummaryRow::text(t.reason, made.reason.clone())];
    if !made.limits.words().is_empty() {
        rows.push(SummaryRow::text(t.limits, made.limits.words().join("\n")));
    }
    if !review.is_empty() {
        rows.push(SummaryRow::text(t.review, review));
    }
    rows.retain(|row| row.value.is_some());
    view! { <AnsweredList rows/> }.into_any()
}

/// Who decided and who answered, when.
pub(super) fn signed(req: &Req, t: &Texts, made: &Decision) -> String {
    let (when, version) = (place::moment(req, made.at), made.version.to_string());
    let by = fill(t.by, &[("who", &made.by.1), ("when", &when), ("version", &version)]);
    match &made.answer {
        None => by,
        Some(answer) => {
            let words = if answer.agreed { t.agreed } else { t.turned_down };
            let when = place::moment(req, answer.at);
            let second = fill(words, &[("who", &answer.by), ("when", &when)]);
            let lines = [by, second, answer.reason.clone()];
            lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
        }
    }
}

/// The rating with its reasons.
fn risk(req: &Req, t: &'static Texts, panel: &Standing) -> AnyView {
    let points = by_rules(t, &panel.rating);
    let by_hand = panel.by_hand.as_ref().map(|made| {
        let when = place::moment(req, made.at);
        let words = [
            ("band", made.band.label()),
            ("who", made.by.1.as_str()),
            ("when", when.as_str()),
            ("why", made.reason.as_str()),
        ];
        let (set, rules) = (fill(t.by_hand, &words), fill(t.by_rules, &[("band", panel.rating.band.label())]));
        view! { <p><bdi>{set}</bdi>" "{rules}</p> }
    });
    let reasons = if panel.rating.reasons.is_empty() {
        view! { <p class="muted">{t.rating_none}</p> }.into_any()
    } else {
        let reasons = reasons(t, &panel.rating);
        view! { <Details summary=t.why_summary open=true><Reasons reasons/></Details> }.into_any()
    };
    let status = band_status(panel.band);
    view! { <h3>{t.risk}</h3><p>{status}" "<span class="muted">{points}</span></p>{by_hand}{reasons} }.into_any()
}

pub(super) fn by_rules(t: &Texts, rating: &Rating) -> String {
    fill(t.rating, &[("points", &rating.points.to_string()), ("version", &rating.version)])
}

fn reasons(t: &'static Texts, rating: &Rating) -> Vec<Reason> {
    let reason = |reason: &domain::risk::Reason| {
        let points = reason.points.to_string();
        let weight = match reason.at_least {
            Some(band) => fill(t.weighs_at_least, &[("points", &points), ("band", &band.label().to_lowercase())]),
            None => fill(t.weighs, &[("points", &points)]),
        };
        let source = Some(fill(t.would_change, &[("change", &reason.change)]));
        Reason { text: reason.text.clone(), weight, source }
    };
    rating.reasons.iter().map(reason).collect()
}

/// What waits, and the form for whoever may answer.
fn waiting(req: &Req, t: &'static Texts, view: &View, panel: &Standing, made: &Decision, typed: &Typed) -> AnyView {
    let (status, told) = (verdict_status(made.verdict), told(req, t, made, ""));
    let band = (made.verdict == Verdict::Rating).then(|| band_status(made.band));
    let form = panel.may_answer.then(|| answer_form(req, t, view, made, typed));
    view! {
        <Callout tone=Tone::Info title=t.waits_title>
            <p>{t.waits_lead}</p>
            <p>{status}" "{band}</p>
            {told}
            {form}
        </Callout>
    }
    .into_any()
}

fn answer_form(req: &Req, t: &'static Texts, view: &View, made: &Decision, typed: &Typed) -> AnyView {
    let (action, id) = (at(req, view.id, "/decision/second"), made.id.to_string());
    let choice =
        |code: &str, label: &str| Choice::new(code, label).checked(typed.is_wrong() && typed.chose("answer", code));
    let options = vec![choice("agree", t.answer_agree), choice("turn_down", t.answer_turn_down)];
    let reason = if typed.is_wrong() { typed.value("answer_reason") } else { String::new() };
    view! {
        <form class="stack no-print" method="post" action=action novalidate=true>
            <input type="hidden" name="decision" value=id/>
            <Choices name="answer" legend=t.answer options error=typed.error("answer") inline=true/>
            <TextArea name="answer_reason" label=t.answer_reason value=reason error=typed.error("answer_reason") rows=2 optional=true/>
            <ButtonRow><Button label=t.answer_act/></ButtonRow>
        </form>
    }
    .into_any()
}

fn history(req: &Req, t: &'static Texts, decisions: &[Decision]) -> AnyView {
    let columns = vec![
        Column::numeric(t.number),
        Column::new(t.verdict),
        Column::new(t.risk),
        Column::new(t.reason),
        Column::new(t.who),
        Column::new(t.stage),
    ];
    let rows = decisions.iter().map(|made| row(req, t, made)).collect_view();
    view! {
        <Details summary=t.history>
            <DataTable id="decisions" caption=t.history_caption caption_hidden=true columns>{rows}</DataTable>
        </Details>
    }
    .into_any()
}

fn row(req: &Req, t: &'static Texts, made: &Decision) -> AnyView {
    let number = made.number.to_string();
    let (verdict, band) = (verdict_status(made.verdict), band_status(made.band));
    let why = std::iter::once(made.reason.clone()).chain(made.limits.words());
    let why = why.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    let who = signed(req, t, made);
    let stage = stage(t, made.stage);
    view! {
        <tr>
            <th scope="row" class="num">{number}</th>
            <td>{verdict}</td>
            <td>{band}</td>
            <td><bdi class="typed">{why}</bdi></td>
            <td><bdi class="typed">{who}</bdi></td>
            <td>{stage}</td>
        </tr>
    }
    .into_any()
}

/// Where a decision stands, in a word.
pub(super) const fn stage(t: &'static Texts, stage: Stage) -> &'static str {
    match stage {
        Stage::InForce => t.stage_in_force,
        Stage::Waits => t.waits,
        Stage::TurnedDown => t.stage_turned_down,
        Stage::Past => t.stage_past,
    }
}

/// Takes the answer of a second person.
pub(super) async fn second(req: Req) -> Outcome {
    let view = opened(&req).await?;
    let (name, page) = (answer_name(&view), at(&req, view.id, ""));
    let answered = match req.form.get("decision").parse() {
        Ok(made) => decision::answer(req.ctx(), &req.principal, (view.id, made), &typed::answers(&req.form)).await,
        // A form that names no decision answers none that waits.
        Err(_) => Err(Refusal::Stale),
    };
    match answered {
        Ok(came) => {
            typed::done(&req).await?;
            Ok(Reply::to(format!("{}#decision", with_query(&page, "done", word(came)))))
        }
        Err(refusal) => {
            typed::again(&req, &name, &page, super::overtaken(crate::text::customers::texts(req.lang), refusal)).await
        }
    }
}

/// What came of it, for the address.
pub(super) const fn word(came: Came) -> &'static str {
    match came {
        Came::InForce => "agreed",
        Came::Waits => "waits",
        Came::TurnedDown => "turned_down",
    }
}

/// Leads to a report with everything filled in: the open one, or a new one.
pub(super) async fn begin_report(req: Req) -> Outcome {
    let view = opened(&req).await?;
    let draft = report::begin(req.ctx(), &req.principal, view.id).await?;
    Ok(Reply::to(place::tasks(&req, draft)))
}

/// Whether a refusal says what has to be put right in a form.
pub(super) const fn is_of_form(refusal: &Refusal) -> bool {
    matches!(refusal, Refusal::Invalid(_) | Refusal::NotPossible(_))
}
