//! One declaration: how it stands, what can be done with it, its orders, its text with the hash, its history.

use domain::{answers::when::long_date, declaration::State, ids::DeclarationId};
use leptos::prelude::*;
use services::{
    Refusal,
    declaration::{self, Declaration, Event, Whole, signing::Signed as Copied},
};

use super::{acts, at, kept_until, meter, opened, orders, status, substances, term};
use crate::{
    components::*,
    format,
    pages::{declare::copy, report::place},
    text::{
        declarations::{Texts, texts},
        declare, fill,
    },
    web::{Outcome, Page, Reply, Req},
};

async fn found(req: &Req) -> Result<Whole, Refusal> {
    let view = opened(req).await?;
    let id: DeclarationId = req.parsed("declaration")?;
    declaration::one(req.ctx(), &req.principal, view.id, id).await
}

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, whole) = (texts(req.lang), found(&req).await?);
    let forms = acts::Forms::open(&req, &whole).await?;
    let (wrong, title) = (forms.is_wrong(), substances(&whole.declaration));
    let page_title = format!("{}: {title}", t.declaration);
    Page::new(page_title, move || {
        let one = &whole.declaration;
        let done = done(t, req.query.get("done")).map(|title| view! { <Banner tone=Tone::Ok title/> });
        let caption = format!("{} · {}", one.customer_name, one.template.label);
        let back = format!("{}#declarations", at(&req, one.customer, ""));
        let warnings = warnings(t, one);
        let (status, facts) = (status(one), facts(&req, t, &whole));
        let acts = acts::section(&req, t, &whole, &forms);
        let orders = orders::section(&req, t, &whole, &forms);
        let (said, law, history) = (said(&req, t, &whole), law(t, one), history(&req, t, &whole.history));
        view! {
            <FormPage>
                <BackLink href=back label=t.back_file/>
                <ErrorSummary errors=forms.errors()/>
                {done}
                <PageTitle title caption/>
                <p>{status}</p>
                {warnings}
                {facts}
                {acts}
                {orders}
                {said}
                {law}
                {history}
            </FormPage>
        }
    })
    .errors(wrong)
    .into()
}

