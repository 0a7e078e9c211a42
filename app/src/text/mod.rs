//! The words of the interface, by key. A missing key does not compile.
//!
//! One file per area; in it `texts! { key: "English text", … }` makes a struct of `&'static str` and a function
//! `texts(lang)`. A text may hold `{name}` places, filled with [`fill`]. Another language is another list in the same
//! file, and the compiler asks for every key.

/// Declares the texts of an area.
#[macro_export]
macro_rules! texts {
    ($($key:ident: $english:literal,)+) => {
        /// The texts of this area, by key.
        #[derive(Debug)]
        #[expect(missing_docs, reason = "each key is explained by its text")]
        pub struct Texts { $(pub $key: &'static str,)+ }

        static ENGLISH: Texts = Texts { $($key: $english,)+ };

        /// The texts in a language.
        #[must_use]
        pub const fn texts(lang: ::domain::lang::Lang) -> &'static Texts {
            match lang {
                ::domain::lang::Lang::En => &ENGLISH,
            }
        }
    };
}

pub mod account;
pub mod advice;
pub mod ahead;
pub mod approvals;
pub mod assess;
pub mod association;
pub mod break_glass;
pub mod bulk;
pub mod changes;
pub mod common;
pub mod company;
pub mod concern;
pub mod consultations;
pub mod customers;
pub mod decision;
pub mod declarations;
pub mod declare;
pub mod desk;
pub mod duties;
pub mod duty;
pub mod errors;
pub mod evidence;
pub mod factor;
pub mod figures;
pub mod find;
pub mod go;
pub mod hits;
pub mod imports;
pub mod inbox;
pub mod inspection;
pub mod labels;
pub mod learning;
pub mod library;
pub mod licence;
pub mod log;
pub mod members;
pub mod notices;
pub mod openness;
pub mod organisations;
pub mod public;
pub mod questions;
pub mod reader;
pub mod receipt;
pub mod record;
pub mod refdata;
pub mod register;
pub mod report;
pub mod rescue;
pub mod shares;
pub mod shell;
pub mod statements;
pub mod substances;
pub mod system;
pub mod team;
pub mod undo;
pub mod views;
pub mod watchlist;

/// Puts values into the `{name}` places of a text.
#[must_use]
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled() {
        assert_eq!(fill("Due {when} ({left})", &[("when", "14:30"), ("left", "2 h")]), "Due 14:30 (2 h)");
        assert_eq!(fill("plain", &[("when", "x")]), "plain");
    }
}
