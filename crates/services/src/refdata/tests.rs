//! Proposed by one, approved by another, in force from an instant on, and old reports keep what judged them.

use domain::{
    access::Principal,
    answers::Answers,
    ids::OrgId,
    refdata::{Changed, Kind, Scope},
    report::Decision,
};

use super::*;
use crate::{
    Refusal, audit, desk,
    report::tests::{officer, order, reporter, sent, somebody},
    testing::World,
};

const ADMIN: &str = "admin@pco-nl.example";
const SUPERVISOR: &str = "supervisor@pco-nl.example";
const SYSTEM: &str = "system@forerunner.example";
const SYSTEM_TWO: &str = "system2@forerunner.example";

struct Desk {
    world: World,
    org: OrgId,
    author: Principal,
    approver: Principal,
}

async fn desk_of(author: &str, approver: &str) -> Desk {
    let world = World::with_people().await;
    let author = somebody(&world, author).await;
    let approver = world.principal(approver).await;
    refresh(&world).await.unwrap();
    Desk { org: author.org, author: author.who, approver, world }
}

fn clock(red: &str) -> Answers {
    [
        ("country", "*"),
        ("red", red),
        ("amber", "20"),
        ("green", "60"),
        ("urgent", "2"),
        ("urgent_within", "48"),
        ("question", "100"),
        ("question_urgent", "24"),
    ]
    .into_iter()
    .collect()
}

impl Desk {
    async fn open(&self) -> ChangeView {
        change(&self.world, &self.author, self.org, Kind::Deadlines).await.unwrap().expect("a change is open")
    }

    async fn begin(&self) {
        begin(&self.world, &self.author, self.org, Kind::Deadlines, None).await.unwrap();
    }

    async fn write(&self, red: &str) -> Result<()> {
        let version = self.open().await.version;
        save_row(&self.world, &self.author, self.org, Kind::Deadlines, ("answer", Some(0)), version, &clock(red)).await
    }

    async fn ask(&self, from: &str) -> Result<()> {
        let version = self.open().await.version;
        ask(&self.world, &self.author, self.org, Kind::Deadlines, version, ("We answer sooner.", from)).await
    }

    async fn approve_by(&self, who: &Principal) -> Result<()> {
        let version = self.open().await.version;
        approve(&self.world, who, self.org, Kind::Deadlines, version).await
    }

    /// A version in force, all the way.
    async fn put_in_force(&self, red: &str) {
        self.begin().await;
        self.write(red).await.unwrap();
        self.ask("").await.unwrap();
        self.approve_by(&self.approver).await.unwrap();
        self.world.wait(effective::SETTLE);
    }

    async fn view(&self) -> KindView {
        kind(&self.world, &self.author, self.org, Kind::Deadlines).await.unwrap()
    }

    fn red_hours(&self) -> i64 {
        let nl = domain::country::Country::parse("NL").unwrap();
        let now = self.world.now();
        let deadlines = self.world.refdata.deadlines(self.org, now);
        deadlines.look(nl, domain::indicator::Band::Red, false, domain::date::Date::of(now)).hours.into()
    }
}

#[tokio::test]
async fn from_the_first_row_to_the_day_it_holds() {
    let desk = desk_of(ADMIN, SUPERVISOR).await;
    assert_eq!((desk.view().await.holds.number, desk.red_hours()), (0, 4));
    desk.begin().await;
    let view = desk.open().await;
    assert!(view.mine && view.changes.is_empty() && view.breaches.is_empty() && !view.may_decide);
    assert!(matches!(desk.ask("").await, Err(Refusal::NotPossible(_))), "nothing is changed yet");
    desk.write("3").await.unwrap();
    let rows = &desk.open().await.changes[0].rows;
    assert_eq!((rows[0].what, rows[0].cells.len()), (Changed::Changed, 5));
    desk.ask("").await.unwrap();
    assert!(matches!(desk.write("1").await, Err(Refusal::NotPossible(_))), "it waits");
    assert!(matches!(desk.approve_by(&desk.author).await, Err(Refusal::NotFound)), "administrators approve nothing");
    // Mails of one instant are told in no order.
    desk.world.wait(domain::time::Timestamp::SECOND);
    desk.approve_by(&desk.approver).await.unwrap();
    assert_eq!(desk.red_hours(), 4, "not before every process knows it");
    desk.world.wait(effective::SETTLE);
    assert_eq!(desk.red_hours(), 3);
    let view = desk.view().await;
    assert_eq!((view.holds.number, view.holds.own, view.open), (1, true, None));
    assert_eq!(view.history[0].approver, "Adaeze Okoye");
    assert_eq!(view.history[0].sha256.len(), 64);
    let mails: Vec<_> = desk.world.mails().await.into_iter().map(|(template, to, _)| (template, to)).collect();
    let mail = |template: &str, to: &str| (template.to_owned(), to.to_owned());
    assert_eq!(mails, [mail("reference_data_waiting", SUPERVISOR), mail("reference_data_decided", ADMIN)]);
    assert!(matches!(audit::verify(&mut desk.world.db.reader()).await.unwrap(), audit::Verdict::Whole(_)));
}

