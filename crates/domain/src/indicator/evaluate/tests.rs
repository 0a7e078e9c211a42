#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::{
    indicator::{FormFacts, OUTSIDE_FACTS, Side, Source, is_form_fact},
    question::{Profile, QuestionSet},
};

/// Answers every outside fact with the same truth; everything else comes from the form.
struct Beyond<'a> {
    form: FormFacts<'a, ()>,
    outside: Truth,
}

impl Facts for Beyond<'_> {
    fn fact(&self, name: &str) -> Truth {
        if OUTSIDE_FACTS.contains(&name) { self.outside.clone() } else { self.form.fact(name) }
    }
    fn has_role(&self, role: &str) -> bool {
        self.form.has_role(role)
    }
    fn country(&self) -> &str {
        self.form.country()
    }
}

fn judge_with(rules: &RuleSet, answers: &Answers, outside: Truth) -> Assessment {
    let profile = Profile::default();
    let form = FormFacts { answers, profile: &profile, rules, substances: &() };
    evaluate(rules, answers, &Beyond { form, outside })
}

fn judge(pairs: &[(&str, &str)]) -> Assessment {
    let answers: Answers = pairs.iter().copied().collect();
    judge_with(RuleSet::latest(), &answers, Truth::Unknown)
}

fn ids(assessment: &Assessment) -> Vec<&str> {
    assessment.hits.iter().map(|hit| hit.id.as_str()).collect()
}

#[test]
fn all_sixty_signs_are_there_and_sound() {
    let per_group =
        [("customer", 14), ("order", 19), ("payment", 6), ("delivery", 11), ("behaviour", 6), ("online", 4)];
    for rules in RuleSet::all() {
        assert_eq!(rules.indicators.len(), 60);
        assert_eq!(RuleSet::get(&rules.version), Some(rules));
        for (group, count) in per_group {
            assert_eq!(rules.indicators.iter().filter(|sign| sign.group == group).count(), count);
            assert!(rules.groups.iter().any(|known| known.id == group));
        }
        let unique: BTreeSet<&str> = rules.indicators.iter().map(|sign| sign.id.as_str()).collect();
        assert_eq!(unique.len(), 60);
        for sign in &rules.indicators {
            let id = &sign.id;
            assert!((1..=5).contains(&sign.weight), "{id}");
            assert_eq!(rules.sources_of(sign).count(), sign.basis.len(), "{id}: unknown source");
            assert!(!sign.basis.is_empty(), "{id}");
            assert!(sign.tick || sign.machine.is_some(), "{id} can never be found");
            assert_eq!(sign.machine.is_some(), sign.because.is_some(), "{id}");
            assert!(sign.tick || sign.side == Side::Both, "{id}");
            let needs_fact =
                sign.machine.iter().flat_map(|rule| rule.facts().into_iter().map(str::to_owned).collect::<Vec<_>>());
            let outside = needs_fact.into_iter().any(|name| OUTSIDE_FACTS.contains(&name.as_str()));
            assert_eq!(outside, sign.needs.is_some(), "{id}: `needs` says what a form cannot tell");
        }
        assert!(rules.amber < rules.red && rules.cells.is_sorted());
        let json = serde_json::to_string(rules).unwrap();
        assert_eq!(&serde_json::from_str::<RuleSet>(&json).unwrap(), rules);
    }
}

#[test]
fn rules_name_only_facts_and_fields_that_exist() {
    let questions = QuestionSet::latest();
    let rules = RuleSet::get(&questions.indicators).unwrap();
    for sign in &rules.indicators {
        let heavier = sign.heavier.as_ref().map(|more| &more.when);
        for rule in sign.machine.iter().chain(heavier).chain(&sign.hard_when) {
            assert_eq!(rule.check(false), Ok(()), "{}", sign.id);
            for fact in rule.facts() {
                assert!(is_form_fact(fact) || OUTSIDE_FACTS.contains(&fact), "{}: {fact}", sign.id);
            }
            for field in rule.fields() {
                let one = field.replace(".N.", ".2.");
                assert!(questions.field(&one).is_some(), "{}: {field}", sign.id);
            }
        }
    }
    let used: BTreeSet<String> = rules
        .indicators
        .iter()
        .flat_map(|sign| {
            sign.machine.iter().flat_map(|rule| rule.facts().into_iter().map(str::to_owned).collect::<Vec<_>>())
        })
        .collect();
    for fact in OUTSIDE_FACTS {
        assert!(used.contains(*fact), "{fact} is asked by no rule");
    }
}

