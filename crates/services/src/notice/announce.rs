//! Telling those whom a notice reaches that it is there: companies' people and readers outside companies. The line in their
//! inbox says no more than that; what the notice says they read behind its own rule. Who was told is noted, and told of the
//! withdrawal too: the reason stands on the page.

use domain::{
    ids::NoticeId,
    notice::{Content, Kind},
    time::Timestamp,
};
use store::{
    Tx,
    notice::{NoticeRow, reach as rows, told},
};

use super::{card_of, reach::recipients};
use crate::{Context, Result, notify, outbox::Template};

/// Where the line in an inbox leads.
pub(super) fn path(row: &NoticeRow) -> String {
    format!("/notices/{}", row.reference)
}

/// Tells everybody whom the notice reaches; who that is is kept, if they are asked to acknowledge it.
pub(super) async fn announce(ctx: &Context, tx: &mut Tx, row: &NoticeRow, content: &Content) -> Result<()> {
    let reached = recipients(tx, ctx.now(), content).await?;
    if content.acknowledge {
        let pairs: Vec<_> = reached.iter().map(|one| (one.source, one.person)).collect();
        // The very instant of the publication: by it those who came later are told apart.
        let at = row.revised_at.map_or_else(|| ctx.now(), Timestamp);
        rows::tell(tx, (NoticeId(row.id), row.revision), &pairs, at).await?;
    }
    let people: Vec<_> = reached.into_iter().map(|one| one.person).collect();
    told::note(tx, NoticeId(row.id), &people).await?;
    let template = if content.kind == Kind::Alert { Template::AlertPublished } else { Template::NoticePublished };
    notify::tell(ctx, tx, &people, template, &path(row)).await
}

/// Tells everybody who was told of a notice that it is withdrawn.
pub(super) async fn recall(ctx: &Context, tx: &mut Tx, row: &NoticeRow) -> Result<()> {
    if row.revision == 0 {
        return Ok(());
    }
    let people = told::people(tx, NoticeId(row.id)).await?;
    let is_alert = card_of(&row.reference, &row.card)?.kind == Kind::Alert;
    let template = if is_alert { Template::AlertWithdrawn } else { Template::NoticeWithdrawn };
    notify::tell(ctx, tx, &people, template, &path(row)).await
}
