//! The page before a report: what it is, what to have at hand, who reads it, and the way to start.

use domain::{
    access::{Action, Membership},
    lang::Lang,
    organisation::OrgKind,
};
use leptos::prelude::*;
use services::public::Authority;

use super::contacts;
use crate::{
    components::*,
    text::{common, fill, public::texts},
    web::{Outcome, Page, Req, paths::with_query, request::workspace_path},
};

/// Where a company's new report begins, in its workspace.
pub(super) const NEW_REPORT: &str = "/reports/new";

pub(super) async fn page(req: Req) -> Outcome {
    let t = texts(req.lang);
    let on_duty = contacts::on_duty(&req, &contacts::authorities(&req).await);
    Page::new(t.report_title, move || view(&req, on_duty)).about(t.report_lead).into()
}

fn view(req: &Req, on_duty: Vec<Authority>) -> impl IntoView + use<> {
    let (t, lang) = (texts(req.lang), req.lang);
    let urgent = contacts::urgent_strip(req, on_duty);
    view! {
        <FormPage aside=aside(req) aside_label=t.aside_label>
            <PageTitle title=t.report_title lead=t.report_lead/>
            {urgent}
            <div class="prose">
                <p>{t.urgent_life}</p>
                {what_it_is(lang)}
                <Callout tone=Tone::Warn title=t.quiet_title><p>{t.quiet_text}</p><p>{t.quiet_how}</p></Callout>
                {what_to_have(lang)}
                {how_long(lang)}
                {who_sees(lang)}
            </div>
        </FormPage>
    }
}

fn what_it_is(lang: Lang) -> impl IntoView {
    let t = texts(lang);
    view! { <h2>{t.is_title}</h2><p>{t.is_text}</p><p>{t.is_sure}</p> }
}

fn what_to_have(lang: Lang) -> impl IntoView {
    let t = texts(lang);
    let needs = [t.need_when, t.need_what, t.need_who, t.need_where, t.need_why, t.need_did];
    view! {
        <h2>{t.need_title}</h2>
        <p>{t.need_lead}</p>
        <ul>{needs.into_iter().map(|need| view! { <li>{need}</li> }).collect_view()}</ul>
    }
}

fn how_long(lang: Lang) -> impl IntoView {
    let t = texts(lang);
    view! { <h2>{t.time_title}</h2><p>{t.time_full}</p><p>{t.time_saved}</p> }
}

fn who_sees(lang: Lang) -> impl IntoView {
    let t = texts(lang);
    view! {
        <h2>{t.see_title}</h2>
        <ul><li>{t.see_company}</li><li>{t.see_authority}</li><li>{t.see_nobody}</li></ul>
    }
}

/// Stays in view beside the text; on a narrow screen it comes after it.
fn aside(req: &Req) -> AnyView {
    let t = texts(req.lang);
    let (paper, help, help_word) = (req.to("/report/blank-form"), req.to("/help"), common::texts(req.lang).help);
    let ways_in = ways_in(req);
    view! {
        <div class="ways-in">{ways_in}</div>
        <Panel title=t.paper_title>
            <p>{t.paper_text}</p>
            <p><a href=paper>{t.paper_link}</a></p>
        </Panel>
        <Panel title=t.aside_help>
            <p>{t.aside_help_text}</p>
            <p><a href=help>{help_word}</a></p>
        </Panel>
    }
    .into_any()
}

/// What the person can do next: start in a workspace, sign in, apply; or why not.
fn ways_in(req: &Req) -> AnyView {
    let t = texts(req.lang);
    if req.principal.person.is_none() {
        let here = format!("{}{}", req.to("/report/start"), with_substance(req.query.get("substance")));
        let sign_in = with_query(&req.to("/sign-in"), "next", &here);
        let apply = req.to("/register");
        return view! {
            <ButtonRow>
                <LinkButton href=sign_in label=t.start_sign_in/>
                <LinkButton href=apply label=t.start_apply kind=ButtonKind::Secondary/>
            </ButtonRow>
        }
        .into_any();
    }
    let companies: Vec<_> = req.principal.memberships.iter().filter(|member| member.kind == OrgKind::Company).collect();
    if companies.is_empty() {
        return view! { <p>{t.start_not_company}</p> }.into_any();
    }
    let substance = req.query.get("substance");
    companies
        .into_iter()
        .enumerate()
        .map(|(index, member)| way_in(req, member, index == 0, substance))
        .collect_view()
        .into_any()
}

fn way_in(req: &Req, member: &Membership, first: bool, substance: &str) -> AnyView {
    let t = texts(req.lang);
    let named = |text| fill(text, &[("org", &member.org_name)]);
    if req.principal.allowed_in(member.org, Action::WriteReports).is_ok() {
        let href = format!("{}{}", workspace_path(req.lang, member, NEW_REPORT), with_substance(substance));
        let kind = if first { ButtonKind::Primary } else { ButtonKind::Secondary };
        let label = named(t.start_for);
        return view! { <ButtonRow><LinkButton href=href label=label kind=kind/></ButtonRow> }.into_any();
    }
    if req.principal.allowed_in(member.org, Action::ReadOwnReports).is_ok() {
        return view! { <p>{t.start_reader}</p> }.into_any();
    }
    let href = workspace_path(req.lang, member, "/");
    view! { <p>{named(t.start_waiting)}" "<a href=href>{named(t.start_waiting_link)}</a></p> }.into_any()
}

/// The query that begins a report with a substance of the catalogue; nothing for anything that is no handle.
pub(super) fn with_substance(slug: &str) -> String {
    let handle =
        !slug.is_empty() && slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if handle { format!("?substance={slug}") } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_handles_travel_on() {
        assert_eq!(with_substance("acetic-anhydride"), "?substance=acetic-anhydride");
        for odd in ["", "a b", "a&b=c", "A", "../x", "é", "a\"b"] {
            assert_eq!(with_substance(odd), "", "{odd:?}");
        }
    }
}
