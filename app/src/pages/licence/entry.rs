//! An entry of the register: what it says, what it covers, its suspensions, its history.

use domain::{
    answers::when::{Order, long_date, parse_date},
    date::Date,
    ids::LicenceId,
    licence::{
        Activity, Entry, Licence, Names, Stop, StopKind,
        check::{Asked, Reason, Verdict},
    },
    quantity::Quantity,
    substance::Catalogue,
};
use leptos::prelude::*;
use services::licence::{self, View};

use super::{form::overtaken, look, register::days};
use crate::{
    components::*,
    pages::report::place,
    text::{
        fill,
        licence::{Texts, texts},
    },
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

fn stop_name(id: LicenceId) -> String {
    format!("licence stop {id}")
}

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let t = texts(req.lang);
    let view = licence::view(req.ctx(), &req.principal, req.parsed("licence")?).await?;
    req.in_workspace(view.org)?;
    let typed = Typed::open(&req, &stop_name(view.id)).await?;
    let (wrong, catalogue) = (typed.is_wrong(), req.ctx().catalogue());
    let title = view.entry.holder().to_owned();
    Page::new(title.clone(), move || {
        let (shape, tone) = look(view.standing);
        let here = req.here(&format!("/licences/{}", view.id));
        let acts = view.may_keep.then(|| {
            view! { <LinkButton href=format!("{here}/edit") label=t.edit kind=ButtonKind::Secondary/> }.into_any()
        });
        let done = match req.query.get("done") {
            "added" => Some(t.done_added),
            "changed" => Some(t.done_changed),
            "stopped" => Some(t.done_stopped),
            "lifted" => Some(t.done_lifted),
            _ => None,
        };
        let done = done.map(|title| view! { <Banner tone=Tone::Ok title/> });
        let said = said(t, &view, &catalogue);
        let more = match &view.entry {
            Entry::Licence(licence) => {
                let check = check(&req, t, &view, licence, &catalogue);
                let stops = stops(t, &here, &view, licence, &typed);
                view! { {check}{stops} }.into_any()
            }
            Entry::Permit(_) => ().into_any(),
        };
        let history = history(&req, t, &here, &view);
        view! {
            <DeskPage>
                <BackLink href=req.here("/licences") label=t.back/>
                {done}
                <ErrorSummary errors=typed.errors()/>
                <PageTitle title caption=view.entry.number().to_owned() lead=days(t, &view.entry) acts=acts/>
                <p><Status shape word=view.standing.label() tone/></p>
                <Panel title=t.entry>{said}</Panel>
                {more}
                <Panel title=t.history>{history}</Panel>
            </DeskPage>
        }
    })
    .errors(wrong)
    .into()
}

fn said(t: &'static Texts, view: &View, catalogue: &Catalogue) -> AnyView {
    let cells = view.entry.cells(catalogue);
    let columns = view.entry.sort().columns().iter().filter(|column| column.name != "stops");
    let mut rows: Vec<SummaryRow> =
        columns.map(|column| SummaryRow::text(column.title, shown(column.look, cells.one(column.name)))).collect();
    if let Entry::Permit(permit) = &view.entry {
        let left = permit.remainder().map_or_else(|| t.left_over.to_owned(), |left| left.to_string());
        rows.push(SummaryRow::text(t.remainder, left));
    }
    view! { <AnsweredList rows/> }.into_any()
}

/// A cell as people read it.
fn shown(look: domain::licence::Look, cell: &str) -> String {
    use domain::{country::Country, licence::Look};
    match look {
        Look::Country => Country::parse(cell).map_or_else(|_| cell.to_owned(), |country| country.name().to_owned()),
        Look::Day => cell.parse().map_or_else(|_| cell.to_owned(), long_date),
        Look::Choice(choices) => {
            let found = choices.iter().find(|(code, _)| *code == cell);
            found.map_or_else(|| cell.to_owned(), |(_, word)| (*word).to_owned())
        }
        Look::Line(_) | Look::Lines | Look::Act => cell.to_owned(),
    }
}

