//! The files of a draft: a page of their own among the tasks.

use leptos::prelude::*;
use services::{
    Refusal,
    draft::DraftView,
    evidence::{self, EvidenceFile, Rejected},
};

use super::{answer, list};
use crate::{
    components::*,
    pages::report::place,
    text::{evidence as words, fill, report},
    web::{Outcome, Page, Reply, Req, typed::Typed, upload},
};

/// Address of the page.
pub(crate) fn address(req: &Req, draft: domain::ids::DraftId) -> String {
    req.here(&format!("/drafts/{draft}/evidence"))
}

/// The row of the draft's list of tasks. Evidence is never missing.
pub(crate) async fn task(req: &Req, draft: &DraftView) -> Result<Task, Refusal> {
    let t = words::texts(req.lang);
    let files = evidence::of_draft(req.ctx(), &req.principal, draft.id).await?.len();
    let (state, word) = match files {
        0 => (TaskState::NotStarted, t.task_none.to_owned()),
        1 => (TaskState::Completed, t.task_file.to_owned()),
        n => (TaskState::Completed, fill(t.task_files, &[("n", &n.to_string())])),
    };
    Ok(Task { title: t.task.to_owned(), href: address(req, draft.id), hint: Some(t.task_hint.to_owned()), state, word })
}

/// The page.
pub async fn page(req: Req) -> Outcome {
    let draft = match place::open(&req).await? {
        Ok(draft) => draft,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let files = evidence::of_draft(req.ctx(), &req.principal, draft.id).await?;
    let kept = Typed::open(&req, &form_name(&draft)).await?;
    Ok(shown(&req, &draft, files, kept).into())
}

/// Under which name what was wrong with a draft's files is kept.
fn form_name(draft: &DraftView) -> String {
    format!("evidence {}", draft.id)
}

fn shown(req: &Req, draft: &DraftView, files: Vec<EvidenceFile>, kept: Typed) -> Page {
    let t = words::texts(req.lang);
    let here = address(req, draft.id);
    let tasks = place::tasks(req, draft.id);
    let back_label = report::texts(req.lang).back_to_tasks;
    let (wrong, errors) = (kept.is_wrong(), kept.errors());
    let reader = list::Reader { zone: req.zone().to_owned(), files: here.clone(), removes: true };
    Page::new(t.title, move || {
        let listed = list::files(t, &reader, files);
        let form = list::form(t, here, &errors);
        view! {
            <FormPage>
                <BackLink href=tasks.clone() label=back_label/>
                <ErrorSummary errors=errors.clone()/>
                <PageTitle title=t.title lead=t.lead/>
                {listed}
                {form}
                <p class="muted">{t.not_scanned}</p>
                <ButtonRow><LinkButton href=tasks label=t.go_on kind=ButtonKind::Secondary/></ButtonRow>
            </FormPage>
        }
    })
    .errors(wrong)
    .with_islands()
}

/// Adds files.
pub async fn add(req: Req) -> Outcome {
    let draft = match place::open_or_back(&req).await? {
        Ok(draft) => draft,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let received = upload::receive(&req).await?;
    let mut problems = received.problems();
    let rejected = evidence::add_to_draft(req.ctx(), &req.principal, draft.id, received.arrived).await?;
    problems.extend(rejected.iter().map(Rejected::problem));
    answer(&req, &form_name(&draft), &address(&req, draft.id), problems).await
}

/// Takes a file out of the draft.
pub async fn remove(req: Req) -> Outcome {
    let draft = match place::open(&req).await? {
        Ok(draft) => draft,
        Err(elsewhere) => return Ok(elsewhere),
    };
    evidence::remove(req.ctx(), &req.principal, draft.id, req.parsed("evidence")?).await?;
    Ok(Reply::to(address(&req, draft.id)))
}

/// Hands out a file.
pub async fn file(req: Req) -> Outcome {
    let draft = match place::open(&req).await? {
        Ok(draft) => draft,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let file = evidence::open_draft(req.ctx(), &req.principal, draft.id, req.parsed("evidence")?).await?;
    Ok(Reply::Stored(Box::new(file)))
}
