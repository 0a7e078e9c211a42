//! The directory of a zip archive, read without unpacking anything.
//!
//! Tricks with archives are tricks with places: entries that lie over each other, something before the first or behind
//! the directory, sizes that no file holds. Here an archive has to begin with its first entry and end with its
//! directory, and the entries have to lie behind each other.

use super::{Sample, Unfit};

/// The largest directory that is read, in bytes.
pub const MAX_DIRECTORY: usize = 1024 * 1024;
/// The most entries.
const MAX_ENTRIES: u16 = 2_000;
/// The longest name of an entry, in bytes.
const MAX_NAME: usize = 200;
/// The most that all entries may say they unpack to, in bytes.
const MAX_UNPACKED: u64 = 300 * 1024 * 1024;
/// How many times as large an entry may become. Tables of equal cells come near to 100.
const MAX_RATIO: u64 = 250;
/// Entries below this size may have any ratio.
const SMALL: u64 = 1024 * 1024;

/// One entry, as the directory has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Path within the archive.
    pub name: String,
    packed: u64,
    unpacked: u64,
    at: u64,
}

fn le16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn le32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// Where the directory lies and how many entries it has.
struct Directory {
    at: u64,
    size: usize,
    entries: u16,
}

/// The entries of an archive that is built as archives are.
///
/// # Errors
/// [`Unfit::Content`] if it is no archive, [`Unfit::Bomb`] if it says to unpack to too much, [`Unfit::Damaged`] otherwise.
pub(super) fn entries(sample: Sample<'_>) -> Result<Vec<Entry>, Unfit> {
    if !sample.head.starts_with(b"PK\x03\x04") {
        return Err(Unfit::Content);
    }
    let directory = directory(sample).ok_or(Unfit::Damaged)?;
    let before = sample.size - sample.tail.len() as u64;
    let start = directory.at.checked_sub(before).and_then(|start| usize::try_from(start).ok()).ok_or(Unfit::Damaged)?;
    let bytes = sample.tail.get(start..start.saturating_add(directory.size)).ok_or(Unfit::Damaged)?;
    let mut entries = Vec::with_capacity(usize::from(directory.entries));
    let mut at = 0;
    for _ in 0..directory.entries {
        let (entry, length) = entry(&bytes[at..]).ok_or(Unfit::Damaged)?;
        entries.push(entry);
        at += length;
    }
    if at != bytes.len() {
        return Err(Unfit::Damaged);
    }
    in_their_places(&entries, directory.at)?;
    no_bomb(&entries)?;
    Ok(entries)
}

/// The record at the very end of the file says where the directory is: right before it.
fn directory(sample: Sample<'_>) -> Option<Directory> {
    let tail = sample.tail;
    let comment = usize::from(u16::MAX).min(tail.len().checked_sub(22)?);
    let end = (0..=comment).map(|comment| tail.len() - 22 - comment).find(|end| {
        tail[*end..].starts_with(b"PK\x05\x06") && le16(tail, end + 20).map(usize::from) == Some(tail.len() - 22 - end)
    })?;
    let entries = le16(tail, end + 10)?;
    // One disk, and all of it here.
    let whole = le32(tail, end + 4)? == 0 && le16(tail, end + 8)? == entries;
    let (size, at) = (usize::try_from(le32(tail, end + 12)?).ok()?, u64::from(le32(tail, end + 16)?));
    let place = sample.size - (tail.len() - end) as u64;
    let fits = (1..=MAX_ENTRIES).contains(&entries) && size <= MAX_DIRECTORY && at + size as u64 == place;
    (whole && fits).then_some(Directory { at, size, entries })
}

/// The first entry of a part of the directory, and how long its record is.
fn entry(bytes: &[u8]) -> Option<(Entry, usize)> {
    if !bytes.starts_with(b"PK\x01\x02") {
        return None;
    }
    let (flags, method) = (le16(bytes, 8)?, le16(bytes, 10)?);
    let (packed, unpacked) = (u64::from(le32(bytes, 20)?), u64::from(le32(bytes, 24)?));
    let (name, extra, comment) = (le16(bytes, 28)?, le16(bytes, 30)?, le16(bytes, 32)?);
    let (name, rest) = (usize::from(name), usize::from(extra) + usize::from(comment));
    let at = u64::from(le32(bytes, 42)?);
    let text = std::str::from_utf8(bytes.get(46..46 + name)?).ok()?;
    // Nothing locked, nothing but stored and deflated, nothing larger than 32 bits can say.
    let plain = flags & 1 == 0 && (method == 8 || (method == 0 && packed == unpacked));
    let small = ![packed, unpacked, at].contains(&u64::from(u32::MAX));
    let length = 46 + name + rest;
    let sound = plain && small && is_sound(text) && bytes.len() >= length;
    sound.then(|| (Entry { name: text.to_owned(), packed, unpacked, at }, length))
}

/// A path that stays within the archive.
fn is_sound(name: &str) -> bool {
    (1..=MAX_NAME).contains(&name.len())
        && !name.starts_with('/')
        && !name.contains(['\\', ':'])
        && !name.chars().any(char::is_control)
        && !name.split('/').any(|part| part == ".." || part == ".")
}

/// Each entry begins behind the one before, the first at the very beginning, and none has another's name.
fn in_their_places(entries: &[Entry], directory: u64) -> Result<(), Unfit> {
    let mut places: Vec<(u64, u64)> =
        entries.iter().map(|entry| (entry.at, 30 + entry.name.len() as u64 + entry.packed)).collect();
    places.sort_unstable();
    let ends = places.iter().map(|(at, length)| at + length);
    let next = places.iter().skip(1).map(|(at, _)| *at).chain([directory]);
    let apart = ends.zip(next).all(|(end, next)| end <= next);
    let mut names: Vec<String> = entries.iter().map(|entry| entry.name.to_lowercase()).collect();
    names.sort_unstable();
    let once = names.windows(2).all(|pair| pair[0] != pair[1]);
    let first = places.first().map(|(at, _)| *at) == Some(0);
    if apart && once && first { Ok(()) } else { Err(Unfit::Damaged) }
}

fn no_bomb(entries: &[Entry]) -> Result<(), Unfit> {
    let total: u64 = entries.iter().map(|entry| entry.unpacked).sum();
    let swells = |entry: &Entry| entry.unpacked > SMALL && entry.unpacked / entry.packed.max(1) > MAX_RATIO;
    if total > MAX_UNPACKED || entries.iter().any(swells) { Err(Unfit::Bomb) } else { Ok(()) }
}
