//! The command line. Every setting is a flag and an environment variable of the same name; `docs/operations.md` explains
//! each.

use std::path::PathBuf;

use clap::{Arg, Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use domain::date::Date;

use crate::{lists, mails, names, serve};

/// Forerunner: companies report suspicious orders of drug precursors, authorities triage them.
#[derive(Debug, Parser)]
#[command(name = "forerunner", version, about)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

impl Cli {
    /// Reads the command line. A variable that is set to nothing, as files of settings have it, counts as not set. Ends the
    /// program where the command line is wrong, or asks for help.
    #[must_use]
    pub fn read() -> Self {
        let matches = without_empty(Self::command()).get_matches();
        Self::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
    }
}

fn without_empty(command: clap::Command) -> clap::Command {
    let is_empty = |arg: &Arg| arg.get_env().and_then(std::env::var_os).is_some_and(|value| value.is_empty());
    let unset = |arg: Arg| if is_empty(&arg) { arg.env(None) } else { arg };
    command.mut_args(unset).mut_subcommands(without_empty)
}

/// What the binary can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Runs the portal.
    Serve(Box<Settings>),
    /// Checks the audit log or writes it out.
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Writes everything an installation would miss into a new folder, while the portal works.
    Backup {
        /// The folder to make; it must not exist.
        folder: PathBuf,
        /// The installation.
        #[command(flatten)]
        settings: Box<Settings>,
    },
    /// Fills an empty installation, on either engine, from such a folder.
    Restore {
        /// The folder that a backup made.
        folder: PathBuf,
        /// The installation.
        #[command(flatten)]
        settings: Box<Settings>,
    },
    /// Adds generated reports of three years to an installation with demo data, for measuring.
    Fill {
        /// How many reports.
        reports: u32,
        /// The installation.
        #[command(flatten)]
        settings: Box<Settings>,
    },
    /// The keys that sign receipts.
    #[command(subcommand)]
    Keys(KeysCommand),
    /// Resets a system administrator's account whom no other can help, and prints an address to choose a new password.
    Rescue {
        /// Their e-mail address.
        email: String,
        /// The installation.
        #[command(flatten)]
        settings: Box<Settings>,
    },
    /// The mails on their way.
    #[command(subcommand)]
    Mail(MailCommand),
    /// Watch lists: loading versions, comparing them, putting one in force.
    #[command(subcommand)]
    Lists(ListsCommand),
    /// Lists the entries of the library that somebody has to compare with their source: a year has passed, or nobody ever did.
    LibraryDue {
        /// The installation.
        #[command(flatten)]
        settings: Box<Settings>,
    },
    /// Compares names as the portal does, for trying and validating the engine. Needs no installation.
    #[command(subcommand)]
    Screening(ScreeningCommand),
}

/// What can be done with watch lists.
#[derive(Debug, Subcommand)]
pub enum ListsCommand {
    /// Loads files as new versions. Each list is recognised by its format; files of one set are given together.
    Import {
        /// The files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Code of the list, for formats that do not say which list it is: `national-watch`.
        #[arg(long)]
        list: Option<String>,
        /// Name of the list, if it is new.
        #[arg(long)]
        label: Option<String>,
        /// What a hit on it means, if it is new: `un_sanctions`, `narcotics`, `financial_sanctions`, `export_control`, `watch`.
        #[arg(long)]
        means: Option<String>,
        /// Puts the versions in force at once.
        #[arg(long)]
        activate: bool,
        /// The installation.
        #[command(flatten)]
        settings: Box<Settings>,
    },
    /// Says what a version changes against the one in force. Without a list: which lists there are.
    Diff {
        /// Code of the list.
        list: Option<String>,
        /// The version; the last one unless said.
        version: Option<i64>,
        /// Compares with this version instead.
        #[arg(long)]
        against: Option<i64>,
        /// The installation.
        #[command(flatten)]
        settings: Box<Settings>,
    },
    /// Puts a version in force. An earlier one is gone back to in the same way.
    Activate {
        /// Code of the list.
        list: String,
        /// The version.
        version: i64,
        /// The installation.
        #[command(flatten)]
        settings: Box<Settings>,
    },
}

