//! Every format is read as it is published, and everything that is wrong is refused or written down.

#[path = "lists/support.rs"]
mod support;

use std::fmt::Write as _;
use std::io::{BufReader, Cursor, Read as _};

use screening::list::{self, Format, Refused};
use support::{GOOD, Read, fixture, read, read_set, set};

/// One line for each fact, so that a change is seen where it is.
fn shown(read: &Read) -> String {
    let mut out = serde_json::to_string_pretty(&read.summary).expect("a summary is JSON");
    for entry in &read.entries {
        write!(out, "\n{}", serde_json::to_string_pretty(entry).expect("an entry is JSON")).expect("it is a string");
    }
    for company in &read.companies {
        write!(out, "\n{}", serde_json::to_string_pretty(company).expect("a company is JSON")).expect("it is a string");
    }
    out
}

#[test]
fn good_files_are_recognised_and_read() {
    for (name, format) in GOOD {
        let bytes = fixture(name);
        assert_eq!(list::detect(&bytes, name), Some(format), "{name}");
        let read = read(format, &bytes[..]).unwrap_or_else(|refused| panic!("{name}: {refused}"));
        insta::assert_snapshot!(name.replace('/', "-"), shown(&read));
    }
}

#[test]
fn the_files_of_a_set_complete_each_other() {
    for name in support::SET {
        assert_eq!(list::detect(&fixture(&format!("ofac/{name}")), name), Some(Format::SdnCsv), "{name}");
    }
    insta::assert_snapshot!("ofac-set", shown(&read_set(&set()).expect("the set is good")));
}

#[test]
fn the_template_is_a_good_list() {
    assert_eq!(list::detect(list::OWN_TEMPLATE.as_bytes(), "template.csv"), Some(Format::Own));
    let read = read(Format::Own, list::OWN_TEMPLATE.as_bytes()).expect("the template is good");
    assert_eq!(read.summary.deviations, []);
    insta::assert_snapshot!("template", shown(&read));
    let headings: Vec<&str> = list::OWN_TEMPLATE.lines().next().expect("it has headings").split(',').collect();
    assert_eq!(headings, list::OWN_COLUMNS.map(|(column, _)| column));
}

#[test]
fn broken_files_are_refused_in_plain_words() {
    let mut out = String::new();
    for (name, format) in [
        ("bomb.xml", Format::Un),
        ("unknown-entity.xml", Format::Un),
        ("un-cut.xml", Format::Un),
        ("un-latin.xml", Format::Un),
        ("mismatched.xml", Format::Un),
        ("two-lists.xml", Format::Un),
        ("../eu.xml", Format::Un),
        ("error-page.html", Format::Un),
        ("error-page.html", Format::UsCsl),
        ("error-page.html", Format::Ftm),
        ("own.zip", Format::Own),
        ("empty.csv", Format::Own),
        ("empty.csv", Format::Eu),
        ("own-headings-only.csv", Format::Own),
        ("csl-renamed-column.csv", Format::UsCsl),
        ("sdn-cut.csv", Format::SdnCsv),
        ("../us-csl.csv", Format::SdnCsv),
        ("sdn-record-missing.xml", Format::SdnXml),
        ("uk-open-quote.csv", Format::Uk),
        ("ftm-cut.json", Format::Ftm),
        ("ftm-damaged.json", Format::Ftm),
        ("../own.csv", Format::Ftm),
        ("../lei.xml", Format::LeiCdf),
    ] {
        let bytes = fixture(&format!("broken/{name}"));
        let refused = list::read(format, &mut &bytes[..], &mut |_| {}).expect_err(name);
        writeln!(out, "{name} as {}: {refused}", format.code()).expect("it is a string");
    }
    insta::assert_snapshot!("refused", out);
}

#[test]
fn what_is_no_list_is_not_recognised() {
    for name in ["error-page.html", "own.zip", "empty.csv", "csl-renamed-column.csv"] {
        assert_eq!(list::detect(&fixture(&format!("broken/{name}")), name), None, "{name}");
    }
    for text in
        ["section,hscode,description\nI,01,Animals\n", "<sdn/>", "{\"a\": 1}\n", "a\n", "<", "<!--", "<!-- > -->"]
    {
        assert_eq!(list::detect(text.as_bytes(), "SDN.CSV"), None, "{text}");
    }
}

