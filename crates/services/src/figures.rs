//! Figures of an authority's desk: how fast the first answer is, what waits and for how long, what comes in.
//!
//! Weeks begin on Monday at midnight where the authority is. No figure is about a person.

use domain::{
    access::{Action, Principal},
    calendar::Zone as _,
    date::Date,
    figures::{Age, Period, rank},
    ids::OrgId,
    report::ReportKind,
    time::Timestamp,
};
pub use store::figures::Waiting;
use store::{
    Reader,
    figures::{self as rows, Between},
};

use crate::{
    Context, Result, calendar::Local, draft::profile::zone_name, error::Refusal, report::standing, seat::Seat,
};

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

/// What came in during a period, and how fast it was answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Reports.
    pub received: i64,
    /// Of these, answered.
    pub answered: i64,
    /// Answered in time.
    pub met: i64,
    /// Answered too late, or not yet although the time is over.
    pub missed: i64,
    /// Half of the answered ones were answered within so many microseconds.
    pub median: Option<i64>,
    /// Nine of ten.
    pub p90: Option<i64>,
}

impl Totals {
    /// Deadlines that were met, of those that are over, in per cent; none if none is over.
    #[must_use]
    pub const fn met_per_cent(&self) -> Option<i64> {
        let over = self.met + self.missed;
        if over == 0 { None } else { Some(self.met * 100 / over) }
    }
}

/// A week and what came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Week {
    /// Its Monday.
    pub monday: Date,
    /// Reports by kind; kinds without any are left out.
    pub kinds: Vec<(ReportKind, i64)>,
}

impl Week {
    /// Reports of a kind.
    #[must_use]
    pub fn of(&self, kind: ReportKind) -> i64 {
        self.kinds.iter().find(|(known, _)| *known == kind).map_or(0, |(_, n)| *n)
    }

    /// All reports.
    #[must_use]
    pub fn all(&self) -> i64 {
        self.kinds.iter().map(|(_, n)| n).sum()
    }
}

/// The figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// Over how long.
    pub period: Period,
    /// From this day.
    pub first: Date,
    /// In the period.
    pub now: Totals,
    /// In the period before, as long as this one.
    pub before: Totals,
    /// By week, the oldest first, those without any report too.
    pub weeks: Vec<Week>,
    /// What most reports name: handle (empty for what the catalogue does not know), name, reports.
    pub substances: Vec<(String, String, i64)>,
    /// What waits now, by age, whatever the period.
    pub backlog: Vec<(Age, Waiting)>,
}

/// The figures of an authority.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn figures(ctx: &Context, principal: &Principal, authority: OrgId, period: Period) -> Result<Figures> {
    Seat::take(principal, authority, Action::ReadFigures)?;
    let mut db = ctx.db.reader();
    let org = store::org::by_id(&mut db, authority).await?.ok_or(Refusal::NotFound)?;
    let (zone, now) = (Local::named(zone_name(&org)), ctx.now());
    let first = Date::from_days(zone.day(now).monday().days() - (period.weeks() - 1) * 7);
    let start = |weeks_back: i64| zone.start(Date::from_days(first.days() - weeks_back * 7));
    let span = Between { authority, from: start(0), to: now.plus(1) };
    let earlier = Between { from: start(period.weeks()), to: start(0), ..span };
    Ok(Figures {
        period,
        first,
        now: totals(&mut db, span, now).await?,
        before: totals(&mut db, earlier, now).await?,
        weeks: weeks(&mut db, span, first, period).await?,
        substances: substances(ctx, &mut db, span).await?,
        backlog: backlog(&mut db, authority, now).await?,
    })
}

async fn totals(db: &mut Reader, span: Between, now: Timestamp) -> Result<Totals> {
    let found = rows::totals(db, span, now).await?;
    let mut totals = Totals {
        received: found.received,
        answered: found.answered,
        met: found.met,
        missed: found.missed,
        ..Totals::default()
    };
    let Some((middle, nine_of_ten)) = rank(found.answered, 50).zip(rank(found.answered, 90)) else { return Ok(totals) };
    let took = rows::took(db, span, (middle, nine_of_ten)).await?;
    let at = |wanted: i64| took.iter().find(|(place, _)| *place == wanted).map(|(_, micros)| (*micros).max(0));
    (totals.median, totals.p90) = (at(middle), at(nine_of_ten));
    Ok(totals)
}

