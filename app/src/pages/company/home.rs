//! The company's overview: what waits for somebody, open drafts, the latest reports.

use domain::{access::Action, organisation::OrgStatus};
use leptos::prelude::*;
use services::{customer::review::Counts, draft::DraftItem, report::CompanyHome};

use super::list::reports_table;
use crate::{
    components::*,
    pages::report::place,
    text::{advice, company, decision, fill},
    web::{Outcome, Page, Reply, Req, paths::with_query},
};

/// The page. A company that is not approved sees where its application stands instead.
pub async fn page(req: Req) -> Outcome {
    let member = req.workspace()?.clone();
    if member.status != OrgStatus::Approved {
        return Ok(Reply::to(req.here("/application")));
    }
    let t = company::texts(req.lang);
    let home = services::report::home(req.ctx(), &req.principal, member.org).await?;
    let may_write = Action::WriteReports.allows(member.role);
    let due = services::customer::review::counts(req.ctx(), &req.principal, member.org).await?;
    let hits = services::customer::screening::to_do(req.ctx(), &req.principal, member.org).await?;
    let mut stats = stats(&req, t, &home);
    if hits > 0 {
        let label = crate::text::hits::texts(req.lang).stat.to_owned();
        stats.insert(0, Stat { value: hits.to_string(), label, note: None, href: Some(req.here("/hits")) });
    }
    let waiting = services::advice::waiting_for(req.ctx(), &req.principal, member.org).await?;
    stats.extend(waiting.filter(|count| *count > 0).map(|count| Stat {
        value: count.to_string(),
        label: advice::texts(req.lang).waits_for_you.to_owned(),
        note: None,
        href: Some(req.here("/advice")),
    }));
    stats.extend(due_stats(&req, &due));
    stats.extend(crate::pages::learning::to_do(&req).await?);
    let drafts: Vec<_> = home.drafts.iter().take(5).map(|draft| draft_row(&req, t, draft)).collect();
    let recent = reports_table(&req, &home.recent, "recent", t.recent);
    let nothing = home.sent == 0 && home.drafts.is_empty();
    let (new, all) = (req.here("/reports/new"), req.here("/reports"));
    let acts =
        may_write.then(|| view! { <LinkButton href=new.clone() label=t.new_report icon=Icon::NewReport/> }.into_any());
    let name = member.org_name.clone();
    Page::new(t.home_title, move || {
        view! {
            <DeskPage>
                <PageTitle title=t.home_title caption=name acts=acts/>
                <Stats stats/>
                {nothing.then(|| view! {
                    <EmptyState title=t.nothing_title act=may_write.then(|| view! { <LinkButton href=new label=t.new_report/> }.into_any())>
                        <p>{t.nothing}</p>
                    </EmptyState>
                })}
                {(!drafts.is_empty()).then(|| view! {
                    <section aria-labelledby="drafts"><h2 id="drafts">{t.drafts}</h2><ul class="item-list" role="list">{drafts}</ul></section>
                })}
                {(!nothing).then(|| view! { {recent}<p><a href=all>{t.all_reports}</a></p> })}
            </DeskPage>
        }
    })
    .into()
}

fn stats(req: &Req, t: &'static company::Texts, home: &CompanyHome) -> Vec<Stat> {
    let stat = |value: i64, label: &str, query: &str| Stat {
        value: value.to_string(),
        label: label.to_owned(),
        note: None,
        href: Some(req.here(&format!("/reports{query}"))),
    };
    let mut stats = vec![
        stat(home.questions, t.questions, "?state=answer_needed"),
        stat(home.unread, t.unread, ""),
        stat(home.sent, t.sent_reports, ""),
    ];
    if home.to_confirm > 0 {
        stats.insert(0, stat(home.to_confirm, t.to_confirm, ""));
    }
    stats
}

/// What is due of customers, where anything is.
fn due_stats(req: &Req, due: &Counts) -> Vec<Stat> {
    let t = decision::texts(req.lang);
    let documents = i64::try_from(due.documents).unwrap_or(i64::MAX);
    let all = [
        (due.waiting, t.stat_waiting, "waiting"),
        (due.reviews, t.stat_reviews, "reviews"),
        (documents, t.stat_documents, "documents"),
    ];
    let stat = |(value, label, what): (i64, &str, &str)| Stat {
        value: value.to_string(),
        label: label.to_owned(),
        note: None,
        href: Some(with_query(&req.here("/customers/due"), "what", what)),
    };
    all.into_iter().filter(|(value, ..)| *value > 0).map(stat).collect()
}

/// One draft of a list.
pub fn draft_row(req: &Req, t: &'static company::Texts, draft: &DraftItem) -> AnyView {
    let title = if draft.title.is_empty() { t.untitled.to_owned() } else { draft.title.clone() };
    let kept = fill(
        t.draft_kept,
        &[("saved", &place::moment(req, draft.updated_at)), ("until", &place::moment(req, draft.kept_until))],
    );
    let whose = if draft.is_mine { String::new() } else { fill(t.draft_of, &[("who", &draft.author)]) };
    let kind = match (draft.continues, draft.quick) {
        (true, _) => t.draft_next,
        (false, true) => t.draft_quick,
        (false, false) => "",
    };
    let href = req.here(&format!("/drafts/{}", draft.id));
    view! {
        <li class="item-list__row">
            <span class="item-list__name"><a href=href><bdi>{title}</bdi></a>" "<span class="muted">{kind}" "{whose}</span></span>
            <span class="muted">{kept}</span>
        </li>
    }
    .into_any()
}
