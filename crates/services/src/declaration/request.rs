//! What the company puts into a declaration before it asks: shape, substances, quantities, to whom it goes.

use domain::{
    access::{Action, Principal},
    answers::{Answers, when::Order},
    cas::Cas,
    country::Country,
    customer::Customer,
    date::Date,
    declaration::{Item, Party, Request, Template, Validity},
    fold::squash,
    ids::{CustomerId, DeclarationId, OrgId},
    lang::Lang,
    quantity::{Dimension, Quantity},
    substance::{Catalogue, Cn, Hs, Substance},
};
use store::declaration::{self as rows, New, NewItem};

use super::{MOST, day, note, sentence};
use crate::{
    Context, Result,
    customer::{document::today, file},
    error::Refusal,
    input::Form,
    seat::Seat,
};

/// What a form for a new declaration begins with.
#[derive(Clone, Debug)]
pub struct Begun {
    /// The customer's name.
    pub name: String,
    /// The shapes that can be used today.
    pub offered: Vec<&'static Template>,
    /// The company, as far as it is known.
    pub supplier: Party,
    /// The customer, as its file has it.
    pub customer: Party,
    /// Substances that the customer is expected to buy: name and yearly quantity.
    pub expected: Vec<(String, String)>,
    /// Names of the catalogue, to choose from.
    pub names: Vec<String>,
    /// What day it is where the company works.
    pub today: Date,
}

/// Begins a declaration of a customer.
///
/// # Errors
/// [`Refusal::NotFound`] without the right to write customers.
pub async fn begin(ctx: &Context, principal: &Principal, customer: CustomerId) -> Result<Begun> {
    principal.signed_in()?;
    let mut db = ctx.db.reader();
    let row = store::customer::find(&mut db, customer).await?.ok_or(Refusal::NotFound)?;
    let org = OrgId(row.org_id);
    Seat::take(principal, org, Action::WriteCustomers)?;
    let company = store::org::by_id(&mut db, org).await?.ok_or(Refusal::NotFound)?;
    let (content, today) = (file(&row)?, today(ctx, org).await?);
    let expected = content.entries("substance").iter();
    let expected = expected.map(|entry| (entry.fields.one("name").to_owned(), entry.fields.one("yearly").to_owned()));
    let catalogue = ctx.catalogue();
    let mut names: Vec<String> = public(&catalogue).map(|substance| substance.name.clone()).collect();
    names.sort();
    Ok(Begun {
        name: row.name,
        offered: Template::offered(today).collect(),
        supplier: Party { name: company.name, address: company.address, phone: company.phone },
        customer: party(&content),
        expected: expected.collect(),
        names,
        today,
    })
}

fn party(customer: &Customer) -> Party {
    let address = customer.entries("address").first().map(|entry| {
        let place = [entry.fields.one("postcode"), entry.fields.one("town")];
        let place = place.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        let country = Country::parse(entry.fields.one("country")).map(Country::name).unwrap_or_default();
        let lines = [entry.fields.one("street"), &place, country];
        lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    });
    Party { name: customer.name().to_owned(), address: address.unwrap_or_default(), phone: String::new() }
}

fn public(catalogue: &Catalogue) -> impl Iterator<Item = &Substance> {
    catalogue.all().iter().filter(|substance| catalogue.public_view(substance).is_some())
}

/// The entry of the catalogue that a name or CAS number means, whole.
pub(super) fn known<'c>(catalogue: &'c Catalogue, text: &str) -> Option<&'c Substance> {
    if let Ok(cas) = Cas::parse(text) {
        return catalogue.by_cas(cas).filter(|substance| catalogue.public_view(substance).is_some());
    }
    let wanted = squash(text);
    let named = |substance: &&Substance| {
        let names = substance.synonyms.iter().map(|synonym| synonym.text.as_str());
        let mut names = names.chain([substance.name.as_str()]).chain(substance.inn.as_deref());
        names.any(|name| squash(name) == wanted)
    };
    public(catalogue).find(named).filter(|_| !wanted.is_empty())
}

