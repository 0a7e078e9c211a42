//! The company's side: asking about a licence, the answer, the letter where nobody here answers.

use domain::{
    access::Action,
    answers::{Answers, when::long_date},
    date::Date,
    ids::{CustomerId, LicenceRequestId},
    licence::request::{COLUMNS, RequestState},
};
use leptos::prelude::*;
use services::{
    Refusal, customer,
    licence::request::{self, Request},
};

use super::{
    fields::{fields, order},
    form::overtaken,
    stands,
};
use crate::{
    components::*,
    pages::report::place,
    text::{
        common, fill,
        licence::{Texts, texts},
    },
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

const PAGE: usize = 50;

/// Where a page begins: when asked, and identity.
fn after(req: &Req) -> Option<(i64, LicenceRequestId)> {
    let (at, id) = req.query.get("after").split_once('~')?;
    Some((at.parse().ok()?, id.parse().ok()?))
}

/// What the company asked.
pub(super) async fn list(req: Req) -> Outcome {
    let (t, member) = (texts(req.lang), req.workspace()?.clone());
    let (found, more) = request::list(req.ctx(), &req.principal, member.org, after(&req), PAGE).await?;
    let may_ask = Action::AskLicences.allows(member.role);
    Page::new(t.own_title, move || {
        let here = req.here("/licences");
        let acts = may_ask.then(|| view! { <LinkButton href=format!("{here}/new") label=t.own_new/> }.into_any());
        let body = if found.is_empty() {
            view! { <EmptyState title=t.own_none_title><p>{t.own_none}</p></EmptyState> }.into_any()
        } else {
            table(&req, t, &found, "requests")
        };
        let next =
            found.last().filter(|_| more).map(|last| with_query(&here, "after", &format!("{}~{}", last.at.0, last.id)));
        let previous = req.query.has("after").then(|| here.clone());
        view! {
            <DeskPage>
                <BackLink href=req.here("/customers") label=crate::text::customers::texts(req.lang).back_list/>
                <PageTitle title=t.own_title lead=t.own_lead acts=acts/>
                {body}
                <Pagination previous next/>
            </DeskPage>
        }
    })
    .into()
}

/// Requests as a table.
pub(super) fn table(req: &Req, t: &'static Texts, found: &[Request], id: &'static str) -> AnyView {
    let row = |one: &Request| {
        let (shape, word, tone) = stands(one.state, one.answer.as_ref().map(|answer| answer.outcome));
        let href = req.here(&format!("/licences/{}", one.id));
        let until = one.answer.as_ref().and_then(|answer| answer.until).map(long_date);
        let asked = place::moment(req, one.at);
        view! {
            <tr>
                <th scope="row"><a href=href><bdi dir="ltr">{one.question.number.clone()}</bdi></a></th>
                <td><bdi>{one.question.holder.clone()}</bdi></td>
                <td>{one.question.substance_name.clone()}", "{one.question.activity.label()}</td>
                <td><Status shape word tone/></td>
                <td>{until}</td>
                <td>{asked}</td>
            </tr>
        }
    };
    let rows = found.iter().map(row).collect_view();
    let columns = [t.number, t.holder, t.substance, t.own_state, t.tell_until, t.asked_on].map(Column::new).to_vec();
    view! { <DataTable id caption=t.own_caption caption_hidden=true columns>{rows}</DataTable> }.into_any()
}

/// In whose file, and for which site, the address asks.
fn about(req: &Req) -> Result<Option<(CustomerId, Option<u32>)>, Refusal> {
    if !req.query.has("customer") {
        return Ok(None);
    }
    let customer = req.query.get("customer").parse().map_err(|_| Refusal::NotFound)?;
    Ok(Some((customer, req.query.get("site").parse().ok())))
}

/// The address of the form with what it is about.
pub(super) fn form_address(req: &Req, about: Option<(CustomerId, Option<u32>)>) -> String {
    let mut address = req.here("/licences/new");
    if let Some((customer, site)) = about {
        address = with_query(&address, "customer", &customer.to_string());
        if let Some(site) = site {
            address = with_query(&address, "site", &site.to_string());
        }
    }
    address
}

fn form_name(about: Option<(CustomerId, Option<u32>)>) -> String {
    about.map_or_else(|| "licence question".to_owned(), |(customer, _)| format!("licence question {customer}"))
}

/// The form.
pub(super) async fn new_page(req: Req) -> Outcome {
    let (t, about) = (texts(req.lang), about(&req)?);
    let (mut begun, mut caption) = (Answers::new(), None);
    if let Some((id, site)) = about {
        let view = customer::view(req.ctx(), &req.principal, id).await?;
        req.in_workspace(view.org)?;
        begun = request::from_file(&view.customer, site);
        caption = Some(view.customer.name().to_owned());
    } else {
        begun.set_one("country", req.workspace()?.country.as_str());
    }
    let typed = Typed::open(&req, &form_name(about)).await?.in_order(&order(COLUMNS));
    let wrong = typed.is_wrong();
    Page::new(t.own_new, move || {
        let shown = if wrong { typed.clone() } else { Typed::default() };
        let fields = fields(COLUMNS, &shown, &|name: &str| begun.one(name).to_owned());
        let back = about.map_or_else(|| req.here("/licences"), |(id, _)| req.here(&format!("/customers/{id}")));
        let action = form_address(&req, about);
        view! {
            <FormPage>
                <BackLink href=back/>
                <ErrorSummary errors=typed.errors()/>
                <PageTitle title=t.own_new caption lead=t.own_new_lead/>
                <form class="stack" method="post" action=action novalidate=true>
                    {fields}
                    <ButtonRow><Button label=t.own_act/></ButtonRow>
                </form>
            </FormPage>
        }
    })
    .errors(wrong)
    .into()
}

/// Asks.
pub(super) async fn create(req: Req) -> Outcome {
    let (about, org) = (about(&req)?, req.workspace()?.org);
    match request::ask(req.ctx(), &req.principal, org, about, &typed::answers(&req.form)).await {
        Ok(id) => {
            typed::done(&req).await?;
            Ok(Reply::to(with_query(&req.here(&format!("/licences/{id}")), "done", "asked")))
        }
        Err(refusal) => typed::again(&req, &form_name(about), &form_address(&req, about), refusal).await,
    }
}

async fn opened(req: &Req) -> Result<Request, Refusal> {
    let id: LicenceRequestId = req.parsed("request")?;
    let found = request::one(req.ctx(), &req.principal, id).await?;
    req.in_workspace(found.org)?;
    Ok(found)
}

/// One request.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, found) = (texts(req.lang), opened(&req).await?);
    let may_ask = Action::AskLicences.allows(req.workspace()?.role);
    let title = fill(t.own_page, &[("number", &found.question.number)]);
    Page::new(title.clone(), move || {
        let lead = fill(t.own_by, &[("who", &found.by), ("when", &place::moment(&req, found.at))]);
        let rows = found.question.rows().into_iter().map(|(title, text)| SummaryRow::text(title, text)).collect();
        let done = req.query.get("done") == "asked" && found.state == RequestState::Open;
        let done = done.then(|| view! { <Banner tone=Tone::Ok title=t.own_done/> });
        let (shape, word, tone) = stands(found.state, found.answer.as_ref().map(|answer| answer.outcome));
        let state = told(&req, t, &found, may_ask);
        let file = found.customer.map(|id| {
            view! { <p><a href=req.here(&format!("/customers/{id}"))>{t.own_customer}</a></p> }
        });
        let again = (may_ask && found.state != RequestState::Open).then(|| {
            let href = form_address(&req, found.customer.map(|id| (id, found.site)));
            view! { <ButtonRow><LinkButton href label=t.own_again kind=ButtonKind::Secondary/></ButtonRow> }
        });
        view! {
            <FormPage>
                <BackLink href=req.here("/licences") label=t.own_title/>
                {done}
                <PageTitle title lead/>
                <p><Status shape word tone/></p>
                {state}
                <Panel title=t.request_asked><AnsweredList rows/></Panel>
                {file}
                {again}
            </FormPage>
        }
    })
    .into()
}

