//! Every address of the route table × everybody: who has no right to something gets, byte for byte, the answer of
//! something that does not exist, and nobody reads a word that belongs to somebody else.
//!
//! What is expected is computed here from the access table alone, not by the code that guards the routes.

mod changes;
mod foreign;
mod glass;

use app::routes::{self, Method};
use domain::{
    access::{Action, Need},
    organisation::OrgStatus,
};

use crate::support::{
    canary,
    cast::{Cast, Org, Player},
    http::{Answer, Ask},
    samples::{Place, places},
    site::Site,
};

/// What somebody may expect at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// To be served.
    Served,
    /// To be asked to sign in.
    SignIn,
    /// The answer of something that does not exist.
    Nothing,
}

/// The access table, read once more.
fn expected(action: Action, org: Option<&Org>, player: Option<&Player>) -> Expect {
    match (action.need(), player) {
        (Need::Nothing, _) | (Need::SignIn, Some(_)) => Expect::Served,
        (Need::SignIn | Need::Roles(_), None) => Expect::SignIn,
        (Need::Roles(roles), Some(player)) => {
            let place = org.and_then(|org| player.place(&org.handle));
            let holds = place.is_some_and(|place| roles.contains(&place.role) && works(place.status, action));
            if holds { Expect::Served } else { Expect::Nothing }
        }
    }
}

/// What an organisation that is not approved may still do: see where it stands, and while it waits who belongs to it.
fn works(status: OrgStatus, action: Action) -> bool {
    match status {
        OrgStatus::Approved => true,
        OrgStatus::Unconfirmed | OrgStatus::Applied => {
            matches!(action, Action::ViewCompany | Action::ViewAssociation | Action::ReadTeam)
        }
        OrgStatus::Refused | OrgStatus::Suspended => matches!(action, Action::ViewCompany | Action::ViewStanding),
    }
}

/// One address as one person meets it.
#[derive(Clone, Copy, Debug)]
pub struct Case<'c> {
    /// The address.
    pub place: &'c Place<'c>,
    /// The organisation that it is about.
    pub org: Option<&'c Org>,
    /// Who asks; nobody if none.
    pub player: Option<&'c Player>,
    /// What they may expect.
    pub expect: Expect,
}

