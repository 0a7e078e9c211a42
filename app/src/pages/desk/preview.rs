//! What matters of a report, beside the queue: label, reasons, key answers, last words, and the acts.

use leptos::prelude::*;
use services::{
    Refusal,
    desk::{self as reports, DeskReportView},
};

use super::{
    acts::{self, Opened, Origin},
    answers, look,
    place::{Desk, Place},
    queue, reasons, talk,
};
use crate::{
    components::*,
    text::fill,
    web::{Outcome, Reply, Req},
};

/// The preview alone, for the island that moves in the list.
pub async fn fragment(req: Req) -> Outcome {
    let desk = Desk::of(&req)?;
    let reference = req.parsed("reference")?;
    let view = reports::view(req.ctx(), &req.principal, &reference).await?;
    if view.authority != desk.org {
        return Err(Refusal::NotFound);
    }
    let place = Place::read(&req.query);
    let found = reports::queue(req.ctx(), &req.principal, desk.org, &place.filter, place.after, 40).await?;
    let origin = queue::origin(&place.select(Some(&reference)), &found, &reference);
    Ok(Reply::fragment(&req, move || body(&desk, &view, &origin)))
}

/// The preview.
pub fn body(desk: &Desk, view: &DeskReportView, origin: &Origin) -> AnyView {
    let t = desk.t;
    let place = match origin {
        Origin::Queue { place, .. } | Origin::Page { from: place } => place,
    };
    let open = desk.report_from(&view.reference, place);
    let close = desk.queue(&place.unselected());
    let label = label(desk, view, true);
    let acts = acts::acts(desk, view, origin, &Opened::default(), &[]);
    let why = reasons::heaviest(t, &view.content.assessment, 4);
    let all = fill(t.why_more, &[("count", &view.content.assessment.hits.len().to_string())]);
    let signs = if why.is_empty() { view! { <p class="muted">{t.signs_none}</p> }.into_any() } else { view! { <Reasons reasons=why/> }.into_any() };
    let facts = answers::key(&view.content);
    let newest = talk::newest(desk, view);
    let whole = format!("{open}#signs");
    view! {
        <div class="preview">
            {label}
            <div class="button-row no-print">
                <LinkButton href=open label=t.open_whole/>
                <LinkButton href=close label=t.close_preview kind=ButtonKind::Quiet/>
            </div>
            <section aria-labelledby="preview-acts"><h2 class="unseen" id="preview-acts">{t.acts}</h2>{acts}</section>
            <section aria-labelledby="preview-why"><h2 id="preview-why">{t.why}</h2>{signs}<p><a href=whole>{all}</a></p></section>
            <section aria-labelledby="preview-answers"><h2 id="preview-answers">{t.key_answers}</h2><Facts facts labelled_by="preview-answers"/></section>
            {newest.map(|newest| view! { <section aria-labelledby="last-words"><h2 id="last-words">{t.last_words}</h2>{newest}</section> })}
        </div>
    }
    .into_any()
}

/// The label on top of a report.
pub fn label(desk: &Desk, view: &DeskReportView, nested: bool) -> AnyView {
    let t = desk.t;
    let text = |value: String| view! { <bdi>{value}</bdi> }.into_any();
    let field = |name: &str, value: AnyView| LabelField::view(name, value);
    let flags = look::Flags {
        urgent: view.urgent,
        unanswered: view.standing.unanswered,
        by_phone: view.by_phone,
        quick: view.content.form == domain::question::Form::Quick,
        on_hold: view.standing.on_hold,
    };
    let times = look::Times {
        state: view.standing.state,
        clock: view.clock,
        since: Some(view.sent_at),
        question_due: view.question_due,
    };
    let with = view.assignee.as_ref().map_or_else(|| t.nobody.to_owned(), |officer| officer.name.clone());
    let company = format!("{} ({})", view.company_name, view.company_country);
    let mut fields = vec![
        field(t.reporter, text(company)),
        field(t.received, text(desk.moment(view.sent_at))),
        field(t.band, look::judged(t, view.cells, view.severity, format!("{}#signs", desk.report(&view.reference)))),
        field(t.officer, text(with)),
        field(t.contact, text(if view.company_phone.is_empty() { t.not_known.to_owned() } else { view.company_phone.clone() })),
    ];
    if let Some(clock) = look::deadline(desk, times) {
        fields.push(field(t.report_when, clock));
    }
    let status = view! { {look::status(view.standing.state)}{flags.tags(t)} }.into_any();
    let party = [view.party.clone(), view.party_country.clone()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let (kind, title, code) = (view.kind.label(), view.headline.clone(), view.reference.to_string());
    view! { <LabelHeader kind=kind title=title reference=code status=status subtitle=party fields=fields nested=nested/> }.into_any()
}
