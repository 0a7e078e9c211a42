//! What differs between two versions of a report: answer by answer, before and now, told in words and not by colour alone.

use domain::question::{Change, ChangedGroup, Difference};
use leptos::prelude::*;

use super::{Tag, Tone};
use crate::text::changes::{Texts, texts};

/// The answers that differ, under the titles of their sections.
#[component]
pub fn ChangeList(
    /// What differs.
    groups: Vec<ChangedGroup>,
) -> impl IntoView {
    let t = texts(use_context::<domain::lang::Lang>().unwrap_or_default());
    groups.into_iter().map(|group| section(t, group)).collect_view()
}

fn section(t: &'static Texts, group: ChangedGroup) -> impl IntoView {
    let rows = group.changes.into_iter().map(|change| row(t, change)).collect_view();
    view! {
        <section class="changes">
            <h3 class="changes__title"><bdi>{group.title}</bdi></h3>
            <dl class="changes__list">{rows}</dl>
        </section>
    }
}

fn row(t: &'static Texts, change: Change) -> impl IntoView {
    let (word, tone) = match change.difference {
        Difference::Added => (t.added, Tone::Ok),
        Difference::Changed => (t.changed, Tone::Info),
        Difference::Removed => (t.removed, Tone::Warn),
    };
    let before = (!change.before.is_empty()).then(|| {
        let text = change.before.join("\n");
        view! { <p class="changes__before"><span class="changes__when">{t.before}</span>" "<del class="typed" dir="auto">{text}</del></p> }
    });
    let after = (!change.after.is_empty()).then(|| {
        let text = change.after.join("\n");
        view! { <p class="changes__after"><span class="changes__when">{t.now}</span>" "<ins class="typed" dir="auto">{text}</ins></p> }
    });
    view! {
        <div class="changes__row">
            <dt>{change.label}" "<Tag text=word tone/></dt>
            <dd>{before}{after}</dd>
        </div>
    }
}
