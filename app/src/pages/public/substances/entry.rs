//! An entry's page: the label of the bottle, what it is lawfully for, where it is listed, what to watch.
//!
//! Substances, mixtures, equipment and families share the page and leave out what they do not have.

use domain::{
    lang::Lang,
    substance::{CasNumber, Kind, Particular, PublicSubstance, Substance},
};
use leptos::prelude::*;
use services::{Refusal, notice};

use super::{aside, officers, places, prepared, today, words};
use crate::{
    components::*,
    pages::notices,
    text::{fill, notices as notice_words, substances::texts},
    web::{Outcome, Page, Req},
};

pub(super) async fn page(req: Req) -> Outcome {
    let catalogue = req.ctx().catalogue();
    let substance = catalogue.find_public(req.param("slug")).ok_or(Refusal::NotFound)?;
    let officers = officers::may_see(&req.principal).then(|| officers::load(&catalogue, &substance.slug)).flatten();
    let schedule =
        prepared(&req)?.index.entries().iter().find(|entry| entry.slug == substance.slug).map(|entry| entry.schedule);
    let schedule = schedule.flatten().map(|table| table.label());
    let about = fill(texts(req.lang).about, &[("name", &substance.name)]);
    let related = notice::about_substance(req.ctx(), &substance.slug, 5).await?;
    Page::new(substance.name.clone(), move || view(&req, &substance, schedule, officers, &related)).about(about).into()
}

fn view(
    req: &Req,
    substance: &PublicSubstance,
    schedule: Option<&'static str>,
    officers: Option<officers::ForOfficers>,
    related: &[notice::Item],
) -> impl IntoView + use<> {
    let (t, lang, day) = (texts(req.lang), req.lang, today(req));
    let catalogue = req.ctx().catalogue();
    let parts = vec![
        label(lang, substance, schedule),
        substance
            .notes
            .clone()
            .map(|notes| view! { <Callout tone=Tone::Info title=t.notes><p>{notes}</p></Callout> })
            .into_any(),
        uses(lang, substance),
        contents(req, substance),
        particulars(lang, substance),
        forms(lang, substance),
        places::lists(lang, &catalogue, substance, day),
        places::thresholds(lang, substance, day),
        places::mixture_rules(lang, substance, day),
        family(req, substance),
        names(lang, substance),
        notices::related(req, "related", notice_words::texts(lang).related, related).into_any(),
        officers.map(|part| officers::view(req, part)).into_any(),
        places::sources(lang, &catalogue, substance),
    ];
    let list = req.to("/substances");
    let library = crate::pages::public::library::about_substance(req, &substance.slug);
    view! {
        <FormPage aside=aside::view(req, substance) aside_label=t.signs>
            <BackLink href=list label=t.back/>
            {parts}
            {library}
        </FormPage>
    }
}

/// A part of the page with its heading.
pub(super) fn part(id: &'static str, title: impl Into<String>, body: AnyView) -> AnyView {
    let title: String = title.into();
    view! { <section class="part" aria-labelledby=id><h2 id=id>{title}</h2>{body}</section> }.into_any()
}

fn label(lang: Lang, substance: &PublicSubstance, schedule: Option<&'static str>) -> AnyView {
    let t = texts(lang);
    let status = match (schedule, substance.kind) {
        (Some(table), _) => Some(view! { <Tag text=table tone=Tone::Hold/> }.into_any()),
        (None, Kind::Substance) => Some(view! { <Tag text=t.not_scheduled/> }.into_any()),
        _ => None,
    };
    let english: Vec<_> =
        substance.synonyms.iter().filter(|name| name.lang == "en").take(3).map(|name| name.text.as_str()).collect();
    let subtitle = (!english.is_empty()).then(|| fill(t.also, &[("names", &english.join(", "))]));
    let foot = substance.no_known_use.then(|| view! { <Tag text=t.no_known_use tone=Tone::Warn/> }.into_any());
    view! {
        <LabelHeader
            kind=words::kind(lang, substance.kind) title=substance.name.clone() status=status subtitle=subtitle
            fields=fields(lang, substance) foot=foot bottle=true
        />
    }
    .into_any()
}

