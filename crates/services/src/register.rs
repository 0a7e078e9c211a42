//! A company applies for an account, and its address is confirmed.
//!
//! Rules: the answer never tells whether an address has an account (a mail does, to its owner). What could be checked
//! about the company by form is stored with the application for the approver to see. The person of an application
//! becomes an account only when the link in the mail and the password chosen in the form come together: so nobody can
//! prepare an account for somebody else's mailbox and wait for a careless click.

pub mod checks;

use std::net::IpAddr;

use domain::{
    access::{Action, Principal, Role},
    answers::Answers,
    country::Country,
    fold,
    ids::{OrgId, UserId},
    lang::Lang,
    organisation::{OperatorRole, OrgKind, OrgStatus},
    time::Timestamp,
};
use serde_json::json;
use store::{
    Tx,
    org::{self, NewOrg, OrgListRow},
    person::{self, NewPerson},
    token as tokens,
};

use crate::{
    Context, Refusal, Result,
    account::{self, SignedIn},
    audit::{self, Actor},
    handle,
    input::{Form, invalid},
    link,
    outbox::{self, Template},
    password, secret,
    throttle::{self, Bucket},
};
use checks::{Check, Found};

/// Life of the link that confirms an address.
pub const CONFIRM_LIFE: i64 = 3 * Timestamp::DAY;

pub(crate) const CONFIRM: &str = "confirm";

/// The countries in which a company can apply: those with an authority here.
///
/// # Errors
/// If the store fails.
pub async fn countries(ctx: &Context) -> Result<Vec<Country>> {
    let codes = org::countries(&mut ctx.db.reader()).await?;
    Ok(codes.iter().filter_map(|code| Country::parse(code).ok()).collect())
}

/// What happened to an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applied {
    /// A mail is on its way; the same for every address.
    CheckMail,
    /// It went to the authority at once, because its person has signed in; the handle of the company.
    Sent(String),
}

/// What an application says about the company, checked.
struct Company {
    name: String,
    country: Country,
    roles: Vec<OperatorRole>,
    number: String,
    vat: String,
    lei: String,
    address: String,
    phone: String,
    website: String,
    act_for: String,
    checks: Vec<Check>,
}

/// Applies for a company's account. Somebody who has signed in applies as that person; anybody else names one.
///
/// Fields: `legal_name`, `country`, `operator_roles` (several), `registration_number`, `vat`, `lei`, `address`, `phone`,
/// `website`, `act_for`; and for somebody new `person_name`, `email`, `password`.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field; [`Refusal::TooOften`] after many applications.
pub async fn apply(
    ctx: &Context,
    principal: &Principal,
    lang: Lang,
    fields: &Answers,
    address: IpAddr,
) -> Result<Applied> {
    let mut form = Form::new(fields);
    let (company, authority) = read_company(ctx, &mut form).await?;
    let address = throttle::address_key(address);
    if let Some(person) = &principal.person {
        form.done()?;
        let (Some(mut company), Some(authority)) = (company, authority) else { return Err(Refusal::NotFound) };
        company.checks.push(checks::email(&person.email, &company.website));
        throttle::admit(ctx, &[Bucket(throttle::APPLY_ACCOUNT, &person.email)]).await?;
        let mut tx = ctx.db.begin().await?;
        let (org, handle) = store_company(ctx, &mut tx, &company, &authority, OrgStatus::Applied).await?;
        person::join(&mut tx, ctx.new_id(), person.id, org, Role::CompanyAdmin.code(), ctx.now()).await?;
        record(ctx, &mut tx, Actor::Person(person), Action::Register, "application sent", org, &company).await?;
        tell_authority(ctx, &mut tx, OrgId(authority.id), &handle).await?;
        tx.commit().await?;
        return Ok(Applied::Sent(handle));
    }
    let name = form.line("person_name", 100, "Enter your name.");
    let email = form.email("email");
    let chosen = form.raw("password");
    if let Err(message) = password::check(chosen, &[&name, &email, fields.one("legal_name")], &ctx.catalogue()) {
        form.problem("password", message);
    }
    form.done()?;
    let (Some(mut company), Some(authority)) = (company, authority) else { return Err(Refusal::NotFound) };
    company.checks.push(checks::email(&email, &company.website));
    let buckets = [
        Bucket(throttle::FORM_OVERALL, ""),
        Bucket(throttle::FORM_ADDRESS, &address),
        Bucket(throttle::APPLY_ACCOUNT, &email),
    ];
    throttle::admit(ctx, &buckets).await?;
    // Hashed in any case, so that the answer takes as long for an address that has an account.
    let phc = ctx.hasher.hash(chosen).await?;
    let mut tx = ctx.db.begin().await?;
    if let Some(account) = person::by_email(&mut tx, &email).await? {
        let path = format!("/{}/sign-in", lang.tag());
        outbox::queue(ctx, &mut tx, Template::AccountNotice, &email, lang, &path, "").await?;
        let step = "application with the address of an account";
        let act = (Actor::Anonymous, Action::Register, step);
        audit::of_person(ctx, &mut tx, act, UserId(account.id)).await?;
    } else {
        let (org, _) = store_company(ctx, &mut tx, &company, &authority, OrgStatus::Unconfirmed).await?;
        store_applicant(ctx, &mut tx, org, &name, &email, &phc, lang).await?;
        record(ctx, &mut tx, Actor::Anonymous, Action::Register, "application made", org, &company).await?;
    }
    tx.commit().await?;
    Ok(Applied::CheckMail)
}

