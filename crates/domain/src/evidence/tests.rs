//! Every trick that a file can play, and that no bytes are too strange to be judged.

use proptest::prelude::*;

use super::*;

fn sample(bytes: &[u8]) -> Sample<'_> {
    let (head, tail) = (bytes.len().min(HEAD), bytes.len().saturating_sub(TAIL));
    Sample { size: bytes.len() as u64, head: &bytes[..head], tail: &bytes[tail..] }
}

fn judged(kind: Kind, bytes: &[u8]) -> Result<(), Unfit> {
    check(kind, sample(bytes))
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend(b"\x08\x02\0\0\0");
    bytes
}

fn jpeg(width: u16, height: u16) -> Vec<u8> {
    // A segment of the program that made it, a table, and the frame.
    let mut bytes = b"\xff\xd8\xff\xe0\0\x04JF\xff\xc4\0\x03T\xff\xff\xc2\0\x0b\x08".to_vec();
    bytes.extend(height.to_be_bytes());
    bytes.extend(width.to_be_bytes());
    bytes.extend(b"\x01\x01\x11\0");
    bytes
}

/// An entry of an archive: name, sizes as told, and how many bytes there really are.
#[derive(Clone)]
struct Part {
    name: &'static str,
    method: u16,
    packed: u32,
    unpacked: u32,
    bytes: usize,
    flags: u16,
    at: Option<u32>,
}

fn part(name: &'static str) -> Part {
    Part { name, method: 8, packed: 10, unpacked: 40, bytes: 10, flags: 0, at: None }
}

fn archive(parts: &[Part]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for part in parts {
        let at = part.at.unwrap_or(u32::try_from(bytes.len()).unwrap());
        let length = u16::try_from(part.name.len()).unwrap();
        let sizes = [part.packed.to_le_bytes(), part.unpacked.to_le_bytes()].concat();
        let common =
            [&part.flags.to_le_bytes()[..], &part.method.to_le_bytes(), &[0; 8], &sizes, &length.to_le_bytes()]
                .concat();
        bytes.extend([b"PK\x03\x04\x14\0", &common[..], &[0; 2], part.name.as_bytes()].concat());
        bytes.extend(vec![b'x'; part.bytes]);
        directory.extend(
            [b"PK\x01\x02\x14\0\x14\0", &common[..], &[0; 12], &at.to_le_bytes(), part.name.as_bytes()].concat(),
        );
    }
    let (at, size) = (u32::try_from(bytes.len()).unwrap(), u32::try_from(directory.len()).unwrap());
    let count = u16::try_from(parts.len()).unwrap().to_le_bytes();
    bytes.extend(directory);
    bytes.extend([b"PK\x05\x06\0\0\0\0", &count[..], &count, &size.to_le_bytes(), &at.to_le_bytes(), &[0; 2]].concat());
    bytes
}

fn table(more: &[Part]) -> Vec<u8> {
    archive(&[&[part("[Content_Types].xml"), part("xl/workbook.xml")], more].concat())
}

#[test]
fn what_is_what_it_says_is_taken() {
    let document = archive(&[part("[Content_Types].xml"), part("word/document.xml"), part("word/media/image1.png")]);
    for (kind, bytes) in [
        (Kind::Pdf, b"%PDF-1.7\n".to_vec()),
        (Kind::Png, png(10_000, 10_000)),
        (Kind::Jpeg, jpeg(4_000, 3_000)),
        (Kind::Text, "Wörter, 中文\r\n".into()),
        (Kind::Text, b"caf\xe9 of an older program".to_vec()),
        (Kind::Csv, b"\xef\xbb\xbfname;amount\n".to_vec()),
        (Kind::Mail, b"Received: from x\r\nSubject: y\r\n\r\n<html>the mail itself</html>".to_vec()),
        (Kind::Mail, b"From a@x.example Mon Nov 23\nTo: b\n".to_vec()),
        (Kind::Xlsx, table(&[part("xl/printerSettings/printerSettings1.bin")])),
        (Kind::Docx, document),
    ] {
        assert_eq!(judged(kind, &bytes), Ok(()), "{kind:?}");
    }
}

