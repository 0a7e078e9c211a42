//! Feeds of notices: Atom (RFC 4287), JSON Feed 1.1, and events for calendars (RFC 5545), only as text: no marks, no HTML.
//!
//! Public ones hold what everybody may read, whoever asks. A person's own ([`services::feed`]) hold what concerns them; of
//! what is not for everybody there is a title and a summary.

use domain::{
    answers::when::LocalTime,
    date::Date,
    ical::{self, When},
    markdown::Document,
    notice::{Card, Event, Kind, NoticeRef},
    time::Timestamp,
};
use serde_json::json;
use services::{
    Refusal,
    notice::{self, Filter, Item, Shown},
};

use super::{one, public, shown};
use crate::{
    format::machine,
    text::{ahead, common, notices::texts},
    web::{Outcome, Reply, Req},
};

/// What a feed says of a notice.
struct Entry {
    /// Its address, which is its identity too.
    url: String,
    title: String,
    summary: String,
    text: String,
    lang: String,
    publisher: String,
    published: Timestamp,
    updated: Timestamp,
    kind: Kind,
}

/// A feed.
struct Feed {
    /// Its own address.
    own: String,
    /// The page that it follows.
    page: String,
    title: String,
    public: bool,
    entries: Vec<Entry>,
}

/// What everybody may read.
async fn public_feed(req: &Req, path: &str) -> Result<Feed, Refusal> {
    let found = notice::public(req.ctx(), &public::filter(&req.query), None).await?;
    let title = format!("{} – {}", texts(req.lang).title, common::texts(req.lang).product);
    Ok(Feed {
        own: url(req, path),
        page: url(req, "/notices"),
        title,
        public: true,
        entries: entries(req, found.items).await?,
    })
}

/// What concerns the one whose key stands in the address.
async fn own_feed(req: &Req, end: &str) -> Result<Feed, Refusal> {
    let token = req.param("token");
    let who = services::feed::behind(req.ctx(), token).await?;
    let found = notice::concerning(req.ctx(), &who, &public::filter(&req.query)).await?;
    let title = format!("{} – {}", texts(req.lang).own_feed, common::texts(req.lang).product);
    Ok(Feed {
        own: url(req, &format!("/feeds/{token}/{end}")),
        page: url(req, "/me/inbox"),
        title,
        public: false,
        entries: entries(req, found).await?,
    })
}

async fn entries(req: &Req, items: Vec<Item>) -> Result<Vec<Entry>, Refusal> {
    let mut entries = Vec::new();
    for item in items {
        entries.push(entry(req, item).await?);
    }
    Ok(entries)
}

async fn entry(req: &Req, item: Item) -> Result<Entry, Refusal> {
    let (title, summary, lang) = shown::words(&item.card, req.lang.tag());
    let whole = notice::shown(req.ctx(), &domain::access::Principal::default(), &item.reference).await;
    // Not for everybody, or withdrawn meanwhile: then its title and summary are all that is said.
    let content = whole.ok().and_then(|whole| whole.content);
    let text = content.and_then(|content| {
        let text = content.text(&lang)?;
        let parts = [Document::of(&text.action).plain(), Document::of(&text.body).plain()];
        Some(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n"))
    });
    Ok(Entry {
        url: url(req, &format!("/notices/{}", item.reference)),
        title,
        text: text.unwrap_or_else(|| summary.clone()),
        summary,
        lang,
        publisher: item.publisher,
        published: item.published,
        updated: item.revised,
        kind: item.card.kind,
    })
}

/// A whole address: from the settings, never from the request.
fn url(req: &Req, path: &str) -> String {
    format!("{}{}", req.ctx().config.base_url, req.to(path))
}

/// Text in XML: what has a meaning there is escaped, what may not stand there is left out.
pub(crate) fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => out.push(c),
        }
    }
    out
}

