//! Forms with files: the body is read part by part while it arrives (`multipart/form-data`, RFC 7578), so that a request
//! of any size takes no more memory than the piece at hand.
//!
//! The router checks sign-in, action and origin as on every other row and leaves the body unread; the handler finds its
//! object first and then reads. Whatever is no sound form ends as if nothing more had been sent.

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use bytes::{Buf as _, Bytes, BytesMut};
use futures::{StreamExt as _, stream::BoxStream};
use services::{
    Refusal,
    error::Problem,
    evidence::{Arrived, FIELD, Incoming, Rejected},
};
use tokio::io::AsyncWriteExt as _;

use super::{Fields, Req, without_nul};
use crate::text::errors;

/// The largest body of a form with files, in bytes: all files of a report and what stands between them.
pub const LIMIT: u64 = domain::evidence::MAX_REPORT + 4 * 1024 * 1024;
/// The longest head of a part.
const LONGEST_HEAD: usize = 8 * 1024;
/// About how many bytes of a field beside files are kept.
const LONGEST_FIELD: usize = 128 * 1024;
/// The longest boundary (RFC 2046).
const LONGEST_BOUNDARY: usize = 70;

/// A body as it arrives: pieces, and an error if the line breaks.
pub type Body = BoxStream<'static, Result<Bytes, std::io::Error>>;

/// The unread body of a form with files. Shared by the copies of a request; only one of them reads it.
#[derive(Clone, Default)]
pub struct Upload(Arc<Mutex<Option<Parts>>>);

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload").finish_non_exhaustive()
    }
}

impl Upload {
    /// The body of a request with this content type. One that is no form with files has no parts.
    #[must_use]
    pub fn new(content_type: &str, body: Body) -> Self {
        Self(Arc::new(Mutex::new(boundary(content_type).map(|boundary| Parts::new(&boundary, body)))))
    }

    fn take(&self) -> Option<Parts> {
        self.0.lock().ok()?.take()
    }
}

/// The boundary of a form's content type.
fn boundary(content_type: &str) -> Option<String> {
    let (kind, parameters) = content_type.split_once(';')?;
    let is_form = kind.trim().eq_ignore_ascii_case("multipart/form-data");
    let value = parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.trim().split_once('=')?;
        name.eq_ignore_ascii_case("boundary").then(|| value.trim_matches('"').to_owned())
    })?;
    (is_form && (1..=LONGEST_BOUNDARY).contains(&value.len())).then_some(value)
}

/// Why reading ended before the form did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Broken {
    /// More than [`LIMIT`].
    TooMuch,
    /// The line broke, or the body is no sound form.
    Unsound,
}

/// Reads a form part by part.
struct Parts {
    body: Body,
    /// What arrived and was not handed on.
    held: BytesMut,
    /// `\r\n--boundary`, which ends every part.
    delimiter: Vec<u8>,
    read: u64,
}

impl Parts {
    fn new(boundary: &str, body: Body) -> Self {
        // The first part has no line end before its delimiter; with one, all are alike.
        Self { body, held: BytesMut::from(&b"\r\n"[..]), delimiter: format!("\r\n--{boundary}").into_bytes(), read: 0 }
    }

    async fn fill(&mut self) -> Result<(), Broken> {
        let piece = self.body.next().await.ok_or(Broken::Unsound)?.map_err(|_| Broken::Unsound)?;
        self.read += piece.len() as u64;
        if self.read > LIMIT {
            return Err(Broken::TooMuch);
        }
        self.held.extend_from_slice(&piece);
        Ok(())
    }

    /// The next piece of the part that is being read; none at its end, where the delimiter stays.
    async fn piece(&mut self) -> Result<Option<Bytes>, Broken> {
        loop {
            match find(&self.held, &self.delimiter) {
                Found::At(0) => return Ok(None),
                Found::At(at) | Found::PerhapsAt(at) if at > 0 => return Ok(Some(self.held.split_to(at).freeze())),
                _ => self.fill().await?,
            }
        }
    }

