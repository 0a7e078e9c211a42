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
use store::{customer::document as rows, person::MemberRow};
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
    let company = store::org::by_id(&mut tx, org).await?;
    let company = company.filter(|company| company.status == OrgStatus::Approved.code());
    if let Some(company) = company.filter(|_| count > 0) {
        let members = store::person::members(&mut tx, org).await?;
        let role = |member: &MemberRow| Role::from_code(&member.role);
        let writes = |member: &&MemberRow| role(member).is_some_and(|role| Action::WriteCustomers.allows(role));
        let admin = |member: &&MemberRow| role(member).is_some_and(Role::is_admin);
        let told: Vec<&MemberRow> = match members.iter().filter(writes).find(|member| member.person_id == person) {
            Some(member) => vec![member],
            None => members.iter().filter(admin).collect(),
        };
        for member in told {
            let lang = Lang::from_tag(&member.lang).unwrap_or_default();
            let path = format!("/{}/{}/{}/customers/due", lang.tag(), OrgKind::Company.workspace(), company.handle);
            let detail = count.to_string();
            outbox::queue(ctx, &mut tx, Template::DocumentsEnd, &member.email, lang, &path, &detail).await?;
        }
    }
    tx.commit().await?;
    Ok(count)
}
