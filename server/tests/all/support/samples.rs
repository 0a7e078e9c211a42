//! What stands in the addresses of the route table, and what a form needs so that it is about an object at all.
//!
//! A new path parameter: a row in [`value`], and in [`KEYS`] if it names an object that belongs to somebody.
//! A new form whose target cannot be found in its address: a row in [`FORMS`].

use domain::{
    access::Need,
    notice::NoticeRef,
    refdata::{Kind, Scope},
    reference::Reference,
};

use super::{
    cast::{Cast, Org, Player, first_page},
    http::Ask,
};
use app::routes::Route;

/// Parameters that name an object of an organisation. In one's own workspace the key of a foreign object must give the
/// same answer as one that does not exist.
pub const KEYS: &[&str] = &[
    "draft",
    "reference",
    "person",
    "invitation",
    "company",
    "evidence",
    "access",
    "label",
    "macro",
    "view",
    "customer",
    "document",
    "import",
    "declaration",
    "order",
    "check",
    "hit",
    "request",
    "share",
    "list",
    "concern",
    "licence",
    "batch",
    "reader",
    "assignment",
    "notice",
    "file",
    "membership",
    "question",
    "consultation",
    "event",
];

/// Fields without which a form names no object or says nothing, by the end of its address. `{…}` stands for a sample of
/// the organisation. What an officer builds on (`version`) is left out: such a form reaches its object and is stale.
const FORMS: &[(&str, &[(&str, &str)])] = &[
    ("/items/remove", &[("group", "substance"), ("number", "1")]),
    ("/items/restore", &[("removed", "1")]),
    ("/share", &[("person", "{person}")]),
    ("/unshare", &[("person", "{person}")]),
    ("/me/inbox", &[("all", "all")]),
    ("/me/sessions", &[("session", "others")]),
    ("/keys", &[("keys", "on")]),
    ("/hand-over", &[("person", "{person}")]),
    ("/instead", &[("report", "{reference}")]),
    ("/a/{org}/search", &[("words", "acetone")]),
    ("/c/{org}/customers/search", &[("words", "Canary")]),
    ("/c/{org}/reports/{reference}/message", &[("message", "We have heard from them again.")]),
    ("/answer", &[("answer", "A carrier called by the customer.")]),
    ("/withdraw", &[("reason", "other"), ("note", "It was a mistake.")]),
    ("/accept", &[("accept.reason", "other"), ("accept.comment", "Because.")]),
    ("/close", &[("close.reason", "other"), ("close.comment", "Because.")]),
    ("/reports/{reference}/duplicate", &[("duplicate.of", "{reference}"), ("duplicate.reason", "same_reporter")]),
    ("/reopen", &[("reopen.reason", "other"), ("reopen.comment", "Because.")]),
    ("/severity", &[("severity.to", "red"), ("severity.reason", "other"), ("severity.comment", "Because.")]),
    ("/ask", &[("ask.text", "Who asked?")]),
    ("/note", &[("note.text", "To be watched.")]),
    ("/a/{org}/reports/{reference}/message", &[("message.text", "Thank you.")]),
    ("/assign", &[("assign.to", "nobody")]),
    ("/snooze", &[("snooze.for", "7")]),
    ("/a/{org}/labels", &[("name", "To be watched"), ("colour", "plum")]),
    ("/labels/{label}", &[("name", "To be watched"), ("colour", "plum")]),
    ("/a/{org}/selection", &[("act", "assign"), ("assign.to", "nobody")]),
    ("/a/{org}/views", &[("name", "Watched")]),
    ("/a/{org}/undo", &[("undo", "0193b0c0ffee7000800000000000dead")]),
    ("/a/{org}/macros", &[("name", "As usual"), ("give", "me")]),
    ("/macros/{macro}", &[("name", "As usual"), ("give", "me")]),
    ("/autosave", &[("_who", "{who}")]),
    ("/{company}/approve", &[("version", "1")]),
    ("/{company}/refuse", &[("version", "1"), ("reason", "Not found in the register.")]),
    ("/{company}/suspend", &[("version", "1"), ("reason", "Not found in the register.")]),
    ("/{company}/lift", &[("version", "1")]),
    ("/s/{org}/break-glass", &[("authority", "pco-nl"), ("reason", "A page fails.")]),
    ("/screen", &[("names", "Erika Beispiel")]),
    ("/a/{org}/concerns", &[("version", "1"), ("open", "no")]),
    ("/c/{org}/advice/{request}/close", &[("did", "put_off")]),
    ("/a/{org}/advice/{request}/assign", &[("to", "nobody")]),
    ("/a/{org}/advice/{request}/ask", &[("question", "Who collects it?")]),
    ("/a/{org}/licences/search", &[("words", "Canary")]),
    ("/licences/{licence}/stop", &[("kind", "suspended"), ("from", "2026-11-20"), ("reason", "Records are missing.")]),
    ("/licences/{licence}/edit", &[("note", "Seen.")]),
    ("/advice/{request}/reply", &[("outcome", "cannot_say")]),
    ("/learning/release", &[("mode", "tell")]),
    ("/s/{org}/lists/{list}", &[("label", "Ours"), ("means", "watch")]),
    (
        "/lists/{list}/offer",
        &[("member", "A member"), ("country", "NL"), ("registration", "4711"), ("until", "2099-06-30")],
    ),
    ("/notices/new", &[("kind", "alert"), ("lang", "en")]),
    ("/notices/adapt", &[("from", "NT-0000-0000-0")]),
    ("/associations/approval", &[("association", "chemtrade-assoc"), ("on", "yes")]),
    ("/approvals/{notice}/back", &[("why", "Say since when.")]),
    ("/notices/{notice}/withdraw", &[("reason", "It is out of date.")]),
    ("/notices/{notice}/back", &[("why", "Say since when.")]),
    ("/n/{org}/members", &[("member", "A member"), ("country", "NL"), ("registration", "4712")]),
    ("/questions/{question}/decline", &[("reason", "It is answered already.")]),
    ("/{body}/suspend", &[("version", "1"), ("reason", "The keys were stolen.")]),
    ("/{body}/lift", &[("version", "2")]),
];

