//! Looking for what was promised, by the means anybody has: the pages of the portal, the mails, the audit log.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::Value;

use super::Outcome;
use crate::portal::Portal;
use crate::portal::reporter::{Account, Shown, answers, between, insist, next_page};
use crate::step::step;

/// Mails may take so long to leave after the last start.
const MAIL_LIMIT: Duration = Duration::from_secs(300);

/// Looks for every report that a client was shown, its mail and its audit row, and for twins. An error if one is not as
/// it should be. The server runs until the mails have left.
pub fn whole(portal: &mut Portal, accounts: &[Account], shown: &[Shown]) -> Result<Outcome> {
    step(&format!("Look for the {} references that were shown", shown.len()));
    let found = reports(accounts)?;
    let outcome = judge(&found, shown)?;
    mails(portal, shown)?;
    portal.stop()?;
    audit(portal, &found)?;
    Ok(outcome)
}

/// The references of the drill's reports by their mark: of those that were shown, and of those whose answer was cut off.
type Found = BTreeMap<String, BTreeSet<String>>;

/// Walks the lists of all accounts and opens each of the drill's reports.
pub fn reports(accounts: &[Account]) -> Result<Found> {
    let (mut found, mut opened) = (Found::new(), BTreeSet::new());
    for account in accounts {
        let mut account = account.clone();
        for reference in list(&mut account)? {
            // A colleague's list holds some of the same reports.
            if !opened.insert(reference.clone()) {
                continue;
            }
            let Some(mark) = complete(&mut account, &reference)? else { continue };
            found.entry(mark).or_default().insert(reference);
        }
    }
    Ok(found)
}

/// Counts what was shown and is not there, and what is there more than once, and names each. An error if there is any.
pub fn judge(found: &Found, shown: &[Shown]) -> Result<Outcome> {
    let is_there = |shown: &&Shown| found.get(&shown.mark).is_some_and(|there| there.contains(&shown.reference));
    let lost: Vec<&Shown> = shown.iter().filter(|shown| !is_there(shown)).collect();
    let doubled: Vec<_> = found.iter().filter(|(_, references)| references.len() > 1).collect();
    for Shown { mark, reference } in &lost {
        eprintln!("{reference} was shown for {mark} and is not there");
    }
    for (mark, references) in &doubled {
        eprintln!("{mark} came in more than once: {references:?}");
    }
    let outcome = Outcome { tried: shown.len(), lost: lost.len(), doubled: doubled.len() };
    outcome.must_be_clean()?;
    Ok(outcome)
}

/// Every reference in an account's list of reports, through all its pages. An error if one stands there twice.
fn list(account: &mut Account) -> Result<BTreeSet<String>> {
    let mut references = BTreeSet::new();
    let reports = format!("{}/reports", account.workspace);
    let mut next = Some(reports.clone());
    while let Some(path) = next {
        let page = insist(|| account.browser.get(&path))?;
        ensure!(page.status == 200, "the list of reports was answered with {}", page.status);
        for row in page.body.split("<tr>").skip(1) {
            let Some(reference) = between(row, &format!("href=\"{reports}/"), "\"") else { continue };
            ensure!(references.insert(reference.to_owned()), "{reference} stands in the list twice");
        }
        next = next_page(&page.body);
    }
    Ok(references)
}

/// Opens a report: its mark if it is one of the drill's. An error if something of what was written is missing.
fn complete(account: &mut Account, reference: &str) -> Result<Option<String>> {
    let path = format!("{}/reports/{reference}", account.workspace);
    let page = insist(|| account.browser.get(&path))?;
    ensure!(page.status == 200, "{reference} stands in the list and was answered with {}", page.status);
    let Some(mark) = mark_in(&page.body) else { return Ok(None) };
    for (_, fields) in answers(&mark) {
        // What has no blank is the code of a choice, which the page puts into words.
        for (name, value) in fields.iter().filter(|(_, value)| value.contains(' ')) {
            ensure!(page.body.contains(value.as_str()), "{reference} ({mark}) has lost the answer {name}: {value}");
        }
    }
    Ok(Some(mark))
}

fn mark_in(body: &str) -> Option<String> {
    let tail = body.split("Drill ").skip(1);
    let number = |tail: &str| tail.chars().take_while(|sign| sign.is_ascii_digit() || *sign == '-').collect::<String>();
    tail.map(number).find(|number| number.len() >= "00-00000".len()).map(|number| format!("Drill {number}"))
}

