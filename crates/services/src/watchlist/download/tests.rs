//! Downloads from a server of one's own on this machine, which is reachable here because the tests say so.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    time::Duration,
};

use super::*;
use crate::{
    testing::World,
    watchlist::{self, lists},
};

const HEAD: &str = "id,kind,name\n";

/// What a path answers: everything after the status line's version. With `{etag}` a request that knows it gets a 304.
type Answers = BTreeMap<&'static str, String>;

/// A server that answers as it is told, and remembers what it was asked.
struct Server {
    address: String,
    answers: Arc<Mutex<Answers>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let server = Self { address, answers: Arc::default(), asked: Arc::default() };
        let (answers, asked) = (server.answers.clone(), server.asked.clone());
        std::thread::spawn(move || {
            // Connections that stay open, so that nothing more comes and nothing ends.
            let mut held = Vec::new();
            for stream in listener.incoming().flatten() {
                // A client that goes away is its own business.
                held.extend(answer(stream, &answers, &asked).ok().flatten());
            }
        });
        server
    }

    fn says(&self, path: &'static str, answer: impl std::convert::Into<String>) {
        self.answers.lock().unwrap().insert(path, answer.into());
    }

    fn file(&self, path: &'static str, etag: &str, body: &str) {
        let length = body.len();
        self.says(
            path,
            format!("200 OK\r\netag: {etag}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"),
        );
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }

    fn downloads(&self, lists: &[(&str, &str)]) -> Downloads {
        let mut new = Downloads::default();
        new.client.guard = Guard { inside: vec!["127.0.0.1".into()], plain: true };
        for (code, path) in lists {
            new.lists.entry((*code).into()).or_default().push(format!("{}{path}", self.address));
        }
        new
    }
}

fn answer(
    stream: TcpStream,
    answers: &Mutex<Answers>,
    asked: &Mutex<Vec<String>>,
) -> std::io::Result<Option<TcpStream>> {
    let (mut first, mut knows) = (String::new(), String::new());
    let mut reader = BufReader::new(stream.try_clone()?);
    reader.read_line(&mut first)?;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        if line.trim().is_empty() {
            break;
        }
        if let Some(etag) = line.strip_prefix("if-none-match: ") {
            etag.trim().clone_into(&mut knows);
        }
    }
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let told = answers.lock().unwrap().get(path.as_str()).cloned().unwrap_or_else(|| "404 Not Found\r\n\r\n".into());
    let same = !knows.is_empty() && told.contains(&format!("etag: {knows}\r\n"));
    let told = if same { "304 Not Modified\r\nconnection: close\r\n\r\n".into() } else { told };
    asked.lock().unwrap().push(path);
    (&stream).write_all(format!("HTTP/1.1 {told}").as_bytes())?;
    Ok(told.contains("x-hold").then_some(stream))
}

async fn tried(world: &World, downloads: &Downloads) -> Download {
    let _ = look(world, downloads).await;
    watchlist::downloads(world, By::Console).await.unwrap().remove(0)
}

