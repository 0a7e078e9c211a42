//! The worker's part: some rows in each transaction, for half a second at a time.

use std::time::{Duration, Instant};

use domain::{
    access::{Action, Principal},
    answers::when::Order,
    country::Country,
    customer::{
        Customer,
        import::{CellFault, Target, apply},
    },
    fold::words,
    ids::{CustomerId, ImportId, OrgId, UserId},
};
use store::{
    Tx,
    customer::{self as files, CustomerRow, import as rows},
};

use super::{Stage, kept, read_json};
use crate::{
    Context, Result, account,
    audit::{self, Act, Actor},
    customer::{Place, file, write},
    error::Refusal,
    notify,
    outbox::Template,
    seat::Seat,
    session,
};

/// How long one turn takes at most, before mails and others have theirs.
const TURN: Duration = Duration::from_millis(500);
/// Rows that are tried in one transaction.
const TRIED: i64 = 200;
/// Rows that are carried out in one transaction: it holds up other writers for some hundredths of a second.
const DONE: i64 = 50;

/// Tries and carries out rows of imports that wait, for at most half a second; whether there is more to do.
///
/// # Errors
/// If the store fails; what was done in earlier transactions is done.
pub async fn work(ctx: &Context) -> Result<bool> {
    let began = Instant::now();
    while let Some(id) = rows::to_do(&mut ctx.db.reader()).await? {
        if began.elapsed() >= TURN {
            return Ok(true);
        }
        step(ctx, id).await?;
    }
    Ok(false)
}

