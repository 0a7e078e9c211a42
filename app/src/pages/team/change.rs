//! Inviting, withdrawing, changing roles, removing and leaving. Each asks once more where something is taken away.

use domain::{access::Role, ids::UserId};
use leptos::prelude::*;
use services::{
    Refusal,
    leaver::{self, Leaving},
    team::{self, Member},
};

use super::{
    at_home,
    list::{invite_form, only_admin, role_choices, what_roles},
};
use crate::{
    components::*,
    text::{
        fill,
        team::{Texts, texts},
    },
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
    let invitation = req.parsed("invitation")?;
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
                {what_roles(t, &req.here("/team"), &roles)}
                <p class="muted">{if found.is_you { t.role_note_you } else { t.role_note }}" "{t.role_note_work}</p>
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

fn end_form(req: &Req) -> String {
    format!("end {} {}", req.param("org"), req.param("person"))
}

/// Asks before somebody is removed, and who takes their work over.
pub(super) async fn end_page(req: Req) -> Outcome {
    let found = colleague(&req).await?;
    if found.is_last_admin {
        return Err(Refusal::NotPossible(last_admin(&req, &found)));
    }
    let leaving = leaver::leaving(req.ctx(), &req.principal, req.workspace()?.org, found.member.id).await?;
    let typed = Typed::open(&req, &end_form(&req)).await?;
    let t = texts(req.lang);
    let org = req.workspace()?.org_name.clone();
    let about = [("name", found.member.name.as_str()), ("org", org.as_str())];
    let title = fill(t.end_title, &about);
    let lead = fill(if found.is_you { t.end_lead_you } else { t.end_lead }, &about);
    asked(&req, title, lead, t.end_act, leaving, typed).into()
}

/// Removes somebody.
pub(super) async fn end(req: Req) -> Outcome {
    let found = colleague(&req).await?;
    let (org, fields) = (req.workspace()?.org, typed::answers(&req.form));
    match team::remove(req.ctx(), &req.principal, org, found.member.id, &fields).await {
        Ok(()) if found.is_you => Ok(Reply::to(req.to("/home"))),
        Ok(()) => back(&req, "ended"),
        Err(refusal) => typed::again(&req, &end_form(&req), &req.path, refusal).await,
    }
}

/// Asks before one leaves oneself.
pub(super) async fn leave_page(req: Req) -> Outcome {
    at_home(&req)?;
    let (member, own) = (req.workspace()?, req.person()?.id);
    let leaving = leaver::leaving(req.ctx(), &req.principal, member.org, own).await?;
    let typed = Typed::open(&req, &end_form(&req)).await?;
    let t = texts(req.lang);
    let title = fill(t.leave_title, &[("org", &member.org_name)]);
    let lead = fill(t.end_lead_you, &[("org", &member.org_name)]);
    asked(&req, title, lead, t.leave_act, leaving, typed).into()
}

/// The page that asks, with what is in hand and who could take it over.
fn asked(req: &Req, title: String, lead: String, confirm: &'static str, leaving: Leaving, typed: Typed) -> Page {
    let (t, path, back) = (texts(req.lang), req.path.clone(), req.here("/team"));
    let wrong = typed.is_wrong();
    Page::new(title.clone(), move || {
        let errors = typed.errors();
        let work = work(t, &leaving, &typed);
        view! {
            <ConfirmPage title action=path confirm cancel_href=back danger=true errors>
                <p>{lead}</p>
                {work}
            </ConfirmPage>
        }
    })
    .errors(wrong)
}

fn work(t: &'static Texts, leaving: &Leaving, typed: &Typed) -> AnyView {
    let held = leaving.in_hand;
    if held.is_empty() {
        return view! { <p class="muted">{t.work_none}</p> }.into_any();
    }
    let line = |n: usize, one: &'static str, many: &'static str| match n {
        0 => None,
        1 => Some(one.to_owned()),
        n => Some(fill(many, &[("n", &n.to_string())])),
    };
    let lines = [
        line(held.reports, t.work_report, t.work_reports),
        line(held.drafts, t.work_draft, t.work_drafts),
        line(held.running, t.work_one_running, t.work_running),
        line(held.questions, t.work_question, t.work_questions),
    ];
    let lines = lines.into_iter().flatten().map(|line| view! { <li>{line}</li> }).collect_view();
    let options = leaving
        .colleagues
        .iter()
        .map(|(id, name, role)| SelectOption::new(id.to_string(), format!("{name}, {}", role.label())))
        .collect();
    let hint = fill(t.work_to_hint, &[("name", &leaving.administrator)]);
    view! {
        <p>{t.work_lead}</p>
        <ul>{lines}</ul>
        <SelectField
            name="to" label=t.work_to hint options blank=t.work_to_nobody value=typed.value("to")
            error=typed.error("to")
        />
    }
    .into_any()
}

/// Leaves the organisation.
pub(super) async fn leave(req: Req) -> Outcome {
    at_home(&req)?;
    let fields = typed::answers(&req.form);
    match team::leave(req.ctx(), &req.principal, req.workspace()?.org, &fields).await {
        Ok(()) => Ok(Reply::to(req.to("/home"))),
        Err(refusal) => typed::again(&req, &end_form(&req), &req.path, refusal).await,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use domain::lang::Lang;
    use services::leaver::InHand;

    use super::*;
    use crate::pages::account::shown;

    fn html(in_hand: InHand) -> String {
        let colleagues = vec![("1".repeat(32).parse().unwrap(), "Ana <b>".to_owned(), Role::AuthorityOfficer)];
        let leaving = Leaving { in_hand, colleagues, administrator: "Marijke".into() };
        shown(move || work(texts(Lang::En), &leaving, &Typed::default()))
    }

    #[test]
    fn what_is_in_hand_is_counted_and_somebody_chosen() {
        let t = texts(Lang::En);
        let html = html(InHand { reports: 3, drafts: 1, running: 0, questions: 0 });
        assert!(html.contains("3 reports") && html.contains(t.work_draft) && html.contains("Marijke"), "{html}");
        assert!(html.contains("Ana &lt;b&gt;, Triage officer") && html.contains(t.work_to_nobody), "{html}");
        assert!(!html.contains(t.work_question), "{html}");
    }

    #[test]
    fn who_has_nothing_in_hand_is_not_asked_for() {
        let html = html(InHand::default());
        assert!(html.contains(texts(Lang::En).work_none) && !html.contains("<select"), "{html}");
    }
}
