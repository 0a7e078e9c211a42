//! Signed receipts: each version of a report gets one in the transaction that stores it, and whoever may see the version
//! may have its receipt.
//!
//! The secret key is a file in the data folder ([`key`]); public keys stand in the database, so that processes which share
//! it know each other's. The file is read each time something is signed, and the row of its public key is held until the
//! transaction ends: a key that was replaced never signs again, without anybody being restarted.

mod key;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

use domain::{
    access::{Action, Principal},
    ids::{OrgId, ReportId},
    receipt::{Fingerprint, KeyRecord, PublicKey, SealStatement, Second, SecretKey, Statement},
    reference::Reference,
    time::Timestamp,
};
pub use key::KeyError;
use store::{Tx, receipt as rows};
use uuid::Uuid;

use crate::{
    Context, Refusal, Result,
    audit::{self, Actor},
    report::access,
};

/// How often the key is read again if it was replaced between reading and holding it.
const READS: u32 = 3;

/// A receipt to hand out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    /// The organisation in whose workspace it was asked for.
    pub org: OrgId,
    /// The version it is for.
    pub version: i64,
    /// The receipt.
    pub text: String,
}

/// Signs and stores the receipt of a version that this transaction has stored.
pub(crate) async fn issue(ctx: &Context, tx: &mut Tx, report: ReportId, version: i64) -> Result<()> {
    let facts = rows::facts(tx, report, version).await?;
    let facts = facts.ok_or_else(|| Refusal::Fault(format!("no version {version} of report {report}")))?;
    let key = hold(ctx, tx, Timestamp(facts.at)).await?;
    let receipt = statement(facts)?.sign(&key);
    rows::add(tx, report, version, &receipt.to_string()).await?;
    Ok(())
}

/// Signs what is attested of many versions, for the moment `at` of the first of them: report, version, receipt.
pub(crate) async fn sign_all(
    ctx: &Context,
    tx: &mut Tx,
    at: Timestamp,
    all: Vec<(Uuid, rows::Facts)>,
) -> Result<Vec<(Uuid, i64, String)>> {
    let key = hold(ctx, tx, at).await?;
    let signed = |(report, facts): (Uuid, rows::Facts)| {
        let version = facts.version;
        Ok((report, version, statement(facts)?.sign(&key).to_string()))
    };
    all.into_iter().map(signed).collect()
}

fn statement(facts: rows::Facts) -> Result<Statement> {
    let fault = |what: &str| Refusal::Fault(format!("{what} of {} cannot stand in a receipt", facts.reference));
    Ok(Statement {
        version: u32::try_from(facts.version).map_err(|_| fault("the version"))?,
        authority: facts.authority.parse().map_err(|_| fault("the authority"))?,
        company: facts.company.parse().map_err(|_| fault("the company"))?,
        sent: Second::of(Timestamp(facts.at)),
        fingerprint: Fingerprint(facts.sha256.as_slice().try_into().map_err(|_| fault("the fingerprint"))?),
        reference: facts.reference.parse().map_err(|_| fault("the reference"))?,
    })
}

/// The key to sign with for the moment `at`; nobody replaces it before the transaction ends.
pub(crate) async fn hold(ctx: &Context, tx: &mut Tx, at: Timestamp) -> Result<SecretKey, KeyError> {
    for _ in 0..READS {
        let key = key::open_or_make(ctx).await?;
        if rows::add_key(tx, key.public(), at).await? {
            note(ctx, tx, "receipt key taken into use", key.public()).await?;
        }
        if rows::hold_key(tx, key.public(), at).await? {
            return Ok(key);
        }
    }
    Err(KeyError::Replaced(key::path(ctx)))
}

/// Signs what is attested of a revision of a notice, which is published at `at`.
pub(crate) async fn seal(ctx: &Context, tx: &mut Tx, at: Timestamp, statement: SealStatement) -> Result<String> {
    let key = hold(ctx, tx, at).await?;
    Ok(statement.sign(&key).to_string())
}

