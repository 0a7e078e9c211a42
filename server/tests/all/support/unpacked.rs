//! What a file that was handed out says: tests look for words in it as they do in a page.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

/// The text of an answer: as it is, or what stands in the parts of a workbook or an archive. Of a document on paper only
/// what is not packed: its own tests read the rest. None if it cannot be read.
pub fn text(media_type: &str, bytes: &[u8]) -> Option<String> {
    match media_type {
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" | "application/zip" => parts(bytes),
        "application/pdf" | "image/png" => Some(String::from_utf8_lossy(bytes).into_owned()),
        _ => String::from_utf8(bytes.to_vec()).ok(),
    }
}

/// Every part of an archive with its name, one behind the other.
fn parts(bytes: &[u8]) -> Option<String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut all = String::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).ok()?;
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).ok()?;
        all += &format!("{}\n{}\n", part.name().ok()?, String::from_utf8_lossy(&bytes));
    }
    Some(all)
}
