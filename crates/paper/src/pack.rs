//! A bundle of files (ZIP) that is written piece by piece: nothing of it is held but the piece and the list of what is in it.
//!
//! The last two files say what the others are: `manifest.json` with size and SHA-256 of each, and `SHA256SUMS` for
//! `sha256sum --check`.

use std::{
    collections::BTreeSet,
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};

use domain::{encoding::hex, time::Timestamp};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions, write::StreamWriter};

/// A file of the bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// Its name, with folders.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Over them, in hexadecimal.
    pub sha256: String,
}

/// A bundle that is being written.
pub struct Pack {
    zip: ZipWriter<StreamWriter<Outlet>>,
    outlet: Outlet,
    files: Vec<Packed>,
    names: BTreeSet<String>,
    open: Option<(String, Sha256, u64)>,
    at: DateTime,
}

impl std::fmt::Debug for Pack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pack").field("files", &self.files.len()).finish_non_exhaustive()
    }
}

/// Where the bundle's bytes come out.
#[derive(Clone, Debug, Default)]
struct Outlet(Arc<Mutex<Vec<u8>>>);

impl Write for Outlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Pack {
    /// Begins a bundle; its files bear the date `at`.
    #[must_use]
    pub fn new(at: Timestamp) -> Self {
        let outlet = Outlet::default();
        let zip = ZipWriter::new_stream(outlet.clone());
        Self { zip, outlet, files: Vec::new(), names: BTreeSet::new(), open: None, at: date(at) }
    }

    /// Begins a file. `dense` ones (pictures, documents) are stored as they are. A name that is taken gets a number.
    ///
    /// # Errors
    /// If the name cannot stand in a bundle.
    pub fn begin(&mut self, name: &str, dense: bool) -> io::Result<()> {
        self.end();
        let name = self.free(&safe(name));
        let method = if dense { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options =
            SimpleFileOptions::default().compression_method(method).last_modified_time(self.at).large_file(true);
        self.zip.start_file(name.clone(), options).map_err(io::Error::other)?;
        self.names.insert(name.clone());
        self.open = Some((name, Sha256::new(), 0));
        Ok(())
    }

    /// Writes a piece of the file that was begun.
    ///
    /// # Errors
    /// If there is no such file.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let (_, sha, size) = self.open.as_mut().ok_or_else(|| io::Error::other("no file was begun"))?;
        sha.update(bytes);
        *size += bytes.len() as u64;
        self.zip.write_all(bytes)
    }

    /// A whole file.
    ///
    /// # Errors
    /// As [`Pack::begin`].
    pub fn add(&mut self, name: &str, dense: bool, bytes: &[u8]) -> io::Result<()> {
        self.begin(name, dense)?;
        self.write(bytes)
    }

    /// The bytes of the bundle that are ready to leave.
    #[must_use]
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut *self.outlet.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The files so far.
    #[must_use]
    pub fn files(&mut self) -> &[Packed] {
        self.end();
        &self.files
    }

    /// Adds what says what is in it, and ends the bundle: its last bytes.
    ///
    /// # Errors
    /// If it cannot be ended.
    pub fn finish(mut self, about: &serde_json::Value) -> io::Result<Vec<u8>> {
        self.end();
        let files = self.files.clone();
        let listed: Vec<_> =
            files.iter().map(|file| json!({ "file": file.name, "size": file.size, "sha256": file.sha256 })).collect();
        let manifest =
            serde_json::to_vec_pretty(&json!({ "about": about, "files": listed })).map_err(io::Error::other)?;
        self.add("manifest.json", false, &manifest)?;
        let sums: String = self.files().iter().map(|file| format!("{}  {}\n", file.sha256, file.name)).collect();
        self.add("SHA256SUMS", false, sums.as_bytes())?;
        let Self { zip, outlet, .. } = self;
        zip.finish().map_err(io::Error::other)?;
        let mut rest = outlet.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(std::mem::take(&mut *rest))
    }

    fn end(&mut self) {
        if let Some((name, sha, size)) = self.open.take() {
            self.files.push(Packed { name, size, sha256: hex(&sha.finalize()) });
        }
    }

