//! Members and open invitations.

use domain::{
    access::{Membership, Role},
    ids::UserId,
    lang::Lang,
    organisation::OrgStatus,
};
use leptos::prelude::*;
use services::team::{self, Invitation, Member, Team};

use super::at_home;
use crate::{
    components::*,
    format,
    text::{
        factor, fill,
        team::{Texts, texts},
    },
    web::{Outcome, Page, Req, files, typed::Typed},
};

/// The form for inviting, per organisation: what was typed for one is not shown in another.
pub(super) fn invite_form(member: &Membership) -> String {
    format!("invite {}", member.handle)
}

/// What the parts of the page need to know.
struct Shown {
    t: &'static Texts,
    base: String,
    zone: &'static str,
    own: Option<UserId>,
    org_name: String,
    status: OrgStatus,
    roles: Vec<Role>,
}

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    at_home(&req)?;
    let member = req.workspace()?;
    let team = team::view(req.ctx(), &req.principal, member.org).await?;
    let typed = Typed::open(&req, &invite_form(member)).await?;
    let t = texts(req.lang);
    let shown = Shown {
        t,
        base: req.here("/team"),
        zone: req.zone(),
        own: req.principal.person.as_ref().map(|person| person.id),
        org_name: member.org_name.clone(),
        status: member.status,
        roles: Role::of(member.role.org_kind()).collect(),
    };
    let title = format!("{} – {}", t.title, member.org_name);
    let wrong = typed.is_wrong();
    let done = if wrong { String::new() } else { req.query.get("done").to_owned() };
    let lang = req.lang;
    Page::new(title, move || whole(lang, &shown, team, &typed, &done)).errors(wrong).into()
}

fn whole(lang: Lang, shown: &Shown, team: Team, typed: &Typed, done: &str) -> impl IntoView + use<> {
    let t = shown.t;
    let lead = fill(t.lead, &[("org", &shown.org_name)]);
    let only_admin = only_admin(&team.members);
    let manages = team.may_manage;
    let note = (!manages).then(|| if shown.status == OrgStatus::Approved { t.read_only } else { t.waiting });
    let leave = (only_admin != shown.own).then(|| {
        view! { <p><a href=format!("{}/leave", shown.base)>{fill(t.leave, &[("org", &shown.org_name)])}</a></p> }
    });
    let parts = view! {
        <ErrorSummary errors=typed.errors()/>
        {banner(lang, done)}
        <PageTitle title=t.title lead/>
        {note.map(|note| view! { <p>{note}</p> })}
        {members(lang, shown, &team, only_admin)}
        {last_admin(shown, &team, only_admin)}
        {manages.then(|| view! { <div class="panels">{invite(lang, shown, typed)}{pending(shown, team.invitations)}</div> })}
        {leave}
    };
    view! { <DeskPage>{parts}</DeskPage> }
}

fn banner(lang: Lang, done: &str) -> Option<impl IntoView + use<>> {
    let t = texts(lang);
    let (title, body) = match done {
        "invited" => (t.done_invited, Some(t.done_invited_body)),
        "role" => (t.done_role, None),
        "ended" => (t.done_ended, None),
        "factor" => (factor::texts(lang).done_reset, Some(factor::texts(lang).done_reset_body)),
        "withdrawn" => (t.done_withdrawn, None),
        _ => return None,
    };
    let body = body.map(|body| view! { {body} }.into_any());
    Some(view! { <Banner tone=Tone::Ok title body/> })
}

/// The administrator, if there is only one.
pub(super) fn only_admin(members: &[Member]) -> Option<UserId> {
    let mut admins = members.iter().filter(|member| member.role.is_admin());
    match (admins.next(), admins.next()) {
        (Some(only), None) => Some(only.id),
        _ => None,
    }
}

/// Why nobody can take the last administrator away, said where somebody might want to.
fn last_admin(shown: &Shown, team: &Team, only: Option<UserId>) -> Option<impl IntoView + use<>> {
    let member = team.members.iter().find(|member| Some(member.id) == only).filter(|_| team.may_manage)?;
    let text = if only == shown.own {
        shown.t.last_admin_you.to_owned()
    } else {
        fill(shown.t.last_admin, &[("name", &member.name)])
    };
    Some(view! { <p class="muted">{text}</p> })
}

