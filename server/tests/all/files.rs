//! Lists as files: every list in every kind, under a neutral name, by its filter, and a row in the log for each.

use domain::access::Role;

use crate::support::{cast::Player, http::Ask, site::Site};

const KINDS: [(&str, &str); 3] = [
    ("csv", "text/csv; charset=utf-8"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("json", "application/json"),
];

/// A list, the name of its file, and a word that must stand in it.
struct List<'a> {
    path: &'a str,
    query: &'a str,
    stem: &'a str,
    holds: &'a str,
    player: &'a Player,
}

#[tokio::test]
async fn every_list_is_handed_out_in_every_kind_and_the_log_says_so() {
    let site = Site::new().await;
    let cast = site.cast;
    let company = cast.player(Role::CompanyAdmin, "meridian");
    let desk = cast.player(Role::AuthoritySupervisor, "pco-nl");
    let system = cast.player(Role::SystemAdmin, "installation");
    let open = &cast.org("meridian").reports.as_ref().unwrap().open;
    let found = site.post("/en/a/pco-nl/search", Some(desk), [("words", "STORY-meridian-CANARY")]).await;
    let question = found.location().split_once('?').unwrap().1.to_owned();
    let lists = [
        List { path: "/en/c/meridian/reports", query: "", stem: "list", holds: open.as_str(), player: company },
        List {
            path: "/en/c/meridian/customers",
            query: "state=checking",
            stem: "customers",
            holds: "CUSTOMER-meridian-CANARY",
            player: company,
        },
        List { path: "/en/c/meridian/team", query: "", stem: "team", holds: &company.email, player: company },
        List { path: "/en/c/meridian/log", query: "", stem: "log", holds: "report sent", player: company },
        List { path: "/en/a/pco-nl/queue", query: "", stem: "list", holds: open.as_str(), player: desk },
        List { path: "/en/a/pco-nl/search", query: &question, stem: "list", holds: open.as_str(), player: desk },
        List {
            path: "/en/a/pco-nl/organisations",
            query: "status=approved",
            stem: "organisations",
            holds: "Meridian",
            player: desk,
        },
        List {
            path: "/en/s/installation/organisations",
            query: "",
            stem: "organisations",
            holds: "Precursor Control Office",
            player: system,
        },
    ];
    for list in &lists {
        for (ending, media_type) in KINDS {
            let before = site.deeds().await;
            let answer = site.get(&format!("{}.{ending}?{}", list.path, list.query), Some(list.player)).await;
            assert_eq!(answer.status, 200, "{}", answer.asked);
            assert_eq!(answer.header("content-type"), media_type, "{}", answer.asked);
            let name = format!("attachment; filename=\"{}-2026-11-23.{ending}\"", list.stem);
            assert_eq!(answer.header("content-disposition"), name, "{}", answer.asked);
            assert_eq!(answer.header("cache-control"), "no-store", "{}", answer.asked);
            assert!(answer.body.contains(list.holds), "{}: {}", answer.asked, answer.body);
            // A CSV has no place that a program would not take for a row.
            assert!(answer.body.contains("2026-11-23T14:00:00Z") || ending == "csv", "{}", answer.asked);
            assert_ne!(site.deeds().await, before, "{}: the log says nothing", answer.asked);
        }
    }
}

#[tokio::test]
async fn the_control_on_the_page_keeps_its_filters() {
    let site = Site::new().await;
    let company = site.cast.player(Role::CompanyAdmin, "meridian");
    let desk = site.cast.player(Role::AuthorityOfficer, "pco-nl");
    for (page, file, player) in [
        ("/en/c/meridian/reports?state=sent", "/en/c/meridian/reports.xlsx?state=sent", company),
        ("/en/a/pco-nl/queue?view=waiting", "/en/a/pco-nl/queue.xlsx?view=waiting", desk),
        ("/en/a/pco-nl/organisations?status=approved", "/en/a/pco-nl/organisations.xlsx?status=approved", desk),
        ("/en/substances?list=table-2", "/en/substances.xlsx?list=table-2", desk),
        ("/en/c/meridian/log?report=", "/en/c/meridian/log.xlsx", company),
        ("/en/c/meridian/team", "/en/c/meridian/team.xlsx", company),
    ] {
        let shown = site.get(page, Some(player)).await;
        assert!(shown.body.contains(&format!("href=\"{file}\"")), "{page}: {}", shown.body);
    }
}

#[tokio::test]
async fn what_is_public_needs_no_sign_in_and_says_nobodys_name() {
    let site = Site::new().await;
    let player = site.cast.player(Role::CompanyOfficer, "meridian");
    let before = site.deeds().await;
    for (ending, media_type) in KINDS {
        let path = format!("/en/substances.{ending}?list=table-2");
        let (nobody, somebody) = (site.ask(Ask::get(&path)).await, site.get(&path, Some(player)).await);
        assert_eq!((nobody.status, nobody.header("content-type")), (200, media_type), "{path}");
        assert_eq!(nobody.body, somebody.body, "{path}");
    }
    assert_eq!(site.deeds().await, before);
}

#[tokio::test]
async fn a_search_that_lapsed_leads_to_its_page() {
    let site = Site::new().await;
    let desk = site.cast.player(Role::AuthorityOfficer, "pco-nl");
    for query in ["", "?q=", "?q=nonsense", "?q=0193b0c0ffee7000800000000000dead"] {
        let answer = site.get(&format!("/en/a/pco-nl/search.csv{query}"), Some(desk)).await;
        assert_eq!((answer.status, answer.leads_to()), (303, "/en/a/pco-nl/search"), "{query}");
        let page = site.get(answer.location(), Some(desk)).await;
        assert_eq!(page.status, 200);
    }
}
