//! What Debian and its relatives can give: packages to install, and single packages from other suites.
//!
//! The system's own configuration is never changed. A package from another suite is fetched through a private apt
//! configuration that takes the base address and the keyring from the machine's own source, so that mirrors and
//! offline networks work just as they do for everything else on that machine.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::command::{Cmd, find};
use crate::step::step;

/// Whether packages can be installed here: a system with apt, and we are its administrator.
pub fn can_install() -> bool {
    find("apt-get").is_some() && is_root()
}

/// Whether we run as the system's administrator.
pub fn is_root() -> bool {
    Cmd::new("id", &["-u"]).output().is_ok_and(|id| id.trim() == "0")
}

/// Installs packages, refreshing the package lists first if they are missing or too old to be right.
pub fn install(packages: &[&str]) -> Result<()> {
    step(&format!("Install Debian's {}", packages.join(", ")));
    let arguments = [&["install", "--yes", "--no-install-recommends"], packages].concat();
    let apt = |arguments: &[&str]| Cmd::new("apt-get", arguments).env("DEBIAN_FRONTEND", "noninteractive").output();
    if apt(&arguments).is_ok() {
        return Ok(());
    }
    apt(&["update"])?;
    apt(&arguments).map(drop)
}

/// Fetches the package `name` in a version that belongs to `upstream` (such as `1.95.0`) from whichever of the
/// `suites` has it, and unpacks it into `folder`.
pub fn fetch(name: &str, upstream: &str, suites: &[&str], folder: &Path) -> Result<()> {
    let archive = Source::of_this_machine()?;
    let mut complaints = Vec::new();
    for suite in suites {
        match fetch_from(&archive, suite, name, upstream, folder) {
            Ok(()) => return Ok(()),
            Err(error) => complaints.push(format!("{suite}: {error:#}")),
        }
    }
    bail!("no suite of {} has {name} {upstream} ({})", archive.uri, complaints.join("; "))
}

fn fetch_from(archive: &Source, suite: &str, name: &str, upstream: &str, folder: &Path) -> Result<()> {
    let apt = PrivateApt::new(archive, suite)?;
    apt.cmd("apt-get", &["update"]).output()?;
    let versions = apt.cmd("apt-cache", &["madison", name]).output()?;
    let version = matching_version(&versions, upstream).context("not there")?;
    step(&format!("Fetch {name} {version} from {suite}"));
    apt.cmd("apt-get", &["download", &format!("{name}={version}")]).within(apt.folder.path()).output()?;
    let package = apt.downloaded()?;
    Cmd::new("dpkg-deb", &["-x"]).arg(package).arg(folder).output().map(drop)
}

/// The first version in the table that `apt-cache madison` prints which is `upstream`, whatever Debian's suffix.
fn matching_version(table: &str, upstream: &str) -> Option<String> {
    let versions = table.lines().filter_map(|line| line.split('|').nth(1)).map(str::trim);
    versions.into_iter().find(|version| belongs_to(version, upstream)).map(str::to_owned)
}

fn belongs_to(version: &str, upstream: &str) -> bool {
    version.strip_prefix(upstream).is_some_and(|rest| rest.is_empty() || rest.starts_with(['+', '-', '~']))
}

/// An apt that knows one suite only and keeps its lists and its cache in a temporary folder.
struct PrivateApt {
    folder: tempfile::TempDir,
}

impl PrivateApt {
    fn new(archive: &Source, suite: &str) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("forerunner-apt-").tempdir()?;
        for part in ["sources", "lists/partial", "cache/archives/partial"] {
            fs::create_dir_all(folder.path().join(part))?;
        }
        fs::write(folder.path().join("sources/suite.sources"), archive.for_suite(suite))?;
        Ok(Self { folder })
    }

    fn cmd(&self, program: &str, arguments: &[&str]) -> Cmd {
        let place = |part: &str| self.folder.path().join(part).display().to_string();
        let options = [
            "Dir::Etc::sourcelist=/dev/null".to_owned(),
            format!("Dir::Etc::sourceparts={}", place("sources")),
            format!("Dir::State::lists={}", place("lists")),
            format!("Dir::Cache={}", place("cache")),
            "Acquire::Languages=none".to_owned(),
            // The folder belongs to us, not to the account apt would otherwise download with.
            "APT::Sandbox::User=".to_owned(),
        ];
        let options = options.iter().fold(Cmd::new(program, &[]), |cmd, option| cmd.arg("-o").arg(option));
        arguments.iter().fold(options, Cmd::arg)
    }

    fn downloaded(&self) -> Result<PathBuf> {
        let mut files = fs::read_dir(self.folder.path())?.flatten().map(|entry| entry.path());
        files.find(|path| path.extension().is_some_and(|end| end == "deb")).context("apt left no package")
    }
}

