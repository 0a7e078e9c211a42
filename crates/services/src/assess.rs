//! A quick look at a planned sale, without keeping anything: the signs that the rules see, whether the customer's line of
//! business uses the substance, how many entries of the watch lists are like the names, and what the law asks.
//!
//! What is asked are fields of the report's own questions, so that the same engine judges them and one press turns them into
//! a draft ([`begin`]). Nothing is stored before that press, and that somebody looked is not recorded: nothing personal
//! would be left to record.

use domain::{
    access::{Action, Principal},
    answers::Answers,
    country::Country,
    duties::{Asked, DutyKind},
    ids::{DraftId, OrgId},
    indicator::{Assessment, Band, Substances as _},
    plausible::{Fit, Plausibility, division, plausible},
    quantity::Quantity,
    question::{Profile, QuestionSet},
    report::ReportKind,
    substance::{Kind, PublicSubstance},
};
use screening::{entry, evidence};

use crate::{
    Context, Result,
    draft::{self, profile},
    duties::{self, Navigated},
    error::Refusal,
    report::{
        access,
        judge::{self, Eyes},
    },
    seat::Seat,
    watchlist,
};

/// What is asked, by part of the form: fields of the questions of a report.
pub const PARTS: [&[&str]; 4] = [
    &["substance.1.name", "substance.1.quantity", "substance.1.use", "substance.1.use_fits", "order.recent"],
    &[
        "party.1.type",
        "party.1.name",
        "party.1.country",
        "party.1.history",
        "party.1.account",
        "channel",
        "party.1.register",
        "party.1.licence_state",
        "party.1.email",
        "party.1.website",
    ],
    &["delivery.country", "delivery.place", "delivery.address", "party.2.name", "order.wanted"],
    &["payment.method", "payment.third_party", "payment.country"],
];

/// Signs to tick, beside what is asked.
pub const SIGNS: [&str; 5] = ["signs.customer", "signs.behaviour", "signs.order", "signs.payment", "signs.delivery"];

/// The customer's line of business: a division of ISIC or NACE. No question of a report.
pub const LINE: &str = "line";

/// A planned sale, and what was seen.
#[derive(Clone, Debug)]
pub struct Looked {
    /// The questions of a report, whose fields are asked.
    pub set: &'static QuestionSet,
    /// Whose sale it is.
    pub profile: Profile,
    /// What was typed, as a report has it.
    pub answers: Answers,
    /// The authority whose rules are applied; none if nobody answers for the company's country.
    pub authority: Option<OrgId>,
    /// Version of the rules.
    pub rules: String,
    /// What the rules see.
    pub assessment: Assessment,
    /// The substance, if the public catalogue has it.
    pub substance: Option<PublicSubstance>,
    /// Whether the customer's line of business uses it.
    pub plausibility: Option<Plausibility>,
    /// How much, if it could be read.
    pub quantity: Option<Quantity>,
    /// Where the goods go.
    pub to: Option<Country>,
    /// What the law asks of the company; none without a substance or a country.
    pub duties: Option<Navigated>,
    /// The names that were given, with how many entries of the watch lists are like each; `None` while no list is in force.
    pub names: Vec<(String, Option<usize>)>,
}

/// What to do after a look, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Make a report of it.
    Report,
    /// Telephone the authority if the goods are about to leave.
    Call,
    /// See whom the names are like.
    Names,
    /// Ask for their licence or registration.
    Licence,
    /// Ask for their declaration.
    Declaration,
    /// Ask what it is for.
    Use,
    /// See to permits and notices.
    Permits,
    /// Ask the authority.
    Authority,
    /// Keep what was checked.
    Keep,
}

impl Looked {
    /// What to do next.
    #[must_use]
    pub fn steps(&self) -> Vec<Step> {
        let binds = |kind: DutyKind| {
            self.duties.iter().flat_map(|found| &found.groups).any(|group| group.kind == kind && group.binds())
        };
        let told = |kind: DutyKind| {
            self.duties
                .iter()
                .flat_map(|found| &found.groups)
                .any(|group| group.kind == kind && !group.duties.is_empty())
        };
        let serious = self.assessment.band != Band::Green;
        let licensed = ["has", "not_needed"].contains(&self.answers.one("party.1.licence_state"));
        let hits = self.names.iter().any(|(_, count)| count.is_some_and(|count| count > 0));
        let needs_words = self.plausibility.as_ref().is_some_and(|found| found.fit != Fit::Usual);
        let steps = [
            (serious, Step::Report),
            (self.assessment.band == Band::Red, Step::Call),
            (hits, Step::Names),
            (!licensed && (binds(DutyKind::Licence) || binds(DutyKind::Registration)), Step::Licence),
            (binds(DutyKind::Declaration), Step::Declaration),
            (needs_words, Step::Use),
            (told(DutyKind::Notification) || told(DutyKind::Permit), Step::Permits),
            (serious || hits, Step::Authority),
            (true, Step::Keep),
        ];
        steps.into_iter().filter(|(is_due, _)| *is_due).map(|(_, step)| step).collect()
    }
}

