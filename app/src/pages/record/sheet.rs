//! The document that both sides get: label, indicators where they may be read, every answer in words, files, what was said.

use domain::{lang::Lang, reference::Reference as Number, time::Timestamp};
use paper::pdf::{self, Block, Document};
use services::{evidence::EvidenceFile, report::ReportContent};

use crate::{
    format,
    text::{
        common, fill,
        record::{Texts, texts},
    },
    web::{Outcome, Reply, Req, files},
};

/// What a record holds.
pub struct Sheet<'a> {
    /// Language.
    pub lang: Lang,
    /// The report.
    pub reference: &'a Number,
    /// Time zone of who takes it.
    pub zone: &'a str,
    /// The version.
    pub content: &'a ReportContent,
    /// Name and value of what stands on the label.
    pub facts: Vec<(&'static str, String)>,
    /// The band, and sign by sign what found it: for an authority.
    pub indicators: Option<(String, Vec<(String, String)>)>,
    /// The files of the report.
    pub files: &'a [EvidenceFile],
    /// When and who, and what.
    pub history: Vec<(String, String)>,
    /// Where a receipt can be checked.
    pub address: &'a str,
    /// Now.
    pub now: Timestamp,
}

impl Sheet<'_> {
    /// The document.
    pub fn document(&self, title: &str) -> Document {
        let t = texts(self.lang);
        let mut blocks = vec![Block::Title(title.to_owned()), Block::Small(t.confidential.to_owned())];
        let mut facts: Vec<(String, String)> =
            self.facts.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        facts.push((t.fingerprint.to_owned(), self.content.sha256.clone()));
        blocks.push(Block::Facts(facts));
        self.indicators(t, &mut blocks);
        self.answers(t, &mut blocks);
        self.evidence(t, &mut blocks);
        if !self.history.is_empty() {
            blocks.extend([Block::Heading(t.history.to_owned()), Block::Facts(self.history.clone())]);
        }
        blocks.push(Block::Heading(t.about.to_owned()));
        let at = format::moment(self.now, self.zone);
        blocks.push(Block::Small(fill(t.about_text, &[("at", &at), ("address", self.address)])));
        let version = self.content.version.to_string();
        let product = common::texts(self.lang).product;
        Document {
            title: title.to_owned(),
            lang: self.lang.tag(),
            author: product.to_owned(),
            at: self.now,
            head: (product.to_owned(), fill(t.head, &[("reference", self.reference.as_str()), ("version", &version)])),
            foot: (
                fill(t.foot, &[("fingerprint", self.content.sha256.get(..16).unwrap_or_default())]),
                t.page.to_owned(),
            ),
            blocks,
        }
    }

    fn indicators(&self, t: &Texts, blocks: &mut Vec<Block>) {
        let Some((band, signs)) = &self.indicators else { return };
        blocks.extend([Block::Heading(t.indicators.to_owned()), Block::Text(band.clone())]);
        blocks.push(match signs.is_empty() {
            true => Block::Text(t.no_signs.to_owned()),
            false => Block::Facts(signs.clone()),
        });
    }

    /// Every answer under the questions of its day; what was not answered is named.
    fn answers(&self, t: &Texts, blocks: &mut Vec<Block>) {
        let mut last = "";
        for group in &self.content.summary {
            let section = self.content.set.section(&group.section).filter(|_| group.is_item && last != group.section);
            last = &group.section;
            blocks.extend(section.map(|section| Block::Heading(section.title.clone())));
            blocks.push(match group.is_item {
                true => Block::Sub(group.title.clone()),
                false => Block::Heading(group.title.clone()),
            });
            let (given, blank): (Vec<_>, Vec<_>) = group.rows.iter().partition(|row| row.provided);
            if !given.is_empty() {
                let rows = given.into_iter().map(|row| (row.label.clone(), row.value.join("\n")));
                blocks.push(Block::Facts(rows.collect()));
            }
            if !blank.is_empty() {
                let names: Vec<&str> = blank.into_iter().map(|row| row.label.as_str()).collect();
                blocks.push(Block::Small(fill(t.not_answered, &[("names", &names.join(" · "))])));
            }
        }
    }

    fn evidence(&self, t: &Texts, blocks: &mut Vec<Block>) {
        if self.files.is_empty() {
            return;
        }
        let rows = self.files.iter().map(|file| {
            let added = when(file.at, self.zone, file.by.as_deref().unwrap_or_default());
            vec![file.name.clone(), format::bytes(file.size), added, file.sha256.clone()]
        });
        let head = [t.file, t.size, t.added, t.hash].map(str::to_owned).to_vec();
        blocks.push(Block::Heading(t.evidence.to_owned()));
        blocks.push(Block::Table { head, widths: vec![4, 2, 3, 5], rows: rows.collect() });
    }
}

/// Which version it is, and whether a newer one was sent.
pub fn version(t: &Texts, content: &ReportContent, newest: i64, zone: &str) -> String {
    let words = if content.version == newest { t.version_of } else { t.older };
    let at = format::moment(content.at, zone);
    fill(words, &[("n", &content.version.to_string()), ("at", &at), ("newest", &newest.to_string())])
}

/// A moment, and who it was if that is known.
pub fn when(at: Timestamp, zone: &str, who: &str) -> String {
    let at = format::moment(at, zone);
    if who.is_empty() { at } else { format!("{at}\n{who}") }
}

/// What happened, and what was written.
pub fn said(event: &str, body: &str) -> String {
    if body.is_empty() { event.to_owned() } else { format!("{event}\n{body}") }
}

/// Where anybody can check a receipt.
pub fn verify(req: &Req) -> String {
    format!("{}{}", req.ctx().config.base_url, req.to("/verify"))
}

/// Hands a record out. Its name holds the reference, which says nothing, and the version.
pub async fn hand_out(reference: &Number, version: i64, document: Document) -> Outcome {
    let body = files::made(move || pdf::write(&document)).await?;
    Ok(Reply::File { name: format!("report-{reference}-{version}.pdf"), media_type: "application/pdf", body })
}
