//! The queue: most urgent first, in pages, filtered by choices from lists only (so that no name ever stands in an address).

use std::{fmt, str::FromStr};

use domain::{
    access::{Action, Principal},
    deadline::Clock,
    ids::{LabelId, MacroId, OrgId, UserId},
    indicator::Band,
    reference::Reference,
    report::{OutcomeClass, ReportKind, State},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use store::{
    Read,
    look::Floor,
    report::queue::{QueueRow, Wanted},
};
use uuid::Uuid;

use super::{
    lately,
    news::{self, News},
};
use crate::{
    Context, Result,
    error::Refusal,
    label::{self, Label},
    report::{Cursor, access::state_of, standing},
    seat::Seat,
};

/// The views of the desk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// Waiting for the authority.
    #[default]
    Open,
    /// Undecided or accepted, and with the asking person.
    Mine,
    /// Waiting for the authority, and with nobody.
    Unassigned,
    /// Waiting for the company's answer.
    Waiting,
    /// Accepted for investigation.
    Accepted,
    /// Put aside until a day, wherever they stand otherwise.
    Aside,
    /// Decided or taken back; the newest first.
    Closed,
    /// Something is new to the asking person, wherever it stands.
    News,
}

impl View {
    /// Every view, in the order of the page.
    pub const ALL: &[Self] = &[
        Self::Open,
        Self::News,
        Self::Mine,
        Self::Unassigned,
        Self::Waiting,
        Self::Accepted,
        Self::Aside,
        Self::Closed,
    ];

    /// Its name in addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Mine => "mine",
            Self::Unassigned => "unassigned",
            Self::Waiting => "waiting",
            Self::Accepted => "accepted",
            Self::Aside => "aside",
            Self::Closed => "closed",
            Self::News => "news",
        }
    }

    const fn shelf(self) -> &'static str {
        match self {
            Self::Open | Self::Unassigned => "open",
            Self::Mine | Self::News | Self::Aside => "",
            Self::Waiting => "waiting",
            Self::Accepted => "accepted",
            Self::Closed => "closed",
        }
    }
}

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for View {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self> {
        Self::ALL.iter().copied().find(|view| view.code() == text).ok_or(Refusal::NotFound)
    }
}

/// What of the queue is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct QueueFilter {
    /// Which view.
    pub view: View,
    /// Only this band.
    pub band: Option<Band>,
    /// Only this kind.
    pub kind: Option<ReportKind>,
    /// Only reports that name this entry of the catalogue.
    pub substance: Option<String>,
    /// Only what should have been answered by now.
    pub overdue: bool,
    /// Only reports in which something is new to the asking person.
    pub fresh: bool,
    /// Only what carries this label.
    pub label: Option<LabelId>,
}

/// How many undecided reports stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// In [`View::Open`].
    pub open: i64,
    /// In [`View::Mine`].
    pub mine: i64,
    /// In [`View::Unassigned`].
    pub unassigned: i64,
    /// In [`View::Waiting`].
    pub waiting: i64,
    /// In [`View::Accepted`].
    pub accepted: i64,
    /// In [`View::Aside`].
    pub aside: i64,
    /// Open and overdue.
    pub overdue: i64,
    /// Open, by band that counts: red, amber, green.
    pub bands: [i64; 3],
}

/// A page of the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueuePage {
    /// Most urgent first.
    pub rows: Vec<QueueItem>,
    /// Where the next page begins, if there is more.
    pub next: Option<Cursor>,
    /// Figures over all of the desk, whatever the filter.
    pub counts: Counts,
    /// Substances of undecided reports, with the number of reports: the choices of the filter.
    pub substances: Vec<(String, i64)>,
    /// The authority's labels.
    pub labels: Vec<Label>,
    /// The names of its macros.
    pub macros: Vec<(MacroId, String)>,
}

