//! What an association passes on for members: the list, the form, one concern with what the authority says.

use domain::reference::Reference;
use leptos::prelude::*;
use services::{
    Refusal,
    concern::{self, FIELDS, Mailbox, Passed, Place},
    error::Problem,
    evidence::Rejected,
};

use super::{
    form::{Posted, choose, fields, posted},
    mailbox::{conversation, reply_form},
};
use crate::{
    components::*,
    format,
    text::{
        concern::{Texts, texts},
        fill,
    },
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

const NEW: &str = "concern of a member";

fn form_name(reference: &Reference) -> String {
    format!("answer about {reference}")
}

/// What was passed on.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, org) = (texts(req.lang), req.workspace()?.org);
    let passed = concern::list(req.ctx(), &req.principal, org).await?;
    let (here, new) = (req.here("/concerns"), req.here("/concerns/new"));
    Page::new(t.pass_title, move || {
        let list = table(t, &here, &passed);
        let acts = view! { <LinkButton href=new label=t.pass_new/> }.into_any();
        view! { <FormPage><PageTitle title=t.pass_title lead=t.pass_lead acts/>{list}</FormPage> }
    })
    .into()
}

fn table(t: &'static Texts, here: &str, passed: &[Passed]) -> AnyView {
    if passed.is_empty() {
        return view! { <EmptyState title=t.pass_none_title><p>{t.pass_none}</p></EmptyState> }.into_any();
    }
    let row = |one: &Passed| {
        let stands = one.outcome.map_or_else(|| one.state.label(), |outcome| outcome.label());
        view! {
            <tr>
                <th scope="row"><a href=format!("{here}/{}", one.reference)><bdi>{one.headline.clone()}</bdi></a></th>
                <td><bdi>{one.authority.clone()}</bdi></td>
                <td>{format::day(one.day, "UTC")}</td>
                <td>{stands}</td>
                <td class="num">{one.answers}</td>
            </tr>
        }
    };
    let rows = passed.iter().map(row).collect_view();
    let columns = [t.pass_about, t.pass_to, t.pass_day, t.pass_stands].map(Column::new).into_iter();
    let columns = columns.chain([Column::numeric(t.pass_answers)]).collect();
    view! { <DataTable id="concerns" caption=t.pass_caption caption_hidden=true columns>{rows}</DataTable> }.into_any()
}

/// Where to, or the form.
pub(super) async fn new(req: Req) -> Outcome {
    concern::may_pass_on(&req.principal, req.workspace()?.org)?;
    let t = texts(req.lang);
    let places = concern::places(req.ctx()).await?;
    let wanted = req.query.get("country").to_owned();
    let chosen = places.iter().find(|place| place.is_open && place.country.code() == wanted).cloned();
    let typed = Typed::open(&req, NEW).await?.in_order(FIELDS);
    let (here, list) = (req.here("/concerns/new"), req.here("/concerns"));
    let Some(place) = chosen else {
        return Page::new(t.pass_where_title, move || {
            let countries = choose(t, &here, &places);
            view! { <FormPage><BackLink href=list label=t.pass_back/><PageTitle title=t.pass_new/>{countries}</FormPage> }
        })
        .into();
    };
    let wrong = typed.is_wrong();
    let title = fill(t.pass_form_title, &[("authority", &place.name)]);
    Page::new(title.clone(), move || form(t, &list, &place, &typed, title)).errors(wrong).into()
}

fn form(t: &'static Texts, list: &str, place: &Place, typed: &Typed, title: String) -> impl IntoView + use<> {
    let (fields, action, back) = (fields(t, typed, typed.is_wrong()), list.to_owned(), list.to_owned());
    let country = place.country.code();
    view! {
        <FormPage>
            <BackLink href=back label=t.pass_back/>
            <ErrorSummary errors=typed.errors()/>
            <PageTitle title lead=t.pass_form_lead/>
            <form class="stack" method="post" action=action enctype="multipart/form-data" novalidate=true>
                <input type="hidden" name="country" value=country/>
                {fields}
                <ButtonRow><Button label=t.pass_send/></ButtonRow>
            </form>
        </FormPage>
    }
}

