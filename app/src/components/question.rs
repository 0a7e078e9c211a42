//! The frame around one question: way back, where one is, what is wrong, the question, and help beside it.

use super::{Body, ErrorSummary, FieldError, Glyph, Icon, MaybeText, Part, words::words};
use leptos::prelude::*;

/// The way back, always the first thing on a page of a journey.
#[component]
pub fn BackLink(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// "Back" unless the target has a better name.
    #[prop(optional, into)]
    label: MaybeText,
) -> impl IntoView {
    let label = label.get().unwrap_or_else(|| words().back.to_owned());
    view! { <a class="back" href=href><Glyph icon=Icon::Back/><span>{label}</span></a> }
}

/// A graduated scale like that of a measuring cylinder: which step of how many.
#[component]
pub fn Scale(
    /// The step one is at, from 1.
    step: u8,
    /// Number of steps.
    of: u8,
    /// The same in words, e.g. "Step 3 of 7: Customer".
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let marks = (1..=of).map(|mark| {
        let state = match mark.cmp(&step) {
            std::cmp::Ordering::Less => "done",
            std::cmp::Ordering::Equal => "now",
            std::cmp::Ordering::Greater => "ahead",
        };
        view! { <span class="scale__mark" data-mark=state></span> }
    });
    view! {
        <p class="scale">
            <span class="scale__marks" aria-hidden="true">{marks.collect_view()}</span>
            <span class="scale__text">{text}</span>
        </p>
    }
}

/// A page that asks one thing or a small group of things.
#[component]
pub fn QuestionFrame(
    /// The question: the page's heading.
    #[prop(into)]
    title: String,
    /// The way back.
    #[prop(into)]
    back_href: String,
    /// Where one is, e.g. "Report draft, 3 of 7: Customer".
    #[prop(optional, into)]
    caption: MaybeText,
    /// Step and number of steps, drawn as a scale beside the caption.
    #[prop(optional_no_strip)]
    step: Option<(u8, u8)>,
    /// One sentence under the heading.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What has to be put right.
    #[prop(optional)]
    errors: Vec<FieldError>,
    /// Beside the question, under it on a narrow screen: indicators, help.
    #[prop(optional, into)]
    aside: Part,
    /// Name of the aside for screen readers.
    #[prop(optional, into)]
    aside_label: MaybeText,
    /// The form.
    children: Body,
) -> impl IntoView {
    let caption = caption.get().map(|caption| match step {
        Some((step, of)) => view! { <Scale step of text=caption/> }.into_any(),
        None => view! { <p class="caption">{caption}</p> }.into_any(),
    });
    let class = if aside.is_some() { "page page--form page--with-aside" } else { "page page--form" };
    view! {
        <div class=class>
            <div class="page__body">
                <BackLink href=back_href/>
                <ErrorSummary errors/>
                <div class="question">
                    {caption}
                    <h1 class="question__title">{title}</h1>
                    {hint.get().map(|hint| view! { <p class="question__hint">{hint}</p> })}
                </div>
                {children.view()}
            </div>
            {aside.get().map(|aside| view! { <aside class="page__aside" aria-label=aside_label.get()>{aside}</aside> })}
        </div>
    }
}
