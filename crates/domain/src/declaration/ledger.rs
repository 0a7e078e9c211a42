//! Counting orders against what was declared. Everything is counted in the unit of the declaration; a volume is counted against
//! a mass (or the other way round) only through a density, and a piece only against pieces.

use crate::{date::Date, quantity::Quantity};

use super::{Item, template::Validity};

/// An order in a unit that cannot be counted against the declared one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "This cannot be counted against {declared}. Write the quantity as the declaration does, by weight, by volume or in pieces"
)]
pub struct NotCounted {
    /// What was declared.
    pub declared: Quantity,
}

/// Why an order goes beyond a declaration. It may be recorded all the same, with a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Excess {
    /// More than was declared, by so much.
    Above(Quantity),
    /// Before its first day.
    Early(Date),
    /// After its last day, or after it was ended.
    Late(Option<Date>),
    /// It is for one delivery, which was made.
    Another,
}

/// What is known of a declaration when an order is counted.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// How long its shape holds.
    pub validity: Validity,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
    /// Whether somebody ended it.
    pub ended: bool,
    /// How many orders of the substance were counted.
    pub orders: usize,
    /// How much of it, in base units of the declared quantity.
    pub used: i64,
}

/// An order in the unit of the declaration, in base units.
///
/// # Errors
/// [`NotCounted`] if no density joins the two.
pub fn counted(item: &Item, order: Quantity) -> Result<i64, NotCounted> {
    let same = order.measured_as(item.quantity.dimension, item.density);
    same.map(|same| same.base).ok_or(NotCounted { declared: item.quantity })
}

/// Everything by which an order of `base` on `day` goes beyond the declaration.
#[must_use]
pub fn excesses(item: &Item, standing: &Standing, base: i64, day: Date) -> Vec<Excess> {
    let mut found = Vec::new();
    if standing.validity == Validity::Transaction && standing.orders > 0 {
        found.push(Excess::Another);
    }
    let after = standing.used.saturating_add(base);
    if let Some(above) = Quantity::new(after.saturating_sub(item.quantity.base), item.quantity.dimension)
        && above.base > 0
    {
        found.push(Excess::Above(above));
    }
    if let Some(from) = standing.from.filter(|from| day < *from) {
        found.push(Excess::Early(from));
    }
    if standing.ended || standing.until.is_some_and(|until| day > until) {
        found.push(Excess::Late(standing.until));
    }
    found
}

/// Whether nothing is left: the one delivery was made, or all that was declared was delivered of every substance.
#[must_use]
pub fn used_up<'i>(validity: Validity, items: impl IntoIterator<Item = (&'i Item, usize, i64)>) -> bool {
    items.into_iter().all(|(item, orders, used)| match validity {
        Validity::Transaction => orders > 0,
        Validity::Year | Validity::CalendarYear => used >= item.quantity.base,
    })
}

/// The part that is used, in whole per cent, at most 100; what is used at all is never nothing.
#[must_use]
pub fn per_cent(item: &Item, used: i64) -> i64 {
    let of = i128::from(item.quantity.base.max(1));
    let part = i128::from(used.max(0)) * 100 / of;
    let part = i64::try_from(part).unwrap_or(100).min(100);
    if used > 0 { part.max(1) } else { part }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::quantity::{Density, Dimension};

    fn item(amount: &str) -> Item {
        Item {
            number: 1,
            slug: "acetic-anhydride".into(),
            name: "Acetic anhydride".into(),
            code: String::new(),
            amount: amount.into(),
            quantity: Quantity::parse(amount).unwrap(),
            density: Some(Density(1080)),
        }
    }

    fn standing(used: &str) -> Standing {
        let used = Quantity::parse(used).map_or(0, |used| used.base);
        let day = |text: &str| text.parse().ok();
        Standing {
            validity: Validity::Year,
            from: day("2026-01-01"),
            until: day("2026-12-31"),
            ended: false,
            orders: usize::from(used > 0),
            used,
        }
    }

    fn count(item: &Item, text: &str) -> i64 {
        counted(item, Quantity::parse(text).unwrap()).unwrap()
    }

    #[test]
    fn units_are_turned_into_the_declared_one() {
        let kilograms = item("2 t");
        for (order, base) in [
            ("500 kg", 500_000_000),
            ("0.5 t", 500_000_000),
            ("3 drums of 200 kg", 600_000_000),
            ("100 l", 108_000_000),
            ("1 lb", 453_592),
        ] {
            assert_eq!(count(&kilograms, order), base, "{order}");
        }
        let pieces = counted(&kilograms, Quantity::parse("4 pieces").unwrap()).unwrap_err();
        assert!(pieces.to_string().starts_with("This cannot be counted against 2000 kg"), "{pieces}");
        let without = Item { density: None, ..item("100 l") };
        assert!(counted(&without, Quantity::parse("1 kg").unwrap()).is_err());
    }

    #[test]
    fn what_goes_beyond_is_named() {
        let (item, day): (_, Date) = (item("100 l"), "2026-06-01".parse().unwrap());
        let beyond = |standing: &Standing, text: &str, day| excesses(&item, standing, count(&item, text), day);
        assert_eq!(beyond(&standing("40 l"), "60 l", day), []);
        let above = Quantity::parse("5 l").unwrap();
        assert_eq!(beyond(&standing("40 l"), "65 l", day), [Excess::Above(above)]);
        let early = beyond(&standing(""), "1 l", "2025-12-31".parse().unwrap());
        assert_eq!(early, [Excess::Early("2026-01-01".parse().unwrap())]);
        let late = beyond(&standing(""), "1 l", "2027-01-01".parse().unwrap());
        assert_eq!(late, [Excess::Late("2026-12-31".parse().ok())]);
        let once = Standing { validity: Validity::Transaction, until: None, ..standing("40 l") };
        assert_eq!(beyond(&once, "1 l", day), [Excess::Another]);
        assert!(used_up(Validity::Transaction, [(&item, 1, 1)]) && !used_up(Validity::Year, [(&item, 9, 1)]));
    }

    proptest! {
        #[test]
        fn what_is_counted_is_never_more_than_declared_without_a_word(
            declared in 1i64..1_000_000_000_000, orders in prop::collection::vec(1i64..1_000_000_000, 0..20),
        ) {
            let item = Item { quantity: Quantity::new(declared, Dimension::Mass).unwrap(), ..item("1 kg") };
            let day = "2026-06-01".parse().unwrap();
            let mut now = standing("");
            for base in orders {
                let told = excesses(&item, &now, base, day);
                prop_assert_eq!(told.is_empty(), now.used + base <= declared);
                now.used += base;
                now.orders += 1;
                prop_assert!((1..=100).contains(&per_cent(&item, now.used)));
                prop_assert_eq!(used_up(Validity::Year, [(&item, now.orders, now.used)]), now.used >= declared);
            }
        }
    }
}
