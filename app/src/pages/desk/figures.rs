//! Figures of the desk: tiles, charts with the tables that say the same, and all of it as a file.

use domain::{
    date::Date,
    figures::{Age, Period},
    report::ReportKind,
    time::Timestamp,
};
use leptos::prelude::*;
use paper::{Cell, Column as PaperColumn, Table};
use services::{
    export,
    figures::{self, Figure, Figures, Totals, Waiting, Week},
};

use super::{keys, place::Desk};
use crate::{
    components::*,
    format,
    text::{
        figures::{Texts, texts},
        fill,
    },
    web::{Outcome, Page, Req, files, paths::with_query},
};

/// Kinds that have a colour of their own; the rest is one.
const KINDS: usize = 5;

fn asked(req: &Req) -> Period {
    Period::from_code(req.query.get("weeks")).unwrap_or(Period::Quarter)
}

fn date(day: Date) -> String {
    format::day(Timestamp(day.days() * Timestamp::DAY), "UTC")
}

/// The page.
pub async fn page(req: Req) -> Outcome {
    let desk = Desk::of(&req)?;
    let found = figures::figures(req.ctx(), &req.principal, desk.org, asked(&req)).await?;
    let t = texts(req.lang);
    Page::new(t.title, move || {
        let crumbs = keys::crumbs(&desk, None);
        let address = |ending: &str| with_query(&desk.at(&format!("/figures{ending}")), "weeks", found.period.code());
        let files = files::links(address);
        let filter = filter(&desk, t, found.period);
        let stats = stats(t, &found);
        let weeks = weeks(t, &found);
        let ages = ages(t, &found.backlog);
        let substances = substances(&desk, t, &found);
        view! {
            <DeskPage>
                {crumbs}
                <PageTitle title=t.title lead=t.lead/>
                {filter}
                <p class="muted">{fill(t.since, &[("day", &date(found.first))])}</p>
                <Stats stats/>
                <div><h2 id="weeks">{t.weeks}</h2>{weeks}</div>
                <div><h2 id="ages">{t.ages}</h2>{ages}</div>
                <div><h2 id="substances">{t.substances}</h2>{substances}</div>
                <TakeAway files/>
            </DeskPage>
        }
    })
    .into()
}

fn filter(desk: &Desk, t: &'static Texts, now: Period) -> AnyView {
    let options = Period::ALL.iter().map(|period| SelectOption::new(period.code(), period.label())).collect();
    let action = desk.at("/figures");
    view! {
        <form class="no-print" method="get" action=action>
            <SelectField name="weeks" label=t.period options value=now.code()/>
            <ButtonRow><Button label=t.show kind=ButtonKind::Secondary/></ButtonRow>
        </form>
    }
    .into_any()
}

fn stats(t: &'static Texts, found: &Figures) -> Vec<Stat> {
    let (now, before) = (&found.now, &found.before);
    let span = |micros: Option<i64>| micros.map(format::span);
    let per_cent = |totals: &Totals| totals.met_per_cent().map(|n| format!("{n} %"));
    let stat = |label: &str, value: Option<String>, note: String| Stat {
        value: value.unwrap_or_else(|| t.none.to_owned()),
        label: label.to_owned(),
        note: Some(note),
        href: None,
    };
    let earlier = |value: Option<String>| {
        value.map_or_else(|| t.before_none.to_owned(), |value| fill(t.before, &[("value", &value)]))
    };
    let (answered, received) = (now.answered.to_string(), now.received.to_string());
    let answered = fill(t.answered_note, &[("answered", &answered), ("received", &received)]);
    let met = fill(t.met_note, &[("met", &now.met.to_string()), ("missed", &now.missed.to_string())]);
    let sum = |part: fn(&Waiting) -> i64| found.backlog.iter().map(|(_, waiting)| part(waiting)).sum::<i64>();
    let (open, asked) = (sum(|waiting| waiting.open), sum(|waiting| waiting.asked));
    let waits = fill(t.backlog_note, &[("open", &open.to_string()), ("asked", &asked.to_string())]);
    vec![
        stat(t.received, Some(received), earlier(Some(before.received.to_string()))),
        stat(t.median, span(now.median), format!("{answered}; {}", earlier(span(before.median)))),
        stat(t.p90, span(now.p90), earlier(span(before.p90))),
        stat(t.met, per_cent(now), format!("{met}; {}", earlier(per_cent(before)))),
        stat(t.backlog, Some((open + asked).to_string()), waits),
    ]
}

/// The kinds that come in most, for colours of their own.
fn main_kinds(weeks: &[Week]) -> Vec<ReportKind> {
    let sum = |kind: ReportKind| weeks.iter().map(|week| week.of(kind)).sum::<i64>();
    let mut kinds: Vec<(ReportKind, i64)> = ReportKind::ALL.iter().map(|kind| (*kind, sum(*kind))).collect();
    kinds.retain(|(_, n)| *n > 0);
    kinds.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    kinds.into_iter().take(KINDS).map(|(kind, _)| kind).collect()
}

