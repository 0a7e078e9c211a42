//! From a form to its phrase, from a phrase to its concern, and from an open mailbox to the next act in it.
//!
//! The phrase follows from the form's mark and the installation's secret, so that a form that is sent twice has one phrase; neither
//! is stored. The concern is found by a keyed hash over the phrase: whoever has the database alone can test no phrase, and whoever
//! has the secret too has 132 bits to try.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    concern::Limits,
    ids::ReportId,
    phrase::{BYTES, Phrase},
    time::Timestamp,
};
use store::concern::{self as rows, ConcernRow};
use uuid::Uuid;

use crate::{Context, Refusal, Result, secret};

/// The phrase of a form.
pub(super) fn of_form(ctx: &Context, form: &str) -> Phrase {
    let tag = secret::keyed(&ctx.config.pepper, "concern phrase", &[form.as_bytes()]);
    let mut bytes = [0; BYTES];
    bytes.copy_from_slice(&tag[..BYTES]);
    Phrase::of(&bytes)
}

/// By what the concern of a phrase is found.
pub(super) fn lookup(ctx: &Context, phrase: &Phrase) -> [u8; 32] {
    secret::keyed(&ctx.config.pepper, "concern lookup", &[phrase.as_str().as_bytes()])
}

/// The right to an open mailbox for some minutes: what a page carries instead of the phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket(String);

const SEALED: usize = 16 + 8;

impl Ticket {
    /// For a mailbox whose phrase was typed.
    pub(super) fn give(ctx: &Context, report: ReportId) -> Self {
        let until = ctx.now().plus(Limits::get().mailbox_minutes * Timestamp::MINUTE);
        let mut bytes = report.0.as_bytes().to_vec();
        bytes.extend(until.0.to_be_bytes());
        let seal = secret::keyed(&ctx.config.pepper, "concern ticket", &[&bytes]);
        bytes.extend(seal);
        Self(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// As a form carries it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The concern that a page's ticket is for.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] if it is none, if its time is over, or if the mailbox was closed.
    pub(super) async fn concern(ctx: &Context, text: &str) -> Result<ConcernRow> {
        let report = Self::report(ctx, text).ok_or(Refusal::NotFound)?;
        let row = rows::of_report(&mut ctx.db.reader(), report).await?;
        row.filter(|row| row.is_open).ok_or(Refusal::NotFound)
    }

    fn report(ctx: &Context, text: &str) -> Option<ReportId> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok().filter(|bytes| bytes.len() == SEALED + 32)?;
        let seal = secret::keyed(&ctx.config.pepper, "concern ticket", &[&bytes[..SEALED]]);
        let until = i64::from_be_bytes(bytes[16..SEALED].try_into().ok()?);
        let holds = secret::same(&seal, &bytes[SEALED..]) && until > ctx.now().0;
        holds.then(|| Uuid::from_slice(&bytes[..16]).ok().map(ReportId)).flatten()
    }
}
