//! What only paper shows: the block that makes a printed record stand on its own.

use super::{Mark, MaybeText, Reference, words::words};
use leptos::prelude::*;

/// Title block of a printed record: service, address, moment, reference. Unseen on the screen.
#[component]
pub fn PrintBlock(
    /// Name of the service.
    #[prop(into)]
    service: String,
    /// Public address of the page.
    #[prop(into)]
    address: String,
    /// When it was rendered, with the zone.
    #[prop(into)]
    moment: String,
    /// Reference of the record; a list has none.
    #[prop(optional, into)]
    reference: MaybeText,
    /// What part of a list it is.
    #[prop(optional, into)]
    subject: MaybeText,
    /// Who prints it.
    #[prop(optional, into)]
    by: MaybeText,
) -> impl IntoView {
    let words = words();
    let reference = reference.get().map(|code| {
        view! { <p class="print-block__line">{words.reference}" "<Reference code/></p> }
    });
    let subject = subject.get().map(|subject| view! { <p class="print-block__line"><b>{subject}</b></p> });
    let by = by.get().map(|by| view! { ", "{words.printed_by}" "<bdi>{by}</bdi> });
    view! {
        <div class="print-block">
            <p class="print-block__service"><Mark/>{service}</p>
            {reference}
            {subject}
            <p class="print-block__line">{words.printed_from}" "<bdi dir="ltr">{address}</bdi>", "{moment}{by}</p>
        </div>
    }
}

/// A record for the files: the print block on top, then what is kept; hidden parts carry the class `no-print`.
#[component]
pub fn Receipt(
    /// What is confirmed: "Report sent".
    #[prop(into)]
    title: String,
    /// The reference, shown large.
    #[prop(into)]
    reference: String,
    /// When, in both zones.
    #[prop(into)]
    moment: String,
    /// The chain mark and the like.
    #[prop(optional, into)]
    mark: super::Part,
) -> impl IntoView {
    view! {
        <header class="receipt">
            <h1 class="receipt__title">{title}</h1>
            <p class="receipt__reference"><Reference code=reference/></p>
            <p class="receipt__moment">{moment}</p>
            {mark.get().map(|mark| view! { <div class="receipt__mark">{mark}</div> })}
        </header>
    }
}
