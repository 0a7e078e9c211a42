//! What went wrong, said twice in the same words: at the top of the page as links, and at each field.

use super::words::words;
use leptos::prelude::*;

/// Something to put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// Name of the field, or empty when the message concerns the whole page.
    pub field: String,
    /// The message: what is wrong and how to put it right.
    pub message: String,
}

impl FieldError {
    /// A message for a field.
    #[must_use]
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

/// The first message for a field among many.
#[must_use]
pub fn error_of(errors: &[FieldError], field: &str) -> Option<String> {
    errors.iter().find(|error| error.field == field).map(|error| error.message.clone())
}

/// The id of the control that carries a field's name: what the summary links to and labels point at.
#[must_use]
pub fn field_id(name: &str) -> String {
    let tail: String = name.chars().map(|sign| if sign.is_ascii_alphanumeric() { sign } else { '-' }).collect();
    format!("f-{tail}")
}

/// The summary at the top of the page. Draws nothing when there is nothing to put right.
///
/// It takes the focus when the page opens, and `#errors` in the address leads to it.
#[component]
pub fn ErrorSummary(
    /// Everything to put right, in the order of the fields.
    errors: Vec<FieldError>,
) -> impl IntoView {
    (!errors.is_empty()).then(|| {
        view! {
            <section class="errors" id="errors" tabindex="-1" aria-labelledby="errors-title" autofocus=true>
                <h2 class="errors__title" id="errors-title">{words().there_is_a_problem}</h2>
                <ul class="errors__list" role="list">{errors.into_iter().map(error_line).collect_view()}</ul>
            </section>
        }
    })
}

fn error_line(error: FieldError) -> impl IntoView {
    if error.field.is_empty() {
        view! { <li>{error.message}</li> }.into_any()
    } else {
        let href = format!("#{}", field_id(&error.field));
        view! { <li><a href=href>{error.message}</a></li> }.into_any()
    }
}