/// Parameters that stand for one of a few words; each word is an address of its own.
const WORDS: &[&str] = &["decision", "kind", "part", "deed"];

/// The words of a parameter of [`WORDS`] at an address.
fn words(name: &str, path: &str) -> Vec<&'static str> {
    match name {
        "decision" => vec!["approve", "refuse", "suspend", "lift"],
        // What is law for everybody is no authority's own.
        "kind" => {
            let scope = if path.starts_with("/{lang}/s/") { Scope::Everybody } else { Scope::Authority };
            Kind::ALL.iter().filter(|kind| kind.exists_for(scope)).map(|kind| kind.code()).collect()
        }
        "part" => vec!["identity", "owner"],
        "deed" => vec![
            "accept",
            "duplicate",
            "close",
            "ask",
            "reopen",
            "note",
            "message",
            "assign",
            "snooze",
            "wake",
            "label",
            "severity",
        ],
        _ => panic!("the words of {{{name}}} are not known"),
    }
}

/// An address of a route, its words filled in.
#[derive(Clone, Debug)]
pub struct Place<'r> {
    /// The route.
    pub route: &'r Route,
    /// Its path, with parameters but for words.
    pub path: String,
}

/// Every address of a route table.
pub fn places(table: &[Route]) -> Vec<Place<'_>> {
    let mut places: Vec<Place> = table.iter().map(|route| Place { route, path: route.path.to_owned() }).collect();
    for name in WORDS {
        let param = format!("{{{name}}}");
        places = places
            .into_iter()
            .flat_map(|place| {
                let words = if place.path.contains(&param) { words(name, &place.path) } else { vec![""] };
                words.into_iter().map(move |word| (place.clone(), word)).collect::<Vec<_>>()
            })
            .map(|(place, word)| Place { path: place.path.replace(&param, word), ..place })
            .collect();
    }
    places
}

