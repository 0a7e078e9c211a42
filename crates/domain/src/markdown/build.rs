//! From the parser's events to the tree.
//!
//! One pass with a stack of what stands open. Recursion is nowhere in reading, and the tree is as deep as
//! [`MAX_DEPTH`] lets blocks and [`MAX_MARKS`] lets bold and emphasis be, so that whoever walks it may recurse.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{Block, Document, Inline, LeftOut, MAX_BYTES, MAX_DEPTH, MAX_PARTS, Table, Target, TooMuch};

/// How deep bold and emphasis may stand in one another before they stop to count.
const MAX_MARKS: usize = 4;

/// What stands open.
enum Open {
    /// A list item, a quote or the document itself: blocks come in.
    Blocks(Container, Vec<Block>),
    /// A list: items come in.
    List(Option<u64>, Vec<Vec<Block>>),
    /// A table: rows come in.
    Table(Table),
    /// A row of a table: cells come in.
    Row(Vec<Vec<Inline>>),
    /// Text comes in.
    Text(Run, Vec<Inline>),
}

#[derive(Clone, Copy)]
enum Container {
    Quote,
    Item,
}

/// What a stretch of text becomes.
enum Run {
    Heading(u8),
    Paragraph,
    /// Text directly in an item of a tight list.
    Loose,
    Cell,
    Strong,
    Emphasis,
    Link(Option<Target>),
    /// Marks that change nothing: a picture's description, or bold in bold in bold.
    Bare,
}

struct Builder {
    done: Vec<Block>,
    open: Vec<Open>,
    left_out: Vec<LeftOut>,
    parts: usize,
}

pub(super) fn document(source: &str) -> Result<Document, TooMuch> {
    if source.len() > MAX_BYTES {
        return Err(TooMuch::Long);
    }
    let mut builder = Builder { done: Vec::new(), open: Vec::new(), left_out: Vec::new(), parts: 0 };
    for event in Parser::new_ext(source, Options::ENABLE_TABLES) {
        builder.take(event)?;
    }
    while !builder.open.is_empty() {
        builder.close();
    }
    Ok(Document { blocks: builder.done, left_out: builder.left_out })
}

