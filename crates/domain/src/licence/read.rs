//! Reading an entry from texts: every column is checked, every fault is told at its column.

use super::{Column, Direction, Grant, Licence, Look, Names, Permit, Site, Sort, Stop};
use crate::{
    answers::{
        Answers, clean,
        when::{Order, parse_date},
    },
    country::Country,
    customer::Fault,
    date::Date,
    quantity::{Dimension, Quantity},
};

/// The most letters of a column of several lines.
const LONGEST: usize = 8_000;
/// The most lines of one.
const MOST_LINES: usize = 200;

/// Texts being read.
pub(super) struct Reader<'a> {
    columns: &'static [Column],
    texts: &'a Answers,
    order: Order,
    faults: Vec<Fault>,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(columns: &'static [Column], texts: &'a Answers, order: Order) -> Self {
        Self { columns, texts, order, faults: Vec::new() }
    }

    pub(super) fn fault(&mut self, name: &'static str, message: impl Into<String>) {
        self.faults.push(Fault::at(name, message));
    }

    /// What stands in a column, cleaned; whatever cannot stand there is complained about and read as nothing.
    pub(super) fn text(&mut self, name: &'static str) -> String {
        let Some(column) = self.columns.iter().find(|column| column.name == name) else { return String::new() };
        let raw = self.texts.many(name).join("\n");
        let (most, lines) = match column.look {
            Look::Line(most) => (most, false),
            Look::Lines | Look::Act => (LONGEST, true),
            Look::Day | Look::Country | Look::Choice(_) => (80, false),
        };
        // No cleaning of a megabyte only to say that it is too long.
        let cleaned = if raw.len() > most * 8 { None } else { Some(clean(&raw, lines)) };
        match cleaned {
            Some(cleaned) if cleaned.unreadable > 0 => {
                self.fault(name, "Some characters could not be read. Type this again");
            }
            Some(cleaned) if cleaned.text.chars().count() <= most => {
                if cleaned.text.is_empty() && column.required {
                    self.fault(name, format!("{}: enter it", column.title));
                }
                return cleaned.text;
            }
            _ => self.fault(name, format!("This is too long. Use at most {most} characters")),
        }
        String::new()
    }

    /// What a text of a column says, if it says anything.
    pub(super) fn read<T, E: ToString>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&str, Order) -> Result<T, E>,
    ) -> Option<T> {
        let text = self.text(name);
        if text.is_empty() {
            return None;
        }
        read(&text, self.order).map_err(|error| self.fault(name, error.to_string())).ok()
    }

    fn day(&mut self, name: &'static str) -> Option<Date> {
        self.read(name, parse_date)
    }

    pub(super) fn country(&mut self, name: &'static str) -> Option<Country> {
        self.read(name, |text, _| Country::find(text).map_err(|_| "Choose a country, or write its code of two letters"))
    }

    pub(super) fn quantity(&mut self, name: &'static str) -> Option<Quantity> {
        self.read(name, |text, _| Quantity::parse(text))
    }

    /// Each line of a column.
    fn lines<T>(&mut self, name: &'static str, read: impl Fn(&str, Order) -> Result<T, String>) -> Vec<T> {
        let text = self.text(name);
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        if lines.len() > MOST_LINES {
            self.fault(name, format!("There are too many lines: at most {MOST_LINES}"));
            return Vec::new();
        }
        let mut found = Vec::new();
        for (number, line) in lines.into_iter().enumerate() {
            match read(line, self.order) {
                Ok(one) => found.push(one),
                Err(message) => self.fault(name, format!("Line {}: {message}", number + 1)),
            }
        }
        found
    }

    fn in_order(&mut self, from: Option<Date>, to: Option<Date>) {
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            self.fault("valid_to", "It ends before it begins");
        }
    }

    /// What was read, if nothing is wrong.
    pub(super) fn done<T>(self, read: Option<T>) -> Result<T, Vec<Fault>> {
        match read {
            Some(read) if self.faults.is_empty() => Ok(read),
            _ => Err(self.faults),
        }
    }
}

pub(super) fn licence(texts: &Answers, order: Order, names: &Names<'_>) -> Result<Licence, Vec<Fault>> {
    let mut form = Reader::new(Sort::Licence.columns(), texts, order);
    let (number, holder) = (form.text("number"), form.text("holder"));
    let (registration, country) = (form.text("registration_number"), form.country("country"));
    let contact = form.text("contact");
    let (from, to) = (form.day("valid_from"), form.day("valid_to"));
    form.in_order(from, to);
    let sites = form.lines("sites", |line, _| Site::read(line));
    let grants = form.lines("substances", |line, _| Grant::read(line, names, &sites));
    let (stops, note) = (form.lines("stops", Stop::read), form.text("note"));
    let read = country.zip(from).map(|(country, from)| Licence {
        number,
        holder,
        registration,
        country,
        contact,
        from,
        to,
        sites,
        grants,
        stops,
        note,
    });
    form.done(read)
}

pub(super) fn permit(texts: &Answers, order: Order, names: &Names<'_>) -> Result<Permit, Vec<Fault>> {
    let mut form = Reader::new(Sort::Permit.columns(), texts, order);
    let number = form.text("number");
    let direction =
        form.read("direction", |text, _| Direction::from_code(&text.to_lowercase()).ok_or("Choose import or export"));
    let (licence, holder, country) = (form.text("licence"), form.text("holder"), form.country("country"));
    let substance = form.read("substance", |text, _| {
        names
            .substance(text)
            .map(|found| found.slug.clone())
            .ok_or("This substance is not in the catalogue. Write its name or CAS number as there")
    });
    let (quantity, used) = (form.quantity("quantity"), form.quantity("used"));
    let used = used_as(&mut form, quantity, used);
    let (counterparty, abroad) = (form.text("counterparty"), form.country("counterparty_country"));
    let (from, to) = (form.day("valid_from"), form.day("valid_to"));
    form.in_order(from, to);
    let endorsed = form.read("endorsed", |text, _| match text.to_lowercase().as_str() {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("Write yes or no"),
    });
    let (notified_as, note) = (form.text("notified_as"), form.text("note"));
    let all = direction.zip(country).zip(substance).zip(quantity).zip(abroad).zip(from.zip(to));
    let read = all.map(|(((((direction, country), substance), quantity), abroad), (from, to))| Permit {
        number,
        direction,
        licence,
        holder,
        country,
        substance,
        quantity,
        used,
        counterparty,
        counterparty_country: abroad,
        from,
        to,
        endorsed: endorsed.unwrap_or_default(),
        notified_as,
        note,
    });
    form.done(read)
}

/// What was used, measured as the whole is.
fn used_as(form: &mut Reader<'_>, whole: Option<Quantity>, used: Option<Quantity>) -> Option<Quantity> {
    let dimension = whole.map(|whole| whole.dimension)?;
    let same = used.filter(|used| used.dimension == dimension);
    if used.is_some() && same.is_none() {
        form.fault(
            "used",
            match dimension {
                Dimension::Mass => "Give it as a weight, as the quantity is",
                Dimension::Volume => "Give it as a volume, as the quantity is",
                Dimension::Pieces => "Give it in pieces, as the quantity is",
            },
        );
    }
    same
}