/// What the engine can be asked.
#[derive(Debug, Subcommand)]
pub enum ScreeningCommand {
    /// Reads lines of `kind<TAB>name<TAB>name` (kind: person, organisation, vessel, any) and prints a score from 0 to 1 for
    /// each.
    Score,
    /// Reads lines of `name`, optionally with `<TAB>key=value` (kind, birth, country, identifier), and prints for each the
    /// best score and the number of the entry on its list, or `0` and `-`.
    Match {
        /// Files of lists, in any of the formats that the portal reads; those that belong together are recognised.
        #[arg(long, required = true, num_args = 1..)]
        list: Vec<PathBuf>,
        /// What scores lower is no hit.
        #[arg(long, default_value_t = screening::THRESHOLD)]
        threshold: f32,
    },
}

/// What can be done with the audit log.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Walks the whole chain and says whether it is whole. Ends with 1 if it is not.
    Verify(Box<Settings>),
    /// Writes every row as a line of JSON: who did what to which object, without the values the rows commit to.
    Export(Box<Settings>),
}

/// What can be done with the keys of receipts.
#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// Makes a new key in the data folder. Receipts of the old one stay genuine; a running portal goes on with the new.
    Rotate(Box<Settings>),
}

/// What can be asked about mails.
#[derive(Debug, Subcommand)]
pub enum MailCommand {
    /// Lists the mails that were given up, the newest first: when, which kind, to whom, how often it was tried, and why.
    Dead(Box<Settings>),
    /// Reads from the standard input a message that came to the sender's address. If it says that a mail came back for good,
    /// that is noted; for a mail server's pipe, which it gives back 0 for every message that could be read.
    Bounced(Box<Settings>),
    /// Adds invented readers to an installation with demo data and tells each of them of an alert, for measuring.
    Flood {
        /// How many readers.
        readers: u32,
        /// The installation.
        #[command(flatten)]
        settings: Box<Settings>,
    },
}

/// How an installation is set up.
#[derive(Args, Clone, Debug)]
pub struct Settings {
    /// Folder of the database, keys and mails. Made if it is not there.
    #[arg(long, env = "FORERUNNER_DATA", default_value = "forerunner-data")]
    pub data: PathBuf,
    /// `sqlite:PATH` or `postgres://…`. Default: a SQLite file in the data folder.
    #[arg(long, env = "FORERUNNER_DATABASE")]
    pub database: Option<String>,
    /// Port to listen on.
    #[arg(long, env = "FORERUNNER_PORT", default_value_t = 4860)]
    pub port: u16,
    /// Address to listen on. Default: 127.0.0.1 and [::1].
    #[arg(long, env = "FORERUNNER_LISTEN")]
    pub listen: Option<std::net::IpAddr>,
    /// Public address for links in mails, for example `https://precursors.example.org`. Default: `http://localhost:PORT`.
    #[arg(long, env = "FORERUNNER_BASE_URL")]
    pub base_url: Option<String>,
    /// Mail server: `smtps://…` or `smtp://…`. Default: mails become files in the data folder.
    #[arg(long, env = "FORERUNNER_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<String>,
    /// File whose first line is the mail server's password; keeps it out of the environment.
    #[arg(long, env = "FORERUNNER_SMTP_PASSWORD_FILE")]
    pub smtp_password_file: Option<PathBuf>,
    /// Additional certificate authority for the mail server, a PEM file.
    #[arg(long, env = "FORERUNNER_SMTP_CA_FILE")]
    pub smtp_ca_file: Option<PathBuf>,
    /// Sender of all mails.
    #[arg(long, env = "FORERUNNER_MAIL_FROM", default_value = "Forerunner <forerunner@localhost.localdomain>")]
    pub mail_from: String,
    /// A list to download: `CODE=https://…`, once for each file of a set. Default: nothing is downloaded.
    #[arg(long = "list-url", env = "FORERUNNER_LIST_URLS", value_delimiter = ' ', hide_env_values = true)]
    pub list_urls: Vec<String>,
    /// How many hours pass before it is asked again whether lists to download changed.
    #[arg(long, env = "FORERUNNER_LISTS_EVERY", default_value_t = 24)]
    pub lists_every: u32,
    /// Host from which lists may be downloaded although it has an address inside the network.
    #[arg(long, env = "FORERUNNER_LISTS_INSIDE", value_delimiter = ',')]
    pub lists_inside: Vec<String>,
    /// Certificate authorities for these hosts, a PEM file.
    #[arg(long, env = "FORERUNNER_LISTS_CA_FILE")]
    pub lists_ca_file: Option<PathBuf>,
    /// How many proxies in front of the server may be believed about the asker's address.
    #[arg(long, env = "FORERUNNER_TRUSTED_PROXIES", default_value_t = 0)]
    pub trusted_proxies: usize,
    /// Where security researchers write to: a `mailto:` or `https:` address.
    #[arg(long, env = "FORERUNNER_SECURITY_CONTACT", default_value = "mailto:security@localhost.localdomain")]
    pub security_contact: String,
    /// Until which day that contact holds, as 2027-06-30; `/.well-known/security.txt` says it. Default: half a year ahead, at any
    /// time.
    #[arg(long, env = "FORERUNNER_SECURITY_UNTIL")]
    pub security_until: Option<domain::date::Date>,
    /// Fills an empty database with demo data and marks it. Such an installation listens on loopback only.
    #[arg(long, env = "FORERUNNER_DEMO")]
    pub demo: bool,
}

