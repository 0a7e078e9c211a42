//! Creating authorities and associations, and inviting their first administrators.

use domain::{answers::Answers, country::Country};
use leptos::prelude::*;
use services::{
    Refusal,
    organisation::{self, Body},
};

use crate::{
    components::*,
    text::{
        fill,
        system::{Texts, texts},
    },
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

const AUTHORITY: &str = "new authority";
const ASSOCIATION: &str = "new association";
const INVITE: &str = "first administrator";

/// The fields in the order of the page.
const FIELDS: &[&str] =
    &["name", "country", "scopes", "time_zone", "duty_email", "phone", "address", "website", "admin_email"];

/// The form for an authority.
pub(super) async fn authority_page(req: Req) -> Outcome {
    let typed = Typed::open(&req, AUTHORITY).await?.in_order(FIELDS);
    let (t, back, wrong) = (texts(req.lang), req.here("/organisations"), typed.is_wrong());
    Page::new(t.authority_title, move || authority_form(t, &req.path, back, &typed)).errors(wrong).into()
}

fn authority_form(t: &'static Texts, path: &str, back: String, typed: &Typed) -> impl IntoView + use<> {
    let form = view! {
        <form class="stack" method="post" action=path.to_owned() novalidate=true>
            {name_and_country(t, typed)}
            <TextField
                name="scopes" label=t.authority_scopes hint=t.authority_scopes_hint optional=true autocomplete="off"
                value=typed.value("scopes") error=typed.error("scopes")
            />
            <TextField
                name="time_zone" label=t.authority_zone hint=t.authority_zone_hint optional=true autocomplete="off"
                width=Width::Medium value=typed.value("time_zone") error=typed.error("time_zone")
            />
            <TextField
                name="duty_email" label=t.authority_duty hint=t.authority_duty_hint kind="email" autocomplete="off"
                width=Width::Long value=typed.value("duty_email") error=typed.error("duty_email")
            />
            <TextField
                name="phone" label=t.authority_phone hint=t.authority_phone_hint kind="tel" autocomplete="off"
                width=Width::Medium value=typed.value("phone") error=typed.error("phone")
            />
            {address_and_admin(t, typed)}
            <Button label=t.authority_act/>
        </form>
    };
    frame(t.authority_title.to_owned(), t.authority_lead, back, typed, form.into_any())
}

/// Creates an authority.
pub(super) async fn authority(req: Req) -> Outcome {
    let mut fields = typed::answers(&req.form);
    split_scopes(&mut fields);
    match organisation::create_authority(req.ctx(), &req.principal, &fields).await {
        Ok(_) => created(&req, "authority").await,
        Err(refusal) => {
            let refusal = in_words(texts(req.lang), refusal);
            typed::again(&req, AUTHORITY, &req.path, refusal).await
        }
    }
}

/// Names and codes with commas between them become codes; what is no country stays, to be complained about.
fn split_scopes(fields: &mut Answers) {
    let typed = fields.one("scopes").to_owned();
    let pieces = typed.split([',', ';', '\n']).map(str::trim).filter(|piece| !piece.is_empty());
    let codes =
        pieces.map(|piece| Country::find(piece).map_or_else(|_| piece.to_owned(), |country| country.code().to_owned()));
    fields.set("scopes", codes.collect::<Vec<_>>());
}

/// The countries are typed here, not chosen.
fn in_words(t: &'static Texts, refusal: Refusal) -> Refusal {
    let Refusal::Invalid(mut problems) = refusal else { return refusal };
    for problem in problems.iter_mut().filter(|problem| problem.field == "scopes") {
        problem.message = t.authority_scopes_wrong.to_owned();
    }
    Refusal::Invalid(problems)
}

/// The form for an association.
pub(super) async fn association_page(req: Req) -> Outcome {
    let typed = Typed::open(&req, ASSOCIATION).await?.in_order(FIELDS);
    let (t, back, wrong) = (texts(req.lang), req.here("/organisations"), typed.is_wrong());
    Page::new(t.association_title, move || association_form(t, &req.path, back, &typed)).errors(wrong).into()
}

fn association_form(t: &'static Texts, path: &str, back: String, typed: &Typed) -> impl IntoView + use<> {
    let form = view! {
        <form class="stack" method="post" action=path.to_owned() novalidate=true>
            {name_and_country(t, typed)}
            <TextField
                name="phone" label=t.body_phone hint=t.body_phone_hint kind="tel" autocomplete="off" width=Width::Medium
                value=typed.value("phone") error=typed.error("phone")
            />
            {address_and_admin(t, typed)}
            <Button label=t.association_act/>
        </form>
    };
    frame(t.association_title.to_owned(), t.association_lead, back, typed, form.into_any())
}

/// Creates an association.
pub(super) async fn association(req: Req) -> Outcome {
    match organisation::create_association(req.ctx(), &req.principal, &typed::answers(&req.form)).await {
        Ok(_) => created(&req, "association").await,
        Err(refusal) => typed::again(&req, ASSOCIATION, &req.path, refusal).await,
    }
}

async fn created(req: &Req, done: &str) -> Outcome {
    typed::done(req).await?;
    Ok(Reply::to(with_query(&req.here("/organisations"), "done", done)))
}

fn name_and_country(t: &'static Texts, typed: &Typed) -> impl IntoView + use<> {
    let countries =
        Country::by_name().into_iter().map(|country| SelectOption::new(country.code(), country.name())).collect();
    view! {
        <TextField
            name="name" label=t.body_name autocomplete="off" width=Width::Long value=typed.value("name")
            error=typed.error("name")
        />
        <SelectField
            name="country" label=t.body_country options=countries width=Width::Medium value=typed.value("country")
            error=typed.error("country")
        />
    }
}

fn address_and_admin(t: &'static Texts, typed: &Typed) -> impl IntoView + use<> {
    view! {
        <TextArea name="address" label=t.body_address rows=3 value=typed.value("address") error=typed.error("address")/>
        <TextField
            name="website" label=t.body_website optional=true autocomplete="off" inputmode="url" width=Width::Long
            value=typed.value("website") error=typed.error("website")
        />
        {admin_field(t, typed)}
    }
}

fn admin_field(t: &'static Texts, typed: &Typed) -> impl IntoView + use<> {
    view! {
        <TextField
            name="admin_email" label=t.admin_email hint=t.admin_email_hint kind="email" autocomplete="off" width=Width::Long
            value=typed.value("admin_email") error=typed.error("admin_email")
        />
    }
}

fn frame(title: String, lead: &'static str, back: String, typed: &Typed, form: AnyView) -> impl IntoView + use<> {
    let errors = typed.errors();
    view! {
        <FormPage>
            <BackLink href=back/>
            <ErrorSummary errors/>
            <PageTitle title lead/>
            {form}
        </FormPage>
    }
}

/// The authority or association of the address, as long as nobody has joined it.
async fn body(req: &Req) -> Result<Body, Refusal> {
    let handle = req.param("body");
    let installation = organisation::installation(req.ctx(), &req.principal).await?;
    let mut bodies = installation.authorities.into_iter().chain(installation.associations);
    bodies.find(|body| body.handle == handle && body.people == 0).ok_or(Refusal::NotFound)
}

/// The form for inviting a first administrator once more.
pub(super) async fn invite_page(req: Req) -> Outcome {
    let body = body(&req).await?;
    let typed = Typed::open(&req, INVITE).await?;
    let (t, back, wrong) = (texts(req.lang), req.here("/organisations"), typed.is_wrong());
    let title = fill(t.invite_title, &[("name", &body.name)]);
    Page::new(title.clone(), move || {
        let form = view! {
            <form class="stack" method="post" action=req.path.clone() novalidate=true>
                {admin_field(t, &typed)}
                <Button label=t.invite_act/>
            </form>
        };
        frame(title, t.invite_lead, back, &typed, form.into_any())
    })
    .errors(wrong)
    .into()
}

/// Invites a first administrator once more.
pub(super) async fn invite(req: Req) -> Outcome {
    let fields = typed::answers(&req.form);
    match organisation::invite_first(req.ctx(), &req.principal, req.param("body"), &fields).await {
        Ok(()) => created(&req, "invited").await,
        Err(refusal) => typed::again(&req, INVITE, &req.path, refusal).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_typed_as_people_write_them() {
        for (typed, codes) in [
            ("", &[][..]),
            ("NL", &["NL"]),
            ("Netherlands, cw; Belgium", &["NL", "CW", "BE"]),
            ("NL,, ,BE", &["NL", "BE"]),
            ("Atlantis, NL", &["Atlantis", "NL"]),
        ] {
            let mut fields = Answers::new();
            fields.set_one("scopes", typed);
            split_scopes(&mut fields);
            assert_eq!(fields.many("scopes"), codes, "{typed}");
        }
    }
}