/// The names of a path's parameters.
pub fn params(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

impl Place<'_> {
    /// The organisations that it can be tried on: some of its kind, so that everybody meets a foreign one. `None` where
    /// no role is asked for.
    pub fn targets<'c>(&self, cast: &'c Cast) -> Vec<Option<&'c Org>> {
        let Need::Roles(_) = self.route.action.need() else { return vec![None] };
        let handles: &[&str] = match self.path.split('/').nth(2) {
            Some("c") => &["meridian", "noordkust", "laurentian", "titration", "quickpress", "stopped-nl"],
            Some("a") => &["pco-nl", "pco-ca"],
            Some("n") => &["chemtrade-assoc", "second-assoc"],
            Some("s") => &["installation"],
            other => panic!("{}: the letter {other:?} is new. Say here which organisations stand behind it", self.path),
        };
        handles.iter().map(|handle| Some(cast.org(handle))).collect()
    }

    /// The address in an organisation, as `player` would use it: with their own draft where they have one.
    pub fn address(&self, cast: &Cast, org: Option<&Org>, player: Option<&Player>) -> String {
        self.with(|name| value(cast, &self.path, name, org, player))
    }

    /// The same with a value of one's choice for one parameter.
    pub fn address_with(
        &self,
        cast: &Cast,
        org: Option<&Org>,
        player: Option<&Player>,
        key: &str,
        own: &str,
    ) -> String {
        self.with(|name| if name == key { own.to_owned() } else { value(cast, &self.path, name, org, player) })
    }

    fn with(&self, value: impl Fn(&str) -> String) -> String {
        let mut address = self.path.clone();
        for name in params(&self.path) {
            address = address.replace(&format!("{{{name}}}"), &value(name));
        }
        address
    }

    /// A request with what its form sends: the fields without which it names no object, or a file.
    pub fn sent(&self, ask: Ask, cast: &Cast, org: Option<&Org>, player: Option<&Player>) -> Ask {
        if self.route.takes_files {
            return ask.files(&[("order of May.txt", b"Two drums.")]);
        }
        ask.form(self.form(cast, org, player))
    }

    /// The fields without which its form names no object.
    pub fn form(&self, cast: &Cast, org: Option<&Org>, player: Option<&Player>) -> Vec<(String, String)> {
        let rows = FORMS.iter().filter(|(path, _)| self.path.ends_with(path)).flat_map(|(_, fields)| *fields);
        let filled = |(name, sample): &(&str, &str)| {
            let sample = match sample.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
                Some(param) => value(cast, &self.path, param, org, player),
                None => (*sample).to_owned(),
            };
            ((*name).to_owned(), sample)
        };
        rows.map(filled).collect()
    }
}

/// A key that has the form of a real one and belongs to nothing.
pub fn unknown(name: &str) -> String {
    match name {
        "reference" | "concern" => Reference::from_bits(0x12_3456_789a).to_string(),
        "notice" => NoticeRef::from_bits(0x12_3456_789a).to_string(),
        "company" | "org" => "n0such0ne".to_owned(),
        _ => "0193b0c0ffee7000800000000000dead".to_owned(),
    }
}

