//! A hit, side by side, with what is decided about it.

use domain::{
    ids::HitId,
    screening::{Decision, State},
};
use leptos::prelude::*;
use services::{
    Refusal,
    customer::screening::{self, AGREE_REASON, OBJECT_REASON, Step, View, What, Why},
    error::Problem,
};

use super::{look, points};
use crate::{
    components::*,
    format,
    pages::{report::place, watchlist::side_by_side},
    text::{
        fill,
        hits::{Texts, texts},
        watchlist,
    },
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

const DECIDE: &str = "hit decided";
const AGREE: &str = "hit agreed";
const OBJECT: &str = "hit objected";

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let t = texts(req.lang);
    let view = screening::hit(req.ctx(), &req.principal, req.parsed("hit")?).await?;
    req.in_workspace(view.org)?;
    let forms = [DECIDE, AGREE, OBJECT];
    let mut typed = Vec::new();
    for form in forms {
        typed.push(Typed::open(&req, form).await?);
    }
    let next = next(&req, &view).await?;
    let wrong = typed.iter().any(Typed::is_wrong);
    let title = fill(t.hit_title, &[("name", &view.hit.name)]);
    Page::new(title.clone(), move || {
        let lead = fill(t.hit_lead, &[("role", view.role.label()), ("customer", &view.customer_name)]);
        let (shape, tone) = look(view.state);
        let done = match req.query.get("done") {
            "decided" if view.state == State::Waiting => Some(t.done_waiting),
            "decided" => Some(t.done_decided),
            "agreed" => Some(t.done_agreed),
            "objected" => Some(t.done_objected),
            _ => None,
        };
        let done = done.map(|title| view! { <Banner tone=Tone::Ok title/> });
        let stands = stands(t, req.zone(), &view);
        let errors: Vec<_> = typed.iter().flat_map(Typed::errors).collect();
        let (side, acts) = (
            side_by_side((watchlist::texts(req.lang), &req.here("")), 1, &view.asking, &view.hit),
            acts(&req, t, &view, &typed),
        );
        let history = history(&req, t, &view.steps);
        let (list, file) = (req.here("/hits"), req.here(&format!("/customers/{}", view.customer)));
        view! {
            <FormPage>
                <BackLink href=list label=t.back_list/>
                {done}
                <ErrorSummary errors/>
                <PageTitle title lead/>
                <p class="part__acts"><Status shape word=view.state.label() tone/><a href=file>{t.back_file}</a>{next}</p>
                {stands}
                {side}
                {acts}
                {history}
            </FormPage>
        }
    })
    .errors(wrong)
    .into()
}

/// The way to the next hit that waits: dozens are decided one after the other.
async fn next(req: &Req, view: &View) -> Result<Option<AnyView>, Refusal> {
    let next = screening::next(req.ctx(), &req.principal, view.org, view.id).await?;
    Ok(next.map(|id| {
        let href = req.here(&format!("/hits/{id}"));
        view! { <a href=href>{texts(req.lang).next}</a> }.into_any()
    }))
}

/// What holds, in a sentence.
fn stands(t: &'static Texts, zone: &str, view: &View) -> Option<AnyView> {
    let text = match (view.state, view.holds, view.until) {
        (State::Gone, ..) => t.gone.to_owned(),
        (_, Some(decision), Some(until)) => {
            fill(t.holds_until, &[("decision", decision.label()), ("day", &format::day(until, zone))])
        }
        _ => return None,
    };
    Some(view! { <p>{text}</p> }.into_any())
}