/// A report in the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueItem {
    /// The number that people see.
    pub reference: Reference,
    /// Name of the company.
    pub company: String,
    /// What it is about.
    pub kind: ReportKind,
    /// Where it stands.
    pub state: State,
    /// Substances and amount.
    pub headline: String,
    /// The other party.
    pub party: String,
    /// Its country, ISO 3166-1 alpha-2; may be empty.
    pub party_country: String,
    /// The band that counts.
    pub severity: Band,
    /// Whether an officer overruled the computed band.
    pub overruled: bool,
    /// How many of the five cells light up, as computed.
    pub cells: u8,
    /// Goods leave within 48 hours.
    pub urgent: bool,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// The answer clock.
    pub clock: Clock,
    /// Whether that clock matters in this state and has run out.
    pub overdue: bool,
    /// Until when the company is to answer.
    pub question_due: Option<Timestamp>,
    /// The company let that time run out.
    pub unanswered: bool,
    /// The four questions only.
    pub quick: bool,
    /// Taken down by telephone; true in the second place once the company confirmed.
    pub by_phone: Option<bool>,
    /// The officer who has it.
    pub assignee: Option<(UserId, String)>,
    /// What others did that the asking person has not read.
    pub news: Vec<News>,
    /// Another report says the same of somebody: the same number, account or address of mail.
    pub shares: bool,
    /// What came of it.
    pub outcome: Option<OutcomeClass>,
    /// Until when it is put aside.
    pub aside_until: Option<Timestamp>,
    /// Its labels, by name.
    pub labels: Vec<Label>,
    /// What an act on it carries.
    pub version: i64,
}

/// A piece of the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rows {
    /// Most urgent first.
    pub rows: Vec<QueueItem>,
    /// Where the next piece begins, if there is more.
    pub next: Option<Cursor>,
}

/// A page of the queue of an authority, with its figures and what can be chosen.
///
/// # Errors
/// [`Refusal::NotFound`] without a place at its desk.
pub async fn queue(
    ctx: &Context,
    principal: &Principal,
    authority: OrgId,
    filter: &QueueFilter,
    after: Option<Cursor>,
    limit: u16,
) -> Result<QueuePage> {
    let me = Seat::take(principal, authority, Action::ReadReports)?.id();
    let mut db = ctx.db.reader();
    let labels = label::of_authority(&mut db, authority).await?;
    let Rows { rows, next } = rows(ctx, (authority, me), filter, &labels, after, limit).await?;
    let counts = counts(ctx, authority, me).await?;
    let undecided = counts.open + counts.waiting + counts.accepted + counts.aside;
    Ok(QueuePage {
        rows,
        next,
        counts,
        substances: lately::substances(ctx, authority, undecided).await?,
        labels,
        macros: macro_names(&mut db, authority).await?,
    })
}

/// The rows of a page alone. Whoever calls has checked the person's place at the desk.
pub(crate) async fn rows(
    ctx: &Context,
    (authority, person): (OrgId, UserId),
    filter: &QueueFilter,
    labels: &[Label],
    after: Option<Cursor>,
    limit: u16,
) -> Result<Rows> {
    let (now, limit) = (ctx.now(), i64::from(limit));
    let mut db = ctx.db.reader();
    let floor = news::floor(ctx, &mut db, authority, person).await?;
    let mut wanted = wanted((authority, person), filter, floor, now);
    if let Some(cursor) = after {
        wanted.after = (cursor.key.max(wanted.after.0), cursor.id);
    }
    wanted.limit = limit + 1;
    let rows = store::report::queue::page(&mut db, &wanted).await?;
    let more = rows.len() as i64 > limit;
    let shown = &rows[..rows.len().min(usize::try_from(limit).unwrap_or(usize::MAX))];
    let next = shown.last().filter(|_| more).map(|row| Cursor { key: row.urgency, id: row.id });
    let rows = shown.iter().map(|row| item(row, labels, now)).collect::<Result<_>>()?;
    Ok(Rows { rows, next })
}