/// Leaves a row in the audit log that says which key came into use.
async fn note(ctx: &Context, tx: &mut Tx, step: &str, key: PublicKey) -> Result<()> {
    let act = audit::Act {
        actor: Actor::System,
        action: Action::ManageSystem,
        step,
        object_kind: "receipt_key",
        object_id: key.to_string(),
    };
    audit::record(ctx, tx, act, audit::NONE, audit::NONE).await
}

/// What is needed before the first report: a key, and receipts for what was sent before there were any.
///
/// # Errors
/// [`KeyError`] with a sentence for the operator.
pub async fn prepare(ctx: &Context) -> Result<(), KeyError> {
    let mut tx = ctx.db.begin().await?;
    hold(ctx, &mut tx, ctx.now()).await?;
    tx.commit().await?;
    loop {
        let without = rows::without(&mut ctx.db.reader()).await?;
        if without.is_empty() {
            return Ok(());
        }
        let mut tx = ctx.db.begin().await?;
        for (report, version) in without {
            issue(ctx, &mut tx, report, version).await?;
        }
        tx.commit().await?;
    }
}

/// Replaces the key of this data folder. What the old one signed stays genuine. The new public key.
///
/// # Errors
/// [`KeyError`] with a sentence for the operator; then the old key stays.
pub async fn rotate(ctx: &Context) -> Result<PublicKey, KeyError> {
    let mut tx = ctx.db.begin().await?;
    let now = ctx.now();
    if let Some(old) = key::open(ctx).await? {
        rows::end_key(&mut tx, old.public(), now).await?;
    }
    let new = key::Fresh::draw(ctx)?;
    rows::add_key(&mut tx, new.public(), now).await?;
    note(ctx, &mut tx, "receipt key replaced", new.public()).await?;
    // Before the commit: whoever waits for the old key's row finds the new file. Should the commit fail, the new key is
    // taken into use at the next signature, and the old one is not marked as replaced.
    new.replace().await?;
    tx.commit().await?;
    Ok(new.public())
}

/// The public key with which this data folder signs; none before the first start.
///
/// # Errors
/// [`KeyError`] with a sentence for the operator.
pub(crate) async fn signing(ctx: &Context) -> Result<Option<PublicKey>, KeyError> {
    Ok(key::open(ctx).await?.map(|key| key.public()))
}

/// Every public key of this installation, the newest first.
///
/// # Errors
/// If the store fails.
pub async fn keys(ctx: &Context) -> Result<Vec<KeyRecord>> {
    let rows = rows::keys(&mut ctx.db.reader()).await?;
    let second = |at: i64| Second::of(Timestamp(at));
    let record = |row: rows::KeyRow| {
        let key = row.public_key.as_slice().try_into().map(PublicKey);
        let key = key.map_err(|_| Refusal::Fault("a public key of receipts is not 32 bytes long".to_owned()))?;
        Ok(KeyRecord { key, since: second(row.since), until: row.until.map(second) })
    };
    rows.into_iter().map(record).collect()
}

/// The receipt of a version of one's company's report; of the newest unless said otherwise.
///
/// # Errors
/// [`Refusal::NotFound`] unless the person may see the report and it has such a version.
pub async fn own(ctx: &Context, principal: &Principal, reference: &Reference, version: Option<i64>) -> Result<Issued> {
    let (row, _) = access::own(ctx, principal, reference, Action::ReadOwnReports).await?;
    let version = version.unwrap_or(row.current_version);
    stored(ctx, ReportId(row.id), OrgId(row.org_id), version).await
}

/// The same for the desk.
///
/// # Errors
/// [`Refusal::NotFound`] without a place at the desk of the report's authority, or if there is no such version.
pub async fn desk(ctx: &Context, principal: &Principal, reference: &Reference, version: Option<i64>) -> Result<Issued> {
    let (row, _) = access::desk(ctx, principal, reference, Action::ReadReports).await?;
    let version = version.unwrap_or(row.current_version);
    stored(ctx, ReportId(row.id), OrgId(row.authority_id), version).await
}

async fn stored(ctx: &Context, report: ReportId, org: OrgId, version: i64) -> Result<Issued> {
    let text = rows::one(&mut ctx.db.reader(), report, version).await?.ok_or(Refusal::NotFound)?;
    Ok(Issued { org, version, text })
}
