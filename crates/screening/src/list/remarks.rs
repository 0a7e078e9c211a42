//! The remarks of OFAC's lists: sentences parted by semicolons, most of which carry data.

use super::build::{Making, clean};
use super::numbers;
use crate::entry::{Kind, NameRole, NumberKind, Tie};

/// How numbers are introduced, the longer beginnings first where one contains the other.
const NUMBERS: [&str; 95] = [
    "Afghan Money Service Provider License Number",
    "Aircraft Construction Number (also called L/N or S/N or F/N)",
    "Aircraft Manufacturer's Serial Number (MSN)",
    "Aircraft Serial Identification",
    "Aircraft Tail Number",
    "Previous Aircraft Tail Number",
    "BIK (RU)",
    "Birth Certificate Number",
    "Bosnian Personal ID No.",
    "Branch Unit Number",
    "British National Overseas Passport",
    "Business Number",
    "Business Registration Document #",
    "Business Registration Number",
    "C.I.F.",
    "C.R. No.",
    "C.U.I.",
    "C.U.I.P.",
    "C.U.I.T.",
    "C.U.R.P.",
    "C.U.R.P. #",
    "Cartilla de Servicio Militar Nacional",
    "Cedula No.",
    "Cedula de Ciudadania",
    "Cedula de Residencia",
    "Central Registration Number",
    "Certificate of Incorporation Number",
    "Chamber of Commerce Number",
    "Citizen's Card Number",
    "Commercial Registry Number",
    "Company Number",
    "Credencial electoral",
    "D-U-N-S Number",
    "D.N.I.",
    "Diplomatic Passport",
    "Driver's License No.",
    "Dubai Chamber of Commerce Membership No.",
    "Economic Register Number (CBLS)",
    "Electoral Registry No.",
    "Enterprise Number",
    "Fiscal Code",
    "File Number",
    "Folio Mercantil No.",
    "Government Gazette Number",
    "Haitian CIN",
    "I.F.E.",
    "Identification Number",
    "Immigration No.",
    "Interpol: Red Notice. File No.",
    "Istanbul Chamber of Comm. No.",
    "Italian Fiscal Code",
    "Italian Fiscal Code:",
    "Kenyan ID No.",
    "LE Number",
    "Legal Entity Number",
    "License",
    "MMSI",
    "MSB Registration Number",
    "Matricula Mercantil No",
    "Military Registration Number",
    "NIT #",
    "National Foreign ID Number",
    "National ID No.",
    "Numero de Identidad",
    "Passport",
    "Personal ID Card",
    "Personal Identification Number",
    "Pilot License Number",
    "Public Registration Number",
    "Public Security and Immigration No.",
    "R.F.C.",
    "RFC",
    "RIF #",
    "RTN",
    "RUC #",
    "Refugee ID Card",
    "Registered Charity No.",
    "Registration ID",
    "Registration Number",
    "Residency Number",
    "Romanian C.R.",
    "SSN",
    "SWIFT/BIC",
    "Serial No.",
    "Stateless Person ID Card",
    "Stateless Person Passport",
    "Tax ID No.",
    "Tourism License No.",
    "Trade License No.",
    "Travel Document Number",
    "Turkish Identificiation Number",
    "Turkish Identification Number",
    "UK Company Number",
    "US FEIN",
    "Unified Social Credit Code (USCC)",
];
/// More of them, with another kind than their words would say.
const OTHERS: [(&str, NumberKind); 5] = [
    ("Chinese Commercial Code", NumberKind::Other),
    ("V.A.T. Number", NumberKind::Tax),
    ("Company Number IMO", NumberKind::Registration),
    ("Legal Entity Identifier", NumberKind::Lei),
    ("LEI", NumberKind::Lei),
];

/// Reads the remarks of a record.
pub(super) fn read(making: &mut Making<'_>, text: &str) {
    for piece in text.split(';') {
        let piece = clean(piece);
        if !piece.is_empty() {
            self::piece(making, &piece);
        }
    }
}