/// A sample for a parameter. An organisation that cannot work has no objects of its own: it is tried with another's.
pub fn value(cast: &Cast, path: &str, name: &str, org: Option<&Org>, player: Option<&Player>) -> String {
    let org = || org.unwrap_or_else(|| panic!("{path} has {{{name}}} without {{org}}"));
    let full = || Some(org()).filter(|org| org.colleague.is_some()).unwrap_or_else(|| cast.org("meridian"));
    let (section, page) = first_page();
    match name {
        "lang" => "en".to_owned(),
        "org" => org().handle.clone(),
        "draft" => draft(full(), player),
        "reference" => reference(full(), path).to_string(),
        "person" => full().colleague.unwrap().to_string(),
        "evidence" => evidence(full(), path, player),
        "invitation" => full().invitation.unwrap().to_string(),
        "company" => company(org(), path),
        "role" => domain::access::Role::of(org().kind).last().unwrap().code().to_owned(),
        "view" => org().view.unwrap_or_else(|| panic!("no view in {}", org().handle)).to_string(),
        "macro" => org().macro_of.unwrap_or_else(|| panic!("no macro in {}", org().handle)).to_string(),
        "check" => full().check.unwrap_or_else(|| panic!("no check in {}", full().handle)).to_string(),
        "hit" => full().hit.unwrap_or_else(|| panic!("no hit in {}", full().handle)).to_string(),
        "list" if path.contains("/n/{org}/") => {
            org().list.clone().unwrap_or_else(|| panic!("no list in {}", org().handle))
        }
        "membership" => full().membership.unwrap_or_else(|| panic!("no membership in {}", full().handle)).to_string(),
        "question" => org().question.unwrap_or_else(|| panic!("no question in {}", org().handle)).to_string(),
        "consultation" => {
            org().consultation.unwrap_or_else(|| panic!("no consultation in {}", org().handle)).to_string()
        }
        // Not a key: one consultation is put before many companies.
        "asked" => full().consultation.unwrap_or_else(|| panic!("{} is not consulted", full().handle)).to_string(),
        "event" => org().event.unwrap_or_else(|| panic!("no calendar entry in {}", org().handle)).to_string(),
        "licence" => org().licence.unwrap_or_else(|| panic!("no licence in {}", org().handle)).to_string(),
        "batch" => org().batch.unwrap_or_else(|| panic!("no file in {}", org().handle)).to_string(),
        "request" if path.contains("/advice") => {
            full().request.unwrap_or_else(|| panic!("no request for advice in {}", full().handle)).to_string()
        }
        "request" => full().licence_request.unwrap_or_else(|| panic!("no request in {}", full().handle)).to_string(),
        "list" => "demo-watch".to_owned(),
        "share" => full().share.unwrap_or_else(|| panic!("no share in {}", full().handle)).to_string(),
        "concern" => org().concern.as_ref().unwrap_or_else(|| panic!("no concern in {}", org().handle)).to_string(),
        "edition" => "1".to_owned(),
        "assignment" => {
            full().assignment.unwrap_or_else(|| panic!("nothing is assigned in {}", full().handle)).to_string()
        }
        "module" => domain::learning::modules()[0].slug.clone(),
        "case" => domain::learning::cases()[0].slug.clone(),
        "lesson" => "1".to_owned(),
        "label" => org().label.unwrap_or_else(|| panic!("no label in {}", org().handle)).to_string(),
        "customer" => full().customer.unwrap_or_else(|| panic!("no customer in {}", full().handle)).to_string(),
        "document" => full().document.unwrap_or_else(|| panic!("no document in {}", full().handle)).to_string(),
        "import" => full().import.unwrap_or_else(|| panic!("no import in {}", full().handle)).to_string(),
        "entry" if path.contains("/parts/owner/") => "2".to_owned(),
        "entry" => "1".to_owned(),
        "section" => section,
        "page" => page,
        "slug" if path.contains("/library/") => "resolution-60-5".to_owned(),
        "slug" => "acetic-anhydride".to_owned(),
        "shape" => "eu-single".to_owned(),
        // What everybody may read stands under no workspace.
        "notice" if !path.contains("{org}") => notice(cast.org("pco-nl")),
        "file" if !path.contains("{org}") => notice_file(cast.org("pco-nl")),
        "notice" if path.contains("/c/{org}/") => notice(full()),
        "notice" if path.contains("/approvals/") => {
            org().approval.as_ref().unwrap_or_else(|| panic!("nothing to approve in {}", org().handle)).to_string()
        }
        "notice" if path.ends_with("/original") => {
            org().adapted.as_ref().unwrap_or_else(|| panic!("nothing adapted in {}", org().handle)).to_string()
        }
        "file" if path.contains("/approvals/") => {
            org().approval_file.unwrap_or_else(|| panic!("no file to approve in {}", org().handle)).to_string()
        }
        "notice" => notice(org()),
        "file" => notice_file(org()),
        "declaration" => {
            full().declaration.unwrap_or_else(|| panic!("no declaration in {}", full().handle)).to_string()
        }
        "order" => full().declared_order.unwrap_or_else(|| panic!("no order in {}", full().handle)).to_string(),
        "reader" => org().reader.unwrap_or_else(|| panic!("no reader for {}", org().handle)).to_string(),
        "news" => player.map_or_else(|| unknown("news"), |player| player.news.simple().to_string()),
        "token" if path.contains("/unsubscribe/") => cast.links["unsubscribe"].clone(),
        "token" if path.contains("/feeds/") => cast.links["feeds"].clone(),
        "token" if path.contains("/declare/") => cast.links["declare"].clone(),
        "token" => cast.links["invite"].clone(),
        "mail" => cast.dead_mail.to_string(),
        "access" => org().access.unwrap_or_else(|| panic!("no request for access in {}", org().handle)).to_string(),
        // Not a key: in the one address that has it, the access says what can be read.
        "report" => cast.org("meridian").reports.as_ref().unwrap().open.to_string(),
        "rescue" => cast.rescue.to_string(),
        "body" if path.ends_with("/lift") => cast.suspended_body.clone(),
        "body" => cast.empty_body.clone(),
        "table" if path.contains("/reasons/") => "reason".to_owned(),
        "table" if path.contains("/indicators/") => "sign".to_owned(),
        "table" if path.contains("/substances/") => "listing".to_owned(),
        "table" if path.contains("/openness/") => "part".to_owned(),
        "table" if path.contains("/library/") => "entry".to_owned(),
        "table" if path.contains("/calendars/") => "holiday".to_owned(),
        "table" => "answer".to_owned(),
        "row" => "1".to_owned(),
        "number" if path.contains("/notices/") => "1".to_owned(),
        "number" => "0".to_owned(),
        // No address has it: it marks the forms that only one person may send.
        "who" => player.map(|player| services::context::fingerprint(player.id)).unwrap_or_default(),
        _ => panic!(
            "{path}: the parameter {{{name}}} is new. Give it a sample in server/tests/all/support/samples.rs, and a row \
             in KEYS there if it names an object of an organisation, or in WORDS if it is one of a few words."
        ),
    }
}

