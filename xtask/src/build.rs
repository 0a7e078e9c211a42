//! `cargo xtask build`: what the browser gets (`target/site/assets`), then the server, which serves that folder.
//!
//! cargo itself knows what has to be compiled again; the steps after it compare contents, so that a build in which
//! nothing changed takes seconds and touches no file.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::setup::WASM;
use crate::step::step;
use crate::{compress, css, project};

/// How much the compiler does for speed and size.
#[derive(Clone, Copy)]
pub enum Kind {
    /// Compiled quickly, for development and tests.
    Quick,
    /// Small and fast, for real use.
    Release,
}

impl Kind {
    /// Chosen by `--release`.
    pub fn of(release: bool) -> Self {
        if release { Self::Release } else { Self::Quick }
    }

    fn wasm_profile(self) -> &'static str {
        match self {
            Self::Quick => "wasm-dev",
            Self::Release => "wasm-release",
        }
    }

    fn server_profile(self) -> &'static str {
        match self {
            Self::Quick => "dev",
            Self::Release => "release",
        }
    }

    /// The server program this kind of build makes.
    pub fn server(self) -> PathBuf {
        let folder = match self {
            Self::Quick => "debug",
            Self::Release => "release",
        };
        project::target().join(folder).join(format!("forerunner{}", std::env::consts::EXE_SUFFIX))
    }
}

/// Builds everything. The server comes last, because an optimised one carries the assets within itself.
pub fn build(kind: Kind) -> Result<()> {
    fs::create_dir_all(project::assets())?;
    frontend(kind)?;
    styles()?;
    match kind {
        Kind::Quick => compress::remove(&project::assets())?,
        Kind::Release => compress::write(&project::assets())?,
    }
    step("Compile the server");
    // Of the whole workspace, as the tests are: cargo chooses the features of dependencies by what is asked for, and would
    // compile most of them once more for the server alone.
    let server = ["build", "--workspace", "--exclude", "frontend", "--bin", "forerunner", "--profile"];
    project::cargo(&[&server[..], &[kind.server_profile()]].concat()).run()
}

fn frontend(kind: Kind) -> Result<()> {
    step("Compile the frontend to WebAssembly");
    let profile = kind.wasm_profile();
    project::cargo(&["build", "--package", "frontend", "--lib", "--target", WASM, "--profile", profile]).run()?;
    let wasm = project::target().join(WASM).join(profile).join("frontend.wasm");
    bind(&wasm, &project::assets(), &project::target().join("site/frontend.stamp"))
}

/// Makes `frontend.js` and `frontend.wasm` out of what the compiler wrote, unless they were made out of the same.
fn bind(wasm: &Path, assets: &Path, stamp: &Path) -> Result<()> {
    let bytes = fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let now = fingerprint(&bytes);
    let made = ["frontend.js", "frontend.wasm"].iter().all(|name| assets.join(name).is_file());
    if made && fs::read_to_string(stamp).is_ok_and(|then| then == now) {
        return Ok(());
    }
    step("Write the frontend's JavaScript");
    let mut bindgen = Bindgen::new();
    bindgen.input_bytes("frontend", bytes).web(true)?.typescript(false);
    bindgen.remove_name_section(true).remove_producers_section(true);
    bindgen.generate(assets).context("wasm-bindgen cannot read the compiled frontend")?;
    // The pages' script asks for the name that LEPTOS_OUTPUT_NAME gives.
    fs::rename(assets.join("frontend_bg.wasm"), assets.join("frontend.wasm")).context("cannot name the frontend")?;
    fs::write(stamp, now).context("cannot note what the frontend was made of")
}

/// Short text that differs when the content differs or another wasm-bindgen would work on it.
fn fingerprint(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    format!("{:016x} {}", hasher.finish(), wasm_bindgen_version())
}

fn wasm_bindgen_version() -> &'static str {
    let manifest = include_str!("../Cargo.toml");
    let line = manifest.lines().find_map(|line| line.strip_prefix("wasm-bindgen-cli-support = "));
    line.expect("xtask depends on wasm-bindgen-cli-support")
}

fn styles() -> Result<()> {
    step("Put the style sheet together");
    let style = project::root().join("style/main.css");
    write_if_changed(&project::assets().join("main.css"), css::bundle(&style)?.as_bytes())
}

/// Writes a file only where its content differs, so that what depends on it is not built again.
fn write_if_changed(file: &Path, content: &[u8]) -> Result<()> {
    if fs::read(file).is_ok_and(|old| old == content) {
        return Ok(());
    }
    fs::write(file, content).with_context(|| format!("cannot write {}", file.display()))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn unchanged_content_is_not_written_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a");
        write_if_changed(&file, b"one").unwrap();
        let long_ago = std::time::SystemTime::UNIX_EPOCH;
        fs::File::options().write(true).open(&file).unwrap().set_modified(long_ago).unwrap();
        write_if_changed(&file, b"one").unwrap();
        assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), long_ago);
        write_if_changed(&file, b"two").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"two");
        assert_ne!(fs::metadata(&file).unwrap().modified().unwrap(), long_ago);
    }

    #[test]
    fn the_fingerprint_follows_the_content() {
        assert_eq!(fingerprint(b"a"), fingerprint(b"a"));
        assert_ne!(fingerprint(b"a"), fingerprint(b"b"));
    }
}