/// XML cut at any byte is refused.
#[test]
fn cut_xml_is_refused_wherever_it_is_cut() {
    for (name, format) in GOOD.into_iter().filter(|(name, _)| name.ends_with(".xml")) {
        let bytes = fixture(name);
        let whole = bytes.trim_ascii_end().len();
        for end in 0..whole {
            assert!(read(format, &bytes[..end]).is_err(), "{name} cut at {end} of {whole}");
        }
        assert!(read(format, &bytes[..whole]).is_ok(), "{name}");
    }
}

/// Tables and lines cut at any byte are refused, unless the cut falls between two rows or within the last field of one:
/// then everything before the last row is still right.
#[test]
fn cut_tables_never_tell_anything_wrong_but_in_the_last_field() {
    for (name, format) in GOOD.into_iter().filter(|(name, _)| !name.ends_with(".xml")) {
        let bytes = fixture(name);
        let whole = read(format, &bytes[..]).expect("it is good");
        let mut accepted = 0;
        for end in 0..bytes.len() {
            let Ok(cut) = read(format, &bytes[..end]) else { continue };
            accepted += 1;
            // The rows of the UK's list belong together, a cut list has fewer names for somebody.
            if format == Format::Uk {
                continue;
            }
            let sure = cut.entries.len() - 1;
            assert!(whole.entries[..sure] == cut.entries[..sure], "{name} cut at {end}");
            assert!(cut.entries[sure].id == whole.entries[sure].id, "{name} cut at {end}");
        }
        assert!(accepted * 10 < bytes.len() * 3, "{name}: {accepted} of {} cuts were not seen", bytes.len());
    }
}

#[test]
fn every_encoding_tells_the_same() {
    for (name, format) in GOOD {
        let bytes = fixture(name);
        let Ok(text) = String::from_utf8(bytes.clone()) else { continue };
        let whole = read(format, &bytes[..]).expect("it is good");
        let marked = [&[0xEF, 0xBB, 0xBF], &bytes[..]].concat();
        let little: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect();
        for other in [marked, little, big] {
            assert_eq!(list::detect(&other, name), Some(format), "{name}");
            assert!(read(format, &other[..]).as_ref() == Ok(&whole), "{name}");
        }
    }
}

#[test]
fn it_does_not_matter_how_the_bytes_come() {
    for (name, format) in GOOD {
        let bytes = fixture(name);
        let whole = read(format, &bytes[..]).expect("it is good");
        for capacity in [1, 7, 100] {
            let piecewise = read(format, BufReader::with_capacity(capacity, &bytes[..]));
            assert!(piecewise.as_ref() == Ok(&whole), "{name} by {capacity}");
        }
    }
}

#[test]
fn a_disk_that_fails_refuses_the_file() {
    struct Failing;
    impl std::io::Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }
    for (name, format) in GOOD {
        let bytes = fixture(name);
        let input = BufReader::new(Cursor::new(bytes[..bytes.len() / 2].to_vec()).chain(Failing));
        assert!(matches!(read(format, input), Err(Refused::Io(what)) if what.contains("the disk is gone")), "{name}");
    }
}

/// Nothing grows without limit, and no file is read to its end to find that out.
#[test]
fn what_never_ends_is_refused() {
    let endless = |start: &str, again: &'static str| {
        Cursor::new(start.to_string().into_bytes()).chain(BufReader::new(Endless(again.as_bytes(), 0)))
    };
    for (format, start, again) in [
        (Format::Un, "<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><FIRST_NAME>", "a"),
        (Format::Un, "<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL>", "<A/>"),
        (Format::Un, "<CONSOLIDATED_LIST a='", "a"),
        (Format::Un, "<CONSOLIDATED_LIST><!--", "a"),
        (Format::Un, "", "<CONSOLIDATED_LIST>"),
        (Format::Own, "id,name\n1,\"", "a"),
        (Format::Own, "id,name\n1", ","),
        (Format::Own, "", "a"),
        (Format::SdnCsv, "1,\"", "a"),
        (Format::Ftm, "{\"id\": \"", "a"),
    ] {
        let refused = read(format, endless(start, again)).expect_err("it never ends");
        assert!(matches!(refused, Refused::TooLarge { .. } | Refused::TooDeep { .. }), "{format:?} {start}: {refused}");
    }
}

