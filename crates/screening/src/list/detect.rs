//! Which format a file has, by its first bytes.

use std::io::BufRead;

use super::encoding::{Text, Utf8};
use super::{Format, LONGEST_RECORD, own, sdn, tables};

/// What is surely no list, in plain words.
pub(super) fn stranger(first: &[u8]) -> Option<&'static str> {
    const MARKS: [(&[u8], &str); 8] = [
        (b"PK\x03\x04", "it is a zip archive (or a spreadsheet); unpack it first"),
        (b"PK\x05\x06", "it is an empty zip archive"),
        (b"\x1f\x8b", "it is packed with gzip; unpack it first"),
        (b"BZh", "it is packed with bzip2; unpack it first"),
        (b"\x28\xb5\x2f\xfd", "it is packed with zstd; unpack it first"),
        (b"\xfd7zXZ", "it is packed with xz; unpack it first"),
        (b"%PDF", "it is a PDF"),
        (b"\xd0\xcf\x11\xe0", "it is a file of an old office program"),
    ];
    if let Some((_, found)) = MARKS.iter().find(|(mark, _)| first.starts_with(mark)) {
        return Some(found);
    }
    let start = String::from_utf8_lossy(&first[..first.len().min(512)]).trim_start().to_ascii_lowercase();
    let start = start.trim_start_matches('\u{feff}').trim_start();
    let page = start.starts_with("<!doctype html") || start.starts_with("<html") || start.starts_with("<head");
    page.then_some("it is a web page, often a message that something went wrong; get the file again")
}

/// See [`super::detect`].
pub(super) fn detect(first: &[u8], name: &str) -> Option<Format> {
    let text = start(first)?;
    let text = text.trim_start();
    if text.starts_with('<') {
        return of_xml(text);
    }
    if text.starts_with('{') {
        return (text.contains("\"schema\"") && text.contains("\"properties\"")).then_some(Format::Ftm);
    }
    of_table(text, name)
}

/// The beginning as text, in whatever encoding it is.
fn start(first: &[u8]) -> Option<String> {
    let mut bytes = first;
    let mut text = Utf8::new(&mut bytes, Text::Table, "", LONGEST_RECORD);
    let mut out = Vec::new();
    loop {
        match text.fill_buf() {
            Ok([]) => break,
            Ok(chunk) => {
                out.extend_from_slice(chunk);
                let length = chunk.len();
                text.consume(length);
            }
            // The first bytes may end within a sign.
            Err(_) if !out.is_empty() => break,
            Err(_) => return None,
        }
    }
    String::from_utf8(out).ok()
}

/// By the name of the outermost element.
fn of_xml(text: &str) -> Option<Format> {
    let mut rest = text;
    let tag = loop {
        rest = &rest[rest.find('<')?..];
        let end = if rest.starts_with("<!--") { "-->" } else { ">" };
        let tag = rest.get(1..rest.find(end)?)?;
        if !tag.starts_with(['?', '!']) {
            break tag;
        }
        rest = &rest[rest.find(end)?..];
    };
    let name = tag.split([' ', '\t', '\r', '\n', '/']).next()?;
    match name.rsplit(':').next()? {
        "CONSOLIDATED_LIST" => Some(Format::Un),
        "sdnList" => Some(Format::SdnXml),
        "export" if tag.contains("fsd/export") => Some(Format::Eu),
        "LEIData" => Some(Format::LeiCdf),
        _ => None,
    }
}

/// By the headings, or by what the first row looks like.
fn of_table(text: &str, name: &str) -> Option<Format> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let (first, second) = (lines.next()?, lines.next().unwrap_or_default());
    for line in [first, second] {
        let columns = tables::headings(line);
        let has = |wanted: &[&str]| wanted.iter().all(|wanted| columns.iter().any(|column| column == wanted));
        if has(&["source", "programs", "name", "alt_names"]) {
            return Some(Format::UsCsl);
        }
        if has(&["name 6"]) && (has(&["group id"]) || has(&["unique id"])) {
            return Some(Format::Uk);
        }
        if has(&["id", "schema", "name", "aliases"]) {
            return Some(Format::OpenSanctions);
        }
    }
    let columns = tables::headings(first);
    let known = columns.iter().filter(|column| own::COLUMNS.iter().any(|(name, _)| name == column)).count();
    let has = |wanted: &str| columns.iter().any(|column| column == wanted);
    if has("id") && has("name") && known * 2 >= columns.len() {
        return Some(Format::Own);
    }
    sdn::looks_like(first, name).then_some(Format::SdnCsv)
}
