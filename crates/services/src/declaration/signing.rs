//! What a customer does behind a link: look, fill in, sign, keep a copy. There is no account and no session; the token is the
//! right. One that was never given, has lapsed or was withdrawn gives one and the same answer.
//!
//! What is typed is kept in the declaration at once, right or wrong, so that nothing is lost whatever comes between. What is
//! signed is the text that was shown: its hash comes back with the signature.

use domain::{
    answers::{Answers, when::Order, when::long_date},
    date::Date,
    declaration::{Act, COPY_DAYS, FieldKind, Item, Need, Request, Template, text},
    encoding::hex,
    fold::words,
    ids::{CustomerId, DeclarationId, OrgId},
    lang::Lang,
    time::Timestamp,
};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::net::IpAddr;
use store::declaration::{self as rows, DeclarationRow, Signature};

use super::{after, day, json, note, read, state, template};
use crate::{
    Context, Result,
    error::{Problem, Refusal},
    input::Form,
    outbox::{self, Template as Mail},
    secret,
    throttle::{self, Bucket},
};

/// The field of the signature.
pub const SIGNATURE: &str = "signature";

/// What stands behind a link.
#[derive(Clone, Debug)]
pub enum Behind {
    /// To be filled in and signed.
    ToSign(Box<ToSign>),
    /// Signed: the copy.
    Copy(Signed),
}

/// A declaration that waits for a signature.
#[derive(Clone, Debug)]
pub struct ToSign {
    /// Its shape.
    pub template: &'static Template,
    /// What the company put into it.
    pub request: Request,
    /// Its substances.
    pub items: Vec<Item>,
    /// What was typed so far.
    pub typed: Answers,
    /// Until when the link can be used.
    pub until: Timestamp,
    /// When it was asked for: no signature is older.
    asked: Timestamp,
    order: Order,
    now: Timestamp,
}

/// A signed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The text.
    pub text: String,
    /// SHA-256 over it, in hexadecimal.
    pub sha256: String,
    /// When it was signed.
    pub at: Timestamp,
    /// Who asked for it.
    pub supplier: String,
    /// Title of the paper.
    pub title: String,
    /// Language.
    pub lang: Lang,
}

/// The text to be signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ready {
    /// The text.
    pub text: String,
    /// SHA-256 over it, in hexadecimal: comes back with the signature.
    pub sha256: String,
    /// Who signs.
    pub name: String,
}

/// Looks at what stands behind a link. The first look is noted, since the company may want to know that the link arrived.
///
/// # Errors
/// [`Refusal::NotFound`] if there is nothing; [`Refusal::TooOften`] if somebody tries many.
pub async fn open(ctx: &Context, token: &str, address: IpAddr) -> Result<Behind> {
    let Some(row) = find(ctx, token).await? else {
        // Only misses are counted: who has a link may look at it as often as they like.
        let key = throttle::address_key(address);
        throttle::admit(ctx, &[Bucket(throttle::DECLARE_ADDRESS, &key)]).await?;
        return Err(Refusal::NotFound);
    };
    let id = DeclarationId(row.id);
    if state(&row)?.allows(Act::Open) {
        let mut tx = ctx.db.begin().await?;
        if rows::open(&mut tx, id, ctx.now()).await? {
            note(ctx, &mut tx, None, id, ("link opened", ""), crate::audit::NONE).await?;
            tx.commit().await?;
        }
    }
    behind(ctx, row).await
}

async fn find(ctx: &Context, token: &str) -> Result<Option<DeclarationRow>> {
    let mut db = ctx.db.reader();
    match rows::by_link(&mut db, secret::hash(token), ctx.now()).await? {
        Some(id) => Ok(rows::find(&mut db, id).await?),
        None => Ok(None),
    }
}

async fn behind(ctx: &Context, row: DeclarationRow) -> Result<Behind> {
    let (state, template) = (state(&row)?, template(&row)?);
    if state.is_signed() {
        return Ok(Behind::Copy(copy(&row, template)?));
    }
    if !state.allows(Act::Sign) {
        return Err(Refusal::NotFound);
    }
    let mut db = ctx.db.reader();
    let items = rows::items(&mut db, DeclarationId(row.id)).await?;
    let company = store::org::by_id(&mut db, OrgId(row.org_id)).await?.ok_or(Refusal::NotFound)?;
    Ok(Behind::ToSign(Box::new(ToSign {
        template,
        request: json(&row.request)?,
        items: items.iter().map(read::item).collect::<Result<_>>()?,
        typed: json(&row.typed)?,
        until: Timestamp(row.link_until.unwrap_or_default()),
        asked: Timestamp(row.asked_at.unwrap_or(row.made_at)),
        order: Order::of_country(&company.country),
        now: ctx.now(),
    })))
}

