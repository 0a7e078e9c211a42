//! Name screening: is this person, organisation, vessel or address on a list of people to whom nothing may be sold?
//!
//! A list is read by [`list`] from the format in which it is published into [`entry::Entry`] records. Names are taken
//! apart and compared by [`name`]. The crate is pure: no clock, no network, no database; it can be used alone.
//!
//! To add a format, put a reader beside its kind in `list/`, with a good and a broken sample in `tests/lists/`.

pub mod entry;
pub mod list;
mod script;
mod sound;
mod tables;
mod text;
mod typing;
mod words;
mod alike;
mod keys;
pub mod compare;
pub mod evidence;
pub mod index;
