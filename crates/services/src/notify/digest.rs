//! Digests leave: at most one mail per person, kind and day, at the hour of the person's own clock.
//!
//! What waits is gathered, its mail queued and the digest noted in one transaction, so that a worker that dies leaves either
//! everything or nothing. The mail itself is the outbox's: tried until it arrives, under one Message-ID.

use domain::{
    calendar::Zone as _,
    country::Country,
    date::Date,
    ids::UserId,
    lang::Lang,
    notify::{Channel, Times},
    time::Timestamp,
};
use store::{
    notify::digest::{self as rows, Due, Recipient},
    outbox::{self, NewMail},
};

use crate::{Context, Result, calendar::Local, outbox::Template};

/// So many are looked at in one round.
const ROUND: i64 = 500;

/// Makes the digests that are due, and plans those of which it is not known when; how many were made.
///
/// # Errors
/// If the store fails.
pub async fn work(ctx: &Context) -> Result<usize> {
    let mut made = 0;
    loop {
        let due = rows::due(&mut ctx.db.reader(), ctx.now(), ROUND).await?;
        for one in &due {
            made += usize::from(make(ctx, one).await?);
        }
        if due.len() < usize::try_from(ROUND).unwrap_or(usize::MAX) {
            return Ok(made);
        }
    }
}

/// Makes one digest, or plans it; whether a mail was queued.
async fn make(ctx: &Context, due: &Due) -> Result<bool> {
    let now = ctx.now();
    let mut tx = ctx.db.begin().await?;
    let person = UserId(due.person_id);
    let channel = Channel::from_code(&due.kind).filter(|channel| channel.is_digest());
    let recipient = rows::recipient(&mut tx, person, &due.kind).await?;
    let (Some(channel), Some(to)) = (channel, recipient) else {
        // Nobody to write to: what waits stays in the inbox.
        rows::take(&mut tx, due).await?;
        rows::drop_waiting(&mut tx, due).await?;
        tx.commit().await?;
        return Ok(false);
    };
    let zone = zone(&to);
    if due.due_at == 0 {
        rows::plan(&mut tx, due, next(&zone, channel, times(&to), now, to.last_day.as_deref())).await?;
        tx.commit().await?;
        return Ok(false);
    }
    if !rows::take(&mut tx, due).await? {
        return Ok(false);
    }
    let (id, day) = (ctx.new_id(), zone.day(now).to_string());
    let lines = rows::gather(&mut tx, due, id, &day, now).await?;
    if lines.is_some_and(|lines| lines > 0) {
        queue(ctx, &mut tx, id, channel, person, &to).await?;
    }
    rows::expect_rest(&mut tx, due).await?;
    tx.commit().await?;
    Ok(lines.is_some_and(|lines| lines > 0))
}

async fn queue(
    ctx: &Context,
    tx: &mut store::Tx,
    id: uuid::Uuid,
    channel: Channel,
    person: UserId,
    to: &Recipient,
) -> Result<()> {
    let template = if channel == Channel::Weekly { Template::WeeklyDigest } else { Template::DailyDigest };
    let lang = Lang::from_tag(&to.lang).unwrap_or_default();
    let link = format!("{}/{}/me/inbox", ctx.config.base_url, lang.tag());
    let mail = NewMail {
        id,
        template: template.name(),
        recipient: &to.email,
        lang: lang.tag(),
        link: &link,
        detail: "",
        at: ctx.now(),
        due: ctx.now(),
        person: Some(person),
    };
    outbox::queue(tx, &mail).await?;
    ctx.mail_queued.notify_one();
    Ok(())
}

fn times(to: &Recipient) -> Times {
    to.hour.zip(to.weekday).and_then(|(hour, weekday)| Times::new(hour, weekday)).unwrap_or_default()
}

/// The clock of the organisation where somebody came first; a reader's is that of their country.
fn zone(to: &Recipient) -> Local {
    let country = to.country.as_deref().and_then(|code| Country::parse(code).ok()).map(Country::time_zone);
    Local::named(to.time_zone.as_deref().filter(|name| !name.is_empty()).or(country).unwrap_or("UTC"))
}

/// When the next digest leaves: the first time of day that was chosen, from `now` on, on a day of which there is none yet.
fn next(zone: &Local, channel: Channel, times: Times, now: Timestamp, last: Option<&str>) -> Timestamp {
    let today = zone.day(now);
    let last: Option<Date> = last.and_then(|day| day.parse().ok());
    let days = (0..=14).map(|ahead| Date::from_days(today.days() + ahead));
    let fits = |day: &Date| channel == Channel::Daily || weekday(*day) == times.weekday;
    let free = |day: &Date| last.is_none_or(|last| *day > last);
    let at = |day: Date| zone.at(day, times.hour.into(), 0).unwrap_or_else(|| zone.start(day));
    days.filter(fits).filter(free).map(at).find(|at| *at > now).unwrap_or_else(|| now.plus(Timestamp::DAY))
}

/// 1 for Monday to 7 for Sunday.
fn weekday(day: Date) -> u8 {
    // 1 January 1970 was a Thursday.
    u8::try_from((day.days() + 3).rem_euclid(7) + 1).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::NOW;

    fn local(at: Timestamp) -> String {
        Local::named("Europe/Amsterdam").civil(at).map(|at| at.to_string()).unwrap_or_default()
    }

    fn planned(channel: Channel, hour: u8, weekday: u8, last: Option<&str>) -> String {
        let zone = Local::named("Europe/Amsterdam");
        local(next(&zone, channel, Times { hour, weekday }, NOW, last))
    }

    // NOW is Monday, 23 November 2026, 15:00 in Amsterdam.
    #[test]
    fn a_digest_leaves_at_the_next_hour_that_was_chosen() {
        assert_eq!(planned(Channel::Daily, 16, 1, None), "2026-11-23T16:00:00");
        assert_eq!(planned(Channel::Daily, 15, 1, None), "2026-11-24T15:00:00");
        assert_eq!(planned(Channel::Daily, 7, 1, None), "2026-11-24T07:00:00");
        assert_eq!(planned(Channel::Weekly, 7, 1, None), "2026-11-30T07:00:00");
        assert_eq!(planned(Channel::Weekly, 7, 2, None), "2026-11-24T07:00:00");
        assert_eq!(planned(Channel::Weekly, 16, 1, None), "2026-11-23T16:00:00");
    }

    #[test]
    fn there_is_none_on_a_day_that_had_one() {
        assert_eq!(planned(Channel::Daily, 16, 1, Some("2026-11-23")), "2026-11-24T16:00:00");
        assert_eq!(planned(Channel::Weekly, 16, 1, Some("2026-11-23")), "2026-11-30T16:00:00");
        assert_eq!(planned(Channel::Daily, 16, 1, Some("no day")), "2026-11-23T16:00:00");
    }
}
