//! Writing a request. It is kept as typed, whatever is missing; what is missing is said before it is sent.

use domain::{
    advice::GOODS, answers::item_key, country::Country, ids::CustomerId, indicator::RuleSet, substance::Confidentiality,
};
use leptos::prelude::*;
use services::{
    Refusal,
    advice::{self, View},
    error::Problem,
};

use super::own::{at, opened};
use crate::{
    components::*,
    text::{
        advice::{Texts, texts},
        fill,
    },
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

/// By which a form is kept that could not be stored at all.
const NEW: &str = "new advice";
/// Id of the names that are suggested.
const NAMES: &str = "known-substances";

const FIELDS: &[&str] = &[
    "",
    "customer.name",
    "customer.country",
    "customer.address",
    "consignee.name",
    "country",
    "goods.1.name",
    "goods.1.quantity",
    "goods.2.name",
    "goods.2.quantity",
    "goods.3.name",
    "goods.3.quantity",
    "use",
    "delivery",
    "worry",
    "report",
];

/// The customer of the address or of the form.
fn customer(text: &str) -> Option<CustomerId> {
    text.parse().ok()
}

/// The form for a new request, filled in from a customer's file if one is named.
pub(super) async fn new_page(req: Req) -> Outcome {
    let (t, org) = (texts(req.lang), req.workspace()?.org);
    let from = customer(req.query.get("customer"));
    let begun = advice::prefilled(req.ctx(), &req.principal, org, from).await?;
    let kept = Typed::open(&req, NEW).await?.in_order(FIELDS);
    let typed = if kept.is_wrong() { kept } else { Typed::new(begun, Vec::new()) };
    let wrong = typed.is_wrong();
    Page::new(t.new_title, move || {
        let hidden = from.map(|id| view! { <input type="hidden" name="customer" value=id.to_string()/> });
        let filled = from.map(|_| view! { <p class="muted">{t.from_file}</p> });
        let (fields, back, action) = (fields(&req, t, &typed), req.here("/advice"), req.path.clone());
        view! {
            <FormPage>
                <BackLink href=back label=t.back/>
                <ErrorSummary errors=typed.errors()/>
                <PageTitle title=t.new_title lead=t.new_lead/>
                {filled}
                <form class="stack" method="post" action=action novalidate=true autocomplete="off">
                    {hidden}
                    {fields}
                    <ButtonRow><Button label=t.save/></ButtonRow>
                </form>
            </FormPage>
        }
    })
    .errors(wrong)
    .into()
}

/// Keeps a new request.
pub(super) async fn create(req: Req) -> Outcome {
    let org = req.workspace()?.org;
    let from = customer(req.form.get("customer"));
    let answers = typed::answers(&req.form);
    match advice::create(req.ctx(), &req.principal, org, from, &answers).await {
        Ok(id) => {
            typed::done(&req).await?;
            led_on(&req, id).await
        }
        Err(refusal) => {
            let back = from.map_or_else(|| req.path.clone(), |id| with_query(&req.path, "customer", &id.to_string()));
            typed::again(&req, NEW, &back, refusal).await
        }
    }
}

/// To what will be sent, or back to the form if something is missing.
async fn led_on(req: &Req, id: domain::ids::AdviceId) -> Outcome {
    let view = advice::view(req.ctx(), &req.principal, id).await?;
    Ok(Reply::to(if view.problems.is_empty() {
        with_query(&at(req, id, ""), "done", "kept")
    } else {
        format!("{}#errors", with_query(&at(req, id, "/edit"), "errors", "1"))
    }))
}

fn form_name(view: &View) -> String {
    format!("advice {}", view.id)
}

/// The form of a request that is not sent yet.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, view) = (texts(req.lang), opened(&req).await?);
    if view.state != domain::advice::State::Draft {
        return Ok(Reply::to(at(&req, view.id, "")));
    }
    let kept = Typed::open(&req, &form_name(&view)).await?.in_order(FIELDS);
    let problems = if req.query.has("errors") { view.problems.clone() } else { Vec::new() };
    let typed = if kept.is_wrong() { kept } else { Typed::new(view.typed.clone(), problems).in_order(FIELDS) };
    let wrong = typed.is_wrong();
    Page::new(t.edit_title, move || {
        let (fields, back, action) = (fields(&req, t, &typed), at(&req, view.id, ""), req.path.clone());
        view! {
            <FormPage>
                <BackLink href=back/>
                <ErrorSummary errors=typed.errors()/>
                <PageTitle title=t.edit_title lead=t.new_lead/>
                <form class="stack" method="post" action=action novalidate=true autocomplete="off">
                    <input type="hidden" name="version" value=view.version.to_string()/>
                    {fields}
                    <ButtonRow><Button label=t.save/></ButtonRow>
                </form>
            </FormPage>
        }
    })
    .errors(wrong)
    .into()
}

/// Keeps what was changed.
pub(super) async fn save(req: Req) -> Outcome {
    let (t, view) = (texts(req.lang), opened(&req).await?);
    let answers = typed::answers(&req.form);
    match advice::save(req.ctx(), &req.principal, (view.id, req.posted_version()), &answers).await {
        Ok(()) => {
            typed::done(&req).await?;
            led_on(&req, view.id).await
        }
        Err(Refusal::Stale) => {
            let overtaken = Refusal::Invalid(vec![Problem::new("", t.stale)]);
            typed::again(&req, &form_name(&view), &req.path, overtaken).await
        }
        Err(refusal) => typed::again(&req, &form_name(&view), &req.path, refusal).await,
    }
}

