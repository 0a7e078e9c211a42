//! A company's hits: names in its customer files that are like names on watch lists. The list, each side by side, what a file
//! says of them, and what was known on a day.

mod hit;
mod known;
mod list;
mod on_file;

use domain::{access::Action, screening::State};
use services::customer::screening::Progress;

pub(crate) use list::{at_work, link};
pub(crate) use on_file::{band, section};

use crate::{
    components::{Shape, Tone},
    routes::{Route, get, post},
    text::{fill, hits::Texts},
};

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    let (read, write, decide) = (Action::ReadCustomers, Action::WriteCustomers, Action::DecideHits);
    vec![
        get("/{lang}/c/{org}/hits", read, list::page),
        get("/{lang}/c/{org}/hits/{hit}", read, hit::page),
        post("/{lang}/c/{org}/hits/{hit}/decide", decide, hit::decide),
        post("/{lang}/c/{org}/hits/{hit}/agree", decide, hit::agree),
        post("/{lang}/c/{org}/hits/{hit}/object", decide, hit::object),
        post("/{lang}/c/{org}/customers/{customer}/screen", write, known::again),
        get("/{lang}/c/{org}/customers/{customer}/known", read, known::page),
    ]
}

/// How a state looks; the word is the state's own.
pub(crate) const fn look(state: State) -> (Shape, Tone) {
    match state {
        State::Open => (Shape::Open, Tone::Warn),
        State::Waiting => (Shape::HalfAsked, Tone::Warn),
        State::Unsure => (Shape::Half, Tone::Warn),
        State::Match => (Shape::Triangle, Tone::Danger),
        State::NoMatch => (Shape::Full, Tone::Ok),
        State::Gone => (Shape::Struck, Tone::Neutral),
    }
}

/// A likeness from 0 to 1 in points. Only what is the same in everything is 100.
fn points(t: &Texts, score: f32) -> String {
    fill(t.percent, &[("score", &format!("{:.0}", (score * 100.0).floor()))])
}

/// How far the work on a change of a list is.
fn progress(t: &Texts, job: &Progress) -> String {
    let percent = (job.done * 100).checked_div(job.total).unwrap_or(100).clamp(0, 100);
    let left = match job.left {
        None => t.left_unknown.to_owned(),
        Some(seconds) if seconds < 60 => t.left_soon.to_owned(),
        Some(seconds) => {
            let time = crate::format::span(seconds.saturating_mul(domain::time::Timestamp::SECOND));
            fill(t.left_minutes, &[("time", &time)])
        }
    };
    let (version, percent) = (job.version.to_string(), percent.to_string());
    fill(t.at_work, &[("version", &version), ("list", &job.list), ("percent", &percent), ("left", &left)])
}
