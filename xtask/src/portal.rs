//! The running server as drills, benchmarks and `dist` meet it: the real program, on a folder that stays when the
//! process dies, and the clients that talk to it.

use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};

use http::Browser;

pub mod http;
pub mod reporter;
pub mod smtp;

/// The server may take so long to answer after its start; demonstration data takes the most of it.
const START_LIMIT: Duration = Duration::from_secs(120);

/// How often a server that starts is asked whether it answers.
const ASK_EVERY: Duration = Duration::from_millis(5);

/// How a server is started.
#[derive(Clone)]
pub struct Setting {
    /// The server program.
    pub program: PathBuf,
    /// Where its data, its log and what it announces are kept.
    pub folder: PathBuf,
    /// Further flags of `forerunner serve`.
    pub flags: Vec<String>,
}

impl Setting {
    /// Demonstration data on SQLite in this folder.
    pub fn demo(program: PathBuf, folder: &Path) -> Self {
        Self { flags: vec!["--demo".to_owned()], ..Self::empty(program, folder) }
    }

    /// An installation without anybody, on SQLite in this folder.
    pub fn empty(program: PathBuf, folder: &Path) -> Self {
        Self { program, folder: folder.to_owned(), flags: Vec::new() }
    }

    /// With this flag and its value.
    pub fn with(mut self, flag: &str, value: impl Into<String>) -> Self {
        self.flags.extend([flag.to_owned(), value.into()]);
        self
    }

    /// Another command of the program on the same data, such as `audit verify`; its standard output.
    pub fn command(&self, words: &[&str]) -> Result<String> {
        crate::command::Cmd::new(&self.program, words)
            .arg("--data")
            .arg(data(&self.folder))
            .args(&self.database())
            .output()
    }

    /// The flag that names the database, where there is one.
    fn database(&self) -> Vec<&str> {
        let at = self.flags.iter().position(|flag| flag == "--database");
        at.map(|at| self.flags[at..at + 2].iter().map(String::as_str).collect()).unwrap_or_default()
    }
}

/// The server, its folder and its port.
pub struct Portal {
    setting: Setting,
    /// Where it listens.
    pub port: u16,
    child: Child,
}

impl Portal {
    /// Starts the program and waits until it answers.
    pub fn start(setting: Setting) -> Result<Self> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let child = launch(&setting, port)?;
        let mut portal = Self { setting, port, child };
        portal.wait()?;
        Ok(portal)
    }

    /// Kills the process without a warning and starts it again on what is on the disk; from the start of the process to
    /// its first answer.
    pub fn kill_and_restart(&mut self) -> Result<Duration> {
        self.kill()?;
        let begun = Instant::now();
        self.child = launch(&self.setting, self.port)?;
        self.wait()?;
        Ok(begun.elapsed())
    }

    /// Kills it for good.
    pub fn stop(&mut self) -> Result<()> {
        self.kill()
    }

    /// What the first start wrote to its standard output: the accounts among it.
    pub fn announced(&self) -> Result<String> {
        fs::read_to_string(announced(&self.setting.folder)).context("the server announced nothing")
    }

    /// What it logged in all its lives.
    pub fn logged(&self) -> Result<String> {
        fs::read_to_string(log(&self.setting.folder)).context("the server has no log")
    }

    /// Where its database and mails are.
    pub fn data(&self) -> PathBuf {
        data(&self.setting.folder)
    }

    /// Another command of the program on the same data; see [`Setting::command`].
    pub fn command(&self, words: &[&str]) -> Result<String> {
        self.setting.command(words)
    }

    /// The process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    fn kill(&mut self) -> Result<()> {
        ensure!(self.child.try_wait()?.is_none(), "the server ended by itself: see its log");
        self.child.kill().context("the server could not be killed")?;
        self.child.wait()?;
        Ok(())
    }

    /// Waits until it answers.
    pub fn wait(&mut self) -> Result<()> {
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

fn launch(setting: &Setting, port: u16) -> Result<Child> {
    let append = |path: PathBuf| File::options().create(true).append(true).open(path);
    Command::new(&setting.program)
        .args(["serve", "--port", &port.to_string(), "--data"])
        .arg(data(&setting.folder))
        .args(&setting.flags)
        .env("FORERUNNER_LOG", "warn")
        .stdin(Stdio::null())
        .stdout(append(announced(&setting.folder))?)
        .stderr(append(log(&setting.folder))?)
        .spawn()
        .with_context(|| format!("{} could not be started", setting.program.display()))
}