/// Makes a declaration from what was typed; nothing is sent by that.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field; [`Refusal::NotPossible`] if there are too many; [`Refusal::NotFound`]
/// without the right or for a shape that is not offered.
pub async fn create(
    ctx: &Context,
    principal: &Principal,
    customer: CustomerId,
    shape: &str,
    typed: &Answers,
) -> Result<DeclarationId> {
    let begun = begin(ctx, principal, customer).await?;
    let template = begun.offered.iter().find(|one| one.code == shape).copied().ok_or(Refusal::NotFound)?;
    let mut tx = ctx.db.begin().await?;
    let row = store::customer::lock(&mut tx, customer).await?.ok_or(Refusal::NotFound)?;
    let org = OrgId(row.org_id);
    let seat = Seat::take(principal, org, Action::WriteCustomers)?;
    if rows::count(&mut tx, customer).await? >= MOST {
        return Err(Refusal::NotPossible("A customer has at most 500 declarations.".to_owned()));
    }
    let order = Order::of_country(&seat.membership.country);
    let asked = Asked { template, today: begun.today, order, catalogue: &ctx.catalogue() };
    let (request, items, email) = asked.read(typed, begun.supplier)?;
    let id = DeclarationId(ctx.new_id());
    let text = serde_json::to_string(&request).map_err(|error| Refusal::Fault(error.to_string()))?;
    let new = New {
        of: (customer, org),
        template: (&template.code, &template.version),
        request: &text,
        email: &email,
        lang: Lang::default().tag(),
        person: seat.id(),
    };
    let new_items: Vec<NewItem<'_>> = items.iter().map(new_item).collect();
    rows::insert(&mut tx, id, &new, &new_items, ctx.now()).await?;
    note(ctx, &mut tx, Some(seat), id, ("written", ""), Some(&(&request, &items))).await?;
    tx.commit().await?;
    Ok(id)
}

fn new_item(item: &Item) -> NewItem<'_> {
    NewItem {
        number: item.number,
        slug: &item.slug,
        name: &item.name,
        code: &item.code,
        amount: &item.amount,
        base: item.quantity.base,
        dimension: code_of(item.quantity.dimension),
        density: item.density.map(|density| i64::from(density.0)),
    }
}

/// The code under which a dimension is stored.
pub(super) const fn code_of(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Mass => "mass",
        Dimension::Volume => "volume",
        Dimension::Pieces => "pieces",
    }
}

/// The dimension of a code.
pub(super) fn dimension(code: &str) -> Option<Dimension> {
    [Dimension::Mass, Dimension::Volume, Dimension::Pieces].into_iter().find(|one| code_of(*one) == code)
}

/// By what a form is read.
struct Asked<'a> {
    template: &'static Template,
    today: Date,
    order: Order,
    catalogue: &'a Catalogue,
}

