//! Orders and deliveries that are counted against a declaration. What goes beyond it is told before it is recorded, and is
//! recorded only with a reason; what was recorded wrongly is struck out, never removed.

use domain::{
    access::Principal,
    answers::{Answers, when::Order, when::long_date},
    customer::{PartyRole, parties},
    date::Date,
    declaration::{Act, Excess, Item, State, Template, ledger},
    fold::squash,
    ids::{CustomerId, DeclarationId, DeclarationOrderId, OrgId},
    quantity::Quantity,
    reference::Reference,
};
use store::{
    Tx,
    declaration::{self as rows, DeclarationRow, ItemRow, order as orders, order::NewOrder},
};

use super::{day, held, note, read, request::known, sentence, state, template};
use crate::{
    Context, Result, audit,
    customer::{file, risk},
    error::{Problem, Refusal},
    input::{Form, invalid},
    report,
    seat::Seat,
};

/// The most orders of one declaration.
const MOST: i64 = 2000;

/// What came of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recorded {
    /// It is counted.
    Counted,
    /// It is counted, and now nothing is left.
    UsedUp,
}

/// An order as it was read.
struct Read {
    item: ItemRow,
    what: Item,
    day: Option<Date>,
    amount: String,
    reference: String,
    report: String,
    reason: String,
}

/// Counts an order or a delivery.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field; if it goes beyond the declaration and no reason is given, the problem at
/// `reason` says by how much. [`Refusal::NotPossible`] if nothing can be counted against it; [`Refusal::Stale`] if it was
/// changed since; [`Refusal::NotFound`] without the right.
pub async fn record(
    ctx: &Context,
    principal: &Principal,
    customer: CustomerId,
    seen: (DeclarationId, i64),
    typed: &Answers,
) -> Result<Recorded> {
    // Looked at before the transaction, since it reads as the person reads.
    let reported = Reported::find(ctx, principal, customer, typed.one("report")).await;
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = held(&mut tx, principal, customer, seen).await?;
    let (stored, template) = (state(&row)?, template(&row)?);
    if !stored.takes_orders() {
        return Err(Refusal::NotPossible("Orders are counted once the declaration is signed and accepted.".to_owned()));
    }
    let items = rows::items(&mut tx, seen.0).await?;
    if items.iter().map(|item| item.orders).sum::<i64>() >= MOST {
        return Err(Refusal::NotPossible("A declaration takes at most 2000 orders.".to_owned()));
    }
    let order = Order::of_country(&seat.membership.country);
    let read = read_form(ctx, typed, items, order, reported)?;
    let (day, base) = judge(ctx, &row, &read, template, stored, typed)?;
    if !read.report.is_empty() && orders::is_counted(&mut tx, seen.0, read.item.number, &read.report).await? {
        return Err(invalid("report", "This report is counted already"));
    }
    let new = NewOrder {
        item: read.item.number,
        day,
        amount: &read.amount,
        base,
        reference: &read.reference,
        report: &read.report,
        reason: &read.reason,
    };
    let id = DeclarationOrderId(ctx.new_id());
    orders::add(&mut tx, (id, seen.0), &new, seat.id(), ctx.now()).await?;
    let words = format!("{}, {}, {}", read.item.name, read.amount, long_date(day));
    note(ctx, &mut tx, Some(seat), seen.0, ("order recorded", &words), Some(&(&words, base))).await?;
    risk::mark(&mut tx, customer, OrgId(row.org_id)).await?;
    let done = settle(ctx, &mut tx, seat, seen, (template, stored)).await?;
    tx.commit().await?;
    Ok(done)
}

