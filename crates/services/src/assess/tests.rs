use domain::indicator::Band;

use super::*;
use crate::{draft::Loaded, testing::World};

const OFFICER: &str = "officer@meridian-reagents.example";
const FOREIGN: &str = "officer@pco-nl.example";

fn typed(fields: &[(&str, &str)]) -> Answers {
    fields.iter().copied().collect()
}

async fn counts(world: &World) -> (usize, usize) {
    let audit = crate::audit::rows_after(&mut world.db.reader(), 0).await.unwrap().len();
    let drafts = draft::list(world, &world.principal(OFFICER).await, org(world).await, false).await.unwrap().len();
    (audit, drafts)
}

async fn org(world: &World) -> OrgId {
    world.principal(OFFICER).await.memberships[0].org
}

const ODD: &[(&str, &str)] = &[
    ("substance.1.name", "Acetic anhydride"),
    ("substance.1.quantity", "99 l"),
    ("party.1.type", "company"),
    ("party.1.name", "Brightwater Café"),
    ("party.1.licence_state", "none"),
    ("party.1.history", "first"),
    ("delivery.country", "Canada"),
    ("delivery.place", "po_box"),
    ("payment.method", "cash"),
    ("signs.behaviour", "B05"),
    ("line", "56"),
];

#[tokio::test]
async fn a_sale_is_judged_and_nothing_is_kept() {
    let world = World::with_people().await;
    let officer = world.principal(OFFICER).await;
    let before = counts(&world).await;
    let found = look(&world, &officer, org(&world).await, &typed(ODD)).await.unwrap();
    assert_eq!(counts(&world).await, before, "nothing is kept");
    assert_eq!(found.assessment.band, Band::Red);
    let signs: Vec<&str> = found.assessment.hits.iter().map(|hit| hit.id.as_str()).collect();
    for sign in ["C06", "C01", "D01", "P01", "B05"] {
        assert!(signs.contains(&sign), "{sign}: {signs:?}");
    }
    assert_eq!(found.plausibility.as_ref().unwrap().fit, domain::plausible::Fit::Unusual);
    let steps = found.steps();
    for step in [Step::Report, Step::Call, Step::Licence, Step::Declaration, Step::Use, Step::Permits, Step::Authority]
    {
        assert!(steps.contains(&step), "{step:?}: {steps:?}");
    }
    let duties = found.duties.as_ref().unwrap();
    let ids: Vec<&str> =
        duties.groups.iter().flat_map(|group| &group.duties).map(|found| found.duty.id.as_str()).collect();
    assert!(ids.contains(&"EU-export-authorisation") && ids.contains(&"CA-permit-A"), "{ids:?}");
    assert_eq!(found.names, [("Brightwater Café".to_owned(), None)], "no list is in force");
}

#[tokio::test]
async fn one_press_makes_a_draft_of_it() {
    let world = World::with_people().await;
    let officer = world.principal(OFFICER).await;
    let id = begin(&world, &officer, org(&world).await, &typed(ODD)).await.unwrap();
    let Loaded::Open(draft) = draft::load(&world, &officer, id).await.unwrap() else { panic!("not open") };
    for (field, text) in ODD.iter().filter(|(field, _)| *field != LINE) {
        assert_eq!(draft.answers.one(field), *text, "{field}");
    }
    assert_eq!((draft.answers.one("kind"), draft.answers.one("substance.1.cas")), ("order", "108-24-7"));
    assert!(!draft.answers.seen(LINE) && draft.answers.filled("contact.name"));
    let machine = typed(&[("substance.1.name", "Tablet press")]);
    let id = begin(&world, &officer, org(&world).await, &machine).await.unwrap();
    let Loaded::Open(draft) = draft::load(&world, &officer, id).await.unwrap() else { panic!("not open") };
    assert_eq!(draft.answers.one("substances.involved"), "equipment");
    assert!(draft.answers.filled("equipment.1.what") && !draft.answers.seen("substance.1.name"));
}

#[tokio::test]
async fn what_cannot_be_read_is_not_judged_and_fields_of_others_are_not_taken() {
    let world = World::with_people().await;
    let officer = world.principal(OFFICER).await;
    let odd = typed(&[
        ("substance.1.name", "\u{202e}???"),
        ("substance.1.quantity", "a lot"),
        ("delivery.country", "Atlantis"),
        ("did.steps", "not asked here"),
        ("contact.phone", "1"),
        ("line", "none"),
    ]);
    let found = look(&world, &officer, org(&world).await, &odd).await.unwrap();
    assert_eq!((found.assessment.band, &found.quantity, found.to), (Band::Green, &None, None));
    assert_eq!(found.steps(), [Step::Keep]);
    assert!(found.substance.is_none() && found.duties.is_none() && found.plausibility.is_none());
    assert!(!found.answers.seen("did.steps") && !found.answers.seen("contact.phone"));
}

#[tokio::test]
async fn only_those_who_write_the_companys_reports_may_look() {
    let world = World::with_people().await;
    let (company, foreign) = (org(&world).await, world.principal(FOREIGN).await);
    let refused = look(&world, &foreign, company, &Answers::new()).await.unwrap_err();
    assert!(matches!(refused, Refusal::NotFound), "{refused:?}");
    let refused = begin(&world, &foreign, company, &Answers::new()).await.unwrap_err();
    assert!(matches!(refused, Refusal::NotFound), "{refused:?}");
}