async fn read_company(ctx: &Context, form: &mut Form<'_>) -> Result<(Option<Company>, Option<OrgListRow>)> {
    let name = form.line("legal_name", 200, "Enter the company's name as it stands in the trade register.");
    let country = Country::parse(form.raw("country")).ok();
    let authority = match country {
        Some(country) => org::authority_of(&mut ctx.db.reader(), country.code()).await?,
        None => None,
    };
    match (country, &authority) {
        (None, _) => form.problem("country", "Choose the country in which the company is registered."),
        (_, None) => form.problem(
            "country",
            "No authority of this country works with this service yet. Turn to your authority directly.",
        ),
        _ => {}
    }
    let roles = roles(form);
    let mut checked = Vec::new();
    let number = form.line("registration_number", 60, "Enter the number in the trade register.");
    checked.extend(checks::registration(country, &number));
    let vat = identifier(form, &mut checked, "vat", country, checks::vat);
    let lei = identifier(form, &mut checked, "lei", country, checks::lei);
    let address = form.lines("address", 500, "Enter the postal address.");
    let phone = form.phone("phone", true);
    let website = form.website("website");
    let act_for = form.lines(
        "act_for",
        1000,
        "Say how you can act for the company, for example that the trade register names you, or who has authorised you.",
    );
    let company = country.map(|country| Company {
        name,
        country,
        roles,
        number,
        vat,
        lei,
        address,
        phone,
        website,
        act_for,
        checks: checked,
    });
    Ok((company, authority))
}

fn roles(form: &mut Form<'_>) -> Vec<OperatorRole> {
    let codes = form.all("operator_roles");
    let mut roles: Vec<OperatorRole> = codes.iter().filter_map(|code| OperatorRole::from_code(code)).collect();
    let known = roles.len() == codes.len();
    roles.sort_unstable();
    roles.dedup();
    if roles.is_empty() || !known {
        form.problem(
            "operator_roles",
            "Choose what the company does with chemicals or equipment; several are possible.",
        );
    }
    roles
}

/// An optional identifier: its normal form if it has the right one, a problem if not.
fn identifier(
    form: &mut Form<'_>,
    checked: &mut Vec<Check>,
    field: &str,
    country: Option<Country>,
    check: fn(Option<Country>, &str) -> Found,
) -> String {
    let typed = form.optional(field, 40);
    if typed.is_empty() || form.has_problem(field) {
        return typed;
    }
    match check(country, &typed) {
        Ok((normal, found)) => {
            checked.push(found);
            normal
        }
        Err(message) => {
            form.problem(field, message);
            typed
        }
    }
}

