//! Keeping a page of the desk up to date: the stream that says where something changed, the same for pages that ask now and
//! then, and who else is at a report.
//!
//! What is told is a place (a report's reference, the queue) and never what happened there: the page says that there is
//! something and leads to it.

use domain::{live::Doing, reference::Reference, time::Timestamp};
use futures::{StreamExt as _, stream};
use leptos::prelude::*;
use serde_json::json;
use services::{
    Refusal,
    live::{self, Change, Present, Watcher, What},
};

use super::place::Desk;
use crate::{
    islands::live::{Changes, Here, Live, LiveWords, Told},
    text::{desk::Texts, fill},
    web::{Events, Outcome, Reply, Req, paths::with_query},
};

/// A browser that lost the stream waits so long before it asks again, milliseconds.
const RETRY: &str = "retry: 5000\n\n";

/// What a page wants to know of: a report or the desk, and since when.
fn asked(req: &Req) -> Result<(Option<Reference>, Timestamp), Refusal> {
    let report = match req.query.get("report") {
        "" => None,
        reference => Some(reference.parse().map_err(|_| Refusal::NotFound)?),
    };
    Ok((report, req.query.get("since").parse().map_or(req.ctx().now(), Timestamp)))
}

/// The stream.
pub async fn events(req: Req) -> Outcome {
    let desk = Desk::of(&req)?;
    let (report, since) = asked(&req)?;
    let token = req.session_token.as_deref().unwrap_or_default();
    let watcher = Watcher::begin(req.ctx(), &req.principal, token, desk.org, report, since).await?;
    let told = stream::unfold(watcher, async |mut watcher| {
        let changes = watcher.next().await?;
        Some((message(&changes), watcher))
    });
    let all = stream::once(async { RETRY.to_owned() }).chain(told).fuse();
    Ok(Reply::Events(Events::new(all)))
}

/// Changes as events; a comment if there are none, which keeps the line open.
fn message(changes: &[Change]) -> String {
    if changes.is_empty() {
        return ":\n\n".to_owned();
    }
    let event = |change: &Change| {
        let told = told(change);
        let data = match &change.what {
            What::Desk | What::Many => json!({ "queue": true }),
            What::Report(reference) | What::Here(reference) => json!({ "report": reference.as_str() }),
        };
        let name = if told.here { "here" } else { "change" };
        format!("event: {name}\nid: {}\ndata: {data}\n\n", told.id)
    };
    changes.iter().map(event).collect()
}

fn told(change: &Change) -> Told {
    let (place, here) = match &change.what {
        What::Desk => ("queue", false),
        What::Many => ("many", false),
        What::Report(reference) => (reference.as_str(), false),
        What::Here(reference) => (reference.as_str(), true),
    };
    Told { id: format!("{place}-{}-{}", change.n, change.at.0), here }
}

/// The same for a page that asks now and then.
pub async fn changes(req: Req) -> Outcome {
    let desk = Desk::of(&req)?;
    let (report, since) = asked(&req)?;
    let changes = live::changes(req.ctx(), &req.principal, desk.org, report, since).await?;
    Reply::json(&Changes { changes: changes.iter().map(told).collect() }, false)
}

/// A sign of life at a report; who else is there, in words.
pub async fn here(req: Req) -> Outcome {
    let desk = Desk::of(&req)?;
    let present = live::beat(req.ctx(), &req.principal, &req.parsed("reference")?, req.form.get("doing")).await?;
    Reply::json(&Here { here: sentences(desk.t, &present) }, false)
}

/// "Ana Ruiz is writing a message."
fn sentences(t: &Texts, present: &[Present]) -> Vec<String> {
    present.iter().map(|present| fill(doing(t, present.doing), &[("name", &present.name)])).collect()
}

const fn doing(t: &Texts, doing: Doing) -> &'static str {
    match doing {
        Doing::Looking => t.here_looking,
        Doing::Message => t.here_message,
        Doing::Question => t.here_question,
        Doing::Note => t.here_note,
        Doing::Deciding => t.here_deciding,
    }
}

/// Who else is at a report, for its row.
pub fn viewers(t: &Texts, present: &[(Reference, Present)], reference: &Reference) -> Option<String> {
    let there: Vec<Present> =
        present.iter().filter(|(at, _)| at == reference).map(|(_, present)| present.clone()).collect();
    (!there.is_empty()).then(|| sentences(t, &there).join(" "))
}

/// The line that keeps the queue's page up to date. `address` is the page's own.
pub fn of_queue(desk: &Desk, address: String) -> AnyView {
    line(desk, None, address, &[])
}

/// The line that keeps a report's page up to date, and says who else is there.
pub fn of_report(desk: &Desk, reference: &Reference, address: String, present: &[Present]) -> AnyView {
    line(desk, Some(reference), address, present)
}

fn line(desk: &Desk, report: Option<&Reference>, address: String, present: &[Present]) -> AnyView {
    let t = desk.t;
    let asking = |path: &str| {
        let asking = with_query(&desk.at(path), "since", &desk.now.0.to_string());
        report.map_or_else(|| asking.clone(), |reference| with_query(&asking, "report", reference.as_str()))
    };
    let here = report.map(|reference| format!("{}/here", desk.report(reference)));
    let words = LiveWords { one: t.live_one.into(), some: t.live_some.into(), show: t.live_show.into() };
    let first = sentences(t, present);
    view! { <Live stream=asking("/live") poll=asking("/live/changes") here address words first/> }.into_any()
}

#[cfg(test)]
mod tests {
    use domain::lang::Lang;

    use super::*;
    use crate::text::desk::texts;

    fn present(name: &str, doing: Doing) -> Present {
        Present { name: name.into(), doing }
    }

    #[test]
    fn somebody_is_named_with_what_they_do() {
        let t = texts(Lang::En);
        let (ana, bo) = (present("Ana Ruiz", Doing::Message), present("Bo Lind", Doing::Looking));
        assert_eq!(sentences(t, std::slice::from_ref(&ana)), ["Ana Ruiz is writing a message."]);
        let (one, two) = (Reference::from_bits(1), Reference::from_bits(2));
        let there = [(one.clone(), ana), (one.clone(), bo)];
        let said = viewers(t, &there, &one);
        assert_eq!(said.as_deref(), Some("Ana Ruiz is writing a message. Bo Lind is looking at this report."));
        assert_eq!(viewers(t, &there, &two), None);
    }
}
