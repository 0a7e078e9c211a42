//! Light or dark, tall or low rows: kept in a cookie, so that the first paint is right without JavaScript.

use crate::{
    components::Theme,
    web::{Outcome, Reply, Req, cookie, paths::own_path},
};

/// Takes `theme` or `density` and goes back to `return_to`, a path of this installation.
pub(super) async fn choose(req: Req) -> Outcome {
    let back = own_path(req.form.get("return_to")).unwrap_or_else(|| req.to("/"));
    let mut cookies = Vec::new();
    if req.form.has("theme") {
        cookies.push(cookie::theme(Theme::from_name(req.form.get("theme"))));
    }
    if req.form.has("density") {
        cookies.push(cookie::density(req.form.get("density") == "compact"));
    }
    Ok(Reply::Redirect { to: back, cookies, clear_site_data: false })
}
