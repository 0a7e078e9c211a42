//! Several people at one desk, without scripts: an act that somebody else overtook is not carried out, says who did what
//! meanwhile, and can be done again, changed or discarded without typing anything twice.

use domain::access::Role;
use services::context;

use crate::support::{
    cast::Player,
    html::{Form, Page},
    http::{Answer, Ask},
    site::Site,
};

const QUESTION: &str = "Which van <b>was</b> it?";

struct Desk {
    site: Site,
    me: &'static Player,
    colleague: &'static Player,
    report: String,
}

impl Desk {
    async fn new() -> Self {
        let site = Site::new().await;
        let me = site.cast.player(Role::AuthorityOfficer, "pco-nl");
        let colleague = site.cast.player(Role::AuthoritySupervisor, "pco-nl");
        let reference = &site.cast.org("meridian").reports.as_ref().unwrap().open;
        let report = format!("/en/a/pco-nl/reports/{reference}");
        Self { site, me, colleague, report }
    }

    /// The form of an act as somebody's page holds it.
    async fn form(&self, player: &Player, deed: &str) -> Vec<(String, String)> {
        let page = self.site.get(&self.report, Some(player)).await;
        form(&page, &format!("{}/{deed}", self.report), &format!("{deed}.")).untouched()
    }

    async fn send(&self, player: &Player, deed: &str, fields: Vec<(String, String)>) -> Answer {
        self.site.post(&format!("{}/{deed}", self.report), Some(player), fields).await
    }
}

/// The form of a page that goes to an address and has a field beginning so.
fn form(answer: &Answer, action: &str, field: &str) -> Form {
    let forms = Page::read(&answer.body).forms.into_iter();
    let mut fitting = forms.filter(|form| form.action == action);
    let found = fitting.find(|form| form.fields.iter().any(|sent| sent.name.starts_with(field)));
    found.unwrap_or_else(|| panic!("no form to {action} with {field} in {}", answer.body))
}

