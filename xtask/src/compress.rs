//! The assets of a release, compressed once and as small as can be: beside `main.css` stand `main.css.br` and
//! `main.css.gz`, which the server hands to browsers that read them.
//!
//! In development there are none: the files change with every build, and the server compresses what it sends.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

type Compress = fn(&[u8]) -> Result<Vec<u8>>;

/// What a file's compressed form ends with, and how it is made.
const FORMS: [(&str, Compress); 2] = [("br", brotli), ("gz", gzip)];

/// Removes what an earlier release build left, so that a changed file never meets its own past.
pub fn remove(folder: &Path) -> Result<()> {
    for path in files(folder)?.iter().filter(|path| is_compressed(path)) {
        fs::remove_file(path).with_context(|| format!("cannot remove {}", path.display()))?;
    }
    Ok(())
}

/// Writes the compressed forms of every file in the folder.
pub fn write(folder: &Path) -> Result<()> {
    remove(folder)?;
    for path in files(folder)? {
        let content = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        for (ending, compress) in FORMS {
            let beside = beside(&path, ending);
            fs::write(&beside, compress(&content)?).with_context(|| format!("cannot write {}", beside.display()))?;
        }
    }
    Ok(())
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot look into {}", folder.display()))?;
    let mut files = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    files.retain(|path| path.is_file());
    files.sort();
    Ok(files)
}

fn is_compressed(path: &Path) -> bool {
    path.extension().is_some_and(|ending| FORMS.iter().any(|(known, _)| ending == *known))
}

/// `main.css` and `br` give `main.css.br`.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// Smallest brotli: the highest quality and the largest window that browsers must read.
fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let best = BrotliEncoderParams { quality: 11, lgwin: 24, size_hint: content.len(), ..Default::default() };
    let mut small = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut small, &best).context("brotli failed")?;
    Ok(small)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn both_forms_give_the_file_back_and_old_ones_go() {
        let folder = tempfile::tempdir().unwrap();
        let text = "body { color: ink }\n".repeat(200);
        fs::write(folder.path().join("main.css"), &text).unwrap();
        fs::write(folder.path().join("gone.js.br"), "left by an earlier build").unwrap();
        write(folder.path()).unwrap();

        let read = |name: &str| fs::read(folder.path().join(name)).unwrap();
        let (mut from_brotli, mut from_gzip) = (Vec::new(), String::new());
        brotli::BrotliDecompress(&mut &*read("main.css.br"), &mut from_brotli).unwrap();
        flate2::read::GzDecoder::new(&*read("main.css.gz")).read_to_string(&mut from_gzip).unwrap();
        assert_eq!((from_brotli.as_slice(), from_gzip.as_str()), (text.as_bytes(), text.as_str()));
        assert!(!folder.path().join("gone.js.br").exists());

        remove(folder.path()).unwrap();
        assert_eq!(files(folder.path()).unwrap(), [folder.path().join("main.css")]);
    }
}