    /// The head of the next part, past what was not read of the one before; none after the last.
    async fn head(&mut self) -> Result<Option<String>, Broken> {
        while self.piece().await?.is_some() {}
        self.held.advance(self.delimiter.len());
        loop {
            if self.held.starts_with(b"--") {
                return Ok(None);
            }
            if let Some(end) = self.held.windows(4).position(|four| four == b"\r\n\r\n") {
                let head = self.held.split_to(end + 4);
                return Ok(Some(String::from_utf8_lossy(&head).into_owned()));
            }
            if self.held.len() > LONGEST_HEAD {
                return Err(Broken::Unsound);
            }
            self.fill().await?;
        }
    }
}

/// Where a delimiter begins in what has arrived.
#[derive(Debug, PartialEq, Eq)]
enum Found {
    /// Here.
    At(usize),
    /// Here, if what follows fits; before it there is none. The end of the bytes if nothing looks like one.
    PerhapsAt(usize),
}

fn find(bytes: &[u8], delimiter: &[u8]) -> Found {
    let mut from = 0;
    while let Some(at) = bytes[from..].iter().position(|byte| *byte == delimiter[0]).map(|at| from + at) {
        let rest = &bytes[at..];
        if rest.starts_with(delimiter) {
            return Found::At(at);
        }
        if delimiter.starts_with(rest) {
            return Found::PerhapsAt(at);
        }
        from = at + 1;
    }
    Found::PerhapsAt(bytes.len())
}

/// The file name in a part's head, as browsers write it; none if the part is no file or none was chosen.
fn file_name(head: &str) -> Option<String> {
    let line = head.lines().find(|line| line.to_ascii_lowercase().starts_with("content-disposition:"))?;
    let (_, rest) = line.split_once("filename=\"")?;
    let (name, _) = rest.split_once('"')?;
    let name = name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
    (!name.is_empty()).then_some(name)
}

/// What came of a form's files.
#[derive(Debug, Default)]
pub struct Received {
    /// Those that came in and are what they say.
    pub arrived: Vec<Arrived>,
    /// The others.
    pub rejected: Vec<Rejected>,
    /// Whether more was sent than is read.
    pub too_much: bool,
    /// The other fields of the form, as far as each is no longer than anything that is typed.
    pub fields: Fields,
}

/// Takes in the files of the request's form. What was whole before a line broke or a limit was met stays.
///
/// # Errors
/// If the folder takes nothing.
pub async fn receive(req: &Req) -> Result<Received, Refusal> {
    let mut received = Received::default();
    let Some(mut parts) = req.upload.take() else { return Ok(received) };
    while let Some(head) = received.unless_broken(parts.head().await).flatten() {
        let Some(name) = file_name(&head) else {
            if let Some(name) = field_name(&head)
                && !head.contains("filename=")
                && let Some(text) = received.unless_broken(short(&mut parts).await)
            {
                received.fields.0.push((name, text));
            }
            continue;
        };
        let mut file = Incoming::begin(req.ctx(), &name).await?;
        let poured = pour(&mut parts, &mut file).await?;
        if received.unless_broken(poured).is_none() {
            break;
        }
        match file.finish().await? {
            Ok(arrived) => received.arrived.push(arrived),
            Err(rejected) => received.rejected.push(rejected),
        }
    }
    Ok(received)
}

/// What came of a form with one small file.
#[derive(Debug, Default)]
pub struct Small {
    /// Its other fields.
    pub fields: Fields,
    /// Name and content of the file, if one was chosen.
    pub file: Option<(String, Vec<u8>)>,
    /// Whether more was sent than is read.
    pub too_much: bool,
}

/// Takes in a form whose file is read at once and not kept: at most `limit` bytes of it and of each field.
pub async fn small(req: &Req, limit: usize) -> Small {
    let mut small = Small::default();
    let Some(mut parts) = req.upload.take() else { return small };
    while let Ok(Some(head)) = parts.head().await {
        let mut content = Vec::new();
        while let Ok(Some(piece)) = parts.piece().await {
            content.extend_from_slice(&piece);
            if content.len() > limit {
                small.too_much = true;
                return small;
            }
        }
        match (file_name(&head), field_name(&head)) {
            (Some(name), _) => small.file = Some((name, content)),
            (None, Some(name)) => small.fields.0.push((name, without_nul(&String::from_utf8_lossy(&content)))),
            (None, None) => {}
        }
    }
    small
}

