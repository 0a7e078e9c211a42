//! Bytes into UTF-8, as a stream, with the line one is at and a limit on how much may come without a break.
//!
//! UTF-8 and UTF-16 are known by their mark, or by the first sign being one of two bytes. Tables are often written in
//! Windows-1252: there, bytes that are no UTF-8 are read as that. XML says what it is in its first line.

use std::io::{self, BufRead, Read};

use super::log::{Log, line};
use super::{Refused, detect};

/// So much is looked at before the encoding is chosen.
const PEEK: usize = 256;
/// So much is taken at a time.
const CHUNK: usize = 64 * 1024;

/// The signs of Windows-1252 from 0x80 to 0x9F; the rest is as in Unicode. Five are not given.
const WINDOWS_1252: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”', '•',
    '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf16 { little: bool },
    Windows1252,
}

/// What a reader of text wants.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Text {
    /// A table: what is no UTF-8 is Windows-1252.
    Table,
    /// XML: what it says itself.
    Xml,
    /// JSON: UTF-8, nothing else.
    Json,
}

/// A stream of UTF-8.
pub(super) struct Utf8<'a> {
    input: &'a mut dyn BufRead,
    text: Text,
    expected: &'static str,
    encoding: Option<Encoding>,
    raw: Vec<u8>,
    out: Vec<u8>,
    position: usize,
    ended: bool,
    begun: bool,
    line: u64,
    since_break: usize,
    limit: usize,
    strays: u64,
    first_stray: u64,
}

impl<'a> Utf8<'a> {
    /// `expected` is the label of the format, for the refusal of something else; at most `limit` bytes may come without
    /// a call of [`rest`](Self::rest).
    pub fn new(input: &'a mut dyn BufRead, text: Text, expected: &'static str, limit: usize) -> Self {
        Self {
            input,
            text,
            expected,
            encoding: None,
            raw: Vec::new(),
            out: Vec::new(),
            position: 0,
            ended: false,
            begun: false,
            line: 1,
            since_break: 0,
            limit,
            strays: 0,
            first_stray: 0,
        }
    }

    /// The line of what comes next, from 1.
    pub const fn line(&self) -> u64 {
        self.line
    }

    /// A record has ended: the limit counts anew.
    pub const fn rest(&mut self) {
        self.since_break = 0;
    }

    /// The first line, or as much of it as is there, without taking it.
    pub fn peek_line(&mut self) -> Result<String, Refused> {
        let chunk = self.fill_buf().map_err(|error| refusal(&error))?;
        let line = chunk.split(|byte| *byte == b'\n').next().unwrap_or_default();
        Ok(String::from_utf8_lossy(line).into_owned())
    }

    /// Writes down that bytes were read as Windows-1252.
    pub fn note_strays(&self, log: &mut Log) {
        if self.strays > 0 {
            let what = format!("{} bytes are no UTF-8 and were read as Windows-1252; this is the first", self.strays);
            log.note(line(self.first_stray), what);
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        self.out.clear();
        self.position = 0;
        while self.out.is_empty() && !(self.ended && self.raw.is_empty()) {
            self.take_chunk()?;
            if self.encoding.is_none() {
                if !self.ended && self.raw.len() < PEEK {
                    continue;
                }
                self.choose()?;
            }
            self.decode()?;
            if self.out.contains(&0) {
                return Err(refuse(self.not_text("there is a sign with the number zero, so this is no text")));
            }
        }
        Ok(())
    }

    fn take_chunk(&mut self) -> io::Result<()> {
        let chunk = loop {
            match self.input.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
                Ok(chunk) => break chunk.len().min(CHUNK),
            }
        };
        // Asked again because the compiler cannot see that the borrow above ends; nothing is read twice.
        let bytes = &self.input.fill_buf()?[..chunk];
        self.raw.extend_from_slice(bytes);
        self.ended = chunk == 0;
        self.input.consume(chunk);
        Ok(())
    }

    fn choose(&mut self) -> io::Result<()> {
        if self.raw.is_empty() {
            return Err(refuse(Refused::Empty));
        }
        if let Some(found) = detect::stranger(&self.raw) {
            return Err(refuse(Refused::OtherFormat { expected: self.expected.into(), found: found.into() }));
        }
        let (encoding, mark) = match self.raw[..] {
            [0xEF, 0xBB, 0xBF, ..] => (Encoding::Utf8, 3),
            [0xFF, 0xFE, ..] => (Encoding::Utf16 { little: true }, 2),
            [0xFE, 0xFF, ..] => (Encoding::Utf16 { little: false }, 2),
            [first, 0, ..] if first != 0 => (Encoding::Utf16 { little: true }, 0),
            [0, second, ..] if second != 0 => (Encoding::Utf16 { little: false }, 0),
            _ if self.text == Text::Xml => (self.declared()?, 0),
            _ => (Encoding::Utf8, 0),
        };
        self.raw.drain(..mark);
        self.encoding = Some(encoding);
        Ok(())
    }

