//! What is new to the officer, in words: in a row of the queue, on a report's page, at the desk as a whole.

use leptos::prelude::*;
use services::desk::{self as reports, COUNTED, DeskEntry, DeskNews, DeskReportView, News, View};

use super::{
    place::{Desk, Place},
    talk,
};
use crate::{
    components::*,
    text::{desk::Texts, fill},
    web::{Outcome, Reply, Req},
};

/// Entries shown beside the queue; all of them stand on the report's own page.
const BESIDE: usize = 5;

/// What is new in a report, for its row; nothing if nothing is.
pub fn mark(t: &Texts, news: &[News]) -> Option<String> {
    let words: Vec<&str> = news.iter().map(|news| word(t, *news)).collect();
    (!words.is_empty()).then(|| fill(t.news_mark, &[("what", &words.join(", "))]))
}

const fn word(t: &Texts, news: News) -> &'static str {
    match news {
        News::Report => t.news_report,
        News::Answer => t.news_answer,
        News::Message => t.news_message,
        News::Changed => t.news_changed,
        News::Evidence => t.news_evidence,
        News::Withdrawn => t.news_withdrawn,
        News::Confirmed => t.news_confirmed,
        News::Clock => t.news_clock,
        News::Note => t.news_note,
        News::Colleague => t.news_colleague,
    }
}

/// The line over the queue: how much is new since when, and the way to it; nothing if nothing is.
pub fn line(desk: &Desk, news: &DeskNews) -> Option<AnyView> {
    if news.all == 0 {
        return None;
    }
    let t = desk.t;
    let text = match news.fresh {
        0 => fill(t.news_none_since, &[("at", &desk.moment(news.since)), ("all", &counted(t, news.all))]),
        fresh => fill(t.news_since, &[("count", &counted(t, fresh)), ("at", &desk.moment(news.since))]),
    };
    let href = desk.queue(&Place::view(View::News));
    let action = desk.at("/queue/seen");
    Some(
        view! {
            <div class="desk-news no-print">
                <p>{text}" "<a href=href>{t.news_show}</a></p>
                <PostButton action label=t.news_know kind=ButtonKind::Quiet/>
            </div>
        }
        .into_any(),
    )
}

/// A number that is counted up to a limit.
pub fn counted(t: &Texts, count: i64) -> String {
    if count >= COUNTED { fill(t.news_many, &[("count", &COUNTED.to_string())]) } else { count.to_string() }
}

/// The part of a report's page with everything that is new to the officer; nothing if nothing is.
pub fn section(desk: &Desk, view: &DeskReportView) -> Option<AnyView> {
    let entries: Vec<&DeskEntry> = view.thread.iter().filter(|entry| view.is_new(entry)).collect();
    if entries.is_empty() {
        return None;
    }
    let list = talk::in_full(desk, view, entries.into_iter(), "new");
    let title = since(desk, view);
    Some(view! { <section class="since" aria-labelledby="new"><h2 id="new">{title}</h2>{list}</section> }.into_any())
}

/// The same beside the queue.
pub fn panel(desk: &Desk, view: &DeskReportView) -> Option<AnyView> {
    let entries: Vec<&DeskEntry> = view.thread.iter().filter(|entry| view.is_new(entry)).take(BESIDE).collect();
    if entries.is_empty() {
        return None;
    }
    let list = talk::events(desk, view, entries.into_iter(), "new");
    Some(view! { <Panel title=since(desk, view) title_id="new">{list}</Panel> }.into_any())
}

fn since(desk: &Desk, view: &DeskReportView) -> String {
    fill(desk.t.since_title, &[("at", &desk.moment(view.since.at))])
}

/// Marks everything as seen.
pub async fn seen(req: Req) -> Outcome {
    let desk = Desk::of(&req)?;
    reports::know_all(req.ctx(), &req.principal, desk.org).await?;
    Ok(Reply::to(desk.at("/queue")))
}

#[cfg(test)]
mod tests {
    use domain::lang::Lang;

    use super::*;
    use crate::text::desk::texts;

    #[test]
    fn a_row_says_what_is_new_in_words() {
        let t = texts(Lang::En);
        assert_eq!(mark(t, &[]), None);
        assert_eq!(mark(t, &[News::Report]).as_deref(), Some("New: report"));
        assert_eq!(mark(t, &[News::Answer, News::Evidence]).as_deref(), Some("New: answer, evidence"));
    }

    #[test]
    fn a_large_number_is_not_counted_out() {
        let t = texts(Lang::En);
        assert_eq!((counted(t, 12), counted(t, COUNTED)), ("12".into(), format!("{COUNTED} or more")));
    }
}
