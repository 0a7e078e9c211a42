//! Start-up: folder, keys, database, demo data, worker, listeners; and a shutdown that lets requests finish.

use std::{
    fs,
    io::Write as _,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
    sync::Arc,
};

use anyhow::{Context as _, bail};
use app::web::AppState;
use domain::{date::Date, substance::Catalogue, time::Timestamp};
use services::{
    Clock, Config, Context, audit, backup, customer, demo, fact, live, mail, receipt, setup,
    watchlist::{self, Downloads},
    worker,
};
use store::{Db, migrations};
use tokio::{net::TcpListener, sync::watch, task::JoinSet};
use tracing_subscriber::EnvFilter;

use crate::{answer::Around, assets, cli::Settings, router};

/// Runs the portal until it is told to stop.
///
/// # Errors
/// With a sentence for the operator if it cannot start.
pub async fn serve(settings: Settings) -> anyhow::Result<()> {
    log_to_stderr();
    let downloads = downloads(&settings)?;
    let ctx = open(&settings).await?;
    prepare(&ctx, &settings).await?;
    let listeners = listen(&settings).await?;
    let (stop, stopped) = watch::channel(false);
    let post = mail::Post::new(&mail_settings(&settings)?)?;
    let worker = tokio::spawn(worker::run(ctx.clone(), post, stopped.clone()));
    let live = tokio::spawn(live::run(ctx.clone(), stopped.clone()));
    let lists = tokio::spawn(watchlist::run(ctx.clone(), downloads, stopped.clone()));
    // In a task of its own: a change of a list takes minutes, and mails do not wait for it.
    let screening = tokio::spawn(customer::screening::run(ctx.clone(), stopped.clone()));
    announce(&ctx, &settings).await?;

    let app = AppState { ctx: ctx.clone(), assets: assets::base(), contact: settings.security_contact.as_str().into() };
    let service = router(Around {
        app,
        trusted_proxies: settings.trusted_proxies,
        contact_until: contact_until(&settings, ctx.now()),
    })
    .into_make_service_with_connect_info::<SocketAddr>();
    let mut servers = JoinSet::new();
    for listener in listeners {
        let mut stopped = stopped.clone();
        let wait = async move {
            // An error means that the sender is gone, which is the end as well.
            let _ = stopped.wait_for(|stop| *stop).await;
        };
        servers.spawn(axum::serve(listener, service.clone()).with_graceful_shutdown(wait).into_future());
    }
    told_to_stop().await;
    tracing::info!("stopping: requests that run are finished first");
    stop.send_replace(true);
    while let Some(server) = servers.join_next().await {
        server.context("a listener broke")??;
    }
    live.await.context("the task of live updates broke")?;
    lists.await.context("the task of watch lists broke")?;
    screening.await.context("the task that looks for customers on watch lists broke")?;
    worker.await.context("the mail worker broke")?;
    ctx.db.close().await;
    Ok(())
}

/// Walks the audit chain and says what it found.
///
/// # Errors
/// If the chain is broken or cannot be read.
pub async fn verify_audit(settings: Settings) -> anyhow::Result<()> {
    let ctx = open(&settings).await?;
    match audit::verify(&mut ctx.db.reader()).await? {
        audit::Verdict::Whole(rows) => writeln!(std::io::stdout(), "The audit log is whole: {rows} rows.")?,
        audit::Verdict::BrokenAt(seq) => {
            bail!("the audit log is broken at row {seq}: it was changed, removed or put in")
        }
    }
    Ok(())
}

/// Writes every row of the audit log to the standard output, one JSON object a line, the oldest first.
///
/// # Errors
/// If the log cannot be read or nobody takes what is written.
pub async fn export_audit(settings: Settings) -> anyhow::Result<()> {
    let ctx = open(&settings).await?;
    let mut out = std::io::BufWriter::new(std::io::stdout());
    let mut last = 0;
    loop {
        let rows = audit::rows_after(&mut ctx.db.reader(), last).await?;
        for row in &rows {
            writeln!(out, "{}", audit::to_json(row))?;
        }
        match rows.last() {
            Some(row) => last = row.seq,
            None => break,
        }
    }
    out.flush()?;
    Ok(())
}

/// Makes a backup of the installation.
///
/// # Errors
/// With a sentence for the operator.
pub async fn backup(folder: &Path, settings: Settings) -> anyhow::Result<()> {
    let ctx = open(&settings).await?;
    let made = backup::make(&ctx, folder).await?;
    writeln!(
        std::io::stdout(),
        "The backup is complete: {} rows of {} tables and {} files in {}. Keep it as safe as the installation itself: it holds its keys.",
        made.rows(),
        made.tables.len(),
        made.files.len(),
        folder.display()
    )?;
    Ok(())
}

