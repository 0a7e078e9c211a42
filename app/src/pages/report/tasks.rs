//! The draft as a list of tasks, in any order; a draft that was put away can be brought back.

use domain::{
    question::{Form, Status as Done},
    time::Timestamp,
};
use leptos::prelude::*;
use services::draft::{self, Colleague, DraftView};

use super::{
    hand_over, next,
    place::{self, Found},
};
use crate::{
    components::*,
    pages::evidence::draft as evidence,
    text::{fill, report},
    web::{Outcome, Page, Reply, Req},
};

/// The page.
pub async fn page(req: Req) -> Outcome {
    match place::find(&req).await? {
        Found::Draft(draft) => {
            let evidence = evidence::task(&req, &draft).await?;
            let colleagues = draft::colleagues(req.ctx(), &req.principal, &draft).await?;
            open(&req, *draft, evidence, colleagues).into()
        }
        Found::PutAway { title, at, until } => put_away(&req, title, at, until).into(),
        Found::Erased { at } => erased(&req, at).into(),
        Found::Elsewhere(reply) => Ok(reply),
    }
}

fn open(req: &Req, draft: DraftView, evidence: Task, colleagues: Vec<Colleague>) -> Page {
    let t = report::texts(req.lang);
    let mut tasks = tasks(req, t, &draft);
    let done = tasks.iter().filter(|task| task.state == TaskState::Completed).count();
    let progress = fill(t.progress, &[("done", &done.to_string()), ("of", &tasks.len().to_string())]);
    // Optional, so it is in the list and not in the count.
    tasks.push(evidence);
    let kept = fill(
        t.kept_until,
        &[("saved", &place::moment(req, draft.updated_at)), ("until", &place::moment(req, draft.kept_until))],
    );
    let title = if draft.title.is_empty() { t.drafts_title.to_owned() } else { draft.title.clone() };
    let caption = match (next::caption(req, &draft), draft.taken_by_authority) {
        (Some(caption), _) => caption,
        (None, true) => fill(t.for_company, &[("company", &draft.company)]),
        (None, false) if draft.form == Form::Quick => t.quick.to_owned(),
        (None, false) => t.drafts_title.to_owned(),
    };
    let hand_over = hand_over::form(req, &draft, colleagues);
    let overtaken = next::overtaken(req, &draft);
    let kept_note = req.query.has("kept").then_some(t.no_longer_asked);
    let (check, delete, back) =
        (place::check(req, draft.id), req.here(&format!("/drafts/{}/delete", draft.id)), req.here("/reports"));
    Page::new(title.clone(), move || {
        view! {
            <FormPage>
                <BackLink href=back label=t.back_to_reports/>
                {kept_note.map(|title| view! { <Banner tone=Tone::Info title/> })}
                <PageTitle title=title caption=caption lead=progress/>
                {overtaken}
                <TaskList tasks/>
                <ButtonRow>
                    <LinkButton href=check label=t.check_and_send/>
                </ButtonRow>
                <p class="muted">{kept}</p>
                {hand_over}
                <details class="more">
                    <summary>{t.throw_away}</summary>
                    <p>{t.throw_away_text}</p>
                    <PostButton action=delete label=t.throw_away_now kind=ButtonKind::Danger/>
                </details>
            </FormPage>
        }
    })
}

fn tasks(req: &Req, t: &'static report::Texts, draft: &DraftView) -> Vec<Task> {
    let row = |title: String, section: &str, page: &str, state| Task {
        title,
        href: place::question(req, draft.id, section, page),
        hint: None,
        state,
        word: word(t, state).to_owned(),
    };
    match draft.form {
        Form::Full => draft
            .tasks()
            .into_iter()
            .map(|task| row(task.title, &task.section, &task.page, state(task.status)))
            .collect(),
        Form::Quick => {
            let pages = draft.set.form_pages(Form::Quick, &draft.answers, &draft.profile);
            pages
                .iter()
                .map(|page| row(page.title.to_owned(), page.section, &page.slug, quick_state(draft, page)))
                .collect()
        }
    }
}

/// How far one of the four questions is.
fn quick_state(draft: &DraftView, page: &domain::question::AskedPage<'_>) -> TaskState {
    let fields = page.fields(&draft.answers, &draft.profile);
    let begun = fields.iter().any(|field| draft.answers.filled(&field.key));
    let sound = draft.set.check_page(page, &draft.answers, &draft.profile).is_empty();
    match (begun, sound) {
        (false, _) => TaskState::NotStarted,
        (true, false) => TaskState::Begun,
        (true, true) => TaskState::Completed,
    }
}

const fn state(status: Done) -> TaskState {
    match status {
        Done::NotStarted => TaskState::NotStarted,
        Done::InProgress => TaskState::Begun,
        Done::Completed => TaskState::Completed,
    }
}

const fn word(t: &report::Texts, state: TaskState) -> &'static str {
    match state {
        TaskState::NotStarted => t.not_started,
        TaskState::Begun => t.in_progress,
        TaskState::Completed => t.completed,
        TaskState::Problem => t.problem,
        TaskState::CannotStart => t.cannot_start,
    }
}

fn put_away(req: &Req, title: String, at: Timestamp, until: Timestamp) -> Page {
    let t = report::texts(req.lang);
    let lead = fill(t.put_away, &[("at", &place::moment(req, at)), ("until", &place::moment(req, until))]);
    let (back, action) = (req.here("/reports"), format!("{}/bring-back", req.path));
    let title = if title.is_empty() { t.drafts_title.to_owned() } else { title };
    Page::new(title.clone(), move || {
        view! {
            <FormPage>
                <BackLink href=back label=t.back_to_reports/>
                <PageTitle title=title caption=t.drafts_title lead=lead/>
                <PostButton action=action label=t.bring_back/>
            </FormPage>
        }
    })
}

fn erased(req: &Req, at: Timestamp) -> Page {
    let t = report::texts(req.lang);
    let lead = fill(t.erased, &[("at", &place::moment(req, at))]);
    let back = req.here("/reports");
    Page::new(t.drafts_title, move || {
        view! {
            <FormPage>
                <BackLink href=back label=t.back_to_reports/>
                <PageTitle title=t.drafts_title lead=lead/>
            </FormPage>
        }
    })
}

/// Puts the draft away.
pub async fn delete(req: Req) -> Outcome {
    draft::delete(req.ctx(), &req.principal, place::draft_id(&req)?).await?;
    Ok(Reply::to(place::tasks(&req, place::draft_id(&req)?)))
}

/// Opens it again.
pub async fn bring_back(req: Req) -> Outcome {
    draft::bring_back(req.ctx(), &req.principal, place::draft_id(&req)?).await?;
    Ok(Reply::to(place::tasks(&req, place::draft_id(&req)?)))
}
