use proptest::prelude::*;
use uuid::Uuid;

use super::*;

const NOW: Timestamp = Timestamp(1_000 * Timestamp::DAY);

const fn person(number: u128) -> UserId {
    UserId(Uuid::from_u128(number))
}

const fn sides(party: u8, entry: u8) -> Sides {
    Sides { party: [party; 32], entry: [entry; 32] }
}

fn decided(decision: Decision, grave: bool) -> Step {
    Step::Decided { decision, by: person(1), grave }
}

fn through(steps: &[Step]) -> Hit {
    steps.iter().fold(Hit::new(sides(1, 1)), |hit, step| hit.after(*step, NOW).unwrap_or(hit))
}

#[test]
fn the_facts_are_sound() {
    assert!(FACTS.quiet_days >= 30 && (50..=100).contains(&FACTS.four_eyes.score));
    assert!(is_grave(0.95, &[Meaning::Watch]) && is_grave(0.71, &[Meaning::Narcotics, Meaning::Watch]));
    assert!(!is_grave(0.85, &[Meaning::ExportControl]));
}

#[test]
fn a_non_match_is_quiet_until_a_side_changes_or_its_term_ends() {
    let quiet = through(&[decided(Decision::NoMatch, false)]);
    assert_eq!(quiet.after(Step::Found(sides(1, 1)), NOW), Ok(quiet));
    for changed in [sides(2, 1), sides(1, 2)] {
        assert_eq!(quiet.after(Step::Found(changed), NOW).map(|hit| hit.state()), Ok(State::Open));
    }
    let end = NOW.plus(FACTS.quiet_days * Timestamp::DAY);
    assert_eq!(quiet.after(Step::Lapsed, end.plus(-1)), Ok(quiet));
    assert_eq!(quiet.after(Step::Lapsed, end).map(|hit| hit.state()), Ok(State::Open));
    // A list that is put back says what it said before, and so does the decision.
    let back = through(&[decided(Decision::NoMatch, false), Step::Gone, Step::Found(sides(1, 1))]);
    assert_eq!(back.state(), State::NoMatch);
}

#[test]
fn a_match_stays_one_until_people_say_otherwise() {
    let steps = [decided(Decision::Match, false), Step::Found(sides(1, 2)), Step::Gone, Step::Found(sides(3, 2))];
    assert_eq!(through(&steps).state(), State::Match);
    let lifting = through(&[decided(Decision::Match, false), decided(Decision::NoMatch, true)]);
    let mut tally = Tally::default();
    tally.add(lifting.state(), lifting.holds, 1);
    assert_eq!((lifting.state(), tally.standing()), (State::Waiting, Standing::Match));
}

#[test]
fn a_grave_decision_takes_two() {
    let proposed = through(&[decided(Decision::NoMatch, true)]);
    assert_eq!((proposed.state(), proposed.holds), (State::Waiting, None));
    assert_eq!(proposed.after(Step::Agreed(person(1)), NOW), Err(Refused::SamePerson));
    assert_eq!(proposed.after(Step::Objected(person(1)), NOW), Err(Refused::SamePerson));
    assert_eq!(proposed.after(Step::Agreed(person(2)), NOW).map(|hit| hit.state()), Ok(State::NoMatch));
    assert_eq!(proposed.after(Step::Objected(person(2)), NOW).map(|hit| hit.state()), Ok(State::Open));
    assert_eq!(proposed.after(Step::Found(sides(1, 2)), NOW).map(|hit| hit.state()), Ok(State::Open));
    assert_eq!(through(&[decided(Decision::Unsure, true)]).state(), State::Unsure);
    assert_eq!(through(&[]).after(Step::Agreed(person(2)), NOW), Err(Refused::NothingProposed));
    assert_eq!(through(&[Step::Gone]).after(decided(Decision::Match, false), NOW), Err(Refused::Gone));
}

#[test]
fn a_file_stands_as_its_gravest_hit() {
    let tally = |due, lists, hits: &[State]| {
        let mut tally = Tally { due, lists, ..Tally::default() };
        for state in hits {
            let holds = (*state == State::Match).then_some(Decision::Match);
            tally.add(*state, holds, 1);
        }
        tally.standing()
    };
    assert_eq!(tally(true, 1, &[State::Open, State::Match]), Standing::Match);
    assert_eq!(tally(true, 1, &[State::Open, State::Unsure]), Standing::Unsure);
    assert_eq!(tally(true, 1, &[State::Waiting]), Standing::Open);
    assert_eq!(tally(true, 1, &[State::NoMatch, State::Gone]), Standing::Due);
    assert_eq!(tally(false, 1, &[State::NoMatch]), Standing::Clear);
    assert_eq!(tally(false, 0, &[]), Standing::NoLists);
}

fn any_step() -> impl Strategy<Value = Step> {
    let by = (1_u128..4).prop_map(person);
    let decision = prop_oneof![Just(Decision::Match), Just(Decision::NoMatch), Just(Decision::Unsure)];
    prop_oneof![
        (1_u8..4, 1_u8..4).prop_map(|(party, entry)| Step::Found(sides(party, entry))),
        Just(Step::Gone),
        (decision, by.clone(), any::<bool>()).prop_map(|(decision, by, grave)| Step::Decided { decision, by, grave }),
        by.clone().prop_map(Step::Agreed),
        by.prop_map(Step::Objected),
        Just(Step::Lapsed),
    ]
}

proptest! {
    /// Whatever happens in whatever order: one person alone never closes a grave hit, nothing that was said about others
    /// keeps a hit quiet, and a match is lifted by people only.
    #[test]
    fn no_way_leads_round_the_rules(steps in prop::collection::vec((any_step(), 0_i64..200), 1..40)) {
        let (mut hit, mut now) = (Hit::new(sides(1, 1)), NOW);
        for (step, days) in steps {
            now = now.plus(days * Timestamp::DAY);
            let before = hit;
            let Ok(after) = hit.after(step, now) else { continue };
            let by_two = matches!(step, Step::Agreed(by) if before.proposed.is_some_and(|(_, first)| first != by));
            let by_one = matches!(step, Step::Decided { grave, decision, .. } if !grave || decision == Decision::Unsure);
            if after.holds != before.holds && after.holds.is_some() {
                prop_assert!(by_two || by_one, "{before:?} {step:?} {after:?}");
            }
            if before.holds == Some(Decision::Match) && after.holds != before.holds {
                prop_assert!(by_two || by_one, "{before:?} {step:?} {after:?}");
            }
            if let Step::Found(sides) = step {
                prop_assert!(!after.gone && after.sides == sides);
                let quiet = after.state() == State::NoMatch;
                prop_assert!(!quiet || before.sides == sides && after.until.is_some_and(|until| until > now));
            }
            prop_assert!(after.proposed.is_none() || !after.gone);
            prop_assert_eq!(after.holds == Some(Decision::NoMatch), after.until.is_some());
            hit = after;
        }
    }
}
