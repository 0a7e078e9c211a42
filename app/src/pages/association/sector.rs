//! What is reported in the sector of the association's members, in figures that tell of nobody.

use std::collections::BTreeMap;

use domain::{date::Date, suppress::Figure};
use leptos::prelude::*;
use services::association::sector::{self, Sector, What};

use crate::{
    components::*,
    text::{
        ahead::{Texts, texts},
        fill,
    },
    web::{Outcome, Page, Req},
};

/// Months in a table; more columns than these are not read side by side.
const COLUMNS: usize = 6;

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let t = texts(req.lang);
    let found = sector::view(req.ctx(), &req.principal, req.workspace()?.org).await?;
    Page::new(t.sector_title, move || {
        let stats = stats(t, &found);
        let parts = match found.months.is_empty() {
            true => view! { <EmptyState title=t.sector_none_title><p>{t.sector_none}</p></EmptyState> }.into_any(),
            false => view! {
                <div><h2>{t.kinds}</h2>{part(t, &found, What::Kind, t.kinds)}</div>
                <div><h2>{t.substances}</h2><p class="muted">{t.substances_lead}</p>{part(t, &found, What::Substance, t.substances)}</div>
                <div><h2>{t.flags}</h2><p class="muted">{t.flags_lead}</p>{part(t, &found, What::Flag, t.flags)}</div>
            }
            .into_any(),
        };
        view! {
            <DeskPage>
                <PageTitle title=t.sector_title lead=t.sector_lead/>
                <Stats stats/>
                <Callout tone=Tone::Info title=t.how_title>
                    <ul class="points"><li>{t.how_1}</li><li>{t.how_2}</li><li>{t.how_3}</li></ul>
                </Callout>
                {parts}
            </DeskPage>
        }
    })
    .into()
}

fn name_of(month: Date) -> String {
    const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let name = NAMES.get(usize::from(month.month()).wrapping_sub(1)).copied().unwrap_or_default();
    format!("{name} {}", month.year())
}

fn stats(t: &'static Texts, found: &Sector) -> Vec<Stat> {
    let (members, asked) = found.reach;
    let mut stats = vec![Stat {
        value: members.to_string(),
        label: t.reach.to_owned(),
        note: Some(fill(t.reach_note, &[("asked", &asked.to_string())])),
        href: None,
    }];
    let sums: Vec<(Date, Option<u64>)> = found
        .months
        .iter()
        .map(|(month, told)| (*month, told.get(&What::Kind).and_then(|table| table.sum())))
        .collect();
    if let Some((month, sum)) = sums.last() {
        let before = sums.iter().rev().nth(1).and_then(|(_, sum)| *sum);
        stats.push(Stat {
            value: sum.map_or_else(|| t.latest_none.to_owned(), |sum| sum.to_string()),
            label: fill(t.latest, &[("month", &name_of(*month))]),
            note: before.map(|sum| fill(t.before, &[("n", &sum.to_string())])),
            href: None,
        });
    }
    stats
}

fn shown(t: &'static Texts, figure: Option<Figure>) -> String {
    figure.and_then(Figure::told).map_or_else(|| t.few.to_owned(), |n| n.to_string())
}

/// A chart over all months and a table of the last ones.
fn part(t: &'static Texts, found: &Sector, what: What, title: &str) -> AnyView {
    let tables: Vec<_> = found.months.iter().filter_map(|(month, told)| Some((*month, told.get(&what)?))).collect();
    let Some((first, last)) = tables.first().zip(tables.last()).map(|(first, last)| (first.0, last.0)) else {
        return ().into_any();
    };
    let codes: Vec<&String> = last_codes(&tables);
    let value = |code: &str, table: &domain::suppress::Table<String>| {
        table.cells.iter().find(|(known, _)| known == code).map(|(_, figure)| *figure)
    };
    // What was never told in these months has no colour and no row of its own.
    let told =
        |code: &&&String| tables.iter().any(|(_, table)| value(code.as_str(), table).and_then(Figure::told).is_some());
    let codes: Vec<&String> = codes.iter().filter(told).copied().collect();
    let name = |code: &String, names: &BTreeMap<String, String>| names.get(code).unwrap_or(code).clone();
    let mut series: Vec<String> = codes.iter().map(|code| name(code, &found.names)).collect();
    let has_rest = tables.iter().any(|(_, table)| table.rest.is_some());
    if has_rest {
        series.push(t.rest.to_owned());
    }
    let number = |figure: Option<Figure>| i64::try_from(figure.and_then(Figure::told).unwrap_or(0)).unwrap_or(i64::MAX);
    let bars = tables.iter().map(|(month, table)| {
        let mut parts: Vec<i64> = codes.iter().map(|code| number(value(code.as_str(), table))).collect();
        if has_rest {
            parts.push(number(table.rest));
        }
        Bar { label: name_of(*month), parts }
    });
    let bars: Vec<Bar> = bars.collect();
    let label = fill(t.chart, &[("what", title), ("first", &name_of(first)), ("last", &name_of(last))]);
    let recent: Vec<_> = tables.iter().rev().take(COLUMNS).collect();
    let mut columns = vec![Column::new(title.to_owned())];
    columns.extend(recent.iter().map(|(month, _)| Column::numeric(name_of(*month))));
    let row = |label: String, figures: Vec<String>| {
        let cells = figures.into_iter().map(|n| view! { <td class="num">{n}</td> }).collect_view();
        view! { <tr><th scope="row">{label}</th>{cells}</tr> }
    };
    let mut rows: Vec<_> = codes
        .iter()
        .map(|code| {
            row(
                name(code, &found.names),
                recent.iter().map(|(_, table)| shown(t, value(code.as_str(), table))).collect(),
            )
        })
        .collect();
    if has_rest {
        rows.push(row(t.rest.to_owned(), recent.iter().map(|(_, table)| shown(t, table.rest)).collect()));
    }
    let id = match what {
        What::Kind => "by-kind",
        What::Substance => "by-substance",
        What::Flag => "by-flag",
    };
    let caption = title.to_owned();
    view! {
        <div class="chart-pair">
            <Bars label bars series/>
            <DataTable id caption caption_hidden=true columns>{rows}</DataTable>
        </div>
    }
    .into_any()
}

/// The codes of the last month's table, in its order.
fn last_codes<'a>(tables: &[(Date, &'a domain::suppress::Table<String>)]) -> Vec<&'a String> {
    tables.last().map(|(_, table)| table.cells.iter().map(|(code, _)| code).collect()).unwrap_or_default()
}
