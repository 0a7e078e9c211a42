//! Saved views of the queue: links above it, and the page on which they are saved, removed, and chosen to open with.

use domain::ids::ViewId;
use leptos::prelude::*;
use services::{
    Refusal,
    desk::{self as reports, COUNTED_OF_VIEW, QueueFilter, Saved},
    label::{self, Label},
};

use super::{
    keys,
    place::{Desk, Place},
    queue::view_name,
};
use crate::{
    components::*,
    text::{
        desk::Texts,
        fill,
        views::{self as words, texts},
    },
    web::{
        Outcome, Page, Reply, Req,
        paths::{with_queries, with_query},
        typed::{self, Typed},
    },
};

const NEW: &str = "new view";

/// The views of a person as links above the queue, and the way to save what it shows.
pub fn line(desk: &Desk, place: &Place, saved: &[(Saved, i64)]) -> AnyView {
    let t = texts(desk.lang);
    let link = |(view, count): &(Saved, i64)| {
        let current = (view.filter == place.filter).then_some("true");
        let href = desk.queue(&Place::narrowed(view.filter.clone()));
        let (name, count) = (view.name.clone(), held(*count));
        view! { <li><a class="chip" href=href aria-current=current><bdi>{name}</bdi>" "<span class="tab__count">{count}</span></a></li> }
    };
    let links = saved.iter().map(link).collect_view();
    let save = with_queries(&desk.at("/views"), &Place::narrowed(place.filter.clone()).query());
    view! {
        <nav class="no-print" aria-label=t.views>
            <ul class="chips" role="list">{links}<li><a class="chips__clear" href=save>{t.save}</a></li></ul>
        </nav>
    }
    .into_any()
}

/// What narrows a view, each in words and with the filter that is left without it.
pub fn parts(t: &Texts, filter: &QueueFilter, labels: &[Label]) -> Vec<(String, QueueFilter)> {
    let all = || filter.clone();
    let label = |id| labels.iter().find(|label| label.id == id).map_or(t.label_gone, |label| label.name.as_str());
    let value = |text: &str, value: &str| fill(text, &[("value", value)]);
    let parts = [
        filter.band.map(|band| (value(t.chip_band, band.label()), QueueFilter { band: None, ..all() })),
        filter.kind.map(|kind| (value(t.chip_kind, kind.label()), QueueFilter { kind: None, ..all() })),
        filter
            .substance
            .as_ref()
            .map(|slug| (value(t.chip_substance, &slug.replace('-', " ")), QueueFilter { substance: None, ..all() })),
        filter.label.map(|id| (value(t.chip_label, label(id)), QueueFilter { label: None, ..all() })),
        filter.overdue.then(|| (t.chip_overdue.to_owned(), QueueFilter { overdue: false, ..all() })),
        filter.fresh.then(|| (t.chip_fresh.to_owned(), QueueFilter { fresh: false, ..all() })),
    ];
    parts.into_iter().flatten().collect()
}

/// What a filter shows, in words.
fn shows(desk: &Desk, filter: &QueueFilter, labels: &[Label]) -> String {
    let parts = parts(desk.t, filter, labels).into_iter().map(|(words, _)| words);
    std::iter::once(view_name(desk.t, filter.view).to_owned()).chain(parts).collect::<Vec<_>>().join(", ")
}

/// How many reports a view holds; from a limit on only that there are more.
fn held(count: i64) -> String {
    if count >= COUNTED_OF_VIEW { format!("{}+", COUNTED_OF_VIEW - 1) } else { count.to_string() }
}

/// The list, with a form to save what the address shows.
pub async fn page(req: Req) -> Outcome {
    let (desk, t) = (Desk::of(&req)?, texts(req.lang));
    let saved = reports::counted(req.ctx(), &req.principal, desk.org).await?;
    let labels = label::list(req.ctx(), &req.principal, desk.org).await?;
    let typed = Typed::open(&req, NEW).await?;
    let (filter, wrong) = (Place::read(&req.query).filter, typed.is_wrong());
    let done = match req.query.get("done") {
        "saved" => Some(t.done_saved),
        "removed" => Some(t.done_removed),
        "first" => Some(t.done_first),
        _ => None,
    };
    Page::new(t.title, move || {
        let crumbs = keys::crumbs(&desk, Some(desk.queue(&Place::narrowed(filter.clone()))));
        let done = done.filter(|_| !wrong).map(|title| view! { <Banner tone=Tone::Ok title/> });
        let list = list(t, &desk, &saved, &labels);
        let shown = fill(t.save_shows, &[("filters", &shows(&desk, &filter, &labels))]);
        let query = Place::narrowed(filter).query();
        let share =
            desk.manages.then(|| view! { <Checkbox name="share" label=t.share checked=typed.chose("share", "yes")/> });
        view! {
            <FormPage>
                {crumbs}
                {done}
                <ErrorSummary errors=typed.errors()/>
                <PageTitle title=t.title lead=t.lead/>
                {list}
                <section aria-labelledby="save">
                    <h2 id="save">{t.save_title}</h2>
                    <form class="stack" method="post" action=desk.at("/views") novalidate=true>
                        <input type="hidden" name="_place" value=query/>
                        <p>{shown}</p>
                        <TextField
                            name="name" label=t.name hint=t.name_hint value=typed.value("name") error=typed.error("name")
                            width=Width::Medium autocomplete="off"
                        />
                        {share}
                        <Checkbox name="first" label=t.make_first checked=typed.chose("first", "yes")/>
                        <ButtonRow><Button label=t.save/></ButtonRow>
                    </form>
                </section>
            </FormPage>
        }
    })
    .errors(wrong)
    .into()
}

