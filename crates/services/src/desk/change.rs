//! Several changes at once, to one report or to a selection of them: what bulk acts and macros do.
//!
//! A [`Change`] is carried out on each report in a transaction of its own, by the very acts that officers do singly: all
//! of it or nothing, with the same audit rows and mails, and only if the report stands as it was seen. One report that
//! cannot be changed keeps nobody from changing the others.

use domain::{
    access::{Action, Principal},
    ids::{LabelId, OrgId, UndoId, UserId},
    reference::Reference,
    report::{Act, Reasons, State},
};
use serde::{Deserialize, Serialize};
use store::{Tx, report::ReportRow};
use uuid::Uuid;

use super::{
    Officer, Verdict, When,
    decide::decide_in,
    label::label_in,
    snooze::snooze_in,
    undo::{self, Before},
    work::{ask_in, assign_in, message_in, seen},
};
use crate::{Context, Result, error::Refusal, report::access::state_of, roster::Today, seat::Seat};

/// The most reports that are changed at once.
pub const AT_ONCE: usize = 100;

/// Whom a report is given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Give {
    /// To the one who does it.
    ToMe,
    /// To nobody.
    ToNobody,
    /// To this colleague.
    To(UserId),
}

/// The step that a report takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// The reporter is asked what [`Change::text`] says.
    Ask,
    /// It is accepted, for the reason with this code.
    Accept(String),
    /// It is closed, for the reason with this code.
    Close(String),
}

impl Turn {
    const fn act(&self) -> Act {
        match self {
            Self::Ask => Act::Ask,
            Self::Accept(_) => Act::Accept,
            Self::Close(_) => Act::Close,
        }
    }
}

/// What is changed; what is empty stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Change {
    /// Whom it is given to.
    pub give: Option<Give>,
    /// Labels that are stuck on.
    pub add: Vec<LabelId>,
    /// Labels that are taken off.
    pub remove: Vec<LabelId>,
    /// What is written to the reporter: a message, or the question of [`Turn::Ask`].
    pub text: String,
    /// The step it takes.
    pub turn: Option<Turn>,
    /// A comment for colleagues on that step; not kept in macros.
    #[serde(skip)]
    pub comment: String,
    /// Until when it is put aside; not kept in macros.
    #[serde(skip)]
    pub aside: Option<When>,
}

impl Change {
    /// Whether it changes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether it can be taken back: what was written is said.
    fn is_undoable(&self) -> bool {
        self.text.is_empty() && self.turn != Some(Turn::Ask)
    }

    /// Why it cannot be done to a report that stands here and is with somebody (or not), in plain words.
    fn obstacle(&self, state: State, with_somebody: bool) -> Option<String> {
        let refused = |act| state.after(act).err().map(|refused| format!("{refused}."));
        let given = match self.give {
            None => false,
            Some(Give::ToMe | Give::To(_)) => true,
            // What nobody has is with nobody already; a decided report stays with who has it.
            Some(Give::ToNobody) => with_somebody && state.is_settled(),
        };
        let aside = self.aside.is_some() && state.is_settled();
        let given = given.then(|| refused(Act::Assign)).flatten();
        let turned = self.turn.as_ref().and_then(|turn| refused(turn.act()));
        let aside = aside.then(|| "The report is decided. It waits for nobody.".to_owned());
        given.or(turned).or(aside)
    }
}

/// A report that was selected, before anything is done with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreseen {
    /// Which.
    pub reference: Reference,
    /// What it is about.
    pub headline: String,
    /// Where it stands.
    pub state: State,
    /// Who has it.
    pub assignee: Option<String>,
    /// What the act carries.
    pub version: i64,
    /// Why it cannot be done to this one.
    pub obstacle: Option<String>,
}

/// What would happen to each of a selection, in its order; those that the authority does not have are left out.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody who does not work at the desk.
pub async fn foresee(
    ctx: &Context,
    principal: &Principal,
    authority: OrgId,
    selected: &[Reference],
    change: &Change,
) -> Result<Vec<Foreseen>> {
    Seat::take(principal, authority, Action::WorkReports)?;
    let mut db = ctx.db.reader();
    let officers = officers(ctx, principal, authority).await?;
    let mut found: Vec<Foreseen> = Vec::new();
    for reference in selected.iter().take(AT_ONCE) {
        let row = store::report::find(&mut db, reference.as_str()).await?;
        let row = row.filter(|row| row.authority_id == authority.0);
        let Some(row) = row.filter(|_| found.iter().all(|other| other.reference != *reference)) else { continue };
        let state = state_of(&row.state)?;
        let with = officers.iter().find(|officer| Some(officer.id.0) == row.assigned_to);
        found.push(Foreseen {
            reference: reference.clone(),
            headline: row.headline,
            state,
            assignee: with.map(|officer| officer.name.clone()),
            version: row.version,
            obstacle: change.obstacle(state, row.assigned_to.is_some()),
        });
    }
    Ok(found)
}