#[test]
fn values_in_rules_are_options_of_their_fields() {
    let questions = QuestionSet::latest();
    let rules = RuleSet::get(&questions.indicators).unwrap();
    fn tests(rule: &crate::condition::Condition, group: &str, found: &mut Vec<(String, Vec<String>)>) {
        use crate::condition::{Condition, Test};
        match rule {
            Condition::All(list) | Condition::Any(list) => list.iter().for_each(|one| tests(one, group, found)),
            Condition::Not(inner) => tests(inner, group, found),
            Condition::Item { group, any } => tests(any, group, found),
            Condition::Field { field, test: Test::Is(values) | Test::IsNot(values) } => {
                let path = field.strip_prefix('.').map_or(field.clone(), |own| format!("{group}.2.{own}"));
                found.push((path, values.clone()));
            }
            _ => {}
        }
    }
    for sign in &rules.indicators {
        let mut found = Vec::new();
        sign.machine.iter().for_each(|rule| tests(rule, "", &mut found));
        for (field, values) in found {
            let field = questions.field(&field).unwrap();
            for value in values {
                let yes_no = field.options.is_empty() && (value == "yes" || value == "no");
                let known = field.options.iter().any(|option| option.value == value);
                assert!(yes_no || known, "{}: {} has no answer {value}", sign.id, field.key);
            }
        }
    }
}

/// Each sign that the form decides, with answers that raise it and the same answers changed so that they do not.
#[test]
fn each_rule_of_the_form_fires_and_stays_silent() {
    type Pairs = &'static [(&'static str, &'static str)];
    let table: &[(&str, Pairs, Pairs)] = &[
        ("C02", &[("channel", "phone"), ("party.1.account", "no")], &[("party.1.account", "yes")]),
        ("C03", &[("party.1.register", "struck_off")], &[("party.1.register", "found")]),
        ("C05", &[("party.1.business_fits", "no")], &[("party.1.business_fits", "not_known")]),
        ("C06", &[("party.1.licence_state", "expired")], &[("party.1.licence_state", "not_needed")]),
        ("C07", &[("party.2.role", "agent"), ("party.2.confirmed", "no")], &[("party.2.confirmed", "not_asked")]),
        ("C08", &[("counter.id_shown", "refused")], &[("counter.id_shown", "yes")]),
        ("O11", &[("substance.2.name", "x"), ("substance.2.use_fits", "no")], &[("substance.2.use_fits", "yes")]),
        ("O16", &[("custom.asked", "no_use")], &[("custom.asked", "lawful")]),
        ("P01", &[("payment.method", "cash")], &[("payment.method", "transfer")]),
        ("P03", &[("payment.third_party", "yes")], &[("payment.third_party", "no")]),
        ("P04", &[("payment.method", "crypto")], &[("payment.method", "card")]),
        ("D01", &[("delivery.place", "hotel")], &[("delivery.place", "site")]),
        ("D02", &[("delivery.place", "third_party")], &[("delivery.place", "site")]),
        ("D03", &[("delivery.place", "collected")], &[("delivery.place", "site")]),
        ("D04", &[("party.2.role", "consignee"), ("party.2.type", "forwarder")], &[("party.2.type", "company")]),
        ("D05", &[("route.changed", "yes")], &[("route.changed", "no")]),
        ("D09", &[("transport.carrier_known", "new")], &[("transport.carrier_known", "used_before")]),
        ("D10", &[("papers.contradict", "yes")], &[("papers.contradict", "no")]),
        ("B02", &[("substance.1.name", "x"), ("substance.1.use_fits", "refused")], &[("substance.1.use_fits", "yes")]),
        ("B06", &[("kind", "theft")], &[("kind", "loss")]),
        ("W02", &[("channel", "chat")], &[("channel", "email")]),
    ];
    for (id, raising, change) in table {
        let found = judge(raising);
        let hit = found.hits.iter().find(|hit| hit.id == *id);
        let hit = hit.unwrap_or_else(|| panic!("{id} did not fire"));
        assert!(!hit.reason.contains('{') && hit.reason.len() > 10, "{id}: {}", hit.reason);
        assert!(!hit.causes.is_empty() && !hit.ticked, "{id}");
        assert_eq!(hit.text, RuleSet::latest().find(id).unwrap().text);
        let mut answers: Answers = raising.iter().copied().collect();
        for (key, value) in *change {
            answers.set_one(key, *value);
        }
        let silent = judge_with(RuleSet::latest(), &answers, Truth::Unknown);
        assert!(!ids(&silent).contains(id), "{id} fired on {change:?}");
    }
}