/// The Atom feed.
pub(super) async fn atom(req: Req) -> Outcome {
    Ok(atom_of(&req, public_feed(&req, "/notices/feed.atom").await?))
}

/// The same of one's own.
pub(super) async fn own_atom(req: Req) -> Outcome {
    Ok(atom_of(&req, own_feed(&req, "notices.atom").await?))
}

fn atom_of(req: &Req, feed: Feed) -> Reply {
    let updated = feed.entries.iter().map(|one| one.updated).max().unwrap_or_else(|| req.ctx().now());
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n<id>{}</id>\n\
         <title>{}</title>\n<updated>{}</updated>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n",
        req.lang.tag(),
        xml(&feed.own),
        xml(&feed.title),
        machine(updated),
        xml(&feed.own),
        xml(&feed.page),
    );
    for one in feed.entries {
        out.push_str(&format!(
            "<entry xml:lang=\"{}\">\n<id>{url}</id>\n<title type=\"text\">{}</title>\n<link rel=\"alternate\" type=\"text/html\" href=\"{url}\"/>\n\
             <published>{}</published>\n<updated>{}</updated>\n<author><name>{}</name></author>\n<category term=\"{}\" label=\"{}\"/>\n\
             <summary type=\"text\">{}</summary>\n<content type=\"text\">{}</content>\n</entry>\n",
            xml(&one.lang),
            xml(&one.title),
            machine(one.published),
            machine(one.updated),
            xml(&one.publisher),
            one.kind.code(),
            xml(one.kind.label()),
            xml(&one.summary),
            xml(&one.text),
            url = xml(&one.url),
        ));
    }
    out.push_str("</feed>\n");
    Reply::Feed { media_type: "application/atom+xml; charset=utf-8", body: out, public: feed.public }
}

/// The JSON feed.
pub(super) async fn json(req: Req) -> Outcome {
    Ok(json_of(&req, &public_feed(&req, "/notices/feed.json").await?))
}

/// The same of one's own.
pub(super) async fn own_json(req: Req) -> Outcome {
    Ok(json_of(&req, &own_feed(&req, "notices.json").await?))
}

fn json_of(req: &Req, feed: &Feed) -> Reply {
    let items: Vec<_> = feed
        .entries
        .iter()
        .map(|one| {
            json!({
                "id": one.url,
                "url": one.url,
                "title": one.title,
                "summary": one.summary,
                "content_text": one.text,
                "date_published": machine(one.published),
                "date_modified": machine(one.updated),
                "authors": [{ "name": one.publisher }],
                "tags": [one.kind.label()],
                "language": one.lang,
            })
        })
        .collect();
    let whole = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.own,
        "language": req.lang.tag(),
        "items": items,
    });
    Reply::Feed { media_type: "application/feed+json; charset=utf-8", body: whole.to_string(), public: feed.public }
}

/// A notice as an entry of a calendar, if it has an event.
fn entry_of(req: &Req, (number, revision): (&NoticeRef, i64), card: &Card, stamp: Timestamp) -> Option<ical::Entry> {
    let event = card.event.as_ref()?;
    let (title, about, _) = shown::words(card, req.lang.tag());
    Some(ical::Entry {
        uid: format!("{number}@forerunner"),
        sequence: revision - 1,
        stamp,
        when: when(event),
        title,
        about,
        place: event.place.clone(),
        url: url(req, &format!("/notices/{number}")),
    })
}

/// An event that begins on a day without a time takes whole days. One that begins at a time and ends on a day ends with it.
fn when(event: &Event) -> When {
    let instant = |at: LocalTime| notice::instant_of(at, &event.zone);
    let end_of = |at: LocalTime| {
        let next = Date::from_days(at.date.days() + 1);
        instant(if at.clock().is_some() { at } else { LocalTime { date: next, ..at } })
    };
    match event.starts.clock().and_then(|_| instant(event.starts)) {
        Some(starts) => When::Times(starts, event.ends.and_then(end_of)),
        None => When::Days(event.starts.date, event.ends.map_or(event.starts.date, |ends| ends.date)),
    }
}