/// Those at a desk to whom reports can be given.
///
/// # Errors
/// [`Refusal::NotFound`] without a place at the desk.
pub async fn officers(ctx: &Context, principal: &Principal, authority: OrgId) -> Result<Vec<Officer>> {
    Seat::take(principal, authority, Action::ReadReports)?;
    Ok(Today::of(&mut ctx.db.reader(), authority, ctx.now()).await?.officers())
}

/// The reasons that an authority's officers choose from now.
///
/// # Errors
/// [`Refusal::NotFound`] without a place at the desk.
pub fn reasons(ctx: &Context, principal: &Principal, authority: OrgId) -> Result<Reasons> {
    Seat::take(principal, authority, Action::ReadReports)?;
    Ok(ctx.refdata.reasons(authority, ctx.now()))
}

/// How it went with one report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Went {
    /// It was changed.
    Done,
    /// Somebody else changed it meanwhile; nothing was done.
    Stale,
    /// It was not possible, for this reason; nothing was done.
    Not(String),
}

/// Does a change to each of a selection, as far as it stands as it was seen.
///
/// # Errors
/// [`Refusal::Invalid`] for what is wrong with the change itself, before anything is done; [`Refusal::NotFound`] for
/// anybody who does not work at the desk; if the store fails, after which the reports before are changed.
pub async fn change(
    ctx: &Context,
    principal: &Principal,
    authority: OrgId,
    seen: &[(Reference, i64)],
    change: &Change,
) -> Result<Vec<(Reference, Went)>> {
    Seat::take(principal, authority, Action::WorkReports)?;
    if change.is_empty() {
        return Err(Refusal::NotPossible("Choose at least one thing to change.".into()));
    }
    let (mut went, act) = (Vec::new(), UndoId(ctx.new_id()));
    for (reference, version) in seen.iter().take(AT_ONCE) {
        let how = match one(ctx, principal, authority, (reference, *version), change, act).await {
            Ok(()) => Went::Done,
            Err(Refusal::Stale) => Went::Stale,
            Err(Refusal::NotPossible(why)) => Went::Not(why),
            Err(Refusal::NotFound) => Went::Not("There is no such report, or no such colleague.".into()),
            Err(Refusal::Invalid(problems)) if !went.is_empty() => {
                Went::Not(problems.into_iter().map(|problem| problem.message).collect::<Vec<_>>().join(". "))
            }
            Err(refusal) => return Err(refusal),
        };
        went.push((reference.clone(), how));
    }
    Ok(went)
}

async fn one(
    ctx: &Context,
    principal: &Principal,
    authority: OrgId,
    (reference, version): (&Reference, i64),
    change: &Change,
    act: UndoId,
) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (mut row, seat) = seen(&mut tx, principal, reference, version).await?;
    if row.authority_id != authority.0 {
        return Err(Refusal::NotFound);
    }
    let before = Before::of(&mut tx, &row).await?;
    let mails = carry_out(ctx, &mut tx, seat, &mut row, change).await?;
    if change.is_undoable() {
        before.offer(ctx, &mut tx, seat, &row, (act, "selection"), mails).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Each act counts the version up; the report is held until the end. The mails of a decision that can be taken back.
async fn carry_out(
    ctx: &Context,
    tx: &mut Tx,
    seat: Seat<'_>,
    row: &mut ReportRow,
    change: &Change,
) -> Result<Vec<Uuid>> {
    let due = if change.is_undoable() { undo::mails_at(ctx) } else { ctx.now() };
    let mut mails = Vec::new();
    if let Some(give) = change.give {
        let to = match give {
            Give::ToMe => Some(seat.id()),
            Give::ToNobody => None,
            Give::To(colleague) => Some(colleague),
        };
        if row.assigned_to.map(UserId) != to {
            assign_in(ctx, tx, seat, row, to).await?;
        }
    }
    if !(change.add.is_empty() && change.remove.is_empty()) {
        label_in(ctx, tx, seat, row, |there| relabelled(there, change)).await?;
    }
    if !change.text.is_empty() && change.turn != Some(Turn::Ask) {
        message_in(ctx, tx, seat, row, &change.text).await?;
    }
    let comment = change.comment.as_str();
    match &change.turn {
        None => {}
        Some(Turn::Ask) => ask_in(ctx, tx, seat, row, &change.text).await?,
        Some(Turn::Accept(reason)) => {
            mails = decide_in(ctx, tx, seat, row, &Verdict::Accept, (reason, comment), due).await?;
        }
        Some(Turn::Close(reason)) => {
            mails = decide_in(ctx, tx, seat, row, &Verdict::NoFurtherAction, (reason, comment), due).await?;
        }
    }
    if let Some(when) = change.aside {
        snooze_in(ctx, tx, seat, row, when).await?;
    }
    Ok(mails)
}

/// The labels of a report after a change.
fn relabelled(there: &[LabelId], change: &Change) -> Vec<LabelId> {
    let kept = there.iter().filter(|id| !change.remove.contains(id));
    let new = change.add.iter().filter(|id| !there.contains(id));
    kept.chain(new).copied().collect()
}