fn members(lang: Lang, shown: &Shown, team: &Team, only_admin: Option<UserId>) -> impl IntoView + use<> {
    let t = shown.t;
    let mut columns = vec![Column::new(t.member), Column::new(t.role), Column::new(t.last_sign_in)];
    if team.may_manage {
        columns.push(Column::new(factor::texts(lang).team_column));
        columns.push(Column::unlabelled(t.acts));
    }
    let count = match team.members.len() {
        1 => t.count_one.to_owned(),
        n => fill(t.count, &[("n", &n.to_string())]),
    };
    let files = files::links(|ending| format!("{}{ending}", shown.base));
    let acts = view! { <TakeAway files/> }.into_any();
    let rows =
        team.members.iter().map(|member| member_row(lang, shown, member, team.may_manage, only_admin)).collect_view();
    view! {
        <ListHead count acts/>
        <DataTable id="members" caption=t.title caption_hidden=true columns>{rows}</DataTable>
    }
}

fn member_row(
    lang: Lang,
    shown: &Shown,
    member: &Member,
    may_manage: bool,
    only_admin: Option<UserId>,
) -> impl IntoView + use<> {
    let t = shown.t;
    let (name, email) = (member.name.clone(), member.email.clone());
    let you = (Some(member.id) == shown.own).then(|| view! { " "<Tag text=t.you/> });
    let last = match member.last_sign_in {
        Some(at) => view! { <Moment text=format::moment(at, shown.zone) datetime=format::machine(at)/> }.into_any(),
        None => view! { <span class="muted">{t.never}</span> }.into_any(),
    };
    let acts = may_manage.then(|| {
        let may_change = Some(member.id) != only_admin;
        let t = factor::texts(lang);
        let held = if member.has_factor { t.team_yes } else { t.team_no };
        view! { <td>{held}</td><td>{acts(lang, shown, member, may_change)}</td> }
    });
    view! {
        <tr>
            <th scope="row"><bdi>{name}</bdi>{you}<br/><bdi class="beside" dir="ltr">{email}</bdi></th>
            <td>{member.role.label()}</td>
            <td>{last}</td>
            {acts}
        </tr>
    }
}

fn acts(lang: Lang, shown: &Shown, member: &Member, may_change: bool) -> impl IntoView + use<> {
    let t = shown.t;
    let at = format!("{}/members/{}", shown.base, member.id);
    let about = fill(t.about, &[("name", &member.name)]);
    let reset = (member.has_factor && Some(member.id) != shown.own).then(|| {
        let (href, about) = (format!("{at}/factor"), about.clone());
        view! { <LinkButton href label=factor::texts(lang).reset about kind=ButtonKind::Quiet/> }
    });
    let change = may_change.then(|| {
        view! {
            <LinkButton href=format!("{at}/role") label=t.change_role about kind=ButtonKind::Quiet/>
            <LinkButton href=format!("{at}/end") label=t.remove about=member.name.clone() kind=ButtonKind::Quiet/>
        }
    });
    view! { <div class="button-row">{change}{reset}</div> }
}

fn invite(lang: Lang, shown: &Shown, typed: &Typed) -> impl IntoView + use<> {
    let t = shown.t;
    let chosen = typed.value("role");
    let form = view! {
        <form class="stack" method="post" action=format!("{}/invite", shown.base) novalidate=true>
            <TextField
                name="email" label=t.invite_email kind="email" autocomplete="off" width=Width::Long
                value=typed.value("email") error=typed.error("email")
            />
            {role_choices(lang, &shown.roles, &chosen, typed.error("role"))}
            {what_roles(t, &shown.base, &shown.roles)}
            <Button label=t.invite_act/>
        </form>
    };
    view! {
        <Panel title=t.invite>
            <p>{t.invite_lead}</p>
            {form}
        </Panel>
    }
}

/// Links to what each role may do, in full.
pub(super) fn what_roles(t: &'static Texts, base: &str, roles: &[Role]) -> impl IntoView + use<> {
    let links = roles.iter().map(|role| {
        let href = format!("{base}/roles/{}", role.code());
        view! { <li><a href=href>{role.label()}</a></li> }
    });
    let links = links.collect_view();
    view! { <Details summary=t.what_link><ul>{links}</ul></Details> }
}

/// The roles of a kind of organisation with what each may do.
pub(super) fn role_choices(lang: Lang, roles: &[Role], chosen: &str, error: Option<String>) -> impl IntoView + use<> {
    let t = texts(lang);
    let option =
        |role: &Role| Choice::new(role.code(), role.label()).hint(role_line(t, *role)).checked(role.code() == chosen);
    let options = roles.iter().map(option).collect();
    view! { <Choices name="role" legend=t.invite_role options error/> }
}

