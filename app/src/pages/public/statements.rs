//! Accessibility and privacy: true statements about this software, and what is not good yet.

use domain::{lang::Lang, time::Timestamp};
use leptos::prelude::*;
use services::session;

use super::contacts;
use crate::{
    components::*,
    text::{fill, statements::texts},
    web::{Outcome, Page, Req, cookie},
};

pub(super) async fn accessibility(req: Req) -> Outcome {
    let t = texts(req.lang);
    Page::new(t.accessibility_title, move || accessibility_view(&req)).about(t.access_aim_text).into()
}

pub(super) async fn privacy(req: Req) -> Outcome {
    let t = texts(req.lang);
    Page::new(t.privacy_title, move || privacy_view(&req)).about(t.privacy_lead).into()
}

fn accessibility_view(req: &Req) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let tell = contacts::with_contact(t.access_tell_text, &req.app.contact);
    let limits = [t.access_limit_lang.to_owned(), t.access_limit_tables.to_owned(), with_limits(t.access_limit_time)];
    let limits = list(limits);
    view! {
        <ReadingPage>
            <PageTitle title=t.accessibility_title lead=t.accessibility_lead/>
            <h2>{t.access_aim}</h2>
            <p>{t.access_aim_text}</p>
            <h2>{t.access_how}</h2>
            {list([t.access_how_auto, t.access_how_contrast, t.access_how_not])}
            <h2>{t.access_limits}</h2>
            {limits}
            <h2>{t.access_appearance}</h2>
            <p>{t.access_appearance_text}</p>
            <h2>{t.access_tell}</h2>
            <p>{tell}</p>
        </ReadingPage>
    }
}

fn privacy_view(req: &Req) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let kept = [
        (t.kept_account, t.kept_account_text),
        (t.kept_company, t.kept_company_text),
        (t.kept_signin, t.kept_signin_text),
        (t.kept_attempts, t.kept_attempts_text),
        (t.kept_forms, t.kept_forms_text),
        (t.kept_reports, t.kept_reports_text),
        (t.kept_concerns, t.kept_concerns_text),
        (t.kept_evidence, t.kept_evidence_text),
        (t.kept_customers, t.kept_customers_text),
        (t.kept_screening, t.kept_screening_text),
        (t.kept_declarations, t.kept_declarations_text),
        (t.kept_search, t.kept_search_text),
        (t.kept_notices, t.kept_notices_text),
        (t.kept_figures, t.kept_figures_text),
        (t.kept_audit, t.kept_audit_text),
        (t.kept_mail, t.kept_mail_text),
    ];
    let kept = kept.map(|(what, how)| (what.to_owned(), how.to_owned())).to_vec();
    let (cookies, rights) = (cookies(req.lang), contacts::with_contact(t.privacy_rights_text, &req.app.contact));
    view! {
        <ReadingPage>
            <PageTitle title=t.privacy_title lead=t.privacy_lead/>
            <h2>{t.privacy_short}</h2>
            {list([t.privacy_short_1, t.privacy_short_2, t.privacy_short_3])}
            <h2>{t.privacy_kept}</h2>
            <Glossary terms=kept/>
            <h2>{t.privacy_cookies}</h2>
            {cookies}
            <h2>{t.privacy_rights}</h2>
            <p>{rights}</p>
            <h2>{t.privacy_person}</h2>
            <p>{t.privacy_person_text}</p>
        </ReadingPage>
    }
}

/// Every cookie that `web::cookie` can set; a test holds the two together.
fn cookies(lang: Lang) -> impl IntoView {
    let t = texts(lang);
    let columns = [t.cookie, t.cookie_for, t.cookie_until].map(Column::new).to_vec();
    let rows = [
        (cookie::SESSION, t.cookie_session, with_limits(t.cookie_session_until)),
        (cookie::DEVICE, t.cookie_device, t.cookie_device_until.to_owned()),
        (cookie::STASH, t.cookie_stash, t.cookie_hour.to_owned()),
        (cookie::THEME, t.cookie_theme, t.cookie_year.to_owned()),
        (cookie::DENSITY, t.cookie_density, t.cookie_year.to_owned()),
    ];
    let rows = rows.into_iter().map(|(name, what, until)| {
        view! { <tr><th scope="row"><code>{name}</code></th><td>{what}</td><td>{until}</td></tr> }
    });
    view! {
        <DataTable id="cookies" caption=t.privacy_cookies_caption caption_hidden=true columns=columns>{rows.collect_view()}</DataTable>
    }
}

/// A text with the times after which a sign-in ends, as they are enforced.
fn with_limits(text: &str) -> String {
    let count = |micros: i64, unit: i64| (micros / unit).to_string();
    let (idle, staff) = (count(session::IDLE, Timestamp::MINUTE), count(session::IDLE_STAFF, Timestamp::MINUTE));
    fill(text, &[("idle", &idle), ("staff", &staff), ("hours", &count(session::ABSOLUTE, Timestamp::HOUR))])
}

fn list<const N: usize>(entries: [impl Into<String>; N]) -> AnyView {
    let entries = entries.map(Into::into).into_iter().map(|entry: String| view! { <li>{entry}</li> });
    view! { <ul>{entries.collect_view()}</ul> }.into_any()
}
