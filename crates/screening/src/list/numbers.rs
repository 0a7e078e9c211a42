//! What sort of number a list's own words mean.

use crate::entry::NumberKind;

/// Words that say it, in the order in which they count: a "tax registration number" is of the tax, a "passport number"
/// a passport. Each row holds words that must all be there.
const SIGNS: &[(&[&str], NumberKind)] = &[
    (&["passport"], NumberKind::Passport),
    (&["diplpassport"], NumberKind::Passport),
    (&["pasaporte"], NumberKind::Passport),
    (&["passeport"], NumberKind::Passport),
    (&["travel", "document"], NumberKind::Passport),
    (&["laissez"], NumberKind::Passport),
    (&["seaman"], NumberKind::Passport),
    (&["swift"], NumberKind::Bic),
    (&["swiftbic"], NumberKind::Bic),
    (&["bic"], NumberKind::Bic),
    (&["digital", "currency"], NumberKind::Wallet),
    (&["wallet"], NumberKind::Wallet),
    (&["company", "imo"], NumberKind::Registration),
    (&["imo"], NumberKind::Imo),
    (&["mmsi"], NumberKind::Mmsi),
    (&["vessel", "registration"], NumberKind::Imo),
    (&["call", "sign"], NumberKind::CallSign),
    (&["lei"], NumberKind::Lei),
    (&["legal", "entity", "identifier"], NumberKind::Lei),
    (&["iban"], NumberKind::Account),
    (&["account"], NumberKind::Account),
    (&["tax"], NumberKind::Tax),
    (&["taxpayer"], NumberKind::Tax),
    (&["vat"], NumberKind::Tax),
    (&["nit"], NumberKind::Tax),
    (&["ruc"], NumberKind::Tax),
    (&["rfc"], NumberKind::Tax),
    (&["rif"], NumberKind::Tax),
    (&["rtn"], NumberKind::Tax),
    (&["rnc"], NumberKind::Tax),
    (&["fein"], NumberKind::Tax),
    (&["cif"], NumberKind::Tax),
    (&["cuit"], NumberKind::Tax),
    (&["inn"], NumberKind::Tax),
    (&["tin"], NumberKind::Tax),
    (&["fiscal"], NumberKind::Tax),
    (&["fiscalcode"], NumberKind::Tax),
    (&["ssn"], NumberKind::National),
    (&["social", "security"], NumberKind::National),
    (&["cedula"], NumberKind::National),
    (&["national", "id"], NumberKind::National),
    (&["national", "foreign", "id"], NumberKind::National),
    (&["national", "identification"], NumberKind::National),
    (&["national", "identity"], NumberKind::National),
    (&["national", "insurance"], NumberKind::National),
    (&["national", "identifier"], NumberKind::National),
    (&["personal", "id"], NumberKind::National),
    (&["personal", "identification"], NumberKind::National),
    (&["identity", "card"], NumberKind::National),
    (&["identification", "card"], NumberKind::National),
    (&["id", "card"], NumberKind::National),
    (&["kenyan", "id"], NumberKind::National),
    (&["dni"], NumberKind::National),
    (&["curp"], NumberKind::National),
    (&["cui"], NumberKind::National),
    (&["ife"], NumberKind::National),
    (&["citizen", "card"], NumberKind::National),
    (&["turkish", "number"], NumberKind::National),
    (&["numero", "identidad"], NumberKind::National),
    (&["electoral"], NumberKind::National),
    (&["electionid"], NumberKind::National),
    (&["driver", "license"], NumberKind::National),
    (&["driving"], NumberKind::National),
    (&["drivinglicence"], NumberKind::National),
    (&["birth", "certificate"], NumberKind::National),
    (&["birthcert"], NumberKind::National),
    (&["residency"], NumberKind::National),
    (&["residence"], NumberKind::National),
    (&["residentperm"], NumberKind::National),
    (&["immigration"], NumberKind::National),
    (&["cartilla"], NumberKind::National),
    (&["military"], NumberKind::National),
    (&["le", "number"], NumberKind::National),
    (&["regist"], NumberKind::Registration),
    (&["registration"], NumberKind::Registration),
    (&["regnumber"], NumberKind::Registration),
    (&["deregnumber"], NumberKind::Registration),
    (&["registry"], NumberKind::Registration),
    (&["registered"], NumberKind::Registration),
    (&["register"], NumberKind::Registration),
    (&["matricula"], NumberKind::Registration),
    (&["folio"], NumberKind::Registration),
    (&["trade", "license"], NumberKind::Registration),
    (&["tradelic"], NumberKind::Registration),
    (&["license"], NumberKind::Registration),
    (&["company", "number"], NumberKind::Registration),
    (&["commerce"], NumberKind::Registration),
    (&["commercial"], NumberKind::Registration),
    (&["business"], NumberKind::Registration),
    (&["incorporation"], NumberKind::Registration),
    (&["enterprise"], NumberKind::Registration),
    (&["gazette"], NumberKind::Registration),
    (&["cr", "no"], NumberKind::Registration),
    (&["legal", "entity", "number"], NumberKind::Registration),
    (&["branch", "unit"], NumberKind::Registration),
    (&["duns"], NumberKind::Registration),
    (&["social", "credit"], NumberKind::Registration),
    (&["ogrn"], NumberKind::Registration),
    (&["kpp"], NumberKind::Registration),
    (&["charity"], NumberKind::Registration),
    (&["identification", "number"], NumberKind::National),
    (&["id"], NumberKind::National),
];

