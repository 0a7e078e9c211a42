//! Lists that an association shares: only with whom it named and who accepted, and only until the end.

use domain::{ids::ShareId, watchlist::ShareState};

use super::{
    super::share::{answer, end, leave, members, offer, offers},
    *,
};
use crate::{
    outbox::Template,
    report::tests::{Somebody, mails_after, mails_so_far, reporter, somebody},
};

const HEAD_OF_MERIDIAN: &str = "admin@meridian-reagents.example";

async fn association(world: &World) -> Somebody {
    somebody(world, "editor@chemtrade-assoc.example").await
}

async fn loaded(world: &World, by: &Somebody, code: &str, rows: &str) -> Result<Outcome> {
    let path = file(world, "members.csv", &format!("{HEAD}{rows}"));
    let into = Into { code, label: "Traders to look at", means: "un_sanctions" };
    load_file(world, By::Owner(&by.who, by.org), &path, into, Room::AsSet).await
}

fn to_meridian(until: &str) -> Answers {
    asked(&[("member", "Meridian"), ("country", "NL"), ("registration", "9928-4407"), ("until", until)])
}

/// The offer that nobody has answered.
async fn open(world: &World, by: &Somebody, code: &str) -> ShareId {
    let all = members(world, &by.who, by.org, code).await.unwrap();
    all.into_iter().find(|share| share.state == ShareState::Asked).unwrap().id
}

/// A list of the association, offered to Meridian until the end of the year.
async fn offered(world: &World) -> (Somebody, String, ShareId) {
    let by = association(world).await;
    let code = loaded(world, &by, "", "1,organisation,Schaduw Handel B.V.,,NL,,\n").await.unwrap().code;
    offer(world, &by.who, by.org, &code, &to_meridian("31 December 2026")).await.unwrap();
    let id = members(world, &by.who, by.org, &code).await.unwrap()[0].id;
    (by, code, id)
}

/// How many hits there are for the one on the association's list.
async fn hits(world: &World, email: &str) -> usize {
    refresh(world).await.unwrap();
    let Ok(id) = ask(world, email, &[("kind", "organisation"), ("names", "Schaduw Handel")]).await else { return 0 };
    let who = world.principal(email).await;
    check(world, &who, who.memberships[0].org, id).await.unwrap().hits.len()
}

#[tokio::test]
async fn a_member_is_searched_along_from_its_consent_until_it_leaves() {
    let world = World::with_people().await;
    let known = mails_so_far(&world).await;
    let (by, code, id) = offered(&world).await;
    let mails = mails_after(&world, known).await;
    assert_eq!(mails, [(Template::ListOffered.name().to_owned(), HEAD_OF_MERIDIAN.to_owned())]);
    let me = reporter(&world).await;
    let open = offers(&world, &me.who, me.org).await.unwrap();
    let seen =
        (open[0].owner.as_str(), open[0].label.as_str(), open[0].state, open[0].entries, open[0].until.to_string());
    let owner = "Association of Chemical Traders of the Low Countries (demo)";
    assert_eq!(seen, (owner, "Traders to look at", ShareState::Asked, Some(1), "2026-12-31".into()));
    assert_eq!(hits(&world, OFFICER).await, 0, "not before it agrees");
    assert!(in_force(&world, &me.who, me.org).await.unwrap().is_empty(), "nor is it told of the list");

    answer(&world, &me.who, me.org, id, true).await.unwrap();
    assert!(matches!(answer(&world, &me.who, me.org, id, false).await, Err(Refusal::NotPossible(_))));
    assert_eq!(hits(&world, OFFICER).await, 1);
    assert_eq!(hits(&world, READER).await + hits(&world, "officer@laurentian.example").await, 0, "nobody else");
    let lists = in_force(&world, &me.who, me.org).await.unwrap();
    assert_eq!((lists[0].owner.as_str(), lists[0].means), (owner, Meaning::Watch), "it has no legal force");
    let told = members(&world, &by.who, by.org, &code).await.unwrap();
    assert_eq!((told[0].member.as_str(), told[0].state), ("Meridian", ShareState::Accepted));

    // The next version is searched as soon as it is loaded.
    loaded(&world, &by, &code, "1,organisation,Schaduw Handel B.V.,,NL,,\n2,organisation,Schaduw-Handel N.V.,,NL,,\n")
        .await
        .unwrap();
    assert_eq!(hits(&world, OFFICER).await, 2);
    leave(&world, &me.who, me.org, id).await.unwrap();
    assert_eq!(hits(&world, OFFICER).await, 0);
    assert!(matches!(leave(&world, &me.who, me.org, id).await, Err(Refusal::NotPossible(_))));
    assert_eq!(members(&world, &by.who, by.org, &code).await.unwrap()[0].state, ShareState::Left);
    let rows = audit::rows_after(&mut world.db.reader(), 0).await.unwrap();
    let acts: Vec<_> = rows.into_iter().map(|row| row.action).filter(|action| action.contains("Share")).collect();
    let steps = [
        "ShareLists: watch list added",
        "ShareLists: watch list loaded",
        "ShareLists: watch list put in force",
        "ShareLists: watch list offered to a member",
        "TakeSharedLists: shared watch list accepted",
        "ShareLists: watch list loaded",
        "ShareLists: watch list put in force",
        "TakeSharedLists: shared watch list left",
    ];
    assert_eq!(acts, steps);
}

