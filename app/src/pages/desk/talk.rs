//! What was said and done about a report: messages both ways, notes of the desk, and everything in the order of time.

use domain::report::Decision;
use leptos::prelude::*;
use services::{
    desk::{DeskEntry, DeskEvent, DeskReportView},
    thread::{Noted, Said, Side},
};

use super::{
    acts::{Deed, Opened, Origin},
    forms,
    place::Desk,
};
use crate::{
    components::{Side as Shown, *},
    format,
    text::{desk::Texts, fill},
};

/// Whether both sides wrote or read this as a message.
fn is_message(entry: &DeskEntry) -> bool {
    let written = matches!(
        &entry.event,
        DeskEvent::Said(Said::Message | Said::Question { .. } | Said::Answer | Said::Withdrawn { .. })
    );
    written && !entry.body.is_empty()
}

/// The thread, oldest first.
pub fn thread(desk: &Desk, view: &DeskReportView) -> AnyView {
    let messages: Vec<ThreadMessage> =
        view.thread.iter().rev().filter(|entry| is_message(entry)).map(|entry| message(desk, view, entry)).collect();
    if messages.is_empty() {
        return view! { <p class="muted">{desk.t.messages_none}</p> }.into_any();
    }
    view! { <Thread messages labelled_by="messages"/> }.into_any()
}

/// The newest message, for the preview.
pub fn newest(desk: &Desk, view: &DeskReportView) -> Option<AnyView> {
    let entry = view.thread.iter().find(|entry| is_message(entry))?;
    let messages = vec![message(desk, view, entry)];
    Some(view! { <Thread messages labelled_by="last-words"/> }.into_any())
}

fn message(desk: &Desk, view: &DeskReportView, entry: &DeskEntry) -> ThreadMessage {
    let t = desk.t;
    let mark = match &entry.event {
        DeskEvent::Said(Said::Question { .. }) => Some((t.question_mark, Tone::Info)),
        DeskEvent::Said(Said::Answer) => Some((t.answer_mark, Tone::Ok)),
        DeskEvent::Said(Said::Withdrawn { .. }) => Some((t.withdrawn_mark, Tone::Warn)),
        _ => None,
    };
    let due = match &entry.event {
        DeskEvent::Said(Said::Question { due }) => Some(fill(t.question_due, &[("at", &desk.moment(*due))])),
        _ => None,
    };
    let foot = mark.map(|(text, tone)| view! { <Tag text tone/>{due.map(|due| format!(" {due}"))} }.into_any());
    ThreadMessage {
        side: if entry.side == Side::Company { Shown::Reporter } else { Shown::Authority },
        author: author(view, entry),
        time: desk.moment(entry.at),
        datetime: format::machine(entry.at),
        text: entry.body.clone(),
        unread: view.is_new(entry),
        foot: foot.into(),
    }
}

fn author(view: &DeskReportView, entry: &DeskEntry) -> String {
    let person = entry.person.clone().unwrap_or_default();
    match entry.side {
        Side::Company if person.is_empty() => view.company_name.clone(),
        Side::Company => format!("{person}, {}", view.company_name),
        Side::Authority | Side::System => person,
    }
}

/// The composer under the thread, which says who will read it.
pub fn composer(desk: &Desk, view: &DeskReportView, origin: &Origin, opened: &Opened, deed: Deed) -> Option<AnyView> {
    view.works.then(|| forms::form(desk, view, origin, deed, &opened.typed(deed)))
}

/// The notes, oldest first, on their sheet.
pub fn notes(desk: &Desk, view: &DeskReportView, composer: Option<AnyView>) -> AnyView {
    let t = desk.t;
    let of_notes = view.thread.iter().rev().filter(|entry| entry.event == DeskEvent::Noted(Noted::Note));
    let notes: Vec<_> = of_notes
        .map(|entry| {
            let author = entry.person.clone().unwrap_or_default();
            let (time, text) = (desk.moment(entry.at), entry.body.clone());
            view! { <InternalNote author time datetime=format::machine(entry.at) text is_new=view.is_new(entry)/> }
        })
        .collect();
    let none = notes.is_empty().then(|| view! { <p class="muted">{t.notes_none}</p> });
    view! { <InternalSheet title=t.notes>{none}{notes}{composer}</InternalSheet> }.into_any()
}

/// Everything that happened, newest first.
pub fn timeline(desk: &Desk, view: &DeskReportView) -> AnyView {
    events(desk, view, view.thread.iter(), "timeline")
}

/// Some of it.
pub fn events<'v>(
    desk: &Desk,
    view: &DeskReportView,
    entries: impl Iterator<Item = &'v DeskEntry>,
    labelled_by: &'static str,
) -> AnyView {
    let items = entries.map(|entry| item(desk, view, entry)).collect();
    view! { <Timeline items labelled_by/> }.into_any()
}