impl Builder {
    fn take(&mut self, event: Event) -> Result<(), TooMuch> {
        match event {
            Event::Start(tag) => self.start(tag)?,
            Event::End(end) => self.end(end),
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.letters(&text);
            }
            Event::Html(text) | Event::InlineHtml(text) => {
                self.leave_out(LeftOut::Html);
                self.letters(&text);
            }
            Event::SoftBreak => self.letters(" "),
            Event::HardBreak => self.inline(Inline::Break),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) | Event::Rule => {}
        }
        self.parts += 1;
        if self.parts > MAX_PARTS { Err(TooMuch::Parts) } else { Ok(()) }
    }

    fn start(&mut self, tag: Tag) -> Result<(), TooMuch> {
        let open = match tag {
            Tag::Heading { level, .. } => Open::Text(Run::Heading(if level as usize > 3 { 4 } else { 3 }), Vec::new()),
            Tag::BlockQuote(_) => Open::Blocks(Container::Quote, Vec::new()),
            Tag::List(first) => Open::List(first, Vec::new()),
            Tag::Item => Open::Blocks(Container::Item, Vec::new()),
            Tag::Table(_) => Open::Table(Table::default()),
            Tag::TableHead | Tag::TableRow => Open::Row(Vec::new()),
            Tag::TableCell => Open::Text(Run::Cell, Vec::new()),
            Tag::Strong => Open::Text(self.mark(Run::Strong), Vec::new()),
            Tag::Emphasis => Open::Text(self.mark(Run::Emphasis), Vec::new()),
            Tag::Link { dest_url, .. } => {
                let target = Target::new(&dest_url);
                if target.is_none() {
                    self.leave_out(LeftOut::Link(dest_url.chars().take(80).collect()));
                }
                Open::Text(Run::Link(target), Vec::new())
            }
            Tag::Image { .. } => {
                self.leave_out(LeftOut::Picture);
                Open::Text(Run::Bare, Vec::new())
            }
            // Paragraphs, code, HTML, and kinds that no option asks for: letters in a paragraph of their own.
            _ => Open::Text(Run::Paragraph, Vec::new()),
        };
        // Text directly in a tight list's item ends where a block begins.
        if !is_inline(&open) {
            self.end_loose();
        }
        let deep = self.open.iter().filter(|open| matches!(open, Open::Blocks(..))).count();
        if deep >= MAX_DEPTH && matches!(open, Open::Blocks(..)) {
            return Err(TooMuch::Deep);
        }
        if is_inline(&open) {
            self.loose();
        }
        self.open.push(open);
        Ok(())
    }

    /// Bold in bold in bold … is bold.
    fn mark(&self, run: Run) -> Run {
        let marks = self.open.iter().rev().take_while(|open| matches!(open, Open::Text(..))).count();
        if marks > MAX_MARKS { Run::Bare } else { run }
    }

    fn end(&mut self, end: TagEnd) {
        if !matches!(end, TagEnd::Strong | TagEnd::Emphasis | TagEnd::Link | TagEnd::Image) {
            self.end_loose();
        }
        self.close();
    }

    fn end_loose(&mut self) {
        if matches!(self.open.last(), Some(Open::Text(Run::Loose, _))) {
            self.close();
        }
    }

    /// Takes text into what stands open; opens a stretch where blocks stand.
    fn loose(&mut self) {
        if !matches!(self.open.last(), Some(Open::Text(..))) {
            self.open.push(Open::Text(Run::Loose, Vec::new()));
        }
    }

    fn letters(&mut self, text: &str) {
        let text: String = text.chars().map(|c| if c == '\n' { ' ' } else { c }).filter(|c| !hidden(*c)).collect();
        if text.is_empty() {
            return;
        }
        self.loose();
        if let Some(Open::Text(_, parts)) = self.open.last_mut() {
            if let Some(Inline::Text(before)) = parts.last_mut() {
                before.push_str(&text);
            } else {
                parts.push(Inline::Text(text));
            }
        }
    }

    fn inline(&mut self, part: Inline) {
        self.loose();
        if let Some(Open::Text(_, parts)) = self.open.last_mut() {
            parts.push(part);
        }
    }

    fn leave_out(&mut self, what: LeftOut) {
        if !self.left_out.contains(&what) {
            self.left_out.push(what);
        }
    }

    /// Closes what was opened last and puts it where it belongs.
    fn close(&mut self) {
        match self.open.pop() {
            None => {}
            Some(Open::Text(run, parts)) => self.close_text(run, parts),
            Some(Open::Blocks(Container::Quote, blocks)) => self.block(Block::Quote(blocks)),
            Some(Open::Blocks(Container::Item, blocks)) => match self.open.last_mut() {
                Some(Open::List(_, items)) => items.push(blocks),
                _ => blocks.into_iter().for_each(|block| self.block(block)),
            },
            Some(Open::List(first, items)) => self.block(Block::List(first, items)),
            Some(Open::Table(table)) => self.block(Block::Table(table)),
            Some(Open::Row(cells)) => {
                if let Some(Open::Table(table)) = self.open.last_mut() {
                    if table.head.is_empty() { table.head = cells } else { table.rows.push(cells) }
                }
            }
        }
    }

    fn close_text(&mut self, run: Run, parts: Vec<Inline>) {
        let inner = match run {
            Run::Heading(level) => return self.paragraph(parts, |parts| Block::Heading(level, parts)),
            Run::Paragraph | Run::Loose => return self.paragraph(parts, Block::Paragraph),
            Run::Cell => {
                if let Some(Open::Row(cells)) = self.open.last_mut() {
                    cells.push(parts);
                }
                return;
            }
            Run::Strong => vec![Inline::Strong(parts)],
            Run::Emphasis => vec![Inline::Emphasis(parts)],
            Run::Link(Some(target)) if !parts.is_empty() => vec![Inline::Link(target, parts)],
            Run::Link(_) | Run::Bare => parts,
        };
        match self.open.last_mut() {
            Some(Open::Text(_, outer)) => outer.extend(inner),
            _ => self.block(Block::Paragraph(inner)),
        }
    }

    fn paragraph(&mut self, parts: Vec<Inline>, block: impl FnOnce(Vec<Inline>) -> Block) {
        if !parts.is_empty() {
            self.block(block(parts));
        }
    }

    fn block(&mut self, block: Block) {
        match self.open.last_mut() {
            Some(Open::Blocks(_, blocks)) => blocks.push(block),
            Some(Open::List(_, items)) => items.push(vec![block]),
            // A block inside text (code that stands in a heading's place, say) cannot be; it is kept on its own.
            _ => self.done.push(block),
        }
    }
}

const fn is_inline(open: &Open) -> bool {
    matches!(open, Open::Text(Run::Strong | Run::Emphasis | Run::Link(_) | Run::Bare, _))
}

/// Letters that are not seen and may turn a line around or hide in a name.
fn hidden(c: char) -> bool {
    c.is_control() && c != '\t'
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}')
}
