//! A client that sends one quick report after the other, each with a mark of its own in every answer.
//!
//! When an answer does not come, or tells it to come back later, it does what a person does: waits for the server and sends the same form again. A
//! reference counts as shown from the moment the redirect to its confirmation page was read whole.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, anyhow, ensure};

use super::Portal;
use super::http::{Answer, Browser};

/// Pause before a form is sent again.
const AGAIN_AFTER: Duration = Duration::from_millis(25);

/// A server that does not come back for so long will not come back.
const PATIENCE: Duration = Duration::from_secs(120);

/// One report in so many is sent a second time at once, as by a double click.
const TWICE_EVERY: u32 = 4;

/// Who triages in the demonstration data.
const OFFICER: &str = "officer@pco-nl.example";

/// Somebody who may write reports, signed in.
#[derive(Clone, Debug)]
pub struct Account {
    /// A browser with the sign-in.
    pub browser: Browser,
    /// The company's workspace: `/en/c/handle`.
    pub workspace: String,
}

impl Account {
    /// Signs in with every account that the server announced and keeps those that may write reports.
    pub fn of_reporters(portal: &Portal) -> Result<Vec<Self>> {
        let announced = portal.announced()?;
        let password = password(&announced)?;
        let emails = announced.split_whitespace().filter(|word| word.contains('@'));
        let mut accounts = Vec::new();
        for email in emails {
            accounts.extend(Self::sign_in(portal.port, email, password)?);
        }
        ensure!(!accounts.is_empty(), "no account of the demonstration data may write reports");
        Ok(accounts)
    }

    /// An officer of an authority, signed in.
    pub fn of_officer(portal: &Portal) -> Result<Self> {
        let mut browser = Browser::new(portal.port);
        let announced = portal.announced()?;
        let answer = browser.post("/en/sign-in", &[("email", OFFICER), ("password", password(&announced)?)])?;
        let asked = browser.get(answer.location())?;
        let code = between(&asked.body, "the code is ", "<").context("no code of the demonstration is shown")?;
        let answer = browser.post("/en/sign-in/code", &[("code", code)])?;
        ensure!(answer.location() == "/en/home", "{OFFICER} could not sign in: {}", answer.status);
        let workspace = home(&mut browser)?;
        ensure!(workspace.starts_with("/en/a/"), "{OFFICER} works at {workspace}");
        Ok(Self { browser, workspace })
    }

    fn sign_in(port: u16, email: &str, password: &str) -> Result<Option<Self>> {
        let mut browser = Browser::new(port);
        let answer = browser.post("/en/sign-in", &[("email", email), ("password", password)])?;
        ensure!(answer.status == 303, "{email} could not sign in: {}", answer.status);
        // Whoever is asked for a second factor is no mere reporter.
        if answer.location() != "/en/home" {
            return Ok(None);
        }
        let workspace = home(&mut browser)?;
        let may_write =
            workspace.starts_with("/en/c/") && browser.get(&format!("{workspace}/reports/new"))?.status == 200;
        Ok(may_write.then_some(Self { browser, workspace }))
    }
}

/// The password of the demonstration data, among what the server announced.
fn password(announced: &str) -> Result<&str> {
    between(announced, "password for all: ", ")").context("the server announced no password")
}

/// The workspace into which somebody who has signed in is led.
fn home(browser: &mut Browser) -> Result<String> {
    Ok(browser.get("/en/home")?.location().trim_end_matches('/').to_owned())
}

/// A report and the reference under which it was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The mark in its answers.
    pub mark: String,
    /// The reference.
    pub reference: String,
}

/// One client.
#[derive(Clone)]
pub struct Reporter {
    number: u32,
    account: Account,
}

impl Reporter {
    /// The client of this number; several may share an account.
    pub fn new(number: u32, accounts: &[Account]) -> Self {
        Self { number, account: accounts[number as usize % accounts.len()].clone() }
    }

    /// Sends reports until told that it is enough, then finishes the one it is at.
    pub fn send_until(mut self, enough: &AtomicBool) -> Result<Vec<Shown>> {
        let mut shown = Vec::new();
        for count in 0.. {
            if enough.load(Ordering::Relaxed) {
                break;
            }
            let mark = mark(self.number, count);
            let reference = self.report(&mark, count % TWICE_EVERY == 0)?;
            shown.push(Shown { mark, reference });
        }
        Ok(shown)
    }

    fn report(&mut self, mark: &str, twice: bool) -> Result<String> {
        let draft = self.fill(mark)?;
        let reference = self.send(&draft)?;
        if twice {
            let again = self.send(&draft)?;
            ensure!(again == reference, "{mark} was sent twice and got two references: {reference}, {again}");
        }
        Ok(reference)
    }

    /// Begins a quick report and answers all its questions; where its draft is.
    pub fn fill(&mut self, mark: &str) -> Result<String> {
        let begin = format!("{}/reports/new", self.account.workspace);
        let draft = self.redirect(&begin, &[("form", "quick")])?;
        for (page, fields) in answers(mark) {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            self.redirect(&format!("{draft}/quick/{page}"), &fields)?;
        }
        Ok(draft)
    }

