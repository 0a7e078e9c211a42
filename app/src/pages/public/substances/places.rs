//! Where an entry is listed, since when and with which quantities; each fact says what it rests on.

use domain::{
    date::Date,
    lang::Lang,
    substance::{Catalogue, Kind, Listing, PublicSubstance, Source, Threshold},
};
use leptos::prelude::*;

use super::{entry::part, words};
use crate::{
    components::*,
    text::{
        fill,
        substances::{Texts, texts},
    },
};

/// The lists it stands or stood on, those in force first.
pub(super) fn lists(lang: Lang, catalogue: &Catalogue, substance: &PublicSubstance, on: Date) -> AnyView {
    let t = texts(lang);
    if substance.kind == Kind::FamilyRule {
        return ().into_any();
    }
    if substance.listings.is_empty() {
        return part("lists", t.lists, view! { <p>{t.lists_none}</p> }.into_any());
    }
    let mut places: Vec<&Listing> = substance.listings.iter().collect();
    places.sort_by_key(|listing| !listing.in_force(on));
    let rows: Vec<_> = places.iter().map(|listing| place(t, catalogue, listing, on)).collect();
    let columns = [t.jurisdiction, t.category, t.since, t.act].map(Column::new).to_vec();
    let duties = duties(catalogue, &places, on);
    let body = view! {
        <DataTable id="listed" caption=t.lists_caption caption_hidden=true columns=columns>{rows}</DataTable>
        <Details summary=t.duties><Glossary terms=duties/></Details>
    };
    part("lists", t.lists, body.into_any())
}

fn place(t: &'static Texts, catalogue: &Catalogue, listing: &Listing, on: Date) -> impl IntoView + use<> {
    let list = catalogue.list(&listing.list);
    let name = list.map_or_else(|| listing.list.clone(), |list| list.name.clone());
    let stands = match (listing.in_force(on), listing.proposed) {
        (true, _) => None,
        (false, true) => Some(view! { " "<Tag text=t.not_in_force/> }),
        (false, false) => Some(view! { " "<Tag text=t.ended/> }),
    };
    let unsure = (!listing.verified).then(|| view! { " "<span class="unsure">{t.unverified}</span> });
    let note = listing.note.clone().map(|note| view! { <p class="part__note">{note}</p> });
    let (category, act) = (listing.category.clone(), listing.legal_ref.clone());
    view! {
        <tr>
            <th scope="row">{listing.jurisdiction.name()}<span class="found__also">{name}</span></th>
            <td>{category}{stands}{unsure}</td>
            <td>{days(t, listing)}</td>
            <td class="words">{act}{note}</td>
        </tr>
    }
}

/// First and last day, and whether somebody has checked them.
fn days(t: &'static Texts, listing: &Listing) -> impl IntoView + use<> {
    let from = listing.valid_from.map_or_else(|| t.not_known.to_owned(), words::day);
    let until = listing.valid_to.map(|to| format!(", {}", fill(t.until, &[("date", &words::day(to))])));
    let known = listing.valid_from.is_some() || listing.valid_to.is_some();
    let unsure =
        (known && !listing.date_verified).then(|| view! { " "<span class="unsure">{t.date_unverified}</span> });
    view! { <span class="nowrap">{from}</span>{until}{unsure} }
}

/// What each list asks, once per list.
fn duties(catalogue: &Catalogue, places: &[&Listing], on: Date) -> Vec<(String, String)> {
    let mut duties = Vec::new();
    for list in places.iter().filter(|listing| listing.in_force(on)).filter_map(|listing| catalogue.list(&listing.list))
    {
        let pair = (list.name.clone(), list.duties.clone());
        if !duties.contains(&pair) {
            duties.push(pair);
        }
    }
    duties
}

