//! Asking once more: a page of its own that works everywhere, and a dialog an island may open instead.

use super::{BackLink, Body, ButtonKind, ErrorSummary, FieldError, words::words};
use leptos::prelude::*;

/// A page that asks before something that cannot be taken back, or touches many.
#[component]
pub fn ConfirmPage(
    /// The question: "Withdraw this report?"
    #[prop(into)]
    title: String,
    /// Where the form is sent.
    #[prop(into)]
    action: String,
    /// The act: "Withdraw report".
    #[prop(into)]
    confirm: String,
    /// Where "Cancel" and the way back lead.
    #[prop(into)]
    cancel_href: String,
    /// It cannot be taken back.
    #[prop(optional)]
    danger: bool,
    /// What has to be put right.
    #[prop(optional)]
    errors: Vec<FieldError>,
    /// What will happen, and the fields (a reason).
    children: Body,
) -> impl IntoView {
    let kind = if danger { ButtonKind::Danger } else { ButtonKind::Primary };
    view! {
        <div class="page page--form">
            <div class="page__body">
                <BackLink href=cancel_href.clone()/>
                <ErrorSummary errors/>
                <h1>{title}</h1>
                <form class="stack" method="post" action=action novalidate=true>
                    {children.view()}
                    <div class="button-row">
                        <button class=kind.class() type="submit"><span>{confirm}</span></button>
                        <a class="button button--quiet" href=cancel_href>{words().cancel}</a>
                    </div>
                </form>
            </div>
        </div>
    }
}

/// A dialog, closed until an island opens it by its id. What it offers is also on a page.
#[component]
pub fn Dialog(
    /// By which it is opened.
    #[prop(into)]
    id: String,
    /// Its heading.
    #[prop(into)]
    title: String,
    /// The forms; one with `method="dialog"` closes it.
    children: Body,
) -> impl IntoView {
    let title_id = format!("{id}-title");
    let labelled_by = title_id.clone();
    view! {
        <dialog class="dialog" id=id aria-labelledby=labelled_by>
            <h2 class="dialog__title" id=title_id>{title}</h2>
            {children.view()}
        </dialog>
    }
}
