//! Forms made from the columns of the register.

use domain::{
    country::Country,
    licence::{Column, Look},
};
use leptos::prelude::*;

use crate::{components::*, web::typed::Typed};

/// The fields of the columns that are typed; `kept` is what stands there before anything was typed.
pub(super) fn fields(columns: &[Column], typed: &Typed, kept: &dyn Fn(&str) -> String) -> AnyView {
    let typed_in = columns.iter().filter(|column| column.look != Look::Act);
    typed_in
        .map(|column| field(column, typed.value_or(column.name, &kept(column.name)), typed))
        .collect_view()
        .into_any()
}

/// The names of the columns in the order of the page.
pub(super) fn order(columns: &[Column]) -> Vec<&'static str> {
    std::iter::once("").chain(columns.iter().map(|column| column.name)).collect()
}

fn field(column: &Column, value: String, typed: &Typed) -> AnyView {
    let (name, label, optional, error) = (column.name, column.title, !column.required, typed.error(column.name));
    let hint = (!column.hint.is_empty()).then_some(column.hint);
    match column.look {
        Look::Line(most) => {
            let width = if most <= 80 { Width::Medium } else { Width::Long };
            view! { <TextField name label hint value error optional width autocomplete="off"/> }.into_any()
        }
        Look::Day => view! { <TextField name label hint value error optional width=Width::Medium autocomplete="off"/> }
            .into_any(),
        Look::Lines | Look::Act => view! { <TextArea name label hint value error optional rows=4/> }.into_any(),
        Look::Country => {
            let options = Country::by_name().into_iter().map(|one| SelectOption::new(one.code(), one.name())).collect();
            view! { <SelectField name label hint options value error optional width=Width::Medium/> }.into_any()
        }
        Look::Choice(choices) => {
            let options = choices.iter().map(|(code, word)| SelectOption::new(*code, *word)).collect();
            view! { <SelectField name label hint options value error optional width=Width::Medium/> }.into_any()
        }
    }
}
