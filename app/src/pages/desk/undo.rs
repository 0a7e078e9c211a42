//! What was just done, and for some seconds the way to take it back: a line over the queue, a report or what came of a
//! selection, and the answer to its button.

use domain::{ids::UndoId, reference::Reference};
use leptos::prelude::*;
use services::{
    Refusal,
    desk::{self, Undoable, Undone},
};

use super::{
    acts::{Deed, Origin},
    keys,
    place::{Desk, Place},
};
use crate::{
    components::*,
    islands::undo_count::UndoCount,
    text::{
        fill,
        undo::{Texts, texts},
    },
    web::{Outcome, Page, Reply, Req, paths::with_query},
};

/// What an address says once something was undone.
const UNDONE: &str = "undone";
/// Name of an act on a selection.
pub const SELECTION: &str = "selection";

/// The line.
#[derive(Clone, Debug)]
pub struct Line {
    title: String,
    undo: Option<Undoable>,
    hidden: Vec<(String, String)>,
}

impl Line {
    /// What the address says was done to a report, on a page whose acts come from this place; nothing if it says nothing.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn read(
        req: &Req,
        desk: &Desk,
        origin: &Origin,
        of: Option<&Reference>,
    ) -> Result<Option<Self>, Refusal> {
        let code = req.query.get("done");
        let what = match (Deed::from_code(code), code) {
            (Some(deed), _) => deed.done(desk.t),
            (None, UNDONE) => texts(req.lang).undone,
            _ => return Ok(None),
        };
        // In the queue it is said of which.
        let title = match (origin, of) {
            (Origin::Queue { .. }, Some(of)) => format!("{what}: {of}"),
            _ => what.to_owned(),
        };
        let of = of.map(|of| (code, Some(of)));
        Self::offering(req, desk, title, of, origin.hidden()).await.map(Some)
    }

    /// The same for something that was done with a selection.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn of_selection(req: &Req, desk: &Desk, title: String, place: &Place) -> Result<Self, Refusal> {
        Self::offering(req, desk, title, Some((SELECTION, None)), Origin::Page { from: place.clone() }.hidden()).await
    }

    async fn offering(
        req: &Req,
        desk: &Desk,
        title: String,
        about: Option<(&str, Option<&Reference>)>,
        hidden: Vec<(&'static str, String)>,
    ) -> Result<Self, Refusal> {
        let undo = match about.filter(|_| desk.works) {
            Some((deed, of)) => desk::undoable(req.ctx(), &req.principal, desk.org, deed, of).await?,
            None => None,
        };
        let hidden = hidden.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Ok(Self { title, undo, hidden })
    }

    /// As it stands on the page.
    pub fn view(self, desk: &Desk) -> AnyView {
        let Self { title, undo, hidden } = self;
        match undo {
            None => view! { <Banner tone=Tone::Ok title/> }.into_any(),
            Some(undo) => {
                let body = button(desk, undo, hidden);
                view! { <div data-undo="true"><Banner tone=Tone::Ok title body/></div> }.into_any()
            }
        }
    }
}

fn button(desk: &Desk, undo: Undoable, mut hidden: Vec<(String, String)>) -> AnyView {
    let t = texts(desk.lang);
    let own = [("undo", undo.id.to_string()), ("deed", undo.deed), ("_who", desk.who.clone())];
    hidden.extend(own.map(|(name, value)| (name.to_owned(), value)));
    let (action, key) = (desk.at("/undo"), desk.key("Z"));
    view! {
        <div class="undo">
            <PostButton action label=t.undo kind=ButtonKind::Secondary hidden key/>
            <UndoCount seconds=undo.seconds text=t.within.to_owned()/>
        </div>
    }
    .into_any()
}

/// Takes it back and leads to where it was done, or says why not and what to do instead.
pub async fn post(req: Req) -> Outcome {
    let desk = Desk::of(&req)?;
    // What is no identity names no act, and an act that is not there is over.
    let went = match req.form.get("undo").parse::<UndoId>() {
        Ok(act) => desk::undo(req.ctx(), &req.principal, desk.org, act).await?,
        Err(_) => Vec::new(),
    };
    let (origin, deed) = (Origin::read(&req.form), req.form.get("deed").to_owned());
    if went.is_empty() || went.iter().any(|(_, how)| *how != Undone::Done) {
        return not(desk, went, &origin, &deed);
    }
    let of = went.first().filter(|_| went.len() == 1).map(|(reference, _)| reference);
    let to = match (&origin, of) {
        (Origin::Page { from }, Some(of)) if deed != SELECTION => desk.report_from(of, from),
        (_, Some(of)) => with_query(&desk.queue(&origin.place().select(Some(of))), "of", of.as_str()),
        (_, None) => desk.queue(&origin.place().unselected()),
    };
    Ok(Reply::to(with_query(&to, "done", UNDONE)))
}

fn not(desk: Desk, went: Vec<(Reference, Undone)>, origin: &Origin, deed: &str) -> Outcome {
    let t = texts(desk.lang);
    let late = went.iter().all(|(_, how)| *how == Undone::Late);
    let title = if went.iter().any(|(_, how)| *how == Undone::Done) { t.part_title } else { t.late_title };
    let title = if went.iter().all(|(_, how)| *how == Undone::Changed) && !late { t.went_changed } else { title };
    let (instead, back) = (instead(t, &desk, deed), desk.queue(&origin.place().unselected()));
    Page::new(title, move || {
        let crumbs = keys::crumbs(&desk, Some(back.clone()));
        let rows = went.iter().map(|(reference, how)| {
            let (href, code) = (desk.report(reference), reference.to_string());
            let how = match how {
                Undone::Done => t.went_done,
                Undone::Changed => t.went_changed,
                Undone::Late => t.went_late,
            };
            view! { <li><a href=href><Reference code/></a>" "{how}</li> }
        });
        let rows = (!went.is_empty()).then(|| view! { <ul>{rows.collect_view()}</ul> });
        view! {
            <ReadingPage>
                {crumbs}
                <h1>{title}</h1>
                {late.then(|| view! { <p>{t.late}</p> })}
                {rows}
                <p>{instead}</p>
                <ButtonRow><LinkButton href=back label=t.to_queue/></ButtonRow>
            </ReadingPage>
        }
    })
    .status(409)
    .into()
}

/// What to do where it cannot be undone.
fn instead(t: &Texts, desk: &Desk, deed: &str) -> String {
    match Deed::from_code(deed) {
        Some(Deed::Accept | Deed::Duplicate | Deed::Close) => {
            fill(t.instead_decided, &[("act", Deed::Reopen.label(desk.t))])
        }
        Some(Deed::Reopen) => t.instead_reopen.to_owned(),
        None if deed == SELECTION => t.instead_selection.to_owned(),
        _ => t.instead.to_owned(),
    }
}
