//! Lists as files on a disk: which files belong together, and reading them.

use std::{
    fs,
    io::{BufReader, Read as _},
    path::{Path, PathBuf},
};

use crate::{
    entry::Entry,
    list::{self, File, Format, Refused, Summary},
};

/// So much of a file is looked at to recognise it.
const FIRST: u64 = 64 * 1024;

/// The name of a file, without its folder.
#[must_use]
pub fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The format of a file; `None` if it is none of ours.
///
/// # Errors
/// If it cannot be read.
pub fn recognise(path: &Path) -> std::io::Result<Option<Format>> {
    let mut first = Vec::new();
    fs::File::open(path)?.take(FIRST).read_to_end(&mut first)?;
    Ok(list::detect(&first, &name(path)))
}

/// A list with the files that make it up.
pub type Found = (Format, Vec<PathBuf>);

/// Lists among files, each with the files that make it up, and the files that are no list.
///
/// # Errors
/// If a file cannot be read.
pub fn sort(paths: &[PathBuf]) -> std::io::Result<(Vec<Found>, Vec<PathBuf>)> {
    let (mut lists, mut others) = (Vec::new(), Vec::new());
    let mut set = Vec::new();
    for path in paths {
        match recognise(path)? {
            None => others.push(path.clone()),
            Some(Format::SdnCsv) => set.push(path.clone()),
            Some(format) => lists.push((format, vec![path.clone()])),
        }
    }
    if !set.is_empty() {
        lists.push((Format::SdnCsv, set));
    }
    Ok((lists, others))
}

/// Reads a list from the files that make it up. Companies ([`Format::holds_companies`]) give no entries, only a summary.
///
/// # Errors
/// [`Refused`]; what was handed out before must be thrown away.
pub fn read(format: Format, paths: &[PathBuf], keep: &mut dyn FnMut(Entry)) -> Result<Summary, Refused> {
    let open =
        |path: &PathBuf| fs::File::open(path).map(BufReader::new).map_err(|error| Refused::Io(error.to_string()));
    let mut inputs = paths.iter().map(open).collect::<Result<Vec<_>, _>>()?;
    if format == Format::SdnCsv {
        let files = paths.iter().zip(&mut inputs);
        let mut files: Vec<File<'_>> = files.map(|(path, content)| File { name: name(path), content }).collect();
        return list::read_sdn(&mut files, keep);
    }
    let input = inputs.first_mut().ok_or(Refused::Empty)?;
    if format.holds_companies() { list::read_companies(input, &mut |_| {}) } else { list::read(format, input, keep) }
}
