//! The queue and what a search found, as files.

use paper::{Cell, Column, Table};
use services::{
    desk::QueueItem,
    export,
    search::{Hit, QuestionId},
};

use super::place::{Desk, Place};
use crate::web::{Outcome, Reply, Req, files};

const QUEUE: [Column<QueueItem>; 22] = [
    Column::new("reference", "reference", |item| Cell::text(&item.reference)),
    Column::new("kind", "kind", |item| Cell::word(item.kind.code(), item.kind.label())),
    Column::new("about", "about", |item| Cell::text(&item.headline)),
    Column::new("other_party", "other party", |item| Cell::text(&item.party)),
    Column::new("other_party_country", "its country", |item| Cell::text(&item.party_country)),
    Column::new("company", "reported by", |item| Cell::text(&item.company)),
    Column::new("sent_at", "sent (UTC)", |item| Cell::Moment(item.sent_at)),
    Column::new("by_phone", "taken by telephone", |item| Cell::Flag(item.by_phone.is_some())),
    Column::new("quick", "four questions only", |item| Cell::Flag(item.quick)),
    Column::new("indication", "indication", |item| Cell::word(item.severity.code(), item.severity.label())),
    Column::new("overruled", "set by an officer", |item| Cell::Flag(item.overruled)),
    Column::new("cells", "cells", |item| Cell::Number(item.cells.into())),
    Column::new("urgent", "urgent", |item| Cell::Flag(item.urgent)),
    Column::new("state", "state", |item| Cell::word(item.state.code(), item.state.label())),
    Column::new("with", "with", |item| Cell::text(item.assignee.as_ref().map_or("", |(_, name)| name))),
    Column::new("look_due", "first look due (UTC)", |item| Cell::Moment(item.clock.due)),
    Column::new("overdue", "overdue", |item| Cell::Flag(item.overdue)),
    Column::new("answer_due", "company's answer due (UTC)", |item| Cell::moment(item.question_due)),
    Column::new("aside_until", "put aside until (UTC)", |item| Cell::moment(item.aside_until)),
    Column::new("labels", "labels", |item| {
        Cell::text(item.labels.iter().map(|label| label.name.as_str()).collect::<Vec<_>>().join("; "))
    }),
    Column::new("shared", "others report the same", |item| Cell::Flag(item.shares)),
    Column::new("outcome", "outcome", |item| {
        item.outcome.map_or(Cell::Nothing, |outcome| Cell::word(outcome.code(), outcome.label()))
    }),
];

const FOUND: [Column<Hit>; 8] = [
    Column::new("reference", "reference", |hit| Cell::text(&hit.reference)),
    Column::new("state", "state", |hit| Cell::word(hit.state.code(), hit.state.label())),
    Column::new("about", "about", |hit| Cell::text(&hit.headline)),
    Column::new("other_party", "other party", |hit| Cell::text(&hit.party)),
    Column::new("other_party_country", "its country", |hit| Cell::text(&hit.party_country)),
    Column::new("company", "reported by", |hit| Cell::text(&hit.company)),
    Column::new("sent_at", "sent (UTC)", |hit| Cell::Moment(hit.sent_at)),
    Column::new("found_in", "found in", |hit| {
        Cell::text(hit.excerpt.iter().map(|piece| piece.text.as_str()).collect::<String>())
    }),
];

/// The view of the queue that the address shows, all of it.
pub async fn queue(req: Req) -> Outcome {
    let (desk, format) = (Desk::of(&req)?, files::asked(&req)?);
    let filter = Place::read(&req.query).filter;
    let items = export::queue(req.ctx(), &req.principal, desk.org, &filter, format.ending()).await?;
    files::hand_out(&req, "list", desk.t.queue, Table::of("reports", &QUEUE, &items)).await
}

/// What a search found, all of it; a search that has lapsed leads to its page, which says so.
pub async fn found(req: Req) -> Outcome {
    let (desk, format) = (Desk::of(&req)?, files::asked(&req)?);
    let hits = match req.query.get("q").parse::<QuestionId>() {
        Ok(id) => export::found(req.ctx(), &req.principal, desk.org, id, format.ending()).await?,
        Err(_) => None,
    };
    match hits {
        Some(hits) => files::hand_out(&req, "list", desk.t.search, Table::of("reports", &FOUND, &hits)).await,
        None => Ok(Reply::to(desk.at("/search?q="))),
    }
}