#[tokio::test]
async fn nobody_approves_what_they_wrote() {
    let desk = desk_of(SUPERVISOR, SUPERVISOR).await;
    desk.begin().await;
    desk.write("3").await.unwrap();
    desk.ask("").await.unwrap();
    assert_eq!(desk.open().await.approvers, 0, "the demo has one supervisor");
    assert!(matches!(desk.approve_by(&desk.approver).await, Err(Refusal::NotPossible(_))));
}

#[tokio::test]
async fn a_version_for_everybody_gives_way_to_an_authoritys_own() {
    let system = desk_of(SYSTEM, SYSTEM_TWO).await;
    system.put_in_force("9").await;
    let nl = somebody(&system.world, ADMIN).await;
    let ca = somebody(&system.world, "admin@pco-ca.example").await;
    let (author, approver) = (nl.who, system.world.principal(SUPERVISOR).await);
    let nl = Desk { org: nl.org, author, approver, world: system.world };
    assert_eq!((nl.red_hours(), nl.view().await.holds.own), (9, false));
    nl.put_in_force("3").await;
    assert_eq!(nl.red_hours(), 3);
    let ca = Desk { org: ca.org, author: ca.who, approver: nl.approver, world: nl.world };
    assert_eq!(ca.red_hours(), 9);
    let editions = ca.world.refdata.editions(nl.org, ca.world.now());
    let numbers: Vec<_> = editions.iter().map(|edition| (edition.kind, edition.number, edition.own)).collect();
    let of_clock = (Kind::Deadlines, 1, true);
    assert_eq!(
        numbers,
        [
            (Kind::Deadlines, 1, false),
            of_clock,
            (Kind::Indicators, 0, false),
            (Kind::Substances, 0, false),
            (Kind::Calendars, 0, false)
        ]
    );
}

#[tokio::test]
async fn another_process_learns_of_it_in_time() {
    let desk = desk_of(ADMIN, SUPERVISOR).await;
    let config = crate::Config::clone(&desk.world.config);
    let other = Context::new(desk.world.db.clone(), desk.world.clock.clone(), config, crate::testing::catalogue());
    refresh(&other).await.unwrap();
    desk.put_in_force("3").await;
    let hours = |ctx: &Context| ctx.refdata.deadlines(desk.org, ctx.now()).answers()[0].red;
    assert_eq!(hours(&other), 4);
    refresh(&other).await.unwrap();
    assert_eq!(hours(&other), 3);
}

#[tokio::test]
async fn a_day_is_kept_and_versions_follow_each_other() {
    let desk = desk_of(ADMIN, SUPERVISOR).await;
    desk.begin().await;
    desk.write("3").await.unwrap();
    assert!(matches!(desk.ask("soon").await, Err(Refusal::Invalid(_))));
    desk.ask("1 December 2026").await.unwrap();
    desk.approve_by(&desk.approver).await.unwrap();
    let begins = desk.view().await.history[0].valid_from;
    assert_eq!(crate::draft::profile::local("Europe/Amsterdam", begins), ("2026-12-01".into(), "00:00".into()));
    desk.begin().await;
    desk.write("5").await.unwrap();
    assert!(matches!(desk.ask("2026-11-28").await, Err(Refusal::Invalid(_))), "before the one that is planned");
    desk.ask("2026-12-01").await.unwrap();
    desk.approve_by(&desk.approver).await.unwrap();
    assert_eq!(desk.red_hours(), 4);
    desk.world.wait(begins.since(desk.world.now()));
    assert_eq!(desk.red_hours(), 5, "of two from the same day the later one");
}