/// Where it stands, in words.
fn told(req: &Req, t: &'static Texts, found: &Request, may_ask: bool) -> AnyView {
    let authority = found.authority.clone().unwrap_or_default();
    let here = req.here(&format!("/licences/{}", found.id));
    match (found.state, &found.answer) {
        (_, Some(answer)) => {
            let said =
                fill(t.own_answer_on, &[("outcome", answer.outcome.label()), ("when", &place::moment(req, answer.at))]);
            let over = answer.until.is_some_and(|until| until < Date::of(req.ctx().now()));
            let until = if over { t.own_until_over } else { t.own_until };
            let until = answer.until.map(|day| view! { <p>{fill(until, &[("day", &long_date(day))])}</p> });
            let title = fill(t.own_answer, &[("authority", &authority)]);
            view! { <Panel title><p><b>{said}</b></p><p><bdi class="typed">{answer.note.clone()}</bdi></p>{until}</Panel> }
                .into_any()
        }
        (RequestState::Letter, None) => {
            let country = found.question.country.name();
            view! {
                <Callout tone=Tone::Info title=fill(t.own_letter, &[("country", country)])>
                    <p>{t.own_letter_text}</p>
                    <p><a href=format!("{here}/letter")>{t.own_letter_link}</a></p>
                </Callout>
            }
            .into_any()
        }
        (RequestState::Withdrawn, None) => view! { <p>{t.own_withdrawn}</p> }.into_any(),
        _ => {
            let due = place::moment(req, found.due);
            let hidden = vec![("version".to_owned(), found.version.to_string())];
            let act = may_ask.then(|| {
                view! { <PostButton action=format!("{here}/take-back") label=t.own_withdraw kind=ButtonKind::Quiet hidden/> }
            });
            view! { <p>{fill(t.own_asked, &[("authority", &authority), ("due", &due)])}</p>{act} }.into_any()
        }
    }
}

