//! An anonymous concern through the whole server: what a browser says of its sender reaches neither the disk nor the log, and it
//! works from an onion address without scripts and cookies.

use std::{
    io,
    sync::{Arc, Mutex},
};

use domain::access::Role;
use services::session;
use tracing_subscriber::fmt::MakeWriter;

use crate::support::{
    http::{Answer, Ask},
    site::Site,
};

const AGENT: &str = "Canary-Browser/7.0";
const ADDRESS: &str = "203.0.113.77";
const ONION: &str = "forerunnerexampleforerunnerexampleforerunnerexample2d.onion";
const STORY: &str = "Drums leave the yard at night.";

/// A log that is kept.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// As a browser at an onion address sends it: no scripts, no word of where it comes from but the origin.
fn through_tor(ask: Ask) -> Ask {
    ask.without("sec-fetch-site")
        .header("host", ONION)
        .header("origin", &format!("http://{ONION}"))
        .header("user-agent", AGENT)
        .header("x-forwarded-for", ADDRESS)
}

/// The value of a hidden field.
fn hidden<'a>(answer: &'a Answer, name: &str) -> &'a str {
    let field = format!("name=\"{name}\"");
    let tag = answer.body.split("<input").find(|tag| tag.contains(&field)).unwrap_or_else(|| panic!("{}", answer.body));
    tag.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap()
}

fn multipart(fields: &[(&str, &str)]) -> String {
    let part = |(name, value): &(&str, &str)| {
        format!("--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let file =
        "--B\r\nContent-Disposition: form-data; name=\"files\"; filename=\"notes of A. Canary.txt\"\r\n\r\nseen\r\n";
    format!("{}{file}--B--\r\n", fields.iter().map(part).collect::<String>())
}

fn sending(path: &str, fields: &[(&str, &str)]) -> Ask {
    let ask = Ask::post(path).without("content-type").header("content-type", "multipart/form-data; boundary=B");
    through_tor(ask.body(multipart(fields)))
}

/// The words of the page that shows them.
fn phrase(answer: &Answer) -> String {
    let list = answer.body.split("id=\"phrase-words\"").nth(1).unwrap_or_else(|| panic!("{}", answer.body));
    let words = list.split("lang=\"en\">").skip(1).map(|word| word.split('<').next().unwrap().trim().to_owned());
    words.take(12).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn nothing_of_a_sender_reaches_the_disk_or_the_log() {
    let site = Site::new().await;
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(log.clone()).finish();
    let guard = tracing::subscriber::set_default(subscriber);
    // In a browser in which somebody is signed in: that is not looked at either.
    let player = site.cast.player(Role::CompanyOfficer, "meridian");
    site.ctx.clock.advance(3_600_000_000);
    let before = session::list(&site.ctx, &site.principal(&player.email).await).await.unwrap();
    let page = site.ask(through_tor(Ask::get("/en/concern?country=NL").by(player))).await;
    assert_eq!((page.status, page.header("set-cookie")), (200, ""));
    assert!(page.body.contains("/en/sign-in") && !page.body.contains("/en/sign-out"), "shown as to anybody");
    for outside in ["https://", "http://"] {
        assert!(
            !page.body.contains(&format!("src=\"{outside}")) && !page.body.contains(&format!("action=\"{outside}"))
        );
    }
    let mark = hidden(&page, "form").to_owned();
    // Nothing typed is lost where something is missing.
    let empty = [("form", mark.as_str()), ("country", "NL"), ("who", "Somebody with a van"), ("story", " ")];
    let again = site.ask(sending("/en/concern", &empty).by(player)).await;
    assert_eq!((again.status, hidden(&again, "form")), (422, mark.as_str()));
    assert!(again.body.contains("Somebody with a van") && again.body.contains("href=\"#f-story\""));
    let fields = [("form", mark.as_str()), ("country", "NL"), ("story", STORY)];
    let sent = site.ask(sending("/en/concern", &fields).by(player)).await;
    assert_eq!((sent.status, sent.header("set-cookie"), sent.header("cache-control")), (200, "", "no-store"));
    let phrase = phrase(&sent);
    let twice = site.ask(sending("/en/concern", &fields)).await;
    assert_eq!(self::phrase(&twice), phrase, "sent twice it is one");

    let opened =
        site.ask(through_tor(Ask::post("/en/follow-up").form([("phrase", phrase.to_uppercase().as_str())]))).await;
    assert_eq!(opened.status, 200, "{}", opened.body);
    assert!(!opened.body.contains(STORY), "what was sent at first is not shown again");
    let ticket = hidden(&opened, "ticket").to_owned();
    let said = site.ask(sending("/en/follow-up/reply", &[("ticket", &ticket), ("text", "And on Sunday.")])).await;
    assert!(said.status == 200 && said.body.contains("And on Sunday."), "{}", said.body);
    // A mailbox that was open for too long: nothing that was written is lost.
    site.ctx.clock.advance(3_600_000_000);
    let late = site.ask(sending("/en/follow-up/reply", &[("ticket", &ticket), ("text", "One more thing.")])).await;
    assert!(late.status == 422 && late.body.contains("One more thing."), "{}", late.body);
    let wrong = phrase.split(' ').rev().collect::<Vec<_>>().join(" ");
    let wrong = site.ask(through_tor(Ask::post("/en/follow-up").form([("phrase", wrong.as_str())]))).await;
    assert_eq!(wrong.status, 422);
    drop(guard);

    let after = session::list(&site.ctx, &site.principal(&player.email).await).await.unwrap();
    assert_eq!(format!("{after:?}"), format!("{before:?}"), "the sign-in of that browser was not touched");
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let words: Vec<&str> = phrase.split(' ').collect();
    let secrets = [AGENT, ADDRESS, ONION, "A. Canary", &words[..2].join(" "), &ticket];
    for secret in secrets {
        assert!(!log.contains(secret), "{secret} is in the log: {log}");
    }
    assert!(!log.contains(STORY));
    for (path, bytes) in site.disk() {
        for secret in secrets {
            let lies = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!lies, "{secret} lies in {}", path.display());
        }
    }
}

#[tokio::test]
async fn who_chooses_a_country_without_such_an_authority_is_told_whom_to_call() {
    let site = Site::new().await;
    let start = site.ask(through_tor(Ask::get("/en/concern"))).await;
    assert!(
        start.body.contains("country=NL")
            && !start.body.contains("country=CA")
            && start.body.contains("tel:+16135550142")
    );
    for country in ["CA", "XX", ""] {
        let page = site.ask(through_tor(Ask::get(format!("/en/concern?country={country}")))).await;
        assert!(page.status == 200 && !page.body.contains("name=\"story\""), "{country}");
        let sent = site.ask(sending("/en/concern", &[("country", country), ("story", STORY)])).await;
        assert!((400..500).contains(&sent.status), "{country}: {}", sent.status);
    }
    // Another site cannot send one in somebody's name.
    let forged = sending("/en/concern", &[("country", "NL"), ("story", STORY)])
        .without("origin")
        .header("origin", "https://evil.example");
    assert_eq!(site.ask(forged).await.status, 403);
}
