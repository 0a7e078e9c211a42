//! Reading the raw texts of one field: what they mean, or why they cannot be taken.
//!
//! The same reading serves checks, summaries and the canonical report, so that what a person is shown is what is sent.
//! Tolerant wherever a report would otherwise be lost: an amount that cannot be turned into kilograms is kept as
//! written, a CAS number with a wrong check digit is kept because it may be what the customer wrote.

use crate::{
    answers::{
        clean, clean_line, clean_text,
        when::{LocalTime, WhenError, parse_date},
    },
    cas::{Cas, CasError},
    country::Country,
    date::Date,
    fold::ascii_digits,
    quantity::{Quantity, QuantityError},
    question::{Field, FieldKind, Profile, QuestionSet},
};

mod contact;
mod figures;

pub use figures::{Money, Percentage};

/// What a field's answer means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Words, cleaned of invisible characters.
    Text(String),
    /// A code of the field's options with its label; several for tick boxes.
    Chosen(Vec<(String, String)>),
    /// Yes or no.
    YesNo(bool),
    /// One country, or several in the order given.
    Countries(Vec<Country>),
    /// A day.
    Date(Date),
    /// A day and perhaps a time.
    Time(LocalTime),
    /// An amount: as written, and in base units where it could be read.
    Quantity(String, Option<Quantity>),
    /// A percentage.
    Percentage(Percentage),
    /// Money.
    Money(Money),
    /// A whole number.
    Number(i64),
    /// A CAS number: as written, and the number if its check digit fits.
    Cas(String, Option<Cas>),
    /// A document: code of its kind, label, number.
    Identifier(String, String, String),
}

/// Why an answer cannot be taken, or what is to be said about it: a code of the set's messages, with what it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Key of the message.
    pub code: &'static str,
    /// Values for the placeholders of the message; `detail` replaces the message of a code that has none.
    pub with: Vec<(&'static str, String)>,
}

impl Fault {
    fn new(code: &'static str) -> Self {
        Self { code, with: Vec::new() }
    }

    fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.with.push((name, value.to_string()));
        self
    }
}

/// What people write for "not known" where a figure is asked.
const UNKNOWN: [&str; 10] =
    ["not known", "unknown", "not stated", "not given", "none given", "don't know", "do not know", "n/a", "?", "-"];

fn is_unknown(text: &str) -> bool {
    UNKNOWN.contains(&text.to_lowercase().as_str())
}

/// Reads the raw texts of a field; `None` if all are blank.
///
/// # Errors
/// The first [`Fault`] that keeps the answer from being taken.
pub fn read(set: &QuestionSet, field: &Field, texts: &[String], profile: &Profile) -> Result<Option<Value>, Fault> {
    fits(field, texts)?;
    let line = joined(texts);
    if line.is_empty() {
        return Ok(None);
    }
    let value = match field.kind {
        FieldKind::LongText => Value::Text(clean_text(&texts[first_filled(texts)])),
        FieldKind::Text | FieldKind::Substance => Value::Text(line),
        FieldKind::Choice => Value::Chosen(vec![option(field, &line)?]),
        FieldKind::Choices => Value::Chosen(chosen(field, texts)?),
        FieldKind::YesNo => Value::YesNo(yes_no(&line)?),
        FieldKind::Country => Value::Countries(vec![country(&line)?]),
        FieldKind::Countries => Value::Countries(countries(&line)?),
        FieldKind::Date => Value::Date(date(field, &line, profile)?),
        FieldKind::Datetime => Value::Time(time(field, &line, profile)?),
        FieldKind::Quantity => quantity(line)?,
        FieldKind::Percentage => Value::Percentage(figures::percentage(line)?),
        FieldKind::Money => Value::Money(figures::money(&line)?),
        FieldKind::Number => Value::Number(number(&line)?),
        FieldKind::Email => Value::Text(contact::email(&line)?),
        FieldKind::Phone => Value::Text(contact::phone(&line)?),
        FieldKind::Url => Value::Text(contact::url(&line)?),
        FieldKind::Cas => cas(line)?,
        FieldKind::Identifier => identifier(set, texts)?,
    };
    Ok(Some(value))
}

