//! Sending a concern: what was typed becomes a quick report of which nothing is demanded.

use domain::{
    access::Action,
    answers::Answers,
    concern::Limits,
    ids::{OrgId, ReportId},
    phrase::Phrase,
    reference::Reference,
    report::ReportKind,
};
use store::{
    StoreError, Tx,
    concern::{self as rows, ConcernRow, NewConcern},
};

use super::{Dated, Place, gate, mailbox, phrase};
use crate::{
    Context, Result,
    audit::{self, Act, NONE},
    draft::{self, New},
    error::{Problem, Refusal},
    evidence::{self, Arrived},
    input::Form,
    report,
    seat::Seat,
    thread::LONGEST,
};

/// The fields of the form, in its order.
pub const FIELDS: &[&str] = &["story", "kind", "substance", "who", "reach", "where", "when"];

/// A form that is sent.
#[derive(Debug)]
pub struct Sending<'a> {
    /// What was typed: see [`FIELDS`].
    pub typed: &'a Answers,
    /// Files; their names are not kept.
    pub files: Vec<Arrived>,
    /// The form's mark: [`super::new_form`].
    pub form: &'a str,
    /// The browser's work; anything else if it did none.
    pub nonce: &'a str,
}

/// A concern that was sent.
#[derive(Debug)]
pub struct Sent {
    /// What opens its mailbox. It is nowhere else.
    pub phrase: Phrase,
}

/// Sends a concern to the authority of a place. The same form sent again is the same concern, with the same phrase.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field, at `""` if the form was open too long; [`Refusal::NotPossible`] if the authority
/// takes none, or no more today; [`Refusal::TooOften`] with the seconds to wait.
pub async fn send(ctx: &Context, place: &Place, sending: Sending<'_>) -> Result<Sent> {
    if !gate::is_ours(ctx, sending.form) {
        return Err(Refusal::Invalid(vec![Problem::new("", TOO_LONG_OPEN)]));
    }
    let phrase = phrase::of_form(ctx, sending.form);
    let lookup = phrase::lookup(ctx, &phrase);
    let answers = read(sending.typed)?;
    if let Some(row) = rows::by_lookup(&mut ctx.db.reader(), &lookup).await? {
        again(ctx, &row, &answers, sending.files).await?;
        return Ok(Sent { phrase });
    }
    let files = nameless(sending.files)?;
    let dated = open(ctx, place).await?;
    let limits = Limits::get();
    let lane = match gate::is_proven(ctx, sending.form, sending.nonce) {
        true => (limits.proven, "proven".to_owned()),
        false => (limits.unproven, "unproven".to_owned()),
    };
    ctx.gate.pass(ctx.now(), &[lane, (limits.authority, place.authority.to_string())])?;
    match store(&dated, answers, files, Whose::Sender(lookup)).await {
        // The same form, sent twice in the same moment.
        Err(Refusal::Stale) => {}
        outcome => outcome.map(drop)?,
    }
    Ok(Sent { phrase })
}

/// The same form once more. What was changed in it since, as by somebody who went back to add something, is said in the mailbox.
async fn again(ctx: &Context, row: &ConcernRow, answers: &Answers, files: Vec<Arrived>) -> Result<()> {
    let first = store::report::content::version(&mut ctx.db.reader(), ReportId(row.report_id), 1).await?;
    if first.is_some_and(|first| draft::json(answers).is_ok_and(|now| now == first.answers)) {
        return Ok(());
    }
    let texts: Vec<&str> = answers.iter().flat_map(|(_, texts)| texts.iter().map(String::as_str)).collect();
    mailbox::say(ctx, row, &texts.join("\n"), files).await.map(drop)
}

const TOO_LONG_OPEN: &str = "This page was open for too long. What you wrote is still here: send it again. Choose your files again, if you had any.";

/// The authority of a place, if it takes concerns and has room for one today.
pub(super) async fn open(ctx: &Context, place: &Place) -> Result<Dated> {
    let none =
        || Refusal::NotPossible("This authority takes no anonymous concerns at the moment. Call it instead.".into());
    let (dated, door) = Dated::at(ctx, place.authority).await.map_err(|refusal| match refusal {
        Refusal::NotFound => none(),
        other => other,
    })?;
    if !place.is_open || !door.is_open {
        return Err(none());
    }
    if rows::on_day(&mut ctx.db.reader(), place.authority, dated.day).await? >= Limits::get().authority_day {
        let full = "This authority has as many concerns today as it can look at. What you wrote is still here: send it tomorrow, \
                    or call the authority.";
        return Err(Refusal::NotPossible(full.into()));
    }
    Ok(dated)
}