fn acts(req: &Req, t: &'static Texts, view: &View, typed: &[Typed]) -> Option<AnyView> {
    if view.state == State::Gone {
        return None;
    }
    if !view.may_decide {
        return Some(view! { <p class="muted">{t.reader}</p> }.into_any());
    }
    let at = |act: &str| req.here(&format!("/hits/{}/{act}", view.id));
    let version = view.version.to_string();
    let second = view.proposed.map(|(decision, is_mine)| match is_mine {
        true => {
            let text = fill(t.waits_mine, &[("decision", decision.label())]);
            view! { <Callout tone=Tone::Info title=State::Waiting.label()><p>{text}</p></Callout> }.into_any()
        }
        false => second(t, decision, (at("agree"), at("object")), &version, typed),
    });
    let waits = matches!(view.proposed, Some((_, false)));
    let form = decide_form(t, view, at("decide"), typed.first());
    let title = if view.holds.is_none() && view.proposed.is_none() { t.decide_title } else { t.decide_anew };
    let form = if waits || view.holds.is_some() {
        let open = typed.first().is_some_and(Typed::is_wrong);
        view! { <Details summary=title open>{form}</Details> }.into_any()
    } else {
        view! { <Panel title>{form}</Panel> }.into_any()
    };
    Some(view! { {second}{form} }.into_any())
}

fn second(
    t: &'static Texts,
    decision: Decision,
    (agree, object): (String, String),
    version: &str,
    typed: &[Typed],
) -> AnyView {
    let text = fill(t.waits_other, &[("decision", decision.label())]);
    let value = |at: usize, field| typed.get(at).map(|typed: &Typed| typed.value(field)).unwrap_or_default();
    let error = |at: usize, field| typed.get(at).and_then(|typed| typed.error(field));
    let (agreed, agreed_error) = (value(1, AGREE_REASON), error(1, AGREE_REASON));
    let (objected, objected_error) = (value(2, OBJECT_REASON), error(2, OBJECT_REASON));
    let open = typed.get(2).is_some_and(Typed::is_wrong);
    let (first, other) = (version.to_owned(), version.to_owned());
    view! {
        <Panel title=State::Waiting.label()>
            <p>{text}</p>
            <form class="stack" method="post" action=agree novalidate=true>
                <input type="hidden" name="version" value=first/>
                <TextArea name=AGREE_REASON label=t.agree_note value=agreed error=agreed_error rows=2/>
                <ButtonRow><Button label=t.agree/></ButtonRow>
            </form>
            <Details summary=t.object open>
                <form class="stack" method="post" action=object novalidate=true>
                    <input type="hidden" name="version" value=other/>
                    <TextArea name=OBJECT_REASON label=t.object_reason value=objected error=objected_error rows=3/>
                    <ButtonRow><Button label=t.object kind=ButtonKind::Secondary/></ButtonRow>
                </form>
            </Details>
        </Panel>
    }
    .into_any()
}

fn decide_form(t: &'static Texts, view: &View, action: String, typed: Option<&Typed>) -> AnyView {
    let chosen = typed.map(|typed| typed.value("decision")).unwrap_or_default();
    let hint = |decision: Decision| match decision {
        Decision::Match => t.match_hint,
        Decision::NoMatch => t.no_match_hint,
        Decision::Unsure => t.unsure_hint,
    };
    let options = Decision::ALL.iter().map(|decision| Choice {
        hint: Some(hint(*decision).to_owned()),
        checked: chosen == decision.code(),
        ..Choice::new(decision.code(), decision.label())
    });
    let options = options.collect();
    let value = typed.map(|typed| typed.value("reason")).unwrap_or_default();
    let error = |field: &str| typed.and_then(|typed| typed.error(field));
    let (wrong, unsaid) = (error("decision"), error("reason"));
    let two = view.takes_two.then(|| view! { <p>{t.two}</p> });
    let version = view.version.to_string();
    view! {
        <form class="stack" method="post" action=action novalidate=true>
            <input type="hidden" name="version" value=version/>
            <Choices name="decision" legend=t.decision options error=wrong/>
            <TextArea name="reason" label=t.reason hint=t.reason_hint value error=unsaid rows=4/>
            {two}
            <ButtonRow><Button label=t.decide/></ButtonRow>
        </form>
    }
    .into_any()
}

fn history(req: &Req, t: &'static Texts, steps: &[Step]) -> AnyView {
    let columns = [t.when, t.what, t.by, t.why].map(Column::new).to_vec();
    let rows = steps.iter().map(|step| row(req, t, step)).collect_view();
    view! {
        <Panel title=t.history>
            <DataTable id="steps" caption=t.history_caption caption_hidden=true columns>{rows}</DataTable>
        </Panel>
    }
    .into_any()
}

