//! Doing something with a report: every form of the desk is sent here.
//!
//! What is taken leads back to where the form was opened. What cannot be taken is kept and shown again on the report's
//! page, at the field. If a colleague or the reporter changed the report meanwhile, nothing is done and [`super::stale`]
//! answers.

use domain::{
    answers::when::{Order, parse_date},
    ids::{LabelId, UserId},
    indicator::Band,
    reference::{Reference, ReferenceError},
    report::{Decision, Reasons},
};
use services::{
    Refusal,
    desk::{self, Verdict, When},
    error::Problem,
};

use super::{
    acts::{Deed, Origin},
    place::Desk,
    stale,
};
use crate::{
    text::desk::Texts,
    web::{Outcome, Reply, Req, paths::with_query, typed},
};

/// Does what the address says with the report of the address.
pub async fn post(req: Req) -> Outcome {
    let desk = Desk::of(&req)?;
    let deed = Deed::from_code(req.param("deed")).ok_or(Refusal::NotFound)?;
    let reference: Reference = req.parsed("reference")?;
    let origin = Origin::read(&req.form);
    if req.form.has(stale::DISCARD) {
        return stale::discard(&req, &desk, &reference, &origin).await;
    }
    match carry_out(&req, &desk, deed, &reference).await {
        Ok(()) => {
            typed::done(&req).await?;
            Ok(Reply::to(after(&desk, deed, &reference, &origin)))
        }
        Err(Refusal::Stale) => stale::page(&req, &desk, deed, &reference, &origin).await,
        Err(refusal) => {
            let refusal = at_fields(deed, refusal);
            typed::again(&req, &deed.form(&reference), &opened(&desk, deed, &reference, &origin), refusal).await
        }
    }
}

async fn carry_out(req: &Req, desk: &Desk, deed: Deed, reference: &Reference) -> Result<(), Refusal> {
    let (ctx, principal) = (req.ctx(), &req.principal);
    // A form without a version cannot say what it builds on.
    let version: i64 = req.form.get("version").parse().unwrap_or(-1);
    let field = |name: &str| req.form.get(&deed.field(name)).to_owned();
    let (text, reason, comment) = (field("text"), field("reason"), field("comment"));
    let reasons = ctx.refdata.reasons(desk.org, desk.now);
    let verdict = match deed {
        Deed::Note => return desk::note(ctx, principal, reference, &text).await,
        Deed::Message => return desk::message(ctx, principal, reference, version, &text).await,
        Deed::Ask => return desk::ask(ctx, principal, reference, version, &text).await,
        Deed::Assign => {
            let to = officer(desk.t, &field("to"))?;
            return desk::assign(ctx, principal, reference, version, to).await;
        }
        Deed::Snooze => {
            let country = &req.workspace()?.country;
            let when = until(desk.t, &field("for"), &field("day"), country)?;
            return desk::snooze(ctx, principal, reference, version, when).await;
        }
        Deed::Wake => return desk::wake(ctx, principal, reference, version).await,
        Deed::Label => {
            let chosen: Vec<LabelId> = req.form.all("label.label").filter_map(|id| id.parse().ok()).collect();
            return desk::label(ctx, principal, reference, version, &chosen).await;
        }
        Deed::Reopen => return desk::reopen(ctx, principal, reference, version, &reason, &comment).await,
        Deed::Severity => {
            let to = band(desk.t, &reasons, &field("to"), &reason)?;
            return desk::override_severity(ctx, principal, reference, version, to, &reason, &comment).await;
        }
        Deed::Accept => Verdict::Accept,
        Deed::Close => Verdict::NoFurtherAction,
        Deed::Duplicate => Verdict::Duplicate { of: original(desk.t, &reasons, &field("of"), &reason)? },
    };
    desk::decide(ctx, principal, reference, version, &verdict, &reason, &comment).await
}

/// To whom: an officer, or `nobody`.
pub(super) fn officer(t: &Texts, code: &str) -> Result<Option<UserId>, Refusal> {
    let wrong = || Refusal::Invalid(vec![Problem::new("to", t.choose_officer)]);
    match code {
        "nobody" => Ok(None),
        code => code.parse().map(Some).map_err(|_| wrong()),
    }
}

/// Until when: so many days from today, or a day that was typed.
pub(super) fn until(t: &Texts, chosen: &str, day: &str, country: &str) -> Result<When, Refusal> {
    let wrong = |field: &str, message: &str| Refusal::Invalid(vec![Problem::new(field, message)]);
    match (chosen, chosen.parse()) {
        ("day", _) => {
            let day = parse_date(day, Order::of_country(country)).map_err(|_| wrong("day", t.choose_day))?;
            Ok(When::On(day))
        }
        (_, Ok(days)) => Ok(When::After(days)),
        _ => Err(wrong("for", t.choose_until)),
    }
}

fn band(t: &Texts, reasons: &Reasons, code: &str, reason: &str) -> Result<Band, Refusal> {
    let problem = Problem::new("to", t.choose_severity);
    Band::from_code(code).ok_or_else(|| Refusal::Invalid(with_reason(t, reasons, problem, Decision::Severity, reason)))
}