fn fields(req: &Req, t: &'static Texts, typed: &Typed) -> AnyView {
    let (buyer, gets) = (buyer(t, typed), consignee(t, typed));
    let (goods, signs) = (goods(req, t, typed), signs(t, typed));
    let (destination, report) = (country(t.destination, "country", typed, false), typed.value("report"));
    view! {
        <FieldGroup legend=t.who_buys>{buyer}</FieldGroup>
        <FieldGroup legend=t.who_gets hint=t.who_gets_hint optional=true>{gets}</FieldGroup>
        <FieldGroup legend=t.what>{goods}</FieldGroup>
        {destination}
        <TextArea name="use" label=t.declared_use rows=3 value=typed.value("use") error=typed.error("use")/>
        <TextField name="delivery" label=t.when hint=t.when_hint width=Width::Medium value=typed.value("delivery") error=typed.error("delivery")/>
        <TextArea name="worry" label=t.worry hint=t.worry_hint rows=4 value=typed.value("worry") error=typed.error("worry")/>
        {signs}
        <TextField name="report" label=t.report hint=t.report_hint optional=true code=true value=report error=typed.error("report")/>
    }
    .into_any()
}

fn line(name: &'static str, label: &'static str, typed: &Typed, optional: bool) -> AnyView {
    let (value, error) = (typed.value(name), typed.error(name));
    view! { <TextField name label value error optional width=Width::Long/> }.into_any()
}

fn country(label: &'static str, name: &'static str, typed: &Typed, optional: bool) -> AnyView {
    let options = Country::by_name().into_iter().map(|one| SelectOption::new(one.code(), one.name())).collect();
    let (value, error) = (typed.value(name), typed.error(name));
    view! { <SelectField name label options value error optional width=Width::Medium/> }.into_any()
}

fn buyer(t: &'static Texts, typed: &Typed) -> AnyView {
    let (name, place) =
        (line("customer.name", t.name, typed, false), country(t.country, "customer.country", typed, true));
    let address = typed.value("customer.address");
    let more = [
        ("customer.registration", t.registration),
        ("customer.vat", t.vat),
        ("customer.phone", t.phone),
        ("customer.email", t.email),
        ("customer.website", t.website),
    ];
    let more = more.map(|(name, label)| line(name, label, typed, true)).into_iter().collect_view();
    view! {
        {name}
        {place}
        <TextArea name="customer.address" label=t.address rows=3 optional=true value=address error=typed.error("customer.address")/>
        {more}
    }
    .into_any()
}

fn consignee(t: &'static Texts, typed: &Typed) -> AnyView {
    let (name, place) = (
        line("consignee.name", t.consignee_name, typed, true),
        country(t.consignee_country, "consignee.country", typed, true),
    );
    let address = typed.value("consignee.address");
    view! {
        {name}
        <TextArea name="consignee.address" label=t.consignee_address rows=3 optional=true value=address error=typed.error("consignee.address")/>
        {place}
    }
    .into_any()
}

fn goods(req: &Req, t: &'static Texts, typed: &Typed) -> AnyView {
    let catalogue = req.ctx().catalogue();
    let public = catalogue.all().iter().filter(|entry| entry.confidentiality == Confidentiality::Public);
    let names: Vec<String> = public.map(|entry| entry.name.clone()).collect();
    let lines = (1..=GOODS).map(|number| {
        let count = number.to_string();
        let label = |text: &str| fill(text, &[("number", &count)]);
        let field = |name: &str| item_key("goods", number, name);
        let (name, cas, quantity) = (field("name"), field("cas"), field("quantity"));
        let (name_value, name_error) = (typed.value(&name), typed.error(&name));
        let (cas_value, cas_error) = (typed.value(&cas), typed.error(&cas));
        let (amount, amount_error) = (typed.value(&quantity), typed.error(&quantity));
        let optional = number > 1;
        view! {
            <TextField name=name label=label(t.substance) list=NAMES value=name_value error=name_error optional width=Width::Long/>
            <TextField name=cas label=label(t.cas) value=cas_value error=cas_error optional=true code=true width=Width::Medium/>
            <TextField name=quantity label=label(t.quantity) hint=t.quantity_hint value=amount error=amount_error optional width=Width::Medium/>
        }
    });
    let lines = lines.collect_view();
    view! { {lines}<Suggestions id=NAMES values=names/> }.into_any()
}

fn signs(t: &'static Texts, typed: &Typed) -> AnyView {
    let rules = RuleSet::latest().for_companies();
    let chosen = |code: &str| typed.chose("signs", code);
    let any = rules.indicators.iter().any(|sign| chosen(&sign.id));
    let ticks = rules.indicators.iter().filter(|sign| sign.tick);
    let options: Vec<Choice> = ticks.map(|sign| Choice::new(&sign.id, &sign.text).checked(chosen(&sign.id))).collect();
    view! {
        <Details summary=t.signs_fold open=any>
            <Choices name="signs" legend=t.signs options many=true optional=true/>
        </Details>
    }
    .into_any()
}