#[test]
fn the_last_ending_counts() {
    for (name, kind) in [
        ("order.PDF", Some(Kind::Pdf)),
        ("photo.Jpg", Some(Kind::Jpeg)),
        ("photo.jpeg", Some(Kind::Jpeg)),
        ("invoice.exe.pdf", Some(Kind::Pdf)),
        ("invoice.pdf.exe", None),
        ("drawing.svg", None),
        ("page.html", None),
        ("macro.xlsm", None),
        ("pdf", None),
        ("order.pdf.", None),
        ("", None),
    ] {
        assert_eq!(Kind::of_name(name), kind, "{name}");
    }
    for kind in Kind::ALL {
        assert!(ACCEPT.contains(&format!(".{}", kind.code())), "{kind:?}");
    }
}

#[test]
fn what_is_something_else_is_refused() {
    let sheet = table(&[]);
    for (kind, bytes, unfit) in [
        (Kind::Pdf, b"MZ\x90\0".to_vec(), Unfit::Content),
        (Kind::Pdf, b"junk %PDF-1.7".to_vec(), Unfit::Content),
        (Kind::Png, jpeg(1, 1), Unfit::Content),
        (Kind::Jpeg, png(1, 1), Unfit::Content),
        (Kind::Png, b"\x89PNG\r\n\x1a\n".to_vec(), Unfit::Content),
        (Kind::Jpeg, b"\xff\xd8\xff\xda\0\x02".to_vec(), Unfit::Content),
        (Kind::Jpeg, b"\xff\xd8\xff\xe0\0\0".to_vec(), Unfit::Content),
        (Kind::Png, png(0, 5), Unfit::Content),
        (Kind::Png, png(10_001, 10_000), Unfit::Pixels),
        (Kind::Png, png(u32::MAX, u32::MAX), Unfit::Pixels),
        (Kind::Jpeg, jpeg(u16::MAX, u16::MAX), Unfit::Pixels),
        (Kind::Text, b"a\0b".to_vec(), Unfit::NotText),
        (Kind::Csv, b"PK\x03\x04".to_vec(), Unfit::NotText),
        (Kind::Text, b"%PDF-1.7".to_vec(), Unfit::Content),
        (Kind::Text, b"  <SVG onload=alert(1)>".to_vec(), Unfit::Markup),
        (Kind::Csv, b"\xef\xbb\xbf<!DOCTYPE html>".to_vec(), Unfit::Markup),
        (Kind::Mail, b"<html>".to_vec(), Unfit::Markup),
        (Kind::Mail, b"Dear all,\nnothing here is a header".to_vec(), Unfit::Content),
        (Kind::Docx, sheet.clone(), Unfit::Content),
        (Kind::Xlsx, b"%PDF-1.7".to_vec(), Unfit::Content),
        (Kind::Xlsx, b"PK\x03\x04".to_vec(), Unfit::Damaged),
        (Kind::Xlsx, archive(&[part("xl/workbook.xml")]), Unfit::Content),
    ] {
        assert_eq!(judged(kind, &bytes), Err(unfit), "{kind:?} {:?}", String::from_utf8_lossy(&bytes));
    }
    for kind in Kind::ALL {
        assert_eq!(judged(*kind, b""), Err(Unfit::Empty), "{kind:?}");
        let large = Sample { size: MAX_FILE + 1, head: b"%PDF-1.7", tail: b"" };
        assert_eq!(check(*kind, large), Err(Unfit::TooLarge), "{kind:?}");
    }
}

