//! What a company reported and refused itself is searched along, for this company alone.

use domain::customer::Part;

use super::*;
use crate::{
    customer,
    report::{
        self,
        tests::{order, reporter, sent},
    },
};

/// What is found for a firm, with the lists that were searched.
async fn found(world: &World, email: &str, name: &str) -> Check {
    let id = ask(world, email, &[("kind", "organisation"), ("names", name)]).await.unwrap();
    let who = world.principal(email).await;
    check(world, &who, who.memberships[0].org, id).await.unwrap()
}

#[tokio::test]
async fn a_reported_party_is_found_from_the_report_on_until_it_is_withdrawn() {
    let world = World::with_people().await;
    begun(&world).await;
    assert_eq!(found(&world, OFFICER, "Grey Harbour Trading").await.hits, []);
    let me = reporter(&world).await;
    let reference = sent(&world, &me, &order()).await;
    let then = found(&world, OFFICER, "Grey Harbour Trading Ltd").await;
    let hit = &then.hits[0];
    assert_eq!((hit.name.as_str(), hit.list.code.as_str()), ("Grey Harbour Trading", "own-reports"));
    assert_eq!(hit.own, Some(Source::Report(reference.to_string())));
    assert_eq!((hit.means.as_slice(), then.lists.len(), then.lists[1].entries), (&[Meaning::Watch][..], 2, 1));

    assert_eq!(found(&world, READER, "Grey Harbour Trading").await.lists.len(), 1, "the authority has no such set");
    let other = "officer@laurentian.example";
    assert_eq!(found(&world, other, "Grey Harbour Trading").await.hits, [], "nor does another company see it");

    report::withdraw(&world, &me.who, &reference, "sent_in_error", "").await.unwrap();
    assert_eq!(found(&world, OFFICER, "Grey Harbour Trading").await.hits, []);
    let org = me.org;
    assert_eq!(check(&world, &me.who, org, then.line.id).await.unwrap(), then, "what was known that day stays");
}

#[tokio::test]
async fn who_stands_behind_a_stopped_customer_is_found_and_its_bank_is_not() {
    let world = World::with_people().await;
    begun(&world).await;
    let me = reporter(&world).await;
    let typed = asked(&[("legal_name", "Quayside Solvents B.V."), ("country", "NL"), ("state", "stopped")]);
    let id = customer::create(&world, &me.who, me.org, &typed).await.unwrap();
    let person = asked(&[("name", "Luuk Verzonnen"), ("roles", "director"), ("birth", "1970")]);
    let bank =
        asked(&[("holder", "Quayside Solvents B.V."), ("iban", "NL91ABNA0417164300"), ("bank", "Polder Krediet Bank")]);
    for (part, fields, version) in [("person", person, 1), ("bank", bank, 2)] {
        let part = Part::find(part).unwrap();
        customer::put(&world, &me.who, (id, version), (part, None), &fields).await.unwrap();
    }
    let firm = found(&world, OFFICER, "Quayside Solvents").await;
    assert_eq!(firm.hits[0].own, Some(Source::Customer(id)));
    let person =
        ask(&world, OFFICER, &[("kind", "person"), ("names", "Verzonnen, Luuk"), ("birth", "1970")]).await.unwrap();
    assert_eq!(check(&world, &me.who, me.org, person).await.unwrap().hits.len(), 1);
    assert_eq!(found(&world, OFFICER, "Polder Krediet Bank").await.hits, [], "a bank serves many");

    let view = customer::view(&world, &me.who, id).await.unwrap();
    let again = asked(&[("legal_name", "Quayside Solvents B.V."), ("country", "NL"), ("state", "active")]);
    let identity = Part::find("identity").unwrap();
    let key = view.customer.entries("identity")[0].key;
    customer::put(&world, &me.who, (id, view.version), (identity, Some(key)), &again).await.unwrap();
    assert_eq!(found(&world, OFFICER, "Quayside Solvents").await.hits, [], "it is sold to again");
}

#[tokio::test]
async fn an_address_in_common_speaks_for_a_hit() {
    let world = World::with_people().await;
    let head = "id,kind,name,addresses\n";
    let path = file(
        &world,
        "at.csv",
        &format!("{head}1,organisation,Beispiel Chemie Handel GmbH,\"Hauptstraße 5, 50667 Köln, DE\"\n"),
    );
    load_file(&world, By::Console, &path, OWN, Room::AtOnce).await.unwrap();
    let with = |address: &'static str| async {
        let typed = [("kind", "organisation"), ("names", "Beispiel Chemi Handel"), ("address", address)];
        let id = ask(&world, OFFICER, &typed).await.unwrap();
        let who = world.principal(OFFICER).await;
        check(&world, &who, who.memberships[0].org, id).await.unwrap().hits.remove(0)
    };
    let (bare, same, other) =
        (with("").await, with("Hauptstr. 5\n50667 Koeln\nKöln").await, with("Kai 1, Hamburg").await);
    assert!(same.score > bare.score && same.support.len() == 1, "{same:?}");
    assert!((other.score - bare.score).abs() < f32::EPSILON, "another address says nothing");
}