fn weeks(t: &'static Texts, found: &Figures) -> AnyView {
    let most = found.weeks.iter().map(Week::all).max().unwrap_or(0);
    if most == 0 {
        return view! { <p class="muted">{t.weeks_none}</p> }.into_any();
    }
    let kinds = main_kinds(&found.weeks);
    let parts = |week: &Week| {
        let mut parts: Vec<i64> = kinds.iter().map(|kind| week.of(*kind)).collect();
        parts.push(week.all() - parts.iter().sum::<i64>());
        parts
    };
    let mut series: Vec<String> = kinds.iter().map(|kind| kind.label().to_owned()).collect();
    let rest = found.weeks.iter().any(|week| parts(week).last().is_some_and(|n| *n > 0));
    if rest {
        series.push(t.other_kinds.to_owned());
    }
    let bars = found.weeks.iter().map(|week| Bar { label: date(week.monday), parts: parts(week) }).collect();
    let label = fill(t.weeks_label, &[("first", &date(found.first)), ("most", &most.to_string())]);
    let mut columns = vec![Column::new(t.week), Column::numeric(t.all)];
    columns.extend(series.iter().map(|name| Column::numeric(name.clone())));
    let row = |week: &Week| {
        let shown = parts(week).into_iter().take(series.len());
        let cells = shown.map(|n| view! { <td class="num">{n.to_string()}</td> }).collect_view();
        view! { <tr><th scope="row">{date(week.monday)}</th><td class="num">{week.all().to_string()}</td>{cells}</tr> }
    };
    // The newest week first, since that is what one looks for.
    let rows = found.weeks.iter().rev().map(row).collect_view();
    view! {
        <div class="chart-pair">
            <Bars label bars series/>
            <DataTable id="by-week" caption=t.weeks caption_hidden=true columns>{rows}</DataTable>
        </div>
    }
    .into_any()
}

fn ages(t: &'static Texts, backlog: &[(Age, Waiting)]) -> AnyView {
    if backlog.iter().all(|(_, waiting)| waiting.open + waiting.asked == 0) {
        return view! { <p class="muted">{t.ages_none}</p> }.into_any();
    }
    let bar = |(age, waiting): &(Age, Waiting)| Bar {
        label: age.label().to_owned(),
        parts: vec![waiting.open, waiting.asked],
    };
    let said: Vec<String> =
        backlog.iter().map(|(age, waiting)| format!("{} {}", age.label(), waiting.open + waiting.asked)).collect();
    let label = fill(t.ages_label, &[("list", &said.join(", "))]);
    let series = vec![t.for_you.to_owned(), t.for_reporter.to_owned()];
    let columns = vec![Column::new(t.age), Column::numeric(t.for_you), Column::numeric(t.for_reporter)];
    let row = |(age, waiting): &(Age, Waiting)| {
        view! {
            <tr>
                <th scope="row">{age.label()}</th>
                <td class="num">{waiting.open.to_string()}</td>
                <td class="num">{waiting.asked.to_string()}</td>
            </tr>
        }
    };
    let rows = backlog.iter().map(row).collect_view();
    let bars = backlog.iter().map(bar).collect();
    view! {
        <div class="chart-pair">
            <Bars label bars series/>
            <DataTable id="by-age" caption=t.ages caption_hidden=true columns>{rows}</DataTable>
        </div>
    }
    .into_any()
}

fn substances(desk: &Desk, t: &'static Texts, found: &Figures) -> AnyView {
    if found.substances.is_empty() {
        return view! { <p class="muted">{t.substances_none}</p> }.into_any();
    }
    let most = found.substances.iter().map(|(_, _, n)| *n).max().unwrap_or(1);
    let columns = vec![Column::new(t.substance), Column::numeric(t.reports), Column::new(t.share)];
    let row = |(slug, name, n): &(String, String, i64)| {
        let shown = if slug.is_empty() {
            t.unknown_substance.into_any()
        } else {
            let name = if name.is_empty() { slug.clone() } else { name.clone() };
            let href = desk.at(&format!("/queue?substance={slug}"));
            view! { <a href=href>{name}</a> }.into_any()
        };
        view! {
            <tr>
                <th scope="row">{shown}</th>
                <td class="num">{n.to_string()}</td>
                <td><CellBar value=*n most/></td>
            </tr>
        }
    };
    let rows = found.substances.iter().map(row).collect_view();
    view! {
        <p class="muted">{t.substances_lead}</p>
        <DataTable id="by-substance" caption=t.substances caption_hidden=true columns>{rows}</DataTable>
    }
    .into_any()
}

const COLUMNS: [PaperColumn<Figure>; 4] = [
    PaperColumn::new("figure", "figure", |figure| Cell::word(figure.what.0, figure.what.1)),
    PaperColumn::new("of", "of", |figure| Cell::text(&figure.of)),
    PaperColumn::new("part", "part", |figure| Cell::text(&figure.part)),
    PaperColumn::new("value", "value", |figure| Cell::Number(figure.value)),
];

/// The figures of the address as a file.
pub async fn file(req: Req) -> Outcome {
    let (desk, format) = (Desk::of(&req)?, files::asked(&req)?);
    let figures = export::figures(req.ctx(), &req.principal, desk.org, asked(&req), format.ending()).await?;
    let t = texts(req.lang);
    files::hand_out(&req, "figures", t.title, Table::of("figures", &COLUMNS, &figures)).await
}
