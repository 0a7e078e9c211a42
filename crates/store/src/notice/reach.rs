//! Whom a notice reaches, who of them opened and acknowledged it, and who was reminded. Who is meant is decided in
//! `services::notice::reach`: the first statements here give everybody.

use domain::{
    ids::{NoticeId, OrgId, UserId},
    time::Timestamp,
};
use serde_json::json;
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    /// The people of companies that may work here, and what their companies read as.
    COMPANY_PEOPLE = "SELECT m.person_id, m.org_id, o.country, o.operator_roles, p.lang
                      FROM membership m JOIN org o ON o.id = m.org_id JOIN person p ON p.id = m.person_id
                      WHERE o.kind = 'company' AND o.status = 'approved' AND m.ended_at IS NULL
                      AND p.email_confirmed_at IS NOT NULL AND p.disabled_at IS NULL ORDER BY m.org_id, m.person_id";
    /// Companies that are known to deal with one of the substances `$1` (JSON list of slugs), by files of their customers or by
    /// what they reported.
    DEALERS = sqlite "SELECT o.id FROM org o WHERE o.kind = 'company' AND o.status = 'approved'
              AND (EXISTS (SELECT 1 FROM customer_substance c WHERE c.org_id = o.id AND c.slug IN (SELECT value FROM json_each($1)))
              OR EXISTS (SELECT 1 FROM report r JOIN report_substance s ON s.report_id = r.id WHERE r.org_id = o.id
              AND s.slug IN (SELECT value FROM json_each($1)))) ORDER BY o.id",
              postgres "SELECT o.id FROM org o WHERE o.kind = 'company' AND o.status = 'approved'
              AND (EXISTS (SELECT 1 FROM customer_substance c WHERE c.org_id = o.id
              AND c.slug IN (SELECT jsonb_array_elements_text(CAST(CAST($1 AS text) AS jsonb))))
              OR EXISTS (SELECT 1 FROM report r JOIN report_substance s ON s.report_id = r.id WHERE r.org_id = o.id
              AND s.slug IN (SELECT jsonb_array_elements_text(CAST(CAST($1 AS text) AS jsonb))))) ORDER BY o.id";
    /// Companies of which any substance is known.
    KNOWN = "SELECT o.id FROM org o WHERE o.kind = 'company' AND o.status = 'approved'
             AND (EXISTS (SELECT 1 FROM customer_substance c WHERE c.org_id = o.id AND c.slug <> '')
             OR EXISTS (SELECT 1 FROM report r JOIN report_substance s ON s.report_id = r.id WHERE r.org_id = o.id AND s.slug <> ''))
             ORDER BY o.id";
    /// `$1`: `[[company or person, person], …]`.
    TELL = sqlite "INSERT INTO notice_recipient (notice_id, revision, source_id, person_id, at)
           SELECT $2, $3, unhex(json_extract(j.value, '$[0]')), unhex(json_extract(j.value, '$[1]')), $4 FROM json_each($1) j",
           postgres "INSERT INTO notice_recipient (notice_id, revision, source_id, person_id, at)
           SELECT $2, $3, CAST(j ->> 0 AS uuid), CAST(j ->> 1 AS uuid), $4 FROM jsonb_array_elements(CAST(CAST($1 AS text) AS jsonb)) j";
    /// Who joined a company after it was told is one of those who were told.
    JOIN = "INSERT INTO notice_recipient (notice_id, revision, source_id, person_id, at)
            SELECT DISTINCT t.notice_id, t.revision, t.source_id, m.person_id, CAST($4 AS BIGINT)
            FROM notice_recipient t JOIN membership m ON m.org_id = t.source_id
            WHERE t.notice_id = $1 AND t.revision = $2 AND m.person_id = $3 AND m.ended_at IS NULL
            ON CONFLICT (notice_id, revision, source_id, person_id) DO NOTHING";
    IS_ASKED = "SELECT count(*) FROM notice_recipient WHERE notice_id = $1 AND revision = $2 AND (person_id = $3
                OR EXISTS (SELECT 1 FROM membership m WHERE m.org_id = notice_recipient.source_id AND m.person_id = $3 AND m.ended_at IS NULL))";
    READ = "INSERT INTO notice_reading (notice_id, revision, person_id, read_at, acknowledged_at) VALUES ($1, $2, $3, $4, NULL)
            ON CONFLICT (notice_id, revision, person_id) DO NOTHING";
    ACKNOWLEDGE = "UPDATE notice_reading SET acknowledged_at = $4
                   WHERE notice_id = $1 AND revision = $2 AND person_id = $3 AND acknowledged_at IS NULL";
    READING = "SELECT read_at, acknowledged_at FROM notice_reading WHERE notice_id = $1 AND revision = $2 AND person_id = $3";
    /// Without those who left before they acknowledged it. `is_own`: of a company or a country of the authority `$3`.
    LIST = "SELECT t.source_id, t.person_id, coalesce(o.name, '') AS org, coalesce(r.audience, '') AS audience, p.name AS person,
            d.read_at, d.acknowledged_at, (SELECT max(m.at) FROM notice_reminder m
            WHERE m.notice_id = t.notice_id AND m.revision = t.revision AND m.person_id = t.person_id) AS reminded_at,
            CAST(CASE WHEN o.authority_id = $3 OR EXISTS (SELECT 1 FROM authority_scope s
            WHERE s.authority_id = $3 AND s.country = r.country) THEN 1 ELSE 0 END AS BIGINT) AS is_own
            FROM notice_recipient t JOIN person p ON p.id = t.person_id LEFT JOIN org o ON o.id = t.source_id
            LEFT JOIN reader r ON r.person_id = t.source_id LEFT JOIN notice_reading d
            ON d.notice_id = t.notice_id AND d.revision = t.revision AND d.person_id = t.person_id
            WHERE t.notice_id = $1 AND t.revision = $2 AND (d.acknowledged_at IS NOT NULL OR (p.disabled_at IS NULL
            AND (r.person_id IS NOT NULL OR EXISTS (SELECT 1 FROM membership m WHERE m.person_id = t.person_id
            AND m.org_id = t.source_id AND m.ended_at IS NULL)))) ORDER BY org, person, t.source_id, t.person_id LIMIT $4";
    /// Of those told at the publication `$4`, the people of companies that were members of the association `$3` then: whoever
    /// joins or leaves later changes nothing.
    OF_MEMBERS = "SELECT t.source_id, d.read_at, d.acknowledged_at FROM notice_recipient t LEFT JOIN notice_reading d
                  ON d.notice_id = t.notice_id AND d.revision = t.revision AND d.person_id = t.person_id
                  WHERE t.notice_id = $1 AND t.revision = $2 AND t.at = $4 AND t.source_id IN (SELECT m.org_id
                  FROM association_member m WHERE m.association_id = $3 AND m.org_id IS NOT NULL AND m.answered_at <= $4
                  AND m.state IN ('accepted', 'left', 'ended') AND (m.ended_at IS NULL OR m.ended_at > $4)
                  AND (m.ends_at IS NULL OR m.ends_at > $4)) ORDER BY t.source_id, t.person_id";
    OPEN = "SELECT DISTINCT t.person_id FROM notice_recipient t WHERE t.notice_id = $1 AND t.revision = $2
            AND NOT EXISTS (SELECT 1 FROM notice_reading d WHERE d.notice_id = $1 AND d.revision = $2
            AND d.person_id = t.person_id AND d.acknowledged_at IS NOT NULL) ORDER BY t.person_id";
    /// Gives those who were not reminded of anything on that day.
    REMIND = sqlite "INSERT INTO notice_reminder (person_id, day, notice_id, revision, at)
             SELECT unhex(j.value), $2, $3, $4, $5 FROM json_each($1) j WHERE TRUE
             ON CONFLICT (person_id, day) DO NOTHING RETURNING person_id",
             postgres "INSERT INTO notice_reminder (person_id, day, notice_id, revision, at)
             SELECT CAST(j AS uuid), $2, $3, $4, $5 FROM jsonb_array_elements_text(CAST(CAST($1 AS text) AS jsonb)) j
             ON CONFLICT (person_id, day) DO NOTHING RETURNING person_id";
}

