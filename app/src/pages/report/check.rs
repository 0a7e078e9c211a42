//! Checking the answers, then sending. What keeps the report from being sent is said on top, with links to the questions.

use domain::question::{Problem, SummaryGroup};
use leptos::prelude::*;
use services::{Refusal, draft::DraftView, evidence, report as reports};

use super::{before, place, question::View};
use crate::{
    components::*,
    pages::evidence::{draft::address, list::names},
    text::{evidence as words, report},
    web::{Outcome, Page, Reply, Req},
};

/// The page.
pub async fn page(req: Req) -> Outcome {
    match place::open(&req).await? {
        Ok(draft) => {
            let files = evidence::of_draft(req.ctx(), &req.principal, draft.id).await?;
            let before = before::notices(&req, &draft, None).await?;
            shown(&req, &draft, &names(&files), before).into()
        }
        Err(elsewhere) => Ok(elsewhere),
    }
}

fn shown(req: &Req, draft: &DraftView, files: &[String], before: View) -> Page {
    let t = report::texts(req.lang);
    let problems = draft.problems();
    let missing: Vec<(String, String)> = problems.iter().map(|problem| missing(req, draft, problem)).collect();
    let wrong = req.query.has("errors") && !missing.is_empty();
    let mut groups = sections(req, draft, &draft.set.summary(draft.form, &draft.answers, &draft.profile));
    groups.push(evidence_group(req, draft, files));
    let (back, action) = (place::tasks(req, draft.id), req.here(&format!("/drafts/{}/send", draft.id)));
    let title = if draft.completes.is_some() { t.check_completion_title } else { t.check_title };
    let send = if draft.completes.is_some() { t.send_completion } else { t.send };
    let ready = missing.is_empty();
    let lit = draft.assessment.cells;
    let band = draft.assessment.band.label();
    Page::new(title, move || {
        let list = missing.into_iter().map(|(href, text)| view! { <li><a href=href>{text}</a></li> }).collect_view();
        view! {
            <FormPage>
                <BackLink href=back label=t.back_to_tasks/>
                {(!ready).then(|| view! {
                    <section class="errors" id="errors" tabindex="-1" aria-labelledby="errors-title">
                        <h2 class="errors__title" id="errors-title">{t.missing_title}</h2>
                        <p>{t.missing}</p>
                        <ul class="errors__list" role="list">{list}</ul>
                    </section>
                })}
                <PageTitle title=title lead=t.check_hint/>
                <p class="check-strip"><Litmus cells=lit word=band/>" "{t.check_strip}</p>
                {before()}
                {groups.into_iter().map(section).collect_view()}
                <Callout tone=Tone::Warn title=t.tip_off_title><p>{t.tip_off}</p></Callout>
                <form method="post" action=action>
                    <p>{t.declaration}</p>
                    <ButtonRow><Button label=send/></ButtonRow>
                </form>
            </FormPage>
        }
    })
    .errors(wrong)
}

/// Where a problem is put right, and what it is.
fn missing(req: &Req, draft: &DraftView, problem: &Problem) -> (String, String) {
    let at = draft.set.address_of(draft.form, &problem.field, &draft.answers, &draft.profile);
    let href = at.map_or_else(
        || place::tasks(req, draft.id),
        |(section, page)| {
            format!("{}?errors=1#{}", place::question(req, draft.id, &section, &page), field_id(&problem.field))
        },
    );
    let label = draft.set.field(&problem.field).map_or_else(String::new, |field| format!("{}: ", field.short()));
    (href, format!("{label}{}", problem.message))
}

struct Group {
    title: String,
    rows: Vec<SummaryRow>,
}

fn sections(req: &Req, draft: &DraftView, groups: &[SummaryGroup]) -> Vec<Group> {
    let row = |row: &domain::question::SummaryRow| {
        let value = if row.provided { row.value.join("\n") } else { String::new() };
        SummaryRow::text(row.label.clone(), value).change(place::question(req, draft.id, &row.section, &row.page))
    };
    groups
        .iter()
        .map(|group| Group { title: group.title.clone(), rows: group.rows.iter().map(row).collect() })
        .collect()
}

fn evidence_group(req: &Req, draft: &DraftView, files: &[String]) -> Group {
    let t = words::texts(req.lang);
    let row = SummaryRow::text(t.check_row, files.join("\n")).change(address(req, draft.id));
    Group { title: t.title.to_owned(), rows: vec![row] }
}

fn section(group: Group) -> impl IntoView {
    view! { <SummarySection title=group.title><SummaryList rows=group.rows/></SummarySection> }
}

/// Sends the report. Whatever happens, what was typed stays in the draft until the report is on disk.
pub async fn send(req: Req) -> Outcome {
    let id = place::draft_id(&req)?;
    match reports::submit(req.ctx(), &req.principal, id).await {
        Ok(reference) => Ok(Reply::to(req.here(&format!("/reports/{reference}/sent")))),
        Err(Refusal::Invalid(_)) => Ok(Reply::to(format!("{}?errors=1#errors", place::check(&req, id)))),
        Err(refusal) => Err(refusal),
    }
}
