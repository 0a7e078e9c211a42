//! The start page: what this is, the telephone for what cannot wait, three doors, what else can be looked up.

use domain::{
    access::{Action, Membership},
    date::Date,
    lang::Lang,
    organisation::{OperatorRole, OrgKind},
    substance::Substance,
};
use leptos::prelude::*;
use services::{notice::Item, public::Authority};

use super::contacts;
use crate::{
    components::*,
    pages::notices,
    text::{fill, notices as notice_words, public::texts},
    web::{Outcome, Page, Req, request::workspace_path},
};

/// Where the third door leads.
const LEARN: &str = "/learn";

pub(super) async fn page(req: Req) -> Outcome {
    let t = texts(req.lang);
    let authorities = contacts::authorities(&req).await;
    let data = machine(&req);
    let latest = notices::latest(&req).await;
    Page::new(t.start_title, move || view(&req, authorities, &latest)).about(t.start_about).data(data).into()
}

/// The service and its search in the words of schema.org.
fn machine(req: &Req) -> serde_json::Value {
    let (t, base) = (texts(req.lang), &req.app.ctx.config.base_url);
    serde_json::json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": crate::text::common::texts(req.lang).product,
        "description": t.start_about,
        "url": format!("{base}{}", req.to("/")),
        "inLanguage": req.lang.tag(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": { "@type": "EntryPoint", "urlTemplate": format!("{base}{}?q={{words}}", req.to("/search")) },
            "query-input": "required name=words",
        },
    })
}

fn view(req: &Req, authorities: Vec<Authority>, latest: &[Item]) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let (title, lead) = match &req.principal.person {
        Some(person) => (fill(t.hero_signed_in, &[("name", &person.name)]), t.hero_signed_in_lead),
        None => (t.hero_title.to_owned(), t.hero_lead),
    };
    let urgent = contacts::urgent_strip(req, contacts::on_duty(req, &authorities));
    let sign_in = req.principal.person.is_none().then(|| {
        view! {
            <p class="front__aside">
                {t.have_account}" "<a href=req.to("/sign-in")>{t.sign_in}</a>" "
                {t.no_account}" "<a href=req.to("/register")>{t.door_apply}</a>
            </p>
        }
    });
    let latest = notices::related(req, "latest", notice_words::texts(req.lang).latest, latest);
    let concern = req.to("/concern");
    let (specimen, doors, look_up, lang) = (specimen(req), doors(req), look_up(req), req.lang);
    view! {
        <DeskPage>
            <div class="front">
                <div class="front__head"><Hero title=title lead=lead/>{specimen}</div>
                {urgent}
                <div class="front__doors"><Doors doors/>{sign_in}<p class="front__aside">{t.no_name}" "<a href=concern>{t.no_name_link}</a></p></div>
                {latest}
                {what(lang)}
                {look_up}
                <div class="front__pair">{who(lang, authorities)}{for_whom(lang)}</div>
            </div>
        </DeskPage>
    }
}

/// A label from the catalogue beside the heading, another one each day. On narrow screens there is no room for it.
fn specimen(req: &Req) -> AnyView {
    let t = texts(req.lang);
    let today = Date::of(req.ctx().now());
    let scheduled =
        |substance: &&Substance| substance.is_scheduled(today) && !substance.cas.is_empty() && !substance.hs.is_empty();
    let catalogue = req.ctx().catalogue();
    let labels: Vec<_> = catalogue.all().iter().filter(scheduled).collect();
    let turn = today.days().unsigned_abs() % u64::try_from(labels.len().max(1)).unwrap_or(1);
    let Some(substance) = usize::try_from(turn).ok().and_then(|turn| labels.get(turn)) else { return ().into_any() };
    let table = substance.table_on(today).map(|table| view! { <Tag text=table.label() tone=Tone::Hold/> }.into_any());
    let href = req.to(&format!("/substances/{}", substance.slug));
    let fields = vec![
        LabelField::code("CAS", substance.cas[0].number.to_string()),
        LabelField::code(format!("HS {}", substance.hs[0].edition), substance.hs[0].code.to_string()),
    ];
    let foot = view! { <a href=href>{t.specimen_link}<span class="unseen">" "{substance.name.clone()}</span></a> };
    view! {
        <div class="specimen">
            <LabelHeader
                kind=t.specimen title=substance.name.clone() status=table fields=fields foot=foot.into_any() bottle=true nested=true
            />
        </div>
    }
    .into_any()
}

