//! What stands in the editor's form as readers would see it.

use domain::notice::{Content, Text, direction};
use leptos::prelude::*;

use super::{At, shown};
use crate::{text::notices::Texts, web::Req};

/// Where links of a text on which people work lead.
pub(super) fn links(req: &Req, at: &At) -> shown::Links {
    shown::Links { substances: req.to("/substances/"), files: at.to("/files/"), event: None }
}

/// The text as readers see it, in each language.
pub(super) fn articles(t: &'static Texts, content: &Content, links: &shown::Links) -> AnyView {
    let article = |text: &Text| {
        let (lang, title) = (text.lang.clone(), text.title.clone());
        let body = shown::body(t, content, text, links);
        view! { <article class="preview__notice"><p class="preview__title" lang=lang dir=direction(&text.lang)>{title}</p>{body}</article> }
    };
    content.texts.iter().map(article).collect_view().into_any()
}

/// The notice in light, in dark and as on paper, in each language.
pub(super) fn preview_of(req: &Req, at: &At, content: &Content) -> AnyView {
    let t = at.t;
    let links = links(req, at);
    let frame = |class: &'static str, label: &'static str| {
        let texts = articles(t, content, &links);
        view! { <section class=format!("preview__frame {class}") aria-label=label><p class="preview__label">{label}</p>{texts}</section> }
    };
    let (light, dark) =
        (frame("preview__frame--light", t.preview_light), frame("preview__frame--dark", t.preview_dark));
    let paper = frame("preview__frame--print", t.preview_print);
    view! {
        <section class="stack" aria-labelledby="preview">
            <h2 id="preview" tabindex="-1">{t.preview}</h2>
            <p>{t.preview_lead}</p>
            <div class="preview">{light}{dark}{paper}</div>
        </section>
    }
    .into_any()
}
