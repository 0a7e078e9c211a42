use std::io::BufReader;

use super::*;

fn all(bytes: &[u8], text: Text, capacity: usize) -> Result<String, Refused> {
    let mut input = BufReader::with_capacity(capacity, bytes);
    let mut out = String::new();
    let mut utf8 = Utf8::new(&mut input, text, "text", usize::MAX);
    utf8.read_to_string(&mut out).map_err(|error| refusal(&error))?;
    Ok(out)
}

fn utf16(text: &str, little: bool, mark: bool) -> Vec<u8> {
    let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
    units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

#[test]
fn every_encoding_gives_the_same_text() {
    let text = "id,name\n1,\"Müller – 😀 €\"\n";
    let mut marked = vec![0xEF, 0xBB, 0xBF];
    marked.extend_from_slice(text.as_bytes());
    for capacity in [1, 2, 3, 5, 4096] {
        for bytes in [
            text.as_bytes().to_vec(),
            marked.clone(),
            utf16(text, true, true),
            utf16(text, false, true),
            utf16(text, true, false),
            utf16(text, false, false),
        ] {
            assert_eq!(all(&bytes, Text::Table, capacity).as_deref(), Ok(text));
        }
        assert_eq!(all(b"a;M\xFCller \x80\n", Text::Table, capacity).as_deref(), Ok("a;Müller €\n"));
    }
}

#[test]
fn xml_is_what_it_says() {
    let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>M\xFCller</a>";
    assert!(all(latin, Text::Xml, 7).unwrap().contains("Müller"));
    let other = b"<?xml version='1.0' encoding='Shift_JIS'?><a/>";
    assert!(all(other, Text::Xml, 7).unwrap_err().to_string().contains("shift_jis"));
    assert!(matches!(all(b"<a>M\xFCller</a>", Text::Xml, 7), Err(Refused::Encoding { .. })));
    assert!(matches!(all(b"<a>M\xC3", Text::Xml, 7), Err(Refused::Truncated { .. })));
}

#[test]
fn what_is_no_text_is_refused() {
    assert_eq!(all(b"", Text::Table, 7), Err(Refused::Empty));
    assert_eq!(all(b"\xEF\xBB\xBF", Text::Table, 7), Err(Refused::Empty));
    assert!(matches!(all(b"PK\x03\x04....", Text::Table, 7), Err(Refused::OtherFormat { .. })));
    assert!(matches!(all(b"abc\n\0def", Text::Table, 7), Err(Refused::Encoding { .. })));
    assert!(matches!(all(b"abc\n\x81def", Text::Table, 7), Err(Refused::Encoding { .. })));
    let mut cut = utf16("abc", true, true);
    cut.pop();
    assert!(matches!(all(&cut, Text::Table, 7), Err(Refused::Truncated { .. })));
}
