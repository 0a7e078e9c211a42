//! What every use case needs from outside: the database, the time, randomness, the catalogue, the settings.
//!
//! Time and randomness are injected so that a test moves the clock instead of sleeping and repeats what it saw.

use std::{
    fmt,
    path::PathBuf,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicI64, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

use domain::{calendar::Calendars, encoding::hex, library::Library, substance::Catalogue, time::Timestamp};
use store::Db;
use tokio::sync::Notify;
use uuid::Uuid;

use crate::{
    concern::Gate, desk::Lately, jobs::Jobs, licence::Registers, live::Hub, password::Hasher, refdata::RefData,
    watchlist::Lists,
};

/// Where the time comes from.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that only moves when told: for tests.
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// A clock standing at `at`.
    #[must_use]
    pub fn standing_at(at: Timestamp) -> Self {
        Self::Set(Arc::new(AtomicI64::new(at.0)))
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                Timestamp(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
            }
            Self::Set(at) => Timestamp(at.load(Ordering::SeqCst)),
        }
    }

    /// Moves a set clock on by `micros`; the machine's clock is nobody's to move.
    pub fn advance(&self, micros: i64) {
        if let Self::Set(at) = self {
            at.fetch_add(micros, Ordering::SeqCst);
        }
    }
}

/// `N` random bytes from the operating system, in hexadecimal.
#[must_use]
pub fn random_hex<const N: usize>() -> String {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system has randomness");
    hex(&bytes)
}

/// Name of the field in which a form says whose it is: [`fingerprint`].
pub const WHO: &str = "_who";

/// A word that is the same for one person everywhere and says nothing about them: it marks forms that only the person
/// who opened them may send.
#[must_use]
pub fn fingerprint(person: domain::ids::UserId) -> String {
    use sha2::Digest as _;
    let digest = sha2::Sha256::new().chain_update("form of ").chain_update(person.0.as_bytes()).finalize();
    hex(&digest[..8])
}

/// Settings that use cases depend on; the server reads them from flags and environment.
#[derive(Clone)]
pub struct Config {
    /// Public base address for links in mails, without a trailing slash. Never taken from a request.
    pub base_url: String,
    /// Where keys, mails (file transport) and the SQLite database live.
    pub data_dir: PathBuf,
    /// Secret mixed into password hashes, kept outside the database.
    pub pepper: [u8; 32],
    /// Whether this installation holds demo data.
    pub demo: bool,
}

impl fmt::Debug for Config {
    /// Without the secret: what is debugged ends in logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("base_url", &self.base_url)
            .field("data_dir", &self.data_dir)
            .field("demo", &self.demo)
            .finish_non_exhaustive()
    }
}

/// Everything a use case needs. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Context {
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// The settings.
    pub config: Arc<Config>,
    /// The substances, as shipped.
    pub(crate) shipped: Arc<Catalogue>,
    /// The reference data that people have put in force.
    pub refdata: Arc<RefData>,
    /// Hashes passwords, never too many at once.
    pub(crate) hasher: Arc<Hasher>,
    /// Rung when a mail was queued, so that the worker does not wait for its next look.
    pub(crate) mail_queued: Arc<Notify>,
    /// The watch lists in force, as they are searched.
    pub(crate) lists: Arc<Lists>,
    /// The registers of licences, as they are searched.
    pub(crate) registers: Arc<Registers>,
    /// Where those who watch a desk are told what changes.
    pub(crate) live: Arc<Hub>,
    /// Where the worker takes mails, once it runs, and whether they become files there: for the administrator.
    pub(crate) mail_route: Arc<OnceLock<(String, bool)>>,
    /// What the worker did last: for the administrator.
    pub(crate) jobs: Jobs,
    /// What was counted last at desks where many reports wait.
    pub(crate) lately: Arc<Lately>,
    /// What is let through from senders of anonymous concerns.
    pub(crate) gate: Arc<Gate>,
    /// When this process began.
    pub(crate) started: Timestamp,
}

impl Context {
    /// Puts the parts together.
    #[must_use]
    pub fn new(db: Db, clock: Clock, config: Config, catalogue: Arc<Catalogue>) -> Self {
        let hasher = Arc::new(Hasher::new(&config.pepper));
        Self {
            started: clock.now(),
            db,
            clock,
            config: Arc::new(config),
            shipped: catalogue,
            refdata: Arc::default(),
            hasher,
            mail_queued: Arc::default(),
            lists: Arc::default(),
            registers: Arc::default(),
            live: Arc::default(),
            mail_route: Arc::default(),
            jobs: Jobs::default(),
            lately: Arc::default(),
            gate: Arc::default(),
        }
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The substances, with the places on lists and the thresholds that are in force now.
    #[must_use]
    pub fn catalogue(&self) -> Arc<Catalogue> {
        self.refdata.catalogue(self.now()).unwrap_or_else(|| Arc::clone(&self.shipped))
    }

    /// What can be read elsewhere, as it is known now.
    #[must_use]
    pub fn library(&self) -> Arc<Library> {
        self.refdata.library(self.now())
    }

    /// The days off of countries, as they are known now.
    #[must_use]
    pub fn calendars(&self) -> Arc<Calendars> {
        self.refdata.calendars(self.now())
    }

    /// A new identity, ordered by time.
    #[must_use]
    pub fn new_id(&self) -> Uuid {
        let micros = u64::try_from(self.now().0).unwrap_or_default();
        let (seconds, nanos) = (micros / 1_000_000, (micros % 1_000_000) * 1000);
        let nanos = u32::try_from(nanos).unwrap_or_default();
        Uuid::new_v7(uuid::Timestamp::from_unix_time(seconds, nanos, 0, 0))
    }

    /// `N` random bytes from the operating system.
    #[must_use]
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        getrandom::fill(&mut bytes).expect("the operating system has randomness");
        bytes
    }
}