fn piece(making: &mut Making<'_>, piece: &str) {
    let bare = ["alt. ", "Alt. "].iter().find_map(|word| piece.strip_prefix(word)).unwrap_or(piece);
    let ended = bare.strip_suffix('.').unwrap_or(bare);
    let after = |word: &str| ended.strip_prefix(word);
    if let Some(date) = after("DOB ") {
        making.birth("DOB", date);
    } else if let Some(place) = after("POB ") {
        born_in(making, place);
    } else if let Some(country) = after("nationality ").or_else(|| after("citizen ")) {
        making.tie("nationality", country, Tie::Nationality);
    } else if let Some(country) = after("Nationality of Registration ").or_else(|| after("Other Vessel Flag ")) {
        making.tie("Nationality of Registration", country, Tie::Registration);
    } else if let Some(country) = after("Former Vessel Flag ") {
        making.tie("Former Vessel Flag", country, Tie::Other);
        making.remark("", piece);
    } else if let Some((role, name)) = quoted(ended) {
        if making.entry.kind == Kind::Person { making.turned_name(name, role) } else { making.name(name, role, "") }
    } else if !number(making, ended) && !said_in_title(making, ended) {
        making.remark("", piece);
    }
}

/// The title stands in a column of its own and is repeated in the remarks.
fn said_in_title(making: &Making<'_>, text: &str) -> bool {
    // It was put there before the remarks were read.
    making.entry.remarks.iter().take(3).any(|remark| {
        remark.strip_prefix("Title: ").is_some_and(|title| title.split(';').any(|part| part.trim() == text))
    })
}

/// `Cairo, Egypt`: the country is the last part. Towns without one are common and no deviation.
fn born_in(making: &mut Making<'_>, place: &str) {
    let last = place.rsplit_once(", ").map_or(place, |(_, country)| country);
    let country = match place.rsplitn(3, ", ").collect::<Vec<_>>()[..] {
        // `Pyongyang, Korea, North`
        [last, before, ..] if super::places::find(&format!("{before}, {last}")).country().is_some() => {
            format!("{before}, {last}")
        }
        _ => last.into(),
    };
    if super::places::find(&country).country().is_some() {
        making.tie("POB", &country, Tie::Birth);
    }
    making.remark("Place of birth", place);
}

/// `a.k.a. 'NAME'`: aliases in the remarks are the weak ones by OFAC's rule, all others stand in a file of their own.
fn quoted(text: &str) -> Option<(NameRole, &str)> {
    let (role, rest) = [("a.k.a. ", NameRole::Weak), ("f.k.a. ", NameRole::Former), ("n.k.a. ", NameRole::Alias)]
        .into_iter()
        .find_map(|(word, role)| text.strip_prefix(word).map(|rest| (role, rest)))?;
    let name = rest.trim().trim_end_matches('.').trim_matches(['\'', '"', '\u{2018}', '\u{2019}', ' ']);
    (!name.is_empty()).then_some((role, name))
}

/// A number with what introduces it; true if it is one.
fn number(making: &mut Making<'_>, text: &str) -> bool {
    if let Some(rest) = text.strip_prefix("Digital Currency Address - ") {
        if let Some((_, address)) = rest.split_once(' ') {
            making.number("Digital Currency Address", NumberKind::Wallet, address, "");
            making.remark("", text);
            return true;
        }
        return false;
    }
    if let Some(rest) = text.strip_prefix("Vessel Registration Identification ") {
        return ship(making, text, rest);
    }
    if let Some(imo) = text.strip_prefix("Identification Number ").and_then(numbers::imo) {
        making.number("Identification Number", NumberKind::Imo, imo, "");
        return true;
    }
    let others = OTHERS.iter().filter_map(|(word, kind)| Some((*word, Some(*kind), behind(text, word)?)));
    let known = NUMBERS.iter().filter_map(|word| Some((*word, None, behind(text, word)?)));
    let Some((word, kind, rest)) = others.chain(known).max_by_key(|(word, ..)| word.len()) else { return false };
    let (value, country, tail) = parts(rest);
    let lettered = word.ends_with("Tail Number") || numbers::kind(word) == NumberKind::Bic;
    if !lettered && !value.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    making.number(word, kind.unwrap_or_else(|| numbers::kind(word)), &value, &country);
    if !tail.is_empty() {
        making.remark("", text);
    }
    true
}

fn ship(making: &mut Making<'_>, text: &str, rest: &str) -> bool {
    match numbers::imo(rest) {
        Some(imo) => making.number("Vessel Registration Identification", NumberKind::Imo, imo, ""),
        None => {
            making
                .note("Vessel Registration Identification", format!("\u{201c}{rest}\u{201d} is no number of the IMO"));
            making.number("Vessel Registration Identification", NumberKind::Registration, rest, "");
            making.remark("", text);
        }
    }
    true
}

/// What follows the introduction, if the text begins with it.
fn behind<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(word)?;
    let apart = word.ends_with([':', '#']) || rest.starts_with([' ', ':', '#']);
    apart.then(|| rest.trim_start_matches([' ', ':', '#'])).filter(|rest| !rest.is_empty())
}

