//! How long one's sign-in still lasts: asked by a page in the background, and prolonged by the person.

use domain::time::Timestamp;
use services::Refusal;

use crate::{
    islands::session_watch::Left,
    web::{Outcome, Reply, Req},
};

/// How long the sign-in of a request lasts; none for nobody.
pub(crate) fn left(req: &Req) -> Option<Left> {
    let now = req.ctx().now();
    let seconds = |end: Timestamp| u32::try_from(end.since(now) / Timestamp::SECOND).unwrap_or(0);
    Some(Left { rest: seconds(req.session_expires?), end: seconds(req.session_ends?) })
}

/// Looks; prolongs nothing.
pub(super) async fn look(req: Req) -> Outcome {
    match left(&req) {
        Some(left) => Reply::json(&left, false),
        None if req.wants_json => Err(Refusal::NotSignedIn),
        None => Ok(Reply::to(req.to("/sign-in"))),
    }
}

/// Prolongs it, as every page that a person opens does. Without an island the person goes on at their start page.
pub(super) async fn stay(req: Req) -> Outcome {
    if req.wants_json || left(&req).is_none() { look(req).await } else { Ok(Reply::to(req.to("/home"))) }
}