/// Fills an empty installation from a backup.
///
/// # Errors
/// With a sentence for the operator; then nothing was restored.
pub async fn restore(folder: &Path, settings: Settings) -> anyhow::Result<()> {
    let db = open_database(&settings).await?;
    let restored = backup::restore(folder, &db, &settings.data).await?;
    let verdict = audit::verify(&mut db.reader()).await?;
    db.close().await;
    let audit::Verdict::Whole(rows) = verdict else {
        bail!("everything was restored, but the audit log in the backup is broken")
    };
    writeln!(
        std::io::stdout(),
        "Restored: {} rows of {} tables and {} files. The audit log is whole: {rows} rows.",
        restored.rows(),
        restored.tables.len(),
        restored.files.len()
    )?;
    Ok(())
}

/// How often it is told how far the filling is, in reports.
const TELL_EVERY: u32 = 50_000;

/// Adds generated reports to a demo installation, which is seeded first where it is empty.
///
/// # Errors
/// If the installation is a real one, or the database refuses.
pub async fn fill(reports: u32, settings: Settings) -> anyhow::Result<()> {
    log_to_stderr();
    let ctx = open(&settings).await?;
    demo::seed(&ctx).await.context("cannot write the demo data")?;
    receipt::prepare(&ctx).await.context("receipts cannot be signed")?;
    demo::fill(&ctx, reports, |there| {
        if there % TELL_EVERY == 0 || there == reports {
            tracing::info!(there, reports, "filling");
        }
    })
    .await?;
    ctx.db.close().await;
    Ok(())
}

/// Replaces the key that signs receipts.
///
/// # Errors
/// With a sentence for the operator; then the old key stays.
pub async fn rotate_key(settings: Settings) -> anyhow::Result<()> {
    let ctx = open(&settings).await?;
    let key = receipt::rotate(&ctx).await?;
    writeln!(
        std::io::stdout(),
        "Receipts are signed with a new key from now on: {key}\nThose of the old one stay genuine."
    )?;
    ctx.db.close().await;
    Ok(())
}

/// Resets a system administrator's account and prints the address at which they choose a password.
///
/// # Errors
/// If nobody with this address is a system administrator.
pub async fn rescue(email: &str, settings: Settings) -> anyhow::Result<()> {
    let ctx = open(&settings).await?;
    let token = services::rescue::on_console(&ctx, email).await?;
    writeln!(
        std::io::stdout(),
        "The old password and second factor work no longer. Open this address within an hour to choose a password:\n  {}/en/link/{token}",
        ctx.config.base_url
    )?;
    ctx.db.close().await;
    Ok(())
}

fn log_to_stderr() {
    let asked = std::env::var("FORERUNNER_LOG").ok().filter(|text| !text.is_empty());
    let asked = asked.and_then(|text| EnvFilter::try_new(text).ok());
    let filter = asked.unwrap_or_else(|| EnvFilter::new("info,sqlx=warn"));
    // A second call in one process (tests) keeps the first.
    let _ = tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}

/// Opens the database of an installation and brings it to this version's schema.
pub(crate) async fn open(settings: &Settings) -> anyhow::Result<Context> {
    let db = open_database(settings).await?;
    let clock = Clock::System;
    let backup = settings.data.join(format!("before-migration-{}.db", clock.now().0));
    migrations::migrate(&db, Some(&backup)).await?;
    let base_url = settings.base_url.clone().unwrap_or_else(|| format!("http://localhost:{}", settings.port));
    let config = Config {
        base_url: base_url.trim_end_matches('/').to_owned(),
        data_dir: settings.data.clone(),
        pepper: pepper(&settings.data.join("pepper"))?,
        demo: settings.demo,
    };
    let catalogue = Arc::new(Catalogue::load().context("the catalogue that ships with the program cannot be read")?);
    Ok(Context::new(db, clock, config, catalogue))
}

/// Opens the database, as it stands.
async fn open_database(settings: &Settings) -> anyhow::Result<Db> {
    fs::create_dir_all(&settings.data)
        .with_context(|| format!("cannot make the data folder {}", settings.data.display()))?;
    let url = settings
        .database
        .clone()
        .unwrap_or_else(|| format!("sqlite:{}", settings.data.join("forerunner.db").display()));
    Db::open(&url).await.context("cannot open the database")
}