/// So many people at most in one statement.
const AT_ONCE: usize = 2000;

/// A revision of a notice.
pub type Of = (NoticeId, i64);

/// Somebody of a company, and what the company reads as.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CompanyPersonRow {
    /// Who.
    pub person_id: Uuid,
    /// The company.
    pub org_id: Uuid,
    /// Its country.
    pub country: String,
    /// What it does: JSON list of codes.
    pub operator_roles: String,
    /// The person's language tag.
    pub lang: String,
}

/// Somebody who was told, and how far they are.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RecipientRow {
    /// Their company, or they themselves.
    pub source_id: Uuid,
    /// Who.
    pub person_id: Uuid,
    /// Name of the company; empty for a reader outside companies.
    pub org: String,
    /// Code of what such a reader does.
    pub audience: String,
    /// Their name.
    pub person: String,
    /// When they opened it.
    pub read_at: Option<i64>,
    /// When they acknowledged it.
    pub acknowledged_at: Option<i64>,
    /// When they were reminded of it last.
    pub reminded_at: Option<i64>,
    /// 1 if the company, or the reader's country, is the authority's.
    pub is_own: i64,
}

/// Everybody who belongs to a company that may work here and can be told, once for each of their companies.
///
/// # Errors
/// If the database does not answer.
pub async fn company_people(db: &mut impl Read) -> Result<Vec<CompanyPersonRow>> {
    db.all(&COMPANY_PEOPLE, args![]).await
}

