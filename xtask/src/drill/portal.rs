//! The server under test: the real program, on a folder that stays when the process dies.

use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};

use super::http::Browser;

/// The server may take so long to answer after its start; demonstration data takes the most of it.
const START_LIMIT: Duration = Duration::from_secs(120);

/// How often a server that starts is asked whether it answers.
const ASK_EVERY: Duration = Duration::from_millis(20);

/// The server, its folder and its port.
pub struct Portal {
    program: PathBuf,
    folder: PathBuf,
    /// Where it listens.
    pub port: u16,
    child: Child,
}

impl Portal {
    /// Starts the program with demonstration data and waits until it answers.
    pub fn start(program: PathBuf, folder: &Path) -> Result<Self> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let child = launch(&program, folder, port)?;
        let mut portal = Self { program, folder: folder.to_owned(), port, child };
        portal.wait()?;
        Ok(portal)
    }

    /// Kills the process without a warning and starts it again on what is on the disk.
    pub fn kill_and_restart(&mut self) -> Result<()> {
        self.kill()?;
        self.child = launch(&self.program, &self.folder, self.port)?;
        self.wait()
    }

    /// Kills it for good.
    pub fn stop(&mut self) -> Result<()> {
        self.kill()
    }

    /// What the first start wrote to its standard output: the accounts among it.
    pub fn announced(&self) -> Result<String> {
        fs::read_to_string(announced(&self.folder)).context("the server announced nothing")
    }

    /// What it logged in all its lives.
    pub fn logged(&self) -> Result<String> {
        fs::read_to_string(log(&self.folder)).context("the server has no log")
    }

    /// Where its database and mails are.
    pub fn data(&self) -> PathBuf {
        data(&self.folder)
    }

    /// Another command of the program on the same data, such as `audit verify`; its standard output.
    pub fn command(&self, words: &[&str]) -> Result<String> {
        crate::command::Cmd::new(&self.program, words).arg("--data").arg(self.data()).output()
    }

    fn kill(&mut self) -> Result<()> {
        ensure!(self.child.try_wait()?.is_none(), "the server ended by itself: see its log");
        self.child.kill().context("the server could not be killed")?;
        self.child.wait()?;
        Ok(())
    }

    fn wait(&mut self) -> Result<()> {
        let begun = Instant::now();
        while begun.elapsed() < START_LIMIT {
            if Browser::new(self.port).get("/healthz").is_ok_and(|answer| answer.status == 200) {
                return Ok(());
            }
            if let Some(status) = self.child.try_wait()? {
                bail!("the server did not start ({status}): see its log");
            }
            thread::sleep(ASK_EVERY);
        }
        bail!("the server did not answer within {} s", START_LIMIT.as_secs())
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        // It may be dead already, which is just as well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn data(folder: &Path) -> PathBuf {
    folder.join("data")
}

fn log(folder: &Path) -> PathBuf {
    folder.join("server.log")
}

fn announced(folder: &Path) -> PathBuf {
    folder.join("announced.txt")
}

fn launch(program: &Path, folder: &Path, port: u16) -> Result<Child> {
    let append = |path: PathBuf| File::options().create(true).append(true).open(path);
    Command::new(program)
        .args(["serve", "--demo", "--port", &port.to_string(), "--data"])
        .arg(data(folder))
        .env("FORERUNNER_LOG", "warn")
        .stdin(Stdio::null())
        .stdout(append(announced(folder))?)
        .stderr(append(log(folder))?)
        .spawn()
        .with_context(|| format!("{} could not be started", program.display()))
}
