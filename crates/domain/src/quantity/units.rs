//! The words for units, packs and countable things that people write beside a number.

use super::Dimension;

/// A unit of measure: its names (folded), what it measures, and how many base units it holds as a fraction.
pub(super) struct Unit {
    names: &'static [&'static str],
    pub dimension: Dimension,
    pub numerator: i128,
    pub denominator: i128,
}

const fn unit(names: &'static [&'static str], dimension: Dimension, numerator: i128, denominator: i128) -> Unit {
    Unit { names, dimension, numerator, denominator }
}

use Dimension::{Mass, Pieces, Volume};

/// `gal`, `qt`, `pt` and `fl oz` are the US ones, `ton` is the metric tonne; the British and the short ton say so.
#[rustfmt::skip]
const UNITS: [Unit; 24] = [
    unit(&["ug", "mcg", "microgram", "micrograms"], Mass, 1, 1000),
    unit(&["mg", "mgs", "milligram", "milligrams", "milligramme", "milligrammes", "milligramm", "miligramos"], Mass, 1, 1),
    unit(&["g", "gr", "gm", "gms", "gram", "grams", "gramme", "grammes", "gramm", "gramo", "gramos"], Mass, 1_000, 1),
    unit(&["kg", "kgs", "kilo", "kilos", "kilogram", "kilograms", "kilogramme", "kilogrammes", "kilogramm", "kilogramo", "kilogramos", "quilo", "quilos", "кг"], Mass, 1_000_000, 1),
    unit(&["t", "to", "mt", "te", "ton", "tons", "tonne", "tonnes", "tonnen", "tonelada", "toneladas", "metric ton", "metric tons", "metric tonne", "metric tonnes", "т"], Mass, 1_000_000_000, 1),
    unit(&["short ton", "short tons", "us ton", "us tons"], Mass, 907_184_740, 1),
    unit(&["long ton", "long tons", "imperial ton", "imperial tons"], Mass, 10_160_469_088, 10),
    unit(&["lb", "lbs", "pound", "pounds"], Mass, 45_359_237, 100),
    unit(&["oz", "ounce", "ounces"], Mass, 28_349_523_125, 1_000_000),
    unit(&["ul", "microlitre", "microlitres", "microliter", "microliters"], Volume, 1, 1),
    unit(&["ml", "mls", "millilitre", "millilitres", "milliliter", "milliliters", "cc", "ccm", "cm3", "cubic centimetre", "cubic centimetres", "cubic centimeter", "cubic centimeters"], Volume, 1_000, 1),
    unit(&["cl", "centilitre", "centilitres", "centiliter", "centiliters"], Volume, 10_000, 1),
    unit(&["dl", "decilitre", "decilitres", "deciliter", "deciliters"], Volume, 100_000, 1),
    unit(&["l", "lt", "lts", "ltr", "ltrs", "litre", "litres", "liter", "liters", "litro", "litros", "dm3", "л"], Volume, 1_000_000, 1),
    unit(&["hl", "hectolitre", "hectolitres", "hectoliter", "hectoliters"], Volume, 100_000_000, 1),
    unit(&["m3", "cbm", "cubic metre", "cubic metres", "cubic meter", "cubic meters", "kl", "kilolitre", "kilolitres"], Volume, 1_000_000_000, 1),
    unit(&["gal", "gals", "gallon", "gallons", "us gal", "us gals", "us gallon", "us gallons"], Volume, 3_785_411_784, 1_000),
    unit(&["imp gal", "imp gals", "imperial gal", "imperial gallon", "imperial gallons", "uk gal", "uk gallon", "uk gallons"], Volume, 4_546_090, 1),
    unit(&["qt", "qts", "quart", "quarts"], Volume, 946_352_946, 1_000),
    unit(&["pt", "pts", "pint", "pints"], Volume, 473_176_473, 1_000),
    unit(&["fl oz", "floz", "fluid ounce", "fluid ounces"], Volume, 295_735_295_625, 10_000_000),
    unit(&["pc", "pcs", "pce", "pces", "piece", "pieces", "item", "items", "unit", "units", "ea", "stk", "stuck"], Pieces, 1, 1),
    unit(&["pair", "pairs"], Pieces, 2, 1),
    unit(&["gross"], Pieces, 144, 1),
];

