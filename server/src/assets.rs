//! Style sheet, WebAssembly and icon: embedded in release builds, read from the build folder in development.
//!
//! They are served under a path that holds the hash of all of them, so that they can be cached for ever and an old page
//! never runs new code. A release build holds them compressed as well, made once and as small as can be.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use rust_embed::{EmbeddedFile, RustEmbed};
use sha2::{Digest as _, Sha256};

use crate::answer::Around;

#[derive(RustEmbed)]
#[folder = "../target/site/assets"]
struct Site;

#[derive(RustEmbed)]
#[folder = "../style/assets"]
struct Static;

/// The path of this build's assets: `/assets/` and sixteen hexadecimal digits.
#[must_use]
pub fn base() -> Arc<str> {
    let mut sha = Sha256::new();
    let mut names: Vec<_> =
        Site::iter().map(|name| (name, true)).chain(Static::iter().map(|name| (name, false))).collect();
    names.sort();
    for (name, built) in names {
        if let Some(file) = if built { Site::get(&name) } else { Static::get(&name) } {
            sha.update(name.as_bytes());
            sha.update(file.metadata.sha256_hash());
        }
    }
    format!("/assets/{}", domain::encoding::hex(&sha.finalize()[..8])).into()
}

/// Serves an asset by name. Only under this build's own path is it kept for ever. An old page finds the style sheet that
/// there is now, but no scripts: they might not fit it, and it works without.
pub async fn serve(
    State(around): State<Around>,
    Path((version, name)): Path<(String, String)>,
    asked: HeaderMap,
) -> Response {
    let current = around.app.assets.strip_prefix("/assets/") == Some(version.as_str());
    let found = if current || !is_code(&name) { find(&name, &asked) } else { None };
    let Some((file, encoding)) = found else { return StatusCode::NOT_FOUND.into_response() };
    let kept = if current { "public, max-age=31536000, immutable" } else { "no-store" };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type(&name))),
        (header::CACHE_CONTROL, HeaderValue::from_static(kept)),
        (header::VARY, HeaderValue::from_static("accept-encoding")),
    ];
    let mut answer = (headers, file.data).into_response();
    if let Some(encoding) = encoding {
        answer.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    answer
}

/// How a release build keeps its assets compressed, the smallest first: the name's ending and what HTTP calls it.
const COMPRESSED: [(&str, &str); 2] = [("br", "br"), ("gz", "gzip")];

/// The asset in the smallest form that the browser reads, and what that form is called.
fn find(name: &str, asked: &HeaderMap) -> Option<(EmbeddedFile, Option<&'static str>)> {
    let small = COMPRESSED.iter().filter(|(_, encoding)| reads(asked, encoding));
    let mut small =
        small.filter_map(|(ending, encoding)| Some((Site::get(&format!("{name}.{ending}"))?, Some(*encoding))));
    small.next().or_else(|| Some((Site::get(name).or_else(|| Static::get(name))?, None)))
}

/// Whether the browser says that it reads this encoding (`gzip, br;q=0.8`; a weight of nought means that it does not).
fn reads(asked: &HeaderMap, encoding: &str) -> bool {
    let said = asked.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    said.flat_map(|value| value.split(',')).any(|part| {
        let mut words = part.split(';').map(str::trim);
        let named = words.next().is_some_and(|word| word.eq_ignore_ascii_case(encoding));
        let weight = words.find_map(|word| word.strip_prefix("q="));
        named && weight.is_none_or(|weight| weight.parse::<f32>().is_ok_and(|weight| weight > 0.0))
    })
}

/// An asset that has an address of its own.
pub fn named(name: &str) -> Option<std::borrow::Cow<'static, [u8]>> {
    Static::get(name).map(|file| file.data)
}

fn is_code(name: &str) -> bool {
    name.ends_with(".js") || name.ends_with(".wasm")
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn types_are_fixed() {
        assert_eq!(media_type("main.css"), "text/css; charset=utf-8");
        assert_eq!(media_type("a.wasm"), "application/wasm");
        assert_eq!(media_type("no-ending"), "application/octet-stream");
    }

    #[test]
    fn only_encodings_that_the_browser_names_are_used() {
        let cases = [
            ("gzip, deflate, br", "br", true),
            ("gzip;q=1.0, BR;q=0.1", "br", true),
            ("gzip, br;q=0", "br", false),
            ("gzip, br; q=0.0", "br", false),
            ("gzip", "br", false),
            ("brotli", "br", false),
            ("br;q=lots", "br", false),
            ("", "gzip", false),
        ];
        for (said, encoding, expected) in cases {
            let mut asked = HeaderMap::new();
            asked.insert(header::ACCEPT_ENCODING, said.parse().unwrap());
            assert_eq!(reads(&asked, encoding), expected, "{said}");
        }
        assert!(!reads(&HeaderMap::new(), "br"));
    }
}
