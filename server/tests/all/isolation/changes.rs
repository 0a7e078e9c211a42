//! A right that ends, ends with the next request.

use domain::{access::Role, ids::UserId, time::Timestamp};
use services::session;

use crate::support::{
    cast::{NO_PLACE, Player, TWO_COMPANIES},
    html::Page,
    http::Ask,
    site::Site,
};

fn officer(site: &Site) -> &'static Player {
    site.cast.player(Role::CompanyOfficer, "meridian")
}

/// Pages of a company's officer: the list, a report, a draft, the team.
fn pages(site: &Site) -> Vec<String> {
    let org = site.cast.org("meridian");
    let (report, draft) = (&org.reports.as_ref().unwrap().open, org.drafts[&officer(site).email]);
    ["reports".to_owned(), format!("reports/{report}"), format!("drafts/{draft}"), "team".to_owned()]
        .map(|page| format!("/en/c/meridian/{page}"))
        .into()
}

async fn statuses(site: &Site) -> Vec<u16> {
    let mut statuses = Vec::new();
    for page in pages(site) {
        statuses.push(site.get(&page, Some(officer(site))).await.status);
    }
    statuses
}

#[tokio::test]
async fn of_a_company_that_is_suspended() {
    let site = Site::new().await;
    assert_eq!(statuses(&site).await, [200; 4]);
    site.run("UPDATE org SET status = 'suspended' WHERE handle = 'meridian'").await;
    assert_eq!(statuses(&site).await, [404; 4]);
    let application = site.get("/en/c/meridian/application", Some(officer(&site))).await;
    assert_eq!(application.status, 200, "where it stands can still be seen");
    // The reports stay with the authority.
    let desk = site.cast.player(Role::AuthorityOfficer, "pco-nl");
    let report = &site.cast.org("meridian").reports.as_ref().unwrap().open;
    assert_eq!(site.get(&format!("/en/a/pco-nl/reports/{report}"), Some(desk)).await.status, 200);
    site.run("UPDATE org SET status = 'approved' WHERE handle = 'meridian'").await;
    assert_eq!(statuses(&site).await, [200; 4]);
}

/// With everything that suspending does, by the form of the one who may.
#[tokio::test]
async fn of_an_organisation_that_is_suspended_by_its_form() {
    for (by, path, member, page, why) in [
        (
            (Role::AuthoritySupervisor, "pco-nl"),
            "/en/a/pco-nl/organisations/meridian",
            (Role::CompanyOfficer, "meridian"),
            "/en/c/meridian/reports",
            "/en/c/meridian/application",
        ),
        (
            (Role::SystemAdmin, "installation"),
            "/en/s/installation/organisations/pco-nl",
            (Role::AuthorityOfficer, "pco-nl"),
            "/en/a/pco-nl/queue",
            "/en/a/pco-nl/suspended",
        ),
        (
            (Role::SystemAdmin, "installation"),
            "/en/s/installation/organisations/chemtrade-assoc",
            (Role::AssociationEditor, "chemtrade-assoc"),
            "/en/n/chemtrade-assoc/",
            "/en/n/chemtrade-assoc/suspended",
        ),
    ] {
        let site = Site::new().await;
        let (by, member) = (site.cast.player(by.0, by.1), site.cast.player(member.0, member.1));
        assert_eq!(site.get(page, Some(member)).await.status, 200, "{page}");
        let asked = site.get(&format!("{path}/suspend"), Some(by)).await;
        let form = Page::read(&asked.body);
        let version = form.shown("version")[0];
        let silent = site.post(&format!("{path}/suspend"), Some(by), [("version", version)]).await;
        assert_eq!(silent.status, 303, "without a reason the form is shown again");
        assert_eq!(site.get(page, Some(member)).await.status, 200, "{page}: nothing was done");
        let form = [("version", version), ("reason", "REASON-CANARY")];
        assert_eq!(site.post(&format!("{path}/suspend"), Some(by), form).await.status, 303);
        let refused = site.get(page, Some(member)).await;
        assert_eq!((refused.status, refused.location()), (303, format!("/en/sign-in?next={page}").as_str()));
        // Signed in again they read why, and nothing else.
        let session = site.again(member).await;
        let again = |page: &str| Ask::get(page).cookie("__Host-session", &session);
        assert_eq!(site.ask(again(page)).await.status, 404, "{page}");
        let reads = site.ask(again(why)).await;
        assert!(reads.status == 200 && reads.body.contains("REASON-CANARY"), "{why}: {}", reads.status);
        assert!(!reads.body.contains("class=\"spine\""), "no doors that lead nowhere");
        let later = (version.parse::<i64>().unwrap() + 1).to_string();
        assert_eq!(site.post(&format!("{path}/lift"), Some(by), [("version", &later)]).await.status, 303);
        assert_eq!(site.ask(again(page)).await.status, 200, "{page}");
    }
}

/// Whoever belongs elsewhere too stays signed in and loses the workspace.
#[tokio::test]
async fn of_one_of_two_companies_that_is_suspended() {
    let site = Site::new().await;
    let (by, two) = (site.cast.player(Role::AuthoritySupervisor, "pco-nl"), site.cast.named(TWO_COMPANIES));
    let form = [("version", "2"), ("reason", "Wound up.")];
    let version = store::org::by_handle(&mut site.ctx.db.reader(), "meridian").await.unwrap().unwrap().version;
    assert_eq!(version, 2, "the demo approved it");
    assert_eq!(site.post("/en/a/pco-nl/organisations/meridian/suspend", Some(by), form).await.status, 303);
    assert_eq!(site.get("/en/c/meridian/reports", Some(two)).await.status, 404);
    assert_eq!(site.get("/en/c/noordkust/reports", Some(two)).await.status, 200);
}

