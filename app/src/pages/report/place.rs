//! Addresses within a draft, and loading the draft of an address.

use domain::{ids::DraftId, time::Timestamp};
use services::{
    Refusal,
    draft::{DraftView, Loaded, bring_back, load},
};

use crate::{
    format,
    web::{Reply, Req},
};

/// What stands at the draft's address: the draft, or where to go instead.
pub enum Found {
    /// An open draft.
    Draft(Box<DraftView>),
    /// It was put away.
    PutAway {
        /// What it is about.
        title: String,
        /// When.
        at: Timestamp,
        /// Until when it can be brought back.
        until: Timestamp,
    },
    /// What it held is gone.
    Erased {
        /// When.
        at: Timestamp,
    },
    /// It has been sent: its report.
    Elsewhere(Reply),
}

/// The draft's identity in the address.
pub fn draft_id(req: &Req) -> Result<DraftId, Refusal> {
    req.parsed("draft")
}

/// Loads the draft of the address. A draft of another workspace does not exist here.
pub async fn find(req: &Req) -> Result<Found, Refusal> {
    let here = req.workspace()?.org;
    match load(req.ctx(), &req.principal, draft_id(req)?).await? {
        Loaded::Open(draft) if draft.org == here => Ok(Found::Draft(draft)),
        Loaded::PutAway { org, title, at, until } if org == here => Ok(Found::PutAway { title, at, until }),
        Loaded::Erased { org, at } if org == here => Ok(Found::Erased { at }),
        Loaded::Sent(reference) => Ok(Found::Elsewhere(Reply::to(req.here(&format!("/reports/{reference}"))))),
        Loaded::Open(_) | Loaded::PutAway { .. } | Loaded::Erased { .. } => Err(Refusal::NotFound),
    }
}

/// The draft of the address, or where to go instead: for pages that make no sense without an open draft.
pub async fn open(req: &Req) -> Result<Result<Box<DraftView>, Reply>, Refusal> {
    Ok(match find(req).await? {
        Found::Draft(draft) => Ok(draft),
        Found::PutAway { .. } | Found::Erased { .. } => Err(Reply::to(tasks(req, draft_id(req)?))),
        Found::Elsewhere(reply) => Err(reply),
    })
}

/// The same for saves: a draft that was put away comes back, so that a page left open for weeks loses nothing.
pub async fn open_or_back(req: &Req) -> Result<Result<Box<DraftView>, Reply>, Refusal> {
    if let Found::PutAway { .. } | Found::Erased { .. } = find(req).await? {
        bring_back(req.ctx(), &req.principal, draft_id(req)?).await?;
    }
    open(req).await
}

/// Address of the draft's list of tasks.
pub fn tasks(req: &Req, draft: DraftId) -> String {
    req.here(&format!("/drafts/{draft}"))
}

/// Address of a question.
pub fn question(req: &Req, draft: DraftId, section: &str, page: &str) -> String {
    req.here(&format!("/drafts/{draft}/{section}/{page}"))
}

/// Address of the check-answers page.
pub fn check(req: &Req, draft: DraftId) -> String {
    req.here(&format!("/drafts/{draft}/check"))
}

/// An instant in the workspace's zone.
pub fn moment(req: &Req, at: Timestamp) -> String {
    format::moment(at, req.zone())
}