/// One transaction.
async fn step(ctx: &Context, id: ImportId) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let Some(row) = rows::lock(&mut tx, id).await? else { return Ok(()) };
    let stage = Stage::read(&row.state)?;
    let (org, principal) = (OrgId(row.org_id), principal(&mut tx, UserId(row.person_id)).await?);
    let Ok(seat) = Seat::take(&principal, org, Action::WriteCustomers) else {
        return stop(ctx, tx, id, stage).await;
    };
    let codes: Vec<String> = read_json(&row.mapping)?;
    let job = Job {
        id,
        org,
        targets: codes.iter().map(|code| Target::find(code)).collect(),
        order: Order::of_country(&seat.membership.country),
    };
    let more = match stage {
        Stage::Trying => job.try_some(&mut tx).await?,
        Stage::Running => job.do_some(ctx, &mut tx, seat).await?,
        // Somebody stopped it in the meantime.
        _ => return Ok(()),
    };
    if !more {
        let (to, ended) = match stage {
            Stage::Trying => (Stage::Tried, None),
            _ => (Stage::Done, Some(ctx.now())),
        };
        rows::advance(&mut tx, id, (stage.code(), to.code()), ctx.now(), ended).await?;
        if stage == Stage::Running {
            super::record(ctx, &mut tx, seat, "import carried out", id).await?;
            let path = format!("/c/{}/imports/{id}", seat.membership.handle);
            notify::tell(ctx, &mut tx, &[seat.id()], Template::ImportEnded, &path).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// Who began it, with what they may do now.
async fn principal(tx: &mut Tx, person: UserId) -> Result<Principal> {
    let row = store::person::by_id(tx, person).await?.ok_or(Refusal::NotFound)?;
    let memberships = session::memberships(tx, person).await?;
    Ok(Principal { person: Some(account::to_person(&row)), memberships })
}

/// Whoever began it may not write any more: nothing further is carried out.
async fn stop(ctx: &Context, mut tx: Tx, id: ImportId, stage: Stage) -> Result<()> {
    let to = Stage::Cancelled.code();
    rows::advance(&mut tx, id, (stage.code(), to), ctx.now(), Some(ctx.now())).await?;
    let act = Act {
        actor: Actor::System,
        action: Action::WriteCustomers,
        step: "import stopped with its author's right",
        object_kind: "customer_import",
        object_id: id.to_string(),
    };
    audit::record(ctx, &mut tx, act, audit::NONE, audit::NONE).await?;
    tx.commit().await?;
    Ok(())
}

struct Job {
    id: ImportId,
    org: OrgId,
    targets: Vec<Option<&'static Target>>,
    order: Order,
}

/// What a row comes to: the file as it is and as it would be.
struct Outcome {
    there: Option<CustomerRow>,
    before: Customer,
    after: Customer,
}

impl Job {
    /// Tries the next rows; whether there may be more.
    async fn try_some(&self, tx: &mut Tx) -> Result<bool> {
        let found = rows::rows(tx, self.id, "new", 0, TRIED).await?;
        for row in &found {
            let (state, problems) = match self.outcome(tx, &row.cells).await? {
                Err(faults) => ("wrong", kept(faults)?),
                Ok(outcome) if outcome.there.is_none() => ("adds", "[]".to_owned()),
                Ok(outcome) if outcome.before == outcome.after => ("same", "[]".to_owned()),
                Ok(_) => ("changes", "[]".to_owned()),
            };
            rows::set_row(tx, self.id, row.number, state, &problems).await?;
        }
        Ok(!found.is_empty())
    }

    /// Carries the next rows out; whether there may be more.
    async fn do_some(&self, ctx: &Context, tx: &mut Tx, seat: Seat<'_>) -> Result<bool> {
        let mut found = rows::rows(tx, self.id, "adds", 0, DONE).await?;
        if found.is_empty() {
            found = rows::rows(tx, self.id, "changes", 0, DONE).await?;
        }
        for row in &found {
            // What others did since it was tried counts.
            let (state, problems) = match self.outcome(tx, &row.cells).await? {
                Err(faults) => ("failed", kept(faults)?),
                Ok(outcome) if outcome.there.is_some() && outcome.before == outcome.after => ("kept", "[]".to_owned()),
                Ok(outcome) => {
                    let (place, state, step) = match &outcome.there {
                        None => (Place::New(self.org), "added", "customer imported"),
                        Some(there) => (Place::There(there), "changed", "changed by an import"),
                    };
                    write(ctx, tx, seat, place, &outcome.after, step).await?;
                    (state, "[]".to_owned())
                }
            };
            rows::set_row(tx, self.id, row.number, state, &problems).await?;
        }
        Ok(!found.is_empty())
    }

    async fn outcome(&self, tx: &mut Tx, cells: &str) -> Result<std::result::Result<Outcome, Vec<CellFault>>> {
        let texts: Vec<String> = read_json(cells)?;
        let cells: Vec<(&'static Target, String)> =
            self.targets.iter().zip(texts).filter_map(|(target, text)| Some(((*target)?, text))).collect();
        let there = match self.find(tx, &cells).await? {
            Some(id) => files::lock(tx, id).await?,
            None => None,
        };
        let before = there.as_ref().map_or_else(|| Ok(Customer::new()), file)?;
        let after = match apply(&before, &cells, self.order) {
            Ok(after) => after,
            Err(faults) => return Ok(Err(faults)),
        };
        if let Some(fault) = self.taken(tx, &after, there.as_ref()).await? {
            return Ok(Err(vec![fault]));
        }
        Ok(Ok(Outcome { there, before, after }))
    }

    /// The customer of a row: by the company's own number, else by name and country.
    async fn find(&self, tx: &mut Tx, cells: &[(&'static Target, String)]) -> Result<Option<CustomerId>> {
        let cell = |code: &str| {
            let found = cells.iter().find(|(target, _)| target.code == code).map(|(_, text)| text.trim());
            found.filter(|text| !text.is_empty())
        };
        if let Some(number) = cell("identity.own_number")
            && let Some(id) = files::by_own_number(tx, self.org, number).await?
        {
            return Ok(Some(id));
        }
        let (Some(name), Some(country)) = (cell("identity.legal_name"), cell("identity.country")) else {
            return Ok(None);
        };
        let Ok(country) = Country::find(country) else { return Ok(None) };
        let id = files::by_name(tx, self.org, &words(name), country.code()).await?;
        // The same name under another number of the company's own is somebody else.
        match (id, cell("identity.own_number")) {
            (Some(id), Some(_)) => {
                let row = files::find(tx, id).await?;
                let own = row.as_ref().map(file).transpose()?;
                Ok(own.filter(|own| own.own_number().is_empty()).map(|_| id))
            }
            (id, _) => Ok(id),
        }
    }

    /// A number of the company's own that another customer has.
    async fn taken(&self, tx: &mut Tx, after: &Customer, there: Option<&CustomerRow>) -> Result<Option<CellFault>> {
        if after.own_number().is_empty() {
            return Ok(None);
        }
        let other = files::by_own_number(tx, self.org, after.own_number()).await?;
        let is_other = other.is_some_and(|other| there.is_none_or(|there| there.id != other.0));
        let message = "Another customer has this number of yours".to_owned();
        Ok(is_other.then(|| CellFault { column: "Your own number for it".to_owned(), message }))
    }
}
