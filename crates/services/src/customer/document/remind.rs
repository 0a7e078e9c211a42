//! Reminders of documents that end: 30 days before and 7 days before, one mail to each person for all of theirs.
//!
//! The mail says how many and where; which they are stands on the page. Whoever added the document is told; if they have left
//! or may write no more, those who run the company's account are.

use std::collections::BTreeMap;

use domain::{
    access::{Action, Role},
    customer::document::REMINDERS,
    date::Date,
    ids::{DocumentId, OrgId},
    lang::Lang,
    organisation::{OrgKind, OrgStatus},
    time::Timestamp,
};
use store::{Tx, customer::document as rows, person::MemberRow};
use uuid::Uuid;

use crate::{
    Context, Result,
    outbox::{self, Template},
};

/// Reminds of documents that end soon, each reminder once; of how many. For the worker, now and then.
///
/// # Errors
/// If the store fails.
pub async fn remind(ctx: &Context) -> Result<usize> {
    let mut touched = 0;
    // The nearest end first: who gets the last reminder needs no earlier one.
    for (place, ahead) in REMINDERS.iter().enumerate().rev() {
        let nth = i64::try_from(place).unwrap_or(0) + 1;
        let day = Date::of(ctx.now().plus(ahead * Timestamp::DAY));
        let mut of: BTreeMap<(Uuid, Uuid), Vec<DocumentId>> = BTreeMap::new();
        for row in rows::to_remind(&mut ctx.db.reader(), nth, day).await? {
            of.entry((row.org_id, row.added_by)).or_default().push(DocumentId(row.id));
        }
        for ((org, person), documents) in of {
            touched += tell(ctx, OrgId(org), person, &documents, nth).await?;
        }
    }
    Ok(touched)
}

async fn tell(ctx: &Context, org: OrgId, person: Uuid, documents: &[DocumentId], nth: i64) -> Result<usize> {
    let mut tx = ctx.db.begin().await?;
    let mut count = 0;
    for document in documents {
        count += usize::from(rows::reminded(&mut tx, *document, nth).await?);
    }
    tell_of_ends(ctx, &mut tx, org, person, count).await?;
    tx.commit().await?;
    Ok(count)
}

/// Tells somebody, or who stands in for them, that `count` of their papers end soon; nothing if none does.
pub(crate) async fn tell_of_ends(ctx: &Context, tx: &mut Tx, org: OrgId, person: Uuid, count: usize) -> Result<()> {
    if count == 0 {
        return Ok(());
    }
    for (email, lang, workspace) in whom(tx, org, person).await? {
        let path = format!("/{}{workspace}/customers/due", lang.tag());
        outbox::queue(ctx, tx, Template::DocumentsEnd, &email, lang, &path, &count.to_string()).await?;
    }
    Ok(())
}

/// Whom to tell about somebody's work on customers: them, or if they may do it no more, those who run the company's account.
/// Address, language and workspace of each; nobody if the company may not work.
pub(crate) async fn whom(tx: &mut Tx, org: OrgId, person: Uuid) -> Result<Vec<(String, Lang, String)>> {
    let company = store::org::by_id(tx, org).await?.filter(|company| company.status == OrgStatus::Approved.code());
    let Some(company) = company else { return Ok(Vec::new()) };
    let members = store::person::members(tx, org).await?;
    let role = |member: &MemberRow| Role::from_code(&member.role);
    let writes = |member: &&MemberRow| role(member).is_some_and(|role| Action::WriteCustomers.allows(role));
    let admin = |member: &&MemberRow| role(member).is_some_and(Role::is_admin);
    let told: Vec<&MemberRow> = match members.iter().filter(writes).find(|member| member.person_id == person) {
        Some(member) => vec![member],
        None => members.iter().filter(admin).collect(),
    };
    let workspace = format!("/{}/{}", OrgKind::Company.workspace(), company.handle);
    let line = |member: &MemberRow| {
        (member.email.clone(), Lang::from_tag(&member.lang).unwrap_or_default(), workspace.clone())
    };
    Ok(told.into_iter().map(line).collect())
}
