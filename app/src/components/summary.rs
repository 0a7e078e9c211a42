//! Summary lists: what was answered, each line with a way to change it.

use super::{Body, MaybeText, button::unseen_after, words::words};
use leptos::prelude::*;

/// A line: question, answer, and where to change it.
pub struct SummaryRow {
    /// What was asked, in few words.
    pub key: String,
    /// The answer; `None` reads "Not provided".
    pub value: Option<AnyView>,
    /// Where to change it.
    pub change_href: Option<String>,
}

impl SummaryRow {
    /// A line whose answer is plain text with its line breaks; an empty one reads "Not provided".
    #[must_use]
    pub fn text(key: impl Into<String>, value: impl Into<String>) -> Self {
        let value: String = value.into();
        let value = (!value.is_empty()).then(|| view! { <bdi class="typed">{value}</bdi> }.into_any());
        Self { key: key.into(), value, change_href: None }
    }

    /// A line whose answer is a view.
    #[must_use]
    pub fn view(key: impl Into<String>, value: AnyView) -> Self {
        Self { key: key.into(), value: Some(value), change_href: None }
    }

    /// With a way to change it.
    #[must_use]
    pub fn change(mut self, href: impl Into<String>) -> Self {
        self.change_href = Some(href.into());
        self
    }
}

/// Answers of one section.
#[component]
pub fn SummaryList(
    /// The lines, in the order they were asked.
    rows: Vec<SummaryRow>,
) -> impl IntoView {
    view! { <dl class="summary">{rows.into_iter().map(summary_row).collect_view()}</dl> }
}

/// What was answered of one section; the questions that were not are named in one line.
#[component]
pub fn AnsweredList(
    /// The lines, in the order they were asked.
    rows: Vec<SummaryRow>,
) -> impl IntoView {
    let (given, blank): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.value.is_some());
    let names: Vec<String> = blank.into_iter().map(|row| row.key).collect();
    let blank = (!names.is_empty()).then(|| {
        view! { <p class="summary__blank">{words().not_answered}" "{names.join(" · ")}</p> }
    });
    view! {
        {(!given.is_empty()).then(|| view! { <SummaryList rows=given/> })}
        {blank}
    }
}

fn summary_row(row: SummaryRow) -> impl IntoView {
    let words = words();
    let value = row.value.unwrap_or_else(|| view! { <span class="muted">{words.not_provided}</span> }.into_any());
    let key = row.key.clone();
    let change = row.change_href.map(|href| {
        view! { <dd class="summary__act"><a href=href>{words.change}{unseen_after(key.into())}</a></dd> }
    });
    view! {
        <div class="summary__row">
            <dt class="summary__key">{row.key}</dt>
            <dd class="summary__value">{value}</dd>
            {change}
        </div>
    }
}

/// A section with its heading, an act for the whole of it, and its lines.
#[component]
pub fn SummarySection(
    /// Heading of the section.
    #[prop(into)]
    title: String,
    /// Where the whole section is changed or its item removed.
    #[prop(optional, into)]
    act_href: MaybeText,
    /// What happens there ("Change", "Remove").
    #[prop(optional, into)]
    act_label: MaybeText,
    /// Id of the section, for links to it.
    #[prop(optional, into)]
    id: MaybeText,
    /// The lists.
    children: Body,
) -> impl IntoView {
    let about = title.clone();
    let act = act_href.get().map(|href| {
        let label = act_label.get().unwrap_or_else(|| words().change.to_owned());
        view! { <a class="summary-section__act" href=href>{label}{unseen_after(about.into())}</a> }
    });
    view! {
        <section class="summary-section" id=id.get()>
            <div class="summary-section__head"><h2 class="summary-section__title">{title}</h2>{act}</div>
            {children.view()}
        </section>
    }
}
