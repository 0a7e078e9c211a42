//! Every SQL statement of Forerunner, for both engines: SQLite (embedded, the default) and PostgreSQL.
//!
//! The store never decides: it reads and writes rows. Rules live in `domain`, permission and order of acts in `services`.
//!
//! To add a capability: a numbered migration in `migrations/sqlite` **and** `migrations/postgres`, a module here with a
//! `statements!` block (statements written with `$1` placeholders serve both engines; where the dialects part, say both),
//! row structs that derive `sqlx::FromRow`, functions that take `&mut impl Read` or `&mut Tx`, and one line in
//! [`registry`]. The tests prepare every registered statement on both engines.

pub mod dump;
pub mod echo;
pub mod engine;
pub mod migrations;
pub mod registry;

pub mod advice;
pub mod association;
pub mod audit;
pub mod break_glass;
pub mod browser;
pub mod concern;
pub mod customer;
pub mod declaration;
pub mod draft;
pub mod duty;
pub mod evidence;
pub mod fact;
pub mod factor;
pub mod feed;
pub mod figures;
pub mod handover;
pub mod label;
pub mod learning;
pub mod leaver;
pub mod licence;
pub mod live;
pub mod log;
pub mod look;
pub mod macros;
pub mod notice;
pub mod notify;
pub mod org;
pub mod outbox;
pub mod person;
pub mod public;
pub mod reader;
pub mod receipt;
pub mod refdata;
pub mod report;
pub mod rescue;
pub mod saved;
pub mod screening;
pub mod search;
pub mod session;
pub mod setting;
pub mod stash;
pub mod statistic;
pub mod system;
pub mod thread;
pub mod throttle;
pub mod token;
pub mod undo;
pub mod watchlist;

pub use engine::{Arg, Db, Read, Reader, Sql, StoreError, Tx};
