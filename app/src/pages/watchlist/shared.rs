//! Lists that associations share with a company: accepting, declining, leaving.

use domain::answers::when::long_date;
use leptos::prelude::*;
use services::watchlist::{self, Share};

use crate::{
    components::*,
    text::{
        fill,
        shares::{Texts, texts},
    },
    web::{Outcome, Page, Reply, Req, paths::with_query},
};

/// What is offered and what is shared.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, org) = (texts(req.lang), req.workspace()?.org);
    let shares = watchlist::offers(req.ctx(), &req.principal, org).await?;
    let here = req.here("/shared-lists");
    let done = match req.query.get("done") {
        "accepted" => Some(t.done_accepted),
        "declined" => Some(t.done_declined),
        "left" => Some(t.done_left),
        _ => None,
    };
    Page::new(t.shared_title, move || {
        let shares = all(t, &here, &shares);
        let aside = view! {
            <Callout tone=Tone::Info title=t.means_title><p>{t.means}</p></Callout>
            <Callout tone=Tone::Info title=t.sees_title><p>{t.sees}</p><p>{t.after}</p></Callout>
        };
        view! {
            <FormPage aside=aside.into_any() aside_label=t.means_title>
                {done.map(|title| view! { <Banner tone=Tone::Ok title/> })}
                <PageTitle title=t.shared_title lead=t.shared_lead/>
                {shares}
            </FormPage>
        }
    })
    .into()
}

fn all(t: &'static Texts, here: &str, shares: &[Share]) -> AnyView {
    if shares.is_empty() {
        return view! { <EmptyState title=t.shared_none_title><p>{t.shared_none}</p></EmptyState> }.into_any();
    }
    shares.iter().map(|share| one(t, here, share)).collect_view().into_any()
}

fn one(t: &'static Texts, here: &str, share: &Share) -> impl IntoView + use<> {
    let entries = match share.entries {
        Some(count) => fill(t.shared_entries, &[("count", &count.to_string())]),
        None => t.shared_empty.to_owned(),
    };
    let until = fill(t.shared_until, &[("day", &long_date(share.until))]);
    let about = fill(t.about_list, &[("label", &share.label)]);
    let (state, base) = (share.state, format!("{here}/{}", share.id));
    let end = view! { <Tag text=share.state.label() tone=Tone::Neutral/> }.into_any();
    view! {
        <Panel title=share.label.clone() end>
            <p><bdi>{fill(t.shared_by, &[("owner", &share.owner)])}</bdi>", "{entries}", "{until}</p>
            <OfferActs state base about accept=t.accept decline=t.decline leave=t.leave/>
        </Panel>
    }
}

/// Accepts a list.
pub(super) async fn accept(req: Req) -> Outcome {
    answer(req, true).await
}

/// Declines a list.
pub(super) async fn decline(req: Req) -> Outcome {
    answer(req, false).await
}

async fn answer(req: Req, accept: bool) -> Outcome {
    let org = req.workspace()?.org;
    watchlist::answer(req.ctx(), &req.principal, org, req.parsed("share")?, accept).await?;
    let done = if accept { "accepted" } else { "declined" };
    Ok(Reply::to(with_query(&req.here("/shared-lists"), "done", done)))
}

/// Leaves a list.
pub(super) async fn leave(req: Req) -> Outcome {
    let org = req.workspace()?.org;
    watchlist::leave(req.ctx(), &req.principal, org, req.parsed("share")?).await?;
    Ok(Reply::to(with_query(&req.here("/shared-lists"), "done", "left")))
}
