//! Notices as they leave: hostile words through every field into page, feed and calendar, and feeds as their formats ask.

use domain::{
    access::Role,
    answers::Answers,
    notice::{Kind, NoticeRef},
    receipt::Second,
};
use quick_xml::{Reader, events::Event};
use services::notice::{self, Begin};

use crate::{
    hostile::texts::{self, WORD},
    support::{
        html,
        site::{Site, principal},
    },
};

/// Publishes a notice with a text in every field; `None` where it cannot be submitted so.
async fn published(site: &Site, text: &str) -> Option<NoticeRef> {
    let org = site.cast.org("pco-nl").id;
    let writer = principal(&site.ctx, &site.cast.player(Role::AuthorityOfficer, "pco-nl").email).await;
    let second = principal(&site.ctx, &site.cast.player(Role::AuthoritySupervisor, "pco-nl").email).await;
    let made = notice::create(&site.ctx, &writer, org, Begin::Empty(Kind::Event, "en")).await.unwrap();
    let own = (org, &made);
    let short: String = text.chars().take(120).collect();
    let body = format!("### {text}\n\n- {text}\n\n> [{short}]({short})\n\n|{short}|\n|-|\n|{short}|\n\n{text}");
    let typed = Answers::from_iter([
        ("access", "public"),
        ("event_starts", "2099-12-01 09:00"),
        ("event_place", short.as_str()),
        ("title.en", short.as_str()),
        ("summary.en", short.as_str()),
        ("body.en", body.as_str()),
        ("action.en", short.as_str()),
        ("note", short.as_str()),
    ]);
    notice::save(&site.ctx, &writer, own, 1, &typed).await.ok()?;
    // What the author would be told of is published all the same: readers are safe whatever the author was told.
    let row = store::notice::find(&mut site.ctx.db.reader(), &made).await.unwrap().unwrap();
    let mut tx = site.ctx.db.begin().await.unwrap();
    let waits = store::notice::NoticeRow { state: "review".to_owned(), ..row };
    store::notice::save(&mut tx, &waits).await.unwrap();
    tx.commit().await.unwrap();
    let version = notice::work(&site.ctx, &second, own).await.unwrap().version;
    notice::publish(&site.ctx, &second, own, version, true).await.unwrap();
    Some(made)
}

/// Every element of a text in XML; fails where it is not well formed.
fn elements(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let (mut names, mut open) = (Vec::new(), 0);
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}: {xml}")) {
            Event::Eof => break,
            Event::Start(tag) => {
                open += 1;
                names.push(tag.name().as_ref().to_owned());
            }
            Event::Empty(tag) => names.push(tag.name().as_ref().to_owned()),
            Event::End(_) => open -= 1,
            _ => {}
        }
    }
    assert_eq!(open, 0, "{xml}");
    names
}

#[tokio::test]
async fn hostile_words_reach_readers_as_letters() {
    let site = Site::new().await;
    let mut tried = 0;
    for text in texts::all() {
        let Some(made) = published(&site, &text.shown()).await else { continue };
        tried += 1;
        for address in
            [format!("/en/notices/{made}"), format!("/en/notices/{made}/revisions/1"), "/en/notices".to_owned()]
        {
            let answer = site.get(&address, None).await;
            assert_eq!(answer.status, 200, "{}: {address}", text.name);
            let page = html::Page::read(&answer.body);
            for tag in &page.tags {
                let typed = tag.name.contains(WORD) || tag.attributes.iter().any(|(name, _)| name.contains(WORD));
                assert!(!typed, "{}: {tag:?}", text.name);
                let to = tag.get("href").unwrap_or_default().to_lowercase();
                assert!(
                    !to.starts_with("javascript") && !to.starts_with("data:") && !to.starts_with("//"),
                    "{}: {to}",
                    text.name
                );
            }
        }
        let atom = site.get("/en/notices/feed.atom", None).await.body;
        assert!(elements(&atom).iter().all(|name| !name.contains(WORD)), "{}", text.name);
        let json = site.get("/en/notices/feed.json", None).await.body;
        serde_json::from_str::<serde_json::Value>(&json).unwrap_or_else(|error| panic!("{}: {error}", text.name));
        let calendar = site.get(&format!("/en/notices/{made}/event.ics"), None).await.body;
        assert!(calendar.split("\r\n").all(|line| line.len() <= 75), "{}: {calendar}", text.name);
        assert_eq!(calendar.matches("\r\nBEGIN:VEVENT\r\n").count(), 1, "{}: {calendar}", text.name);
    }
    assert!(tried >= 20, "only {tried} texts could be published");
}

#[tokio::test]
async fn feeds_are_as_their_formats_ask_and_hold_what_is_public() {
    let site = Site::new().await;
    let reader = site.cast.player(Role::CompanyOfficer, "meridian");
    let atom = site.get("/en/notices/feed.atom", Some(reader)).await;
    assert_eq!(atom.header("content-type"), "application/atom+xml; charset=utf-8");
    let names = elements(&atom.body);
    let count = |name: &str| names.iter().filter(|found| *found == name).count();
    let entries = count("entry");
    assert!(entries >= 2 && names[0] == "feed", "{names:?}");
    assert_eq!((count("id"), count("updated"), count("title")), (entries + 1, entries + 1, entries + 1));
    assert_eq!((count("published"), count("summary"), count("author")), (entries, entries, entries));
    assert!(atom.body.contains("rel=\"self\"") && atom.body.contains("https://forerunner.example/en/notices/NT-"));
    for date in atom.body.split("<updated>").skip(1).filter_map(|rest| rest.split("</updated>").next()) {
        assert!(date.parse::<Second>().is_ok(), "{date}");
    }

    let json = site.get("/en/notices/feed.json", None).await;
    assert_eq!(json.header("content-type"), "application/feed+json; charset=utf-8");
    let feed: serde_json::Value = serde_json::from_str(&json.body).unwrap();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert!(feed["title"].is_string() && feed["feed_url"].is_string());
    let items = feed["items"].as_array().unwrap();
    assert_eq!(items.len(), entries);
    for item in items {
        assert!(item["id"].is_string() && item["content_text"].is_string() && item["title"].is_string(), "{item}");
        assert!(item["date_published"].as_str().unwrap().parse::<Second>().is_ok(), "{item}");
    }

    let events = site.get("/en/notices/events.ics", None).await;
    assert_eq!(events.header("content-type"), "text/calendar; charset=utf-8");
    assert!(
        events.body.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
            && events.body.ends_with("END:VCALENDAR\r\n")
    );
    assert!(events.body.contains("\r\nDTSTART:20991201T080000Z\r\n"), "{}", events.body);

    // Whoever asks: what is for few is in no feed.
    for body in [&atom.body, &json.body, &events.body] {
        assert!(!body.contains("NOTICE-meridian-CANARY") && !body.contains("declaration of use from January"));
    }
}
