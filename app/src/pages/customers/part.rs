//! One entry of a part of a file: added, changed, removed. The form is made from the table of the file.

use domain::{
    answers::Answers,
    country::Country,
    customer::{Customer, Field, Kind, Part},
};
use leptos::prelude::*;
use services::{
    Refusal,
    customer::{self, View},
};

use super::{at, opened, overtaken, posted_version};
use crate::{
    components::*,
    islands::number_check::{NumberCheck, NumberField},
    text::{customers::texts, fill},
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

/// By which the form for a new customer is kept.
const NEW: &str = "new customer";

fn identity() -> Result<&'static Part, Refusal> {
    Part::find("identity").ok_or(Refusal::NotFound)
}

/// The fields of a part in the order of the page.
fn names(part: &Part) -> Vec<&'static str> {
    std::iter::once("").chain(part.fields.iter().map(|field| field.name)).collect()
}

/// The form for a new customer.
pub(super) async fn new_page(req: Req) -> Outcome {
    let (t, part) = (texts(req.lang), identity()?);
    let typed = Typed::open(&req, NEW).await?.in_order(&names(part));
    let wrong = typed.is_wrong();
    Page::new(t.new_title, move || {
        let fields = fields(part, &typed, None, &Customer::new());
        let back = req.here("/customers");
        view! {
            <FormPage>
                <BackLink href=back label=t.back_list/>
                <ErrorSummary errors=typed.errors()/>
                <PageTitle title=t.new_title lead=t.new_lead/>
                <form class="stack" method="post" action=req.path.clone() novalidate=true>
                    {fields}
                    <ButtonRow><Button label=t.new_act/></ButtonRow>
                </form>
            </FormPage>
        }
    })
    .errors(wrong)
    .into()
}

/// Makes a file.
pub(super) async fn create(req: Req) -> Outcome {
    let org = req.workspace()?.org;
    match customer::create(req.ctx(), &req.principal, org, &typed::answers(&req.form)).await {
        Ok(id) => {
            typed::done(&req).await?;
            Ok(Reply::to(with_query(&at(&req, id, ""), "done", "added")))
        }
        Err(refusal) => typed::again(&req, NEW, &req.path, refusal).await,
    }
}

/// The part and the entry of the address; no entry for a new one.
fn place(req: &Req) -> Result<(&'static Part, Option<u32>), Refusal> {
    let part = Part::find(req.param("part")).ok_or(Refusal::NotFound)?;
    let key = if req.param("entry").is_empty() { None } else { Some(req.parsed("entry")?) };
    Ok((part, key))
}

fn form_name(view: &View, part: &Part, key: Option<u32>) -> String {
    format!("customer {} {} {}", view.id, part.id, key.unwrap_or(0))
}

/// The form of an entry.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, view, (part, key)) = (texts(req.lang), opened(&req).await?, place(&req)?);
    // A part with one entry that is there already has its form elsewhere.
    if let (None, false, Some(entry)) = (key, part.many, view.customer.entries(part.id).first()) {
        return Ok(Reply::to(at(&req, view.id, &format!("/parts/{}/{}", part.id, entry.key))));
    }
    let stored = match key {
        Some(key) => Some(view.customer.entry(part.id, key).ok_or(Refusal::NotFound)?.fields.clone()),
        None => None,
    };
    let typed = Typed::open(&req, &form_name(&view, part, key)).await?.in_order(&names(part));
    let (wrong, name) = (typed.is_wrong(), view.customer.name().to_owned());
    let title = fill(if key.is_some() { t.form_change } else { t.form_add }, &[("one", part.one)]);
    Page::new(title.clone(), move || {
        let fields = fields(part, &typed, stored.as_ref(), &view.customer);
        let back = format!("{}#{}", at(&req, view.id, ""), part.id);
        view! {
            <FormPage>
                <BackLink href=back label=t.back_file/>
                <ErrorSummary errors=typed.errors()/>
                <PageTitle title caption=name/>
                <form class="stack" method="post" action=req.path.clone() novalidate=true>
                    <input type="hidden" name="version" value=view.version.to_string()/>
                    {fields}
                    <ButtonRow><Button label=t.save/></ButtonRow>
                </form>
            </FormPage>
        }
    })
    .errors(wrong)
    .with_islands()
    .into()
}

