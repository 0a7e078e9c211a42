//! Authorities and associations as a file.

use paper::{Cell, Column, Table};
use services::{
    export,
    organisation::{Body, Installation},
};

use crate::{
    text::system::texts,
    web::{Outcome, Req, files},
};

/// A body and what it is.
struct Line {
    is_authority: bool,
    body: Body,
}

const COLUMNS: [Column<Line>; 9] = [
    Column::new("kind", "kind", |line| match line.is_authority {
        true => Cell::word("authority", "Authority"),
        false => Cell::word("association", "Association"),
    }),
    Column::new("name", "name", |line| Cell::text(&line.body.name)),
    Column::new("country", "country", |line| Cell::text(&line.body.country)),
    Column::new("answers_for", "answers for", |line| Cell::List(line.body.scopes.clone())),
    Column::new("status", "status", |line| Cell::word(line.body.status.code(), line.body.status.label())),
    Column::new("reason", "why suspended", |line| Cell::text(&line.body.reason)),
    Column::new("people", "people", |line| count(line.body.people)),
    Column::new("invitations", "open invitations", |line| count(line.body.invitations)),
    Column::new("since", "since (UTC)", |line| Cell::Moment(line.body.since)),
];

fn count(n: usize) -> Cell {
    Cell::Number(i64::try_from(n).unwrap_or(i64::MAX))
}

fn lines(found: Installation) -> Vec<Line> {
    let authorities = found.authorities.into_iter().map(|body| Line { is_authority: true, body });
    let associations = found.associations.into_iter().map(|body| Line { is_authority: false, body });
    authorities.chain(associations).collect()
}

/// The file of the kind that the address asks for.
pub(super) async fn file(req: Req) -> Outcome {
    let format = files::asked(&req)?;
    let lines = lines(export::installation(req.ctx(), &req.principal, format.ending()).await?);
    let table = Table::of("organisations", &COLUMNS, &lines);
    files::hand_out(&req, "organisations", texts(req.lang).orgs_title, table).await
}
