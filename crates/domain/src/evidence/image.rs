//! Pictures: how large they are, read from their headers. A small file can claim a picture that no machine can hold.

use super::Unfit;

/// The most points of a picture.
const MAX_PIXELS: u64 = 100_000_000;

fn size(width: u32, height: u32) -> Result<(), Unfit> {
    match u64::from(width) * u64::from(height) {
        0 => Err(Unfit::Content),
        1..=MAX_PIXELS => Ok(()),
        _ => Err(Unfit::Pixels),
    }
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

/// A PNG begins with its signature and the header chunk, which holds width and height.
pub(super) fn png(head: &[u8]) -> Result<(), Unfit> {
    let begins =
        head.starts_with(b"\x89PNG\r\n\x1a\n") && be32(head, 8) == Some(13) && head.get(12..16) == Some(b"IHDR");
    match (begins, be32(head, 16), be32(head, 20)) {
        (true, Some(width), Some(height)) => size(width, height),
        _ => Err(Unfit::Content),
    }
}

/// A JPEG is a row of segments, each with its length; the one that starts the frame holds height and width.
pub(super) fn jpeg(head: &[u8]) -> Result<(), Unfit> {
    if !head.starts_with(b"\xff\xd8\xff") {
        return Err(Unfit::Content);
    }
    let mut at = 2;
    loop {
        let (Some(0xff), Some(&marker)) = (head.get(at).copied(), head.get(at + 1)) else { return Err(Unfit::Content) };
        match marker {
            // Filling.
            0xff => at += 1,
            // Segments without a length.
            0x01 | 0xd0..=0xd8 => at += 2,
            // The picture's data or its end, before anything said how large it is.
            0x00 | 0xd9 | 0xda => return Err(Unfit::Content),
            // The frame; the three between are tables.
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                let (height, width) = (be16(head, at + 5), be16(head, at + 7));
                let (Some(height), Some(width)) = (height, width) else { return Err(Unfit::Content) };
                return size(width.into(), height.into());
            }
            _ => match be16(head, at + 2) {
                Some(length @ 2..) => at += 2 + usize::from(length),
                _ => return Err(Unfit::Content),
            },
        }
    }
}
