//! How many a notice would reach, for those who write and publish it.

use domain::notice::Counts;
use leptos::prelude::*;
use services::notice::Reach;

use crate::{components::*, text::notices::Texts};

/// The estimate; `saved` says that it is counted from what is kept, where something else can stand in the form.
pub(super) fn panel(t: &'static Texts, reach: &Reach, saved: bool) -> AnyView {
    let lead = if reach.is_suppressed { t.reach_lead_rounded } else { t.reach_lead };
    let stat = |label: &str, count: Option<u64>| Stat {
        value: count.map_or_else(|| t.not_told.to_owned(), |n| n.to_string()),
        label: label.to_owned(),
        note: None,
        href: None,
    };
    let stats = vec![stat(t.reach_people, reach.by_audience.sum()), stat(t.reach_companies, reach.organisations)];
    let saved = saved.then(|| view! { <p class="muted">{t.reach_saved}</p> });
    let (audience, language) = (
        table(t, "reach-audience", t.reach_as, &reach.by_audience),
        table(t, "reach-language", t.reach_language, &reach.by_language),
    );
    view! {
        <section class="panel" aria-labelledby="reach">
            <h2 class="panel__title" id="reach">{t.reach_title}</h2>
            <p>{lead}</p>
            {saved}
            <Stats stats/>
            {audience}
            {language}
        </section>
    }
    .into_any()
}

fn table(t: &'static Texts, id: &'static str, caption: &'static str, counts: &Counts<String>) -> AnyView {
    let columns = vec![Column::new(caption), Column::numeric(t.reach_people)];
    let parts = counts.parts.iter().map(|(name, count)| (name.clone(), *count));
    let rest = counts.rest.map(|n| (t.rest.to_owned(), Some(n)));
    let rows = parts.chain(rest).map(|(name, count)| {
        view! { <tr><th scope="row"><bdi>{name}</bdi></th><td class="num">{told(t, count)}</td></tr> }
    });
    let rows = rows.collect_view();
    view! { <DataTable id caption caption_hidden=true columns>{rows}</DataTable> }.into_any()
}

/// A count, or a dash that says in words that it is not told.
pub(super) fn told(t: &'static Texts, count: Option<u64>) -> AnyView {
    match count {
        Some(n) => n.to_string().into_any(),
        None => view! { <span aria-hidden="true">{t.not_told}</span><span class="unseen">{t.not_told_word}</span> }
            .into_any(),
    }
}