/// A form that asks what the licence covers, and what the answer is.
fn check(req: &Req, t: &'static Texts, view: &View, licence: &Licence, catalogue: &Catalogue) -> AnyView {
    let query = |name: &str| req.query.get(name).to_owned();
    let activities = Activity::ALL.iter().map(|one| SelectOption::new(one.code(), one.label())).collect();
    // By its place in the entry: no address of a site stands in the address of a page.
    let sites = licence.sites.iter().enumerate();
    let sites = sites.map(|(place, site)| SelectOption::new(place.to_string(), site.name.clone())).collect();
    let on = if req.query.has("on") { query("on") } else { view.today.to_string() };
    let answer = req.query.has("substance").then(|| answer(req, t, licence, catalogue, view.today));
    let action = format!("{}#check", req.path);
    view! {
        <section class="panel" aria-labelledby="check">
            <div class="panel__head"><h2 class="panel__title" id="check">{t.check_title}</h2></div>
            <div class="panel__body">
                <p>{t.check_lead}</p>
                {answer}
                <form class="stack" method="get" action=action novalidate=true>
                    <TextField name="substance" label=t.check_substance value=query("substance") width=Width::Long autocomplete="off"/>
                    <SelectField name="activity" label=t.check_activity options=activities value=query("activity") width=Width::Medium/>
                    <SelectField name="site" label=t.check_site options=sites value=query("site") blank=t.check_site_any width=Width::Long/>
                    <TextField name="on" label=t.check_on value=on width=Width::Medium autocomplete="off"/>
                    <TextField name="quantity" label=t.check_quantity value=query("quantity") optional=true width=Width::Medium autocomplete="off"/>
                    <ButtonRow><Button label=t.check_act kind=ButtonKind::Secondary/></ButtonRow>
                </form>
            </div>
        </section>
    }
    .into_any()
}

fn answer(req: &Req, t: &'static Texts, licence: &Licence, catalogue: &Catalogue, today: Date) -> AnyView {
    match judged(req, licence, catalogue, today) {
        Some(found) => verdict(t, &found),
        None => view! { <Callout tone=Tone::Warn title=t.unreadable><p>{t.unreadable_text}</p></Callout> }.into_any(),
    }
}

/// What the address asks, judged; none if it cannot be read.
fn judged(req: &Req, licence: &Licence, catalogue: &Catalogue, today: Date) -> Option<Verdict> {
    let country = req.workspace.as_ref().map_or("", |member| member.country.as_str());
    let text = |name: &str| req.query.get(name).trim();
    let names = Names::of_all(catalogue);
    let substance = names.substance(text("substance"))?;
    let on = text("on");
    let on = if on.is_empty() { today } else { parse_date(on, Order::of_country(country)).ok()? };
    let quantity = match text("quantity") {
        "" => None,
        typed => Some(Quantity::parse(typed).ok()?),
    };
    let place = text("site").parse::<usize>().ok();
    let site = place.and_then(|place| licence.sites.get(place)).map_or("", |site| site.name.as_str());
    let activity = Activity::from_code(text("activity"))?;
    Some(licence.check(&Asked { site, substance: &substance.slug, activity, on, quantity }, catalogue))
}

/// What a check said, with every reason.
pub(super) fn verdict(t: &'static Texts, verdict: &Verdict) -> AnyView {
    if verdict.is_covered() {
        let text = match verdict.ceiling {
            Some(ceiling) => fill(t.covered_under, &[("ceiling", &ceiling.text())]),
            None => t.covered_text.to_owned(),
        };
        return view! { <Callout tone=Tone::Ok title=t.covered><p>{text}</p></Callout> }.into_any();
    }
    let reasons = verdict.reasons.iter().map(Reason::text);
    let reasons = reasons.map(|reason| view! { <li><bdi>{reason}</bdi></li> }).collect_view();
    view! { <Callout tone=Tone::Warn title=t.not_covered><ul>{reasons}</ul></Callout> }.into_any()
}

