//! Reminders of declarations that end: on the days and by the mail of documents, of which a declaration is one.

use std::collections::BTreeMap;

use domain::{
    customer::document::REMINDERS,
    date::Date,
    ids::{DeclarationId, OrgId},
    time::Timestamp,
};
use store::declaration as rows;
use uuid::Uuid;

use crate::{Context, Result, customer::document};

/// Reminds of declarations that end soon, each reminder once; of how many. For the worker, now and then.
///
/// # Errors
/// If the store fails.
pub async fn remind(ctx: &Context) -> Result<usize> {
    let mut touched = 0;
    // The nearest end first: who gets the last reminder needs no earlier one.
    for (place, ahead) in REMINDERS.iter().enumerate().rev() {
        let nth = i64::try_from(place).unwrap_or(0) + 1;
        let (today, day) = (Date::of(ctx.now()), Date::of(ctx.now().plus(ahead * Timestamp::DAY)));
        let mut of: BTreeMap<(Uuid, Uuid), Vec<DeclarationId>> = BTreeMap::new();
        for row in rows::to_remind(&mut ctx.db.reader(), nth, day, today).await? {
            of.entry((row.org_id, row.made_by)).or_default().push(DeclarationId(row.id));
        }
        for ((org, person), declarations) in of {
            let mut tx = ctx.db.begin().await?;
            let mut count = 0;
            for declaration in &declarations {
                count += usize::from(rows::reminded(&mut tx, *declaration, nth).await?);
            }
            document::tell_of_ends(ctx, &mut tx, OrgId(org), person, count).await?;
            tx.commit().await?;
            touched += count;
        }
    }
    Ok(touched)
}
