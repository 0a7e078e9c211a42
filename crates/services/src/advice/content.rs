//! What is typed into a request and how it is read; what of it can be compared with what others say.

use domain::{
    access::Principal,
    advice::{GOODS, Good, Request},
    answers::{
        Answers, item_key,
        when::{LocalTime, Order},
    },
    country::Country,
    fact::{Fact, of_party},
    ids::{AdviceId, OrgId},
    indicator::{RuleSet, Substances as _},
    quantity::Quantity,
    reference::Reference,
    report::Party,
    time::Timestamp,
};
use store::{Tx, advice as rows, org::OrgRow};
use uuid::Uuid;

use crate::{
    Context, Result,
    draft::profile::{instant, profile, zone_name},
    error::{Problem, Refusal},
    fact,
    input::Form,
    report::access,
};

/// Groups of signs, in the order of the rules, each with the field of a report into which its signs go.
pub const SIGN_GROUPS: &[(&str, &str)] = &[
    ("customer", "signs.customer"),
    ("behaviour", "signs.behaviour"),
    ("order", "signs.order"),
    ("payment", "signs.payment"),
    ("delivery", "signs.delivery"),
    ("online", "signs.online"),
];

/// The words of a sign; the code itself for one that is no more.
#[must_use]
pub fn sign_text(code: &str) -> String {
    RuleSet::latest().find(code).map_or_else(|| code.to_owned(), |sign| sign.text.clone())
}

/// A request that can be sent.
pub(super) struct Read {
    pub request: Request,
    /// When the goods leave.
    pub delivery: Timestamp,
    /// The company's own report to which it belongs.
    pub report: Option<Uuid>,
}

/// Reads what was typed for a company.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field.
pub(super) async fn read(ctx: &Context, principal: &Principal, company: &OrgRow, typed: &Answers) -> Result<Read> {
    let mut form = Form::new(typed);
    let customer = party(&mut form, "customer", "subject", "Say who wants to buy");
    let consignee = if form.raw("consignee.name").trim().is_empty() && form.raw("consignee.address").trim().is_empty() {
        None
    } else {
        Some(party(&mut form, "consignee", "consignee", "Say who gets the goods, or leave the address empty too"))
    };
    let country = Country::parse(form.raw("country")).ok();
    if country.is_none() {
        form.problem("country", "Choose the country to which the goods go");
    }
    let goods = goods(ctx, &mut form, company);
    let declared_use =
        form.lines("use", 2000, "Say what the customer told you it is for. If they would not say, write that");
    let (delivery, at) = delivery(ctx, &mut form, company);
    let worry = form.optional_lines("worry", 4000);
    let known = |code: &&String| RuleSet::latest().for_companies().find(code).is_some_and(|sign| sign.tick);
    let signs: Vec<String> = form.all("signs").iter().filter(known).cloned().collect();
    if worry.is_empty() && signs.is_empty() && !form.has_problem("worry") {
        form.problem("worry", "Say in a sentence why you ask, or tick what fits");
    }
    let report = report(ctx, principal, &mut form, company).await?;
    form.done()?;
    let (Some(country), Some(delivery), Some(at)) = (country, delivery, at) else {
        return Err(Refusal::Fault("a field without a problem could not be read".to_owned()));
    };
    let request = Request { customer, consignee, country, goods, declared_use, delivery, worry, signs };
    Ok(Read { request, delivery: at, report })
}

fn party(form: &mut Form<'_>, of: &str, role: &str, missing: &str) -> Party {
    let field = |name: &str| format!("{of}.{name}");
    Party {
        number: if role == "subject" { 1 } else { 2 },
        role: role.to_owned(),
        name: form.line(&field("name"), 300, missing),
        address: form.optional_lines(&field("address"), 1000),
        country: Country::parse(form.raw(&field("country"))).ok(),
        phone: form.optional(&field("phone"), 100),
        email: form.optional(&field("email"), 254),
        website: form.optional(&field("website"), 200),
        registration: form.optional(&field("registration"), 80),
        vat: form.optional(&field("vat"), 40),
        ..Party::default()
    }
}

