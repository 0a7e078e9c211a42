//! Files of XML that say at their beginning when they were made and how many records they hold.

use std::io::BufRead;

use super::encoding::{Text, Utf8};
use super::log::{self, Log, line};
use super::xml::{Node, Part, Shape, walk};
use super::{LONGEST_RECORD, Refused, Summary};

/// Reads a file record by record. `header` names the element of the beginning, and in it the date and the count.
pub(super) fn read_announced(
    input: &mut dyn BufRead,
    shape: &Shape,
    [header, date, count]: &[&str; 3],
    each: &mut dyn FnMut(Node, &mut Log),
) -> Result<Summary, Refused> {
    let mut log = Log::default();
    let mut announced = None;
    let mut found = 0;
    walk(Utf8::new(input, Text::Xml, shape.expected, LONGEST_RECORD), shape, &mut |part| {
        match part {
            Part::Root(_) => {}
            Part::Stray(name, at, text) => log.note(line(at), format!("text stands in {name}: {text}")),
            Part::Record(mut node) if node.name == *header => {
                log.summary.generated = Some(node.take_text(date)).filter(|date| !date.is_empty());
                announced = node.take_text(count).parse().ok();
            }
            Part::Record(node) => {
                found += 1;
                each(node, &mut log);
            }
        }
        Ok(())
    })?;
    log::announced(&mut log, announced, found)?;
    log.finish()
}
