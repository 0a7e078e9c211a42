//! The bytes of a document: that it is tagged, speaks a language, has a title, and that every letter can be read out of it.

use std::{collections::BTreeMap, io::Read as _};

use super::*;

const AT: Timestamp = Timestamp(1_795_444_200_000_000);

fn document(blocks: Vec<Block>) -> Document {
    let mut all = vec![Block::Title("Report FR-7K3M-9QTD-X".into())];
    all.extend(blocks);
    Document {
        title: "Report FR-7K3M-9QTD-X".into(),
        lang: "en",
        author: "Forerunner".into(),
        at: AT,
        head: ("Forerunner".into(), "FR-7K3M-9QTD-X, version 2".into()),
        foot: ("5a5a5a".into(), "Page {n} of {of}".into()),
        blocks: all,
    }
}

/// The file with everything in it that was packed, packed and unpacked.
fn unpacked(file: &[u8]) -> Vec<u8> {
    let mut whole = file.to_vec();
    let mut rest = file;
    while let Some(at) = find(rest, b"stream\n") {
        rest = &rest[at + b"stream\n".len()..];
        let mut inside = Vec::new();
        if flate2::read::ZlibDecoder::new(rest).read_to_end(&mut inside).is_ok() {
            whole.extend(inside);
            whole.push(b'\n');
        }
    }
    whole
}

fn find(within: &[u8], wanted: &[u8]) -> Option<usize> {
    within.windows(wanted.len()).position(|window| window == wanted)
}

fn holds(file: &[u8], wanted: &str) -> bool {
    find(file, wanted.as_bytes()).is_some()
}

/// For each font in the file, which code stands for which letter: what a program reads that copies text.
fn alphabets(unpacked: &[u8]) -> Vec<BTreeMap<String, String>> {
    let text = String::from_utf8_lossy(unpacked).into_owned();
    let tables =
        text.split("begincmap").skip(1).map(|table| table.split("endcmap").next().unwrap_or_default().to_owned());
    tables.map(|table| letters(&table)).collect()
}

fn letters(table: &str) -> BTreeMap<String, String> {
    let mut letters = BTreeMap::new();
    let unicode = |hex: &str| {
        let units = (0..hex.len() / 4).map(|at| u16::from_str_radix(&hex[at * 4..at * 4 + 4], 16).unwrap());
        String::from_utf16(&units.collect::<Vec<_>>()).unwrap()
    };
    for part in table.split("beginbfchar").skip(1) {
        let part = part.split("endbfchar").next().unwrap_or_default();
        let hex: Vec<&str> = part.split(['<', '>']).map(str::trim).filter(|piece| !piece.is_empty()).collect();
        letters.extend(hex.chunks_exact(2).map(|pair| (unicode(pair[1]), pair[0].to_uppercase())));
    }
    for part in table.split("beginbfrange").skip(1) {
        let part = part.split("endbfrange").next().unwrap_or_default();
        let hex: Vec<&str> = part.split(['<', '>']).map(str::trim).filter(|piece| !piece.is_empty()).collect();
        for run in hex.chunks_exact(3) {
            let number = |hex: &str| u32::from_str_radix(hex, 16).unwrap();
            for (step, code) in (number(run[0])..=number(run[1])).enumerate() {
                let letter = char::from_u32(number(run[2]) + u32::try_from(step).unwrap()).unwrap();
                letters.insert(letter.to_string(), format!("{code:04X}"));
            }
        }
    }
    letters
}

/// The texts that pages draw, as codes of their fonts.
fn drawn(unpacked: &[u8]) -> Vec<Vec<u8>> {
    let (mut texts, mut rest) = (Vec::new(), unpacked);
    while let Some(at) = find(rest, b"\nBT ") {
        let end = find(&rest[at..], b"\nET").map_or(rest.len(), |end| at + end);
        texts.extend(strings(&rest[at..end]));
        rest = &rest[end..];
    }
    texts
}

/// The strings between operators, in either way of writing them.
fn strings(content: &[u8]) -> Vec<Vec<u8>> {
    let (mut strings, mut at) = (Vec::new(), 0);
    while at < content.len() {
        let (string, next) = match content[at] {
            b'(' => literal(content, at + 1),
            b'<' => hexadecimal(content, at + 1),
            _ => (Vec::new(), at + 1),
        };
        if !string.is_empty() {
            strings.push(string);
        }
        at = next;
    }
    strings
}

fn literal(content: &[u8], mut at: usize) -> (Vec<u8>, usize) {
    let (mut string, mut depth) = (Vec::new(), 0);
    while at < content.len() {
        match content[at] {
            b')' if depth == 0 => return (string, at + 1),
            b'\\' => {
                let escaped = content[at + 1];
                if escaped.is_ascii_digit() {
                    let octal = std::str::from_utf8(&content[at + 1..at + 4]).unwrap();
                    string.push(u8::from_str_radix(octal, 8).unwrap());
                    at += 2;
                } else {
                    string.push(match escaped {
                        b'n' => b'\n',
                        b'r' => b'\r',
                        b't' => b'\t',
                        b'b' => 8,
                        b'f' => 12,
                        other => other,
                    });
                }
                at += 1;
            }
            byte => {
                depth += i32::from(byte == b'(') - i32::from(byte == b')');
                string.push(byte);
            }
        }
        at += 1;
    }
    (string, at)
}

