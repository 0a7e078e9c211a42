//! Checking a customer, for everybody: what helps without an account, and what a company's account adds.

use domain::{access::Action, organisation::OrgKind};
use leptos::prelude::*;

use crate::{
    components::*,
    text::{
        find::{Texts, texts},
        public,
    },
    web::{Outcome, Page, Req, request::workspace_path},
};

pub(super) async fn page(req: Req) -> Outcome {
    let t = texts(req.lang);
    Page::new(t.check_title, move || view(&req)).about(t.check_lead).into()
}

fn view(req: &Req) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let row = |title: &str, path: &str, text: &str| LinkRow::new(title, req.to(path)).text(text);
    let now = vec![
        row(t.check_flags, "/red-flags", t.check_flags_text),
        row(t.check_number, "/substances/check", t.check_number_text),
        row(t.check_substance, "/substances", t.check_substance_text),
        row(t.check_duties, "/duties", t.check_duties_text),
        row(t.check_library, "/library?kind=guide", t.check_library_text),
    ];
    let signed = with_account(req);
    let aside = view! {
        <Callout tone=Tone::Warn title=t.check_doubt_title>
            <p>{t.check_doubt}</p>
            <p><a href=req.to("/report/start")>{t.check_report}</a></p>
        </Callout>
    };
    view! {
        <FormPage aside=aside.into_any() aside_label=t.check_doubt_title>
            <PageTitle title=t.check_title lead=t.check_lead/>
            <section class="part" aria-labelledby="now">
                <h2 id="now">{t.check_now}</h2>
                <LinkRows rows=now labelled_by="now"/>
            </section>
            <section class="part" aria-labelledby="signed">
                <h2 id="signed">{t.check_signed}</h2>
                {signed}
            </section>
        </FormPage>
    }
}

/// What a company's account adds: its path in the workspace, the right that opens it, and its words.
fn offers(t: &'static Texts) -> [(&'static str, Action, &'static str, &'static str); 5] {
    [
        ("/assess", Action::WriteReports, t.check_assess, t.check_assess_text),
        ("/screen", Action::ScreenNames, t.check_screen, t.check_screen_text),
        ("/customers", Action::ReadCustomers, t.check_file, t.check_file_text),
        ("/customers", Action::ReadCustomers, t.check_declaration, t.check_declaration_text),
        ("/advice", Action::AskAdvice, t.check_advice, t.check_advice_text),
    ]
}

/// Links for people of a company that may; for others what they would get, and the way to it.
fn with_account(req: &Req) -> AnyView {
    let (t, p) = (texts(req.lang), public::texts(req.lang));
    let company = req.principal.memberships.iter().find(|member| {
        member.kind == OrgKind::Company && req.principal.allowed_in(member.org, Action::ReadCustomers).is_ok()
    });
    if let Some(company) = company {
        let allowed = |action| req.principal.allowed_in(company.org, action).is_ok();
        let offers = offers(t).into_iter().filter(|(_, action, ..)| allowed(*action));
        let rows = offers
            .map(|(path, _, title, text)| LinkRow::new(title, workspace_path(req.lang, company, path)).text(text))
            .collect();
        return view! { <LinkRows rows labelled_by="signed"/> }.into_any();
    }
    let terms = offers(t).into_iter().map(|(_, _, title, text)| (title.to_owned(), text.to_owned())).collect();
    let ways = req.principal.person.is_none().then(|| {
        view! {
            <ButtonRow>
                <LinkButton href=req.to("/register") label=p.door_apply/>
                <LinkButton href=req.to("/sign-in") label=p.sign_in kind=ButtonKind::Secondary/>
            </ButtonRow>
        }
    });
    view! { <Glossary terms/>{ways} }.into_any()
}