    /// What the first line of XML says; UTF-8 if nothing.
    fn declared(&self) -> io::Result<Encoding> {
        let start = String::from_utf8_lossy(&self.raw[..self.raw.len().min(PEEK)]).to_ascii_lowercase();
        let first_line = start.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map(|(rest, _)| rest);
        let Some((_, after)) = first_line.and_then(|rest| rest.split_once("encoding")) else {
            return Ok(Encoding::Utf8);
        };
        let after = after.trim_start_matches(['=', ' ', '"', '\'']);
        match after.split(['"', '\'']).next().unwrap_or_default() {
            "utf-8" | "utf8" | "us-ascii" | "ascii" => Ok(Encoding::Utf8),
            "iso-8859-1" | "latin1" | "windows-1252" | "cp1252" => Ok(Encoding::Windows1252),
            other => Err(refuse(self.not_text(&format!("the encoding {other} is not read")))),
        }
    }

    fn decode(&mut self) -> io::Result<()> {
        match self.encoding {
            Some(Encoding::Utf16 { little }) => self.decode_utf16(little),
            Some(Encoding::Windows1252) => {
                for byte in std::mem::take(&mut self.raw) {
                    self.push_1252(byte)?;
                }
                Ok(())
            }
            _ => self.decode_utf8(),
        }
    }

    fn decode_utf8(&mut self) -> io::Result<()> {
        let raw = std::mem::take(&mut self.raw);
        let mut rest = &raw[..];
        loop {
            let Err(error) = std::str::from_utf8(rest) else {
                self.out.extend_from_slice(rest);
                return Ok(());
            };
            let (good, bad) = rest.split_at(error.valid_up_to());
            self.out.extend_from_slice(good);
            if error.error_len().is_none() && !self.ended {
                self.raw = bad.to_vec();
                return Ok(());
            }
            if self.text != Text::Table {
                let cut = error.error_len().is_none();
                return Err(refuse(if cut {
                    Refused::Truncated { place: self.here().to_string(), what: "it ends within a sign".into() }
                } else {
                    self.not_text("there is a byte that is no UTF-8")
                }));
            }
            let length = error.error_len().unwrap_or(bad.len());
            for byte in &bad[..length] {
                if self.strays == 0 {
                    self.first_stray = self.line_here();
                }
                self.strays += 1;
                self.push_1252(*byte)?;
            }
            rest = &bad[length..];
        }
    }

    fn decode_utf16(&mut self, little: bool) -> io::Result<()> {
        let raw = std::mem::take(&mut self.raw);
        let (pairs, odd) = raw.as_chunks::<2>();
        let mut units: Vec<u16> = pairs
            .iter()
            .map(|pair| if little { u16::from_le_bytes(*pair) } else { u16::from_be_bytes(*pair) })
            .collect();
        let mut left = odd.to_vec();
        if units.last().is_some_and(|unit| (0xD800..0xDC00).contains(unit)) && !self.ended {
            units.pop();
            left.splice(0..0, pairs[pairs.len() - 1]);
        }
        for sign in char::decode_utf16(units) {
            let sign = sign.map_err(|_| refuse(self.not_text("there is half a sign of UTF-16")))?;
            self.out.extend_from_slice(sign.encode_utf8(&mut [0; 4]).as_bytes());
        }
        if self.ended && !left.is_empty() {
            let place = self.here().to_string();
            return Err(refuse(Refused::Truncated { place, what: "it ends within a sign".into() }));
        }
        self.raw = left;
        Ok(())
    }

    fn push_1252(&mut self, byte: u8) -> io::Result<()> {
        let sign = match byte {
            0x80..=0x9F => WINDOWS_1252[usize::from(byte - 0x80)],
            _ => char::from(byte),
        };
        if sign == '\0' {
            return Err(refuse(self.not_text(&format!("the byte {byte:#04x} is neither UTF-8 nor Windows-1252"))));
        }
        self.out.extend_from_slice(sign.encode_utf8(&mut [0; 4]).as_bytes());
        Ok(())
    }

    fn line_here(&self) -> u64 {
        self.line + newlines(&self.out)
    }

    fn here(&self) -> super::log::At<'static> {
        line(self.line_here())
    }

    fn not_text(&self, what: &str) -> Refused {
        Refused::Encoding { place: self.here().to_string(), what: what.into() }
    }
}

fn newlines(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.iter().filter(|byte| **byte == b'\n').count()).unwrap_or(u64::MAX)
}

impl BufRead for Utf8<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.since_break > self.limit {
            let place = line(self.line).to_string();
            return Err(refuse(Refused::TooLarge { place, what: "a record".into(), limit: self.limit }));
        }
        if self.position >= self.out.len() {
            self.refill()?;
            if !self.begun && self.out.is_empty() {
                return Err(refuse(Refused::Empty));
            }
            self.begun = true;
        }
        Ok(&self.out[self.position..])
    }

    fn consume(&mut self, amount: usize) {
        let end = (self.position + amount).min(self.out.len());
        self.line += newlines(&self.out[self.position..end]);
        self.position = end;
        self.since_break += amount;
    }
}

impl Read for Utf8<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.fill_buf()?;
        let amount = bytes.len().min(buffer.len());
        buffer[..amount].copy_from_slice(&bytes[..amount]);
        self.consume(amount);
        Ok(amount)
    }
}

/// A refusal on its way through `std::io`.
fn refuse(refused: Refused) -> io::Error {
    io::Error::other(refused)
}

/// The refusal that came through `std::io`, or that the file could not be read.
pub(super) fn refusal(error: &io::Error) -> Refused {
    let refused = error.get_ref().and_then(|inner| inner.downcast_ref::<Refused>());
    refused.cloned().unwrap_or_else(|| Refused::Io(error.to_string()))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;
