//! What the public pages show of the installation: whom to call.

use crate::{Read, args, engine::Result, statements};

statements! {
    /// One row per country and authority; where a country has several, the one asked by default comes first.
    DUTY = "SELECT s.country, a.name, a.phone FROM authority_scope s JOIN org a ON a.id = s.authority_id
            WHERE a.status = 'approved' AND s.list = '' ORDER BY s.country, s.is_default DESC, a.created_at, a.id LIMIT 500";
}

/// An authority that answers for a country.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DutyRow {
    /// The country, ISO 3166-1 alpha-2.
    pub country: String,
    /// Name of the authority.
    pub name: String,
    /// Its telephone; may be empty.
    pub phone: String,
}

/// Which authority answers for which country.
///
/// # Errors
/// If the database does not answer.
pub async fn duty(db: &mut impl Read) -> Result<Vec<DutyRow>> {
    db.all(&DUTY, args![]).await
}
