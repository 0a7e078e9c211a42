//! The acts that are looked for as a file, newest first.

use paper::{Cell, Column, Table};
use services::{export, log::Entry};

use super::{
    filter::Asked,
    list::{about_words, who_words},
};
use crate::{
    pages::team::at_home,
    text::log::{Texts, texts},
    web::{Outcome, Req, files},
};

/// An act in words.
struct Line {
    entry: Entry,
    who: String,
    about: String,
}

const COLUMNS: [Column<Line>; 5] = [
    Column::new("number", "number", |line| Cell::Number(line.entry.seq)),
    Column::new("at", "time (UTC)", |line| Cell::Moment(line.entry.at)),
    Column::new("who", "who", |line| Cell::text(&line.who)),
    Column::new("what", "what", |line| Cell::text(&line.entry.what)),
    Column::new("about", "about", |line| Cell::text(&line.about)),
];

/// Acts as a table.
pub(crate) fn table(t: &Texts, entries: Vec<Entry>) -> Table {
    let line = |entry: Entry| Line { who: who_words(t, &entry.who), about: about_words(t, &entry.about), entry };
    let lines: Vec<Line> = entries.into_iter().map(line).collect();
    Table::of("acts", &COLUMNS, &lines)
}

/// The file of the kind that the address asks for.
pub(super) async fn file(req: Req) -> Outcome {
    at_home(&req)?;
    let (t, member, format) = (texts(req.lang), req.workspace()?, files::asked(&req)?);
    let asked = Asked::read(t, &req.query, &member.country);
    let entries = export::acts(req.ctx(), &req.principal, member.org, &asked.filter, format.ending()).await?;
    files::hand_out(&req, "log", t.title, table(t, entries)).await
}
