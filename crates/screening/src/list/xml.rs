//! XML as a stream of records: each is a small tree, what surrounds them is passed by.
//!
//! A document type, entities of its own, nesting without end and records without end refuse the file.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Error, Reader, XmlVersion};

use super::build::clean;
use super::encoding::{Utf8, refusal};
use super::log::line;
use super::{DEEPEST, LONGEST_RECORD, Refused};

/// More elements than any honest record has.
const MOST_ELEMENTS: usize = 100_000;

/// An element with all that is in it. What is not taken out is not understood.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Node {
    /// Its name without prefix.
    pub name: String,
    /// The line on which its start ends.
    pub line: u64,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Self>,
}

impl Node {
    /// Takes out all children of that name.
    pub fn take(&mut self, name: &str) -> Vec<Self> {
        self.children.extract_if(.., |child| child.name == name).collect()
    }

    /// Takes out the first child of that name.
    pub fn take_one(&mut self, name: &str) -> Option<Self> {
        let place = self.children.iter().position(|child| child.name == name)?;
        Some(self.children.remove(place))
    }

    /// Takes out the text of the first child of that name, cleaned; empty if there is none.
    pub fn take_text(&mut self, name: &str) -> String {
        self.take_one(name).map(|mut child| child.own_text()).unwrap_or_default()
    }

    /// Takes out the texts of the children named `item` in the children named `list`.
    pub fn take_texts(&mut self, list: &str, item: &str) -> Vec<String> {
        let items = self.take(list).into_iter().flat_map(|mut list| list.take(item));
        items.map(|mut item| item.own_text()).filter(|text| !text.is_empty()).collect()
    }

    /// Takes out all children named `item` in the children named `list`.
    pub fn take_items(&mut self, list: &str, item: &str) -> Vec<Self> {
        self.take(list).into_iter().flat_map(|mut list| list.take(item)).collect()
    }

    /// Takes out an attribute, cleaned; empty if there is none.
    pub fn attribute(&mut self, name: &str) -> String {
        let found = self.attributes.iter_mut().find(|(key, _)| key == name);
        found.map(|(_, value)| clean(&std::mem::take(value))).unwrap_or_default()
    }

    /// Takes out its own text, cleaned.
    pub fn own_text(&mut self) -> String {
        clean(&std::mem::take(&mut self.text))
    }

    /// Takes out what is known and not kept.
    pub fn pass_over(&mut self, names: &[&str]) {
        self.children.retain(|child| !names.contains(&child.name.as_str()));
        self.attributes.retain(|(name, _)| !names.contains(&name.as_str()));
    }

    /// What nobody took, as `(name, line, text)`.
    pub fn leftovers(&self) -> Vec<(String, u64, String)> {
        let mut all = Vec::new();
        self.collect("", &mut all);
        all
    }

    fn collect(&self, path: &str, all: &mut Vec<(String, u64, String)>) {
        let text = clean(&self.text);
        if !text.is_empty() {
            let name = if path.is_empty() { &self.name } else { path };
            all.push((name.into(), self.line, text));
        }
        let gap = if path.is_empty() { "" } else { "/" };
        for (name, value) in &self.attributes {
            if !clean(value).is_empty() {
                all.push((format!("{path}{gap}{name}"), self.line, clean(value)));
            }
        }
        for child in &self.children {
            child.collect(&format!("{path}{gap}{}", child.name), all);
        }
    }
}

/// More attributes than any honest element has.
const MOST_ATTRIBUTES: usize = 200;

/// What a file is expected to be.
pub(super) struct Shape {
    /// The label of the format.
    pub expected: &'static str,
    /// The name of the outermost element.
    pub root: &'static str,
    /// The names of elements that are handed out, with all that is in them.
    pub records: &'static [&'static str],
}

/// A part of the file.
pub(super) enum Part {
    /// The outermost element, with attributes only.
    Root(Node),
    /// A record.
    Record(Node),
    /// Text outside every record: name of the element, line, text.
    Stray(String, u64, String),
}

/// Reads to the end and hands out part after part.
pub(super) fn walk(
    input: Utf8<'_>,
    shape: &Shape,
    each: &mut dyn FnMut(Part) -> Result<(), Refused>,
) -> Result<(), Refused> {
    let mut walk =
        Walk { reader: Reader::from_reader(input), shape, outside: Vec::new(), inside: Vec::new(), elements: 0 };
    let mut buffer = Vec::new();
    let mut ended = false;
    loop {
        buffer.clear();
        if walk.inside.is_empty() {
            walk.reader.get_mut().rest();
            walk.elements = 0;
        }
        let event = match walk.reader.read_event_into(&mut buffer) {
            Ok(event) => event,
            Err(error) => return Err(walk.refused(&error)),
        };
        let done = match event {
            Event::Start(start) if ended => return Err(walk.broken(&format!("{} follows after the end", name(&start)))),
            Event::Empty(start) if ended => return Err(walk.broken(&format!("{} follows after the end", name(&start)))),
            Event::Start(start) => walk.open(&start, each)?,
            Event::Empty(start) => {
                walk.open(&start, each)?;
                walk.close(each)?
            }
            Event::End(_) => walk.close(each)?,
            Event::Text(text) => walk.text(&text.xml10_content(), each)?,
            Event::CData(text) => walk.text(&text.xml10_content(), each)?,
            Event::GeneralRef(reference) => walk.reference(&reference, each)?,
            Event::DocType(_) => return Err(Refused::Entities { place: walk.place() }),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => false,
            Event::Eof if ended => return Ok(()),
            Event::Eof => return Err(walk.cut("the outermost element is not closed")),
        };
        ended |= done;
    }
}

