//! What is told of changes: where, never what; to the desk alone; and who is at a report, to the desk alone.

use domain::{access::Role, time::Timestamp};

use crate::support::{
    canary,
    http::Ask,
    site::{NOW, Site},
};

#[tokio::test]
async fn a_stream_says_where_something_changed_and_nothing_else() {
    let site = Site::new().await;
    let me = site.cast.player(Role::AuthorityOfficer, "pco-nl");
    let reference = &site.cast.org("meridian").reports.as_ref().unwrap().open;
    let since = NOW.plus(-Timestamp::SECOND).0;
    let path = format!("/en/a/pco-nl/live?since={since}&report={reference}");
    // Nothing runs that tells of later changes, so the stream ends after what happened before.
    let answer = site.get(&path, Some(me)).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "text/event-stream"));
    assert_eq!(answer.header("cache-control"), "no-store");
    assert!(answer.body.contains(&format!("data: {{\"report\":\"{reference}\"}}")), "{}", answer.body);
    let known = |line: &str| {
        ["event: change", "event: here", "retry: 5000", ":", ""].contains(&line)
            || line.starts_with("id: ")
            || line == format!("data: {{\"report\":\"{reference}\"}}")
    };
    assert!(answer.body.lines().all(known), "{}", answer.body);
    let asked = format!("/en/a/pco-nl/live/changes?since={since}&report={reference}");
    let answer = site.ask(Ask::get(&asked).by(me).header("accept", "application/json")).await;
    assert!(answer.body.starts_with("{\"changes\":[{\"id\":\"FR-"), "{}", answer.body);
    let nothing = site.get(&format!("/en/a/pco-nl/live/changes?since={}&report={reference}", NOW.0), Some(me)).await;
    assert_eq!(nothing.body, "{\"changes\":[]}");

    let canada = site.cast.player(Role::AuthorityOfficer, "pco-ca");
    let company = site.cast.player(Role::CompanyOfficer, "meridian");
    for (path, who) in [
        (path.clone(), canada),
        (asked.clone(), company),
        (path.replace("pco-nl", "pco-ca"), canada),
        (asked.replace("pco-nl", "pco-ca"), canada),
    ] {
        assert_eq!(site.get(&path, Some(who)).await.status, 404, "{path}");
    }
    for bad in ["since=x&report=FR-0000", "report=%00"] {
        assert_eq!(site.get(&format!("/en/a/pco-nl/live?{bad}"), Some(me)).await.status, 404, "{bad}");
    }
}

#[tokio::test]
async fn a_colleague_is_named_on_the_report_and_in_the_queue() {
    let site = Site::new().await;
    // Whoever looked while the installation was filled has gone.
    site.ctx.clock.advance(domain::live::GONE);
    let me = site.cast.player(Role::AuthorityOfficer, "pco-nl");
    let colleague = site.cast.player(Role::AuthoritySupervisor, "pco-nl");
    let reference = &site.cast.org("meridian").reports.as_ref().unwrap().open;
    let report = format!("/en/a/pco-nl/reports/{reference}");
    let name = "NAME-pco-nl-authority_supervisor-CANARY";
    let answer = site.post(&format!("{report}/here"), Some(colleague), [("doing", "message")]).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, "{\"here\":[]}"));
    let said = format!("{name} is writing a message.");
    for path in [report.clone(), "/en/a/pco-nl/queue".to_owned()] {
        assert!(site.get(&path, Some(me)).await.body.contains(&said), "{path}");
    }
    let answer = site.post(&format!("{report}/here"), Some(me), [("doing", "<script>")]).await;
    assert!(answer.body.contains(&said), "{}", answer.body);
    let company = site.cast.player(Role::CompanyOfficer, "meridian");
    let seen = site.get(&format!("/en/c/meridian/reports/{reference}"), Some(company)).await;
    assert!(canary::authoritys_own(site.cast, Some(company), &seen.body).is_empty());
    assert!(!seen.body.contains(name));
    site.ctx.clock.advance(domain::live::GONE);
    assert!(!site.get(&report, Some(me)).await.body.contains(&said), "whoever gives no sign of life is gone");
}