fn list(t: &'static words::Texts, desk: &Desk, saved: &[(Saved, i64)], labels: &[Label]) -> AnyView {
    if saved.is_empty() {
        return view! { <p class="muted">{t.none}</p> }.into_any();
    }
    let row = |(view, count): &(Saved, i64)| {
        let (name, count) = (view.name.clone(), held(*count));
        let href = desk.queue(&Place::narrowed(view.filter.clone()));
        let whose = if view.shared { t.desk } else { t.yours };
        let first = view.first.then(|| view! { " "<Tag text=t.is_first tone=Tone::Info/> });
        let act = |deed: &str| desk.at(&format!("/views/{}/{deed}", view.id));
        let open = if view.first { t.not_first } else { t.first };
        let remove = view.removable.then(|| {
            view! { <PostButton action=act("remove") label=t.remove kind=ButtonKind::Quiet about=name.clone()/> }
        });
        view! {
            <tr>
                <th scope="row"><a href=href><bdi>{name.clone()}</bdi></a>{first}</th>
                <td>{shows(desk, &view.filter, labels)}</td>
                <td>{whose}</td>
                <td class="num">{count}</td>
                <td>
                    <PostButton action=act("first") label=open kind=ButtonKind::Quiet about=name/>
                    {remove}
                </td>
            </tr>
        }
    };
    let rows = saved.iter().map(row).collect_view();
    let columns = vec![
        Column::new(t.name),
        Column::new(t.filters),
        Column::new(t.whose),
        Column::numeric(t.reports),
        Column::unlabelled(t.acts),
    ];
    view! { <DataTable id="views" caption=t.caption caption_hidden=true columns>{rows}</DataTable> }.into_any()
}

/// Saves what the form's place shows.
pub async fn save(req: Req) -> Outcome {
    let desk = Desk::of(&req)?;
    let place = Place::narrowed(Place::parse(req.form.get("_place")).filter);
    let (shared, first) = (req.form.get("share") == "yes", req.form.get("first") == "yes");
    let name = req.form.get("name");
    let saved = reports::save_view(req.ctx(), &req.principal, desk.org, name, &place.filter, shared, first).await;
    match saved {
        Ok(_) => {
            typed::done(&req).await?;
            Ok(Reply::to(with_query(&desk.at("/views"), "done", "saved")))
        }
        Err(refusal) => typed::again(&req, NEW, &with_queries(&desk.at("/views"), &place.query()), refusal).await,
    }
}

/// The view of the address, at this desk.
async fn asked(req: &Req) -> Result<(Desk, ViewId), Refusal> {
    let (desk, id) = (Desk::of(req)?, req.parsed::<ViewId>("view")?);
    let seen = reports::views(req.ctx(), &req.principal, desk.org).await?;
    if seen.iter().any(|view| view.id == id) { Ok((desk, id)) } else { Err(Refusal::NotFound) }
}

/// Removes one.
pub async fn remove(req: Req) -> Outcome {
    let (desk, id) = asked(&req).await?;
    reports::remove_view(req.ctx(), &req.principal, id).await?;
    Ok(Reply::to(with_query(&desk.at("/views"), "done", "removed")))
}

/// Lets the queue open with one, or no longer.
pub async fn first(req: Req) -> Outcome {
    let (desk, id) = asked(&req).await?;
    reports::open_with(req.ctx(), &req.principal, id).await?;
    Ok(Reply::to(with_query(&desk.at("/views"), "done", "first")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_view_is_not_counted_out() {
        assert_eq!((held(0), held(999), held(1000)), ("0".into(), "999".into(), "999+".into()));
    }
}
