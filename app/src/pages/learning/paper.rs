//! A certificate on paper: who passed what, until when it holds, how to check it, and the signed statement.

use domain::{answers::when::long_date, learning as contents};
use paper::pdf::{Block, Document};
use services::learning::Item;

use crate::{
    format,
    text::{common, fill, learning::texts},
    web::Req,
};

/// The document.
pub(super) fn document(req: &Req, item: &Item, statement: &str) -> Document {
    let (t, product) = (texts(req.lang), common::texts(req.lang).product);
    let address = format!("{}{}", req.ctx().config.base_url, req.to("/verify/certificate"));
    let text = |text: &str| text.to_owned();
    let mut facts = vec![
        (text(t.paper_holder), item.name.clone()),
        (text(t.module), item.title.clone()),
        (text(t.number), item.number.clone()),
        (text(t.issued), format::day(item.issued, "UTC")),
        (text(t.holds_until), long_date(item.until)),
    ];
    // Known of the present version only.
    let module = contents::module(&item.module).filter(|module| module.version == item.version);
    facts.extend(
        module.map(|module| (text(t.paper_pass), fill(t.paper_pass_text, &[("mark", &module.pass_mark.to_string())]))),
    );
    let version = fill(t.version, &[("n", &item.version.to_string())]);
    let says = fill(t.paper_says, &[("name", &item.name), ("title", &item.title)]);
    Document {
        // Lists of files show it, so it names nobody.
        title: format!("{} {}", t.paper_title, item.number),
        lang: req.lang.tag(),
        author: product.to_owned(),
        at: item.issued,
        head: (product.to_owned(), version),
        foot: (item.number.clone(), t.paper_page.to_owned()),
        blocks: vec![
            Block::Title(text(t.paper_title)),
            Block::Text(says),
            Block::Facts(facts),
            Block::Heading(text(t.paper_check)),
            Block::Text(fill(t.paper_check_text, &[("address", &address)])),
            Block::Heading(text(t.paper_signed)),
            Block::Text(text(t.paper_signed_text)),
            Block::Small(statement.trim_end().to_owned()),
        ],
    }
}
