//! Reading what was typed about a decision, and about agreeing to one.

use domain::{
    answers::Answers,
    customer::{
        Customer,
        decision::{Limits, Verdict},
    },
    date::Date,
    risk::{Band, Rules},
};

use super::super::{order, risk::Assessed};
use crate::{Result, input::Form, seat::Seat};

/// The longest reason.
const LONGEST: usize = 4000;

/// What was typed, read: what a decision would come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// What.
    pub verdict: Verdict,
    /// Why.
    pub reason: String,
    /// Within what.
    pub limits: Limits,
    /// The band that counts, or that is set.
    pub band: Band,
    /// The next review.
    pub review_on: Option<Date>,
    /// Whether it would wait for a second person.
    pub needs_second: bool,
}

/// Reads what was typed, for this file and as it is rated.
pub(super) fn read_form(
    file: &Customer,
    found: &Assessed,
    seat: Seat<'_>,
    today: Date,
    typed: &Answers,
) -> Result<Typed> {
    let mut form = Form::new(typed);
    let verdict = Verdict::from_code(form.raw("verdict"));
    if verdict.is_none() {
        form.problem("verdict", "Choose what you decide");
    }
    let verdict = verdict.unwrap_or(Verdict::Refuse);
    if verdict.approves() && found.open_hits {
        form.problem("verdict", OPEN_HITS);
    }
    let limits = match verdict {
        Verdict::Limits => Limits::read(file, typed, order(seat), today),
        _ => Ok(Limits::default()),
    };
    for (field, message) in limits.as_ref().err().into_iter().flatten() {
        form.problem(field, message.clone());
    }
    let limits = limits.unwrap_or_default();
    let band = match verdict {
        Verdict::Rating => by_hand(&mut form, found.band),
        _ => found.band,
    };
    let review_on = review_on(&mut form, verdict, found, limits.until, today);
    let reason = form.lines("reason", LONGEST, "Write down why. Years later nobody remembers");
    form.done()?;
    let lowers = verdict == Verdict::Rating && band < found.band;
    let needs_second = lowers || (verdict.approves() && found.band == Band::High);
    Ok(Typed { verdict, reason, limits, band, review_on, needs_second })
}

/// Why nothing can be approved.
pub(super) const OPEN_HITS: &str =
    "Hits on watch lists wait to be decided. Decide each of them first, or refuse or refer";

/// The band that somebody sets.
fn by_hand(form: &mut Form<'_>, now: Band) -> Band {
    match Band::from_code(form.raw("band")) {
        Some(band) if band != now => band,
        Some(_) => {
            form.problem("band", "That is its risk now. Choose another one");
            now
        }
        None => {
            form.problem("band", "Choose the risk");
            now
        }
    }
}

/// The day of the next review: after the months that were chosen among those of the band, and when a limit ends.
fn review_on(
    form: &mut Form<'_>,
    verdict: Verdict,
    found: &Assessed,
    until: Option<Date>,
    today: Date,
) -> Option<Date> {
    if verdict == Verdict::Rating {
        return None;
    }
    let review = &Rules::on(today).review;
    let usual = review.usual(found.band);
    let months = match form.raw("months") {
        "" => usual,
        text => {
            let chosen = text.parse().ok().filter(|months| review.months(found.band).contains(months));
            if chosen.is_none() {
                form.problem("months", "Choose one of these");
            }
            chosen.unwrap_or(usual)
        }
    };
    let day = today.plus_months(months);
    Some(until.map_or(day, |until| until.min(day)))
}

/// Whether a second person agrees, and what they wrote.
pub(super) fn read_answer(typed: &Answers) -> Result<(bool, String)> {
    let mut form = Form::new(typed);
    let agrees = form.raw("answer") == "agree";
    if !agrees && form.raw("answer") != "turn_down" {
        form.problem("answer", "Choose whether you agree");
    }
    let reason = match form.raw("answer") {
        "turn_down" => form.lines("answer_reason", LONGEST, "Say why not, so that your colleague can put it right"),
        _ => form.optional_lines("answer_reason", LONGEST),
    };
    form.done()?;
    Ok((agrees, reason))
}
