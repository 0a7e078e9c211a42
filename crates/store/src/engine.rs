//! One code base, two engines: a connection is an enum, a statement is a pair of texts, an argument is a small enum.
//!
//! SQLite has one writer: every [`Tx`] begins with `BEGIN IMMEDIATE` on the single writing connection, reads go through a
//! pool of their own and see the last commit. `synchronous=FULL` is checked at start, because a reference number is shown
//! only after the disk has the report.

use std::{future::Future, path::Path, str::FromStr, time::Duration};

use futures::future::BoxFuture;
use sqlx::{
    Connection as _, FromRow, PgPool, Postgres, Row as _, Sqlite, SqliteConnection, SqlitePool, Transaction,
    pool::PoolConnectionMetadata,
    postgres::{PgArguments, PgPoolOptions, PgRow},
    sqlite::{
        SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow, SqliteSynchronous,
    },
};
use uuid::Uuid;

/// Why the store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A unique or foreign key refused the row; the name of the constraint or column, as the engine tells it.
    #[error("the row conflicts with one that is already there: {0}")]
    Conflict(String),
    /// Somebody else changed the row since it was read.
    #[error("the row was changed by somebody else in the meantime")]
    Stale,
    /// The database is unreachable, full, or refused the statement.
    #[error("the database did not answer as it should: {0}")]
    Database(#[source] sqlx::Error),
    /// The database was written by a newer version of the program, or a migration failed.
    #[error("{0}")]
    Migration(String),
    /// A stored value is not what the program wrote.
    #[error("a stored value cannot be read: {0}")]
    Corrupt(String),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error.as_database_error() {
            Some(cause) if cause.is_unique_violation() || cause.is_foreign_key_violation() => {
                Self::Conflict(cause.constraint().unwrap_or_else(|| cause.message()).to_owned())
            }
            _ => Self::Database(error),
        }
    }
}

/// Result of the store.
pub type Result<T> = std::result::Result<T, StoreError>;

/// One statement, in the text of each engine.
#[derive(Clone, Copy, Debug)]
pub struct Sql {
    /// Where it is declared, for test reports.
    pub name: &'static str,
    /// Text for SQLite.
    pub sqlite: &'static str,
    /// Text for PostgreSQL.
    pub postgres: &'static str,
}

/// Declares the statements of a module and `ALL`, their list for the [`crate::registry`].
///
/// `NAME = "…";` serves both engines, `NAME = sqlite "…", postgres "…";` says each.
#[macro_export]
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $(sqlite)? $sqlite:literal $(, postgres $postgres:literal)? ;)+) => {
        $(
            $(#[$doc])*
            const $name: $crate::Sql = $crate::Sql {
                name: concat!(module_path!(), "::", stringify!($name)),
                sqlite: $sqlite,
                postgres: $crate::statements!(@postgres $sqlite $(, $postgres)?),
            };
        )+
        /// Every statement of this module.
        pub(crate) const ALL: &[$crate::Sql] = &[$($name),+];
    };
    (@postgres $sqlite:literal) => { $sqlite };
    (@postgres $sqlite:literal, $postgres:literal) => { $postgres };
}

/// One bound value. The kinds that both engines store alike.
#[derive(Clone, Debug)]
pub enum Arg {
    /// An integer, an instant, a count.
    Int(Option<i64>),
    /// Text, or JSON as text.
    Text(Option<String>),
    /// Hashes, salts.
    Bytes(Option<Vec<u8>>),
    /// An identity.
    Id(Option<Uuid>),
    /// Yes or no.
    Bool(bool),
}

macro_rules! arg_from {
    ($($from:ty => $to:ident($convert:expr);)+) => {$(
        impl From<$from> for Arg {
            fn from(value: $from) -> Self {
                Self::$to(Some(($convert)(value)))
            }
        }
        impl From<Option<$from>> for Arg {
            fn from(value: Option<$from>) -> Self {
                Self::$to(value.map($convert))
            }
        }
    )+};
}

