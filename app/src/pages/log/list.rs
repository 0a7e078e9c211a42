//! The acts, newest first.

use domain::{
    access::{Action, Role},
    organisation::OrgKind,
};
use leptos::prelude::*;
use services::log::{self, About, Entry, Who};

use super::filter::Asked;
use crate::{
    components::*,
    format,
    pages::team::at_home,
    text::{
        break_glass, fill,
        log::{Texts, texts},
    },
    web::{Outcome, Page, Req, files, paths::with_queries},
};

/// Acts on one page.
const PAGE: usize = 50;

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    at_home(&req)?;
    let (t, member) = (texts(req.lang), req.workspace()?);
    let asked = Asked::read(t, &req.query, &member.country);
    let found = log::page(req.ctx(), &req.principal, member.org, &asked.filter, PAGE).await?;
    let lead = match member.kind {
        OrgKind::Company => t.lead_company.to_owned(),
        _ => fill(t.lead, &[("name", &member.org_name)]),
    };
    let reports = matches!(member.kind, OrgKind::Company | OrgKind::Authority).then(|| req.here("/reports"));
    let base = req.here("/log");
    let wrong = !asked.wrong.is_empty();
    let keeps = member.kind == OrgKind::Authority && Action::DecideBreakGlass.allows(member.role);
    let glass = keeps.then(|| (req.here("/break-glass"), break_glass::texts(req.lang).to_requests));
    let look = Look { t, base, reports, glass };
    Page::new(t.title, move || whole(&look, lead, &asked, &found)).errors(wrong).into()
}

struct Look {
    t: &'static Texts,
    base: String,
    /// Where reports have their pages, in workspaces that have reports.
    reports: Option<String>,
    /// Where access in need is decided, for those who may.
    glass: Option<(String, &'static str)>,
}

fn whole(look: &Look, lead: String, asked: &Asked, found: &log::Page) -> impl IntoView + use<> {
    let t = look.t;
    let check = format!("{}/check", look.base);
    let taken = files::links(|ending| with_queries(&format!("{}{ending}", look.base), &asked.query(None)));
    let glass = look.glass.clone().map(|(href, label)| {
        view! { <LinkButton href label kind=ButtonKind::Quiet icon=Icon::Lock/> }
    });
    let acts = view! {
        {glass}
        <LinkButton href=check label=t.check kind=ButtonKind::Secondary icon=Icon::Chain/>
    };
    let filters = filters(look, asked, found);
    let list = if found.entries.is_empty() {
        view! { <EmptyState title=t.none_title><p>{t.none}</p></EmptyState> }.into_any()
    } else {
        let rows = rows(look, found);
        view! { {rows}<TakeAway files=taken/> }.into_any()
    };
    let next = found.next.map(|before| with_queries(&look.base, &asked.query(Some(before))));
    let first = asked.filter.before.map(|_| with_queries(&look.base, &asked.query(None)));
    let errors = asked.wrong.clone();
    view! {
        <DeskPage>
            <ErrorSummary errors/>
            <PageTitle title=t.title lead=lead acts=acts.into_any()/>
            {filters}
            {list}
            <Pagination previous=first next/>
        </DeskPage>
    }
}

fn filters(look: &Look, asked: &Asked, found: &log::Page) -> AnyView {
    let t = look.t;
    let people = found.people.iter().map(|(id, name)| SelectOption::new(id.to_string(), name.clone())).collect();
    let person = (!asked.person.is_empty()).then(|| asked.person.clone());
    let open = *asked != Asked::default();
    let report = look.reports.is_some().then(|| {
        let (value, error) = (asked.report.clone(), asked.error("report"));
        view! { <TextField name="report" label=t.report hint=t.report_hint value error code=true autocomplete="off"/> }
    });
    let day = |name: &'static str, label: &'static str, value: &str| {
        let (value, error) = (value.to_owned(), asked.error(name));
        view! { <TextField name label hint=t.day_hint value error autocomplete="off"/> }
    };
    let (from, to) = (day("from", t.from, &asked.from), day("to", t.to, &asked.to));
    view! {
        <FilterForm action=look.base.clone() open=open>
            <SelectField name="person" label=t.person options=people value=person blank=t.person_any/>
            {report}
            {from}
            {to}
        </FilterForm>
    }
    .into_any()
}

fn rows(look: &Look, found: &log::Page) -> AnyView {
    let t = look.t;
    let columns = vec![
        Column::new(t.when),
        Column::new(t.who),
        Column::new(t.what),
        Column::new(t.about),
        Column::numeric(t.place),
    ];
    let rows = found.entries.iter().map(|entry| row(look, entry, &found.time_zone)).collect_view();
    view! { <DataTable id="log" caption=t.caption caption_hidden=true columns>{rows}</DataTable> }.into_any()
}

fn row(look: &Look, entry: &Entry, zone: &str) -> impl IntoView + use<> {
    let at = format::moment(entry.at, zone);
    let about = match (&entry.about, &look.reports) {
        (About::Report(reference), Some(reports)) => {
            let (href, code) = (format!("{reports}/{reference}"), reference.to_string());
            view! { <a href=href><Reference code/></a> }.into_any()
        }
        (about, _) => {
            let name = about_words(look.t, about);
            view! { <bdi>{name}</bdi> }.into_any()
        }
    };
    let who = who_words(look.t, &entry.who);
    view! {
        <tr>
            <th scope="row"><Moment text=at datetime=format::machine(entry.at)/></th>
            <td><bdi>{who}</bdi></td>
            <td>{sentence(&entry.what)}</td>
            <td>{about}</td>
            <td class="num">{entry.seq.to_string()}</td>
        </tr>
    }
}

/// Who did something, in words.
pub(crate) fn who_words(t: &Texts, who: &Who) -> String {
    let named = |name: &str, role: Option<Role>| match role {
        Some(role) => fill(t.in_role, &[("name", name), ("role", role.label())]),
        None => name.to_owned(),
    };
    match who {
        Who::Person { name, role } | Who::Unit { name, role } => named(name, *role),
        Who::System => t.system.to_owned(),
        Who::Nobody => t.nobody.to_owned(),
    }
}

/// What an act was about, in words.
pub(super) fn about_words(t: &Texts, about: &About) -> String {
    match about {
        About::Report(reference) => reference.to_string(),
        About::Person(name) | About::Organisation(name) => name.clone(),
        About::Other(kind) => match kind.as_str() {
            "draft" => t.kind_draft,
            "evidence" => t.kind_evidence,
            "mail" => t.kind_mail,
            "installation" => t.kind_installation,
            "refdata" => t.kind_refdata,
            "watch_list" => t.kind_watch_list,
            "check" => t.kind_check,
            "advice" => t.kind_advice,
            "membership" => t.kind_membership,
            "question" => t.kind_question,
            "consultation" => t.kind_consultation,
            "calendar entry" => t.kind_calendar_entry,
            _ => t.kind_other,
        }
        .to_owned(),
    }
}

/// With a capital letter, as the first word of a cell.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
