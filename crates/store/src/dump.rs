//! Every row of every table in a form that both engines write and read: what backups are made of, and how an
//! installation moves from SQLite to PostgreSQL.
//!
//! Tables and columns are found in the database's own catalogue, so that a new table is in the next backup without a line
//! here. A dump is one snapshot: it is read in one transaction while the portal works on. A value is a JSON number, text,
//! `null`, or `{"hex": "…"}` for identities and hashes; a truth value is 0 or 1.

use std::collections::BTreeMap;

use domain::encoding::{from_hex, hex};
use futures::TryStreamExt as _;
use serde_json::{Value, json};
use sqlx::{
    AssertSqlSafe, Column as _, Postgres, Row as _, Sqlite, TypeInfo as _, ValueRef as _,
    postgres::{PgArguments, PgRow},
    sqlite::{SqliteArguments, SqliteRow},
};
use uuid::Uuid;

use crate::engine::{Db, Result, StoreError, Tx};

/// Tables whose rows are computed from others or last for hours: made anew where a dump is read.
const DERIVED: &[&str] = &[
    "advice_fact",
    "presence",
    "report_fact",
    "report_text",
    "report_undo",
    "report_words",
    "search_question",
    "search_word",
];

/// A table and its columns, in the order of its rows' values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns.
    pub columns: Vec<String>,
}

/// Begins a transaction that sees the database as it stands now, whatever happens meanwhile.
///
/// # Errors
/// If no connection is free in time.
pub async fn snapshot(db: &Db) -> Result<Tx> {
    Ok(match db {
        Db::Sqlite { read, .. } => {
            let mut tx = read.begin().await?;
            // The snapshot of a transaction begins with its first reading.
            sqlx::query("SELECT count(*) FROM sqlite_master").execute(&mut *tx).await?;
            Tx::Sqlite(tx)
        }
        Db::Postgres(pool) => {
            let mut tx = pool.begin().await?;
            sqlx::query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY").execute(&mut *tx).await?;
            Tx::Postgres(tx)
        }
    })
}

/// The tables that hold what people entered, by name; not the engine's own, and not what is computed from others.
///
/// # Errors
/// If the database does not answer.
pub async fn tables(tx: &mut Tx) -> Result<Vec<Table>> {
    let columns: Vec<(String, String)> = match tx {
        Tx::Sqlite(tx) => {
            let sql =
                "SELECT m.name, c.name FROM sqlite_master m, pragma_table_list(m.name) t, pragma_table_info(m.name) c
                       WHERE m.type = 'table' AND t.type = 'table' AND t.schema = 'main' AND m.name NOT LIKE 'sqlite_%'
                       ORDER BY m.name, c.cid";
            sqlx::query_as(sql).fetch_all(&mut **tx).await?
        }
        Tx::Postgres(tx) => {
            let sql = "SELECT c.table_name::text, c.column_name::text FROM information_schema.columns c
                       JOIN information_schema.tables t USING (table_schema, table_name)
                       WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER'
                       ORDER BY c.table_name, c.ordinal_position";
            sqlx::query_as(sql).fetch_all(&mut **tx).await?
        }
    };
    let mut found = BTreeMap::<String, Vec<String>>::new();
    let is_kept = |table: &str| table != "_sqlx_migrations" && !DERIVED.contains(&table);
    for (table, column) in columns.into_iter().filter(|(table, _)| is_kept(table)) {
        found.entry(table).or_default().push(column);
    }
    Ok(found.into_iter().map(|(name, columns)| Table { name, columns }).collect())
}

/// Reads a table row by row and hands each over as the list of its values.
///
/// # Errors
/// If the database does not answer, a value has a type that no table of ours uses, or `take` fails.
pub async fn read<E: From<StoreError>>(
    tx: &mut Tx,
    table: &Table,
    mut take: impl FnMut(Vec<Value>) -> std::result::Result<(), E>,
) -> std::result::Result<(), E> {
    let sql = format!("SELECT {} FROM {}", quoted(&table.columns), quote(&table.name));
    let database = |error: sqlx::Error| E::from(StoreError::from(error));
    match tx {
        Tx::Sqlite(tx) => {
            let mut rows = sqlx::query(AssertSqlSafe(sql)).fetch(&mut **tx);
            while let Some(row) = rows.try_next().await.map_err(database)? {
                take(values(&row, sqlite_value)?)?;
            }
        }
        Tx::Postgres(tx) => {
            let mut rows = sqlx::query(AssertSqlSafe(sql)).fetch(&mut **tx);
            while let Some(row) = rows.try_next().await.map_err(database)? {
                take(values(&row, postgres_value)?)?;
            }
        }
    }
    Ok(())
}

fn values<R: sqlx::Row>(row: &R, read: fn(&R, usize) -> Result<Value>) -> Result<Vec<Value>> {
    (0..row.columns().len()).map(|at| read(row, at)).collect()
}