fn stops(t: &'static Texts, here: &str, view: &View, licence: &Licence, typed: &Typed) -> AnyView {
    let row = |stop: &Stop| {
        let until = stop.to.map_or_else(|| t.open_end.to_owned(), long_date);
        view! {
            <tr>
                <th scope="row">{stop.kind.label()}</th>
                <td>{long_date(stop.from)}</td>
                <td>{until}</td>
                <td><bdi>{stop.reason.clone()}</bdi></td>
            </tr>
        }
    };
    let table = if licence.stops.is_empty() {
        view! { <p class="muted">{t.stops_none}</p> }.into_any()
    } else {
        let rows = licence.stops.iter().map(row).collect_view();
        let columns = [t.kind, t.stop_from, t.until, t.reason].map(Column::new).to_vec();
        view! { <DataTable id="stops" caption=t.stops caption_hidden=true columns>{rows}</DataTable> }.into_any()
    };
    let suspended = licence.stopped(view.today).is_some_and(|stop| stop.kind == StopKind::Suspended);
    let lift = (view.may_keep && suspended).then(|| {
        let hidden = vec![("version".to_owned(), view.version.to_string())];
        view! { <PostButton action=format!("{here}/lift") label=t.lift kind=ButtonKind::Secondary hidden/> }
    });
    let form = view.may_keep.then(|| stop_form(t, here, view, typed));
    view! { <Panel title=t.stops>{table}{lift}{form}</Panel> }.into_any()
}

fn stop_form(t: &'static Texts, here: &str, view: &View, typed: &Typed) -> AnyView {
    let kinds = [("suspended", t.stop_suspend), ("revoked", t.stop_revoke)];
    let kinds = kinds.map(|(code, label)| Choice::new(code, label).checked(typed.chose("kind", code))).into();
    let (value, error) = (|field: &str| typed.value(field), |field: &str| typed.error(field));
    let open = typed.is_wrong();
    view! {
        <Details summary=t.stop_title open>
            <p>{t.stop_lead}</p>
            <form class="stack" method="post" action=format!("{here}/stop") novalidate=true>
                <input type="hidden" name="version" value=view.version.to_string()/>
                <Choices name="kind" legend=t.stop_kind options=kinds error=error("kind")/>
                <TextField name="from" label=t.stop_from value=value("from") error=error("from") width=Width::Medium autocomplete="off"/>
                <TextField name="to" label=t.stop_to hint=t.stop_to_hint value=value("to") error=error("to") optional=true width=Width::Medium autocomplete="off"/>
                <TextField name="reason" label=t.stop_reason value=value("reason") error=error("reason") autocomplete="off"/>
                <ButtonRow><Button label=t.stop_act kind=ButtonKind::Secondary/></ButtonRow>
            </form>
        </Details>
    }
    .into_any()
}

fn history(req: &Req, t: &'static Texts, here: &str, view: &View) -> AnyView {
    let row = |version: &licence::Version| {
        let href = format!("{here}/history/{}", version.number);
        let (number, when) = (version.number.to_string(), place::moment(req, version.at));
        let about = number.clone();
        view! {
            <tr>
                <th scope="row" class="num">{number}</th>
                <td>{version.step.clone()}</td>
                <td>{when}</td>
                <td><bdi>{version.by.clone()}</bdi></td>
                <td><a href=href>{t.compare}<span class="unseen">" "{about}</span></a></td>
            </tr>
        }
    };
    let rows = view.history.iter().map(row).collect_view();
    let columns = vec![
        Column::numeric(t.version),
        Column::new(t.step),
        Column::new(t.when),
        Column::new(t.who),
        Column::unlabelled(t.compare),
    ];
    view! { <DataTable id="history" caption=t.history_caption caption_hidden=true columns>{rows}</DataTable> }
        .into_any()
}

/// Suspends or revokes.
pub(super) async fn stop(req: Req) -> Outcome {
    let t = texts(req.lang);
    let view = licence::view(req.ctx(), &req.principal, req.parsed("licence")?).await?;
    req.in_workspace(view.org)?;
    let here = req.here(&format!("/licences/{}", view.id));
    let seen = (view.id, req.posted_version());
    match licence::stop(req.ctx(), &req.principal, seen, &typed::answers(&req.form)).await {
        Ok(()) => {
            typed::done(&req).await?;
            Ok(Reply::to(with_query(&here, "done", "stopped")))
        }
        Err(refusal) => typed::again(&req, &stop_name(view.id), &here, overtaken(t, refusal)).await,
    }
}

/// Lifts a suspension.
pub(super) async fn lift(req: Req) -> Outcome {
    let view = licence::view(req.ctx(), &req.principal, req.parsed("licence")?).await?;
    req.in_workspace(view.org)?;
    licence::lift(req.ctx(), &req.principal, (view.id, req.posted_version())).await?;
    Ok(Reply::to(with_query(&req.here(&format!("/licences/{}", view.id)), "done", "lifted")))
}
