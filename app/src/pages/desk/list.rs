//! Rows of the queue: what an officer needs in order to choose.

use domain::reference::Reference;
use leptos::prelude::*;
use services::{desk::QueueItem, live::Present};

use super::{
    live,
    look::{self, Flags, Times},
    news,
    place::{Desk, Place},
};
use crate::{components::*, format, text::fill};

/// The rows of a page of the queue, with links that know the place, and who else is there.
pub fn rows(desk: &Desk, items: &[QueueItem], place: &Place, present: &[(Reference, Present)]) -> Vec<QueueRow> {
    let row = |item: &QueueItem| QueueRow {
        preview_href: Some(desk.queue(&place.select(Some(&item.reference)))),
        current: place.selected.as_ref() == Some(&item.reference),
        viewers: live::viewers(desk.t, present, &item.reference),
        ..row(desk, item, place)
    };
    items.iter().map(row).collect()
}

/// The same where there is no preview beside them.
pub fn plain_rows(desk: &Desk, items: &[QueueItem], place: &Place) -> Vec<QueueRow> {
    items.iter().map(|item| row(desk, item, place)).collect()
}

fn row(desk: &Desk, item: &QueueItem, place: &Place) -> QueueRow {
    let t = desk.t;
    let flags = Flags {
        urgent: item.urgent,
        unanswered: item.unanswered,
        by_phone: item.by_phone,
        quick: item.quick,
        on_hold: false,
        shares: item.shares,
    };
    // Under one another a bar per row would be a pattern, not a reading.
    let times = Times { state: item.state, clock: item.clock, since: None, question_due: item.question_due };
    let aside = look::aside(desk, item.aside_until);
    let stickers = look::stickers(&item.labels);
    let status = view! { {look::status(item.state)}{flags.tags(t)}{aside}{stickers} }.into_any();
    QueueRow {
        reference: item.reference.to_string(),
        title: item.headline.clone(),
        href: desk.report_from(&item.reference, place),
        preview_href: None,
        current: false,
        news: news::mark(t, &item.news),
        band: look::litmus(t, item.cells, item.severity, item.overruled, true).into(),
        clock: look::deadline(desk, times).into(),
        status: status.into(),
        facts: facts(desk, item),
        viewers: None,
    }
}

/// Who is reported, who reports, who has it, since when.
fn facts(desk: &Desk, item: &QueueItem) -> Vec<String> {
    let t = desk.t;
    let with = match &item.assignee {
        Some((id, _)) if *id == desk.me => t.yours_row.to_owned(),
        Some((_, name)) => name.clone(),
        None => t.nobody.to_owned(),
    };
    let sent = fill(t.sent_at, &[("at", &format::day(item.sent_at, desk.zone))]);
    [look::party(&item.party, &item.party_country), item.company.clone(), with, sent]
        .into_iter()
        .filter(|fact| !fact.is_empty())
        .collect()
}
