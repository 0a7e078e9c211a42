//! Everywhere a person can go, as a page, and the same list for the palette ([`crate::islands::palette`]).
//!
//! Nothing stands here that would not open: each page of a workspace is listed with the action of its route, and a test
//! holds the two against each other.

use domain::{
    access::{Action, Membership},
    lang::Lang,
    organisation::OrgStatus,
    reference::Reference,
};
use leptos::prelude::*;
use services::{Refusal, doors};

use super::{account::start_of, desk};
use crate::{
    components::*,
    routes::{Route, get},
    text::{
        go::{Texts, texts},
        shell as words,
    },
    web::{Outcome, Page, Reply, Req, request::workspace_path, shell::rooms_of},
};

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    vec![get("/{lang}/go", Action::ManageSelf, page), get("/{lang}/go/list", Action::ManageSelf, list)]
}

/// A page of a workspace that is no room of its own: letter of the workspace, path, action of its route, name.
type Door = (&'static str, &'static str, Action, fn(&Texts) -> &'static str);

const DOORS: &[Door] = &[
    ("a", "/handover", Action::ReadReports, |t| t.handover),
    ("a", "/duty", Action::ReadReports, |t| t.duty),
    ("a", "/figures", Action::ReadFigures, |t| t.figures),
    ("a", "/phone", Action::TakeReports, |t| t.phone),
    ("a", "/views", Action::ReadReports, |t| t.saved_views),
    ("a", "/labels", Action::ManageDesk, |t| t.labels),
    ("a", "/macros", Action::ManageDesk, |t| t.macros),
    ("a", "/concerns", Action::OpenConcerns, |t| t.concerns),
    ("a", "/approvals", Action::ApproveNotices, |t| t.approvals),
    ("a", "/keys", Action::ReadReports, |t| t.keys),
    ("a", "/licence-requests", Action::ReadLicences, |t| t.licence_requests),
    ("a", "/licence-files", Action::KeepLicences, |t| t.licence_files),
    ("n", "/concerns", Action::PassOnConcerns, |t| t.passed_on),
    ("a", "/consultations", Action::RunConsultations, |t| t.consultations),
    ("c", "/questions", Action::ReadAssociations, |t| t.association_questions),
    ("c", "/consultations", Action::ReadAssociations, |t| t.consultations),
    ("c", "/calendar", Action::ReadAssociations, |t| t.calendar),
    ("c", "/licences", Action::ReadCustomers, |t| t.licences),
    ("c", "/reports/new", Action::WriteReports, |t| t.new_report),
    ("c", "/advice/new", Action::AskAdvice, |t| t.ask_advice),
    ("c", "/inspection", Action::TakeInspectionPack, |t| t.inspection),
    ("s", "/state", Action::ViewSystem, |t| t.state),
    ("s", "/organisations/new-authority", Action::ManageSystem, |t| t.new_authority),
    ("s", "/organisations/new-association", Action::ManageSystem, |t| t.new_association),
];

/// Links under a heading: name and address.
struct Group {
    title: String,
    links: Vec<(String, String)>,
}

async fn groups(req: &Req) -> Result<Vec<Group>, Refusal> {
    let t = texts(req.lang);
    let mut groups = Vec::new();
    let opened = doors::opened_last(req.ctx(), &req.principal).await?;
    let links = opened.into_iter().filter_map(|opened| {
        let member = member(req, opened.org)?;
        Some((format!("{} {}", opened.reference, opened.headline), report(req.lang, member, &opened.reference)))
    });
    groups.push(Group { title: t.recent.to_owned(), links: links.collect() });
    for member in &req.principal.memberships {
        groups.push(Group { title: member.org_name.clone(), links: of_workspace(req, member).await? });
    }
    let w = words::texts(req.lang);
    let everywhere = [
        (w.account, "/me"),
        (t.factor, "/me/factor"),
        (w.my_learning, "/me/learning"),
        (w.learn, "/learn"),
        (w.glossary, "/glossary"),
        (w.substances, "/substances"),
        (w.help, "/help"),
        (w.verify, "/verify"),
        (w.status, "/status"),
    ];
    let links = everywhere.map(|(name, path)| (name.to_owned(), req.to(path))).into();
    groups.push(Group { title: t.everywhere.to_owned(), links });
    groups.retain(|group| !group.links.is_empty());
    Ok(groups)
}

async fn of_workspace(req: &Req, member: &Membership) -> Result<Vec<(String, String)>, Refusal> {
    let t = texts(req.lang);
    // Whoever cannot work yet, or for now, reads why.
    if member.status != OrgStatus::Approved {
        return Ok(vec![(t.standing.to_owned(), start_of(req.lang, member))]);
    }
    let at = |path: &str| workspace_path(req.lang, member, path);
    let rooms = rooms_of(req.lang, member.role).into_iter().map(|(path, _, name)| (name.to_owned(), at(path)));
    let pages = pages_of(member).map(|(_, path, _, name)| (name(t).to_owned(), at(path)));
    let mut links: Vec<_> = rooms.chain(pages).collect();
    if Action::ReadReports.allows(member.role) {
        let views = desk::doors(req.ctx(), &req.principal, member, req.lang).await?;
        links.extend(views.into_iter().map(|(name, path)| (name, at(&path))));
    }
    Ok(links)
}

fn pages_of(member: &Membership) -> impl Iterator<Item = &'static Door> {
    let (letter, role) = (member.kind.workspace(), member.role);
    DOORS.iter().filter(move |(of, _, action, _)| *of == letter && action.allows(role))
}

