//! A company's requests, the newest first.

use domain::ids::{AdviceId, CustomerId};
use leptos::prelude::*;
use services::advice::{self, Item};

use super::shown;
use crate::{
    components::*,
    format,
    text::advice::{Texts, texts},
    web::{Outcome, Page, Req, paths::with_query},
};

/// The page; with `?customer=` only what was asked about that customer.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, org) = (texts(req.lang), req.workspace()?.org);
    let customer: Option<CustomerId> = req.query.get("customer").parse().ok();
    let before: Option<AdviceId> = req.query.get("before").parse().ok();
    let (items, more) = advice::list(req.ctx(), &req.principal, org, customer, before).await?;
    Page::new(t.title, move || {
        let new = match customer {
            Some(customer) => with_query(&req.here("/advice/new"), "customer", &customer.to_string()),
            None => req.here("/advice/new"),
        };
        let wordings = req.here("/wordings");
        let acts = view! {
            <LinkButton href=new label=t.ask icon=Icon::Assess/>
            <LinkButton href=wordings label=t.wordings_link kind=ButtonKind::Quiet/>
        }
        .into_any();
        let next = items.last().filter(|_| more).map(|item| {
            let next = with_query(&req.here("/advice"), "before", &item.id.to_string());
            customer.map_or_else(|| next.clone(), |customer| with_query(&next, "customer", &customer.to_string()))
        });
        let list = table(&req, t, &items);
        let caption = customer.map(|_| t.of_customer.to_owned());
        view! {
            <DeskPage>
                <PageTitle title=t.title lead=t.lead caption acts=acts/>
                {list}
                {next.map(|href| view! { <p><a href=href rel="next">{t.earlier}</a></p> })}
            </DeskPage>
        }
    })
    .into()
}

fn table(req: &Req, t: &'static Texts, items: &[Item]) -> AnyView {
    if items.is_empty() {
        return view! { <EmptyState title=t.none_title><p>{t.none}</p></EmptyState> }.into_any();
    }
    let columns = [t.customer, t.sale, t.stands, t.delivery, t.answer_by, t.asked_by].map(Column::new).to_vec();
    let rows = items.iter().map(|item| row(req, t, item)).collect_view();
    view! { <DataTable id="advice" caption=t.caption caption_hidden=true columns>{rows}</DataTable> }.into_any()
}

fn row(req: &Req, t: &'static Texts, item: &Item) -> AnyView {
    let (href, zone) = (req.here(&format!("/advice/{}", item.id)), req.zone());
    let name = if item.party.is_empty() { t.unnamed.to_owned() } else { item.party.clone() };
    let leaves = item.delivery.map(|at| view! { <Moment text=format::moment(at, zone) datetime=format::machine(at)/> });
    let due = shown::deadline(t, (item.due, item.state), zone, req.ctx().now(), t.due_rests_you);
    let counsel = item.counsel.map(shown::tag);
    let did = item.did.map(|did| view! { <br/><span class="muted">{did.label()}</span> });
    let place = shown::place(item.country);
    view! {
        <tr>
            <th scope="row"><a href=href><bdi>{name}</bdi></a></th>
            <td><bdi>{item.headline.clone()}</bdi>" "<span class="muted">{place}</span></td>
            <td>{shown::status(item.state)}" "{counsel}{did}</td>
            <td>{leaves}</td>
            <td>{due}</td>
            <td><bdi>{item.author.clone()}</bdi></td>
        </tr>
    }
    .into_any()
}