fn with(mut fields: Vec<(String, String)>, values: &[(&str, &str)]) -> Vec<(String, String)> {
    for (name, value) in values {
        fields.retain(|(known, _)| known != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    fields
}

/// My question, sent after a colleague took the report and wrote a note.
async fn overtaken() -> (Desk, Answer) {
    let desk = Desk::new().await;
    let mine = with(desk.form(desk.me, "ask").await, &[("ask.text", QUESTION)]);
    let take = with(desk.form(desk.colleague, "assign").await, &[("assign.to", &desk.colleague.id.to_string())]);
    assert_eq!(desk.send(desk.colleague, "assign", take).await.status, 303);
    let note = with(desk.form(desk.colleague, "note").await, &[("note.text", "The carrier is known.")]);
    assert_eq!(desk.send(desk.colleague, "note", note).await.status, 303);
    let before = desk.site.deeds().await;
    let answer = desk.send(desk.me, "ask", mine).await;
    assert_eq!(answer.status, 409);
    // Opening the report for the page is noted at most; nothing was asked.
    assert_eq!(desk.site.deeds().await[1..], before[1..]);
    (desk, answer)
}

#[tokio::test]
async fn who_was_overtaken_reads_what_happened_and_sends_it_again() {
    let (desk, answer) = overtaken().await;
    let name = "NAME-pco-nl-authority_supervisor-CANARY";
    for said in [name, "Given to", "The carrier is known.", "Which van &lt;b&gt;was&lt;/b&gt; it?"] {
        assert!(answer.body.contains(said), "{said}: {}", answer.body);
    }
    assert!(!answer.body.contains("Report sent"), "what I had seen is not news");
    let again = form(&answer, &format!("{}/ask", desk.report), "ask.text").untouched();
    let done = desk.send(desk.me, "ask", again).await;
    assert_eq!((done.status, done.leads_to()), (303, desk.report.as_str()));
    assert!(done.location().contains("done=ask"), "{}", done.location());
    let page = desk.site.get(&desk.report, Some(desk.me)).await;
    assert!(page.body.contains("Which van &lt;b&gt;was&lt;/b&gt; it?"));
}

#[tokio::test]
async fn what_was_typed_can_be_changed_or_discarded() {
    let (desk, answer) = overtaken().await;
    let stash = answer.cookie("__Host-stash").expect("what was typed is kept");
    let at = async |path: &str| desk.site.ask(Ask::get(path).by(desk.me).cookie("__Host-stash", &stash)).await;
    let open = format!("{}?act=ask", desk.report);
    assert_eq!(Page::read(&at(&open).await.body).shown("ask.text"), [QUESTION]);
    let discard = form(&answer, &format!("{}/ask", desk.report), "_discard").untouched();
    let path = format!("{}/ask", desk.report);
    let gone = desk.site.ask(Ask::post(path).by(desk.me).cookie("__Host-stash", &stash).form(discard)).await;
    assert_eq!((gone.status, gone.location()), (303, desk.report.as_str()));
    assert_eq!(Page::read(&at(&open).await.body).shown("ask.text"), [""]);
}

#[tokio::test]
async fn what_is_not_possible_any_more_is_not_offered_again() {
    let desk = Desk::new().await;
    let close = [("close.reason", "explained"), ("close.comment", "")];
    let mine =
        with(desk.form(desk.me, "close").await, &[("close.reason", "other"), ("close.comment", "Words of mine")]);
    let theirs = with(desk.form(desk.colleague, "close").await, &close);
    assert_eq!(desk.send(desk.colleague, "close", theirs).await.status, 303);
    let answer = desk.send(desk.me, "close", mine).await;
    assert_eq!(answer.status, 409);
    assert!(answer.body.contains("Words of mine") && answer.body.contains("is not possible any more"));
    let again =
        Page::read(&answer.body).forms.into_iter().any(|form| form.fields.iter().any(|f| f.name == "close.reason"));
    assert!(!again, "only discarding is left");
}

#[tokio::test]
async fn a_form_that_does_not_say_what_it_saw_shows_what_happened_last() {
    let desk = Desk::new().await;
    for seen in ["", "nonsense", "-1", "99999999999999999999"] {
        let fields = [("message.text", "Thank you."), ("_seen", seen), ("version", "")];
        let answer = desk.site.post(&format!("{}/message", desk.report), Some(desk.me), fields).await;
        assert_eq!(answer.status, 409, "{seen}");
        assert!(answer.body.contains("Thank you."), "{seen}");
    }
}

/// A form that one person opened is done in nobody else's name, whichever form it is.
#[tokio::test]
async fn what_one_person_opened_nobody_else_sends() {
    let desk = Desk::new().await;
    let (mine, theirs) = (context::fingerprint(desk.me.id), context::fingerprint(desk.colleague.id));
    let before = desk.site.deeds().await;
    for path in ["duty/skills", "duty/absences", "handover", "views", "selection", "labels"] {
        let path = format!("/en/a/pco-nl/{path}");
        let fields = [("_who", mine.as_str()), ("name", "Mine"), ("colour", "rust")];
        let answer = desk.site.post(&path, Some(desk.colleague), fields).await;
        assert_eq!(answer.status, 403, "{path}");
        assert!(answer.body.contains("somebody else"), "{path}: {}", answer.body);
    }
    let island = Ask::post("/en/a/pco-nl/views").by(desk.colleague).form([("_who", mine.as_str())]);
    assert_eq!(desk.site.ask(island.header("accept", "application/json")).await.status, 401, "an island is told so");
    assert_eq!(desk.site.deeds().await, before);
    let own = desk.site.post("/en/a/pco-nl/duty/skills", Some(desk.colleague), [("_who", theirs.as_str())]).await;
    assert_eq!(own.status, 303);
}

/// Who gives several reports to somebody who is away reads to whom they go, as with one.
#[tokio::test]
async fn a_selection_says_who_stands_in() {
    let desk = Desk::new().await;
    let page = desk.site.get("/en/a/pco-nl/duty", Some(desk.colleague)).await;
    let who = context::fingerprint(desk.colleague.id);
    let (away, deputy) = (desk.colleague.id.to_string(), desk.me.id.to_string());
    let fields = [
        ("_who", who.as_str()),
        ("person", &away),
        ("first", "2026-11-23"),
        ("last", "2026-11-27"),
        ("deputy", &deputy),
    ];
    assert_eq!(page.status, 200);
    let entered = desk.site.post("/en/a/pco-nl/duty/absences", Some(desk.colleague), fields).await;
    assert!(entered.location().ends_with("done=away"), "{}", entered.location());
    let reference = desk.report.rsplit('/').next().unwrap();
    for address in [desk.report.clone(), format!("/en/a/pco-nl/selection?act=assign&selected={reference}")] {
        let page = desk.site.get(&address, Some(desk.me)).await;
        assert!(page.body.contains("27 Nov 2026"), "{address}: {}", page.body);
    }
}

/// Without scripts: the page after an act holds a button that takes it back, and a late press is answered in plain words.
#[tokio::test]
async fn what_was_just_done_is_taken_back() {
    let desk = Desk::new().await;
    let done = async || {
        let fields = with(desk.form(desk.me, "close").await, &[("close.reason", "explained"), ("close.comment", "")]);
        let answer = desk.send(desk.me, "close", fields).await;
        desk.site.get(answer.location(), Some(desk.me)).await
    };
    let page = done().await;
    assert!(page.body.contains("within 10 s"), "{}", page.body);
    let undo = form(&page, "/en/a/pco-nl/undo", "undo").untouched();
    let answer = desk.site.post("/en/a/pco-nl/undo", Some(desk.me), undo.clone()).await;
    assert_eq!((answer.status, answer.leads_to()), (303, desk.report.as_str()));
    let page = desk.site.get(answer.location(), Some(desk.me)).await;
    assert!(page.body.contains("Undone") && !page.body.contains("within 10 s"), "{}", page.body);
    let again = desk.site.post("/en/a/pco-nl/undo", Some(desk.me), undo).await;
    assert_eq!(again.status, 409);
    let late = form(&done().await, "/en/a/pco-nl/undo", "undo").untouched();
    desk.site.ctx.clock.advance(16_000_000);
    let answer = desk.site.post("/en/a/pco-nl/undo", Some(desk.me), late).await;
    assert_eq!(answer.status, 409);
    for said in ["too late to undo", "Take up again", "ten seconds"] {
        assert!(answer.body.to_lowercase().contains(&said.to_lowercase()), "{said}: {}", answer.body);
    }
    // A colleague is offered nothing, and who only reads even less.
    let page = desk.site.get(&format!("{}?done=close", desk.report), Some(desk.colleague)).await;
    assert!(!page.body.contains("/en/a/pco-nl/undo"), "{}", page.body);
}
