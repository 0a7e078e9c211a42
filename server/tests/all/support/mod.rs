//! What the tests share: an installation full of people and objects ([`site`], [`cast`]), asking it ([`http`]), reading
//! its pages ([`html`]), what a file says ([`unpacked`]),
//! what stands in the addresses of the route table ([`samples`]) and who walks it ([`walk`]), and what holds of every
//! answer ([`watch`]).

pub mod associations;
pub mod canary;
pub mod cast;
pub mod html;
pub mod http;
pub mod samples;
pub mod site;
pub mod unpacked;
pub mod walk;
pub mod watch;
