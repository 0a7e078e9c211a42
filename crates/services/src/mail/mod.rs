//! Mails leave: by a mail server, or as files in a folder (the default, for trying things out).
//!
//! Rules: a connection to a mail server is encrypted and its certificate checked, unless that is switched off by name;
//! every part of a mail is encoded, so that no text can be taken for a command of the protocol; a mail sent twice
//! carries the same Message-ID.

mod gathered;
mod render;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
pub(crate) mod sink;
mod words;

use std::{
    fmt, io,
    path::{Path, PathBuf},
    time::Duration,
};

use domain::lang::Lang;
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor,
    message::Mailbox,
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, CertificateStore, Tls, TlsParameters},
    },
};
use store::outbox::Mail;
use tokio::time::timeout;
use url::Url;

use crate::{Context, notify::bounce, outbox};

/// How long one mail may take, connecting included.
const PATIENCE: Duration = Duration::from_secs(60);

/// How mails leave; from flags and environment.
#[derive(Clone)]
pub struct Settings {
    /// `smtps://user@host:port`, `smtp://user@host:port` (STARTTLS required) or `smtp://host:port?tls=none`. None: files.
    pub url: Option<String>,
    /// Password for the mail server, if it does not stand in the address.
    pub password: Option<String>,
    /// A certificate authority to trust beside the public ones, PEM.
    pub ca_file: Option<PathBuf>,
    /// Sender: `Name <address>`.
    pub from: String,
    /// Folder for mails as files.
    pub folder: PathBuf,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let by = if self.url.is_some() { "smtp" } else { "files" };
        f.debug_struct("Settings").field("by", &by).field("from", &self.from).finish_non_exhaustive()
    }
}

/// Why mails cannot leave as set up: a sentence for the operator that repeats no password.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct WrongSettings(String);

/// How a mail did not leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It may leave later: the server is away, busy, or not set up rightly.
    Later(String),
    /// It never will: the server refused this mail for good, or it cannot be written.
    Never(String),
    /// It never will, because of whom it is for: the server knows no such mailbox.
    Nobody(String),
}

/// Takes mails out.
#[derive(Clone, Debug)]
pub struct Post {
    from: Mailbox,
    way: Way,
    patience: Duration,
}

#[derive(Clone, Debug)]
enum Way {
    Smtp { transport: AsyncSmtpTransport<Tokio1Executor>, server: String },
    Files(PathBuf),
}

impl Post {
    /// Reads the settings; connects nowhere yet.
    ///
    /// # Errors
    /// With a sentence for the operator.
    pub fn new(settings: &Settings) -> Result<Self, WrongSettings> {
        let from = settings.from.parse();
        let from = from.map_err(|_| {
            WrongSettings("The sender of mails must look like: Forerunner <no-reply@example.org>".to_owned())
        })?;
        let way = match &settings.url {
            None => Way::Files(settings.folder.clone()),
            Some(url) => smtp(url, settings.password.as_deref(), settings.ca_file.as_deref())?,
        };
        Ok(Self { from, way, patience: PATIENCE })
    }

    /// The same with another patience, for tests of servers that never answer.
    #[cfg(test)]
    #[must_use]
    pub(crate) const fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Where mails go, for the operator: the server's name or the folder.
    #[must_use]
    pub fn describe(&self) -> String {
        match &self.way {
            Way::Smtp { server, .. } => format!("mail server {server}"),
            Way::Files(folder) => format!("files in {}", folder.display()),
        }
    }

    /// Whether mails become files that reach nobody by themselves.
    #[must_use]
    pub const fn is_files(&self) -> bool {
        matches!(self.way, Way::Files(_))
    }

    /// Renders a mail and sends it.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn send(&self, ctx: &Context, mail: &Mail) -> Result<(), Failure> {
        let lines = match outbox::Template::from_name(&mail.template) {
            Some(outbox::Template::DailyDigest | outbox::Template::WeeklyDigest) => {
                let found = store::notify::digest::lines(&mut ctx.db.reader(), mail.id).await;
                found.map_err(|error| Failure::Later(format!("The lines of the mail could not be read: {error}")))?
            }
            _ => Vec::new(),
        };
        let message = render::message(ctx, mail, &lines, &self.from).map_err(Failure::Never)?;
        match &self.way {
            Way::Files(folder) => {
                write(folder, &render::file_name(mail), &message.formatted()).await.map_err(|error| {
                    Failure::Later(format!("The mail could not be written to {}: {error}", folder.display()))
                })
            }
            Way::Smtp { transport, .. } => match timeout(self.patience, transport.send(message)).await {
                Ok(Ok(_)) => Ok(()),
                Ok(Err(error)) => Err(judge(&error)),
                Err(_) => Err(Failure::Later(format!("no answer within {} s", self.patience.as_secs_f32()))),
            },
        }
    }
}

