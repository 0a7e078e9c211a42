use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::{country::Country, organisation::OperatorRole, question::Difference};

proptest! {
    #[test]
    fn whatever_happens_nothing_is_published_without_a_second_person(acts in prop::collection::vec(prop::sample::select(Act::ALL), 0..60)) {
        let (mut state, mut live) = (State::Draft, false);
        let (mut looked_at, mut revising) = (false, false);
        for act in acts {
            let before = state;
            let Ok(after) = before.after(act, live) else { continue };
            prop_assert!(before != State::Withdrawn, "the end is the end");
            if act == Act::Submit {
                looked_at = true;
            }
            if after == State::Draft {
                looked_at = false;
                revising = live;
            }
            if after == State::Published {
                prop_assert!(looked_at || revising, "published without review: {before:?} {act:?}");
                prop_assert!(act != Act::Discard || live);
                (live, looked_at, revising) = (true, false, false);
            }
            prop_assert!(act != Act::Revise || live, "only what is published is revised");
            prop_assert!(after != State::Scheduled || looked_at, "only what was looked at is scheduled");
            prop_assert!(after != State::Published || live);
            state = after;
        }
    }
}

proptest! {
    #[test]
    fn nothing_passes_an_authority_that_has_to_approve_it(acts in prop::collection::vec(prop::sample::select(Act::ALL), 0..60)) {
        // An authority's own act is one on what waits for it; whatever the association and the clock do meets the gate.
        let (mut state, mut live, mut approved) = (State::Draft, false, false);
        for act in acts {
            let is_authoritys = state == State::Approval && matches!(act, Act::Publish | Act::Schedule);
            approved |= is_authoritys;
            let Ok(after) = state.after(act.past_gate(approved), live) else { continue };
            prop_assert!(after != State::Scheduled || approved);
            prop_assert!(after != State::Published || approved || act == Act::Discard);
            live |= after == State::Published;
            if !matches!(after, State::Approval | State::Scheduled) {
                approved = false;
            }
            state = after;
        }
    }
}

#[test]
fn whoever_had_a_hand_in_a_text_does_not_approve_it() {
    let [one, other, third] = [1, 2, 3].map(|n| UserId(Uuid::from_u128(n)));
    assert_eq!(approver(&[one], Some(other), third), Ok(()));
    assert_eq!(approver(&[one], Some(other), other), Err(OwnHand));
    assert_eq!(approver(&[one], None, one), Err(OwnHand));
    assert!(Access::Public.opens_more_than(Access::Companies) && !Access::Audience.opens_more_than(Access::Audience));
}

#[test]
fn an_original_has_changed_when_there_is_more_than_was_looked_at() {
    assert_eq!(Original::of(1, 1, false, true), Original::Same);
    assert_eq!(Original::of(1, 2, false, true), Original::Revised);
    assert_eq!(Original::of(2, 2, true, true), Original::Withdrawn);
    assert_eq!(Original::of(2, 3, true, false), Original::Closed);
}

#[test]
fn every_notice_can_come_to_an_end_and_only_drafts_are_written_in() {
    for state in State::ALL.iter().filter(|state| **state != State::Withdrawn) {
        assert!(state.allows(Act::Withdraw, true) && state.allows(Act::Withdraw, false), "{state:?}");
        assert_eq!(state.is_written(), *state == State::Draft);
    }
    assert!(Act::ALL.iter().all(|act| !State::Withdrawn.allows(*act, true)));
    assert!(!State::Draft.allows(Act::Discard, false) && !State::Draft.allows(Act::Publish, true));
    let refused = State::Draft.after(Act::Publish, false).unwrap_err().to_string();
    assert!(refused.contains("“Publish”") && refused.contains("“Draft”"), "{refused}");
}

#[test]
fn a_writer_is_never_the_second_person() {
    let (one, other) = (UserId(Uuid::from_u128(1)), UserId(Uuid::from_u128(2)));
    assert_eq!(second_person(&[one], other), Ok(()));
    assert_eq!(second_person(&[other, one], one), Err(OwnWords));
}

#[test]
fn what_readers_have_of_it_follows_from_the_clock() {
    let (now, day) = (Timestamp(100), Timestamp(100));
    assert_eq!(Standing::of(0, false, None, now), Standing::Unpublished);
    assert_eq!(Standing::of(1, false, None, now), Standing::Valid);
    assert_eq!(Standing::of(1, false, Some(Timestamp(101)), now), Standing::Valid);
    assert_eq!(Standing::of(1, false, Some(day), now), Standing::Expired);
    assert_eq!(Standing::of(3, true, Some(day), now), Standing::Withdrawn);
}

#[test]
fn numbers_read_back_and_are_not_those_of_reports() {
    let number = NoticeRef::from_bits(0x12_3456_789A);
    let shown = number.to_string();
    assert!(shown.starts_with("NT-") && shown.len() == 14, "{shown}");
    for typed in [shown.clone(), shown.to_lowercase(), shown.replace('-', "")] {
        assert_eq!(typed.parse(), Ok(number.clone()), "{typed}");
    }
    for text in ["", "N", "NT", "FR-7K3M-9QTD-X", "ßß", "NTFR"] {
        assert!(text.parse::<NoticeRef>().is_err(), "{text}");
    }
}

fn country(code: &str) -> Country {
    Country::parse(code).unwrap()
}

