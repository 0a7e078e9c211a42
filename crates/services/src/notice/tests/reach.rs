//! Whom notices reach, and who takes note of them. Three companies of the demo: Meridian and Noordkust, which are producers,
//! importers or traders in the Netherlands, and a forwarder.

use domain::{customer::Part, ids::MembershipId, notice::Note, watchlist::ShareState};

use super::*;
use crate::{association::members, customer, export};

const TRADER: &str = "officer@meridian-reagents.example";

fn fields(list: &[(&str, &str)]) -> Answers {
    list.iter().copied().collect()
}

/// Makes Meridian a member of the editor's association.
async fn join(world: &World, editor: &Who, trader: &Who) -> MembershipId {
    let named = fields(&[("member", "Meridian"), ("country", "NL"), ("registration", "99284407")]);
    members::invite(world, &editor.who, editor.org, &named).await.unwrap();
    let offers = members::offers(world, &trader.who, trader.org).await.unwrap();
    let id = offers.iter().find(|one| one.state == ShareState::Asked).unwrap().id;
    members::answer(world, &trader.who, trader.org, id, true).await.unwrap();
    id
}

/// Gives a company a customer who is expected to buy something.
async fn sells(world: &World, me: &Who, substance: &str) {
    let typed = fields(&[("legal_name", "A customer"), ("country", "NL")]);
    let id = customer::create(world, &me.who, me.org, &typed).await.unwrap();
    let typed = fields(&[("name", substance), ("yearly", "400 kg"), ("use", "Cleaning")]);
    customer::put(world, &me.who, (id, 1), (Part::find("substance").unwrap(), None), &typed).await.unwrap();
}

async fn told(world: &World, template: &str) -> Vec<String> {
    let mails = world.mails().await.into_iter().filter(|(name, ..)| name == template);
    let mut told: Vec<_> = mails.map(|(_, to, _)| to).collect();
    told.sort();
    told
}

async fn has(world: &World, who: &Who, notice: &NoticeRef) -> bool {
    let page = received(world, &who.who, who.org, &Filter::default(), None).await.unwrap();
    page.items.iter().any(|one| one.reference == *notice)
}

#[tokio::test]
async fn what_is_for_members_reaches_members_as_long_as_they_are() {
    let world = World::with_people().await;
    let (editor, head) = (who(&world, EDITOR).await, who(&world, "admin@chemtrade-assoc.example").await);
    let (trader, producer) = (who(&world, TRADER).await, who(&world, PRODUCER).await);
    let membership = join(&world, &editor, &trader).await;
    let narrow = [("access", "audience"), ("trust", "2"), ("associations", "chemtrade-assoc")];
    let made = put_out(&world, &editor, &head, &narrow).await;
    let people = ["admin", "officer", "reader"].map(|name| format!("{name}@meridian-reagents.example"));
    assert_eq!(told(&world, "alert_published").await, people);
    assert!(shown(&world, &trader.who, &made).await.is_ok() && has(&world, &trader, &made).await);
    assert!(shown_to(&world, &trader.who, trader.org, &made).await.is_ok());
    assert!(shown(&world, &editor.who, &made).await.is_ok(), "the association's own people");
    for other in [&producer.who, &Principal::default(), &who(&world, WRITER).await.who] {
        assert!(gone(shown(&world, other, &made).await) && gone(revision(&world, other, &made, 1).await));
    }
    assert!(
        !has(&world, &producer, &made).await
            && public(&world, &Filter::default(), None).await.unwrap().items.is_empty()
    );
    members::leave(&world, &trader.who, trader.org, membership).await.unwrap();
    assert!(gone(shown(&world, &trader.who, &made).await) && !has(&world, &trader, &made).await);
}

#[tokio::test]
async fn what_is_about_a_substance_is_told_to_those_who_may_deal_with_it_and_found_by_all_it_concerns() {
    let world = World::with_people().await;
    let (me, second) = (who(&world, WRITER).await, who(&world, SECOND).await);
    let (trader, producer, carrier) =
        (who(&world, TRADER).await, who(&world, PRODUCER).await, who(&world, CARRIER).await);
    sells(&world, &trader, "Acetone").await;
    sells(&world, &producer, "Toluene").await;
    let about = [("access", "audience"), ("trust", "2"), ("substances", "acetone"), ("countries", "Netherlands")];
    let made = put_out(&world, &me, &second, &about).await;
    let reached = told(&world, "alert_published").await;
    let is_told = |email: &str| reached.iter().any(|to| to == email);
    assert!(is_told(TRADER) && is_told(CARRIER) && !is_told(PRODUCER), "{reached:?}");
    for one in [&trader, &producer, &carrier] {
        assert!(has(&world, one, &made).await && shown(&world, &one.who, &made).await.is_ok());
    }
    // The estimate is what publication does; an association's does not move with what companies deal with.
    let content = work(&world, &me.who, (me.org, &made)).await.unwrap().content;
    let estimate = reach(&world, &me.who, me.org, &content).await.unwrap();
    assert_eq!((estimate.by_audience.sum(), estimate.is_suppressed), (Some(reached.len() as u64), false));
    assert_eq!(estimate.by_language.sum(), estimate.by_audience.sum());
    let editor = who(&world, EDITOR).await;
    let mut other = content.clone();
    other.audience.substances.clear();
    let of = async |content: &domain::notice::Content| reach(&world, &editor.who, editor.org, content).await.unwrap();
    assert_eq!(of(&content).await, of(&other).await);
    assert!(of(&content).await.is_suppressed && gone(reach(&world, &trader.who, trader.org, &content).await));
}

