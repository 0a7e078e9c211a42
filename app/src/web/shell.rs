//! The frame of every page: head, skip link, spine, main, footer.

use leptos::{config::LeptosOptions, hydration::HydrationScripts, prelude::*};

use super::{Req, Template, Theme};
use crate::text::common;

/// What a page tells its frame.
#[derive(Debug)]
pub struct Frame {
    /// Title of the page.
    pub title: String,
    /// Shape.
    pub template: Template,
    /// Whether to load WebAssembly.
    pub islands: bool,
    /// Neutral title for prints.
    pub print_title: Option<String>,
}

/// The whole document around `body`.
pub fn document(req: &Req, frame: Frame, body: AnyView) -> impl IntoView + use<> {
    let t = common::texts(req.lang);
    let title = format!("{} – {}", frame.title, t.product);
    let style = format!("{}/main.css", req.app.assets);
    let icon = format!("{}/favicon.svg", req.app.assets);
    let theme = (req.theme != Theme::System).then(|| req.theme.code());
    let private = req.principal.person.is_some();
    view! {
        <!DOCTYPE html>
        <html lang=req.lang.tag() dir=req.lang.dir() data-theme=theme>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                {private.then(|| view! { <meta name="robots" content="noindex"/> })}
                <title>{title}</title>
                <link rel="stylesheet" href=style/>
                <link rel="icon" type="image/svg+xml" href=icon/>
                {frame.islands.then(|| scripts(req))}
            </head>
            <body>
                <main id="main">{body}</main>
            </body>
        </html>
    }
}

/// Loads the islands of this build.
fn scripts(req: &Req) -> impl IntoView + use<> {
    let options = LeptosOptions::builder().output_name("frontend").site_pkg_dir(req.app.assets.trim_start_matches('/')).build();
    view! { <HydrationScripts options islands=true/> }
}
