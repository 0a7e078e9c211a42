//! What a customer's file says about watch lists: a band that nobody overlooks, and the last check with its hits.

use domain::screening::Standing;
use leptos::prelude::*;
use services::customer::{View, screening::OfFile};

use super::{hit::cause, list::table, progress};
use crate::{
    components::*,
    pages::{report::place, watchlist::searched},
    text::{
        fill,
        hits::{Texts, texts},
        watchlist,
    },
    web::{Req, paths::with_query},
};

/// What has to be seen first; nothing where nobody has to look.
pub(crate) fn band(req: &Req, found: &OfFile) -> Option<AnyView> {
    let t = texts(req.lang);
    let (tone, title, text) = match found.tally.standing() {
        Standing::Match => (Tone::Danger, t.band_match, t.band_match_text),
        Standing::Unsure => (Tone::Warn, t.band_unsure, t.band_unsure_text),
        Standing::Open => (Tone::Warn, t.band_open, t.band_open_text),
        Standing::Due => (Tone::Info, t.due_title, t.due_text),
        Standing::NoLists | Standing::Clear => return None,
    };
    Some(view! { <Callout tone title><p>{text}</p></Callout> }.into_any())
}

/// The part of the file about watch lists.
pub(crate) fn section(req: &Req, view: &View, found: &OfFile) -> AnyView {
    let t = texts(req.lang);
    let file = req.here(&format!("/customers/{}", view.id));
    let stands = match found.tally.standing() {
        Standing::NoLists => Some(t.no_lists),
        Standing::Clear => Some(t.clear),
        _ => None,
    };
    let stands = stands.map(|text| view! { <p>{text}</p> });
    let job = found.job.as_ref().map(|job| {
        let text = progress(t, job);
        view! { <p class="small muted"><bdi>{text}</bdi></p> }
    });
    let hits = (!found.hits.is_empty()).then(|| table(req, t, &found.hits, false));
    let last = last(req, t, found);
    let again = view.may_write.then(|| {
        let action = format!("{file}/screen");
        view! { <PostButton action label=t.again kind=ButtonKind::Secondary/> }
    });
    let all = with_query(&with_query(&req.here("/hits"), "state", "all"), "customer", &view.id.to_string());
    let known = format!("{file}/known");
    view! {
        <section class="part" aria-labelledby="part-lists" id="lists">
            <div class="part__head"><h2 id="part-lists">{t.section}</h2></div>
            {stands}
            {job}
            {hits}
            {last}
            <p class="part__acts"><a href=all>{t.all_hits}</a><a href=known>{t.known_link}</a></p>
            {again}
        </section>
    }
    .into_any()
}

fn last(req: &Req, t: &'static Texts, found: &OfFile) -> AnyView {
    let Some(last) = &found.last else {
        return view! { <p class="muted">{t.never}</p> }.into_any();
    };
    let (when, why) = (place::moment(req, last.at), cause(t, req.zone(), &last.why));
    let counts = [last.parties.to_string(), last.found.to_string(), last.fresh.to_string()];
    let [parties, found, fresh] = &counts;
    let values: [(&str, &str); 5] =
        [("when", &when), ("cause", &why), ("parties", parties), ("found", found), ("fresh", fresh)];
    let text = fill(t.last_text, &values);
    let lists = searched(watchlist::texts(req.lang), req.zone(), &last.lists);
    view! { <h3>{t.last}</h3><p><bdi>{text}</bdi></p>{lists} }.into_any()
}