/// Waits until the authority's mail about each report has left.
fn mails(portal: &Portal, shown: &[Shown]) -> Result<()> {
    let mut missing: BTreeSet<&str> = shown.iter().map(|shown| shown.reference.as_str()).collect();
    let mut read = BTreeSet::new();
    let begun = Instant::now();
    while !missing.is_empty() {
        for entry in fs::read_dir(portal.data().join("mail")).context("no mail has left")? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let new = name.contains("-new_report-") && name.ends_with(".eml") && read.insert(name);
            if new && let Some(reference) = reference_in(&fs::read_to_string(entry.path())?) {
                missing.remove(reference.as_str());
            }
        }
        let some = missing.iter().next().copied().unwrap_or_default();
        ensure!(
            begun.elapsed() < MAIL_LIMIT,
            "no mail told the authority of {} reports, {some} among them",
            missing.len()
        );
        thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}

/// The reference of the report that a mail leads to.
pub fn reference_in(mail: &str) -> Option<String> {
    let told = text_of(mail);
    Some(told.split("/reports/").nth(1)?.split_whitespace().next()?.to_owned())
}

/// The first part of a mail: its text without markup.
fn text_of(mail: &str) -> String {
    let mail = mail.replace("\r\n", "\n");
    let parts = mail.split("\n\n").filter_map(|part| {
        let lines = part.lines().take_while(|line| !line.starts_with("--"));
        STANDARD.decode(lines.collect::<String>()).ok()
    });
    let first = parts.into_iter().find(|bytes| !bytes.is_empty()).unwrap_or_default();
    String::from_utf8_lossy(&first).into_owned()
}

/// Nothing may have gone wrong inside the server, however often it was killed.
pub fn log(portal: &Portal) -> Result<()> {
    let logged = portal.logged()?;
    let wrong = logged.lines().find(|line| line.contains("\"level\":\"ERROR\"") || line.contains("panicked at"));
    match wrong {
        Some(line) => bail!("the server logged an error: {line}"),
        None => Ok(()),
    }
}

/// Checks the audit log as a whole, and that each of the drill's reports was sent by exactly one row.
fn audit(portal: &Portal, found: &Found) -> Result<()> {
    portal.command(&["audit", "verify"])?;
    let rows = portal.command(&["audit", "export"])?;
    let mut sent: BTreeMap<String, u32> = BTreeMap::new();
    for line in rows.lines() {
        let row: Value = serde_json::from_str(line).context("the audit log cannot be read")?;
        let is_sending =
            row["object_kind"] == "report" && row["action"].as_str().is_some_and(|it| it.ends_with(": report sent"));
        if is_sending {
            *sent.entry(row["object_id"].as_str().unwrap_or_default().to_owned()).or_default() += 1;
        }
    }
    for reference in found.values().flatten() {
        let count = sent.get(reference).copied().unwrap_or_default();
        ensure!(count == 1, "{reference} has {count} rows in the audit log that say it was sent");
    }
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn marks_are_found_in_pages() {
        let cases = [
            ("<bdi>Drill 01-00002 Trading</bdi>", Some("Drill 01-00002")),
            ("<b>Drill bits</b><bdi>Drill 12-34567: text</bdi>", Some("Drill 12-34567")),
            ("<b>Drill 1</b>", None),
            ("", None),
        ];
        for (body, expected) in cases {
            assert_eq!(mark_in(body).as_deref(), expected, "{body}");
        }
    }

    #[test]
    fn what_is_missing_and_what_is_there_twice_is_counted() {
        let shown = |mark: &str, reference: &str| Shown { mark: mark.to_owned(), reference: reference.to_owned() };
        let found = |pairs: &[(&str, &[&str])]| -> Found {
            let owned = |references: &[&str]| references.iter().map(ToString::to_string).collect();
            pairs.iter().map(|(mark, references)| ((*mark).to_owned(), owned(references))).collect()
        };
        let all = [shown("a", "FR-1"), shown("b", "FR-2")];
        let cut_off_too = found(&[("a", &["FR-1"]), ("b", &["FR-2"]), ("c", &["FR-3"])]);
        assert_eq!(judge(&cut_off_too, &all).unwrap(), Outcome { tried: 2, lost: 0, doubled: 0 });
        for (wrong, said) in [
            (found(&[("a", &["FR-1"])]), "2 tried, 1 lost, 0 doubled"),
            (found(&[("a", &["FR-1"]), ("b", &["FR-9"])]), "2 tried, 1 lost, 0 doubled"),
            (found(&[("a", &["FR-1", "FR-3"]), ("b", &["FR-2"])]), "2 tried, 0 lost, 1 doubled"),
        ] {
            assert_eq!(judge(&wrong, &all).unwrap_err().to_string(), said);
        }
    }

    #[test]
    fn a_mail_s_text_is_read() {
        let text = "Open http://localhost/en/a/x/reports/FR-1 now";
        let mail = format!(
            "Subject: A new report\r\n\r\n--b\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n--b--\r\n",
            STANDARD.encode(text)
        );
        assert_eq!(text_of(&mail), text);
    }
}
