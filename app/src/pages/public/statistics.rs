//! Figures for everybody, by quarter, as they were published: tables with a chart, and all of it as files.

use domain::{
    country::Country,
    date::Date,
    report::ReportKind,
    statistics::{Quarter, heading_label},
    suppress::{Figure, Table as Told},
    time::Timestamp,
};
use leptos::prelude::*;
use paper::{Cell, Column as PaperColumn, Table};
use serde_json::json;
use services::statistics::{self, Published};

use crate::{
    components::*,
    format,
    text::{
        fill,
        openness::{Texts, texts},
    },
    web::{Outcome, Page, Req, files, paths::with_query},
};

/// Most quarters of which months are drawn.
const DRAWN: usize = 8;

fn date(day: Date) -> String {
    format::day(Timestamp(day.days() * Timestamp::DAY), "UTC")
}

/// `Jul 2026`.
fn month(day: Date) -> String {
    date(day).split_once(' ').map_or_else(String::new, |(_, rest)| rest.to_owned())
}

/// `Jul to Sep 2026`.
pub(super) fn quarter_name(t: &'static Texts, quarter: Quarter) -> String {
    let [first, _, last, _] = quarter.months();
    let name = |day: Date| month(day).split(' ').next().unwrap_or_default().to_owned();
    fill(t.quarter_named, &[("first", &name(first)), ("last", &name(last)), ("year", &first.year().to_string())])
}

/// The quarter of the address; the newest without one.
fn asked<'p>(req: &Req, published: &'p [Published]) -> Option<&'p Published> {
    let asked = req.query.get("quarter").parse::<Quarter>().ok();
    published.iter().find(|known| Some(known.quarter) == asked).or_else(|| published.first())
}

pub(super) async fn page(req: Req) -> Outcome {
    let t = texts(req.lang);
    let published = statistics::published(req.ctx()).await?;
    let data = machine(&req, &published);
    Page::new(t.statistics_title, move || view(&req, &published)).about(t.statistics_lead).data(data).into()
}

/// The figures as a set of data in the words of schema.org.
fn machine(req: &Req, published: &[Published]) -> serde_json::Value {
    let (t, base) = (texts(req.lang), &req.app.ctx.config.base_url);
    let files = ["csv", "json"].map(|ending| {
        let address = format!("{base}{}.{ending}", req.to("/statistics"));
        let kind = if ending == "csv" { "text/csv" } else { "application/json" };
        json!({ "@type": "DataDownload", "encodingFormat": kind, "contentUrl": address })
    });
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": t.statistics_title,
        "description": t.statistics_lead,
        "isAccessibleForFree": true,
        "distribution": files,
    });
    if let Some((newest, oldest)) = published.first().zip(published.last()) {
        data["temporalCoverage"] = format!("{}/{}", oldest.quarter.first(), newest.quarter.months()[3]).into();
    }
    data
}

fn view(req: &Req, published: &[Published]) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let body = match asked(req, published) {
        None => view! { <EmptyState title=t.none_title><p>{t.none_text}</p></EmptyState> }.into_any(),
        Some(shown) => shown_view(req, published, shown),
    };
    let openness = req.to("/openness");
    view! {
        <DeskPage>
            <PageTitle title=t.statistics_title lead=t.statistics_lead/>
            {body}
            <section class="part" aria-labelledby="how">
                <h2 id="how">{t.how}</h2>
                <div class="prose">
                    <ul><li>{t.how_few}</li><li>{t.how_round}</li><li>{t.how_count}</li><li>{t.how_once}</li></ul>
                    <p><a href=openness>{t.how_more}</a></p>
                </div>
            </section>
        </DeskPage>
    }
}

fn shown_view(req: &Req, published: &[Published], shown: &Published) -> AnyView {
    let t = texts(req.lang);
    let catalogue = req.ctx().catalogue();
    let tables = &shown.tables;
    let (form, months) = (form(req, published, shown), months(t, published));
    let kinds = table(t, "kinds", (t.kinds, t.kind), &tables.kinds, |kind: &ReportKind| kind.label().to_owned());
    let label = |code: &String| heading_label(&catalogue, code);
    let substances = table(t, "substances", (t.substances, t.substance), &tables.substances, label);
    let countries = table(t, "countries", (t.countries, t.country), &tables.countries, |code: &String| country(code));
    let quarter = shown.quarter.to_string();
    let files = files::links(|ending| with_query(&req.to(&format!("/statistics{ending}")), "quarter", &quarter));
    let heading = quarter_name(t, shown.quarter);
    let at = fill(t.published, &[("day", &format::day(shown.at, "UTC"))]);
    view! {
        {form}
        <section class="part">
            <h2 id="months-title">{t.months}</h2>
            <p class="part__note">{t.months_lead}</p>
            {months}
        </section>
        <section class="part" aria-labelledby="quarter-title">
            <h2 id="quarter-title">{heading}</h2>
            <p class="part__note">{at}</p>
            <h3>{t.kinds}</h3>
            {kinds}
            <h3>{t.substances}</h3>
            <p class="part__note">{t.substances_lead}</p>
            {substances}
            <h3>{t.countries}</h3>
            {countries}
            <TakeAway files/>
        </section>
    }
    .into_any()
}

fn country(code: &str) -> String {
    Country::parse(code).map_or_else(|_| code.to_owned(), |country| country.name().to_owned())
}

fn form(req: &Req, published: &[Published], shown: &Published) -> AnyView {
    let t = texts(req.lang);
    let option = |known: &Published| SelectOption::new(known.quarter.to_string(), quarter_name(t, known.quarter));
    let options = published.iter().map(option).collect::<Vec<_>>();
    if options.len() < 2 {
        return ().into_any();
    }
    view! {
        <form class="quarter no-print" method="get" action=req.to("/statistics")>
            <SelectField name="quarter" label=t.quarter options=options value=shown.quarter.to_string() no_blank=true/>
            <Button label=t.show kind=ButtonKind::Secondary/>
        </form>
    }
    .into_any()
}

