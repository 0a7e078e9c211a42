//! A company's application.

use domain::{access::Person, country::Country, lang::Lang, organisation::OperatorRole};
use leptos::prelude::*;
use services::register::{self, Applied};

use super::password::new_password;
use crate::{
    components::*,
    text::{
        fill,
        register::{Texts, texts},
    },
    web::{
        Outcome, Page, Reply, Req,
        typed::{self, Typed},
    },
};

const FORM: &str = "register";

/// The fields in the order of the page.
const FIELDS: &[&str] = &[
    "legal_name",
    "country",
    "operator_roles",
    "registration_number",
    "vat",
    "lei",
    "address",
    "phone",
    "website",
    "person_name",
    "email",
    "act_for",
    "password",
];

/// The form; or, while no authority uses the service, why there is none.
pub(super) async fn page(req: Req) -> Outcome {
    let t = texts(req.lang);
    let countries = register::countries(req.ctx()).await?;
    if countries.is_empty() {
        let help = req.to("/help");
        return Page::new(t.closed_title, move || closed(t, help)).into();
    }
    let typed = Typed::open(&req, FORM).await?.in_order(FIELDS);
    let wrong = typed.is_wrong();
    let person = req.principal.person.clone();
    let (lang, help) = (req.lang, req.to("/help"));
    Page::new(t.title, move || form(lang, help, countries, person.as_ref(), &typed)).errors(wrong).about(t.lead).into()
}

fn closed(t: &'static Texts, help: String) -> impl IntoView {
    view! {
        <ReadingPage>
            <h1>{t.closed_title}</h1>
            <p>{t.closed}</p>
            <p><a href=help>{t.closed_help}</a></p>
        </ReadingPage>
    }
}

fn form(
    lang: Lang,
    help: String,
    countries: Vec<Country>,
    person: Option<&Person>,
    typed: &Typed,
) -> impl IntoView + use<> {
    let t = texts(lang);
    let errors = typed.errors();
    let company = company(t, countries, help, typed);
    let roles = roles(t, typed);
    let registers = registers(t, typed);
    let contact = contact(t, typed);
    let applicant = applicant(lang, person, typed);
    view! {
        <FormPage aside=aside(t).into_any() aside_label=t.next>
            <ErrorSummary errors/>
            <PageTitle title=t.title lead=t.lead/>
            <form class="stack sections" method="post" action=format!("/{}/register", lang.tag()) novalidate=true>
                <FieldGroup legend=t.company>{company}</FieldGroup>
                {roles}
                <FieldGroup legend=t.registers>{registers}</FieldGroup>
                <FieldGroup legend=t.contact>{contact}</FieldGroup>
                {applicant}
                <Button label=t.submit/>
            </form>
        </FormPage>
    }
}

fn company(t: &'static Texts, countries: Vec<Country>, help: String, typed: &Typed) -> impl IntoView + use<> {
    let countries = countries.into_iter().map(|country| SelectOption::new(country.code(), country.name())).collect();
    view! {
        <TextField
            name="legal_name" label=t.name hint=t.name_hint autocomplete="organization" width=Width::Long
            value=typed.value("legal_name") error=typed.error("legal_name")
        />
        <SelectField
            name="country" label=t.country hint=t.country_hint options=countries autocomplete="country" width=Width::Medium
            value=typed.value("country") error=typed.error("country")
        />
        <Details summary=t.country_missing>
            <p>{t.country_missing_body}</p>
            <p><a href=help>{t.closed_help}</a></p>
        </Details>
    }
}

fn registers(t: &'static Texts, typed: &Typed) -> impl IntoView + use<> {
    view! {
        <TextField
            name="registration_number" label=t.registration_number hint=t.registration_number_hint code=true autocomplete="off"
            width=Width::Medium value=typed.value("registration_number") error=typed.error("registration_number")
        />
        <TextField
            name="vat" label=t.vat hint=t.vat_hint optional=true code=true autocomplete="off" width=Width::Medium
            value=typed.value("vat") error=typed.error("vat")
        />
        <TextField
            name="lei" label=t.lei hint=t.lei_hint optional=true code=true autocomplete="off" width=Width::Medium
            value=typed.value("lei") error=typed.error("lei")
        />
    }
}

fn contact(t: &'static Texts, typed: &Typed) -> impl IntoView + use<> {
    view! {
        <TextArea name="address" label=t.address rows=3 value=typed.value("address") error=typed.error("address")/>
        <TextField
            name="phone" label=t.phone hint=t.phone_hint kind="tel" autocomplete="work tel" width=Width::Medium
            value=typed.value("phone") error=typed.error("phone")
        />
        <TextField
            name="website" label=t.website optional=true autocomplete="url" inputmode="url" width=Width::Long
            value=typed.value("website") error=typed.error("website")
        />
    }
}