fn read_form(
    ctx: &Context,
    typed: &Answers,
    items: Vec<ItemRow>,
    order: Order,
    reported: std::result::Result<Option<Reported>, Refusal>,
) -> Result<Read> {
    let mut form = Form::new(typed);
    let number = form
        .raw("item")
        .parse::<i64>()
        .ok()
        .or_else(|| items.first().filter(|_| items.len() == 1).map(|one| one.number));
    let item = items.into_iter().find(|item| Some(item.number) == number);
    let day = day(&mut form, "day", order);
    if day.is_none() && !form.has_problem("day") {
        form.problem("day", "Enter the day of the order or delivery");
    }
    let reference = form.optional("reference", 80);
    let reason = form.optional("reason", 500);
    let (mut report, mut of_report) = (String::new(), None);
    match reported {
        Ok(None) => {}
        Ok(Some(found)) => match item.as_ref().map(|item| found.quantity_of(ctx, item)) {
            Some(Some(quantity)) => (report, of_report) = (found.reference.to_string(), Some(quantity)),
            Some(None) => form.problem("report", "This report does not name the substance of the declaration"),
            // The substance itself is missing, which is said below.
            None => {}
        },
        Err(Refusal::Invalid(problems)) => problems.into_iter().for_each(|one| form.problem(&one.field, one.message)),
        Err(other) => return Err(other),
    }
    let from_report = of_report.filter(|_| form.raw("quantity").trim().is_empty()).filter(|text| !text.is_empty());
    let amount = match from_report {
        Some(amount) => amount,
        None => form.line("quantity", 80, "Say how much, for example 25 kg or 3 drums of 200 l"),
    };
    let Some(item) = item else {
        form.problem("item", "Choose the substance");
        form.done()?;
        return Err(Refusal::NotFound);
    };
    form.done()?;
    Ok(Read { what: read::item(&item)?, item, day, amount, reference, report, reason })
}

/// Day and amount of an order that may be recorded.
fn judge(
    ctx: &Context,
    row: &DeclarationRow,
    read: &Read,
    template: &Template,
    stored: State,
    typed: &Answers,
) -> Result<(Date, i64)> {
    let Some(day) = read.day else { return Err(invalid("day", "Enter the day of the order or delivery")) };
    // Orders are for days to come as well, but not for the next generation.
    if day.days() > Date::of(ctx.now()).days() + 731 {
        return Err(invalid("day", "This day is more than two years ahead"));
    }
    let quantity = Quantity::parse(&read.amount).map_err(|error| invalid("quantity", sentence(&error)))?;
    let base = ledger::counted(&read.what, quantity).map_err(|error| invalid("quantity", error.to_string()))?;
    if read.item.used.checked_add(base).is_none() {
        return Err(invalid("quantity", "Together this is more than can exist. Check the number and the unit"));
    }
    let standing = ledger::Standing {
        validity: template.validity,
        from: row.valid_from.map(Date::from_days),
        until: row.valid_until.map(Date::from_days),
        ended: stored == State::Ended,
        orders: usize::try_from(read.item.orders).unwrap_or(usize::MAX),
        used: read.item.used,
    };
    let beyond = ledger::excesses(&read.what, &standing, base, day);
    if beyond.is_empty() || !typed.one("reason").trim().is_empty() {
        return Ok((day, base));
    }
    let told: Vec<String> = beyond.iter().map(told).collect();
    let told = format!("{} If you record it all the same, say why here.", told.join(" "));
    Err(Refusal::Invalid(vec![Problem::new("reason", told)]))
}

/// What is said of an order that goes beyond.
fn told(excess: &Excess) -> String {
    match excess {
        Excess::Above(by) => format!("This is {by} more than was declared."),
        Excess::Early(from) => format!("The declaration holds from {} on.", long_date(*from)),
        Excess::Late(Some(until)) => format!("The declaration held until {}.", long_date(*until)),
        Excess::Late(None) => "The declaration was ended.".to_owned(),
        Excess::Another => "The declaration is for one delivery, which is recorded already.".to_owned(),
    }
}

/// Moves the declaration to where its orders leave it; its version counts up in any case, so that a second press is stale.
async fn settle(
    ctx: &Context,
    tx: &mut Tx,
    seat: Seat<'_>,
    seen: (DeclarationId, i64),
    (template, stored): (&Template, State),
) -> Result<Recorded> {
    let items = rows::items(tx, seen.0).await?;
    let counted = items.iter().map(|row| Ok((read::item(row)?, row))).collect::<Result<Vec<_>>>()?;
    let counted = counted.iter().map(|(item, row)| (item, usize::try_from(row.orders).unwrap_or(usize::MAX), row.used));
    let used_up = ledger::used_up(template.validity, counted);
    let act = if used_up { Act::UseUp } else { Act::Free };
    let next = stored.after(act).unwrap_or(stored);
    rows::set_state(tx, seen, next.code()).await?;
    if next == stored {
        return Ok(Recorded::Counted);
    }
    let step = if used_up { "used up" } else { "in force again" };
    note(ctx, tx, Some(seat), seen.0, (step, ""), audit::NONE).await?;
    Ok(if used_up { Recorded::UsedUp } else { Recorded::Counted })
}

