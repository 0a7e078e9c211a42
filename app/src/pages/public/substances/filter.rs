//! What is searched for and filtered by, as it stands in the address. What is not understood filters nothing.

use domain::{
    date::Date,
    substance::{Catalogue, Confidentiality, Kind, Substance, Table},
};

use crate::web::{Fields, paths::with_query};

/// The longest search; nobody types more.
const LONGEST: usize = 200;

/// A choice of lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum OnList {
    /// In this table of the 1988 Convention.
    Table(Table),
    /// In neither.
    NonScheduled,
    /// On the list with this handle.
    List(String),
}

/// Search and filters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filter {
    /// What was typed.
    pub q: String,
    /// The chosen list.
    pub list: Option<OnList>,
    /// The chosen kind.
    pub kind: Option<Kind>,
}

impl OnList {
    fn read(code: &str, catalogue: &Catalogue) -> Option<Self> {
        match code {
            "table-1" => Some(Self::Table(Table::I)),
            "table-2" => Some(Self::Table(Table::II)),
            "non-scheduled" => Some(Self::NonScheduled),
            id => catalogue.list(id).map(|list| Self::List(list.id.clone())),
        }
    }

    /// As it stands in the address.
    pub fn code(&self) -> &str {
        match self {
            Self::Table(Table::I) => "table-1",
            Self::Table(Table::II) => "table-2",
            Self::NonScheduled => "non-scheduled",
            Self::List(id) => id,
        }
    }

    fn holds(&self, substance: &Substance, on: Date) -> bool {
        match self {
            Self::Table(table) => substance.table_on(on) == Some(*table),
            Self::NonScheduled => substance.table_on(on).is_none(),
            // A proposal's list is asked for to see what is proposed.
            Self::List(id) => substance.listings.iter().any(|listing| {
                let stands = listing.proposed || listing.in_force(on);
                listing.list == *id && listing.confidentiality == Confidentiality::Public && stands
            }),
        }
    }
}

/// The kinds with their codes.
pub(super) const KINDS: [(Kind, &str); 4] = [
    (Kind::Substance, "substance"),
    (Kind::Mixture, "mixture"),
    (Kind::Equipment, "equipment"),
    (Kind::FamilyRule, "family"),
];

/// The code of a kind in the address.
pub(super) fn kind_code(kind: Kind) -> &'static str {
    KINDS.iter().find(|(known, _)| *known == kind).map_or("", |(_, code)| code)
}

impl Filter {
    /// Reads a query.
    pub fn read(query: &Fields, catalogue: &Catalogue) -> Self {
        let q: String = query.get("q").chars().filter(|letter| !letter.is_control()).take(LONGEST).collect();
        let kind = KINDS.iter().find(|(_, code)| *code == query.get("kind")).map(|(kind, _)| *kind);
        Self { q: q.trim().to_owned(), list: OnList::read(query.get("list"), catalogue), kind }
    }

    /// Whether an entry passes list and kind.
    pub fn passes(&self, substance: &Substance, on: Date) -> bool {
        self.kind.is_none_or(|kind| substance.kind == kind)
            && self.list.as_ref().is_none_or(|list| list.holds(substance, on))
    }

    /// The handles that pass, if anything is filtered.
    pub fn only(&self, catalogue: &Catalogue, on: Date) -> Option<Vec<String>> {
        let filters = self.list.is_some() || self.kind.is_some();
        let passing = || catalogue.all().iter().filter(|substance| self.passes(substance, on));
        filters.then(|| passing().map(|substance| substance.slug.clone()).collect())
    }

    /// Address of `path` with this search and these filters.
    pub fn address(&self, path: &str) -> String {
        let list = self.list.as_ref().map_or("", OnList::code);
        let kind = self.kind.map_or("", kind_code);
        let values = [("q", self.q.as_str()), ("list", list), ("kind", kind)];
        values
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .fold(path.to_owned(), |path, (name, value)| with_query(&path, name, value))
    }

    /// The same without the list.
    pub fn without_list(&self) -> Self {
        Self { list: None, ..self.clone() }
    }

    /// The same without the kind.
    pub fn without_kind(&self) -> Self {
        Self { kind: None, ..self.clone() }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn read(query: &str) -> Filter {
        Filter::read(&Fields::parse(query.as_bytes()), &Catalogue::load().unwrap())
    }

    #[test]
    fn what_is_not_understood_filters_nothing() {
        assert_eq!(read("list=&kind="), Filter::default());
        assert_eq!(read("list=no-such&kind=no-such&x=1"), Filter::default());
        assert_eq!(read("q=%01%0Aacetone%09+&list=table-2&kind=family").q, "acetone");
        assert_eq!(read(&format!("q={}", "x".repeat(5000))).q.len(), LONGEST);
    }

    #[test]
    fn an_address_reads_back() {
        for query in ["", "?q=a+b%26c", "?list=table-1", "?q=%C3%A9&list=eu-precursors&kind=mixture", "?kind=equipment"]
        {
            let filter = read(query.trim_start_matches('?'));
            assert_eq!(filter.address("/en/substances"), format!("/en/substances{query}"));
        }
    }

    #[test]
    fn filters_find_what_they_say() {
        let catalogue = Catalogue::load().unwrap();
        let on: Date = "2026-11-23".parse().unwrap();
        let count = |query: &str| read(query).only(&catalogue, on).map(|only| only.len());
        assert_eq!(count("q=acetone"), None);
        let (one, two, neither) =
            (count("list=table-1").unwrap(), count("list=table-2").unwrap(), count("list=non-scheduled").unwrap());
        assert_eq!(two, 8, "Table II has eight substances");
        assert!(one > 40, "Table I, esters one by one: {one}");
        assert_eq!(one + two + neither, catalogue.all().len());
        let equipment = read("kind=equipment").only(&catalogue, on).unwrap();
        assert!(equipment.contains(&"tablet-press".to_owned()) && !equipment.contains(&"acetone".to_owned()));
    }
}