/// One source of packages, as apt's configuration names it.
#[derive(Debug, PartialEq)]
struct Source {
    uri: String,
    suites: Vec<String>,
    components: Vec<String>,
    /// What to trust it by (`Signed-By`, `Trusted`), kept word for word.
    trust: Vec<String>,
}

impl Source {
    /// The archive this system was itself installed from.
    fn of_this_machine() -> Result<Self> {
        let codename = codename(&fs::read_to_string("/etc/os-release")?).context("this system names no release")?;
        let sources = configured_sources(Path::new("/etc/apt"));
        let own = sources.into_iter().find(|source| source.suites.contains(&codename) && source.has("main"));
        own.with_context(|| format!("apt has no source for {codename}"))
    }

    fn has(&self, component: &str) -> bool {
        self.components.iter().any(|name| name == component)
    }

    /// The same archive's configuration for another suite.
    fn for_suite(&self, suite: &str) -> String {
        let trust: String = self.trust.iter().map(|line| format!("{line}\n")).collect();
        format!("Types: deb\nURIs: {}\nSuites: {suite}\nComponents: main\n{trust}", self.uri)
    }
}

fn codename(os_release: &str) -> Option<String> {
    let name = os_release.lines().find_map(|line| line.strip_prefix("VERSION_CODENAME="))?;
    Some(name.trim_matches('"').to_owned())
}

/// Every source of the two formats in apt's folder, the file without a folder of its own first.
fn configured_sources(apt: &Path) -> Vec<Source> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(apt.join("sources.list.d")).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    files.sort();
    files.insert(0, apt.join("sources.list"));
    files.iter().flat_map(|file| sources_of(file)).collect()
}

fn sources_of(file: &Path) -> Vec<Source> {
    let Ok(text) = fs::read_to_string(file) else { return Vec::new() };
    match file.extension().and_then(|end| end.to_str()) {
        Some("list") => text.lines().filter_map(one_line_source).collect(),
        Some("sources") => stanzas(&text).iter().filter_map(stanza_source).collect(),
        _ => Vec::new(),
    }
}

/// `deb [signed-by=/path] https://host/debian suite component …`
fn one_line_source(line: &str) -> Option<Source> {
    let rest = line.trim().strip_prefix("deb")?.strip_prefix([' ', '\t'])?.trim_start();
    let (options, rest) = match rest.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?,
        None => ("", rest),
    };
    let mut words = rest.split('#').next()?.split_whitespace().map(str::to_owned);
    let trust = options.split_whitespace().filter_map(|option| option.split_once('=')).filter_map(trust_line).collect();
    Some(Source { uri: words.next()?, suites: vec![words.next()?], components: words.collect(), trust })
}

fn trust_line((name, value): (&str, &str)) -> Option<String> {
    match name.to_ascii_lowercase().as_str() {
        "signed-by" => Some(format!("Signed-By: {}", value.replace(',', " "))),
        "trusted" => Some(format!("Trusted: {value}")),
        _ => None,
    }
}

/// The fields of one stanza: names in lower case, values with their continuation lines.
type Stanza = Vec<(String, String)>;

/// The stanzas of a file in Debian's control format: separated by empty lines, comments left out.
fn stanzas(text: &str) -> Vec<Stanza> {
    let mut all = vec![Stanza::new()];
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let last = all.last_mut().expect("there is always one");
        if line.trim().is_empty() {
            all.push(Stanza::new());
        } else if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = last.last_mut() {
                value.push('\n');
                value.push_str(line);
            }
        } else if let Some((name, value)) = line.split_once(':') {
            last.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    all
}

