//! The company's customers as a file: the columns that an import reads, as many as their files fill.

use std::sync::LazyLock;

use domain::customer::import::{Target, cells, columns};
use paper::{Cell, Table};
use services::export;

use super::list;
use crate::{
    text::customers::texts,
    web::{Outcome, Req, files},
};

/// Key and title of each column that there can be.
static HEADS: LazyLock<Vec<(&'static str, &'static str)>> =
    LazyLock::new(|| Target::all().iter().map(|target| (target.code.as_str(), target.title.as_str())).collect());

/// The list as a file of the kind that the address asks for.
pub(super) async fn file(req: Req) -> Outcome {
    let (org, format) = (req.workspace()?.org, files::asked(&req)?);
    let asked = list::wanted(&req).await?;
    let found = export::customers(req.ctx(), &req.principal, org, &asked.filter, format.ending()).await?;
    let rows: Vec<_> = found.iter().map(cells).collect();
    let columns = columns(rows.iter());
    let head = columns.iter().filter_map(|target| HEADS.iter().find(|(code, _)| *code == target.code).copied());
    let cell = |row: &std::collections::BTreeMap<&str, String>, target: &Target| {
        row.get(target.code.as_str()).map_or(Cell::Nothing, Cell::text)
    };
    let rows = rows.iter().map(|row| columns.iter().map(|target| cell(row, target)).collect()).collect();
    let table = Table::new("customers", head.collect(), rows);
    files::hand_out(&req, "customers", texts(req.lang).title, table).await
}
