//! Reading: the pages that officers, companies and the public open most.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

use super::figures::Times;
use crate::command::Cmd;
use crate::portal::Portal;
use crate::portal::http::Browser;
use crate::portal::reporter::{Account, ended, next_page};

/// How often each page is opened.
const ROUNDS: usize = 400;

/// How often before, so that caches are as on any other morning.
const WARM_UP: usize = 20;

/// How long one core serves as many pages as it can.
const RUSH: Duration = Duration::from_secs(5);

/// Browsers that ask at the same time in a rush.
const CROWD: usize = 4;

/// What officers look for: names, a substance, a word that nearly every report has, a beginning, two words.
const QUESTIONS: &[&str] = &["silberweg", "acetic anhydride", "order", "tolu*", "cash collected", "reference"];

/// The times of each page.
pub fn measure(portal: &Portal, officer: &Account) -> Result<Vec<(&'static str, Times)>> {
    let mut officer = officer.clone();
    let company = Account::of_reporters(portal)?.into_iter().next().context("somebody reports")?;
    let queue = format!("{}/queue", officer.workspace);
    let deep = second_page(&mut officer.browser, &queue)?;
    let closed = format!("{queue}?view=closed");
    let reports = references(&mut officer.browser, &[&queue, &closed, &deep])?;
    let reports: Vec<String> =
        reports.iter().map(|reference| format!("{}/reports/{reference}", officer.workspace)).collect();
    let searches = searches(&mut officer)?;
    let list = format!("{}/reports", company.workspace);
    let (officer, company, public) = (officer.browser, company.browser, Browser::new(portal.port));
    Ok(vec![
        ("queue", times(&officer, &[queue])?),
        ("queue, what is closed", times(&officer, &[closed])?),
        ("report at the desk", times(&officer, &reports)?),
        ("search", times(&officer, &searches)?),
        ("a company's reports", times(&company, &[list])?),
        ("public start page", times(&public, &["/en/".to_owned()])?),
        ("public catalogue entry", times(&public, &["/en/substances/acetic-anhydride".to_owned()])?),
    ])
}

/// How many pages the server gives in a second when it may use one core, which the clients leave alone where they can.
pub fn on_one_core(portal: &Portal, officer: &Account) -> Result<Vec<(&'static str, f64)>> {
    let queue = format!("{}/queue", officer.workspace);
    Cmd::new("taskset", &["--all-tasks", "--cpu-list", "--pid", "0", &portal.id().to_string()]).output()?;
    let public = Browser::new(portal.port);
    Ok(vec![("queue", rate(&officer.browser, &queue)?), ("public start page", rate(&public, "/en/")?)])
}

fn rate(browser: &Browser, path: &str) -> Result<f64> {
    let begun = Instant::now();
    let asked = || {
        let mut browser = browser.clone();
        let mut pages = 0u32;
        while begun.elapsed() < RUSH {
            open(&mut browser, path)?;
            pages += 1;
        }
        Ok::<_, anyhow::Error>(pages)
    };
    let pages = thread::scope(|scope| {
        let crowd: Vec<_> = (0..CROWD).map(|_| scope.spawn(asked)).collect();
        crowd.into_iter().map(ended).sum::<Result<u32>>()
    })?;
    Ok(f64::from(pages) / begun.elapsed().as_secs_f64())
}

/// Opens these pages in turn, one after the other.
fn times(browser: &Browser, paths: &[String]) -> Result<Times> {
    let mut browser = browser.clone();
    let mut times = Vec::with_capacity(ROUNDS);
    for (round, path) in paths.iter().cycle().take(WARM_UP + ROUNDS).enumerate() {
        let begun = Instant::now();
        open(&mut browser, path)?;
        if round >= WARM_UP {
            times.push(begun.elapsed());
        }
    }
    Ok(Times::new(times))
}

fn open(browser: &mut Browser, path: &str) -> Result<String> {
    let answer = browser.get(path)?;
    ensure!(answer.status == 200, "{path} was answered with {}", answer.status);
    Ok(answer.body)
}

/// The page behind the first, if there is one.
fn second_page(browser: &mut Browser, queue: &str) -> Result<String> {
    Ok(next_page(&open(browser, queue)?).unwrap_or_else(|| queue.to_owned()))
}

/// The references that stand on these pages, each once.
fn references(browser: &mut Browser, paths: &[&str]) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for path in paths {
        let page = open(browser, path)?;
        for piece in page.split("/reports/").skip(1) {
            let reference: String = piece.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
            if reference.len() > 8 && !found.contains(&reference) {
                found.push(reference);
            }
        }
    }
    ensure!(!found.is_empty(), "no report stands in the queue");
    Ok(found)
}

/// Asks every question; where the answers are.
fn searches(officer: &mut Account) -> Result<Vec<String>> {
    let path = format!("{}/search", officer.workspace);
    let mut found = Vec::new();
    for question in QUESTIONS {
        let answer = officer.browser.post(&path, &[("words", question)])?;
        ensure!(answer.status == 303, "the question \"{question}\" was answered with {}", answer.status);
        found.push(answer.location().to_owned());
    }
    Ok(found)
}