/// What identifies it, as on the bottle.
fn fields(lang: Lang, substance: &PublicSubstance) -> Vec<LabelField> {
    let t = texts(lang);
    let mut fields = Vec::new();
    if let Some(cas) = substance.cas.first() {
        fields.push(code(t.field_cas.to_owned(), cas.number.to_string(), (!cas.verified).then_some(t.pair_unverified)));
    }
    for ec in &substance.ec {
        fields.push(code(t.field_ec.to_owned(), ec.number.to_string(), (!ec.verified).then_some(t.pair_unverified)));
    }
    for hs in &substance.hs {
        let name = fill(t.field_hs_edition, &[("edition", &hs.edition.to_string())]);
        fields.push(code(name, hs.code.to_string(), hs.our_reading.then_some(t.our_reading)));
    }
    for cn in &substance.cn {
        fields.push(code(t.field_cn.to_owned(), cn.code.to_string(), (!cn.verified).then_some(t.pair_unverified)));
    }
    if let Some(inn) = &substance.inn {
        fields.push(LabelField::text(t.field_inn, inn.clone()));
    }
    if let Some(formula) = &substance.formula {
        fields.push(LabelField::text(t.field_formula, words::formula(formula)));
    }
    if let Some(density) = &substance.density {
        let grams = density.grams_per_litre.0.to_string();
        fields.push(LabelField::text(t.field_density, fill(t.field_density_value, &[("grams", &grams)])));
    }
    fields
}

/// A number, with a word where nobody official vouches for it.
fn code(name: String, number: String, unsure: Option<&'static str>) -> LabelField {
    let unsure = unsure.map(|word| view! { " "<span class="unsure">{word}</span> });
    LabelField::view(name, view! { <bdi class="ref" dir="ltr">{number}</bdi>{unsure} }.into_any())
}

fn uses(lang: Lang, substance: &PublicSubstance) -> AnyView {
    let t = texts(lang);
    if substance.kind == Kind::FamilyRule {
        return ().into_any();
    }
    let body = if substance.lawful_uses.is_empty() {
        view! { <p>{t.uses_none}</p> }.into_any()
    } else {
        let uses: Vec<_> = substance.lawful_uses.iter().cloned().map(|purpose| view! { <li>{purpose}</li> }).collect();
        view! { <p class="part__note">{t.uses_lead}</p><div class="prose"><ul>{uses}</ul></div> }.into_any()
    };
    part("uses", t.uses, body)
}

/// What a mixture contains, and which mixtures contain a substance.
fn contents(req: &Req, substance: &PublicSubstance) -> AnyView {
    let t = texts(req.lang);
    let catalogue = req.ctx().catalogue();
    if !substance.contains.is_empty() {
        let rows = substance.contains.iter().filter_map(|contained| {
            let inside = catalogue.find_public(&contained.substance)?;
            Some(
                LinkRow::new(inside.name, req.to(&format!("/substances/{}", inside.slug)))
                    .text(contained.usual.clone()),
            )
        });
        let rows: Vec<_> = rows.collect();
        return part(
            "contains",
            t.contains,
            view! { <p class="part__note">{t.contains_lead}</p><LinkRows rows=rows/> }.into_any(),
        );
    }
    let holding = |other: &&Substance| other.contains.iter().any(|inside| inside.substance == substance.slug);
    let slugs = catalogue.all().iter().filter(holding).map(|other| other.slug.as_str());
    entries("contained", t.contained_in, req, slugs)
}

/// Links to public entries under a heading; nothing if there are none.
pub(super) fn entries<'a>(
    id: &'static str,
    title: &'static str,
    req: &Req,
    slugs: impl Iterator<Item = &'a str>,
) -> AnyView {
    let public = slugs.filter_map(|slug| req.ctx().catalogue().find_public(slug));
    let rows: Vec<_> =
        public.map(|other| LinkRow::new(other.name, req.to(&format!("/substances/{}", other.slug)))).collect();
    if rows.is_empty() {
        return ().into_any();
    }
    part(id, title, view! { <LinkRows rows=rows/> }.into_any())
}

