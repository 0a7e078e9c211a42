//! Organisations as the authority, the system administrator and they themselves see them.
//!
//! An authority decides about the companies of its countries: approve, refuse with a reason, suspend, lift. The system
//! administrator suspends and reinstates authorities and associations ([`suspend`]). It sees what
//! was checked when a company applied, and which other companies may be the same firm. The system administrator makes
//! authorities and associations and invites their first administrators; companies come by applying.

use domain::{
    access::{Action, Membership, Principal, Role},
    answers::Answers,
    country::Country,
    fold,
    ids::{OrgId, UserId},
    organisation::{OperatorRole, OrgKind, OrgStatus},
    time::Timestamp,
};
use serde_json::json;
use store::{
    Tx, audit as log,
    org::{self, NewOrg, OrgListRow, OrgRow},
    person,
};
use uuid::Uuid;

use crate::{
    Context, Refusal, Result,
    audit::{self, Actor},
    handle,
    input::{Form, invalid},
    register::checks::Check,
    seat::Seat,
    team::{self, Invited},
};

mod suspend;

pub use suspend::{Standing, decide_body, standing};

/// Companies on one page of the list.
pub const PAGE: usize = 50;

/// A place in the list behind which a page begins; travels in the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    at: i64,
    id: Uuid,
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:x}-{}", self.at, self.id.simple())
    }
}

impl std::str::FromStr for Cursor {
    type Err = Refusal;
    fn from_str(text: &str) -> Result<Self> {
        let (at, id) = text.split_once('-').ok_or(Refusal::NotFound)?;
        let at = i64::from_str_radix(at, 16).map_err(|_| Refusal::NotFound)?;
        let id = Uuid::try_parse(id).map_err(|_| Refusal::NotFound)?;
        Ok(Self { at, id })
    }
}

/// A company in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its handle.
    pub handle: String,
    /// Its name.
    pub name: String,
    /// Its country, ISO 3166-1 alpha-2.
    pub country: String,
    /// Where it stands.
    pub status: OrgStatus,
    /// Number in the trade register.
    pub registration_number: String,
    /// What it does.
    pub roles: Vec<OperatorRole>,
    /// When it applied.
    pub applied: Timestamp,
    /// When it was decided.
    pub decided: Option<Timestamp>,
}

/// One page of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The companies, the newest application first.
    pub companies: Vec<Listed>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
    /// How many there are of each status.
    pub counts: Vec<(OrgStatus, i64)>,
}

/// An authority's companies, those of one status or all.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody outside the authority.
pub async fn list(
    ctx: &Context,
    principal: &Principal,
    authority: OrgId,
    status: Option<OrgStatus>,
    after: Option<Cursor>,
) -> Result<Page> {
    piece(ctx, principal, authority, status, after, PAGE).await
}

/// The same with a page as long as one wants.
pub(crate) async fn piece(
    ctx: &Context,
    principal: &Principal,
    authority: OrgId,
    status: Option<OrgStatus>,
    after: Option<Cursor>,
    length: usize,
) -> Result<Page> {
    principal.allowed_in(authority, Action::ReadOrganisations)?;
    let mut reader = ctx.db.reader();
    let after = after.map(|cursor| (cursor.at, cursor.id));
    let limit = i64::try_from(length.saturating_add(1)).unwrap_or(i64::MAX);
    let mut rows = org::companies(&mut reader, authority, status.map_or("", OrgStatus::code), after, limit).await?;
    let more = rows.len() > length;
    rows.truncate(length);
    let next = rows.last().filter(|_| more).map(|row| Cursor { at: row.created_at, id: row.id });
    let mut counts = Vec::new();
    for (code, n) in org::count_by_status(&mut reader, authority).await? {
        let status = read_status(&code)?;
        if status != OrgStatus::Unconfirmed {
            counts.push((status, n));
        }
    }
    counts.sort_unstable();
    Ok(Page { companies: rows.into_iter().map(listed).collect::<Result<_>>()?, next, counts })
}

