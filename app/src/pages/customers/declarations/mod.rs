//! Declarations of use in a customer's file: the list, asking for one, one with its text, orders and history.

mod act;
mod acts;
mod new;
mod one;
mod orders;

use domain::{
    access::Action,
    answers::when::long_date,
    date::Date,
    declaration::{State, ledger},
};
use leptos::prelude::*;
use services::{
    Refusal,
    customer::View,
    declaration::{Counted, Declaration},
    error::Problem,
};

use super::{at, opened, posted_version};
use crate::{
    components::*,
    routes::{Route, get, post},
    text::{
        declarations::{Texts, texts},
        fill,
    },
    web::Req,
};

/// The rows of this area.
pub(super) fn routes() -> Vec<Route> {
    let (read, write) = (Action::ReadCustomers, Action::WriteCustomers);
    vec![
        get("/{lang}/c/{org}/customers/{customer}/declarations/new", write, new::shapes),
        get("/{lang}/c/{org}/customers/{customer}/declarations/new/{shape}", write, new::page),
        post("/{lang}/c/{org}/customers/{customer}/declarations/new/{shape}", write, new::create),
        get("/{lang}/c/{org}/customers/{customer}/declarations/{declaration}", read, one::page),
        get("/{lang}/c/{org}/customers/{customer}/declarations/{declaration}/copy.pdf", read, one::pdf),
        get("/{lang}/c/{org}/customers/{customer}/declarations/{declaration}/copy.txt", read, one::text),
        post("/{lang}/c/{org}/customers/{customer}/declarations/{declaration}/send", write, act::send),
        post("/{lang}/c/{org}/customers/{customer}/declarations/{declaration}/withdraw", write, act::withdraw),
        post("/{lang}/c/{org}/customers/{customer}/declarations/{declaration}/paper", write, act::paper),
        post("/{lang}/c/{org}/customers/{customer}/declarations/{declaration}/accept", write, act::accept),
        post("/{lang}/c/{org}/customers/{customer}/declarations/{declaration}/doubt", write, act::doubt),
        post("/{lang}/c/{org}/customers/{customer}/declarations/{declaration}/end", write, act::end),
        post("/{lang}/c/{org}/customers/{customer}/declarations/{declaration}/orders", write, act::record),
        post(
            "/{lang}/c/{org}/customers/{customer}/declarations/{declaration}/orders/{order}/strike",
            write,
            act::strike,
        ),
    ]
}

/// Who was overtaken sees what is there now, with what they typed.
fn overtaken(t: &'static Texts, refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::Stale => Refusal::Invalid(vec![Problem::new("", t.stale)]),
        other => other,
    }
}

/// How a declaration stands: shape and word.
pub(super) fn status(declaration: &Declaration) -> AnyView {
    let (shape, tone) = match declaration.state {
        State::Draft => (Shape::Open, Tone::Neutral),
        State::Asked => (Shape::Half, Tone::Info),
        State::Opened => (Shape::HalfAsked, Tone::Info),
        State::Signed => (Shape::ThreeQuarter, Tone::Warn),
        State::InForce => (Shape::Full, Tone::Ok),
        State::UsedUp => (Shape::FullRuled, Tone::Warn),
        State::Ended => (Shape::FullRuled, Tone::Neutral),
        State::Withdrawn => (Shape::Struck, Tone::Neutral),
        State::Refused => (Shape::Triangle, Tone::Danger),
    };
    view! { <Status shape word=declaration.state.label() tone/> }.into_any()
}

/// Its substances in one line.
pub(super) fn substances(declaration: &Declaration) -> String {
    declaration.items.iter().map(|counted| counted.item.name.clone()).collect::<Vec<_>>().join(", ")
}

/// Through which day it is valid.
fn term(t: &Texts, declaration: &Declaration) -> String {
    match (declaration.from, declaration.until) {
        (_, Some(until)) => long_date(until),
        (Some(_), None) => t.until_delivery.to_owned(),
        (None, None) => String::new(),
    }
}

