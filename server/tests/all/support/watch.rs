//! What must hold of every answer, whoever asks for what: its headers and cookies, where it leads, what it names, what
//! stands in its page.

use std::collections::{BTreeMap, BTreeSet};

use domain::reference::Reference;
use http::header;

use super::{
    cast::Cast,
    html::{Page, Tag},
    http::Answer,
    site::Site,
};

/// Headers that every answer has, with their only value.
const HEADERS: [(&str, &str); 6] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"),
    ("strict-transport-security", "max-age=31536000; includeSubDomains"),
];
/// The policy of every answer: no inline style, no inline script without the nonce, no frame around it, no form that
/// goes elsewhere.
const POLICY: &str = "default-src 'none'; script-src 'self' 'nonce-NONCE' 'wasm-unsafe-eval'; style-src 'self'; \
                      img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
                      object-src 'none'; frame-ancestors 'none'";
/// The policy of a file that somebody added.
const FILE_POLICY: &str = "default-src 'none'; sandbox";
/// Headers that say what the server is made of.
const TALKATIVE: [&str; 4] = ["server", "x-powered-by", "via", "x-runtime"];
/// Words of the machinery, in small letters.
const MACHINERY: [&str; 11] = [
    "sqlite",
    "postgres",
    "sqlx",
    "axum",
    "tokio",
    "panicked",
    "backtrace",
    ".rs:",
    "no such table",
    "syntax error",
    "constraint failed",
];
/// What every cookie has.
const COOKIE: [&str; 4] = ["Path=/", "Secure", "HttpOnly", "SameSite=Lax"];
/// Elements that our pages have no use for and that open doors.
const FOREIGN: [&str; 6] = ["iframe", "frame", "object", "embed", "base", "applet"];

/// Looks at answers and remembers what may not come twice.
pub struct Watch<'s> {
    cast: &'s Cast,
    /// Paths of this machine.
    paths: Vec<String>,
    nonces: BTreeSet<String>,
    /// How many answers had which status.
    pub statuses: BTreeMap<u16, usize>,
    /// Names of the cookies that were set.
    pub cookies: BTreeSet<String>,
    /// Whether a failure is what is being looked at.
    pub is_broken: bool,
    /// Whether the address that was asked for is somebody's invention: a page may lead on with what was typed into it.
    pub is_typed: bool,
}

impl<'s> Watch<'s> {
    /// For the answers of one installation.
    pub fn new(site: &'s Site) -> Self {
        let mut watch = Self {
            cast: site.cast,
            paths: vec![env!("CARGO_MANIFEST_DIR").to_owned()],
            nonces: BTreeSet::new(),
            statuses: BTreeMap::new(),
            cookies: BTreeSet::new(),
            is_broken: false,
            is_typed: false,
        };
        watch.also(site);
        watch
    }

    /// For another installation with the same people, too.
    pub fn also(&mut self, site: &Site) {
        self.paths.push(site.folder().display().to_string());
    }

    /// Looks at an answer; its page, if it is one.
    pub fn look(&mut self, answer: &Answer) -> Option<Page> {
        let name = format!("{} ({})", answer.asked, answer.status);
        assert!(self.is_broken || answer.status < 500, "{name}: {}", answer.body);
        *self.statuses.entry(answer.status).or_default() += 1;
        self.headers(answer, &name);
        self.set_cookies(answer, &name);
        self.words(answer, &name);
        let to = answer.location();
        assert!(to.is_empty() || (to.starts_with('/') && !to.starts_with("//")), "{name} leads to {to}");
        self.address(to, &name);
        let is_page = answer.header("content-type").starts_with("text/html");
        is_page.then(|| self.page(answer, &name))
    }

    fn headers(&mut self, answer: &Answer, name: &str) {
        for (header, value) in HEADERS {
            assert_eq!(answer.headers.get_all(header).iter().collect::<Vec<_>>(), [value], "{name}: {header}");
        }
        for header in TALKATIVE {
            assert_eq!(answer.header(header), "", "{name}: {header}");
        }
        let policy = answer.header("content-security-policy");
        assert_eq!(answer.headers.get_all("content-security-policy").iter().count(), 1, "{name}");
        if policy == FILE_POLICY {
            assert!(answer.header("content-disposition").starts_with("attachment"), "{name}: a file is never shown");
        } else {
            let nonce = answer.nonce();
            assert!(nonce.len() == 32 && nonce.bytes().all(|digit| digit.is_ascii_hexdigit()), "{name}: {nonce}");
            assert_eq!(policy.replace(nonce, "NONCE"), POLICY, "{name}");
            assert!(self.nonces.insert(nonce.to_owned()), "{name}: the nonce was there before");
        }
        let kind = answer.header("content-type");
        assert!(answer.body.is_empty() || !kind.is_empty(), "{name} has no type");
        assert!(!kind.starts_with("text/html") || kind == "text/html; charset=utf-8", "{name}: {kind}");
        // Only the public catalogue and what readers of news fetch are the same for everybody.
        let shared = match answer.path() {
            path if path.starts_with("/en/data/") && kind == "application/json" => "public, max-age=3600",
            path if path.starts_with("/en/notices/") && !kind.starts_with("text/html") => "public, max-age=300",
            _ => "no-store",
        };
        let kept = answer.header("cache-control");
        assert!(kept == "no-store" || kept == shared, "{name}: {kept}");
    }

