//! The state of the installation on one page: program, database, data folder, worker, mail, backups, key of receipts.

use domain::time::Timestamp;
use leptos::prelude::*;
use services::{
    jobs::{Job, Ran},
    system::{self, State},
};

use crate::{
    components::*,
    format,
    text::{
        fill,
        system::{Texts, texts},
    },
    web::{Outcome, Page, Req},
};

/// Less free space than this is said aloud.
const LITTLE: u64 = 1024 * 1024 * 1024;
/// A backup older than this is said aloud.
const OLD_BACKUP: i64 = 2 * Timestamp::DAY;

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let state = system::state(req.ctx(), &req.principal).await?;
    let (t, base) = (texts(req.lang), req.here(""));
    Page::new(t.state_title, move || whole(t, &base, &state)).into()
}

fn whole(t: &'static Texts, base: &str, state: &State) -> impl IntoView + use<> {
    view! {
        <FormPage>
            <PageTitle title=t.state_title lead=t.state_lead/>
            {warnings(t, state)}
            {program(t, state)}
            {database(t, state)}
            {folder(t, state)}
            {worker(t, state)}
            {mails(t, base, state)}
            {backups(t, state)}
            {key(t, state)}
        </FormPage>
    }
}

/// What should be looked after, if anything.
fn warnings(t: &'static Texts, state: &State) -> Option<AnyView> {
    let failing = state.jobs.iter().any(|(_, ran)| ran.as_ref().is_some_and(Ran::is_failing));
    let little = state.folder.free.is_some_and(|free| free < LITTLE);
    let old = state.last_backup.is_none_or(|at| state.now.since(at) > OLD_BACKUP);
    let said = [
        (little, t.state_little_room),
        (failing, t.state_job_fails),
        (state.mails.dead > 0, t.state_mail_dead),
        (state.receipt_key.is_err(), t.state_key_broken),
        (state.damaged_files > 0, t.state_files_damaged),
        (old, t.state_backup_old),
    ];
    let said: Vec<_> = said.into_iter().filter(|(is_so, _)| *is_so).map(|(_, text)| text).collect();
    (!said.is_empty()).then(|| {
        let lines = said.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
        view! { <Callout tone=Tone::Warn title=t.state_look><ul>{lines}</ul></Callout> }.into_any()
    })
}

fn text(text: impl Into<String>) -> AnyView {
    let text = text.into();
    view! { <bdi>{text}</bdi> }.into_any()
}

fn moment(at: Timestamp) -> AnyView {
    view! { <Moment text=format::moment(at, "UTC") datetime=format::machine(at)/> }.into_any()
}

fn ago(t: &'static Texts, now: Timestamp, at: Timestamp) -> AnyView {
    let since = fill(t.state_ago, &[("span", &format::span(now.since(at).max(0)))]);
    view! { {moment(at)}<br/><span class="muted">{since}</span> }.into_any()
}

fn section(title: &'static str, facts: Vec<(&'static str, AnyView)>) -> impl IntoView {
    let facts = facts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    view! { <Panel title><Facts facts/></Panel> }
}

fn program(t: &'static Texts, state: &State) -> impl IntoView + use<> {
    section(
        t.state_program,
        vec![
            (t.version, text(state.version)),
            (t.state_started, ago(t, state.now, state.started)),
            (t.state_now, moment(state.now)),
        ],
    )
}

fn database(t: &'static Texts, state: &State) -> impl IntoView + use<> {
    let database = &state.database;
    section(
        t.database,
        vec![
            (t.state_engine, text(if database.is_embedded { t.database_file } else { t.database_server })),
            (t.state_engine_version, text(database.version.clone())),
            (t.state_schema, text(database.schema.to_string())),
            (t.state_size, text(format::bytes(database.bytes))),
        ],
    )
}

fn folder(t: &'static Texts, state: &State) -> impl IntoView + use<> {
    let path = state.folder.path.display().to_string();
    let mut facts = vec![(t.state_path, view! { <bdi dir="ltr">{path}</bdi> }.into_any())];
    match state.folder.sizes {
        Some(sizes) => facts.extend([
            (t.state_files_database, text(format::bytes(sizes.database))),
            (t.state_files_evidence, text(format::bytes(sizes.evidence))),
            (t.state_files_keys, text(format::bytes(sizes.keys))),
            (t.state_files_mails, text(format::bytes(sizes.mails))),
            (t.state_files_other, text(format::bytes(sizes.other))),
        ]),
        None => facts.push((t.state_size, text(t.state_unknown))),
    }
    facts.push((t.state_damaged, text(state.damaged_files.to_string())));
    facts.push((t.state_free, text(state.folder.free.map_or_else(|| t.state_unknown.to_owned(), format::bytes))));
    section(t.state_folder, facts)
}

