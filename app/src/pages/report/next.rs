//! Drafts that become the next version of a sent report: what they change, and taking over what others sent meanwhile.

use domain::reference::Reference as Number;
use leptos::prelude::*;
use services::{
    Refusal,
    draft::{self, DraftView},
};

use super::place;
use crate::{
    components::*,
    text::{changes::texts, fill, report},
    web::{Outcome, Reply, Req},
};

/// What stands above the draft's title.
pub fn caption(req: &Req, draft: &DraftView) -> Option<String> {
    let continues = draft.continues.as_ref()?;
    let words = if continues.amends { texts(req.lang).draft_amends } else { report::texts(req.lang).completes };
    Some(fill(words, &[("reference", continues.reference.as_str())]))
}

/// Says that somebody else sent a version meanwhile, with the way to take it over. Nothing otherwise.
pub fn overtaken(req: &Req, draft: &DraftView) -> Option<AnyView> {
    let continues = draft.continues.as_ref().filter(|continues| continues.is_overtaken())?;
    let t = texts(req.lang);
    let told =
        fill(t.overtaken, &[("newest", &continues.newest.to_string()), ("based_on", &continues.based_on.to_string())]);
    let see = req
        .here(&format!("/reports/{}/changes?from={}&to={}", continues.reference, continues.based_on, continues.newest));
    let action = req.here(&format!("/drafts/{}/catch-up", draft.id));
    Some(
        view! {
            <Callout tone=Tone::Warn title=t.overtaken_title>
                <p>{told}</p>
                <p><a href=see>{t.see}</a></p>
                <PostButton action label=t.catch_up/>
            </Callout>
        }
        .into_any(),
    )
}

/// Takes over what was sent meanwhile.
pub async fn catch_up(req: Req) -> Outcome {
    let id = place::draft_id(&req)?;
    draft::catch_up(req.ctx(), &req.principal, id).await?;
    Ok(Reply::to(place::check(&req, id)))
}

/// Goes on with an amendment of an earlier report instead of this draft.
pub async fn instead(req: Req) -> Outcome {
    let reference: Number = req.form.get("report").parse().map_err(|_| Refusal::NotFound)?;
    let amendment = draft::amend_instead(req.ctx(), &req.principal, place::draft_id(&req)?, &reference).await?;
    Ok(Reply::to(place::tasks(&req, amendment)))
}
