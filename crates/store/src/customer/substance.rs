//! The substances of the catalogue that files of customers expect: by them it is known what a company deals with.

use domain::ids::{CustomerId, OrgId};
use serde_json::json;
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    CLEAR = "DELETE FROM customer_substance WHERE customer_id = $1";
    SET = sqlite "INSERT INTO customer_substance (customer_id, slug, org_id) SELECT $1, j.value, $2 FROM json_each($3) j",
          postgres "INSERT INTO customer_substance (customer_id, slug, org_id)
          SELECT $1, j, $2 FROM jsonb_array_elements_text(CAST(CAST($3 AS text) AS jsonb)) j";
    UNREAD = "SELECT c.id, c.org_id, c.content FROM customer c
              WHERE NOT EXISTS (SELECT 1 FROM customer_substance s WHERE s.customer_id = c.id) ORDER BY c.id LIMIT $1";
}

/// Keeps which substances a file expects, each once; none is kept as one without a name.
///
/// # Errors
/// If the database refuses.
pub async fn set(tx: &mut Tx, id: CustomerId, org: OrgId, slugs: &[String]) -> Result<()> {
    let slugs = if slugs.is_empty() { json!([""]) } else { json!(slugs) };
    tx.run(&CLEAR, args![id]).await?;
    tx.run(&SET, args![id, org, slugs.to_string()]).await?;
    Ok(())
}

/// Files of which that was never kept, for the most `limit`: identity, company, what the file says.
///
/// # Errors
/// If the database does not answer.
pub async fn unread(db: &mut impl Read, limit: i64) -> Result<Vec<(CustomerId, OrgId, String)>> {
    let rows: Vec<(Uuid, Uuid, String)> = db.all(&UNREAD, args![limit]).await?;
    Ok(rows.into_iter().map(|(id, org, content)| (CustomerId(id), OrgId(org), content)).collect())
}