/// All public events.
pub(super) async fn events(req: Req) -> Outcome {
    let found = notice::public(req.ctx(), &of_events(), None).await?.items;
    let entries = events_of(&req, &found);
    Ok(Reply::Feed { media_type: CALENDAR, body: ical::write(texts(req.lang).title, &entries), public: true })
}

/// What is ahead for the one whose key stands in the address: events of notices, dates of associations, last days of
/// consultations.
pub(super) async fn own_calendar(req: Req) -> Outcome {
    let who = services::feed::behind(req.ctx(), req.param("token")).await?;
    let mut entries = events_of(&req, &notice::concerning(req.ctx(), &who, &of_events()).await?);
    let dates = services::feed::ahead(req.ctx(), &who).await?;
    entries.extend(services::association::calendar::entries(req.ctx(), ahead::texts(req.lang).closes, &dates));
    Ok(Reply::Feed { media_type: CALENDAR, body: ical::write(texts(req.lang).own_calendar, &entries), public: false })
}

fn of_events() -> Filter {
    Filter { kind: Some(Kind::Event), ..Filter::default() }
}

fn events_of(req: &Req, found: &[Item]) -> Vec<ical::Entry> {
    let entry = |item: &Item| entry_of(req, (&item.reference, item.revision), &item.card, item.revised);
    found.iter().filter_map(entry).collect()
}

/// One event, also of a notice that is not for everybody: for who may see it.
pub(super) async fn event(req: Req) -> Outcome {
    let found: Shown = notice::shown(req.ctx(), &req.principal, &req.parsed("notice")?).await?;
    let card = found.content.as_ref().ok_or(Refusal::NotFound)?.card();
    let entry = entry_of(&req, (&found.reference, found.newest), &card, found.revised).ok_or(Refusal::NotFound)?;
    let body = ical::write(texts(req.lang).title, &[entry]);
    // What everybody may read may be kept on the way; the rest is a download that nobody keeps.
    match one::for_everybody(&req).await {
        Ok(_) => Ok(Reply::Feed { media_type: CALENDAR, body, public: true }),
        Err(_) => {
            let name = format!("{}.ics", found.reference);
            Ok(Reply::File { name, media_type: CALENDAR, body: body.into_bytes() })
        }
    }
}

const CALENDAR: &str = "text/calendar; charset=utf-8";

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use domain::answers::when::Order;

    use super::*;

    #[test]
    fn what_has_a_meaning_is_escaped() {
        assert_eq!(xml("<b>\"&\"</b>\u{0}\u{B}x\n"), "&lt;b&gt;&quot;&amp;&quot;&lt;/b&gt;x\n");
    }

    #[test]
    fn an_event_takes_the_time_that_was_written() {
        let at = |text: &str| LocalTime::parse(text, Order::DayFirst).unwrap();
        let event = |starts: &str, ends: Option<&str>| Event {
            starts: at(starts),
            ends: ends.map(at),
            zone: "Europe/Amsterdam".into(),
            place: String::new(),
            link: String::new(),
        };
        let day = |day| Date::new(2026, 12, day).unwrap();
        assert_eq!(when(&event("2026-12-01", Some("2026-12-02"))), When::Days(day(1), day(2)));
        assert_eq!(when(&event("2026-12-01", Some("2026-12-02 12:00"))), When::Days(day(1), day(2)));
        let hours = |day: Date, hours: i64| Timestamp(day.days() * Timestamp::DAY + hours * Timestamp::HOUR);
        let nine = hours(day(1), 8);
        assert_eq!(when(&event("2026-12-01 09:00", None)), When::Times(nine, None));
        assert_eq!(when(&event("2026-12-01 09:00", Some("2026-12-01"))), When::Times(nine, Some(hours(day(1), 23))));
    }
}