fn copy(row: &DeclarationRow, template: &Template) -> Result<Signed> {
    Ok(Signed {
        text: row.signed_text.clone(),
        sha256: hex(row.sha256.as_deref().unwrap_or_default()),
        at: Timestamp(row.signed_at.unwrap_or_default()),
        supplier: json::<Request>(&row.request)?.supplier.name,
        title: template.title.clone(),
        lang: Lang::from_tag(&row.lang).unwrap_or_default(),
    })
}

impl ToSign {
    /// The text to be signed, if everything in it is there.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with a problem per field.
    pub fn ready(&self) -> Result<Ready> {
        let lines = lines(self.template, self.request.licence, &self.typed, self.order, |date| {
            // Somebody ahead of us may write tomorrow's date.
            let (first, last) = (Date::of(self.asked).days() - 1, Date::of(self.now).days() + 1);
            (first..=last).contains(&date.days()).then_some(()).ok_or("Write the day on which you sign")
        })?;
        let text = text::body(self.template, &self.request, &self.items, &lines);
        let sha256 = hex(&Sha256::digest(&text));
        Ok(Ready { text, sha256, name: self.typed.one("name").trim().to_owned() })
    }

    /// What is wrong with the signature that was typed.
    #[must_use]
    pub fn signature_problems(&self) -> Vec<Problem> {
        match signature_of(&self.typed, self.typed.one("name")) {
            Err(Refusal::Invalid(problems)) => problems,
            _ => Vec::new(),
        }
    }

    /// Today where most people are, for the field of the date.
    #[must_use]
    pub fn today(&self) -> Date {
        Date::of(self.now)
    }
}

/// The particulars of a signer as lines of the text. `fits` says what is wrong with the day of the signature.
pub(super) fn lines(
    template: &Template,
    licence: bool,
    typed: &Answers,
    order: Order,
    fits: impl Fn(Date) -> std::result::Result<(), &'static str>,
) -> Result<Vec<text::Line>> {
    let mut form = Form::new(typed);
    let mut lines = Vec::new();
    for field in template.fields(licence) {
        let key = field.key.as_str();
        let value = match (field.kind, field.need) {
            (FieldKind::Line, Need::May) => form.optional(key, 200),
            (FieldKind::Line, _) => form.line(key, 200, "Fill this in"),
            (FieldKind::Lines, Need::May) if form.raw(key).trim().is_empty() => String::new(),
            (FieldKind::Lines, _) => form.lines(key, 2000, "Fill this in"),
            (FieldKind::Day, need) => {
                let read = day(&mut form, key, order);
                if read.is_none() && need != Need::May && !form.has_problem(key) {
                    form.problem(key, "Fill this in: a day like 23 November 2026");
                }
                if let Some(date) = read.filter(|_| key == "date")
                    && let Err(why) = fits(date)
                {
                    form.problem(key, why);
                }
                read.map(long_date).unwrap_or_default()
            }
        };
        lines.push((field.label.clone(), value));
    }
    form.done()?;
    Ok(lines)
}

/// Keeps what the customer typed, right or wrong; then says what is still to be put right.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field, after everything was kept; [`Refusal::NotFound`] if the link opens nothing,
/// [`Refusal::NotPossible`] if it is signed; [`Refusal::TooOften`].
pub async fn fill_in(ctx: &Context, token: &str, address: IpAddr, typed: &Answers) -> Result<()> {
    let key = throttle::address_key(address);
    throttle::admit(ctx, &[Bucket(throttle::DECLARE_ADDRESS, &key)]).await?;
    keep(ctx, token, typed).await?;
    let row = find(ctx, token).await?.ok_or(Refusal::NotFound)?;
    match behind(ctx, row).await? {
        Behind::ToSign(waiting) => waiting.ready().map(drop),
        Behind::Copy(_) => Err(signed_already()),
    }
}

fn signed_already() -> Refusal {
    Refusal::NotPossible("This declaration is signed. Nothing in it can be changed any more.".to_owned())
}

