//! Style sheet, WebAssembly and icon: embedded in release builds, read from the build folder in development.
//!
//! They are served under a path that holds the hash of all of them, so that they can be cached for ever and an old page
//! never runs new code.

use std::sync::Arc;

use axum::{
    extract::Path,
    response::{IntoResponse as _, Response},
};
use http::{HeaderValue, StatusCode, header};
use rust_embed::RustEmbed;
use sha2::{Digest as _, Sha256};

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

/// Serves an asset by name; the version in the path is for caches only.
pub async fn serve(Path((_version, name)): Path<(String, String)>) -> Response {
    let Some(file) = Site::get(&name).or_else(|| Static::get(&name)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type(&name))),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
    ];
    (headers, file.data).into_response()
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_fixed() {
        assert_eq!(media_type("main.css"), "text/css; charset=utf-8");
        assert_eq!(media_type("a.wasm"), "application/wasm");
        assert_eq!(media_type("no-ending"), "application/octet-stream");
    }
}
