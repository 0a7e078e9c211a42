//! Asking for a declaration: first its shape, then what stands in it.

use domain::declaration::{Template, Validity};
use leptos::prelude::*;
use services::{
    Refusal,
    declaration::{self, Begun},
};

use super::{at, opened};
use crate::{
    components::*,
    text::{
        declarations::{Texts, texts},
        fill,
    },
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

/// The shapes to choose from.
pub(super) async fn shapes(req: Req) -> Outcome {
    let (t, view) = (texts(req.lang), opened(&req).await?);
    let begun = declaration::begin(req.ctx(), &req.principal, view.id).await?;
    Page::new(t.shape_title, move || {
        let shape = |template: &&'static Template| {
            let href = at(&req, view.id, &format!("/declarations/new/{}", template.code));
            let conditions = conditions_told(t, template);
            view! {
                <section class="part">
                    <h2>{template.label.clone()}</h2>
                    <p>{template.about.clone()}</p>
                    {conditions}
                    <p><LinkButton href label=t.shape_choose about=template.label.clone() kind=ButtonKind::Secondary/></p>
                </section>
            }
        };
        let offered = begun.offered.iter().map(shape).collect_view();
        view! {
            <FormPage>
                <BackLink href=at(&req, view.id, "") label=t.back_file/>
                <PageTitle title=t.shape_title caption=begun.name.clone() lead=t.shape_lead/>
                {offered}
            </FormPage>
        }
    })
    .into()
}

fn conditions_told(t: &'static Texts, template: &'static Template) -> Option<AnyView> {
    let lines: Vec<_> = template.condition.iter().map(|one| view! { <li>{one.text.clone()}</li> }).collect();
    (!lines.is_empty()).then(|| view! { <p>{t.shape_conditions}</p><ul>{lines}</ul> }.into_any())
}

fn form_name(req: &Req) -> String {
    format!("declaration {} {}", req.param("customer"), req.param("shape"))
}

/// The form.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, view) = (texts(req.lang), opened(&req).await?);
    let begun = declaration::begin(req.ctx(), &req.principal, view.id).await?;
    let shape = req.param("shape");
    let template = begun.offered.iter().find(|one| one.code == shape).copied().ok_or(Refusal::NotFound)?;
    let order = fields_in_order(template);
    let order: Vec<&str> = order.iter().map(String::as_str).collect();
    let typed = Typed::open(&req, &form_name(&req)).await?.in_order(&order);
    let wrong = typed.is_wrong();
    Page::new(template.label.clone(), move || {
        let (substances, parties) = (substances(t, template, &begun, &typed), parties(t, &begun, &typed));
        let (period, conditions) = (period(t, template, &typed), conditions(t, template, &typed));
        let licence =
            (!template.field.iter().all(|field| field.need != domain::declaration::Need::Licence)).then(|| {
                view! {
                    <Checkbox
                        name="licence" label=t.licence hint=t.licence_hint checked=typed.chose("licence", "yes")
                        error=typed.error("licence")
                    />
                }
            });
        view! {
            <FormPage>
                <BackLink href=at(&req, view.id, "/declarations/new") label=t.shape_title/>
                <ErrorSummary errors=typed.errors()/>
                <PageTitle title=template.label.clone() caption=begun.name.clone() lead=t.new_lead/>
                <form class="stack" method="post" action=req.path.clone() novalidate=true>
                    {substances}
                    {period}
                    {conditions}
                    {licence}
                    {parties}
                    <TextField
                        name="email" label=t.email hint=t.email_hint kind="email" value=typed.value("email")
                        error=typed.error("email") optional=true width=Width::Long autocomplete="off"
                    />
                    <ButtonRow><Button label=t.new_act/></ButtonRow>
                </form>
            </FormPage>
        }
    })
    .errors(wrong)
    .into()
}

fn fields_in_order(template: &Template) -> Vec<String> {
    let items = (1..=template.most_substances)
        .flat_map(|n| ["substance", "code", "quantity"].map(|what| format!("{what}-{n}")));
    let rest = [
        "period_from",
        "period_until",
        "conditions",
        "licence",
        "customer_name",
        "customer_address",
        "supplier_address",
        "supplier_phone",
        "email",
    ];
    std::iter::once(String::new()).chain(items).chain(rest.map(str::to_owned)).collect()
}