pub(super) fn row(req: &Req, t: &'static Texts, step: &Step) -> AnyView {
    let when = place::moment(req, step.at);
    let (what, why) = (what(t, step), why(t, req.zone(), step));
    let who = step.person.clone().unwrap_or_else(|| t.by_nobody.to_owned());
    let lists = (!step.lists.is_empty()).then(|| {
        let name = |list: &services::watchlist::Searched| {
            fill(t.list_version, &[("label", &list.label), ("number", &list.number.to_string())])
        };
        let lists = step.lists.iter().map(name).collect::<Vec<_>>().join("; ");
        view! { <br/><span class="small muted"><bdi>{fill(t.lists_then, &[("lists", &lists)])}</bdi></span> }
    });
    view! {
        <tr>
            <td>{when}</td>
            <th scope="row">{what}</th>
            <td><bdi>{who}</bdi></td>
            <td><bdi>{why}</bdi>{lists}</td>
        </tr>
    }
    .into_any()
}

fn what(t: &Texts, step: &Step) -> String {
    let decision = step.decision.map_or("", Decision::label);
    match step.what {
        What::Found => fill(t.what_found, &[("score", &points(t, step.score))]),
        What::Gone => t.what_gone.to_owned(),
        What::Decided => fill(t.what_decided, &[("decision", decision)]),
        What::Agreed => fill(t.what_agreed, &[("decision", decision)]),
        What::Objected => fill(t.what_objected, &[("decision", decision)]),
        What::Lapsed => t.what_lapsed.to_owned(),
    }
}

/// Why something happened: in the words of who did it, or what caused it.
pub(super) fn why(t: &Texts, zone: &str, step: &Step) -> String {
    match &step.why {
        Why::Person => step.reason.clone(),
        why => cause(t, zone, why),
    }
}

/// What caused a screening, in words.
pub(super) fn cause(t: &Texts, zone: &str, why: &Why) -> String {
    match why {
        Why::Screened(cause, Some(name)) => format!("{} ({name})", cause.label()),
        Why::Screened(cause, None) => cause.label().to_owned(),
        Why::List(list) => {
            let since = format::day(domain::time::Timestamp(list.since), zone);
            let version = list.number.to_string();
            fill(t.why_list, &[("list", &list.label), ("version", &version), ("day", &since)])
        }
        Why::Time => t.why_time.to_owned(),
        Why::Person => String::new(),
    }
}

/// The hit of the address and the version on which the form was built.
fn posted(req: &Req) -> Result<(HitId, i64), Refusal> {
    Ok((req.parsed("hit")?, req.form.get("version").parse().unwrap_or(-1)))
}

async fn answer(req: &Req, form: &str, done: &str, outcome: Result<(), Refusal>) -> Outcome {
    let here = req.here(&format!("/hits/{}", req.param("hit")));
    match outcome {
        Ok(()) => {
            typed::done(req).await?;
            Ok(Reply::to(with_query(&here, "done", done)))
        }
        Err(refusal) => {
            let stale = |refusal| match refusal {
                Refusal::Stale => Refusal::Invalid(vec![Problem::new("", texts(req.lang).stale)]),
                other => other,
            };
            typed::again(req, form, &here, stale(refusal)).await
        }
    }
}

/// Decides.
pub(super) async fn decide(req: Req) -> Outcome {
    let (at, typed) = (posted(&req)?, typed::answers(&req.form));
    let outcome = screening::decide(req.ctx(), &req.principal, at, &typed).await;
    answer(&req, DECIDE, "decided", outcome).await
}

/// Agrees to what a colleague decided.
pub(super) async fn agree(req: Req) -> Outcome {
    let (at, typed) = (posted(&req)?, typed::answers(&req.form));
    let outcome = screening::agree(req.ctx(), &req.principal, at, &typed).await;
    answer(&req, AGREE, "agreed", outcome).await
}

/// Does not.
pub(super) async fn object(req: Req) -> Outcome {
    let (at, typed) = (posted(&req)?, typed::answers(&req.form));
    let outcome = screening::object(req.ctx(), &req.principal, at, &typed).await;
    answer(&req, OBJECT, "objected", outcome).await
}
