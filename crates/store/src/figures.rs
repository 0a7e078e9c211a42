//! Figures of an authority's desk over a period. Every statement reads one range of one index (`report_by_time`, which
//! holds all it asks for), or only what is undecided; a test looks at the plans.

use domain::{ids::OrgId, time::Timestamp};

use crate::{Read, args, engine::Result, statements};

statements! {
    TOTALS = "SELECT count(*) AS received, count(first_answer_at) AS answered, count(*) FILTER (WHERE in_time = 1) AS met,
              count(*) FILTER (WHERE in_time = 0 OR (first_answer_at IS NULL AND shelf = 'open' AND answer_due < $4)) AS missed
              FROM report WHERE authority_id = $1 AND sent_at >= $2 AND sent_at < $3";
    /// How long the first answer took, of the one at a place in the order of these times.
    TOOK = "SELECT first_answer_at - sent_at AS took FROM report
            WHERE authority_id = $1 AND sent_at >= $2 AND sent_at < $3 AND first_answer_at IS NOT NULL
            ORDER BY took LIMIT 1 OFFSET $4";
    WEEKS = "SELECT (sent_at - $2) / 604800000000 AS week, kind, count(*) AS n FROM report
             WHERE authority_id = $1 AND sent_at >= $2 AND sent_at < $3 GROUP BY week, kind ORDER BY week, kind";
    SUBSTANCES = "SELECT s.slug, count(DISTINCT r.id) AS n FROM report r JOIN report_substance s ON s.report_id = r.id
                  WHERE r.authority_id = $1 AND r.sent_at >= $2 AND r.sent_at < $3 GROUP BY s.slug
                  ORDER BY n DESC, s.slug LIMIT 15";
    WAITING = "SELECT sent_at, shelf FROM report WHERE authority_id = $1 AND urgency < $2 AND shelf IN ('open', 'waiting')
               ORDER BY urgency LIMIT 100000";
}

/// What came in, and what became of its deadline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Totals {
    /// Reports.
    pub received: i64,
    /// Of these, answered.
    pub answered: i64,
    /// Answered in time.
    pub met: i64,
    /// Answered too late, or not yet although the time is over.
    pub missed: i64,
}

/// Reports of a kind in a week, counted from the beginning of the period.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct WeekRow {
    /// Which week.
    pub week: i64,
    /// Code of the kind.
    pub kind: String,
    /// How many.
    pub n: i64,
}

/// A span of time at an authority.
#[derive(Clone, Copy, Debug)]
pub struct Between {
    /// Whose reports.
    pub authority: OrgId,
    /// Sent from then on.
    pub from: Timestamp,
    /// And before then.
    pub to: Timestamp,
}

/// What came in.
///
/// # Errors
/// If the database does not answer.
pub async fn totals(db: &mut impl Read, span: Between, now: Timestamp) -> Result<Totals> {
    Ok(db.one(&TOTALS, args![span.authority, span.from, span.to, now]).await?.unwrap_or_default())
}

/// How long the first answer took, microseconds, of the one at this place (from nought) in the order of these times.
///
/// # Errors
/// If the database does not answer.
pub async fn took(db: &mut impl Read, span: Between, place: i64) -> Result<Option<i64>> {
    db.number(&TOOK, args![span.authority, span.from, span.to, place]).await
}

/// Reports by week and kind.
///
/// # Errors
/// If the database does not answer.
pub async fn weeks(db: &mut impl Read, span: Between) -> Result<Vec<WeekRow>> {
    db.all(&WEEKS, args![span.authority, span.from, span.to]).await
}

/// The fifteen substances that most reports name, with the number of reports; the empty handle for what the catalogue
/// does not know.
///
/// # Errors
/// If the database does not answer.
pub async fn substances(db: &mut impl Read, span: Between) -> Result<Vec<(String, i64)>> {
    db.all(&SUBSTANCES, args![span.authority, span.from, span.to]).await
}

/// When what waits was sent, and on which shelf it stands: urgency under `before`, where the decided ones begin.
///
/// # Errors
/// If the database does not answer.
pub async fn waiting(db: &mut impl Read, authority: OrgId, before: i64) -> Result<Vec<(i64, String)>> {
    db.all(&WAITING, args![authority, before]).await
}
