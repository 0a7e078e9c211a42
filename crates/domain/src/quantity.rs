//! Quantities: how much of a substance, or how many machines, held as whole numbers of a small base unit.
//!
//! People write `3 drums of 200 l`, `1,5 l` or `2 t`; the form shows back what was understood (`600 l (3 × 200 l)`) and
//! everything after that compares and adds integers. A number that can be read in two ways (`1,500 kg`) is refused, not
//! guessed. Volume is compared with a mass threshold only through a stated density, and the answer says that it was.

mod error;
mod number;
mod parse;
mod token;
mod units;

pub use error::QuantityError;

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

/// What is measured, and in which base unit it is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dimension {
    /// Mass, in milligrams.
    Mass,
    /// Volume, in microlitres.
    Volume,
    /// Countable things, one by one.
    Pieces,
}

/// An amount of something, with the packs it comes in if they were named.
///
/// `==` compares packs too; use [`Quantity::against`] to compare amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Quantity {
    /// Milligrams, microlitres or pieces, according to `dimension`; never negative.
    pub base: i64,
    /// What is measured.
    pub dimension: Dimension,
    /// The equal packs that make up the whole, if it was given so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub packs: Option<Packs>,
}

/// Equal packs: `count` times `each`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Packs {
    /// How many packs.
    pub count: u32,
    /// What one holds, in the base unit of the quantity.
    pub each: i64,
}

/// A density in grams per litre (which is milligrams per millilitre), used for comparing with thresholds only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Density(pub u32);

/// How two amounts compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Against {
    /// The first as seen from the second.
    pub ordering: Ordering,
    /// True if a mass and a volume were compared through a density. Pages must say so.
    pub by_density: bool,
}

impl Quantity {
    /// Base units in one kilogram and in one litre.
    pub const LARGE: i64 = 1_000_000;
    /// Base units in one gram and in one millilitre.
    pub const SMALL: i64 = 1_000;

    /// An amount in base units; `None` if negative.
    #[must_use]
    pub const fn new(base: i64, dimension: Dimension) -> Option<Self> {
        if base < 0 { None } else { Some(Self { base, dimension, packs: None }) }
    }

    /// Reads an amount as people write it.
    ///
    /// # Errors
    /// A [`QuantityError`] that says in plain words what to write instead.
    pub fn parse(text: &str) -> Result<Self, QuantityError> {
        parse::quantity(text)
    }

    /// Reads a number (or `3 x 200`) and a unit that stand in two fields of a form.
    ///
    /// A number that brings its own unit is taken as it is, if the unit chosen measures the same thing.
    ///
    /// # Errors
    /// A [`QuantityError`] that says in plain words what to write instead.
    pub fn parse_with_unit(number: &str, unit: &str) -> Result<Self, QuantityError> {
        parse::with_unit(number, unit)
    }

    /// The sum, if both measure the same thing and it can be held. Packs are kept only if they are the same on both sides.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        if self.dimension != other.dimension {
            return None;
        }
        let packs = match (self.packs, other.packs) {
            (Some(a), Some(b)) if a.each == b.each => {
                a.count.checked_add(b.count).map(|count| Packs { count, each: a.each })
            }
            _ => None,
        };
        Some(Self { base: self.base.checked_add(other.base)?, dimension: self.dimension, packs })
    }

    /// `count` packs of this amount, if it can be held.
    #[must_use]
    pub fn checked_mul(self, count: u32) -> Option<Self> {
        let base = self.base.checked_mul(i64::from(count))?;
        let packs = match self.packs {
            Some(packs) => Packs { count: packs.count.checked_mul(count)?, each: packs.each },
            None => Packs { count, each: self.base },
        };
        Some(Self { base, dimension: self.dimension, packs: (packs.count > 1).then_some(packs) })
    }

    /// The same amount measured as `dimension`; between mass and volume only with a density. Rounds down.
    #[must_use]
    pub fn measured_as(self, dimension: Dimension, density: Option<Density>) -> Option<Self> {
        if self.dimension == dimension {
            return Some(self);
        }
        let density = i128::from(density.filter(|density| density.0 > 0)?.0);
        let base = match (self.dimension, dimension) {
            (Dimension::Volume, Dimension::Mass) => i128::from(self.base) * density / 1000,
            (Dimension::Mass, Dimension::Volume) => i128::from(self.base) * 1000 / density,
            _ => return None,
        };
        Self::new(i64::try_from(base).ok()?, dimension)
    }

    /// Compares two amounts; `None` if they measure different things and no density joins them.
    #[must_use]
    pub fn against(self, other: Self, density: Option<Density>) -> Option<Against> {
        let by_density = self.dimension != other.dimension;
        let same = self.measured_as(other.dimension, density)?;
        Some(Against { ordering: same.base.cmp(&other.base), by_density })
    }
}

impl Dimension {
    /// The unit people read for an amount of this size, and how many base units it holds.
    const fn unit_for(self, base: i64) -> (&'static str, i64) {
        match self {
            Self::Mass if base >= Quantity::LARGE => ("kg", Quantity::LARGE),
            Self::Mass if base >= Quantity::SMALL => ("g", Quantity::SMALL),
            Self::Mass if base == 0 => ("kg", Quantity::LARGE),
            Self::Mass => ("mg", 1),
            Self::Volume if base >= Quantity::LARGE => ("l", Quantity::LARGE),
            Self::Volume if base >= Quantity::SMALL => ("ml", Quantity::SMALL),
            Self::Volume if base == 0 => ("l", Quantity::LARGE),
            Self::Volume => ("µl", 1),
            Self::Pieces if base == 1 => ("piece", 1),
            Self::Pieces => ("pieces", 1),
        }
    }
}

