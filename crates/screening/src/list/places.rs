//! Countries as lists name them.

use domain::country::Country;
use domain::fold::words;

/// What a name of a country turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// This country.
    Country(Country),
    /// Known, but no country of today: stateless, the Soviet Union.
    NoCountry,
    /// Not known.
    Unknown,
}

impl Found {
    pub fn country(self) -> Option<Country> {
        if let Self::Country(country) = self { Some(country) } else { None }
    }
}

/// Regions that lists name where a country belongs, with the country in which the United Nations see them.
const REGIONS: [(&str, &str); 10] = [
    ("crimea", "UA"),
    ("donetsk", "UA"),
    ("luhansk", "UA"),
    ("sevastopol", "UA"),
    ("gaza", "PS"),
    ("gaza strip", "PS"),
    ("west bank", "PS"),
    ("northern mali", "ML"),
    ("abkhazia", "GE"),
    ("south ossetia", "GE"),
];

/// What stands where a country belongs and is none: states of the past, codes of OpenSanctions for them and for
/// unions, and words for "not known".
const NO_COUNTRY: [&str; 39] = [
    "asia",
    "cshh",
    "csxx",
    "czechoslovakia",
    "dd",
    "ddde",
    "eu",
    "european union",
    "former soviet union",
    "former yugoslavia",
    "kafia kingi",
    "kosovo",
    "n a",
    "na",
    "na unknown",
    "netherlands antilles",
    "none",
    "none identified",
    "not available",
    "not known",
    "other",
    "serbia and montenegro",
    "soviet union",
    "stateless",
    "su",
    "suhh",
    "the soviet union",
    "undetermined",
    "union of soviet socialist republics",
    "unk",
    "unknown",
    "ussr",
    "worldwide",
    "xk",
    "xx",
    "xxk",
    "yucs",
    "yugoslavia",
    "zz",
];

/// Finds a country by name or code, as lists write it: `Korea, North`, `Iran (Islamic Republic of)`, `Region: Gaza`.
pub(super) fn find(text: &str) -> Found {
    let text = text.trim().trim_end_matches(['.', ',', ';']).trim();
    let known = by_name(text).or_else(|| {
        // `Congo, Democratic Republic of the`
        let (last, first) = text.split_once(',')?;
        by_name(&format!("{} {}", first.trim(), last.trim()))
    });
    if let Some(country) = known {
        return Found::Country(country);
    }
    let folded = words(text);
    let folded = folded.strip_prefix("region ").unwrap_or(&folded);
    if let Some((_, code)) = REGIONS.iter().find(|(region, _)| *region == folded) {
        return Country::parse(code).map_or(Found::Unknown, Found::Country);
    }
    if NO_COUNTRY.binary_search(&folded).is_ok() {
        return Found::NoCountry;
    }
    without_what_surrounds(text).map_or(Found::Unknown, Found::Country)
}

/// A name, or a code where it is written as one: "no" and "in" are words more often than Norway and India.
fn by_name(text: &str) -> Option<Country> {
    let code = text.len() == 2 && !matches!(text, "uk" | "el") && text.bytes().any(|byte| byte.is_ascii_lowercase());
    if code { None } else { Country::find(text).ok() }
}

/// Two-letter codes in small letters and with parts (`gb-sct`), as OpenSanctions writes them.
pub(super) fn by_code(text: &str) -> Found {
    let folded = text.trim().to_lowercase();
    if NO_COUNTRY.binary_search(&folded.as_str()).is_ok() {
        return Found::NoCountry;
    }
    let code = folded.split('-').next().unwrap_or_default();
    Country::parse(code).map_or_else(|_| find(text), Found::Country)
}

/// `possibly Yemen`, `Syria (previous address)`, `Cabo Verde. Previously Cape Verde`.
fn without_what_surrounds(text: &str) -> Option<Country> {
    // What follows in capitals tells countries apart: `Korea (North)`.
    let aside = |rest: &str| rest.starts_with(|sign: char| sign.is_lowercase() || sign.is_ascii_digit());
    let bare = text.split_once('(').filter(|(_, rest)| aside(rest)).map_or(text, |(name, _)| name);
    let bare = bare.split_once(". ").map_or(bare, |(name, _)| name).trim();
    let bare = ["possibly ", "Possibly ", "probably ", "Probably ", "formerly ", "currently ", "likely "]
        .iter()
        .find_map(|word| bare.strip_prefix(word))
        .unwrap_or(bare);
    (bare != text && bare.len() > 2).then(|| by_name(bare)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_lists_write() {
        assert!(NO_COUNTRY.is_sorted());
        for (text, code) in [
            ("Korea, North", "KP"),
            ("Democratic People's Republic of Korea", "KP"),
            ("Congo, Democratic Republic of the", "CD"),
            ("Congo, Republic of the", "CG"),
            ("Virgin Islands, British", "VG"),
            ("British Virgin Islands", "VG"),
            ("Man, Isle of", "IM"),
            ("Bahamas, The", "BS"),
            ("The Gambia", "GM"),
            ("Cote d Ivoire", "CI"),
            ("Syrian Arab Republic", "SY"),
            ("SYRIAN ARAB REPUBLIC", "SY"),
            ("Burma", "MM"),
            ("Iran (Islamic Republic of)", "IR"),
            ("China, Hong Kong Special Administrative Region", "HK"),
            ("United Kingdom of Great Britain and Northern Ireland", "GB"),
            ("State of Palestine", "PS"),
            ("possibly Palestinian", "PS"),
            ("Region: Crimea", "UA"),
            ("Region: Gaza", "PS"),
            ("Türkiye", "TR"),
            ("Egypt.", "EG"),
            ("US", "US"),
            ("Syria (previous address)", "SY"),
            ("Congo (Democratic Republic)", "CD"),
            ("Cabo Verde. Previously Cape Verde.", "CV"),
        ] {
            assert_eq!(find(text).country().map(Country::code), Some(code), "{text}");
        }
        for text in ["undetermined", "Stateless", "Soviet Union", "Region: Kafia Kingi", "None Identified", "Kosovo"] {
            assert_eq!(find(text), Found::NoCountry, "{text}");
        }
        for text in ["", "no", "in", "Atlantis", "Congo (South)", "(", ","] {
            assert_eq!(find(text), Found::Unknown, "{text}");
        }
        assert_eq!(by_code("gb-sct").country().map(Country::code), Some("GB"));
        assert_eq!(by_code("in").country().map(Country::code), Some("IN"));
        assert_eq!(by_code("suhh"), Found::NoCountry);
    }
}
