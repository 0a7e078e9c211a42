//! Certificates: issuing them with a signature, one's own, and telling anybody whether a number is genuine.

use std::net::IpAddr;

use domain::{
    access::{Action, Person, Principal, Role},
    date::Date,
    ids::OrgId,
    learning::{
        Module,
        certificate::{Certificate, Holder, Number, Statement},
        standing::Held,
    },
    receipt::{PublicKey, Second},
    time::Timestamp,
};
use store::{Tx, learning as rows};
use uuid::Uuid;

use crate::{
    Context, Refusal, Result,
    inspection::Scope,
    receipt,
    seat::Seat,
    throttle::{self, Bucket},
};

/// A certificate in its holder's list.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its number.
    pub number: String,
    /// The holder's name on that day.
    pub name: String,
    /// Handle of the module.
    pub module: String,
    /// The module's title on that day.
    pub title: String,
    /// Version of the module.
    pub version: u32,
    /// When it was issued.
    pub issued: Timestamp,
    /// The last day on which it holds.
    pub until: Date,
}

impl Item {
    pub(super) fn of(row: rows::CertificateRow) -> Self {
        Self {
            version: u32::try_from(row.version).unwrap_or(0),
            issued: Timestamp(row.issued_at),
            until: Date::from_days(row.until_on),
            number: row.number,
            name: row.name,
            module: row.module,
            title: row.title,
        }
    }

    pub(super) const fn held(&self) -> Held {
        Held { version: self.version, until: self.until }
    }
}

/// What a visitor learns of a number.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The number.
    pub number: String,
    /// Title of the module.
    pub title: String,
    /// Version of the module.
    pub version: u32,
    /// When it was issued.
    pub issued: Timestamp,
    /// The last day on which it holds.
    pub until: Date,
    /// Whether it holds today.
    pub holds: bool,
    /// Whether it was issued for the name that was typed; none if no name was.
    pub name_fits: Option<bool>,
}

/// A certificate in the records of a company.
#[derive(Clone, Debug)]
pub struct Training {
    /// Its number.
    pub number: String,
    /// The holder's name.
    pub name: String,
    /// The holder's role.
    pub role: Option<Role>,
    /// The module's title.
    pub title: String,
    /// Version of the module.
    pub version: i64,
    /// When it was issued.
    pub issued: Timestamp,
    /// The last day on which it holds.
    pub until: Date,
}

/// Issues a certificate for an attempt that passed; its number.
pub(super) async fn issue(
    ctx: &Context,
    tx: &mut Tx,
    person: &Person,
    module: &Module,
    attempt: Uuid,
) -> Result<String> {
    let now = ctx.now();
    let number = Number::from_bits(u64::from_be_bytes(ctx.random::<8>()));
    let until = Date::of(now).plus_months(module.valid_months.into());
    let statement = Statement {
        holder: Holder::of(&number, &person.name),
        number,
        module: module.slug.clone(),
        version: module.version,
        issued: Second::of(now),
        until,
    };
    let signed = statement.sign(&receipt::hold(ctx, tx, now).await?);
    let row = rows::CertificateRow {
        number: signed.statement.number.to_string(),
        person_id: person.id.0,
        name: person.name.clone(),
        title: module.title.clone(),
        module: module.slug.clone(),
        version: module.version.into(),
        issued_at: now.0,
        until_on: until.days(),
        public_key: signed.key.0.to_vec(),
        signature: signed.signature.to_vec(),
    };
    rows::add_certificate(tx, &row, attempt).await.map_err(Refusal::overtaken)?;
    Ok(row.number)
}

/// The signed statement of a row.
fn signed(row: &rows::CertificateRow) -> Result<Certificate> {
    let fault = |what: &str| Refusal::Fault(format!("certificate {}: {what}", row.number));
    let number: Number = row.number.parse().map_err(|_| fault("its number"))?;
    Ok(Certificate {
        statement: Statement {
            holder: Holder::of(&number, &row.name),
            number,
            module: row.module.clone(),
            version: u32::try_from(row.version).map_err(|_| fault("its version"))?,
            issued: Second::of(Timestamp(row.issued_at)),
            until: Date::from_days(row.until_on),
        },
        key: PublicKey(row.public_key.as_slice().try_into().map_err(|_| fault("its key"))?),
        signature: row.signature.as_slice().try_into().map_err(|_| fault("its signature"))?,
    })
}

/// One's own certificate, and the signed statement as a text.
///
/// # Errors
/// [`Refusal::NotFound`] if there is none with this number, or if it is somebody else's.
pub async fn own(ctx: &Context, principal: &Principal, number: &Number) -> Result<(Item, String)> {
    let person = principal.signed_in()?;
    let found = rows::certificate(&mut ctx.db.reader(), number.as_str()).await?;
    let row = found.filter(|row| row.person_id == person.id.0).ok_or(Refusal::NotFound)?;
    let text = signed(&row)?.to_string();
    Ok((Item::of(row), text))
}

/// Counts a question about a number. Call before [`check`] for what a visitor typed.
///
/// # Errors
/// [`Refusal::TooOften`] with the seconds to wait.
pub async fn admit(ctx: &Context, address: IpAddr) -> Result<()> {
    throttle::admit(ctx, &[Bucket(throttle::CERTIFICATE_ADDRESS, &throttle::address_key(address))]).await
}

/// What a number certifies, if it is genuine: it is known here and its signature fits. The holder's name is not told; a name that
/// was typed is compared.
///
/// # Errors
/// If the store fails.
pub async fn check(ctx: &Context, number: &Number, name: &str) -> Result<Option<Checked>> {
    let Some(row) = rows::certificate(&mut ctx.db.reader(), number.as_str()).await? else { return Ok(None) };
    let certificate = signed(&row)?;
    if !certificate.is_genuine(&receipt::keys(ctx).await?) {
        return Ok(None);
    }
    let typed = (!name.trim().is_empty()).then(|| Holder::of(number, name));
    let item = Item::of(row);
    Ok(Some(Checked {
        name_fits: typed.map(|typed| typed.is(&certificate.statement.holder)),
        holds: Date::of(ctx.now()) <= item.until,
        number: item.number,
        title: item.title,
        version: item.version,
        issued: item.issued,
        until: item.until,
    }))
}

/// The certificates of a company's people that held in the year of an inspection pack.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody but an administrator of the company.
pub async fn training(ctx: &Context, principal: &Principal, scope: &Scope) -> Result<Vec<Training>> {
    Seat::take(principal, scope.org, Action::TakeInspectionPack)?;
    let span = scope.span()?;
    let found = rows::held_between(&mut ctx.db.reader(), OrgId(scope.org.0), span, Date::of(span.0).days()).await?;
    let training = |row: rows::HeldRow| Training {
        role: Role::from_code(&row.role),
        issued: Timestamp(row.issued_at),
        until: Date::from_days(row.until_on),
        number: row.number,
        name: row.name,
        title: row.title,
        version: row.version,
    };
    Ok(found.into_iter().map(training).collect())
}