/// Some entries where the messages and notes do not stand beside them: with everything that was written.
pub fn in_full<'v>(
    desk: &Desk,
    view: &DeskReportView,
    entries: impl Iterator<Item = &'v DeskEntry>,
    labelled_by: &'static str,
) -> AnyView {
    let items = entries.map(|entry| TimelineItem { body: written(&entry.body).into(), ..item(desk, view, entry) });
    view! { <Timeline items=items.collect() labelled_by/> }.into_any()
}

fn written(text: &str) -> Option<AnyView> {
    let text = Some(text.to_owned()).filter(|text| !text.is_empty())?;
    Some(view! { <p class="typed" dir="auto">{text}</p> }.into_any())
}

fn item(desk: &Desk, view: &DeskReportView, entry: &DeskEntry) -> TimelineItem {
    let kind = match (&entry.event, entry.side) {
        (DeskEvent::Noted(_), _) => EventKind::Internal,
        (_, Side::Company) => EventKind::Reporter,
        (_, Side::Authority) => EventKind::Authority,
        (_, Side::System) => EventKind::System,
    };
    let elsewhere = is_message(entry) || entry.event == DeskEvent::Noted(Noted::Note);
    let comment = if elsewhere { None } else { written(&entry.body) };
    let who = if entry.side == Side::System { desk.t.clock.to_owned() } else { author(view, entry) };
    let title = title(desk.t, desk.zone, entry);
    TimelineItem {
        title: if entry.withheld { fill(desk.t.event_withheld, &[("what", &title)]) } else { title },
        time: desk.moment(entry.at),
        datetime: format::machine(entry.at),
        who: (!who.is_empty()).then_some(who),
        kind,
        is_new: view.is_new(entry),
        body: comment.into(),
    }
}

/// What happened, in a few words.
pub(crate) fn title(t: &Texts, zone: &str, entry: &DeskEntry) -> String {
    let reason = &entry.reason;
    match &entry.event {
        DeskEvent::Said(said) => match said {
            Said::Sent => t.event_sent.to_owned(),
            Said::TakenDown => t.event_taken.to_owned(),
            Said::Confirmed => t.event_confirmed.to_owned(),
            Said::Completed { version } => fill(t.event_completed, &[("version", &version.to_string())]),
            Said::Amended { version, changed } => fill(
                if *changed == 1 { t.event_amended_one } else { t.event_amended },
                &[("version", &version.to_string()), ("n", &changed.to_string())],
            ),
            Said::EvidenceAdded { names } => fill(t.event_evidence, &[("names", &names.join(", "))]),
            Said::Message => t.event_message.to_owned(),
            Said::Question { .. } => t.event_question.to_owned(),
            Said::Answer => t.event_answer.to_owned(),
            Said::State { state } => fill(t.event_state, &[("state", state.label())]),
            Said::Outcome { class } => fill(t.event_outcome, &[("outcome", class.label())]),
            Said::Withdrawn { .. } => fill(t.event_withdrawn, &[("reason", reason)]),
        },
        DeskEvent::Noted(noted) => match noted {
            Noted::Assigned { to: Some(name), instead_of: None } => fill(t.event_assigned, &[("name", name)]),
            Noted::Assigned { to: Some(name), instead_of: Some(away) } => {
                fill(t.event_assigned_deputy, &[("name", name), ("away", away)])
            }
            Noted::Assigned { to: None, .. } => t.event_unassigned.to_owned(),
            Noted::AssignedByRule { to, reason } => fill(t.event_by_rule, &[("name", to), ("reason", reason)]),
            Noted::PagedAgain => t.event_paged_again.to_owned(),
            Noted::Note => t.event_note.to_owned(),
            Noted::Severity { from, to, .. } => {
                fill(t.event_severity, &[("from", from.label()), ("to", to.label()), ("reason", reason)])
            }
            Noted::Decided { decision, of, .. } => {
                let of = of.as_ref().map(ToString::to_string).unwrap_or_default();
                let text = match decision {
                    Decision::Accept => t.event_accept,
                    Decision::Duplicate => t.event_duplicate,
                    _ => t.event_close,
                };
                fill(text, &[("of", &of), ("reason", reason)])
            }
            Noted::Reopened { .. } => fill(t.event_reopened, &[("reason", reason)]),
            Noted::TimedOut => t.event_timed_out.to_owned(),
            Noted::Urgent => t.event_urgent.to_owned(),
            Noted::Escalated { missed: false } => t.event_deadline_near.to_owned(),
            Noted::Escalated { missed: true } => t.event_deadline_missed.to_owned(),
            Noted::PutAside { until } => fill(t.event_aside, &[("day", &format::day(*until, zone))]),
            Noted::PutBack => t.event_back.to_owned(),
            Noted::Undone => t.event_undone.to_owned(),
            Noted::Labelled { added, removed } => labelled(t, added, removed),
        },
    }
}

fn labelled(t: &Texts, added: &[String], removed: &[String]) -> String {
    let part = |text: &str, names: &[String]| (!names.is_empty()).then(|| fill(text, &[("names", &names.join(", "))]));
    let parts = [part(t.event_labelled, added), part(t.event_unlabelled, removed)];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}
