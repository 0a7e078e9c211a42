//! Customers' files through the services: who may, what is kept, what others see, documents, imports.

use domain::{
    access::{Action, Role},
    answers::Answers,
    customer::{Part, State, document::Outcome},
    ids::{CustomerId, OrgId},
    time::Timestamp,
};

use super::{
    document, import,
    import::{Import, Stage},
    *,
};
use crate::{
    Refusal,
    evidence::{Arrived, Incoming},
    report::tests::{Somebody, officer, reporter, somebody},
    testing::World,
};

fn typed(fields: &[(&str, &str)]) -> Answers {
    fields.iter().copied().collect()
}

fn identity(name: &str, number: &str) -> Answers {
    typed(&[("legal_name", name), ("country", "NL"), ("own_number", number)])
}

fn part(id: &str) -> &'static Part {
    Part::find(id).unwrap()
}

async fn made(world: &World, by: &Somebody, name: &str) -> CustomerId {
    create(world, &by.who, by.org, &identity(name, "")).await.unwrap()
}

async fn reader(world: &World, of: &Somebody) -> Principal {
    let mut who = of.who.clone();
    for membership in &mut who.memberships {
        membership.role = Role::CompanyReader;
    }
    let _ = world;
    who
}

fn gone<T>(outcome: Result<T>, what: &str) {
    assert!(matches!(outcome, Err(Refusal::NotFound)), "{what}");
}

