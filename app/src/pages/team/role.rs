//! What a role may do, in words: computed from the access table and the route table, which are all that counts. And the
//! navigation as somebody in that role sees it. Nothing can be done here.

use domain::{
    access::{Action, Need, Role},
    lang::Lang,
    organisation::OrgKind,
};
use leptos::prelude::*;
use services::Refusal;

use super::{at_home, list::role_line};
use crate::{
    components::*,
    routes::{self, Method, Route},
    text::{
        fill, shell,
        team::{Texts, texts},
    },
    web::{Outcome, Page, Req, shell::rooms_of},
};

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    at_home(&req)?;
    let member = req.workspace()?;
    let kind = member.role.org_kind();
    let role = Role::from_code(req.param("role")).filter(|role| role.org_kind() == kind).ok_or(Refusal::NotFound)?;
    let (lang, back) = (req.lang, req.here("/team"));
    let title = fill(texts(lang).what_title, &[("role", role.label())]);
    let table = routes::all();
    Page::new(title, move || whole(lang, &back, role, &table)).into()
}

fn whole(lang: Lang, back: &str, role: Role, table: &[Route]) -> impl IntoView + use<> {
    let t = texts(lang);
    let title = fill(t.what_title, &[("role", role.label())]);
    let others = Role::of(role.org_kind()).map(|other| Tab {
        label: other.label().to_owned(),
        href: format!("{back}/roles/{}", other.code()),
        current: other == role,
        count: None,
    });
    let tabs = others.collect();
    let (may, may_not): (Vec<_>, Vec<_>) = of_kind(role.org_kind()).partition(|action| action.allows(role));
    let open = |need: Need| Action::ALL.iter().copied().filter(move |action| action.need() == need);
    let group = |title: &'static str, lead: &'static str, actions: Vec<Action>| {
        group(t, title, lead, &actions, role.org_kind(), table)
    };
    view! {
        <FormPage>
            <BackLink href=back.to_owned() label=t.what_back/>
            <PageTitle title lead=role_line(t, role)/>
            <Tabs label=t.what_roles tabs/>
            <p>{t.what_source}</p>
            {navigation(lang, role)}
            {group(t.what_may, t.what_may_lead, may)}
            {group(t.what_may_not, t.what_may_not_lead, may_not)}
            {group(t.what_signed_in, t.what_signed_in_lead, open(Need::SignIn).collect())}
            {group(t.what_anybody, t.what_anybody_lead, open(Need::Nothing).collect())}
        </FormPage>
    }
}

/// What some role of a kind of organisation may do there.
fn of_kind(kind: OrgKind) -> impl Iterator<Item = Action> {
    let of_roles = |action: &Action| matches!(action.need(), Need::Roles(_));
    Action::ALL.iter().copied().filter(of_roles).filter(move |action| Role::of(kind).any(|role| action.allows(role)))
}

/// The spine as somebody in the role sees it, without links: theirs is not ours to open.
fn navigation(lang: Lang, role: Role) -> impl IntoView {
    let t = texts(lang);
    let substances = ("", Icon::Substance, shell::texts(lang).substances);
    let rooms = rooms_of(lang, role).into_iter().chain([substances]);
    let rooms = rooms.map(|(_, icon, label)| view! { <li><Glyph icon/><span>{label}</span></li> }).collect_view();
    view! {
        <Panel title=t.what_navigation title_id="navigation">
            <p>{t.what_navigation_lead}</p>
            <ul class="rooms" role="list" aria-labelledby="navigation">{rooms}</ul>
        </Panel>
    }
}

fn group(
    t: &'static Texts,
    title: &'static str,
    lead: &'static str,
    actions: &[Action],
    kind: OrgKind,
    table: &[Route],
) -> Option<AnyView> {
    if actions.is_empty() {
        return None;
    }
    let rows = actions.iter().map(|action| row(t, *action, kind, table)).collect_view();
    let columns = [t.what_act, t.what_reaches].map(Column::new).to_vec();
    let id = title.to_lowercase().replace(' ', "-");
    let table = view! { <DataTable id caption=title caption_hidden=true columns>{rows}</DataTable> };
    Some(view! { <Panel title><p>{lead}</p>{table}</Panel> }.into_any())
}

fn row(t: &'static Texts, action: Action, kind: OrgKind, table: &[Route]) -> impl IntoView + use<> {
    let here = format!("/{}/", kind.workspace());
    let in_workspace = |route: &&Route| matches!(action.need(), Need::Roles(_)) == route.path.contains("{org}");
    let ours = |route: &&Route| !route.path.contains("{org}") || route.path.contains(&here);
    let reached: Vec<&Route> =
        table.iter().filter(|route| route.action == action).filter(in_workspace).filter(ours).collect();
    let of = |method: Method| reached.iter().filter(|route| route.method == method).count();
    let (pages, forms) = (of(Method::Get), of(Method::Post));
    let summary = fill(t.what_counts, &[("pages", &pages.to_string()), ("forms", &forms.to_string())]);
    let listed = reached.iter().map(|route| {
        let word = if route.method == Method::Get { t.what_page } else { t.what_form };
        let path = route.path.trim_start_matches("/{lang}").replace(&format!("{here}{{org}}"), "…");
        view! { <li>{word}" "<code dir="ltr">{path}</code></li> }
    });
    let listed = listed.collect_view();
    let about = action.about();
    let reaches = if reached.is_empty() {
        view! { <span class="muted">{t.what_nothing}</span> }.into_any()
    } else {
        view! { <Details summary><ul>{listed}</ul></Details> }.into_any()
    };
    view! {
        <tr>
            <th scope="row">{about}</th>
            <td>{reaches}</td>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::account::shown;

    fn html(role: Role) -> String {
        shown(move || whole(Lang::En, "/en/a/x/team", role, &routes::all()))
    }

    #[test]
    fn what_a_role_may_do_is_what_the_tables_say() {
        for role in Role::ALL {
            let html = html(*role);
            let (may, rest) = html.split_once("id=\"may-not-do\"").unwrap_or((&html, ""));
            for action in of_kind(role.org_kind()) {
                let about = action.about().replace('\'', "&#x27;");
                let said = |part: &str| part.contains(&about) || part.contains(action.about());
                assert_eq!(said(may), action.allows(*role), "{role:?} {action:?}: {html}");
                assert_eq!(said(rest), !action.allows(*role), "{role:?} {action:?}");
            }
        }
    }

    #[test]
    fn the_navigation_is_that_of_the_role() {
        assert!(html(Role::CompanyAdmin).contains(">Log<"));
        assert!(!html(Role::CompanyReader).contains(">Log<"));
        assert!(html(Role::AuthorityReader).contains(">Queue<"));
    }

    /// Every room that the spine offers is a page of the route table that the role may open.
    #[test]
    fn no_door_is_shut() {
        let table = routes::all();
        for role in Role::ALL {
            for (path, ..) in rooms_of(Lang::En, *role) {
                let path = format!("/{{lang}}/{}/{{org}}{path}", role.org_kind().workspace());
                let found = table.iter().find(|route| route.method == Method::Get && route.path == path);
                assert!(found.is_some_and(|route| route.action.allows(*role)), "{role:?} {path}");
            }
        }
    }

    #[test]
    fn nothing_can_be_done_here() {
        assert!(!html(Role::CompanyAdmin).contains("<form"));
    }
}
