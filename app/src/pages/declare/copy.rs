//! The copy of a signed declaration: on the page, as a tagged PDF, and as the very text over which the hash is.

use domain::{
    declaration::{COPY_DAYS, text, text::Part},
    lang::Lang,
    time::Timestamp,
};
use leptos::prelude::*;
use paper::pdf::{self, Block, Document};
use services::declaration::signing::{Behind, Signed};

use super::{at, behind, refused};
use crate::{
    components::*,
    format,
    text::{declare::texts, fill},
    web::{Outcome, Page, Reply, Req, files},
};

/// The page that a link shows once the declaration is signed.
pub(super) fn page(req: &Req, signed: Signed) -> Outcome {
    let t = texts(req.lang);
    let (pdf, file, on_top) = (at(req, "/copy.pdf"), at(req, "/copy.txt"), signed.supplier.clone());
    Page::new(t.signed_title, move || {
        let until = format::moment(signed.at.plus(COPY_DAYS * Timestamp::DAY), "UTC");
        let lead = fill(t.signed_lead, &[("supplier", &signed.supplier), ("when", &until)]);
        view! {
            <FormPage>
                <PageTitle title=t.signed_title lead/>
                <p class="part__acts no-print">
                    <a href=pdf>{t.copy_pdf}</a>
                    <a href=file>{t.copy_text}</a>
                </p>
                <pre class="declared">{signed.text.clone()}</pre>
                {hash(t.hash, t.hash_about, &signed.sha256)}
            </FormPage>
        }
    })
    .plain(on_top)
    .into()
}

/// The hash of a text, and what it is for.
pub(crate) fn hash(label: &'static str, about: &'static str, sha256: &str) -> AnyView {
    let sha256 = sha256.to_owned();
    view! {
        <p class="small evidence__hash"><span class="muted">{label}</span>" "<code>{sha256}</code></p>
        <p class="small muted">{about}</p>
    }
    .into_any()
}

/// The PDF, for the signer.
pub(super) async fn pdf(req: Req) -> Outcome {
    match behind(&req).await {
        Ok(Behind::Copy(signed)) => hand_out(&req, document(req.lang, &signed, None, req.ctx().now())).await,
        Ok(Behind::ToSign(_)) => Ok(Reply::to(at(&req, ""))),
        Err(refusal) => refused(&req, refusal),
    }
}

/// The text, for the signer.
pub(super) async fn text(req: Req) -> Outcome {
    match behind(&req).await {
        Ok(Behind::Copy(signed)) => Ok(text_file(signed.text)),
        Ok(Behind::ToSign(_)) => Ok(Reply::to(at(&req, ""))),
        Err(refusal) => refused(&req, refusal),
    }
}

/// The text as a file.
pub(crate) fn text_file(text: String) -> Reply {
    Reply::File { name: "declaration.txt".to_owned(), media_type: "text/plain; charset=utf-8", body: text.into_bytes() }
}

/// Hands a copy out.
pub(crate) async fn hand_out(req: &Req, document: Document) -> Outcome {
    let name = format!("declaration-{}.pdf", domain::date::Date::of(req.ctx().now()));
    let body = files::made(move || pdf::write(&document)).await?;
    Ok(Reply::File { name, media_type: "application/pdf", body })
}

/// A copy on paper; with the name of the supplier who stamps it as a true copy that travels with goods.
pub(crate) fn document(lang: Lang, signed: &Signed, true_copy_of: Option<&str>, now: Timestamp) -> Document {
    let t = texts(lang);
    let mut blocks = Vec::new();
    let mut named = Vec::new();
    for part in text::parts(&signed.text) {
        match part {
            Part::Named(label, value) => named.push((label, value)),
            Part::Words(words) if blocks.is_empty() => blocks.push(Block::Title(words)),
            Part::Words(words) => {
                if !named.is_empty() {
                    blocks.push(Block::Facts(std::mem::take(&mut named)));
                }
                blocks.push(Block::Text(words));
            }
        }
    }
    if !named.is_empty() {
        blocks.push(Block::Facts(named));
    }
    blocks.push(Block::Facts(vec![(t.hash.to_owned(), signed.sha256.clone())]));
    blocks.push(Block::Small(t.hash_about.to_owned()));
    if let Some(supplier) = true_copy_of {
        blocks.push(Block::Heading(t.true_copy.to_owned()));
        blocks.push(Block::Text(fill(t.true_copy_text, &[("supplier", supplier)])));
        blocks.push(Block::Text(format!("{}\n\n\n", t.true_copy_stamp)));
    }
    Document {
        title: t.head.to_owned(),
        lang: lang.tag(),
        author: signed.supplier.clone(),
        at: now,
        head: (t.head.to_owned(), signed.supplier.clone()),
        foot: (fill(t.foot, &[("hash", signed.sha256.get(..16).unwrap_or_default())]), t.page.to_owned()),
        blocks,
    }
}
