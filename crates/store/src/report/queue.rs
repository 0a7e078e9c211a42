//! The authority's queue: most urgent first, in pages that begin behind a place in that order.
//!
//! Decided reports stand at the far end of the same order, the newest first; see `services::desk::urgency`. One index
//! (`report_queue`) serves every view.

use domain::{
    ids::{LabelId, OrgId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, args, engine::Result, statements};

statements! {
    PAGE = "SELECT r.id, r.reference, r.kind, r.state, r.quick, r.headline, r.party, r.party_country, r.desk_band, r.desk_cells,
            r.severity, r.urgent, r.urgency, r.sent_at, r.answer_due, r.paused_at, r.question_due, r.taken_by_authority,
            r.confirmed_at, r.unanswered, r.outcome, r.assigned_to, r.snoozed_until, r.version, o.name AS company, a.name AS assignee,
            (SELECT string_agg(l.name, '\n') FROM report_label s JOIN label l ON l.id = s.label_id WHERE s.report_id = r.id) AS labels,
            (SELECT string_agg(e.kind || ':' || e.side, ',') FROM report_entry e WHERE e.report_id = r.id
            AND e.n > coalesce(m.read_n, 0) AND e.at > $15 AND e.kind <> 'assigned_by_rule' AND e.person_id IS DISTINCT FROM $2) AS news,
            EXISTS (SELECT 1 FROM report_fact mine JOIN report_fact other ON other.authority_id = mine.authority_id
            AND other.kind = mine.kind AND other.key = mine.key AND other.report_id <> mine.report_id
            WHERE mine.report_id = r.id AND NOT mine.weak) AS shares
            FROM report r JOIN org o ON o.id = r.org_id LEFT JOIN person a ON a.id = r.assigned_to
            LEFT JOIN report_read m ON m.report_id = r.id AND m.person_id = $2
            WHERE r.authority_id = $1 AND (r.urgency, r.id) > ($3, $4) AND r.urgency < $5
            AND ($6 = '' OR r.shelf = $6) AND (NOT $7 OR r.assigned_to = $2) AND (NOT $8 OR r.assigned_to IS NULL)
            AND ($9 = '' OR r.severity = $9) AND ($10 = '' OR r.kind = $10)
            AND ($11 = '' OR EXISTS (SELECT 1 FROM report_substance s WHERE s.report_id = r.id AND s.slug = $11))
            AND (NOT $12 OR (r.shelf = 'open' AND r.answer_due < $13))
            AND r.news_at > $16 AND (NOT $17 OR EXISTS (SELECT 1 FROM report_entry e WHERE e.report_id = r.id
            AND e.n > coalesce(m.read_n, 0) AND e.at > $15 AND e.kind <> 'assigned_by_rule' AND e.person_id IS DISTINCT FROM $2))
            AND ((coalesce(r.snoozed_until, 0) > $13 AND $18) OR (coalesce(r.snoozed_until, 0) <= $13 AND $19))
            AND (NOT $20 OR EXISTS (SELECT 1 FROM report_label l WHERE l.report_id = r.id AND l.label_id = $21))
            ORDER BY r.urgency, r.id LIMIT $14";
    /// How many reports [`PAGE`] would give, counted up to `$20`.
    HELD = "SELECT count(*) FROM (SELECT r.id FROM report r LEFT JOIN report_read m ON m.report_id = r.id AND m.person_id = $2
            WHERE r.authority_id = $1 AND r.urgency >= $3 AND r.urgency < $4
            AND ($5 = '' OR r.shelf = $5) AND (NOT $6 OR r.assigned_to = $2) AND (NOT $7 OR r.assigned_to IS NULL)
            AND ($8 = '' OR r.severity = $8) AND ($9 = '' OR r.kind = $9)
            AND ($10 = '' OR EXISTS (SELECT 1 FROM report_substance s WHERE s.report_id = r.id AND s.slug = $10))
            AND (NOT $11 OR (r.shelf = 'open' AND r.answer_due < $12))
            AND r.news_at > $19 AND (NOT $13 OR EXISTS (SELECT 1 FROM report_entry e WHERE e.report_id = r.id
            AND e.n > coalesce(m.read_n, 0) AND e.at > $14 AND e.kind <> 'assigned_by_rule' AND e.person_id IS DISTINCT FROM $2))
            AND ((coalesce(r.snoozed_until, 0) > $12 AND $15) OR (coalesce(r.snoozed_until, 0) <= $12 AND $16))
            AND (NOT $17 OR EXISTS (SELECT 1 FROM report_label l WHERE l.report_id = r.id AND l.label_id = $18)) LIMIT $20) AS held";
    /// What is put aside stands on its own pile and in no other figure.
    COUNTS = "SELECT count(*) FILTER (WHERE shelf = 'open' AND here) AS open,
              count(*) FILTER (WHERE shelf = 'open' AND here AND assigned_to IS NULL) AS unassigned,
              count(*) FILTER (WHERE shelf = 'waiting' AND here) AS waiting,
              count(*) FILTER (WHERE shelf = 'accepted' AND here) AS accepted,
              count(*) FILTER (WHERE NOT here) AS aside,
              count(*) FILTER (WHERE shelf = 'open' AND here AND answer_due < $2) AS overdue,
              count(*) FILTER (WHERE shelf = 'open' AND here AND severity = 'red') AS red,
              count(*) FILTER (WHERE shelf = 'open' AND here AND severity = 'amber') AS amber,
              count(*) FILTER (WHERE shelf = 'open' AND here AND severity = 'green') AS green
              FROM (SELECT shelf, assigned_to, answer_due, severity, coalesce(snoozed_until, 0) <= $2 AS here
              FROM report WHERE authority_id = $1 AND urgency < $3) AS desk";
    MINE = "SELECT count(*) FROM report WHERE authority_id = $1 AND assigned_to = $2 AND urgency < $3
            AND coalesce(snoozed_until, 0) <= $4";
    /// On PostgreSQL report by report: it would rather read the substances of all reports, decided or not.
    SUBSTANCES = sqlite "SELECT s.slug, count(DISTINCT s.report_id) AS n
                  FROM report_substance s JOIN report r ON r.id = s.report_id
                  WHERE r.authority_id = $1 AND s.slug <> '' AND r.urgency < $2 GROUP BY s.slug ORDER BY s.slug LIMIT 300",
                  postgres "SELECT s.slug, count(*) AS n FROM report r CROSS JOIN LATERAL
                  (SELECT DISTINCT slug FROM report_substance WHERE report_id = r.id AND slug <> '' OFFSET 0) AS s
                  WHERE r.authority_id = $1 AND r.urgency < $2 GROUP BY s.slug ORDER BY s.slug LIMIT 300";
}