fn goods(ctx: &Context, form: &mut Form<'_>, company: &OrgRow) -> Vec<Good> {
    let catalogue = ctx.catalogue();
    let at = profile(company, ctx.now());
    let mut goods = Vec::new();
    for number in 1..=GOODS {
        let field = |name: &str| item_key("goods", number, name);
        let (name, cas) = (form.optional(&field("name"), 300), form.optional(&field("cas"), 40));
        let quantity = form.optional(&field("quantity"), 200);
        if name.is_empty() && cas.is_empty() && quantity.is_empty() {
            continue;
        }
        if name.is_empty() {
            form.problem(&field("name"), "Say which substance it is");
        }
        match Quantity::parse(&quantity) {
            Ok(_) => {}
            Err(_) if quantity.is_empty() => {
                form.problem(&field("quantity"), "Say how much, such as 200 kg or 3 drums of 200 l");
            }
            Err(error) => form.problem(&field("quantity"), capital(&error.to_string())),
        }
        let slug = catalogue.about(&name, &cas, at.country, at.today).map(|about| about.slug);
        goods.push(Good { name, cas, quantity, slug });
    }
    if goods.is_empty() {
        form.problem("goods.1.name", "Say what is to be sold");
    }
    goods
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn delivery(ctx: &Context, form: &mut Form<'_>, company: &OrgRow) -> (Option<LocalTime>, Option<Timestamp>) {
    let text = form.line("delivery", 60, "Say when the goods are to leave: a day, and a time if you know it");
    if text.is_empty() {
        return (None, None);
    }
    let zone = zone_name(company);
    let local = LocalTime::parse(&text, Order::of_country(&company.country));
    if let Err(error) = &local {
        form.problem("delivery", capital(&error.to_string()));
    }
    let Ok(local) = local else { return (None, None) };
    let at = instant(zone, local.date, local.clock());
    if profile(company, ctx.now()).today.is_some_and(|today| local.date < today) {
        form.problem("delivery", "This day is over. If the goods have left, write a report instead");
    }
    if at.is_none() && !form.has_problem("delivery") {
        form.problem("delivery", "There is no such time on this day");
    }
    (Some(local), at)
}

/// The report that the request belongs to: one that the person may see.
async fn report(ctx: &Context, principal: &Principal, form: &mut Form<'_>, company: &OrgRow) -> Result<Option<Uuid>> {
    let typed = form.optional("report", 40);
    if typed.is_empty() {
        return Ok(None);
    }
    let unknown = "You have no such report. Look at its number again, or leave this empty";
    let Ok(reference) = typed.parse::<Reference>() else {
        form.problem("report", unknown);
        return Ok(None);
    };
    match access::own(ctx, principal, &reference, domain::access::Action::ReadOwnReports).await {
        Ok((row, _)) if row.org_id == company.id => Ok(Some(row.id)),
        Ok(_) | Err(Refusal::NotFound) => {
            form.problem("report", unknown);
            Ok(None)
        }
        Err(refusal) => Err(refusal),
    }
}

/// What a request says of others; never the company's own data.
fn facts(request: &Request, company: &OrgRow) -> Vec<Fact> {
    let home = Country::parse(&company.country).ok();
    let own = fact::own(company, std::iter::empty()).company;
    let own: Vec<Fact> = of_party(&own, home);
    let is_own = |fact: &Fact| own.iter().any(|mine| (mine.kind, &mine.key) == (fact.kind, &fact.key));
    request.parties().flat_map(|party| of_party(party, home)).filter(|fact| !is_own(fact)).collect()
}

/// Writes what a request says of others.
pub(super) async fn index(tx: &mut Tx, row: &rows::AdviceRow, request: &Request, company: &OrgRow) -> Result<()> {
    let authority = OrgId(row.authority_id);
    Ok(rows::set_facts(tx, AdviceId(row.id), authority, &facts(request, company)).await?)
}

/// The same for every request that was sent, where the rules by which facts are made have changed.
pub(crate) async fn derive_anew(ctx: &Context) -> Result<()> {
    let mut after = AdviceId(Uuid::nil());
    loop {
        let found = rows::sent(&mut ctx.db.reader(), after).await?;
        let Some(last) = found.last() else { return Ok(()) };
        after = *last;
        let mut tx = ctx.db.begin().await?;
        for id in found {
            let row = rows::lock(&mut tx, id).await?.ok_or(Refusal::NotFound)?;
            let company = store::org::by_id(&mut tx, OrgId(row.org_id)).await?.ok_or(Refusal::NotFound)?;
            index(&mut tx, &row, &super::sent(&row)?, &company).await?;
        }
        tx.commit().await?;
    }
}

/// What a request says as a report begins: an order that waits, with everything that was typed.
pub(super) fn as_report(typed: &Answers, story: &str, order: Order) -> Answers {
    let mut answers = Answers::new();
    let mut put = |field: &str, text: &str| {
        if !text.trim().is_empty() {
            answers.set_one(field, text);
        }
    };
    put("kind", "order");
    put("story", story);
    for field in ["name", "address", "country", "phone", "email", "website", "registration", "vat"] {
        put(&item_key("party", 1, field), typed.one(&format!("customer.{field}")));
    }
    if !typed.one("consignee.name").trim().is_empty() {
        put(&item_key("party", 2, "role"), "consignee");
        for field in ["name", "address", "country", "phone", "email"] {
            put(&item_key("party", 2, field), typed.one(&format!("consignee.{field}")));
        }
    }
    put("delivery.address", typed.one("consignee.address"));
    put("delivery.country", typed.one("country"));
    put("substances.involved", "substances");
    for number in 1..=GOODS {
        for field in ["name", "cas", "quantity"] {
            put(&item_key("substance", number, field), typed.one(&item_key("goods", number, field)));
        }
        if !typed.one(&item_key("goods", number, "name")).trim().is_empty() {
            put(&item_key("substance", number, "use"), typed.one("use"));
        }
    }
    put("did.done", "pending");
    put("why.text", typed.one("worry"));
    if let Ok(local) = LocalTime::parse(typed.one("delivery"), order) {
        let clock = local.clock().map(|(hour, minute)| format!("{hour:02}:{minute:02}"));
        answers.set("did.delivery_expected", std::iter::once(local.date.to_string()).chain(clock));
    }
    for (group, field) in SIGN_GROUPS {
        let of_group = |code: &&String| RuleSet::latest().find(code).is_some_and(|sign| sign.group == *group);
        let signs: Vec<&String> = typed.many("signs").iter().filter(of_group).collect();
        if !signs.is_empty() {
            answers.set(field, signs.into_iter().cloned());
        }
    }
    answers
}

/// A problem as a refusal of the whole form.
pub(super) fn too_much() -> Refusal {
    Refusal::Invalid(vec![Problem::new("", "This is too long to be kept. Shorten the longest text")])
}
