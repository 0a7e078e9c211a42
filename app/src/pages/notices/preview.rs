//! What stands in the editor's form as readers would see it.

use domain::notice::{Content, direction};
use leptos::prelude::*;

use super::{At, shown};
use crate::web::Req;

/// The notice in light, in dark and as on paper, in each language.
pub(super) fn preview_of(req: &Req, at: &At, content: &Content) -> AnyView {
    let t = at.t;
    let frame = |class: &'static str, label: &'static str| {
        let links = shown::Links { substances: req.to("/substances/"), files: at.to("/files/"), event: None };
        let texts = content.texts.iter().map(|text| {
            let (lang, title) = (text.lang.clone(), text.title.clone());
            let body = shown::body(t, content, text, &links);
            view! { <article class="preview__notice"><p class="preview__title" lang=lang dir=direction(&text.lang)>{title}</p>{body}</article> }
        });
        let texts = texts.collect_view();
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