#[test]
fn archives_play_no_tricks() {
    let other = |change: fn(&mut Part)| {
        let mut odd = part("xl/odd.xml");
        change(&mut odd);
        table(&[odd])
    };
    for (what, bytes, unfit) in [
        ("unpacks to gigabytes", other(|odd| odd.unpacked = 4_000_000_000), Unfit::Bomb),
        ("swells", other(|odd| odd.unpacked = 200 << 20), Unfit::Bomb),
        ("claims more than the file holds", other(|odd| odd.packed = 1 << 20), Unfit::Damaged),
        ("lies over another", other(|odd| odd.at = Some(0)), Unfit::Damaged),
        ("lies beyond the end", other(|odd| odd.at = Some(1 << 30)), Unfit::Damaged),
        ("says its size in 64 bits", other(|odd| odd.unpacked = u32::MAX), Unfit::Damaged),
        ("is locked", other(|odd| odd.flags = 1), Unfit::Damaged),
        ("is packed in a rare way", other(|odd| odd.method = 14), Unfit::Damaged),
        ("is stored and changes its size", other(|odd| odd.method = 0), Unfit::Damaged),
        ("climbs out", other(|odd| odd.name = "../../etc/passwd"), Unfit::Damaged),
        ("is absolute", other(|odd| odd.name = "/etc/passwd"), Unfit::Damaged),
        ("is a path of another system", other(|odd| odd.name = "xl\\odd.xml"), Unfit::Damaged),
        ("has no name", other(|odd| odd.name = ""), Unfit::Damaged),
        ("is there twice", other(|odd| odd.name = "XL/workbook.xml"), Unfit::Damaged),
        ("is an archive", other(|odd| odd.name = "xl/more.ZIP"), Unfit::Nested),
        ("is a document", other(|odd| odd.name = "word/embeddings/oleObject1.bin"), Unfit::Nested),
        ("is a macro", other(|odd| odd.name = "xl/vbaProject.bin"), Unfit::Macros),
        ("has something behind it", [table(&[]), b"more".to_vec()].concat(), Unfit::Damaged),
        ("has something before it", [b"PK\x03\x04".to_vec(), table(&[])].concat(), Unfit::Damaged),
        ("is cut off", table(&[])[..60].to_vec(), Unfit::Damaged),
        ("has too many entries", archive(&vec![part("a"); 2_001]), Unfit::Damaged),
    ] {
        assert_eq!(judged(Kind::Xlsx, &bytes), Err(unfit), "an entry or archive that {what}");
    }
}

#[test]
fn names_are_shown_without_their_tricks() {
    for (original, shown) in [
        ("order.pdf", "order.pdf"),
        ("C:\\Users\\ana\\order.pdf", "order.pdf"),
        ("../../etc/order.pdf", "order.pdf"),
        ("invoice\u{202e}fdp.exe", "invoicefdp.exe"),
        ("a\u{200b}b\u{2066}c\u{feff}.txt", "abc.txt"),
        ("two\r\nlines.txt", "two lines.txt"),
        ("nul\0.txt", "nul.txt"),
        ("  order  of   May .pdf . ", "order of May .pdf"),
        ("Rechnung für Zoë 中文.pdf", "Rechnung für Zoë 中文.pdf"),
        ("", "file"),
        ("...", "file"),
        ("\u{202e}", "file"),
    ] {
        assert_eq!(shown_name(original), shown, "{original:?}");
    }
    let long = shown_name(&format!("{}.pdf", "ä".repeat(500)));
    assert_eq!((long.chars().count(), Kind::of_name(&long)), (120, Some(Kind::Pdf)));
}

#[test]
fn names_are_offered_whole() {
    assert_eq!(content_disposition("order 1.pdf"), "attachment; filename=\"order 1.pdf\"");
    assert_eq!(
        content_disposition("a\"b;é.pdf"),
        "attachment; filename=\"a_b__.pdf\"; filename*=UTF-8''a%22b%3B%C3%A9.pdf"
    );
}

proptest! {
    #[test]
    fn no_bytes_are_too_strange(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        for kind in Kind::ALL {
            let _ = judged(*kind, &bytes);
        }
    }

    #[test]
    fn a_changed_archive_or_picture_gets_an_answer(at in 0usize..400, byte: u8, cut in 0usize..400) {
        for (kind, mut bytes) in [(Kind::Xlsx, table(&[part("xl/a.xml")])), (Kind::Jpeg, jpeg(9, 9)), (Kind::Png, png(9, 9))] {
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
            let _ = judged(kind, &bytes);
            bytes.truncate(cut);
            let _ = judged(kind, &bytes);
        }
    }

    #[test]
    fn every_name_can_be_shown_and_offered(original in "\\PC*|.*") {
        let shown = shown_name(&original);
        prop_assert!(!shown.is_empty() && shown.chars().count() <= 120);
        let tricks = ['/', '\\', '\0', '\n', '\u{202e}'];
        prop_assert!(!shown.contains(tricks));
        prop_assert_eq!(shown_name(&shown), shown.clone(), "a shown name stays as it is");
        let offered = content_disposition(&shown);
        prop_assert!(offered.bytes().all(|byte| (0x20..0x7f).contains(&byte)));
    }
}
