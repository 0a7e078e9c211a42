use std::{
    fs,
    path::{Path, PathBuf},
};

use domain::{answers::Answers, ids::CheckId};

use super::*;
use crate::testing::World;

mod own;
mod share;

const ADMIN: &str = "system@forerunner.example";
const OFFICER: &str = "officer@meridian-reagents.example";
const READER: &str = "officer@pco-nl.example";

const HEAD: &str = "id,kind,name,born,nationalities,identifiers,programmes\n";
const FIRST: &str = "1,person,Muhammad Ali Testov,1970,RU,passport: AB123456 (RU),Case 1\n\
                     2,person,Anna Muster,1980-03-04,DE,,Case 2\n\
                     3,organisation,Beispiel Chemiehandel GmbH,,DE,,SDNTK\n";

/// A file in the folder of the world, outside of the one that is watched.
fn file(world: &World, name: &str, content: &str) -> PathBuf {
    let path = world.config.data_dir.join(name);
    fs::write(&path, content).unwrap();
    path
}

async fn load_file(world: &World, by: By<'_>, path: &Path, into: Into<'_>, room: Room) -> Result<Outcome> {
    let found = sort(vec![path.to_owned()]).await?.remove(0);
    load(world, by, found, into, room).await
}

const OWN: Into<'static> = Into { code: "national", label: "National list", means: "watch" };

/// The first version, in force.
async fn begun(world: &World) {
    let path = file(world, "first.csv", &format!("{HEAD}{FIRST}"));
    load_file(world, By::Console, &path, OWN, Room::AtOnce).await.unwrap();
}

async fn steps(world: &World) -> Vec<String> {
    let rows = audit::rows_after(&mut world.db.reader(), 0).await.unwrap();
    let fits = |action: &String| action.starts_with("ManageLists") || action.starts_with("ScreenNames");
    rows.into_iter().map(|row| row.action).filter(fits).collect()
}

fn problems(refusal: Refusal) -> Vec<(String, String)> {
    match refusal {
        Refusal::Invalid(problems) => problems.into_iter().map(|one| (one.field, one.message)).collect(),
        other => panic!("another refusal: {other:?}"),
    }
}

#[tokio::test]
async fn versions_are_loaded_compared_put_in_force_and_gone_back_to() {
    let world = World::with_people().await;
    let admin = world.principal(ADMIN).await;
    begun(&world).await;
    let second = FIRST.replace("1980-03-04", "1981-03-04").replace("3,organisation", "4,organisation");
    let path = file(&world, "second.csv", &format!("{HEAD}{second}5,person,Neu Dazu,,,,\n"));
    let by = By::Person(&admin);
    let outcome = load_file(&world, by, &path, Into { code: "national", ..Into::default() }, Room::Wait).await.unwrap();
    assert_eq!((outcome.number, outcome.entries, outcome.active, outcome.known), (2, 4, false, false));
    let (list, versions) = list(&world, by, "national").await.unwrap();
    assert_eq!(list.active.unwrap().number, 1, "loading puts nothing in force");
    assert_eq!((versions[0].state, versions[0].loader.is_some()), (State::Loaded, true));

    let added = diff(&world, by, "national", 2, None, (Part::Added, "")).await.unwrap();
    assert_eq!((added.added, added.changed, added.removed, added.shrank()), (2, 1, 1, false));
    assert_eq!(added.entries.iter().map(|entry| entry.id.as_str()).collect::<Vec<_>>(), ["4", "5"]);
    let changed = diff(&world, by, "national", 2, None, (Part::Changed, "")).await.unwrap();
    let change = &changed.entries[0].changes;
    assert_eq!((change.len(), change[0].field.as_str()), (1, "births"));
    assert!(change[0].before.contains("1980") && change[0].after.contains("1981"), "{change:?}");
    let removed = diff(&world, by, "national", 2, None, (Part::Removed, "")).await.unwrap();
    assert_eq!(removed.entries[0].name, "Beispiel Chemiehandel GmbH");

    activate(&world, by, "national", 2).await.unwrap();
    assert!(matches!(activate(&world, by, "national", 2).await, Err(Refusal::NotPossible(_))));
    activate(&world, by, "national", 1).await.unwrap();
    assert_eq!(lists(&world, by).await.unwrap()[0].active.as_ref().unwrap().number, 1);
    assert_eq!(
        steps(&world).await,
        [
            "ManageLists: watch list added on the command line",
            "ManageLists: watch list loaded on the command line",
            "ManageLists: watch list put in force on the command line",
            "ManageLists: watch list loaded",
            "ManageLists: watch list put in force",
            "ManageLists: watch list rolled back",
        ]
    );
    assert!(matches!(activate(&world, by, "national", 7).await, Err(Refusal::NotFound)));
    assert!(matches!(activate(&world, by, "other", 1).await, Err(Refusal::NotFound)));
}