fn original(t: &Texts, reasons: &Reasons, typed: &str, reason: &str) -> Result<Reference, Refusal> {
    let message = |error| match error {
        ReferenceError::Check => t.wrong_reference,
        ReferenceError::Shape => t.choose_reference,
    };
    typed.trim().parse().map_err(|error| {
        let problem = Problem::new("of", message(error));
        Refusal::Invalid(with_reason(t, reasons, problem, Decision::Duplicate, reason))
    })
}

/// A problem, and a missing reason beside it: both are said at once.
fn with_reason(t: &Texts, reasons: &Reasons, problem: Problem, decision: Decision, reason: &str) -> Vec<Problem> {
    let missing = reasons.find(decision, reason).is_none();
    std::iter::once(problem).chain(missing.then(|| Problem::new("reason", t.choose_reason))).collect()
}

/// The problems at the fields of the deed's own form.
pub(super) fn at_fields(deed: Deed, refusal: Refusal) -> Refusal {
    let Refusal::Invalid(problems) = refusal else { return refusal };
    let at = |problem: Problem| match problem.field.as_str() {
        "" => problem,
        field => Problem::new(deed.field(field), problem.message),
    };
    Refusal::Invalid(problems.into_iter().map(at).collect())
}

/// The report's page with the deed's form open.
pub fn opened(desk: &Desk, deed: Deed, reference: &Reference, origin: &Origin) -> String {
    with_query(&desk.report_from(reference, origin.place()), "act", deed.code())
}

/// Where it goes on: in the queue, to the next report once this one is dealt with; on the report's page, to what is new.
fn after(desk: &Desk, deed: Deed, reference: &Reference, origin: &Origin) -> String {
    match origin {
        Origin::Queue { place, next } => {
            let selected = if deed.moves_on() { next.as_ref() } else { Some(reference) };
            let queue = with_query(&desk.queue(&place.select(selected)), "done", deed.code());
            with_query(&queue, "of", reference.as_str())
        }
        Origin::Page { from } => {
            let place = match deed {
                Deed::Note => "#notes",
                Deed::Message | Deed::Ask => "#messages",
                _ => "",
            };
            format!("{}{place}", with_query(&desk.report_from(reference, from), "done", deed.code()))
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use domain::lang::Lang;

    use super::*;
    use crate::text::desk::texts;

    fn problems(refusal: Refusal) -> Vec<(String, String)> {
        let Refusal::Invalid(problems) = refusal else { panic!("{refusal:?}") };
        problems.into_iter().map(|problem| (problem.field, problem.message)).collect()
    }

    #[test]
    fn an_officer_is_chosen_or_nobody() {
        let t = texts(Lang::En);
        let id = UserId(uuid_of(7));
        assert_eq!(officer(t, &id.to_string()).unwrap(), Some(id));
        assert_eq!(officer(t, "nobody").unwrap(), None);
        for code in ["", "me", "0", "\u{0}", "nobody "] {
            assert_eq!(problems(officer(t, code).unwrap_err()), [("to".into(), t.choose_officer.into())], "{code:?}");
        }
    }

    fn uuid_of(n: u128) -> uuid::Uuid {
        uuid::Uuid::from_u128(n)
    }

    #[test]
    fn a_day_is_chosen_or_typed() {
        let t = texts(Lang::En);
        assert_eq!(until(t, "7", "", "NL").unwrap(), When::After(7));
        let day = "2026-12-03".parse().unwrap();
        assert_eq!(until(t, "day", "3 December 2026", "NL").unwrap(), When::On(day));
        for (chosen, day, field) in
            [("", "2026-12-03", "for"), ("soon", "", "for"), ("day", "", "day"), ("day", "31.2.2026", "day")]
        {
            assert_eq!(problems(until(t, chosen, day, "NL").unwrap_err())[0].0, field, "{chosen} {day}");
        }
    }

    #[test]
    fn everything_that_is_missing_is_said_at_once() {
        let (t, reasons) = (texts(Lang::En), Reasons::embedded());
        let of = Reference::from_bits(3);
        assert_eq!(original(t, reasons, &format!("  {}  ", of.as_str().to_lowercase()), "same_reporter").unwrap(), of);
        for (typed, message) in
            [("", t.choose_reference), ("hello", t.choose_reference), ("FR-7K3M-9QTD-0", t.wrong_reference)]
        {
            let said = problems(original(t, reasons, typed, "").unwrap_err());
            assert_eq!(said, [("of".into(), message.into()), ("reason".into(), t.choose_reason.into())], "{typed}");
        }
        assert_eq!(problems(original(t, reasons, "", "same_reporter").unwrap_err()).len(), 1);
        assert_eq!(
            problems(band(t, reasons, "purple", "other").unwrap_err()),
            [("to".into(), t.choose_severity.into())]
        );
        assert_eq!(band(t, reasons, "red", "").unwrap(), Band::Red, "the service says what is missing");
    }

    #[test]
    fn problems_stand_at_the_fields_of_their_form() {
        let refusal = Refusal::Invalid(vec![Problem::new("comment", "x"), Problem::new("", "y")]);
        let said = problems(at_fields(Deed::Close, refusal));
        assert_eq!(said, [("close.comment".into(), "x".into()), (String::new(), "y".into())]);
    }
}
