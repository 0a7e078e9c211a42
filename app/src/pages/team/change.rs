//! Inviting, withdrawing, changing roles, removing and leaving. Each asks once more where something is taken away.

use domain::{access::Role, ids::UserId};
use leptos::prelude::*;
use services::{
    Refusal,
    team::{self, Member},
};

use super::{
    at_home,
    list::{invite_form, only_admin, role_choices},
};
use crate::{
    components::*,
    text::{fill, team::texts},
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

/// The team's page, saying what was done.
pub(super) fn back(req: &Req, done: &str) -> Outcome {
    Ok(Reply::to(with_query(&req.here("/team"), "done", done)))
}

/// Sends an invitation.
pub(super) async fn invite(req: Req) -> Outcome {
    at_home(&req)?;
    let member = req.workspace()?;
    let fields = typed::answers(&req.form);
    match team::invite(req.ctx(), &req.principal, member.org, &fields).await {
        Ok(()) => {
            typed::done(&req).await?;
            back(&req, "invited")
        }
        Err(refusal) => typed::again(&req, &invite_form(member), &req.here("/team"), refusal).await,
    }
}

/// Withdraws an invitation.
pub(super) async fn withdraw(req: Req) -> Outcome {
    at_home(&req)?;
    let invitation = req.param("invitation").parse().map_err(|_| Refusal::NotFound)?;
    team::withdraw(req.ctx(), &req.principal, req.workspace()?.org, invitation).await?;
    back(&req, "withdrawn")
}

/// The colleague of the address.
pub(super) struct Colleague {
    /// As colleagues see them.
    pub member: Member,
    /// It is the asker.
    pub is_you: bool,
    is_last_admin: bool,
}

pub(super) async fn colleague(req: &Req) -> Result<Colleague, Refusal> {
    at_home(req)?;
    let id: UserId = req.parsed("person")?;
    let own = req.person()?.id;
    let team = team::view(req.ctx(), &req.principal, req.workspace()?.org).await?;
    let is_last_admin = only_admin(&team.members) == Some(id);
    let member = team.members.into_iter().find(|member| member.id == id).ok_or(Refusal::NotFound)?;
    Ok(Colleague { is_you: member.id == own, is_last_admin, member })
}

fn role_form(req: &Req) -> String {
    format!("role {} {}", req.param("org"), req.param("person"))
}

/// Asks for the new role.
pub(super) async fn role_page(req: Req) -> Outcome {
    let found = colleague(&req).await?;
    let typed = Typed::open(&req, &role_form(&req)).await?;
    let t = texts(req.lang);
    let title = fill(t.role_title, &[("name", &found.member.name)]);
    let roles: Vec<Role> = Role::of(found.member.role.org_kind()).collect();
    let wrong = typed.is_wrong();
    Page::new(title.clone(), move || {
        let now = fill(t.role_now, &[("role", found.member.role.label())]);
        let chosen = typed.value_or("role", found.member.role.code());
        view! {
            <ConfirmPage
                title action=req.path.clone() confirm=t.role_save cancel_href=req.here("/team") errors=typed.errors()
            >
                <p>{now}</p>
                {found.is_last_admin.then(|| view! { <p>{last_admin(&req, &found)}</p> })}
                {role_choices(req.lang, &roles, &chosen, typed.error("role"))}
                <p class="muted">{if found.is_you { t.role_note_you } else { t.role_note }}</p>
            </ConfirmPage>
        }
    })
    .errors(wrong)
    .into()
}

fn last_admin(req: &Req, found: &Colleague) -> String {
    let t = texts(req.lang);
    if found.is_you { t.last_admin_you.to_owned() } else { fill(t.last_admin, &[("name", &found.member.name)]) }
}

/// Changes the role.
pub(super) async fn set_role(req: Req) -> Outcome {
    let found = colleague(&req).await?;
    let org = req.workspace()?.org;
    match team::set_role(req.ctx(), &req.principal, org, found.member.id, req.form.get("role")).await {
        Ok(()) => {
            typed::done(&req).await?;
            back(&req, "role")
        }
        Err(refusal) => typed::again(&req, &role_form(&req), &req.path, refusal).await,
    }
}

/// Asks before somebody is removed.
pub(super) async fn end_page(req: Req) -> Outcome {
    let found = colleague(&req).await?;
    if found.is_last_admin {
        return Err(Refusal::NotPossible(last_admin(&req, &found)));
    }
    let t = texts(req.lang);
    let org = req.workspace()?.org_name.clone();
    let about = [("name", found.member.name.as_str()), ("org", org.as_str())];
    let title = fill(t.end_title, &about);
    let lead = fill(if found.is_you { t.end_lead_you } else { t.end_lead }, &about);
    Page::new(title.clone(), move || {
        view! {
            <ConfirmPage title action=req.path.clone() confirm=t.end_act cancel_href=req.here("/team") danger=true>
                <p>{lead}</p>
            </ConfirmPage>
        }
    })
    .into()
}

/// Removes somebody.
pub(super) async fn end(req: Req) -> Outcome {
    let found = colleague(&req).await?;
    team::remove(req.ctx(), &req.principal, req.workspace()?.org, found.member.id).await?;
    if found.is_you { Ok(Reply::to(req.to("/home"))) } else { back(&req, "ended") }
}

/// Asks before one leaves oneself.
pub(super) async fn leave_page(req: Req) -> Outcome {
    at_home(&req)?;
    let t = texts(req.lang);
    let org = req.workspace()?.org_name.clone();
    let title = fill(t.leave_title, &[("org", &org)]);
    let lead = fill(t.end_lead_you, &[("org", &org)]);
    Page::new(title.clone(), move || {
        view! {
            <ConfirmPage title action=req.path.clone() confirm=t.leave_act cancel_href=req.here("/team") danger=true>
                <p>{lead}</p>
            </ConfirmPage>
        }
    })
    .into()
}

/// Leaves the organisation.
pub(super) async fn leave(req: Req) -> Outcome {
    at_home(&req)?;
    team::leave(req.ctx(), &req.principal, req.workspace()?.org).await?;
    Ok(Reply::to(req.to("/home")))
}
