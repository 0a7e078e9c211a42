//! Taking invisible characters out of what is shown and checked.
//!
//! Copying from mails and web pages brings control characters, direction overrides (which can make a text read
//! otherwise than it is) and zero-width signs. They are removed from what is displayed and judged, and the person is
//! told; the stored answer stays as typed. Joiners that Arabic, Persian and Indic spelling needs (U+200C, U+200D)
//! stay. Line breaks stay in long texts only.

/// A text fit for display, and what had to be taken out of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// The text, blanks at both ends removed, line breaks as `\n`.
    pub text: String,
    /// How many invisible characters were removed.
    pub removed: usize,
    /// How many signs stand for characters that could not be read (U+FFFD); they stay visible.
    pub unreadable: usize,
}

/// Cleans one text. With `lines`, line breaks and tabs stay; without, they become blanks.
#[must_use]
pub fn clean(text: &str, lines: bool) -> Cleaned {
    let mut cleaned = Cleaned::default();
    let text = text.replace("\r\n", "\n");
    let kept = text.chars().filter_map(|c| match c {
        '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' if lines => Some('\n'),
        '\t' if lines => Some('\t'),
        c if c.is_whitespace() => Some(' '),
        '\u{FFFD}' => {
            cleaned.unreadable += 1;
            Some(c)
        }
        c if is_invisible(c) => {
            cleaned.removed += 1;
            None
        }
        c => Some(c),
    });
    let kept: String = kept.collect();
    cleaned.text = kept.trim().to_owned();
    cleaned
}

/// The cleaned text of a short answer: one line.
#[must_use]
pub fn clean_line(text: &str) -> String {
    clean(text, false).text
}

/// The cleaned text of a long answer: line breaks kept.
#[must_use]
pub fn clean_text(text: &str) -> String {
    clean(text, true).text
}

/// Control characters; marks, overrides and isolates of writing direction; zero-width and interlinear signs; tags.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}'
            | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_go_and_are_counted() {
        for (typed, shown, removed) in [
            ("plain", "plain", 0),
            ("  two  words ", "two  words", 0),
            ("a\u{202e}b", "ab", 1),
            ("\u{feff}\u{200e}a\u{200f}", "a", 3),
            ("a\u{7}b\u{1b}[31m", "ab[31m", 2),
            ("a\nb\tc", "a b c", 0),
            ("می\u{200c}خواهم", "می\u{200c}خواهم", 0),
            ("\u{2066}x\u{2069}", "x", 2),
            ("\u{200b}", "", 1),
            ("<script>alert(1)</script>", "<script>alert(1)</script>", 0),
        ] {
            let cleaned = clean(typed, false);
            assert_eq!((cleaned.text.as_str(), cleaned.removed), (shown, removed), "{typed:?}");
        }
    }

    #[test]
    fn long_texts_keep_their_lines() {
        assert_eq!(clean_text("a\r\nb\rc\u{2028}d\te \n"), "a\nb\nc\nd\te");
    }

    #[test]
    fn unreadable_signs_stay_and_are_counted() {
        let cleaned = clean("caf\u{FFFD}", false);
        assert_eq!((cleaned.text.as_str(), cleaned.unreadable), ("caf\u{FFFD}", 1));
    }
}