/// Companies that are known to deal with one of these substances of the catalogue.
///
/// # Errors
/// If the database does not answer.
pub async fn dealers(db: &mut impl Read, slugs: &[String]) -> Result<Vec<Uuid>> {
    Ok(ids(db.all(&DEALERS, args![json!(slugs).to_string()]).await?))
}

/// Companies of which any substance of the catalogue is known.
///
/// # Errors
/// If the database does not answer.
pub async fn known(db: &mut impl Read) -> Result<Vec<Uuid>> {
    Ok(ids(db.all(&KNOWN, args![]).await?))
}

fn ids(rows: Vec<(Uuid,)>) -> Vec<Uuid> {
    rows.into_iter().map(|(id,)| id).collect()
}

/// Notes who is told of a revision: company (or the person, for none) and person, each pair once.
///
/// # Errors
/// If the database refuses.
pub async fn tell(tx: &mut Tx, (notice, revision): Of, people: &[(Uuid, UserId)], at: Timestamp) -> Result<()> {
    for some in people.chunks(AT_ONCE) {
        let pairs: Vec<_> =
            some.iter().map(|(source, person)| json!([source.simple().to_string(), person.to_string()])).collect();
        tx.run(&TELL, args![json!(pairs).to_string(), notice, revision, at]).await?;
    }
    Ok(())
}

/// Whether a person, or a company of theirs, was told of a revision that asks to be acknowledged.
///
/// # Errors
/// If the database does not answer.
pub async fn is_asked(db: &mut impl Read, (notice, revision): Of, person: UserId) -> Result<bool> {
    Ok(db.number(&IS_ASKED, args![notice, revision, person]).await?.unwrap_or(0) > 0)
}

/// When a person opened and acknowledged a revision; none if they never opened it.
///
/// # Errors
/// If the database does not answer.
pub async fn reading(
    db: &mut impl Read,
    (notice, revision): Of,
    person: UserId,
) -> Result<Option<(Timestamp, Option<Timestamp>)>> {
    let row: Option<(i64, Option<i64>)> = db.one(&READING, args![notice, revision, person]).await?;
    Ok(row.map(|(read, acknowledged)| (Timestamp(read), acknowledged.map(Timestamp))))
}

/// Notes that one of those who are asked has opened a revision; the first time counts.
///
/// # Errors
/// If the database refuses.
pub async fn read(tx: &mut Tx, (notice, revision): Of, person: UserId, at: Timestamp) -> Result<()> {
    tx.run(&JOIN, args![notice, revision, person, at]).await?;
    tx.run(&READ, args![notice, revision, person, at]).await?;
    Ok(())
}

/// Notes that somebody who has opened a revision acknowledges it; false if they had.
///
/// # Errors
/// If the database refuses.
pub async fn acknowledge(tx: &mut Tx, (notice, revision): Of, person: UserId, at: Timestamp) -> Result<bool> {
    Ok(tx.run(&ACKNOWLEDGE, args![notice, revision, person, at]).await? == 1)
}

/// Those who were told of a revision and have acknowledged it or are still there, by company and name.
///
/// # Errors
/// If the database does not answer.
pub async fn list(
    db: &mut impl Read,
    (notice, revision): Of,
    authority: OrgId,
    limit: i64,
) -> Result<Vec<RecipientRow>> {
    db.all(&LIST, args![notice, revision, authority, limit]).await
}

/// Of those told at its publication, the people of companies that were members of an association then: their company, when
/// they opened it, when they acknowledged it.
///
/// # Errors
/// If the database does not answer.
pub async fn of_members(
    db: &mut impl Read,
    (notice, revision): Of,
    association: OrgId,
    published: Timestamp,
) -> Result<Vec<(Uuid, Option<i64>, Option<i64>)>> {
    db.all(&OF_MEMBERS, args![notice, revision, association, published]).await
}

/// Those who were told of a revision and have not acknowledged it.
///
/// # Errors
/// If the database does not answer.
pub async fn open(db: &mut impl Read, (notice, revision): Of) -> Result<Vec<UserId>> {
    Ok(ids(db.all(&OPEN, args![notice, revision]).await?).into_iter().map(UserId).collect())
}

/// Notes a reminder for each of these people who had none on that day (counted from 1970-01-01); gives those.
///
/// # Errors
/// If the database refuses.
pub async fn remind(
    tx: &mut Tx,
    (notice, revision): Of,
    people: &[UserId],
    (day, at): (i64, Timestamp),
) -> Result<Vec<UserId>> {
    let mut reminded = Vec::new();
    for some in people.chunks(AT_ONCE) {
        let whom: Vec<_> = some.iter().map(ToString::to_string).collect();
        let rows = tx.all(&REMIND, args![json!(whom).to_string(), day, notice, revision, at]).await?;
        reminded.extend(ids(rows).into_iter().map(UserId));
    }
    Ok(reminded)
}