/// Handle and name of every company that a report can be taken for on the telephone, by name.
///
/// # Errors
/// [`Refusal::NotFound`] without the right to take reports for the authority.
pub async fn callers(ctx: &Context, principal: &Principal, authority: OrgId) -> Result<Vec<(String, String)>> {
    principal.allowed_in(authority, Action::TakeReports)?;
    let approved = OrgStatus::Approved.code();
    let rows = org::companies(&mut ctx.db.reader(), authority, approved, None, i64::MAX).await?;
    let mut found: Vec<(String, String)> = rows.into_iter().map(|row| (row.handle, row.name)).collect();
    found.sort_by_key(|(_, name)| domain::fold::squash(name));
    Ok(found)
}

/// How many companies wait for a decision of the authority.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody outside the authority.
pub async fn applications(ctx: &Context, principal: &Principal, authority: OrgId) -> Result<i64> {
    principal.allowed_in(authority, Action::ReadOrganisations)?;
    let counts = org::count_by_status(&mut ctx.db.reader(), authority).await?;
    Ok(counts.into_iter().find(|(code, _)| code == OrgStatus::Applied.code()).map_or(0, |(_, count)| count))
}

fn listed(row: OrgListRow) -> Result<Listed> {
    Ok(Listed {
        handle: row.handle,
        name: row.name,
        country: row.country,
        status: read_status(&row.status)?,
        registration_number: row.registration_number,
        roles: read_roles(&row.operator_roles)?,
        applied: Timestamp(row.created_at),
        decided: row.decided_at.map(Timestamp),
    })
}

fn read_status(code: &str) -> Result<OrgStatus> {
    OrgStatus::from_code(code).ok_or_else(|| Refusal::Fault("unknown status in the database".to_owned()))
}

fn read_roles(json: &str) -> Result<Vec<OperatorRole>> {
    let codes: Vec<String> = serde_json::from_str(json).map_err(|error| Refusal::Fault(error.to_string()))?;
    Ok(codes.iter().filter_map(|code| OperatorRole::from_code(code)).collect())
}

/// Another company that may be the same firm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// Handle and name, if it belongs to the same authority; of others only the country is told.
    pub company: Option<(String, String)>,
    /// Its country.
    pub country: String,
    /// Where it stands.
    pub status: OrgStatus,
    /// When it applied.
    pub applied: Timestamp,
    /// In what it is equal: fields of the application.
    pub same: Vec<&'static str>,
}

/// A company as its authority sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// Identity.
    pub id: OrgId,
    /// What the list shows.
    pub listed: Listed,
    /// VAT number; may be empty.
    pub vat: String,
    /// LEI; may be empty.
    pub lei: String,
    /// Postal address.
    pub address: String,
    /// Telephone.
    pub phone: String,
    /// Website; may be empty.
    pub website: String,
    /// How the applicant can act for the company, in their words.
    pub act_for: String,
    /// What was checked when it applied.
    pub checks: Vec<Check>,
    /// Companies that may be the same firm.
    pub alike: Vec<Alike>,
    /// Its people: name, address, role.
    pub people: Vec<(String, String, Role)>,
    /// Why it was refused or suspended.
    pub reason: String,
    /// Name of who decided.
    pub decided_by: Option<String>,
    /// What happened to it: when, and which step, oldest first.
    pub history: Vec<(Timestamp, String)>,
    /// For deciding: the state that the asker saw.
    pub version: i64,
    /// Which decisions the asker may take now.
    pub decisions: Vec<Decision>,
}