/// A report in the queue.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct QueueRow {
    /// Identity.
    pub id: Uuid,
    /// The number that people see.
    pub reference: String,
    /// Code of the kind.
    pub kind: String,
    /// Code of the state.
    pub state: String,
    /// Whether only the four questions were answered.
    pub quick: bool,
    /// Substances and total amount.
    pub headline: String,
    /// The other party's name.
    pub party: String,
    /// Its country.
    pub party_country: String,
    /// Code of the computed band, by all rules.
    pub desk_band: String,
    /// How many of the five cells light up.
    pub desk_cells: i64,
    /// Code of the band that counts.
    pub severity: String,
    /// Goods leave within 48 hours.
    pub urgent: bool,
    /// Place in the queue.
    pub urgency: i64,
    /// When it was sent.
    pub sent_at: i64,
    /// Until when the authority is to answer.
    pub answer_due: i64,
    /// Since when that clock stands still.
    pub paused_at: Option<i64>,
    /// Until when the company is to answer.
    pub question_due: Option<i64>,
    /// Whether an officer took it down.
    pub taken_by_authority: bool,
    /// When the company confirmed that.
    pub confirmed_at: Option<i64>,
    /// The company let the time for an answer run out.
    pub unanswered: bool,
    /// Code of the outcome class.
    pub outcome: String,
    /// The officer who has it.
    pub assigned_to: Option<Uuid>,
    /// Until when an officer put it aside.
    pub snoozed_until: Option<i64>,
    /// For optimistic locking.
    pub version: i64,
    /// Name of the company.
    pub company: String,
    /// Name of the officer.
    pub assignee: Option<String>,
    /// Names of its labels, each on a line; none without labels.
    pub labels: Option<String>,
    /// What others did that the asking person has not read: `kind:side` of each entry, with commas; none if nothing.
    pub news: Option<String>,
    /// Whether another report of the authority says the same of somebody; names and addresses do not count.
    pub shares: bool,
}