/// What was typed into a field. Of more than anybody types, what comes too late is dropped.
async fn short(parts: &mut Parts) -> Result<String, Broken> {
    let mut content = Vec::new();
    while let Some(piece) = parts.piece().await? {
        if content.len() < LONGEST_FIELD {
            content.extend_from_slice(&piece);
        }
    }
    Ok(without_nul(&String::from_utf8_lossy(&content)))
}

/// What came of a form whose files are written into a folder.
#[derive(Debug, Default)]
pub struct Poured {
    /// Its other fields.
    pub fields: Fields,
    /// The files, each in a folder of its own so that all keep their names.
    pub files: Vec<PathBuf>,
    /// Whether more was sent than is read, or the line broke: then the files are not to be used.
    pub broken: bool,
}

/// Takes in a form piece by piece, its files into a folder that is there.
///
/// # Errors
/// If the folder takes nothing.
pub async fn into_folder(req: &Req, folder: &Path) -> Result<Poured, Refusal> {
    let mut poured = Poured::default();
    let Some(mut parts) = req.upload.take() else { return Ok(poured) };
    loop {
        let head = match parts.head().await {
            Ok(Some(head)) => head,
            Ok(None) => return Ok(poured),
            Err(_) => break,
        };
        let done = match (file_name(&head), field_name(&head)) {
            (Some(name), _) => {
                let path = folder.join(poured.files.len().to_string()).join(plain(&name));
                let done = to_disk(&mut parts, &path).await.map_err(|error| Refusal::Unavailable(error.into()))?;
                poured.files.push(path);
                done
            }
            (None, name) => short(&mut parts).await.map(|text| poured.fields.0.extend(name.map(|name| (name, text)))),
        };
        if done.is_err() || poured.files.len() > MOST_FILES {
            break;
        }
    }
    poured.broken = true;
    Ok(poured)
}

/// The most files of a form that are written into a folder.
const MOST_FILES: usize = 20;

async fn to_disk(parts: &mut Parts, path: &Path) -> std::io::Result<Result<(), Broken>> {
    if let Some(folder) = path.parent() {
        tokio::fs::create_dir_all(folder).await?;
    }
    let mut file = tokio::fs::File::create(path).await?;
    loop {
        match parts.piece().await {
            Ok(Some(piece)) => file.write_all(&piece).await?,
            Ok(None) => break,
            Err(broken) => return Ok(Err(broken)),
        }
    }
    file.flush().await?;
    Ok(Ok(()))
}

/// A file's name without anything that leads elsewhere.
fn plain(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let safe = |letter: char| if letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_') { letter } else { '_' };
    let name: String = last.chars().map(safe).take(80).collect();
    if name.trim_matches('.').is_empty() { "file".into() } else { name }
}

/// The field's name in a part's head.
fn field_name(head: &str) -> Option<String> {
    let line = head.lines().find(|line| line.to_ascii_lowercase().starts_with("content-disposition:"))?;
    let (_, rest) = line.split_once("; name=\"")?;
    rest.split_once('"').map(|(name, _)| name.to_owned())
}

/// Reads a part to its end into a file.
async fn pour(parts: &mut Parts, file: &mut Incoming) -> Result<Result<(), Broken>, Refusal> {
    loop {
        match parts.piece().await {
            Ok(Some(piece)) => file.write(&piece).await?,
            Ok(None) => return Ok(Ok(())),
            Err(broken) => return Ok(Err(broken)),
        }
    }
}

impl Received {
    fn unless_broken<T>(&mut self, read: Result<T, Broken>) -> Option<T> {
        self.too_much |= read.as_ref().is_err_and(|broken| *broken == Broken::TooMuch);
        read.ok()
    }

