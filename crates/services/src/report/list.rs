//! A company's list of what it has sent.

use std::{fmt, str::FromStr};

use domain::{
    access::{Action, Principal},
    ids::OrgId,
    indicator::Band,
    reference::Reference,
    report::{OutcomeClass, ReportKind, ReporterState, State},
    time::Timestamp,
};
use store::report::own::{Asker, OwnRow};
use uuid::Uuid;

use super::{access::state_of, standing::band};
use crate::{Context, Result, error::Refusal, seat::Seat};

/// What of the list is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only reports that stand here.
    pub state: Option<ReporterState>,
}

/// A place in a list, for the page behind it. Travels in addresses; says nothing but time and a random number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// What the list is ordered by.
    pub key: i64,
    /// Identity of the row.
    pub id: Uuid,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.key, self.id.simple())
    }
}

impl FromStr for Cursor {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self> {
        let (key, id) = text.split_once('.').ok_or(Refusal::NotFound)?;
        let key = key.parse().map_err(|_| Refusal::NotFound)?;
        let id = Uuid::try_parse(id).map_err(|_| Refusal::NotFound)?;
        Ok(Self { key, id })
    }
}

/// A page of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportPage {
    /// Newest first.
    pub rows: Vec<ReportItem>,
    /// Where the next page begins, if there is more.
    pub next: Option<Cursor>,
}

/// A report in its company's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportItem {
    /// The number that people see.
    pub reference: Reference,
    /// What it is about.
    pub kind: ReportKind,
    /// Where it stands.
    pub state: ReporterState,
    /// Substances and amount, or what else it is about.
    pub headline: String,
    /// The other party.
    pub party: String,
    /// Who sent it; for one taken down by telephone, empty.
    pub author: String,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// Band of the company's own answers.
    pub band: Band,
    /// How many of the five cells light up.
    pub cells: u8,
    /// The four questions only; it can be completed.
    pub quick: bool,
    /// Taken down by telephone and not confirmed yet.
    pub to_confirm: bool,
    /// The authority said something that the person has not read.
    pub unread: bool,
    /// Until when the open question is to be answered.
    pub question_due: Option<Timestamp>,
    /// What came of it.
    pub outcome: Option<OutcomeClass>,
}

/// The reports that the person may see, newest first.
///
/// # Errors
/// [`Refusal::NotFound`] without a place in the company.
pub async fn list(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    filter: Filter,
    after: Option<Cursor>,
    limit: u16,
) -> Result<ReportPage> {
    let seat = Seat::take(principal, org, Action::ReadOwnReports)?;
    let asker = Asker { org, person: seat.id(), sees_all: seat.is_admin() };
    let after = after.map_or((i64::MAX, Uuid::max()), |cursor| (cursor.key, cursor.id));
    let limit = i64::from(limit);
    let rows = store::report::own::list(&mut ctx.db.reader(), asker, states(filter.state), after, limit + 1).await?;
    let more = rows.len() as i64 > limit;
    let shown = &rows[..rows.len().min(usize::try_from(limit).unwrap_or(usize::MAX))];
    let next = shown.last().filter(|_| more).map(|row| Cursor { key: row.sent_at, id: row.id });
    Ok(ReportPage { rows: shown.iter().map(item).collect::<Result<_>>()?, next })
}

/// The states that look like `state` to the reporter: one or two.
fn states(state: Option<ReporterState>) -> (&'static str, &'static str) {
    let Some(wanted) = state else { return ("", "") };
    let mut alike = State::ALL.iter().filter(|state| state.for_reporter() == wanted).map(|state| state.code());
    let first = alike.next().unwrap_or_default();
    (first, alike.next().unwrap_or(first))
}

pub(super) fn item(row: &OwnRow) -> Result<ReportItem> {
    let corrupt = || Refusal::Fault(format!("report {} cannot be read", row.reference));
    Ok(ReportItem {
        reference: row.reference.parse().map_err(|_| corrupt())?,
        kind: ReportKind::from_code(&row.kind).ok_or_else(corrupt)?,
        state: state_of(&row.state)?.for_reporter(),
        headline: row.headline.clone(),
        party: row.party.clone(),
        author: if row.taken_by_authority { String::new() } else { row.author.clone() },
        sent_at: Timestamp(row.sent_at),
        band: band(&row.band)?,
        cells: u8::try_from(row.cells).unwrap_or_default(),
        quick: row.quick,
        to_confirm: row.taken_by_authority && row.confirmed_at.is_none(),
        unread: row.authority_entry_at > row.read_at.unwrap_or(0),
        question_due: row.question_due.map(Timestamp),
        outcome: OutcomeClass::from_code(&row.outcome),
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_found_by_what_the_reporter_calls_it() {
        for state in State::ALL {
            let (first, second) = states(Some(state.for_reporter()));
            assert!([first, second].contains(&state.code()), "{state:?}");
        }
        let most = |wanted| State::ALL.iter().filter(|state| state.for_reporter() == wanted).count();
        assert!(ReporterState::ALL.iter().all(|wanted| (1..=2).contains(&most(*wanted))), "the query holds two");
    }

    #[test]
    fn a_cursor_reads_back_and_nothing_else_does() {
        let cursor = Cursor { key: -5, id: Uuid::from_u128(7) };
        assert_eq!(cursor.to_string().parse::<Cursor>().unwrap(), cursor);
        for text in ["", ".", "1", "1.", "x.00000000000000000000000000000007", "1.7", "1.\u{0}"] {
            assert!(text.parse::<Cursor>().is_err(), "{text}");
        }
    }
}