#[tokio::test]
async fn of_somebody_who_left() {
    let site = Site::new().await;
    site.run("UPDATE membership SET ended_at = 1 WHERE person_id = (SELECT id FROM person WHERE name = 'NAME-meridian-company_officer-CANARY')").await;
    assert_eq!(statuses(&site).await, [404; 4]);
    let admin = site.cast.player(Role::CompanyAdmin, "meridian");
    let report = &site.cast.org("meridian").reports.as_ref().unwrap().open;
    assert_eq!(
        site.get(&format!("/en/c/meridian/reports/{report}"), Some(admin)).await.status,
        200,
        "their work stays"
    );
}

#[tokio::test]
async fn of_somebody_with_a_lesser_role() {
    let site = Site::new().await;
    site.run("UPDATE membership SET role = 'company_reader' WHERE person_id = (SELECT id FROM person WHERE name = 'NAME-meridian-company_officer-CANARY')").await;
    assert_eq!(statuses(&site).await, [200, 200, 404, 200], "only the draft is for writers");
}

#[tokio::test]
async fn of_an_account_that_is_closed() {
    let site = Site::new().await;
    site.run("UPDATE person SET disabled_at = 1 WHERE name = 'NAME-meridian-company_officer-CANARY'").await;
    assert_eq!(statuses(&site).await, [303; 4], "there is no such sign-in any more");
    let answer = site.get("/en/me", Some(officer(&site))).await;
    assert_eq!(answer.location(), "/en/sign-in?next=/en/me");
}

#[tokio::test]
async fn of_a_desk_officer_who_left() {
    let site = Site::new().await;
    let desk = site.cast.player(Role::AuthorityOfficer, "pco-nl");
    let report = &site.cast.org("meridian").reports.as_ref().unwrap().open;
    for page in ["queue".to_owned(), format!("reports/{report}"), format!("queue?sel={report}")] {
        assert_eq!(site.get(&format!("/en/a/pco-nl/{page}"), Some(desk)).await.status, 200, "{page}");
    }
    site.run("UPDATE membership SET ended_at = 1 WHERE person_id = (SELECT id FROM person WHERE name = 'NAME-pco-nl-authority_officer-CANARY')").await;
    for page in ["queue".to_owned(), format!("reports/{report}"), format!("queue?sel={report}")] {
        assert_eq!(site.get(&format!("/en/a/pco-nl/{page}"), Some(desk)).await.status, 404, "{page}");
    }
}

#[tokio::test]
async fn of_somebody_who_signed_out() {
    let site = Site::new().await;
    let out = site.ask(Ask::post("/en/sign-out").by(officer(&site))).await;
    assert_eq!(out.status, 303);
    assert_eq!(out.cookie("__Host-session").as_deref(), Some(""), "the browser forgets it");
    // And a copy of the cookie is worth nothing.
    assert_eq!(statuses(&site).await, [303; 4]);
    let post = site.post("/en/c/meridian/reports/new", Some(officer(&site)), [("form", "quick")]).await;
    assert_eq!(post.status, 401);
}

#[tokio::test]
async fn of_a_sign_in_that_was_ended_from_elsewhere() {
    let site = Site::new().await;
    let session = site.again(officer(&site)).await;
    let others = Ask::post("/en/me/sessions").cookie("__Host-session", &session).form([("session", "others")]);
    assert_eq!(site.ask(others).await.status, 303);
    assert_eq!(statuses(&site).await, [303; 4]);
    let other = Ask::get("/en/me").cookie("__Host-session", &session);
    assert_eq!(site.ask(other).await.status, 200);
}

#[tokio::test]
async fn nobody_ends_somebody_elses_sign_in() {
    let site = Site::new().await;
    let mut reader = site.ctx.db.reader();
    let theirs = store::session::of_person(&mut reader, UserId(officer(&site).id.0), site.ctx.now()).await.unwrap();
    let stranger = site.cast.named(NO_PLACE);
    let answer = site.post("/en/me/sessions", Some(stranger), [("session", theirs[0].id.to_string())]).await;
    assert_eq!(answer.status, 404);
    assert_eq!(statuses(&site).await, [200; 4]);
}

#[tokio::test]
async fn of_a_sign_in_that_rested_or_grew_old() {
    for (role, org, page, rest) in [
        (Role::CompanyOfficer, "meridian", "/en/c/meridian/reports", session::IDLE),
        (Role::AuthorityOfficer, "pco-nl", "/en/a/pco-nl/queue", session::IDLE_STAFF),
        (Role::SystemAdmin, "installation", "/en/s/installation/", session::IDLE_STAFF),
    ] {
        let site = Site::new().await;
        let player = site.cast.player(role, org);
        site.ctx.clock.advance(rest - Timestamp::SECOND);
        assert_eq!(site.get(page, Some(player)).await.status, 200, "{page}");
        site.ctx.clock.advance(rest);
        assert_eq!(site.get(page, Some(player)).await.status, 303, "{page}: it rested");
    }
    let site = Site::new().await;
    let player = officer(&site);
    let mut asked = 0;
    while site.get("/en/c/meridian/reports", Some(player)).await.status == 200 {
        site.ctx.clock.advance(20 * Timestamp::MINUTE);
        asked += 1;
        assert!(asked <= 36, "twelve hours are the end, whatever one does");
    }
    assert_eq!(asked, 36);
}
