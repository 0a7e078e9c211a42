//! Name screening: is this person, organisation, vessel or address on a list of people to whom nothing may be sold?
//!
//! A list is read by [`list`] from the format in which it is published into [`entry::Entry`] records. An [`index::Index`]
//! over them finds those whose names may be the one that is asked for, in any script, spelling and order, and says with
//! [`compare`] why. What else is known (births, countries, numbers, addresses) speaks for or against it ([`evidence`]).
//!
//! The crate knows no clock, no network and no database, and can be used alone:
//!
//! ```
//! use screening::{entry::{Entry, Kind, Name}, evidence::Asked, index::Index};
//!
//! let listed = Entry {
//!     id: "7".into(),
//!     kind: Kind::Person,
//!     names: vec![Name { text: "Мухаммад Каримов".into(), ..Name::default() }],
//!     ..Entry::default()
//! };
//! let index = Index::new([&listed]);
//! let asked = Asked { kind: Kind::Person, names: vec!["Karimow, Mohamed".into()], ..Asked::default() };
//! let hits = index.find(&asked, screening::THRESHOLD);
//! assert_eq!(hits[0].id, "7");
//! ```
//!
//! Words pass through these rooms: `text` takes out what nobody sees, `script` writes every script in Latin letters,
//! `words` takes a name apart and weighs what each word says with the `tables` of `data/names/`, `alike` compares two
//! words by sight (`typing`) and by ear (`sound`), [`compare`] two names, `keys` lead the index to what may be alike.
//!
//! To add a format, put a reader beside its kind in `list/`, with a good and a broken sample in `tests/lists/`. To teach
//! it a name or a word, add it to a table in `data/names/`. To change how names are compared, measure before and after:
//! `cargo run --release -p screening --example quality -- crates/screening/tests/quality/tried.tsv`.

pub mod compare;
pub mod entry;
pub mod evidence;
pub mod explain;
pub mod files;
pub mod index;
pub mod lines;
pub mod list;

mod address;
mod alike;
mod keys;
mod script;
mod sound;
mod tables;
mod text;
mod typing;
mod words;

pub use text::Notice;

/// The score from which a likeness is worth a look: chosen from the table that the example `quality` prints.
pub const THRESHOLD: f32 = 0.7;

/// The version of the engine: part of every decision, so that it can be told by what rules a score came about. It changes
/// with every change of what names score.
pub const VERSION: &str = "3";
