//! How tables, differences and versions look.

use domain::{
    answers::clean_line,
    lang::Lang,
    refdata::{Cell, Changed, Column as Field, Difference, Kind, Row, RowChange, Scope, Sheet, Table},
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
    web::{Req, paths::with_query},
};

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

/// Rows that are shown at once.
const MOST: usize = 200;
/// From so many rows on one can look for some of them.
const MANY: usize = 30;

/// Which table of a sheet is shown, and which of its rows: those in which a word stands.
#[derive(Clone, Debug)]
pub(super) struct Pick {
    pub table: &'static Table,
    q: String,
}

impl Pick {
    /// What the address asks for, else the first table; none where there is no table.
    pub fn of(req: &Req, kind: Kind, scope: Scope) -> Option<Self> {
        let asked = kind.table(scope, req.query.get("table"));
        let table = asked.or_else(|| kind.tables(scope).next())?;
        Some(Self { table, q: clean_line(req.query.get("q")).chars().take(100).collect() })
    }

    fn fits(&self, row: &Row) -> bool {
        let wanted = self.q.to_lowercase();
        let says = |field: &Field| {
            let text = row.get(field.name);
            text.to_lowercase().contains(&wanted) || field.shown(text).to_lowercase().contains(&wanted)
        };
        wanted.is_empty() || self.table.columns.iter().any(says)
    }
}

/// One table of a sheet under its title, with the way to the others and to some of its rows. `acts` makes a cell more at the
/// end of each row.
pub(super) fn picked(
    t: &'static Texts,
    page: &str,
    (kind, scope): (Kind, Scope),
    sheet: &Sheet,
    pick: &Pick,
    acts: Option<RowActs<'_>>,
) -> AnyView {
    let tab = |other: &'static Table| Tab {
        label: other.title.to_owned(),
        href: format!("{}#table", with_query(page, "table", other.name)),
        current: other == pick.table,
        count: Some(sheet.standing(other.name).count() as u64),
    };
    let tabs: Vec<Tab> = kind.tables(scope).map(tab).collect();
    let tabs = (tabs.len() > 1).then(|| view! { <Tabs label=t.tables tabs/> });
    let search = (sheet.rows(pick.table.name).len() > MANY).then(|| {
        let more = view! { <input type="hidden" name="table" value=pick.table.name/> }.into_any();
        view! { <SearchForm action=format!("{page}#table") label=t.look_for button=t.look value=pick.q.clone() more/> }
    });
    let rows = rows(t, sheet, pick, acts);
    view! {
        {tabs}
        <h2 id="table">{pick.table.title}</h2>
        <p class="muted">{pick.table.about}</p>
        {search}
        {rows}
    }
    .into_any()
}

fn rows(t: &'static Texts, sheet: &Sheet, pick: &Pick, acts: Option<RowActs<'_>>) -> AnyView {
    let table = pick.table;
    let all = sheet.rows(table.name);
    let found: Vec<(usize, &Row)> = all.iter().enumerate().filter(|(_, row)| pick.fits(row)).collect();
    if found.is_empty() {
        let none = if all.is_empty() { t.table_empty } else { t.none_found };
        return view! { <p>{none}</p> }.into_any();
    }
    let head = |field: &Field| match field.cell {
        Cell::Number { .. } => Column::numeric(field.label),
        _ => Column::new(field.label),
    };
    let mut columns: Vec<Column> = table.columns.iter().filter(|field| !field.folded).map(head).collect();
    if table.columns.iter().any(|field| field.folded) {
        columns.push(Column::new(t.rest));
    }
    columns.extend(acts.map(|_| Column::new(t.acts)));
    let shown = found.iter().take(MOST);
    let rows = shown.map(|(place, row)| table_row(t, table, row, acts.map(|acts| acts(*place, row)))).collect_view();
    let cut = (found.len() > MOST).then(|| {
        let numbers = [("shown", MOST.to_string()), ("count", found.len().to_string())];
        let numbers = numbers.each_ref().map(|(name, number)| (*name, number.as_str()));
        view! { <p>{fill(t.rows_cut, &numbers)}</p> }
    });
    view! { <DataTable id=table.name caption=table.title caption_hidden=true columns>{rows}</DataTable>{cut} }
        .into_any()
}

fn table_row(t: &'static Texts, table: &'static Table, row: &Row, acts: Option<AnyView>) -> impl IntoView + use<> {
    let cells = table.columns.iter().filter(|field| !field.folded).enumerate().map(|(place, field)| {
        let text = cell(t, field, row.get(field.name));
        match (place, field.cell) {
            (0, _) => view! { <th scope="row"><bdi>{text}</bdi></th> }.into_any(),
            (_, Cell::Number { .. }) => view! { <td class="num">{text}</td> }.into_any(),
            _ => view! { <td><bdi>{text}</bdi></td> }.into_any(),
        }
    });
    let cells = cells.collect_view();
    let rest = rest(t, table, row);
    view! { <tr data-removed=row.removed.then_some("true")>{cells}{rest}{acts.map(|acts| view! { <td>{acts}</td> })}</tr> }
}

/// What lists show folded away, as far as something stands there.
fn rest(t: &'static Texts, table: &'static Table, row: &Row) -> Option<AnyView> {
    let folded: Vec<&Field> = table.columns.iter().filter(|field| field.folded).collect();
    if folded.is_empty() {
        return None;
    }
    let said = folded.into_iter().filter(|field| !row.get(field.name).is_empty());
    let fact = |field: &Field| {
        let text = cell(t, field, row.get(field.name));
        (field.label.to_owned(), view! { <bdi>{text}</bdi> }.into_any())
    };
    let facts: Vec<_> = said.map(fact).collect();
    let about = table.columns.first().map(|field| cell(t, field, row.get(field.name))).unwrap_or_default();
    Some(view! { <td><Details summary=t.rest_show about><Facts facts/></Details></td> }.into_any())
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
        let caption = fill(t.changes_of, &[("table", change.table.title)]);
        view! { <DataTable id caption columns>{rows}</DataTable> }
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
