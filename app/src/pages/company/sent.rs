//! The confirmation: reference, time, what happens next and by when. Its address stays; it prints as a record.

use domain::reference::Reference as Number;
use leptos::prelude::*;
use services::{
    evidence,
    report::{CompanyReportView, view},
};

use super::report::answers;
use crate::{
    components::*,
    format,
    pages::{evidence::list::names, receipt, record},
    text::{advice, common, company, evidence as texts, fill, receipt as proofs, record as record_words},
    web::{Outcome, Page, Req},
};

/// The page.
pub async fn page(req: Req) -> Outcome {
    let reference: Number = req.parsed("reference")?;
    let report = view(req.ctx(), &req.principal, &reference).await?;
    req.in_workspace(report.org)?;
    let files = evidence::for_company(req.ctx(), &req.principal, &reference).await?;
    shown(&req, report, &names(&files)).into()
}

fn shown(req: &Req, report: CompanyReportView, files: &[String]) -> Page {
    let t = company::texts(req.lang);
    let code = report.reference.to_string();
    let here = format::moment(report.sent_at, &report.time_zone);
    let moment =
        if report.time_zone == "UTC" { here } else { format!("{here} ({})", format::moment(report.sent_at, "UTC")) };
    let next = report.answer_expected.map(|due| {
        let when = format::moment(due, &report.authority.time_zone);
        fill(t.next_red, &[("authority", &report.authority.name), ("when", &when)])
    });
    let phone = report.authority.phone.clone();
    let (open, list) = (req.here(&format!("/reports/{code}")), req.here("/reports"));
    let again = req.here(&format!("/reports/{code}/again"));
    let print = print_block(req, &code, &moment);
    let recap = answers(t, &report.content);
    let (proof, verify) = (proofs::texts(req.lang), req.to("/verify"));
    let (file, on_paper) = (receipt::href(&open, report.content.version), receipt::on_paper(req, &report.content));
    let (paper, paper_label) = (record::href(&open, report.content.version), record_words::texts(req.lang).download);
    let (shown, title) = (code.clone(), format!("{} {code}", t.sent_page_title));
    let may_write = report.may.write;
    let files = handed_over(req, files);
    let (wordings, say) = (req.here("/wordings"), advice::texts(req.lang).wordings_link);
    Page::new(title, move || {
        let mark = view! { <ChainMark text=proof.mark_sent href=verify/> }.into_any();
        view! {
            <FormPage>
                {print}
                <Receipt title=t.sent_page_title reference=shown moment=moment mark=mark/>
                <h2>{t.next_title}</h2>
                {next.map(|next| view! { <p>{next}</p> })}
                <p>{t.next_questions}</p>
                <Callout tone=Tone::Warn title=t.tip_off_title><p>{t.tip_off}" "<a class="no-print" href=wordings>{say}</a></p></Callout>
                {(!phone.is_empty()).then(|| view! { <UrgentStrip title=t.urgent_title text=t.urgent phone=phone/> })}
                {files}
                <ButtonRow>
                    <LinkButton href=open label=t.open_report/>
                    <LinkButton href=file label=proof.download kind=ButtonKind::Secondary/>
                    <LinkButton href=paper label=paper_label kind=ButtonKind::Secondary/>
                    {may_write.then(|| view! { <PostButton action=again label=t.another_like kind=ButtonKind::Secondary/> })}
                    <LinkButton href=list label=t.to_reports kind=ButtonKind::Quiet/>
                </ButtonRow>
                <div class="print-only"><h2>{t.answers_title}</h2>{recap}</div>
                {on_paper}
            </FormPage>
        }
    })
}

/// The files that went along; nothing if there were none.
fn handed_over(req: &Req, files: &[String]) -> Option<AnyView> {
    let title = texts::texts(req.lang).handed_over;
    let rows = files.iter().map(|file| view! { <li><bdi>{file.clone()}</bdi></li> }).collect_view();
    (!files.is_empty()).then(|| view! { <h2>{title}</h2><ul>{rows}</ul> }.into_any())
}

/// What stands on top of a printed record.
pub fn print_block(req: &Req, code: &str, moment: &str) -> AnyView {
    let address = format!("{}{}", req.ctx().config.base_url, req.path);
    let (code, moment) = (code.to_owned(), moment.to_owned());
    view! { <PrintBlock service=common::texts(req.lang).product address moment reference=code/> }.into_any()
}
