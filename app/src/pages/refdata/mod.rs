//! Reference data: what holds, the versions before it, and the change that is being written, compared and approved. The same
//! in the workspace of an authority (its own) and of the operator (for everybody).

mod change;
mod decide;
mod export;
mod import;
mod kind;
mod list;
mod row;
mod shown;
mod version;

pub(crate) use shown::judged_by;

use domain::{access::Action, refdata::Kind};
use services::Refusal;

use crate::{
    pages::team::at_home,
    routes::{Route, files, get, post},
    text::refdata::{Texts, texts},
    web::Req,
};

/// The rows of one kind of workspace.
macro_rules! rows {
    ($letter:literal) => {{
        let read = Action::ReadReferenceData;
        let (write, approve) = (Action::ChangeReferenceData, Action::ApproveReferenceData);
        macro_rules! at {
            ($end:literal) => {
                concat!("/{lang}/", $letter, "/{org}/reference", $end)
            };
        }
        let mut rows = vec![
            get(at!(""), read, list::page),
            get(at!("/{kind}"), read, kind::page),
            post(at!("/{kind}/begin"), write, change::begin),
            get(at!("/{kind}/versions/{number}"), read, version::page),
            get(at!("/{kind}/change"), read, change::page),
            post(at!("/{kind}/change/ask"), write, decide::ask),
            post(at!("/{kind}/change/approve"), approve, decide::approve),
            post(at!("/{kind}/change/back"), write, decide::send_back),
            get(at!("/{kind}/change/discard"), write, decide::discard_page),
            post(at!("/{kind}/change/discard"), write, decide::discard),
            get(at!("/{kind}/change/import"), write, import::page),
            post(at!("/{kind}/change/import"), write, import::post).with_files(),
            get(at!("/{kind}/change/{table}/{row}"), write, row::page),
            post(at!("/{kind}/change/{table}/{row}"), write, row::save),
            post(at!("/{kind}/change/{table}/{row}/remove"), write, row::remove),
            post(at!("/{kind}/change/{table}/{row}/restore"), write, row::restore),
        ];
        rows.extend(files!(
            concat!("/{lang}/", $letter, "/{org}/reference/{kind}/tables/{table}/rows"),
            read,
            export::file
        ));
        rows
    }};
}

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    [rows!("a"), rows!("s")].into_iter().flatten().collect()
}

/// A kind of reference data of the workspace of an address.
#[derive(Clone, Debug)]
struct At {
    t: &'static Texts,
    kind: Kind,
    base: String,
}

impl At {
    fn of(req: &Req) -> Result<Self, Refusal> {
        at_home(req)?;
        let kind = Kind::from_code(req.param("kind")).ok_or(Refusal::NotFound)?;
        Ok(Self { t: texts(req.lang), kind, base: req.here("/reference") })
    }

    /// Its page.
    fn page(&self) -> String {
        format!("{}/{}", self.base, self.kind.code())
    }

    /// A page of its open change.
    fn change(&self, end: &str) -> String {
        format!("{}/change{end}", self.page())
    }

    fn version(&self, number: i64) -> String {
        format!("{}/versions/{number}", self.page())
    }
}
