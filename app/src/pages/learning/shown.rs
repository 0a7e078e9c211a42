//! Pieces of pages that several show: standing, ring, what is to do, the text of a lesson.

use domain::{
    answers::when::long_date,
    ids::OrgId,
    learning::{
        Module,
        release::MODULE,
        standing::Standing,
        terms::{Finder, mark},
    },
    markdown::Document,
};
use leptos::prelude::*;
use services::{
    Refusal,
    learning::{self, Gate, Mine},
};

use crate::{
    components::*,
    text::{
        fill,
        learning::{Texts, texts},
    },
    web::Req,
};

/// Address of a module.
pub(super) fn href(req: &Req, module: &Module) -> String {
    req.to(&format!("/learn/{}", module.slug))
}

/// A standing in words.
pub(crate) fn standing_word(t: &Texts, standing: Standing) -> String {
    match standing {
        Standing::Untouched => t.standing_untouched.to_owned(),
        Standing::Begun => t.standing_begun.to_owned(),
        Standing::Valid { until } => fill(t.standing_valid, &[("day", &long_date(until))]),
        Standing::Renew { .. } => t.standing_renew.to_owned(),
        Standing::Expired { until } => fill(t.standing_expired, &[("day", &long_date(until))]),
    }
}

/// The same with its shape.
pub(super) fn standing_mark(t: &Texts, standing: Standing) -> AnyView {
    let (shape, tone) = match standing {
        Standing::Untouched => (Shape::Open, Tone::Neutral),
        Standing::Begun => (Shape::Half, Tone::Info),
        Standing::Valid { .. } => (Shape::Full, Tone::Ok),
        Standing::Renew { .. } => (Shape::HalfAsked, Tone::Warn),
        Standing::Expired { .. } => (Shape::Struck, Tone::Warn),
    };
    view! { <Status shape word=standing_word(t, standing) tone/> }.into_any()
}

/// How much of a module was read, as a ring; words say it beside.
pub(super) fn ring(read: usize, of: usize) -> AnyView {
    let part = read.min(of).saturating_mul(100).checked_div(of).unwrap_or(0);
    view! {
        <svg class="ring" viewBox="0 0 36 36" aria-hidden="true" focusable="false">
            <circle class="ring__track" cx="18" cy="18" r="15"></circle>
            <circle class="ring__part" cx="18" cy="18" r="15" pathLength="100" stroke-dasharray=format!("{part} 100")></circle>
        </svg>
    }
    .into_any()
}

/// "12 minutes".
pub(super) fn minutes(t: &Texts, n: u16) -> String {
    fill(t.minutes, &[("n", &n.to_string())])
}

/// "For: Companies, Authorities".
pub(super) fn audiences(t: &Texts, module: &Module) -> String {
    let who: Vec<&str> = module.audiences.iter().map(|audience| audience.label()).collect();
    fill(t.for_audiences, &[("who", &who.join(", "))])
}

/// The text of a lesson with its words explained.
pub(super) fn lesson(body: &str, finder: &mut Finder) -> AnyView {
    let document = mark(Document::of(body), finder);
    view! { <Prose document/> }.into_any()
}

/// Where a module begins or goes on: the first page that was not read, else the quiz.
pub(super) fn next_page(module: &Module, mine: Option<&Mine>) -> Option<usize> {
    (1..=module.pages.len()).find(|page| !mine.is_some_and(|mine| mine.has_read(module, *page)))
}

/// The figure on an overview that says how much somebody has to learn; none if nothing.
pub(crate) async fn to_do(req: &Req) -> Result<Option<Stat>, Refusal> {
    let t = texts(req.lang);
    let tasks = learning::tasks(req.ctx(), &req.principal).await?;
    let open = tasks.iter().filter(|task| task.due.is_some()).count();
    let overdue = tasks.iter().filter(|task| task.overdue).count();
    Ok((open > 0).then(|| Stat {
        value: open.to_string(),
        label: t.stat.to_owned(),
        note: (overdue > 0).then(|| fill(t.stat_overdue, &[("n", &overdue.to_string())])),
        href: Some(req.to("/me/learning")),
    }))
}

/// What stands before an act that releases something to industry, and whether the act is closed.
pub(crate) async fn gate_callout(req: &Req, authority: OrgId) -> Result<(Option<AnyView>, bool), Refusal> {
    let t = texts(req.lang);
    let (title, text, closed) = match learning::gate(req.ctx(), &req.principal, authority).await? {
        Gate::Open => return Ok((None, false)),
        Gate::Told => (t.gate_told, t.gate_told_text, false),
        Gate::Closed => (t.gate_closed, t.gate_closed_text, true),
    };
    let href = req.to(&format!("/learn/{MODULE}"));
    let callout = view! { <Callout tone=Tone::Warn title><p>{text}" "<a href=href>{t.gate_link}</a></p></Callout> };
    Ok((Some(callout.into_any()), closed))
}
