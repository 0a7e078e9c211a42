//! A context for tests: a real database, a folder that goes away with it, and a clock that stands still.
//!
//! The database is a SQLite file in that folder. Where `TEST_SERVICES_POSTGRES_URL` names a server, each test gets a
//! database of its own there instead, and the whole suite shows that the other engine keeps the same promises.

use std::{
    ops::Deref,
    path::Path,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use domain::{access::Principal, time::Timestamp};
use store::{Db, Read as _, Sql, migrations};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::{
    Clock, Config, Context,
    account::{self, Entered, SignIn, SignedIn},
    demo, factor, session,
};

/// 23 November 2026, 14:00 UTC.
pub const NOW: Timestamp = Timestamp(1_795_442_400 * Timestamp::SECOND);

/// The database's file in a test's folder.
const FILE: &str = "test.db";

/// A context and the folder it lives in.
pub struct World {
    /// The context; also by dereference.
    pub ctx: Context,
    folder: TempDir,
    /// The name of its database on a server, if it is not a file.
    database: Option<String>,
}

impl Deref for World {
    type Target = Context;
    fn deref(&self) -> &Context {
        &self.ctx
    }
}

impl World {
    /// An installation without anybody.
    pub async fn empty() -> Self {
        static EMPTY: OnceCell<Beginning> = OnceCell::const_new();
        let fill = async |world: &Self| migrations::migrate(&world.db, None).await.unwrap();
        Self::of(EMPTY.get_or_init(|| Beginning::of(fill)).await).await
    }

    /// The same before its database has tables.
    pub async fn unmigrated() -> Self {
        Self::of(&Beginning::Nothing).await
    }

    async fn of(beginning: &Beginning) -> Self {
        let folder = folder();
        let (db, database) = match std::env::var("TEST_SERVICES_POSTGRES_URL") {
            Ok(server) => {
                let (db, name) = beginning.on_server(&server).await;
                (db, Some(name))
            }
            Err(_) => (beginning.in_file(folder.path()).await, None),
        };
        let config = Config {
            base_url: "https://forerunner.example".into(),
            data_dir: folder.path().to_owned(),
            pepper: [7; 32],
            demo: false,
        };
        let ctx = Context::new(db, Clock::standing_at(NOW), config, catalogue());
        Self { ctx, folder, database }
    }

    /// An installation with the demo's organisations and people.
    pub async fn with_people() -> Self {
        static PEOPLE: OnceCell<Beginning> = OnceCell::const_new();
        let fill = async |world: &Self| {
            migrations::migrate(&world.db, None).await.unwrap();
            demo::seed_people(world).await.unwrap();
        };
        Self::of(PEOPLE.get_or_init(|| Beginning::of(fill)).await).await
    }

    /// Moves the clock.
    pub fn wait(&self, micros: i64) {
        self.clock.advance(micros);
    }

    /// Signs a demo person in, with a code where one is asked for.
    pub async fn sign_in(&self, email: &str) -> SignedIn {
        let token = match account::sign_in(self, sign_in(email, demo::PASSWORD)).await.unwrap() {
            Entered::SignedIn(signed) => return *signed,
            Entered::SecondStep(token) => token,
        };
        let code = factor::peek(self, &token).await.unwrap().demo_code.expect("three sign-ins within thirty seconds");
        factor::answer(self, second_step(&token, &code)).await.unwrap()
    }

    /// A demo person with their present memberships, without a sign-in.
    pub async fn principal(&self, email: &str) -> Principal {
        let mut reader = self.db.reader();
        let row = store::person::by_email(&mut reader, email).await.unwrap().unwrap();
        let person = account::to_person(&row);
        let memberships = session::memberships(&mut reader, person.id).await.unwrap();
        Principal { person: Some(person), memberships }
    }

    /// Name of the template, recipient and link of every mail queued so far, oldest first. Links are as the recipient
    /// gets them.
    pub async fn mails(&self) -> Vec<(String, String, String)> {
        let mut mails = store::outbox::list(&mut self.db.reader(), "waiting", 1000).await.unwrap();
        mails.sort_by_key(|mail| mail.id);
        let link = |mail: &store::outbox::Mail| {
            mail.link.replace(crate::outbox::TOKEN, &crate::secret::mail_token(self, mail.id))
        };
        mails.iter().map(|mail| (mail.template.clone(), mail.recipient.clone(), link(mail))).collect()
    }

    /// The token in the last mail of a template to somebody.
    pub async fn token_mailed(&self, template: &str, recipient: &str) -> String {
        let mails = self.mails().await;
        let fits = |(name, to, _): &&(String, String, String)| name == template && to == recipient;
        let (_, _, link) = mails.iter().rfind(fits).expect("such a mail was queued");
        link.rsplit('/').next().unwrap().to_owned()
    }
}

/// In memory where the machine has such a folder: these tests write much and say nothing about disks.
fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.unwrap()
}

/// What a database begins as. Hundreds of tests begin alike, so each beginning is made once and then copied.
enum Beginning {
    Nothing,
    /// The bytes of a file.
    Sqlite(Vec<u8>),
    /// The name of a database on a server, to which nobody is connected.
    Postgres(String),
}

impl Beginning {
    /// What an empty database is after this has been done to it.
    async fn of(fill: impl AsyncFnOnce(&World)) -> Self {
        let world = World::unmigrated().await;
        fill(&world).await;
        world.db.close().await;
        match world.database {
            Some(ref name) => Self::Postgres(name.clone()),
            None => Self::Sqlite(std::fs::read(world.folder.path().join(FILE)).unwrap()),
        }
    }

    /// A file that begins so.
    async fn in_file(&self, folder: &Path) -> Db {
        let file = folder.join(FILE);
        if let Self::Sqlite(bytes) = self {
            std::fs::write(&file, bytes).unwrap();
        }
        Db::open(&format!("sqlite:{}", file.display())).await.unwrap()
    }

    /// A database that begins so on a PostgreSQL server which is thrown away after the tests; and its name.
    async fn on_server(&self, server: &str) -> (Db, String) {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("services_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let template = if let Self::Postgres(template) = self { template } else { "template1" };
        let text: &'static str = format!("CREATE DATABASE {name} TEMPLATE {template}").leak();
        let create = Sql { name: "test", sqlite: text, postgres: text };
        let admin = Db::open(server).await.unwrap();
        // No transaction around it: PostgreSQL makes no database inside of one.
        admin.reader().all::<(i64,)>(&create, vec![]).await.unwrap();
        admin.close().await;
        let (base, rest) = server.rsplit_once('/').unwrap();
        let options = rest.split_once('?').map(|(_, options)| format!("?{options}")).unwrap_or_default();
        let db = Db::open(&format!("{base}/{name}{options}")).await.unwrap();
        (db, name)
    }
}

/// Signing in from a usual place.
pub fn sign_in<'a>(email: &'a str, password: &'a str) -> SignIn<'a> {
    SignIn { email, password, address: [192, 0, 2, 1].into(), agent: "Test browser", device: None }
}

/// Answering the question for a code from there.
pub fn second_step<'a>(token: &'a str, typed: &'a str) -> factor::Answer<'a> {
    factor::Answer { token, typed, address: [192, 0, 2, 1].into(), agent: "Test browser", device: None }
}

/// The catalogue as shipped, read once.
pub fn catalogue() -> Arc<domain::substance::Catalogue> {
    static SHIPPED: OnceLock<Arc<domain::substance::Catalogue>> = OnceLock::new();
    Arc::clone(SHIPPED.get_or_init(|| Arc::new(domain::substance::Catalogue::load().unwrap())))
}