fn particulars(lang: Lang, substance: &PublicSubstance) -> AnyView {
    let t = texts(lang);
    if substance.particulars.is_empty() {
        return ().into_any();
    }
    let name = |particular: &Particular| match particular {
        Particular::Make => t.particular_make,
        Particular::Model => t.particular_model,
        Particular::Serial => t.particular_serial,
        Particular::ManualOrElectric => t.particular_manual,
        Particular::Capacity => t.particular_capacity,
        Particular::Marking => t.particular_marking,
    };
    let rows: Vec<_> = substance.particulars.iter().map(|particular| view! { <li>{name(particular)}</li> }).collect();
    let body = view! { <p class="part__note">{t.particulars_lead}</p><div class="prose"><ul>{rows}</ul></div> };
    part("particulars", t.particulars, body.into_any())
}

/// Salts, isomers and the numbers they have of their own.
fn forms(lang: Lang, substance: &PublicSubstance) -> AnyView {
    let t = texts(lang);
    let others: Vec<CasNumber> = substance.cas.iter().skip(1).cloned().collect();
    if substance.kind != Kind::Substance {
        return ().into_any();
    }
    let salts = substance
        .salts
        .clone()
        .unwrap_or_else(|| (if substance.salts_included { t.salts_yes } else { t.salts_no }).to_owned());
    let isomers = substance.isomers_included.then(|| view! { <p>{t.isomers_yes}</p> });
    let table = (!others.is_empty()).then(|| forms_table(lang, others));
    part("forms", t.forms, view! { <p>{salts}</p>{isomers}{table} }.into_any())
}

fn forms_table(lang: Lang, numbers: Vec<CasNumber>) -> impl IntoView {
    let t = texts(lang);
    let rows = numbers.into_iter().map(|cas| {
        let form = cas.form.unwrap_or_else(|| t.main_number.to_owned());
        let unsure = (!cas.verified).then(|| view! { " "<span class="unsure">{t.pair_unverified}</span> });
        let number = cas.number.to_string();
        view! { <tr><th scope="row">{form}</th><td><bdi class="ref" dir="ltr">{number}</bdi>{unsure}</td></tr> }
    });
    let rows: Vec<_> = rows.collect();
    let columns = vec![Column::new(t.form), Column::new(t.column_cas)];
    view! { <DataTable id="numbers" caption=t.forms_caption caption_hidden=true columns=columns>{rows}</DataTable> }
}

/// The family it belongs to, or for a family its members.
fn family(req: &Req, substance: &PublicSubstance) -> AnyView {
    let t = texts(req.lang);
    let catalogue = req.ctx().catalogue();
    let Some(found) = catalogue.find(&substance.slug).and_then(|entry| catalogue.family(entry)) else {
        return ().into_any();
    };
    let lead = (substance.kind == Kind::FamilyRule).then(|| view! { <p>{t.family_lead}</p> });
    let rule = (substance.kind != Kind::FamilyRule).then_some(found.rule.slug.as_str());
    let members =
        found.members.iter().filter(|member| member.slug != substance.slug).map(|member| member.slug.as_str());
    view! { {lead}{entries("family", t.family_of, req, rule.into_iter())}{entries("members", t.family_members, req, members)} }.into_any()
}

/// Names by language, each marked with its own.
fn names(lang: Lang, substance: &PublicSubstance) -> AnyView {
    let t = texts(lang);
    let mut languages: Vec<&str> = substance.synonyms.iter().map(|name| name.lang.as_str()).collect();
    languages.sort_by_key(|tag| (*tag != "en", words::language(tag)));
    languages.dedup();
    let facts: Vec<_> = languages
        .into_iter()
        .map(|tag| {
            let of_language = substance.synonyms.iter().filter(|name| name.lang == tag);
            let names: Vec<_> = of_language.map(|name| name.text.clone()).collect();
            let tag_owned = tag.to_owned();
            (
                words::language(tag).to_owned(),
                view! { <span lang=tag_owned dir="auto">{names.join("; ")}</span> }.into_any(),
            )
        })
        .collect();
    if facts.is_empty() {
        return ().into_any();
    }
    part(
        "names",
        t.names,
        view! { <p class="part__note">{t.names_note}</p><Facts facts labelled_by="names"/> }.into_any(),
    )
}
