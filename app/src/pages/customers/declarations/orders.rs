//! Orders and deliveries that are counted against a declaration.

use domain::answers::when::long_date;
use leptos::prelude::*;
use services::declaration::{CountedOrder, Whole};

use super::acts::{Forms, target};
use crate::{
    components::*,
    pages::report::place,
    text::{declarations::Texts, fill},
    web::{Req, typed::Typed},
};

/// The orders, and the form for another.
pub(super) fn section(req: &Req, t: &'static Texts, whole: &Whole, forms: &Forms) -> Option<AnyView> {
    if !whole.declaration.stored.takes_orders() && whole.orders.is_empty() {
        return None;
    }
    let body = if whole.orders.is_empty() {
        view! { <p class="muted">{t.orders_none}</p> }.into_any()
    } else {
        let mut columns =
            vec![Column::new(t.day), Column::new(t.substance), Column::new(t.counted), Column::new(t.reference)];
        columns.push(Column::new(t.recorded_by));
        let rows = whole.orders.iter().map(|order| row(req, t, whole, order, &forms.strike)).collect_view();
        view! { <DataTable id="orders" caption=t.orders_caption caption_hidden=true columns>{rows}</DataTable> }
            .into_any()
    };
    let form = (whole.may_write && whole.declaration.stored.takes_orders()).then(|| form(req, t, whole, &forms.order));
    Some(
        view! {
            <section class="stack" aria-labelledby="orders-title">
                <h2 id="orders-title">{t.orders_title}</h2>
                {body}
                {form}
            </section>
        }
        .into_any(),
    )
}

fn row(req: &Req, t: &'static Texts, whole: &Whole, order: &CountedOrder, typed: &Typed) -> AnyView {
    let counted = order.counted.to_string();
    let amount = if counted == order.amount { counted } else { format!("{counted} ({})", order.amount) };
    let references = [order.reference.clone(), order.report.clone()];
    let reference = references.into_iter().filter(|one| !one.is_empty()).collect::<Vec<_>>().join(", ");
    let (who, when) = (&order.recorded.0, place::moment(req, order.recorded.1));
    let recorded = fill(t.signed_by, &[("who", who), ("when", &when)]);
    let reason = (!order.reason.is_empty()).then(|| {
        let told = fill(t.beyond, &[("why", &order.reason)]);
        view! { <br/><span class="small"><bdi>{told}</bdi></span> }
    });
    let end = match &order.struck {
        Some((who, when, why)) => {
            let told = fill(t.struck, &[("who", who), ("when", &place::moment(req, *when)), ("why", why)]);
            view! { <br/><span class="small muted"><bdi>{told}</bdi></span> }.into_any()
        }
        None if whole.may_write => strike(req, t, whole, order, typed),
        None => ().into_any(),
    };
    let class = order.struck.as_ref().map(|_| "struck");
    view! {
        <tr class=class>
            <th scope="row">{long_date(order.day)}</th>
            <td><bdi>{order.substance.clone()}</bdi></td>
            <td><bdi>{amount}</bdi>{reason}</td>
            <td><bdi>{reference}</bdi></td>
            <td><bdi>{recorded}</bdi>{end}</td>
        </tr>
    }
    .into_any()
}

fn strike(req: &Req, t: &'static Texts, whole: &Whole, order: &CountedOrder, typed: &Typed) -> AnyView {
    let action = target(req, whole, &format!("orders/{}/strike", order.id));
    let (version, order) = (whole.declaration.version.to_string(), order.id.to_string());
    let mine = typed.is_wrong() && typed.value("order") == order;
    let error = typed.error("struck_why").filter(|_| mine);
    let value = if mine { typed.value("struck_why") } else { String::new() };
    // The summary of errors leads to the field by its usual id; the others have their own.
    let id = if mine { field_id("struck_why") } else { format!("f-struck-{order}") };
    let body = view! {
        <form class="stack" method="post" action=action novalidate=true>
            <input type="hidden" name="version" value=version/>
            <TextField name="struck_why" id label=t.struck_why value error autocomplete="off"/>
            <ButtonRow><Button label=t.strike kind=ButtonKind::Secondary/></ButtonRow>
        </form>
    }
    .into_any();
    view! { <Details summary=t.strike_title open=mine>{body}</Details> }.into_any()
}

fn form(req: &Req, t: &'static Texts, whole: &Whole, typed: &Typed) -> AnyView {
    let one = &whole.declaration;
    let item = (one.items.len() > 1).then(|| {
        let option = |counted: &services::declaration::Counted| {
            SelectOption::new(counted.item.number.to_string(), counted.item.name.clone())
        };
        let options = one.items.iter().map(option).collect();
        view! { <SelectField name="item" label=t.substance options value=typed.value("item") error=typed.error("item")/> }
    });
    let (action, version) = (target(req, whole, "orders"), one.version.to_string());
    let day = typed.value_or("day", &long_date(whole.today));
    view! {
        <section class="stack no-print" aria-labelledby="order">
            <h3 id="order">{t.order_title}</h3>
            <p>{t.order_lead}</p>
            <form class="stack" method="post" action=action novalidate=true>
                <input type="hidden" name="version" value=version/>
                {item}
                <TextField
                    name="day" label=t.day hint=t.day_hint value=day error=typed.error("day") width=Width::Medium
                    autocomplete="off"
                />
                <TextField
                    name="quantity" label=t.order_quantity hint=t.order_quantity_hint value=typed.value("quantity")
                    error=typed.error("quantity") width=Width::Medium autocomplete="off"
                />
                <TextField
                    name="reference" label=t.reference value=typed.value("reference") error=typed.error("reference")
                    optional=true width=Width::Medium autocomplete="off"
                />
                <TextField
                    name="report" label=t.report hint=t.report_hint value=typed.value("report") error=typed.error("report")
                    optional=true code=true width=Width::Medium autocomplete="off"
                />
                <TextField
                    name="reason" label=t.reason hint=t.reason_hint value=typed.value("reason") error=typed.error("reason")
                    optional=true autocomplete="off"
                />
                <ButtonRow><Button label=t.record/></ButtonRow>
            </form>
        </section>
    }
    .into_any()
}
