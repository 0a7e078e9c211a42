//! Who was told of a notice.

use domain::ids::{NoticeId, UserId};
use serde_json::json;
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    /// `$1`: list of persons. As with news, those without a confirmed account are left out.
    NOTE = sqlite "INSERT INTO notice_told (notice_id, person_id) SELECT $2, p.id FROM json_each($1) j
           JOIN person p ON p.id = unhex(j.value) WHERE p.email_confirmed_at IS NOT NULL AND p.disabled_at IS NULL
           ON CONFLICT (notice_id, person_id) DO NOTHING",
           postgres "INSERT INTO notice_told (notice_id, person_id) SELECT CAST($2 AS uuid), p.id
           FROM jsonb_array_elements(CAST(CAST($1 AS text) AS jsonb)) j
           JOIN person p ON p.id = CAST(j #>> '{}' AS uuid) WHERE p.email_confirmed_at IS NOT NULL AND p.disabled_at IS NULL
           ON CONFLICT (notice_id, person_id) DO NOTHING";
    TOLD = "SELECT person_id FROM notice_told WHERE notice_id = $1 ORDER BY person_id";
}

/// So many people at most in one statement.
const AT_ONCE: usize = 2000;

/// Notes that people were told; whoever was told before stays.
///
/// # Errors
/// If the database refuses.
pub async fn note(tx: &mut Tx, notice: NoticeId, people: &[UserId]) -> Result<()> {
    for some in people.chunks(AT_ONCE) {
        let whom: Vec<String> = some.iter().map(ToString::to_string).collect();
        tx.run(&NOTE, args![json!(whom).to_string(), notice]).await?;
    }
    Ok(())
}

/// Everybody who was told.
///
/// # Errors
/// If the database does not answer.
pub async fn people(db: &mut impl Read, notice: NoticeId) -> Result<Vec<UserId>> {
    let rows: Vec<(Uuid,)> = db.all(&TOLD, args![notice]).await?;
    Ok(rows.into_iter().map(|(id,)| UserId(id)).collect())
}
