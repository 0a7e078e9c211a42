//! The rules that the data files must keep. All breaches are told at once, so that a file is mended in one go.

use std::collections::BTreeMap;

use super::super::listing::CONVENTION_1988;
use super::super::{Kind, Listing, Substance};
use super::Catalogue;
use crate::fold::squash;

pub(super) fn breaches(catalogue: &Catalogue) -> Vec<String> {
    let mut told = Vec::new();
    for substance in &catalogue.substances {
        let mut tell = |what: String| told.push(format!("{}: {what}", substance.slug));
        identity(substance, &mut tell);
        references(catalogue, substance, &mut tell);
        for listing in &substance.listings {
            place(catalogue, listing, &mut tell);
        }
        overlaps(substance, &mut tell);
    }
    twice("handle", catalogue, |substance| vec![substance.slug.clone()], &mut told);
    twice(
        "CAS number",
        catalogue,
        |substance| substance.cas.iter().map(|cas| cas.number.to_string()).collect(),
        &mut told,
    );
    twice("EC number", catalogue, |substance| substance.ec.iter().map(|ec| ec.number.to_string()).collect(), &mut told);
    twice("name", catalogue, names, &mut told);
    for list in &catalogue.lists {
        if catalogue.source(&list.source).is_none() {
            told.push(format!("list {}: unknown source {}", list.id, list.source));
        }
    }
    told
}

/// What an entry says of itself.
fn identity(substance: &Substance, tell: &mut impl FnMut(String)) {
    let handle = |slug: &str| {
        !slug.is_empty() && slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    if !handle(&substance.slug) {
        tell("a handle has small letters, digits and hyphens only".to_owned());
    }
    if substance.name.trim().is_empty() {
        tell("no name".to_owned());
    }
    if substance.lawful_uses.is_empty() && !substance.no_known_use && substance.kind != Kind::FamilyRule {
        tell("no lawful use, and not marked as having none".to_owned());
    }
    if substance.sources.is_empty() {
        tell("no source".to_owned());
    }
    if substance.catches.is_empty() == (substance.kind == Kind::FamilyRule)
        || substance.catches.iter().any(Vec::is_empty)
    {
        tell("words to catch belong to a family rule, and it needs them".to_owned());
    }
    if substance.contains.is_empty() != (substance.kind != Kind::Mixture) {
        tell("a mixture, and only a mixture, says what it contains".to_owned());
    }
    if substance.particulars.is_empty() != (substance.kind != Kind::Equipment) {
        tell("equipment, and only equipment, says what identifies a piece".to_owned());
    }
    for code in &substance.cn {
        if !substance.hs.iter().any(|hs| hs.code == code.code.subheading()) {
            tell(format!("{} is not under any of its tariff codes", code.code));
        }
    }
    if substance.density.as_ref().is_some_and(|note| !(500..=4000).contains(&note.grams_per_litre.0)) {
        tell("no liquid has this density".to_owned());
    }
}

/// Whatever it points to must be there.
fn references(catalogue: &Catalogue, substance: &Substance, tell: &mut impl FnMut(String)) {
    let other = |slug: &str, kind: Option<Kind>| {
        catalogue.find(slug).is_some_and(|found| kind.is_none_or(|kind| found.kind == kind))
    };
    let mut slugs: Vec<(&str, Option<Kind>)> = Vec::new();
    slugs.extend(substance.family.iter().map(|slug| (slug.as_str(), Some(Kind::FamilyRule))));
    slugs.extend(substance.contains.iter().map(|part| (part.substance.as_str(), None)));
    slugs.extend(substance.stands_in_for.iter().map(|relation| (relation.substance.as_str(), None)));
    for (slug, _) in slugs.iter().filter(|(slug, kind)| !other(slug, *kind)) {
        tell(format!("unknown entry {slug}"));
    }
    let mut sources: Vec<&str> = substance.sources.iter().map(String::as_str).collect();
    sources.extend(substance.stands_in_for.iter().map(|relation| relation.source.as_str()));
    sources.extend(substance.typical_drug.iter().map(|drug| drug.source.as_str()));
    sources.extend(substance.density.iter().map(|note| note.source.as_str()));
    for listing in &substance.listings {
        sources.push(&listing.source);
        sources.extend(listing.thresholds.iter().map(|threshold| threshold.source.as_str()));
    }
    for source in sources.into_iter().filter(|source| catalogue.source(source).is_none()) {
        tell(format!("unknown source {source}"));
    }
}

/// One place on a list.
fn place(catalogue: &Catalogue, listing: &Listing, tell: &mut impl FnMut(String)) {
    match catalogue.list(&listing.list) {
        None => tell(format!("unknown list {}", listing.list)),
        Some(list) if list.jurisdiction != listing.jurisdiction => {
            tell(format!("{} is not of {}", list.id, listing.jurisdiction))
        }
        Some(list) if list.in_force == listing.proposed => {
            tell(format!("on {} a proposal must be marked as one", list.id))
        }
        Some(_) => {}
    }
    if listing.valid_from.zip(listing.valid_to).is_some_and(|(from, to)| from > to) {
        tell(format!("on {} it ends before it begins", listing.list));
    }
    if listing.date_verified && listing.valid_from.is_none() {
        tell(format!("on {} a day that is not there cannot be verified", listing.list));
    }
    if listing.category.trim().is_empty() || listing.legal_ref.trim().is_empty() {
        tell(format!("on {} the category or the act is missing", listing.list));
    }
    if listing.list == CONVENTION_1988 && listing.table().is_none() {
        tell(format!("the 1988 Convention has no {}", listing.category));
    }
}

/// Two places on the same list at the same time.
fn overlaps(substance: &Substance, tell: &mut impl FnMut(String)) {
    for (at, one) in substance.listings.iter().enumerate() {
        for other in &substance.listings[at + 1..] {
            let one_first = one.valid_to.zip(other.valid_from).is_some_and(|(to, from)| to < from);
            let other_first = other.valid_to.zip(one.valid_from).is_some_and(|(to, from)| to < from);
            if one.list == other.list && one.category == other.category && !one_first && !other_first
                || one.list == CONVENTION_1988 && other.list == CONVENTION_1988 && !one_first && !other_first
            {
                tell(format!("on {} twice at once", one.list));
            }
        }
    }
}

fn names(substance: &Substance) -> Vec<String> {
    let all = std::iter::once(&substance.name).chain(substance.synonyms.iter().map(|synonym| &synonym.text));
    let mut folded: Vec<String> = all.map(|name| squash(name)).collect();
    folded.sort_unstable();
    folded.dedup();
    folded
}

/// What may belong to one entry only.
fn twice(what: &str, catalogue: &Catalogue, of: impl Fn(&Substance) -> Vec<String>, told: &mut Vec<String>) {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for substance in &catalogue.substances {
        for value in of(substance) {
            if let Some(first) = seen.insert(value.clone(), &substance.slug) {
                told.push(format!("{}: the {what} {value} belongs to {first} already", substance.slug));
            }
        }
    }
}