/// Strikes an order out that was recorded wrongly.
///
/// # Errors
/// [`Refusal::Invalid`] without a reason; [`Refusal::Stale`] if the declaration was changed since, or the order is struck out;
/// [`Refusal::NotFound`] without the right, or if the declaration has no such order.
pub async fn strike(
    ctx: &Context,
    principal: &Principal,
    customer: CustomerId,
    (seen, id): ((DeclarationId, i64), DeclarationOrderId),
    typed: &Answers,
) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    principal.signed_in()?;
    let row =
        rows::lock(&mut tx, seen.0).await?.filter(|row| row.customer_id == customer.0).ok_or(Refusal::NotFound)?;
    let all = orders::all_of(&mut tx, seen.0).await?;
    let order = all.into_iter().find(|order| order.id == id.0);
    let (_, seat) = match order {
        Some(_) => held(&mut tx, principal, customer, seen).await?,
        None => return Err(Refusal::NotFound),
    };
    let mut form = Form::new(typed);
    let why = form.line("struck_why", 500, "Say what was wrong");
    form.done()?;
    orders::strike(&mut tx, (id, seen.0), &why, seat.id(), ctx.now()).await?;
    note(ctx, &mut tx, Some(seat), seen.0, ("order struck out", &why), Some(&id.to_string())).await?;
    risk::mark(&mut tx, customer, OrgId(row.org_id)).await?;
    let stored = state(&row)?;
    settle(ctx, &mut tx, seat, seen, (template(&row)?, stored)).await?;
    tx.commit().await?;
    Ok(())
}

/// A report of the company that names the customer.
struct Reported {
    reference: Reference,
    /// Substance and quantity, as they were typed.
    substances: Vec<(String, String)>,
}

impl Reported {
    /// The report with a number, as far as the person may see it and it is about the customer; none if none was typed.
    async fn find(
        ctx: &Context,
        principal: &Principal,
        customer: CustomerId,
        typed: &str,
    ) -> std::result::Result<Option<Self>, Refusal> {
        if typed.trim().is_empty() {
            return Ok(None);
        }
        let unknown = || invalid("report", "There is no such report that you can open. Check its number");
        let reference: Reference = typed.trim().parse().map_err(|_| unknown())?;
        let row = store::customer::find(&mut ctx.db.reader(), customer).await?.ok_or(Refusal::NotFound)?;
        let view = match report::view::unmarked(ctx, principal, &reference).await {
            Ok(view) if view.org.0 == row.org_id => view,
            Ok(_) | Err(Refusal::NotFound) => return Err(unknown()),
            Err(other) => return Err(other),
        };
        let names = parties(&file(&row)?).into_iter().filter(|party| party.role == PartyRole::Customer);
        let mut names = names.flat_map(|party| party.names);
        if !names.any(|name| squash(&name) == squash(&view.party)) {
            return Err(invalid("report", "This report is not about this customer"));
        }
        let answers = &view.content.answers;
        let substances = answers.items("substance").into_iter().map(|n| {
            let of = |field: &str| answers.joined(&domain::answers::item_key("substance", n, field));
            (of("name"), of("quantity"))
        });
        Ok(Some(Self { reference, substances: substances.collect() }))
    }

    /// How much of the substance the report names; none if it does not name it. Empty if it does not say how much.
    fn quantity_of(&self, ctx: &Context, item: &ItemRow) -> Option<String> {
        let catalogue = ctx.catalogue();
        let same = |name: &str| {
            let found = known(&catalogue, name);
            found.map_or_else(|| squash(name) == squash(&item.name), |found| found.slug == item.slug)
        };
        self.substances.iter().find(|(name, _)| same(name)).map(|(_, quantity)| quantity.trim().to_owned())
    }
}
