//! One's own feeds: their addresses, and how to end them.

use domain::answers::when::long_date;
use leptos::prelude::*;
use services::feed::{self, Key};

use crate::{
    components::*,
    format,
    text::{
        fill,
        inbox::{Texts, texts},
    },
    web::{Outcome, Page, Reply, Req, paths::with_query},
};

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let key = feed::own(req.ctx(), &req.principal).await?;
    Page::new(texts(req.lang).feeds_title, move || whole(&req, key)).into()
}

fn whole(req: &Req, key: Option<Key>) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let done = match (req.query.get("done"), &key) {
        ("made", Some(_)) => Some(t.feeds_made),
        ("ended", None) => Some(t.feeds_ended),
        _ => None,
    };
    let body = match key {
        Some(key) => open(req, t, &key).into_any(),
        None => closed(req, t).into_any(),
    };
    let aside = view! { <Callout tone=Tone::Warn title=t.feeds_secret_title><p>{t.feeds_secret}</p></Callout> };
    view! {
        <FormPage aside=aside.into_any() aside_label=t.feeds_secret_title>
            {done.map(|title| view! { <Banner tone=Tone::Ok title/> })}
            <PageTitle title=t.feeds_title lead=t.feeds_lead/>
            {body}
        </FormPage>
    }
}

fn closed(req: &Req, t: &'static Texts) -> impl IntoView + use<> {
    view! {
        <p>{t.feeds_none}</p>
        <PostButton action=req.to("/me/feeds") label=t.feeds_make/>
    }
}

fn open(req: &Req, t: &'static Texts, key: &Key) -> impl IntoView + use<> {
    let feeds = [(t.feeds_atom, "notices.atom"), (t.feeds_json, "notices.json"), (t.feeds_calendar, "calendar.ics")];
    let row = |(what, end): (&'static str, &str)| {
        let address = format!("{}{}", req.ctx().config.base_url, req.to(&format!("/feeds/{}/{end}", key.token)));
        let href = address.clone();
        view! { <tr><th scope="row">{what}</th><td><a class="secret" href=href dir="ltr">{address}</a></td></tr> }
    };
    let rows = feeds.into_iter().map(row).collect_view();
    let columns = vec![Column::new(t.feeds_what), Column::new(t.feeds_address)];
    let until = fill(t.feeds_until, &[("day", &format::day(key.ends, req.zone()))]);
    let used = key.used.map_or(t.feeds_never.to_owned(), |day| fill(t.feeds_used, &[("day", &long_date(day))]));
    view! {
        <DataTable id="feeds" caption=t.feeds_list caption_hidden=true columns>{rows}</DataTable>
        <p>{until}" "{used}" "{t.feeds_ends}</p>
        <p class="muted">{t.feeds_renew_why}</p>
        <div class="button-row">
            <PostButton action=req.to("/me/feeds") label=t.feeds_renew kind=ButtonKind::Secondary/>
            <PostButton action=req.to("/me/feeds/end") label=t.feeds_end kind=ButtonKind::Quiet/>
        </div>
    }
}

/// Makes new addresses.
pub(super) async fn make(req: Req) -> Outcome {
    feed::make(req.ctx(), &req.principal).await?;
    Ok(Reply::to(with_query(&req.to("/me/feeds"), "done", "made")))
}

/// Ends them.
pub(super) async fn end(req: Req) -> Outcome {
    feed::end(req.ctx(), &req.principal).await?;
    Ok(Reply::to(with_query(&req.to("/me/feeds"), "done", "ended")))
}
