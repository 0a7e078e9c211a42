//! A PostgreSQL server for the length of one test run.
//!
//! It stands in a temporary folder, listens on a free port of the loopback address with a password of its own, and
//! keeps `fsync` on, so that the tests see the database as it is in real use. A small keeper process watches over it:
//! as soon as this program ends, however it ends, the keeper's standard input closes, and it stops the server and
//! removes the folder.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};

use crate::command::{Cmd, find};
use crate::debian;
use crate::step::step;

/// The account PostgreSQL runs under when we are root, whom it refuses.
const ACCOUNT: &str = "postgres";

/// The database user the tests connect as; it may create databases.
const USER: &str = "forerunner";

/// Makes a cluster, starts it, says `ready` (or why not), starts it anew for every further line and says so, and cleans up
/// when the standard input ends, whose first line is the password. $1 programs, $2 port, $3 user.
const KEEPER: &str = r#"
trap '' INT TERM HUP
read -r password
folder=$(mktemp -d /tmp/forerunner-postgres-XXXXXX) || exit 1
printf '%s' "$password" >"$folder/password"
if "$1/initdb" --pgdata="$folder/data" --username="$3" --pwfile="$folder/password" --auth=scram-sha-256 \
        --encoding=UTF8 --locale=C >"$folder/log" 2>&1 &&
    "$1/pg_ctl" start --wait --pgdata="$folder/data" --log="$folder/log" \
        --options="-p $2 -k $folder -c listen_addresses=127.0.0.1 -c max_connections=300" >/dev/null 2>>"$folder/log"
then
    echo ready
    while read -r word; do
        "$1/pg_ctl" restart --wait --mode=immediate --pgdata="$folder/data" --log="$folder/log" >/dev/null 2>>"$folder/log"
        echo ready
    done
else
    cat "$folder/log"
fi
"$1/pg_ctl" stop --pgdata="$folder/data" --mode=immediate >/dev/null 2>&1
rm -rf "$folder"
"#;

/// A running server. Dropping it stops it and removes all it held.
pub struct Server {
    keeper: Child,
    said: BufReader<ChildStdout>,
    url: String,
}

impl Server {
    /// Finds PostgreSQL, installing it where that can be done, and starts a server.
    pub fn start() -> Result<Self> {
        let programs = programs()?;
        step(&format!("Start PostgreSQL ({})", programs.display()));
        let password = password()?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut keeper = keeper(&programs, port)?;
        let stdin = keeper.stdin.as_mut().expect("the input was asked for");
        writeln!(stdin, "{password}").context("PostgreSQL's keeper did not take the password")?;
        let mut said = BufReader::new(keeper.stdout.take().expect("the output was asked for"));
        let mut answer = String::new();
        said.read_line(&mut answer)?;
        if answer.trim() != "ready" {
            said.read_to_string(&mut answer)?;
            keeper.wait()?;
            bail!("PostgreSQL did not start: {}", answer.trim());
        }
        Ok(Self { keeper, said, url: format!("postgres://{USER}:{password}@127.0.0.1:{port}/postgres") })
    }

    /// Stops it as a broken machine would, without a word to its clients, and starts it again.
    pub fn restart(&mut self) -> Result<()> {
        writeln!(self.keeper.stdin.as_mut().context("PostgreSQL was told to end")?, "restart")?;
        let mut answer = String::new();
        self.said.read_line(&mut answer)?;
        ensure!(answer.trim() == "ready", "PostgreSQL did not start again");
        Ok(())
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

/// The keeper, as somebody whom PostgreSQL accepts, in a folder that is open to him.
fn keeper(programs: &Path, port: u16) -> Result<Child> {
    let cmd = if debian::is_root() {
        let runuser = find("runuser").unwrap_or_else(|| PathBuf::from("/usr/sbin/runuser"));
        Cmd::new(runuser, &["-u", ACCOUNT, "--", "/bin/sh"])
    } else {
        Cmd::new("/bin/sh", &[])
    };
    let cmd = cmd.args(&["-c", KEEPER, "keeper"]).arg(programs).arg(port.to_string()).arg(USER);
    let mut command = cmd.within(Path::new("/")).into_inner();
    apart(&mut command).stdin(Stdio::piped()).stdout(Stdio::piped());
    command.spawn().context("PostgreSQL's keeper could not be started")
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