fn substances(t: &'static Texts, template: &'static Template, begun: &Begun, typed: &Typed) -> AnyView {
    let names = begun.names.iter().map(|name| view! { <option value=name.clone()></option> }).collect_view();
    let expected: Vec<String> = begun.expected.iter().map(|(name, yearly)| format!("{name} ({yearly})")).collect();
    let expected = (!expected.is_empty()).then(|| {
        let text = fill(t.expected, &[("list", &expected.join(", "))]);
        view! { <p class="muted"><bdi>{text}</bdi></p> }
    });
    let most = template.most_substances;
    let first = substance(t, 1, most, typed);
    let more = (most > 1).then(|| {
        let rows = (2..=most).map(|n| substance(t, n, most, typed)).collect_view().into_any();
        let open = (2..=most).any(|n| !typed.value(&format!("substance-{n}")).is_empty());
        view! { <Details summary=t.more_substances open>{rows}</Details> }
    });
    view! { <datalist id="substances">{names}</datalist>{expected}{first}{more} }.into_any()
}

fn substance(t: &'static Texts, n: usize, most: usize, typed: &Typed) -> AnyView {
    let of = |what: &str| format!("{what}-{n}");
    let label = if most == 1 { t.substance.to_owned() } else { fill(t.substance_n, &[("n", &n.to_string())]) };
    let numbered = |label: &str| if most == 1 { label.to_owned() } else { format!("{label} {n}") };
    let (substance, code, quantity) = (of("substance"), of("code"), of("quantity"));
    let optional = n > 1;
    view! {
        <TextField
            name=substance.clone() label hint=t.substance_hint value=typed.value(&substance) error=typed.error(&substance)
            optional list="substances" width=Width::Long autocomplete="off"
        />
        <TextField
            name=code.clone() label=numbered(t.code) hint=t.code_hint value=typed.value(&code) error=typed.error(&code)
            optional=true code=true width=Width::Medium autocomplete="off"
        />
        <TextField
            name=quantity.clone() label=numbered(t.quantity) hint=t.quantity_hint value=typed.value(&quantity)
            error=typed.error(&quantity) optional width=Width::Medium autocomplete="off"
        />
    }
    .into_any()
}

fn period(t: &'static Texts, template: &'static Template, typed: &Typed) -> Option<AnyView> {
    (template.validity == Validity::Year).then(|| {
        view! {
            <TextField
                name="period_from" label=t.period_from hint=t.day_hint value=typed.value("period_from")
                error=typed.error("period_from") width=Width::Medium autocomplete="off"
            />
            <TextField
                name="period_until" label=t.period_until hint=t.period_hint value=typed.value("period_until")
                error=typed.error("period_until") width=Width::Medium autocomplete="off"
            />
        }
        .into_any()
    })
}

fn conditions(t: &'static Texts, template: &'static Template, typed: &Typed) -> Option<AnyView> {
    (!template.condition.is_empty()).then(|| {
        let options = template.condition.iter().map(|asked| {
            Choice::new(asked.code.clone(), asked.text.clone()).checked(typed.chose("conditions", &asked.code))
        });
        let options: Vec<Choice> = options.collect();
        let error = typed.error("conditions");
        view! { <Choices name="conditions" legend=t.conditions hint=t.conditions_hint options many=true error/> }
            .into_any()
    })
}

fn parties(t: &'static Texts, begun: &Begun, typed: &Typed) -> AnyView {
    view! {
        <h2>{t.customer_part}</h2>
        <TextField
            name="customer_name" label=t.customer_name value=typed.value_or("customer_name", &begun.customer.name)
            error=typed.error("customer_name") width=Width::Long autocomplete="off"
        />
        <TextArea
            name="customer_address" label=t.customer_address rows=3
            value=typed.value_or("customer_address", &begun.customer.address) error=typed.error("customer_address")
        />
        <h2>{t.supplier_part}</h2>
        <TextArea
            name="supplier_address" label=t.supplier_address rows=3
            value=typed.value_or("supplier_address", &begun.supplier.address) error=typed.error("supplier_address")
        />
        <TextField
            name="supplier_phone" label=t.supplier_phone value=typed.value_or("supplier_phone", &begun.supplier.phone)
            error=typed.error("supplier_phone") optional=true width=Width::Medium autocomplete="off"
        />
    }
    .into_any()
}

/// Makes it.
pub(super) async fn create(req: Req) -> Outcome {
    let view = opened(&req).await?;
    let fields = typed::answers(&req.form);
    match declaration::create(req.ctx(), &req.principal, view.id, req.param("shape"), &fields).await {
        Ok(id) => {
            typed::done(&req).await?;
            Ok(Reply::to(with_query(&at(&req, view.id, &format!("/declarations/{id}")), "done", "made")))
        }
        Err(refusal) => typed::again(&req, &form_name(&req), &req.path, refusal).await,
    }
}