/// Three doors; for people who have signed in, first those of their workspaces.
fn doors(req: &Req) -> Vec<Door> {
    let t = texts(req.lang);
    let own = req.principal.memberships.iter().map(|member| workspace_door(req, member));
    let report = Door::to(Icon::NewReport, t.door_report, req.to("/report/start"), t.door_report_text);
    let check = Door::to(Icon::Assess, t.door_check, req.to("/check"), t.door_check_text);
    let learn = Door::to(Icon::Learn, t.door_learn, req.to(LEARN), t.door_learn_text);
    let mut doors: Vec<Door> = own.collect();
    if req.principal.person.is_none() || may_report(req) {
        doors.push(report);
    }
    doors.extend([check, learn]);
    doors
}

/// What can be looked up without an account, for those who know what they want.
fn look_up(req: &Req) -> AnyView {
    let t = texts(req.lang);
    let row = |title: &str, path: &str, text: &str| LinkRow::new(title, req.to(path)).text(text);
    let rows = vec![
        row(t.door_substances, "/substances", t.door_substances_text),
        row(t.look_duties, "/duties", t.look_duties_text),
        row(t.look_flags, "/red-flags", t.look_flags_text),
        row(t.look_library, "/library", t.look_library_text),
    ];
    view! {
        <section class="front__look" aria-labelledby="look">
            <h2 id="look">{t.look_title}</h2>
            <LinkRows rows labelled_by="look"/>
        </section>
    }
    .into_any()
}

/// Whether the person writes reports for at least one company that may.
pub(super) fn may_report(req: &Req) -> bool {
    req.principal.memberships.iter().any(|member| req.principal.allowed_in(member.org, Action::WriteReports).is_ok())
}

fn workspace_door(req: &Req, member: &Membership) -> Door {
    let t = texts(req.lang);
    let (icon, text) = match member.kind {
        OrgKind::Company => (Icon::Company, t.door_company),
        OrgKind::Association => (Icon::Association, t.door_association),
        OrgKind::Operator => (Icon::System, t.door_operator),
        OrgKind::Authority | OrgKind::LawEnforcement | OrgKind::Laboratory | OrgKind::International => {
            (Icon::Authority, t.door_authority)
        }
    };
    Door::to(icon, &member.org_name, workspace_path(req.lang, member, "/"), text)
}

impl Door {
    fn to(icon: Icon, title: &str, href: String, text: &str) -> Self {
        Self { icon, title: title.to_owned(), href, text: text.to_owned() }
    }
}

fn what(lang: Lang) -> impl IntoView {
    let t = texts(lang);
    let steps =
        [(t.step_notice, t.step_notice_text), (t.step_report, t.step_report_text), (t.step_answer, t.step_answer_text)];
    let steps = steps.into_iter().map(|(title, text)| {
        view! { <li class="step"><h3 class="step__title">{title}</h3><p>{text}</p></li> }
    });
    view! {
        <section aria-labelledby="what">
            <h2 id="what">{t.what_title}</h2>
            <ol class="steps" role="list">{steps.collect_view()}</ol>
        </section>
    }
}

fn who(lang: Lang, authorities: Vec<Authority>) -> impl IntoView {
    let t = texts(lang);
    let text = if authorities.is_empty() { t.who_none } else { t.who_some };
    let facts: Vec<_> = authorities
        .into_iter()
        .map(|authority| (authority.country.name().to_owned(), view! { <bdi>{authority.name}</bdi> }.into_any()))
        .collect();
    let facts = (!facts.is_empty()).then(|| view! { <Facts facts=facts labelled_by="who"/> });
    view! {
        <section class="stack" aria-labelledby="who">
            <h2 id="who">{t.who_title}</h2>
            <p>{text}</p>
            {facts}
            <p>{t.who_operator}</p>
        </section>
    }
}

fn for_whom(lang: Lang) -> impl IntoView {
    let t = texts(lang);
    let roles = OperatorRole::ALL.iter().map(|role| view! { <li><Tag text=role.label()/></li> });
    view! {
        <section class="stack" aria-labelledby="for">
            <h2 id="for">{t.for_title}</h2>
            <p>{t.for_text}</p>
            <ul class="tags" role="list">{roles.collect_view()}</ul>
        </section>
    }
}
