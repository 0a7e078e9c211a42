//! The name of a file: as it is shown, and as it is offered when somebody takes the file out.

use crate::{answers::is_invisible, encoding::percent};

/// The most letters of a shown name.
const LONGEST: usize = 120;
/// The most letters of an ending that a shortened name keeps.
const LONGEST_ENDING: usize = 8;

/// A name that can be shown and offered: the last part of a path, without what cannot be seen or turns the line around,
/// at most 120 letters with its ending. Never empty.
#[must_use]
pub fn shown_name(original: &str) -> String {
    let last = original.rsplit(['/', '\\']).next().unwrap_or_default();
    let seen: String = last.chars().filter(|letter| !is_hidden(*letter)).collect();
    let words = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    // Systems drop a point or a blank at the end, which would change the ending.
    let name = shortened(words.trim_matches(['.', ' ']));
    if name.is_empty() { "file".to_owned() } else { name }
}

/// Letters that are not seen: those that answers lose, and joiners, specials and private use, which no name needs.
/// Blanks of all kinds are words' ends.
fn is_hidden(letter: char) -> bool {
    let needless = matches!(letter,
        '\u{200c}' | '\u{200d}' | '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..='\u{ffff}' | '\u{e0000}'..='\u{10ffff}');
    !letter.is_whitespace() && (is_invisible(letter) || needless)
}

fn shortened(name: &str) -> String {
    let count = name.chars().count();
    if count <= LONGEST {
        return name.to_owned();
    }
    let ending =
        name.rsplit_once('.').map(|(_, ending)| ending).filter(|ending| ending.chars().count() <= LONGEST_ENDING);
    let ending = ending.map(|ending| format!("….{ending}")).unwrap_or_default();
    let room = LONGEST - ending.chars().count();
    name.chars().take(room).chain(ending.chars()).collect()
}

/// The value of a `Content-Disposition` header that offers a file under `name` (RFC 6266): a plain name for old
/// programs, and the whole one percent-encoded. Visible ASCII, whatever the name is.
#[must_use]
pub fn content_disposition(name: &str) -> String {
    let plain: String = name.chars().map(|letter| if is_plain(letter) { letter } else { '_' }).collect();
    if plain == name {
        return format!("attachment; filename=\"{plain}\"");
    }
    let encoded = percent(name, b"");
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

/// What may stand between quotation marks without a program reading it as something else.
fn is_plain(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || " -._()+,&".contains(letter)
}
