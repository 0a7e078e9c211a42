//! Until when somebody is signed in: said in the foot of each page, and watched by an island that warns before the end.

use domain::time::Timestamp;
use leptos::prelude::*;

use super::Req;
use crate::{
    format,
    islands::session_watch::{SessionWatch, SessionWords},
    pages::account::sign_in_left::left,
    text::{fill, shell},
};

/// Until when the person of a request is signed in, in words; nothing for nobody.
pub fn until(req: &Req) -> Option<String> {
    let (rest, end) = (req.session_expires?, req.session_ends?);
    let t = shell::texts(req.lang);
    let at = |at: Timestamp| format::moment(at, req.zone());
    Some(match rest < end {
        true => fill(t.session_until, &[("rest", &at(rest)), ("end", &at(end))]),
        false => fill(t.session_end, &[("end", &at(end))]),
    })
}

/// The island that warns before the end; nothing for nobody.
pub fn watch(req: &Req) -> Option<AnyView> {
    let left = left(req)?;
    let t = shell::texts(req.lang);
    let words = SessionWords {
        title: t.session_title.into(),
        ending: t.session_ending.into(),
        last: t.session_last.into(),
        ended: t.session_ended.into(),
        minutes: t.session_minutes.into(),
        minute: t.session_minute.into(),
        seconds: t.session_seconds.into(),
        stay: t.session_stay.into(),
        sign_in: t.session_sign_in.into(),
        close: t.session_close.into(),
    };
    let (address, sign_in) = (req.to("/session"), req.to("/sign-in"));
    Some(view! { <SessionWatch left address sign_in words/> }.into_any())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use domain::{access::Role, organisation::OrgStatus};

    use super::*;
    use crate::web::testing::{NOW, Site};

    #[tokio::test]
    async fn the_foot_says_until_when_one_is_signed_in() {
        let site = Site::new().await;
        let mut req = site.req_as("/en/c/7k3m9qtd/", Role::CompanyOfficer, OrgStatus::Approved);
        assert_eq!(until(&req), None);
        (req.session_expires, req.session_ends) =
            (Some(NOW.plus(Timestamp::HOUR / 2)), Some(NOW.plus(12 * Timestamp::HOUR)));
        let said = until(&req).unwrap();
        assert!(said.contains("if you do nothing, and until"), "{said}");
        req.session_expires = req.session_ends;
        assert!(!until(&req).unwrap().contains("if you do nothing"));
    }
}
