//! From an HTTP request to a handler's [`Req`], and from its [`Reply`] to an HTTP answer. The right to be on a route is
//! checked here, for every route alike, before its handler runs.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use app::{
    routes::{Method, Route},
    web::{
        AppState, Events, Fields, Outcome, Page, Reply, Req, Waiting, cookie, stand_in,
        upload::{self, Upload},
        without_nul,
    },
};
use axum::{
    RequestPartsExt as _,
    body::Body,
    extract::{ConnectInfo, RawPathParams, Request},
    response::{IntoResponse as _, Response},
};
use domain::{
    access::{Action, Need},
    encoding::percent,
    evidence::content_disposition,
    lang::Lang,
    organisation::OrgKind,
};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts};
use services::{
    Refusal, advice, context,
    evidence::Download,
    refdata,
    session::{self, Activity},
};

use crate::guards::Nonce;

/// The largest form that is read.
pub const FORM_LIMIT: usize = 2 * 1024 * 1024;

/// What the adapter must know beside the shared state.
#[derive(Clone, Debug)]
pub struct Around {
    /// State of the application.
    pub app: AppState,
    /// How many proxies in front of us may be believed about the asker's address.
    pub trusted_proxies: usize,
    /// Until which day the contact for matters of security is promised; half a year ahead at any time without one.
    pub contact_until: Option<domain::date::Date>,
}

/// Answers one request on one route.
pub async fn route(around: Around, route: Route, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let Some(lang) = language(&parts) else { return without_language(&parts) };
    let mut req = blank(&around, &parts, lang);
    if route.is_anonymous {
        forget(&mut req);
    }
    match path_params(&mut parts).await {
        Some(params) => req.params = params,
        None => return respond(&req, Err(Refusal::NotFound), false),
    }
    let is_form = route.method == Method::Post;
    let mut unread = Some(body);
    if let Some(body) = unread.take_if(|_| is_form && !route.takes_files) {
        match axum::body::to_bytes(body, FORM_LIMIT).await {
            Ok(bytes) => req.form = Fields::parse(&bytes),
            Err(_) => return too_large(&req),
        }
    }
    if let Err(refusal) = refdata::refresh(req.ctx()).await {
        return respond(&req, Err(refusal), is_form);
    }
    let activity = if route.is_activity { Activity::Person } else { Activity::Background };
    let outcome = match sign_in(&mut req, activity).await {
        Ok(()) if is_of_another(&req) && req.wants_json => Err(Refusal::NotSignedIn),
        Ok(()) if is_of_another(&req) => return page(&req, stand_in::other_person(&req)),
        Ok(()) => match allowed(&mut req, &route) {
            Ok(()) if route.takes_files && declared(&parts) > upload::LIMIT => return too_many_files(&req),
            Ok(()) => {
                if let Some(body) = unread.filter(|_| route.takes_files) {
                    req.upload = Upload::new(content_type(&parts), pieces(body));
                }
                req.waiting = waiting(&req, &route).await;
                read_here(&req, &route).await;
                (route.handler)(req.clone()).await
            }
            Err(refusal) => Err(refusal),
        },
        Err(refusal) => Err(refusal),
    };
    if matches!(outcome, Err(Refusal::NotSignedIn)) && is_form && !req.wants_json {
        return page(&req, stand_in::signed_out(&req).await);
    }
    respond(&req, outcome, is_form)
}

/// Opening a page is reading the lines of one's inbox that lead to it. A page does not fail because that could not be noted.
async fn read_here(req: &Req, route: &Route) {
    if req.unread == 0 || route.method != Method::Get || !route.is_activity {
        return;
    }
    let path = req.path.strip_prefix('/').and_then(|path| path.strip_prefix(req.lang.tag())).unwrap_or(&req.path);
    if let Err(error) = services::notify::seen_at(req.ctx(), &req.principal, path).await {
        tracing::warn!(%error, "a line of an inbox could not be marked as read");
    }
}

