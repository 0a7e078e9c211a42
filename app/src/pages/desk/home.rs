//! The authority's overview: figures, the head of the queue, one's own reports.

use domain::access::Action;
use leptos::prelude::*;
use services::{
    advice,
    desk::{AuthorityHome, View, home},
    organisation,
};

use super::{
    duty, keys, list, news,
    phone::open_drafts,
    place::{Desk, Place},
};
use crate::{
    components::*,
    text::{
        advice::{Texts, texts},
        fill,
    },
    web::{Outcome, Page, Req},
};

/// The page.
pub async fn page(req: Req) -> Outcome {
    let desk = Desk::of(&req)?;
    let found = home(req.ctx(), &req.principal, desk.org).await?;
    let applications = match Action::ReadOrganisations.allows(req.workspace()?.role) {
        true => Some(organisation::applications(req.ctx(), &req.principal, desk.org).await?),
        false => None,
    };
    let asked = advice::figures(req.ctx(), &req.principal, desk.org).await?;
    let learn = crate::pages::learning::to_do(&req).await?;
    let words = texts(req.lang);
    let name = req.workspace()?.org_name.clone();
    let t = desk.t;
    Page::new(t.home_title, move || {
        let mut stats = stats(&desk, &found, applications);
        stats.push(advice_stat(&desk, words, asked));
        stats.extend(learn);
        let phone = desk.takes.then(|| view! { <LinkButton href=desk.at("/phone") label=t.by_phone kind=ButtonKind::Secondary icon=Icon::Phone/> });
        let acts = view! { <LinkButton href=desk.at("/queue") label=t.to_queue icon=Icon::Queue/>{phone} }.into_any();
        let urgent = list::plain_rows(&desk, &found.urgent, &Place::default());
        let mine = list::plain_rows(&desk, &found.mine, &Place::view(View::Mine));
        let (no_urgent, no_mine) = (urgent.is_empty(), mine.is_empty());
        let drafts = (!found.drafts.is_empty()).then(|| open_drafts(&desk, &found.drafts));
        let keys_link = keys::link(&desk);
        let duty = duty::today(&desk, desk.duty, &found.on_duty, &found.represents);
        view! {
            <DeskPage>
                <PageTitle title=t.home_title caption=name acts=acts/>
                <Stats stats/>
                {duty}
                <section aria-labelledby="urgent">
                    <h2 id="urgent">{t.most_urgent}</h2>
                    {no_urgent.then(|| view! { <p class="muted">{t.most_urgent_none}</p> })}
                    <QueueList rows=urgent/>
                </section>
                <section aria-labelledby="mine">
                    <h2 id="mine">{t.yours}</h2>
                    {no_mine.then(|| view! { <p class="muted">{t.yours_none}</p> })}
                    <QueueList rows=mine/>
                </section>
                {drafts.map(|drafts| view! {
                    <section aria-labelledby="drafts"><h2 id="drafts">{t.phone_drafts}</h2>{drafts}</section>
                })}
                <p>{keys_link}</p>
            </DeskPage>
        }
    })
    .into()
}

/// Requests for advice that wait.
fn advice_stat(desk: &Desk, t: &'static Texts, (waiting, overdue): (i64, i64)) -> Stat {
    Stat {
        value: waiting.to_string(),
        label: t.figure.to_owned(),
        note: (overdue > 0).then(|| fill(t.figure_overdue, &[("count", &overdue.to_string())])),
        href: Some(desk.at("/advice")),
    }
}

fn stats(desk: &Desk, home: &AuthorityHome, applications: Option<i64>) -> Vec<Stat> {
    let t = desk.t;
    let counts = &home.counts;
    let stat = |value: i64, label: &str, place: Place, note: Option<String>| Stat {
        value: value.to_string(),
        label: label.to_owned(),
        note,
        href: Some(desk.queue(&place)),
    };
    let [red, amber, green] = counts.bands.map(|count| count.to_string());
    let bands = fill(t.bands_note, &[("red", &red), ("amber", &amber), ("green", &green)]);
    let overdue = Place::parse("overdue=yes");
    let mut stats = vec![
        stat(counts.open, t.figure_open, Place::default(), Some(bands)),
        stat(counts.overdue, t.figure_overdue, overdue, None),
        Stat {
            value: news::counted(t, home.news),
            label: t.view_news.to_owned(),
            note: None,
            href: Some(desk.queue(&Place::view(View::News))),
        },
        stat(counts.mine, t.figure_mine, Place::view(View::Mine), None),
        stat(counts.unassigned, t.figure_unassigned, Place::view(View::Unassigned), None),
        stat(counts.waiting, t.figure_waiting, Place::view(View::Waiting), None),
    ];
    stats.extend(applications.map(|count| Stat {
        value: count.to_string(),
        label: t.figure_applications.to_owned(),
        note: None,
        href: Some(desk.at("/organisations?status=applied")),
    }));
    stats
}
