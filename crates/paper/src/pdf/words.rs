//! Text as lines of a width. A letter that the fonts do not have stands as its Unicode number, so that it does not vanish; the
//! line carries what it really says, which readers read aloud and copy.

use unicode_normalization::UnicodeNormalization as _;

use super::face::Face;

/// A line.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Piece {
    /// What is drawn.
    pub shown: String,
    /// What it says, where that cannot be drawn.
    pub actual: Option<String>,
}

/// How wide a text is at size 1.
pub(super) fn width(face: &Face, text: &str) -> f32 {
    text.chars().filter_map(|letter| face.glyph(letter)).map(|glyph| face.advance(glyph)).sum()
}

/// A text as lines no wider than `room` (at size 1). Lines of the text are kept; a word that is too long is broken.
pub(super) fn lines(face: &Face, text: &str, room: f32) -> Vec<Piece> {
    let text: String = text.nfc().collect();
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = Growing::default();
        for word in paragraph.trim_end_matches('\r').split_inclusive(' ') {
            if line.width > 0.0 && line.width + width_of(face, word.trim_end()) > room {
                lines.push(line.take());
            }
            for letter in word.chars() {
                let drawn = drawn(face, letter);
                let wide = width(face, &drawn);
                // A space may stand in the margin: it says where a word ends.
                if letter != ' ' && line.width > 0.0 && line.width + wide > room {
                    lines.push(line.take());
                }
                line.add(letter, &drawn, wide);
            }
        }
        lines.push(line.take());
    }
    lines
}

/// A text as one line, cut with an ellipsis where there is no more room.
pub(super) fn one_line(face: &Face, text: &str, room: f32) -> Piece {
    let mut lines = lines(face, &text.replace('\n', " "), room).into_iter();
    let mut first = lines.next().unwrap_or_default();
    if lines.next().is_some() {
        while width(face, &first.shown) + width(face, "…") > room && first.shown.pop().is_some() {}
        first.shown = format!("{}…", first.shown.trim_end());
        first.actual = None;
    }
    first
}

fn width_of(face: &Face, word: &str) -> f32 {
    word.chars().map(|letter| width(face, &drawn(face, letter))).sum()
}

/// What is drawn for a letter.
fn drawn(face: &Face, letter: char) -> String {
    let invisible = matches!(
        letter,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fffe}'
    );
    let unusual = letter.is_control() || invisible;
    match letter {
        '\t' => "    ".to_owned(),
        _ if !unusual && face.glyph(letter).is_some() => letter.to_string(),
        _ => format!("[U+{:04X}]", u32::from(letter)),
    }
}

#[derive(Default)]
struct Growing {
    shown: String,
    actual: String,
    width: f32,
}

impl Growing {
    fn add(&mut self, letter: char, drawn: &str, wide: f32) {
        self.shown.push_str(drawn);
        self.actual.push(if letter.is_control() { ' ' } else { letter });
        self.width += wide;
    }

    fn take(&mut self) -> Piece {
        let grown = std::mem::take(self);
        let actual = (grown.shown != grown.actual).then_some(grown.actual);
        Piece { shown: grown.shown, actual }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, room: f32) -> Vec<String> {
        lines(Face::regular(), text, room).into_iter().map(|piece| piece.shown).collect()
    }

    #[test]
    fn words_go_to_the_next_line_and_ends_of_words_are_kept() {
        let lines = shown("Two drums of acetone, collected by the buyer.", 8.0);
        assert!(lines.len() > 2, "{lines:?}");
        assert_eq!(lines.concat(), "Two drums of acetone, collected by the buyer.");
        assert!(lines[..lines.len() - 1].iter().all(|line| line.ends_with(' ')), "{lines:?}");
        assert_eq!(shown("a\n\nb\r\n", 8.0), ["a", "", "b", ""]);
    }

    #[test]
    fn a_word_without_end_is_broken_and_nothing_of_it_is_lost() {
        let long = "W".repeat(500);
        let lines = shown(&long, 10.0);
        let face = Face::regular();
        assert!(lines.iter().all(|line| width(face, line) <= 10.0));
        assert_eq!(lines.concat(), long);
        assert_eq!(shown("W", 0.1), ["W"], "one letter always stands");
    }

    #[test]
    fn what_cannot_be_drawn_is_seen_and_said() {
        let face = Face::regular();
        let pieces = lines(face, "Acme 中文 \u{200b}x", 100.0);
        assert_eq!(pieces[0].shown, "Acme [U+4E2D][U+6587] [U+200B]x");
        assert_eq!(pieces[0].actual.as_deref(), Some("Acme 中文 \u{200b}x"));
        let joined = lines(face, "e\u{301}", 100.0);
        assert_eq!((joined[0].shown.as_str(), &joined[0].actual), ("é", &None));
    }

    #[test]
    fn one_line_is_cut_where_it_ends() {
        let face = Face::regular();
        assert_eq!(one_line(face, "short\ntext", 100.0).shown, "short text");
        let cut = one_line(face, &"long ".repeat(40), 6.0).shown;
        assert!(cut.ends_with('…') && width(face, &cut) <= 6.5, "{cut}");
    }
}