/// What is to be said about an answer that is taken.
#[must_use]
pub fn notices(field: &Field, texts: &[String]) -> Vec<Fault> {
    if fits(field, texts).is_err() {
        return Vec::new();
    }
    let cleaned = texts.iter().map(|text| clean(text, field.kind == FieldKind::LongText));
    let (removed, unreadable) = cleaned.fold((0, 0), |(r, u), cleaned| (r + cleaned.removed, u + cleaned.unreadable));
    let mut notices = Vec::new();
    if removed > 0 {
        notices.push(Fault::new("cleaned").with("count", removed));
    }
    if unreadable > 0 {
        notices.push(Fault::new("unreadable"));
    }
    let line = joined(texts);
    match field.kind {
        FieldKind::Quantity if !line.is_empty() && !is_unknown(&line) => {
            let error = Quantity::parse(&line).err().filter(may_stay_unread);
            notices.extend(error.map(|error| Fault::new("quantity").with("detail", error)));
        }
        FieldKind::Cas => notices.extend(match Cas::parse(&line) {
            Err(error @ CasError::Digit { .. }) => Some(Fault::new("cas").with("detail", sentence(&error.to_string()))),
            _ => None,
        }),
        _ => {}
    }
    notices
}

/// Length and number of texts, before anything is read: a million characters cost nothing more.
fn fits(field: &Field, texts: &[String]) -> Result<(), Fault> {
    let max = field.max();
    let long = |text: &&String| text.len() > max && text.trim().chars().count() > max;
    if let Some(text) = texts.iter().find(long) {
        let length = text.trim().chars().count();
        return Err(Fault::new("too_long").with("length", length).with("max", max));
    }
    let allowed = match field.kind {
        FieldKind::Choices => field.options.len(),
        kind => kind.inputs(),
    };
    let filled = texts.iter().filter(|text| !text.trim().is_empty()).count();
    if filled > allowed {
        return Err(Fault::new("several"));
    }
    Ok(())
}

