//! The duty navigator, for everybody: what the law asks about a substance, by role and country.
//!
//! A plain form that sends itself to its own address, so that an answer can be linked to and printed. It asks for nothing
//! personal. [`found`] draws the answer and is used wherever the same is told, such as for a planned sale.

mod found;

use domain::{
    access::Action,
    answers::when::{Order, parse_date},
    country::Country,
    date::Date,
    duties::Asked,
    indicator::Substances as _,
    organisation::OperatorRole,
    substance::{Kind, PublicSubstance},
};
use leptos::prelude::*;
use services::duties;

pub(crate) use found::found;

use super::substances::{day, substance_names};
use crate::{
    components::*,
    routes::{Route, get},
    text::{
        duties::{Texts, texts},
        fill,
    },
    web::{Outcome, Page, Req, paths::with_query},
};

/// The list that the field for the substance offers.
const NAMES: &str = "substance-names";
/// The longest name or day that is looked at.
const LONGEST: usize = 300;

/// The rows of this part.
pub(super) fn routes() -> Vec<Route> {
    vec![get("/{lang}/duties", Action::ViewPublic, page)]
}

/// The address of the answer for a substance of the catalogue, before the country is chosen.
pub(in crate::pages::public) fn address(req: &Req, slug: &str) -> String {
    with_query(&req.to("/duties"), "substance", slug)
}

/// What the address asks.
struct Wanted {
    name: String,
    substance: Option<PublicSubstance>,
    role: Option<OperatorRole>,
    country: Option<Country>,
    to: Option<Country>,
    on: Date,
    day: String,
    errors: Vec<FieldError>,
}

impl Wanted {
    fn read(req: &Req) -> Self {
        let t = texts(req.lang);
        let text = |name: &str| -> String {
            req.query.get(name).chars().filter(|letter| !letter.is_control()).take(LONGEST).collect()
        };
        let (typed, day) = (text("substance").trim().to_owned(), text("on").trim().to_owned());
        let substance = meant(req, &typed);
        // Companies are asked for their own country first.
        let own = req.principal.memberships.first().and_then(|member| Country::parse(&member.country).ok());
        let is_sent = req.query.has("country");
        let country = Country::find(&text("country")).ok().or(own.filter(|_| !is_sent));
        let today = Date::of(req.ctx().now());
        let read = parse_date(&day, Order::of_country(country.map_or("", Country::code)));
        let wrong = [
            (is_sent && typed.is_empty(), "substance", t.substance_missing),
            (!typed.is_empty() && substance.is_none(), "substance", t.substance_unknown),
            (is_sent && country.is_none(), "country", t.country_missing),
            (!day.is_empty() && read.is_err(), "on", t.on_wrong),
        ];
        let errors = wrong.into_iter().filter(|(is_wrong, ..)| *is_wrong);
        Self {
            errors: errors.map(|(_, field, why)| FieldError::new(field, why)).collect(),
            name: substance.as_ref().map_or(typed, |found| found.name.clone()),
            role: OperatorRole::from_code(&text("role")),
            to: Country::find(&text("to")).ok(),
            on: read.unwrap_or(today),
            substance,
            country,
            day,
        }
    }
}

/// The public entry that is meant by a handle, a name or a CAS number.
fn meant(req: &Req, typed: &str) -> Option<PublicSubstance> {
    let catalogue = req.ctx().catalogue();
    let by_name = || catalogue.about(typed, typed, None, None).and_then(|found| catalogue.find_public(&found.slug));
    let found = catalogue.find_public(typed).or_else(|| by_name().filter(|_| !typed.is_empty()))?;
    // A family is a rule; the law names substances.
    (found.kind != Kind::FamilyRule).then_some(found)
}

async fn page(req: Req) -> Outcome {
    let t = texts(req.lang);
    let wanted = Wanted::read(&req);
    let wrong = !wanted.errors.is_empty();
    let mut page = Page::new(t.title, move || view(&req, &wanted)).errors(wrong).about(t.lead);
    page.print_title = Some(t.title.to_owned());
    page.into()
}