fn stanza_source(stanza: &Stanza) -> Option<Source> {
    let field = |name: &str| stanza.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str());
    let words = |name: &str| field(name).unwrap_or_default().split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let usable = words("types").contains(&"deb".to_owned()) && !matches!(field("enabled"), Some("no"));
    let trust = [("signed-by", "Signed-By"), ("trusted", "Trusted")];
    let trust = trust.iter().filter_map(|(name, shown)| field(name).map(|value| format!("{shown}: {value}"))).collect();
    let uri = words("uris").into_iter().next()?;
    usable.then(|| Source { uri, suites: words("suites"), components: words("components"), trust })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn source(uri: &str, suites: &[&str], components: &[&str], trust: &[&str]) -> Source {
        let own = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Source { uri: uri.to_owned(), suites: own(suites), components: own(components), trust: own(trust) }
    }

    #[test]
    fn one_line_sources_are_read() {
        let debian = "http://mirror.example/debian";
        let cases = [
            ("deb http://mirror.example/debian bookworm main", Some(source(debian, &["bookworm"], &["main"], &[]))),
            (
                "deb [arch=amd64 signed-by=/usr/share/keyrings/a.gpg]  http://mirror.example/debian bookworm main contrib # x",
                Some(source(debian, &["bookworm"], &["main", "contrib"], &["Signed-By: /usr/share/keyrings/a.gpg"])),
            ),
            (
                "  deb [ trusted=yes ] http://mirror.example/debian sid main",
                Some(source(debian, &["sid"], &["main"], &["Trusted: yes"])),
            ),
            ("deb-src http://mirror.example/debian bookworm main", None),
            ("# deb http://mirror.example/debian bookworm main", None),
            ("deb [signed-by=/a http://mirror.example/debian bookworm main", None),
            ("", None),
        ];
        for (line, expected) in cases {
            assert_eq!(one_line_source(line), expected, "{line}");
        }
    }

    #[test]
    fn stanzas_are_read() {
        let text = "Types: deb deb-src\n# a comment\nURIs: http://mirror.example/debian\nSuites: trixie trixie-updates\n\
            Components: main\nSigned-By:\n -----BEGIN-----\n .\n abc\n\nTypes: deb-src\nURIs: http://other.example\n\
            Suites: trixie\nComponents: main\n\nTypes: deb\nEnabled: no\nURIs: http://off.example\nSuites: trixie\n";
        let found: Vec<_> = stanzas(text).iter().filter_map(stanza_source).collect();
        let trust = "Signed-By: \n -----BEGIN-----\n .\n abc";
        assert_eq!(found, [source("http://mirror.example/debian", &["trixie", "trixie-updates"], &["main"], &[trust])]);
    }

    #[test]
    fn another_suite_keeps_address_and_trust() {
        let own = source("http://mirror.example/debian", &["bookworm"], &["main"], &["Signed-By: /a.gpg"]);
        assert_eq!(
            own.for_suite("sid"),
            "Types: deb\nURIs: http://mirror.example/debian\nSuites: sid\nComponents: main\nSigned-By: /a.gpg\n"
        );
    }

    #[test]
    fn sources_come_from_both_formats_in_order() {
        let apt = tempfile::tempdir().unwrap();
        fs::create_dir(apt.path().join("sources.list.d")).unwrap();
        fs::write(apt.path().join("sources.list"), "deb http://a.example/debian sid main\n").unwrap();
        fs::write(apt.path().join("sources.list.d/z.list"), "deb http://z.example/debian sid main\n").unwrap();
        let stanza = "Types: deb\nURIs: http://m.example/debian\nSuites: sid\nComponents: main\n";
        fs::write(apt.path().join("sources.list.d/m.sources"), stanza).unwrap();
        fs::write(apt.path().join("sources.list.d/m.sources.disabled"), stanza).unwrap();
        let uris: Vec<_> = configured_sources(apt.path()).into_iter().map(|source| source.uri).collect();
        assert_eq!(uris, ["http://a.example/debian", "http://m.example/debian", "http://z.example/debian"]);
    }

    #[test]
    fn the_version_that_belongs_to_the_compiler_is_found() {
        let table = " rust-src | 1.95.00-1 | http://m.example sid/main\n rust-src | 1.95.0+dfsg1-1~bpo13+1 | http://m.example\n";
        assert_eq!(matching_version(table, "1.95.0").as_deref(), Some("1.95.0+dfsg1-1~bpo13+1"));
        assert_eq!(matching_version(table, "1.94.0"), None);
        assert_eq!(matching_version("", "1.95.0"), None);
    }

    #[test]
    fn the_release_is_known_by_its_codename() {
        assert_eq!(codename("ID=debian\nVERSION_CODENAME=bookworm\n").as_deref(), Some("bookworm"));
        assert_eq!(codename("VERSION_CODENAME=\"noble\"\n").as_deref(), Some("noble"));
        assert_eq!(codename("ID=arch\n"), None);
    }
}