#[test]
fn nothing_known_raises_nothing() {
    let blank = judge(&[]);
    assert_eq!((blank.hits.len(), blank.score, blank.band, blank.cells), (0, Score(0), Band::Green, 0));
    // A sign that needs history is silent without it, ticked or not by others.
    let silent = judge_with(RuleSet::latest(), &Answers::new(), Truth::Unknown);
    assert_eq!(silent.hits, []);
}

#[test]
fn whoever_has_the_knowledge_raises_what_the_form_cannot() {
    let seen = Truth::Yes(vec![Cause::quoting("history", "400 kg")]);
    let all = judge_with(RuleSet::latest(), &Answers::new(), seen.clone());
    let needing = RuleSet::latest().indicators.iter().filter(|sign| sign.needs.is_some());
    let needing: BTreeSet<&str> = needing.map(|sign| sign.id.as_str()).collect();
    assert_eq!(ids(&all).into_iter().collect::<BTreeSet<_>>(), needing);
    assert!(all.hits.iter().any(|hit| hit.id == "D11"));
    assert!(all.hits.iter().all(|hit| hit.reason.contains("400 kg")), "{:?}", all.hits);
    let companies = judge_with(&RuleSet::latest().for_companies(), &Answers::new(), seen);
    assert!(!ids(&companies).contains(&"D11"), "it must not reach companies");
}

#[test]
fn ticks_count_once_and_only_where_offered() {
    let ticked = judge(&[
        ("signs.behaviour", "B05"),
        ("signs.behaviour", "B01"),
        ("signs.delivery", "D11"),
        ("signs.order", "nonsense"),
        ("elsewhere", "B03"),
    ]);
    assert_eq!(ids(&ticked), ["B05", "B01"]);
    assert_eq!(ticked.hits[0].reason, "You ticked this sign.");
    let both = judge(&[("signs.customer", "C03"), ("party.1.register", "not_found")]);
    assert_eq!(ids(&both), ["C03"]);
    assert!(both.hits[0].ticked && both.hits[0].reason.starts_with("You looked"));
}

#[test]
fn the_heaviest_of_a_group_counts_in_full_the_others_half() {
    // Behaviour 5 + 4/2 + 2/2 = 8: red. Online 3.
    let found = judge(&[("signs.behaviour", "B05"), ("signs.behaviour", "B03"), ("signs.behaviour", "B01")]);
    assert_eq!(found.score.to_string(), "8");
    assert_eq!((found.band, found.cells, found.hard_stop), (Band::Red, 4, false));
    let counted: Vec<String> = found.hits.iter().map(|hit| hit.counted.to_string()).collect();
    assert_eq!(counted, ["5", "2", "1"]);
    // 4 + 3/2 = 5½ in one group; 4 + 3 = 7 in two.
    let one = judge(&[("signs.order", "O11"), ("signs.order", "O18")]);
    assert_eq!((one.score.to_string().as_str(), one.band, one.cells), ("5½", Band::Amber, 2));
    let two = judge(&[("signs.order", "O11"), ("signs.delivery", "D07")]);
    assert_eq!((two.score.to_string().as_str(), two.band, two.cells), ("7", Band::Amber, 3));
}

