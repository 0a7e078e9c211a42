//! The list of companies as a file, by the same filter.

use paper::{Cell, Column, Table};
use services::{export, organisation::Listed};

use super::list;
use crate::{
    pages::account::country_name,
    text::organisations::texts,
    web::{Outcome, Req, files},
};

const COLUMNS: [Column<Listed>; 8] = [
    Column::new("name", "name", |company| Cell::text(&company.name)),
    Column::new("country", "country", |company| Cell::text(&company.country)),
    Column::new("country_name", "country's name", |company| Cell::text(country_name(&company.country))),
    Column::new("status", "status", |company| Cell::word(company.status.code(), company.status.label())),
    Column::new("registration_number", "registration number", |company| Cell::text(&company.registration_number)),
    Column::new("does", "what it does", |company| {
        Cell::List(company.roles.iter().map(|role| role.label().to_owned()).collect())
    }),
    Column::new("applied_at", "applied (UTC)", |company| Cell::Moment(company.applied)),
    Column::new("decided_at", "decided (UTC)", |company| Cell::moment(company.decided)),
];

/// The file of the kind that the address asks for.
pub(super) async fn file(req: Req) -> Outcome {
    let (org, format) = (req.workspace()?.org, files::asked(&req)?);
    let companies = export::companies(req.ctx(), &req.principal, org, list::wanted(&req), format.ending()).await?;
    let table = Table::of("organisations", &COLUMNS, &companies);
    files::hand_out(&req, "organisations", texts(req.lang).title, table).await
}
