//! `forerunner screening …`: the engine on the command line, for whoever wants to validate it.

use std::{io, path::PathBuf};

use anyhow::{Context as _, bail};
use screening::{files, index::Index, lines};

/// Scores pairs of names from the standard input.
///
/// # Errors
/// If the input cannot be read or the output not written.
pub fn score() -> anyhow::Result<()> {
    Ok(lines::answer(io::stdin().lock(), io::BufWriter::new(io::stdout().lock()), lines::score)?)
}

/// Finds each name of the standard input in the lists.
///
/// # Errors
/// If a file is no list, or is refused.
pub fn find(paths: &[PathBuf], threshold: f32) -> anyhow::Result<()> {
    let (lists, others) = files::sort(paths).context("A list could not be opened")?;
    if let Some(other) = others.first() {
        bail!("{} is no list in a format that we know.", other.display());
    }
    let mut entries = Vec::new();
    for (format, paths) in &lists {
        files::read(*format, paths, &mut |entry| entries.push(entry))
            .with_context(|| format!("{} was refused", format.label()))?;
    }
    let index = Index::new(&entries);
    drop(entries);
    let answer = |line: &str| lines::best(&index, line, threshold);
    Ok(lines::answer(io::stdin().lock(), io::BufWriter::new(io::stdout().lock()), answer)?)
}