fn sqlite_value(row: &SqliteRow, at: usize) -> Result<Value> {
    let raw = row.try_get_raw(at)?;
    if raw.is_null() {
        return Ok(Value::Null);
    }
    match raw.type_info().name() {
        "INTEGER" => Ok(json!(row.try_get_unchecked::<i64, _>(at)?)),
        "TEXT" => Ok(json!(row.try_get_unchecked::<String, _>(at)?)),
        "BLOB" => Ok(binary(&row.try_get_unchecked::<Vec<u8>, _>(at)?)),
        other => Err(strange(row.column(at).name(), other)),
    }
}

fn postgres_value(row: &PgRow, at: usize) -> Result<Value> {
    let raw = row.try_get_raw(at)?;
    if raw.is_null() {
        return Ok(Value::Null);
    }
    match raw.type_info().name() {
        "INT8" => Ok(json!(row.try_get::<i64, _>(at)?)),
        "BOOL" => Ok(json!(i64::from(row.try_get::<bool, _>(at)?))),
        "TEXT" => Ok(json!(row.try_get::<String, _>(at)?)),
        "BYTEA" => Ok(binary(&row.try_get::<Vec<u8>, _>(at)?)),
        "UUID" => Ok(binary(row.try_get::<Uuid, _>(at)?.as_bytes())),
        other => Err(strange(row.column(at).name(), other)),
    }
}

fn binary(bytes: &[u8]) -> Value {
    json!({ "hex": hex(bytes) })
}

fn strange(column: &str, kind: &str) -> StoreError {
    StoreError::Corrupt(format!("column {column} is of the type {kind}, which no backup can hold"))
}

/// Rows on their way into an empty database of either engine. References between tables are checked at the end, so the
/// order of tables and rows is free.
#[derive(Debug)]
pub struct Filling {
    tx: Tx,
    /// The tables, and on PostgreSQL the type of each of their columns.
    tables: BTreeMap<String, BTreeMap<String, String>>,
    /// Constraints that are checked late while this lasts.
    late: Vec<(String, String)>,
}

/// How rows are written into a table: worked out once for all of them.
#[derive(Debug)]
pub struct Insert {
    table: String,
    sql: String,
    /// Type of each column on PostgreSQL.
    kinds: Vec<String>,
}

impl Filling {
    /// Begins to fill a database that has its tables and no rows.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if any table has rows.
    pub async fn begin(db: &Db) -> Result<Self> {
        let mut tx = db.begin().await?;
        let mut known = BTreeMap::new();
        for table in tables(&mut tx).await? {
            if has_rows(&mut tx, &table).await? {
                return Err(StoreError::Conflict(format!("the table {} holds rows", table.name)));
            }
            let columns: BTreeMap<String, String> =
                table.columns.into_iter().map(|name| (name, String::new())).collect();
            known.insert(table.name, columns);
        }
        let mut late: Vec<(String, String)> = Vec::new();
        match &mut tx {
            Tx::Sqlite(tx) => {
                sqlx::query("PRAGMA defer_foreign_keys = ON").execute(&mut **tx).await?;
            }
            Tx::Postgres(tx) => {
                let found: Vec<(String, String, String)> = sqlx::query_as(
                    "SELECT table_name::text, column_name::text, udt_name::text FROM information_schema.columns
                     WHERE table_schema = current_schema()",
                )
                .fetch_all(&mut **tx)
                .await?;
                for (table, column, kind) in found {
                    if let Some(own) = known.get_mut(&table).and_then(|columns| columns.get_mut(&column)) {
                        *own = kind;
                    }
                }
                late = sqlx::query_as(
                    "SELECT conrelid::regclass::text, conname::text FROM pg_constraint
                     WHERE contype = 'f' AND connamespace = current_schema()::regnamespace",
                )
                .fetch_all(&mut **tx)
                .await?;
                for (table, name) in &late {
                    let sql =
                        format!("ALTER TABLE {table} ALTER CONSTRAINT {} DEFERRABLE INITIALLY DEFERRED", quote(name));
                    sqlx::query(AssertSqlSafe(sql)).execute(&mut **tx).await?;
                }
            }
        }
        Ok(Self { tx, tables: known, late })
    }

    /// How rows with these columns are written into a table.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] if there is no such table, or not with these columns.
    pub fn insert_into(&self, table: &Table) -> Result<Insert> {
        let known = self.tables.get(&table.name);
        let kinds = known.and_then(|known| table.columns.iter().map(|column| known.get(column).cloned()).collect());
        let none = || StoreError::Corrupt(format!("there is no table {} with these columns", table.name));
        let marks: Vec<String> = (1..=table.columns.len()).map(|n| format!("${n}")).collect();
        let (name, columns) = (quote(&table.name), quoted(&table.columns));
        let sql = format!("INSERT INTO {name} ({columns}) VALUES ({})", marks.join(", "));
        Ok(Insert { table: table.name.clone(), sql, kinds: kinds.ok_or_else(none)? })
    }

