//! Duties as they are told: by kind, each with what is asked, by which law, since when, and who says so.

use domain::{
    country::Jurisdiction,
    duties::{Asked, DutyKind, End, Found, Group, Known, Standing},
    quantity::Quantity,
    report::{Applied, Basis, Duties, Voluntary},
    substance::{Listing, Threshold},
};
use leptos::prelude::*;
use services::duties::Navigated;

use crate::{
    components::*,
    pages::public::substances::{day, span},
    text::{
        duties::{Texts, texts},
        fill,
    },
    web::Req,
};

/// Everything that was found, and the quantities that matter, compared with `quantity` where one is known.
pub(crate) fn found(req: &Req, asked: &Asked<'_>, navigated: &Navigated, quantity: Option<&Quantity>) -> AnyView {
    let t = texts(req.lang);
    let groups = navigated.groups.iter().map(|group| match group.kind {
        DutyKind::Report => part(t, group, report(t, &navigated.report)),
        _ => part(t, group, ().into_any()),
    });
    let groups = groups.collect_view();
    let thresholds = thresholds(req, t, asked, quantity);
    view! { {groups}{thresholds} }.into_any()
}

fn part(t: &'static Texts, group: &Group, first: AnyView) -> AnyView {
    let id = format!("duty-{}", group.kind.code());
    let labelled_by = id.clone();
    let duties = group.duties.iter().map(|found| duty(t, found)).collect_view();
    let list = (!group.duties.is_empty()).then(|| view! { <ul class="signs" role="list">{duties}</ul> });
    let unknown = match (group.kind, group.binds(), group.known, group.duties.is_empty()) {
        // What is known of reports is said by the duty to report itself.
        (DutyKind::Report, ..) | (_, true, ..) => None,
        (.., false) => Some(t.nothing_binding),
        (_, _, Known::NoneHere, true) => Some(t.none_here),
        (_, _, Known::Nothing, true) => Some(t.nothing),
    };
    let unknown = unknown.map(|text| view! { <p>{text}</p> });
    view! {
        <section class="part" aria-labelledby=labelled_by>
            <h3 id=id>{group.kind.label()}</h3>
            {first}
            {list}
            {unknown}
        </section>
    }
    .into_any()
}

fn duty(t: &'static Texts, found: &Found) -> impl IntoView + use<> {
    let duty = found.duty;
    let (word, tone) = stands(t, found.standing);
    let there = (found.end == End::Destination).then(|| view! { " "<Tag text=t.at_destination tone=Tone::Info/> });
    let category = (!found.category.is_empty()).then(|| view! { " "<Tag text=found.category.clone()/> });
    let unsure = (!found.verified).then(|| view! { " "<span class="unsure">{t.unverified}</span> });
    let states = (found.standing == Standing::States).then_some(t.states_note);
    let more = [duty.unknown.as_deref(), states, duty.note.as_deref()].into_iter().flatten();
    let more = more.map(|text| view! { <p>{text}</p> }).collect_view();
    let source = source(t, &duty.source, duty.url.as_deref());
    view! {
        <li class="duty">
            <p>{duty.what.clone()}</p>
            {more}
            <p>{duty.jurisdiction.name()}" "<Tag text=word tone/>{there}{category}{unsure}</p>
            <p class="part__note">{law(t, found)}". "{source}</p>
        </li>
    }
}

const fn stands(t: &'static Texts, standing: Standing) -> (&'static str, Tone) {
    match standing {
        Standing::InForce => (t.in_force, Tone::Ok),
        Standing::States => (t.states, Tone::Neutral),
        Standing::Announced => (t.announced, Tone::Warn),
    }
}