#[tokio::test]
async fn wrong_cells_are_told_at_their_fields_and_nothing_is_lost() {
    let desk = desk_of(ADMIN, SUPERVISOR).await;
    desk.begin().await;
    desk.write("3").await.unwrap();
    let Err(Refusal::Invalid(problems)) = desk.write("three").await else { panic!("it was taken") };
    assert_eq!(problems.iter().map(|problem| problem.field.as_str()).collect::<Vec<_>>(), ["red"]);
    assert_eq!(desk.open().await.sheet.rows("answer")[0].get("red"), "3", "what was there stays");
    let stale = save_row(&desk.world, &desk.author, desk.org, Kind::Deadlines, ("answer", None), 1, &clock("3")).await;
    assert!(matches!(stale, Err(Refusal::Stale)));
    let foreign = desk.open().await.version;
    for (table, place) in [("report", Some(0)), ("answer", Some(9)), ("x", None)] {
        let refused =
            save_row(&desk.world, &desk.author, desk.org, Kind::Deadlines, (table, place), foreign, &clock("3")).await;
        assert!(matches!(refused, Err(Refusal::NotFound)), "{table}");
    }
    mark_row(&desk.world, &desk.author, desk.org, Kind::Deadlines, ("answer", 0), foreign, true).await.unwrap();
    let view = desk.open().await;
    assert!(view.sheet.rows("answer")[0].removed && view.breaches.len() == 1, "{:?}", view.breaches);
    assert!(matches!(desk.ask("").await, Err(Refusal::NotPossible(_))));
    mark_row(&desk.world, &desk.author, desk.org, Kind::Deadlines, ("answer", 0), view.version, false).await.unwrap();
    assert!(desk.open().await.breaches.is_empty());
}

#[tokio::test]
async fn a_file_is_taken_whole_or_not_at_all() {
    let desk = desk_of(ADMIN, SUPERVISOR).await;
    desk.begin().await;
    let file = async |text: &str| {
        let version = desk.open().await.version;
        let file = ("clock.csv", text.as_bytes());
        import(&desk.world, &desk.author, desk.org, Kind::Deadlines, "answer", version, file).await
    };
    let head = "country,red,amber,green,urgent,urgent_within,question,question_urgent";
    let wrong = file(&format!("{head}\n*,3,20,60,2,48,100,24\nNL,x,,60,2,48,100,24")).await;
    let Err(Refusal::Invalid(problems)) = wrong else { panic!("it was taken") };
    assert_eq!(problems.len(), 2);
    assert!(problems[0].message.contains("row 2, Hours for a red report"), "{problems:?}");
    assert!(desk.open().await.changes.is_empty());
    file(&format!("{head}\n*,3,20,60,2,48,100,24\nNL,2,20,60,2,48,100,24")).await.unwrap();
    let changes = desk.open().await.changes;
    assert_eq!(changes[0].rows.iter().map(|row| row.what).collect::<Vec<_>>(), [Changed::Changed, Changed::Added]);
}

#[tokio::test]
async fn sent_back_taken_back_discarded_and_gone_back_to() {
    let desk = desk_of(ADMIN, SUPERVISOR).await;
    desk.put_in_force("3").await;
    desk.begin().await;
    desk.write("2").await.unwrap();
    desk.ask("").await.unwrap();
    let (world, org) = (&desk.world, desk.org);
    let version = desk.open().await.version;
    let back = async |who, version, words: &str| send_back(world, who, org, Kind::Deadlines, version, words).await;
    assert!(matches!(back(&desk.approver, version, " ").await, Err(Refusal::Invalid(_))));
    back(&desk.approver, version, "Two hours are too few.").await.unwrap();
    let view = desk.open().await;
    assert_eq!((view.sent_back.as_str(), view.waits_since), ("Two hours are too few.", None));
    desk.ask("").await.unwrap();
    back(&desk.author, desk.open().await.version, "").await.unwrap();
    assert!(matches!(desk.approve_by(&desk.approver).await, Err(Refusal::NotPossible(_))), "it was taken back");
    discard(world, &desk.approver, org, Kind::Deadlines).await.unwrap();
    assert!(change(world, &desk.author, org, Kind::Deadlines).await.unwrap().is_none());

    begin(world, &desk.author, org, Kind::Deadlines, Some(0)).await.unwrap();
    assert_eq!(desk.open().await.note, "Back to version 0.");
    desk.ask("").await.unwrap();
    desk.approve_by(&desk.approver).await.unwrap();
    world.wait(effective::SETTLE);
    assert_eq!((desk.red_hours(), desk.view().await.holds.number), (4, 2));
    let old = super::version(world, &desk.author, org, Kind::Deadlines, 1).await.unwrap();
    assert!(old.may_return && old.changed[0].rows[0].what == Changed::Changed);
    let missing = super::version(world, &desk.author, org, Kind::Deadlines, 7).await;
    assert!(matches!(missing, Err(Refusal::NotFound)));
}

