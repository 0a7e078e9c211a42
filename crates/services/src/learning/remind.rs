//! Reminding people of days that come and of certificates that ended: each once, one line of news for all of a kind.

use std::collections::BTreeMap;

use domain::{
    ids::UserId,
    learning::{
        self as contents,
        standing::{JOINED_DAYS, REMIND_DAYS},
    },
    time::Timestamp,
};
use store::learning::assigned::{self, ToRemind};
use uuid::Uuid;

use super::today;
use crate::{Context, Result, notify, outbox::Template};

/// How many days after its end somebody is still told of a certificate: later is too late, and old data are left alone.
const TOLD_DAYS: i64 = 30;

/// Reminds whoever is to be reminded; how many people. For the worker, now and then.
///
/// # Errors
/// If the store fails.
pub(crate) async fn remind(ctx: &Context) -> Result<usize> {
    let (today, now) = (today(ctx).days(), ctx.now());
    let since = now.plus(-(JOINED_DAYS - REMIND_DAYS) * Timestamp::DAY);
    let due = assigned::to_remind(&mut ctx.db.reader(), today + REMIND_DAYS, since).await?;
    let told = tell(ctx, due, Template::LearningDue).await?;
    let ended = assigned::ended(&mut ctx.db.reader(), today - TOLD_DAYS, today).await?;
    Ok(told + tell(ctx, ended, Template::CertificateEnded).await?)
}

async fn tell(ctx: &Context, found: Vec<ToRemind>, template: Template) -> Result<usize> {
    let mut of: BTreeMap<Uuid, Vec<ToRemind>> = BTreeMap::new();
    for row in found {
        of.entry(row.person_id).or_default().push(row);
    }
    let mut touched = 0;
    for (person, rows) in of {
        let mut tx = ctx.db.begin().await?;
        let mut fresh = false;
        for row in &rows {
            let noted = assigned::reminded(&mut tx, UserId(person), row.about, ctx.now()).await?;
            // Of a module that is no more, nobody is told.
            fresh |= noted && contents::module(&row.module).is_some();
        }
        if fresh {
            notify::tell(ctx, &mut tx, &[UserId(person)], template, "/me/learning").await?;
            touched += 1;
        }
        tx.commit().await?;
    }
    Ok(touched)
}