#[tokio::test]
async fn who_has_taken_note_is_known_and_the_others_are_reminded_once_a_day() {
    let world = World::with_people().await;
    let (me, second) = (who(&world, WRITER).await, who(&world, SECOND).await);
    let (producer, carrier) = (who(&world, PRODUCER).await, who(&world, CARRIER).await);
    let asks = [("access", "audience"), ("roles", "producer"), ("acknowledge", "yes"), ("countries", "Netherlands")];
    let made = put_out(&world, &me, &second, &asks).await;
    let own = (me.org, &made);
    let named = async || match figures(&world, &me.who, own).await.unwrap().taken {
        Taken::Named { people, organisations, elsewhere, lines } => (people, organisations, elsewhere, lines),
        other => panic!("{other:?}"),
    };
    let (people, organisations, elsewhere, lines) = named().await;
    let asked = told(&world, "alert_published").await;
    assert_eq!((people.asked, people.percent()), (asked.len() as u64, Some(0)));
    assert_eq!((elsewhere.asked, lines.len()), (0, asked.len()));
    assert!(lines.iter().all(|line| line.note == Note::Unread) && organisations.asked >= 1);

    // Opening counts once, and for those alone who are asked; so does saying it.
    let page = shown(&world, &producer.who, &made).await.unwrap();
    assert_eq!(opened(&world, &producer.who, &page).await.unwrap(), Some(Asked { acknowledged: None }));
    assert_eq!(opened(&world, &me.who, &page).await.unwrap(), None);
    assert!(gone(acknowledge(&world, &carrier.who, &made).await));
    assert!(matches!(acknowledge(&world, &me.who, &made).await, Err(Refusal::NotPossible(_))));
    assert_eq!(named().await.0.opened, 1);
    for _ in 0..2 {
        acknowledge(&world, &producer.who, &made).await.unwrap();
    }
    let (people, organisations, _, lines) = named().await;
    assert_eq!((people.acknowledged, people.opened, organisations.acknowledged), (1, 1, 1));
    let line = lines.iter().find(|line| line.note == Note::Acknowledged).unwrap();
    assert_eq!((line.person.as_str(), line.acknowledged), ("Yara Haddad", Some(world.now())));

    let rest = asked.len() - 1;
    assert_eq!(remind(&world, &me.who, own).await.unwrap(), Some(rest));
    assert_eq!(remind(&world, &second.who, own).await.unwrap(), Some(0), "not twice on one day");
    let reminded = told(&world, "notice_reminder").await;
    assert!(reminded.len() == rest && !reminded.contains(&PRODUCER.to_owned()), "{reminded:?}");
    world.wait(Timestamp::DAY);
    assert_eq!(remind(&world, &me.who, own).await.unwrap(), Some(rest));
    assert_eq!(export::acknowledgements(&world, &me.who, own, "csv").await.unwrap().len(), asked.len());
    let editor = who(&world, EDITOR).await;
    for outcome in [figures(&world, &editor.who, own).await.map(drop), remind(&world, &editor.who, own).await.map(drop)]
    {
        assert!(gone(outcome));
    }

    // A later revision asks anew.
    revise(&world, &me.who, own).await.unwrap();
    let at = version(&world, &me, &made).await;
    save(&world, &me.who, own, at, &typed(&asks)).await.unwrap();
    submit(&world, &me.who, own, true).await.unwrap();
    let at = version(&world, &second, &made).await;
    publish(&world, &second.who, own, at, true).await.unwrap();
    assert_eq!(named().await.0.acknowledged, 0);
    assert!(matches!(audit::verify(&mut world.db.reader()).await.unwrap(), audit::Verdict::Whole(_)));
}

#[tokio::test]
async fn an_association_learns_nothing_of_a_few() {
    let world = World::with_people().await;
    let (editor, head) = (who(&world, EDITOR).await, who(&world, "admin@chemtrade-assoc.example").await);
    let trader = who(&world, TRADER).await;
    join(&world, &editor, &trader).await;
    let asks = [("access", "audience"), ("associations", "chemtrade-assoc"), ("acknowledge", "yes")];
    let made = put_out(&world, &editor, &head, &asks).await;
    let own = (editor.org, &made);
    acknowledge(&world, &trader.who, &made).await.unwrap();
    world.wait(Timestamp::DAY);
    let found = figures(&world, &editor.who, own).await.unwrap();
    let Taken::Counted { counts, .. } = found.taken else { panic!("{found:?}") };
    assert_eq!(counts.sum(), None, "one member only");
    assert!(gone(export::acknowledgements(&world, &editor.who, own, "csv").await));
    assert_eq!(remind(&world, &editor.who, own).await.unwrap(), None);
    assert_eq!(told(&world, "notice_reminder").await.len(), 2, "it was done, and of how many is not told");
    let content = work(&world, &editor.who, own).await.unwrap().content;
    let estimate = reach(&world, &editor.who, editor.org, &content).await.unwrap();
    assert_eq!((estimate.organisations, estimate.by_audience.sum()), (None, None));
}