/// What sort of number `label` names; [`NumberKind::Other`] if it says nothing that we know.
pub(super) fn kind(label: &str) -> NumberKind {
    let folded: String = label.to_lowercase().chars().filter(|letter| !matches!(letter, '.' | '-' | '\'')).collect();
    let words: Vec<&str> = folded.split(|letter: char| !letter.is_alphanumeric()).collect();
    let has = |sign: &&str| words.iter().any(|word| word == sign || word.strip_suffix('s') == Some(sign));
    SIGNS.iter().find(|(signs, _)| signs.iter().all(has)).map_or(NumberKind::Other, |(_, kind)| *kind)
}

/// The number of a ship without its heading: `IMO 1234567` is `1234567`.
pub(super) fn imo(value: &str) -> Option<&str> {
    let bare = value.trim();
    let bare = bare.strip_prefix("IMO").unwrap_or(bare).trim_start_matches([' ', ':', '.']);
    (bare.len() == 7 && bare.bytes().all(|byte| byte.is_ascii_digit())).then_some(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_words_of_lists() {
        for (label, wanted) in [
            ("Passport", NumberKind::Passport),
            ("Diplomatic Passport", NumberKind::Passport),
            ("Número de pasaporte", NumberKind::Passport),
            ("National Identification Number", NumberKind::National),
            ("Cedula No.", NumberKind::National),
            ("D.N.I.", NumberKind::National),
            ("Driver's License No.", NumberKind::National),
            ("Identification Number", NumberKind::National),
            ("Tax ID No.", NumberKind::Tax),
            ("R.F.C.", NumberKind::Tax),
            ("V.A.T. Number", NumberKind::Tax),
            ("NIT #", NumberKind::Tax),
            ("Registration ID", NumberKind::Registration),
            ("Matricula Mercantil No", NumberKind::Registration),
            ("C.R. No.", NumberKind::Registration),
            ("D-U-N-S Number", NumberKind::Registration),
            ("SWIFT/BIC", NumberKind::Bic),
            ("BIK (RU)", NumberKind::Other),
            ("Digital Currency Address - XBT", NumberKind::Wallet),
            ("MMSI", NumberKind::Mmsi),
            ("Aircraft Tail Number", NumberKind::Other),
        ] {
            assert_eq!(kind(label), wanted, "{label}");
        }
        assert_eq!(imo("IMO 9116412"), Some("9116412"));
        assert_eq!(imo("IMO n/a"), None);
    }
}
