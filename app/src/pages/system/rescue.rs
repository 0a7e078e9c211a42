//! Letting an administrator in anew: what waits, proposing, confirming by a second person.

use domain::access::Action;
use leptos::prelude::*;
use services::{
    Refusal,
    rescue::{self, Rescue},
};

use crate::{
    components::*,
    format,
    routes::{Route, get, post},
    text::{
        fill,
        rescue::{Texts, texts},
    },
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

const FORM: &str = "rescue";

/// The rows of these pages.
pub(super) fn routes() -> Vec<Route> {
    let may = Action::RescueAdministrators;
    vec![
        get("/{lang}/s/{org}/rescues", may, page),
        post("/{lang}/s/{org}/rescues", may, propose),
        get("/{lang}/s/{org}/rescues/{rescue}/confirm", may, confirm_page),
        post("/{lang}/s/{org}/rescues/{rescue}/confirm", may, confirm),
        post("/{lang}/s/{org}/rescues/{rescue}/withdraw", may, withdraw),
    ]
}

async fn page(req: Req) -> Outcome {
    let waits = rescue::list(req.ctx(), &req.principal).await?;
    let typed = Typed::open(&req, FORM).await?;
    let (t, base, wrong) = (texts(req.lang), req.here("/rescues"), typed.is_wrong());
    let done = if wrong { String::new() } else { req.query.get("done").to_owned() };
    let title = format!("{} – {}", t.title, req.workspace()?.org_name);
    Page::new(title, move || whole(t, &base, waits, &typed, &done)).errors(wrong).into()
}

fn whole(t: &'static Texts, base: &str, waits: Vec<Rescue>, typed: &Typed, done: &str) -> impl IntoView + use<> {
    let banner = banner(t, done);
    let (list, form) = (list(t, base, waits), form(t, base, typed));
    view! {
        <DeskPage>
            <ErrorSummary errors=typed.errors()/>
            {banner}
            <PageTitle title=t.title lead=t.lead/>
            <Panel title=t.waits>{list}</Panel>
            <Panel title=t.propose>{form}</Panel>
        </DeskPage>
    }
}

fn banner(t: &'static Texts, done: &str) -> Option<impl IntoView + use<>> {
    let (title, body) = match done {
        "proposed" => (t.done_proposed, Some(t.done_proposed_body)),
        "confirmed" => (t.done_confirmed, Some(t.done_confirmed_body)),
        "withdrawn" => (t.done_withdrawn, None),
        _ => return None,
    };
    let body = body.map(|body| view! { {body} }.into_any());
    Some(view! { <Banner tone=Tone::Ok title body/> })
}

fn form(t: &'static Texts, base: &str, typed: &Typed) -> impl IntoView + use<> {
    view! {
        <p>{t.propose_lead}</p>
        <form class="stack" method="post" action=base.to_owned() novalidate=true>
            <TextField
                name="email" label=t.email kind="email" autocomplete="off" width=Width::Long value=typed.value("email")
                error=typed.error("email")
            />
            <TextArea
                name="reason" label=t.reason hint=t.reason_hint rows=3 value=typed.value("reason")
                error=typed.error("reason")
            />
            <Button label=t.propose_act kind=ButtonKind::Secondary/>
        </form>
    }
}

fn list(t: &'static Texts, base: &str, waits: Vec<Rescue>) -> AnyView {
    if waits.is_empty() {
        return view! { <p class="muted">{t.none}</p> }.into_any();
    }
    let mut columns = [t.person, t.runs, t.reason, t.proposer, t.until].map(Column::new).to_vec();
    columns.push(Column::unlabelled(t.acts));
    let rows = waits.into_iter().map(|rescue| row(t, base, rescue)).collect_view();
    view! { <DataTable id="rescues" caption=t.waits caption_hidden=true columns>{rows}</DataTable> }.into_any()
}

fn row(t: &'static Texts, base: &str, rescue: Rescue) -> impl IntoView + use<> {
    let about = fill(t.about, &[("name", &rescue.person)]);
    let at = format!("{base}/{}", rescue.id);
    let confirm = rescue.may_confirm.then(|| {
        let (href, about) = (format!("{at}/confirm"), about.clone());
        view! { <LinkButton href label=t.confirm about kind=ButtonKind::Secondary/> }
    });
    let until = format::moment(rescue.expires, "UTC");
    view! {
        <tr>
            <th scope="row"><bdi>{rescue.person}</bdi><br/><bdi class="beside" dir="ltr">{rescue.email}</bdi></th>
            <td>{rescue.organisations.join(", ")}</td>
            <td><bdi>{rescue.reason}</bdi></td>
            <td><bdi>{rescue.proposer}</bdi></td>
            <td><Moment text=until datetime=format::machine(rescue.expires)/></td>
            <td>
                <div class="button-row">
                    {confirm}
                    <PostButton action=format!("{at}/withdraw") label=t.withdraw about kind=ButtonKind::Quiet/>
                </div>
            </td>
        </tr>
    }
}

async fn propose(req: Req) -> Outcome {
    match rescue::propose(req.ctx(), &req.principal, &typed::answers(&req.form)).await {
        Ok(()) => {
            typed::done(&req).await?;
            back(&req, "proposed")
        }
        Err(refusal) => typed::again(&req, FORM, &req.path, refusal).await,
    }
}

fn back(req: &Req, done: &str) -> Outcome {
    Ok(Reply::to(with_query(&req.here("/rescues"), "done", done)))
}

/// Asks once more, since nothing of it can be taken back.
async fn confirm_page(req: Req) -> Outcome {
    let waits = rescue::list(req.ctx(), &req.principal).await?;
    let found = waits.into_iter().find(|rescue| rescue.id.to_string() == req.param("rescue"));
    let found = found.ok_or(Refusal::NotFound)?;
    let t = texts(req.lang);
    let about = [("name", &*found.person), ("proposer", &*found.proposer), ("email", &*found.email)];
    let title = fill(t.confirm_title, &about);
    let leads = [fill(t.confirm_lead, &about), fill(t.confirm_lead_2, &about)];
    Page::new(title.clone(), move || {
        let leads = leads.map(|lead| view! { <p>{lead}</p> }).collect_view();
        view! {
            <ConfirmPage title action=req.path.clone() confirm=t.confirm_act cancel_href=req.here("/rescues") danger=true>
                {leads}
                <blockquote class="given"><bdi>{found.reason}</bdi></blockquote>
            </ConfirmPage>
        }
    })
    .into()
}

async fn confirm(req: Req) -> Outcome {
    let id = req.parsed("rescue")?;
    rescue::confirm(req.ctx(), &req.principal, id).await?;
    back(&req, "confirmed")
}

async fn withdraw(req: Req) -> Outcome {
    let id = req.parsed("rescue")?;
    rescue::withdraw(req.ctx(), &req.principal, id).await?;
    back(&req, "withdrawn")
}