arg_from! {
    i64 => Int(|v| v);
    i32 => Int(i64::from);
    u32 => Int(i64::from);
    domain::time::Timestamp => Int(|v: domain::time::Timestamp| v.0);
    String => Text(|v| v);
    &str => Text(str::to_owned);
    &String => Text(String::clone);
    Vec<u8> => Bytes(|v| v);
    &[u8] => Bytes(<[u8]>::to_vec);
    [u8; 32] => Bytes(|v: [u8; 32]| v.to_vec());
    Uuid => Id(|v| v);
    domain::ids::UserId => Id(|v: domain::ids::UserId| v.0);
    domain::ids::OrgId => Id(|v: domain::ids::OrgId| v.0);
    domain::ids::ReportId => Id(|v: domain::ids::ReportId| v.0);
    domain::ids::DraftId => Id(|v: domain::ids::DraftId| v.0);
    domain::ids::EntryId => Id(|v: domain::ids::EntryId| v.0);
    domain::ids::EvidenceId => Id(|v: domain::ids::EvidenceId| v.0);
    domain::ids::LabelId => Id(|v: domain::ids::LabelId| v.0);
    domain::ids::UndoId => Id(|v: domain::ids::UndoId| v.0);
    domain::ids::MacroId => Id(|v: domain::ids::MacroId| v.0);
    domain::ids::ViewId => Id(|v: domain::ids::ViewId| v.0);
    domain::ids::CustomerId => Id(|v: domain::ids::CustomerId| v.0);
    domain::ids::DocumentId => Id(|v: domain::ids::DocumentId| v.0);
    domain::ids::DeclarationId => Id(|v: domain::ids::DeclarationId| v.0);
    domain::ids::DeclarationOrderId => Id(|v: domain::ids::DeclarationOrderId| v.0);
    domain::ids::ImportId => Id(|v: domain::ids::ImportId| v.0);
    domain::ids::DecisionId => Id(|v: domain::ids::DecisionId| v.0);
    domain::ids::CheckId => Id(|v: domain::ids::CheckId| v.0);
    domain::ids::ShareId => Id(|v: domain::ids::ShareId| v.0);
    domain::ids::HitId => Id(|v: domain::ids::HitId| v.0);
    domain::ids::LicenceId => Id(|v: domain::ids::LicenceId| v.0);
    domain::ids::LicenceRequestId => Id(|v: domain::ids::LicenceRequestId| v.0);
    domain::ids::AdviceId => Id(|v: domain::ids::AdviceId| v.0);
    domain::ids::NoticeId => Id(|v: domain::ids::NoticeId| v.0);
    domain::ids::ApprovalId => Id(|v: domain::ids::ApprovalId| v.0);
    domain::ids::NoticeFileId => Id(|v: domain::ids::NoticeFileId| v.0);
    domain::ids::AssignmentId => Id(|v: domain::ids::AssignmentId| v.0);
    domain::ids::MembershipId => Id(|v: domain::ids::MembershipId| v.0);
    domain::ids::QuestionId => Id(|v: domain::ids::QuestionId| v.0);
    domain::ids::ConsultationId => Id(|v: domain::ids::ConsultationId| v.0);
    domain::ids::EventId => Id(|v: domain::ids::EventId| v.0);
}

impl From<bool> for Arg {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

/// A list of bound values: `args![id, name, now]`.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => { vec![$($crate::Arg::from($value)),*] };
}

macro_rules! bind_all {
    ($arguments:ty, $args:expr) => {{
        use sqlx::Arguments as _;
        let mut bound = <$arguments>::default();
        for arg in $args {
            match arg {
                Arg::Int(value) => bound.add(value),
                Arg::Text(value) => bound.add(value),
                Arg::Bytes(value) => bound.add(value),
                Arg::Id(value) => bound.add(value),
                Arg::Bool(value) => bound.add(value),
            }
            .map_err(sqlx::Error::Encode)?;
        }
        bound
    }};
}

/// A row that both engines can give. Implemented by every `#[derive(sqlx::FromRow)]` struct of portable fields.
pub trait Row: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin> Row for T {}

/// What can be asked, inside a transaction or outside one.
pub trait Read: Send {
    /// The first row, if there is one.
    fn one<T: Row>(&mut self, sql: &Sql, args: Vec<Arg>) -> impl Future<Output = Result<Option<T>>> + Send;
    /// All rows. The statement bounds their number.
    fn all<T: Row>(&mut self, sql: &Sql, args: Vec<Arg>) -> impl Future<Output = Result<Vec<T>>> + Send;
    /// The first column of the first row as an integer: counts, maxima, `SELECT 1`.
    fn number(&mut self, sql: &Sql, args: Vec<Arg>) -> impl Future<Output = Result<Option<i64>>> + Send {
        async move { Ok(self.one::<(Option<i64>,)>(sql, args).await?.and_then(|(value,)| value)) }
    }
}