/// What a filter wants of an authority's queue, from the beginning and without an end.
pub(super) fn wanted(
    (authority, person): (OrgId, UserId),
    filter: &QueueFilter,
    floor: Floor,
    now: Timestamp,
) -> Wanted<'_> {
    let (start, before) = match filter.view {
        View::Closed => (standing::DECIDED, i64::MAX),
        View::News => (i64::MIN, i64::MAX),
        _ => (i64::MIN, standing::DECIDED),
    };
    Wanted {
        authority,
        person,
        after: (start, Uuid::nil()),
        before,
        shelf: filter.view.shelf(),
        mine: filter.view == View::Mine,
        unassigned: filter.view == View::Unassigned,
        severity: filter.band.map_or("", Band::code),
        kind: filter.kind.map_or("", ReportKind::code),
        substance: filter.substance.as_deref().unwrap_or_default(),
        overdue: filter.overdue,
        aside: matches!(filter.view, View::Aside | View::News),
        here: filter.view != View::Aside,
        label: filter.label,
        now,
        known_until: floor.known_until,
        read_until: floor.read_until,
        fresh: filter.fresh || filter.view == View::News,
        limit: 0,
    }
}

/// The macros of an authority, by name.
pub(super) async fn macro_names(db: &mut impl Read, authority: OrgId) -> Result<Vec<(MacroId, String)>> {
    let rows = store::macros::names(db, authority).await?;
    Ok(rows.into_iter().map(|(id, name)| (MacroId(id), name)).collect())
}

pub(super) async fn counts(ctx: &Context, authority: OrgId, person: UserId) -> Result<Counts> {
    let counts = lately::counts(ctx, authority).await?;
    let mine =
        store::report::queue::mine(&mut ctx.db.reader(), authority, person, ctx.now(), standing::DECIDED).await?;
    Ok(Counts {
        open: counts.open,
        mine,
        unassigned: counts.unassigned,
        waiting: counts.waiting,
        accepted: counts.accepted,
        aside: counts.aside,
        overdue: counts.overdue,
        bands: [counts.red, counts.amber, counts.green],
    })
}

fn item(row: &QueueRow, labels: &[Label], now: Timestamp) -> Result<QueueItem> {
    let corrupt = || Refusal::Fault(format!("report {} cannot be read", row.reference));
    let state = state_of(&row.state)?;
    let clock = Clock { due: Timestamp(row.answer_due), paused_at: row.paused_at.map(Timestamp) };
    Ok(QueueItem {
        reference: row.reference.parse().map_err(|_| corrupt())?,
        company: row.company.clone(),
        kind: ReportKind::from_code(&row.kind).ok_or_else(corrupt)?,
        state,
        headline: row.headline.clone(),
        party: row.party.clone(),
        party_country: row.party_country.clone(),
        severity: standing::band(&row.severity)?,
        overruled: row.severity != row.desk_band,
        cells: u8::try_from(row.desk_cells).unwrap_or_default(),
        urgent: row.urgent,
        sent_at: Timestamp(row.sent_at),
        clock,
        overdue: state.clock_runs() && clock.is_overdue(now),
        question_due: row.question_due.map(Timestamp),
        unanswered: row.unanswered,
        quick: row.quick,
        by_phone: row.taken_by_authority.then_some(row.confirmed_at.is_some()),
        assignee: row.assigned_to.map(UserId).zip(row.assignee.clone()),
        news: News::read(row.news.as_deref()),
        shares: row.shares,
        outcome: OutcomeClass::from_code(&row.outcome),
        aside_until: row.snoozed_until.map(Timestamp).filter(|until| *until > now),
        labels: labels.iter().filter(|label| sticks(row, label)).cloned().collect(),
        version: row.version,
    })
}

/// No two labels of an authority have the same name.
fn sticks(row: &QueueRow, label: &Label) -> bool {
    row.labels.as_deref().unwrap_or_default().split('\n').any(|name| name == label.name)
}
