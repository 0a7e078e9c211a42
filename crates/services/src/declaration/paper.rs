//! A declaration that was signed on paper: its copy is a document of the customer, what stands on it is typed by an officer.

use domain::{
    access::{Action, Principal},
    answers::{Answers, when::Order},
    customer::document::DocumentKind,
    date::Date,
    declaration::{Act, Item, Request, text},
    encoding::hex,
    ids::{CustomerId, DeclarationId, DocumentId},
};
use sha2::{Digest as _, Sha256};
use store::declaration::{self as rows, Signature};

use super::{after, held, json, note, read, signing, state, template};
use crate::{
    Context, Result,
    customer::document,
    error::{Problem, Refusal},
    seat::Seat,
};

/// A copy that can be a declaration's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// The document.
    pub id: DocumentId,
    /// Name of its file.
    pub name: String,
    /// SHA-256 over it, in hexadecimal.
    sha256: String,
}

/// The copies of declarations among a customer's documents.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody outside the company.
pub async fn copies(ctx: &Context, principal: &Principal, customer: CustomerId) -> Result<Vec<Copy>> {
    let papers = document::of_customer(ctx, principal, customer).await?.into_iter();
    let papers = papers.filter(|paper| paper.kind == DocumentKind::Declaration && paper.ended.is_none());
    let copy =
        |paper: document::Document| paper.copy.map(|copy| Copy { id: paper.id, name: copy.name, sha256: copy.sha256 });
    Ok(papers.filter_map(copy).collect())
}

/// Takes a declaration that was signed on paper. A link that went to the customer opens nothing any more.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field; [`Refusal::NotPossible`] if it is signed or withdrawn; [`Refusal::Stale`] if
/// it was changed since; [`Refusal::NotFound`] without the right.
pub async fn sign_on_paper(
    ctx: &Context,
    principal: &Principal,
    customer: CustomerId,
    seen: (DeclarationId, i64),
    typed: &Answers,
) -> Result<()> {
    let copies = copies(ctx, principal, customer).await?;
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = held(&mut tx, principal, customer, seen).await?;
    after(state(&row)?, Act::Sign)?;
    let (template, request) = (template(&row)?, json::<Request>(&row.request)?);
    let items = rows::items(&mut tx, seen.0).await?;
    let items: Vec<Item> = items.iter().map(read::item).collect::<Result<_>>()?;
    let chosen = typed.one("document").parse::<DocumentId>().ok();
    let chosen = copies.iter().find(|copy| Some(copy.id) == chosen);
    let order = Order::of_country(&seat.membership.country);
    let today = Date::of(ctx.now()).days() + 1;
    let lines = signing::lines(template, request.licence, typed, order, |date| {
        (date.days() <= today).then_some(()).ok_or("This day lies ahead")
    });
    let missing = || Problem::new("document", "Choose the copy. Add it to the documents of the customer first");
    let (lines, chosen) = match (lines, chosen) {
        (Ok(lines), Some(chosen)) => (lines, chosen),
        (Err(Refusal::Invalid(mut problems)), chosen) => {
            problems.extend(chosen.is_none().then(missing));
            return Err(Refusal::Invalid(problems));
        }
        (Err(other), _) => return Err(other),
        (Ok(_), None) => return Err(Refusal::Invalid(vec![missing()])),
    };
    keep(ctx, &mut tx, seat, seen, (typed, template), (&request, &items, &lines), chosen).await?;
    tx.commit().await?;
    Ok(())
}

async fn keep(
    ctx: &Context,
    tx: &mut store::Tx,
    seat: Seat<'_>,
    seen: (DeclarationId, i64),
    (typed, template): (&Answers, &domain::declaration::Template),
    (request, items, lines): (&Request, &[Item], &[text::Line]),
    copy: &Copy,
) -> Result<()> {
    debug_assert!(Action::WriteCustomers.allows(seat.membership.role), "the seat was taken for writing");
    let kept = typed.only(|name| template.field.iter().any(|field| field.key == name));
    let kept = serde_json::to_string(&kept).map_err(|error| Refusal::Fault(error.to_string()))?;
    rows::keep_typed(tx, seen.0, &kept).await?;
    let body = text::body(template, request, items, lines);
    let text = text::on_paper(&body, &copy.sha256, ctx.now());
    let sha256: [u8; 32] = Sha256::digest(&text).into();
    let signed = Signature { typed: "", text: &text, sha256, document: Some(copy.id), link_until: None };
    rows::sign(tx, seen, &signed, ctx.now()).await?;
    note(ctx, tx, Some(seat), seen.0, ("signed on paper", ""), Some(&hex(&sha256))).await
}