/// The act, where in it, since when, for how long papers are kept.
fn law(t: &Texts, found: &Found) -> String {
    let duty = found.duty;
    let article = duty.article.clone().map(|article| match duty.article_verified {
        true => article,
        false => fill(t.article_unverified, &[("article", &article)]),
    });
    let since = match (duty.valid_from, found.standing) {
        (Some(from), _) => {
            Some(fill(if duty.date_verified { t.since } else { t.since_unverified }, &[("day", &day(from))]))
        }
        (None, Standing::Announced) => None,
        (None, _) => Some(t.since_unknown.to_owned()),
    };
    let years = duty.years.map(|years| fill(t.years, &[("years", &years.to_string())]));
    let parts = [Some(duty.law.clone()), article, years, since];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn source(t: &'static Texts, title: &str, url: Option<&str>) -> AnyView {
    let title = title.to_owned();
    match url.map(str::to_owned) {
        Some(url) => view! { {t.source}" "<a href=url rel="external noreferrer">{title}</a> }.into_any(),
        None => view! { {t.source}" "{title} }.into_any(),
    }
}

/// Whether a suspicious order has to be reported.
fn report(t: &'static Texts, basis: &Basis) -> AnyView {
    match basis {
        Basis::Mandatory { duties } => {
            let duties = duties.iter().map(|applied| to_report(t, applied, Standing::InForce)).collect_view();
            view! { <p><b>{t.report_mandatory}</b></p><ul class="signs" role="list">{duties}</ul> }.into_any()
        }
        Basis::Voluntary { why, announced } => {
            // What binds States only is no law of the country that is on its way.
            let only_states = announced.iter().all(|applied| ahead(applied) == Standing::States);
            let why = if *why == Voluntary::NotInForce && only_states { Voluntary::NoRuleKnown } else { *why };
            let announced: Vec<_> = announced.iter().map(|applied| to_report(t, applied, ahead(applied))).collect();
            let list = (!announced.is_empty()).then(|| view! { <ul class="signs" role="list">{announced}</ul> });
            view! { <p>{t.report_voluntary}" "{voluntary(t, why)}</p>{list} }.into_any()
        }
    }
}

/// How a duty stands that is not in force for companies.
fn ahead(applied: &Applied) -> Standing {
    let row = Duties::embedded().all().iter().find(|duty| duty.id == applied.id);
    let world = row.is_some_and(|duty| duty.jurisdiction == Jurisdiction::World);
    if world { Standing::States } else { Standing::Announced }
}

const fn voluntary(t: &'static Texts, why: Voluntary) -> &'static str {
    match why {
        Voluntary::NoRuleKnown => t.report_why_no_rule,
        Voluntary::NoSubstance | Voluntary::NotListed => t.report_why_not_listed,
        Voluntary::OtherRole => t.report_why_role,
        Voluntary::OtherKind => t.report_why_kind,
        Voluntary::NotInForce => t.report_why_not_in_force,
    }
}

fn to_report(t: &'static Texts, duty: &Applied, standing: Standing) -> impl IntoView + use<> {
    let (word, tone) = stands(t, standing);
    let when = duty.deadline.as_ref().map(|deadline| fill(t.report_when, &[("deadline", deadline)]));
    let orally = duty.orally.as_ref().map(|orally| fill(t.report_orally, &[("orally", orally)]));
    let when = [when, orally].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let when = (!when.is_empty()).then(|| view! { <p>{when}</p> });
    let unsure = (!duty.verified).then(|| view! { " "<span class="unsure">{t.unverified}</span> });
    let source = source(t, &duty.source, duty.url.as_deref());
    view! {
        <li class="duty">
            <p>{duty.what.clone()}</p>
            {when}
            <p><Tag text=word tone/>{unsure}</p>
            <p class="part__note">{duty.law.clone()}". "{source}</p>
        </li>
    }
}

fn thresholds(req: &Req, t: &'static Texts, asked: &Asked<'_>, quantity: Option<&Quantity>) -> AnyView {
    let rows = asked.thresholds();
    if rows.is_empty() {
        return view! { <section class="part" aria-labelledby="quantities"><h3 id="quantities">{t.thresholds}</h3><p>{t.thresholds_none}</p></section> }
            .into_any();
    }
    let names = [Some(t.list), Some(t.quantity), Some(t.span), Some(t.changes), quantity.map(|_| t.yours)];
    let columns = names.into_iter().flatten().map(Column::new).collect();
    let rows: Vec<_> =
        rows.into_iter().map(|(place, threshold)| threshold_row(req, t, asked, (place, threshold), quantity)).collect();
    view! {
        <section class="part" aria-labelledby="quantities">
            <h3 id="quantities">{t.thresholds}</h3>
            <DataTable id="limits" caption=t.thresholds_caption caption_hidden=true columns>{rows}</DataTable>
        </section>
    }
    .into_any()
}

fn threshold_row(
    req: &Req,
    t: &'static Texts,
    asked: &Asked<'_>,
    (place, threshold): (&Listing, &Threshold),
    yours: Option<&Quantity>,
) -> impl IntoView + use<> {
    let every = threshold.quantity.base == 0;
    let quantity = if every { t.every.to_owned() } else { threshold.quantity.to_string() };
    let counted = if every { String::new() } else { span(req.lang, threshold) };
    let unsure =
        (!(place.verified && threshold.verified)).then(|| view! { " "<span class="unsure">{t.unverified}</span> });
    let yours = yours.map(|yours| view! { <td>{compared(t, asked, threshold, yours)}</td> });
    let (category, changes) = (place.category.clone(), threshold.duty.clone());
    view! {
        <tr>
            <th scope="row">{place.jurisdiction.name()}<span class="found__also">{category}</span></th>
            <td><span class="nowrap" dir="ltr">{quantity}</span>{unsure}</td>
            <td>{counted}</td>
            <td class="words">{changes}</td>
            {yours}
        </tr>
    }
}

/// One delivery beside a threshold; what else is counted over the span, only the company knows.
fn compared(t: &Texts, asked: &Asked<'_>, threshold: &Threshold, yours: &Quantity) -> String {
    let density = asked.substance.density.as_ref().map(|note| note.grams_per_litre);
    let same = yours.measured_as(threshold.quantity.dimension, density);
    let said =
        same.map_or(t.not_comparable, |same| if same.base >= threshold.quantity.base { t.above } else { t.below });
    fill(said, &[("quantity", &yours.to_string())])
}
