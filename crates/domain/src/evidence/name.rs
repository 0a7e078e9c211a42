//! The name of a file: as it is shown, and as it is offered when somebody takes the file out.

use std::fmt::Write as _;

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

/// Letters that are not seen: control, direction, joining, tags, private use.
fn is_hidden(letter: char) -> bool {
    (letter.is_control() && !letter.is_whitespace())
        || matches!(letter,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}' | '\u{e000}'..='\u{f8ff}'
            | '\u{e0000}'..='\u{10ffff}')
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
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

/// What may stand between quotation marks without a program reading it as something else.
fn is_plain(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || " -._()+,&".contains(letter)
}