fn hexadecimal(content: &[u8], at: usize) -> (Vec<u8>, usize) {
    let end = content[at..].iter().position(|byte| *byte == b'>').map_or(content.len(), |end| at + end);
    let digits: Vec<u8> = content[at..end].to_vec();
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    (digits.chunks_exact(2).map_while(byte).collect(), end + 1)
}

/// Whether somebody who copies text out of the file gets this.
fn says(unpacked: &[u8], wanted: &str) -> bool {
    let drawn = drawn(unpacked);
    alphabets(unpacked).iter().any(|letters| {
        let codes: Option<Vec<u8>> = wanted
            .chars()
            .map(|letter| letters.get(&letter.to_string()))
            .map(|code| code.map(|code| hexadecimal(format!("{code}>").as_bytes(), 0).0))
            .collect::<Option<Vec<_>>>()
            .map(|codes| codes.concat());
        codes.is_some_and(|codes| drawn.iter().any(|text| find(text, &codes).is_some()))
    })
}

#[test]
fn a_document_is_tagged_and_says_what_it_is() {
    let blocks = vec![
        Block::Heading("What happened".into()),
        Block::Facts(vec![("Kind".into(), "An order".into()), ("Said".into(), String::new())]),
        Block::Sub("Substance 1".into()),
        Block::Table {
            head: vec!["File".into(), "Size".into()],
            widths: vec![3, 1],
            rows: vec![vec!["order.pdf".into(), "12 kB".into()]],
        },
        Block::Small("Not answered: why".into()),
    ];
    let file = write(&document(blocks)).unwrap();
    assert!(file.starts_with(b"%PDF-1."));
    let whole = unpacked(&file);
    for wanted in [
        "/StructTreeRoot",
        "/MarkInfo",
        "/Lang",
        "/H1",
        "/H2",
        "/H3",
        "/Table",
        "/TH",
        "/TD",
        "/P",
        "/FontFile",
        "/Outlines",
    ] {
        assert!(holds(&whole, wanted), "{wanted}");
    }
    assert!(holds(&whole, "pdfuaid:part"), "it keeps the rules of PDF/UA");
    assert!(holds(&whole, "Report FR-7K3M-9QTD-X"), "its title");
    assert!(file.len() < 200_000, "only the letters that are used are in it: {} bytes", file.len());
}

#[test]
fn three_alphabets_can_be_read_out_of_it() {
    let lines = ["Żółta Grzegorz Brzęczyszczykiewicz", "Щукин и сыновья", "Ελληνικά διυλιστήρια", "20 % – 3 × 200 l"];
    let facts = lines.iter().map(|line| ("Name".to_owned(), (*line).to_owned())).collect();
    let whole = unpacked(&write(&document(vec![Block::Facts(facts)])).unwrap());
    for line in lines {
        assert!(says(&whole, line), "{line}");
    }
    assert!(says(&whole, "Page 1 of 1") && says(&whole, "FR-7K3M-9QTD-X, version 2"));
    assert!(!says(&whole, "Something else"));
}

#[test]
fn letters_that_no_font_has_are_seen_by_number_and_said_as_themselves() {
    let whole = unpacked(&write(&document(vec![Block::Text("Buyer: 王芳\u{7}".into())])).unwrap());
    assert!(says(&whole, "Buyer: [U+738B][U+82B3][U+0007]"));
    let actual: Vec<u8> = "王芳".encode_utf16().flat_map(u16::to_be_bytes).collect();
    let hex: String = actual.iter().map(|byte| format!("{byte:02X}")).collect();
    let upper = String::from_utf8_lossy(&whole).to_uppercase();
    assert!(find(&whole, &actual).is_some() || upper.contains(&hex), "the line carries what it says");
}

#[test]
fn a_long_answer_goes_over_pages_and_nothing_of_it_is_lost() {
    let story: String = (0..2_000).map(|n| format!("word{n} ")).collect();
    let long = document(vec![Block::Heading("Story".into()), Block::Facts(vec![("Story".into(), story)])]);
    let laid = layout::lay_out(&long);
    assert!(laid.pages.len() > 2, "{} pages", laid.pages.len());
    let said: String = laid
        .pages
        .iter()
        .flat_map(|page| &page.lines)
        .map(|line| line.piece.shown.as_str())
        .collect::<Vec<_>>()
        .concat();
    assert!((0..2_000).all(|n| said.contains(&format!("word{n} "))));
    for page in &laid.pages {
        assert!(page.lines.iter().all(|line| line.y < layout::HEIGHT - layout::MARGIN));
    }
    let whole = unpacked(&write(&long).unwrap());
    assert!(says(&whole, &format!("Page 2 of {}", laid.pages.len())));
}

#[test]
fn whatever_is_typed_makes_a_document() {
    for text in [
        "",
        " ",
        "\n\n\n",
        "\0\u{feff}\u{202e}",
        "\u{10ffff}\u{e000}",
        "e\u{301}\u{301}\u{301}",
        "A\u{200d}B",
        &"W".repeat(5_000),
    ] {
        let blocks = vec![
            Block::Heading(text.into()),
            Block::Text(text.into()),
            Block::Facts(vec![(text.into(), text.into())]),
            Block::Table { head: vec![text.into()], widths: vec![1], rows: vec![vec![text.into()]] },
        ];
        let written = write(&document(blocks));
        assert!(written.is_ok(), "{text:?}: {:?}", written.err());
    }
}