/// What was typed, as the answers of a quick report.
pub(super) fn read(typed: &Answers) -> Result<Answers> {
    let mut form = Form::new(typed);
    let story = form.lines("story", LONGEST, "Say what worries you. A few words are enough");
    let kind = ReportKind::from_code(form.raw("kind")).unwrap_or(ReportKind::Other);
    let substance = form.optional("substance", 200);
    let (who, reach) = (form.optional("who", 300), form.optional_lines("reach", 2_000));
    let (place, time) = (form.optional("where", 500), form.optional("when", 200));
    form.done()?;
    let lines = [("Where", place), ("When", time)].into_iter().filter(|(_, text)| !text.is_empty());
    let told = lines.fold(story, |told, (label, text)| format!("{told}\n\n{label}: {text}"));
    let somebody = if who.is_empty() { "not_known" } else { "person" };
    let answers = [
        ("kind", kind.code()),
        ("story", &told),
        ("substance.1.name", &substance),
        ("party.1.type", somebody),
        ("party.1.name", &who),
        ("party.1.note", &reach),
    ];
    Ok(answers.into_iter().filter(|(_, text)| !text.is_empty()).collect())
}

/// The files under names that say nothing.
pub(super) fn nameless(files: Vec<Arrived>) -> Result<Vec<Arrived>> {
    let limits = Limits::get();
    if files.len() > limits.files || files.iter().map(|file| file.size).sum::<u64>() > limits.bytes {
        let megabytes = limits.bytes / (1024 * 1024);
        let most = format!("At most {} files with {megabytes} MB together can be sent at once", limits.files);
        return Err(Refusal::Invalid(vec![Problem::new(evidence::FIELD, most)]));
    }
    Ok(files.into_iter().enumerate().map(|(at, file)| file.nameless(at + 1)).collect())
}

/// Whose a concern is.
#[derive(Clone, Copy)]
pub(super) enum Whose<'a> {
    /// Of whoever has the phrase with this keyed hash.
    Sender([u8; 32]),
    /// Of a member of an association, whose person passes it on now.
    Association(&'a Context, Seat<'a>),
}

/// Appends the association's own row: those of the report name nobody.
pub(super) async fn record(
    ctx: &Context,
    tx: &mut Tx,
    seat: Seat<'_>,
    step: &str,
    reference: &Reference,
) -> Result<()> {
    let (action, object_kind, object_id) = (Action::PassOnConcerns, "report", reference.to_string());
    let act = Act { actor: seat.actor(), action, step, object_kind, object_id };
    audit::record(ctx, tx, act, NONE, NONE).await
}

/// Stores a concern as a report, in one transaction.
pub(super) async fn store(dated: &Dated, answers: Answers, files: Vec<Arrived>, whose: Whose<'_>) -> Result<Reference> {
    let ctx = &dated.ctx;
    let seat = Seat::take(&dated.sender, dated.org, Action::WriteReports)?;
    let mut tx = ctx.db.begin().await?;
    let new = New { company: dated.org, taken_by: None, answers, quick: true, continues: None };
    let id = draft::insert_in(ctx, &mut tx, seat, new).await?;
    let kept = evidence::into_draft(ctx, &mut tx, seat, id, files).await?;
    let reference = report::submit_in(ctx, &mut tx, &dated.sender, id).await?;
    let row = store::report::find(&mut tx, reference.as_str()).await?.ok_or(Refusal::NotFound)?;
    let (lookup, association) = match whose {
        Whose::Sender(lookup) => (Some(lookup), None),
        Whose::Association(_, seat) => (None, Some(seat.membership.org)),
    };
    let concern = NewConcern {
        report: ReportId(row.id),
        authority: OrgId(dated.authority.id),
        day: dated.day,
        lookup,
        association,
    };
    note(&mut tx, concern).await?;
    if let Whose::Association(now, seat) = whose {
        record(now, &mut tx, seat, "concern of a member passed on", &reference).await?;
    }
    for file in kept {
        file.dated(ctx).keep();
    }
    tx.commit().await?;
    Ok(reference)
}

async fn note(tx: &mut Tx, concern: NewConcern) -> Result<()> {
    rows::insert(tx, concern).await.map_err(|error| match error {
        StoreError::Conflict(_) => Refusal::Stale,
        other => other.into(),
    })
}
