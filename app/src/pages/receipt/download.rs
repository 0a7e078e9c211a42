//! A receipt as a file. Its name holds the reference, which says nothing, and nothing else.

use domain::reference::Reference;
use services::receipt::{self, Issued};

use crate::web::{Outcome, Reply, Req, paths::with_query};

/// Address of a version's receipt, from the address of the report.
pub(crate) fn href(report: &str, version: i64) -> String {
    with_query(&format!("{report}/receipt"), "version", &version.to_string())
}

/// For the company.
pub(super) async fn own(req: Req) -> Outcome {
    let reference = req.parsed("reference")?;
    let issued = receipt::own(req.ctx(), &req.principal, &reference, req.asked_version()).await?;
    file(&req, &reference, issued)
}

/// For the desk.
pub(super) async fn desk(req: Req) -> Outcome {
    let reference = req.parsed("reference")?;
    let issued = receipt::desk(req.ctx(), &req.principal, &reference, req.asked_version()).await?;
    file(&req, &reference, issued)
}

fn file(req: &Req, reference: &Reference, issued: Issued) -> Outcome {
    req.in_workspace(issued.org)?;
    let name = format!("receipt-{reference}-{}.txt", issued.version);
    Ok(Reply::File { name, media_type: "text/plain; charset=utf-8", body: issued.text.into_bytes() })
}
