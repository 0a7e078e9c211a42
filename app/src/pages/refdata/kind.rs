//! One kind: what holds, table by table, and the versions before it.

use leptos::prelude::*;
use services::refdata::{self, KindView, Open, Version};

use super::{
    At,
    shown::{self, Pick},
};
use crate::{
    components::*,
    format,
    text::{fill, refdata::Texts},
    web::{Outcome, Page, Req, files},
};

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let at = At::of(&req)?;
    let view = refdata::kind(req.ctx(), &req.principal, req.workspace()?.org, at.kind).await?;
    let pick = Pick::of(&req, at.kind, view.scope);
    let done = match req.query.get("done") {
        "approved" => Some(at.t.done_approved),
        "discarded" => Some(at.t.done_discarded),
        _ => None,
    };
    Page::new(at.kind.label(), move || whole(&at, &view, pick.as_ref(), done)).into()
}

fn whole(at: &At, view: &KindView, pick: Option<&Pick>, done: Option<&'static str>) -> impl IntoView + use<> {
    let t = at.t;
    let acts = view.may_change.then(|| act(at, view));
    let facts = facts(t, view);
    let done = done.map(|title| view! { <Banner tone=Tone::Ok title/> });
    let open = view.open.as_ref().map(|open| open_change(at, view, open));
    let rows = pick.map(|pick| rows(at, view, pick));
    let history = history(at, view);
    view! {
        <DeskPage>
            <BackLink href=at.base.clone() label=t.back_list/>
            {done}
            <PageTitle title=at.kind.label() lead=at.kind.about() acts/>
            {open}
            <Facts facts/>
            {rows}
            <section aria-labelledby="versions"><h2 id="versions">{t.history}</h2>{history}</section>
        </DeskPage>
    }
}

fn act(at: &At, view: &KindView) -> AnyView {
    if view.open.is_some() {
        return view! { <LinkButton href=at.change("") label=at.t.to_change kind=ButtonKind::Secondary/> }.into_any();
    }
    view! { <PostButton action=format!("{}/begin", at.page()) label=at.t.change kind=ButtonKind::Secondary/> }
        .into_any()
}

fn facts(t: &'static Texts, view: &KindView) -> Vec<(String, AnyView)> {
    let holds = shown::holds(t, view.scope, &view.zone, &view.holds);
    let coming =
        |version: &&Version| Some(version.valid_from) > view.holds.since && version.number != view.holds.number;
    let comes = view.history.iter().filter(coming).take(1).map(|version| {
        let (number, at) = (version.number.to_string(), format::moment(version.valid_from, &view.zone));
        (t.comes.to_owned(), fill(t.of_coming, &[("number", &number), ("at", &at)]).into_any())
    });
    std::iter::once((t.holds.to_owned(), holds.into_any())).chain(comes).collect()
}

fn open_change(at: &At, view: &KindView, open: &Open) -> AnyView {
    let t = at.t;
    let text = match (open.waits_since, open.mine) {
        (Some(since), _) => fill(t.open_waits, &[("author", &open.author), ("at", &format::moment(since, &view.zone))]),
        (None, true) => t.open_mine.to_owned(),
        (None, false) => fill(t.open_draft, &[("author", &open.author)]),
    };
    let href = at.change("");
    view! {
        <Callout tone=Tone::Info title=t.open_title><p><bdi>{text}</bdi>" "<a href=href>{t.to_change}</a></p></Callout>
    }
    .into_any()
}

fn rows(at: &At, view: &KindView, pick: &Pick) -> AnyView {
    let taken = files::links(|ending| format!("{}/tables/{}/rows{ending}", at.page(), pick.table.name));
    let rows = shown::picked(at.t, &at.page(), (at.kind, view.scope), &view.sheet, pick, None);
    view! { <div>{rows}<TakeAway files=taken/></div> }.into_any()
}

fn history(at: &At, view: &KindView) -> AnyView {
    let t = at.t;
    let last = view! { <p><a href=at.version(0)>{t.shipped_link}</a></p> };
    if view.history.is_empty() {
        return view! { <p>{t.history_none}</p>{last} }.into_any();
    }
    let columns = [t.number, t.from, t.note, t.author, t.approver].map(Column::new).to_vec();
    let row = |version: &Version| {
        let (href, number) = (at.version(version.number), version.number.to_string());
        let from = format::moment(version.valid_from, &view.zone);
        let (note, author, approver) = (version.note.clone(), version.author.clone(), version.approver.clone());
        view! {
            <tr>
                <th scope="row"><a href=href>{number}</a></th>
                <td><Moment text=from datetime=format::machine(version.valid_from)/></td>
                <td><bdi class="typed">{note}</bdi></td>
                <td><bdi>{author}</bdi></td>
                <td><bdi>{approver}</bdi></td>
            </tr>
        }
    };
    let rows = view.history.iter().map(row).collect_view();
    view! { <DataTable id="history" caption=t.history_caption caption_hidden=true columns>{rows}</DataTable>{last} }
        .into_any()
}
