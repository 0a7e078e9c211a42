//! The field for the CAS number beside the picker: filled when an entry is taken, remarked on when it looks wrong.

use std::cell::RefCell;

use domain::{
    cas::{Agreement, agrees, parse_known},
    search::Index,
};
use web_sys::{Element, HtmlInputElement};

use crate::islands::dom;

/// The field, and the line under it.
pub struct CasField {
    /// The field.
    pub input: HtmlInputElement,
    /// A polite line, tied to the field.
    line: Element,
    /// What was filled in last.
    filled: RefCell<String>,
}

impl CasField {
    /// Finds the field and puts the line under it.
    pub fn find(id: &str) -> Option<Self> {
        let input: HtmlInputElement = dom::by_id(id)?;
        let line_id = format!("{id}-remark");
        let line = dom::document()?.create_element("p").ok()?;
        line.set_id(&line_id);
        line.set_class_name("field__echo remark");
        line.set_attribute("role", "status").ok()?;
        input.closest(".field").ok()??.append_child(&line).ok()?;
        let described = match input.get_attribute("aria-describedby") {
            Some(before) => format!("{before} {line_id}"),
            None => line_id,
        };
        input.set_attribute("aria-describedby", &described).ok()?;
        Some(Self { input, line, filled: RefCell::default() })
    }

    /// Fills the number of an entry in, unless another one was typed.
    pub fn fill(&self, number: &str) {
        let before = self.input.value();
        if before.trim().is_empty() || before == *self.filled.borrow() {
            super::browser::fill(&self.input, number);
            number.clone_into(&mut self.filled.borrow_mut());
        }
    }

    /// Says what is odd about the number, by itself and beside the name; `keep` is said behind it.
    pub fn judge(&self, name: &str, index: Option<&Index>, keep: &str) {
        let typed = self.input.value();
        let odd = index.filter(|_| !typed.trim().is_empty()).and_then(|index| odd(name, &typed, index));
        let text = odd.map(|odd| format!("{odd} {keep}")).unwrap_or_default();
        // A line that says the same again would be read out again.
        if self.line.text_content().unwrap_or_default() != text {
            self.line.set_text_content(Some(&text));
        }
    }

    /// Whether the line says anything.
    pub fn has_remark(&self) -> bool {
        self.line.text_content().is_some_and(|text| !text.is_empty())
    }
}

fn odd(name: &str, number: &str, index: &Index) -> Option<String> {
    match parse_known(number, index) {
        Err(error) => Some(sentence(&error.to_string())),
        Ok(cas) => match agrees(name, cas, index) {
            differs @ Agreement::Differs { .. } => Some(sentence(&differs.to_string())),
            Agreement::Agrees | Agreement::NumberKnown(_) | Agreement::Unknown => None,
        },
    }
}

/// With a capital and a full stop.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
    let stop = if text.ends_with(['.', '?']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}
