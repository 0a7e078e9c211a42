//! What an entry says to officers only: what the substance is misused for and what it can stand in for.
//!
//! It is made of other data than the public page ([`ForOfficers`] against `PublicSubstance`), loaded only after
//! [`may_see`] has said so. Everything in it names its source.

use domain::{
    access::Principal,
    organisation::OrgStatus,
    substance::{Catalogue, Source},
};
use leptos::prelude::*;

use super::places::one_source;
use crate::{
    components::*,
    text::substances::{Texts, texts},
    web::Req,
};

/// A fact with the source it rests on.
pub(super) struct Sourced {
    text: String,
    verified: bool,
    source: Option<Source>,
}

/// A related entry, with what a regulator says of the relation.
pub(super) struct Related {
    slug: String,
    name: String,
    said: Sourced,
}

/// The part for officers.
pub(super) struct ForOfficers {
    drugs: Option<Sourced>,
    stands_in_for: Vec<Related>,
    stand_ins: Vec<Related>,
}

/// People of an organisation that has been approved.
pub(super) fn may_see(principal: &Principal) -> bool {
    principal.person.is_some() && principal.memberships.iter().any(|member| member.status == OrgStatus::Approved)
}

/// Loads the part; nothing if nothing is recorded. Ask [`may_see`] first.
pub(super) fn load(catalogue: &Catalogue, slug: &str) -> Option<ForOfficers> {
    let substance = catalogue.find(slug)?;
    let sourced = |text: String, verified: bool, source: &str| Sourced {
        text,
        verified,
        source: catalogue.source(source).cloned(),
    };
    let drugs = substance.typical_drug.as_ref().map(|drug| sourced(drug.drugs.join(", "), drug.verified, &drug.source));
    let stands_in_for = substance.stands_in_for.iter().filter_map(|relation| {
        let other = catalogue.find_public(&relation.substance)?;
        let said = sourced(relation.note.clone(), relation.verified, &relation.source);
        Some(Related { slug: other.slug, name: other.name, said })
    });
    let stand_ins = catalogue.stand_ins_for(slug).into_iter().flat_map(|other| {
        let relations = other.stands_in_for.iter().filter(|relation| relation.substance == slug);
        relations.map(|relation| {
            let said = sourced(relation.note.clone(), relation.verified, &relation.source);
            Related { slug: other.slug.clone(), name: other.name.clone(), said }
        })
    });
    let part = ForOfficers { drugs, stands_in_for: stands_in_for.collect(), stand_ins: stand_ins.collect() };
    (part.drugs.is_some() || !part.stands_in_for.is_empty() || !part.stand_ins.is_empty()).then_some(part)
}

/// Draws the part, set apart as everything internal is.
pub(super) fn view(req: &Req, part: ForOfficers) -> AnyView {
    let t = texts(req.lang);
    let mut facts = Vec::new();
    facts.extend(part.drugs.map(|drugs| (t.typical_drug.to_owned(), said(t, drugs))));
    facts.extend(related(req, t.stands_in_for, part.stands_in_for));
    facts.extend(related(req, t.stand_ins, part.stand_ins));
    view! {
        <section class="internal" aria-labelledby="officers">
            <div class="internal__head">
                <h2 class="internal__title" id="officers">{t.regulatory}</h2>
                <p class="internal__warning"><Glyph icon=Icon::Lock/><span>{t.regulatory_lead}</span></p>
            </div>
            <Facts facts labelled_by="officers"/>
        </section>
    }
    .into_any()
}

fn related(req: &Req, title: &'static str, entries: Vec<Related>) -> Option<(String, AnyView)> {
    let t = texts(req.lang);
    if entries.is_empty() {
        return None;
    }
    let entries = entries.into_iter().map(|entry| {
        let href = req.to(&format!("/substances/{}", entry.slug));
        view! { <li><a href=href><bdi>{entry.name}</bdi></a>": "{said(t, entry.said)}</li> }
    });
    let entries: Vec<_> = entries.collect();
    Some((title.to_owned(), view! { <ul class="list-plain" role="list">{entries}</ul> }.into_any()))
}

fn said(t: &'static Texts, fact: Sourced) -> AnyView {
    let unsure = (!fact.verified).then(|| view! { " "<span class="unsure">{t.unverified}</span> });
    let source =
        fact.source.map(|source| view! { <span class="found__also">{t.source_of}" "{one_source(t, &source)}</span> });
    view! { {fact.text}{unsure}{source} }.into_any()
}