fn problem(outcome: Result<impl std::fmt::Debug>) -> String {
    match outcome {
        Err(Refusal::Invalid(problems)) => problems[0].field.clone(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_file_is_written_read_and_remembered_in_every_version() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    assert_eq!(problem(create(&world, &me.who, me.org, &typed(&[("legal_name", "A")])).await), "country");
    let id = create(&world, &me.who, me.org, &identity("Noorderlicht B.V.", "K-1")).await.unwrap();
    assert_eq!(problem(create(&world, &me.who, me.org, &identity("Another", "K-1")).await), "own_number");
    world.wait(Timestamp::MINUTE);
    let owner = typed(&[("holder", "Top Holding"), ("kind", "company"), ("share", "60")]);
    put(&world, &me.who, (id, 1), (part("owner"), None), &owner).await.unwrap();
    assert!(matches!(put(&world, &me.who, (id, 1), (part("owner"), None), &owner).await, Err(Refusal::Stale)));
    let wrong = put(&world, &me.who, (id, 2), (part("numbers"), None), &typed(&[("lei", "1")])).await;
    assert_eq!(problem(wrong), "lei");
    put(&world, &me.who, (id, 2), (part("owner"), Some(2)), &owner).await.unwrap();
    assert_eq!(view(&world, &me.who, id).await.unwrap().version, 2, "nothing was changed");
    remove(&world, &me.who, (id, 2), (part("owner"), 2)).await.unwrap();
    assert!(matches!(remove(&world, &me.who, (id, 3), (part("identity"), 1)).await, Err(Refusal::NotPossible(_))));
    let (view, versions, more) = history(&world, &me.who, id, None).await.unwrap();
    let steps: Vec<_> = versions.iter().map(|version| (version.number, version.step.as_str())).collect();
    assert_eq!(steps, [(3, "owner removed"), (2, "owner added"), (1, "customer added")]);
    assert!(!more && view.may_write && view.customer.name() == "Noorderlicht B.V.");
    let compared = compare(&world, &me.who, id, 2).await.unwrap();
    assert_eq!(compared.groups[0].title, "Owner: Top Holding");
    gone(compare(&world, &me.who, id, 4).await, "a version that is not there");
    assert!(crate::audit::verify(&mut world.db.reader()).await.is_ok());
}

#[tokio::test]
async fn the_list_goes_by_name_and_finds_names_and_numbers() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    for name in ["Zeta", "alpha", "Éclair", "Beta N.V."] {
        made(&world, &me, name).await;
    }
    let all = Filter::default();
    let first = list(&world, &me.who, me.org, &all, None, 3).await.unwrap();
    let names = |page: &Listed| page.items.iter().map(|item| item.name.clone()).collect::<Vec<_>>();
    assert_eq!((names(&first), first.all), (vec!["alpha".into(), "Beta N.V.".into(), "Éclair".into()], 4));
    let second = list(&world, &me.who, me.org, &all, first.next, 3).await.unwrap();
    assert_eq!((names(&second), second.next), (vec!["Zeta".to_owned()], None));
    let id = second.items[0].id;
    let numbers = typed(&[("lei", "5493001KJTIIGC8Y1R12")]);
    put(&world, &me.who, (id, 1), (part("numbers"), None), &numbers).await.unwrap();
    for (words, found) in [
        ("eclair", vec!["Éclair"]),
        ("5493001kjt", vec!["Zeta"]),
        ("n v beta", vec!["Beta N.V."]),
        ("eta", vec![]),
        ("%", vec!["alpha", "Beta N.V.", "Éclair", "Zeta"]),
    ] {
        let filter = Filter { words: words.into(), state: None };
        assert_eq!(names(&list(&world, &me.who, me.org, &filter, None, 9).await.unwrap()), found, "{words}");
    }
    let stopped = Filter { state: Some(State::Stopped), ..Filter::default() };
    assert!(list(&world, &me.who, me.org, &stopped, None, 9).await.unwrap().items.is_empty());
    let question = ask(&world, &me.who, me.org, " zeta ").await.unwrap();
    assert_eq!(asked(&world, &me.who, me.org, question).await.unwrap().as_deref(), Some("zeta"));
    let colleague = somebody(&world, "admin@meridian-reagents.example").await;
    assert_eq!(asked(&world, &colleague.who, me.org, question).await.unwrap(), None, "somebody else's question");
    assert_eq!(problem(ask(&world, &me.who, me.org, " % ").await), "words");
}

#[tokio::test]
async fn nobody_else_sees_a_customer_and_readers_change_nothing() {
    let world = World::with_people().await;
    let (me, other, desk) =
        (reporter(&world).await, somebody(&world, "officer@noordkust.example").await, officer(&world).await);
    let id = made(&world, &me, "Noorderlicht B.V.").await;
    let document = document::add(&world, &me.who, id, &typed(&[("kind", "register")]), None).await.unwrap();
    let file = import::upload(&world, &me.who, me.org, "a.csv", b"Name\nA".to_vec()).await.unwrap();
    let low = reader(&world, &me).await;
    for (who, reads) in [(&other.who, false), (&desk.who, false), (&low, true)] {
        let fields = identity("X", "");
        gone(create(&world, who, me.org, &fields).await, "adding");
        gone(put(&world, who, (id, 1), (part("identity"), Some(1)), &fields).await, "changing");
        gone(remove(&world, who, (id, 1), (part("name"), 1)).await, "removing");
        gone(document::add(&world, who, id, &fields, None).await, "adding a document");
        gone(document::change(&world, who, id, (document, 1), &fields).await, "changing a document");
        gone(document::check(&world, who, id, (document, 1), &fields).await, "checking a document");
        gone(document::end(&world, who, id, (document, 1)).await, "putting a document aside");
        gone(import::upload(&world, who, me.org, "a.csv", b"Name\nA".to_vec()).await, "importing");
        gone(import::view(&world, who, file).await, "an import");
        gone(import::list(&world, who, me.org).await, "imports");
        gone(import::set_mapping(&world, who, file, &[]).await, "naming columns");
        gone(import::confirm(&world, who, file).await, "confirming");
        gone(import::cancel(&world, who, file).await, "cancelling");
        gone(import::wrong_rows(&world, who, file).await, "wrong rows");
        if reads {
            assert!(!view(&world, who, id).await.unwrap().may_write);
            assert_eq!(document::of_customer(&world, who, id).await.unwrap().len(), 1);
            continue;
        }
        gone(view(&world, who, id).await, "a file");
        gone(history(&world, who, id, None).await, "its history");
        gone(compare(&world, who, id, 1).await, "a version");
        gone(list(&world, who, me.org, &Filter::default(), None, 9).await, "the list");
        gone(every(&world, who, me.org, &Filter::default(), None, 9).await, "the files");
        gone(crate::export::customers(&world, who, me.org, &Filter::default(), "csv").await, "an export");
        gone(document::of_customer(&world, who, id).await, "documents");
        gone(document::one(&world, who, id, document).await, "a document");
        gone(document::open(&world, who, id, document).await, "a copy");
        gone(document::due(&world, who, me.org).await, "what is due");
    }
    assert!(!Action::ReadCustomers.allows(Role::AuthorityAdmin) && !Action::ReadCustomers.allows(Role::SystemAdmin));
    let own = made(&world, &other, "Theirs").await;
    gone(document::one(&world, &other.who, own, document).await, "a document under another customer");
    assert!(matches!(view(&world, &Principal::default(), id).await, Err(Refusal::NotSignedIn)));
}

async fn copy(world: &World, name: &str) -> Arrived {
    let mut file = Incoming::begin(world, name).await.unwrap();
    file.write(b"An extract.").await.unwrap();
    file.finish().await.unwrap().unwrap()
}

#[tokio::test]
async fn a_document_says_who_checked_it_against_what_and_who_had_it() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let id = made(&world, &me, "Noorderlicht B.V.").await;
    let wrong = document::add(&world, &me.who, id, &typed(&[("kind", "licence"), ("expires", "soon")]), None).await;
    assert_eq!(problem(wrong), "expires");
    let fields =
        typed(&[("kind", "licence"), ("number", "L-7"), ("issued", "1 March 2026"), ("expires", "2027-03-01")]);
    let document = document::add(&world, &me.who, id, &fields, Some(copy(&world, "licence.txt").await)).await.unwrap();
    assert_eq!(problem(document::check(&world, &me.who, id, (document, 1), &typed(&[])).await), "against");
    let check = typed(&[("against", "The list of the ministry"), ("outcome", "genuine")]);
    world.wait(Timestamp::MINUTE);
    document::check(&world, &me.who, id, (document, 1), &check).await.unwrap();
    assert!(matches!(document::check(&world, &me.who, id, (document, 1), &check).await, Err(Refusal::Stale)));
    world.wait(Timestamp::MINUTE);
    let mut file = document::open(&world, &me.who, id, document).await.unwrap();
    assert_eq!(file.piece().await.unwrap().unwrap(), b"An extract.");
    let found = document::one(&world, &me.who, id, document).await.unwrap();
    let checked = found.checked.clone().unwrap();
    assert_eq!((checked.against.as_str(), checked.outcome), ("The list of the ministry", Some(Outcome::Genuine)));
    let acts: Vec<&str> = found.custody.iter().map(|line| line.act.as_str()).collect();
    assert_eq!(acts, ["opened", "checked", "added"]);
    world.wait(3 * Timestamp::DAY);
    assert_eq!(crate::evidence::sweep(&world).await.unwrap(), 0, "a copy is no stray file");
    document::end(&world, &me.who, id, (document, 2)).await.unwrap();
    assert!(matches!(document::end(&world, &me.who, id, (document, 3)).await, Err(Refusal::Stale)));
    assert!(document::open(&world, &me.who, id, document).await.is_ok(), "the copy stays");
}

