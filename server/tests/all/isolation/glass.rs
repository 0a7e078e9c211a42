//! Who runs the installation reads a report only through an access that a second person allowed, and only while it lasts.

use domain::{access::Role, time::Timestamp};

use crate::support::{cast::Player, site::Site};

const STORY: &str = "STORY-meridian-CANARY";

fn system(site: &Site) -> &'static Player {
    site.cast.player(Role::SystemAdmin, "installation")
}

/// The request for reports of the Dutch authority, which waits.
fn access(site: &Site) -> String {
    format!("/en/s/installation/break-glass/{}", site.cast.org("installation").access.unwrap())
}

/// Every address under which something of a report could stand.
fn addresses(site: &Site) -> Vec<String> {
    let open = &site.cast.org("meridian").reports.as_ref().unwrap().open;
    let access = access(site);
    [
        format!("/en/a/pco-nl/reports/{open}"),
        format!("/en/a/pco-nl/queue?sel={open}"),
        format!("/en/c/meridian/reports/{open}"),
        access.clone(),
        format!("{access}/reports"),
        format!("{access}/reports/{open}"),
    ]
    .into()
}

async fn shows(site: &Site, address: &str) -> bool {
    site.get(address, Some(system(site))).await.body.contains(STORY)
}

async fn shown(site: &Site) -> Vec<String> {
    let mut shown = Vec::new();
    for address in addresses(site) {
        if shows(site, &address).await {
            shown.push(address);
        }
    }
    shown
}

async fn approved(site: &Site) {
    let supervisor = site.cast.player(Role::AuthoritySupervisor, "pco-nl");
    let id = site.cast.org("pco-nl").access.unwrap();
    let answer = site.post(&format!("/en/a/pco-nl/break-glass/{id}/approve"), Some(supervisor), [("", "")]).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
}

#[tokio::test]
async fn nothing_without_a_second_person() {
    let site = Site::new().await;
    assert_eq!(shown(&site).await, [""; 0]);
    let own = site.post(&format!("{}/approve", access(&site)), Some(system(&site)), [("", "")]).await;
    assert_eq!(own.status, 409, "nobody approves their own request");
    assert_eq!(shown(&site).await, [""; 0]);
}

#[tokio::test]
async fn one_page_while_it_lasts_and_each_reading_is_told() {
    let site = Site::new().await;
    approved(&site).await;
    let only = addresses(&site).pop().unwrap();
    assert_eq!(shown(&site).await, std::slice::from_ref(&only), "the company's and the desk's pages stay closed");
    let page = site.get(&only, Some(system(&site))).await;
    for own in ["NOTE-pco-nl-CANARY", "OVERRIDE-pco-nl-CANARY", "NAME-pco-nl-authority_officer-CANARY", "REPORT-FILE"] {
        assert!(!page.body.contains(own), "{own} is the desk's own");
    }
    assert!(!page.body.contains("PARTY-noordkust-CANARY"), "what others reported is not shown");
    for (role, org, path) in [
        (Role::CompanyAdmin, "meridian", "/en/c/meridian/log"),
        (Role::AuthoritySupervisor, "pco-nl", "/en/a/pco-nl/log"),
    ] {
        let log = site.get(path, Some(site.cast.player(role, org))).await;
        let told = "Report read by break-glass: A page fails.";
        assert_eq!(log.body.matches(told).count(), 2, "{path}: once for each time it was opened");
        assert!(log.body.contains("Demo installation, System administrator"), "{path}");
        assert!(!log.body.contains("NAME-installation-system_admin-CANARY"), "{path}: without a name");
    }
    site.ctx.clock.advance(60 * Timestamp::MINUTE);
    site.get("/en/me", Some(system(&site))).await;
    let session = site.again(system(&site)).await;
    let ask = crate::support::http::Ask::get(&only).cookie("__Host-session", &session);
    let later = site.ask(ask).await;
    assert_eq!((later.status, later.location()), (303, access(&site).as_str()), "it ended by itself");
}

#[tokio::test]
async fn another_authoritys_reports_stay_closed_and_it_can_be_ended() {
    let site = Site::new().await;
    approved(&site).await;
    let theirs = &site.cast.org("laurentian").reports.as_ref().unwrap().open;
    let foreign = site.get(&format!("{}/reports/{theirs}", access(&site)), Some(system(&site))).await;
    assert_eq!(foreign.status, 404);
    let admin = site.cast.player(Role::AuthorityAdmin, "pco-nl");
    let id = site.cast.org("pco-nl").access.unwrap();
    let ended = site.post(&format!("/en/a/pco-nl/break-glass/{id}/end"), Some(admin), [("", "")]).await;
    assert_eq!(ended.status, 303);
    assert_eq!(shown(&site).await, [""; 0]);
}
