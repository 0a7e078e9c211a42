//! Evidence: files that belong to a report. Which kinds are taken, and whether a file is what its name says.
//!
//! A file is judged by its last ending **and** by its content: both must say the same kind. What is looked at is its
//! beginning and its end ([`Sample`]), and for texts every byte ([`is_text`]), so that a file never has to lie in memory
//! as a whole. Nothing is unpacked and no picture is drawn: the checks read headers, with limits of their own, and any
//! bytes give an answer. They say what a file is, not that it is harmless.

mod image;
mod name;
mod office;
mod zip;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

pub use name::{content_disposition, shown_name};
pub use zip::MAX_DIRECTORY;

use serde::{Deserialize, Serialize};

use crate::organisation::coded;

/// The largest file, in bytes.
pub const MAX_FILE: u64 = 20 * 1024 * 1024;
/// The most that the files of one report hold together, in bytes.
pub const MAX_REPORT: u64 = 100 * 1024 * 1024;
/// The most files of one report.
pub const MAX_FILES: usize = 100;
/// How much of a file's beginning the checks look at.
pub const HEAD: usize = 1024 * 1024;
/// How much of its end.
pub const TAIL: usize = MAX_DIRECTORY + 64 * 1024 + 22;

coded! {
    /// What a file may be.
    Kind {
        /// Portable document.
        Pdf = "pdf", "PDF document";
        /// Picture without loss.
        Png = "png", "PNG picture";
        /// Photograph.
        Jpeg = "jpeg", "JPEG picture";
        /// Plain text.
        Text = "txt", "Text";
        /// A mail as mail programs save it.
        Mail = "eml", "E-mail";
        /// Table as text.
        Csv = "csv", "CSV table";
        /// Table.
        Xlsx = "xlsx", "Excel table";
        /// Document.
        Docx = "docx", "Word document";
    }
}

impl Kind {
    /// The kind that the last ending of a name stands for.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        Some(match ending.to_ascii_lowercase().as_str() {
            "pdf" => Self::Pdf,
            "png" => Self::Png,
            "jpg" | "jpeg" => Self::Jpeg,
            "txt" => Self::Text,
            "eml" => Self::Mail,
            "csv" => Self::Csv,
            "xlsx" => Self::Xlsx,
            "docx" => Self::Docx,
            _ => return None,
        })
    }

    /// The media type under which a file of the kind is handed out.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Text => "text/plain; charset=utf-8",
            Self::Mail => "message/rfc822",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }

    /// Whether every byte of the file is looked at as text.
    #[must_use]
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Mail | Self::Csv)
    }
}

coded! {
    /// What somebody did with a file: the lines of its custody log.
    Deed {
        /// Put it there.
        Added = "added", "Added";
        /// Took it out of the draft again.
        Removed = "removed", "Removed";
        /// Sent the report to which it belongs.
        HandedOver = "handed_over", "Handed over to the authority";
        /// Looked at it.
        Opened = "opened", "Opened";
    }
}

/// What a form's file field offers: the endings that are taken.
pub const ACCEPT: &str = ".pdf,.png,.jpg,.jpeg,.txt,.eml,.csv,.xlsx,.docx";

/// Why a file is not taken, in words that name what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// No byte.
    #[error("the file is empty")]
    Empty,
    /// More than [`MAX_FILE`].
    #[error("the file is larger than 20 MB; split it or save it smaller")]
    TooLarge,
    /// The ending is none of those taken.
    #[error("files of this kind are not taken; save it as PDF, PNG, JPG, TXT, EML, CSV, XLSX or DOCX")]
    Kind,
    /// The content is something else than the ending says.
    #[error("the content is not what the name’s ending says; save it again in the program that made it")]
    Content,
    /// A picture with more than 100 million points.
    #[error("the picture has more than 100 million points; save it smaller")]
    Pixels,
    /// A text kind with bytes that no text has.
    #[error("the file holds bytes that no text has; save it again as plain text")]
    NotText,
    /// A web page or drawing under the name of a text.
    #[error("web pages and drawings are not taken, under no name; save it as PDF")]
    Markup,
    /// A document that is not put together as documents are.
    #[error("the document is damaged or unusually built; save it again in the program that made it")]
    Damaged,
    /// A document that would unpack to far more than it is.
    #[error("the document would unpack to far more than any document holds; it is not taken")]
    Bomb,
    /// A document with files in it that may hold anything.
    #[error("the document holds other files inside; save those on their own and take them out of it")]
    Nested,
    /// A document with a program in it.
    #[error("the document holds macros; save it without them")]
    Macros,
}

/// Beginning and end of a file. Both are the whole file where it is short.
#[derive(Clone, Copy, Debug)]
pub struct Sample<'a> {
    /// Size of the whole file.
    pub size: u64,
    /// At most the first [`HEAD`] bytes.
    pub head: &'a [u8],
    /// At most the last [`TAIL`] bytes.
    pub tail: &'a [u8],
}

/// Whether a file is of its kind. The bytes of texts go through [`is_text`] beside this.
///
/// # Errors
/// [`Unfit`], with what to do.
pub fn check(kind: Kind, sample: Sample<'_>) -> Result<(), Unfit> {
    match sample.size {
        0 => return Err(Unfit::Empty),
        size if size > MAX_FILE => return Err(Unfit::TooLarge),
        _ => {}
    }
    match kind {
        Kind::Pdf => pdf(sample.head),
        Kind::Png => image::png(sample.head),
        Kind::Jpeg => image::jpeg(sample.head),
        Kind::Text | Kind::Csv => text(sample.head),
        Kind::Mail => mail(sample.head),
        Kind::Xlsx | Kind::Docx => office::check(kind, sample),
    }
}

fn pdf(head: &[u8]) -> Result<(), Unfit> {
    let is_pdf = head.starts_with(b"%PDF-1.") || head.starts_with(b"%PDF-2.");
    if is_pdf { Ok(()) } else { Err(Unfit::Content) }
}

/// Whether bytes can be a part of a text: no control character but tab, line ends and form feed. UTF-8 is text, and so
/// is what older programs write with one byte a letter.
#[must_use]
pub fn is_text(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c) || (*byte >= 0x20 && *byte != 0x7f))
}

/// What a text must not begin with: a browser or a viewer would take it for something else.
const NOT_A_TEXT: &[&str] = &["<!doctype", "<html", "<svg", "<script", "<?xml", "<head", "<body", "<iframe", "<!--"];

fn text(head: &[u8]) -> Result<(), Unfit> {
    if !is_text(head) {
        return Err(Unfit::NotText);
    }
    if head.starts_with(b"%PDF-") || head.starts_with(b"{\\rtf") {
        return Err(Unfit::Content);
    }
    let start = start(head);
    let begins = |word: &str| start.get(..word.len()).is_some_and(|own| own.eq_ignore_ascii_case(word.as_bytes()));
    if NOT_A_TEXT.iter().any(|word| begins(word)) { Err(Unfit::Markup) } else { Ok(()) }
}

/// A text from its first visible byte.
fn start(head: &[u8]) -> &[u8] {
    head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start()
}

/// A mail begins with a header: a name of visible letters and a colon.
fn mail(head: &[u8]) -> Result<(), Unfit> {
    text(head)?;
    let first = start(head).split(|byte| *byte == b'\n').next().unwrap_or_default();
    let name = first.split(|byte| *byte == b':').next().unwrap_or_default();
    let is_header = name.len() < first.len() && (1..=76).contains(&name.len()) && name.iter().all(u8::is_ascii_graphic);
    if is_header || first.starts_with(b"From ") { Ok(()) } else { Err(Unfit::Content) }
}