/// Passes it on.
pub(super) async fn send(mut req: Req) -> Outcome {
    let org = req.workspace()?.org;
    concern::may_pass_on(&req.principal, org)?;
    let Posted { typed, files, problems } = posted(&mut req).await?;
    let new = with_query(&req.here("/concerns/new"), "country", req.form.get("country"));
    let place = match concern::place(req.ctx(), req.form.get("country")).await {
        Err(Refusal::NotFound) => return Ok(Reply::to(req.here("/concerns/new"))),
        place => place?,
    };
    let outcome = match problems.is_empty() {
        true => concern::pass_on(req.ctx(), &req.principal, (org, &place), &typed, files).await,
        false => Err(Refusal::Invalid(problems)),
    };
    match outcome {
        Ok(reference) => {
            typed::done(&req).await?;
            Ok(Reply::to(with_query(&req.here(&format!("/concerns/{reference}")), "done", "sent")))
        }
        Err(refusal) => typed::again(&req, NEW, &new, refusal).await,
    }
}

async fn opened(req: &Req) -> Result<(Reference, Mailbox), Refusal> {
    let reference: Reference = req.parsed("concern")?;
    let mailbox = concern::passed(req.ctx(), &req.principal, req.workspace()?.org, &reference).await?;
    Ok((reference, mailbox))
}

/// One of them.
pub(super) async fn one(req: Req) -> Outcome {
    let t = texts(req.lang);
    let (reference, mailbox) = opened(&req).await?;
    let typed = Typed::open(&req, &form_name(&reference)).await?;
    let done = match req.query.get("done") {
        "sent" => Some(t.pass_sent_banner),
        "said" => Some(t.said_banner),
        _ => None,
    };
    let wrong = typed.is_wrong();
    let (list, action) = (req.here("/concerns"), req.here(&format!("/concerns/{reference}/reply")));
    let title = format!("{} {reference}", t.is_title);
    Page::new(title.clone(), move || {
        let day = format::day(mailbox.sent, &mailbox.zone);
        let caption = fill(t.pass_one_caption, &[("authority", &mailbox.authority), ("day", &day)]);
        let (words, form) = (conversation(t, &mailbox, t.pass_voice), reply_form(t, action, &mailbox, &typed, None));
        view! {
            <FormPage>
                <BackLink href=list label=t.pass_back/>
                <ErrorSummary errors=typed.errors()/>
                {done.map(|title| view! { <Banner tone=Tone::Ok title/> })}
                <PageTitle title caption/>
                {words}
                {form}
            </FormPage>
        }
    })
    .errors(wrong)
    .into()
}

/// Answers the authority.
pub(super) async fn reply(mut req: Req) -> Outcome {
    let org = req.workspace()?.org;
    let (reference, _) = opened(&req).await?;
    let Posted { files, problems, .. } = posted(&mut req).await?;
    let here = req.here(&format!("/concerns/{reference}"));
    let outcome = match problems.is_empty() {
        true => {
            let text = req.form.get("text");
            concern::reply_for_member(req.ctx(), &req.principal, (org, &reference), text, files).await
        }
        false => Err(Refusal::Invalid(problems)),
    };
    let rejected: Vec<Problem> = match outcome {
        Ok(rejected) => rejected.iter().map(Rejected::problem).collect(),
        Err(refusal) => return typed::again(&req, &form_name(&reference), &here, refusal).await,
    };
    if rejected.is_empty() {
        typed::done(&req).await?;
        return Ok(Reply::to(with_query(&here, "done", "said")));
    }
    typed::again(&req, &form_name(&reference), &here, Refusal::Invalid(rejected)).await
}
