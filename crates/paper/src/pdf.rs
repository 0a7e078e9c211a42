//! Documents on paper: tagged PDF that a screen reader reads as it stands, with fonts in the file.
//!
//! A document is a list of blocks (title, headings, text, rows); everything else follows: line breaks, pages, the running
//! head and foot, the structure for reading aloud, the outline. It is written under the rules of PDF/UA-1, and the writer
//! refuses what would break them. Sober as the pages are: one family in two weights, hairlines, a double rule under what
//! begins something.
//!
//! - [`face`]: which letters the fonts have, and how wide they are. The file gets the letters that it uses.
//! - [`words`]: text as lines. What the fonts do not have stands as its Unicode number, and is read and copied as itself.
//! - [`layout`]: blocks on pages. [`write`](self): pages as bytes.

use domain::time::Timestamp;
use jiff::Timestamp as Instant;
use krilla::{
    Document as Pdf, SerializeSettings,
    color::rgb,
    configure::{Accessibility, ConfigurationBuilder},
    destination::XyzDestination,
    geom::{PathBuilder, Point},
    metadata::{DateTime, Metadata},
    num::NormalizedF32,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::{Fill, Stroke},
    surface::Surface,
    tagging::{Artifact, ArtifactType, ContentTag, Identifier, Node as Tagged, SpanTag, TagGroup, TagTree},
    text::{GlyphId, KrillaGlyph},
};

use layout::{Colour, Laid, Line, Rule};

mod face;
mod layout;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;
mod words;

/// A document to write.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its title, for lists of files and the window of a reader. It has to say nothing that the file's name may not say.
    pub title: String,
    /// Tag of its language: `en`.
    pub lang: &'static str,
    /// Who wrote it.
    pub author: String,
    /// When it was written.
    pub at: Timestamp,
    /// What stands on top of every page, left and right.
    pub head: (String, String),
    /// What stands at the foot of every page. `{n}` and `{of}` are the page and how many there are.
    pub foot: (String, String),
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// The title, once, before everything else.
    Title(String),
    /// Begins a section.
    Heading(String),
    /// Begins a part of a section.
    Sub(String),
    /// A paragraph. Line ends are kept.
    Text(String),
    /// The same in small letters.
    Small(String),
    /// What is asked and what was answered, one row each.
    Facts(Vec<(String, String)>),
    /// A table with a head. Widths are parts of the whole, in the order of the columns.
    Table {
        /// Names of the columns.
        head: Vec<String>,
        /// How wide each is beside the others.
        widths: Vec<u8>,
        /// The rows, with as many cells.
        rows: Vec<Vec<String>>,
    },
}

/// Why a document could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the document could not be written: {0}")]
pub struct NotWritten(String);

/// Writes a document.
///
/// # Errors
/// [`NotWritten`] if the rules of the format were broken: a fault of the program.
pub fn write(document: &Document) -> Result<Vec<u8>, NotWritten> {
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| NotWritten(format!("{error:?}")))?;
    let mut pdf = Pdf::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let mut laid = layout::lay_out(document);
    let of = laid.pages.len();
    let mut leaves: Vec<Vec<Identifier>> = vec![Vec::new(); laid.nodes.len()];
    for (at, content) in laid.pages.iter().enumerate() {
        let settings = PageSettings::from_wh(layout::WIDTH, layout::HEIGHT)
            .ok_or_else(|| NotWritten("the page has no size".into()))?;
        let mut page = pdf.start_page_with(settings);
        let mut surface = page.surface();
        for rule in &content.rules {
            artifact(&mut surface, ArtifactType::Layout, |surface| draw_rule(surface, rule));
        }
        for line in &content.lines {
            let span = SpanTag::empty().with_actual_text(line.piece.actual.as_deref());
            leaves[line.node].push(surface.start_tagged(ContentTag::Span(span)));
            draw_line(&mut surface, line);
            surface.end_tagged();
        }
        for (kind, line) in layout::around(document, at + 1, of) {
            let kind = if kind { ArtifactType::Header } else { ArtifactType::Footer };
            artifact(&mut surface, kind, |surface| draw_line(surface, &line));
        }
        surface.finish();
        page.finish();
    }
    pdf.set_metadata(metadata(document));
    pdf.set_outline(outline(&laid));
    let mut tree = TagTree::new().with_lang(Some(document.lang.to_owned()));
    for root in std::mem::take(&mut laid.roots) {
        tree.push(group(&mut laid, &mut leaves, root));
    }
    pdf.set_tag_tree(tree);
    pdf.finish().map_err(|error| NotWritten(format!("{error:?}")))
}