#[tokio::test]
async fn the_same_file_is_one_version() {
    let world = World::with_people().await;
    begun(&world).await;
    let path = file(&world, "again.csv", &format!("{HEAD}{FIRST}"));
    let outcome = load_file(&world, By::Console, &path, OWN, Room::Wait).await.unwrap();
    assert_eq!((outcome.number, outcome.known, outcome.active), (1, true, true));
}

#[tokio::test]
async fn a_broken_file_is_refused_whole_and_the_version_before_stays() {
    let world = World::with_people().await;
    begun(&world).await;
    let many: String = (10..5000).map(|id| format!("{id},person,Person Nummer {id},,,,\n")).collect();
    let path = file(&world, "cut.csv", &format!("{HEAD}{many}9999,person,\"Cut off"));
    let refused = problems(load_file(&world, By::Console, &path, OWN, Room::AtOnce).await.unwrap_err());
    assert_eq!(refused[0].0, "file");
    assert!(refused[0].1.starts_with("Nothing was loaded: the file ends too early"), "{refused:?}");
    let (list, versions) = list(&world, By::Console, "national").await.unwrap();
    assert_eq!((list.active.unwrap().number, versions.len()), (1, 1));
    assert_eq!(sweep(&world).await.unwrap(), 0, "nothing is left of it");

    let page = file(&world, "page.html", "<html><body>Not found</body></html>");
    assert!(problems(sort(vec![page]).await.unwrap_err())[0].1.contains("page.html"));
    let screening = Path::new(env!("CARGO_MANIFEST_DIR")).join("../screening/tests/lists");
    let lei = problems(load_file(&world, By::Console, &screening.join("lei.xml"), OWN, Room::Wait).await.unwrap_err());
    assert!(lei[0].1.contains("companies"), "{lei:?}");
    let into = Into { code: "un", ..Into::default() };
    let eu = problems(load_file(&world, By::Console, &screening.join("eu.xml"), into, Room::Wait).await.unwrap_err());
    assert!(eu[0].1.contains("not a format of the list"), "{eu:?}");
    let nameless = Into { code: "", label: "", means: "" };
    let own = problems(load_file(&world, By::Console, &path, nameless, Room::Wait).await.unwrap_err());
    assert_eq!(own[0].0, "code");
}

#[tokio::test]
async fn a_published_set_finds_its_list_by_itself() {
    let world = World::with_people().await;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../screening/tests/lists/ofac");
    let paths = fs::read_dir(folder).unwrap().map(|item| item.unwrap().path()).collect();
    let found = sort(paths).await.unwrap().remove(0);
    let outcome = load(&world, By::Console, found, Into::default(), Room::Wait).await.unwrap();
    assert_eq!(outcome.code, "ofac-sdn");
    let (list, versions) = list(&world, By::Console, "ofac-sdn").await.unwrap();
    assert_eq!((list.means, versions[0].files.len()), (Meaning::FinancialSanctions, 4));
}

#[tokio::test]
async fn a_load_that_was_broken_off_is_swept() {
    let world = World::with_people().await;
    begun(&world).await;
    let list = rows::list(&mut world.db.reader(), "national").await.unwrap().unwrap();
    let mut tx = world.db.begin().await.unwrap();
    let new = rows::NewVersion {
        id: world.new_id(),
        list: list.id,
        format: "own",
        files: "x",
        sha256: [1; 32],
        bytes: 1,
        by: None,
        at: world.now(),
    };
    rows::begin(&mut tx, new).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(sweep(&world).await.unwrap(), 0, "it may still be at work");
    world.wait(Timestamp::HOUR);
    assert_eq!(sweep(&world).await.unwrap(), 1);
}

#[tokio::test]
async fn only_who_runs_the_installation_changes_lists() {
    let world = World::with_people().await;
    begun(&world).await;
    for email in [OFFICER, READER] {
        let other = world.principal(email).await;
        let by = By::Person(&other);
        assert!(matches!(lists(&world, by).await, Err(Refusal::NotFound)), "{email}");
        assert!(matches!(list(&world, by, "national").await, Err(Refusal::NotFound)), "{email}");
        assert!(matches!(activate(&world, by, "national", 1).await, Err(Refusal::NotFound)), "{email}");
        let compared = diff(&world, by, "national", 1, None, (Part::Added, "")).await;
        assert!(matches!(compared, Err(Refusal::NotFound)), "{email}");
        let changed = change(&world, &other, "national", ("X", "watch", true)).await;
        assert!(matches!(changed, Err(Refusal::NotFound)), "{email}");
        let path = file(&world, "other.csv", &format!("{HEAD}{FIRST}x,person,X,,,,\n"));
        assert!(matches!(load_file(&world, by, &path, OWN, Room::Wait).await, Err(Refusal::NotFound)), "{email}");
    }
    let admin = world.principal(ADMIN).await;
    let wrong = problems(change(&world, &admin, "national", (" ", "no", true)).await.unwrap_err());
    assert_eq!(wrong.iter().map(|(field, _)| field.as_str()).collect::<Vec<_>>(), ["label", "means"]);
    change(&world, &admin, "national", (" Our  list ", "narcotics", true)).await.unwrap();
    let list = lists(&world, By::Person(&admin)).await.unwrap().remove(0);
    assert_eq!((list.label.as_str(), list.means, list.automatic), ("Our list", Meaning::Narcotics, true));
}