#[tokio::test]
async fn whoever_added_a_document_is_told_twice_that_it_ends() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let id = made(&world, &me, "Noorderlicht B.V.").await;
    for expires in ["2026-12-20", "2026-12-21", "2027-06-01"] {
        let fields = typed(&[("kind", "licence"), ("expires", expires)]);
        document::add(&world, &me.who, id, &fields, None).await.unwrap();
    }
    let told = async || {
        let mails = world.mails().await;
        let link =
            |(name, to, link): &(String, String, String)| (name == "documents_end").then(|| (to.clone(), link.clone()));
        mails.iter().filter_map(link).collect::<Vec<_>>()
    };
    let before = told().await.len();
    assert_eq!(document::remind(&world).await.unwrap(), 2);
    assert_eq!(document::remind(&world).await.unwrap(), 0, "once");
    let mails = told().await;
    assert_eq!(mails.len() - before, 1, "one mail for both");
    let (to, link) = mails.last().unwrap();
    assert_eq!(to, "officer@meridian-reagents.example");
    assert!(link.ends_with("/en/c/meridian/customers/due"), "{link}");
    let (due, today) = document::due(&world, &me.who, me.org).await.unwrap();
    assert_eq!((due.len(), today.to_string()), (2, "2026-11-23".to_owned()));
    let changed = typed(&[("kind", "licence"), ("expires", "2026-12-22")]);
    document::change(&world, &me.who, id, (due[0].id, 1), &changed).await.unwrap();
    document::end(&world, &me.who, id, (due[1].id, 1)).await.unwrap();
    world.wait(23 * Timestamp::DAY);
    assert_eq!(document::remind(&world).await.unwrap(), 1, "the last reminder of the one that still counts");
    assert_eq!(document::remind(&world).await.unwrap(), 0);
}

