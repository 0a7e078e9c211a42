//! Reading what was typed into an entry: every field is checked, every fault is told at its field, and what is kept is kept
//! in one spelling. Numbers with check digits are checked by [`crate::identifiers`], in the browser and on the server alike.

use super::{Customer, Field, Kind, Part, spec::Options};
use crate::{
    answers::{
        Answers, clean,
        when::{Order, parse_date},
    },
    cas::Cas,
    country::Country,
    date::Date,
    fold::ascii_digits,
    identifiers::{self, Checked, IdKind, normalise},
    quantity::Quantity,
};

/// Something that cannot be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field; empty if it concerns the entry as a whole.
    pub field: &'static str,
    /// What is wrong and what to do; never repeats what was typed.
    pub message: String,
}

impl Fault {
    /// A fault of a field.
    #[must_use]
    pub fn at(field: &'static str, message: impl Into<String>) -> Self {
        Self { field, message: message.into() }
    }

    /// A fault of the entry as a whole.
    #[must_use]
    pub fn whole(message: impl Into<String>) -> Self {
        Self::at("", message)
    }
}

/// Reads an entry of a part; `key` is its number if it is there already.
///
/// # Errors
/// Every fault.
pub fn read(
    customer: &Customer,
    part: &Part,
    key: Option<u32>,
    typed: &Answers,
    order: Order,
) -> Result<Answers, Vec<Fault>> {
    let (mut fields, mut faults) = (Answers::new(), Vec::new());
    let country = country_of(customer, part, typed);
    for field in part.fields {
        match texts(customer, field, key, typed.many(field.name), country, order) {
            Ok(texts) if texts.is_empty() && field.required => faults.push(Fault::at(field.name, missing(field))),
            Ok(texts) if texts.is_empty() => {}
            Ok(texts) => fields.set(field.name, texts),
            Err(message) => faults.push(Fault::at(field.name, message)),
        }
    }
    if part.id == "carrier" && fields.one("kind") == "firm" && fields.seen("imo") {
        faults.push(Fault::at("imo", "Only a ship has such a number. Add the ship as an entry of its own"));
    }
    if part.id == "bank" && faults.is_empty() && !fields.seen("iban") && !fields.seen("account") {
        faults.push(Fault::at("iban", "Enter an IBAN or another account number"));
    }
    let is_held = |key: u32| customer.entries("owner").iter().any(|entry| entry.fields.one("of") == key.to_string());
    if part.id == "owner" && fields.one("kind") == "person" && key.is_some_and(is_held) {
        faults.push(Fault::at("kind", "Others hold shares in this one, so it is no person"));
    }
    if faults.is_empty() { Ok(fields) } else { Err(faults) }
}

/// The country by whose forms the numbers of an entry are read: that of the file, in its identity the one just typed.
fn country_of(customer: &Customer, part: &Part, typed: &Answers) -> Option<Country> {
    if part.id == "identity" { Country::find(typed.one("country")).ok() } else { customer.country() }
}

fn missing(field: &Field) -> String {
    match field.kind {
        Kind::Country | Kind::Choice(_) | Kind::Several(_) => format!("{}: choose one", field.label),
        _ => format!("{}: enter it", field.label),
    }
}