fn asked(fields: &[(&str, &str)]) -> Answers {
    fields.iter().copied().collect()
}

async fn ask(world: &World, email: &str, fields: &[(&str, &str)]) -> Result<CheckId> {
    let who = world.principal(email).await;
    screen(world, &who, who.memberships[0].org, &asked(fields)).await
}

#[tokio::test]
async fn a_check_is_kept_with_everything_by_which_it_was_answered() {
    let world = World::with_people().await;
    begun(&world).await;
    let fields = [("kind", "person"), ("names", "Testow, Mohamed Aly"), ("birth", "1970"), ("country", "RU")];
    let id = ask(&world, OFFICER, &fields).await.unwrap();
    let who = world.principal(OFFICER).await;
    let org = who.memberships[0].org;
    let then = check(&world, &who, org, id).await.unwrap();
    assert_eq!((then.engine.as_str(), then.threshold.as_str()), (screening::VERSION, "0.70"));
    assert_eq!((then.lists.len(), then.lists[0].number, then.hits.len()), (1, 1, 1));
    let hit = &then.hits[0];
    assert_eq!((hit.entry.id.as_str(), hit.name.as_str()), ("1", "Muhammad Ali Testov"));
    assert!(hit.score > 0.8 && hit.support.len() == 2, "{hit:?}");
    assert_eq!(hit.means, [Meaning::Watch]);

    // Another version says something else; what was known that day stays.
    let path = file(&world, "next.csv", &format!("{HEAD}9,person,Ganz Anders,,,,\n"));
    load_file(&world, By::Console, &path, OWN, Room::AtOnce).await.unwrap();
    refresh(&world).await.unwrap();
    world.wait(Timestamp::DAY);
    assert_eq!(check(&world, &who, org, id).await.unwrap(), then);
    let now = ask(&world, OFFICER, &fields).await.unwrap();
    let now = check(&world, &who, org, now).await.unwrap();
    assert_eq!((now.lists[0].number, now.hits.len(), now.line.count), (2, 0, 0));
    let (lines, more) = checks(&world, &who, org, None).await.unwrap();
    assert_eq!((lines.len(), more, lines[1].id, lines[1].asking.title()), (2, false, id, "Testow, Mohamed Aly"));
    assert_eq!(checks(&world, &who, org, Some(lines[0].id)).await.unwrap().0.len(), 1);
    assert!(steps(&world).await.contains(&"ScreenNames: name asked for on the watch lists".to_owned()));
}

#[tokio::test]
async fn a_glance_counts_and_keeps_nothing() {
    let world = World::with_people().await;
    let ask = |name: &str, kind| screening::evidence::Asked {
        kind,
        names: vec![name.to_owned()],
        births: Vec::new(),
        countries: Vec::new(),
        identifiers: Vec::new(),
        addresses: Vec::new(),
    };
    let org = crate::report::tests::reporter(&world).await.org;
    let (person, firm) = (screening::entry::Kind::Person, screening::entry::Kind::Organisation);
    let asked = vec![ask("Testow, Mohamed Aly", person), ask("Qzzwx Vvrkt", firm)];
    assert_eq!(glance(&world, org, asked.clone()).await.unwrap(), None, "no list is in force");
    begun(&world).await;
    refresh(&world).await.unwrap();
    let before = steps(&world).await;
    assert_eq!(glance(&world, org, asked).await.unwrap(), Some(vec![1, 0]));
    assert_eq!(steps(&world).await, before);
}

#[tokio::test]
async fn a_number_decides_and_a_programme_says_what_it_means() {
    let world = World::with_people().await;
    begun(&world).await;
    let who = world.principal(READER).await;
    let org = who.memberships[0].org;
    let number = [("number_kind", "passport"), ("number", "AB 123456")];
    let id = ask(&world, READER, &number).await.unwrap();
    let found = check(&world, &who, org, id).await.unwrap();
    assert_eq!((found.hits[0].entry.id.as_str(), found.line.asking.title()), ("1", "AB 123456"));
    assert!((found.hits[0].score - 1.0).abs() < f32::EPSILON);
    let firm = ask(&world, READER, &[("kind", "organisation"), ("names", "Beispiel Chemiehandel")]).await.unwrap();
    let found = check(&world, &who, org, firm).await.unwrap();
    assert_eq!(found.hits[0].means, [Meaning::Narcotics, Meaning::Watch]);
}

