//! A context for tests: a real database, a folder that goes away with it, and a clock that stands still.
//!
//! The database is a SQLite file in that folder. Where `TEST_SERVICES_POSTGRES_URL` names a server, each test gets a
//! database of its own there instead, and the whole suite shows that the other engine keeps the same promises.

use std::{
    ops::Deref,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use domain::{access::Principal, time::Timestamp};
use store::{Db, Read as _, Sql, migrations};
use tempfile::TempDir;

use crate::{
    Clock, Config, Context,
    account::{self, Entered, SignIn, SignedIn},
    demo, factor, session,
};

/// 23 November 2026, 14:00 UTC.
pub const NOW: Timestamp = Timestamp(1_795_442_400 * Timestamp::SECOND);

/// A context and the folder it lives in.
pub struct World {
    /// The context; also by dereference.
    pub ctx: Context,
    _folder: TempDir,
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
        let world = Self::unmigrated().await;
        migrations::migrate(&world.db, None).await.unwrap();
        world
    }

    /// The same before its database has tables.
    pub async fn unmigrated() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let db = match std::env::var("TEST_SERVICES_POSTGRES_URL") {
            Ok(server) => postgres(&server).await,
            Err(_) => Db::open(&format!("sqlite:{}", folder.path().join("test.db").display())).await.unwrap(),
        };
        let config = Config {
            base_url: "https://forerunner.example".into(),
            data_dir: folder.path().to_owned(),
            pepper: [7; 32],
            demo: false,
        };
        let ctx = Context::new(db, Clock::standing_at(NOW), config, catalogue());
        Self { ctx, _folder: folder }
    }

    /// An installation with the demo's organisations and people.
    pub async fn with_people() -> Self {
        let world = Self::empty().await;
        demo::seed_people(&world).await.unwrap();
        world
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

/// A new database on a PostgreSQL server that is thrown away after the tests.
async fn postgres(server: &str) -> Db {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("services_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let text: &'static str = format!("CREATE DATABASE {name}").leak();
    let create = Sql { name: "test", sqlite: text, postgres: text };
    let admin = Db::open(server).await.unwrap();
    // No transaction around it: PostgreSQL makes no database inside of one.
    admin.reader().all::<(i64,)>(&create, vec![]).await.unwrap();
    admin.close().await;
    let (base, rest) = server.rsplit_once('/').unwrap();
    let options = rest.split_once('?').map(|(_, options)| format!("?{options}")).unwrap_or_default();
    Db::open(&format!("{base}/{name}{options}")).await.unwrap()
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
