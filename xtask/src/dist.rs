//! `cargo xtask dist`: what an installation needs, in one folder and one archive under `target/dist/`.
//!
//! The program carries its assets, compressed once as small as can be. Before it is packed it is started where nothing
//! of the repository can be seen, and must serve a page and every asset in each encoding; what the browser has to load
//! is printed.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

use crate::build::{self, Kind};
use crate::command::Cmd;
use crate::portal::http::{Answer, Browser};
use crate::portal::reporter::between;
use crate::portal::{Portal, Setting};
use crate::step::step;
use crate::{project, setup};

/// What lies beside the program: where it is in the repository.
const BESIDE: [&str; 5] = [
    "xtask/dist/forerunner.service",
    "xtask/dist/forerunner.env",
    "xtask/dist/Containerfile",
    "docs/operations.md",
    "LICENSE",
];

/// What every page loads.
const ASSETS: [&str; 3] = ["main.css", "frontend.js", "frontend.wasm"];

/// Builds, tries and packs.
pub fn dist() -> Result<()> {
    setup::setup(false)?;
    build::build(Kind::Release)?;
    let program = Kind::Release.server();
    step("Try the program on its own");
    println!("{}", try_out(&program)?);
    step("Pack it");
    let folder = pack(&program)?;
    let archive = archive(&folder);
    let name = folder.file_name().context("the folder has a name")?;
    Cmd::new("tar", &["-czf"]).arg(&archive).arg("-C").arg(project::target().join("dist")).arg(name).run()?;
    println!("{}\n{}", folder.display(), archive.display());
    Ok(())
}

/// The archive beside the folder. The folder's name holds a version, whose last part is no extension.
fn archive(folder: &Path) -> PathBuf {
    let mut name = folder.as_os_str().to_owned();
    name.push(".tar.gz");
    name.into()
}

/// Starts the program on an empty folder and looks at what it serves; a table of what browsers load.
fn try_out(program: &Path) -> Result<String> {
    let folder = tempfile::Builder::new().prefix("forerunner-dist-").tempdir()?;
    let alone = folder.path().join("forerunner");
    fs::copy(program, &alone).context("the program cannot be copied")?;
    let portal = Portal::start(Setting::empty(alone, folder.path()))?;
    let mut table = format!("{:<16}{:>10}{:>10}{:>10}", "bytes", "plain", "gzip", "br");
    for (name, sizes) in assets(&portal)? {
        table += &format!("\n{name:<16}{:>10}{:>10}{:>10}", sizes[0], sizes[1], sizes[2]);
    }
    Ok(table)
}

/// What browsers load from this server: each asset with its bytes as it is, in gzip and in brotli. An error if one is not
/// compressed.
pub fn assets(portal: &Portal) -> Result<Vec<(&'static str, [usize; 3])>> {
    let mut browser = Browser::new(portal.port);
    let page = browser.get("/en/")?;
    ensure!(page.status == 200 && page.body.contains("<h1"), "the start page was answered with {}", page.status);
    let version = between(&page.body, "/assets/", "/main.css").context("the start page names no style sheet")?;
    let mut assets = Vec::new();
    for name in ASSETS {
        let path = format!("/assets/{version}/{name}");
        let mut sizes = [0; 3];
        for (size, encoding) in sizes.iter_mut().zip(["identity", "gzip", "br"]) {
            *size = size_of(&browser.get_encoded(&path, encoding)?, encoding).with_context(|| path.clone())?;
        }
        ensure!(sizes[2] < sizes[1] && sizes[1] < sizes[0], "{name} is not compressed: {sizes:?}");
        assets.push((name, sizes));
    }
    Ok(assets)
}

/// How many bytes an asset has in this encoding. An error if it did not come so, or may not be kept for ever.
fn size_of(answer: &Answer, encoding: &str) -> Result<usize> {
    let header = |name| answer.header(name).unwrap_or_default();
    ensure!(answer.status == 200, "answered with {}", answer.status);
    ensure!(encoding == "identity" || header("content-encoding") == encoding, "not in {encoding}");
    ensure!(header("cache-control").contains("immutable"), "not to be kept: {}", header("cache-control"));
    header("content-length").parse().context("no length")
}

/// The folder with the program, what belongs to it, and a sum of each.
fn pack(program: &Path) -> Result<PathBuf> {
    let name = format!("forerunner-{}-{}-{}", env!("CARGO_PKG_VERSION"), std::env::consts::ARCH, std::env::consts::OS);
    let folder = project::target().join("dist").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let files = std::iter::once(program.to_owned()).chain(BESIDE.iter().map(|path| project::root().join(path)));
    for file in files {
        let name = file.file_name().with_context(|| format!("{} has no name", file.display()))?;
        fs::copy(&file, folder.join(name)).with_context(|| format!("{} cannot be packed", file.display()))?;
    }
    let names = fs::read_dir(&folder)?.map(|entry| Ok(entry?.file_name())).collect::<Result<Vec<_>>>()?;
    let sums = names.iter().fold(Cmd::new("sha256sum", &["--"]).within(&folder), Cmd::arg).output()?;
    fs::File::create(folder.join("SHA256SUMS"))?.write_all(sums.as_bytes())?;
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_archive_is_named_like_the_folder() {
        let folder = Path::new("dist/forerunner-0.1.0-x86_64-linux");
        assert_eq!(archive(folder), Path::new("dist/forerunner-0.1.0-x86_64-linux.tar.gz"));
    }
}