fn done(t: &'static Texts, word: &str) -> Option<&'static str> {
    let found = match word {
        "made" => t.done_made,
        "sent" => t.done_sent,
        "withdrawn" => t.done_withdrawn,
        "accepted" => t.done_accepted,
        "doubt" => t.done_doubt,
        "ended" => t.done_ended,
        "paper" => t.done_paper,
        "recorded" | "used-up" => t.done_recorded,
        "struck" => t.done_struck,
        _ => return None,
    };
    Some(found)
}

fn warnings(t: &'static Texts, one: &Declaration) -> AnyView {
    let broken = one.signed.as_ref().is_some_and(|signed| !signed.whole).then(|| {
        view! { <Callout tone=Tone::Danger title=t.broken_title><p>{t.broken}</p></Callout> }
    });
    let used_up = (one.state == State::UsedUp).then(|| {
        view! { <Callout tone=Tone::Warn title=t.used_up_title><p>{t.used_up}</p></Callout> }
    });
    view! { {broken}{used_up} }.into_any()
}

fn facts(req: &Req, t: &'static Texts, whole: &Whole) -> AnyView {
    let one = &whole.declaration;
    let moment = |at| place::moment(req, at);
    let by =
        |(who, when): &(String, domain::time::Timestamp)| fill(t.signed_by, &[("who", who), ("when", &moment(*when))]);
    let mut rows = Vec::new();
    for counted in &one.items {
        let item = &counted.item;
        let name = if item.code.is_empty() { item.name.clone() } else { format!("{}, {}", item.name, item.code) };
        rows.push(SummaryRow::text(t.substance, name));
        rows.push(match one.stored.takes_orders() {
            true => SummaryRow::view(t.left, meter(t, counted)),
            false => SummaryRow::text(t.quantity, item.quantity.to_string()),
        });
    }
    if let Some((from, until)) = one.request.period {
        rows.push(SummaryRow::text(t.period_from, long_date(from)));
        rows.push(SummaryRow::text(t.period_until, long_date(until)));
    }
    if let Some(from) = one.from {
        rows.push(SummaryRow::text(t.from, long_date(from)));
        rows.push(SummaryRow::text(t.until, term(t, one)));
    }
    rows.push(SummaryRow::text(t.made, by(&one.made)));
    if !one.email.is_empty() {
        rows.push(SummaryRow::text(t.email, one.email.clone()));
    }
    if let Some(until) = one.link_until.filter(|_| !one.state.is_signed()) {
        let lapsed = until <= req.ctx().now();
        let when = moment(until);
        let told = if lapsed { fill(t.link_lapsed, &[("when", &when)]) } else { when };
        rows.push(SummaryRow::text(t.link_until, told));
    }
    if let Some(signed) = &one.signed {
        let told = match signed.document {
            None => by(&(signed.signature.clone(), signed.at)),
            Some(_) => fill(t.signed_paper, &[("when", &moment(signed.at))]),
        };
        rows.push(SummaryRow::text(t.signed, told));
        if let Some(document) = signed.document {
            let href = at(req, one.customer, &format!("/documents/{document}"));
            let link = view! { <a href=href>{t.paper_document}</a> }.into_any();
            rows.push(SummaryRow::view(t.paper_copy, link));
        }
    }
    if let Some(checked) = &one.checked {
        rows.push(SummaryRow::text(t.checked, by(checked)));
    }
    if !one.reason.is_empty() {
        rows.push(SummaryRow::text(t.reason_given, one.reason.clone()));
    }
    if !one.request.conditions.is_empty() {
        let (who, when) = (&one.made.0, moment(one.made.1));
        let text = fill(t.conditions_confirmed, &[("who", who), ("when", &when)]);
        rows.push(SummaryRow::text(t.conditions, text));
    }
    let last = whole.orders.iter().filter(|order| order.struck.is_none()).map(|order| order.day).max();
    if let Some(day) = kept_until(one, last) {
        let text = fill(t.kept_about, &[("day", &long_date(day)), ("words", &one.template.keep)]);
        rows.push(SummaryRow::text(t.kept, text));
    }
    if !one.template.copy_with_goods.is_empty() {
        rows.push(SummaryRow::text(t.copy_with_goods, one.template.copy_with_goods.clone()));
    }
    let known = one.items.iter().filter(|counted| !counted.item.slug.is_empty()).zip(&whole.deliveries);
    let deliveries = known.map(|(counted, count)| {
        let words = [("substance", counted.item.name.as_str()), ("count", &count.to_string())];
        view! { <p class="small muted"><bdi>{fill(t.deliveries, &words)}</bdi></p> }
    });
    let deliveries = deliveries.collect_view();
    view! { <h2 class="unseen">{t.facts_title}</h2><AnsweredList rows/>{deliveries} }.into_any()
}

/// The text, its hash, and the copies to take away.
fn said(req: &Req, t: &'static Texts, whole: &Whole) -> AnyView {
    let one = &whole.declaration;
    let here = at(req, one.customer, &format!("/declarations/{}", one.id));
    let below = match &one.signed {
        None => view! { <p class="small muted">{t.text_so_far}</p> }.into_any(),
        Some(signed) => {
            let (pdf, text) = (format!("{here}/copy.pdf"), format!("{here}/copy.txt"));
            let whole = signed.whole.then(|| view! { <p class="small">{t.whole}</p> });
            let hash = copy::hash(t.hash, declare::texts(req.lang).hash_about, &signed.sha256);
            view! {
                {hash}
                {whole}
                <p class="part__acts no-print"><a href=pdf>{t.copy_pdf}</a><a href=text>{t.copy_text}</a></p>
            }
            .into_any()
        }
    };
    let text = whole.text.clone();
    view! {
        <section class="stack" aria-labelledby="text">
            <h2 id="text">{t.text_title}</h2>
            <pre class="declared">{text}</pre>
            {below}
        </section>
    }
    .into_any()
}

/// Where the shape stands in the law.
fn law(t: &'static Texts, one: &Declaration) -> AnyView {
    let source = |source: &'static domain::declaration::template::Source| {
        let open = (!source.verified).then(|| view! { " "<Tag text=t.source_open tone=Tone::Warn/> });
        view! { <li>{source.what.clone()}": "<span class="muted">{source.place.clone()}</span>{open}</li> }
    };
    let lines = one.template.sources.iter().map(source).collect_view();
    let conditions = one.template.condition.iter().map(|asked| view! { <li>{asked.text.clone()}</li> }).collect_view();
    let body = view! { <ul>{conditions}{lines}</ul> }.into_any();
    view! { <Details summary=t.law_title>{body}</Details> }.into_any()
}

fn history(req: &Req, t: &'static Texts, events: &[Event]) -> AnyView {
    let line = |event: &Event| {
        let who = event.by.clone().unwrap_or_else(|| t.by_customer.to_owned());
        let told = fill(t.history_line, &[("step", &event.step), ("who", &who)]);
        let note =
            (!event.note.is_empty()).then(|| view! { <br/><span class="muted typed">{event.note.clone()}</span> });
        let (text, datetime) = (place::moment(req, event.at), format::machine(event.at));
        view! { <li><bdi>{told}</bdi>", "<Moment text datetime/>{note}</li> }
    };
    let lines = events.iter().map(line).collect_view().into_any();
    view! { <Details summary=t.history><ol class="small" role="list">{lines}</ol></Details> }.into_any()
}

/// The signed text as the customer has it, for a copy.
async fn copied(req: &Req) -> Result<Copied, Refusal> {
    let one = found(req).await?.declaration;
    let signed = one.signed.as_ref().ok_or(Refusal::NotFound)?;
    declaration::copied(req.ctx(), &req.principal, one.customer, one.id).await?;
    Ok(Copied {
        text: signed.text.clone(),
        sha256: signed.sha256.clone(),
        at: signed.at,
        supplier: one.request.supplier.name.clone(),
        title: one.template.title.clone(),
        lang: req.lang,
    })
}

/// A true copy on paper, to be stamped, as it travels with goods.
pub(super) async fn pdf(req: Req) -> Outcome {
    let signed = copied(&req).await?;
    let document = copy::document(req.lang, &signed, Some(&signed.supplier), req.ctx().now());
    copy::hand_out(&req, document).await
}

/// The text as a file.
pub(super) async fn text(req: Req) -> Outcome {
    let signed = copied(&req).await?;
    Ok::<Reply, Refusal>(copy::text_file(signed.text))
}
