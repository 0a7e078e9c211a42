//! Reading lists in the formats in which they are published.
//!
//! [`detect`] says which [`Format`] a file has, [`read`] hands out its entries one by one and ends with a [`Summary`].
//! Files are streamed: memory does not grow with them, but for some bytes per entry by which doubles are found, and for
//! the few lists whose rows belong together (the SDN set, the UK list).
//!
//! Real files break their own rules. What can still be read is read, and each such place is a [`Deviation`]; nothing is
//! dropped without one. A file that is cut off, broken or something else is [`Refused`] as a whole: **what was handed out
//! before the refusal must be thrown away**, so keep entries in a transaction.
//!
//! ```
//! use screening::list::{self, Format};
//!
//! let file = "id,kind,name,aliases\n1,person,Anna Muster,A. Muster|Anni\n";
//! assert_eq!(list::detect(file.as_bytes(), "ours.csv"), Some(Format::Own));
//! let mut entries = Vec::new();
//! let summary = list::read(Format::Own, &mut file.as_bytes(), &mut |entry| entries.push(entry)).unwrap();
//! assert_eq!((summary.total(), entries[0].names.len()), (1, 3));
//! ```
//!
//! To add a format: a module with `read`, a variant of [`Format`], an arm in [`read`], its first bytes in `detect.rs`,
//! samples in `tests/lists/`.

mod announced;
mod births;
mod build;
mod consolidated;
mod detect;
mod encoding;
mod eu;
mod ftm;
mod json;
mod lei;
mod log;
mod numbers;
mod opensanctions;
mod own;
mod places;
mod remarks;
mod sdn;
mod sdn_xml;
mod sheet;
mod tables;
mod uk;
mod un;
mod xml;

use std::collections::BTreeMap;
use std::io::BufRead;

use serde::{Deserialize, Serialize};

use crate::entry::{Entry, Kind};

pub use births::CIRCA_YEARS;
pub use lei::{Company, CompanyAddress, CompanyName};
pub use own::{COLUMNS as OWN_COLUMNS, TEMPLATE as OWN_TEMPLATE};
pub use sdn::File;

/// The longest field of a table, in bytes; longer ones refuse the file.
pub const LONGEST_FIELD: usize = 1 << 20;
/// The longest record (a row, a line, an element with all that is in it), in bytes.
pub const LONGEST_RECORD: usize = 8 << 20;
/// How deep elements may be nested.
pub const DEEPEST: usize = 32;
/// How many deviations are kept with their place; the others are counted.
pub const DEVIATIONS_KEPT: usize = 1000;