/// Keeps the fields that the shape knows, beside what was kept before. Whole, however long: what is too long is said when it
/// is to be signed.
async fn keep(ctx: &Context, token: &str, typed: &Answers) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let id = rows::by_link(&mut tx, secret::hash(token), ctx.now()).await?.ok_or(Refusal::NotFound)?;
    let row = rows::lock(&mut tx, id).await?.ok_or(Refusal::NotFound)?;
    if state(&row)?.is_signed() {
        return Err(signed_already());
    }
    if !state(&row)?.allows(Act::Sign) {
        return Err(Refusal::NotFound);
    }
    let (template, mut kept) = (template(&row)?, json::<Answers>(&row.typed)?);
    let keys = template.field.iter().map(|field| field.key.as_str()).chain([SIGNATURE]);
    for key in keys.filter(|key| typed.seen(key)) {
        kept.set_one(key, typed.one(key));
    }
    let text = serde_json::to_string(&kept).map_err(|error| Refusal::Fault(error.to_string()))?;
    rows::keep_typed(&mut tx, id, &text).await?;
    tx.commit().await?;
    Ok(())
}

/// What the log commits to when somebody signs.
#[derive(Serialize)]
struct Trace<'a> {
    sha256: &'a str,
    at: i64,
    lang: &'a str,
}

/// Signs the text whose hash is `seen`. A second press changes nothing and is no error.
///
/// # Errors
/// [`Refusal::Invalid`] if the signature is not the name or something in the text is missing; [`Refusal::Stale`] if the text
/// is not the one that was shown; [`Refusal::NotFound`] if the link opens nothing; [`Refusal::TooOften`].
pub async fn sign(ctx: &Context, token: &str, address: IpAddr, signature: &str, seen: &str) -> Result<()> {
    let key = throttle::address_key(address);
    throttle::admit(ctx, &[Bucket(throttle::DECLARE_ADDRESS, &key)]).await?;
    let typed: Answers = [(SIGNATURE, signature)].into_iter().collect();
    match keep(ctx, token, &typed).await {
        Err(Refusal::NotPossible(_)) => return Ok(()),
        other => other?,
    }
    let mut tx = ctx.db.begin().await?;
    let id = rows::by_link(&mut tx, secret::hash(token), ctx.now()).await?.ok_or(Refusal::NotFound)?;
    let row = rows::lock(&mut tx, id).await?.ok_or(Refusal::NotFound)?;
    // Somebody pressed twice, and the other press was first.
    if state(&row)?.is_signed() {
        return Ok(());
    }
    let version = row.version;
    let (org, customer, made_by) = (OrgId(row.org_id), CustomerId(row.customer_id), row.made_by);
    let lang = Lang::from_tag(&row.lang).unwrap_or_default();
    after(state(&row)?, Act::Sign)?;
    let Behind::ToSign(waiting) = behind(ctx, row).await? else { return Ok(()) };
    let ready = waiting.ready()?;
    if ready.sha256 != seen {
        return Err(Refusal::Stale);
    }
    let signature = signature_of(&typed, &ready.name)?;
    let now = ctx.now();
    let text = text::signed(&ready.text, &signature, now, lang.tag());
    let sha256: [u8; 32] = Sha256::digest(&text).into();
    let link_until = Some(now.plus(COPY_DAYS * Timestamp::DAY));
    let signed = Signature { typed: &signature, text: &text, sha256, document: None, link_until };
    rows::sign(&mut tx, (id, version), &signed, now).await?;
    let trace = Trace { sha256: &hex(&sha256), at: now.0, lang: lang.tag() };
    note(ctx, &mut tx, None, id, ("signed", ""), Some(&trace)).await?;
    let people = crate::customer::document::whom(&mut tx, org, made_by).await?;
    for (email, lang, workspace) in people {
        let path = format!("/{}{workspace}/customers/{customer}/declarations/{id}", lang.tag());
        outbox::queue(ctx, &mut tx, Mail::DeclarationSigned, &email, lang, &path, "").await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The signature: the name of who signs, typed once more.
fn signature_of(typed: &Answers, name: &str) -> Result<String> {
    let mut form = Form::new(typed);
    let signature = form.line(SIGNATURE, 200, "Type your name as your signature");
    if !form.has_problem(SIGNATURE) && words(&signature) != words(name) {
        form.problem(SIGNATURE, "Type your name as it stands in the text above");
    }
    form.done()?;
    Ok(signature)
}

/// A problem of a page that shows the text anew because it is not the one that was signed.
#[must_use]
pub fn other_text() -> Vec<Problem> {
    vec![Problem::new(SIGNATURE, "The text has changed since it was shown. Read it once more, then sign")]
}