    fn set_cookies(&mut self, answer: &Answer, name: &str) {
        for cookie in answer.headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            let mut parts = cookie.split("; ");
            let (known, value) = parts.next().unwrap().split_once('=').unwrap();
            assert!(known.starts_with("__Host-"), "{name}: {cookie}");
            assert!(
                value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)),
                "{name}: {cookie}"
            );
            let rest: Vec<&str> = parts.collect();
            assert!(COOKIE.iter().all(|part| rest.contains(part)), "{name}: {cookie}");
            let more: Vec<&&str> = rest.iter().filter(|part| !COOKIE.contains(part)).collect();
            assert!(more.iter().all(|part| part.starts_with("Max-Age=")), "{name}: {cookie}");
            let lasts = more.iter().any(|part| **part != "Max-Age=0");
            assert!(known != "__Host-session" || !lasts, "{name}: a sign-in outlives no browser: {cookie}");
            self.cookies.insert(known.to_owned());
        }
    }

    /// Nothing of the machine. Those who run it are told in their own workspace what it is and where its files are.
    fn words(&self, answer: &Answer, name: &str) {
        if answer.path().split('/').nth(2) == Some("s") {
            return;
        }
        let body = answer.body.to_lowercase();
        for word in MACHINERY {
            assert!(!body.contains(word), "{name} says {word}: {}", around(&body, word));
        }
        for path in &self.paths {
            assert!(!answer.body.contains(path.as_str()), "{name} says {path}");
        }
    }

    fn page(&self, answer: &Answer, name: &str) -> Page {
        let page = Page::read(&answer.body);
        for tag in &page.tags {
            self.tag(tag, answer, name);
        }
        let actions = page.forms.iter().map(|form| &form.action);
        for address in page.links.iter().chain(&page.sources).chain(actions) {
            self.address(address, name);
        }
        page
    }

    fn tag(&self, tag: &Tag, answer: &Answer, name: &str) {
        assert!(!FOREIGN.contains(&tag.name.as_str()), "{name} has {tag:?}");
        let inline = |(attribute, _): &&(String, String)| attribute == "style" || attribute.starts_with("on");
        assert_eq!(tag.attributes.iter().find(inline), None, "{name}: the policy forbids it in {tag:?}");
        match tag.name.as_str() {
            "script" => match tag.get("src") {
                Some(source) => assert!(source.starts_with("/assets/"), "{name}: {tag:?}"),
                // Data for those who list pages: nothing that runs.
                None if tag.get("type") == Some("application/ld+json") => {}
                None => assert_eq!(tag.get("nonce"), Some(answer.nonce()), "{name}: {tag:?}"),
            },
            "meta" => assert_eq!(tag.get("http-equiv"), None, "{name}: {tag:?}"),
            "form" => {
                let action = tag.get("action").unwrap_or_default();
                let stays = action.is_empty() || action.starts_with(['?', '/']) && !action.starts_with("//");
                assert!(stays, "{name}: {tag:?}");
            }
            "a" => {
                let href = tag.get("href").unwrap_or_default();
                let known = ["/", "#", "?", "https://", "mailto:", "tel:"].iter().any(|start| href.starts_with(start));
                assert!(known && !href.starts_with("//"), "{name}: {tag:?}");
                let opens = tag.get("target") == Some("_blank");
                assert!(!opens || tag.get("rel").is_some_and(|rel| rel.contains("noopener")), "{name}: {tag:?}");
            }
            _ => {}
        }
    }

    /// Nobody's name or address and nothing of a report in an address: it ends in histories and logs. A report's
    /// reference is made for that.
    fn address(&self, address: &str, name: &str) {
        if self.is_typed || address.starts_with("mailto:") || address.starts_with("tel:") {
            return;
        }
        let pairs = form_urlencoded::parse(address.as_bytes());
        let plain: String =
            pairs.flat_map(|(key, value)| [key.into_owned(), " ".to_owned(), value.into_owned()]).collect();
        assert!(!plain.contains('@'), "{name} leads to {address}");
        let seen = self.cast.seen_in(&plain).into_iter();
        let word = seen.map(|canary| &canary.text).find(|text| text.parse::<Reference>().is_err());
        assert_eq!(word, None, "{name} leads to {address}");
    }
}

/// The text around a word.
pub fn around<'t>(text: &'t str, word: &str) -> &'t str {
    let at = text.find(word).unwrap_or_default();
    let from = (0..=at.saturating_sub(80)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    let to = (at + word.len() + 80).min(text.len());
    let to = (to..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    &text[from..to]
}
