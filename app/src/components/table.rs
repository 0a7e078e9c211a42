//! Tables of data: in a scroller of their own that the keyboard can move, with sortable heads as links.

use super::{Body, MaybeText, Part, words::words};
use leptos::prelude::*;

/// Which way a column is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sorted {
    /// Lowest first.
    Ascending,
    /// Highest first.
    Descending,
}

/// The head of a column.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// What stands in it.
    pub label: String,
    /// Address of the list sorted by it (or the other way round, if it is already).
    pub sort_href: Option<String>,
    /// How it is sorted now.
    pub sorted: Option<Sorted>,
    /// Figures, set at the end of the cell.
    pub numeric: bool,
    /// The label is for screen readers only (a column of buttons).
    pub label_hidden: bool,
}

impl Column {
    /// A plain column.
    #[must_use]
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), ..Self::default() }
    }

    /// A column of figures: give its cells `class="num"`.
    #[must_use]
    pub fn numeric(label: impl Into<String>) -> Self {
        Self { label: label.into(), numeric: true, ..Self::default() }
    }

    /// A column whose label is not shown.
    #[must_use]
    pub fn unlabelled(label: impl Into<String>) -> Self {
        Self { label: label.into(), label_hidden: true, ..Self::default() }
    }

    /// Sortable: the address, and how it is sorted now.
    #[must_use]
    pub fn sortable(mut self, href: impl Into<String>, sorted: Option<Sorted>) -> Self {
        self.sort_href = Some(href.into());
        self.sorted = sorted;
        self
    }
}

/// A table. The rows are the children: `<tr>` with a `<th scope="row">` first.
#[component]
pub fn DataTable(
    /// Unique on the page; names the scroller.
    #[prop(into)]
    id: String,
    /// What the table shows.
    #[prop(into)]
    caption: String,
    /// The page's heading already says it.
    #[prop(optional)]
    caption_hidden: bool,
    /// The heads.
    columns: Vec<Column>,
    /// The rows.
    children: Body,
) -> impl IntoView {
    let caption_id = format!("{id}-caption");
    let labelled_by = caption_id.clone();
    let caption_class = if caption_hidden { "table__caption unseen" } else { "table__caption" };
    view! {
        <div class="table-scroll" role="region" aria-labelledby=labelled_by tabindex="0">
            <table class="table" id=id>
                <caption class=caption_class id=caption_id>{caption}</caption>
                <thead><tr>{columns.into_iter().map(column_head).collect_view()}</tr></thead>
                <tbody>{children.view()}</tbody>
            </table>
        </div>
    }
}

fn column_head(column: Column) -> impl IntoView {
    let words = words();
    let (order, mark, hint) = match column.sorted {
        Some(Sorted::Ascending) => (Some("ascending"), "▲", words.sort_ascending),
        Some(Sorted::Descending) => (Some("descending"), "▼", words.sort_descending),
        None => (None, "", words.sort_by),
    };
    let label = column.label;
    let inner = match column.sort_href {
        Some(href) => view! {
            <a class="table__sort" href=href>
                {label}
                <span class="unseen">", "{hint}</span>
                <span class="table__arrow" aria-hidden="true">{mark}</span>
            </a>
        }
        .into_any(),
        None if column.label_hidden => view! { <span class="unseen">{label}</span> }.into_any(),
        None => label.into_any(),
    };
    view! { <th scope="col" class=column.numeric.then_some("num") aria-sort=order>{inner}</th> }
}

/// The cell that selects its row for the bulk bar.
#[component]
pub fn SelectCell(
    /// Sent as `selected`.
    #[prop(into)]
    value: String,
    /// What the row is, unseen ("FR-7K3M-9QTD-X").
    #[prop(into)]
    about: String,
    /// Id of the form of the bulk bar, when the table stands outside it.
    #[prop(optional, into)]
    form: MaybeText,
    /// Whether it is selected.
    #[prop(optional)]
    checked: bool,
) -> impl IntoView {
    view! { <td class="table__select"><SelectBox value about form=form.get() checked/></td> }
}

/// A box that selects a row or card for the bulk bar.
#[component]
pub fn SelectBox(
    /// Sent as `selected`.
    #[prop(into)]
    value: String,
    /// What is selected, unseen.
    #[prop(into)]
    about: String,
    /// Id of the form of the bulk bar, when the box stands outside it.
    #[prop(optional, into)]
    form: MaybeText,
    /// Whether it is selected.
    #[prop(optional)]
    checked: bool,
) -> impl IntoView {
    view! {
        <label class="select-box">
            <input class="choice__mark" type="checkbox" name="selected" value=value form=form.get() checked=checked/>
            <span class="unseen">{words().select_row}" "{about}</span>
        </label>
    }
}

/// What can be done with the selected rows, in one line that stays in view.
#[component]
pub fn BulkBar(
    /// Id that the boxes refer to with `form`.
    #[prop(into)]
    form_id: String,
    /// Where it is sent.
    #[prop(into)]
    action: String,
    /// `post`, or `get` where the page that follows asks once more.
    #[prop(default = "post".to_owned(), into)]
    method: String,
    /// How many are selected, in words; an island rewrites it.
    #[prop(optional, into)]
    count: MaybeText,
    /// The buttons (each with `name` and `value`), selects.
    children: Body,
) -> impl IntoView {
    let words = words();
    view! {
        <form class="bulk no-print" id=form_id method=method action=action aria-label=words.selection>
            <p class="bulk__count" role="status" data-bulk-count=true>{count.get().unwrap_or_else(|| words.selection.to_owned())}</p>
            <div class="bulk__acts">{children.view()}</div>
        </form>
    }
}

/// Previous and next page of a list.
#[component]
pub fn Pagination(
    /// Address of the page before.
    #[prop(optional, into)]
    previous: MaybeText,
    /// Address of the page after.
    #[prop(optional, into)]
    next: MaybeText,
    /// Where one is: "51 to 100 of 312".
    #[prop(optional, into)]
    text: MaybeText,
) -> impl IntoView {
    let words = words();
    view! {
        <nav class="pagination" aria-label=words.pages>
            {previous.get().map(|href| view! { <a class="pagination__link" rel="prev" href=href>{words.previous}</a> })}
            {text.get().map(|text| view! { <p class="pagination__text">{text}</p> })}
            {next.get().map(|href| view! { <a class="pagination__link" rel="next" href=href>{words.next}</a> })}
        </nav>
    }
}

/// The line above a list: how much there is, and what can be done with the whole of it.
#[component]
pub fn ListHead(
    /// "312 reports".
    #[prop(into)]
    count: String,
    /// Export, new, switch of density.
    #[prop(optional, into)]
    acts: Part,
) -> impl IntoView {
    view! {
        <div class="list-head">
            <p class="list-head__count" role="status">{count}</p>
            {acts.get().map(|acts| view! { <div class="list-head__acts">{acts}</div> })}
        </div>
    }
}
