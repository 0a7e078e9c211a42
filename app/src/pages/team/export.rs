//! The people of an organisation as a file.

use paper::{Cell, Column, Table};
use services::{export, team::Member};

use super::at_home;
use crate::{
    text::team::texts,
    web::{Outcome, Req, files},
};

const COLUMNS: [Column<Member>; 7] = [
    Column::new("name", "name", |member| Cell::text(&member.name)),
    Column::new("email", "email", |member| Cell::text(&member.email)),
    Column::new("phone", "telephone", |member| Cell::text(&member.phone)),
    Column::new("role", "role", |member| Cell::word(member.role.code(), member.role.label())),
    Column::new("since", "member since (UTC)", |member| Cell::Moment(member.since)),
    Column::new("last_sign_in", "last sign-in (UTC)", |member| Cell::moment(member.last_sign_in)),
    Column::new("second_factor", "second factor", |member| Cell::Flag(member.has_factor)),
];

/// The file of the kind that the address asks for.
pub(super) async fn file(req: Req) -> Outcome {
    at_home(&req)?;
    let (org, format) = (req.workspace()?.org, files::asked(&req)?);
    let members = export::members(req.ctx(), &req.principal, org, format.ending()).await?;
    files::hand_out(&req, "team", texts(req.lang).title, Table::of("members", &COLUMNS, &members)).await
}