fn view(req: &Req, wanted: &Wanted) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let back = wanted.substance.as_ref().map(|found| {
        let label = fill(t.back, &[("name", &found.name)]);
        view! { <BackLink href=req.to(&format!("/substances/{}", found.slug)) label=label/> }
    });
    let (form, answer, errors) = (form(req, t, wanted), answer(req, t, wanted), wanted.errors.clone());
    view! {
        <FormPage>
            {back}
            <ErrorSummary errors/>
            <PageTitle title=t.title lead=t.lead/>
            {form}
            {answer}
        </FormPage>
    }
}

fn form(req: &Req, t: &'static Texts, wanted: &Wanted) -> impl IntoView + use<> {
    let roles = OperatorRole::ALL.iter().map(|role| SelectOption::new(role.code(), role.label())).collect();
    let error = |field: &str| error_of(&wanted.errors, field);
    let code = |country: Option<Country>| country.map(|country| country.code().to_owned());
    view! {
        <form class="stack no-print" method="get" action=req.to("/duties") novalidate=true>
            <TextField
                name="substance" label=t.substance hint=t.substance_hint value=wanted.name.clone() error=error("substance")
                width=Width::Long list=NAMES autocomplete="off"
            />
            <SelectField name="country" label=t.country options=countries() value=code(wanted.country) error=error("country")/>
            <SelectField name="role" label=t.role options=roles value=wanted.role.map(|role| role.code().to_owned()) blank=t.any_role/>
            <SelectField name="to" label=t.to options=countries() value=code(wanted.to) blank=t.to_none/>
            <TextField name="on" label=t.on hint=t.on_hint value=wanted.day.clone() error=error("on") width=Width::Medium autocomplete="off"/>
            <Suggestions id=NAMES values=substance_names(req)/>
            <Button label=t.show/>
        </form>
    }
}

fn countries() -> Vec<SelectOption> {
    Country::by_name().into_iter().map(|one| SelectOption::new(one.code(), one.name())).collect()
}

fn answer(req: &Req, t: &'static Texts, wanted: &Wanted) -> Option<AnyView> {
    let (substance, country) = (wanted.substance.as_ref()?, wanted.country?);
    if !wanted.errors.is_empty() {
        return None;
    }
    let asked = Asked { substance, roles: wanted.role.as_slice(), country, to: wanted.to, on: wanted.on };
    let navigated = duties::navigate(req.ctx(), &asked);
    let title = heading(t, &asked);
    let role = wanted.role.map(|role| view! { <p>{fill(t.as_role, &[("role", role.label())])}</p> });
    let (holds, found) = (holds(req, t, substance), found(req, &asked, &navigated, None));
    Some(
        view! {
            <section class="stack" aria-labelledby="duties">
                <h2 id="duties">{title}</h2>
                {role}
                <Callout tone=Tone::Info title=t.caution_title><p>{t.caution}</p><p>{t.unverified_note}</p></Callout>
                {holds}
                {found}
            </section>
        }
        .into_any(),
    )
}

fn heading(t: &Texts, asked: &Asked<'_>) -> String {
    let day = day(asked.on);
    let known = [("name", asked.substance.name.as_str()), ("country", asked.country.name()), ("day", &day)];
    match asked.leaves_for() {
        Some(to) => fill(t.asked_to, &[&known[..], &[("to", to.name())]].concat()),
        None => fill(t.asked, &known),
    }
}

/// For a mixture the substances in it, each with its own answer.
fn holds(req: &Req, t: &'static Texts, substance: &PublicSubstance) -> Option<AnyView> {
    let catalogue = req.ctx().catalogue();
    let inside = substance.contains.iter().filter_map(|part| catalogue.find_public(&part.substance));
    let links = inside.map(|part| {
        let href = [("country", "country"), ("role", "role"), ("to", "to")].iter().fold(
            address(req, &part.slug),
            |href, (name, from)| match req.query.get(from) {
                "" => href,
                value => with_query(&href, name, value),
            },
        );
        view! { <li><a href=href>{part.name}</a></li> }
    });
    let links: Vec<_> = links.collect();
    (!links.is_empty()).then(|| view! { <p>{t.holds}</p><ul>{links}</ul> }.into_any())
}
