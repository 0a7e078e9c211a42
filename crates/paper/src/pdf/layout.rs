//! Blocks on pages of A4: lines with their place, rules, and the structure that a reader follows.

use krilla::tagging::{TableHeaderScope, Tag, TagKind};

use super::{
    Block, Document,
    face::Face,
    words::{self, Piece},
};

/// Of a page, in points.
pub(super) const WIDTH: f32 = 595.28;
/// Of a page, in points.
pub(super) const HEIGHT: f32 = 841.89;
/// Left, right, and where the running head stands.
pub(super) const MARGIN: f32 = 56.0;
const TOP: f32 = 88.0;
const BOTTOM: f32 = HEIGHT - 72.0;
const ROOM: f32 = WIDTH - 2.0 * MARGIN;
/// Between columns.
const GAP: f32 = 14.0;
/// Height of a line, in parts of the size.
const LEADING: f32 = 1.4;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Colour {
    Ink,
    Muted,
    Hairline,
    Petrol,
}

/// A line of text where it stands.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub x: f32,
    /// Its foot.
    pub y: f32,
    pub look: Look,
    pub piece: Piece,
    /// The part of the structure that it belongs to.
    pub node: usize,
}

/// A rule where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    pub from: f32,
    pub to: f32,
    pub y: f32,
    pub weight: f32,
    pub colour: Colour,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    pub lines: Vec<Line>,
    pub rules: Vec<Rule>,
}

/// A part of the structure.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub tag: TagKind,
    pub kids: Vec<usize>,
}

/// Where a heading stands, for the outline.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub title: String,
    pub page: usize,
    pub y: f32,
}

/// A document on its pages.
#[derive(Clone, Debug, Default)]
pub(super) struct Laid {
    pub pages: Vec<Page>,
    pub nodes: Vec<Node>,
    pub roots: Vec<usize>,
    pub places: Vec<Place>,
}

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub size: f32,
    pub bold: bool,
    pub colour: Colour,
}

const TITLE: Look = Look { size: 22.0, bold: true, colour: Colour::Ink };
const HEADING: Look = Look { size: 14.0, bold: true, colour: Colour::Petrol };
const SUB: Look = Look { size: 11.5, bold: true, colour: Colour::Ink };
const TEXT: Look = Look { size: 10.0, bold: false, colour: Colour::Ink };
const NAME: Look = Look { size: 10.0, bold: false, colour: Colour::Muted };
const HEAD: Look = Look { size: 9.0, bold: true, colour: Colour::Muted };
const SMALL: Look = Look { size: 8.5, bold: false, colour: Colour::Muted };

impl Look {
    pub fn face(self) -> &'static Face {
        if self.bold { Face::semibold() } else { Face::regular() }
    }

    fn lines(self, text: &str, room: f32) -> Vec<Piece> {
        words::lines(self.face(), text, room / self.size)
    }

    fn height(self) -> f32 {
        self.size * LEADING
    }
}

/// Lays a document out.
pub(super) fn lay_out(document: &Document) -> Laid {
    let mut setter = Setter { laid: Laid { pages: vec![Page::default()], ..Laid::default() }, y: TOP };
    for block in &document.blocks {
        setter.block(block);
    }
    setter.laid
}

/// Head and foot of a page; true for the head.
pub(super) fn around(document: &Document, page: usize, of: usize) -> Vec<(bool, Line)> {
    let filled = |text: &str| text.replace("{n}", &page.to_string()).replace("{of}", &of.to_string());
    let line = |text: &str, y: f32, right: bool| {
        let piece = words::one_line(SMALL.face(), &filled(text), ROOM / SMALL.size * 0.62);
        let x = if right { WIDTH - MARGIN - words::width(SMALL.face(), &piece.shown) * SMALL.size } else { MARGIN };
        Line { x, y, look: SMALL, piece, node: 0 }
    };
    let (head, foot) = (TOP - 34.0, BOTTOM + 36.0);
    let all = [
        (true, line(&document.head.0, head, false)),
        (true, line(&document.head.1, head, true)),
        (false, line(&document.foot.0, foot, false)),
        (false, line(&document.foot.1, foot, true)),
    ];
    all.into_iter().filter(|(_, line)| !line.piece.shown.is_empty()).collect()
}

/// What stands in a cell. A blank one would leave a gap in the structure.
fn said(text: &str) -> &str {
    if text.trim().is_empty() { "–" } else { text }
}

struct Setter {
    laid: Laid,
    y: f32,
}

/// A cell of a row.
struct Cell {
    x: f32,
    look: Look,
    lines: Vec<Piece>,
    node: usize,
}