/// How much of a substance was delivered: a bar and the same in words.
fn meter(t: &'static Texts, counted: &Counted) -> AnyView {
    let percent = ledger::per_cent(&counted.item, counted.used.base).to_string();
    let (used, ceiling) = (counted.used.to_string(), counted.item.quantity.to_string());
    let words = fill(t.used_of, &[("used", &used), ("ceiling", &ceiling), ("percent", &percent)]);
    let name = format!("{}: {}", counted.item.name, t.left);
    view! {
        <p class="meter">
            <progress class="progress" max="100" value=percent aria-label=name></progress>
            <span>{words}</span>
        </p>
    }
    .into_any()
}

/// The part of the customer's file.
pub(super) fn section(req: &Req, view: &View, found: &[Declaration]) -> AnyView {
    let t = texts(req.lang);
    let add = view.may_write.then(|| {
        let href = at(req, view.id, "/declarations/new");
        view! { <a href=href>{t.ask}</a> }
    });
    let body = if found.is_empty() {
        view! { <p class="muted">{t.none}</p> }.into_any()
    } else {
        let columns = [t.substance, t.state, t.until, t.left].into_iter().map(Column::new).collect::<Vec<_>>();
        let rows = found.iter().map(|one| row(req, t, one)).collect_view();
        view! { <DataTable id="declared" caption=t.caption caption_hidden=true columns>{rows}</DataTable> }.into_any()
    };
    view! {
        <section class="part" aria-labelledby="declarations">
            <div class="part__head"><h2 id="declarations">{t.title}</h2>{add}</div>
            {body}
        </section>
    }
    .into_any()
}

fn row(req: &Req, t: &'static Texts, one: &Declaration) -> AnyView {
    let href = at(req, one.customer, &format!("/declarations/{}", one.id));
    let (name, shape, status, term) = (substances(one), one.template.label.clone(), status(one), term(t, one));
    let counts = one.stored.takes_orders();
    let left = one.items.iter().filter(|_| counts).map(|counted| meter(t, counted)).collect_view();
    view! {
        <tr>
            <th scope="row"><a href=href><bdi>{name}</bdi></a><br/><span class="small muted">{shape}</span></th>
            <td>{status}</td>
            <td>{term}</td>
            <td>{left}</td>
        </tr>
    }
    .into_any()
}

/// The declarations that end soon, under the documents that do.
pub(super) fn due(req: &Req, found: &[Declaration]) -> AnyView {
    let t = texts(req.lang);
    let body = if found.is_empty() {
        view! { <p class="muted">{t.due_none}</p> }.into_any()
    } else {
        let columns = [t.until, t.state, t.declaration].into_iter().map(Column::new).collect::<Vec<_>>();
        let rows = found.iter().map(|one| due_row(req, one)).collect_view();
        view! { <DataTable id="due-declarations" caption=t.due_caption caption_hidden=true columns>{rows}</DataTable> }
            .into_any()
    };
    view! {
        <section class="part" aria-labelledby="due-declarations-title">
            <h2 id="due-declarations-title">{t.due_title}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn due_row(req: &Req, one: &Declaration) -> AnyView {
    let href = at(req, one.customer, &format!("/declarations/{}", one.id));
    let day = one.until.map(long_date).unwrap_or_default();
    let name = format!("{}: {}", one.customer_name, substances(one));
    view! {
        <tr>
            <th scope="row">{day}</th>
            <td>{status(one)}</td>
            <td><a href=href><bdi>{name}</bdi></a></td>
        </tr>
    }
    .into_any()
}

/// The day up to which it is kept at least.
fn kept_until(declaration: &Declaration, last_order: Option<Date>) -> Option<Date> {
    let signed = declaration.signed.as_ref().map(|signed| Date::of(signed.at));
    let last = last_order.or(declaration.until).or(signed)?;
    declaration.template.kept_until(last.year())
}
