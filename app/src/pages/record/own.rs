//! The record for the company: what it may see of its report on the page, and nothing else.

use domain::{lang::Lang, reference::Reference as Number, time::Timestamp};
use paper::pdf::Document;
use services::{
    evidence::{self, EvidenceFile},
    export, report as reports,
    report::{CompanyReportView, ReportContent},
};

use super::sheet::{self, Sheet};
use crate::{
    format,
    pages::company::{duty, event},
    text::{company, fill, record::texts},
    web::{Outcome, Req},
};

/// The record of a version as a file; the newest unless the address says otherwise.
pub async fn file(req: Req) -> Outcome {
    let reference: Number = req.parsed("reference")?;
    let report = reports::view(req.ctx(), &req.principal, &reference).await?;
    req.in_workspace(report.org)?;
    let content = match req.asked_version() {
        Some(version) if version != report.content.version => {
            reports::version(req.ctx(), &req.principal, &reference, version).await?
        }
        _ => report.content.clone(),
    };
    let files = evidence::for_company(req.ctx(), &req.principal, &reference).await?;
    export::own_record(req.ctx(), &req.principal, &reference, content.version).await?;
    let company = req.workspace()?.org_name.clone();
    let address = sheet::verify(&req);
    let document = document(req.lang, &report, &content, &files, &company, &address, req.ctx().now());
    sheet::hand_out(&reference, content.version, document).await
}

/// The record of a version.
pub(crate) fn document(
    lang: Lang,
    report: &CompanyReportView,
    content: &ReportContent,
    files: &[EvidenceFile],
    company: &str,
    address: &str,
    now: Timestamp,
) -> Document {
    let (t, words, zone) = (texts(lang), company::texts(lang), report.time_zone.as_str());
    let by = if report.taken_by_authority { t.by_phone } else { &report.author };
    let mut facts = vec![
        (t.kind, report.kind.label().to_owned()),
        (t.subject, report.headline.clone()),
        (t.party, report.party.clone()),
        (t.state, report.state.label().to_owned()),
        (t.version, sheet::version(t, content, report.content.version, zone)),
        (t.sent, format::moment(report.sent_at, zone)),
        (t.by, by.to_owned()),
        (t.company, company.to_owned()),
        (t.authority, report.authority.name.clone()),
        (t.duty, duty(words, report)),
    ];
    if let Some(outcome) = report.outcome {
        let at = report.decided_at.map(|at| format!(" ({})", format::moment(at, zone))).unwrap_or_default();
        facts.push((t.outcome, format!("{}{at}", outcome.label())));
    }
    let history = report.thread.iter().rev().map(|entry| {
        let who = entry.person.clone().unwrap_or_default();
        (sheet::when(entry.at, zone, &who), sheet::said(&event(words, entry), &entry.body))
    });
    let sheet = Sheet {
        lang,
        reference: &report.reference,
        zone,
        content,
        facts,
        indicators: None,
        files,
        history: history.collect(),
        address,
        now,
    };
    sheet.document(&fill(t.title, &[("reference", report.reference.as_str())]))
}