fn notice(org: &Org) -> String {
    org.notice.as_ref().unwrap_or_else(|| panic!("no notice in {}", org.handle)).to_string()
}

fn notice_file(org: &Org) -> String {
    org.notice_file.unwrap_or_else(|| panic!("no notice with a file in {}", org.handle)).to_string()
}

fn draft(org: &Org, player: Option<&Player>) -> String {
    let own = player.and_then(|player| org.drafts.get(&player.email));
    let any = || org.drafts.values().next();
    own.or_else(any).unwrap_or_else(|| panic!("no draft in {}", org.handle)).to_string()
}

/// A file of the draft or of the report that the address is for.
fn evidence(org: &Org, path: &str, player: Option<&Player>) -> String {
    let of = if path.contains("{draft}") { draft(org, player) } else { reference(org, path).to_string() };
    org.evidence.get(&of).unwrap_or_else(|| panic!("no evidence in {of} of {}", org.handle)).to_string()
}

/// The report in the state that the address is for.
fn reference<'o>(org: &'o Org, path: &str) -> &'o Reference {
    let reports = org.reports.as_ref().unwrap_or_else(|| panic!("no reports in {}", org.handle));
    match path.rsplit('/').next() {
        Some("answer") => &reports.asked,
        Some("confirm") => &reports.phone,
        Some("complete") => &reports.quick,
        Some("reopen") => &reports.closed,
        _ => &reports.open,
    }
}

/// The company of an authority about which the address decides.
fn company(authority: &Org, path: &str) -> String {
    let [waiting, approved, suspended] = authority.companies.as_ref().unwrap();
    match path.rsplit('/').next() {
        Some("suspend") => approved.clone(),
        Some("lift") => suspended.clone(),
        _ => waiting.clone(),
    }
}
