//! The fields for passwords. They never carry a value: a password is not handed back to the browser.

use leptos::prelude::*;

use crate::{
    components::*,
    text::account::{Texts, texts},
};
use domain::lang::Lang;

/// A password that exists, or a new one where `autocomplete` says `new-password`. Pasting is allowed.
#[component]
pub(super) fn PasswordField(
    /// Name it is sent under.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    label: String,
    /// `current-password` or `new-password`.
    autocomplete: &'static str,
    /// One sentence of help.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: MaybeText,
) -> impl IntoView {
    view! { <TextField name label kind="password" autocomplete hint error width=Width::Long/> }
}

/// A password being chosen, with what makes a good one.
pub(crate) fn new_password(
    lang: Lang,
    name: &'static str,
    label: &'static str,
    error: Option<String>,
) -> impl IntoView + use<> {
    let t = texts(lang);
    view! {
        <PasswordField name label autocomplete="new-password" hint=t.password_hint error/>
        {explanation(t)}
    }
}

fn explanation(t: &'static Texts) -> impl IntoView {
    view! {
        <Details summary=t.password_more>
            <ul>
                <li>{t.password_more_1}</li>
                <li>{t.password_more_2}</li>
                <li>{t.password_more_3}</li>
            </ul>
        </Details>
    }
}
