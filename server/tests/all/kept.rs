//! A form that comes after its sign-in has ended: what was typed is kept for whoever typed it, and signing in leads back.

use domain::access::Role;
use services::session;

use crate::support::{
    html::Page,
    http::{Answer, Ask},
    site::Site,
};

const WORDS: &str = "The van <b>came</b> back.";

/// A message of a company's officer, sent half an hour too late.
async fn late(site: &Site) -> (String, Answer) {
    let me = site.cast.player(Role::CompanyOfficer, "meridian");
    let reference = &site.cast.org("meridian").reports.as_ref().unwrap().open;
    let path = format!("/en/c/meridian/reports/{reference}/message");
    site.ctx.clock.advance(session::IDLE);
    let before = site.deeds().await;
    let answer = site.post(&path, Some(me), [("message", WORDS), ("_who", "x")]).await;
    assert_eq!(answer.status, 401);
    assert_eq!(site.deeds().await, before, "nothing was done");
    (path, answer)
}

#[tokio::test]
async fn signing_in_leads_back_to_what_was_typed() {
    let site = Site::new().await;
    let (path, answer) = late(&site).await;
    assert!(answer.body.contains("/en/sign-in?next=%2Fen%2Fkept"), "{}", answer.body);
    let kept = answer.cookie("__Host-kept").expect("it is kept");
    let me = site.cast.player(Role::CompanyOfficer, "meridian");
    let again = site.again(me).await;
    let asked =
        |path: &str, session: &str| Ask::get(path).cookie("__Host-session", session).cookie("__Host-kept", &kept);
    let page = site.ask(asked("/en/kept", &again)).await;
    let forms = Page::read(&page.body).forms;
    let form = forms.into_iter().find(|form| form.action == path).expect("its form is there");
    let fields = form.untouched();
    assert!(fields.contains(&("message".to_owned(), WORDS.to_owned())), "{fields:?}");
    assert!(fields.contains(&("_who".to_owned(), "x".to_owned())), "{fields:?}");

    let other = site.cast.player(Role::CompanyAdmin, "meridian");
    let others = site.again(other).await;
    let theirs = site.ask(asked("/en/kept", &others)).await;
    assert!(theirs.status == 200 && !theirs.body.contains("came"), "nobody else finds it");

    let discard = Ask::post("/en/kept/discard").cookie("__Host-session", &again).cookie("__Host-kept", &kept);
    assert_eq!(site.ask(discard).await.status, 303);
    assert!(!site.ask(asked("/en/kept", &again)).await.body.contains("came"));
}

#[tokio::test]
async fn what_nobody_typed_is_kept_for_nobody() {
    let site = Site::new().await;
    let path = "/en/c/meridian/reports/new";
    for session in ["never-issued", ""] {
        let ask = Ask::post(path).cookie("__Host-session", session).form([("form", "quick")]);
        let answer = site.ask(ask).await;
        assert_eq!((answer.status, answer.cookie("__Host-kept")), (401, None), "{session}");
        assert!(answer.body.contains(&format!("action=\"{path}\"")), "it is in the page all the same");
    }
}

#[tokio::test]
async fn a_page_asks_how_long_the_sign_in_lasts_without_prolonging_it() {
    let site = Site::new().await;
    let me = site.cast.player(Role::AuthorityOfficer, "pco-nl");
    let left = async || site.ask(Ask::get("/en/session").by(me).header("accept", "application/json")).await;
    assert_eq!(left().await.body, "{\"rest\":900,\"end\":43200}");
    let page = site.get("/en/a/pco-nl/queue", Some(me)).await;
    assert!(page.body.contains("You are signed in until"), "the foot says it");
    site.ctx.clock.advance(14 * domain::time::Timestamp::MINUTE);
    assert_eq!(left().await.body, "{\"rest\":60,\"end\":42360}");
    let stay = site.ask(Ask::post("/en/session").by(me).header("accept", "application/json")).await;
    assert_eq!(stay.body, "{\"rest\":900,\"end\":42360}");
    let without_scripts = site.post("/en/session", Some(me), [("", ""); 0]).await;
    assert_eq!((without_scripts.status, without_scripts.location()), (303, "/en/home"));
    site.ctx.clock.advance(session::IDLE_STAFF);
    assert_eq!(left().await.status, 401);
}