impl<'c> Case<'c> {
    /// Everybody at every address of a method.
    pub fn all(cast: &'c Cast, places: &'c [Place<'c>], method: Method) -> Vec<Self> {
        let mut cases = Vec::new();
        for place in places.iter().filter(|place| place.route.method == method) {
            for org in place.targets(cast) {
                for player in std::iter::once(None).chain(cast.players.iter().map(Some)) {
                    let expect = expected(place.route.action, org, player);
                    cases.push(Self { place, org, player, expect });
                }
            }
        }
        cases
    }

    /// For messages.
    pub fn name(&self) -> String {
        let who = self.player.map_or("nobody", |player| player.label.as_str());
        let at = self.org.map_or("", |org| org.handle.as_str());
        format!("{:?} {} at {at:?} by {who} ({:?})", self.place.route.method, self.place.path, self.expect)
    }

    /// The request.
    pub fn ask(&self, cast: &Cast) -> Ask {
        let address = self.place.address(cast, self.org, self.player);
        let ask = match self.place.route.method {
            Method::Get => Ask::get(address),
            Method::Post => self.place.sent(Ask::post(address), cast, self.org, self.player),
        };
        ask.by_any(self.player)
    }
}

/// What must hold of any answer to anybody.
fn nothing_leaks(cast: &Cast, player: Option<&Player>, answer: &Answer, name: &str) {
    assert!(answer.status < 500, "{name}: {} {}", answer.status, answer.body);
    // What the asker brought may stand in the answer.
    let brought = answer.typed.iter().filter(|text| !text.is_empty());
    let body = brought.fold(answer.body.replace(answer.path(), ""), |body, text| body.replace(text, ""));
    let leaked = canary::leaked(cast, player, &body);
    assert!(leaked.is_empty(), "{name} shows {leaked:?}");
    let own = canary::authoritys_own(cast, player, &body);
    assert!(own.is_empty(), "{name} shows what is the authority's own: {own:?}");
    let to = answer.leads_to();
    assert!(to.is_empty() || (to.starts_with("/en/") && !to.contains("//")), "{name} leads to {to}");
    if let ["en", "c" | "a" | "n" | "s", handle, ..] = to.trim_start_matches('/').split('/').collect::<Vec<_>>()[..] {
        assert!(player.is_some_and(|player| player.place(handle).is_some()), "{name} leads into {to}");
    }
}

/// An answer without what may differ between two addresses that are equally closed: the address and the nonce.
fn bare(answer: &Answer, hidden: &[&str]) -> Bare {
    let path = answer.path();
    let encoded: String = form_urlencoded::byte_serialize(path.as_bytes()).collect();
    let strip = |text: &str| {
        let mut text = text.replace(answer.nonce(), "NONCE");
        for part in [path, &encoded].into_iter().chain(hidden.iter().copied()) {
            text = text.replace(part, "ADDRESS");
        }
        text
    };
    let headers = answer.headers.iter().filter(|(name, _)| *name != "content-length");
    let headers = headers.map(|(name, value)| (name.to_string(), strip(value.to_str().unwrap())));
    (answer.status, headers.collect(), strip(&answer.body))
}

/// An answer without what may differ.
type Bare = (u16, Vec<(String, String)>, String);

/// What each person gets for an address that does not exist, asked for once.
#[derive(Default)]
struct Nothing(std::collections::HashMap<String, Bare>);

impl Nothing {
    async fn for_player(&mut self, site: &Site, method: Method, player: Option<&Player>) -> &Bare {
        let label = player.map(|player| player.label.clone()).unwrap_or_default();
        if !self.0.contains_key(&label) {
            let answer = nothing_there(site, method, player).await;
            self.0.insert(label.clone(), bare(&answer, &[]));
        }
        &self.0[&label]
    }
}

/// What a person (or nobody) gets for an address that does not exist.
async fn nothing_there(site: &Site, method: Method, player: Option<&Player>) -> Answer {
    let ask = match method {
        Method::Get => Ask::get("/en/no-such-page"),
        Method::Post => Ask::post("/en/no-such-page"),
    };
    let answer = site.ask(ask.by_any(player)).await;
    assert_eq!(answer.status, 404);
    answer
}

/// What somebody without a sign-in gets: the way to it, or the page from which the form can be sent again.
async fn asked_to_sign_in(site: &Site, case: &Case<'_>, answer: &Answer) {
    let name = case.name();
    let path = case.place.address(site.cast, case.org, None);
    match case.place.route.method {
        Method::Get => {
            assert_eq!((answer.status, answer.body.as_str()), (303, ""), "{name}");
            assert_eq!(answer.location(), format!("/en/sign-in?next={path}"), "{name}");
        }
        Method::Post => {
            assert_eq!(answer.status, 401, "{name}");
            assert!(answer.body.contains(&format!("action=\"{path}\"")), "{name}: {}", answer.body);
        }
    }
    assert!(answer.header("set-cookie").is_empty(), "{name}");
    // A workspace that exists looks like one that does not.
    if case.org.is_some() {
        let other = case.place.address_with(site.cast, case.org, None, "org", "n0such0ne");
        let other = match case.place.route.method {
            Method::Get => Ask::get(other),
            Method::Post => case.place.sent(Ask::post(other), site.cast, case.org, None),
        };
        assert_eq!(bare(&site.ask(other).await, &[]), bare(answer, &[]), "{name}");
    }
}

#[tokio::test]
async fn every_page_is_shown_to_those_who_may_see_it() {
    let (site, table) = (Site::new().await, routes::all());
    let (cast, places) = (site.cast, places(&table));
    let (cases, mut nothing) = (Case::all(cast, &places, Method::Get), Nothing::default());
    for case in &cases {
        let (name, answer) = (case.name(), site.ask(case.ask(cast)).await);
        nothing_leaks(cast, case.player, &answer, &name);
        match case.expect {
            Expect::Served => assert!(matches!(answer.status, 200 | 303), "{name}: {} {}", answer.status, answer.body),
            Expect::SignIn => asked_to_sign_in(&site, case, &answer).await,
            Expect::Nothing => {
                let nothing = nothing.for_player(&site, Method::Get, case.player).await;
                assert_eq!(&bare(&answer, &[]), nothing, "{name}");
            }
        }
    }
    println!("pages: {} cases", cases.len());
    assert!(cases.len() >= 1500, "{} cases: the table or the cast has become too small", cases.len());
}

/// In two halves, since it is the longest of all tests.
#[tokio::test]
async fn nobody_does_in_a_company_what_they_have_no_right_to() {
    closed_forms(|path| path.starts_with(COMPANY)).await;
}

#[tokio::test]
async fn nobody_does_elsewhere_what_they_have_no_right_to() {
    closed_forms(|path| !path.starts_with(COMPANY)).await;
}

/// What the addresses of a company's workspace begin with.
const COMPANY: &str = "/{lang}/c/{org}";

async fn closed_forms(is_meant: impl Fn(&str) -> bool) {
    let (site, table) = (Site::new().await, routes::all());
    let (cast, places) = (site.cast, places(&table));
    let cases = Case::all(cast, &places, Method::Post);
    let closed: Vec<&Case> =
        cases.iter().filter(|case| case.expect != Expect::Served && is_meant(&case.place.path)).collect();
    let (before, mut nothing) = (site.deeds().await, Nothing::default());
    for same_address in closed.chunk_by(|one, next| one.place.path == next.place.path) {
        for case in same_address {
            let (name, answer) = (case.name(), site.ask(case.ask(cast)).await);
            nothing_leaks(cast, case.player, &answer, &name);
            if case.expect == Expect::SignIn {
                asked_to_sign_in(&site, case, &answer).await;
            } else {
                let nothing = nothing.for_player(&site, Method::Post, case.player).await;
                assert_eq!(&bare(&answer, &[]), nothing, "{name}");
            }
        }
        assert_eq!(site.deeds().await, before, "{}: something was done", same_address[0].place.path);
    }
    println!("closed forms: {} cases", closed.len());
    assert!(closed.len() >= 5000, "{} cases: the table or the cast has become too small", closed.len());
}

/// Each on an installation of its own, since much of it cannot be done twice.
#[tokio::test]
async fn every_form_is_open_to_those_who_may_send_it() {
    let table = routes::all();
    let places = places(&table);
    let cast = Site::new().await.cast;
    let cases = Case::all(cast, &places, Method::Post);
    let open: Vec<&Case> = cases.iter().filter(|case| case.expect == Expect::Served).collect();
    for case in &open {
        let site = Site::new().await;
        let (name, answer) = (case.name(), site.ask(case.ask(cast)).await);
        nothing_leaks(cast, case.player, &answer, &name);
        let served = !matches!(answer.status, 401 | 403 | 404 | 405);
        assert!(
            served,
            "{name}: {} {}\nIf its form names an object, give it a row in FORMS in server/tests/all/support/samples.rs.",
            answer.status, answer.body
        );
    }
    println!("open forms: {} cases", open.len());
}
