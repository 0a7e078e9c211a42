//! The page for an act that somebody else overtook: who did what meanwhile, where the report stands now, what one was
//! about to do; and then the same once more, the form again, or nothing.
//!
//! A form carries the report's version and the newest entry of the timeline that its reader saw ([`acts::SEEN`]). What was
//! typed is in this page and in the stash, so that it is lost by none of the three ways.

use domain::{
    ids::{LabelId, UserId},
    indicator::Band,
    reference::Reference,
    report::Decision,
};
use leptos::prelude::*;
use services::{
    desk::{DeskEntry, DeskReportView},
    stash,
};

use super::{
    act::opened,
    acts::{self, Deed, Origin, hidden, target},
    forms, look,
    place::Desk,
    preview, talk,
};
use crate::{
    components::*,
    text::{desk::Texts, errors, fill},
    web::{Fields, Outcome, Page, Reply, Req, cookie, typed},
};

/// Name of the button that takes an overtaken act back.
pub const DISCARD: &str = "_discard";

/// Entries that are shown if a form does not say what its reader saw.
const LAST: usize = 5;

/// Says that nothing was done, keeps what was typed and shows it.
pub async fn page(req: &Req, desk: &Desk, deed: Deed, reference: &Reference, origin: &Origin) -> Outcome {
    let view = preview::open(req, desk, reference).await?;
    let own = Fields(req.form.0.iter().filter(|(name, _)| belongs(deed, name)).cloned().collect());
    let token =
        stash::keep(req.ctx(), req.cookie(cookie::STASH), &deed.form(reference), &typed::answers(&own), &[]).await?;
    let seen = req.form.get(acts::SEEN).parse().ok();
    let title = errors::texts(req.lang).stale_title;
    let (desk, origin) = (desk.clone(), origin.clone());
    Page::new(title, move || {
        let t = desk.t;
        let news = news(&desk, &view, seen);
        let now = view! { <Facts facts=standing(&desk, &view) labelled_by="now"/> };
        let yours = told(t, &view, deed, &own);
        let ways = ways(&desk, &view, deed, &own, &origin);
        view! {
            <ReadingPage>
                <h1>{title}</h1>
                <p class="lead">{t.stale_lead}</p>
                {news}
                <section aria-labelledby="now"><h2 id="now">{t.stale_now}</h2>{now}</section>
                <section aria-labelledby="yours">
                    <h2 id="yours">{t.stale_yours}</h2>
                    <Facts facts=yours labelled_by="yours"/>
                    <p class="small muted">{t.stale_kept}</p>
                </section>
                <section aria-labelledby="ways"><h2 id="ways">{t.stale_choose}</h2>{ways}</section>
            </ReadingPage>
        }
    })
    .status(409)
    .cookie(cookie::stash(&token))
    .into()
}

/// Forgets what was typed and goes back to the report.
pub async fn discard(req: &Req, desk: &Desk, reference: &Reference, origin: &Origin) -> Outcome {
    preview::open(req, desk, reference).await?;
    typed::done(req).await?;
    Ok(Reply::to(match origin {
        Origin::Queue { place, .. } => desk.queue(&place.select(Some(reference))),
        Origin::Page { from } => desk.report_from(reference, from),
    }))
}

/// Whether a field is what was typed into the deed's own form.
fn belongs(deed: Deed, name: &str) -> bool {
    name.strip_prefix(deed.code()).is_some_and(|rest| rest.starts_with('.'))
}

/// Everything since the entry that the reader saw last, newest first.
fn news(desk: &Desk, view: &DeskReportView, seen: Option<i64>) -> AnyView {
    let t = desk.t;
    let (title, entries): (_, Vec<&DeskEntry>) = match seen {
        Some(seen) => (t.stale_since, view.thread.iter().filter(|entry| entry.n > seen).collect()),
        None => (t.stale_last, view.thread.iter().take(LAST).collect()),
    };
    if entries.is_empty() {
        return ().into_any();
    }
    let list = talk::in_full(desk, view, entries.into_iter(), "since");
    view! { <section aria-labelledby="since"><h2 id="since">{title}</h2>{list}</section> }.into_any()
}

fn standing(desk: &Desk, view: &DeskReportView) -> Vec<(String, AnyView)> {
    let t = desk.t;
    let with = view.assignee.as_ref().map_or_else(|| t.nobody.to_owned(), |officer| officer.name.clone());
    let href = desk.report(&view.reference);
    vec![
        (t.report.to_owned(), {
            let code = view.reference.to_string();
            view! { <a href=href><Reference code/></a> }.into_any()
        }),
        (t.stale_state.to_owned(), look::status(view.standing.state)),
        (t.officer.to_owned(), view! { <bdi>{with}</bdi> }.into_any()),
    ]
}