impl Asked<'_> {
    fn read(&self, typed: &Answers, supplier: Party) -> Result<(Request, Vec<Item>, String)> {
        let mut form = Form::new(typed);
        let email = if form.raw("email").trim().is_empty() { String::new() } else { form.email("email") };
        let supplier = Party {
            name: supplier.name,
            address: form.lines("supplier_address", 500, "Enter your own address"),
            phone: form.optional("supplier_phone", 60),
        };
        let customer = Party {
            name: form.line("customer_name", 200, "Enter the customer’s name"),
            address: form.lines("customer_address", 500, "Enter the customer’s address"),
            phone: String::new(),
        };
        let mut licence = form.raw("licence") == "yes";
        let items = self.items(&mut form, &mut licence);
        let period = (self.template.validity == Validity::Year).then(|| self.period(&mut form)).flatten();
        let conditions = form.all("conditions").to_vec();
        if !self.template.condition.iter().all(|asked| conditions.contains(&asked.code)) {
            form.problem(
                "conditions",
                "This shape may be used only if all of this is so. Otherwise ask for a declaration for one transaction",
            );
        }
        form.done()?;
        let conditions = self.template.condition.iter().map(|asked| asked.code.clone()).collect();
        Ok((Request { supplier, customer, licence, period, conditions }, items, email))
    }

    fn period(&self, form: &mut Form<'_>) -> Option<(Date, Date)> {
        let from = day(form, "period_from", self.order);
        let until = day(form, "period_until", self.order);
        for (field, given) in [("period_from", from), ("period_until", until)] {
            if given.is_none() && !form.has_problem(field) {
                form.problem(field, "Enter the first and the last day of the period");
            }
        }
        let (from, until) = from.zip(until)?;
        if until < from {
            form.problem("period_until", "The period ends before it begins");
        } else if until < self.today {
            form.problem("period_until", "This period is over already");
        } else if self.template.latest(from).is_some_and(|latest| until > latest) {
            form.problem("period_until", "The period may be one year at most");
        }
        Some((from, until))
    }

    /// The substances; those of a category that needs a licence ask for one.
    fn items(&self, form: &mut Form<'_>, licence: &mut bool) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        for n in 1..=self.template.most_substances {
            let field = |what: &str| format!("{what}-{n}");
            let blank = ["substance", "code", "quantity"].iter().all(|what| form.raw(&field(what)).trim().is_empty());
            if blank && n > 1 {
                continue;
            }
            let name =
                form.line(&field("substance"), 200, "Name the substance, as the catalogue or your price list does");
            let code = form.optional(&field("code"), 20);
            let amount = form.line(&field("quantity"), 80, "Say how much, for example 25 kg or 3 drums of 200 l");
            let found = known(self.catalogue, &name);
            let code = self.code(form, (&field("code"), &field("substance")), &code, found);
            if let Some(found) = found {
                let category =
                    |of: &[String]| self.categories(found).any(|category| of.iter().any(|one| one == category));
                if category(&self.template.not_for) {
                    form.problem(
                        &field("substance"),
                        "For this substance a declaration is needed for each transaction",
                    );
                }
                *licence |= category(&self.template.licence_for);
            }
            let quantity = match Quantity::parse(&amount) {
                Ok(quantity) => quantity,
                Err(error) => {
                    if !form.has_problem(&field("quantity")) {
                        form.problem(&field("quantity"), sentence(&error));
                    }
                    continue;
                }
            };
            let same =
                |item: &Item| squash(&item.name) == found.map_or_else(|| squash(&name), |found| squash(&found.name));
            if items.iter().any(same) {
                form.problem(&field("substance"), "This substance stands here already");
            }
            items.push(Item {
                number: i64::try_from(n).unwrap_or(i64::MAX),
                slug: found.map(|found| found.slug.clone()).unwrap_or_default(),
                name: found.map_or(name, |found| found.name.clone()),
                code,
                amount,
                quantity,
                density: found.and_then(Substance::density),
            });
        }
        items
    }

    /// The tariff code: as typed, else that of the catalogue. What is not in the catalogue cannot be without.
    fn code(&self, form: &mut Form<'_>, (field, name): (&str, &str), typed: &str, found: Option<&Substance>) -> String {
        if typed.is_empty() {
            let own = found.and_then(|found| found.cn.first()).map(|cn| cn.code.to_string());
            if found.is_none() && !form.raw(name).trim().is_empty() && !form.has_problem(field) {
                form.problem(
                    field,
                    "This substance is not in the catalogue. Enter its tariff code, such as 2915 24 00",
                );
            }
            return own.unwrap_or_default();
        }
        let read = Cn::parse(typed).map(|cn| cn.to_string()).or_else(|_| Hs::parse(typed).map(|hs| hs.to_string()));
        read.unwrap_or_else(|error| {
            form.problem(field, sentence(&error));
            String::new()
        })
    }

    /// The categories of a substance on the lists of the shape's law.
    fn categories<'s>(&self, substance: &'s Substance) -> impl Iterator<Item = &'s str> {
        let (whose, on) = (self.template.jurisdiction, self.today);
        let listed = substance.listings.iter().filter(move |listing| listing.jurisdiction == whose);
        listed.filter(move |listing| listing.in_force(on)).map(|listing| listing.category.as_str())
    }
}
