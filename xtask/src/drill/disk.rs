//! `cargo xtask drill disk`: the disk fills up while clients send, and is freed again. Nothing may be accepted that is
//! not stored, pages that only read go on, and the server recovers without a restart.
//!
//! The disk is a small file system in memory, which only the administrator of a machine can make. It runs on Linux.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

use super::{Options, proof, reporters, send_while};
use crate::build::Kind;
use crate::command::Cmd;
use crate::portal::http::Browser;
use crate::portal::reporter::{Account, refusals};
use crate::portal::{Portal, Setting};
use crate::step::step;

/// Room for the demonstration data and some minutes of reports.
const SIZE: &str = "size=192m";

/// So many forms must have been refused before the disk is freed.
const REFUSALS: u32 = 20;

/// They must have been refused within this time.
const PATIENCE: Duration = Duration::from_secs(60);

/// Clients send so long before the disk is full, and after it is freed.
const AROUND: Duration = Duration::from_secs(2);

/// Builds the server and carries out the drill.
pub fn disk(options: &Options) -> Result<()> {
    super::carry_out(options, |kind, folder| drill(options, kind, folder))
}

fn drill(options: &Options, kind: Kind, folder: &Path) -> Result<String> {
    let disk = Disk::mount(&folder.join("data"))?;
    step("Start the server with demonstration data on a small disk");
    let mut portal = Portal::start(Setting::demo(kind.server(), folder))?;
    let (accounts, reporters) = reporters(&portal, options.clients)?;

    step(&format!("Fill the disk {} times while {} clients send reports", options.rounds, options.clients));
    let shown = send_while(reporters, || {
        for _ in 0..options.rounds {
            thread::sleep(AROUND);
            disk.fill()?;
            until_refused()?;
            still_reads(portal.port, &accounts)?;
            disk.free()?;
        }
        thread::sleep(AROUND);
        Ok(())
    })?;
    let outcome = proof::whole(&mut portal, &accounts, &shown)?;
    Ok(format!("{} times the disk was full, {} forms were refused: {outcome}", options.rounds, refusals()))
}

/// Waits until the full disk has been felt.
fn until_refused() -> Result<()> {
    let (before, begun) = (refusals(), Instant::now());
    while refusals() < before + REFUSALS {
        ensure!(begun.elapsed() < PATIENCE, "the disk is full and forms are not refused");
        thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

/// Pages that store nothing are there with a full disk.
fn still_reads(port: u16, accounts: &[Account]) -> Result<()> {
    let account = accounts.first().context("there is no account")?;
    for path in ["/en/", "/en/substances", &format!("{}/reports", account.workspace)] {
        let mut browser = if path.starts_with("/en/c/") { account.browser.clone() } else { Browser::new(port) };
        let status = browser.get(path)?.status;
        ensure!(status == 200, "with a full disk {path} is answered with {status}");
    }
    Ok(())
}

/// A small file system in memory.
struct Disk(PathBuf);

impl Disk {
    fn mount(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder)?;
        let mount = Cmd::new("mount", &["-t", "tmpfs", "-o", SIZE, "forerunner-drill"]).arg(folder);
        mount.output().context("this drill needs a small disk, which only root may make: run it as root on Linux")?;
        Ok(Self(folder.to_owned()))
    }

    fn ballast(&self) -> PathBuf {
        self.0.join("ballast")
    }

    /// Writes until nothing more fits.
    fn fill(&self) -> Result<()> {
        let mut file = File::create(self.ballast())?;
        for block in [1 << 20, 1 << 12, 1 << 4] {
            while file.write_all(&vec![0; block]).is_ok() {}
        }
        Ok(())
    }

    fn free(&self) -> Result<()> {
        fs::remove_file(self.ballast()).context("the ballast is gone")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // What is left of a memory disk goes with the machine at the latest.
        let _ = Cmd::new("umount", &["--lazy"]).arg(&self.0).output();
    }
}