/// A format in which lists are published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// The consolidated list of the United Nations Security Council, XML.
    Un,
    /// The lists of the US Office of Foreign Assets Control, tables without headings: `SDN.CSV` with `ALT.CSV`,
    /// `ADD.CSV` and `SDN_COMMENTS.CSV`, or `CONS_PRIM.CSV` and its companions.
    SdnCsv,
    /// The same lists as `sdn.xml` or `consolidated.xml`.
    SdnXml,
    /// The Consolidated Screening List of the US International Trade Administration, CSV.
    UsCsl,
    /// The consolidated financial sanctions of the European Union (FSF), XML 1.1.
    Eu,
    /// The list of the United Kingdom, CSV: OFSI's consolidated list and the UK Sanctions List that followed it.
    Uk,
    /// `targets.simple.csv` of OpenSanctions.
    OpenSanctions,
    /// Entities of FollowTheMoney, one JSON object a line.
    Ftm,
    /// Legal entity identifiers with their reference data, LEI-CDF XML. Companies, not a list: see [`read_companies`].
    LeiCdf,
    /// The own format for national and internal lists, CSV.
    Own,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Un,
        Self::SdnCsv,
        Self::SdnXml,
        Self::UsCsl,
        Self::Eu,
        Self::Uk,
        Self::OpenSanctions,
        Self::Ftm,
        Self::LeiCdf,
        Self::Own,
    ];

    /// A short name for forms and files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Un => "un",
            Self::SdnCsv => "sdn_csv",
            Self::SdnXml => "sdn_xml",
            Self::UsCsl => "us_csl",
            Self::Eu => "eu",
            Self::Uk => "uk",
            Self::OpenSanctions => "open_sanctions",
            Self::Ftm => "ftm",
            Self::LeiCdf => "lei_cdf",
            Self::Own => "own",
        }
    }

    /// The format with that [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }

    /// What it is called in English.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Un => "UN Security Council consolidated list (XML)",
            Self::SdnCsv => "OFAC list (set of CSV files)",
            Self::SdnXml => "OFAC list (XML)",
            Self::UsCsl => "US Consolidated Screening List (CSV)",
            Self::Eu => "EU financial sanctions (FSF XML 1.1)",
            Self::Uk => "UK sanctions list (CSV)",
            Self::OpenSanctions => "OpenSanctions targets.simple.csv",
            Self::Ftm => "FollowTheMoney entities (JSON lines)",
            Self::LeiCdf => "Legal entity identifiers (LEI-CDF XML)",
            Self::Own => "Own list (CSV)",
        }
    }

    /// By what a file of it is recognised, in plain words.
    #[must_use]
    pub const fn recognised_by(self) -> &'static str {
        match self {
            Self::Un => "the outermost element CONSOLIDATED_LIST",
            Self::SdnCsv => "rows of 12, 6 or 5 fields without headings that begin with a number; SDN_COMMENTS by name",
            Self::SdnXml => "the outermost element sdnList",
            Self::UsCsl => "headings with source, entity_number, programs and alt_names",
            Self::Eu => "the outermost element export of the FSF's namespace",
            Self::Uk => "headings with Name 6 and Group ID or Unique ID, after a line with the date",
            Self::OpenSanctions => "headings that begin id, schema, name, aliases",
            Self::Ftm => "a JSON object with schema and properties on the first line",
            Self::LeiCdf => "the outermost element LEIData",
            Self::Own => "headings with id and name, most of them from the template",
        }
    }

    /// Whether companies come out of it ([`read_companies`]), not entries.
    #[must_use]
    pub const fn holds_companies(self) -> bool {
        matches!(self, Self::LeiCdf)
    }
}

/// What came out of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// When the file was made by its own word, as it stands there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generated: Option<String>,
    /// How many entries of each kind were handed out (companies count as organisations).
    pub entries: BTreeMap<Kind, u64>,
    /// What a file of this format rightly holds beside entries and was passed over, with how often: addresses and
    /// ownerships among FollowTheMoney entities.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub beside: BTreeMap<String, u64>,
    /// Where the file breaks its own rules; the first [`DEVIATIONS_KEPT`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deviations: Vec<Deviation>,
    /// How many more there are.
    #[serde(default)]
    pub more_deviations: u64,
}

impl Summary {
    /// How many entries were handed out.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.entries.values().sum()
    }

    /// How many places break the format's own rules.
    #[must_use]
    pub fn deviating(&self) -> u64 {
        self.more_deviations + u64::try_from(self.deviations.len()).unwrap_or(u64::MAX)
    }
}

/// A place at which a file breaks its own rules, and what was made of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deviation {
    /// Where: line, record, field, as far as they are known.
    pub place: String,
    /// What is wrong there and what was done.
    pub what: String,
}

/// Why a file was refused. Nothing of it may be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is something else.
    #[error("this is not the format \u{201c}{expected}\u{201d}: {found}")]
    OtherFormat {
        /// The label of the format that was asked for.
        expected: String,
        /// What it seems to be.
        found: String,
    },
    /// It ends too early.
    #[error("the file ends too early ({place}: {what}); get it again")]
    Truncated {
        /// Where.
        place: String,
        /// By what one sees it.
        what: String,
    },
    /// It breaks the rules of XML, CSV or JSON so that what follows cannot be trusted.
    #[error("the file is damaged ({place}: {what}); get it again")]
    Broken {
        /// Where.
        place: String,
        /// How.
        what: String,
    },
    /// It has a document type or entities of its own, with which a small file can grow beyond every memory.
    #[error("the file has a document type or entities of its own ({place}); no list needs them, it was not read")]
    Entities {
        /// Where.
        place: String,
    },
    /// A field or a record is larger than any honest one.
    #[error("{place}: {what} is longer than {limit} bytes; no list needs that, the file was not read")]
    TooLarge {
        /// Where.
        place: String,
        /// What is too large.
        what: String,
        /// The limit, in bytes.
        limit: usize,
    },
    /// Elements are nested deeper than [`DEEPEST`].
    #[error("{place}: elements are nested too deep; the file was not read")]
    TooDeep {
        /// Where.
        place: String,
    },
    /// It is no text, or in an encoding that is not read.
    #[error("{place}: {what}; save the file as UTF-8")]
    Encoding {
        /// Where.
        place: String,
        /// What is there.
        what: String,
    },
    /// The form is right, but nobody is on it.
    #[error("the file has the right form, but there is nobody on it")]
    NoEntries,
    /// It could not be read from where it lies.
    #[error("the file could not be read: {0}")]
    Io(String),
}

