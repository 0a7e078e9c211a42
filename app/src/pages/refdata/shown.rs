//! How tables, differences and versions look.

use domain::{
    access::Membership,
    country::Country,
    lang::Lang,
    refdata::{Cell, Changed, Column as Field, Difference, Row, RowChange, Scope, Sheet, Table},
};
use leptos::prelude::*;
use services::refdata::{Edition, Holds};

use crate::{
    components::*,
    format,
    text::{
        fill,
        refdata::{Texts, texts},
    },
};

/// The time zone in which a workspace reads days, where no page has asked for its own.
pub(super) fn zone(member: &Membership) -> &'static str {
    Country::parse(&member.country).map_or("UTC", Country::time_zone)
}

/// What holds, in a few words.
pub(super) fn holds(t: &Texts, scope: Scope, zone: &str, holds: &Holds) -> String {
    let Some(since) = holds.since else { return t.as_shipped.to_owned() };
    let text = if holds.own && scope == Scope::Authority { t.of_own } else { t.of_everybody };
    fill(text, &[("number", &holds.number.to_string()), ("at", &format::moment(since, zone))])
}

/// A cell as people read it.
fn cell(t: &Texts, field: &Field, text: &str) -> String {
    match (field.cell, text) {
        (Cell::Flag, "yes") => t.yes.to_owned(),
        (Cell::Flag, "no") => t.no.to_owned(),
        _ => field.shown(text),
    }
}

/// What makes the cell of acts of a row at its place.
type RowActs<'a> = &'a dyn Fn(usize, &Row) -> AnyView;

/// A table with a cell more at the end of each row, if `acts` has one for it.
pub(super) fn table(t: &'static Texts, table: &'static Table, sheet: &Sheet, acts: Option<RowActs<'_>>) -> AnyView {
    if sheet.rows(table.name).is_empty() {
        return view! { <p>{t.table_empty}</p> }.into_any();
    }
    let head = |field: &Field| match field.cell {
        Cell::Number { .. } => Column::numeric(field.label),
        _ => Column::new(field.label),
    };
    let mut columns: Vec<Column> = table.columns.iter().map(head).collect();
    columns.extend(acts.map(|_| Column::new(t.acts)));
    let rows = sheet.rows(table.name).iter().enumerate();
    let rows = rows.map(|(place, row)| table_row(t, table, row, acts.map(|acts| acts(place, row)))).collect_view();
    view! { <DataTable id=table.name caption=table.title caption_hidden=true columns>{rows}</DataTable> }.into_any()
}

fn table_row(t: &'static Texts, table: &'static Table, row: &Row, acts: Option<AnyView>) -> impl IntoView + use<> {
    let cells = table.columns.iter().enumerate().map(|(place, field)| {
        let text = cell(t, field, row.get(field.name));
        match (place, field.cell) {
            (0, _) => view! { <th scope="row"><bdi>{text}</bdi></th> }.into_any(),
            (_, Cell::Number { .. }) => view! { <td class="num">{text}</td> }.into_any(),
            _ => view! { <td><bdi>{text}</bdi></td> }.into_any(),
        }
    });
    let cells = cells.collect_view();
    view! { <tr data-removed=row.removed.then_some("true")>{cells}{acts.map(|acts| view! { <td>{acts}</td> })}</tr> }
}

/// What changes: row by row, field by field.
pub(super) fn differences(t: &'static Texts, changes: &[Difference], nothing: &'static str) -> AnyView {
    if changes.is_empty() {
        return view! { <p>{nothing}</p> }.into_any();
    }
    changes.iter().map(|change| difference(t, change)).collect_view().into_any()
}

fn difference(t: &'static Texts, change: &Difference) -> AnyView {
    let columns = [t.row, t.field, t.before, t.after].map(Column::new).to_vec();
    let rows = change.rows.iter().flat_map(|row| row_change(t, row)).collect_view();
    let id = format!("diff-{}", change.table.name);
    let table = (!change.rows.is_empty()).then(|| {
        view! { <DataTable id caption=change.table.title columns>{rows}</DataTable> }
    });
    let reordered = change.reordered.then(|| view! { <p>{change.table.title}": "{t.reordered}</p> });
    view! { {table}{reordered} }.into_any()
}

fn row_change(t: &'static Texts, row: &RowChange) -> Vec<AnyView> {
    let tag = match row.what {
        Changed::Added => Some(view! { " "<Tag text=t.added tone=Tone::Ok/> }.into_any()),
        Changed::Removed => Some(view! { " "<Tag text=t.removed tone=Tone::Danger/> }.into_any()),
        Changed::Changed => None,
    };
    let (name, mut tag) = (row.name.clone(), tag);
    let line = |(field, before, after): &(&'static Field, String, String)| {
        let (before, after) = (cell(t, field, before), cell(t, field, after));
        let before = (!before.is_empty()).then(|| view! { <del><bdi>{before}</bdi></del> });
        let after = (!after.is_empty()).then(|| view! { <ins><bdi>{after}</bdi></ins> });
        let nothing = || view! { <span class="unseen">{t.nothing}</span> };
        let (no_before, no_after) = (before.is_none().then(nothing), after.is_none().then(nothing));
        view! {
            <tr>
                <th scope="row"><bdi>{name.clone()}</bdi>{tag.take()}</th>
                <td>{field.label}</td>
                <td class="diff">{before}{no_before}</td>
                <td class="diff">{after}{no_after}</td>
            </tr>
        }
        .into_any()
    };
    row.cells.iter().map(line).collect()
}

/// By which versions of the reference data a report was judged; nothing for reports from before there were any.
pub(crate) fn judged_by(lang: Lang, editions: &[Edition]) -> Option<AnyView> {
    let t = texts(lang);
    let one = |edition: &Edition| {
        let text = match (edition.number, edition.own) {
            (0, _) => t.judged_shipped,
            (_, true) => t.judged_own,
            (_, false) => t.judged,
        };
        fill(text, &[("kind", edition.kind.label()), ("number", &edition.number.to_string())])
    };
    let all: Vec<String> = editions.iter().map(one).collect();
    (!all.is_empty()).then(|| {
        let facts = vec![(t.judged_by.to_owned(), all.join("; ").into_any())];
        view! { <Facts facts/> }.into_any()
    })
}
