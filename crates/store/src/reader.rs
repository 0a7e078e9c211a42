//! Readers: people of no organisation, what they do, and how far they are trusted.

use domain::{
    ids::{OrgId, UserId},
    reader::{Audience, BEGINNER, Trust, level, of_level},
    time::Timestamp,
};
use serde_json::json;
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    INSERT = "INSERT INTO reader (person_id, audience, country, employer, trust, created_at, version) VALUES ($1, $2, $3, $4, $6, $5, 0)
              ON CONFLICT (person_id) DO UPDATE SET audience = $2, country = $3, employer = $4";
    BY_PERSON = "SELECT r.person_id, p.name, p.email, r.audience, r.country, r.employer, r.trust, r.created_at, r.version
                 FROM reader r JOIN person p ON p.id = r.person_id WHERE r.person_id = $1";
    /// What a reader says of themself changed: whoever checked it did not check that.
    CHANGE = "UPDATE reader SET audience = $2, country = $3, employer = $4, version = version + 1,
              trust = CASE WHEN audience = $2 AND country = $3 AND employer = $4 THEN trust ELSE $5 END WHERE person_id = $1";
    TRUST = "UPDATE reader SET trust = $3, version = version + 1 WHERE person_id = $1 AND version = $2";
    REMOVE = "DELETE FROM reader WHERE person_id = $1";
    /// Readers in the countries for which an authority answers, newest first.
    OF_AUTHORITY = "SELECT r.person_id, p.name, p.email, r.audience, r.country, r.employer, r.trust, r.created_at, r.version
                    FROM reader r JOIN person p ON p.id = r.person_id
                    WHERE p.email_confirmed_at IS NOT NULL AND p.disabled_at IS NULL
                    AND EXISTS (SELECT 1 FROM authority_scope s WHERE s.authority_id = $1 AND s.country = r.country)
                    AND ($2 = '' OR r.audience = $2) AND ($3 < 0 OR r.trust = $3)
                    ORDER BY r.created_at DESC, r.person_id DESC LIMIT $4 OFFSET $5";
    IN_SCOPE = "SELECT count(*) FROM reader r JOIN person p ON p.id = r.person_id WHERE r.person_id = $2
                AND p.email_confirmed_at IS NOT NULL AND p.disabled_at IS NULL
                AND EXISTS (SELECT 1 FROM authority_scope s WHERE s.authority_id = $1 AND s.country = r.country)";
    /// `$1` and `$2`: JSON lists of codes; an empty one means all.
    MEANT = sqlite "SELECT r.person_id, r.audience, p.lang FROM reader r JOIN person p ON p.id = r.person_id
            WHERE p.email_confirmed_at IS NOT NULL AND p.disabled_at IS NULL AND r.trust >= $3
            AND ($1 = '[]' OR r.audience IN (SELECT value FROM json_each($1)))
            AND ($2 = '[]' OR r.country IN (SELECT value FROM json_each($2))) ORDER BY r.person_id",
            postgres "SELECT r.person_id, r.audience, p.lang FROM reader r JOIN person p ON p.id = r.person_id
            WHERE p.email_confirmed_at IS NOT NULL AND p.disabled_at IS NULL AND r.trust >= $3
            AND (CAST($1 AS text) = '[]' OR r.audience IN (SELECT jsonb_array_elements_text(CAST(CAST($1 AS text) AS jsonb))))
            AND (CAST($2 AS text) = '[]' OR r.country IN (SELECT jsonb_array_elements_text(CAST(CAST($2 AS text) AS jsonb)))) ORDER BY r.person_id";
    /// Of people who never confirmed their address.
    REMOVE_STRAY = "DELETE FROM reader WHERE created_at < $1 AND EXISTS
                    (SELECT 1 FROM person p WHERE p.id = reader.person_id AND p.email_confirmed_at IS NULL)";
}

/// A reader.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ReaderRow {
    /// Who.
    pub person_id: Uuid,
    /// Name; empty until they gave one.
    pub name: String,
    /// Address.
    pub email: String,
    /// Code of what they do.
    pub audience: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// For whom they work; may be empty.
    pub employer: String,
    /// The level as a number.
    pub trust: i64,
    /// Since when.
    pub created_at: i64,
    /// Counts the changes.
    pub version: i64,
}

