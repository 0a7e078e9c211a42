//! Numbers with check digits, judged while the form is filled in by the code that judges them on the server. It only remarks:
//! the form can be sent as it is, and the server has the last word.

use domain::identifiers::IdKind;
use leptos::prelude::*;

/// A field with such a number.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct NumberField {
    /// Id of the field.
    pub id: String,
    /// What stands in it.
    pub kind: IdKind,
}

/// Watches the fields of a form.
#[island]
pub fn NumberCheck(
    /// The fields.
    fields: Vec<NumberField>,
    /// Code of the firm's country; empty if it is not known.
    country: String,
) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    Effect::new(move || browser::start(&fields, &country));
    #[cfg(not(feature = "hydrate"))]
    let _ = (fields, country);
}

#[cfg(feature = "hydrate")]
mod browser {
    use domain::{
        country::Country,
        identifiers::{Checked, IdKind, check},
    };
    use web_sys::{Element, HtmlInputElement};

    use super::NumberField;
    use crate::islands::dom;

    pub fn start(fields: &[NumberField], country: &str) {
        for field in fields {
            watch(&field.id, field.kind, Country::parse(country).ok());
        }
    }

    /// Milliseconds in which a press is over.
    const AFTER_A_PRESS: i32 = 300;

    /// A polite line under the field, tied to it.
    fn watch(id: &str, kind: IdKind, country: Option<Country>) -> Option<()> {
        let input: HtmlInputElement = dom::by_id(id)?;
        let line_id = format!("{id}-remark");
        let line: Element = dom::document()?.create_element("p").ok()?;
        line.set_id(&line_id);
        line.set_class_name("field__echo remark");
        line.set_attribute("role", "status").ok()?;
        input.closest(".field").ok()??.append_child(&line).ok()?;
        let described = match input.get_attribute("aria-describedby") {
            Some(before) => format!("{before} {line_id}"),
            None => line_id,
        };
        input.set_attribute("aria-describedby", &described).ok()?;
        let watched = input.clone();
        dom::listen(&input, "change", move |_| {
            let typed = watched.value();
            let country = if matches!(kind, IdKind::Vat | IdKind::Eori) { country } else { None };
            let text = match check(kind, country, &typed) {
                Checked::Invalid(why) if !typed.trim().is_empty() => sentence(&why),
                _ => String::new(),
            };
            let line = line.clone();
            // A line that says the same again would be read out again. One that appears under the press of a button that
            // leaves the field would move the button away from the press.
            dom::after(AFTER_A_PRESS, move || {
                if line.text_content().unwrap_or_default() != text {
                    line.set_text_content(Some(&text));
                }
            });
        });
        Some(())
    }

    /// With a capital and a full stop.
    fn sentence(text: &str) -> String {
        let mut letters = text.chars();
        let first: String = letters.next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
        format!("{first}{}.", letters.as_str())
    }
}
