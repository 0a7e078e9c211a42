//! One's own workspace and somebody else's key: in the address, in the query, in a form.

use app::routes::{self, Method};
use domain::{access::Role, report::Reasons};

use super::{Expect, bare, expected, nothing_leaks};
use crate::support::{
    cast::{Org, Player, TWO_COMPANIES},
    http::{Answer, Ask},
    samples::{KEYS, Place, params, places, unknown, value},
    site::Site,
};

/// A key in the address of a workspace, by somebody who belongs there.
struct Try<'a> {
    place: &'a Place<'a>,
    org: &'a Org,
    player: &'a Player,
    key: &'a str,
}

impl Try<'_> {
    /// With a filled form, or with an empty one.
    async fn with(&self, site: &Site, own: &str, filled: bool) -> Answer {
        let address = self.place.address_with(site.cast, Some(self.org), Some(self.player), self.key, own);
        let ask = match self.place.route.method {
            Method::Get => Ask::get(address),
            Method::Post if filled => self.place.sent(Ask::post(address), site.cast, Some(self.org), Some(self.player)),
            Method::Post => Ask::post(address),
        };
        site.ask(ask.by(self.player)).await
    }
}

/// Every key of every address with everybody who is served there.
fn tries<'a>(site: &'a Site, places: &'a [Place<'a>]) -> Vec<Try<'a>> {
    let mut tries = Vec::new();
    for place in places {
        for key in params(&place.path).filter(|name| KEYS.contains(name)) {
            for org in place.targets(site.cast).into_iter().flatten() {
                for player in &site.cast.players {
                    if expected(place.route.action, Some(org), Some(player)) == Expect::Served {
                        tries.push(Try { place, org, player, key });
                    }
                }
            }
        }
    }
    tries
}

#[tokio::test]
async fn a_key_of_somebody_else_is_no_key() {
    let (site, table) = (Site::new().await, routes::all());
    let (cast, places) = (site.cast, places(&table));
    let before = site.deeds().await;
    let mut cases = 0;
    for case in tries(&site, &places) {
        let unknown = unknown(case.key);
        for filled in [true, false] {
            let nothing = case.with(&site, &unknown, filled).await;
            let name = format!("{} by {}, filled: {filled}", nothing.asked, case.player.label);
            // An empty form may be sent back before anything is looked for.
            assert!(nothing.status == 404 || !filled, "{name}: {} {}", nothing.status, nothing.body);
            for foreign in case.place.targets(cast).into_iter().flatten() {
                if case.player.place(&foreign.handle).is_some() || foreign.colleague.is_none() {
                    continue;
                }
                let own = value(cast, &case.place.path, case.key, Some(foreign), None);
                let answer = case.with(&site, &own, filled).await;
                let name = format!("{} by {}, filled: {filled}", answer.asked, case.player.label);
                nothing_leaks(cast, Some(case.player), &without(&answer, &own), &name);
                assert_eq!(told(&answer, &own), told(&nothing, &unknown), "{name}");
                cases += 1;
            }
        }
    }
    assert_eq!(site.deeds().await, before, "something was done");
    println!("foreign keys: {cases} cases");
    assert!(cases >= 300, "{cases}");
}

/// What an answer tells, without the key that was asked for and the token of what was typed.
fn told(answer: &Answer, key: &str) -> (u16, Vec<(String, String)>, String) {
    let stash = answer.cookie("__Host-stash").unwrap_or_else(|| "none".to_owned());
    bare(answer, &[key, &stash])
}

/// Within a company not everybody sees everything.
#[tokio::test]
async fn what_a_colleague_has_not_shared_is_not_there() {
    let site = Site::new().await;
    let org = site.cast.org("meridian");
    let (reports, drafts) = (org.reports.as_ref().unwrap(), &org.drafts);
    let reader = site.cast.player(Role::CompanyReader, "meridian");
    let officer = site.cast.player(Role::CompanyOfficer, "meridian");
    let admin = site.cast.player(Role::CompanyAdmin, "meridian");
    let report = |reference: String| {
        ["", "/sent", "/receipt"].map(|page| format!("/en/c/meridian/reports/{reference}{page}")).to_vec()
    };
    let draft = |id: String| ["", "/check"].map(|page| format!("/en/c/meridian/drafts/{id}{page}")).to_vec();
    for (player, hidden, nothing) in [
        (reader, report(reports.asked.to_string()), report(unknown("reference"))),
        (officer, draft(drafts[&admin.email].to_string()), draft(unknown("draft"))),
    ] {
        for (hidden, nothing) in hidden.iter().zip(&nothing) {
            let (hidden, nothing) = (site.get(hidden, Some(player)).await, site.get(nothing, Some(player)).await);
            assert_eq!(hidden.status, 404, "{}", hidden.asked);
            assert_eq!(bare(&hidden, &[]), bare(&nothing, &[]), "{}", hidden.asked);
        }
    }
    let list = site.get("/en/c/meridian/reports", Some(reader)).await;
    assert!(list.body.contains(reports.open.as_str()) && !list.body.contains(reports.asked.as_str()));
    let own = site.get(&format!("/en/c/meridian/drafts/{}", drafts[&officer.email]), Some(admin)).await;
    assert_eq!(own.status, 200, "administrators see their colleagues' drafts");
}