/// The letter with everything filled in, to be printed.
pub(super) async fn letter(req: Req) -> Outcome {
    let (t, found) = (texts(req.lang), opened(&req).await?);
    let (company, name) = (req.workspace()?.org_name.clone(), req.person()?.name.clone());
    Page::new(t.letter_title, move || {
        let rows = found.question.rows().into_iter().map(|(title, text)| SummaryRow::text(title, text)).collect();
        let to = fill(t.letter_to, &[("country", found.question.country.name())]);
        let from = fill(t.letter_from, &[("company", &company)]);
        let day = long_date(Date::of(found.at));
        let address = format!("{}{}", req.ctx().config.base_url, req.path);
        let (service, moment) = (common::texts(req.lang).product, place::moment(&req, req.ctx().now()));
        view! {
            <PrintBlock service address moment by=name/>
            <ReadingPage>
                <div class="no-print">
                    <BackLink href=req.here(&format!("/licences/{}", found.id))/>
                    <p class="muted">{t.letter_print}</p>
                </div>
                <p>{to}</p>
                <p><bdi>{from}</bdi><br/>{day}</p>
                <h1>{t.letter_title}</h1>
                <p>{t.letter_ask}</p>
                <AnsweredList rows/>
                <p>{t.letter_answers}</p>
                <p>{t.letter_sign}</p>
            </ReadingPage>
        }
    })
    .into()
}

/// Takes it back.
pub(super) async fn withdraw(req: Req) -> Outcome {
    let (t, found) = (texts(req.lang), opened(&req).await?);
    let here = req.here(&format!("/licences/{}", found.id));
    match request::withdraw(req.ctx(), &req.principal, (found.id, req.posted_version())).await {
        Ok(()) => Ok(Reply::to(here)),
        Err(refusal) => typed::again(&req, "licence taken back", &here, overtaken(t, refusal)).await,
    }
}
