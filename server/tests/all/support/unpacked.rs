//! What a file that was handed out says: tests look for words in it as they do in a page.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

/// The text of an answer: as it is, or what stands in the parts of a workbook. None if it cannot be read.
pub fn text(media_type: &str, bytes: &[u8]) -> Option<String> {
    match media_type {
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => parts(bytes),
        _ => String::from_utf8(bytes.to_vec()).ok(),
    }
}

/// Every part of an archive that is a text, one behind the other.
fn parts(bytes: &[u8]) -> Option<String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut all = String::new();
    for at in 0..archive.len() {
        archive.by_index(at).ok()?.read_to_string(&mut all).ok()?;
    }
    Some(all)
}