struct Walk<'a, 'b> {
    reader: Reader<Utf8<'a>>,
    shape: &'b Shape,
    /// The elements one is in, outside records.
    outside: Vec<String>,
    /// The record one is in and the elements within it, the innermost last.
    inside: Vec<Node>,
    elements: usize,
}

impl Walk<'_, '_> {
    fn line(&self) -> u64 {
        self.reader.get_ref().line()
    }

    fn place(&self) -> String {
        line(self.line()).to_string()
    }

    fn open(
        &mut self,
        start: &BytesStart<'_>,
        each: &mut dyn FnMut(Part) -> Result<(), Refused>,
    ) -> Result<bool, Refused> {
        let name = name(start);
        if self.outside.len() + self.inside.len() >= DEEPEST {
            return Err(Refused::TooDeep { place: self.place() });
        }
        let root = self.outside.is_empty();
        if root && name != self.shape.root {
            let found = format!("its outermost element is \u{201c}{}\u{201d}", super::log::short(&name));
            return Err(Refused::OtherFormat { expected: self.shape.expected.into(), found });
        }
        self.elements += 1;
        if self.elements > MOST_ELEMENTS {
            let what = format!("a record with more than {MOST_ELEMENTS} elements");
            return Err(Refused::TooLarge { place: self.place(), what, limit: LONGEST_RECORD });
        }
        if root {
            let node = self.node(name.clone(), start)?;
            self.outside.push(name);
            each(Part::Root(node))?;
        } else if !self.inside.is_empty() || self.shape.records.contains(&name.as_str()) {
            let node = self.node(name, start)?;
            self.inside.push(node);
        } else {
            self.outside.push(name);
        }
        Ok(false)
    }

    fn node(&self, name: String, start: &BytesStart<'_>) -> Result<Node, Refused> {
        let mut node = Node { name, line: self.line(), ..Node::default() };
        // Doubles are not looked for: that compares each with each.
        for attribute in start.attributes().with_checks(false) {
            if node.attributes.len() >= MOST_ATTRIBUTES {
                let what = format!("an element with more than {MOST_ATTRIBUTES} attributes");
                return Err(Refused::TooLarge { place: self.place(), what, limit: LONGEST_RECORD });
            }
            let attribute = attribute.map_err(|error| self.broken(&error.to_string()))?;
            let value = match attribute.normalized_value(XmlVersion::Implicit1_0) {
                Ok(value) => value.into_owned(),
                Err(error) => return Err(self.refused(&error)),
            };
            let key = attribute.key.into_inner();
            if !key.starts_with("xmlns") {
                node.attributes.push((key.rsplit(':').next().unwrap_or(key).into(), value));
            }
        }
        Ok(node)
    }

    /// Closes the innermost element; true if it was the outermost of all.
    fn close(&mut self, each: &mut dyn FnMut(Part) -> Result<(), Refused>) -> Result<bool, Refused> {
        let Some(node) = self.inside.pop() else {
            self.outside.pop();
            return Ok(self.outside.is_empty());
        };
        match self.inside.last_mut() {
            Some(parent) => parent.children.push(node),
            None => each(Part::Record(node))?,
        }
        Ok(false)
    }

    fn text(&mut self, text: &str, each: &mut dyn FnMut(Part) -> Result<(), Refused>) -> Result<bool, Refused> {
        if let Some(node) = self.inside.last_mut() {
            node.text.push_str(text);
            return Ok(false);
        }
        let text = clean(text);
        if text.is_empty() {
            return Ok(false);
        }
        match self.outside.last() {
            Some(name) => each(Part::Stray(name.clone(), self.line(), text))?,
            None => return Err(self.broken("text stands outside the outermost element")),
        }
        Ok(false)
    }

    fn reference(&mut self, name: &str, each: &mut dyn FnMut(Part) -> Result<(), Refused>) -> Result<bool, Refused> {
        let sign = match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => match numbered(name) {
                Some(sign) => sign,
                None if name.starts_with('#') => return Err(self.broken("a sign is named by a number that is none")),
                None => return Err(Refused::Entities { place: self.place() }),
            },
        };
        self.text(sign.encode_utf8(&mut [0; 4]), each)
    }

    fn broken(&self, what: &str) -> Refused {
        Refused::Broken { place: self.place(), what: super::log::short(what) }
    }

    fn cut(&self, what: &str) -> Refused {
        Refused::Truncated { place: self.place(), what: what.into() }
    }

    fn refused(&self, error: &Error) -> Refused {
        match error {
            Error::Io(error) => refusal(error),
            // These are found only when the input has ended.
            Error::Syntax(_) => self.cut("an element is not closed"),
            Error::Escape(quick_xml::escape::EscapeError::UnrecognizedEntity(..)) => {
                Refused::Entities { place: self.place() }
            }
            other => self.broken(&other.to_string()),
        }
    }
}

fn name(start: &BytesStart<'_>) -> String {
    start.local_name().into_inner().into()
}

/// `#xE9`, `#233`.
fn numbered(name: &str) -> Option<char> {
    let number = name.strip_prefix('#')?;
    let code = match number.strip_prefix('x') {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).filter(|sign| *sign != '\0')
}

impl super::build::Making<'_> {
    /// What nobody took out of a record is written down and kept as a remark.
    pub fn leftovers(&mut self, node: &Node) {
        for (name, line, text) in node.leftovers() {
            let at = super::log::At { line, record: &self.entry.id, field: &name };
            self.log.note(at, "we do not know this part; it is kept as a remark");
            self.remark(&name, &text);
        }
    }
}
