//! Telling those whom a notice concerns that it is there: companies' people and readers outside companies. The line in their
//! inbox says no more than that; what the notice says they read behind its own rule. Who was told is noted, and told of the
//! withdrawal too: the reason stands on the page.

use domain::{
    country::Country,
    ids::{NoticeId, UserId},
    notice::{Access, Content, Kind, Subject, Trust, sees},
};
use store::{
    Tx,
    notice::{self as rows, NoticeRow, told},
};

use super::{card_of, sight};
use crate::{Context, Result, notify, outbox::Template, reader};

/// Tells everybody whom the notice concerns and who may see it.
pub(super) async fn announce(ctx: &Context, tx: &mut Tx, row: &NoticeRow, content: &Content) -> Result<()> {
    let is_meant = |subject: &Subject| {
        content.audience.concerns(subject)
            && sees(content.access, content.trust, &content.audience, std::slice::from_ref(subject))
    };
    let mut people = Vec::new();
    for person in rows::company_people(tx).await? {
        let subject = sight::subject_of_company(&person.country, &person.operator_roles);
        if is_meant(&subject) {
            people.push(UserId(person.person_id));
        }
    }
    people.extend(readers(tx, content).await?);
    told::note(tx, NoticeId(row.id), &people).await?;
    let template = if content.kind == Kind::Alert { Template::AlertPublished } else { Template::NoticePublished };
    notify::tell(ctx, tx, &people, template, &format!("/notices/{}", row.reference)).await
}

/// Tells everybody who was told of a notice that it is withdrawn.
pub(super) async fn recall(ctx: &Context, tx: &mut Tx, row: &NoticeRow) -> Result<()> {
    if row.revision == 0 {
        return Ok(());
    }
    let people = told::people(tx, NoticeId(row.id)).await?;
    let is_alert = card_of(&row.reference, &row.card)?.kind == Kind::Alert;
    let template = if is_alert { Template::AlertWithdrawn } else { Template::NoticeWithdrawn };
    notify::tell(ctx, tx, &people, template, &format!("/notices/{}", row.reference)).await
}

/// Readers outside companies: all of them, unless the notice names others only.
async fn readers(tx: &mut Tx, content: &Content) -> Result<Vec<UserId>> {
    let audience = &content.audience;
    if audience.readers.is_empty() && !(audience.roles.is_empty() && audience.associations.is_empty()) {
        return Ok(Vec::new());
    }
    let trust = match content.access {
        Access::Public => Trust::Anybody,
        Access::Companies => Trust::Known,
        Access::Audience => content.trust,
    };
    let countries: Vec<String> = audience.countries.iter().map(|country: &Country| country.code().to_owned()).collect();
    reader::meant(tx, &audience.readers, &countries, trust).await
}
