//! What people see: pages, components, islands and the words on them.
//!
//! Pages are rendered on the server and work without JavaScript; islands add live parts and are the only thing that is
//! compiled to WebAssembly. A page is a row in its area's route table ([`routes`]) with a declared action, a handler that
//! loads everything through `services`, and a view. A form posts to a row of the same table, stores first and answers
//! with a redirect.
//!
//! To add a page: a handler in `pages/<area>/`, its row in that area's `routes()`, its words in `text/<area>.rs`.

pub mod islands;

#[cfg(feature = "ssr")]
pub mod components;
#[cfg(feature = "ssr")]
pub mod format;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
pub mod text;
#[cfg(feature = "ssr")]
pub mod web;
