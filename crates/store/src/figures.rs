//! Figures of an authority's desk over a period. Every statement reads one range of one index (`report_by_time`, which
//! holds all it asks for), or only what is undecided; a test looks at the plans.

use domain::{figures::Age, ids::OrgId, time::Timestamp};

use crate::{Read, args, engine::Result, statements};

statements! {
    TOTALS = "SELECT count(*) AS received, count(first_answer_at) AS answered, count(*) FILTER (WHERE in_time = 1) AS met,
              count(*) FILTER (WHERE in_time = 0 OR (first_answer_at IS NULL AND shelf = 'open' AND answer_due < $4)) AS missed
              FROM report WHERE authority_id = $1 AND sent_at >= $2 AND sent_at < $3";
    /// How long the first answer took, of those at two places in the order of these times.
    TOOK = "SELECT place, took FROM (SELECT first_answer_at - sent_at AS took,
            row_number() OVER (ORDER BY first_answer_at - sent_at) - 1 AS place FROM report
            WHERE authority_id = $1 AND sent_at >= $2 AND sent_at < $3 AND first_answer_at IS NOT NULL) AS ordered
            WHERE place = $4 OR place = $5";
    WEEKS = "SELECT (sent_at - $2) / 604800000000 AS week, kind, count(*) AS n FROM report
             WHERE authority_id = $1 AND sent_at >= $2 AND sent_at < $3 GROUP BY week, kind ORDER BY week, kind";
    SUBSTANCES = "SELECT s.slug, count(DISTINCT r.id) AS n FROM report r JOIN report_substance s ON s.report_id = r.id
                  WHERE r.authority_id = $1 AND r.sent_at >= $2 AND r.sent_at < $3 GROUP BY s.slug
                  ORDER BY n DESC, s.slug LIMIT 15";
    /// By age: `$3` to `$6` are the instants before which what is a day, three, seven and thirty days old was sent.
    WAITING = "SELECT CASE WHEN sent_at > $3 THEN 0 WHEN sent_at > $4 THEN 1 WHEN sent_at > $5 THEN 2 WHEN sent_at > $6 THEN 3
               ELSE 4 END AS age, count(*) FILTER (WHERE shelf = 'open') AS open,
               count(*) FILTER (WHERE shelf = 'waiting') AS asked
               FROM report WHERE authority_id = $1 AND urgency < $2 GROUP BY age ORDER BY age";
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

/// What waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// For the authority.
    pub open: i64,
    /// For the reporter's answer.
    pub asked: i64,
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

/// How long the first answer took, microseconds, of those at two places (from nought) in the order of these times; each with
/// its place.
///
/// # Errors
/// If the database does not answer.
pub async fn took(db: &mut impl Read, span: Between, places: (i64, i64)) -> Result<Vec<(i64, i64)>> {
    db.all(&TOOK, args![span.authority, span.from, span.to, places.0, places.1]).await
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

/// How much waits, by age: urgency under `before`, where the decided ones begin.
///
/// # Errors
/// If the database does not answer.
pub async fn waiting(db: &mut impl Read, authority: OrgId, before: i64, now: Timestamp) -> Result<Vec<(Age, Waiting)>> {
    let begins = |age: Age| now.plus(-age.from());
    let (days, week, month, more) = (begins(Age::Days), begins(Age::Week), begins(Age::Month), begins(Age::More));
    let rows: Vec<(i32, i64, i64)> = db.all(&WAITING, args![authority, before, days, week, month, more]).await?;
    let age = |place: i32| usize::try_from(place).ok().and_then(|place| Age::ALL.get(place)).copied();
    Ok(rows.into_iter().filter_map(|(place, open, asked)| Some((age(place)?, Waiting { open, asked }))).collect())
}