async fn store_company(
    ctx: &Context,
    tx: &mut Tx,
    company: &Company,
    authority: &OrgListRow,
    status: OrgStatus,
) -> Result<(OrgId, String)> {
    let id = OrgId(ctx.new_id());
    let handle = handle::new(ctx, tx).await?;
    let codes: Vec<&str> = company.roles.iter().map(|role| role.code()).collect();
    let fault = |error: serde_json::Error| Refusal::Fault(error.to_string());
    let new = NewOrg {
        id,
        handle: &handle,
        kind: OrgKind::Company.code(),
        name: &company.name,
        country: company.country.code(),
        status: status.code(),
        operator_roles: &serde_json::to_string(&codes).map_err(fault)?,
        authority: Some(OrgId(authority.id)),
        registration_number: &company.number,
        registration_key: &fold::squash(&company.number),
        name_key: &fold::squash(&company.name),
        vat: &company.vat,
        lei: &company.lei,
        address: &company.address,
        phone: &company.phone,
        website: &company.website,
        duty_email: "",
        time_zone: company.country.time_zone(),
        act_for_proof: &company.act_for,
        checks: &serde_json::to_string(&company.checks).map_err(fault)?,
        at: ctx.now(),
    };
    org::insert(tx, &new).await?;
    Ok((id, handle))
}

async fn store_applicant(
    ctx: &Context,
    tx: &mut Tx,
    org: OrgId,
    name: &str,
    email: &str,
    phc: &str,
    lang: Lang,
) -> Result<()> {
    let (id, now) = (UserId(ctx.new_id()), ctx.now());
    let new =
        NewPerson { id, email, name, phone: "", password_hash: Some(phc), lang: lang.tag(), confirmed: None, at: now };
    person::insert(tx, &new).await?;
    person::join(tx, ctx.new_id(), id, org, Role::CompanyAdmin.code(), now).await?;
    let path = format!("/{}/link/{{token}}", lang.tag());
    let link = outbox::queue_link(ctx, tx, Template::ConfirmEmail, email, lang, &path, "").await?;
    let token = tokens::NewToken {
        token_hash: link,
        id: ctx.new_id(),
        purpose: CONFIRM,
        person: Some(id),
        org: Some(org),
        email,
        role: "",
        created_by: None,
        at: now,
        expires: now.plus(CONFIRM_LIFE),
    };
    tokens::insert(tx, &token).await?;
    Ok(())
}

/// What the page behind the link in the mail shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The company that applied.
    pub org_name: String,
    /// The address to be confirmed.
    pub email: String,
}

/// Looks at a link that confirms an address, without using it.
///
/// # Errors
/// [`Refusal::NotFound`] if it was never given, was used, or has lapsed.
pub async fn peek_confirm(ctx: &Context, token: &str) -> Result<Waiting> {
    let (_, org, email) = open_link(ctx, token).await?;
    let org = org::by_id(&mut ctx.db.reader(), org).await?.ok_or(Refusal::NotFound)?;
    Ok(Waiting { org_name: org.name, email })
}

async fn open_link(ctx: &Context, token: &str) -> Result<(UserId, OrgId, String)> {
    let row = link::open(ctx, token, CONFIRM).await?;
    match (row.person_id, row.org_id) {
        (Some(person), Some(org)) => Ok((UserId(person), OrgId(org), row.email)),
        _ => Err(Refusal::NotFound),
    }
}

/// What comes after an address was confirmed.
#[derive(Clone, Debug)]
pub enum Confirmed {
    /// The person has an account now and is signed in.
    SignedIn(Box<SignedIn>),
    /// The address had an account already (made since); the company was added to it, and its owner signs in as usual.
    SignIn,
}

