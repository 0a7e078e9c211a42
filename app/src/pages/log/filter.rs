//! What is looked for in the log, as it stands in the address: references, days and colleagues from a list, no names.

use domain::{
    answers::when::{Order, parse_date},
    date::Date,
};
use services::log::Filter;

use crate::{components::FieldError, text::log::Texts, web::Fields};

/// The fields as typed, and what they mean as far as they can be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Identity of the colleague.
    pub person: String,
    /// Reference.
    pub report: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// What it means.
    pub filter: Filter,
    /// Fields that cannot be read.
    pub wrong: Vec<FieldError>,
}

impl Asked {
    /// Reads an address. `country` decides how a date in figures is read.
    pub fn read(t: &Texts, query: &Fields, country: &str) -> Self {
        let typed = |name: &str| query.get(name).trim().to_owned();
        let mut asked = Self {
            person: typed("person"),
            report: typed("report"),
            from: typed("from"),
            to: typed("to"),
            ..Self::default()
        };
        asked.filter.person = asked.person.parse().ok();
        asked.filter.before = query.get("before").parse().ok();
        asked.filter.report = asked.report.parse().ok();
        if !asked.report.is_empty() && asked.filter.report.is_none() {
            asked.wrong.push(FieldError::new("report", t.wrong_report));
        }
        asked.filter.from = asked.day(t, "from", country);
        asked.filter.to = asked.day(t, "to", country);
        asked
    }

    fn day(&mut self, t: &Texts, name: &'static str, country: &str) -> Option<Date> {
        let text = if name == "from" { &self.from } else { &self.to };
        if text.is_empty() {
            return None;
        }
        let day = parse_date(text, Order::of_country(country)).ok();
        if day.is_none() {
            self.wrong.push(FieldError::new(name, t.wrong_day));
        }
        day
    }

    /// What is said at a field.
    pub fn error(&self, name: &str) -> Option<String> {
        self.wrong.iter().find(|error| error.field == name).map(|error| error.message.clone())
    }

    /// The query that asks the same, from a place on.
    pub fn query(&self, before: Option<i64>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in
            [("person", &self.person), ("report", &self.report), ("from", &self.from), ("to", &self.to)]
        {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        if let Some(before) = before {
            query.append_pair("before", &before.to_string());
        }
        query.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::log::texts;

    fn asked(query: &str) -> Asked {
        Asked::read(texts(domain::lang::Lang::En), &Fields::parse(query.as_bytes()), "NL")
    }

    #[test]
    fn what_can_be_read_is_and_the_rest_is_said() {
        let good = asked("report=fr-7k3m-9qtd-x&from=3%20May%202026&to=2026-05-04&before=12");
        let wrong: Vec<&str> = good.wrong.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(good.filter.from, "2026-05-03".parse().ok());
        assert_eq!(good.filter.to, "2026-05-04".parse().ok());
        assert_eq!(good.filter.before, Some(12));
        assert!(wrong.is_empty() || wrong == ["report"], "the check character decides");
        let bad = asked("report=FR-0000&from=31%20February%202026&to=soon&person=%00&before=x");
        let wrong: Vec<&str> = bad.wrong.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(wrong, ["report", "from", "to"]);
        assert_eq!(bad.filter, Filter::default());
        assert_eq!(bad.from, "31 February 2026", "what was typed stays");
    }

    #[test]
    fn the_next_page_asks_the_same() {
        let first = asked("from=2026-05-03&person=");
        assert_eq!(first.query(Some(7)), "from=2026-05-03&before=7");
        let again = asked(&first.query(Some(7)));
        assert_eq!(again.filter, Filter { before: Some(7), ..first.filter });
    }
}
