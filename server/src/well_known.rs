//! What programs look for at fixed addresses: who to write to about security, what search engines may keep, the picture for
//! previews of links.

use std::collections::BTreeSet;

use app::pages::public::sitemap;
use axum::{
    Router,
    extract::State,
    response::{IntoResponse as _, Response},
    routing::get,
};
use domain::{date::Date, lang::Lang, organisation::OrgKind, time::Timestamp};
use http::{HeaderName, HeaderValue, StatusCode, header};

use crate::{answer::Around, assets};

/// How long ahead the contact is promised where nothing else is set. RFC 9116 asks for less than a year.
const PROMISED: i64 = 180 * Timestamp::DAY;

/// The routes.
pub fn routes(around: Around) -> Router {
    Router::new()
        .route("/.well-known/security.txt", get(security))
        .route("/robots.txt", get(robots))
        .route("/sitemap.xml", get(map))
        .route(app::web::head::CARD, get(card))
        .with_state(around)
}

async fn security(State(around): State<Around>) -> String {
    let (contact, base) = (&around.app.contact, &around.app.ctx.config.base_url);
    let expires = app::format::machine(promised_until(&around));
    format!(
        "Contact: {contact}\nExpires: {expires}\nPreferred-Languages: en\nCanonical: {base}/.well-known/security.txt\n"
    )
}

/// Until when the contact holds: the day that was set, else half a year from now.
fn promised_until(around: &Around) -> Timestamp {
    let set = around.contact_until.map(|day: Date| Timestamp(day.days() * Timestamp::DAY));
    set.unwrap_or_else(|| around.app.ctx.now().plus(PROMISED))
}

/// A demo is found by nobody; elsewhere workspaces and what is only for one person are left out.
async fn robots(State(around): State<Around>) -> String {
    if around.app.ctx.config.demo {
        return "User-agent: *\nDisallow: /\n".to_owned();
    }
    let workspaces: BTreeSet<&str> = OrgKind::ALL.iter().map(|kind| kind.workspace()).collect();
    let own = ["me", "link", "declare", "kept", "go"];
    let closed: String = workspaces.into_iter().chain(own).map(|part| format!("Disallow: /*/{part}/\n")).collect();
    format!("User-agent: *\n{closed}\nSitemap: {}/sitemap.xml\n", around.app.ctx.config.base_url)
}

async fn map(State(around): State<Around>) -> Response {
    let (ctx, base) = (&around.app.ctx, &around.app.ctx.config.base_url);
    let pages = Lang::ALL.into_iter().flat_map(|lang| sitemap::paths(ctx, lang));
    let pages: String =
        pages.map(|path| format!("  <url><loc>{}</loc></url>\n", escaped(&format!("{base}{path}")))).collect();
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{pages}</urlset>\n"
    );
    ([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], xml).into_response()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;").replace('\'', "&apos;")
}

/// Other sites show it beside a link, so that they may take it.
async fn card() -> Response {
    let Some(picture) = assets::named("card.png") else { return StatusCode::NOT_FOUND.into_response() };
    let head = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/png")),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400")),
        (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin")),
    ];
    (head, picture).into_response()
}