/// Confirms an address by the link and the password chosen in the application; the application goes to the authority.
///
/// # Errors
/// [`Refusal::NotFound`] if the link cannot be used; [`Refusal::Invalid`] at `password` if it is not the one that was
/// chosen, and then the link can be used again.
pub async fn confirm(ctx: &Context, token: &str, chosen: &str, address: IpAddr, agent: &str) -> Result<Confirmed> {
    let (waiting, org_id, email) = open_link(ctx, token).await?;
    let address = throttle::address_key(address);
    let own = waiting.to_string();
    let buckets = [Bucket(throttle::SIGN_IN_ADDRESS, &address), Bucket(throttle::SIGN_IN_ACCOUNT, &own)];
    throttle::admit(ctx, &buckets).await?;
    let mut applicant = person::by_id(&mut ctx.db.reader(), waiting).await?.ok_or(Refusal::NotFound)?;
    let fits = chosen.len() <= password::MAX_BYTES;
    if !fits || !ctx.hasher.verify(chosen, applicant.password_hash.as_deref()).await? {
        return Err(invalid("password", "This is not the password chosen in the application."));
    }
    let now = ctx.now();
    let mut tx = ctx.db.begin().await?;
    tokens::consume(&mut tx, secret::hash(token), CONFIRM, now).await?.ok_or(Refusal::NotFound)?;
    org::set_status(&mut tx, org_id, OrgStatus::Unconfirmed.code(), OrgStatus::Applied.code()).await?;
    let account = person::by_email(&mut tx, &email).await?;
    let signed = match &account {
        Some(account) => {
            person::fold_into(&mut tx, waiting, UserId(account.id)).await?;
            None
        }
        None => {
            person::confirm(&mut tx, waiting, now).await.map_err(Refusal::overtaken)?;
            applicant.email_confirmed_at = Some(now.0);
            Some(account::enter(ctx, &mut tx, &applicant, agent, None).await?)
        }
    };
    let person = account::to_person(account.as_ref().unwrap_or(&applicant));
    let act = audit::Act {
        actor: Actor::Person(&person),
        action: Action::UseLink,
        step: "address confirmed, application sent",
        object_kind: "org",
        object_id: org_id.to_string(),
    };
    audit::record(ctx, &mut tx, act, audit::NONE, audit::NONE).await?;
    let company = org::by_id(&mut tx, org_id).await?.ok_or(Refusal::NotFound)?;
    // The one it applied to, whichever answers for the country by now: a suspended one decides later.
    let authority = OrgId(company.authority_id.ok_or(Refusal::NotFound)?);
    tell_authority(ctx, &mut tx, authority, &company.handle).await?;
    tx.commit().await?;
    Ok(signed.map_or(Confirmed::SignIn, |signed| Confirmed::SignedIn(Box::new(signed))))
}

/// Tells the authority that an application waits: its duty address, or its administrators if it has none.
async fn tell_authority(ctx: &Context, tx: &mut Tx, authority: OrgId, company: &str) -> Result<()> {
    let lang = Lang::default();
    let row = org::by_id(tx, authority).await?.ok_or(Refusal::NotFound)?;
    let path = format!("/{}/a/{}/organisations/{company}", lang.tag(), row.handle);
    let to = if row.duty_email.is_empty() {
        person::administrators(tx, authority).await?.into_iter().map(|member| member.email).collect()
    } else {
        vec![row.duty_email]
    };
    for address in to {
        outbox::queue(ctx, tx, Template::ApplicationWaiting, &address, lang, &path, "").await?;
    }
    Ok(())
}

async fn record(
    ctx: &Context,
    tx: &mut Tx,
    actor: Actor<'_>,
    action: Action,
    step: &str,
    org: OrgId,
    company: &Company,
) -> Result<()> {
    let act = audit::Act { actor, action, step, object_kind: "org", object_id: org.to_string() };
    let after = json!({
        "name": company.name,
        "country": company.country.code(),
        "registration_number": company.number,
        "vat": company.vat,
        "lei": company.lei,
        "address": company.address,
        "phone": company.phone,
        "website": company.website,
        "act_for": company.act_for,
    });
    audit::record(ctx, tx, act, audit::NONE, Some(&after)).await
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
pub(crate) mod tests;