/// In kilograms or litres from one of them upwards, in smaller units below; packs in brackets. Reads back as the same.
impl std::fmt::Display for Quantity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write_amount(f, self.base, self.dimension)?;
        let Some(packs) = self.packs else { return Ok(()) };
        f.write_str(" (")?;
        write_whole(f, i64::from(packs.count))?;
        f.write_str(" × ")?;
        write_amount(f, packs.each, self.dimension)?;
        f.write_str(")")
    }
}

fn write_amount(f: &mut std::fmt::Formatter<'_>, base: i64, dimension: Dimension) -> std::fmt::Result {
    let (unit, size) = dimension.unit_for(base);
    write_whole(f, base / size)?;
    let rest = base % size;
    if rest > 0 {
        let width = size.ilog10() as usize;
        let decimals = format!("{rest:0width$}");
        let decimals = decimals.trim_end_matches('0');
        // Exactly three decimals would look like a thousands group, so a fourth is written.
        write!(f, ".{decimals}{}", if decimals.len() == 3 { "0" } else { "" })?;
    }
    write!(f, " {unit}")
}

/// Groups of three from five digits upwards, parted by a narrow no-break space.
fn write_whole(f: &mut std::fmt::Formatter<'_>, number: i64) -> std::fmt::Result {
    let digits = number.to_string();
    if digits.len() < 5 {
        return f.write_str(&digits);
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            f.write_str("\u{202F}")?;
        }
        write!(f, "{digit}")?;
    }
    Ok(())
}

impl std::str::FromStr for Quantity {
    type Err = QuantityError;

    fn from_str(text: &str) -> Result<Self, QuantityError> {
        Self::parse(text)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Quantity {
        Quantity::parse(text).unwrap()
    }

    #[test]
    fn shows_kilograms_and_litres() {
        for (base, dimension, shown) in [
            (0, Dimension::Mass, "0 kg"),
            (1, Dimension::Mass, "1 mg"),
            (999, Dimension::Volume, "999 µl"),
            (400_000, Dimension::Mass, "400 g"),
            (2_500_000, Dimension::Volume, "2.5 l"),
            (135_800_000, Dimension::Mass, "135.8 kg"),
            (453_592, Dimension::Mass, "453.5920 g"),
            (2_000_000_000, Dimension::Mass, "2000 kg"),
            (12_000_000_000, Dimension::Mass, "12\u{202F}000 kg"),
            (1, Dimension::Pieces, "1 piece"),
            (40, Dimension::Pieces, "40 pieces"),
        ] {
            assert_eq!(Quantity::new(base, dimension).unwrap().to_string(), shown);
        }
        assert_eq!(read("3 drums of 200 l").to_string(), "600 l (3 × 200 l)");
        assert_eq!(Quantity::new(-1, Dimension::Mass), None);
    }

    #[test]
    fn compares_amounts() {
        let acetic_anhydride = Some(Density(1080));
        let by = |a: &str, b: &str, density| read(a).against(read(b), density);
        let said = |ordering, by_density| Some(Against { ordering, by_density });
        assert_eq!(by("100 l", "100 l", None), said(Ordering::Equal, false));
        assert_eq!(by("3 x 200 l", "600 l", None), said(Ordering::Equal, false));
        assert_eq!(by("99 kg", "0.1 t", None), said(Ordering::Less, false));
        assert_eq!(by("100 l", "100 kg", None), None);
        assert_eq!(by("100 l", "108 kg", acetic_anhydride), said(Ordering::Equal, true));
        assert_eq!(by("1000 kg", "1000 l", acetic_anhydride), said(Ordering::Less, true));
        assert_eq!(by("4 pieces", "4 kg", acetic_anhydride), None);
        assert_eq!(by("1 kg", "1 l", Some(Density(0))), None);
    }

    #[test]
    fn arithmetic_is_checked() {
        assert_eq!(read("2 x 5 l").checked_add(read("3 x 5 l")).unwrap().to_string(), "25 l (5 × 5 l)");
        assert_eq!(read("2 x 5 l").checked_add(read("1 l")).unwrap().to_string(), "11 l");
        assert_eq!(read("1 l").checked_add(read("1 kg")), None);
        let most = Quantity::new(i64::MAX, Dimension::Mass).unwrap();
        assert_eq!(most.checked_add(read("1 mg")), None);
        assert_eq!(most.checked_mul(2), None);
        assert_eq!(most.measured_as(Dimension::Volume, Some(Density(1))), None);
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back(base in 1i64..=i64::MAX, which in 0usize..3, count in 2u32..5000) {
            let dimension = [Dimension::Mass, Dimension::Volume, Dimension::Pieces][which];
            let single = Quantity::new(base, dimension).unwrap();
            prop_assert_eq!(Quantity::parse(&single.to_string()), Ok(single));
            if let Some(packed) = single.checked_mul(count) {
                prop_assert_eq!(Quantity::parse(&packed.to_string()), Ok(packed));
            }
        }
    }
}