#[tokio::test]
async fn it_ends_with_its_day_with_the_association_or_at_its_word() {
    let world = World::with_people().await;
    let (by, code, id) = offered(&world).await;
    let me = reporter(&world).await;
    answer(&world, &me.who, me.org, id, true).await.unwrap();
    assert_eq!(hits(&world, OFFICER).await, 1);
    world.wait(38 * Timestamp::DAY);
    assert_eq!(hits(&world, OFFICER).await, 1, "31 December");
    world.wait(Timestamp::DAY);
    assert_eq!(hits(&world, OFFICER).await, 0, "1 January");
    assert_eq!(offers(&world, &me.who, me.org).await.unwrap()[0].state, ShareState::Over);

    end(&world, &by.who, by.org, (&code, id)).await.unwrap();
    offer(&world, &by.who, by.org, &code, &to_meridian("2027-12-31")).await.unwrap();
    let again = offer(&world, &by.who, by.org, &code, &to_meridian("2027-11-30")).await;
    assert_eq!(problems(again.unwrap_err())[0].0, "registration", "once at a time");
    let next = open(&world, &by, &code).await;
    answer(&world, &me.who, me.org, next, true).await.unwrap();
    assert_eq!(hits(&world, OFFICER).await, 1);
    let known = mails_so_far(&world).await;
    end(&world, &by.who, by.org, (&code, next)).await.unwrap();
    assert_eq!(hits(&world, OFFICER).await, 0);
    assert_eq!(mails_after(&world, known).await[0].0, Template::ListEnded.name());

    offer(&world, &by.who, by.org, &code, &to_meridian("2027-12-31")).await.unwrap();
    let last = open(&world, &by, &code).await;
    answer(&world, &me.who, me.org, last, false).await.unwrap();
    assert_eq!(hits(&world, OFFICER).await, 0, "declined");
}

#[tokio::test]
async fn each_keeps_to_its_own() {
    let world = World::with_people().await;
    let (by, code, id) = offered(&world).await;
    let (me, other) = (reporter(&world).await, somebody(&world, "officer@laurentian.example").await);
    assert_eq!(offers(&world, &other.who, other.org).await.unwrap(), []);
    let gone = |outcome: Result<()>| assert!(matches!(outcome, Err(Refusal::NotFound)), "{outcome:?}");
    gone(answer(&world, &other.who, other.org, id, true).await);
    gone(leave(&world, &other.who, other.org, id).await);
    gone(answer(&world, &by.who, by.org, id, true).await);
    gone(end(&world, &me.who, me.org, (&code, id)).await);
    gone(offers(&world, &by.who, by.org).await.map(drop));
    gone(members(&world, &me.who, me.org, &code).await.map(drop));
    // Who runs the installation has lists of the installation, and associations their own.
    let admin = world.principal(ADMIN).await;
    gone(list(&world, By::Person(&admin), &code).await.map(drop));
    gone(activate(&world, By::Console, &code, 1).await);
    assert_eq!(lists(&world, By::Person(&admin)).await.unwrap(), []);
    begun(&world).await;
    gone(list(&world, By::Owner(&by.who, by.org), "national").await.map(drop));
    assert_eq!(lists(&world, By::Owner(&by.who, by.org)).await.unwrap().len(), 1);
    let taken = problems(loaded(&world, &by, "national", FIRST).await.unwrap_err());
    assert_eq!(taken[0].0, "code");
    let path = file(&world, "x.csv", &format!("{HEAD}{FIRST}"));
    let into = Into { code: &code, ..Into::default() };
    assert_eq!(problems(load_file(&world, By::Console, &path, into, Room::Wait).await.unwrap_err())[0].0, "code");
}

#[tokio::test]
async fn what_cannot_be_offered_or_loaded_is_said_by_field() {
    let world = World::with_people().await;
    let (by, code, _) = offered(&world).await;
    let fields = |refusal| problems(refusal).into_iter().map(|(field, _)| field).collect::<Vec<_>>();
    let typed = asked(&[("registration", "---"), ("until", "2026-11-23")]);
    let wrong = offer(&world, &by.who, by.org, &code, &typed).await.unwrap_err();
    assert_eq!(fields(wrong), ["member", "registration", "country", "until"]);
    let late = asked(&[("member", "A"), ("country", "NL"), ("registration", "1"), ("until", "2036-01-01")]);
    assert_eq!(fields(offer(&world, &by.who, by.org, &code, &late).await.unwrap_err()), ["until"]);
    // A company that is not here looks like one that has not answered.
    let nobody = asked(&[("member", "Nobody"), ("country", "DE"), ("registration", "HRB 1"), ("until", "2026-12-31")]);
    offer(&world, &by.who, by.org, &code, &nobody).await.unwrap();
    let screening = Path::new(env!("CARGO_MANIFEST_DIR")).join("../screening/tests/lists/eu.xml");
    let foreign = load_file(&world, By::Owner(&by.who, by.org), &screening, Into::default(), Room::AsSet).await;
    assert_eq!(fields(foreign.unwrap_err()), ["file"], "an association keeps lists of its own");
    let path = file(&world, "nameless.csv", &format!("{HEAD}{FIRST}"));
    let nameless = load_file(&world, By::Owner(&by.who, by.org), &path, Into::default(), Room::AsSet).await;
    assert_eq!(fields(nameless.unwrap_err()), ["label"]);
}