#[test]
fn the_edges_of_the_bands() {
    let rules = RuleSet::latest();
    for (halves, band, cells) in [
        (0, Band::Green, 0),
        (1, Band::Green, 1),
        (7, Band::Green, 1),
        (8, Band::Amber, 2),
        (12, Band::Amber, 3),
        (15, Band::Amber, 3),
        (16, Band::Red, 4),
        (23, Band::Red, 4),
        (24, Band::Red, 5),
        (1_000, Band::Red, 5),
    ] {
        let score = Score::from_half_points(halves);
        assert_eq!((rules.band(score), rules.cells(score)), (band, cells), "{score}");
    }
}

#[test]
fn a_hard_stop_is_red_unless_nobody_verified_it() {
    for (id, key, stops) in [
        ("C06", "signs.customer", true),
        ("O16", "signs.order", true),
        ("P05", "signs.payment", true),
        ("C10", "signs.customer", false),
    ] {
        let rules = RuleSet::latest();
        assert!(rules.find(id).unwrap().hard_stop, "{id}");
        let found = judge(&[(key, id)]);
        assert_eq!((found.hard_stop, found.band == Band::Red), (stops, stops), "{id}");
        assert_eq!(found.cells == 5, stops, "{id}");
        // Take the verification away, and it stops no more.
        let mut doubted = rules.clone();
        doubted.sources.iter_mut().for_each(|source| source.verified = false);
        let answers = Answers::from_iter([(key, id)]);
        assert!(!judge_with(&doubted, &answers, Truth::Unknown).hard_stop, "{id}");
    }
    let wanted: Vec<&str> =
        RuleSet::latest().indicators.iter().filter(|sign| sign.hard_stop).map(|sign| sign.id.as_str()).collect();
    assert_eq!(wanted, ["C06", "C10", "O16", "P05"]);
}

#[test]
fn a_use_that_nobody_looked_for_stops_nothing_by_itself() {
    let (rules, profile) = (RuleSet::latest(), Profile::default());
    let catalogue = crate::substance::Catalogue::load().unwrap();
    let judged = |pairs: &[(&str, &str)]| {
        let answers: Answers = pairs.iter().copied().collect();
        let facts = FormFacts { answers: &answers, profile: &profile, rules, substances: &catalogue };
        let found = evaluate(rules, &answers, &facts);
        let hit = found.hits.iter().find(|hit| hit.id == "O16").expect("no lawful use is known");
        (hit.weight, hit.hard_stop)
    };
    let unverified = ("substance.1.name", "alpha-Phenylacetoacetonitrile");
    assert_eq!(judged(&[unverified]), (5, false));
    assert_eq!(judged(&[unverified, ("custom.asked", "no_use")]), (5, true));
    assert_eq!(judged(&[unverified, ("signs.order", "O16")]), (5, true), "a person said so");
    assert_eq!(judged(&[("substance.1.name", "4-Anilinopiperidine")]), (5, true));
}

#[test]
fn every_hit_says_who_says_so() {
    let found = judge(&[("payment.method", "cash"), ("signs.customer", "C12"), ("signs.order", "O15")]);
    let hit = |id: &str| found.hits.iter().find(|hit| hit.id == id).unwrap();
    let cash = hit("P01");
    assert!(cash.sources.iter().all(|source| source.regime == Regime::ExplosivesPrecursors));
    assert!(!cash.own_proposal);
    assert!(hit("C12").own_proposal && !hit("C12").sources[0].verified);
    assert_eq!(hit("O15").sources[0].name, "Resolution 60/5 of the Commission on Narcotic Drugs, paragraph 2");
}

#[test]
fn own_proposals_are_known_as_such() {
    let rules = RuleSet::latest();
    let own = rules.indicators.iter().filter(|sign| rules.is_own_proposal(sign));
    let own: Vec<&str> = own.map(|sign| sign.id.as_str()).collect();
    assert_eq!(
        own,
        [
            "C04", "C10", "C11", "C12", "O04", "O06", "O10", "O17", "O18", "O19", "P03", "P04", "D01", "D02", "D04",
            "D10", "B03", "B04", "B05", "W01"
        ]
    );
}