#[tokio::test]
async fn checks_stay_within_their_organisation() {
    let world = World::with_people().await;
    begun(&world).await;
    let id = ask(&world, OFFICER, &[("names", "Anna Muster")]).await.unwrap();
    let (own, other) = (world.principal(OFFICER).await, world.principal(READER).await);
    let (company, authority) = (own.memberships[0].org, other.memberships[0].org);
    assert!(check(&world, &own, company, id).await.is_ok());
    assert!(matches!(check(&world, &other, authority, id).await, Err(Refusal::NotFound)));
    assert!(matches!(check(&world, &other, company, id).await, Err(Refusal::NotFound)));
    assert!(matches!(checks(&world, &other, company, None).await, Err(Refusal::NotFound)));
    assert_eq!(checks(&world, &other, authority, None).await.unwrap().0.len(), 0);
    let admin = world.principal(ADMIN).await;
    assert!(matches!(in_force(&world, &admin, company).await, Err(Refusal::NotFound)));
    assert_eq!(in_force(&world, &own, company).await.unwrap()[0].label, "National list");
}

#[tokio::test]
async fn what_cannot_be_asked_is_said_by_field() {
    let world = World::with_people().await;
    assert!(matches!(ask(&world, OFFICER, &[("names", "Anna")]).await, Err(Refusal::NotPossible(_))));
    begun(&world).await;
    refresh(&world).await.unwrap();
    let fields = |refusal| problems(refusal).into_iter().map(|(field, _)| field).collect::<Vec<_>>();
    assert_eq!(fields(ask(&world, OFFICER, &[]).await.unwrap_err()), ["names"]);
    let long = "x".repeat(201);
    let wrong = [
        ("names", long.as_str()),
        ("birth", "soon"),
        ("country", "Nowhere"),
        ("number", long.as_str()),
        ("address", long.as_str()),
    ];
    assert_eq!(
        fields(ask(&world, OFFICER, &wrong).await.unwrap_err()),
        ["birth", "country", "names", "number", "address"]
    );
    let many = (0..11).map(|n| format!("Name {n}\n")).collect::<String>();
    assert_eq!(fields(ask(&world, OFFICER, &[("names", &many)]).await.unwrap_err()), ["names"]);
    for strange in ["\u{202e}\u{0}", "💣", "''; --", "…"] {
        ask(&world, OFFICER, &[("names", strange)]).await.unwrap();
    }
}

#[tokio::test]
async fn the_folder_takes_what_lies_still_and_says_why_not() {
    let world = World::with_people().await;
    begun(&world).await;
    let admin = world.principal(ADMIN).await;
    change(&world, &admin, "national", ("National list", "watch", true)).await.unwrap();
    assert_eq!(folder::look(&world).await.unwrap(), 0);
    let room = folder::path(&world);
    let path = room.join("national.csv");
    fs::write(&path, format!("{HEAD}{FIRST}")).unwrap();
    assert_eq!(folder::look(&world).await.unwrap(), 0, "it may still be growing");
    fs::write(&path, format!("{HEAD}{FIRST}6,person,Spaet Dazu,,,,\n")).unwrap();
    fs::write(room.join("stranger.csv"), format!("{HEAD}{FIRST}")).unwrap();
    fs::write(room.join("notes.txt"), "nothing of the kind").unwrap();
    fs::write(room.join(".hidden.csv"), "x").unwrap();
    assert_eq!(folder::look(&world).await.unwrap(), 0);
    assert_eq!(folder::look(&world).await.unwrap(), 3);
    let (list, versions) = list(&world, By::Console, "national").await.unwrap();
    assert_eq!((list.active.unwrap().number, versions.len()), (2, 2), "it is put in force as the list is set");
    let names = |room: PathBuf| {
        let mut names: Vec<String> = fs::read_dir(room)
            .unwrap()
            .map(|item| item.unwrap().file_name().to_string_lossy().split_once('-').unwrap().1.to_owned())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names(room.join("done")), ["national.csv"]);
    assert_eq!(names(room.join("refused")), ["notes.txt", "notes.txt.why.txt", "stranger.csv", "stranger.csv.why.txt"]);
    assert!(room.join(".hidden.csv").exists());

    // Much less than before is not put in force by itself.
    fs::write(&path, format!("{HEAD}1,person,Allein,,,,\n")).unwrap();
    folder::look(&world).await.unwrap();
    assert_eq!(folder::look(&world).await.unwrap(), 1);
    assert_eq!(lists(&world, By::Console).await.unwrap()[0].active.as_ref().unwrap().number, 2);
}