/// The same bytes again and again.
struct Endless(&'static [u8], usize);

impl std::io::Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        for byte in buffer.iter_mut() {
            *byte = self.0[self.1 % self.0.len()];
            self.1 += 1;
        }
        Ok(buffer.len())
    }
}

#[test]
fn deviations_are_kept_up_to_a_number_and_counted_beyond() {
    let mut text = String::from("id,name,nationalities\n");
    for row in 0..1500 {
        writeln!(text, "{row},Name {row},Freedonia").expect("it is a string");
    }
    let read = read(Format::Own, text.as_bytes()).expect("it is good");
    assert_eq!((read.summary.total(), read.summary.deviating()), (1500, 1500));
    assert_eq!(read.summary.deviations.len(), list::DEVIATIONS_KEPT);
    assert_eq!(read.summary.deviations[7].place, "line 9, record 7, nationalities");
}

#[test]
fn more_records_than_announced_are_a_deviation_and_fewer_a_refusal() {
    let text = String::from_utf8(fixture("sdn.xml")).expect("it is UTF-8");
    let with = |count: &str| {
        let text = text.replace("<Record_Count>2<", &format!("<Record_Count>{count}<"));
        read(Format::SdnXml, text.as_bytes()).map(|read| read.summary.deviations)
    };
    assert!(matches!(with("3"), Err(Refused::Truncated { .. })));
    let deviations = with("1").expect("it is only odd");
    assert!(deviations.iter().any(|deviation| deviation.place == "end of the file"), "{deviations:?}");
    assert_eq!(with("many").map(|all| all.len()), with("2").map(|all| all.len()));
}

#[test]
fn columns_are_found_wherever_they_stand() {
    let read = |text: &str| read(Format::Own, text.as_bytes()).expect("it is good").entries;
    assert_eq!(read("id,name,kind\n1,Anna Muster,person\n"), read("kind\tname\tid\nperson\tAnna Muster\t1\n"));
    assert_eq!(read("id,name,kind\n1,Anna Muster,person\n"), read("\"ID\" ; \"Name\";Kind\r\n1;Anna Muster;person"));
}

#[test]
fn codes_of_countries_may_be_written_small_in_an_own_list() {
    let read = read(Format::Own, "id,name,nationalities\n1,Anna Muster,de|no|Norway\n".as_bytes()).expect("it is good");
    let codes: Vec<&str> = read.entries[0].countries.iter().map(|place| place.country.code()).collect();
    assert_eq!((codes, read.summary.deviations), (vec!["DE", "NO"], vec![]));
}

#[test]
fn a_set_needs_its_records_and_only_its_own_files() {
    let read = |names: &[&str]| {
        let mut inputs: Vec<Cursor<Vec<u8>>> = names.iter().map(|_| Cursor::new(fixture("ofac/SDN.CSV"))).collect();
        let mut files: Vec<list::File<'_>> =
            inputs.iter_mut().zip(names).map(|(content, name)| list::File { name: (*name).into(), content }).collect();
        list::read_sdn(&mut files, &mut |_| {}).map(|summary| summary.total()).map_err(|refused| refused.to_string())
    };
    assert_eq!(read(&["2026-11-20 sdn.csv"]), Ok(5));
    assert_eq!(read(&["downloads/CONS_PRIM.CSV"]), Ok(5));
    assert!(read(&["alt.csv"]).expect_err("no records").contains("SDN.CSV, is missing"));
    assert!(read(&["sdn.csv", "cons_prim.csv"]).expect_err("two").contains("two files of records"));
    assert!(read(&["sdn.csv", "notes.csv"]).expect_err("a stranger").contains("notes.csv is none of the set"));
    assert!(read(&[]).is_err());
    let mut cut = set();
    cut[1].truncate(40);
    let refused = read_set(&cut).expect_err("it is cut").to_string();
    assert!(refused.contains("ALT.CSV, line 2"), "{refused}");
}

#[test]
fn formats_have_codes_and_words() {
    for format in Format::ALL {
        assert_eq!(Format::from_code(format.code()), Some(format));
        assert_eq!(serde_json::to_value(format).expect("it is JSON"), format.code());
        assert!(!format.label().is_empty() && !format.recognised_by().is_empty());
    }
    assert_eq!(Format::from_code("x"), None);
}
