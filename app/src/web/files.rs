//! Lists as files: the addresses under which a page offers them, and the answer that hands one out.
//!
//! A list has a file of each kind ([`Format`]) under its own address with the kind's ending, by the same filters; the rows
//! of the route table come from [`crate::routes::files`], the control on the page is [`crate::components::TakeAway`].

use domain::date::Date;
use paper::{Format, Note, Table};
use services::Refusal;

use super::{Outcome, Reply, Req};
use crate::components::FileLink;

/// The links to a list's files. `address` puts an ending behind the address of the list and keeps the filters.
pub fn links(address: impl Fn(&str) -> String) -> Vec<FileLink> {
    let link = |format: Format| FileLink { label: name(format), href: address(&format!(".{}", format.ending())) };
    Format::ALL.into_iter().map(link).collect()
}

const fn name(format: Format) -> &'static str {
    match format {
        Format::Csv => "CSV",
        Format::Xlsx => "Excel",
        Format::Json => "JSON",
    }
}

/// The kind of file that the address asks for.
///
/// # Errors
/// [`Refusal::NotFound`] for an address without one.
pub fn asked(req: &Req) -> Result<Format, Refusal> {
    Format::of_name(&req.path).ok_or(Refusal::NotFound)
}

/// Hands out a list that is not everybody's: the file says who took it, for whom and when. Its name says nothing but
/// `stem` and the day.
pub async fn hand_out(req: &Req, stem: &str, what: &str, table: Table) -> Outcome {
    let note = Note {
        what: what.to_owned(),
        by: req.person()?.name.clone(),
        of: req.workspace()?.org_name.clone(),
        at: req.ctx().now(),
    };
    hand_out_public(req, stem, table.noted(note)).await
}

/// Hands out a list that everybody may have.
pub async fn hand_out_public(req: &Req, stem: &str, table: Table) -> Outcome {
    let format = asked(req)?;
    let body = made(move || table.write(format)).await?;
    let name = format!("{stem}-{}.{}", Date::of(req.ctx().now()), format.ending());
    Ok(Reply::File { name, media_type: format.media_type(), body })
}

/// What `make` makes. A workbook of many rows, or a long report, keeps a processor busy for a while; others must not wait for it.
///
/// # Errors
/// [`Refusal::Fault`] if it cannot be made.
pub async fn made<T, E>(make: impl FnOnce() -> Result<T, E> + Send + 'static) -> Result<T, Refusal>
where
    T: Send + 'static,
    E: std::fmt::Display + Send + 'static,
{
    tokio::task::spawn_blocking(make).await.map_err(fault)?.map_err(fault)
}

fn fault(error: impl std::fmt::Display) -> Refusal {
    Refusal::Fault(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_keeps_the_filters_of_its_list() {
        let links = links(|ending| format!("/en/c/x/reports{ending}?state=closed"));
        let hrefs: Vec<&str> = links.iter().map(|link| link.href.as_str()).collect();
        let all = ["csv", "xlsx", "json"].map(|ending| format!("/en/c/x/reports.{ending}?state=closed"));
        assert_eq!(hrefs, all);
    }
}
