//! The requests, newest first; for system administrators with the form that asks.

use leptos::prelude::*;
use services::break_glass::{self, Choice, Glass};

use super::mark;
use crate::{
    components::*,
    format,
    pages::team::at_home,
    text::break_glass::{Texts, texts},
    web::{
        Outcome, Page, Reply, Req,
        typed::{self, Typed},
    },
};

const FORM: &str = "break glass";
const FIELDS: &[&str] = &["authority", "reference", "reason"];

/// For who runs the installation.
pub(super) async fn of_installation(req: Req) -> Outcome {
    let (found, authorities) = break_glass::of_installation(req.ctx(), &req.principal).await?;
    let typed = Typed::open(&req, FORM).await?.in_order(FIELDS);
    let (t, base, wrong) = (texts(req.lang), req.here("/break-glass"), typed.is_wrong());
    Page::new(t.title, move || {
        let form = form(t, &base, authorities, &typed);
        let list = list(t, &base, "UTC", found);
        let errors = typed.errors();
        view! {
            <DeskPage>
                <ErrorSummary errors/>
                <PageTitle title=t.title lead=t.lead/>
                {list}
                {form}
            </DeskPage>
        }
    })
    .errors(wrong)
    .into()
}

/// For the authority that has the reports.
pub(super) async fn of_authority(req: Req) -> Outcome {
    at_home(&req)?;
    let member = req.workspace()?;
    let found = break_glass::of_authority(req.ctx(), &req.principal, member.org).await?;
    let (t, base, zone) = (texts(req.lang), req.here("/break-glass"), req.zone());
    Page::new(t.title, move || {
        let list = list(t, &base, zone, found);
        view! {
            <DeskPage>
                <PageTitle title=t.title lead=t.lead_authority/>
                {list}
            </DeskPage>
        }
    })
    .into()
}

fn list(t: &'static Texts, base: &str, zone: &'static str, found: Vec<Glass>) -> AnyView {
    if found.is_empty() {
        return view! { <EmptyState title=t.none_title><p>{t.none}</p></EmptyState> }.into_any();
    }
    let columns = [t.asked, t.asker, t.reports_of, t.stands].map(Column::new).to_vec();
    let rows = found.into_iter().map(|glass| row(t, base, zone, glass)).collect_view();
    view! { <DataTable id="break-glass" caption=t.title caption_hidden=true columns>{rows}</DataTable> }.into_any()
}

fn row(t: &'static Texts, base: &str, zone: &str, glass: Glass) -> impl IntoView + use<> {
    let (href, at) = (format!("{base}/{}", glass.id), format::moment(glass.asked, zone));
    let what = if glass.reference.is_empty() { t.all_reports } else { t.one_report };
    view! {
        <tr>
            <th scope="row"><a href=href><Moment text=at datetime=format::machine(glass.asked)/></a></th>
            <td><bdi>{glass.asker}</bdi></td>
            <td><bdi>{glass.authority}</bdi><br/><span class="beside">{what}</span></td>
            <td>{mark(t, glass.standing)}</td>
        </tr>
    }
}

fn form(t: &'static Texts, base: &str, authorities: Vec<Choice>, typed: &Typed) -> impl IntoView + use<> {
    let options = authorities.into_iter().map(|(handle, name)| SelectOption::new(handle, name)).collect();
    let fields = view! {
        <form class="stack" method="post" action=base.to_owned() novalidate=true>
            <SelectField
                name="authority" label=t.authority hint=t.authority_hint options value=typed.value("authority")
                error=typed.error("authority")
            />
            <TextField
                name="reference" label=t.reference hint=t.reference_hint optional=true code=true autocomplete="off"
                value=typed.value("reference") error=typed.error("reference")
            />
            <TextArea
                name="reason" label=t.reason hint=t.reason_hint limit=500 value=typed.value("reason")
                error=typed.error("reason")
            />
            <Button label=t.ask_act/>
        </form>
    };
    view! { <Panel title=t.ask><p>{t.ask_lead}</p>{fields}</Panel> }
}

/// Asks.
pub(super) async fn ask(req: Req) -> Outcome {
    match break_glass::ask(req.ctx(), &req.principal, &typed::answers(&req.form)).await {
        Ok(id) => {
            typed::done(&req).await?;
            Ok(Reply::to(req.here(&format!("/break-glass/{id}?done=asked"))))
        }
        Err(refusal) => typed::again(&req, FORM, &req.path, refusal).await,
    }
}
