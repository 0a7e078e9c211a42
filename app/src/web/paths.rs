//! Addresses that come back from outside ("go on to …" after signing in): only paths of this installation pass.

/// Longer ones are nobody's honest way back.
const LONGEST: usize = 2000;

/// A path of this installation, ready for a `Location` header; `None` for anything that could lead elsewhere.
///
/// Taken is what starts with exactly one `/`: no scheme, no host, no backslash (browsers read it as `/`), no control
/// character (browsers skip some of them). What stands outside visible ASCII is percent-encoded.
#[must_use]
pub fn own_path(text: &str) -> Option<String> {
    let path = text.split(['?', '#']).next().unwrap_or_default();
    let fits = text.len() <= LONGEST
        && path.starts_with('/')
        && !path.contains("//")
        && !text.contains('\\')
        && !text.chars().any(char::is_control);
    fits.then(|| text.bytes().map(encoded).collect())
}

/// `path` with one more value in its query.
#[must_use]
pub fn with_query(path: &str, name: &str, value: &str) -> String {
    let join = if path.contains('?') { '&' } else { '?' };
    let value: String = form_urlencoded::byte_serialize(value.as_bytes()).collect();
    format!("{path}{join}{name}={value}")
}

/// `path` with where to go on afterwards, if that is somewhere.
#[must_use]
pub fn with_next(path: &str, next: Option<&str>) -> String {
    next.map_or_else(|| path.to_owned(), |next| with_query(path, "next", next))
}

/// `path` with a query that is written already; nothing is added for an empty one.
#[must_use]
pub fn with_queries(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

fn encoded(byte: u8) -> String {
    match byte {
        b'"' | b'<' | b'>' | b'`' => format!("%{byte:02X}"),
        0x21..=0x7e => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn own_paths_pass() {
        for path in
            ["/", "/en/", "/en/c/7k3m9qtd/reports?state=sent&page=2#top", "/ar/me", "/en/x?next=//still-a-query"]
        {
            assert_eq!(own_path(path).as_deref(), Some(path));
        }
        assert_eq!(own_path("/en/caf\u{e9} x").as_deref(), Some("/en/caf%C3%A9%20x"));
    }

    #[test]
    fn values_of_a_query_are_encoded() {
        let once = with_query("/en/sign-in", "next", "/en/x?a=1&b=\u{e9}");
        assert_eq!(once, "/en/sign-in?next=%2Fen%2Fx%3Fa%3D1%26b%3D%C3%A9");
        assert_eq!(with_query("/en/x?a=1", "done", "sent"), "/en/x?a=1&done=sent");
        assert_eq!(with_next("/en/sign-in", Some("/en/x?a=1&b=\u{e9}")), once);
        assert_eq!(with_next("/en/sign-in", None), "/en/sign-in");
    }

    #[test]
    fn ways_out_do_not() {
        let long = format!("/{}", "x".repeat(LONGEST));
        for path in [
            "",
            "en/me",
            "//evil.example",
            "///evil.example",
            "/en//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/en/\\..\\evil",
            "https://evil.example/",
            "HTTPS:evil.example",
            "javascript:alert(1)",
            "data:text/html,x",
            " /en/",
            "\t/en/",
            "/\t/evil.example",
            "/\n/evil.example",
            "/en/\r\nSet-Cookie: x=y",
            "/en/\u{0}",
            "/en/\u{85}x",
            "?next=/en",
            "#x",
            "@evil.example",
            &long,
        ] {
            assert_eq!(own_path(path), None, "{path:?}");
        }
    }

    #[test]
    fn whatever_passes_is_a_header_that_stays_here() {
        let alphabet = ['/', '\\', '?', '#', ':', '@', '.', 'a', '\t', '%', '\u{e9}', ' '];
        let mut texts = vec![String::new()];
        for _ in 0..4 {
            let longer: Vec<String> =
                texts.iter().flat_map(|text| alphabet.map(|sign| format!("{text}{sign}"))).collect();
            texts.extend(longer);
        }
        for text in texts {
            let Some(path) = own_path(&text) else { continue };
            assert!(path.starts_with('/') && !path.starts_with("//"), "{text:?}");
            assert!(path.bytes().all(|byte| (0x21..=0x7e).contains(&byte) && byte != b'\\'), "{text:?}");
            assert_eq!(own_path(&path).unwrap(), path, "{text:?}");
        }
    }
}
