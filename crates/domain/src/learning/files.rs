//! Which files of `data/learning/` are compiled in, and how they are read.

use serde::{Deserialize, de::DeserializeOwned};

use super::{Audience, Case, Choice, Fact, Learning, Module, Page, Picture, Question, Term, check};

/// A file by its name.
type Named = (&'static str, &'static str);

macro_rules! data {
    ($($part:expr),+) => { include_str!(concat!("../../../../data/", $($part),+)) };
}

macro_rules! modules {
    ($($slug:literal: $($picture:literal)*;)+) => {
        &[$(($slug, data!("learning/", $slug, "/module.toml"), &[$(($picture, data!("learning/", $slug, "/", $picture))),*])),+]
    };
}

macro_rules! cases {
    ($($slug:literal)+) => { &[$(($slug, data!("learning/cases/", $slug, ".toml"))),+] };
}

/// Each module with its pictures, in the order in which one would read them.
pub(super) const MODULES: &[(&str, &str, &[Named])] = modules! {
    "what-precursors-are": "one-drum-two-ways.svg" "where-goods-leak.svg";
    "recognising-a-suspicious-order": "five-sides.svg" "below-a-limit.svg";
    "checking-a-customer": "four-questions.svg" "who-stands-behind.svg";
    "after-a-suspicion": "first-hour.svg" "who-may-know.svg";
    "online-sales-and-delivery": "an-offer.svg" "a-parcel.svg";
    "for-health-workers": "many-counters.svg" "whom-to-tell.svg";
    "for-public-services": "keep-away.svg" "what-to-tell.svg";
    "authority-staff": "three-tools.svg" "before-release.svg";
};

/// Each case, in an order that does not give away which are innocent.
pub(super) const CASES: &[Named] = cases! {
    "paint-maker" "cleaning-firm" "water-works" "five-small-orders" "change-of-destination" "university-laboratory"
    "parent-company-pays" "tablet-press" "bus-stop-pharmacy" "same-picture"
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ModuleFile {
    slug: String,
    version: u32,
    renew: bool,
    title: String,
    summary: String,
    minutes: u16,
    audiences: Vec<Audience>,
    pass_mark: u8,
    valid_months: u16,
    page: Vec<PageFile>,
    question: Vec<Question>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PageFile {
    title: String,
    body: String,
    picture: Option<String>,
    #[serde(default)]
    alt: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFile {
    title: String,
    summary: String,
    minutes: u16,
    fact: Vec<Fact>,
    choice: Vec<Choice>,
    lesson: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GlossaryFile {
    term: Vec<Term>,
}

/// Reads and checks everything.
///
/// # Errors
/// Every breach, one a line, each with the file it is in.
pub(super) fn load() -> Result<Learning, String> {
    let mut told = Vec::new();
    let modules =
        MODULES.iter().filter_map(|(slug, text, pictures)| kept(read_module(slug, text, pictures), &mut told));
    let modules = modules.collect();
    let cases = CASES.iter().filter_map(|(slug, text)| kept(read_case(slug, text), &mut told)).collect();
    let glossary = kept(read_glossary(data!("glossary.toml")), &mut told).unwrap_or_default();
    let learning = Learning { modules, cases, glossary };
    told.extend(check::breaches(&learning));
    if told.is_empty() { Ok(learning) } else { Err(told.join("\n")) }
}

fn kept<T>(read: Result<T, String>, told: &mut Vec<String>) -> Option<T> {
    read.map_err(|why| told.push(why)).ok()
}

fn parse<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, String> {
    toml::from_str(text).map_err(|error| format!("{file}: {error}"))
}

/// A module from its file and the pictures beside it.
///
/// # Errors
/// What cannot be read, and pictures that are not there or that no page shows.
pub(super) fn read_module(folder: &str, text: &str, pictures: &[Named]) -> Result<Module, String> {
    let file: ModuleFile = parse(&format!("{folder}/module.toml"), text)?;
    if file.slug != folder {
        return Err(format!("{folder}/module.toml: the slug is {}, and has to be the name of the folder", file.slug));
    }
    if let Some((unused, _)) =
        pictures.iter().find(|(name, _)| !file.page.iter().any(|page| page.picture.as_deref() == Some(name)))
    {
        return Err(format!("{folder}: no page shows the picture {unused}"));
    }
    let pages = file.page.into_iter().map(|page| read_page(folder, page, pictures)).collect::<Result<_, _>>()?;
    Ok(Module {
        slug: file.slug,
        version: file.version,
        renew: file.renew,
        title: file.title,
        summary: file.summary,
        minutes: file.minutes,
        audiences: file.audiences,
        pass_mark: file.pass_mark,
        valid_months: file.valid_months,
        pages,
        questions: file.question,
    })
}

fn read_page(folder: &str, page: PageFile, pictures: &[Named]) -> Result<Page, String> {
    let picture = match page.picture {
        None => None,
        Some(file) => {
            let found = pictures.iter().find(|(name, _)| *name == file);
            let (_, svg) =
                found.ok_or_else(|| format!("{folder}, page “{}”: there is no picture {file}", page.title))?;
            Some(Picture { file, alt: page.alt, svg: svg.trim() })
        }
    };
    Ok(Page { title: page.title, body: page.body, picture })
}

/// A case from its file.
///
/// # Errors
/// What cannot be read.
pub(super) fn read_case(slug: &str, text: &str) -> Result<Case, String> {
    let file: CaseFile = parse(&format!("cases/{slug}.toml"), text)?;
    let CaseFile { title, summary, minutes, fact, choice, lesson } = file;
    Ok(Case { slug: slug.to_owned(), title, summary, minutes, facts: fact, choices: choice, lesson })
}

/// The glossary from its file.
///
/// # Errors
/// What cannot be read.
pub(super) fn read_glossary(text: &str) -> Result<Vec<Term>, String> {
    let mut terms = parse::<GlossaryFile>("glossary.toml", text)?.term;
    terms.sort_by_key(|term| term.term.to_lowercase());
    Ok(terms)
}
