//! Where to work: the only workspace at once, a choice among several.

use domain::{
    access::Membership,
    lang::Lang,
    organisation::{OrgKind, OrgStatus},
};
use leptos::prelude::*;

use super::{application::status_mark, country_name};
use crate::{
    components::*,
    pages,
    text::{account::texts, fill},
    web::{Outcome, Page, Reply, Req, request::workspace_path},
};

/// Leads on, or asks.
pub(super) async fn page(req: Req) -> Outcome {
    let member = req.principal.memberships.clone();
    if let [only] = member.as_slice() {
        return Ok(Reply::to(start_of(req.lang, only)));
    }
    if let Some(person) = req.principal.person.as_ref().filter(|_| member.is_empty())
        && let Some(reader) = services::reader::of(&mut req.ctx().db.reader(), person.id).await?
    {
        return Ok(pages::reader::home(&req, &reader).into());
    }
    let title = if member.is_empty() { texts(req.lang).home_empty_title } else { texts(req.lang).home_title };
    let (lang, register) = (req.lang, req.to("/register"));
    Page::new(title, move || choice(lang, &member, register)).into()
}

/// Where a member begins: a company that cannot work yet sees where its application stands, another organisation why it
/// is suspended.
pub(crate) fn start_of(lang: Lang, member: &Membership) -> String {
    let path = match (member.status, member.kind) {
        (OrgStatus::Approved, _) | (_, OrgKind::Operator) => "/",
        (_, OrgKind::Company) => "/application",
        _ => "/suspended",
    };
    workspace_path(lang, member, path)
}

fn choice(lang: Lang, memberships: &[Membership], register: String) -> impl IntoView + use<> {
    let t = texts(lang);
    if memberships.is_empty() {
        return view! {
            <ReadingPage>
                <h1>{t.home_empty_title}</h1>
                <p>{t.home_empty}</p>
                <p><a href=register>{t.register_link}</a></p>
            </ReadingPage>
        }
        .into_any();
    }
    let rows = memberships.iter().map(|member| row(lang, member)).collect();
    view! {
        <FormPage>
            <PageTitle title=t.home_title lead=t.home_lead/>
            <LinkRows rows/>
        </FormPage>
    }
    .into_any()
}

fn row(lang: Lang, member: &Membership) -> LinkRow {
    let country = country_name(&member.country);
    let text = fill(texts(lang).home_role, &[("role", member.role.label()), ("country", &country)]);
    let tells = member.kind == OrgKind::Company || member.status != OrgStatus::Approved;
    let mark = tells.then(|| status_mark(member.status).into_any());
    let row = LinkRow::new(member.org_name.clone(), start_of(lang, member)).text(text);
    match mark {
        Some(mark) => row.end(mark),
        None => row,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use domain::access::Role;

    use super::*;
    use crate::pages::account::shown;

    fn member(handle: &str, role: Role, status: OrgStatus) -> Membership {
        Membership {
            org: "0".repeat(32).parse().unwrap(),
            handle: handle.into(),
            org_name: format!("Org <{handle}>"),
            kind: role.org_kind(),
            country: "NL".into(),
            status,
            role,
        }
    }

    #[test]
    fn an_applicant_begins_at_its_application() {
        for (role, status, path) in [
            (Role::CompanyAdmin, OrgStatus::Approved, "/en/c/x/"),
            (Role::CompanyAdmin, OrgStatus::Applied, "/en/c/x/application"),
            (Role::CompanyOfficer, OrgStatus::Suspended, "/en/c/x/application"),
            (Role::AuthorityOfficer, OrgStatus::Approved, "/en/a/x/"),
            (Role::AuthorityOfficer, OrgStatus::Suspended, "/en/a/x/suspended"),
            (Role::AssociationEditor, OrgStatus::Approved, "/en/n/x/"),
            (Role::AssociationAdmin, OrgStatus::Suspended, "/en/n/x/suspended"),
            (Role::SystemAdmin, OrgStatus::Approved, "/en/s/x/"),
        ] {
            assert_eq!(start_of(Lang::En, &member("x", role, status)), path);
        }
    }

    #[test]
    fn the_choice_names_place_role_and_status_safely() {
        let several = [
            member("one", Role::CompanyAdmin, OrgStatus::Applied),
            member("two", Role::AuthorityOfficer, OrgStatus::Approved),
        ];
        let html = shown(move || choice(Lang::En, &several, "/en/register".into()));
        assert!(html.contains("Org &lt;one&gt;") && html.contains("/en/c/one/application"), "{html}");
        assert!(html.contains("Waiting for the authority") && html.contains("Triage officer, Netherlands"), "{html}");
        assert!(shown(|| choice(Lang::En, &[], "/en/register".into())).contains("/en/register"));
    }
}