async fn worked(world: &World, me: &Somebody, id: domain::ids::ImportId) -> Import {
    while import::work(world).await.unwrap() {}
    import::view(world, &me.who, id).await.unwrap()
}

fn guessed(found: &Import) -> Vec<String> {
    found.mapping.iter().map(|target| target.map_or_else(String::new, |target| target.code.clone())).collect()
}

const FILE: &str = "Customer no;Name;Country;City;Street;Remark\n\
    1;Noorderlicht B.V.;Netherlands;Hoorn;Kade 1;x\n\
    2;Rheintal GmbH;DE;Köln;Ufer 3;\n\
    3;Nobody;Atlantis;;;=1+1\n\
    2;Rheintal Chemie GmbH;DE;Köln;Ufer 3;\n";

async fn import_file(world: &World, me: &Somebody, file: &str) -> Import {
    let id = import::upload(world, &me.who, me.org, "customers.csv", file.as_bytes().to_vec()).await.unwrap();
    let found = import::view(world, &me.who, id).await.unwrap();
    import::set_mapping(world, &me.who, id, &guessed(&found)).await.unwrap();
    worked(world, me, id).await
}

#[tokio::test]
async fn a_file_is_tried_carried_out_and_the_same_file_changes_nothing() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let name = import::upload(&world, &me.who, me.org, "a.ods", b"Name\nA".to_vec()).await;
    assert_eq!(problem(name), "file");
    let id = import::upload(&world, &me.who, me.org, "customers.csv", FILE.as_bytes().to_vec()).await.unwrap();
    let found = import::view(&world, &me.who, id).await.unwrap();
    let codes = guessed(&found);
    assert_eq!(codes[..2], ["identity.own_number", "identity.legal_name"]);
    assert_eq!((codes[5].as_str(), found.stage, found.sample.len()), ("", Stage::Mapping, 3));
    assert_eq!(problem(import::set_mapping(&world, &me.who, id, &["address.1.town".into()]).await), "column-0");
    let twice = vec!["identity.legal_name".to_owned(); 2];
    assert_eq!(problem(import::set_mapping(&world, &me.who, id, &twice).await), "column-1");
    assert!(matches!(import::confirm(&world, &me.who, id).await, Err(Refusal::NotPossible(_))));
    let mut named = codes.clone();
    named[5] = "identity.note".into();
    import::set_mapping(&world, &me.who, id, &named).await.unwrap();
    let tried = worked(&world, &me, id).await;
    assert_eq!(tried.stage, Stage::Tried);
    assert_eq!((tried.counts.adds, tried.counts.wrong, tried.counts.total), (3, 1, 4));
    assert_eq!((tried.wrong[0].line, tried.wrong[0].problems[0].0.as_str()), (4, "Country of registration"));
    let all = Filter::default();
    assert_eq!(list(&world, &me.who, me.org, &all, None, 9).await.unwrap().all, 0, "nothing before it is confirmed");
    import::confirm(&world, &me.who, id).await.unwrap();
    let done = worked(&world, &me, id).await;
    assert_eq!((done.stage, done.counts.left), (Stage::Done, 0));
    assert_eq!((done.counts.adds, done.counts.changes), (2, 1), "the second row of a customer changes the first");
    let page = list(&world, &me.who, me.org, &all, None, 9).await.unwrap();
    assert_eq!(
        page.items.iter().map(|item| item.name.as_str()).collect::<Vec<_>>(),
        ["Noorderlicht B.V.", "Rheintal Chemie GmbH"]
    );
    let one = view(&world, &me.who, page.items[0].id).await.unwrap();
    assert_eq!((one.version, one.customer.text("identity", "note")), (1, "x"));
    let (titles, wrong) = crate::export::wrong_rows(&world, &me.who, id, "csv").await.unwrap();
    assert_eq!((titles.len(), wrong.len(), wrong[0].cells[5].as_str()), (6, 1, "=1+1"));
    // The same file again: what its columns are is remembered, and the first row is as it was.
    let again = import_file(&world, &me, &FILE.lines().take(2).collect::<Vec<_>>().join("\n")).await;
    assert_eq!(guessed(&again)[5], "identity.note");
    assert_eq!((again.counts.same, again.counts.left), (1, 0));
    assert!(matches!(import::confirm(&world, &me.who, again.id).await, Err(Refusal::NotPossible(_))));
    world.wait(import::LIFE + 1);
    crate::worker::sweep(&world).await.unwrap();
    gone(import::view(&world, &me.who, id).await, "an old import");
    assert!(crate::audit::verify(&mut world.db.reader()).await.is_ok());
}