/// A refusal for good is one of this mail; a server that wants another sign-in refuses them all, until it is set right.
fn judge(error: &lettre::transport::smtp::Error) -> Failure {
    const SIGN_IN: [&str; 4] = ["530", "534", "535", "538"];
    let text: String = domain::answers::clean_line(&told(error)).chars().take(300).collect();
    let code = error.status().map(|code| code.to_string()).unwrap_or_default();
    if !error.is_permanent() || SIGN_IN.contains(&code.as_str()) {
        Failure::Later(text)
    } else if bounce::names_recipient(&code, &text) {
        Failure::Nobody(text)
    } else {
        Failure::Never(text)
    }
}

/// The neutral sentence of a mail, as inboxes and digests show it.
pub(crate) const fn line(template: outbox::Template, lang: Lang) -> &'static str {
    words::words(template, lang).heading
}

/// An error with its causes.
fn told(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        source = cause.source();
    }
    text
}

/// Writes beside and renames, so that nobody reads half a mail.
async fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    tokio::fs::create_dir_all(folder).await?;
    let (part, whole) = (folder.join(format!("{name}.part")), folder.join(name));
    tokio::fs::write(&part, bytes).await?;
    tokio::fs::rename(&part, &whole).await
}

fn smtp(address: &str, password: Option<&str>, ca_file: Option<&Path>) -> Result<Way, WrongSettings> {
    let wrong = |what: &str| WrongSettings(format!("The mail server's address is not right: {what}"));
    let url = Url::parse(address).map_err(|_| wrong("write smtps://user@mail.example.org or smtp://…"))?;
    let host = url.host_str().filter(|host| !host.is_empty()).ok_or_else(|| wrong("it names no server"))?;
    let host = host.trim_matches(['[', ']']).to_owned();
    let mut encrypted = true;
    for (name, value) in url.query_pairs() {
        match (&*name, &*value) {
            ("tls", "none") if url.scheme() == "smtp" => encrypted = false,
            ("tls", "required") => {}
            _ => return Err(wrong("after the question mark only tls=none and tls=required are known")),
        }
    }
    let (tls, port) = match (url.scheme(), encrypted) {
        ("smtps", _) => (Tls::Wrapper(tls(&host, ca_file)?), 465),
        ("smtp", true) => (Tls::Required(tls(&host, ca_file)?), 587),
        ("smtp", false) => (Tls::None, 587),
        _ => return Err(wrong("it must begin with smtps:// or smtp://")),
    };
    let port = url.port().unwrap_or(port);
    let mut builder =
        AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&host).port(port).tls(tls).timeout(Some(PATIENCE));
    if !url.username().is_empty() {
        let user = decode(url.username()).ok_or_else(|| wrong("the user name cannot be read"))?;
        let password = match (password, url.password()) {
            (Some(given), _) => given.to_owned(),
            (None, Some(inside)) => decode(inside).ok_or_else(|| wrong("the password cannot be read"))?,
            (None, None) => return Err(wrong("it names a user, but there is no password")),
        };
        builder = builder.credentials(Credentials::new(user, password));
    }
    Ok(Way::Smtp { transport: builder.build(), server: format!("{host}:{port}") })
}

fn tls(host: &str, ca_file: Option<&Path>) -> Result<TlsParameters, WrongSettings> {
    let mut builder = TlsParameters::builder(host.to_owned()).certificate_store(CertificateStore::Default);
    if let Some(path) = ca_file {
        let wrong = |error: &dyn fmt::Display| {
            WrongSettings(format!("The certificate authority in {} cannot be read: {error}", path.display()))
        };
        let pem = std::fs::read(path).map_err(|error| wrong(&error))?;
        builder = builder.add_root_certificate(Certificate::from_pem(&pem).map_err(|error| wrong(&error))?);
    }
    builder.build().map_err(|error| WrongSettings(format!("Encryption cannot be set up: {error}")))
}

/// Undoes percent-encoding.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        rest = tail;
        if first == b'%' {
            let (digits, tail) = rest.split_at_checked(2)?;
            bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
            rest = tail;
        } else {
            bytes.push(first);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;
