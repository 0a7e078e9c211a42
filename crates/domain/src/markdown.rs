//! Texts with marks: the restricted Markdown in which notices, lessons and drafts of rules are written.
//!
//! A text becomes a small tree ([`Document`]) of headings of two levels, paragraphs, bold, emphasis, lists, quotes, tables
//! and links; nothing else can come out of it, whatever went in. HTML and code are shown as the letters they are, pictures
//! as their description. Links lead to `https`, `mailto` or a path of this site. What was changed so is said
//! ([`Document::left_out`]), so that an author sees it before readers do. The page that shows a tree escapes its texts
//! (the component `Prose`); there is no HTML in here.
//!
//! The parser is `pulldown-cmark` (CommonMark with tables). The browser has none: a preview asks the server.

mod build;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

/// The longest text, in bytes.
pub const MAX_BYTES: usize = 40_000;
/// How deep lists and quotes may stand in one another.
pub const MAX_DEPTH: usize = 6;
/// The most parts (blocks, cells, stretches of text) of one text.
pub const MAX_PARTS: usize = 6_000;
/// The longest address of a link, in bytes.
const MAX_ADDRESS: usize = 2_000;

/// A text, understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Its blocks, in their order.
    pub blocks: Vec<Block>,
    /// What was written and is not shown as it was meant, in the order of the text and each kind once per place.
    pub left_out: Vec<LeftOut>,
}

/// A block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading: level 3 (`###` and fewer) or 4 (`####` and more).
    Heading(u8, Vec<Inline>),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list; numbered from the number, or with dots.
    List(Option<u64>, Vec<Vec<Block>>),
    /// A quotation.
    Quote(Vec<Block>),
    /// A table.
    Table(Table),
}

/// A table: a row of heads, and rows of as many cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The heads.
    pub head: Vec<Vec<Inline>>,
    /// The rows.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// A stretch inside a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Letters. They may hold anything and have to be escaped.
    Text(String),
    /// Bold.
    Strong(Vec<Inline>),
    /// Emphasis.
    Emphasis(Vec<Inline>),
    /// A link.
    Link(Target, Vec<Inline>),
    /// A new line.
    Break,
    /// A word with its meaning. No mark makes it: a program puts it in ([`crate::learning::terms::mark`]).
    Term(Term),
}

/// A word with its meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// As it stands in the text.
    pub shown: String,
    /// Its name among others: letters, digits and hyphens.
    pub anchor: String,
    /// What is explained.
    pub name: String,
    /// What it means.
    pub meaning: String,
}

/// Where a link leads: only what [`Target::new`] lets through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target(String);

impl Target {
    /// An address: `https://…` with a host, `mailto:` with an address, or a path of this site (`/substances`).
    ///
    /// `None` for everything else: another scheme, another site without scheme (`//…`), credentials before the host,
    /// letters that belong in no address.
    #[must_use]
    pub fn new(address: &str) -> Option<Self> {
        let plain = !address.is_empty()
            && address.len() <= MAX_ADDRESS
            && !address
                .chars()
                .any(|c| c.is_control() || c.is_whitespace() || matches!(c, '\\' | '<' | '>' | '"' | '`'));
        let fits = plain && (is_web(address) || is_mail(address) || is_path(address));
        fits.then(|| Self(address.to_owned()))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is a path of this site.
    #[must_use]
    pub fn is_here(&self) -> bool {
        self.0.starts_with('/')
    }
}

fn after<'a>(address: &'a str, scheme: &str) -> Option<&'a str> {
    let head = address.get(..scheme.len())?;
    head.eq_ignore_ascii_case(scheme).then(|| &address[scheme.len()..])
}

fn is_web(address: &str) -> bool {
    after(address, "https://").is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        !host.contains('@') && host.starts_with(char::is_alphanumeric)
    })
}

fn is_mail(address: &str) -> bool {
    after(address, "mailto:").is_some_and(|rest| {
        let who = rest.split('?').next().unwrap_or_default();
        who.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains(char::is_alphanumeric))
    })
}

