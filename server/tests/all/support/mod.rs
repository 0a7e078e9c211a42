//! What the tests share: an installation full of people and objects ([`site`], [`cast`]), asking it ([`http`]), reading
//! its pages ([`html`]), what a file says ([`unpacked`]), and
//! what stands in the addresses of the route table ([`samples`]).

pub mod canary;
pub mod cast;
pub mod html;
pub mod http;
pub mod samples;
pub mod site;
pub mod unpacked;