/// Carries out the command.
///
/// # Errors
/// With a sentence for the operator.
pub async fn run(cli: Cli) -> anyhow::Result<()> {
    match cli.command {
        Command::Serve(settings) => serve::serve(*settings).await,
        Command::Audit(AuditCommand::Verify(settings)) => serve::verify_audit(*settings).await,
        Command::Audit(AuditCommand::Export(settings)) => serve::export_audit(*settings).await,
        Command::Backup { folder, settings } => serve::backup(&folder, *settings).await,
        Command::Restore { folder, settings } => serve::restore(&folder, *settings).await,
        Command::Fill { reports, settings } => serve::fill(reports, *settings).await,
        Command::Rescue { email, settings } => serve::rescue(&email, *settings).await,
        Command::Keys(KeysCommand::Rotate(settings)) => serve::rotate_key(*settings).await,
        Command::Mail(MailCommand::Dead(settings)) => mails::dead(*settings).await,
        Command::Mail(MailCommand::Bounced(settings)) => mails::bounced(*settings).await,
        Command::Mail(MailCommand::Flood { readers, settings }) => mails::flood(readers, *settings).await,
        Command::Lists(command) => lists::run(command).await,
        Command::LibraryDue { settings } => library_due(*settings).await,
        Command::Screening(ScreeningCommand::Score) => names::score(),
        Command::Screening(ScreeningCommand::Match { list, threshold }) => names::find(&list, threshold),
    }
}

/// One line for each entry of the library that has to be compared with its source: handle, when it last was, where it is.
async fn library_due(settings: Settings) -> anyhow::Result<()> {
    use std::io::Write as _;

    let ctx = serve::open(&settings).await?;
    services::refdata::refresh(&ctx).await?;
    let today = Date::of(ctx.now());
    let mut out = std::io::stdout().lock();
    for entry in ctx.library().due(today) {
        let last = entry.checked_on.map_or_else(|| "never".to_owned(), |day| day.to_string());
        writeln!(out, "{}\t{last}\t{}", entry.slug, entry.link.as_deref().unwrap_or("no address"))?;
    }
    ctx.db.close().await;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
        without_empty(Cli::command()).debug_assert();
    }
}