/// Quantities at which a duty begins or ends, by country.
pub(super) fn thresholds(lang: Lang, substance: &PublicSubstance, on: Date) -> AnyView {
    let t = texts(lang);
    let standing = substance.listings.iter().filter(|listing| listing.in_force(on));
    let all = standing.flat_map(|listing| listing.thresholds.iter().map(move |threshold| (listing, threshold)));
    let rows: Vec<_> = all.map(|(listing, threshold)| threshold_row(lang, listing, threshold)).collect();
    if rows.is_empty() {
        let says = !substance.listings.is_empty();
        return if says {
            part("thresholds", t.thresholds, view! { <p>{t.thresholds_none}</p> }.into_any())
        } else {
            ().into_any()
        };
    }
    let columns = [t.jurisdiction, t.quantity, t.span, t.duty].map(Column::new).to_vec();
    let body = view! {
        <p class="part__note">{t.thresholds_lead}</p>
        <DataTable id="limits" caption=t.thresholds_caption caption_hidden=true columns=columns>{rows}</DataTable>
    };
    part("thresholds", t.thresholds, body.into_any())
}

fn threshold_row(lang: Lang, listing: &Listing, threshold: &Threshold) -> impl IntoView + use<> {
    let t = texts(lang);
    let every = threshold.quantity.base == 0;
    let quantity = if every { t.every.to_owned() } else { threshold.quantity.to_string() };
    let span = if every { String::new() } else { words::span(lang, threshold) };
    let unsure =
        (!(threshold.verified && listing.verified)).then(|| view! { " "<span class="unsure">{t.unverified}</span> });
    let (category, duty) = (listing.category.clone(), threshold.duty.clone());
    view! {
        <tr>
            <th scope="row">{listing.jurisdiction.name()}<span class="found__also">{category}</span></th>
            <td><span class="nowrap" dir="ltr">{quantity}</span>{unsure}</td>
            <td>{span}</td>
            <td class="words">{duty}</td>
        </tr>
    }
}

/// From which share on a mixture is treated like the substance.
pub(super) fn mixture_rules(lang: Lang, substance: &PublicSubstance, on: Date) -> AnyView {
    let t = texts(lang);
    if substance.kind != Kind::Substance || substance.listings.is_empty() {
        return ().into_any();
    }
    let standing = substance.listings.iter().filter(|listing| listing.in_force(on));
    let rules = standing.filter_map(|listing| Some((listing, listing.mixture_rule.as_ref()?)));
    let rules: Vec<_> = rules
        .map(|(listing, rule)| {
            let from = rule
                .from_percent
                .map(|percent| format!(" ({})", fill(t.from_percent, &[("percent", &percent.to_string())])));
            let unsure = if listing.verified { String::new() } else { format!(" ({})", t.unverified) };
            let text = format!("{}{}{unsure}", rule.rule, from.unwrap_or_default());
            (listing.jurisdiction.name().to_owned(), text)
        })
        .collect();
    let body = if rules.is_empty() {
        view! { <p>{t.mixtures_none}</p> }.into_any()
    } else {
        view! { <Glossary terms=rules/> }.into_any()
    };
    part("mixtures", t.mixtures, body)
}

/// Every source that the page rests on.
pub(super) fn sources(lang: Lang, catalogue: &Catalogue, substance: &PublicSubstance) -> AnyView {
    let t = texts(lang);
    let mut keys: Vec<&str> = substance.sources.iter().map(String::as_str).collect();
    keys.extend(substance.density.iter().map(|density| density.source.as_str()));
    for listing in &substance.listings {
        keys.push(&listing.source);
        keys.extend(listing.thresholds.iter().map(|threshold| threshold.source.as_str()));
    }
    let mut seen = Vec::new();
    keys.retain(|key| {
        !seen.contains(key) && {
            seen.push(*key);
            true
        }
    });
    let rows: Vec<_> = keys
        .into_iter()
        .filter_map(|key| catalogue.source(key))
        .map(|source| view! { <li>{one_source(t, source)}</li> })
        .collect();
    let body = view! { <p class="part__note">{t.sources_lead}</p><div class="prose small"><ul>{rows}</ul></div> };
    part("sources", t.sources, body.into_any())
}

/// A source: title as a link, whether it is official, when it was read.
pub(super) fn one_source(t: &'static Texts, source: &Source) -> AnyView {
    let read = source.read_on.map(|day| format!(", {}", fill(t.read_on, &[("date", &words::day(day))])));
    let official = if source.official { t.official } else { t.unofficial };
    let title = source.title.clone();
    let title = match source.url.clone() {
        Some(url) => view! { <a href=url rel="external noreferrer">{title}</a> }.into_any(),
        None => title.into_any(),
    };
    view! { {title}" ("{official}{read}")" }.into_any()
}