/// The secret that is mixed into password hashes: made at first start, readable by the service only.
fn pepper(path: &Path) -> anyhow::Result<[u8; 32]> {
    if !path.exists() {
        let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(services::context::random_hex::<32>().as_bytes())?;
        file.sync_all()?;
    }
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut pepper = [0; 32];
    let digits = text.trim().as_bytes();
    if digits.len() != 64 || !digits.is_ascii() {
        bail!("{} is damaged: restore it from the backup, without it nobody can sign in", path.display());
    }
    for (byte, pair) in pepper.iter_mut().zip(text.trim().as_bytes().chunks(2)) {
        let pair = std::str::from_utf8(pair)?;
        *byte = u8::from_str_radix(pair, 16)
            .with_context(|| format!("{} is damaged: restore it from the backup", path.display()))?;
    }
    Ok(pepper)
}

fn mail_settings(settings: &Settings) -> anyhow::Result<mail::Settings> {
    let password = match &settings.smtp_password_file {
        Some(path) => {
            let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
            Some(text.lines().next().unwrap_or_default().to_owned())
        }
        None => None,
    };
    Ok(mail::Settings {
        url: settings.smtp_url.clone(),
        password,
        ca_file: settings.smtp_ca_file.clone(),
        from: settings.mail_from.clone(),
        folder: settings.data.join("mail"),
    })
}

/// What is downloaded by itself.
fn downloads(settings: &Settings) -> anyhow::Result<Downloads> {
    let roots = match &settings.lists_ca_file {
        Some(path) => fs::read(path).with_context(|| format!("cannot read {}", path.display()))?,
        None => Vec::new(),
    };
    Downloads::read(&settings.list_urls, settings.lists_every, &settings.lists_inside, &roots)
        .map_err(anyhow::Error::msg)
}

/// Seeds demo data where that was asked for, brings what is derived from reports to this version, refuses to show a demo
/// installation to the world, and sees to the key that signs receipts.
async fn prepare(ctx: &Context, settings: &Settings) -> anyhow::Result<()> {
    if settings.demo {
        demo::seed(ctx).await.context("cannot write the demo data")?;
    }
    fact::derive_anew(ctx).await.context("cannot derive the facts by which reports are compared")?;
    let loopback = settings.listen.is_none_or(|address| address.is_loopback());
    if !loopback && demo::is_demo(ctx).await? {
        bail!(
            "This database holds demo data with known passwords, so it is served on loopback only. Start on an empty data folder for real use."
        );
    }
    receipt::prepare(ctx).await.context("receipts cannot be signed")?;
    Ok(())
}

/// Both loopback addresses, or the one address that was asked for.
async fn listen(settings: &Settings) -> anyhow::Result<Vec<TcpListener>> {
    let addresses = match settings.listen {
        Some(address) => vec![address],
        None => vec![IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)],
    };
    let mut listeners = Vec::new();
    for address in &addresses {
        match TcpListener::bind((*address, settings.port)).await {
            Ok(listener) => listeners.push(listener),
            // A machine without IPv6 still serves on IPv4.
            Err(_) if address.is_ipv6() && settings.listen.is_none() => {}
            Err(error) => bail!(
                "cannot listen on {address}, port {}: {error}. Is another Forerunner running? Try --port.",
                settings.port
            ),
        }
    }
    Ok(listeners)
}

/// The day until which the security contact is promised. One that has passed is told to the operator, and not used: nobody
/// trusts a contact that says of itself that it is out of date.
fn contact_until(settings: &Settings, now: Timestamp) -> Option<Date> {
    let set = settings.security_until?;
    if set.days() * Timestamp::DAY <= now.0 {
        tracing::error!(%set, "FORERUNNER_SECURITY_UNTIL lies in the past; half a year ahead is promised instead");
        return None;
    }
    Some(set)
}

/// Says where the portal is, and how to get in.
async fn announce(ctx: &Context, settings: &Settings) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\nForerunner is running: http://localhost:{}\n", settings.port)?;
    if demo::is_demo(ctx).await? {
        writeln!(out, "Demo accounts (password for all: {}):", demo::PASSWORD)?;
        for account in demo::accounts() {
            writeln!(out, "  {:<28} {:<34} {}", account.role, account.email, account.organisation)?;
        }
        writeln!(
            out,
            "Authority staff and administrators are asked for a code too: this being a demo, the page shows it."
        )?;
        writeln!(out, "For an authenticator app, their secret is {}", demo::factor_text())?;
    } else if let Some(token) = setup::first_administrator(ctx).await? {
        writeln!(
            out,
            "Nobody has an account yet. Open this address within 24 hours to become the first administrator:"
        )?;
        writeln!(out, "  {}/en/link/{token}", ctx.config.base_url)?;
    }
    writeln!(out)?;
    out.flush()?;
    Ok(())
}

/// Waits for an interrupt or a termination signal.
async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
        }
        Err(_) => {
            let _ = interrupt.await;
        }
    }
}