fn is_path(address: &str) -> bool {
    address.starts_with('/') && !address.starts_with("//")
}

/// Something that was written and does not reach the reader as it was meant, in words for the author.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LeftOut {
    /// A link that leads nowhere now; its text stays.
    #[error("the link to “{0}” was taken out: links begin with https://, mailto: or / (a page of this site)")]
    Link(String),
    /// A picture; its description stays.
    #[error("a picture was taken out: add it as a file instead")]
    Picture,
    /// HTML, shown as letters.
    #[error("HTML is shown as it is written: use the marks of the guide instead")]
    Html,
}

/// The text cannot be taken, in words for the author.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TooMuch {
    /// More than [`MAX_BYTES`].
    #[error("the text is longer than 40 000 letters; shorten it, or add the rest as a file")]
    Long,
    /// Deeper than [`MAX_DEPTH`].
    #[error("lists and quotes stand more than six levels deep; use fewer levels")]
    Deep,
    /// More than [`MAX_PARTS`].
    #[error("the text has more than 6 000 parts; shorten it, or add the rest as a file")]
    Parts,
}

impl Document {
    /// Reads a text.
    ///
    /// # Errors
    /// [`TooMuch`] for a text beyond the limits. No other text is refused.
    pub fn parse(source: &str) -> Result<Self, TooMuch> {
        build::document(source)
    }

    /// Reads a text that was checked before; what is beyond the limits becomes one paragraph of letters, so that what was
    /// once published is always shown.
    #[must_use]
    pub fn of(source: &str) -> Self {
        Self::parse(source).unwrap_or_else(|_| Self {
            blocks: vec![Block::Paragraph(vec![Inline::Text(source.to_owned())])],
            left_out: Vec::new(),
        })
    }

    /// The text without marks, for mails, feeds and search: a line per block, an empty one between, links with their
    /// address behind them.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut out = String::new();
        plain_blocks(&self.blocks, "", &mut out);
        out.trim_end().to_owned()
    }

    /// Whether nothing would be seen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }
}

fn plain_blocks(blocks: &[Block], indent: &str, out: &mut String) {
    for block in blocks {
        match block {
            Block::Heading(_, text) | Block::Paragraph(text) => line(text, indent, out),
            Block::Quote(inner) => plain_blocks(inner, &format!("{indent}> "), out),
            Block::List(first, items) => {
                for (at, item) in items.iter().enumerate() {
                    let mark =
                        first.map_or_else(|| "- ".to_owned(), |first| format!("{}. ", first.saturating_add(at as u64)));
                    let mut text = String::new();
                    plain_blocks(item, &format!("{indent}  "), &mut text);
                    out.push_str(indent);
                    out.push_str(&mark);
                    out.push_str(text.trim());
                    out.push('\n');
                }
                out.push('\n');
            }
            Block::Table(table) => {
                for row in std::iter::once(&table.head).chain(&table.rows) {
                    let cells: Vec<_> = row.iter().map(|cell| plain_inline(cell)).collect();
                    out.push_str(indent);
                    out.push_str(&cells.join(" | "));
                    out.push('\n');
                }
                out.push('\n');
            }
        }
    }
}

fn line(text: &[Inline], indent: &str, out: &mut String) {
    for line in plain_inline(text).lines() {
        out.push_str(indent);
        out.push_str(line);
        out.push('\n');
    }
    out.push('\n');
}

fn plain_inline(parts: &[Inline]) -> String {
    parts.iter().fold(String::new(), |mut out, part| {
        match part {
            Inline::Text(text) => out.push_str(text),
            Inline::Strong(inner) | Inline::Emphasis(inner) => out.push_str(&plain_inline(inner)),
            Inline::Break => out.push('\n'),
            Inline::Term(term) => out.push_str(&term.shown),
            Inline::Link(target, inner) => {
                let text = plain_inline(inner);
                let address = target.as_str();
                let said = after(address, "mailto:").unwrap_or(address);
                out.push_str(&text);
                if text != said && text != address {
                    out.push_str(&format!(" ({said})"));
                }
            }
        }
        out
    })
}
