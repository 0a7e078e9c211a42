//! As many customers as one wants, for measuring: invented firms, each with a director and an owner.
//!
//! The same number gives the same customers. They come into being like those of an import: marked, and not yet screened.

use domain::{access::Action, answers::Answers, answers::when::Order, customer::Customer, customer::Part};

use super::reports::{TOMAS, seated};
use crate::{
    Context, Refusal, Result,
    customer::{Place, write},
    seat::Seat,
};

/// Customers in one transaction.
const BATCH: u32 = 500;

const SYLLABLES: [&str; 40] = [
    "ba", "bel", "bor", "ca", "cor", "da", "del", "dor", "fa", "fen", "gar", "gel", "hal", "hen", "jo", "kar", "kel",
    "lan", "lor", "ma", "mir", "nal", "nor", "or", "pa", "pel", "ran", "rel", "sal", "sin", "ta", "tor", "ul", "van",
    "ver", "wal", "wen", "yar", "zel", "zor",
];
const TRADES: [&str; 8] =
    ["Chemie", "Coatings", "Solvents", "Pharma", "Trading", "Laboratories", "Plastics", "Reagents"];
const FORMS: [&str; 8] = ["GmbH", "B.V.", "Ltd", "S.A.", "AS", "d.o.o.", "Inc.", "S.r.l."];
const GIVEN: [&str; 16] = [
    "Anna", "Peter", "Mohammed", "Elena", "Jan", "Maria", "Li", "Ivan", "Sofia", "Thomas", "Fatima", "Carlos", "Olga",
    "Ahmed", "Ingrid", "David",
];
const COUNTRIES: [&str; 8] = ["DE", "NL", "GB", "FR", "NO", "RS", "CA", "IT"];

/// A number that follows from another one and looks like chance.
const fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

fn one_of<'a>(of: &[&'a str], chance: u64) -> &'a str {
    usize::try_from(chance % of.len() as u64).ok().and_then(|at| of.get(at)).copied().unwrap_or_default()
}

fn invented(chance: u64, syllables: u32) -> String {
    let word: String = (0..syllables).map(|at| one_of(&SYLLABLES, mixed(chance ^ (u64::from(at) << 40)))).collect();
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// An invented firm; the same number gives the same one.
#[must_use]
pub fn firm(number: u64) -> String {
    let chance = mixed(number);
    format!("{} {} {}", invented(chance, 4), one_of(&TRADES, chance >> 8), one_of(&FORMS, chance >> 16))
}

/// An invented person.
#[must_use]
pub fn person(number: u64) -> String {
    let chance = mixed(number ^ 0x5eed);
    format!("{} {}", one_of(&GIVEN, chance >> 8), invented(chance, 4))
}

/// Adds `count` customers to the demo's Dutch distributor, calling `told` with the number of those that are there after each
/// transaction.
///
/// # Errors
/// [`Refusal::NotPossible`] unless the database holds demo data.
pub async fn fill_customers(ctx: &Context, count: u32, mut told: impl FnMut(u32)) -> Result<()> {
    if !super::is_demo(ctx).await? {
        return Err(Refusal::NotPossible("Only an installation with demo data is filled.".to_owned()));
    }
    let (who, org) = seated(ctx, TOMAS).await?;
    let seat = Seat::take(&who, org, Action::WriteCustomers)?;
    for first in (0..count).step_by(BATCH as usize) {
        let last = count.min(first + BATCH);
        let mut tx = ctx.db.begin().await?;
        for number in first..last {
            write(ctx, &mut tx, seat, Place::New(org), &customer(u64::from(number))?, "customer imported").await?;
        }
        tx.commit().await?;
        told(last);
    }
    Ok(())
}

fn customer(number: u64) -> Result<Customer> {
    let (name, director, owner) = (firm(number), person(number), person(number ^ 0xfeed));
    let (country, own) = (one_of(&COUNTRIES, mixed(number) >> 24), format!("N-{number}"));
    let parts: [(&str, &[(&str, &str)]); 3] = [
        ("identity", &[("legal_name", &name), ("country", country), ("own_number", &own)]),
        ("person", &[("name", &director), ("roles", "director"), ("country", country)]),
        ("owner", &[("holder", &owner), ("kind", "person"), ("share", "100")]),
    ];
    let mut customer = Customer::new();
    for (part, fields) in parts {
        let part = Part::find(part).ok_or(Refusal::NotFound)?;
        let typed: Answers = fields.iter().copied().collect();
        let put = customer.put(part, None, &typed, Order::of_country(country));
        put.map_err(|faults| Refusal::Fault(format!("{faults:?}")))?;
    }
    Ok(customer)
}