pub(super) const fn role_line(t: &'static Texts, role: Role) -> &'static str {
    match role {
        Role::CompanyAdmin => t.role_company_admin,
        Role::CompanyOfficer => t.role_company_officer,
        Role::CompanyReader => t.role_company_reader,
        Role::AuthorityAdmin => t.role_authority_admin,
        Role::AuthoritySupervisor => t.role_authority_supervisor,
        Role::AuthorityOfficer => t.role_authority_officer,
        Role::AuthorityReader => t.role_authority_reader,
        Role::AssociationAdmin => t.role_association_admin,
        Role::AssociationEditor => t.role_association_editor,
        Role::AssociationSubEditor => t.role_association_sub_editor,
        Role::SystemAdmin => t.role_system_admin,
    }
}

fn pending(shown: &Shown, invitations: Vec<Invitation>) -> impl IntoView + use<> {
    let t = shown.t;
    let body = if invitations.is_empty() {
        view! { <p class="muted">{t.pending_none}</p> }.into_any()
    } else {
        let columns = vec![
            Column::new(t.pending_email),
            Column::new(t.role),
            Column::new(t.pending_until),
            Column::unlabelled(t.acts),
        ];
        let rows = invitations.into_iter().map(|invitation| pending_row(shown, invitation)).collect_view();
        view! { <DataTable id="invitations" caption=t.pending caption_hidden=true columns>{rows}</DataTable> }
            .into_any()
    };
    view! { <Panel title=t.pending>{body}</Panel> }
}

fn pending_row(shown: &Shown, invitation: Invitation) -> impl IntoView + use<> {
    let t = shown.t;
    let action = format!("{}/invitations/{}/withdraw", shown.base, invitation.id);
    let about = fill(t.pending_withdraw_about, &[("email", &invitation.email)]);
    let until = format::moment(invitation.expires, shown.zone);
    view! {
        <tr>
            <th scope="row"><bdi dir="ltr">{invitation.email}</bdi></th>
            <td>{invitation.role.label()}</td>
            <td><Moment text=until datetime=format::machine(invitation.expires)/></td>
            <td><PostButton action label=t.pending_withdraw about kind=ButtonKind::Quiet/></td>
        </tr>
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use domain::time::Timestamp;

    use super::*;
    use crate::pages::account;

    fn id(n: u8) -> UserId {
        format!("{n:032x}").parse().unwrap()
    }

    fn member(n: u8, role: Role) -> Member {
        Member {
            id: id(n),
            name: format!("Person <{n}>"),
            email: format!("p{n}@b.example"),
            phone: String::new(),
            role,
            since: Timestamp(0),
            last_sign_in: None,
            has_factor: n > 1,
        }
    }

    fn html(members: Vec<Member>, may_manage: bool, status: OrgStatus) -> String {
        let shown = Shown {
            t: texts(Lang::En),
            base: "/en/c/x/team".into(),
            zone: "UTC",
            own: Some(id(1)),
            org_name: "Org".into(),
            status,
            roles: Role::of(domain::organisation::OrgKind::Company).collect(),
        };
        let team = Team { members, invitations: Vec::new(), may_manage };
        account::shown(move || whole(Lang::En, &shown, team, &Typed::default(), "invited"))
    }

    #[test]
    fn the_last_administrator_cannot_be_taken_away() {
        let t = texts(Lang::En);
        let html =
            html(vec![member(1, Role::CompanyAdmin), member(2, Role::CompanyOfficer)], true, OrgStatus::Approved);
        assert!(html.contains("You are the only administrator") && html.contains(t.done_invited), "{html}");
        assert!(!html.contains(&format!("members/{}/end", id(1))) && html.contains(&format!("members/{}/end", id(2))));
        assert!(!html.contains("/team/leave"), "{html}");
        assert!(html.contains("Person &lt;2&gt;"), "{html}");
    }

    #[test]
    fn of_two_administrators_each_can_go() {
        let html = html(vec![member(1, Role::CompanyAdmin), member(2, Role::CompanyAdmin)], true, OrgStatus::Approved);
        assert!(html.contains(&format!("members/{}/role", id(1))) && html.contains("/team/leave"), "{html}");
    }

    #[test]
    fn readers_see_names_and_no_buttons() {
        let t = texts(Lang::En);
        let team = || vec![member(2, Role::CompanyAdmin), member(1, Role::CompanyReader)];
        let approved = html(team(), false, OrgStatus::Approved);
        assert!(
            approved.contains(t.read_only) && !approved.contains("/end\"") && !approved.contains("/team/invite"),
            "{approved}"
        );
        assert!(html(team(), false, OrgStatus::Applied).contains(t.waiting));
    }
}