    /// What is to be said about the files that were not taken.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        let words = errors::texts(domain::lang::Lang::default());
        let too_much = self.too_much.then(|| Problem::new(FIELD, words.too_much_at_once));
        let nothing = self.arrived.is_empty() && self.rejected.is_empty() && !self.too_much;
        let nothing = nothing.then(|| Problem::new(FIELD, words.no_file));
        self.rejected.iter().map(Rejected::problem).chain(too_much).chain(nothing).collect()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    const FORM: &str = "before\r\n--B\r\nContent-Disposition: form-data; name=\"_\"\r\n\r\nwords\r\n--B\r\n\
        content-disposition: form-data; name=\"files\"; filename=\"a %22b%22.txt\"\r\nContent-Type: text/plain\r\n\r\n\
        one\r\n--\r\n-B\r\n--B\r\nContent-Disposition: form-data; name=\"files\"; filename=\"\"\r\n\r\n\r\n--B--\r\nafter";

    fn parts(pieces: Vec<Vec<u8>>) -> Parts {
        let pieces = pieces.into_iter().map(|piece| Ok(Bytes::from(piece)));
        Parts::new("B", futures::stream::iter(pieces).boxed())
    }

    /// Head and content of every part.
    async fn read(mut parts: Parts) -> Result<Vec<(Option<String>, Vec<u8>)>, Broken> {
        let mut all = Vec::new();
        while let Some(head) = parts.head().await? {
            let mut content = Vec::new();
            while let Some(piece) = parts.piece().await? {
                content.extend_from_slice(&piece);
            }
            all.push((file_name(&head), content));
        }
        Ok(all)
    }

    #[tokio::test]
    async fn a_form_is_read_however_it_is_cut() {
        let expected = [
            (None, b"words".to_vec()),
            (Some("a \"b\".txt".to_owned()), b"one\r\n--\r\n-B".to_vec()),
            (None, Vec::new()),
        ];
        for first in 0..FORM.len() {
            let (one, two) = FORM.as_bytes().split_at(first);
            assert_eq!(read(parts(vec![one.into(), two.into()])).await.unwrap(), expected, "cut at {first}");
        }
        let letters = FORM.bytes().map(|byte| vec![byte]).collect();
        assert_eq!(read(parts(letters)).await.unwrap(), expected);
    }

    #[tokio::test]
    async fn what_is_no_form_ends() {
        for body in
            ["", "--", "nothing of the kind", "--B", "--B\r\nContent-Disposition: form-data", "--B\r\n\r\nno end"]
        {
            assert_eq!(read(parts(vec![body.into()])).await, Err(Broken::Unsound), "{body}");
        }
        let endless = format!("--B\r\n{}", "x".repeat(2 * LONGEST_HEAD));
        assert_eq!(read(parts(vec![endless.into()])).await, Err(Broken::Unsound));
    }

    #[test]
    fn fields_and_files_are_told_apart() {
        let file = "Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"";
        assert_eq!((field_name(file), file_name(file)), (Some("file".into()), Some("a.csv".into())));
        let field = "content-disposition: form-data; name=\"version\"";
        assert_eq!((field_name(field), file_name(field)), (Some("version".into()), None));
    }

    #[test]
    fn a_name_leads_nowhere_else() {
        let sample =
            [("SDN.CSV", "SDN.CSV"), ("../../etc/passwd", "passwd"), ("C:\\lists\\un list.xml", "un_list.xml")];
        for (name, kept) in sample.into_iter().chain([("..", "file"), ("", "file"), ("a\u{0}b", "a_b")]) {
            assert_eq!(plain(name), kept, "{name}");
        }
    }

    #[test]
    fn the_boundary_is_in_the_content_type() {
        assert_eq!(boundary("multipart/form-data; boundary=x-1").as_deref(), Some("x-1"));
        assert_eq!(boundary("Multipart/Form-Data; charset=utf-8; Boundary=\"x 1\"").as_deref(), Some("x 1"));
        for other in ["", "multipart/form-data", "text/plain; boundary=x", "multipart/form-data; boundary="] {
            assert_eq!(boundary(other), None, "{other}");
        }
    }
}
