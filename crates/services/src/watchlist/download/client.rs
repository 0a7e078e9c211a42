//! One download: the connection goes to the address that was checked, and ends at its limits.

use std::{
    fs::File,
    io::{self, Read as _, Write as _},
    net::SocketAddr,
    path::Path,
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};
use ureq::{
    Agent,
    config::Config,
    http::{Response, StatusCode, Uri},
    tls::{Certificate, RootCerts, TlsConfig},
    unversioned::{
        resolver::{ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};
use url::Url;

use super::guard::Guard;

/// So often a server may lead elsewhere.
const REDIRECTS: usize = 5;

/// How much a download may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// In bytes.
    pub bytes: u64,
    /// From the first to the last.
    pub time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 500_000_000, time: Duration::from_secs(15 * 60) }
    }
}

/// What a server said about a file, by which it tells later whether it changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seen {
    /// The configured address.
    pub url: String,
    #[serde(default)]
    pub etag: String,
    #[serde(default)]
    pub modified: String,
}

/// What came of a download.
#[derive(Debug)]
pub(super) enum Got {
    /// The file has not changed since.
    Same,
    /// It is there whole.
    File(Seen),
}

/// The client.
#[derive(Clone, Debug)]
pub(super) struct Client {
    pub guard: Guard,
    pub limits: Limits,
    /// Whom hosts inside the network may be vouched for by, beside nobody else.
    pub roots: Vec<Certificate<'static>>,
}

impl Client {
    /// Downloads a file to a path. With `before`, only if it changed since.
    ///
    /// # Errors
    /// Why not, in plain words that do not hold the address.
    pub fn get(&self, url: &str, before: Option<&Seen>, to: &Path) -> Result<Got, String> {
        let end = Instant::now() + self.limits.time;
        let mut at = self.guard.read(url)?;
        for _ in 0..=REDIRECTS {
            let mut answer = self.ask(&at, before, end)?;
            let status = answer.status();
            if status == StatusCode::NOT_MODIFIED && before.is_some() {
                return Ok(Got::Same);
            }
            if status == StatusCode::OK {
                self.keep(&mut answer, to)?;
                let seen = Seen {
                    url: url.to_owned(),
                    etag: header(&answer, "etag"),
                    modified: header(&answer, "last-modified"),
                };
                return Ok(Got::File(seen));
            }
            if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
                return Err(format!("the server answered with {status}"));
            }
            at = self.guard.join(&at, &header(&answer, "location"))?;
        }
        Err("the server leads on and on to other addresses".into())
    }

    fn ask(&self, url: &Url, before: Option<&Seen>, end: Instant) -> Result<Response<ureq::Body>, String> {
        let found = self.guard.resolve(url)?;
        let roots = match self.guard.is_inside(url.host_str().unwrap_or_default()) && !self.roots.is_empty() {
            true => RootCerts::new_with_certs(&self.roots),
            false => RootCerts::WebPki,
        };
        let left = end.saturating_duration_since(Instant::now());
        let config = Config::builder()
            .max_redirects(0)
            .http_status_as_error(false)
            .proxy(None)
            .timeout_global(Some(left))
            .timeout_connect(Some(Duration::from_secs(30).min(left)))
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .user_agent("Forerunner")
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), Checked(found));
        let mut ask = agent.get(url.as_str()).header("accept-encoding", "identity");
        let known = before.map(|seen| [("if-none-match", &seen.etag), ("if-modified-since", &seen.modified)]);
        for (name, value) in known.into_iter().flatten().filter(|(_, value)| !value.is_empty()) {
            ask = ask.header(name, value);
        }
        ask.call().map_err(|error| told(&error))
    }

    /// Writes the body to a file, to its end or not at all.
    fn keep(&self, answer: &mut Response<ureq::Body>, to: &Path) -> Result<(), String> {
        let encoding = header(answer, "content-encoding");
        if !matches!(encoding.as_str(), "" | "identity") {
            return Err(format!("the server packed the file ({encoding}), which was not asked for"));
        }
        let too_large = || format!("the file is larger than {} MB", self.limits.bytes / 1_000_000);
        let mut file = File::create(to).map_err(|error| format!("the disk takes nothing: {error}"))?;
        let mut body = answer.body_mut().with_config().limit(u64::MAX).reader();
        let (mut piece, mut bytes) = (vec![0; 128 * 1024], 0_u64);
        loop {
            let count = match body.read(&mut piece) {
                Ok(0) => break,
                Ok(count) => count,
                Err(error) => return Err(format!("the file did not arrive whole: {}", io_told(&error))),
            };
            bytes += count as u64;
            if bytes > self.limits.bytes {
                return Err(too_large());
            }
            file.write_all(&piece[..count]).map_err(|error| format!("the disk takes nothing: {error}"))?;
        }
        Ok(())
    }
}

fn header(answer: &Response<ureq::Body>, name: &str) -> String {
    let value = answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.chars().take(1000).collect()
}

/// An error without the address in it.
fn told(error: &ureq::Error) -> String {
    match error {
        ureq::Error::Timeout(_) => "it took too long".into(),
        ureq::Error::Io(error) => io_told(error),
        ureq::Error::HostNotFound => "the name was not found".into(),
        ureq::Error::BadUri(_) => "this is no address of the web".into(),
        other => other.to_string(),
    }
}

fn io_told(error: &io::Error) -> String {
    // What the library itself finds wrong with a body comes packed.
    if let Some(inner) = error.get_ref().and_then(|inner| inner.downcast_ref::<ureq::Error>()) {
        return told(inner);
    }
    match error.kind() {
        io::ErrorKind::TimedOut => "it took too long".into(),
        io::ErrorKind::UnexpectedEof => "the connection ended too early".into(),
        _ => error.to_string(),
    }
}

/// The addresses that were looked up and checked; no other is looked up for the connection.
#[derive(Debug)]
struct Checked(Vec<SocketAddr>);

impl Resolver for Checked {
    fn resolve(&self, _: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let mut all = self.empty();
        self.0.iter().take(16).for_each(|address| all.push(*address));
        if self.0.is_empty() { Err(ureq::Error::HostNotFound) } else { Ok(all) }
    }
}