/// What the spine of a page counts. A page does not fail because something could not be counted.
async fn waiting(req: &Req, route: &Route) -> Waiting {
    let Some(member) = req.workspace.as_ref().filter(|_| route.method == Method::Get && route.is_activity) else {
        return Waiting::default();
    };
    let (ctx, who, org) = (req.ctx(), &req.principal, member.org);
    let advice = match member.kind {
        OrgKind::Authority => advice::waiting(ctx, who, org).await,
        OrgKind::Company => advice::waiting_for(ctx, who, org).await,
        _ => Ok(None),
    };
    let licences = match Action::ReadLicences.allows(member.role) {
        true => services::licence::request::waiting(ctx, who, org).await.ok(),
        false => None,
    };
    let questions = match Action::AnswerMembers.allows(member.role) || Action::SignAnswers.allows(member.role) {
        true => services::association::questions::waiting(ctx, who, org).await.ok(),
        false => None,
    };
    let notices = match Action::ApproveNotices.allows(member.role) {
        true => services::notice::approval::waiting(ctx, who, org).await.ok(),
        false => None,
    };
    let counted = |count: Option<i64>| count.and_then(|count| u64::try_from(count).ok());
    Waiting {
        advice: counted(advice.ok().flatten()),
        licences,
        questions: counted(questions),
        notices: counted(notices),
    }
}

/// How large the body says it is; what says nothing is counted while it is read.
fn declared(parts: &Parts) -> u64 {
    let length = parts.headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    length.and_then(|length| length.parse().ok()).unwrap_or_default()
}

fn content_type(parts: &Parts) -> &str {
    parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default()
}

fn pieces(body: Body) -> upload::Body {
    body.into_data_stream().map_err(std::io::Error::other).boxed()
}

/// Answers everything that no route matched.
pub async fn fallback(around: Around, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let Some(lang) = language(&parts) else { return without_language(&parts) };
    if parts.uri.path().trim_matches('/') == lang.tag() {
        return redirect(&format!("/{}/", lang.tag()));
    }
    let mut req = blank(&around, &parts, lang);
    if let Err(refusal) = sign_in(&mut req, Activity::Person).await {
        return respond(&req, Err(refusal), false);
    }
    respond(&req, Err(Refusal::NotFound), false)
}

/// Answers a method that an address does not have: the target of a form that somebody opens, say by reloading.
pub async fn wrong_method(around: Around, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let mut req = blank(&around, &parts, language(&parts).unwrap_or_default());
    if let Err(refusal) = sign_in(&mut req, Activity::Background).await {
        return respond(&req, Err(refusal), false);
    }
    let t = app::text::errors::texts(req.lang);
    page(&req, stand_in::page(&req, 405, t.wrong_method_title, t.wrong_method.to_owned()))
}

/// The language with which an address begins.
fn language(parts: &Parts) -> Option<Lang> {
    Lang::from_tag(parts.uri.path().trim_start_matches('/').split('/').next()?)
}

/// None if a part of the address is no text.
async fn path_params(parts: &mut Parts) -> Option<Vec<(String, String)>> {
    let params = parts.extract::<RawPathParams>().await.ok()?;
    Some(params.iter().map(|(name, value)| (name.to_owned(), without_nul(value))).collect())
}

/// An address without a language leads to the same one in the default language.
fn without_language(parts: &Parts) -> Response {
    if parts.method != http::Method::GET && parts.method != http::Method::HEAD {
        return StatusCode::NOT_FOUND.into_response();
    }
    let rest = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    // `//host` would be another site.
    redirect(&format!("/{}/{}", Lang::default().tag(), rest.trim_start_matches(['/', '\\'])))
}

