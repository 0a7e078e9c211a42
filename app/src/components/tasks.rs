//! The task list of a draft: each row is one link, its state at the end of the line, open work standing out.

use super::{MaybeText, Shape, Status, Tone};
use leptos::prelude::*;

/// How far a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskState {
    /// Nothing entered.
    NotStarted,
    /// Something entered, something missing.
    Begun,
    /// All there.
    Completed,
    /// Something entered is wrong.
    Problem,
    /// Another task comes first; the row is no link.
    CannotStart,
}

impl TaskState {
    const fn look(self) -> (Shape, Tone) {
        match self {
            Self::NotStarted => (Shape::Open, Tone::Info),
            Self::Begun => (Shape::Half, Tone::Info),
            Self::Completed => (Shape::Full, Tone::Neutral),
            Self::Problem => (Shape::Triangle, Tone::Danger),
            Self::CannotStart => (Shape::Open, Tone::Neutral),
        }
    }
}

/// A row of the task list.
#[derive(Clone, Debug)]
pub struct Task {
    /// The task's name, the link.
    pub title: String,
    /// Where it leads.
    pub href: String,
    /// One line on what is asked or what is there.
    pub hint: Option<String>,
    /// How far it is.
    pub state: TaskState,
    /// The state in words.
    pub word: String,
}

/// Numbered tasks.
#[component]
pub fn TaskList(
    /// The rows.
    tasks: Vec<Task>,
    /// Id of the heading that names the list.
    #[prop(optional, into)]
    labelled_by: MaybeText,
) -> impl IntoView {
    view! {
        <ol class="tasks" role="list" aria-labelledby=labelled_by.get()>
            {tasks.into_iter().enumerate().map(|(index, task)| task_row(index + 1, task)).collect_view()}
        </ol>
    }
}

fn task_row(number: usize, task: Task) -> impl IntoView {
    let (shape, tone) = task.state.look();
    let blocked = task.state == TaskState::CannotStart;
    let status_id = format!("task-{number}-status");
    let hint_id = format!("task-{number}-hint");
    let described = if task.hint.is_some() { format!("{hint_id} {status_id}") } else { status_id.clone() };
    let title = if blocked {
        view! { <span class="task__title">{task.title}</span> }.into_any()
    } else {
        view! { <a class="task__title" href=task.href aria-describedby=described>{task.title}</a> }.into_any()
    };
    view! {
        <li class="task" data-blocked=blocked.then_some("")>
            <span class="task__number" aria-hidden="true">{number.to_string()}</span>
            <div class="task__text">
                {title}
                {task.hint.map(|hint| view! { <span class="task__hint" id=hint_id>{hint}</span> })}
            </div>
            <span class="task__status" id=status_id><Status shape tone word=task.word/></span>
        </li>
    }
}
