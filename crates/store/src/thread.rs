//! A report's thread: messages both ways, internal notes, events; and how far each person has read.
//!
//! Two statements read it, one for each side. The company's reads only rows that are visible to it and has no column
//! for who at the authority wrote them.

use domain::{
    ids::{EntryId, ReportId, UserId},
    look::{Look, Mark},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    ADD = "INSERT INTO report_entry (id, report_id, n, at, kind, side, person_id, body, detail, visible_to_company)
           SELECT $1, $2, coalesce(max(n), 0) + 1, $3, $4, $5, $6, $7, $8, $9 FROM report_entry WHERE report_id = $2";
    NEWS = "UPDATE report SET news_at = $2 WHERE id = $1 AND news_at < $2";
    FOR_COMPANY = "SELECT e.n, e.at, e.kind, e.side, e.body, e.detail,
                   CASE WHEN e.side = 'company' THEN p.name END AS person
                   FROM report_entry e LEFT JOIN person p ON p.id = e.person_id
                   WHERE e.report_id = $1 AND e.visible_to_company AND NOT e.withheld ORDER BY e.n DESC LIMIT 1000";
    FOR_DESK = "SELECT e.n, e.at, e.kind, e.side, e.body, e.detail, e.visible_to_company, e.withheld, e.person_id,
                p.name AS person FROM report_entry e LEFT JOIN person p ON p.id = e.person_id
                WHERE e.report_id = $1 ORDER BY e.n DESC LIMIT 1000";
    SAID = "SELECT body FROM report_entry WHERE report_id = $1 AND body <> '' ORDER BY n";
    COUNT = "SELECT count(*) FROM report_entry WHERE report_id = $1";
    LOOK = "SELECT read_at, read_n, since_at, since_n FROM report_read WHERE report_id = $1 AND person_id = $2";
    MARK_READ = "INSERT INTO report_read (report_id, person_id, read_at, read_n, since_at, since_n, audited_at)
                 VALUES ($1, $2, $3, $4, $5, $6, 0) ON CONFLICT (report_id, person_id)
                 DO UPDATE SET read_at = $3, read_n = $4, since_at = $5, since_n = $6";
    LAST = "SELECT r.id, r.reference, r.headline, r.authority_id, r.org_id, r.author_id FROM report_read m
            JOIN report r ON r.id = m.report_id WHERE m.person_id = $1 ORDER BY m.read_at DESC, r.id LIMIT $2";
    /// Changes a row only if the last audited reading lies before `$4`.
    NOTE_READING = "UPDATE report_read SET audited_at = $3 WHERE report_id = $1 AND person_id = $2 AND audited_at < $4";
}

/// Something to add to a thread.
#[derive(Clone, Debug)]
pub struct NewEntry<'a> {
    /// Identity.
    pub id: EntryId,
    /// The report, locked by the caller.
    pub report: ReportId,
    /// Now.
    pub at: Timestamp,
    /// Code of the kind.
    pub kind: &'a str,
    /// `company`, `authority` or `system`.
    pub side: &'a str,
    /// Who.
    pub person: Option<UserId>,
    /// What was written; may be empty.
    pub body: &'a str,
    /// What else belongs to it, JSON; may be empty.
    pub detail: &'a str,
    /// Whether the company may see all of this row.
    pub visible_to_company: bool,
}

/// Everything that was written in a report's thread, in its order.
///
/// # Errors
/// If the database does not answer.
pub async fn said(db: &mut impl Read, report: ReportId) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = db.all(&SAID, args![report]).await?;
    Ok(rows.into_iter().map(|(body,)| body).collect())
}

/// An entry as the company may know it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CompanyEntry {
    /// Place in the thread.
    pub n: i64,
    /// When.
    pub at: i64,
    /// Code of the kind.
    pub kind: String,
    /// Which side.
    pub side: String,
    /// What was written.
    pub body: String,
    /// What else belongs to it.
    pub detail: String,
    /// Who, if it was somebody of the company.
    pub person: Option<String>,
}