fn company(code: &str, role: OperatorRole) -> Subject {
    Subject {
        country: Some(country(code)),
        roles: vec![role],
        associations: Vec::new(),
        readers: Vec::new(),
        substances: None,
        trust: Trust::Known,
    }
}

#[test]
fn a_notice_reaches_those_who_are_meant() {
    let maker = company("NL", OperatorRole::Producer);
    let carrier = company("NL", OperatorRole::Carrier);
    let nurse = Subject { roles: Vec::new(), readers: vec![Reader::Health], trust: Trust::Confirmed, ..maker.clone() };
    assert!(Audience::default().concerns(&maker) && Audience::default().concerns(&nurse));
    let health = Audience { readers: vec![Reader::Health], ..Audience::default() };
    assert!(health.concerns(&nurse) && !health.concerns(&maker));
    let both = Audience { roles: vec![OperatorRole::Producer], ..health };
    assert!(both.concerns(&nurse) && both.concerns(&maker) && !both.concerns(&carrier));
    let abroad = Audience { countries: vec![country("DE")], ..both };
    assert!(!abroad.concerns(&maker) && !abroad.concerns(&nurse));
    let acetone = Audience { substances: vec!["acetone".into()], ..Audience::default() };
    assert!(acetone.reaches(&maker), "what is not known leaves nobody out");
    let other = Subject { substances: Some(vec!["toluene".into()]), ..maker.clone() };
    assert!(acetone.concerns(&other) && !acetone.reaches(&other), "it can be looked up, and nobody is told of it");
    let carriers = Audience { roles: vec![OperatorRole::Carrier], ..acetone };
    assert!(!carriers.reaches(&Subject { substances: Some(vec!["acetone".into()]), ..maker }), "only of those meant");
}

#[test]
fn who_is_not_meant_sees_nothing() {
    let maker = company("NL", OperatorRole::Producer);
    let audience = Audience { roles: vec![OperatorRole::Producer], ..Audience::default() };
    assert!(sees(Access::Public, Trust::Vetted, &audience, &[]));
    assert!(!sees(Access::Companies, Trust::Anybody, &audience, &[]));
    assert!(sees(Access::Companies, Trust::Anybody, &audience, &[company("FR", OperatorRole::Carrier)]));
    assert!(sees(Access::Audience, Trust::Known, &audience, std::slice::from_ref(&maker)));
    assert!(!sees(Access::Audience, Trust::Vetted, &audience, &[maker]));
    assert!(!sees(Access::Audience, Trust::Anybody, &audience, &[company("NL", OperatorRole::Carrier)]));
    assert!(!sees(Access::Audience, Trust::Anybody, &audience, &[]));
}

fn written() -> Content {
    let mut content = Content::new(Kind::Alert, "en");
    content.texts[0].title = "Orders for acetic anhydride".into();
    content.texts[0].summary = "New buyers ask for large amounts.".into();
    content.texts[0].body = "### What we see\n\nA text.".into();
    content
}

#[test]
fn what_is_missing_is_said_at_its_field() {
    assert_eq!(written().missing(), []);
    let mut event = Content::new(Kind::Event, "fr");
    event.texts.push(Text {
        lang: "en".into(),
        title: "x".repeat(200),
        body: "[a](javascript:x)".into(),
        ..Text::default()
    });
    (event.valid_from, event.valid_until) = ("2026-02-01".parse().ok(), "2026-01-01".parse().ok());
    let fields: Vec<String> = event.missing().into_iter().map(|missing| missing.field).collect();
    assert_eq!(
        fields,
        ["valid_until", "event_starts", "title.fr", "summary.fr", "body.fr", "title.en", "summary.en", "body.en"]
    );
    assert!(event.missing()[2].message.starts_with("French: "));
}

#[test]
fn a_revision_is_compared_word_by_field() {
    let before = written();
    let mut after = before.clone();
    after.severity = Severity::Urgent;
    after.texts[0].title = "Orders for acetone".into();
    after.texts.push(Text { lang: "es".into(), title: "Pedidos".into(), ..Text::default() });
    let found = after.differences(Some(&before));
    let rows: Vec<_> =
        found.iter().flat_map(|group| &group.changes).map(|one| (one.field.as_str(), one.difference)).collect();
    assert_eq!(
        rows,
        [("severity", Difference::Changed), ("title.en", Difference::Changed), ("title.es", Difference::Added)]
    );
    assert!(before.differences(Some(&before)).is_empty());
    assert!(!before.differences(None).is_empty());
}

#[test]
fn what_is_kept_reads_back_and_is_always_written_alike() {
    let content = written();
    let kept = content.canonical();
    let read: Content = serde_json::from_str(&kept).unwrap();
    assert_eq!((read.clone(), read.canonical()), (content.clone(), kept.clone()));
    assert!(
        kept.starts_with(r#"{"kind":"alert","severity":"information","access":"public","trust":"0","audience":"#),
        "{kept}"
    );
    let card = serde_json::to_string(&content.card()).unwrap();
    assert!(!card.contains("What we see") && serde_json::from_str::<Card>(&card).unwrap() == content.card());
    assert!(!kept.contains("acknowledge"), "what was published before hashes as it did");
    let asking = Content { acknowledge: true, ..content.clone() };
    assert_eq!(serde_json::from_str::<Content>(&asking.canonical()).unwrap(), asking);
    assert_eq!(content.text("xx").map(|text| text.lang.as_str()), Some("en"));
    assert_eq!((direction("ar"), direction("fr")), ("rtl", "ltr"));
}