/// A company of one's authority, whole.
///
/// # Errors
/// [`Refusal::NotFound`] if there is none of this handle, or it is another authority's.
pub async fn detail(ctx: &Context, principal: &Principal, handle: &str) -> Result<Detail> {
    let (row, authority) = company(ctx, principal, handle, Action::ReadOrganisations).await?;
    let may_decide = principal.allowed_in(authority, Action::DecideApplications).is_ok();
    let mut reader = ctx.db.reader();
    let id = OrgId(row.id);
    let alike = alike(ctx, &row, authority).await?;
    let mut people = Vec::new();
    for member in person::members(&mut reader, id).await? {
        let role = Role::from_code(&member.role).ok_or_else(|| Refusal::Fault("unknown role".to_owned()))?;
        people.push((member.name, member.email, role));
    }
    let decided_by = match row.decided_by {
        Some(by) => person::by_id(&mut reader, UserId(by)).await?.map(|person| person.name),
        None => None,
    };
    let history = log::of_object(&mut reader, "org", &id.to_string()).await?;
    let step = |row: &log::AuditRow| {
        let step = row.action.split_once(": ").map_or(row.action.as_str(), |(_, step)| step);
        (audit::at(row), step.to_owned())
    };
    let status = read_status(&row.status)?;
    let decisions = Decision::ALL.iter().copied().filter(|decision| may_decide && decision.from().contains(&status));
    Ok(Detail {
        id,
        vat: row.vat.clone(),
        lei: row.lei.clone(),
        address: row.address.clone(),
        phone: row.phone.clone(),
        website: row.website.clone(),
        act_for: row.act_for_proof.clone(),
        checks: serde_json::from_str(&row.checks).map_err(|error| Refusal::Fault(error.to_string()))?,
        alike,
        people,
        reason: row.decision_reason.clone(),
        decided_by,
        history: history.iter().map(step).collect(),
        version: row.version,
        decisions: decisions.collect(),
        listed: Listed {
            handle: row.handle,
            name: row.name,
            country: row.country,
            status,
            registration_number: row.registration_number,
            roles: read_roles(&row.operator_roles)?,
            applied: Timestamp(row.created_at),
            decided: row.decided_at.map(Timestamp),
        },
    })
}

/// A company and its authority, if the principal may do `action` there.
async fn company(ctx: &Context, principal: &Principal, handle: &str, action: Action) -> Result<(OrgRow, OrgId)> {
    let row = org::by_handle(&mut ctx.db.reader(), handle).await?;
    let found = row.filter(|row| row.kind == OrgKind::Company.code() && row.status != OrgStatus::Unconfirmed.code());
    // Nobody learns from the order of checks whether a handle exists: not signed in is said first.
    principal.signed_in()?;
    let row = found.ok_or(Refusal::NotFound)?;
    let authority = OrgId(row.authority_id.ok_or(Refusal::NotFound)?);
    principal.allowed_in(authority, action)?;
    Ok((row, authority))
}

async fn alike(ctx: &Context, row: &OrgRow, authority: OrgId) -> Result<Vec<Alike>> {
    let mut reader = ctx.db.reader();
    let mut found = Vec::new();
    for other in org::alike(&mut reader, row).await? {
        let own = org::by_id(&mut reader, OrgId(other.id)).await?;
        let own = own.is_some_and(|other| other.authority_id == Some(authority.0));
        let equal = |field, mine: &str, theirs: &str| (!mine.is_empty() && mine == theirs).then_some(field);
        let same_country = row.country == other.country;
        let same = [
            equal("registration_number", &row.registration_key, &other.registration_key).filter(|_| same_country),
            equal("vat", &row.vat, &other.vat),
            equal("lei", &row.lei, &other.lei),
            equal("legal_name", &row.name_key, &other.name_key).filter(|_| same_country),
        ];
        found.push(Alike {
            company: own.then_some((other.handle, other.name)),
            country: other.country,
            status: read_status(&other.status)?,
            applied: Timestamp(other.created_at),
            same: same.into_iter().flatten().collect(),
        });
    }
    Ok(found)
}

/// What an authority can decide about a company, and (of these, suspending and lifting) who runs the installation about
/// an authority or association.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It may work.
    Approve,
    /// It may not, and the reason says what would change that.
    Refuse,
    /// It may not work for now.
    Suspend,
    /// It may work again.
    Lift,
}

impl Decision {
    /// Every decision, in the order of the buttons.
    pub const ALL: &[Self] = &[Self::Approve, Self::Refuse, Self::Suspend, Self::Lift];

    /// The code in forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Refuse => "refuse",
            Self::Suspend => "suspend",
            Self::Lift => "lift",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|decision| decision.code() == code)
    }

    /// The states in which it can be taken.
    #[must_use]
    pub const fn from(self) -> &'static [OrgStatus] {
        match self {
            Self::Approve => &[OrgStatus::Applied, OrgStatus::Refused],
            Self::Refuse => &[OrgStatus::Applied],
            Self::Suspend => &[OrgStatus::Approved],
            Self::Lift => &[OrgStatus::Suspended],
        }
    }

    const fn to(self) -> OrgStatus {
        match self {
            Self::Approve | Self::Lift => OrgStatus::Approved,
            Self::Refuse => OrgStatus::Refused,
            Self::Suspend => OrgStatus::Suspended,
        }
    }

    const fn needs_reason(self) -> bool {
        matches!(self, Self::Refuse | Self::Suspend)
    }

    const fn step(self) -> &'static str {
        match self {
            Self::Approve => "approved",
            Self::Refuse => "refused",
            Self::Suspend => "suspended",
            Self::Lift => "suspension lifted",
        }
    }
}