fn worker(t: &'static Texts, state: &State) -> impl IntoView + use<> {
    let columns = [t.state_job, t.state_job_last, t.state_job_error].map(Column::new).to_vec();
    let rows = state.jobs.iter().map(|(job, ran)| job_row(t, state.now, *job, ran.as_ref())).collect_view();
    view! {
        <Panel title=t.state_worker>
            <p>{t.state_worker_lead}</p>
            <DataTable id="jobs" caption=t.state_worker caption_hidden=true columns>{rows}</DataTable>
        </Panel>
    }
}

fn job_row(t: &'static Texts, now: Timestamp, job: Job, ran: Option<&Ran>) -> impl IntoView + use<> {
    let name = match job {
        Job::Mail => t.state_job_mail,
        Job::Clock => t.state_job_clock,
        Job::Imports => t.state_job_imports,
        Job::Ratings => t.state_job_ratings,
        Job::Notices => t.state_job_notices,
        Job::Sweep => t.state_job_sweep,
        Job::Lists => t.state_job_lists,
        Job::Screening => t.state_job_screening,
        Job::Downloads => t.state_job_downloads,
        Job::Digests => t.state_job_digests,
    };
    let last = ran.map_or_else(|| text(t.state_job_never), |ran| ago(t, now, ran.at));
    let error = match ran.and_then(|ran| ran.failed.clone()) {
        Some((at, error)) => view! { {moment(at)}<br/><bdi>{error}</bdi> }.into_any(),
        None => view! { <span class="muted">{t.state_job_no_error}</span> }.into_any(),
    };
    view! { <tr><th scope="row">{name}</th><td>{last}</td><td>{error}</td></tr> }
}

fn mails(t: &'static Texts, base: &str, state: &State) -> impl IntoView + use<> {
    let href = format!("{base}/mail");
    let figure = |count: i64| text(count.to_string());
    let facts = [
        (t.mail_waiting, figure(state.mails.waiting)),
        (t.state_mail_failing, figure(state.mails.failing)),
        (t.mail_dead, figure(state.mails.dead)),
    ];
    let facts = facts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    view! { <Panel title=t.mail><Facts facts/><p><a href=href>{t.state_mail_link}</a></p></Panel> }
}

fn backups(t: &'static Texts, state: &State) -> impl IntoView + use<> {
    let last = state.last_backup.map_or_else(|| text(t.state_backup_never), |at| ago(t, state.now, at));
    view! { <Panel title=t.state_backups><p>{last}</p><p class="muted">{t.state_backup_note}</p></Panel> }
}

fn key(t: &'static Texts, state: &State) -> impl IntoView + use<> {
    let key = match state.receipt_key.clone() {
        Ok(Some(key)) => view! { <CodeBlock label=t.state_key code=key/> }.into_any(),
        Ok(None) => view! { <p>{t.state_key_none}</p> }.into_any(),
        Err(why) => view! { <p><bdi>{why}</bdi></p> }.into_any(),
    };
    view! { <Panel title=t.state_key>{key}<p class="muted">{t.state_key_note}</p></Panel> }
}

#[cfg(test)]
mod tests {
    use domain::lang::Lang;
    use services::system::{Database, Folder, Mails, Sizes};

    use super::*;
    use crate::pages::account::shown;

    const NOW: Timestamp = Timestamp(1_795_442_400_000_000);

    fn state() -> State {
        State {
            version: "0.1.0",
            started: NOW.plus(-Timestamp::DAY),
            now: NOW,
            database: Database { is_embedded: true, version: "3.51.0".into(), schema: 9, bytes: 3_000_000 },
            folder: Folder { path: "/data".into(), sizes: Some(Sizes::default()), free: Some(64 << 30) },
            jobs: vec![(Job::Mail, Some(Ran { at: NOW, failed: None })), (Job::Sweep, None)],
            mails: Mails { waiting: 1, failing: 0, dead: 0 },
            damaged_files: 0,
            last_backup: Some(NOW.plus(-Timestamp::HOUR)),
            receipt_key: Ok(Some("Key+/=".into())),
        }
    }

    fn html(state: State) -> String {
        shown(move || whole(texts(Lang::En), "/en/s/x", &state))
    }

    #[test]
    fn everything_is_told_and_nothing_warned_of() {
        let t = texts(Lang::En);
        let html = html(state());
        for part in ["3.51.0", "/data", "Key+/=", "/en/s/x/mail", t.state_job_never, "0.1.0"] {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert!(!html.contains(t.state_look), "{html}");
    }

    #[test]
    fn what_goes_wrong_is_said_first() {
        let t = texts(Lang::En);
        let mut bad = state();
        bad.folder.free = Some(5_000_000);
        bad.jobs = vec![(Job::Mail, Some(Ran { at: NOW, failed: Some((NOW, "no <room>".into())) }))];
        bad.mails.dead = 2;
        bad.last_backup = None;
        bad.damaged_files = 1;
        bad.receipt_key = Err("it is damaged".into());
        let html = html(bad);
        for part in [
            t.state_look,
            t.state_little_room,
            t.state_job_fails,
            t.state_mail_dead,
            t.state_key_broken,
            t.state_files_damaged,
            t.state_backup_old,
            "no &lt;room&gt;",
            t.state_backup_never,
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
    }
}
