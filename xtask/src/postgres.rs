//! A PostgreSQL server for the length of one test run.
//!
//! It stands in a temporary folder, listens on a free port of the loopback address with a password of its own, and
//! keeps `fsync` on, so that the tests see the database as it is in real use. A small keeper process watches over it:
//! as soon as this program ends, however it ends, the keeper's standard input closes, and it stops the server and
//! removes the folder.

use std::fs;
use std::io::Write as _;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};

use crate::command::{Cmd, find};
use crate::debian;
use crate::step::step;

/// The account PostgreSQL runs under when we are root, whom it refuses.
const ACCOUNT: &str = "postgres";

/// The database user the tests connect as; it may create databases.
const USER: &str = "forerunner";

/// Runs the server until the standard input ends. $1 programs, $2 folder, $3 port.
const KEEPER: &str = r#"
trap '' INT TERM HUP
"$1/postgres" -D "$2/data" -k "$2" -p "$3" -c listen_addresses=127.0.0.1 -c max_connections=300 \
    -c logging_collector=off >"$2/log" 2>&1 </dev/null &
cat >/dev/null
"$1/pg_ctl" stop -D "$2/data" -m immediate >/dev/null 2>&1
wait
rm -rf "$2"
"#;

/// A running server. Dropping it stops it and removes all it held.
pub struct Server {
    keeper: Child,
    url: String,
}

impl Server {
    /// Finds PostgreSQL, installing it where that can be done, and starts a server.
    pub fn start() -> Result<Self> {
        let programs = programs()?;
        step(&format!("Start PostgreSQL ({})", programs.display()));
        let runner = Runner::for_us();
        let folder = runner.run("mktemp", &["-d", "/tmp/forerunner-postgres-XXXXXX"])?.trim().to_owned();
        let password = password()?;
        make_cluster(&runner, &programs, &folder, &password)?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let keeper = runner.keeper(&programs, &folder, port)?;
        let server = Self { keeper, url: format!("postgres://{USER}:{password}@127.0.0.1:{port}/postgres") };
        wait_until_ready(&programs, port, Path::new(&folder))?;
        Ok(server)
    }

    /// The address, with user and password, of a database from which others can be created.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        // The keeper has been told; if it is gone already there is nothing left to wait for.
        let _ = self.keeper.wait();
    }
}

/// The folder with `initdb`, `pg_ctl` and `postgres`.
fn programs() -> Result<PathBuf> {
    if let Some(found) = find_programs() {
        return Ok(found);
    }
    let help = "install PostgreSQL (on Debian: `apt-get install postgresql`), or leave these tests out with \
                `cargo xtask test --without-postgres`";
    ensure!(debian::can_install(), "the tests on PostgreSQL need its server programs, which are not here: {help}");
    debian::install(&["postgresql"]).with_context(|| format!("PostgreSQL could not be installed: {help}"))?;
    find_programs().with_context(|| format!("PostgreSQL was installed but its programs were not found: {help}"))
}

fn find_programs() -> Option<PathBuf> {
    newest(Path::new("/usr/lib/postgresql")).or_else(|| {
        let folder = Cmd::new("pg_config", &["--bindir"]).output().ok()?;
        Some(PathBuf::from(folder.trim())).filter(|folder| folder.join("initdb").is_file())
    })
}

/// The highest version in Debian's layout, `/usr/lib/postgresql/15/bin`.
fn newest(folder: &Path) -> Option<PathBuf> {
    let versions = fs::read_dir(folder).ok()?.flatten().filter_map(|entry| {
        let version: u32 = entry.file_name().to_str()?.parse().ok()?;
        Some((version, entry.path().join("bin")))
    });
    versions.filter(|(_, programs)| programs.join("initdb").is_file()).max().map(|(_, programs)| programs)
}

/// Runs programs as somebody PostgreSQL accepts.
struct Runner {
    as_account: bool,
}

impl Runner {
    fn for_us() -> Self {
        Self { as_account: debian::is_root() }
    }

    fn cmd(&self, program: &str) -> Cmd {
        // Any folder the account may stand in: ours may be closed to it.
        let cmd = if self.as_account {
            let runuser = find("runuser").unwrap_or_else(|| PathBuf::from("/usr/sbin/runuser"));
            Cmd::new(runuser, &["-u", ACCOUNT, "--", program])
        } else {
            Cmd::new(program, &[])
        };
        cmd.within(Path::new("/"))
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Result<String> {
        arguments.iter().fold(self.cmd(program), Cmd::arg).output()
    }

    fn keeper(&self, programs: &Path, folder: &str, port: u16) -> Result<Child> {
        let cmd = self.cmd("/bin/sh").arg("-c").arg(KEEPER).arg("keeper");
        let mut command = cmd.arg(programs).arg(folder).arg(port.to_string()).into_inner();
        apart(&mut command).stdin(Stdio::piped()).stdout(Stdio::null());
        command.spawn().context("PostgreSQL's keeper could not be started")
    }
}

/// Keeps the terminal's Ctrl-C away from the keeper, which has to outlive us.
#[cfg(unix)]
fn apart(command: &mut Command) -> &mut Command {
    std::os::unix::process::CommandExt::process_group(command, 0)
}

#[cfg(not(unix))]
fn apart(command: &mut Command) -> &mut Command {
    command
}

fn password() -> Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("no random numbers: {error}"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn make_cluster(runner: &Runner, programs: &Path, folder: &str, password: &str) -> Result<()> {
    let arguments = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--pwfile=/dev/stdin"];
    let cmd = runner.cmd(&programs.join("initdb").display().to_string());
    let cmd = arguments.iter().fold(cmd, Cmd::arg).arg(format!("--username={USER}"));
    let mut command = cmd.arg(format!("--pgdata={folder}/data")).into_inner();
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().context("initdb could not be started")?;
    let mut stdin = child.stdin.take().expect("the input was asked for");
    writeln!(stdin, "{password}").context("initdb did not take the password")?;
    drop(stdin);
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "initdb failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    Ok(())
}

fn wait_until_ready(programs: &Path, port: u16, folder: &Path) -> Result<()> {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(60) {
        let port = port.to_string();
        if Cmd::new(programs.join("pg_isready"), &["-q", "-h", "127.0.0.1", "-p", &port]).succeeds() {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
    bail!("PostgreSQL did not start within a minute: {}", log.trim())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn the_newest_version_with_a_server_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(newest(folder.path()), None);
        for (version, program) in [("9", "initdb"), ("15", "initdb"), ("17", "psql"), ("common", "initdb")] {
            let programs = folder.path().join(version).join("bin");
            fs::create_dir_all(&programs).unwrap();
            fs::write(programs.join(program), "").unwrap();
        }
        assert_eq!(newest(folder.path()), Some(folder.path().join("15/bin")));
    }

    #[test]
    fn passwords_are_long_and_never_the_same() {
        let (one, other) = (password().unwrap(), password().unwrap());
        assert_eq!(one.len(), 32);
        assert_ne!(one, other);
    }
}