/// Whether a connection can be used again. Where the disk is full SQLite ends the transaction by itself, of which sqlx
/// learns nothing: it refuses every further one on this connection, so that has to make room for a new one.
fn outside_of_transactions(
    connection: &mut SqliteConnection,
    _: PoolConnectionMetadata,
) -> BoxFuture<'_, sqlx::Result<bool>> {
    Box::pin(async move { Ok(!connection.is_in_transaction()) })
}

/// The database. Cheap to clone.
#[derive(Clone, Debug)]
pub enum Db {
    /// One file, one writer.
    Sqlite {
        /// Many readers.
        read: SqlitePool,
        /// The one writer.
        write: SqlitePool,
    },
    /// A server shared by several processes.
    Postgres(PgPool),
}

/// Reads outside a transaction; each statement sees the last commit.
#[derive(Debug)]
pub struct Reader(Db);

/// A transaction. Dropped without [`Tx::commit`], it is rolled back.
#[derive(Debug)]
pub enum Tx {
    /// On the writing connection.
    Sqlite(Transaction<'static, Sqlite>),
    /// On a pooled connection.
    Postgres(Transaction<'static, Postgres>),
}

impl Db {
    /// Opens a database by address: `sqlite:PATH` or `postgres://…`. Does not migrate.
    ///
    /// # Errors
    /// If the file cannot be made, the server not be reached, or the disk guarantees not be had.
    pub async fn open(url: &str) -> Result<Self> {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let pool = PgPoolOptions::new().max_connections(12).acquire_timeout(Duration::from_secs(10));
            return Ok(Self::Postgres(pool.connect(url).await?));
        }
        let path = url.strip_prefix("sqlite:").unwrap_or(url);
        Self::open_file(Path::new(path)).await
    }

    async fn open_file(path: &Path) -> Result<Self> {
        let options = SqliteConnectOptions::from_str("sqlite://")?
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            // The usual 2 MB hold too little of an index of a million reports; it is used only as far as it is needed.
            .pragma("cache_size", "-8192")
            .busy_timeout(Duration::from_secs(10));
        let pool = |size| SqlitePoolOptions::new().max_connections(size).acquire_timeout(Duration::from_secs(30));
        let write = pool(1).before_acquire(outside_of_transactions).connect_with(options.clone()).await?;
        let synchronous: i64 = sqlx::query("PRAGMA synchronous").fetch_one(&write).await?.try_get(0)?;
        if synchronous != 2 {
            return Err(StoreError::Migration(
                "SQLite must run with synchronous=FULL so that an accepted report is on disk".into(),
            ));
        }
        let read = pool(4).connect_with(options).await?;
        Ok(Self::Sqlite { read, write })
    }

    /// Whether this is the file in the data folder rather than a server.
    #[must_use]
    pub const fn is_embedded(&self) -> bool {
        matches!(self, Self::Sqlite { .. })
    }

    /// Begins a transaction that may write.
    ///
    /// # Errors
    /// If no connection is free in time.
    pub async fn begin(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { write, .. } => Tx::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Something to read from outside a transaction.
    #[must_use]
    pub fn reader(&self) -> Reader {
        Reader(self.clone())
    }

    /// Asks the database for a sign of life.
    ///
    /// # Errors
    /// If it does not answer.
    pub async fn ping(&self) -> Result<()> {
        match self {
            Self::Sqlite { read, .. } => sqlx::query("SELECT 1").execute(read).await.map(drop)?,
            Self::Postgres(pool) => sqlx::query("SELECT 1").execute(pool).await.map(drop)?,
        }
        Ok(())
    }

    /// Closes every connection after the statements that run have ended.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

impl Reader {
    /// Whether it reads the file in the data folder rather than a server.
    #[must_use]
    pub const fn is_embedded(&self) -> bool {
        self.0.is_embedded()
    }
}

impl Read for Reader {
    async fn one<T: Row>(&mut self, sql: &Sql, args: Vec<Arg>) -> Result<Option<T>> {
        Ok(match &self.0 {
            Db::Sqlite { read, .. } => {
                let bound = bind_all!(SqliteArguments, args);
                sqlx::query_as_with::<Sqlite, T, _>(sql.sqlite, bound).fetch_optional(read).await?
            }
            Db::Postgres(pool) => {
                let bound = bind_all!(PgArguments, args);
                sqlx::query_as_with::<Postgres, T, _>(sql.postgres, bound).fetch_optional(pool).await?
            }
        })
    }

    async fn all<T: Row>(&mut self, sql: &Sql, args: Vec<Arg>) -> Result<Vec<T>> {
        Ok(match &self.0 {
            Db::Sqlite { read, .. } => {
                let bound = bind_all!(SqliteArguments, args);
                sqlx::query_as_with::<Sqlite, T, _>(sql.sqlite, bound).fetch_all(read).await?
            }
            Db::Postgres(pool) => {
                let bound = bind_all!(PgArguments, args);
                sqlx::query_as_with::<Postgres, T, _>(sql.postgres, bound).fetch_all(pool).await?
            }
        })
    }
}

impl Read for Tx {
    async fn one<T: Row>(&mut self, sql: &Sql, args: Vec<Arg>) -> Result<Option<T>> {
        Ok(match self {
            Self::Sqlite(tx) => {
                let bound = bind_all!(SqliteArguments, args);
                sqlx::query_as_with::<Sqlite, T, _>(sql.sqlite, bound).fetch_optional(&mut **tx).await?
            }
            Self::Postgres(tx) => {
                let bound = bind_all!(PgArguments, args);
                sqlx::query_as_with::<Postgres, T, _>(sql.postgres, bound).fetch_optional(&mut **tx).await?
            }
        })
    }

    async fn all<T: Row>(&mut self, sql: &Sql, args: Vec<Arg>) -> Result<Vec<T>> {
        Ok(match self {
            Self::Sqlite(tx) => {
                let bound = bind_all!(SqliteArguments, args);
                sqlx::query_as_with::<Sqlite, T, _>(sql.sqlite, bound).fetch_all(&mut **tx).await?
            }
            Self::Postgres(tx) => {
                let bound = bind_all!(PgArguments, args);
                sqlx::query_as_with::<Postgres, T, _>(sql.postgres, bound).fetch_all(&mut **tx).await?
            }
        })
    }
}

impl Tx {
    /// Runs a statement that changes rows; how many.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where a key refuses.
    pub async fn run(&mut self, sql: &Sql, args: Vec<Arg>) -> Result<u64> {
        Ok(match self {
            Self::Sqlite(tx) => {
                let bound = bind_all!(SqliteArguments, args);
                sqlx::query_with::<Sqlite, _>(sql.sqlite, bound).execute(&mut **tx).await?.rows_affected()
            }
            Self::Postgres(tx) => {
                let bound = bind_all!(PgArguments, args);
                sqlx::query_with::<Postgres, _>(sql.postgres, bound).execute(&mut **tx).await?.rows_affected()
            }
        })
    }

    /// Runs a statement that must change exactly one row: optimistic locking and updates by key.
    ///
    /// # Errors
    /// [`StoreError::Stale`] if it changed none.
    pub async fn run_one(&mut self, sql: &Sql, args: Vec<Arg>) -> Result<()> {
        match self.run(sql, args).await? {
            0 => Err(StoreError::Stale),
            _ => Ok(()),
        }
    }

    /// Makes everything since [`Db::begin`] durable.
    ///
    /// # Errors
    /// If the disk or the server refuses; then nothing was kept.
    pub async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    /// Fills what is left of the disk, as far as this connection can tell: its file may not grow.
    async fn fill_the_disk(db: &Db) -> sqlx::Error {
        let Tx::Sqlite(mut tx) = db.begin().await.unwrap() else { unreachable!("SQLite was opened") };
        let pages: i64 = sqlx::query_scalar("PRAGMA page_count").fetch_one(&mut *tx).await.unwrap();
        sqlx::raw_sql(sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {pages}"))).execute(&mut *tx).await.unwrap();
        sqlx::query("INSERT INTO paper VALUES (randomblob(1000000))").execute(&mut *tx).await.unwrap_err()
    }

    #[tokio::test]
    async fn a_full_disk_is_forgotten_once_there_is_room() {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&format!("sqlite:{}", folder.path().join("full.db").display())).await.unwrap();
        let Tx::Sqlite(mut tx) = db.begin().await.unwrap() else { unreachable!("SQLite was opened") };
        sqlx::query("CREATE TABLE paper (ink BLOB)").execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
        assert!(fill_the_disk(&db).await.to_string().contains("full"));

        let Tx::Sqlite(mut tx) = db.begin().await.unwrap() else { unreachable!("SQLite was opened") };
        sqlx::query("INSERT INTO paper VALUES (randomblob(1000000))").execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
    }
}
