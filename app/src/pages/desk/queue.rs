//! The queue: most urgent first, filters in the address, the chosen report beside the list where there is room.

use domain::{access::Action, indicator::Band, reference::Reference, report::ReportKind};
use leptos::prelude::*;
use services::{
    Refusal,
    desk::{self as reports, Counts, DeskNews, Handover, QueueFilter, QueuePage, View},
    label::Label,
    live::Present,
};

use super::{
    acts::Origin,
    handover, keys, list, live, news,
    place::{Desk, Place, has_clock},
    preview,
    undo::Line,
    views,
};
use crate::{
    components::*,
    text::{common, concern, desk::Texts, fill},
    web::{Outcome, Page, Reply, Req, files, paths::with_queries},
};

const PAGE: u16 = 40;

/// The page.
pub async fn page(req: Req) -> Outcome {
    let desk = Desk::of(&req)?;
    let place = Place::read(&req.query);
    // An address that says nothing opens the view that the person chose; every link of the queue says something.
    if req.query.0.is_empty() {
        let saved = reports::views(req.ctx(), &req.principal, desk.org).await?;
        if let Some(first) = saved.into_iter().find(|view| view.first) {
            return Ok(Reply::to(desk.queue(&Place::narrowed(first.filter))));
        }
    }
    let saved = reports::counted(req.ctx(), &req.principal, desk.org).await?;
    let views = views::line(&desk, &place, &saved);
    let news = reports::look(req.ctx(), &req.principal, desk.org).await?;
    let found = reports::queue(req.ctx(), &req.principal, desk.org, &place.filter, place.after, PAGE).await?;
    let preview = match &place.selected {
        None => None,
        Some(reference) => match preview::open(&req, &desk, reference).await {
            Ok(view) => Some(preview::body(&desk, &view, &origin(&place, &found, reference))),
            Err(Refusal::NotFound) => None,
            Err(refusal) => return Err(refusal),
        },
    };
    let of = req.query.get("of").parse().ok();
    let done = Line::read(&req, &desk, &Origin::Queue { place: place.unselected(), next: None }, of.as_ref()).await?;
    let present = services::live::at_desk(req.ctx(), &req.principal, desk.org).await?;
    let note = reports::handover(req.ctx(), &req.principal, desk.org).await?;
    let writes = Action::WorkReports.allows(req.workspace()?.role);
    Ok(shown(desk, place, (found, news, views), (note, writes, present), preview, done).into())
}

/// Where the acts of the preview lead: to the next row once the report is dealt with.
pub fn origin(place: &Place, found: &QueuePage, shown: &domain::reference::Reference) -> Origin {
    let at = found.rows.iter().position(|row| row.reference == *shown);
    let next = at.and_then(|at| found.rows.get(at + 1)).map(|row| row.reference.clone());
    Origin::Queue { place: place.clone(), next }
}

fn shown(
    desk: Desk,
    place: Place,
    (found, news, views): (QueuePage, DeskNews, AnyView),
    (note, writes, present): (Option<Handover>, bool, Vec<(Reference, Present)>),
    preview: Option<AnyView>,
    done: Option<Line>,
) -> Page {
    let t = desk.t;
    Page::new(t.queue, move || {
        let done = done.map(|done| done.view(&desk));
        let crumbs = keys::crumbs(&desk, None);
        let tabs = tabs(&desk, place.filter.view, &found.counts, &news);
        let line = news::line(&desk, &news);
        let note = handover::sheet(&desk, note, writes);
        let filters = filters(&desk, &place, &found);
        let list = body(&desk, &place, &found, &present);
        let changes = live::of_queue(&desk, desk.queue(&place));
        let split = view! { <SplitView list_label=t.queue list=list preview=preview empty=t.choose_row/> }.into_any();
        let phone = desk.takes.then(|| view! { <LinkButton href=desk.at("/phone") label=t.by_phone kind=ButtonKind::Secondary icon=Icon::Phone/> });
        let keys_link = keys::link(&desk);
        let labels = desk.manages.then(|| {
            view! { <LinkButton href=desk.at("/labels") label=t.labels kind=ButtonKind::Quiet/> }
        });
        let macros = desk.manages.then(|| {
            view! { <LinkButton href=desk.at("/macros") label=desk.bulk.macros kind=ButtonKind::Quiet/> }
        });
        let concerns = desk.manages.then(|| {
            view! { <LinkButton href=desk.at("/concerns") label=concern::texts(desk.lang).desk_title kind=ButtonKind::Quiet/> }
        });
        let acts = view! { {phone}{labels}{macros}{concerns}{keys_link} }.into_any();
        let region = keys::region(&desk, t.keys_region_queue, split);
        let mount = keys::mount(&desk, desk.queue(&place));
        let paper = paper(&desk, &place);
        view! {
            <DeskPage>
                {paper}
                {crumbs}
                {done}
                <PageTitle title=t.queue lead=t.queue_lead acts=acts/>
                {changes}
                {note}
                {line}
                {tabs}
                {views}
                {filters}
                {region}
                {mount}
            </DeskPage>
        }
    })
    .with_islands()
}