fn joined(texts: &[String]) -> String {
    let parts: Vec<String> = texts.iter().map(|text| clean_line(text)).filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

fn first_filled(texts: &[String]) -> usize {
    texts.iter().position(|text| !clean_line(text).is_empty()).unwrap_or(0)
}

/// A message of another part of the domain, made to begin a sentence.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}

fn option(field: &Field, code: &str) -> Result<(String, String), Fault> {
    let found = field.options.iter().find(|option| option.value == code);
    let option = found.ok_or_else(|| Fault::new("not_an_option"))?;
    Ok((option.value.clone(), option.label.clone()))
}

fn chosen(field: &Field, texts: &[String]) -> Result<Vec<(String, String)>, Fault> {
    let codes = texts.iter().map(|text| clean_line(text)).filter(|code| !code.is_empty());
    let mut chosen: Vec<(String, String)> = Vec::new();
    for code in codes {
        let option = option(field, &code)?;
        if !chosen.contains(&option) {
            chosen.push(option);
        }
    }
    Ok(chosen)
}

fn yes_no(text: &str) -> Result<bool, Fault> {
    match text.to_lowercase().as_str() {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(Fault::new("not_an_option")),
    }
}

fn country(text: &str) -> Result<Country, Fault> {
    Country::find(text).map_err(|_| Fault::new("country"))
}

fn countries(text: &str) -> Result<Vec<Country>, Fault> {
    let parts = text.split([',', ';', '/']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| Country::find(part).map_err(|_| Fault::new("countries").with("part", part))).collect()
}

fn date(field: &Field, text: &str, profile: &Profile) -> Result<Date, Fault> {
    let date = parse_date(text, profile.date_order()).map_err(when_fault)?;
    not_future(field, date, profile)?;
    Ok(date)
}

fn time(field: &Field, text: &str, profile: &Profile) -> Result<LocalTime, Fault> {
    let time = LocalTime::parse(text, profile.date_order()).map_err(when_fault)?;
    not_future(field, time.date, profile)?;
    if field.time_needed && time.minute.is_none() {
        return Err(Fault::new("time_missing"));
    }
    Ok(time)
}

/// A day later than the server's is let pass, since it may already be tomorrow where the company is.
fn not_future(field: &Field, date: Date, profile: &Profile) -> Result<(), Fault> {
    let late = profile.today.is_some_and(|today| date.days() > today.days() + 1);
    if field.past && late { Err(Fault::new("future")) } else { Ok(()) }
}

fn when_fault(error: WhenError) -> Fault {
    Fault::new(match error {
        WhenError::Date => "date",
        WhenError::NoSuchDay => "no_such_day",
        WhenError::Year => "year",
        WhenError::Time => "time",
    })
}

fn number(text: &str) -> Result<i64, Fault> {
    let digits = ascii_digits(text);
    let short = digits.len() <= 9 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number = digits.parse().ok().filter(|_| short);
    number.ok_or_else(|| Fault::new("number"))
}

/// What can be put right by typing is refused; what may be all that is known is kept as written, with a notice.
fn quantity(text: String) -> Result<Value, Fault> {
    if is_unknown(&text) {
        return Ok(Value::Quantity(text, None));
    }
    match Quantity::parse(&text) {
        Ok(quantity) => Ok(Value::Quantity(text, Some(quantity))),
        Err(error) if may_stay_unread(&error) => Ok(Value::Quantity(text, None)),
        Err(error) => Err(Fault::new("quantity_figure").with("detail", sentence(&error.to_string()))),
    }
}

/// Whether an amount that cannot be read may be all that is known: "a small bottle", "five drums".
fn may_stay_unread(error: &QuantityError) -> bool {
    use QuantityError::{MissingContents, Mixed, NotUnderstood, UnknownUnit};
    matches!(error, NotUnderstood(_) | UnknownUnit(_) | MissingContents(_) | Mixed)
}

fn cas(text: String) -> Result<Value, Fault> {
    match Cas::parse(&text) {
        Ok(cas) => Ok(Value::Cas(text, Some(cas))),
        Err(CasError::Digit { .. }) => Ok(Value::Cas(text, None)),
        Err(CasError::Shape) => Err(Fault::new("cas")),
    }
}

fn identifier(set: &QuestionSet, texts: &[String]) -> Result<Value, Fault> {
    let text = |at: usize| texts.get(at).map(|text| clean_line(text)).unwrap_or_default();
    let (code, number) = (text(0), text(1));
    let kind = set.identifiers.iter().find(|kind| kind.value == code);
    match (kind, number.is_empty()) {
        (None, _) => Err(Fault::new("identifier_type")),
        (Some(_), true) => Err(Fault::new("identifier_number")),
        (Some(kind), false) => Ok(Value::Identifier(code, kind.label.clone(), number)),
    }
}

impl Value {
    /// What people read, line by line.
    #[must_use]
    pub fn display(&self, set: &QuestionSet) -> Vec<String> {
        let one = |text: String| vec![text];
        match self {
            Self::Text(text) => text.lines().map(str::to_owned).collect(),
            Self::Chosen(options) => options.iter().map(|(_, label)| label.clone()).collect(),
            Self::YesNo(yes) => one(if *yes { &set.yes } else { &set.no }.clone()),
            Self::Countries(countries) => one(countries.iter().map(|c| c.name()).collect::<Vec<_>>().join(", ")),
            Self::Date(date) => one(crate::answers::when::long_date(*date)),
            Self::Time(time) => one(time.long()),
            Self::Quantity(text, Some(quantity)) if quantity.to_string() != *text => {
                vec![text.clone(), format!("= {quantity}")]
            }
            Self::Quantity(text, _) | Self::Cas(text, None) => one(text.clone()),
            Self::Percentage(percentage) => one(percentage.text.clone()),
            Self::Money(money) => one(money.to_string()),
            Self::Number(number) => one(number.to_string()),
            Self::Cas(_, Some(cas)) => one(cas.to_string()),
            Self::Identifier(_, label, number) => one(format!("{label}: {number}")),
        }
    }
}
