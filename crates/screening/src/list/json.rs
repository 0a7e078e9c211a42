//! JSON line by line.

use std::io::BufRead;

use serde_json::Value;

use super::encoding::{Utf8, refusal};
use super::log::line;
use super::{LONGEST_RECORD, Refused};

/// Objects, one a line.
pub(super) struct Lines<'a> {
    pub input: Utf8<'a>,
    buffer: Vec<u8>,
}

impl<'a> Lines<'a> {
    pub fn new(input: Utf8<'a>) -> Self {
        Self { input, buffer: Vec::new() }
    }

    /// The next value, with its line.
    ///
    /// # Errors
    /// [`Refused::Truncated`] if the last line is no JSON, [`Refused::Broken`] if another one is.
    pub fn next(&mut self) -> Result<Option<(u64, Value)>, Refused> {
        loop {
            let start = self.input.line();
            if !self.fill()? {
                return Ok(None);
            }
            if self.buffer.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            return match serde_json::from_slice(&self.buffer) {
                Ok(value) => Ok(Some((start, value))),
                Err(error) => {
                    let place = format!("{}, column {}", line(start), error.column());
                    Err(if error.is_eof() || !self.buffer.ends_with(b"\n") {
                        Refused::Truncated { place, what: "the line is not complete".into() }
                    } else {
                        Refused::Broken { place, what: "the line is no JSON".into() }
                    })
                }
            };
        }
    }

    /// Reads a line into the buffer; false at the end.
    fn fill(&mut self) -> Result<bool, Refused> {
        self.buffer.clear();
        self.input.rest();
        loop {
            let chunk = self.input.fill_buf().map_err(|error| refusal(&error))?;
            if chunk.is_empty() {
                return Ok(!self.buffer.is_empty());
            }
            let end = chunk.iter().position(|byte| *byte == b'\n').map_or(chunk.len(), |place| place + 1);
            let done = chunk[end - 1] == b'\n';
            self.buffer.extend_from_slice(&chunk[..end]);
            self.input.consume(end);
            if self.buffer.len() > LONGEST_RECORD {
                let place = line(self.input.line()).to_string();
                return Err(Refused::TooLarge { place, what: "a line".into(), limit: LONGEST_RECORD });
            }
            if done {
                return Ok(true);
            }
        }
    }
}