/// By weeks of seven times 24 hours: where clocks were changed in the period, the weeks before that begin an hour off.
async fn weeks(db: &mut Reader, span: Between, first: Date, period: Period) -> Result<Vec<Week>> {
    let monday = |week: i64| Date::from_days(first.days() + week * 7);
    let mut weeks: Vec<Week> = (0..period.weeks()).map(|n| Week { monday: monday(n), kinds: Vec::new() }).collect();
    for row in rows::weeks(db, span).await? {
        let kind = ReportKind::from_code(&row.kind).ok_or_else(|| Refusal::Fault(format!("no kind {}", row.kind)))?;
        // An hour into the next Monday still belongs to the last week.
        let place = usize::try_from(row.week).unwrap_or_default().min(weeks.len() - 1);
        let kinds = &mut weeks[place].kinds;
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, n)) => *n += row.n,
            None => kinds.push((kind, row.n)),
        }
    }
    Ok(weeks)
}

async fn substances(ctx: &Context, db: &mut Reader, span: Between) -> Result<Vec<(String, String, i64)>> {
    let catalogue = ctx.catalogue();
    let named = |(slug, n): (String, i64)| {
        let name = catalogue.find(&slug).map(|entry| entry.name.clone()).unwrap_or_default();
        (slug, name, n)
    };
    Ok(rows::substances(db, span).await?.into_iter().map(named).collect())
}

async fn backlog(db: &mut Reader, authority: OrgId, now: Timestamp) -> Result<Vec<(Age, Waiting)>> {
    let found = rows::waiting(db, authority, standing::DECIDED, now).await?;
    let of = |age: Age| found.iter().find(|(known, _)| *known == age).map(|(_, waiting)| *waiting).unwrap_or_default();
    Ok(Age::ALL.iter().map(|age| (*age, of(*age))).collect())
}

/// One figure in a list, as files have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// What is counted: its code and words.
    pub what: (&'static str, &'static str),
    /// Of what: a week, a substance, an age; empty for a total.
    pub of: String,
    /// Narrower: a kind, a shelf.
    pub part: String,
    /// The number.
    pub value: i64,
}

impl Figures {
    /// All figures as one list. Times are in minutes.
    #[must_use]
    pub fn list(&self) -> Vec<Figure> {
        let minutes = |micros: Option<i64>| micros.map(|micros| micros / Timestamp::MINUTE);
        let mut list = Vec::new();
        for (of, totals) in [("", &self.now), ("period before", &self.before)] {
            let values = [
                (("received", "reports received"), Some(totals.received)),
                (("answered", "of these answered"), Some(totals.answered)),
                (("met", "answered in time"), Some(totals.met)),
                (("missed", "answered late or overdue"), Some(totals.missed)),
                (("median_minutes", "median minutes to the first answer"), minutes(totals.median)),
                (("p90_minutes", "minutes within which nine of ten were answered"), minutes(totals.p90)),
            ];
            let some = values.into_iter().filter_map(|(what, value)| Some((what, value?)));
            list.extend(some.map(|(what, value)| Figure { what, of: of.to_owned(), part: String::new(), value }));
        }
        for week in &self.weeks {
            list.extend(week.kinds.iter().map(|(kind, n)| Figure {
                what: ("week", "reports in the week from"),
                of: week.monday.to_string(),
                part: kind.code().to_owned(),
                value: *n,
            }));
        }
        list.extend(self.substances.iter().map(|(slug, _, n)| Figure {
            what: ("substance", "reports that name"),
            of: if slug.is_empty() { "not in the catalogue".to_owned() } else { slug.clone() },
            part: String::new(),
            value: *n,
        }));
        for (age, waiting) in &self.backlog {
            list.extend([("open", waiting.open), ("waiting", waiting.asked)].map(|(part, value)| Figure {
                what: ("backlog", "undecided, by age"),
                of: age.code().to_owned(),
                part: part.to_owned(),
                value,
            }));
        }
        list
    }
}