/// Decides about a company as the decider saw it (`version`), and tells its administrators. Field `reason` for refusing
/// and suspending: the company reads it.
///
/// # Errors
/// [`Refusal::Invalid`] at `reason`; [`Refusal::Stale`] if somebody else decided meanwhile; [`Refusal::NotPossible`] if
/// the company does not stand where this can be decided.
pub async fn decide(
    ctx: &Context,
    principal: &Principal,
    handle: &str,
    version: i64,
    decision: Decision,
    fields: &Answers,
) -> Result<()> {
    let (row, authority) = company(ctx, principal, handle, Action::DecideApplications).await?;
    let by = Seat::take(principal, authority, Action::DecideApplications)?;
    suspend::settle(ctx, by, Action::DecideApplications, &row, version, decision, fields).await
}

/// A company as its own people see it: where its application stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnCompany {
    /// What the authority's list shows.
    pub listed: Listed,
    /// Why it was refused or suspended; empty otherwise.
    pub reason: String,
    /// Name and telephone of the authority.
    pub authority: Option<(String, String)>,
}

/// One's own company.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody who does not belong to it.
pub async fn own(ctx: &Context, principal: &Principal, org: OrgId) -> Result<OwnCompany> {
    principal.allowed_in(org, Action::ViewCompany)?;
    let mut reader = ctx.db.reader();
    let row = org::by_id(&mut reader, org).await?.ok_or(Refusal::NotFound)?;
    let authority = match row.authority_id {
        Some(id) => org::by_id(&mut reader, OrgId(id)).await?.map(|row| (row.name, row.phone)),
        None => None,
    };
    let status = read_status(&row.status)?;
    Ok(OwnCompany {
        reason: row.decision_reason,
        authority,
        listed: Listed {
            handle: row.handle,
            name: row.name,
            country: row.country,
            status,
            registration_number: row.registration_number,
            roles: read_roles(&row.operator_roles)?,
            applied: Timestamp(row.created_at),
            decided: row.decided_at.map(Timestamp),
        },
    })
}

/// An authority or association as the system administrator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Its handle.
    pub handle: String,
    /// Its name.
    pub name: String,
    /// Its country.
    pub country: String,
    /// Where it stands.
    pub status: OrgStatus,
    /// The countries it answers for; empty for an association.
    pub scopes: Vec<String>,
    /// How many people belong to it.
    pub people: usize,
    /// How many invitations are open.
    pub invitations: usize,
    /// Since when.
    pub since: Timestamp,
    /// Why it is suspended; empty otherwise.
    pub reason: String,
    /// For suspending and lifting: the state that the asker saw.
    pub version: i64,
}

/// What the system administrator sees of the installation's organisations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installation {
    /// The authorities, by name.
    pub authorities: Vec<Body>,
    /// The associations, by name.
    pub associations: Vec<Body>,
    /// How many companies there are; which ones is the authorities' business.
    pub companies: i64,
}

/// The installation's organisations.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody but a system administrator.
pub async fn installation(ctx: &Context, principal: &Principal) -> Result<Installation> {
    system(principal, Action::ViewSystem)?;
    Ok(Installation {
        authorities: bodies(ctx, OrgKind::Authority).await?,
        associations: bodies(ctx, OrgKind::Association).await?,
        companies: org::count_kind(&mut ctx.db.reader(), OrgKind::Company.code()).await?,
    })
}

