//! Whoever must have a second factor reaches nothing before, whatever the address; and the way in with one.

use app::routes::{self, Method};
use domain::{
    access::{Action, Need, Role},
    organisation::OrgStatus,
};
use services::demo;

use crate::support::{
    cast::Player,
    http::{Answer, Ask},
    samples::places,
    site::Site,
};

fn must(player: &Player) -> bool {
    player.places.iter().any(|place| place.role.needs_factor() && place.status == OrgStatus::Approved)
}

#[tokio::test]
async fn without_one_every_door_leads_to_setting_it_up() {
    let (site, table) = (Site::new().await, routes::all());
    site.run("DELETE FROM second_factor").await;
    let (places, before) = (places(&table), site.deeds().await);
    let closed = places
        .iter()
        .filter(|place| place.route.action.need() != Need::Nothing && place.route.action != Action::EnrolFactor);
    let mut tried = 0;
    for place in closed {
        for org in place.targets(site.cast) {
            for player in site.cast.players.iter().filter(|player| must(player)) {
                let address = place.address(site.cast, org, Some(player));
                match place.route.method {
                    Method::Get => {
                        let answer = site.get(&address, Some(player)).await;
                        assert_eq!((answer.status, answer.location()), (303, "/en/me/factor"), "{address}");
                    }
                    Method::Post => {
                        let ask = place.sent(Ask::post(&address).by(player), site.cast, org, Some(player));
                        let answer = site.ask(ask).await;
                        assert_eq!(answer.status, 409, "{address}: {}", answer.body);
                        assert!(answer.body.contains("Set up your second factor first"), "{address}");
                    }
                }
                tried += 1;
            }
        }
    }
    assert!(tried > 500, "{tried}");
    assert_eq!(site.deeds().await, before, "something was done");
}

#[tokio::test]
async fn others_are_not_asked_for_one() {
    let site = Site::new().await;
    site.run("DELETE FROM second_factor").await;
    let officer = site.cast.player(Role::CompanyOfficer, "meridian");
    assert_eq!(site.get("/en/c/meridian/", Some(officer)).await.status, 200);
    let applicant = site.cast.player(Role::CompanyAdmin, "titration");
    assert_eq!(site.get("/en/c/titration/application", Some(applicant)).await.status, 200, "not before they can work");
}

async fn password(site: &Site, email: &str) -> Answer {
    site.post("/en/sign-in", None, [("email", email), ("password", demo::PASSWORD), ("next", "/en/me")]).await
}

#[tokio::test]
async fn the_way_in_asks_for_a_code_and_goes_on_where_one_wanted() {
    let site = Site::new().await;
    let asked = password(&site, "officer@pco-nl.example").await;
    assert_eq!(asked.location(), "/en/sign-in/code?next=%2Fen%2Fme");
    assert!(asked.cookie("__Host-session").is_none(), "the password alone signs nobody in");
    let step = asked.cookie("__Host-step").unwrap();
    let page = site.ask(Ask::get(asked.location()).cookie("__Host-step", &step)).await;
    let shown = page.body.split("the code is ").nth(1).expect("a demo shows its codes");
    let code: String = shown.chars().take(6).collect();

    let wrong =
        Ask::post("/en/sign-in/code").cookie("__Host-step", &step).form([("code", "000000"), ("next", "/en/me")]);
    let wrong = site.ask(wrong).await;
    assert!(wrong.location().starts_with("/en/sign-in/code?next=%2Fen%2Fme&errors=1"), "{}", wrong.location());

    let right = Ask::post("/en/sign-in/code").cookie("__Host-step", &step).form([("code", &*code), ("next", "/en/me")]);
    let right = site.ask(right).await;
    assert_eq!((right.status, right.location()), (303, "/en/me"));
    let session = right.cookie("__Host-session").unwrap();
    let me = site.ask(Ask::get("/en/me").cookie("__Host-session", &session)).await;
    assert_eq!(me.status, 200);
    assert!(me.body.contains("Your account asks for a code after the password."), "{}", me.body);

    let again = Ask::get("/en/sign-in/code").cookie("__Host-step", &step);
    assert_eq!(site.ask(again).await.location(), "/en/sign-in?done=lapsed", "each password is good for one code");
    assert_eq!(site.get("/en/sign-in/code", None).await.location(), "/en/sign-in?done=lapsed");
}

#[tokio::test]
async fn setting_it_up_shows_a_picture_and_hands_no_code_back() {
    let site = Site::new().await;
    let officer = site.cast.player(Role::CompanyOfficer, "meridian");
    let page = site.get("/en/me/factor", Some(officer)).await;
    assert!(page.body.contains("class=\"qr\"") && page.body.contains("class=\"secret\""), "{}", page.body);
    let wrong = site.post("/en/me/factor", Some(officer), [("code", "12345")]).await;
    assert!(wrong.location().starts_with("/en/me/factor?errors=1"), "{}", wrong.location());
    let shown =
        Ask::get("/en/me/factor?errors=1").by(officer).cookie("__Host-stash", &wrong.cookie("__Host-stash").unwrap());
    let shown = site.ask(shown).await;
    assert!(shown.body.contains("This code is not right") && !shown.body.contains("12345"), "no code is handed back");
}
