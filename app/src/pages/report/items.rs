//! Substances, equipment and further parties of a draft: taken out, put back.

use services::{Refusal, draft};

use super::place;
use crate::web::{Outcome, Reply, Req};

/// Takes an item out; what it held is kept.
pub async fn remove(req: Req) -> Outcome {
    let id = place::draft_id(&req)?;
    let number = req.form.get("number").parse().map_err(|_| Refusal::NotFound)?;
    draft::remove_item(req.ctx(), &req.principal, id, req.form.get("group"), number).await?;
    back(&req)
}

/// Puts an item back.
pub async fn restore(req: Req) -> Outcome {
    let id = place::draft_id(&req)?;
    let removed = req.form.get("removed").parse().map_err(|_| Refusal::NotFound)?;
    draft::restore_item(req.ctx(), &req.principal, id, removed).await?;
    back(&req)
}

/// To the list the button stood on.
fn back(req: &Req) -> Outcome {
    let id = place::draft_id(req)?;
    let (section, page) = (req.form.get("section"), req.form.get("page"));
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let to =
        if plain(section) && plain(page) { place::question(req, id, section, page) } else { place::tasks(req, id) };
    Ok(Reply::to(to))
}