#[tokio::test]
async fn one_change_at_a_time_and_only_its_authors() {
    let desk = desk_of(ADMIN, SUPERVISOR).await;
    desk.begin().await;
    begin(&desk.world, &desk.approver, desk.org, Kind::Deadlines, None).await.unwrap();
    let view = change(&desk.world, &desk.approver, desk.org, Kind::Deadlines).await.unwrap().unwrap();
    assert!(!view.mine && view.author == "Marijke Vos");
    let other = Desk { author: desk.approver.clone(), ..desk };
    assert!(matches!(other.write("3").await, Err(Refusal::NotPossible(_))));
}

#[tokio::test]
async fn who_has_no_right_sees_and_does_nothing() {
    let desk = desk_of(ADMIN, SUPERVISOR).await;
    desk.begin().await;
    let foreign = desk.world.principal("supervisor@pco-ca.example").await;
    let company = reporter(&desk.world).await.who;
    let own = officer(&desk.world).await.who;
    let (world, org, which) = (&desk.world, desk.org, Kind::Deadlines);
    for who in [&foreign, &company] {
        assert!(matches!(overview(world, who, org).await, Err(Refusal::NotFound)));
        assert!(matches!(change(world, who, org, which).await, Err(Refusal::NotFound)));
    }
    for who in [&foreign, &company, &own] {
        assert!(matches!(begin(world, who, org, which, None).await, Err(Refusal::NotFound)));
        assert!(matches!(discard(world, who, org, which).await, Err(Refusal::NotFound)));
        assert!(matches!(approve(world, who, org, which, 1).await, Err(Refusal::NotFound)));
    }
    assert!(change(world, &own, org, which).await.unwrap().is_some(), "officers see what is proposed");
}

#[tokio::test]
async fn a_report_says_which_versions_judged_it_and_reasons_keep_their_words() {
    let desk = desk_of(ADMIN, SUPERVISOR).await;
    let (me, at_desk) = (reporter(&desk.world).await, officer(&desk.world).await);
    let before = sent(&desk.world, &me, &order()).await;
    let version = desk::view(&desk.world, &at_desk.who, &before).await.unwrap().version;
    let verdict = desk::Verdict::NoFurtherAction;
    let code =
        desk.world.refdata.reasons(desk.org, desk.world.now()).for_decision(Decision::Close).next().unwrap().clone();
    desk::decide(&desk.world, &at_desk.who, &before, version, &verdict, &code.code, "Because.").await.unwrap();
    desk.put_in_force("3").await;

    let (world, org, which) = (&desk.world, desk.org, Kind::Reasons);
    begin(world, &desk.author, org, which, None).await.unwrap();
    let view = change(world, &desk.author, org, which).await.unwrap().unwrap();
    let rows = view.sheet.rows("reason");
    let place = rows.iter().position(|row| row.get("decision") == "close").unwrap();
    let fields: Answers = [
        ("decision", "close"),
        ("code", code.code.as_str()),
        ("label", "Other words"),
        ("outcome", code.outcome.unwrap().code()),
        ("needs_note", "yes"),
    ]
    .into_iter()
    .collect();
    save_row(world, &desk.author, org, which, ("reason", Some(place)), view.version, &fields).await.unwrap();
    let version = change(world, &desk.author, org, which).await.unwrap().unwrap().version;
    ask(world, &desk.author, org, which, version, ("Clearer.", "")).await.unwrap();
    approve(world, &desk.approver, org, which, version + 1).await.unwrap();
    world.wait(effective::SETTLE);

    let old = desk::view(world, &at_desk.who, &before).await.unwrap();
    assert_eq!(old.decided.unwrap().reason, code.label, "in the words of its day");
    assert_eq!(old.content.editions.iter().map(|edition| edition.number).collect::<Vec<_>>(), [0; 4]);
    let new = desk::view(world, &at_desk.who, &sent(world, &me, &order()).await).await.unwrap();
    assert_eq!(new.reasons.find(Decision::Close, &code.code).unwrap().label, "Other words");
    assert_eq!(new.content.editions.iter().map(|edition| edition.number).collect::<Vec<_>>(), [0, 1, 0, 0, 0]);
    assert_eq!(new.question.1.allowed.hours, 100);
    let refused = desk::decide(world, &at_desk.who, &new.reference, new.version, &verdict, &code.code, "").await;
    assert!(matches!(refused, Err(Refusal::Invalid(_))), "the words that the new version asks for");
}

