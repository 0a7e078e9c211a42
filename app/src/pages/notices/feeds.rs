//! Feeds of public notices: Atom (RFC 4287), JSON Feed 1.1, and events for calendars (RFC 5545). Only what everybody may read
//! is in them, whoever asks, and only as text: no marks, no HTML.

use domain::{
    answers::when::LocalTime,
    markdown::Document,
    notice::{Event, Kind},
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
    text::{common, notices::texts},
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

async fn entries(req: &Req) -> Result<Vec<Entry>, Refusal> {
    let filter: Filter = public::filter(&req.query);
    let found = notice::public(req.ctx(), &filter, None).await?;
    let mut entries = Vec::new();
    for item in found.items {
        entries.push(entry(req, item).await?);
    }
    Ok(entries)
}

async fn entry(req: &Req, item: Item) -> Result<Entry, Refusal> {
    let (title, summary, lang) = shown::words(&item.card, req.lang.tag());
    let whole = notice::shown(req.ctx(), &domain::access::Principal::default(), &item.reference).await;
    // Withdrawn meanwhile: then its title and summary are all that is left to say.
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
    let entries = entries(&req).await?;
    Ok(Reply::Feed { media_type: "application/atom+xml; charset=utf-8", body: atom_of(&req, &entries) })
}

fn atom_of(req: &Req, entries: &[Entry]) -> String {
    let (own, page) = (url(req, "/notices/feed.atom"), url(req, "/notices"));
    let updated = entries.iter().map(|one| one.updated).max().unwrap_or_else(|| req.ctx().now());
    let title = format!("{} – {}", texts(req.lang).title, common::texts(req.lang).product);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n<id>{}</id>\n\
         <title>{}</title>\n<updated>{}</updated>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n",
        req.lang.tag(),
        xml(&own),
        xml(&title),
        machine(updated),
        xml(&own),
        xml(&page),
    );
    for one in entries {
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
    out
}

/// The JSON feed.
pub(super) async fn json(req: Req) -> Outcome {
    let entries = entries(&req).await?;
    let items: Vec<_> = entries
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
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": format!("{} – {}", texts(req.lang).title, common::texts(req.lang).product),
        "home_page_url": url(&req, "/notices"),
        "feed_url": url(&req, "/notices/feed.json"),
        "language": req.lang.tag(),
        "items": items,
    });
    Ok(Reply::Feed { media_type: "application/feed+json; charset=utf-8", body: feed.to_string() })
}

/// What a calendar needs of an event.
struct Meeting<'a> {
    url: String,
    number: String,
    revision: i64,
    title: &'a str,
    summary: &'a str,
    event: &'a Event,
    stamp: Timestamp,
}

/// All public events.
pub(super) async fn events(req: Req) -> Outcome {
    let filter = Filter { kind: Some(Kind::Event), ..Filter::default() };
    let found = notice::public(req.ctx(), &filter, None).await?;
    let mut body = String::new();
    for item in &found.items {
        let (title, summary, _) = shown::words(&item.card, req.lang.tag());
        let Some(event) = &item.card.event else { continue };
        let meeting = Meeting {
            url: url(&req, &format!("/notices/{}", item.reference)),
            number: item.reference.to_string(),
            revision: item.revision,
            title: &title,
            summary: &summary,
            event,
            stamp: item.revised,
        };
        body.push_str(&meeting.lines());
    }
    Ok(calendar(&body))
}

/// One event, also of a notice that is not for everybody: for who may see it.
pub(super) async fn event(req: Req) -> Outcome {
    let found: Shown = notice::shown(req.ctx(), &req.principal, &req.parsed("notice")?).await?;
    let (title, summary, _) = shown::words(&found.card, req.lang.tag());
    let event = found.content.as_ref().and_then(|content| content.event.as_ref()).ok_or(Refusal::NotFound)?;
    let meeting = Meeting {
        url: url(&req, &format!("/notices/{}", found.reference)),
        number: found.reference.to_string(),
        revision: found.newest,
        title: &title,
        summary: &summary,
        event,
        stamp: found.revised,
    };
    let name = format!("{}.ics", found.reference);
    let body = whole_calendar(&meeting.lines()).into_bytes();
    // What everybody may read may be kept on the way; the rest is a download that nobody keeps.
    match one::for_everybody(&req).await {
        Ok(_) => Ok(calendar(&meeting.lines())),
        Err(_) => Ok(Reply::File { name, media_type: "text/calendar; charset=utf-8", body }),
    }
}

fn calendar(events: &str) -> Reply {
    Reply::Feed { media_type: "text/calendar; charset=utf-8", body: whole_calendar(events) }
}

fn whole_calendar(events: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Forerunner//Notices//EN\r\n{events}END:VCALENDAR\r\n")
}

impl Meeting<'_> {
    fn lines(&self) -> String {
        let event = self.event;
        let mut lines = vec![
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}@forerunner", self.number),
            format!("SEQUENCE:{}", self.revision - 1),
            format!("DTSTAMP:{}", utc(self.stamp)),
            format!("DTSTART{}", time(event.starts, &event.zone)),
        ];
        lines.extend(event.ends.map(|ends| format!("DTEND{}", time(ends, &event.zone))));
        lines.push(format!("SUMMARY:{}", ical(self.title)));
        lines.push(format!("DESCRIPTION:{}", ical(self.summary)));
        if !event.place.is_empty() {
            lines.push(format!("LOCATION:{}", ical(&event.place)));
        }
        lines.push(format!("URL:{}", self.url));
        lines.push("END:VEVENT".to_owned());
        lines.iter().map(|line| folded(line)).collect()
    }
}

/// A time of an event: an instant in UTC, or the day alone.
fn time(at: LocalTime, zone: &str) -> String {
    let day = at.date.to_string().replace('-', "");
    match at.clock().and_then(|_| services::notice::instant_of(at, zone)) {
        Some(instant) => format!(":{}", utc(instant)),
        None => format!(";VALUE=DATE:{day}"),
    }
}

fn utc(at: Timestamp) -> String {
    machine(at).replace(['-', ':'], "")
}

/// Text in a calendar: commas, semicolons, backslashes and new lines are escaped, other control characters left out.
pub(crate) fn ical(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' | ',' | ';' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A line of a calendar: no longer than 75 bytes, continued after a blank.
fn folded(line: &str) -> String {
    let (mut out, mut width) = (String::new(), 0);
    for c in line.chars() {
        if width + c.len_utf8() > 75 {
            out.push_str("\r\n ");
            width = 1;
        }
        out.push(c);
        width += c.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_meaning_is_escaped() {
        assert_eq!(xml("<b>\"&\"</b>\u{0}\u{B}x\n"), "&lt;b&gt;&quot;&amp;&quot;&lt;/b&gt;x\n");
        assert_eq!(ical("a, b; c\\d\r\nBEGIN:VEVENT"), "a\\, b\\; c\\\\d\\nBEGIN:VEVENT");
        let line = folded(&format!("SUMMARY:{}", "ü".repeat(80)));
        assert!(line.split("\r\n").all(|part| part.len() <= 75) && line.ends_with("\r\n"), "{line}");
        assert_eq!(line.replace("\r\n ", "").trim_end(), format!("SUMMARY:{}", "ü".repeat(80)));
    }
}