/// Saves an entry.
pub(super) async fn save(req: Req) -> Outcome {
    let (t, view, (part, key)) = (texts(req.lang), opened(&req).await?, place(&req)?);
    let (seen, fields) = ((view.id, posted_version(&req)), typed::answers(&req.form));
    match customer::put(req.ctx(), &req.principal, seen, (part, key), &fields).await {
        Ok(()) => {
            typed::done(&req).await?;
            let done = if key.is_some() { "changed" } else { "added" };
            Ok(Reply::to(format!("{}#{}", with_query(&at(&req, view.id, ""), "done", done), part.id)))
        }
        Err(refusal) => {
            let form = form_name(&view, part, key);
            typed::again(&req, &form, &req.path, overtaken(t, refusal)).await
        }
    }
}

/// Removes an entry.
pub(super) async fn remove(req: Req) -> Outcome {
    let (view, (part, key)) = (opened(&req).await?, place(&req)?);
    let key = key.ok_or(Refusal::NotFound)?;
    customer::remove(req.ctx(), &req.principal, (view.id, posted_version(&req)), (part, key)).await?;
    Ok(Reply::to(format!("{}#{}", with_query(&at(&req, view.id, ""), "done", "removed"), part.id)))
}

/// The fields of a part with what was typed, else with what is kept.
fn fields(part: &'static Part, typed: &Typed, stored: Option<&Answers>, customer: &Customer) -> AnyView {
    let numbers = part.fields.iter().filter_map(|field| match field.kind {
        Kind::Number(kind) => Some(NumberField { id: field_id(field.name), kind }),
        _ => None,
    });
    let numbers: Vec<NumberField> = numbers.collect();
    let country = customer.country().map_or("", Country::code).to_owned();
    let check = (!numbers.is_empty()).then(|| view! { <NumberCheck fields=numbers country/> });
    let controls = part.fields.iter().map(|field| control(field, typed, stored, customer)).collect_view();
    view! { {controls}{check} }.into_any()
}

fn control(field: &'static Field, typed: &Typed, stored: Option<&Answers>, customer: &Customer) -> AnyView {
    let kept = stored.map_or(&[][..], |stored| stored.many(field.name));
    let value = if typed.is_wrong() {
        typed.value(field.name)
    } else if matches!(field.kind, Kind::Vats) {
        kept.join("\n")
    } else {
        kept.first().cloned().unwrap_or_default()
    };
    let error = typed.error(field.name);
    let hint = (!field.hint.is_empty()).then(|| field.hint.to_owned());
    let (name, label, optional) = (field.name, field.label, !field.required);
    match field.kind {
        Kind::Lines(_) | Kind::Vats => view! { <TextArea name label value hint error optional rows=3/> }.into_any(),
        Kind::Country => {
            let options = Country::by_name().into_iter().map(|one| SelectOption::new(one.code(), one.name())).collect();
            view! { <SelectField name label options value hint error optional width=Width::Medium/> }.into_any()
        }
        Kind::Choice(options) => {
            let options = options().into_iter().map(|(code, words)| SelectOption::new(code, words)).collect();
            view! { <SelectField name label options value hint error optional width=Width::Medium/> }.into_any()
        }
        Kind::Held => {
            let held = customer.entries("owner").iter().filter(|owner| owner.fields.one("kind") != "person");
            let options =
                held.map(|owner| SelectOption::new(owner.key.to_string(), owner.fields.one("holder"))).collect();
            let blank = Some(customer.name().to_owned()).filter(|name| !name.is_empty());
            view! { <SelectField name label options value hint error blank/> }.into_any()
        }
        Kind::Several(options) => {
            let chosen = |code: &str| {
                if typed.is_wrong() { typed.chose(name, code) } else { kept.iter().any(|kept| kept == code) }
            };
            let options =
                options().into_iter().map(|(code, words)| Choice::new(code, words).checked(chosen(code))).collect();
            view! { <Choices name legend=label options many=true hint error optional/> }.into_any()
        }
        Kind::Share => {
            view! { <TextField name label value hint error optional width=Width::Tiny suffix="%" inputmode="decimal"/> }
                .into_any()
        }
        Kind::Number(_) | Kind::Duns | Kind::Cas | Kind::Activity => view! {
            <TextField name label value hint error optional width=Width::Medium code=true autocomplete="off"/>
        }
        .into_any(),
        Kind::Line(_) | Kind::Day | Kind::Birth | Kind::Amount | Kind::Domain | Kind::Email => {
            view! { <TextField name label value hint error optional width=Width::Long autocomplete="off"/> }.into_any()
        }
    }
}
