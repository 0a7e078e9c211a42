//! Small files for the demo's reports: a mail, a page and a picture, made here byte by byte.

use crate::{
    Context, Result,
    error::Refusal,
    evidence::{Arrived, Incoming},
};

/// A file that a story adds.
#[derive(Clone, Copy)]
pub(super) enum Paper {
    /// A mail as it was saved.
    Mail,
    /// An order on paper, scanned.
    Order,
    /// A photograph of a plate, as grey as the morning.
    Photo,
}

/// Takes a file in as if somebody had chosen it.
pub(super) async fn arrived(ctx: &Context, paper: Paper) -> Result<Arrived> {
    let (name, bytes) = match paper {
        Paper::Mail => ("Mail of the buyer.eml", MAIL.as_bytes().to_vec()),
        Paper::Order => ("Order as received.pdf", pdf()),
        Paper::Photo => ("Van at the gate.png", png(320, 200)),
    };
    let mut file = Incoming::begin(ctx, name).await?;
    file.write(&bytes).await?;
    file.finish()
        .await?
        .map_err(|rejected| Refusal::Fault(format!("the demo's file {}: {}", rejected.name, rejected.why)))
}

const MAIL: &str = "From: Mr Lang <silberweg.handel@gmail.com>\r\nTo: sales@meridian-reagents.example\r\n\
    Subject: Drums\r\nDate: Mon, 23 Nov 2026 08:12:00 +0100\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
    Please confirm only how soon. The drums go without your labels.\r\n\r\nLang\r\n";

/// A page with three lines.
fn pdf() -> Vec<u8> {
    let text = "BT /F1 14 Tf 60 760 Td 20 TL (Order Q-2291) Tj T* (Silberweg Handels GmbH) Tj T* \
                (10 drums, plain labels. Payment follows from abroad.) Tj ET";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
         /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
    ];
    let (mut file, mut places) = ("%PDF-1.4\n".to_owned(), String::new());
    for (number, object) in (1..).zip(&objects) {
        places.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let (table, size) = (file.len(), objects.len() + 1);
    file.push_str(&format!("xref\n0 {size}\n0000000000 65535 f \n{places}"));
    file.push_str(&format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"));
    file.into_bytes()
}

/// A picture in shades of grey.
fn png(width: u32, height: u32) -> Vec<u8> {
    let row = |y: u32| std::iter::once(0).chain((0..width).map(move |x| ((x / 2 + y) % 256).to_le_bytes()[0]));
    let points: Vec<u8> = (0..height).flat_map(row).collect();
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let size = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    for (kind, content) in [(b"IHDR", size), (b"IDAT", stored(&points)), (b"IEND", Vec::new())] {
        let told = [&kind[..], &content].concat();
        file.extend(u32::try_from(content.len()).unwrap_or_default().to_be_bytes());
        file.extend(&told);
        file.extend(crc(&told).to_be_bytes());
    }
    file
}

/// Bytes as a zlib stream that packs nothing.
fn stored(bytes: &[u8]) -> Vec<u8> {
    let mut stream = vec![0x78, 0x01];
    let mut blocks = bytes.chunks(usize::from(u16::MAX)).peekable();
    while let Some(block) = blocks.next() {
        let length = u16::try_from(block.len()).unwrap_or_default();
        stream.push(u8::from(blocks.peek().is_none()));
        stream.extend(length.to_le_bytes());
        stream.extend((!length).to_le_bytes());
        stream.extend(block);
    }
    let (a, b) = bytes.iter().fold((1u32, 0u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    stream.extend((b << 16 | a).to_be_bytes());
    stream
}

/// The check value of a PNG's parts (CRC-32).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_values_are_those_of_the_standards() {
        assert_eq!(crc(b"123456789"), 0xcbf4_3926);
        assert!(stored(b"Wikipedia").ends_with(&0x11e6_0398u32.to_be_bytes()));
    }
}
