//! `cargo xtask setup`: Rust's standard library for WebAssembly, which the frontend is compiled against.
//!
//! On an ordinary machine rustup downloads it in seconds. Where rustup cannot download (an offline or mirrored
//! network), it is built once, in about a minute, from Debian's `rust-src` package of exactly the compiler's version,
//! and put where rustup would have put it: from then on a plain `cargo build --target wasm32-unknown-unknown` works.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result};

use crate::command::{Cmd, find};
use crate::debian;
use crate::step::step;

/// The target the browser runs.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Debian's suites that may hold a recent compiler's sources, the likeliest first.
const SUITES: &[&str] =
    &["trixie-backports", "sid", "forky", "trixie", "forky-backports", "bookworm-backports", "bookworm"];

/// A download of 20 MB that takes longer is taken for a network rustup cannot pass.
const RUSTUP_LIMIT: Duration = Duration::from_secs(120);

/// Makes sure the WebAssembly target is there. With `from_debian`, rustup is not asked.
pub fn setup(from_debian: bool) -> Result<()> {
    let sysroot = PathBuf::from(Cmd::new(rustc(), &["--print", "sysroot"]).output()?.trim());
    if has_target(&sysroot) {
        return Ok(());
    }
    step("Get Rust's WebAssembly target");
    if !from_debian && by_rustup(&sysroot) {
        return Ok(());
    }
    step("Look for the standard library's source in Debian");
    by_debian(&sysroot).with_context(|| {
        format!(
            "the frontend needs Rust's {WASM} target: install it with `rustup target add {WASM}` \
             (or the package your system has for it) and try again"
        )
    })
}

fn rustc() -> String {
    std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned())
}

fn libraries(sysroot: &Path) -> PathBuf {
    sysroot.join("lib/rustlib").join(WASM).join("lib")
}

fn has_target(sysroot: &Path) -> bool {
    files(&libraries(sysroot)).iter().any(|file| is_library_of(file, "std"))
}

fn is_library_of(file: &Path, name: &str) -> bool {
    let file = file.file_name().unwrap_or_default().to_string_lossy();
    file.starts_with(&format!("lib{name}-")) && file.ends_with(".rlib")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
}

fn by_rustup(sysroot: &Path) -> bool {
    find("rustup").is_some()
        && Cmd::new("rustup", &["target", "add", WASM]).succeeds_within(RUSTUP_LIMIT)
        && has_target(sysroot)
}

fn by_debian(sysroot: &Path) -> Result<()> {
    let version = compiler_version()?;
    let folder = tempfile::Builder::new().prefix("forerunner-wasm-").tempdir()?;
    let unpacked = folder.path().join("rust-src");
    debian::fetch("rust-src", &version, SUITES, &unpacked)?;
    let library = unpacked.join(format!("usr/src/rustc-{version}/library"));
    copy_folder(&library, &sysroot.join("lib/rustlib/src/rust/library"))?;
    step("Compile the standard library for WebAssembly (about a minute)");
    let built = build_library(&folder.path().join("nothing"))?;
    install(&built, &libraries(sysroot))
}

/// The plain version number, such as `1.95.0`.
fn compiler_version() -> Result<String> {
    let text = Cmd::new(rustc(), &["--version"]).output()?;
    text.split_whitespace().nth(1).map(str::to_owned).context("rustc did not say its version")
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    let copy = || -> std::io::Result<()> {
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            let target = to.join(entry.file_name());
            if entry.path().is_dir() {
                copy_folder(&entry.path(), &target).map_err(std::io::Error::other)?;
            } else {
                fs::copy(entry.path(), &target)?;
            }
        }
        Ok(())
    };
    copy().with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))
}

/// Compiles an empty crate together with the standard library; the folder with the libraries that came of it.
fn build_library(package: &Path) -> Result<PathBuf> {
    fs::create_dir_all(package.join("src"))?;
    fs::write(package.join("Cargo.toml"), "[package]\nname = \"nothing\"\nedition = \"2024\"\n\n[workspace]\n")?;
    fs::write(package.join("src/lib.rs"), "")?;
    let target = package.join("target");
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    Cmd::new(cargo, &["build", "--quiet", "--release", "--target", WASM, "-Zbuild-std=std,panic_abort,proc_macro"])
        .within(package)
        .env("CARGO_TARGET_DIR", &target)
        // The two unstable options build the library; the project itself is compiled as plain stable Rust.
        .env("RUSTC_BOOTSTRAP", "1")
        // The bitcode is what lets an optimised build see through the library.
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .run()?;
    Ok(target.join(WASM).join("release/deps"))
}

/// Puts the libraries in place under another name first, so that a half-done copy is never taken for the target.
fn install(built: &Path, to: &Path) -> Result<()> {
    let half_done = to.with_extension("new");
    fs::create_dir_all(&half_done)?;
    for file in files(built).iter().filter(|file| file.extension().is_some_and(|end| end == "rlib")) {
        if !is_library_of(file, "nothing") {
            fs::copy(file, half_done.join(file.file_name().context("a library has a name")?))?;
        }
    }
    fs::rename(&half_done, to).with_context(|| format!("cannot write to {}", to.display()))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn the_target_is_there_once_the_standard_library_is() {
        let sysroot = tempfile::tempdir().unwrap();
        assert!(!has_target(sysroot.path()));
        let folder = libraries(sysroot.path());
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("libstd_detect-1.rlib"), "").unwrap();
        fs::write(folder.join("libstd-1.rmeta"), "").unwrap();
        assert!(!has_target(sysroot.path()));
        fs::write(folder.join("libstd-1.rlib"), "").unwrap();
        assert!(has_target(sysroot.path()));
    }

    #[test]
    fn what_was_built_is_installed_without_the_empty_crate() {
        let folder = tempfile::tempdir().unwrap();
        let (built, to) = (folder.path().join("deps"), folder.path().join("sysroot/lib"));
        fs::create_dir_all(&built).unwrap();
        for name in ["libstd-1.rlib", "libcore-2.rlib", "libnothing-3.rlib", "core-2.d"] {
            fs::write(built.join(name), name).unwrap();
        }
        install(&built, &to).unwrap();
        let mut names: Vec<_> = files(&to).iter().map(|file| file.file_name().unwrap().to_owned()).collect();
        names.sort();
        assert_eq!(names, ["libcore-2.rlib", "libstd-1.rlib"]);
    }
}