/// What of the queue is wanted. Empty texts and `false` mean "whatever".
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// The authority.
    pub authority: OrgId,
    /// Who asks.
    pub person: UserId,
    /// Only behind this place.
    pub after: (i64, Uuid),
    /// Only before this urgency.
    pub before: i64,
    /// One shelf.
    pub shelf: &'a str,
    /// Only what the asking person has.
    pub mine: bool,
    /// Only what nobody has.
    pub unassigned: bool,
    /// One band.
    pub severity: &'a str,
    /// One kind.
    pub kind: &'a str,
    /// One substance of the catalogue.
    pub substance: &'a str,
    /// Only what should have been answered by `now`.
    pub overdue: bool,
    /// What is put aside.
    pub aside: bool,
    /// What is not.
    pub here: bool,
    /// One label.
    pub label: Option<LabelId>,
    /// Now.
    pub now: Timestamp,
    /// What happened until then is known to the asking person.
    pub known_until: Timestamp,
    /// In reports in which nothing happened after it, nothing is new to them.
    pub read_until: Timestamp,
    /// Only reports in which something is new to them.
    pub fresh: bool,
    /// At most so many.
    pub limit: i64,
}

/// How many undecided reports stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Counts {
    /// Waiting for the authority.
    pub open: i64,
    /// Of these, with nobody.
    pub unassigned: i64,
    /// Waiting for the company.
    pub waiting: i64,
    /// Accepted for investigation.
    pub accepted: i64,
    /// Put aside, wherever they stand.
    pub aside: i64,
    /// Open and past their time.
    pub overdue: i64,
    /// Open, of high severity.
    pub red: i64,
    /// Open, of medium severity.
    pub amber: i64,
    /// Open, of low severity.
    pub green: i64,
}

impl Wanted<'_> {
    /// Only what changed after this; in the index of the queue, so that what rests is passed over without being read.
    fn changed_after(&self) -> Timestamp {
        if self.fresh { self.known_until.max(self.read_until) } else { Timestamp(i64::MIN) }
    }
}

/// A page of the queue.
///
/// # Errors
/// If the database does not answer.
pub async fn page(db: &mut impl Read, wanted: &Wanted<'_>) -> Result<Vec<QueueRow>> {
    let args = args![
        wanted.authority,
        wanted.person,
        wanted.after.0,
        wanted.after.1,
        wanted.before,
        wanted.shelf,
        wanted.mine,
        wanted.unassigned,
        wanted.severity,
        wanted.kind,
        wanted.substance,
        wanted.overdue,
        wanted.now,
        wanted.limit,
        wanted.known_until,
        wanted.changed_after(),
        wanted.fresh,
        wanted.aside,
        wanted.here,
        wanted.label.is_some(),
        wanted.label.map_or(Uuid::nil(), |label| label.0),
    ];
    db.all(&PAGE, args).await
}

/// How many reports are wanted, whatever the page begins and ends with; counted up to the limit.
///
/// # Errors
/// If the database does not answer.
pub async fn held(db: &mut impl Read, wanted: &Wanted<'_>) -> Result<i64> {
    let args = args![
        wanted.authority,
        wanted.person,
        wanted.after.0,
        wanted.before,
        wanted.shelf,
        wanted.mine,
        wanted.unassigned,
        wanted.severity,
        wanted.kind,
        wanted.substance,
        wanted.overdue,
        wanted.now,
        wanted.fresh,
        wanted.known_until,
        wanted.aside,
        wanted.here,
        wanted.label.is_some(),
        wanted.label.map_or(Uuid::nil(), |label| label.0),
        wanted.changed_after(),
        wanted.limit,
    ];
    Ok(db.number(&HELD, args).await?.unwrap_or(0))
}

/// Counts the reports before `before`, the urgency at which the decided ones begin.
///
/// # Errors
/// If the database does not answer.
pub async fn counts(db: &mut impl Read, authority: OrgId, now: Timestamp, before: i64) -> Result<Counts> {
    Ok(db.one(&COUNTS, args![authority, now, before]).await?.unwrap_or_default())
}

/// How many of the undecided reports (urgency under `before`) are with somebody and not put aside.
///
/// # Errors
/// If the database does not answer.
pub async fn mine(db: &mut impl Read, authority: OrgId, person: UserId, now: Timestamp, before: i64) -> Result<i64> {
    Ok(db.number(&MINE, args![authority, person, before, now]).await?.unwrap_or(0))
}

/// The substances of an authority's undecided reports (urgency under `before`) with the number of reports.
///
/// # Errors
/// If the database does not answer.
pub async fn substances(db: &mut impl Read, authority: OrgId, before: i64) -> Result<Vec<(String, i64)>> {
    db.all(&SUBSTANCES, args![authority, before]).await
}
