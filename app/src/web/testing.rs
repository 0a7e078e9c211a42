//! Requests for tests of pages: on a real, empty database in a folder that goes away with it, with a clock that stands.
//!
//! `Site::new().await`, then `site.req("/en/help")`, changed as the test needs it, and the handler called with it.

use std::{net::Ipv4Addr, sync::Arc};

use domain::{
    access::{Membership, Person, Principal, Role},
    ids::{OrgId, UserId},
    lang::Lang,
    organisation::OrgStatus,
    substance::Catalogue,
    time::Timestamp,
};
use services::{Clock, Config, Context};
use store::{Db, migrations};
use tempfile::TempDir;
use uuid::Uuid;

use super::{AppState, Fields, Outcome, Reply, Req, Waiting};

/// 23 November 2026, 14:00 UTC.
pub const NOW: Timestamp = Timestamp(1_795_442_400 * Timestamp::SECOND);

/// An installation without anybody.
pub struct Site {
    /// What all requests share.
    pub app: AppState,
    _folder: TempDir,
}

impl Site {
    /// Opens and migrates the database.
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&format!("sqlite:{}", folder.path().join("test.db").display())).await.unwrap();
        migrations::migrate(&db, None).await.unwrap();
        let config = Config {
            base_url: "https://forerunner.example".into(),
            data_dir: folder.path().to_owned(),
            pepper: [7; 32],
            demo: false,
        };
        let ctx = Context::new(db, Clock::standing_at(NOW), config, Arc::new(Catalogue::load().unwrap()));
        let app = AppState { ctx, assets: "/assets/test".into(), contact: "mailto:help@forerunner.example".into() };
        Self { app, _folder: folder }
    }

    /// Somebody who has not signed in opens an address (path and query).
    pub fn req(&self, address: &str) -> Req {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        Req {
            app: self.app.clone(),
            lang: Lang::En,
            principal: Principal::default(),
            session_token: None,
            session_expires: None,
            session_ends: None,
            must_enrol: false,
            unread: 0,
            unreachable: false,
            workspace: None,
            waiting: Waiting::default(),
            params: Vec::new(),
            query: Fields::parse(query.as_bytes()),
            form: Fields::default(),
            upload: Default::default(),
            path: path.to_owned(),
            theme: crate::components::Theme::default(),
            cookies: Vec::new(),
            address: Ipv4Addr::LOCALHOST.into(),
            agent: "Test browser".to_owned(),
            nonce: "nonce".into(),
            wants_json: false,
        }
    }

    /// Somebody with a role in one organisation opens an address.
    pub fn req_as(&self, address: &str, role: Role, status: OrgStatus) -> Req {
        let mut req = self.req(address);
        let person = Person {
            id: UserId(Uuid::from_u128(1)),
            name: "A. Person".to_owned(),
            email: "a.person@example.org".to_owned(),
            lang: Lang::En,
        };
        let membership = Membership {
            org: OrgId(Uuid::from_u128(2)),
            handle: "7k3m9qtd".to_owned(),
            org_name: "Example Chemicals".to_owned(),
            kind: role.org_kind(),
            country: "NL".to_owned(),
            status,
            role,
        };
        req.principal = Principal { person: Some(person), memberships: vec![membership] };
        req
    }
}

/// The HTML of a page that a handler answered with, without the marks between pieces of text.
pub fn html(req: &Req, outcome: Outcome) -> String {
    match outcome.unwrap() {
        Reply::Page(page) => page.render(req).replace("<!>", ""),
        other => panic!("not a page: {other:?}"),
    }
}

/// The text of a page without its markup and scripts.
pub fn text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let parts = html.split("<script").enumerate();
    let html: String =
        parts.map(|(place, part)| if place == 0 { part } else { part.split_once("</script>").unwrap().1 }).collect();
    for (place, part) in html.split('<').enumerate() {
        match part.split_once('>') {
            Some((_, after)) if place > 0 => {
                text.push(' ');
                text.push_str(after);
            }
            _ => text.push_str(part),
        }
    }
    text
}
