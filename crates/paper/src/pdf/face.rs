//! The fonts: Source Sans 3, whose licence stands beside them. Read is only what setting a line needs: which letter is which
//! glyph, and how wide it is.

use std::{collections::BTreeMap, sync::LazyLock};

use krilla::text::Font;

static REGULAR: &[u8] = include_bytes!("../../fonts/SourceSans3-Regular.ttf");
static SEMIBOLD: &[u8] = include_bytes!("../../fonts/SourceSans3-SemiBold.ttf");

static FACES: LazyLock<[Face; 2]> =
    LazyLock::new(|| [REGULAR, SEMIBOLD].map(|bytes| Face::read(bytes).expect("both fonts are read by a test")));

/// A font.
#[derive(Debug)]
pub(super) struct Face {
    font: Font,
    glyphs: BTreeMap<u32, u32>,
    /// Parts of the height of a letter, by glyph; the last counts for all behind it.
    advances: Vec<f32>,
}

impl Face {
    /// For running text.
    pub fn regular() -> &'static Self {
        &FACES[0]
    }

    /// For titles and names.
    pub fn semibold() -> &'static Self {
        &FACES[1]
    }

    /// For the writer.
    pub fn font(&self) -> Font {
        self.font.clone()
    }

    /// The glyph of a letter, if the font has it.
    pub fn glyph(&self, letter: char) -> Option<u32> {
        self.glyphs.get(&u32::from(letter)).copied()
    }

    /// How wide a glyph is, in parts of the size.
    pub fn advance(&self, glyph: u32) -> f32 {
        let at = usize::try_from(glyph).unwrap_or(usize::MAX);
        self.advances.get(at).or(self.advances.last()).copied().unwrap_or_default()
    }

    fn read(bytes: &'static [u8]) -> Option<Self> {
        let (head, hhea, hmtx) = (table(bytes, b"head")?, table(bytes, b"hhea")?, table(bytes, b"hmtx")?);
        let units = f32::from(u16_at(head, 18)?);
        let count = usize::from(u16_at(hhea, 34)?);
        let advances = (0..count).map(|at| u16_at(hmtx, at * 4).map(|width| f32::from(width) / units));
        let glyphs = letters(table(bytes, b"cmap")?)?;
        Some(Self { font: Font::new(bytes.into(), 0)?, glyphs, advances: advances.collect::<Option<_>>()? })
    }
}

fn table<'a>(font: &'a [u8], name: &[u8; 4]) -> Option<&'a [u8]> {
    let count = usize::from(u16_at(font, 4)?);
    let entry = (0..count).map(|at| 12 + at * 16).find(|at| font.get(*at..*at + 4) == Some(name))?;
    let (from, length) = (size_at(font, entry + 8)?, size_at(font, entry + 12)?);
    font.get(from..from.checked_add(length)?)
}

/// The table of all letters (format 12): runs of letters whose glyphs follow each other.
fn letters(cmap: &[u8]) -> Option<BTreeMap<u32, u32>> {
    let count = usize::from(u16_at(cmap, 2)?);
    let offsets = (0..count).filter_map(|at| size_at(cmap, 4 + at * 8 + 4));
    let table = offsets.filter_map(|from| cmap.get(from..)).find(|table| u16_at(table, 0) == Some(12))?;
    let mut letters = BTreeMap::new();
    for run in 0..size_at(table, 12)? {
        let at = 16 + run * 12;
        let (first, last, glyph) = (u32_at(table, at)?, u32_at(table, at + 4)?, u32_at(table, at + 8)?);
        letters.extend((first..=last).map(|letter| (letter, glyph + (letter - first))));
    }
    Some(letters)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn size_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32_at(bytes, at)?).ok()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn both_fonts_have_three_alphabets() {
        for face in [Face::regular(), Face::semibold()] {
            for letter in "AZaz09ÄéßøŁčĞŵạẞАЯаяЁёЇїЂђΑΩαωάώ€–—“”„…°²·→≥".chars()
            {
                let glyph = face.glyph(letter).unwrap_or_else(|| panic!("{letter}"));
                assert!(glyph > 0 && face.advance(glyph) > 0.0, "{letter}");
            }
            assert_eq!(face.glyph('中'), None);
            assert!(face.advance(face.glyph('W').unwrap()) > face.advance(face.glyph('i').unwrap()));
        }
    }

    #[test]
    fn what_is_no_font_is_none() {
        for bytes in [&b""[..], b"\0\x01\0\0\0\xff", &REGULAR[..2_000]] {
            assert!(Face::read(bytes).is_none());
        }
    }
}
