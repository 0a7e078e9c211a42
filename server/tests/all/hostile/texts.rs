//! What somebody may type who wants something else than we meant.

use std::{collections::BTreeMap, sync::OnceLock};

/// A text.
#[derive(Debug)]
pub struct Text {
    /// What it is, for messages.
    pub name: &'static str,
    /// Its bytes; not always a text at all.
    pub bytes: Vec<u8>,
    /// Whether a page that shows the form again must show it as it is. What holds signs that no keyboard has, or blanks
    /// around it, may come back put right.
    pub comes_back: bool,
}

impl Text {
    /// As a page would show it.
    pub fn shown(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

/// Of all markup, this alone is looked for: an element or an attribute with this word in its name is one that somebody
/// typed.
pub const WORD: &str = "hostile";

/// Every text.
pub fn all() -> &'static [Text] {
    static ALL: OnceLock<Vec<Text>> = OnceLock::new();
    ALL.get_or_init(|| {
        let text = |&(name, text): &(&'static str, &str)| Text { name, bytes: text.into(), comes_back: true };
        let bytes = |&(name, bytes): &(&'static str, &[u8])| Text { name, bytes: bytes.into(), comes_back: false };
        let long = [("long", "w\u{f6}rter ".repeat(1_500).trim().to_owned()), ("long word", "x".repeat(12_000))];
        let long = long.into_iter().map(|(name, text)| Text { name, bytes: text.into(), comes_back: true });
        TYPED.iter().map(text).chain(long).chain(SENT.iter().map(bytes)).collect()
    })
}

/// What can be typed or pasted.
const TYPED: &[(&str, &str)] = &[
    ("script", "<script>hostile()</script><hostile-tag onhostile=1>"),
    ("attribute", "\" onhostile=\"1\" ' onhostile='1' ><hostile-tag x=\"&quot;&lt;"),
    ("ends", "--></script></textarea></title></select><hostile-tag><!--"),
    ("address", "javascript:hostile()"),
    ("another site", "//evil.example/\\evil.example"),
    ("template", "{{7*7}} ${7*7} #{7*7} <%= 7*7 %> {0} {name} %s%n"),
    ("statement", "'; DROP TABLE report; -- \" OR 1=1 /* \\"),
    ("pattern", "%_%\\_*?[a-z]^$(.*)+"),
    ("quotes of an index", "\"a NEAR/2 b\" OR -x:* AND ^("),
    ("grows in small letters", "\u{130}\u{df}\u{fb03}\u{3a3} I\u{307}"),
    ("formula", "=HYPERLINK(\"http://evil.example\",\"x\")"),
    ("command", "@SUM(1+1)*cmd|' /C calc'!A0"),
    ("huge number", "99999999999999999999999999999999999999"),
    ("edge of numbers", "9223372036854775807"),
    ("negative number", "-9223372036854775808"),
    ("no number", "1e999 NaN -0 0x10 \u{661}\u{662}"),
    ("no time", "9999-99-99 99:99"),
    ("far time", "275760-09-13 24:00"),
    ("way up", "../../../../etc/passwd"),
    ("nobody's key", "00000000-0000-0000-0000-000000000000"),
    ("escapes", "%00%0d%0a&#0;&#x3c;\\u003c\\x00+%2B"),
    ("several parts", "a:b;c=d&e|f,g"),
];

/// What nobody types, or what may come back put right.
const SENT: &[(&str, &[u8])] = &[
    ("nothing", b""),
    ("right to left", "a\u{202e}exe.txt\u{2066}b\u{2069}c".as_bytes()),
    ("nothing to see", "a\u{200b}\u{200d}\u{feff}\u{2060}b".as_bytes()),
    (
        "pile of accents",
        "a\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}\u{30a}\u{30b}\u{30c}b".as_bytes(),
    ),
    ("beyond the plane", "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467} \u{10ffff} \u{fffe}".as_bytes()),
    ("blanks", " \t\u{a0}\u{3000}\u{2028}\u{85} ".as_bytes()),
    ("control characters", b"a\0b\x01\x07\x08\x0b\x1b[31m\x7fc"),
    ("lines of a head", b"a\r\nSet-Cookie: hostile=1\r\n\r\n<hostile-tag>"),
    ("half a pair", b"\xed\xa0\x80 \xed\xbf\xbf"),
    ("no text", b"\xff\xfe\xc0\x80\xf8\x88\x80\x80\x80"),
];

/// Hands out the texts so that each kind of field meets each of them in turn.
#[derive(Debug, Default)]
pub struct Turns(BTreeMap<String, usize>);

impl Turns {
    /// The next text for a kind of field.
    pub fn next(&mut self, kind: &str) -> &'static Text {
        let turn = self.0.entry(kind.to_owned()).or_default();
        *turn += 1;
        &all()[(*turn - 1) % all().len()]
    }

    /// Whether a kind of field has met all of them.
    pub fn is_through(&self, kind: &str) -> bool {
        self.0.get(kind).is_some_and(|turns| *turns >= all().len())
    }

    /// The kinds that there are.
    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}