/// The texts of a field as they are kept; none if nothing was typed.
fn texts(
    customer: &Customer,
    field: &Field,
    key: Option<u32>,
    raw: &[String],
    country: Option<Country>,
    order: Order,
) -> Result<Vec<String>, String> {
    match field.kind {
        Kind::Several(options) => several(options, raw),
        Kind::Vats => vats(first(raw, 1000, true)?),
        Kind::Lines(most) => Ok(Vec::from_iter(some(first(raw, most, true)?))),
        kind => {
            let most = if let Kind::Line(most) = kind { most } else { 200 };
            let text = first(raw, most, false)?;
            if text.is_empty() {
                Ok(Vec::new())
            } else {
                one(customer, kind, key, text, country, order).map(|text| Vec::from_iter(some(text)))
            }
        }
    }
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// The first text, cleaned, if it is not too long.
fn first(raw: &[String], most: usize, lines: bool) -> Result<String, String> {
    let raw = raw.first().map_or("", String::as_str);
    let too_long = || Err(format!("This is too long. Use at most {most} characters"));
    // No cleaning of a megabyte only to say that it is too long.
    if raw.len() > most.saturating_mul(8).saturating_add(64) {
        return too_long();
    }
    let cleaned = clean(raw, lines);
    if cleaned.unreadable > 0 {
        return Err("Some characters could not be read. Type this again".to_owned());
    }
    if cleaned.text.chars().count() > most { too_long() } else { Ok(cleaned.text) }
}

fn one(
    customer: &Customer,
    kind: Kind,
    key: Option<u32>,
    text: String,
    country: Option<Country>,
    order: Order,
) -> Result<String, String> {
    match kind {
        Kind::Country => {
            Country::find(&text).map(|country| country.code().to_owned()).map_err(|error| sentence(&error))
        }
        Kind::Choice(options) => chosen(options, &text),
        Kind::Number(kind) => number(kind, country, &text),
        Kind::Duns => duns(&text),
        Kind::Day => parse_date(&text, order).map(|day| day.to_string()).map_err(|error| sentence(&error)),
        Kind::Birth => birth(&text, order),
        Kind::Share => share(&text).map(share_text),
        Kind::Amount => Quantity::parse(&text).map(|_| text).map_err(|error| sentence(&error)),
        Kind::Domain => identifiers::domain_of(&text).ok_or_else(|| "Write a domain such as example.com".to_owned()),
        Kind::Email => identifiers::email(&text).map_err(|error| sentence(&error)),
        Kind::Activity => activity(&text),
        Kind::Cas => Cas::parse(&text).map(|cas| cas.to_string()).map_err(|error| sentence(&error)),
        Kind::Held => held(customer, key, &text),
        Kind::Line(_) | Kind::Lines(_) | Kind::Several(_) | Kind::Vats => Ok(text),
    }
}

/// With a capital.
fn sentence(text: &impl ToString) -> String {
    let text = text.to_string();
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The code of an option; words are taken as well, since files have words.
fn chosen(options: Options, text: &str) -> Result<String, String> {
    let is = |(code, words): &&(&str, &str)| code.eq_ignore_ascii_case(text) || words.eq_ignore_ascii_case(text);
    let options = options();
    options.iter().find(is).map(|(code, _)| (*code).to_owned()).ok_or_else(|| "Choose one of the list".to_owned())
}

fn several(options: Options, raw: &[String]) -> Result<Vec<String>, String> {
    let mut codes = Vec::new();
    for text in
        raw.iter().take(100).flat_map(|text| text.split([';', ','])).map(str::trim).filter(|text| !text.is_empty())
    {
        let code = chosen(options, text)?;
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    Ok(codes)
}

/// A number in capitals without separators, if its form is right or not known.
fn number(kind: IdKind, country: Option<Country>, text: &str) -> Result<String, String> {
    // A site, a bank and an operator at customs may be in another country than the firm.
    let country = if matches!(kind, IdKind::Vat | IdKind::Eori) { country } else { None };
    match identifiers::check(kind, country, text) {
        Checked::Invalid(why) => Err(sentence(&why)),
        Checked::Valid | Checked::Unknown => Ok(identifiers::kept(kind, text)),
    }
}

fn vats(text: String) -> Result<Vec<String>, String> {
    let mut numbers = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()).take(50) {
        let number = number(IdKind::Vat, None, line)?;
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    Ok(numbers)
}

fn duns(text: &str) -> Result<String, String> {
    let number = normalise(text);
    let fits = number.len() == 9 && number.bytes().all(|byte| byte.is_ascii_digit());
    if fits { Ok(number) } else { Err("A D-U-N-S number has nine digits".to_owned()) }
}

/// A day, a month or a year: `1970-05-12`, `1970-05`, `1970`.
fn birth(text: &str, order: Order) -> Result<String, String> {
    if birth_span(text).is_some() {
        return Ok(text.to_owned());
    }
    parse_date(text, order)
        .map(|day| day.to_string())
        .map_err(|_| "Write a day, a month (1970-05) or a year".to_owned())
}

/// The first and the last day that a kept birth can mean.
pub(super) fn birth_span(text: &str) -> Option<(Date, Date)> {
    if let Ok(day) = text.parse::<Date>() {
        return Some((day, day));
    }
    let digits = |text: &str, most: usize| {
        (text.len() == most && text.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| text.parse::<u16>().ok())
            .flatten()
    };
    let (year, month) = text.split_once('-').map_or((text, None), |(year, month)| (year, Some(month)));
    let year = digits(year, 4).filter(|year| (1850..=2199).contains(year))?;
    let month = match month {
        Some(month) => Some(u8::try_from(digits(month, 2)?).ok()?),
        None => None,
    };
    let from = Date::new(year, month.unwrap_or(1), 1)?;
    let last = month.unwrap_or(12);
    let to = (28..=31).rev().find_map(|day| Date::new(year, last, day))?;
    Some((from, to))
}

/// A share in hundredths of a per cent: `25`, `25.5 %`, `33,33`.
pub(super) fn share(text: &str) -> Result<u32, String> {
    let wrong = || "Write a share between 0 and 100 per cent, with at most two decimals".to_owned();
    let plain = ascii_digits(text).replace(['%', ' ', '\u{a0}'], "").replace(',', ".");
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let number = |text: &str, most: usize| {
        let fits = text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| format!("{text:0<most$}")).ok_or_else(wrong)
    };
    if whole.is_empty() || whole.len() > 3 || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(wrong());
    }
    let hundredths = number(part, 2)?.parse::<u32>().map_err(|_| wrong())?;
    let share = whole.parse::<u32>().map_err(|_| wrong())? * 100 + hundredths;
    if share <= 10_000 { Ok(share) } else { Err(wrong()) }
}

/// A share as it is kept: `25.5`.
pub(super) fn share_text(share: u32) -> String {
    match (share / 100, share % 100) {
        (whole, 0) => whole.to_string(),
        (whole, part) if part % 10 == 0 => format!("{whole}.{}", part / 10),
        (whole, part) => format!("{whole}.{part:02}"),
    }
}

/// Numbers of two digits that are no division of ISIC (revisions 4 and 5) nor of NACE.
const NO_DIVISIONS: [u8; 11] = [0, 4, 34, 40, 44, 48, 54, 57, 67, 76, 83];

/// A code of ISIC or NACE: perhaps the letter of a section, two to four digits, perhaps with full stops.
fn activity(text: &str) -> Result<String, String> {
    let wrong = || "Write a code of two to four digits, such as 20, 2011 or 20.13".to_owned();
    let code = ascii_digits(text).to_uppercase();
    let digits = code.strip_prefix(|letter: char| letter.is_ascii_uppercase()).unwrap_or(&code).trim();
    let bare: String = digits.chars().filter(|letter| *letter != '.').collect();
    let fits =
        (2..=4).contains(&bare.len()) && bare.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('.');
    let division = bare.get(..2).and_then(|division| division.parse::<u8>().ok()).ok_or_else(wrong)?;
    if !fits {
        return Err(wrong());
    }
    if NO_DIVISIONS.contains(&division) {
        return Err("There is no such division; look at the first two digits".to_owned());
    }
    Ok(code)
}

/// The customer (empty), or a company among the owners that is not this entry, nor held by it round a circle of one.
fn held(customer: &Customer, key: Option<u32>, text: &str) -> Result<String, String> {
    let by_name = || {
        let folded = crate::fold::words(text);
        let owners = customer.entries("owner").iter();
        owners.filter(|owner| crate::fold::words(owner.fields.one("holder")) == folded).map(|owner| owner.key).next()
    };
    if crate::fold::words(text) == crate::fold::words(customer.name()) {
        return Ok(String::new());
    }
    let of = text.parse::<u32>().ok().or_else(by_name).ok_or_else(|| "Choose one of the list".to_owned())?;
    let owner = customer.entry("owner", of).ok_or_else(|| "Choose one of the list".to_owned())?;
    if key == Some(of) {
        return Err("Nobody holds a share in themselves".to_owned());
    }
    if owner.fields.one("kind") == "person" {
        return Err("Nobody holds a share in a person. Choose a company".to_owned());
    }
    Ok(of.to_string())
}