/// `A123 (Iran) issued 1999 expires 2004` as number, country and what follows.
fn parts(text: &str) -> (String, String, String) {
    let cut = [" issued ", " expires ", " Date of Issuance "].iter().filter_map(|word| text.find(word)).min();
    let (before, tail) = text.split_at(cut.unwrap_or(text.len()));
    let before = before.trim().trim_end_matches('.');
    let Some((value, rest)) = before.rsplit_once('(') else { return (clean(before), String::new(), clean(tail)) };
    match rest.split_once(')') {
        Some((country, after)) if after.trim().is_empty() => (clean(value), clean(country), clean(tail)),
        Some((country, after)) => (clean(value), clean(country), clean(&format!("{after} {tail}"))),
        // The bracket is never closed.
        None => (clean(value), clean(rest), clean(tail)),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::super::log::Log;
    use super::*;

    fn entry(text: &str, kind: Kind) -> (crate::entry::Entry, Vec<String>) {
        let mut log = Log::default();
        let mut making = Making::new(&mut log, 1, "7".into());
        making.entry.kind = kind;
        read(&mut making, text);
        let entry = making.entry;
        (entry, log.summary.deviations.into_iter().map(|deviation| deviation.what).collect())
    }

    #[test]
    fn data_in_remarks_is_found() {
        let (entry, notes) = entry(
            "DOB 12 Aug 1956; alt. DOB circa 1950; POB Cairo, Egypt; nationality Egypt; citizen Korea, North; \
             Passport A123 (Iran) issued 1999 expires 2004; National ID No. 77 (Norway); Tax ID No. AABA 1 Y; \
             a.k.a. 'DOE, Jack'; f.k.a. 'OLD'; Gender Male; SWIFT/BIC ABCDEFGH; Digital Currency Address - XBT 1abC; \
             Phone Number 123; (Linked To: SOME COMPANY S.A.).",
            Kind::Person,
        );
        assert!(notes.is_empty(), "{notes:?}");
        assert_eq!(entry.births.len(), 2);
        let ties: Vec<_> = entry.countries.iter().map(|place| (place.country.code(), place.tie)).collect();
        assert_eq!(ties, [("EG", Tie::Birth), ("EG", Tie::Nationality), ("KP", Tie::Nationality)]);
        let numbers: Vec<_> = entry.identifiers.iter().map(|number| (number.kind, number.value.as_str())).collect();
        assert_eq!(
            numbers,
            [
                (NumberKind::Passport, "A123"),
                (NumberKind::National, "77"),
                (NumberKind::Tax, "AABA 1 Y"),
                (NumberKind::Bic, "ABCDEFGH"),
                (NumberKind::Wallet, "1abC"),
            ]
        );
        assert_eq!(entry.identifiers[0].country.unwrap().code(), "IR");
        assert_eq!(entry.names[0].text, "Jack DOE");
        assert_eq!((entry.names[0].role, entry.names[1].role), (NameRole::Weak, NameRole::Former));
        assert_eq!(
            entry.remarks,
            [
                "Place of birth: Cairo, Egypt",
                "Passport A123 (Iran) issued 1999 expires 2004",
                "Gender Male",
                "Digital Currency Address - XBT 1abC",
                "Phone Number 123",
                "(Linked To: SOME COMPANY S.A.).",
            ]
        );
    }

    #[test]
    fn ships_and_firms() {
        let (entry, notes) = entry(
            "Vessel Registration Identification IMO 9116412; MMSI 572469210; Former Vessel Flag Malta; \
             Registration ID 123 (Panama); V.A.T. Number MT2 (Malta); C.R. No. 66 (United Arab Emirates); \
             Company Number IMO 5055293; License 2377; Passport; nationality Atlantis.",
            Kind::Vessel,
        );
        assert_eq!(notes, ["we know no country \u{201c}Atlantis\u{201d}; kept as a remark"]);
        let numbers: Vec<_> = entry.identifiers.iter().map(|number| (number.kind, number.value.as_str())).collect();
        assert_eq!(
            numbers,
            [
                (NumberKind::Imo, "9116412"),
                (NumberKind::Mmsi, "572469210"),
                (NumberKind::Registration, "123"),
                (NumberKind::Tax, "MT2"),
                (NumberKind::Registration, "66"),
                (NumberKind::Registration, "5055293"),
                (NumberKind::Registration, "2377"),
            ]
        );
        assert_eq!(entry.remarks, ["Former Vessel Flag Malta", "Passport", "Nationality: Atlantis"]);
    }
}