fn redirect(to: &str) -> Response {
    match HeaderValue::from_str(to) {
        Ok(location) => (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A request with everything that can be read from its head.
fn blank(around: &Around, parts: &Parts, lang: Lang) -> Req {
    let cookies = cookies(&parts.headers);
    let theme = cookies
        .iter()
        .find(|(name, _)| name == cookie::THEME)
        .map(|(_, value)| app::components::Theme::from_name(value));
    let text = |name| parts.headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).unwrap_or_default();
    Req {
        app: around.app.clone(),
        lang,
        principal: domain::access::Principal::default(),
        session_token: cookies.iter().find(|(name, _)| name == cookie::SESSION).map(|(_, value)| value.clone()),
        session_expires: None,
        session_ends: None,
        must_enrol: false,
        unread: 0,
        unreachable: false,
        workspace: None,
        waiting: Waiting::default(),
        params: Vec::new(),
        query: Fields::parse(parts.uri.query().unwrap_or_default().as_bytes()),
        form: Fields::default(),
        upload: Upload::default(),
        path: parts.uri.path().to_owned(),
        theme: theme.unwrap_or_default(),
        address: address(parts, around.trusted_proxies),
        agent: text(header::USER_AGENT).chars().filter(|letter| !letter.is_control()).take(200).collect(),
        nonce: parts.extensions.get::<Nonce>().map_or_else(|| "".into(), |nonce| nonce.0.clone()),
        wants_json: text(header::ACCEPT).starts_with("application/json"),
        cookies,
    }
}

/// Takes away whatever could tell who asks. What is left of the cookies is the appearance of the page.
fn forget(req: &mut Req) {
    (req.session_token, req.cookies, req.agent) = (None, Vec::new(), String::new());
    req.address = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
}

fn cookies(headers: &HeaderMap) -> Vec<(String, String)> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// The asker's address: the peer's, or what the outermost believed proxy says.
fn address(parts: &Parts, trusted: usize) -> IpAddr {
    let peer = parts
        .extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |ConnectInfo(address)| address.ip());
    let Some(nth) = trusted.checked_sub(1) else { return peer };
    let forwarded = parts.headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = forwarded.flat_map(|line| line.split(',')).map(str::trim).collect();
    hops.iter().rev().nth(nth).and_then(|hop| hop.parse().ok()).unwrap_or(peer)
}

async fn sign_in(req: &mut Req, activity: Activity) -> Result<(), Refusal> {
    let Some(token) = req.session_token.clone() else { return Ok(()) };
    match session::resolve(req.ctx(), &token, activity).await? {
        Some(session) => {
            req.principal = session.principal;
            (req.session_expires, req.session_ends) = (Some(session.expires_at), Some(session.ends_at));
            req.must_enrol = session.must_enrol;
            (req.unread, req.unreachable) = (session.unread, session.unreachable);
        }
        None => req.session_token = None,
    }
    Ok(())
}

/// Whether a form was opened by somebody else than who sends it now: in a tab that outlived their sign-in. Forms say whose
/// they are in `_who`; what one person typed is never done in another's name.
fn is_of_another(req: &Req) -> bool {
    let who = req.principal.person.as_ref().map(|person| context::fingerprint(person.id));
    who.is_some_and(|who| req.form.has(context::WHO) && req.form.get(context::WHO) != who)
}

/// The one place where a route's declared action is enforced.
fn allowed(req: &mut Req, route: &Route) -> Result<(), Refusal> {
    // Whoever has to set up a second factor first reaches what everybody reaches, and that.
    if req.must_enrol && route.action.need() != Need::Nothing && route.action != Action::EnrolFactor {
        return Err(Refusal::FactorFirst);
    }
    match route.action.need() {
        Need::Nothing => Ok(()),
        Need::SignIn => req.principal.signed_in().map(drop).map_err(Refusal::from),
        Need::Roles(_) => {
            req.principal.signed_in()?;
            let member = req.principal.membership(req.param("org")).ok_or(Refusal::NotFound)?.clone();
            req.principal.allowed_in(member.org, route.action)?;
            req.workspace = Some(member);
            Ok(())
        }
    }
}

/// Turns what the handler returned into bytes.
pub fn respond(req: &Req, outcome: Outcome, is_form: bool) -> Response {
    match outcome {
        Ok(reply) => reply_with(req, reply),
        Err(Refusal::NotSignedIn) if req.wants_json => StatusCode::UNAUTHORIZED.into_response(),
        Err(Refusal::NotSignedIn) => redirect(&format!("{}?next={}", req.to("/sign-in"), percent(&req.path, b"/"))),
        Err(Refusal::FactorFirst) if req.wants_json => StatusCode::UNAUTHORIZED.into_response(),
        Err(Refusal::FactorFirst) if is_form => page(req, stand_in::factor_first(req)),
        Err(Refusal::FactorFirst) => redirect(&req.to("/me/factor")),
        Err(refusal) => refused(req, &refusal),
    }
}

fn refused(req: &Req, refusal: &Refusal) -> Response {
    let number = services::context::random_hex::<4>();
    if let Refusal::Unavailable(_) | Refusal::Fault(_) = refusal {
        // Never the path's query, the form or the person: the route and the cause are enough.
        tracing::error!(number, cause = ?refusal, "a request failed");
    }
    let mut response = page(req, stand_in::refusal(req, refusal, &number));
    if let Refusal::TooOften(seconds) = refusal {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
    }
    response
}

fn too_large(req: &Req) -> Response {
    let t = app::text::errors::texts(req.lang);
    page(req, stand_in::page(req, 413, t.too_large_title, t.too_large.to_owned()))
}

fn too_many_files(req: &Req) -> Response {
    let t = app::text::errors::texts(req.lang);
    page(req, stand_in::page(req, 413, t.too_many_files_title, t.too_many_files.to_owned()))
}

fn page(req: &Req, page: Page) -> Response {
    let status = StatusCode::from_u16(page.status).unwrap_or(StatusCode::OK);
    let cookies = page.cookies.clone();
    let html = page.render(req);
    let mut response = (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response();
    set_cookies(&mut response, &cookies);
    response
}

fn reply_with(req: &Req, reply: Reply) -> Response {
    match reply {
        Reply::Page(shown) => page(req, *shown),
        Reply::Redirect { to, cookies, clear_site_data } => {
            let mut response = redirect(&to);
            set_cookies(&mut response, &cookies);
            if clear_site_data {
                response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\", \"storage\""));
            }
            response
        }
        Reply::Json { body, public } => {
            let cache = if public { "public, max-age=3600" } else { "no-store" };
            ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, cache)], body).into_response()
        }
        Reply::Fragment(html) => ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response(),
        Reply::Feed { media_type, body, public } => {
            let cache = if public { "public, max-age=300" } else { "no-store" };
            ([(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, cache)], body).into_response()
        }
        Reply::Text(text) => ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response(),
        Reply::File { name, media_type, body } => {
            offered(&name, ([(header::CONTENT_TYPE, media_type)], Body::from(body)).into_response())
        }
        Reply::Made { name, media_type, pieces } => {
            offered(&name, ([(header::CONTENT_TYPE, media_type)], Body::from_stream(pieces.0)).into_response())
        }
        Reply::Stored(file) => stored(*file),
        Reply::Events(events) => told(events),
    }
}

/// A stream that lasts. Proxies are asked to pass each message on as it comes.
fn told(events: Events) -> Response {
    let head = [("content-type", "text/event-stream"), ("cache-control", "no-store"), ("x-accel-buffering", "no")];
    let pieces = events.0.map(Ok::<_, std::convert::Infallible>);
    (head, Body::from_stream(pieces)).into_response()
}

/// What somebody added: to be kept, not shown. Should a browser show it all the same, it may do nothing there.
fn stored(file: Download) -> Response {
    let head = [
        (header::CONTENT_TYPE, HeaderValue::from_static(file.kind.media_type())),
        (header::CONTENT_LENGTH, HeaderValue::from(file.size)),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
    ];
    let name = file.name.clone();
    let pieces = stream::try_unfold(file, async |mut file| {
        Ok::<_, std::io::Error>(file.piece().await?.map(|piece| (piece, file)))
    });
    offered(&name, (head, Body::from_stream(pieces)).into_response())
}

fn offered(name: &str, mut response: Response) -> Response {
    if let Ok(value) = HeaderValue::from_str(&content_disposition(name)) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

fn set_cookies(response: &mut Response, cookies: &[String]) {
    for cookie in cookies {
        if let Ok(value) = HeaderValue::from_str(cookie) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
}
