//! What sending makes of a draft's answers: the typed reading, the judgement, the deadlines, the basis in law.
//! Everything is computed on the server from the answers; nothing of it comes from the browser.

use domain::{
    answers::{Answers, when::LocalTime},
    calendar::Calendars,
    country::Country,
    date::Date,
    deadline::{Allowance, Deadlines},
    ids::OrgId,
    indicator::{About, Assessment, Substances as _},
    question::{Profile, QuestionSet, relevant},
    report::{Basis, CanonicalReport, Context as Reading, Done, Duties, Subject, Substance, basis},
    time::Timestamp,
};
use serde::Serialize;
use store::{org::OrgRow, report::content::SubstanceRow};

use super::judge::{self, Eyes};
use crate::{
    Context, Result, calendar,
    draft::profile::{instant, zone_name},
    error::{Problem, Refusal},
    refdata::Edition,
};

/// A report's content, computed.
#[derive(Debug)]
pub(crate) struct Made {
    /// The answers that are asked.
    pub asked: Answers,
    pub canonical: CanonicalReport,
    /// As the company sees it.
    pub assessment: Assessment,
    /// With the signs that are the authority's own.
    pub desk: Assessment,
    pub basis: Basis,
    pub lists: Vec<ListState>,
    pub party: String,
    pub party_country: String,
    pub substances: Vec<SubstanceRow>,
    pub delivery_at: Option<Timestamp>,
    pub urgent: bool,
    /// The country by whose calendar it is counted.
    pub country: Country,
    /// How long the authority takes to look at it.
    pub look: Allowance,
    pub duty_due: Option<Timestamp>,
    /// The versions of the reference data by which it was judged.
    pub editions: Vec<Edition>,
}

/// Where a substance of the report stood on the day it was sent.
#[derive(Debug, Serialize)]
pub(crate) struct ListState {
    number: u32,
    slug: String,
    listed: bool,
    /// Code of the jurisdiction, category, whether that was verified.
    lists: Vec<(String, String, bool)>,
    thresholds: Vec<domain::quantity::Quantity>,
}

/// Computes everything from the answers of a company's report that is sent to an authority now.
pub(crate) fn make(
    ctx: &Context,
    set: &QuestionSet,
    answers: &Answers,
    profile: &Profile,
    company: &OrgRow,
    authority: OrgId,
) -> Result<Made> {
    let now = ctx.now();
    let country = profile.country.ok_or_else(|| Refusal::Fault(format!("no country {}", company.country)))?;
    let clock = |time: LocalTime| instant(zone_name(company), time.date, time.clock());
    let catalogue = ctx.catalogue();
    let context = Reading { set, profile, substances: catalogue.as_ref(), instant: &clock };
    let canonical = CanonicalReport::read(answers, &context)
        .map_err(|_| Refusal::Invalid(vec![Problem::new("kind", "Choose what happened")]))?;
    let rules = judge::rules(ctx, set, Some(authority));
    let asked = relevant(set, answers, profile);
    let desk = judge::assess_relevant(ctx, &rules, &asked, profile, Eyes::Authority);
    let day = profile.today.unwrap_or(Date::of(now));
    let known = known(ctx, &canonical, country, day);
    let deadlines = ctx.refdata.deadlines(authority, now);
    let basis = basis_of(&canonical, &known, &deadlines, profile, country, day);
    let delivery_at = leaving(&canonical);
    let urgent = deadlines.is_urgent(country, delivery_at, now);
    let subject = canonical.subject();
    Ok(Made {
        assessment: judge::assess_relevant(ctx, &rules, &asked, profile, Eyes::Company),
        asked,
        party: subject.map(|party| party.name.clone()).unwrap_or_default(),
        party_country: subject.and_then(|party| party.country).map(Country::code).unwrap_or_default().to_owned(),
        substances: canonical.substances.iter().map(row).collect(),
        country,
        look: deadlines.look(country, desk.band, urgent, Date::of(now)),
        duty_due: duty_due(&ctx.calendars(), &basis, country, canonical.aware_at),
        lists: known.into_iter().map(|(number, about)| list_state(number, about)).collect(),
        editions: ctx.refdata.editions(authority, now),
        delivery_at,
        urgent,
        basis,
        desk,
        canonical,
    })
}

/// When goods leave that have not been held back and are not gone.
fn leaving(report: &CanonicalReport) -> Option<Timestamp> {
    let stays = matches!(report.done, Some(Done::Refused | Done::Delivered));
    report.delivery_expected.filter(|_| !stays)
}

fn known(ctx: &Context, report: &CanonicalReport, country: Country, day: Date) -> Vec<(u32, About)> {
    let about = |substance: &Substance| {
        let cas = substance.cas.map(|cas| cas.to_string()).unwrap_or_default();
        let about = ctx.catalogue().about(&substance.name, &cas, Some(country), Some(day))?;
        Some((substance.number, about))
    };
    report.substances.iter().filter_map(about).collect()
}

fn basis_of(
    report: &CanonicalReport,
    known: &[(u32, About)],
    deadlines: &Deadlines,
    profile: &Profile,
    country: Country,
    on: Date,
) -> Basis {
    let mut substances: Vec<About> = known.iter().map(|(_, about)| about.clone()).collect();
    // What the catalogue does not know is named all the same.
    substances.resize(report.substances.len(), About::default());
    let subject = Subject {
        kind: report.kind,
        substances: &substances,
        machines: !report.equipment.is_empty(),
        roles: &profile.roles,
        country,
        on,
    };
    basis(Duties::embedded(), deadlines, &subject)
}

/// The end of the shortest legal time, counted from when the company became aware.
fn duty_due(calendars: &Calendars, basis: &Basis, country: Country, aware_at: Option<Timestamp>) -> Option<Timestamp> {
    let (Basis::Mandatory { duties }, Some(aware)) = (basis, aware_at) else { return None };
    let allowed = duties.iter().filter_map(|duty| Some(Allowance { hours: duty.hours?, working: duty.working }));
    allowed.map(|allowed| calendar::due(calendars, country, aware, allowed)).min()
}

fn row(substance: &Substance) -> SubstanceRow {
    let read = substance.quantity.as_ref().and_then(|quantity| quantity.read);
    let dimension = read.map(|read| match read.dimension {
        domain::quantity::Dimension::Mass => "mass",
        domain::quantity::Dimension::Volume => "volume",
        domain::quantity::Dimension::Pieces => "pieces",
    });
    SubstanceRow {
        n: i64::from(substance.number),
        slug: substance.slug.clone().unwrap_or_default(),
        name: substance.name.clone(),
        cas: substance.cas.map(|cas| cas.to_string()).unwrap_or_default(),
        base_quantity: read.map(|read| read.base),
        dimension: dimension.unwrap_or_default().to_owned(),
    }
}

fn list_state(number: u32, about: About) -> ListState {
    let lists =
        about.lists.iter().map(|list| (list.jurisdiction.code().to_owned(), list.category.clone(), list.verified));
    ListState { number, slug: about.slug, listed: about.listed, lists: lists.collect(), thresholds: about.thresholds }
}