impl ReaderRow {
    /// What they do; none for a code that this program does not know.
    #[must_use]
    pub fn audience(&self) -> Option<Audience> {
        Audience::from_code(&self.audience)
    }

    /// How far they are trusted.
    #[must_use]
    pub fn trust(&self) -> Trust {
        of_level(self.trust).unwrap_or(Trust::Anybody)
    }
}

/// A reader whom something is meant for.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MeantRow {
    /// Who.
    pub person_id: Uuid,
    /// Code of what they do.
    pub audience: String,
    /// Language tag.
    pub lang: String,
}

/// What a reader says of themself.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// What they do.
    pub audience: Audience,
    /// ISO 3166-1 alpha-2.
    pub country: &'a str,
    /// For whom they work; may be empty.
    pub employer: &'a str,
}

/// Makes a person a reader whom nobody has checked: they count once their address is confirmed.
///
/// # Errors
/// If the database refuses.
pub async fn insert(tx: &mut Tx, person: UserId, about: About<'_>, at: Timestamp) -> Result<()> {
    tx.run(&INSERT, args![person, about.audience.code(), about.country, about.employer, at, level(BEGINNER)]).await?;
    Ok(())
}

/// The reader that a person is.
///
/// # Errors
/// If the database does not answer.
pub async fn by_person(db: &mut impl Read, person: UserId) -> Result<Option<ReaderRow>> {
    db.one(&BY_PERSON, args![person]).await
}

/// Changes what a reader says of themself; then they are trusted as anybody who comes.
///
/// # Errors
/// [`crate::StoreError::Stale`] if they are no reader.
pub async fn change(tx: &mut Tx, person: UserId, about: About<'_>) -> Result<()> {
    let beginner = level(BEGINNER);
    tx.run_one(&CHANGE, args![person, about.audience.code(), about.country, about.employer, beginner]).await
}

/// Sets how far a reader is trusted.
///
/// # Errors
/// [`crate::StoreError::Stale`] if somebody else changed them.
pub async fn set_trust(tx: &mut Tx, person: UserId, version: i64, trust: Trust) -> Result<()> {
    tx.run_one(&TRUST, args![person, version, level(trust)]).await
}

/// Somebody is a reader no more.
///
/// # Errors
/// If the database refuses.
pub async fn remove(tx: &mut Tx, person: UserId) -> Result<()> {
    tx.run(&REMOVE, args![person]).await?;
    Ok(())
}

/// Which readers an authority looks at.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'a> {
    /// Code of what they do; empty for all.
    pub audience: &'a str,
    /// Only those trusted so far.
    pub trust: Option<Trust>,
    /// How many.
    pub limit: i64,
    /// After so many.
    pub offset: i64,
}

/// Readers in the countries of an authority, newest first.
///
/// # Errors
/// If the database does not answer.
pub async fn of_authority(db: &mut impl Read, authority: OrgId, asked: Asked<'_>) -> Result<Vec<ReaderRow>> {
    let trust = asked.trust.map_or(-1, level);
    db.all(&OF_AUTHORITY, args![authority, asked.audience, trust, asked.limit, asked.offset]).await
}

/// Whether a reader is in one of an authority's countries.
///
/// # Errors
/// If the database does not answer.
pub async fn is_in_scope(db: &mut impl Read, authority: OrgId, person: UserId) -> Result<bool> {
    Ok(db.number(&IN_SCOPE, args![authority, person]).await?.unwrap_or(0) > 0)
}

/// The readers who do one of `audiences` in one of `countries` (an empty list means all) and are trusted so far.
///
/// # Errors
/// If the database does not answer.
pub async fn meant(
    db: &mut impl Read,
    audiences: &[Audience],
    countries: &[String],
    trust: Trust,
) -> Result<Vec<MeantRow>> {
    let audiences: Vec<_> = audiences.iter().map(|audience| audience.code()).collect();
    let args = args![json!(audiences).to_string(), json!(countries).to_string(), level(trust)];
    db.all(&MEANT, args).await
}

/// Removes those who never confirmed their address, from before `before`; how many.
///
/// # Errors
/// If the database refuses.
pub async fn remove_stray(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    tx.run(&REMOVE_STRAY, args![before]).await
}