/// The act and what was typed for it, in the words of its form.
fn told(t: &'static Texts, view: &DeskReportView, deed: Deed, own: &Fields) -> Vec<(String, AnyView)> {
    let text = |text: String| view! { <p class="typed" dir="auto">{text}</p> }.into_any();
    let field = |(name, value): &(String, String)| {
        let name = name.strip_prefix(deed.code())?.strip_prefix('.')?;
        let (label, shown) = in_words(t, view, deed, name, value)?;
        Some((label.to_owned(), text(shown)))
    };
    let act = (t.acts.to_owned(), deed.label(t).into_any());
    std::iter::once(act).chain(own.0.iter().filter_map(field)).collect()
}

/// A field's label and its value as the form shows it; nothing for what was left empty or means nothing.
fn in_words(
    t: &'static Texts,
    view: &DeskReportView,
    deed: Deed,
    field: &str,
    value: &str,
) -> Option<(&'static str, String)> {
    let told = match (field, deed) {
        ("text", Deed::Ask) => (t.question, value.to_owned()),
        ("text", Deed::Note) => (t.note, value.to_owned()),
        ("text", _) => (t.message, value.to_owned()),
        ("comment", _) => (t.comment, value.to_owned()),
        ("of", _) => (t.of, value.to_owned()),
        ("reason", _) => (t.reason, view.reasons.find(decision(deed)?, value)?.label.clone()),
        ("to", Deed::Severity) => (t.severity_to, Band::from_code(value)?.label().to_owned()),
        ("to", _) if value == "nobody" => (t.assign_to, t.assign_nobody.to_owned()),
        ("to", _) => {
            let officer = view.officers.iter().find(|officer| value.parse::<UserId>().is_ok_and(|id| id == officer.id));
            (t.assign_to, officer?.name.clone())
        }
        ("for", Deed::Snooze) => (t.snooze_until, forms::snooze_words(t, value)?),
        ("day", Deed::Snooze) => (t.snooze_day, value.to_owned()),
        ("label", Deed::Label) => {
            let label = view.all_labels.iter().find(|label| value.parse::<LabelId>().is_ok_and(|id| id == label.id));
            (t.label, label?.name.clone())
        }
        _ => return None,
    };
    Some(told).filter(|(_, value)| !value.trim().is_empty())
}

/// The decision whose reasons a deed's form offers.
const fn decision(deed: Deed) -> Option<Decision> {
    match deed {
        Deed::Accept => Some(Decision::Accept),
        Deed::Duplicate => Some(Decision::Duplicate),
        Deed::Close => Some(Decision::Close),
        Deed::Reopen => Some(Decision::Reopen),
        Deed::Severity => Some(Decision::Severity),
        Deed::Assign | Deed::Ask | Deed::Note | Deed::Message | Deed::Snooze | Deed::Wake | Deed::Label => None,
    }
}

/// The same on the report as it stands now, the form again, or nothing of it.
fn ways(desk: &Desk, view: &DeskReportView, deed: Deed, own: &Fields, origin: &Origin) -> AnyView {
    let t = desk.t;
    let action = target(desk, view, deed);
    let carried = hidden(desk, view, origin);
    let with = |more: &[(String, String)]| carried.iter().chain(more).cloned().collect::<Vec<_>>();
    let (again, discard) = (with(&own.0), with(&[(DISCARD.to_owned(), "1".to_owned())]));
    let discard =
        view! { <PostButton action=action.clone() label=t.stale_discard kind=ButtonKind::Quiet hidden=discard/> };
    if !deed.offers(view) {
        let why = [("act", deed.label(t)), ("state", view.standing.state.label())];
        let why = fill(t.stale_not_offered, &why);
        return view! { <p>{why}</p><ButtonRow>{discard}</ButtonRow> }.into_any();
    }
    let label = fill(t.stale_again, &[("act", deed.label(t))]);
    let change = format!("{}#acts", opened(desk, deed, &view.reference, origin));
    view! {
        <ButtonRow>
            <PostButton action label hidden=again/>
            <LinkButton href=change label=t.stale_change kind=ButtonKind::Secondary/>
            {discard}
        </ButtonRow>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_forms_own_fields_are_kept() {
        assert!(belongs(Deed::Close, "close.reason"));
        for name in ["close", "closed.reason", "ask.text", "version", "_seen", "_who", ""] {
            assert!(!belongs(Deed::Close, name), "{name}");
        }
    }

    #[test]
    fn every_deed_with_reasons_knows_whose() {
        for deed in Deed::ALL.iter().filter_map(|deed| decision(*deed)) {
            assert!(domain::report::Reasons::embedded().for_decision(deed).next().is_some(), "{deed:?}");
        }
    }
}
