//! What the installation says of itself: use, cost, gaps, needs; with earlier versions, and how many use it.

use domain::{
    date::Date,
    openness::{Openness, Part, Section},
    time::Timestamp,
};
use leptos::prelude::*;
use services::statistics::{self, Published};

use super::statistics::quarter_name;
use crate::{
    components::*,
    format,
    text::{
        fill,
        openness::{Texts, texts},
    },
    web::{Outcome, Page, Req, paths::with_query},
};

/// A version: its number, since when it holds, what it says.
type Version = (i64, Option<Timestamp>, Openness);

pub(super) async fn page(req: Req) -> Outcome {
    let t = texts(req.lang);
    let versions = req.ctx().refdata.openness_versions(req.ctx().now());
    let published = statistics::published(req.ctx()).await?;
    Page::new(t.openness_title, move || view(&req, &versions, published.first())).about(t.openness_lead).into()
}

fn view(req: &Req, versions: &[Version], newest: Option<&Published>) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let asked = req.asked_version();
    let place = versions.iter().position(|(number, ..)| Some(*number) == asked).unwrap_or(0);
    let shown = versions.get(place);
    let sections: Vec<_> = Section::ALL.iter().map(|heading| section(t, shown, *heading)).collect();
    let said = shown.map(|(number, since, _)| match since {
        Some(since) => fill(t.since, &[("day", &format::day(*since, "UTC")), ("version", &number.to_string())]),
        None => t.since_start.to_owned(),
    });
    let old = (place > 0).then(|| {
        view! { <Callout tone=Tone::Info title=t.old_version><p><a href=req.to("/openness")>{t.to_newest}</a></p></Callout> }
    });
    let (users, history) = (users(t, newest), history(req, versions, place));
    let statistics = req.to("/statistics");
    view! {
        <FormPage aside=history aside_label=t.history>
            <PageTitle title=t.openness_title lead=t.openness_lead/>
            {old}
            <p class="part__note">{said}</p>
            {sections}
            <section class="part" aria-labelledby="users">
                <h2 id="users">{t.users}</h2>
                {users}
                <p><a href=statistics>{t.statistics_link}</a></p>
            </section>
        </FormPage>
    }
}

fn section(t: &'static Texts, shown: Option<&Version>, section: Section) -> AnyView {
    let parts: Vec<_> = shown.into_iter().flat_map(|(.., said)| said.of(section)).map(|said| part(t, said)).collect();
    let body =
        if parts.is_empty() { view! { <p class="muted">{t.section_none}</p> }.into_any() } else { parts.into_any() };
    let id = section.code();
    view! { <section class="part" aria-labelledby=id><h2 id=id>{section.label()}</h2>{body}</section> }.into_any()
}

fn part(t: &'static Texts, part: &Part) -> AnyView {
    let day = |day: Date| format::day(Timestamp(day.days() * Timestamp::DAY), "UTC");
    let (from, until) = (part.from.map(day), part.until.map(day));
    let period = from.zip(until);
    let line = match (part.amount, &part.currency, &period) {
        (Some(amount), Some(currency), Some((from, until))) => Some(fill(
            t.sum_line,
            &[("amount", &grouped(amount)), ("currency", currency), ("from", from), ("until", until)],
        )),
        (_, _, Some((from, until))) => Some(fill(t.period_line, &[("from", from), ("until", until)])),
        _ => None,
    };
    let line = line.map(|line| view! { <p class="sum">{line}</p> });
    let holds = part.definition.clone().map(|text| view! { <p class="part__note">{t.sum_holds}": "{text}</p> });
    view! {
        <div class="said">
            <h3>{part.title.clone()}</h3>
            {line}
            <p class="typed">{part.text.clone()}</p>
            {holds}
        </div>
    }
    .into_any()
}

/// A whole number with a thin gap between thousands.
fn grouped(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join("\u{202f}")
}

fn users(t: &'static Texts, newest: Option<&Published>) -> AnyView {
    let Some(newest) = newest else { return view! { <p class="muted">{t.users_none}</p> }.into_any() };
    let said = |n: u64| match n {
        0 => t.user_few.to_owned(),
        n => fill(t.user_some, &[("n", &n.to_string())]),
    };
    let facts = newest.tables.users.iter().map(|(user, n)| (user.label().to_owned(), said(*n).into_any())).collect();
    let lead = fill(t.users_lead, &[("quarter", &quarter_name(t, newest.quarter))]);
    view! { <p class="part__note">{lead}</p><Facts facts labelled_by="users"/> }.into_any()
}

/// The other versions.
fn history(req: &Req, versions: &[Version], shown: usize) -> AnyView {
    let t = texts(req.lang);
    let rows: Vec<LinkRow> = versions
        .iter()
        .enumerate()
        .filter(|(place, _)| *place != shown)
        .map(|(_, (number, since, _))| {
            let since = since.map_or_else(
                || t.version_shipped.to_owned(),
                |since| fill(t.version_since, &[("day", &format::day(since, "UTC"))]),
            );
            let href = with_query(&req.to("/openness"), "version", &number.to_string());
            LinkRow::new(fill(t.version, &[("version", &number.to_string())]), href).text(since)
        })
        .collect();
    if rows.is_empty() {
        return ().into_any();
    }
    view! { <Panel title=t.history title_id="history"><LinkRows rows labelled_by="history"/></Panel> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn sums_are_read_by_thousands() {
        for (n, said) in [(0, "0"), (999, "999"), (12_400, "12\u{202f}400"), (1_234_567, "1\u{202f}234\u{202f}567")] {
            assert_eq!(grouped(n), said);
        }
    }
}
