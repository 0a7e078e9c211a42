use domain::{country::Country, deadline::Allowance};
use proptest::prelude::*;

use super::*;

const SENT: Timestamp = Timestamp(1_000_000 * Timestamp::HOUR);
const ALLOWED: i64 = 24 * Timestamp::HOUR;

pub(crate) fn row() -> ReportRow {
    let mut row = ReportRow {
        kind: "order".into(),
        state: "sent".into(),
        current_version: 1,
        band: "amber".into(),
        cells: 3,
        desk_band: "amber".into(),
        desk_cells: 3,
        severity: "amber".into(),
        sent_at: SENT.0,
        answer_due: SENT.plus(ALLOWED).0,
        company_entry_at: SENT.0,
        updated_at: SENT.0,
        answer_from: SENT.0,
        answer_hours: 24,
        version: 1,
        ..ReportRow::default()
    };
    place(&mut row).expect("known codes");
    row
}

#[test]
fn the_order_of_the_queue() {
    let due = |hours: i64| SENT.plus(hours * Timestamp::HOUR);
    // From the most urgent to the least.
    let order = [
        urgency(Band::Red, true, due(9)),
        urgency(Band::Red, false, due(1)),
        urgency(Band::Red, false, due(2)),
        urgency(Band::Amber, true, due(0)),
        urgency(Band::Amber, false, due(-50)),
        urgency(Band::Green, true, due(-100)),
        urgency(Band::Green, false, due(-100)),
        urgency(Band::Green, false, due(100)),
        urgency(Band::Green, false, Timestamp(i64::MAX)),
        DECIDED,
    ];
    assert!(order.is_sorted_by(|a, b| a < b), "{order:?}");
    assert!(urgency(Band::Red, true, Timestamp(i64::MIN)) >= 0);
}

#[test]
fn the_newest_decision_comes_first() {
    let decided = |hours: i64| {
        let mut row = row();
        let at = SENT.plus(hours * Timestamp::HOUR);
        row.decided_at = Some(at.0);
        advance(Calendars::embedded(), &mut row, Act::Close, at).expect("a new report can be closed");
        assert_eq!(row.shelf, "closed");
        row.urgency
    };
    assert!(DECIDED < decided(2) && decided(2) < decided(1));
}

#[test]
fn a_question_stops_the_clock_and_an_answer_starts_it() {
    let mut row = row();
    let at = |hours: i64| SENT.plus(hours * Timestamp::HOUR);
    advance(Calendars::embedded(), &mut row, Act::Ask, at(3)).expect("possible");
    row.question_due = Some(at(90).0);
    assert_eq!((row.shelf.as_str(), row.paused_at), ("waiting", Some(at(3).0)));
    // A second question does not start the count anew.
    advance(Calendars::embedded(), &mut row, Act::Ask, at(5)).expect("possible");
    assert_eq!((row.paused_at, row.question_due), (Some(at(3).0), Some(at(90).0)));
    advance(Calendars::embedded(), &mut row, Act::Answer, at(50)).expect("possible");
    assert_eq!((row.paused_at, row.question_due, row.shelf.as_str()), (None, None, "open"));
    assert_eq!(row.answer_due, SENT.plus(ALLOWED).plus(47 * Timestamp::HOUR).0);
    let refused = advance(Calendars::embedded(), &mut row, Act::Answer, at(51));
    assert!(matches!(refused, Err(Refusal::NotPossible(_))));
}

#[test]
fn supervisors_are_told_in_the_last_quarter_and_at_the_end() {
    let mut row = row();
    let due = row.answer_due;
    assert_eq!(row.escalate_at, Some(due - ALLOWED / 4));
    for (told, next) in [(1, Some(due)), (2, None)] {
        row.escalated = told;
        place(&mut row).expect("known codes");
        assert_eq!(row.escalate_at, next);
    }
}

#[test]
fn a_clock_of_working_time_does_not_run_on_at_the_weekend() {
    let mut row = row();
    let friday = Timestamp(20_784 * Timestamp::DAY + 10 * Timestamp::HOUR);
    let (nl, allowed) = (Country::parse("NL").expect("a country"), Allowance { hours: 24, working: true });
    calendar::allow(Calendars::embedded(), &mut row, nl, friday, allowed);
    let at = |hours: i64| friday.plus(hours * Timestamp::HOUR);
    assert_eq!(row.answer_due, at(72).0, "Monday at the same hour");
    advance(Calendars::embedded(), &mut row, Act::Ask, at(4)).expect("possible");
    // The answer comes on Saturday: the 20 hours that were left begin on Monday at midnight in Amsterdam.
    advance(Calendars::embedded(), &mut row, Act::Answer, at(30)).expect("possible");
    assert_eq!(row.answer_due, at(61 + 20).0);
}

proptest! {
    /// Whatever happens in whatever order: a refused act changes nothing, the time in which the clock ran and the time
    /// that is left add up to what was allowed, and shelf and place fit the state.
    #[test]
    fn acts_keep_clock_shelf_and_place_true(
        acts in prop::collection::vec((prop::sample::select(Act::ALL), 0_i64..100 * Timestamp::HOUR), 0..40),
    ) {
        let mut row = row();
        let (mut now, mut ran) = (SENT, 0_i64);
        for (act, wait) in acts {
            let runs = state_of(&row.state).is_ok_and(State::clock_runs);
            now = now.plus(wait);
            if runs {
                ran += wait;
            }
            let before = row.clone();
            row.decided_at = Some(now.0);
            if advance(Calendars::embedded(), &mut row, act, now).is_err() {
                row.decided_at = before.decided_at;
                prop_assert_eq!(&row, &before);
            }
            let state = state_of(&row.state).expect("a known state");
            prop_assert_eq!(row.paused_at.is_none(), state.clock_runs());
            prop_assert_eq!(clock(&row).left(now), ALLOWED - ran);
            prop_assert_eq!(row.shelf.as_str(), shelf(state));
            prop_assert_eq!(row.urgency >= DECIDED, state.is_settled());
            prop_assert!(row.question_due.is_none() || state == State::QuestionAsked);
            prop_assert_eq!(row.escalate_at.is_some(), state.clock_runs());
        }
    }
}
