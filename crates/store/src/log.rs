//! The audit log as an organisation reads it: newest first, narrowed, with names.
//!
//! [`crate::audit`] writes the log and walks its chain; here are only readings. What an organisation may see of it is
//! decided by `services::log`, which picks among these statements.

use domain::{
    ids::{OrgId, UserId},
    time::Timestamp,
};

use crate::{Read, args, engine::Result, statements};

statements! {
    /// Acts of an organisation's own people.
    OWN = "SELECT a.seq, a.at, p.name AS person, o.name AS unit, a.role, a.action, a.object_kind, a.object_id
           FROM audit a LEFT JOIN person p ON p.id = a.person_id LEFT JOIN org o ON o.id = a.org_id
           WHERE a.org_id = $1 AND a.seq < $2 AND a.at >= $3 AND a.at < $4 AND ($5 = '' OR a.object_id = $5)
           AND (a.person_id = $6 OR $6 IS NULL) ORDER BY a.seq DESC LIMIT $7";
    /// Acts by which an organisation's people changed its team and rights, the oldest first. There are few of them.
    TEAM = "SELECT a.seq, a.at, p.name AS person, o.name AS unit, a.role, a.action, a.object_kind, a.object_id
            FROM audit a LEFT JOIN person p ON p.id = a.person_id LEFT JOIN org o ON o.id = a.org_id
            WHERE a.org_id = $1 AND a.at >= $2 AND a.at < $3 AND (a.action LIKE 'ManageTeam:%' OR a.action = 'ReadTeam: left')
            ORDER BY a.seq";
    /// Readings of a company's reports by others, without the person's name. From the reports to their rows of the log: the
    /// order of the tables is kept (`CROSS JOIN`), or the whole log would be walked to find them.
    OPENED = "SELECT a.seq, a.at, NULL AS person, o.name AS unit, a.role, a.action, a.object_kind, a.object_id
              FROM report r CROSS JOIN audit a JOIN org o ON o.id = a.org_id
              WHERE a.object_kind = 'report' AND a.object_id = r.reference AND r.org_id = $1 AND a.org_id <> $1 AND (a.action LIKE 'ReadReports:%' OR a.action LIKE 'BreakGlass:%') AND a.seq < $2 AND a.at >= $3
              AND a.at < $4 AND ($5 = '' OR a.object_id = $5) ORDER BY a.seq DESC LIMIT $6";
    /// Decisions of others about an organisation, without the person's name.
    DECIDED = "SELECT a.seq, a.at, NULL AS person, o.name AS unit, a.role, a.action, a.object_kind, a.object_id
               FROM audit a JOIN org o ON o.id = a.org_id
               WHERE a.object_kind = 'org' AND a.object_id = $1 AND a.org_id <> $2
               AND (a.action LIKE 'DecideApplications:%' OR a.action LIKE 'ManageSystem:%' OR a.action LIKE '%BreakGlass:%')
               AND a.seq < $3 AND a.at >= $4 AND a.at < $5 AND ($6 = '' OR a.object_id = $6) ORDER BY a.seq DESC LIMIT $7";
    /// Readings of an authority's reports by who runs the installation, without the person's name: among the acts of the
    /// operator's own organisation, which are few. The order of the tables is kept here too.
    GLASS = "SELECT a.seq, a.at, NULL AS person, o.name AS unit, a.role, a.action, a.object_kind, a.object_id
             FROM org o CROSS JOIN audit a CROSS JOIN report r
             WHERE o.kind = 'operator' AND a.org_id = o.id AND r.reference = a.object_id AND r.authority_id = $1 AND a.action LIKE 'BreakGlass:%' AND a.seq < $2 AND a.at >= $3
             AND a.at < $4 AND ($5 = '' OR a.object_id = $5) ORDER BY a.seq DESC LIMIT $6";
    /// Acts for no organisation: by the system, by people for themselves, by somebody without an account. Not those on
    /// reports and drafts, which are nobody's business who runs the machines.
    OF_NOBODY = "SELECT a.seq, a.at, NULL AS person, NULL AS unit, a.role, a.action, a.object_kind, a.object_id
                 FROM audit a WHERE a.org_id IS NULL AND a.object_kind NOT IN ('report', 'draft') AND a.seq < $1
                 AND a.at >= $2 AND a.at < $3 AND ($4 = '' OR a.object_id = $4) ORDER BY a.seq DESC LIMIT $5";
}

/// Which rows.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Only rows before this place.
    pub before: i64,
    /// Not older than this.
    pub from: Timestamp,
    /// Older than this.
    pub until: Timestamp,
    /// About this object only; empty for all.
    pub object: &'a str,
    /// By this person only.
    pub person: Option<UserId>,
    /// At most so many.
    pub limit: i64,
}

/// A row of the log with the names of its day.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct LogRow {
    /// Place in the chain.
    pub seq: i64,
    /// When, microseconds UTC.
    pub at: i64,
    /// Who acted, where that may be seen.
    pub person: Option<String>,
    /// For which organisation.
    pub unit: Option<String>,
    /// In which role.
    pub role: String,
    /// What was done.
    pub action: String,
    /// Kind of the object.
    pub object_kind: String,
    /// Which one.
    pub object_id: String,
}

/// What was done for an organisation by its own people.
///
/// # Errors
/// If the database does not answer.
pub async fn own(db: &mut impl Read, org: OrgId, wanted: Wanted<'_>) -> Result<Vec<LogRow>> {
    let Wanted { before, from, until, object, person, limit } = wanted;
    db.all(&OWN, args![org, before, from, until, object, person, limit]).await
}

/// What an organisation's own people changed in its team and rights from one instant to before another, the oldest first.
///
/// # Errors
/// If the database does not answer.
pub async fn team(db: &mut impl Read, org: OrgId, from: Timestamp, until: Timestamp) -> Result<Vec<LogRow>> {
    db.all(&TEAM, args![org, from, until]).await
}

/// Who else opened a company's reports. These have no names, so that no person can be asked for.
///
/// # Errors
/// If the database does not answer.
pub async fn opened(db: &mut impl Read, company: OrgId, wanted: Wanted<'_>) -> Result<Vec<LogRow>> {
    let Wanted { before, from, until, object, limit, .. } = wanted;
    db.all(&OPENED, args![company, before, from, until, object, limit]).await
}

/// What others decided about an organisation: its authority, or who runs the installation. Without names.
///
/// # Errors
/// If the database does not answer.
pub async fn decided(db: &mut impl Read, org: OrgId, wanted: Wanted<'_>) -> Result<Vec<LogRow>> {
    let Wanted { before, from, until, object, limit, .. } = wanted;
    db.all(&DECIDED, args![org.to_string(), org, before, from, until, object, limit]).await
}

/// Who read an authority's reports in need. Without names.
///
/// # Errors
/// If the database does not answer.
pub async fn glass(db: &mut impl Read, authority: OrgId, wanted: Wanted<'_>) -> Result<Vec<LogRow>> {
    let Wanted { before, from, until, object, limit, .. } = wanted;
    db.all(&GLASS, args![authority, before, from, until, object, limit]).await
}

/// What was done for no organisation, whoever is asked for.
///
/// # Errors
/// If the database does not answer.
pub async fn of_nobody(db: &mut impl Read, wanted: Wanted<'_>) -> Result<Vec<LogRow>> {
    let Wanted { before, from, until, object, limit, .. } = wanted;
    db.all(&OF_NOBODY, args![before, from, until, object, limit]).await
}