/// What only the printed list says: which part of the queue, when and by whom.
fn paper(desk: &Desk, place: &Place) -> AnyView {
    let subject = format!("{}: {}", desk.t.queue, view_name(desk.t, place.filter.view));
    let narrowed = place.is_narrowed().then_some(desk.t.print_narrowed);
    let subject = narrowed.map_or(subject.clone(), |narrowed| format!("{subject}, {narrowed}"));
    let service = common::texts(desk.lang).product;
    let (address, moment, by) = (desk.address.clone(), desk.moment(desk.now), desk.name.clone());
    view! { <PrintBlock service address moment subject by/> }.into_any()
}

/// The name of a view.
pub const fn view_name(t: &'static Texts, view: View) -> &'static str {
    match view {
        View::Open => t.view_open,
        View::Mine => t.view_mine,
        View::Unassigned => t.view_unassigned,
        View::Waiting => t.view_waiting,
        View::Accepted => t.view_accepted,
        View::Aside => t.view_aside,
        View::Closed => t.view_closed,
        View::News => t.view_news,
    }
}

fn tabs(desk: &Desk, now: View, counts: &Counts, news: &DeskNews) -> AnyView {
    let t = desk.t;
    let tabs = View::ALL.iter().map(|view| {
        let count = match view {
            View::Open => Some(counts.open),
            View::Mine => Some(counts.mine),
            View::Unassigned => Some(counts.unassigned),
            View::Waiting => Some(counts.waiting),
            View::Accepted => Some(counts.accepted),
            View::Aside => Some(counts.aside),
            View::Closed => None,
            View::News => Some(news.all),
        };
        Tab {
            label: view_name(t, *view).to_owned(),
            href: desk.queue(&Place::view(*view)),
            current: *view == now,
            count: count.and_then(|count| u64::try_from(count).ok()),
        }
    });
    let tabs = tabs.collect();
    view! { <Tabs label=t.views tabs/> }.into_any()
}

fn filters(desk: &Desk, place: &Place, found: &QueuePage) -> AnyView {
    let t = desk.t;
    let filter = &place.filter;
    let option = |value: &str, label: &str| SelectOption { value: value.to_owned(), label: label.to_owned() };
    let bands = Band::ALL.iter().rev().map(|band| option(band.code(), band.label())).collect();
    let kinds = ReportKind::ALL.iter().map(|kind| option(kind.code(), kind.label())).collect();
    let mut slugs: Vec<&str> = found.substances.iter().map(|(slug, _)| slug.as_str()).collect();
    if let Some(slug) = filter.substance.as_deref().filter(|slug| !slugs.contains(slug)) {
        slugs.push(slug);
    }
    let substances = slugs.into_iter().map(|slug| option(slug, &slug.replace('-', " "))).collect();
    let view_code = filter.view.to_string();
    let overdue =
        has_clock(filter.view).then(|| view! { <Checkbox name="overdue" label=t.overdue checked=filter.overdue/> });
    let fresh =
        (filter.view != View::News).then(|| view! { <Checkbox name="new" label=t.fresh checked=filter.fresh/> });
    let labels: Vec<_> =
        found.labels.iter().map(|label| SelectOption::new(label.id.to_string(), label.name.clone())).collect();
    let label = (!labels.is_empty()).then(|| {
        let value = filter.label.as_ref().map(ToString::to_string);
        view! { <SelectField name="label" label=t.label options=labels value blank=t.any/> }
    });
    let chips = chips(desk, filter, &found.labels);
    let clear = desk.queue(&Place::view(filter.view));
    view! {
        <FilterForm action=desk.at("/queue")>
            <input type="hidden" name="view" value=view_code/>
            <SelectField name="band" label=t.band options=bands value=filter.band.map(Band::code) blank=t.any/>
            <SelectField name="kind" label=t.kind options=kinds value=filter.kind.map(ReportKind::code) blank=t.any/>
            <SelectField name="substance" label=t.substance options=substances value=filter.substance.clone() blank=t.any/>
            {label}
            {overdue}
            {fresh}
        </FilterForm>
        <Chips chips clear_href=clear/>
    }
    .into_any()
}

fn chips(desk: &Desk, filter: &QueueFilter, labels: &[Label]) -> Vec<Chip> {
    let chip =
        |(label, without): (String, QueueFilter)| Chip { label, remove_href: desk.queue(&Place::narrowed(without)) };
    views::parts(desk.t, filter, labels).into_iter().map(chip).collect()
}

fn body(desk: &Desk, place: &Place, found: &QueuePage, present: &[(Reference, Present)]) -> AnyView {
    let t = desk.t;
    if found.rows.is_empty() {
        return empty(desk, place);
    }
    let count = match found.rows.len() {
        1 => t.reports_one.to_owned(),
        count => fill(t.reports_some, &[("count", &count.to_string())]),
    };
    let rows = list::rows(desk, &found.rows, place, present);
    let previous = place.previous().map(|before| desk.queue(&before));
    let next = found.next.map(|cursor| desk.queue(&place.next(cursor)));
    let narrowed = Place::narrowed(place.filter.clone()).query();
    let files = files::links(|ending| with_queries(&desk.at(&format!("/queue{ending}")), &narrowed));
    let acts = view! { <TakeAway files/> }.into_any();
    if !desk.works {
        return view! { <ListHead count acts/><QueueList rows/><Pagination previous next/> }.into_any();
    }
    let bar = selection(desk, place, found);
    view! { <ListHead count acts/><QueueList rows form=SELECTION/>{bar}<Pagination previous next/> }.into_any()
}

/// Id of the form to which the boxes of the rows belong.
const SELECTION: &str = "selected-reports";

/// What can be done with the selected rows; what will happen is shown before anything does.
fn selection(desk: &Desk, place: &Place, found: &QueuePage) -> AnyView {
    let t = desk.bulk;
    let place = place.unselected().query();
    let button = |value: &'static str, label: &'static str, key: &'static str| {
        view! { <Button label kind=ButtonKind::Secondary name="act" value about=t.selected_these key=desk.key(key)/> }
    };
    let labels = (!found.labels.is_empty()).then(|| button("label", t.label, "L"));
    let macros = (!found.macros.is_empty()).then(|| {
        let options = found.macros.iter().map(|(id, name)| SelectOption::new(id.to_string(), name.clone())).collect();
        view! {
            <SelectField name="bar.macro" label=t.macro_of options blank=t.macro_choose label_hidden=true/>
            {button("macro", t.use_macro, "M")}
        }
    });
    view! {
        <BulkBar form_id=SELECTION action=desk.at("/selection") method="get" count=t.selected_none>
            <input type="hidden" name="_place" value=place/>
            {button("assign", t.assign, "A")}
            {labels}
            {button("snooze", t.snooze, "H")}
            {button("close", t.close, "3")}
            {macros}
        </BulkBar>
    }
    .into_any()
}

fn empty(desk: &Desk, place: &Place) -> AnyView {
    let t = desk.t;
    if place.is_narrowed() {
        let act = view! { <LinkButton href=desk.queue(&Place::view(place.filter.view)) label=t.show_all kind=ButtonKind::Secondary/> }.into_any();
        return view! { <EmptyState title=t.empty_filter_title act=act><p>{t.empty_filter}</p></EmptyState> }
            .into_any();
    }
    let (title, text) = empty_words(t, place.filter.view);
    view! { <EmptyState title=title><p>{text}</p></EmptyState> }.into_any()
}

const fn empty_words(t: &'static Texts, view: View) -> (&'static str, &'static str) {
    match view {
        View::Open => (t.empty_open_title, t.empty_open),
        View::Mine => (t.empty_mine_title, t.empty_mine),
        View::Unassigned => (t.empty_unassigned_title, t.empty_unassigned),
        View::Waiting => (t.empty_waiting_title, t.empty_waiting),
        View::Accepted => (t.empty_accepted_title, t.empty_accepted),
        View::Aside => (t.empty_aside_title, t.empty_aside),
        View::Closed => (t.empty_closed_title, t.empty_closed),
        View::News => (t.empty_news_title, t.empty_news),
    }
}
