//! What stands around every route: the headers of every answer and the refusal of forged requests.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{Html, IntoResponse as _, Response},
};
use http::{HeaderName, HeaderValue, Method, StatusCode, header};

/// The nonce of one answer's inline script.
#[derive(Clone, Debug)]
pub struct Nonce(pub Arc<str>);

/// Headers that every answer carries, whatever it is.
const FIXED: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    // Not `no-referrer`: the browser's own pages need to know where a form came from on this site.
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"),
    ("strict-transport-security", "max-age=31536000; includeSubDomains"),
];

/// Makes the nonce, lets the request through and puts the security headers on the answer.
pub async fn headers(mut request: Request, next: Next) -> Response {
    let nonce = Nonce(nonce());
    request.extensions_mut().insert(nonce.clone());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        // What an answer says itself goes before: the picture of previews may be shown elsewhere.
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'",
        nonce.0
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        // A file that somebody added has a stricter one of its own.
        headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// 128 random bits in hexadecimal.
fn nonce() -> Arc<str> {
    services::context::random_hex::<16>().into()
}

/// What a refused forgery is told.
pub fn forged() -> Response {
    let body = "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Refused – Forerunner</title></head><body>\
                <h1>This form came from another site</h1><p>For your protection nothing was done. Open the page on this site and \
                send the form again.</p><p><a href=\"/\">Go to the start page</a></p></body></html>";
    (StatusCode::FORBIDDEN, Html(body)).into_response()
}

/// Refuses an unsafe request that carries our sign-in but says nothing about where it comes from. Every browser says so;
/// programs without a cookie are left to their own checks.
pub async fn origin_known(State(()): State<()>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let headers = request.headers();
    let says_where = headers.contains_key("sec-fetch-site") || headers.contains_key(header::ORIGIN);
    if !safe && !says_where && headers.contains_key(header::COOKIE) {
        return forged();
    }
    next.run(request).await
}