fn member(req: &Req, org: domain::ids::OrgId) -> Option<&Membership> {
    req.principal.memberships.iter().find(|member| member.org == org)
}

fn report(lang: Lang, member: &Membership, reference: &Reference) -> String {
    workspace_path(lang, member, &format!("/reports/{reference}"))
}

/// Each group with its heading.
fn sections(groups: Vec<Group>) -> AnyView {
    let section = |(at, group): (usize, Group)| {
        let id = format!("go-{at}");
        let (named, listed) = (id.clone(), id.clone());
        let rows = group.links.into_iter().map(|(name, href)| LinkRow::new(name, href)).collect();
        view! {
            <section aria-labelledby=named>
                <h2 id=id><bdi>{group.title}</bdi></h2>
                <LinkRows rows labelled_by=listed/>
            </section>
        }
    };
    groups.into_iter().enumerate().map(section).collect_view().into_any()
}

/// The list for the palette.
async fn list(req: Req) -> Outcome {
    let groups = groups(&req).await?;
    Ok(Reply::fragment(&req, move || sections(groups)))
}

/// The page; with a reference it leads to the report.
async fn page(req: Req) -> Outcome {
    let (t, typed) = (texts(req.lang), req.query.get("to").trim().to_owned());
    let problem = match typed.parse::<Reference>() {
        _ if typed.is_empty() => None,
        Err(_) => Some(t.no_reference),
        Ok(reference) => match doors::find(req.ctx(), &req.principal, &reference).await {
            Ok(org) => {
                let member = member(&req, org).ok_or(Refusal::NotFound)?;
                return Ok(Reply::to(report(req.lang, member, &reference)));
            }
            Err(Refusal::NotFound) => Some(t.no_report),
            Err(refusal) => return Err(refusal),
        },
    };
    let (groups, action) = (groups(&req).await?, req.to("/go"));
    Page::new(t.title, move || {
        let errors: Vec<FieldError> = problem.map(|problem| FieldError::new("to", problem)).into_iter().collect();
        let error = problem.map(str::to_owned);
        view! {
            <FormPage>
                <ErrorSummary errors/>
                <PageTitle title=t.title lead=t.lead/>
                <form class="stack" method="get" action=action novalidate=true>
                    <TextField
                        name="to" label=t.reference hint=t.reference_hint value=typed error code=true width=Width::Medium
                        autocomplete="off"
                    />
                    <ButtonRow><Button label=t.open kind=ButtonKind::Secondary/></ButtonRow>
                </form>
                {sections(groups)}
            </FormPage>
        }
    })
    .errors(problem.is_some())
    .into()
}

/// The dialog of the palette, with all its words, and the island that opens it.
pub(crate) fn palette(req: &Req) -> AnyView {
    let t = texts(req.lang);
    let (go, all, list) = (req.to("/go"), req.to("/go"), req.to("/go/list"));
    view! {
        <dialog
            class="dialog palette" id="palette" aria-labelledby="palette-title" data-list=list data-go=go
            data-here=t.here data-report=t.to_report
        >
            <h2 class="dialog__title" id="palette-title">{t.title}</h2>
            <label class="field__label" for="palette-field">{t.field}</label>
            <p class="small muted" id="palette-hint">{t.field_hint}</p>
            <input
                class="input" id="palette-field" type="text" role="combobox" aria-expanded="true"
                aria-controls="palette-list" aria-autocomplete="list" aria-describedby="palette-hint" autocomplete="off"
                autocapitalize="none" spellcheck="false"
            />
            <ul class="palette__list" id="palette-list" role="listbox" aria-labelledby="palette-title"></ul>
            <p class="small muted" role="status" data-none=t.none data-one=t.one data-some=t.some></p>
            <div class="button-row">
                <form method="dialog"><button class="button button--quiet" type="submit">{t.close}</button></form>
                <a class="button button--quiet" href=all>{t.all}</a>
            </div>
        </dialog>
        <crate::islands::palette::Palette/>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use domain::access::Role;

    use super::*;
    use crate::routes::{Method, all};

    fn action_of(letter: &str, path: &str) -> Action {
        let address = format!("/{{lang}}/{letter}/{{org}}{path}");
        let routes = all();
        let route = routes.iter().find(|route| route.method == Method::Get && route.path == address);
        route.unwrap_or_else(|| panic!("{address} is no page")).action
    }

    #[test]
    fn every_door_is_a_page_with_the_same_action() {
        for (letter, path, action, _) in DOORS {
            assert_eq!(action_of(letter, path), *action, "{letter} {path}");
        }
    }

    #[test]
    fn every_room_of_a_role_opens_for_it() {
        for role in Role::ALL {
            let letter = role.org_kind().workspace();
            for (path, ..) in rooms_of(Lang::En, *role) {
                assert!(action_of(letter, path).allows(*role), "{role:?} {path}");
            }
        }
    }
}