async fn world_with_list() -> World {
    let world = World::empty().await;
    let path = world.config.data_dir.join("first.csv");
    std::fs::write(&path, format!("{HEAD}1,person,Anna Muster\n")).unwrap();
    let found = sort(vec![path]).await.unwrap().remove(0);
    let into = Into { code: "national", label: "National", means: "watch" };
    load(&world, By::Console, found, into, Room::AtOnce).await.unwrap();
    world
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_fetched_when_due_and_not_again_while_it_stays_the_same() {
    let (world, server) = (world_with_list().await, Server::start());
    server.file("/n.csv", "\"one\"", &format!("{HEAD}1,person,Anna Muster\n2,person,Neu Dazu\n"));
    let downloads = server.downloads(&[("national", "/n.csv")]);
    begin(&world, &downloads).await.unwrap();
    let first = tried(&world, &downloads).await;
    assert_eq!((first.outcome.as_str(), first.failed), ("Version 2 was loaded. It waits to be put in force.", false));
    assert_eq!(first.next_at, world.now().plus(24 * Timestamp::HOUR));
    assert_eq!(look(&world, &downloads).await.unwrap(), 0, "not due");
    world.wait(25 * Timestamp::HOUR);
    assert_eq!(tried(&world, &downloads).await.outcome, "Has not changed since.");
    server.file("/n.csv", "\"two\"", &format!("{HEAD}1,person,Anna Muster\n2,person,Neu Dazu\n"));
    world.wait(25 * Timestamp::HOUR);
    assert_eq!(tried(&world, &downloads).await.outcome, "The same file as version 2.");
    assert_eq!(server.asked().len(), 3);
    assert_eq!(lists(&world, By::Console).await.unwrap()[0].active.as_ref().unwrap().number, 1);
    begin(&world, &Downloads::default()).await.unwrap();
    assert_eq!(watchlist::downloads(&world, By::Console).await.unwrap(), [], "the settings name it no longer");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_cut_off_or_something_else_leaves_the_version_before() {
    let (world, server) = (world_with_list().await, Server::start());
    let downloads = server.downloads(&[("national", "/n.csv")]);
    begin(&world, &downloads).await.unwrap();
    let row = format!("{HEAD}1,person,Anna Muster\n");
    let long = format!("200 OK\r\ncontent-length: 5000\r\nconnection: close\r\n\r\n{row}");
    for (says, why) in [
        (long, "the file did not arrive whole"),
        (
            format!("200 OK\r\ncontent-encoding: br\r\ncontent-length: {}\r\n\r\n{row}", row.len()),
            "packed the file (br)",
        ),
        (
            "200 OK\r\ncontent-length: 27\r\nconnection: close\r\n\r\n<html><p>Sign in</p></html>".into(),
            "is no list in a format",
        ),
        ("500 Internal Server Error\r\nconnection: close\r\n\r\n".into(), "answered with 500"),
        (
            "302 Found\r\nlocation: https://10.0.0.1/secret\r\nconnection: close\r\n\r\n".into(),
            "not an address of the public network",
        ),
        ("302 Found\r\nlocation: http://lists.example.org/\r\nconnection: close\r\n\r\n".into(), "only https is used"),
        ("302 Found\r\nlocation: /n.csv\r\nconnection: close\r\n\r\n".into(), "leads on and on"),
        ("301 Moved\r\nconnection: close\r\n\r\n".into(), "leads on and on"),
    ] {
        server.says("/n.csv", says);
        let outcome = tried(&world, &downloads).await;
        assert!(outcome.failed && outcome.outcome.contains(why), "{why}: {outcome:?}");
        assert_eq!(outcome.next_at, world.now().plus(AGAIN), "it is tried again soon");
        assert!(!outcome.outcome.contains("secret"), "{outcome:?}");
        world.wait(AGAIN);
    }
    assert_eq!(lists(&world, By::Console).await.unwrap()[0].active.as_ref().unwrap().number, 1);

    let mut small = downloads.clone();
    small.client.limits.bytes = 10;
    server.file("/n.csv", "\"x\"", &row);
    assert!(tried(&world, &small).await.outcome.contains("larger than"));
    world.wait(AGAIN);
    let mut short = downloads.clone();
    short.client.limits.time = Duration::from_millis(300);
    server.says("/n.csv", format!("200 OK\r\ncontent-length: 50000\r\nx-hold: yes\r\n\r\n{HEAD}"));
    let outcome = tried(&world, &short).await;
    assert!(outcome.failed && outcome.outcome.contains("took too long"), "{outcome:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_taken_over_https_from_who_cannot_prove_to_be_meant() {
    let (world, server) = (world_with_list().await, Server::start());
    server.file("/n.csv", "\"one\"", &format!("{HEAD}9,person,Nobody Said\n"));
    let mut downloads = server.downloads(&[]);
    downloads.lists.insert("national".into(), vec![format!("{}/n.csv", server.address.replace("http:", "https:"))]);
    begin(&world, &downloads).await.unwrap();
    let outcome = tried(&world, &downloads).await;
    assert!(outcome.failed && outcome.outcome.starts_with("Nothing was loaded: "), "{outcome:?}");
    assert_eq!(lists(&world, By::Console).await.unwrap()[0].active.as_ref().unwrap().number, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_set_is_fetched_whole_and_an_unknown_list_is_named() {
    let (world, server) = (World::empty().await, Server::start());
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../screening/tests/lists/ofac");
    let files = ["/SDN.CSV", "/ALT.CSV", "/ADD.CSV", "/SDN_COMMENTS.CSV"];
    for path in files {
        let body = std::fs::read_to_string(folder.join(&path[1..])).unwrap();
        server.file(path, "\"one\"", &body);
    }
    let downloads = server.downloads(&files.map(|path| ("ofac-sdn", path)));
    begin(&world, &downloads).await.unwrap();
    assert_eq!(tried(&world, &downloads).await.outcome, "Version 1 was loaded. It waits to be put in force.");
    let comments = std::fs::read_to_string(folder.join("SDN_COMMENTS.CSV")).unwrap();
    server.file("/SDN_COMMENTS.CSV", "\"two\"", &comments);
    server.asked();
    world.wait(25 * Timestamp::HOUR);
    assert_eq!(tried(&world, &downloads).await.outcome, "The same file as version 1.");
    assert_eq!(server.asked().len(), 7, "three had not changed and were fetched after the one that had");

    server.file("/n.csv", "\"one\"", &format!("{HEAD}1,person,Anna Muster\n"));
    let stranger = server.downloads(&[("stranger", "/n.csv")]);
    begin(&world, &stranger).await.unwrap();
    assert!(tried(&world, &stranger).await.outcome.contains("There is no list “stranger” yet"));
}

#[test]
fn settings_are_read_or_refused_in_words() {
    let read = |lists: &[&str]| {
        Downloads::read(&lists.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>(), 12, &[], b"")
    };
    let two = read(&["un=https://a.example/un.xml", "ofac-sdn=https://b.example/SDN.CSV", " "]).unwrap();
    assert_eq!((two.lists.len(), two.every), (2, 12 * Timestamp::HOUR));
    assert!(Downloads::read(&[], 0, &[], b"").unwrap().is_off());
    for (text, why) in [
        ("https://a.example/un.xml", "CODE=https"),
        ("A list=https://a.example/un.xml", "the code of a list"),
        ("un", "CODE=https"),
        ("un=http://a.example/key", "only https"),
        ("un=https://me:pass@a.example/", "a name or a password"),
    ] {
        let told = read(&[text]).unwrap_err();
        assert!(told.contains(why) && !told.contains("pass@") && !told.contains("/key"), "{told}");
    }
    assert!(Downloads::read(&[], 1, &[], b"-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----").is_err());
}