async fn bodies(ctx: &Context, kind: OrgKind) -> Result<Vec<Body>> {
    let mut reader = ctx.db.reader();
    let mut bodies = Vec::new();
    for row in org::of_kind(&mut reader, kind.code()).await? {
        let id = OrgId(row.id);
        let scopes = org::scopes(&mut reader, id).await?;
        bodies.push(Body {
            reason: row.decision_reason,
            version: row.version,
            handle: row.handle,
            name: row.name,
            country: row.country,
            status: read_status(&row.status)?,
            scopes: scopes.into_iter().map(|(country, _)| country).collect(),
            people: person::members(&mut reader, id).await?.len(),
            invitations: team::open_invitations(ctx, id).await?,
            since: Timestamp(row.created_at),
        });
    }
    Ok(bodies)
}

/// The membership in the installation's own organisation that allows `action`.
pub(crate) fn system(principal: &Principal, action: Action) -> Result<&Membership> {
    principal.signed_in()?;
    let own = principal.memberships.iter().find(|membership| membership.kind == OrgKind::Operator);
    let own = own.ok_or(Refusal::NotFound)?;
    Ok(principal.allowed_in(own.org, action)?)
}

/// Makes an authority and invites its first administrator; its handle.
///
/// Fields: `name`, `country`, `scopes` (countries it answers for; its own if none), `time_zone`, `duty_email`, `phone`,
/// `address`, `website`, `admin_email`.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field; [`Refusal::NotFound`] for anybody but a system administrator.
pub async fn create_authority(ctx: &Context, principal: &Principal, fields: &Answers) -> Result<String> {
    let membership = system(principal, Action::ManageSystem)?;
    let mut form = Form::new(fields);
    let body = NewBody::read(&mut form);
    let duty_email = form.email("duty_email");
    let typed_zone = form.optional("time_zone", 60);
    let time_zone = match (typed_zone.as_str(), body.country) {
        ("", Some(country)) => country.time_zone().to_owned(),
        _ => typed_zone,
    };
    let known = jiff::tz::TimeZone::get(&time_zone).is_ok();
    // Without a country there is nothing to take the zone from, which is told at the country.
    if !known && !time_zone.is_empty() && !form.has_problem("time_zone") {
        form.problem("time_zone", "Enter a time zone such as Europe/Amsterdam.");
    }
    let scopes = read_scopes(&mut form, body.country);
    form.done()?;
    let mut tx = ctx.db.begin().await?;
    let (id, handle) = body.store(ctx, &mut tx, OrgKind::Authority, &duty_email, &time_zone).await?;
    for country in &scopes {
        // The first authority of a country is the one that its companies belong to.
        let first = !org::has_default(&mut tx, country.code(), "").await?;
        org::add_scope(&mut tx, id, country.code(), "", first).await?;
    }
    body.finish(ctx, &mut tx, principal, membership, id, Role::AuthorityAdmin, "authority made").await?;
    tx.commit().await?;
    Ok(handle)
}

/// Makes an association and invites its first administrator; its handle.
///
/// Fields: `name`, `country`, `phone`, `address`, `website`, `admin_email`.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field; [`Refusal::NotFound`] for anybody but a system administrator.
pub async fn create_association(ctx: &Context, principal: &Principal, fields: &Answers) -> Result<String> {
    let membership = system(principal, Action::ManageSystem)?;
    let mut form = Form::new(fields);
    let body = NewBody::read(&mut form);
    form.done()?;
    let mut tx = ctx.db.begin().await?;
    let time_zone = body.country.map_or("", Country::time_zone);
    let (id, handle) = body.store(ctx, &mut tx, OrgKind::Association, "", time_zone).await?;
    body.finish(ctx, &mut tx, principal, membership, id, Role::AssociationAdmin, "association made").await?;
    tx.commit().await?;
    Ok(handle)
}

fn read_scopes(form: &mut Form<'_>, own: Option<Country>) -> Vec<Country> {
    let codes = form.all("scopes");
    let chosen = codes.iter().filter(|code| !code.is_empty());
    let parsed: Vec<_> = chosen.map(|code| Country::parse(code)).collect();
    if parsed.iter().any(std::result::Result::is_err) {
        form.problem("scopes", "Choose the countries from the list.");
    }
    let mut scopes: Vec<Country> = parsed.into_iter().flatten().collect();
    if scopes.is_empty() {
        scopes.extend(own);
    }
    scopes.sort_unstable_by_key(|country| country.code());
    scopes.dedup_by_key(|country| country.code());
    scopes
}