/// An entry as the authority sees it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DeskEntry {
    /// Place in the thread.
    pub n: i64,
    /// When.
    pub at: i64,
    /// Code of the kind.
    pub kind: String,
    /// Which side.
    pub side: String,
    /// What was written.
    pub body: String,
    /// What else belongs to it.
    pub detail: String,
    /// Whether the company sees it.
    pub visible_to_company: bool,
    /// Whether that was taken back before the company had seen it.
    pub withheld: bool,
    /// Who.
    pub person_id: Option<Uuid>,
    /// Their name.
    pub person: Option<String>,
}

/// A report that somebody opened, with what says who may.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct LastOpened {
    /// Identity.
    pub id: Uuid,
    /// The number that people see.
    pub reference: String,
    /// Substances and total amount, or what else it is about.
    pub headline: String,
    /// The authority.
    pub authority_id: Uuid,
    /// The company.
    pub org_id: Uuid,
    /// Who sent it.
    pub author_id: Uuid,
}

/// What a person opened last, the last first; whether they still may, the service decides.
///
/// # Errors
/// If the database does not answer.
pub async fn opened_last(db: &mut impl Read, person: UserId, limit: i64) -> Result<Vec<LastOpened>> {
    db.all(&LAST, args![person, limit]).await
}

/// Adds to a thread; the report counts as changed from then on.
///
/// # Errors
/// If the database refuses.
pub async fn add(tx: &mut Tx, new: &NewEntry<'_>) -> Result<()> {
    let args = args![
        new.id,
        new.report,
        new.at,
        new.kind,
        new.side,
        new.person,
        new.body,
        new.detail,
        new.visible_to_company,
    ];
    tx.run(&ADD, args).await?;
    tx.run(&NEWS, args![new.report, new.at]).await?;
    Ok(())
}

/// What the company may see, newest first, at most 1000.
///
/// # Errors
/// If the database does not answer.
pub async fn for_company(db: &mut impl Read, report: ReportId) -> Result<Vec<CompanyEntry>> {
    db.all(&FOR_COMPANY, args![report]).await
}

/// Everything, newest first, at most 1000.
///
/// # Errors
/// If the database does not answer.
pub async fn for_desk(db: &mut impl Read, report: ReportId) -> Result<Vec<DeskEntry>> {
    db.all(&FOR_DESK, args![report]).await
}

/// How many entries there are.
///
/// # Errors
/// If the database does not answer.
pub async fn count(db: &mut impl Read, report: ReportId) -> Result<i64> {
    Ok(db.number(&COUNT, args![report]).await?.unwrap_or(0))
}

/// Notes that a person has read everything up to `mark`; their looks with this one.
///
/// # Errors
/// If the database refuses.
pub async fn mark_read(tx: &mut Tx, report: ReportId, person: UserId, mark: Mark) -> Result<Look> {
    let look = look(tx, report, person).await?.map_or_else(|| Look::first(mark), |look| look.again(mark));
    let Look { last, since } = look;
    tx.run(&MARK_READ, args![report, person, last.at, last.n, since.at, since.n]).await?;
    Ok(look)
}

/// A person's looks at a report; none if they never opened it.
///
/// # Errors
/// If the database does not answer.
pub async fn look(db: &mut impl Read, report: ReportId, person: UserId) -> Result<Option<Look>> {
    let row: Option<(i64, i64, i64, i64)> = db.one(&LOOK, args![report, person]).await?;
    let mark = |at, n| Mark { at: Timestamp(at), n };
    Ok(row.map(|(at, n, since_at, since_n)| Look { last: mark(at, n), since: mark(since_at, since_n) }))
}

/// Whether this reading is to be audited: the last audited one lies before `before`. Notes it as audited.
///
/// # Errors
/// If the database refuses.
pub async fn note_reading(
    tx: &mut Tx,
    report: ReportId,
    person: UserId,
    at: Timestamp,
    before: Timestamp,
) -> Result<bool> {
    Ok(tx.run(&NOTE_READING, args![report, person, at, before]).await? == 1)
}
