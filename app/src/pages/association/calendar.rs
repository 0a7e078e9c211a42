//! What is ahead: for the association, which keeps it, and for its members.

use domain::{answers::when::long_date, date::Date, ical, organisation::OrgKind};
use leptos::prelude::*;
use services::{
    Refusal,
    association::calendar::{self, Item},
};

use crate::{
    components::*,
    text::{
        ahead::{Texts, texts},
        fill,
    },
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

const FORM: &str = "calendar entry";

async fn items(req: &Req) -> Result<Vec<Item>, Refusal> {
    let member = req.workspace()?;
    match member.kind {
        OrgKind::Association => calendar::of_association(req.ctx(), &req.principal, member.org).await,
        _ => calendar::of_company(req.ctx(), &req.principal, member.org).await,
    }
}

/// The page, for both.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, keeps) = (texts(req.lang), req.workspace()?.kind == OrgKind::Association);
    let items = items(&req).await?;
    let typed = Typed::open(&req, FORM).await?;
    let (here, wrong) = (req.here("/calendar"), typed.is_wrong());
    let done = match req.query.get("done") {
        "added" => Some(t.done_added),
        "removed" => Some(t.done_removed),
        _ => None,
    };
    Page::new(t.title, move || {
        let lead = if keeps { t.lead } else { t.own_lead };
        let table = table(t, &req, &here, &items);
        let (file, follow) = (req.here("/calendar.ics"), req.to("/me/feeds"));
        let form = keeps.then(|| form(t, &here, &typed));
        view! {
            <FormPage>
                <ErrorSummary errors=typed.errors()/>
                {done.map(|title| view! { <Banner tone=Tone::Ok title/> })}
                <PageTitle title=t.title lead/>
                {table}
                <p><a href=file download="">{t.file}</a>" · "<a href=follow>{t.follow}</a></p>
                {form}
            </FormPage>
        }
    })
    .errors(wrong)
    .into()
}

fn days(t: &'static Texts, first: Date, last: Date) -> String {
    if first == last {
        return long_date(first);
    }
    fill(t.span, &[("first", &long_date(first)), ("last", &long_date(last))])
}

fn table(t: &'static Texts, req: &Req, here: &str, items: &[Item]) -> AnyView {
    if items.is_empty() {
        return view! { <EmptyState title=t.none_title><p>{t.none}</p></EmptyState> }.into_any();
    }
    let company = req.workspace().is_ok_and(|member| member.kind == OrgKind::Company);
    let row = |item: &Item| {
        // Consultations of others have no page at an association.
        let link = item.consultation.filter(|_| company || item.is_own);
        let title = item.title.clone();
        let title = match link {
            Some(id) => {
                let href = req.here(&format!("/consultations/{id}"));
                view! { {t.closes}" "<a href=href dir="auto">{title}</a> }.into_any()
            }
            None if item.consultation.is_some() => view! { {t.closes}" "<bdi>{title}</bdi> }.into_any(),
            None => view! { <bdi>{title}</bdi> }.into_any(),
        };
        let more = [&item.place, &item.about].into_iter().filter(|text| !text.is_empty());
        let more = more.map(|text| view! { <br/><span class="muted" dir="auto">{text.clone()}</span> }).collect_view();
        let remove = item.entry.filter(|_| item.is_own).map(|id| {
            let (action, about) = (format!("{here}/{id}/remove"), fill(t.remove_about, &[("title", &item.title)]));
            view! { <PostButton action label=t.remove about kind=ButtonKind::Quiet/> }
        });
        view! {
            <tr>
                <th scope="row">{days(t, item.first, item.last)}</th>
                <td>{title}{more}</td>
                <td><bdi>{item.owner.clone()}</bdi></td>
                <td>{remove}</td>
            </tr>
        }
    };
    let rows = items.iter().map(row).collect_view();
    let columns = vec![Column::new(t.day), Column::new(t.what), Column::new(t.who), Column::unlabelled(t.remove)];
    view! { <DataTable id="ahead" caption=t.caption caption_hidden=true columns>{rows}</DataTable> }.into_any()
}

fn form(t: &'static Texts, here: &str, typed: &Typed) -> AnyView {
    let (value, error) = (|field: &str| typed.value(field), |field: &str| typed.error(field));
    view! {
        <Panel title=t.add_title>
            <form class="stack" method="post" action=here.to_owned() novalidate=true>
                <TextField name="title" label=t.name value=value("title") error=error("title") width=Width::Long autocomplete="off"/>
                <DateField name="first" label=t.first hint=t.first_hint value=value("first") error=error("first")/>
                <DateField name="last" label=t.last hint=t.last_hint value=value("last") error=error("last") optional=true/>
                <TextField name="place" label=t.place value=value("place") error=error("place") width=Width::Long optional=true autocomplete="off"/>
                <TextArea name="about" label=t.about rows=3 value=value("about") error=error("about") optional=true/>
                <ButtonRow><Button label=t.add/></ButtonRow>
            </form>
        </Panel>
    }
    .into_any()
}

/// The same as a file for a calendar program.
pub(super) async fn file(req: Req) -> Outcome {
    let t = texts(req.lang);
    let items = items(&req).await?;
    let body = ical::write(t.file_name, &calendar::entries(req.ctx(), t.closes, &items)).into_bytes();
    Ok(Reply::File { name: "calendar.ics".to_owned(), media_type: "text/calendar; charset=utf-8", body })
}

/// Adds an entry.
pub(super) async fn add(req: Req) -> Outcome {
    let here = req.here("/calendar");
    match calendar::add(req.ctx(), &req.principal, req.workspace()?.org, &typed::answers(&req.form)).await {
        Ok(()) => {
            typed::done(&req).await?;
            Ok(Reply::to(with_query(&here, "done", "added")))
        }
        Err(refusal) => typed::again(&req, FORM, &here, refusal).await,
    }
}

/// Takes an entry out.
pub(super) async fn remove(req: Req) -> Outcome {
    calendar::remove(req.ctx(), &req.principal, req.workspace()?.org, req.parsed("event")?).await?;
    Ok(Reply::to(with_query(&req.here("/calendar"), "done", "removed")))
}