/// What is entered about an authority or association.
struct NewBody {
    name: String,
    country: Option<Country>,
    phone: String,
    address: String,
    website: String,
    admin_email: String,
}

impl NewBody {
    fn read(form: &mut Form<'_>) -> Self {
        let country = Country::parse(form.raw("country")).ok();
        if country.is_none() {
            form.problem("country", "Choose the country.");
        }
        Self {
            name: form.line("name", 200, "Enter the name."),
            country,
            phone: form.phone("phone", true),
            address: form.lines("address", 500, "Enter the postal address."),
            website: form.website("website"),
            admin_email: form.email("admin_email"),
        }
    }

    async fn store(
        &self,
        ctx: &Context,
        tx: &mut Tx,
        kind: OrgKind,
        duty_email: &str,
        time_zone: &str,
    ) -> Result<(OrgId, String)> {
        let (id, handle) = (OrgId(ctx.new_id()), handle::new(ctx, tx).await?);
        let new = NewOrg {
            id,
            handle: &handle,
            kind: kind.code(),
            name: &self.name,
            country: self.country.map_or("", Country::code),
            status: OrgStatus::Approved.code(),
            operator_roles: "[]",
            authority: None,
            registration_number: "",
            registration_key: "",
            name_key: &fold::squash(&self.name),
            vat: "",
            lei: "",
            address: &self.address,
            phone: &self.phone,
            website: &self.website,
            duty_email,
            time_zone,
            act_for_proof: "",
            checks: "[]",
            at: ctx.now(),
        };
        org::insert(tx, &new).await?;
        Ok((id, handle))
    }

    #[expect(clippy::too_many_arguments, reason = "who acts, on what, and how it is called")]
    async fn finish(
        &self,
        ctx: &Context,
        tx: &mut Tx,
        principal: &Principal,
        membership: &Membership,
        id: OrgId,
        role: Role,
        step: &str,
    ) -> Result<()> {
        let person = principal.signed_in()?;
        let invited = Invited { org: id, org_name: &self.name, email: &self.admin_email, role, by: person.id };
        team::send_invitation(ctx, tx, &invited, person.lang).await?;
        let act = audit::Act {
            actor: Actor::Member(person, membership),
            action: Action::ManageSystem,
            step,
            object_kind: "org",
            object_id: id.to_string(),
        };
        let after = json!({
            "name": self.name,
            "country": self.country.map(Country::code),
            "phone": self.phone,
            "address": self.address,
            "website": self.website,
            "first_administrator": self.admin_email,
        });
        audit::record(ctx, tx, act, audit::NONE, Some(&after)).await
    }
}

/// Sends the first administrator of an authority or association another invitation, as long as nobody has joined.
///
/// Field: `admin_email`.
///
/// # Errors
/// [`Refusal::NotPossible`] once somebody belongs to it: then its own administrators invite.
pub async fn invite_first(ctx: &Context, principal: &Principal, handle: &str, fields: &Answers) -> Result<()> {
    let membership = system(principal, Action::ManageSystem)?;
    let person = principal.signed_in()?;
    let row = org::by_handle(&mut ctx.db.reader(), handle).await?.ok_or(Refusal::NotFound)?;
    let role = match OrgKind::from_code(&row.kind) {
        Some(OrgKind::Authority) => Role::AuthorityAdmin,
        Some(OrgKind::Association) => Role::AssociationAdmin,
        _ => return Err(Refusal::NotFound),
    };
    let mut form = Form::new(fields);
    let email = form.email("admin_email");
    form.done()?;
    let id = OrgId(row.id);
    let mut tx = ctx.db.begin().await?;
    if !person::members(&mut tx, id).await?.is_empty() {
        return Err(invalid(
            "admin_email",
            "Somebody belongs to it already; its administrators invite their colleagues.",
        ));
    }
    let invited = Invited { org: id, org_name: &row.name, email: &email, role, by: person.id };
    team::send_invitation(ctx, &mut tx, &invited, person.lang).await?;
    let act = audit::Act {
        actor: Actor::Member(person, membership),
        action: Action::ManageSystem,
        step: "first administrator invited",
        object_kind: "org",
        object_id: id.to_string(),
    };
    audit::record(ctx, &mut tx, act, audit::NONE, Some(&json!({ "first_administrator": email }))).await?;
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;
