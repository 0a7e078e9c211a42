//! Checking the answers, then sending. What keeps the report from being sent is said on top, with links to the questions.

use domain::question::{ChangedGroup, Problem, SummaryGroup};
use leptos::prelude::*;
use services::{
    Refusal,
    draft::{self, DraftView},
    evidence, report as reports,
};

use super::{before, next, place, question::View};
use crate::{
    components::*,
    pages::evidence::{draft::address, list::names},
    text::{changes as amended, evidence as words, report},
    web::{Outcome, Page, Reply, Req},
};

/// The page.
pub async fn page(req: Req) -> Outcome {
    match place::open(&req).await? {
        Ok(draft) => {
            let files = evidence::of_draft(req.ctx(), &req.principal, draft.id).await?;
            let before = before::notices(&req, &draft, None).await?;
            let summary = draft.summary();
            let changes = draft::changes(req.ctx(), &draft, &summary).await?;
            shown(&req, &draft, (&summary, &names(&files)), changes, before).into()
        }
        Err(elsewhere) => Ok(elsewhere),
    }
}

fn shown(
    req: &Req,
    draft: &DraftView,
    (summary, files): (&[SummaryGroup], &[String]),
    changes: Vec<ChangedGroup>,
    before: View,
) -> Page {
    let t = report::texts(req.lang);
    let problems = draft.problems();
    let missing: Vec<(String, String)> = problems.iter().map(|problem| missing(req, draft, problem)).collect();
    let wrong = req.query.has("errors") && !missing.is_empty();
    let mut groups = sections(req, draft, summary);
    groups.push(evidence_group(req, draft, files));
    let (back, action) = (place::tasks(req, draft.id), req.here(&format!("/drafts/{}/send", draft.id)));
    let amended = amended::texts(req.lang);
    let amends = draft.continues.as_ref().is_some_and(|continues| continues.amends);
    let (title, send) = match (amends, &draft.continues) {
        (true, _) => (amended.check_title, amended.send),
        (false, Some(_)) => (t.check_completion_title, t.send_completion),
        (false, None) => (t.check_title, t.send),
    };
    let ready = missing.is_empty();
    let overtaken = next::overtaken(req, draft);
    let unchanged = amends && changes.is_empty() && files.is_empty();
    // What is to be taken over first, or is no amendment yet, has no button that could only be refused.
    let sends = overtaken.is_none() && !unchanged;
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
                {overtaken}
                {before()}
                {amends.then(|| changed(amended, changes))}
                {groups.into_iter().map(section).collect_view()}
                <Callout tone=Tone::Warn title=t.tip_off_title><p>{t.tip_off}</p></Callout>
                {sends.then(|| view! {
                    <form method="post" action=action>
                        <p>{t.declaration}</p>
                        <ButtonRow><Button label=send/></ButtonRow>
                    </form>
                })}
            </FormPage>
        }
    })
    .errors(wrong)
}

/// What an amendment changes, above the whole report.
fn changed(t: &'static amended::Texts, groups: Vec<ChangedGroup>) -> AnyView {
    let none = groups.is_empty().then_some(t.check_none);
    view! {
        <section aria-labelledby="changes">
            <h2 id="changes">{t.check_changes}</h2>
            {none.map(|none| view! { <p>{none}</p> })}
            <ChangeList groups/>
        </section>
        <h2>{t.check_all}</h2>
    }
    .into_any()
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
        // The page says who was faster, and offers to take it over.
        Err(Refusal::Stale) => Ok(Reply::to(place::check(&req, id))),
        Err(Refusal::Invalid(_)) => Ok(Reply::to(format!("{}?errors=1#errors", place::check(&req, id)))),
        Err(refusal) => Err(refusal),
    }
}