fn many(rows: usize) -> String {
    let rows = (0..rows).map(|n| format!("N{n};Customer {n};NL\n"));
    std::iter::once("Customer no;Name;Country\n".to_owned()).chain(rows).collect()
}

#[tokio::test]
async fn an_import_can_be_stopped_and_goes_on_after_a_crash() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let tried = import_file(&world, &me, &many(120)).await;
    assert_eq!((tried.counts.adds, tried.stage), (120, Stage::Tried));
    import::confirm(&world, &me.who, tried.id).await.unwrap();
    // A worker that dies in a transaction leaves what was before it.
    let tx = world.db.begin().await.unwrap();
    drop(tx);
    let other = crate::Context { clock: world.clock.clone(), ..world.ctx.clone() };
    assert_eq!(worked(&world, &me, tried.id).await.counts.adds, 120);
    assert!(!import::work(&other).await.unwrap(), "a second worker finds nothing to do");
    let second = import_file(&world, &me, &many(5).replace("NL", "BE")).await;
    assert_eq!(second.counts.changes, 5);
    import::cancel(&world, &me.who, second.id).await.unwrap();
    assert_eq!(worked(&world, &me, second.id).await.stage, Stage::Cancelled);
    assert!(matches!(import::cancel(&world, &me.who, second.id).await, Err(Refusal::NotPossible(_))));
    let first = list(&world, &me.who, me.org, &Filter::default(), None, 1).await.unwrap();
    assert_eq!((first.all, first.items[0].country.map(|country| country.code())), (120, Some("NL")));
}

#[tokio::test]
async fn whoever_lost_the_right_imports_nothing_more() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let tried = import_file(&world, &me, &many(3)).await;
    import::confirm(&world, &me.who, tried.id).await.unwrap();
    let mut tx = world.db.begin().await.unwrap();
    let person = me.who.person.as_ref().unwrap().id;
    store::person::set_role(&mut tx, person, me.org, Role::CompanyReader.code()).await.unwrap();
    tx.commit().await.unwrap();
    assert!(!import::work(&world).await.unwrap());
    let admin = somebody(&world, "admin@meridian-reagents.example").await;
    assert_eq!(import::view(&world, &admin.who, tried.id).await.unwrap().stage, Stage::Cancelled);
    let page = list(&world, &admin.who, OrgId(me.org.0), &Filter::default(), None, 1).await.unwrap();
    assert_eq!(page.all, 0);
}