impl Setter {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Title(text) => {
                self.heading(text, TITLE, 1);
                self.double();
            }
            Block::Heading(text) => {
                self.space(16.0);
                self.heading(text, HEADING, 2);
                self.double();
            }
            Block::Sub(text) => {
                self.space(10.0);
                self.heading(text, SUB, 3);
            }
            Block::Text(text) => self.paragraph(text, TEXT),
            Block::Small(text) => self.paragraph(text, SMALL),
            Block::Facts(rows) => self.facts(rows),
            Block::Table { head, widths, rows } => self.table(head, widths, rows),
        }
    }

    fn node(&mut self, tag: impl Into<TagKind>, under: Option<usize>) -> usize {
        let at = self.laid.nodes.len();
        self.laid.nodes.push(Node { tag: tag.into(), kids: Vec::new() });
        match under {
            Some(parent) => self.laid.nodes[parent].kids.push(at),
            None => self.laid.roots.push(at),
        }
        at
    }

    fn page(&mut self) -> &mut Page {
        let at = self.laid.pages.len() - 1;
        &mut self.laid.pages[at]
    }

    fn space(&mut self, height: f32) {
        if self.y > TOP {
            self.y += height;
        }
    }

    /// Goes to the next page unless there is so much room.
    fn need(&mut self, height: f32) {
        if self.y + height > BOTTOM && self.y > TOP {
            self.laid.pages.push(Page::default());
            self.y = TOP;
        }
    }

    fn heading(&mut self, text: &str, look: Look, level: u16) {
        // A heading that says nothing would be announced as one.
        if text.trim().is_empty() {
            return;
        }
        let lines = look.lines(text, ROOM);
        // A heading does not stand alone at the foot of a page.
        self.need(lines.len() as f32 * look.height() + 3.0 * TEXT.height());
        let level = std::num::NonZeroU16::new(level).unwrap_or(std::num::NonZeroU16::MIN);
        let node = self.node(Tag::Hn(level, Some(text.to_owned())), None);
        if level.get() < 3 {
            let (page, y) = (self.laid.pages.len() - 1, self.y);
            self.laid.places.push(Place { title: text.to_owned(), page, y });
        }
        for piece in lines {
            self.line(MARGIN, look, piece, node);
            self.y += look.height();
        }
    }

    fn paragraph(&mut self, text: &str, look: Look) {
        self.space(4.0);
        let node = self.node(Tag::P, None);
        for piece in look.lines(text, ROOM) {
            self.need(look.height());
            self.line(MARGIN, look, piece, node);
            self.y += look.height();
        }
    }

    fn facts(&mut self, rows: &[(String, String)]) {
        let table = self.node(Tag::Table, None);
        let body = self.node(Tag::TBody, Some(table));
        let name = (ROOM - GAP) * 0.34;
        let value = ROOM - GAP - name;
        for (asked, answered) in rows {
            let row = self.node(Tag::TR, Some(body));
            let head = self.node(Tag::TH(TableHeaderScope::Row), Some(row));
            let data = self.node(Tag::TD, Some(row));
            self.row(&[
                Cell { x: MARGIN, look: NAME, lines: NAME.lines(asked, name), node: head },
                Cell { x: MARGIN + name + GAP, look: TEXT, lines: TEXT.lines(said(answered), value), node: data },
            ]);
        }
    }

    fn table(&mut self, head: &[String], widths: &[u8], rows: &[Vec<String>]) {
        let gaps = GAP * head.len().saturating_sub(1) as f32;
        let whole: f32 = widths.iter().copied().map(f32::from).sum::<f32>().max(1.0);
        let mut x = MARGIN;
        let columns: Vec<(f32, f32)> = widths
            .iter()
            .map(|part| {
                let column = (x, (ROOM - gaps) * f32::from(*part) / whole);
                x += column.1 + GAP;
                column
            })
            .collect();
        let table = self.node(Tag::Table, None);
        let (top, body) = (self.node(Tag::THead, Some(table)), self.node(Tag::TBody, Some(table)));
        self.need(6.0 * TEXT.height());
        let row = self.node(Tag::TR, Some(top));
        let cells: Vec<Cell> = head
            .iter()
            .zip(&columns)
            .map(|(name, (x, room))| {
                let node = self.node(Tag::TH(TableHeaderScope::Column), Some(row));
                Cell { x: *x, look: HEAD, lines: HEAD.lines(name, *room), node }
            })
            .collect();
        self.row(&cells);
        for texts in rows {
            let row = self.node(Tag::TR, Some(body));
            let cells: Vec<Cell> = texts
                .iter()
                .zip(&columns)
                .map(|(text, (x, room))| {
                    let node = self.node(Tag::TD, Some(row));
                    Cell { x: *x, look: TEXT, lines: TEXT.lines(said(text), *room), node }
                })
                .collect();
            self.row(&cells);
        }
    }

    /// A row with a hairline under it. A row that is longer than a page goes on on the next.
    fn row(&mut self, cells: &[Cell]) {
        let height = TEXT.height();
        let most = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
        self.need(most.min(3) as f32 * height + 8.0);
        self.y += 4.0;
        for at in 0..most {
            self.need(height);
            for cell in cells {
                if let Some(piece) = cell.lines.get(at) {
                    self.line(cell.x, cell.look, piece.clone(), cell.node);
                }
            }
            self.y += height;
        }
        self.y += 4.0;
        self.rule(self.y, 0.5, Colour::Hairline);
    }

    /// A line of text whose upper edge is here. A blank one takes room and says nothing.
    fn line(&mut self, x: f32, look: Look, piece: Piece, node: usize) {
        if piece.shown.is_empty() {
            return;
        }
        let y = self.y + look.size * 1.02;
        self.page().lines.push(Line { x, y, look, piece, node });
    }

    fn double(&mut self) {
        self.y += 4.0;
        self.rule(self.y, 0.6, Colour::Ink);
        self.rule(self.y + 2.0, 0.6, Colour::Ink);
        self.y += 6.0;
    }

    fn rule(&mut self, y: f32, weight: f32, colour: Colour) {
        self.page().rules.push(Rule { from: MARGIN, to: WIDTH - MARGIN, y, weight, colour });
    }
}
