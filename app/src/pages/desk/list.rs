//! Rows of the queue: what an officer needs in order to choose.

use services::desk::QueueItem;

use super::{
    look::{self, Flags, Times},
    place::{Desk, Place},
};
use crate::{
    components::*,
    text::fill,
};

/// The rows of a page of the queue, with links that know the place.
pub fn rows(desk: &Desk, items: &[QueueItem], place: &Place) -> Vec<QueueRow> {
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
    };
    let times = Times { state: item.state, clock: item.clock, since: Some(item.sent_at), question_due: item.question_due };
    let status = leptos::prelude::view! { {look::status(item.state)}{flags.tags(t)} };
    QueueRow {
        reference: item.reference.to_string(),
        title: item.headline.clone(),
        href: desk.report_from(&item.reference, place),
        preview_href: Some(desk.queue(&place.select(Some(&item.reference)))),
        current: place.selected.as_ref() == Some(&item.reference),
        unread: item.unread,
        band: look::litmus(t, item.cells, item.severity, item.overruled, true).into(),
        clock: look::deadline(desk, times).into(),
        status: leptos::prelude::IntoAny::into_any(status).into(),
        facts: facts(desk, item),
        viewers: None,
    }
}

fn facts(desk: &Desk, item: &QueueItem) -> Vec<String> {
    let t = desk.t;
    let with = match &item.assignee {
        Some((id, _)) if *id == desk.me => t.yours_row.to_owned(),
        Some((_, name)) => name.clone(),
        None => t.nobody.to_owned(),
    };
    let sent = fill(t.sent_at, &[("at", &desk.moment(item.sent_at))]);
    let party = if item.party.is_empty() { String::new() } else { item.party.clone() };
    [party, item.company.clone(), with, sent].into_iter().filter(|fact| !fact.is_empty()).collect()
}
