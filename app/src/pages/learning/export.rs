//! How far an organisation's people are, as a file.

use paper::{Cell, Column, Table};
use services::{export, learning::Line};

use super::{manage::Show, standing_word};
use crate::{
    pages::team::at_home,
    text::learning::texts,
    web::{Outcome, Req, files},
};

const COLUMNS: [Column<Line>; 10] = [
    Column::new("name", "name", |line| Cell::text(&line.name)),
    Column::new("role", "role", |line| Cell::word(line.role.code(), line.role.label())),
    Column::new("module", "module", |line| Cell::text(&line.module.title)),
    Column::new("version", "version", |line| Cell::Number(line.module.version.into())),
    Column::new("state", "state", |line| {
        Cell::word(line.standing.code(), standing_word(texts(domain::lang::Lang::En), line.standing))
    }),
    Column::new("pages_read", "pages read", |line| Cell::Number(line.read)),
    Column::new("due", "due", |line| line.due.map_or(Cell::Nothing, Cell::Day)),
    Column::new("overdue", "overdue", |line| Cell::Flag(line.overdue)),
    Column::new("passed_at", "passed (UTC)", |line| Cell::moment(line.passed)),
    Column::new("certificate", "certificate", |line| Cell::text(&line.number)),
];

/// The file of the kind that the address asks for, by the same filter as the page.
pub(super) async fn file(req: Req) -> Outcome {
    at_home(&req)?;
    let (org, format, show) = (req.workspace()?.org, files::asked(&req)?, Show::asked(&req));
    let mut lines = export::learning(req.ctx(), &req.principal, org, format.ending()).await?;
    lines.retain(|line| show.fits(line));
    files::hand_out(&req, "learning", texts(req.lang).manage_title, Table::of("learning", &COLUMNS, &lines)).await
}