    /// Writes one row.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] if the values do not fit the columns.
    pub async fn write(&mut self, insert: &Insert, row: Vec<Value>) -> Result<()> {
        if row.len() != insert.kinds.len() {
            return Err(StoreError::Corrupt(format!("a row of {} has {} values", insert.table, row.len())));
        }
        // The text is ours, with names that the database itself gave.
        let sql = AssertSqlSafe(insert.sql.as_str());
        match &mut self.tx {
            Tx::Sqlite(tx) => {
                let mut bound = SqliteArguments::default();
                for value in row {
                    bind_sqlite(&mut bound, value)?;
                }
                sqlx::query_with::<Sqlite, _>(sql, bound).execute(&mut **tx).await?;
            }
            Tx::Postgres(tx) => {
                let mut bound = PgArguments::default();
                for (kind, value) in insert.kinds.iter().zip(row) {
                    bind_postgres(&mut bound, kind, value)?;
                }
                sqlx::query_with::<Postgres, _>(sql, bound).execute(&mut **tx).await?;
            }
        }
        Ok(())
    }

    /// Checks all references and makes the rows durable.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if a row points to one that is not there; then nothing was kept.
    pub async fn finish(mut self) -> Result<()> {
        if let Tx::Postgres(tx) = &mut self.tx {
            sqlx::query("SET CONSTRAINTS ALL IMMEDIATE").execute(&mut **tx).await?;
            for (table, name) in &self.late {
                let sql = format!("ALTER TABLE {table} ALTER CONSTRAINT {} NOT DEFERRABLE", quote(name));
                sqlx::query(AssertSqlSafe(sql)).execute(&mut **tx).await?;
            }
        }
        self.tx.commit().await
    }
}

async fn has_rows(tx: &mut Tx, table: &Table) -> Result<bool> {
    let sql = format!("SELECT EXISTS (SELECT 1 FROM {})", quote(&table.name));
    Ok(match tx {
        Tx::Sqlite(tx) => sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut **tx).await?,
        Tx::Postgres(tx) => sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut **tx).await?,
    })
}

fn bind_sqlite(bound: &mut SqliteArguments, value: Value) -> Result<()> {
    use sqlx::Arguments as _;
    let done = match read_value(value)? {
        Plain::Null => bound.add(None::<i64>),
        Plain::Int(number) => bound.add(number),
        Plain::Text(text) => bound.add(text),
        Plain::Bytes(bytes) => bound.add(bytes),
    };
    done.map_err(|error| sqlx::Error::Encode(error).into())
}

fn bind_postgres(bound: &mut PgArguments, kind: &str, value: Value) -> Result<()> {
    use sqlx::Arguments as _;
    let done = match (kind, read_value(value)?) {
        ("int8", Plain::Null) => bound.add(None::<i64>),
        ("int8", Plain::Int(number)) => bound.add(number),
        ("bool", Plain::Null) => bound.add(None::<bool>),
        ("bool", Plain::Int(number)) => bound.add(number != 0),
        ("text", Plain::Null) => bound.add(None::<String>),
        ("text", Plain::Text(text)) => bound.add(text),
        ("bytea", Plain::Null) => bound.add(None::<Vec<u8>>),
        ("bytea", Plain::Bytes(bytes)) => bound.add(bytes),
        ("uuid", Plain::Null) => bound.add(None::<Uuid>),
        ("uuid", Plain::Bytes(bytes)) => {
            bound.add(Uuid::from_slice(&bytes).map_err(|error| StoreError::Corrupt(error.to_string()))?)
        }
        (kind, value) => {
            return Err(StoreError::Corrupt(format!("{value:?} does not fit a column of the type {kind}")));
        }
    };
    done.map_err(|error| sqlx::Error::Encode(error).into())
}

#[derive(Debug)]
enum Plain {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

fn read_value(value: Value) -> Result<Plain> {
    let wrong = || StoreError::Corrupt("a value of a backup is neither number, text, bytes nor nothing".to_owned());
    Ok(match value {
        Value::Null => Plain::Null,
        Value::Number(number) => Plain::Int(number.as_i64().ok_or_else(wrong)?),
        Value::String(text) => Plain::Text(text),
        Value::Object(map) => {
            Plain::Bytes(map.get("hex").and_then(Value::as_str).and_then(from_hex).ok_or_else(wrong)?)
        }
        Value::Bool(_) | Value::Array(_) => return Err(wrong()),
    })
}

/// Names come from the database's own catalogue; quoted, none of them can be anything else.
fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn quoted(names: &[String]) -> String {
    names.iter().map(|name| quote(name)).collect::<Vec<_>>().join(", ")
}