#[test]
fn a_weight_can_be_heavier_where_law_is_stricter() {
    let mut rules = RuleSet::latest().clone();
    let cash = rules.indicators.iter_mut().find(|sign| sign.id == "P01").unwrap();
    cash.heavier.as_mut().unwrap().when = serde_json::from_str(r#"{"country":"AU"}"#).unwrap();
    let answers = Answers::from_iter([("payment.method", "cash")]);
    for (country, weight) in [("AU", 5), ("NL", 3)] {
        let profile = Profile { country: crate::country::Country::parse(country).ok(), ..Profile::default() };
        let facts = FormFacts { answers: &answers, profile: &profile, rules: &rules, substances: &() };
        assert_eq!(evaluate(&rules, &answers, &facts).hits[0].weight, weight, "{country}");
    }
}

#[test]
fn an_assessment_can_be_kept() {
    let found = judge(&[("kind", "theft"), ("payment.method", "cash")]);
    assert_eq!(found.rule_set_version, "2026-11");
    let json = serde_json::to_string(&found).unwrap();
    assert_eq!(serde_json::from_str::<Assessment>(&json).unwrap(), found);
}

#[test]
fn who_somebody_is_is_never_a_sign() {
    for rules in RuleSet::all() {
        for sign in &rules.indicators {
            let text = sign.text.to_lowercase();
            for word in ["national", "ethnic", "religio", "language", "accent", "foreigner", "origin"] {
                assert!(!text.contains(word), "{}: {text}", sign.id);
            }
            let fields = sign.machine.iter().flat_map(crate::condition::Condition::fields);
            for field in fields {
                assert!(!field.ends_with(".country") || !field.starts_with("party"), "{}", sign.id);
            }
        }
    }
}

#[test]
fn a_source_without_name_would_be_noticed() {
    let nameless = |source: &Source| source.name.trim().is_empty();
    assert!(!RuleSet::latest().sources.iter().any(nameless));
}

proptest! {
    #[test]
    fn the_score_is_the_sum_of_its_parts(
        ticks in prop::collection::vec(prop::sample::select(
            RuleSet::latest().indicators.iter().map(|sign| sign.id.clone()).collect::<Vec<_>>()
        ), 0..30),
    ) {
        let mut answers = Answers::new();
        answers.set("signs.any", ticks);
        let found = judge_with(RuleSet::latest(), &answers, Truth::Unknown);
        let sum: u32 = found.hits.iter().map(|hit| hit.counted.half_points()).sum();
        prop_assert_eq!(found.score.half_points(), sum);
        for group in &RuleSet::latest().groups {
            let hits: Vec<&Hit> = found.hits.iter().filter(|hit| hit.group == group.id).collect();
            let weights: Vec<u32> = hits.iter().map(|hit| hit.weight).collect();
            let all: u32 = weights.iter().sum();
            let expected = all + weights.iter().max().unwrap_or(&0);
            prop_assert_eq!(hits.iter().map(|hit| hit.counted.half_points()).sum::<u32>(), expected);
        }
    }

    #[test]
    fn another_sign_never_makes_a_report_less_urgent(
        ticks in prop::collection::btree_set(prop::sample::select(
            RuleSet::latest().indicators.iter().map(|sign| sign.id.clone()).collect::<Vec<_>>()
        ), 1..20),
    ) {
        let score = |ticks: Vec<String>| {
            let mut answers = Answers::new();
            answers.set("signs.any", ticks);
            let found = judge_with(RuleSet::latest(), &answers, Truth::Unknown);
            (found.score, found.band, found.cells)
        };
        let all: Vec<String> = ticks.into_iter().collect();
        let (more, fewer) = (score(all.clone()), score(all[1..].to_vec()));
        prop_assert!(more.0 >= fewer.0 && more.1 >= fewer.1 && more.2 >= fewer.2);
    }

    #[test]
    fn no_answers_panic(pairs in prop::collection::vec((".{0,12}|party.1.email|order.wanted|substance.1.quantity", ".{0,40}"), 0..20)) {
        let answers: Answers = pairs.into_iter().collect();
        let _ = judge_with(RuleSet::latest(), &answers, Truth::Unknown);
    }
}