#[tokio::test]
async fn what_holds_is_taken_away() {
    let desk = desk_of(ADMIN, SUPERVISOR).await;
    desk.put_in_force("3").await;
    let at = (Kind::Deadlines, "answer");
    let (table, sheet) = crate::export::reference_data(&desk.world, &desk.author, desk.org, at, "csv").await.unwrap();
    assert_eq!((table.name, sheet.rows("answer")[0].get("red")), ("answer", "3"));
    let law = (Kind::Deadlines, "report");
    let refused = crate::export::reference_data(&desk.world, &desk.author, desk.org, law, "csv").await;
    assert!(matches!(refused, Err(Refusal::NotFound)), "the law is not an authority's own");
    assert_eq!(desk.view().await.scope, Scope::Authority);
}

/// A sign that a reporter can tick, and an order with it.
fn ticked() -> (domain::indicator::Indicator, Answers) {
    let offered = |sign: &&domain::indicator::Indicator| {
        sign.group == "customer" && sign.tick && sign.weight < 4 && sign.side == domain::indicator::Side::Both
    };
    let sign = domain::indicator::RuleSet::latest().indicators.iter().find(offered).unwrap().clone();
    let mut answers = order();
    answers.set("signs.customer", [sign.id.clone()]);
    (sign, answers)
}

#[tokio::test]
async fn words_and_weights_reach_the_form_the_browser_and_new_reports_only() {
    let desk = desk_of(ADMIN, SUPERVISOR).await;
    let (world, org, which) = (&desk.world, desk.org, Kind::Indicators);
    let (me, at_desk) = (reporter(world).await, officer(world).await);
    let (sign, answers) = ticked();
    let old = sent(world, &me, &answers).await;
    begin(world, &desk.author, org, which, None).await.unwrap();
    let view = change(world, &desk.author, org, which).await.unwrap().unwrap();
    let place = view.sheet.rows("sign").iter().position(|row| row.get("id") == sign.id).unwrap();
    let fields: Answers = [("id", sign.id.as_str()), ("text", "Our words"), ("weight", "5")].into_iter().collect();
    save_row(world, &desk.author, org, which, ("sign", Some(place)), view.version, &fields).await.unwrap();
    let version = change(world, &desk.author, org, which).await.unwrap().unwrap().version;
    ask(world, &desk.author, org, which, version, ("We weigh it more.", "")).await.unwrap();
    approve(world, &desk.approver, org, which, version + 1).await.unwrap();
    world.wait(effective::SETTLE);

    let new = sent(world, &me, &answers).await;
    let hit = async |reference| {
        let view = desk::view(world, &at_desk.who, reference).await.unwrap();
        let found = view.content.assessment.hits.iter().find(|hit| hit.id == sign.id).unwrap();
        let shown = view.content.summary.iter().flat_map(|group| &group.rows).find(|row| row.field == "signs.customer");
        (found.text.clone(), found.weight, shown.unwrap().value.clone(), view.content.assessment.rule_set_version)
    };
    let shipped = (sign.text.clone(), sign.weight, vec![sign.text.clone()], "2026-11".to_owned());
    assert_eq!(hit(&old).await, shipped, "old reports keep the words of their day");
    let ours = ("Our words".to_owned(), 5, vec!["Our words".to_owned()], "2026-11+own.1".to_owned());
    assert_eq!(hit(&new).await, ours);

    let browser = async |who: &Principal| {
        let rules = rules_for(world, who, "2026-11+own.1", Some(org)).await.unwrap();
        rules.find(&sign.id).unwrap().text.clone()
    };
    assert_eq!(browser(&me.who).await, "Our words");
    let elsewhere = world.principal("officer@laurentian.example").await;
    assert_eq!(browser(&elsewhere).await, sign.text, "another authority's companies do not get them");
    assert!(matches!(rules_for(world, &Principal::default(), "", None).await, Err(Refusal::NotSignedIn)));
}