/// A figure in words, and as long as it is for drawing; what is not told has no length.
fn told(t: &'static Texts, figure: Figure) -> (String, i64) {
    match figure.told() {
        Some(n) => (fill(t.about, &[("n", &n.to_string())]), i64::try_from(n).unwrap_or(i64::MAX)),
        None => (t.few.to_owned(), 0),
    }
}

fn months(t: &'static Texts, published: &[Published]) -> AnyView {
    let newest = published.iter().take(DRAWN).rev();
    let cells: Vec<(Date, Figure)> = newest.flat_map(|known| known.tables.months.cells.clone()).collect();
    let most = cells.iter().map(|(_, figure)| told(t, *figure).1).max().unwrap_or(0);
    let bars = cells.iter().map(|(day, figure)| Bar { label: month(*day), parts: vec![told(t, *figure).1] }).collect();
    let first = cells.first().map(|(day, _)| month(*day)).unwrap_or_default();
    let label = fill(t.months_label, &[("first", &first), ("most", &most.to_string())]);
    let columns = vec![Column::new(t.month), Column::numeric(t.reports)];
    // The newest month first, since that is what one looks for.
    let rows = cells
        .into_iter()
        .rev()
        .map(|(day, figure)| {
            view! { <tr><th scope="row">{month(day)}</th><td class="num">{told(t, figure).0}</td></tr> }
        })
        .collect_view();
    let chart = (most > 0).then(|| view! { <Bars label bars/> });
    view! {
        <div class="chart-pair">
            {chart}
            <DataTable id="by-month" caption=t.months caption_hidden=true columns>{rows}</DataTable>
        </div>
    }
    .into_any()
}

fn table<C>(
    t: &'static Texts,
    id: &'static str,
    (caption, column): (&'static str, &'static str),
    table: &Told<C>,
    label: impl Fn(&C) -> String,
) -> AnyView {
    if table.sum().is_none() {
        return view! { <p class="muted">{t.nothing}</p> }.into_any();
    }
    let most = table.cells.iter().map(|(_, figure)| told(t, *figure).1).max().unwrap_or(0);
    let row = |name: String, figure: Figure, is_cell: bool| {
        let (said, length) = told(t, figure);
        let bar = (is_cell && length > 0).then(|| view! { <CellBar value=length most/> });
        view! { <tr><th scope="row">{name}</th><td class="num">{said}</td><td>{bar}</td></tr> }
    };
    // What is told comes first, the largest on top; what is not told follows in the order of the list.
    let mut cells: Vec<(String, Figure)> = table.cells.iter().map(|(code, figure)| (label(code), *figure)).collect();
    cells.sort_by_key(|(_, figure)| std::cmp::Reverse(figure.told()));
    let rows = cells.into_iter().map(|(name, figure)| row(name, figure, true)).collect_view();
    let rest = table.rest.map(|rest| row(t.rest.to_owned(), rest, false));
    let sum = table.sum().map(|sum| row(t.sum.to_owned(), Figure::About(sum), false));
    let columns = vec![Column::new(column), Column::numeric(t.reports), Column::new(t.share)];
    view! { <DataTable id=id caption=caption caption_hidden=true columns>{rows}{rest}{sum}</DataTable> }.into_any()
}

/// A published figure in a file.
struct Line {
    quarter: String,
    by: &'static str,
    code: String,
    words: String,
    figure: Figure,
}

const COLUMNS: [PaperColumn<Line>; 6] = [
    PaperColumn::new("quarter", "quarter", |line| Cell::text(&line.quarter)),
    PaperColumn::new("by", "counted by", |line| Cell::text(line.by)),
    PaperColumn::new("code", "code", |line| Cell::text(&line.code)),
    PaperColumn::new("words", "in words", |line| Cell::text(&line.words)),
    PaperColumn::new("told", "told", |line| Cell::Flag(line.figure.told().is_some())),
    PaperColumn::new("reports", "reports, rounded to five", |line| match line.figure.told() {
        Some(n) => Cell::Number(i64::try_from(n).unwrap_or(i64::MAX)),
        None => Cell::Nothing,
    }),
];

/// The figures of the address as a file; all quarters without one.
pub(super) async fn file(req: Req) -> Outcome {
    let published = statistics::published(req.ctx()).await?;
    let asked = req.query.get("quarter").parse::<Quarter>().ok();
    let catalogue = req.ctx().catalogue();
    let mut lines = Vec::new();
    for known in published.iter().filter(|known| asked.is_none_or(|asked| asked == known.quarter)) {
        let (quarter, tables) = (known.quarter.to_string(), &known.tables);
        let mut add = |by, code: String, words: String, figure| {
            lines.push(Line { quarter: quarter.clone(), by, code, words, figure });
        };
        tables.months.cells.iter().for_each(|(day, figure)| add("month", day.to_string(), month(*day), *figure));
        tables
            .kinds
            .cells
            .iter()
            .for_each(|(kind, figure)| add("kind", kind.code().to_owned(), kind.label().to_owned(), *figure));
        tables
            .substances
            .cells
            .iter()
            .for_each(|(code, figure)| add("substance", code.clone(), heading_label(&catalogue, code), *figure));
        tables.countries.cells.iter().for_each(|(code, figure)| add("country", code.clone(), country(code), *figure));
    }
    files::hand_out_public(&req, "statistics", Table::of("statistics", &COLUMNS, &lines)).await
}
