//! What stands around every answer, whoever asks for what: headers, cookies, words ([`Watch`]); and what never reaches a
//! handler: forms from other sites, methods that an address does not have, bodies that nobody needs.

use std::collections::BTreeSet;

use app::{
    routes::{self, Method},
    web::{cookie, upload},
};
use domain::access::{Need, Role};
use services::{demo, session};

use crate::{
    isolation::Case,
    support::{
        cast::{NO_PLACE, sign_in},
        http::{Answer, Ask},
        samples::places,
        site::Site,
        walk::{first_of_each, walk},
        watch::Watch,
    },
};

/// What a browser says about where a form comes from, if that is not this site.
const FORGED: &[&[(&str, &str)]] = &[
    &[("sec-fetch-site", "cross-site")],
    &[("sec-fetch-site", "same-site")],
    &[("sec-fetch-site", "cross-site"), ("origin", "https://forerunner.example")],
    &[("origin", "https://evil.example")],
    &[("origin", "https://forerunner.example.evil.example")],
    &[("origin", "https://forerunner.example:8443")],
    &[("origin", "null")],
    &[],
];
const METHODS: [http::Method; 5] =
    [http::Method::GET, http::Method::POST, http::Method::PUT, http::Method::PATCH, http::Method::DELETE];

/// Without what a browser says.
fn says_nothing(ask: Ask) -> Ask {
    ask.without("sec-fetch-site").header("host", "forerunner.example")
}

/// A page with a heading and a way on.
fn friendly(answer: &Answer) -> bool {
    answer.body.contains("<h1>") && answer.body.contains("<a href=\"/")
}

#[tokio::test]
async fn every_page_is_guarded() {
    let (site, table) = (Site::new().await, routes::all());
    let (cast, places) = (site.cast, places(&table));
    let mut watch = Watch::new(&site);
    for case in walk(cast, &places, Method::Get) {
        watch.look(&site.ask(case.ask(cast)).await);
    }
    let somebody = cast.named(NO_PLACE);
    for place in places.iter().filter(|place| place.route.method == Method::Get) {
        let org = place.targets(cast)[0];
        let address = place.address(cast, org, None);
        if place.route.action.need() != Need::Nothing {
            watch.look(&site.get(&address, None).await);
        }
        if org.is_some() {
            watch.look(&site.get(&address, Some(somebody)).await);
        }
    }
    for (path, status) in [
        ("/", 303),
        ("/en", 303),
        ("/xx/help", 303),
        ("//evil.example/en/", 303),
        ("/en/no-such-page", 404),
        ("/en/xx/help", 404),
        ("/en/c/meridian/nothing", 404),
        ("/en/substances/%00", 404),
        ("/en/substances/%ff", 404),
        ("/en/..%2f..%2fetc%2fpasswd", 404),
    ] {
        for player in [None, Some(somebody)] {
            let answer = site.get(path, player).await;
            watch.look(&answer);
            assert_eq!(answer.status, status, "{path}");
            assert!(status == 303 || (friendly(&answer) && answer.body.contains("Page not found")), "{path}");
        }
    }
    for path in [
        "/healthz",
        "/.well-known/security.txt",
        "/robots.txt",
        "/sitemap.xml",
        "/assets/test/no-such.js",
        "/assets/old/frontend.wasm",
    ] {
        watch.look(&site.get(path, None).await);
    }
    println!("guarded: {:?}", watch.statuses);
    assert!([200, 303, 404].iter().all(|status| watch.statuses[status] >= 20), "{:?}", watch.statuses);
}

#[tokio::test]
async fn what_is_no_form_of_ours_reaches_no_handler() {
    let (site, table) = (Site::new().await, routes::all());
    let (cast, places) = (site.cast, places(&table));
    let mut watch = Watch::new(&site);
    let posts = first_of_each(walk(cast, &places, Method::Post));
    let before = site.deeds().await;
    for case in &posts {
        forged(&site, &mut watch, case).await;
        too_large(&site, &mut watch, case).await;
    }
    let paths: BTreeSet<&str> = table.iter().map(|route| route.path).collect();
    for path in paths {
        wrong_method(&site, &mut watch, path).await;
    }
    assert_eq!(site.deeds().await, before, "something was done");
    // An older browser says only where it comes from.
    let own = says_nothing(Ask::post("/en/appearance")).header("origin", "https://forerunner.example");
    assert_eq!(site.ask(own.cookie(cookie::THEME, "dark")).await.status, 303);
    println!("refused: {:?}", watch.statuses);
    assert!([403, 405, 413].iter().all(|status| watch.statuses[status] >= 50), "{:?}", watch.statuses);
}

async fn forged(site: &Site, watch: &mut Watch<'_>, case: &Case<'_>) {
    for said in FORGED {
        let ask = case.ask(site.cast).cookie(cookie::THEME, "dark");
        let ask = said.iter().fold(says_nothing(ask), |ask, (name, value)| ask.header(name, value));
        let answer = site.ask(ask).await;
        watch.look(&answer);
        assert_eq!(answer.status, 403, "{} {said:?}", case.name());
        assert!(answer.body.contains("came from another site"), "{}", answer.body);
    }
}