/// Whoever works for two companies still finds each report in its own workspace only.
#[tokio::test]
async fn two_workspaces_stay_apart() {
    let site = Site::new().await;
    let player = site.cast.named(TWO_COMPANIES);
    for (here, there) in [("meridian", "noordkust"), ("noordkust", "meridian")] {
        let reports = site.cast.org(there).reports.as_ref().unwrap();
        let draft = site.cast.org(there).drafts[&player.email];
        for page in [
            format!("reports/{}", reports.open),
            format!("reports/{}/sent", reports.open),
            format!("drafts/{draft}"),
            format!("drafts/{draft}/check"),
            format!("drafts/{draft}/what/kind"),
            format!("drafts/{draft}/evidence"),
            format!("drafts/{draft}/evidence/{}", site.cast.org(there).evidence[&draft.to_string()]),
            format!("reports/{0}/evidence/{1}", reports.open, site.cast.org(there).evidence[reports.open.as_str()]),
        ] {
            let own = site.get(&format!("/en/c/{there}/{page}"), Some(player)).await;
            assert!(matches!(own.status, 200 | 404), "{}", own.asked);
            assert_eq!(site.get(&format!("/en/c/{here}/{page}"), Some(player)).await.status, 404, "{here}: {page}");
        }
        let list = site.get(&format!("/en/c/{here}/reports"), Some(player)).await;
        assert!(!list.body.contains(reports.open.as_str()), "{here} lists a report of {there}");
    }
}

/// Which report stands beside the queue is said in the query.
#[tokio::test]
async fn the_queues_preview_shows_only_its_own_reports() {
    let site = Site::new().await;
    for (here, own, foreign) in [("pco-nl", "meridian", "laurentian"), ("pco-ca", "laurentian", "meridian")] {
        for role in Role::of(site.cast.org(here).kind) {
            let player = site.cast.player(role, here);
            let open = |company: &str| site.cast.org(company).reports.as_ref().unwrap().open.to_string();
            let page =
                async |reference: &str| site.get(&format!("/en/a/{here}/queue?sel={reference}"), Some(player)).await;
            let shown = page(&open(own)).await;
            assert!(
                shown.body.contains(&format!("NOTE-{here}-CANARY"))
                    || shown.body.contains(&format!("STORY-{own}-CANARY")),
                "{}",
                player.label
            );
            let (unknown, foreign) = (unknown("reference"), open(foreign));
            let (hidden, nothing) = (page(&foreign).await, page(&unknown).await);
            nothing_leaks(site.cast, Some(player), &without(&hidden, &foreign), "the queue");
            assert_eq!(bare(&hidden, &[&foreign]), bare(&nothing, &[&unknown]), "{}", player.label);
        }
    }
}

/// An answer without the key that the asker put into it.
fn without(answer: &Answer, key: &str) -> Answer {
    Answer { body: answer.body.replace(key, ""), ..answer.clone() }
}

/// A form that names somebody else's object is answered like one that names nothing.
#[tokio::test]
async fn a_form_reaches_nothing_foreign() {
    let site = Site::new().await;
    let cast = site.cast;
    let (meridian, laurentian) = (cast.org("meridian"), cast.org("laurentian"));
    let open = meridian.reports.as_ref().unwrap().open.to_string();
    let company = cast.player(Role::CompanyAdmin, "meridian");
    let desk = cast.player(Role::AuthoritySupervisor, "pco-nl");
    let stranger = laurentian.colleague.unwrap().to_string();
    let officer = cast.player(Role::AuthorityOfficer, "pco-ca").id.to_string();
    let theirs = laurentian.reports.as_ref().unwrap().open.to_string();
    let reason = Reasons::embedded().for_decision(domain::report::Decision::Duplicate).next().unwrap();
    let principal = site.principal(&desk.email).await;
    let version =
        services::desk::view(&site.ctx, &principal, &open.parse().unwrap()).await.unwrap().version.to_string();
    let report = |side: &str, act: &str| format!("/en/{side}/reports/{open}/{act}");
    let seen = ("version", version.as_str());
    let before = site.deeds().await;
    for (player, path, fixed, key, foreign, unknown) in [
        (company, report("c/meridian", "share"), vec![], "person", stranger.as_str(), unknown("person")),
        (company, report("c/meridian", "unshare"), vec![], "person", &stranger, unknown("person")),
        (desk, "/en/a/pco-nl/phone".to_owned(), vec![("form", "full")], "company", "laurentian", unknown("company")),
        (
            desk,
            "/en/a/pco-nl/phone".to_owned(),
            vec![("form", "full")],
            "company",
            "chemtrade-assoc",
            unknown("company"),
        ),
        (desk, report("a/pco-nl", "assign"), vec![seen], "assign.to", &officer, unknown("person")),
        (desk, report("a/pco-nl", "assign"), vec![seen], "assign.to", &stranger, unknown("person")),
        (
            desk,
            report("a/pco-nl", "duplicate"),
            vec![seen, ("duplicate.reason", &reason.code)],
            "duplicate.of",
            &theirs,
            unknown("reference"),
        ),
    ] {
        let mut answers = Vec::new();
        for value in [foreign, &unknown] {
            let form = fixed.iter().copied().chain([(key, value)]);
            let answer = site.ask(Ask::post(&path).by(player).form(form)).await;
            let name = format!("{path} with {key}={value}");
            nothing_leaks(cast, Some(player), &answer, &name);
            // The form is shown again with what was typed; but for that, the two pages are the same.
            let shown = match answer.cookie("__Host-stash") {
                Some(stash) => {
                    let to = answer.location().split('#').next().unwrap();
                    let page = site.ask(Ask::get(to).by(player).cookie("__Host-stash", &stash)).await;
                    nothing_leaks(cast, Some(player), &without(&page, value), &name);
                    assert!(page.body.contains("id=\"errors\""), "{name}: nothing is said");
                    Some(bare(&page, &[value]))
                }
                None => None,
            };
            let (status, _, body) = bare(&answer, &[]);
            answers.push((status, answer.location().to_owned(), body, shown));
        }
        assert_eq!(answers[0], answers[1], "{path} with {key}={foreign}");
    }
    assert_eq!(site.deeds().await, before, "something was done");
}
