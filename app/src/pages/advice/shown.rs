//! What both sides see of a request: what was sent, the clocks, where it stands, the advice, the thread.

use domain::{
    advice::{ADVICE_NOT_LICENCE, Counsel, Request, State},
    answers::when::long_date,
    country::Country,
    date::Date,
    report::Party,
    time::Timestamp,
};
use leptos::prelude::*;
use services::advice::{Due, Entry, Event, Side as From, sign_text};

use crate::{
    components::{Clock, *},
    format,
    text::{advice::Texts, fill},
};

/// Less than this is soon.
const SOON: i64 = 12 * Timestamp::HOUR;

/// Everything that is sent.
pub(super) fn request(t: &'static Texts, request: &Request) -> AnyView {
    let mut rows = party(t, &request.customer, t.customer);
    if let Some(consignee) = &request.consignee {
        rows.extend(party(t, consignee, t.who_gets));
    }
    rows.push(SummaryRow::text(t.destination, request.country.name()));
    let goods = request.goods.iter().map(|good| {
        let cas = if good.cas.is_empty() { String::new() } else { format!(" (CAS {})", good.cas) };
        format!("{}{cas}: {}", good.name, good.quantity)
    });
    rows.push(SummaryRow::text(t.what, goods.collect::<Vec<_>>().join("\n")));
    rows.push(SummaryRow::text(t.declared_use, request.declared_use.clone()));
    rows.push(SummaryRow::text(t.when, request.delivery.long()));
    if !request.worry.is_empty() {
        rows.push(SummaryRow::text(t.worry, request.worry.clone()));
    }
    if !request.signs.is_empty() {
        let signs = request.signs.iter().map(|code| sign_text(code)).collect::<Vec<_>>().join("\n");
        rows.push(SummaryRow::text(t.signs, signs));
    }
    view! { <SummaryList rows/> }.into_any()
}

fn party(t: &'static Texts, party: &Party, title: &'static str) -> Vec<SummaryRow> {
    let country = party.country.map_or(String::new(), |country| country.name().to_owned());
    let parts = [party.name.clone(), party.address.clone(), country];
    let who = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n");
    let mut rows = vec![SummaryRow::text(title, who)];
    let more = [
        (t.registration, &party.registration),
        (t.vat, &party.vat),
        (t.phone, &party.phone),
        (t.email, &party.email),
        (t.website, &party.website),
    ];
    let more = more.into_iter().filter(|(_, text)| !text.is_empty());
    rows.extend(more.map(|(name, text)| SummaryRow::text(name, text.clone())));
    rows
}

/// How long until the goods leave.
pub(super) fn countdown(t: &'static Texts, delivery: Option<Timestamp>, zone: &str, now: Timestamp) -> Option<AnyView> {
    let at = delivery?;
    let left = at.since(now);
    let (clock, words) = match left {
        ..0 => (Clock::Overdue, fill(t.gone, &[("span", &format::span(left))])),
        0..SOON => (Clock::Soon, fill(t.left, &[("span", &format::span(left))])),
        _ => (Clock::Calm, fill(t.left, &[("span", &format::span(left))])),
    };
    let due = fill(t.leaves, &[("at", &format::moment(at, zone))]);
    Some(view! { <Deadline due left=words clock datetime=format::machine(at)/> }.into_any())
}

/// How long until the advice is due; nothing once it is given.
pub(super) fn deadline(
    t: &'static Texts,
    (due, state): (Option<Due>, State),
    zone: &str,
    now: Timestamp,
    rests: &'static str,
) -> Option<AnyView> {
    let due = due.filter(|_| state.is_open())?;
    let left = due.at.since(now);
    let span = format::span(left);
    let (clock, words) = match left {
        _ if due.rests => (Clock::Paused, rests.to_owned()),
        ..0 => (Clock::Overdue, fill(t.due_over, &[("span", &span)])),
        0..SOON => (Clock::Soon, fill(t.left, &[("span", &span)])),
        _ => (Clock::Calm, fill(t.left, &[("span", &span)])),
    };
    let at = fill(t.due, &[("at", &format::moment(due.at, zone))]);
    Some(view! { <Deadline due=at left=words clock datetime=format::machine(due.at)/> }.into_any())
}