async fn too_large(site: &Site, watch: &mut Watch<'_>, case: &Case<'_>) {
    let ask = case.ask(site.cast);
    let ask = if case.place.route.takes_files {
        ask.header("content-length", &(upload::LIMIT + 1).to_string())
    } else {
        ask.body(vec![b'x'; server::answer::FORM_LIMIT + 1])
    };
    let answer = site.ask(ask).await;
    watch.look(&answer);
    assert_eq!(answer.status, 413, "{}", case.name());
    assert!(friendly(&answer) && answer.body.contains(" MB"), "{}", answer.body);
}

async fn wrong_method(site: &Site, watch: &mut Watch<'_>, path: &str) {
    let known = |method: &http::Method| {
        let of = |row: Method| if row == Method::Get { http::Method::GET } else { http::Method::POST };
        routes::all().iter().any(|route| route.path == path && of(route.method) == *method)
    };
    let address = path.replace("{lang}", "en").replace(['{', '}'], "");
    for method in METHODS.iter().filter(|method| !known(method)) {
        let ask = Ask::with_method(method.clone(), &address).header("sec-fetch-site", "same-origin");
        let answer = site.ask(ask).await;
        watch.look(&answer);
        assert_eq!(answer.status, 405, "{method} {address}");
        assert!(!answer.header("allow").is_empty() && friendly(&answer), "{method} {address}: {}", answer.body);
    }
}

/// The answers that set them; each is looked at.
#[tokio::test]
async fn every_cookie_is_for_this_host_and_no_script() {
    let site = Site::new().await;
    let mut watch = Watch::new(&site);
    let account = |wanted: Role| demo::accounts().into_iter().find(|account| account.role == wanted.label()).unwrap();
    for role in [Role::CompanyOfficer, Role::AuthorityOfficer] {
        let account = account(role);
        let form = [("email", account.email), ("password", account.password)];
        let answer = site.post("/en/sign-in", None, form).await;
        assert_eq!(answer.status, 303, "{}", account.email);
        watch.look(&answer);
    }
    let desk = site.cast.player(Role::AuthorityOfficer, "pco-nl");
    let forms: [(&str, &[(&str, &str)]); 4] = [
        ("/en/appearance", &[("theme", "dark"), ("density", "compact")]),
        ("/en/a/pco-nl/keys", &[("keys", "off")]),
        ("/en/me", &[("name", "")]),
        ("/en/sign-out", &[]),
    ];
    for (path, form) in forms {
        watch.look(&site.post(path, Some(desk), form.iter().copied()).await);
    }
    let ended = site.post("/en/a/pco-nl/handover", Some(desk), [("note", "Call back.")]).await;
    assert_eq!(ended.status, 401);
    watch.look(&ended);
    let late = site.cast.player(Role::CompanyOfficer, "meridian");
    site.ctx.clock.advance(session::IDLE);
    let kept = site.post("/en/c/meridian/reports/new", Some(late), [("form", "quick"), ("_who", "x")]).await;
    assert_eq!(kept.status, 401);
    watch.look(&kept);
    let known = [
        cookie::SESSION,
        cookie::DEVICE,
        cookie::STEP,
        cookie::THEME,
        cookie::DENSITY,
        cookie::KEYS,
        cookie::STASH,
        cookie::KEPT,
    ];
    assert_eq!(watch.cookies, BTreeSet::from(known.map(str::to_owned)));
    // Nobody chooses the token with which another browser signs in.
    let officer = site.cast.player(Role::CompanyOfficer, "meridian");
    sign_in(&site.ctx, officer.id, "known-before").await;
    let account = account(Role::CompanyOfficer);
    let ask = Ask::post("/en/sign-in").form([("email", account.email), ("password", account.password)]);
    let answer = site.ask(ask.cookie(cookie::SESSION, "known-before")).await;
    assert_ne!(answer.cookie(cookie::SESSION).as_deref(), Some("known-before"));
}

/// What was typed is in the answer, ready to be sent again, and the reason is not.
#[tokio::test]
async fn without_its_store_the_portal_says_so_and_no_more() {
    let (site, table) = (Site::new().await, routes::all());
    let (cast, places) = (site.cast, places(&table));
    let mut watch = Watch::new(&site);
    watch.is_broken = true;
    site.ctx.db.close().await;
    let all = [Method::Get, Method::Post].into_iter().flat_map(|method| walk(cast, &places, method));
    // Where it is not looked who asks, the store may not be needed.
    let asks_for_it = |case: &Case<'_>| case.player.is_some() && !case.place.route.is_anonymous;
    for case in first_of_each(all.filter(asks_for_it).collect()) {
        let answer = site.ask(case.ask(cast)).await;
        let page = watch.look(&answer).unwrap();
        assert_eq!(answer.status, 503, "{}: {}", case.name(), answer.body);
        assert!(answer.body.contains("We cannot store anything right now"), "{}", answer.body);
        let form = case.place.form(cast, case.org, case.player);
        for (name, value) in form.iter().filter(|_| case.place.route.method == Method::Post) {
            assert!(page.shown(name).contains(&value.as_str()), "{}: {name} is lost", case.name());
        }
    }
    assert!(watch.statuses[&503] >= 150, "{:?}", watch.statuses);
}