fn artifact(surface: &mut Surface<'_>, kind: ArtifactType, draw: impl FnOnce(&mut Surface<'_>)) {
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
    draw(surface);
    surface.end_tagged();
}

fn draw_line(surface: &mut Surface<'_>, line: &Line) {
    let face = line.look.face();
    surface.set_stroke(None);
    surface.set_fill(Some(fill(line.look.colour)));
    let glyphs: Vec<KrillaGlyph> = line
        .piece
        .shown
        .char_indices()
        .filter_map(|(at, letter)| {
            let glyph = face.glyph(letter)?;
            let range = at..at + letter.len_utf8();
            Some(KrillaGlyph::new(GlyphId::new(glyph), face.advance(glyph), 0.0, 0.0, 0.0, range, None))
        })
        .collect();
    let at = Point::from_xy(line.x, line.y);
    surface.draw_glyphs(at, &glyphs, face.font(), &line.piece.shown, line.look.size, false);
}

fn draw_rule(surface: &mut Surface<'_>, rule: &Rule) {
    let mut path = PathBuilder::new();
    path.move_to(rule.from, rule.y);
    path.line_to(rule.to, rule.y);
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke { paint: colour(rule.colour).into(), width: rule.weight, ..Stroke::default() }));
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}

fn fill(of: Colour) -> Fill {
    Fill { paint: colour(of).into(), opacity: NormalizedF32::ONE, ..Fill::default() }
}

/// The light colours of `style/tokens.css`.
fn colour(of: Colour) -> rgb::Color {
    match of {
        Colour::Ink => rgb::Color::new(0x13, 0x24, 0x2e),
        Colour::Muted => rgb::Color::new(0x48, 0x5b, 0x65),
        Colour::Hairline => rgb::Color::new(0xd6, 0xd3, 0xca),
        Colour::Petrol => rgb::Color::new(0x00, 0x5b, 0x68),
    }
}

fn metadata(document: &Document) -> Metadata {
    let mut metadata = Metadata::new()
        .title(document.title.clone())
        .language(document.lang.to_owned())
        .authors(vec![document.author.clone()])
        .creator("Forerunner".to_owned());
    if let Some(at) = date(document.at) {
        metadata = metadata.creation_date(at);
    }
    metadata
}

fn date(at: Timestamp) -> Option<DateTime> {
    let at = jiff::tz::TimeZone::UTC.to_datetime(Instant::from_microsecond(at.0).ok()?);
    let byte = |part: i8| u8::try_from(part).ok();
    Some(
        DateTime::new(u16::try_from(at.year()).ok()?)
            .month(byte(at.month())?)
            .day(byte(at.day())?)
            .hour(byte(at.hour())?)
            .minute(byte(at.minute())?)
            .second(byte(at.second())?)
            .utc_offset_hour(0)
            .utc_offset_minute(0),
    )
}

fn outline(laid: &Laid) -> Outline {
    let mut outline = Outline::new();
    for place in &laid.places {
        let point = XyzDestination::new(place.page, Point::from_xy(layout::MARGIN, place.y));
        outline.push_child(OutlineNode::new(place.title.clone(), point));
    }
    outline
}

fn group(laid: &mut Laid, leaves: &mut [Vec<Identifier>], at: usize) -> TagGroup {
    let node = &mut laid.nodes[at];
    let (tag, kids) = (node.tag.clone(), std::mem::take(&mut node.kids));
    let mut group = TagGroup::new(tag);
    for leaf in std::mem::take(&mut leaves[at]) {
        group.push(leaf);
    }
    for kid in kids {
        let kid: TagGroup = self::group(laid, leaves, kid);
        group.push(Tagged::Group(kid));
    }
    group
}