/// Where it stands.
pub(super) fn status(state: State) -> AnyView {
    let (shape, tone) = match state {
        State::Draft => (Shape::Open, Tone::Neutral),
        State::Asked => (Shape::Half, Tone::Info),
        State::Question => (Shape::HalfAsked, Tone::Warn),
        State::Answered => (Shape::ThreeQuarter, Tone::Info),
        State::Advised => (Shape::Full, Tone::Ok),
        State::Closed => (Shape::FullRuled, Tone::Neutral),
        State::Withdrawn => (Shape::Struck, Tone::Neutral),
    };
    view! { <Status shape tone word=state.label()/> }.into_any()
}

/// The advice as a tag.
pub(super) fn tag(counsel: Counsel) -> AnyView {
    view! { <Tag text=counsel.label() tone=tone(counsel)/> }.into_any()
}

const fn tone(counsel: Counsel) -> Tone {
    match counsel {
        Counsel::Ship => Tone::Ok,
        Counsel::ShipIf | Counsel::Hold => Tone::Warn,
        Counsel::DoNotShip => Tone::Danger,
        Counsel::NoObjection => Tone::Info,
    }
}

/// The advice with what it means, and what was written with it.
pub(super) fn counsel(
    t: &'static Texts,
    counsel: Counsel,
    (until, today): (Option<Date>, Date),
    thread: &[Entry],
) -> AnyView {
    let given = |entry: &&Entry| matches!(entry.event, Event::Advised { .. });
    let words = thread.iter().rev().find(given).map(|entry| entry.body.clone()).unwrap_or_default();
    let title = fill(t.counsel_title, &[("counsel", counsel.label())]);
    let day = until.map(|day| {
        let over = (day < today).then_some(t.counsel_over);
        let text = fill(t.counsel_until, &[("day", &long_date(day))]);
        view! { <p><b>{text}</b>" "{over}</p> }
    });
    view! {
        <Callout tone=tone(counsel) title>
            {day}
            <p class="typed" dir="auto">{words}</p>
            <p>{counsel.meaning()}</p>
            <p>{ADVICE_NOT_LICENCE}</p>
        </Callout>
    }
    .into_any()
}

/// The thread, the oldest first.
pub(super) fn thread(t: &'static Texts, entries: &[Entry], (company, authority): (&str, &str), zone: &str) -> AnyView {
    let messages: Vec<ThreadMessage> =
        entries.iter().map(|entry| message(t, entry, (company, authority), zone)).collect();
    if messages.is_empty() {
        return view! { <p class="muted">{t.thread_none}</p> }.into_any();
    }
    view! { <Thread messages labelled_by="thread"/> }.into_any()
}

fn message(t: &'static Texts, entry: &Entry, (company, authority): (&str, &str), zone: &str) -> ThreadMessage {
    let (text, tone) = event(t, &entry.event);
    let named = |org: &str| match entry.person.as_deref() {
        Some(person) if org.is_empty() => person.to_owned(),
        Some(person) => format!("{person}, {org}"),
        None => org.to_owned(),
    };
    let (side, author) = match entry.side {
        From::Company => (Side::Reporter, named(company)),
        From::Authority => (Side::Authority, named(authority)),
        From::System => (Side::Authority, String::new()),
    };
    ThreadMessage {
        side,
        author,
        time: format::moment(entry.at, zone),
        datetime: format::machine(entry.at),
        text: entry.body.clone(),
        unread: false,
        foot: view! { <Tag text tone/> }.into_any().into(),
    }
}

fn event(t: &'static Texts, event: &Event) -> (String, Tone) {
    match event {
        Event::Sent => (t.event_sent.to_owned(), Tone::Neutral),
        Event::Question => (t.event_question.to_owned(), Tone::Warn),
        Event::Answer => (t.event_answer.to_owned(), Tone::Ok),
        Event::Advised { counsel, .. } => (fill(t.event_advised, &[("counsel", counsel.label())]), tone(*counsel)),
        Event::Closed { did } => (fill(t.event_closed, &[("did", did.label())]), Tone::Neutral),
        Event::Withdrawn => (t.event_withdrawn.to_owned(), Tone::Neutral),
        Event::Assigned { to: Some(to) } => (fill(t.event_assigned, &[("to", to)]), Tone::Hold),
        Event::Assigned { to: None } => (t.event_given_back.to_owned(), Tone::Hold),
        Event::Reason => (t.event_reason.to_owned(), Tone::Hold),
        Event::Escalated { missed: true } => (t.event_missed.to_owned(), Tone::Danger),
        Event::Escalated { missed: false } => (t.event_near.to_owned(), Tone::Warn),
    }
}

/// A country's name; nothing for none.
pub(super) fn place(country: Option<Country>) -> &'static str {
    country.map_or("", Country::name)
}
