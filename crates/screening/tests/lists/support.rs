//! The fixtures, and reading them in one call whatever they hold.

use std::io::BufRead;
use std::path::Path;

use screening::entry::Entry;
use screening::list::{self, Company, File, Format, Refused, Summary};

/// The good fixtures, with their format.
pub const GOOD: [(&str, Format); 12] = [
    ("un.xml", Format::Un),
    ("ofac/SDN.CSV", Format::SdnCsv),
    ("sdn.xml", Format::SdnXml),
    ("us-csl.csv", Format::UsCsl),
    ("eu.xml", Format::Eu),
    ("uk-conlist.csv", Format::Uk),
    ("uk-sanctions-list.csv", Format::Uk),
    ("targets.simple.csv", Format::OpenSanctions),
    ("entities.ftm.json", Format::Ftm),
    ("lei.xml", Format::LeiCdf),
    ("own.csv", Format::Own),
    ("own-windows.csv", Format::Own),
];

/// The files of OFAC's set, the records first.
pub const SET: [&str; 4] = ["SDN.CSV", "ALT.CSV", "ADD.CSV", "SDN_COMMENTS.CSV"];

/// What came out of a file.
#[derive(Debug, PartialEq)]
pub struct Read {
    pub summary: Summary,
    pub entries: Vec<Entry>,
    pub companies: Vec<Company>,
}

pub fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lists").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub fn read(format: Format, mut input: impl BufRead) -> Result<Read, Refused> {
    let (mut entries, mut companies) = (Vec::new(), Vec::new());
    let summary = if format.holds_companies() {
        list::read_companies(&mut input, &mut |company| companies.push(company))
    } else {
        list::read(format, &mut input, &mut |entry| entries.push(entry))
    };
    summary.map(|summary| Read { summary, entries, companies })
}

/// Reads OFAC's set from these contents.
pub fn read_set(contents: &[Vec<u8>]) -> Result<Read, Refused> {
    let mut inputs: Vec<&[u8]> = contents.iter().map(Vec::as_slice).collect();
    let mut files: Vec<File<'_>> =
        inputs.iter_mut().zip(SET).map(|(content, name)| File { name: name.into(), content }).collect();
    let mut entries = Vec::new();
    let summary = list::read_sdn(&mut files, &mut |entry| entries.push(entry))?;
    Ok(Read { summary, entries, companies: Vec::new() })
}

pub fn set() -> Vec<Vec<u8>> {
    SET.iter().map(|name| fixture(&format!("ofac/{name}"))).collect()
}