fn roles(t: &'static Texts, typed: &Typed) -> impl IntoView + use<> {
    let options = OperatorRole::ALL
        .iter()
        .map(|role| {
            let checked = typed.chose("operator_roles", role.code());
            Choice::new(role.code(), role.label()).hint(role_line(t, *role)).checked(checked)
        })
        .collect();
    view! { <div class="role-cards"><Choices name="operator_roles" legend=t.roles hint=t.roles_hint many=true options error=typed.error("operator_roles")/></div> }
}

/// What a role means, in a line.
const fn role_line(t: &'static Texts, role: OperatorRole) -> &'static str {
    match role {
        OperatorRole::Producer => t.role_producer,
        OperatorRole::Distributor => t.role_distributor,
        OperatorRole::Wholesaler => t.role_wholesaler,
        OperatorRole::Retailer => t.role_retailer,
        OperatorRole::Formulator => t.role_formulator,
        OperatorRole::Importer => t.role_importer,
        OperatorRole::Exporter => t.role_exporter,
        OperatorRole::Broker => t.role_broker,
        OperatorRole::Carrier => t.role_carrier,
        OperatorRole::FreightForwarder => t.role_freight_forwarder,
        OperatorRole::CustomsBroker => t.role_customs_broker,
        OperatorRole::Warehouse => t.role_warehouse,
        OperatorRole::OnlinePlatform => t.role_online_platform,
        OperatorRole::Pharmacy => t.role_pharmacy,
        OperatorRole::Laboratory => t.role_laboratory,
        OperatorRole::EndUser => t.role_end_user,
    }
}

/// Who applies: somebody new says who they are, somebody who has signed in is known.
fn applicant(lang: Lang, person: Option<&Person>, typed: &Typed) -> impl IntoView + use<> {
    let t = texts(lang);
    let act_for = view! {
        <TextArea name="act_for" label=t.act_for hint=t.act_for_hint rows=3 value=typed.value("act_for") error=typed.error("act_for")/>
    };
    if let Some(person) = person {
        let hint = fill(t.you_known, &[("name", &person.name), ("email", &person.email)]);
        return view! { <FieldGroup legend=t.you hint=hint>{act_for}</FieldGroup> }.into_any();
    }
    let fields = view! {
        <TextField
            name="person_name" label=t.person_name autocomplete="name" width=Width::Long
            value=typed.value("person_name") error=typed.error("person_name")
        />
        <TextField
            name="email" label=t.email hint=t.email_hint kind="email" autocomplete="username" width=Width::Long
            value=typed.value("email") error=typed.error("email")
        />
        {act_for}
        {new_password(lang, "password", t.password, typed.error("password"))}
    };
    view! { <FieldGroup legend=t.you hint=t.you_lead>{fields}</FieldGroup> }.into_any()
}

fn aside(t: &'static Texts) -> impl IntoView {
    view! {
        <Panel title=t.next>
            <ol class="points">
                <li>{t.next_1}</li>
                <li>{t.next_2}</li>
                <li>{t.next_3}</li>
            </ol>
        </Panel>
        <Callout tone=Tone::Warn title=t.urgent><p>{t.urgent_body}</p></Callout>
        <Panel title=t.who_sees><p>{t.who_sees_body}</p></Panel>
    }
}

/// Takes the application. The answer does not tell a stranger whether the address has an account.
pub(super) async fn apply(req: Req) -> Outcome {
    let fields = typed::answers(&req.form);
    match register::apply(req.ctx(), &req.principal, req.lang, &fields, req.address).await {
        Ok(applied) => {
            typed::done(&req).await?;
            Ok(Reply::to(match applied {
                Applied::CheckMail => req.to("/register/sent"),
                Applied::Sent(handle) => req.to(&format!("/c/{handle}/application")),
            }))
        }
        Err(refusal) => typed::again(&req, FORM, &req.to("/register"), refusal).await,
    }
}

/// What to expect now.
pub(super) async fn sent(req: Req) -> Outcome {
    let t = texts(req.lang);
    let (again, start) = (req.to("/register"), req.to("/sign-in"));
    Page::new(t.sent_title, move || {
        view! {
            <ReadingPage>
                <h1>{t.sent_title}</h1>
                <p>{t.sent}</p>
                <h2>{t.next}</h2>
                <ol class="points">
                    <li>{t.next_1}</li>
                    <li>{t.next_2}</li>
                    <li>{t.next_3}</li>
                </ol>
                <p>{t.sent_none}</p>
                <p><a href=again>{t.sent_again}</a></p>
                <p><a href=start>{t.sent_sign_in}</a></p>
            </ReadingPage>
        }
    })
    .into()
}
