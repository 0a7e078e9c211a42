//! Reading in need: what the company sent and what both sides said. Nothing can be done here.

use domain::reference::Reference as Number;
use leptos::prelude::*;
use services::{
    break_glass::{self, Listed, Opened},
    report::CompanyEntry,
    thread::Side as From,
};

use super::detail::access_of;
use crate::{
    components::*,
    format,
    pages::desk::{answers, look},
    text::{
        break_glass::{Texts, texts},
        fill,
    },
    web::{Outcome, Page, Reply, Req},
};

/// The reports of the authority. While the access is not open, its own page says why.
pub(super) async fn list(req: Req) -> Outcome {
    let id = access_of(&req)?;
    let t = texts(req.lang);
    let here = req.here(&format!("/break-glass/{id}"));
    let Some(found) = break_glass::list(req.ctx(), &req.principal, id).await? else { return Ok(Reply::to(here)) };
    Page::new(t.list_title, move || {
        let rows = found.into_iter().map(|listed| row(&here, listed)).collect_view();
        let columns = [t.reference_column, t.company, t.stands, t.sent].map(Column::new).to_vec();
        view! {
            <DeskPage>
                <BackLink href=here.clone() label=t.to_access/>
                <PageTitle title=t.list_title lead=t.noted/>
                <DataTable id="reports" caption=t.list_title caption_hidden=true columns>{rows}</DataTable>
            </DeskPage>
        }
    })
    .into()
}

fn row(here: &str, listed: Listed) -> impl IntoView + use<> {
    let (code, at) = (listed.reference.to_string(), format::moment(listed.sent, "UTC"));
    let href = format!("{here}/reports/{code}");
    view! {
        <tr>
            <th scope="row"><a href=href><Reference code/></a></th>
            <td><bdi>{listed.company}</bdi></td>
            <td>{look::status(listed.state)}</td>
            <td><Moment text=at datetime=format::machine(listed.sent)/></td>
        </tr>
    }
}

/// A report. While the access is not open, its own page says why.
pub(super) async fn page(req: Req) -> Outcome {
    let id = access_of(&req)?;
    let number: Number = req.parsed("report")?;
    let t = texts(req.lang);
    let here = req.here(&format!("/break-glass/{id}"));
    match break_glass::read(req.ctx(), &req.principal, id, &number).await? {
        Some(report) => {
            let title = fill(t.read_title, &[("reference", number.as_str())]);
            Page::new(title, move || whole(t, here, &report)).into()
        }
        None => Ok(Reply::to(here)),
    }
}

fn whole(t: &'static Texts, here: String, report: &Opened) -> impl IntoView + use<> {
    let zone = &report.time_zone;
    let until = fill(t.read_until, &[("until", &format::moment(report.until, zone))]);
    let fields = vec![
        LabelField::text(t.company, report.company.clone()),
        LabelField::text(t.reports_of, report.authority.clone()),
        LabelField::text(t.sent, format::moment(report.sent, zone)),
    ];
    let action = format!("{here}/end");
    let answers = answers::all(&report.content);
    let (kind, code) = (report.kind.label(), report.reference.to_string());
    view! {
        <FormPage>
            <BackLink href=here label=t.to_access/>
            <Callout tone=Tone::Hold title=until><p>{t.noted}</p><PostButton action label=t.end kind=ButtonKind::Secondary/></Callout>
            <LabelHeader kind title=code.clone() reference=code status=look::status(report.state) fields/>
            <section aria-labelledby="answers"><h2 id="answers">{t.answers}</h2>{answers}</section>
            <section aria-labelledby="messages"><h2 id="messages">{t.messages}</h2>{thread(t, report)}</section>
            <p class="muted">{t.not_shown}</p>
        </FormPage>
    }
}

fn thread(t: &'static Texts, report: &Opened) -> AnyView {
    let written = report.thread.iter().rev().filter(|entry| !entry.body.is_empty());
    let messages: Vec<ThreadMessage> = written.map(|entry| message(report, entry)).collect();
    if messages.is_empty() {
        return view! { <p class="muted">{t.no_messages}</p> }.into_any();
    }
    view! { <Thread messages labelled_by="messages"/> }.into_any()
}

fn message(report: &Opened, entry: &CompanyEntry) -> ThreadMessage {
    let is_company = entry.side == From::Company;
    let side = if is_company { Side::Reporter } else { Side::Authority };
    let author = if is_company { report.company.clone() } else { report.authority.clone() };
    ThreadMessage {
        side,
        author,
        time: format::moment(entry.at, &report.time_zone),
        datetime: format::machine(entry.at),
        text: entry.body.clone(),
        unread: false,
        foot: Part::default(),
    }
}
