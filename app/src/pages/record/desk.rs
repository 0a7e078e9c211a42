//! The record for the authority: the same with the indicators, without internal notes.

use domain::reference::Reference as Number;
use services::{
    desk::{self as reports, DeskEvent, DeskReportView},
    evidence, export,
    report::ReportContent,
};

use super::sheet::{self, Sheet};
use crate::{
    format,
    pages::desk::{event_words, found_by},
    text::{desk, fill, record::Texts, record::texts},
    web::{Outcome, Req},
};

/// The record of a version as a file; the newest unless the address says otherwise.
pub async fn file(req: Req) -> Outcome {
    let reference: Number = req.parsed("reference")?;
    let view = reports::view(req.ctx(), &req.principal, &reference).await?;
    req.in_workspace(view.authority)?;
    let content = match req.asked_version() {
        Some(version) if version != view.content.version => {
            reports::version(req.ctx(), &req.principal, &reference, version).await?
        }
        _ => view.content.clone(),
    };
    let files = evidence::for_desk(req.ctx(), &req.principal, &reference).await?;
    export::desk_record(req.ctx(), &req.principal, &reference, content.version).await?;
    let (t, words, zone) = (texts(req.lang), desk::texts(req.lang), view.time_zone.as_str());
    let mut facts = vec![
        (t.kind, view.kind.label().to_owned()),
        (t.subject, view.headline.clone()),
        (t.party, view.party.clone()),
        (t.state, view.standing.state.label().to_owned()),
        (t.version, sheet::version(t, &content, view.content.version, zone)),
        (t.sent, format::moment(view.sent_at, zone)),
        (t.by, content.by.clone()),
        (t.company, view.company_name.clone()),
        (t.authority, req.workspace()?.org_name.clone()),
    ];
    if let Some(decided) = &view.decided {
        let outcome = decided.outcome.map_or_else(|| decided.reason.clone(), |outcome| outcome.label().to_owned());
        facts.push((t.outcome, format!("{outcome} ({})", format::moment(decided.at, zone))));
    }
    let history = view.thread.iter().rev().filter(|entry| matches!(entry.event, DeskEvent::Said(_))).map(|entry| {
        let who = entry.person.clone().unwrap_or_default();
        (sheet::when(entry.at, zone, &who), sheet::said(&event_words(words, zone, entry), &entry.body))
    });
    let sheet = Sheet {
        lang: req.lang,
        reference: &reference,
        zone,
        content: &content,
        facts,
        indicators: Some(indicators(t, words, &view, &content)),
        files: &files,
        history: history.collect(),
        address: &sheet::verify(&req),
        now: req.ctx().now(),
    };
    let document = sheet.document(&fill(t.title, &[("reference", reference.as_str())]));
    sheet::hand_out(&reference, content.version, document).await
}

/// The band, and each sign with what found it.
fn indicators(
    t: &Texts,
    words: &'static desk::Texts,
    view: &DeskReportView,
    content: &ReportContent,
) -> (String, Vec<(String, String)>) {
    let found = &content.assessment;
    let band = fill(
        t.indication,
        &[("band", found.band.label()), ("cells", &found.cells.to_string()), ("rules", &found.rule_set_version)],
    );
    let set = view.severity.set.map(|set| fill(t.set_by_officer, &[("band", set.label())]));
    let told = set.map_or_else(|| band.clone(), |set| format!("{band}\n{set}"));
    let signs = found.hits.iter().map(|hit| (hit.text.clone(), found_by(words, content, hit)));
    (told, signs.collect())
}
