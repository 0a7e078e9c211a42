#![expect(clippy::unwrap_used, reason = "tests")]

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::suppress::{Figure, LEAST, STEP};

#[test]
fn quarters() {
    let day = |text: &str| text.parse::<Date>().unwrap();
    for (date, quarter, first) in [
        ("2026-01-01", "2026-Q1", "2026-01-01"),
        ("2026-11-23", "2026-Q4", "2026-10-01"),
        ("2026-09-30", "2026-Q3", "2026-07-01"),
    ] {
        let found = Quarter::of(day(date));
        assert_eq!((found.to_string().as_str(), found.first()), (quarter, day(first)));
        assert_eq!(quarter.parse(), Ok(found));
    }
    assert_eq!("2026-Q1".parse::<Quarter>().unwrap().before().to_string(), "2025-Q4");
    assert_eq!("2026-Q4".parse::<Quarter>().unwrap().months()[3], day("2027-01-01"));
    for text in ["", "2026", "2026-Q0", "2026-Q5", "2026-Q03", "26-Q1", "2026-q1", "+2026-Q1"] {
        assert_eq!(text.parse::<Quarter>(), Err(QuarterError), "{text}");
    }
}

#[test]
fn every_substance_has_a_heading_that_is_told() {
    let catalogue = Catalogue::load().unwrap();
    let (all, today) = (headings(&catalogue), "2026-11-23".parse().unwrap());
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    for entry in catalogue.all() {
        let code = heading(&catalogue, Some(&entry.slug), today);
        assert!(all.contains(&code), "{}: {code}", entry.slug);
        assert!(!heading_label(&catalogue, &code).is_empty());
    }
    assert_eq!(heading(&catalogue, None, today), "none");
    assert_eq!(heading(&catalogue, Some(""), today), "unknown");
    assert_eq!(heading(&catalogue, Some("pmk-ethyl-glycidate"), today), "family:pmk-glycidates");
    assert_eq!(heading(&catalogue, Some("acetic-anhydride"), today), "table-1");
}

#[test]
fn stocks_are_rounded_down() {
    assert_eq!([0, 4, 5, 9, 10, 14].map(at_least), [0, 0, 5, 5, 10, 10]);
}

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::load().unwrap());

fn month(nth: u8) -> Date {
    Date::new(2026, 7 + nth, 1).unwrap()
}

prop_compose! {
    fn row()(nth in 0u8..3, source in 0u8..8, kind in 0usize..9, heading in 0usize..6, country in 0usize..3, n in 1u64..9) -> Row<u8> {
        Row {
            month: month(nth),
            source,
            kind: ReportKind::ALL[kind],
            heading: headings(&CATALOGUE)[heading].clone(),
            country: Country::parse(["NL", "CA", "DE"][country]).unwrap(),
            n,
        }
    }
}

/// The least and the most that the sum of a table can be, for somebody who has only what is told; and the same of one of its
/// hidden cells, once the sum is known to lie between two numbers.
struct Read {
    told: Vec<u64>,
    hidden: usize,
    rest: Option<u64>,
}

impl Read {
    fn of<C>(table: &Table<C>) -> Self {
        Self {
            told: table.cells.iter().filter_map(|(_, figure)| figure.told()).collect(),
            hidden: table.cells.iter().filter(|(_, figure)| *figure == Figure::Few).count(),
            rest: table.rest.and_then(Figure::told),
        }
    }

    /// What a rounded number can have been.
    fn was(told: u64) -> (u64, u64) {
        (told.saturating_sub(STEP / 2), told + STEP / 2)
    }

    fn sum_told(&self) -> (u64, u64) {
        self.told.iter().map(|n| Self::was(*n)).fold((0, 0), |sum, n| (sum.0 + n.0, sum.1 + n.1))
    }

    /// All of it; no upper end where what is hidden is not told together.
    fn sum(&self) -> (u64, u64) {
        let told = self.sum_told();
        match self.rest.map(Self::was) {
            Some(rest) => (told.0 + rest.0, told.1 + rest.1),
            None if self.hidden == 0 => told,
            None => (told.0, u64::MAX),
        }
    }

    /// What one hidden cell can be if all of it lies between two numbers. Each cell can be nought and as much as all that is
    /// hidden, since which one was hidden for its size and which for another's sake is not told.
    fn one_hidden(&self, all: (u64, u64)) -> (u64, u64) {
        let told = self.sum_told();
        let most = all.1.saturating_sub(told.0);
        let most = self.rest.map_or(most, |rest| most.min(Self::was(rest).1));
        let least = if self.hidden == 1 { all.0.saturating_sub(told.1) } else { 0 };
        (least, most)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Somebody lays all tables of a quarter beside each other, knows that each shares out the same reports, and knows how
    /// figures are rounded. No hidden figure follows: each can still be one of at least five.
    #[test]
    fn no_small_figure_follows_from_two_tables(rows in prop::collection::vec(row(), 0..60)) {
        let countries = ["NL", "CA", "DE"].map(|code| Country::parse(code).unwrap()).into_iter().collect();
        let told = tables("2026-Q3".parse().unwrap(), &CATALOGUE, &countries, &rows, &[]);
        let read = [Read::of(&told.months), Read::of(&told.kinds), Read::of(&told.substances), Read::of(&told.countries)];
        let all = read.iter().map(Read::sum).fold((0, u64::MAX), |all, one| (all.0.max(one.0), all.1.min(one.1)));
        for (place, table) in read.iter().enumerate() {
            for n in &table.told {
                prop_assert!(*n >= LEAST, "table {place}: {n} is told");
            }
            if table.hidden > 0 {
                let (least, most) = table.one_hidden(all);
                prop_assert!(most.saturating_sub(least) >= LEAST - 1, "table {place}: between {least} and {most}: {told:?}");
            }
        }
    }

    /// The sums are right where they are told: nothing is lost between the rows and the tables.
    #[test]
    fn what_is_told_is_what_was_counted(rows in prop::collection::vec(row(), 0..60)) {
        let told = tables("2026-Q3".parse().unwrap(), &CATALOGUE, &BTreeSet::new(), &rows, &[]);
        for (kind, figure) in &told.kinds.cells {
            let count: u64 = rows.iter().filter(|row| row.kind == *kind).map(|row| row.n).sum();
            prop_assert!(figure.told().is_none_or(|n| n.abs_diff(count) <= STEP / 2), "{kind:?}: {count}");
        }
    }
}
