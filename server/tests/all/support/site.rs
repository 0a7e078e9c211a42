//! An installation per test: its database is a copy of one that was filled once ([`super::cast::fill`]).

use std::{
    ffi::OsString,
    fs,
    path::PathBuf,
    sync::{Arc, OnceLock},
};

use app::web::AppState;
use axum::Router;
use domain::{
    access::{Person, Principal},
    lang::Lang,
    substance::Catalogue,
    time::Timestamp,
};
use server::answer::Around;
use services::{Clock, Config, Context, session};
use store::{Db, Read as _, Sql, migrations};
use tempfile::TempDir;

use super::{
    cast::{self, Cast, Player},
    http::{Answer, Ask},
};

/// 23 November 2026, 14:00 UTC.
pub const NOW: Timestamp = Timestamp(1_795_442_400 * Timestamp::SECOND);
/// What links in mails begin with.
pub const BASE_URL: &str = "https://forerunner.example";

/// An installation that nobody else uses, with a clock that stands still.
pub struct Site {
    /// The use cases.
    pub ctx: Context,
    /// The server.
    pub router: Router,
    /// Who and what there is.
    pub cast: &'static Cast,
    folder: TempDir,
}

/// The filled database and the files of evidence, as bytes, and what is in them.
struct Template {
    database: Vec<u8>,
    evidence: Vec<(OsString, Vec<u8>)>,
    cast: Cast,
}

/// Made by the first test that needs it, on a runtime of its own: connections do not outlive theirs.
fn template() -> &'static Template {
    static MADE: OnceLock<Template> = OnceLock::new();
    MADE.get_or_init(|| {
        let made = std::thread::spawn(|| tokio::runtime::Runtime::new().unwrap().block_on(make()));
        made.join().unwrap()
    })
}

async fn make() -> Template {
    let folder = folder();
    let ctx = open(&folder).await;
    migrations::migrate(&ctx.db, None).await.unwrap();
    let cast = cast::fill(&ctx).await;
    ctx.db.close().await;
    assert!(!file(&folder).with_extension("db-wal").exists(), "everything is in the one file");
    let entries = fs::read_dir(evidence(&folder)).unwrap().map(|entry| entry.unwrap());
    let evidence = entries.map(|entry| (entry.file_name(), fs::read(entry.path()).unwrap())).collect();
    Template { database: fs::read(file(&folder)).unwrap(), evidence, cast }
}

/// In memory where the machine has such a folder: these tests write much and say nothing about disks.
fn folder() -> TempDir {
    let memory = PathBuf::from("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.unwrap()
}

fn file(folder: &TempDir) -> PathBuf {
    folder.path().join("test.db")
}

fn evidence(folder: &TempDir) -> PathBuf {
    folder.path().join("evidence")
}

async fn open(folder: &TempDir) -> Context {
    static CATALOGUE: OnceLock<Arc<Catalogue>> = OnceLock::new();
    let db = Db::open(&format!("sqlite:{}", file(folder).display())).await.unwrap();
    let config = Config { base_url: BASE_URL.into(), data_dir: folder.path().to_owned(), pepper: [7; 32], demo: true };
    let catalogue = CATALOGUE.get_or_init(|| Arc::new(Catalogue::load().unwrap()));
    Context::new(db, Clock::standing_at(NOW), config, Arc::clone(catalogue))
}

impl Site {
    /// A copy of the filled installation.
    pub async fn new() -> Self {
        let template = template();
        let folder = folder();
        fs::write(file(&folder), &template.database).unwrap();
        fs::create_dir(evidence(&folder)).unwrap();
        for (name, bytes) in &template.evidence {
            fs::write(evidence(&folder).join(name), bytes).unwrap();
        }
        let ctx = open(&folder).await;
        let app = AppState {
            ctx: ctx.clone(),
            assets: "/assets/test".into(),
            contact: "mailto:security@forerunner.example".into(),
        };
        let router = server::router(Around { app, trusted_proxies: 0, contact_until: None });
        Self { ctx, router, cast: &template.cast, folder }
    }

    /// Every file of the installation, as bytes: the database with what it has not folded in yet, and the evidence.
    pub fn disk(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let folders = [self.folder.path().to_owned(), evidence(&self.folder)];
        let entries =
            folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap()).map(|entry| entry.unwrap().path());
        entries.filter(|path| path.is_file()).map(|path| (path.clone(), fs::read(path).unwrap())).collect()
    }

    /// Sends a request.
    pub async fn ask(&self, ask: Ask) -> Answer {
        ask.to(&self.router).await
    }

    /// Opens an address as somebody, or as nobody.
    pub async fn get(&self, path: &str, player: Option<&Player>) -> Answer {
        self.ask(Ask::get(path).by_any(player)).await
    }

    /// Sends a form as somebody, or as nobody.
    pub async fn post<N: AsRef<str>, V: AsRef<str>>(
        &self,
        path: &str,
        player: Option<&Player>,
        fields: impl IntoIterator<Item = (N, V)>,
    ) -> Answer {
        self.ask(Ask::post(path).by_any(player).form(fields)).await
    }

    /// Signs somebody in once more: the token of the new sign-in, beside the one they have.
    pub async fn again(&self, player: &Player) -> String {
        let token = format!("once more {}", self.ctx.new_id().simple());
        cast::sign_in(&self.ctx, player.id, &token).await;
        token
    }

    /// Somebody for a use case, with their places as they are now.
    pub async fn principal(&self, email: &str) -> Principal {
        principal(&self.ctx, email).await
    }

    /// Changes rows by hand: what no page can do yet.
    pub async fn run(&self, sql: &'static str) {
        let mut tx = self.ctx.db.begin().await.unwrap();
        assert!(tx.run(&statement(sql), Vec::new()).await.unwrap() > 0, "{sql} changes nothing");
        tx.commit().await.unwrap();
    }

    /// What has been done: rows of the audit log, mails, drafts' and reports' versions. Nothing can be done without one
    /// of them changing.
    pub async fn deeds(&self) -> [i64; 4] {
        let count = async |sql| self.ctx.db.reader().number(&statement(sql), Vec::new()).await.unwrap().unwrap_or(0);
        [
            count("SELECT count(*) FROM audit").await,
            count("SELECT count(*) FROM outbox").await,
            count("SELECT sum(version) FROM draft").await,
            count("SELECT sum(version) FROM report").await,
        ]
    }

    /// The folder of the installation.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }
}

const fn statement(sql: &'static str) -> Sql {
    Sql { name: "test", sqlite: sql, postgres: sql }
}

/// Somebody for a use case.
pub async fn principal(ctx: &Context, email: &str) -> Principal {
    let mut reader = ctx.db.reader();
    let row = store::person::by_email(&mut reader, email).await.unwrap();
    let row = row.unwrap_or_else(|| panic!("nobody has the address {email}"));
    let person = Person { id: row.id.into(), name: row.name, email: row.email, lang: Lang::En };
    let memberships = session::memberships(&mut reader, person.id).await.unwrap();
    Principal { person: Some(person), memberships }
}
