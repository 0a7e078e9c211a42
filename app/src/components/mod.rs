//! The parts pages are made of: small Leptos components, rendered once on the server.
//!
//! Rules:
//! - A component takes data already loaded and texts already chosen; it never fetches and never decides.
//! - Wording that belongs to the part itself ("Change", "There is a problem") comes from [`words`], in the language the
//!   page was rendered in; everything else is a parameter.
//! - No `style` attribute anywhere (the content security policy forbids it): widths of bars are SVG attributes, looks are
//!   classes. The map at the head of `style/main.css` says where each family is styled.
//! - Each part reads well with the style sheet off, works without scripts, and says in words what it says in colour.
//! - User data stands in `<bdi>` where a foreign script could turn the line around.
//!
//! Pages say `use crate::components::*;`. An optional text is a [`MaybeText`] (give a `&str`, a `String` or an `Option`),
//! an optional piece of page is a [`Part`] (give `view! { … }.into_any()`).

mod banner;
mod button;
mod changes;
mod chart;
mod deadline;
mod desk;
mod details;
mod dialog;
mod errors;
mod fields;
mod files;
mod filters;
mod icon;
mod internal;
mod keys;
mod label;
mod lists;
mod litmus;
mod offer;
mod owners;
mod page;
mod print;
mod prose;
mod question;
mod shell;
mod start;
mod stats;
mod status;
mod summary;
mod table;
mod tasks;
mod text;
mod thread;
mod timeline;
mod words;

#[cfg(test)]
mod gallery;

pub use banner::*;
pub use button::*;
pub use changes::*;
pub use chart::*;
pub use deadline::*;
pub use desk::*;
pub use details::*;
pub use dialog::*;
pub use errors::*;
pub use fields::*;
pub use files::*;
pub use filters::*;
pub use icon::*;
pub use internal::*;
pub use keys::*;
pub use label::*;
pub use lists::*;
pub use litmus::*;
pub use offer::*;
pub use owners::*;
pub use page::*;
pub use print::*;
pub use prose::*;
pub use question::*;
pub use shell::*;
pub use start::*;
pub use stats::*;
pub use status::*;
pub use summary::*;
pub use table::*;
pub use tasks::*;
pub use text::*;
pub use thread::*;
pub use timeline::*;
