//! What matters of a report, beside the queue: label, acts, reasons, key answers, last words. And the label itself, which
//! is the same on the report's own page.

use domain::{question::Form, reference::Reference};
use leptos::prelude::*;
use services::{
    Refusal,
    desk::{self as reports, DeskReportView},
};

use super::{
    acts::{self, Opened, Origin},
    answers, duty, keys,
    look::{self, Flags, Times},
    news,
    place::{Desk, Place},
    reasons, shared, talk,
};
use crate::{
    components::*,
    text::fill,
    web::{Outcome, Reply, Req},
};

/// Signs shown in the preview; the others are one link away.
const SIGNS: usize = 4;

/// The report of an address, for somebody at this desk.
pub async fn open(req: &Req, desk: &Desk, reference: &Reference) -> Result<DeskReportView, Refusal> {
    let view = reports::view(req.ctx(), &req.principal, reference).await?;
    if view.authority == desk.org { Ok(view) } else { Err(Refusal::NotFound) }
}

/// The preview alone, for the island that moves in the list. Which row comes next, the list knows.
pub async fn fragment(req: Req) -> Outcome {
    let desk = Desk::of(&req)?;
    let view = open(&req, &desk, &req.parsed("reference")?).await?;
    let origin = Origin::Queue { place: Place::read(&req.query), next: req.query.get("next").parse().ok() };
    Ok(Reply::fragment(&req, move || body(&desk, &view, &origin)))
}

/// The preview.
pub fn body(desk: &Desk, view: &DeskReportView, origin: &Origin) -> AnyView {
    let t = desk.t;
    let place = origin.place();
    let open = desk.report_from(&view.reference, place);
    let doors = view! {
        <p class="preview__doors">
            {keys::key_link(desk, open.clone(), t.open_whole, "Enter", "door-link")}
            {keys::key_link(desk, desk.queue(&place.unselected()), t.close_preview, "Esc", "door-link")}
        </p>
    };
    let label = label(desk, view, true);
    let acts = acts::acts(desk, view, origin, &Opened::default(), &[]);
    let signs = signs(desk, view, format!("{open}#signs"));
    let facts = answers::key(&view.content);
    let (newest, new) = (talk::newest(desk, view), news::panel(desk, view));
    let shared = shared::list(desk, &view.shared, "shared-facts");
    view! {
        <article class="preview" data-of=view.reference.to_string()>
            {doors}
            {label}
            {acts}
            {new}
            {newest.map(|newest| view! { <Panel title=t.last_words title_id="last-words">{newest}</Panel> })}
            {shared.map(|shared| view! { <Panel title=t.shared title_id="shared-facts">{shared}</Panel> })}
            <Panel title=t.why>{signs}</Panel>
            <Panel title=t.key_answers title_id="key-answers"><Facts facts labelled_by="key-answers"/></Panel>
        </article>
    }
    .into_any()
}

fn signs(desk: &Desk, view: &DeskReportView, whole: String) -> AnyView {
    let t = desk.t;
    let found = &view.content.assessment;
    let reasons = reasons::heaviest(t, found, SIGNS);
    if reasons.is_empty() {
        return view! { <p class="muted">{t.signs_none}</p> }.into_any();
    }
    let more = (found.hits.len() > SIGNS).then(|| {
        let all = fill(t.why_more, &[("count", &found.hits.len().to_string())]);
        view! { <p><a href=whole>{all}</a></p> }
    });
    view! { <Reasons reasons/>{more} }.into_any()
}

/// The label on top of a report. `nested` in the preview, where the page has a heading of its own.
pub fn label(desk: &Desk, view: &DeskReportView, nested: bool) -> AnyView {
    let t = desk.t;
    let flags = Flags {
        urgent: view.urgent,
        unanswered: view.standing.unanswered,
        by_phone: view.by_phone,
        quick: view.content.form == Form::Quick,
        on_hold: view.standing.on_hold,
        // The reports themselves stand further down.
        shares: false,
    };
    let times = Times {
        state: view.standing.state,
        clock: view.clock,
        since: Some(view.sent_at),
        question_due: view.question_due,
    };
    let clock = look::deadline(desk, times);
    let signs = if nested { format!("{}#signs", desk.report(&view.reference)) } else { "#signs".to_owned() };
    let foot = view! { {look::judged(t, view.cells, view.severity, signs)}{clock}{flags.tags(t)} }.into_any();
    let (title, reference) = (view.headline.clone(), view.reference.to_string());
    let status = look::status(view.standing.state);
    let fields = fields(desk, view);
    view! { <LabelHeader kind=view.kind.label() title reference status fields foot nested/> }.into_any()
}

fn fields(desk: &Desk, view: &DeskReportView) -> Vec<LabelField> {
    let t = desk.t;
    let labels = (!view.labels.is_empty()).then(|| LabelField::view(t.labels, look::stickers(&view.labels)));
    let name = view.company_name.clone();
    let reporter = match &view.concern {
        Some(concern) => concern.passed_on_by.clone().map_or_else(
            || view! { <bdi>{name.clone()}</bdi> }.into_any(),
            |by| view! { <bdi>{format!("{name}, {by}")}</bdi> }.into_any(),
        ),
        None => {
            let company = desk.at(&format!("/organisations/{}", view.company_handle));
            view! { <a href=company><bdi>{name.clone()}</bdi></a> }.into_any()
        }
    };
    let with = match &view.assignee {
        Some(officer) if officer.id == desk.me => fill(t.you, &[("name", &officer.name)]),
        Some(officer) => duty::with_away(desk.duty.is_away, &officer.name, officer.away.as_ref()),
        None => t.nobody.to_owned(),
    };
    let party = look::party(&view.party, &view.party_country);
    let leaves = view.delivery_at.map(|at| LabelField::text(t.leaves, desk.moment(at)));
    let phone = (!view.company_phone.is_empty()).then(|| LabelField::text(t.contact, view.company_phone.clone()));
    [
        Some(LabelField::view(t.reporter, reporter)),
        phone,
        Some(LabelField::text(t.other_party, if party.is_empty() { t.not_known.to_owned() } else { party })),
        Some(LabelField::text(t.received, desk.moment(view.sent_at))),
        leaves,
        Some(LabelField::text(t.officer, with)),
        labels,
    ]
    .into_iter()
    .flatten()
    .collect()
}