    /// Sends a draft; the reference it is shown under.
    pub fn send(&mut self, draft: &str) -> Result<String> {
        let to = self.redirect(&format!("{draft}/send"), &[])?;
        let reference = between(&to, "/reports/", "/sent");
        reference.map(str::to_owned).with_context(|| format!("sending led to {to}, not to a confirmation"))
    }

    /// Sends a form until it is answered; where the answer leads.
    fn redirect(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<String> {
        let answer = insist(|| self.account.browser.post(path, fields))?;
        let to = answer.location().to_owned();
        ensure!(!to.is_empty() && !to.contains("errors=1"), "{path} was answered with {} {to}", answer.status);
        Ok(to)
    }
}

/// How often a client was told to come back later.
static REFUSALS: AtomicU32 = AtomicU32::new(0);

/// How often the clients were told to come back later, so far.
pub fn refusals() -> u32 {
    REFUSALS.load(Ordering::Relaxed)
}

/// Tries until there is a whole answer other than that one should come back later (503).
pub fn insist(mut attempt: impl FnMut() -> io::Result<Answer>) -> Result<Answer> {
    let begun = Instant::now();
    loop {
        let why = match attempt() {
            Ok(answer) if answer.status != 503 => return Ok(answer),
            Ok(_) => {
                REFUSALS.fetch_add(1, Ordering::Relaxed);
                "told to come back later".to_owned()
            }
            Err(error) => error.to_string(),
        };
        ensure!(begun.elapsed() < PATIENCE, "no answer for {} s: {why}", PATIENCE.as_secs());
        thread::sleep(AGAIN_AFTER);
    }
}

/// What stands in every answer of this client's report of this number.
pub fn mark(client: u32, count: u32) -> String {
    format!("Drill {client:02}-{count:05}")
}

/// The answers of a quick report: each page with its fields.
pub fn answers(mark: &str) -> [(&'static str, Vec<(&'static str, String)>); 4] {
    let text = |text: &str| text.to_owned();
    [
        (
            "what",
            vec![
                ("kind", text("order")),
                ("story", format!("{mark}: somebody nobody knows ordered by telephone.")),
                ("substance.1.name", text("Acetic anhydride")),
                ("substance.1.quantity", text("3 drums of 200 l")),
            ],
        ),
        ("who", vec![("party.1.type", text("company")), ("party.1.name", format!("{mark} Trading"))]),
        ("why", vec![("why.text", format!("{mark}: the use they gave makes no sense."))]),
        (
            "did",
            vec![
                ("did.done", text("refused")),
                ("did.steps", format!("{mark}: we kept the recording.")),
                ("contact.phone", text("+31 10 555 0103")),
            ],
        ),
    ]
}

/// Waits for a client; what came of it.
pub fn ended<T>(client: thread::ScopedJoinHandle<'_, Result<T>>) -> Result<T> {
    client.join().map_err(|_| anyhow!("a client broke"))?
}

/// Where the list on a page goes on, if it does.
pub fn next_page(page: &str) -> Option<String> {
    let link = page.split("<a ").find(|link| link.contains("rel=\"next\""))?;
    Some(between(link, "href=\"", "\"")?.replace("&amp;", "&"))
}

/// What stands between two texts, the first time.
pub fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let rest = text.split_once(before)?.1;
    Some(rest.split_once(after)?.0)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::super::http::parse;
    use super::*;

    #[test]
    fn what_stands_between_is_found() {
        let cases = [
            ("/en/c/x/reports/FR-1/sent", "/reports/", "/sent", Some("FR-1")),
            ("(password for all: a-b):", "password for all: ", ")", Some("a-b")),
            ("/en/c/x/reports/FR-1", "/reports/", "/sent", None),
            ("", "a", "b", None),
        ];
        for (text, before, after, expected) in cases {
            assert_eq!(between(text, before, after), expected, "{text}");
        }
    }

    #[test]
    fn the_next_page_is_read_from_its_link() {
        let page =
            "<a href=\"/en/\">Home</a><a class=\"x\" rel=\"next\" href=\"/en/c/x/reports?after=1&amp;state=sent\">";
        assert_eq!(next_page(page).as_deref(), Some("/en/c/x/reports?after=1&state=sent"));
        assert_eq!(next_page("<a href=\"/en/\">Home</a>"), None);
    }

    #[test]
    fn a_cut_answer_is_asked_for_again() {
        let redirect = parse(b"HTTP/1.1 303 See Other\r\nContent-Length: 0\r\n\r\n").unwrap();
        let mut tries = 0;
        let outcome = insist(|| {
            tries += 1;
            if tries < 3 { Err(io::ErrorKind::ConnectionRefused.into()) } else { Ok(redirect.clone()) }
        });
        assert_eq!((outcome.unwrap().status, tries), (303, 3));
    }

    #[test]
    fn every_page_of_a_report_carries_its_mark() {
        for (page, fields) in answers("Drill 01-00002") {
            assert!(fields.iter().any(|(_, value)| value.contains("Drill 01-00002")), "{page}");
        }
    }
}