#[tokio::test]
async fn the_catalogue_follows_what_is_in_force() {
    let desk = desk_of(SYSTEM, SYSTEM_TWO).await;
    let (world, org, which) = (&desk.world, desk.org, Kind::Substances);
    begin(world, &desk.author, org, which, None).await.unwrap();
    let view = change(world, &desk.author, org, which).await.unwrap().unwrap();
    let place = view.sheet.rows("listing").iter().position(|row| row.get("substance") == "acetic-anhydride").unwrap();
    mark_row(world, &desk.author, org, which, ("listing", place), view.version, true).await.unwrap();
    ask(world, &desk.author, org, which, view.version + 1, ("It left the list.", "")).await.unwrap();
    approve(world, &desk.approver, org, which, view.version + 2).await.unwrap();
    let places = |ctx: &Context| {
        let catalogue = ctx.catalogue();
        catalogue.find("acetic-anhydride").unwrap().listings.len()
    };
    let before = places(world);
    world.wait(effective::SETTLE);
    assert_eq!(places(world), before - 1);

    let authority = somebody(world, ADMIN).await;
    let kinds = overview(world, &authority.who, authority.org).await.unwrap();
    assert!(kinds.iter().all(|line| line.kind != which), "an authority has no lists of its own");
    assert!(matches!(begin(world, &authority.who, authority.org, which, None).await, Err(Refusal::NotFound)));
}

#[tokio::test]
async fn a_new_holiday_moves_what_is_due_from_then_on() {
    let desk = desk_of(SYSTEM, SYSTEM_TWO).await;
    let (world, org, which) = (&desk.world, desk.org, Kind::Calendars);
    let (me, at_desk) = (reporter(world).await, officer(world).await);
    let due = async |reference| desk::view(world, &at_desk.who, reference).await.unwrap().clock.due;
    let before = sent(world, &me, &order()).await;
    let was = due(&before).await;
    begin(world, &desk.author, org, which, None).await.unwrap();
    let version = change(world, &desk.author, org, which).await.unwrap().unwrap().version;
    let day: Answers =
        [("country", "NL"), ("day", "24 November 2026"), ("name", "Day of the desk")].into_iter().collect();
    save_row(world, &desk.author, org, which, ("holiday", None), version, &day).await.unwrap();
    ask(world, &desk.author, org, which, version + 1, ("Decreed yesterday.", "")).await.unwrap();
    approve(world, &desk.approver, org, which, version + 2).await.unwrap();
    world.wait(effective::SETTLE);
    let later = sent(world, &me, &order()).await;
    let after = due(&later).await;
    assert_eq!(after.since(was) - effective::SETTLE, domain::time::Timestamp::DAY);
    assert_eq!(due(&before).await, was, "what was promised stays");
}

#[tokio::test]
async fn what_is_added_to_the_library_is_there_from_then_on() {
    let desk = desk_of(SYSTEM, SYSTEM_TWO).await;
    let (world, org, kind) = (&desk.world, desk.org, Kind::Library);
    let before = world.library();
    begin(world, &desk.author, org, kind, None).await.unwrap();
    let row = |summary: &str| -> Answers {
        [
            ("slug", "own-law"),
            ("title", "Our law"),
            ("kind", "law"),
            ("body", "Parliament"),
            ("symbol", "Act 7 of 2026"),
            ("languages", "nl,  en"),
            ("summary", summary),
        ]
        .into_iter()
        .collect()
    };
    let version = async || change(world, &desk.author, org, kind).await.unwrap().unwrap().version;
    save_row(world, &desk.author, org, kind, ("entry", None), version().await, &row("Too short.")).await.unwrap();
    let asked = ask(world, &desk.author, org, kind, version().await, ("A new law.", "")).await;
    assert!(matches!(asked, Err(Refusal::Invalid(_) | Refusal::NotPossible(_))), "{asked:?}");
    let place = before.entries().len();
    save_row(world, &desk.author, org, kind, ("entry", Some(place)), version().await, &row(&"word ".repeat(20)))
        .await
        .unwrap();
    ask(world, &desk.author, org, kind, version().await, ("A new law.", "")).await.unwrap();
    approve(world, &desk.approver, org, kind, version().await).await.unwrap();
    assert!(world.library().find("own-law").is_none(), "every process has to know of it first");
    world.wait(effective::SETTLE);
    let after = world.library();
    assert_eq!(after.entries().len(), before.entries().len() + 1);
    assert_eq!(after.find("own-law").unwrap().languages, ["nl", "en"]);
    assert!(after.find("own-law").unwrap().is_due(domain::date::Date::of(world.now())));
}
