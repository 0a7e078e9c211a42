//! A text as a picture for a camera.

use leptos::prelude::*;
use qrcode::{Color, QrCode};

/// Free modules around the picture, as the standard asks.
const QUIET: usize = 4;

/// The picture, drawn by the server; none if the text is longer than any picture holds.
pub(super) fn picture(text: &str, label: &'static str) -> Option<impl IntoView + use<>> {
    let code = QrCode::new(text.as_bytes()).ok()?;
    let (width, path) = (code.width() + 2 * QUIET, path(&code));
    Some(view! {
        <svg class="qr" viewBox=format!("0 0 {width} {width}") role="img" aria-label=label shape-rendering="crispEdges">
            <path class="qr__paper" d=format!("M0 0h{width}v{width}h-{width}z")/>
            <path class="qr__ink" d=path/>
        </svg>
    })
}

/// Dark modules, a stroke for each run of them in a row.
fn path(code: &QrCode) -> String {
    let (width, modules) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (y, row) in modules.chunks(width).enumerate() {
        let mut x = 0;
        while x < width {
            let run = row[x..].iter().take_while(|module| **module == Color::Dark).count();
            if run > 0 {
                path.push_str(&format!("M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET));
            }
            x += run.max(1);
        }
    }
    path
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::pages::account::shown;

    #[test]
    fn every_dark_module_is_drawn_once() {
        let code = QrCode::new(b"otpauth://totp/Forerunner:a@x.example?secret=ABCDEFGH").unwrap();
        let dark = code.to_colors().iter().filter(|module| **module == Color::Dark).count();
        let path = path(&code);
        let runs = path.split('h').skip(1).filter_map(|rest| rest.split('v').next()?.parse::<usize>().ok());
        assert_eq!(runs.sum::<usize>(), dark);
        assert!(path.starts_with("M4 4h7v1h-7z"), "the first corner: {path}");
    }

    #[test]
    fn the_picture_says_what_it_is_and_has_no_style_of_its_own() {
        let html = shown(|| picture("otpauth://x", "Picture"));
        assert!(html.contains("aria-label=\"Picture\"") && !html.contains("style="), "{html}");
        assert!(picture(&"x".repeat(10_000), "Picture").is_none());
    }
}
