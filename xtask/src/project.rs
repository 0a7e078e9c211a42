//! Where things are in the repository.

use std::path::{Path, PathBuf};

use crate::command::Cmd;

/// The top folder of the repository.
pub fn root() -> PathBuf {
    let own = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
    Path::new(&own).parent().expect("xtask stands in the repository's top folder").to_owned()
}

/// Where everything built goes. One folder for all, so that nothing is compiled twice.
pub fn target() -> PathBuf {
    root().join("target")
}

/// What the browser gets: scripts, WebAssembly, style sheet, pictures. The server serves this folder as `/assets`.
pub fn assets() -> PathBuf {
    target().join("site/assets")
}

/// The browser tests.
pub fn end2end() -> PathBuf {
    root().join("end2end")
}

/// The cargo this command was started by, in the top folder, building into [`target`].
pub fn cargo(arguments: &[&str]) -> Cmd {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    Cmd::new(&cargo, arguments).within(&root()).env("CARGO_TARGET_DIR", target())
}