/// Packs that say nothing until one knows what each holds.
const VESSELS: [&str; 46] = [
    "bag",
    "barrel",
    "bidon",
    "bidone",
    "bottle",
    "bucket",
    "can",
    "canister",
    "carboy",
    "cask",
    "container",
    "cubitainer",
    "cylinder",
    "demijohn",
    "drum",
    "fass",
    "fasser",
    "fibc",
    "flasche",
    "flaschen",
    "flask",
    "fut",
    "garrafa",
    "ibc",
    "isotank",
    "jar",
    "jerrican",
    "jerrycan",
    "jug",
    "kanister",
    "keg",
    "pail",
    "pallet",
    "reel",
    "sac",
    "sack",
    "tambor",
    "tambore",
    "tank",
    "tanker",
    "tin",
    "tonnelet",
    "tote",
    "truck",
    "vat",
    "vaten",
];

/// Things that may be counted by themselves, and may also say what each holds.
const COUNTABLE: [&str; 37] = [
    "ampoule",
    "apparatus",
    "balance",
    "blender",
    "blister",
    "box",
    "capsule",
    "carton",
    "case",
    "condenser",
    "crate",
    "die",
    "dryer",
    "encapsulator",
    "evaporator",
    "filler",
    "furnace",
    "heater",
    "kit",
    "machine",
    "mantle",
    "mill",
    "mixer",
    "mould",
    "pack",
    "package",
    "packet",
    "pill",
    "press",
    "pump",
    "punch",
    "reactor",
    "sachet",
    "set",
    "tablet",
    "vessel",
    "vial",
];

/// Numbers that are written as words.
const NUMERALS: [(&str, i128); 19] = [
    ("a", 1),
    ("an", 1),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("fifteen", 15),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
];

/// Words that multiply the number before them.
const MULTIPLIERS: [(&str, i128); 6] =
    [("dozen", 12), ("dozens", 12), ("doz", 12), ("hundred", 100), ("thousand", 1000), ("million", 1_000_000)];

/// A thing that comes in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Noun {
    /// It must say how much it holds.
    Vessel,
    /// It counts by itself.
    Countable,
}

/// The unit with this folded name (one or two words).
pub(super) fn unit_named(name: &str) -> Option<&'static Unit> {
    UNITS.iter().find(|unit| unit.names.contains(&name))
}

/// What kind of thing the folded word names, in singular or plural.
pub(super) fn noun(word: &str) -> Option<Noun> {
    let singular = [Some(word), word.strip_suffix('s'), word.strip_suffix("es")];
    let named = |table: &[&str]| singular.iter().flatten().any(|form| table.contains(form));
    if named(&VESSELS) { Some(Noun::Vessel) } else { named(&COUNTABLE).then_some(Noun::Countable) }
}

/// The number a word stands for.
pub(super) fn numeral(word: &str) -> Option<i128> {
    NUMERALS.iter().find(|(name, _)| *name == word).map(|(_, number)| *number)
}

/// What a word multiplies by.
pub(super) fn multiplier(word: &str) -> Option<i128> {
    MULTIPLIERS.iter().find(|(name, _)| *name == word).map(|(_, number)| *number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_means_two_units() {
        let mut names: Vec<&str> = UNITS.iter().flat_map(|unit| unit.names.iter().copied()).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn knows_plurals() {
        for (word, kind) in [
            ("drums", Some(Noun::Vessel)),
            ("ibcs", Some(Noun::Vessel)),
            ("boxes", Some(Noun::Countable)),
            ("presses", Some(Noun::Countable)),
            ("dies", Some(Noun::Countable)),
            ("acetone", None),
        ] {
            assert_eq!(noun(word), kind, "{word}");
        }
    }
}