/// Looks at a planned sale. Fields: those of [`PARTS`] and [`SIGNS`], and [`LINE`]. Nothing that is typed is refused: what
/// cannot be read is not judged.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn look(ctx: &Context, principal: &Principal, org: OrgId, typed: &Answers) -> Result<Looked> {
    Seat::take(principal, org, Action::WriteReports)?;
    Seat::take(principal, org, Action::ScreenNames)?;
    let mut db = ctx.db.reader();
    let company = store::org::by_id(&mut db, org).await?.ok_or(Refusal::NotFound)?;
    let authority = access::authority_of(&mut db, &company).await?;
    let profile = profile::profile(&company, ctx.now());
    let rules = judge::rules(ctx, QuestionSet::latest(), authority);
    let set = ctx.refdata.questions(QuestionSet::latest(), authority, &rules);
    let answers = as_reported(ctx, typed);
    let assessment = judge::assess(ctx, &rules, set, &answers, &profile, Eyes::Company);
    let substance = named(ctx, &answers);
    let to = Country::find(&answers.plain("delivery.country")).ok();
    let duties = substance.as_ref().and_then(|substance| asked(ctx, &profile, substance, to));
    Ok(Looked {
        plausibility: substance.as_ref().and_then(|found| fit(ctx, found, typed.one(LINE))),
        quantity: Quantity::parse(&answers.joined("substance.1.quantity")).ok(),
        names: names(ctx, org, &answers).await?,
        rules: rules.version.clone(),
        set,
        profile,
        answers,
        authority,
        assessment,
        substance,
        to,
        duties,
    })
}

/// Turns a planned sale into the draft of a report with everything filled in.
///
/// # Errors
/// [`Refusal::NotFound`] without the right; [`Refusal::Invalid`] if a draft cannot hold so much.
pub async fn begin(ctx: &Context, principal: &Principal, org: OrgId, typed: &Answers) -> Result<DraftId> {
    let mut answers = as_reported(ctx, typed);
    if named(ctx, &answers).is_some_and(|entry| entry.kind == Kind::Equipment) {
        to_equipment(&mut answers);
    }
    draft::start_with(ctx, principal, org, &answers).await
}

/// A machine is asked for in other questions than a substance; nothing that was typed is lost on the way.
fn to_equipment(answers: &mut Answers) {
    answers.set_one("substances.involved", "equipment");
    for (from, to) in [("name", "equipment.1.what"), ("quantity", "equipment.1.count"), ("use", "story")] {
        let typed = answers.many(&format!("substance.1.{from}")).to_vec();
        answers.set(to, typed);
    }
    answers.remove_item("substance", 1);
}

/// What was typed as the answers of a report: an order, about a substance.
fn as_reported(ctx: &Context, typed: &Answers) -> Answers {
    let is_asked = |key: &str| PARTS.iter().any(|part| part.contains(&key)) || SIGNS.contains(&key);
    let mut answers = typed.only(|key| is_asked(key) && typed.filled(key));
    answers.set_one("kind", ReportKind::Order.code());
    answers.set_one("substances.involved", "substances");
    if answers.filled("party.2.name") {
        answers.set_one("party.2.role", "consignee");
    }
    // Of several numbers nobody but the seller knows which is meant.
    let numbers = named(ctx, &answers).map(|entry| entry.cas).unwrap_or_default();
    if let [cas] = numbers.as_slice() {
        answers.set_one("substance.1.cas", cas.number.to_string());
    }
    answers
}

/// The entry of the public catalogue that is meant.
fn named(ctx: &Context, answers: &Answers) -> Option<PublicSubstance> {
    let name = answers.plain("substance.1.name");
    let catalogue = ctx.catalogue();
    let found = catalogue.about(&name, &name, None, None).filter(|_| !name.is_empty())?;
    // A family is a rule, not something one can order.
    catalogue.find_public(&found.slug).filter(|entry| entry.kind != Kind::FamilyRule)
}

fn fit(ctx: &Context, substance: &PublicSubstance, line: &str) -> Option<Plausibility> {
    let catalogue = ctx.catalogue();
    division(line).and(catalogue.find(&substance.slug)).map(|entry| plausible(entry, line, "", &[]))
}

fn asked(ctx: &Context, profile: &Profile, substance: &PublicSubstance, to: Option<Country>) -> Option<Navigated> {
    let (country, on) = (profile.country?, profile.today?);
    Some(duties::navigate(ctx, &Asked { substance, roles: &profile.roles, country, to, on }))
}

/// The parties that were named, each with how many entries of the watch lists are like it.
async fn names(ctx: &Context, org: OrgId, answers: &Answers) -> Result<Vec<(String, Option<usize>)>> {
    let kind = match answers.plain("party.1.type").as_str() {
        "company" => entry::Kind::Organisation,
        "person" => entry::Kind::Person,
        _ => entry::Kind::Any,
    };
    let parties = [("party.1.name", kind), ("party.2.name", entry::Kind::Any)];
    let named = parties.map(|(key, kind)| (answers.plain(key).chars().take(200).collect::<String>(), kind));
    let named: Vec<_> = named.into_iter().filter(|(name, _)| !name.is_empty()).collect();
    if named.is_empty() {
        return Ok(Vec::new());
    }
    let ask = |(name, kind): &(String, entry::Kind)| evidence::Asked {
        kind: *kind,
        names: vec![name.clone()],
        births: Vec::new(),
        countries: Vec::new(),
        identifiers: Vec::new(),
        addresses: Vec::new(),
    };
    let counts = watchlist::glance(ctx, org, named.iter().map(ask).collect()).await?;
    let count = |place: usize| counts.as_ref().and_then(|counts| counts.get(place).copied());
    Ok(named.into_iter().enumerate().map(|(place, (name, _))| (name, count(place))).collect())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;
