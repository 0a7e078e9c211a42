//! What a page says about itself to search engines and to programs that show a preview of a link.
//!
//! Only pages for everybody say anything ([`super::Page::about`]); all others ask not to be kept. Their address is the one
//! without a query, so that a filtered list counts as the list.

use domain::lang::Lang;
use leptos::prelude::*;

use super::Req;
use crate::text::common;

/// Where the picture of the preview is, and how large.
pub const CARD: &str = "/card.png";
const CARD_SIZE: (&str, &str) = ("1200", "630");

/// Description, own address, other languages, preview; `data` is JSON-LD where the page is something that has a name there.
pub(super) fn public(req: &Req, title: &str, about: String, data: Option<serde_json::Value>) -> AnyView {
    let base = req.app.ctx.config.base_url.clone();
    let t = common::texts(req.lang);
    let (address, title) = (format!("{base}{}", req.path), title.to_owned());
    let rest = req.path.strip_prefix('/').and_then(|path| path.split_once('/')).map_or("", |(_, rest)| rest);
    let others = Lang::ALL.into_iter().map(|lang| (lang.tag(), lang));
    let others: Vec<_> = others
        .chain([("x-default", Lang::default())])
        .map(|(name, lang)| {
            let href = format!("{base}/{}/{rest}", lang.tag());
            view! { <link rel="alternate" hreflang=name href=href/> }
        })
        .collect();
    let card = format!("{base}{CARD}");
    let data = data.map(|data| {
        let data = script_safe(&data.to_string());
        view! { <script type="application/ld+json" inner_html=data></script> }
    });
    view! {
        <meta name="description" content=about.clone()/>
        <link rel="canonical" href=address.clone()/>
        {others}
        {property("og:type", "website")}
        {property("og:site_name", t.product)}
        {property("og:locale", locale(req.lang))}
        {property("og:title", title)}
        {property("og:description", about)}
        {property("og:url", address)}
        {property("og:image", card)}
        {property("og:image:width", CARD_SIZE.0)}
        {property("og:image:height", CARD_SIZE.1)}
        {property("og:image:alt", t.card_alt)}
        <meta name="twitter:card" content="summary_large_image"/>
        {data}
    }
    .into_any()
}

/// A property of a preview. The names have a colon, which HTML's own attributes have not.
fn property(name: &'static str, content: impl Into<String>) -> impl IntoView {
    let content: String = content.into();
    leptos::html::meta().attr("property", name).content(content)
}

/// Language and country, as the previews want it.
const fn locale(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "en_GB",
    }
}

/// JSON that cannot end the script it stands in.
fn script_safe(json: &str) -> String {
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_cannot_end_its_script() {
        let json = serde_json::json!({ "name": "</script><script>alert(1)</script>&" }).to_string();
        let safe = script_safe(&json);
        assert!(!safe.contains(['<', '>', '&']));
        let read: serde_json::Value = serde_json::from_str(&safe).unwrap_or_default();
        assert_eq!(read["name"], "</script><script>alert(1)</script>&");
    }
}