    fn free(&self, name: &str) -> String {
        let mut free = name.to_owned();
        let mut n = 2;
        while self.names.contains(&free) {
            free = match name.rsplit_once('.') {
                Some((stem, ending)) if !ending.contains('/') => format!("{stem} ({n}).{ending}"),
                _ => format!("{name} ({n})"),
            };
            n += 1;
        }
        free
    }
}

/// A name that leads nowhere else, on any system: no way up, no sign that a file system reads as something.
fn safe(name: &str) -> String {
    let part = |part: &str| {
        let signs = part.chars().map(|sign| match sign {
            '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
            sign if sign.is_control() => '_',
            sign => sign,
        });
        let part: String = signs.collect();
        let part = part.trim().trim_end_matches('.').trim();
        if part.is_empty() { "_".to_owned() } else { part.to_owned() }
    };
    name.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// The date in a bundle, which knows no zone: UTC.
fn date(at: Timestamp) -> DateTime {
    let Ok(at) = jiff::Timestamp::from_microsecond(at.0) else { return DateTime::default() };
    let at = jiff::tz::TimeZone::UTC.to_datetime(at);
    let byte = |part: i8| u8::try_from(part).unwrap_or_default();
    let year = u16::try_from(at.year()).unwrap_or_default();
    let made = DateTime::from_date_and_time(
        year,
        byte(at.month()),
        byte(at.day()),
        byte(at.hour()),
        byte(at.minute()),
        byte(at.second()),
    );
    made.unwrap_or_default()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::io::{Cursor, Read as _};

    use super::*;

    const AT: Timestamp = Timestamp(1_795_444_200_000_000);

    fn read(bundle: Vec<u8>) -> Vec<(String, Vec<u8>)> {
        let mut zip = zip::ZipArchive::new(Cursor::new(bundle)).unwrap();
        (0..zip.len())
            .map(|at| {
                let mut file = zip.by_index(at).unwrap();
                let mut bytes = Vec::new();
                file.read_to_end(&mut bytes).unwrap();
                (file.name().unwrap().into_owned(), bytes)
            })
            .collect()
    }

    #[test]
    fn a_bundle_says_what_is_in_it_and_what_it_weighs() {
        let mut pack = Pack::new(AT);
        let mut bundle = Vec::new();
        pack.add("overview.pdf", true, b"%PDF").unwrap();
        pack.begin("reports/FR-1/report.json", false).unwrap();
        for _ in 0..100 {
            pack.write(&[b'x'; 1000]).unwrap();
            bundle.extend(pack.take());
        }
        assert_eq!(pack.files()[1].size, 100_000);
        bundle.extend(pack.finish(&json!({ "year": 2026 })).unwrap());
        assert!(bundle.len() < 10_000, "what can be packed is: {} bytes", bundle.len());
        let files = read(bundle);
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["overview.pdf", "reports/FR-1/report.json", "manifest.json", "SHA256SUMS"]);
        let manifest: serde_json::Value = serde_json::from_slice(&files[2].1).unwrap();
        assert_eq!(manifest["about"]["year"], 2026);
        for (listed, (name, bytes)) in manifest["files"].as_array().unwrap().iter().zip(&files) {
            assert_eq!(listed["file"], name.as_str());
            assert_eq!(listed["size"], bytes.len());
            assert_eq!(listed["sha256"], hex(&Sha256::digest(bytes)));
        }
        let sums = String::from_utf8(files[3].1.clone()).unwrap();
        assert_eq!(sums.lines().count(), 3);
        assert!(sums.contains(&format!("{}  overview.pdf", hex(&Sha256::digest(b"%PDF")))));
    }

    #[test]
    fn names_lead_nowhere_else_and_do_not_meet() {
        let mut pack = Pack::new(AT);
        for name in ["a/../../etc/passwd", "C:\\x", "order.pdf", "order.pdf", "..", "a/ /b.", "bell\u{7}"] {
            pack.add(name, false, b"x").unwrap();
        }
        let names: Vec<String> = pack.files().iter().map(|file| file.name.clone()).collect();
        assert_eq!(names, ["a/_/_/etc/passwd", "C__x", "order.pdf", "order (2).pdf", "_", "a/_/b", "bell_"]);
        assert!(pack.finish(&json!(null)).is_ok());
        assert!(Pack::new(AT).write(b"x").is_err());
    }
}