/// Which format a file has, by its first bytes (some kilobytes are enough) and, where they leave it open, its name.
/// `None` if it is none of them.
#[must_use]
pub fn detect(first: &[u8], name: &str) -> Option<Format> {
    detect::detect(first, name)
}

/// Reads a list and hands out its entries in the order of the file.
///
/// # Errors
/// [`Refused`], in plain words, with the place. Entries that were handed out before must be thrown away.
pub fn read(format: Format, input: &mut dyn BufRead, keep: &mut dyn FnMut(Entry)) -> Result<Summary, Refused> {
    match format {
        Format::Un => un::read(input, keep),
        Format::SdnCsv => sdn::read(&mut [File { name: "SDN.CSV".into(), content: input }], keep),
        Format::SdnXml => sdn_xml::read(input, keep),
        Format::UsCsl => consolidated::read(input, keep),
        Format::Eu => eu::read(input, keep),
        Format::Uk => uk::read(input, keep),
        Format::OpenSanctions => opensanctions::read(input, keep),
        Format::Ftm => ftm::read(input, keep),
        Format::LeiCdf => Err(Refused::OtherFormat {
            expected: "list of people and organisations".into(),
            found: "legal entity identifiers are data of companies; nobody is listed there".into(),
        }),
        Format::Own => own::read(input, keep),
    }
}

/// Reads the files of an OFAC list that belong together. They are told apart by name: `SDN.CSV` (or `CONS_PRIM.CSV`),
/// `ALT.CSV`, `ADD.CSV`, `SDN_COMMENTS.CSV`, in capitals or not, with anything before. The first is needed, the others
/// complete it.
///
/// # Errors
/// [`Refused`] as with [`read`]; a file that is none of the set refuses it too.
pub fn read_sdn(files: &mut [File<'_>], keep: &mut dyn FnMut(Entry)) -> Result<Summary, Refused> {
    sdn::read(files, keep)
}

/// Reads companies with their legal entity identifiers (LEI-CDF).
///
/// # Errors
/// [`Refused`] as with [`read`].
pub fn read_companies(input: &mut dyn BufRead, keep: &mut dyn FnMut(Company)) -> Result<Summary, Refused> {
    lei::read(input, keep)
}

impl Refused {
    /// The same, with the file put before the place.
    fn in_file(self, file: &str) -> Self {
        let within = |place: String| format!("{file}, {place}");
        match self {
            Self::Empty => Self::Truncated { place: file.into(), what: "the file is empty".into() },
            Self::OtherFormat { expected, found } => Self::OtherFormat { expected, found: format!("{file}: {found}") },
            Self::Truncated { place, what } => Self::Truncated { place: within(place), what },
            Self::Broken { place, what } => Self::Broken { place: within(place), what },
            Self::Entities { place } => Self::Entities { place: within(place) },
            Self::TooLarge { place, what, limit } => Self::TooLarge { place: within(place), what, limit },
            Self::TooDeep { place } => Self::TooDeep { place: within(place) },
            Self::Encoding { place, what } => Self::Encoding { place: within(place), what },
            Self::NoEntries => Self::NoEntries,
            Self::Io(what) => Self::Io(format!("{file}: {what}")),
        }
    }
}
