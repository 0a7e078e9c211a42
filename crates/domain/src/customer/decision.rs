//! What a company decides about a customer, within which limits, and what makes it look again.
//!
//! A decision is bound to the version of the file on which it was made and to the rating of that day. It is never changed: a
//! new one takes its place. What happens to the file afterwards ([`events`]) does not undo it, but makes it due for review.

use serde::{Deserialize, Serialize};

use super::{Customer, Entry};
use crate::{
    answers::{
        Answers,
        when::{Order, long_date, parse_date},
    },
    country::Country,
    date::Date,
    organisation::coded,
    quantity::Quantity,
};

coded! {
    /// What is decided.
    Verdict {
        /// May buy.
        Approve = "approve", "Approve";
        /// May buy within limits.
        Limits = "limits", "Approve with limits";
        /// Nothing is sold.
        Refuse = "refuse", "Refuse";
        /// The authority is told; nothing is sold until it has answered.
        Refer = "refer", "Refer to the authority";
        /// Nothing but the risk is set by hand.
        Rating = "rating", "Set the risk by hand";
    }
}

impl Verdict {
    /// Whether goods may go out afterwards.
    #[must_use]
    pub const fn approves(self) -> bool {
        matches!(self, Self::Approve | Self::Limits)
    }

    /// In words, once it is done.
    #[must_use]
    pub const fn done(self) -> &'static str {
        match self {
            Self::Approve => "Approved",
            Self::Limits => "Approved with limits",
            Self::Refuse => "Refused",
            Self::Refer => "Referred to the authority",
            Self::Rating => "Risk set by hand",
        }
    }
}

coded! {
    /// Over which time a quantity is added up.
    Per {
        /// In a calendar year.
        Year = "year", "a year";
        /// In a calendar month.
        Month = "month", "a month";
        /// In one order.
        Order = "order", "an order";
    }
}

coded! {
    /// What makes a decision due for review before its day.
    Event {
        /// Owners changed.
        Owners = "owners", "Its owners have changed";
        /// Name, number or country changed.
        Identity = "identity", "Its name, its number or its country has changed";
        /// Another substance, or more of it.
        Substance = "substance", "It is expected to buy something else or more";
        /// Another site or place of delivery.
        Site = "site", "A site or a place of delivery is new or has changed";
        /// A document has ended.
        Document = "document", "A document has ended";
        /// The risk is higher than when it was decided.
        Risk = "risk", "Its risk is higher than when you decided";
        /// A new hit on a watch list.
        Hit = "hit", "A hit on a watch list is new";
        /// No order for a year.
        Idle = "idle", "It has ordered nothing for 12 months";
    }
}

/// After how many months without an order a decision is due for review.
pub const IDLE_MONTHS: u32 = 12;

/// How much of a substance may be sold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// The entry of the file.
    pub key: u32,
    /// The substance, as it stood there.
    pub name: String,
    /// Its CAS number, if it stood there.
    pub cas: String,
    /// How much at most.
    pub quantity: String,
    /// Over which time.
    pub per: Per,
}

/// Within what a customer may buy. Empty where there is no such limit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Only these substances, and so much of each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub substances: Vec<Limit>,
    /// Only to these countries.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub destinations: Vec<Country>,
    /// Only through this day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// A problem: the field and a sentence.
pub type Wrong = (String, String);

/// Name of the field for how much of an expected substance may be sold.
#[must_use]
pub fn quantity_field(key: u32) -> String {
    format!("quantity-{key}")
}

/// Name of the field that says over which time.
#[must_use]
pub fn per_field(key: u32) -> String {
    format!("per-{key}")
}

/// Countries to which goods may be limited: where it is registered, its sites and its addresses of delivery.
#[must_use]
pub fn destinations(customer: &Customer) -> Vec<Country> {
    let home = customer.country();
    let mut found: Vec<Country> = home.into_iter().chain(goods_go_to(customer)).collect();
    found.sort_by_key(|country| country.name());
    found.dedup();
    found
}

/// Where goods would go: sites and addresses of delivery.
pub fn goods_go_to(customer: &Customer) -> impl Iterator<Item = Country> {
    let delivery = customer.entries("address").iter().filter(|entry| entry.fields.one("kind") == "delivery");
    customer.entries("site").iter().chain(delivery).filter_map(|entry| Country::parse(entry.fields.one("country")).ok())
}

impl Limits {
    /// Reads what was typed, for the substances and countries of this file.
    ///
    /// # Errors
    /// Every problem, by field.
    pub fn read(customer: &Customer, typed: &Answers, order: Order, today: Date) -> Result<Self, Vec<Wrong>> {
        let (mut limits, mut wrong) = (Self::default(), Vec::new());
        for entry in customer.entries("substance") {
            match limit(entry, typed) {
                Ok(limit) => limits.substances.extend(limit),
                Err(problem) => wrong.push(problem),
            }
        }
        let possible = destinations(customer);
        let chosen = |country: &Country| typed.many("destinations").iter().any(|code| code == country.code());
        limits.destinations = possible.into_iter().filter(chosen).collect();
        match until(&typed.plain("until"), order, today) {
            Ok(day) => limits.until = day,
            Err(why) => wrong.push(("until".into(), why)),
        }
        if wrong.is_empty() && limits == Self::default() {
            wrong.push((String::new(), "Give at least one limit, or choose “Approve”".into()));
        }
        if wrong.is_empty() { Ok(limits) } else { Err(wrong) }
    }

    /// The limits in words, one each.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let substances = self
            .substances
            .iter()
            .map(|limit| format!("{}: at most {} {}", limit.name, limit.quantity, limit.per.label()));
        let names: Vec<&str> = self.destinations.iter().map(|country| country.name()).collect();
        let only = (!names.is_empty()).then(|| format!("Only to: {}", names.join(", ")));
        let nothing_else = (!self.substances.is_empty()).then(|| "No other substance".to_owned());
        let until = self.until.map(|day| format!("Until {}", long_date(day)));
        substances.chain(nothing_else).chain(only).chain(until).collect()
    }
}

fn limit(entry: &Entry, typed: &Answers) -> Result<Option<Limit>, Wrong> {
    let field = quantity_field(entry.key);
    let quantity = typed.plain(&field);
    if quantity.is_empty() {
        return Ok(None);
    }
    if quantity.chars().count() > 60 {
        return Err((field, "Write the quantity in a few letters, such as 400 kg".into()));
    }
    if let Err(error) = Quantity::parse(&quantity) {
        return Err((field, error.to_string()));
    }
    let per = Per::from_code(typed.one(&per_field(entry.key)));
    let per = per.ok_or_else(|| (per_field(entry.key), "Say over which time the quantity counts".to_owned()))?;
    let text = |field: &str| entry.fields.one(field).to_owned();
    Ok(Some(Limit { key: entry.key, name: text("name"), cas: text("cas"), quantity, per }))
}

fn until(text: &str, order: Order, today: Date) -> Result<Option<Date>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let day = parse_date(text, order).map_err(|error| error.to_string())?;
    if day <= today {
        return Err("Give a day that lies ahead".into());
    }
    Ok(Some(day))
}

/// What of a change makes a decision due for review. Taking something out does not.
#[must_use]
pub fn events(before: &Customer, after: &Customer) -> Vec<Event> {
    let mut found = Vec::new();
    let mut on = |event: Event, happened: bool| found.extend(happened.then_some(event));
    on(Event::Owners, before.entries("owner") != after.entries("owner"));
    let identity = ["legal_name", "country", "registration_number"];
    on(Event::Identity, identity.iter().any(|field| before.text("identity", field) != after.text("identity", field)));
    on(Event::Substance, is_new(before, after, "substance", |_| true));
    let delivery = |entry: &Entry| entry.fields.one("kind") == "delivery";
    on(Event::Site, is_new(before, after, "site", |_| true) || is_new(before, after, "address", delivery));
    found
}

/// Whether a part has an entry that it had not.
fn is_new(before: &Customer, after: &Customer, part: &str, counts: impl Fn(&Entry) -> bool) -> bool {
    after.entries(part).iter().any(|entry| counts(entry) && before.entry(part, entry.key) != Some(entry))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::customer::Part;

    fn put(customer: &mut Customer, part: &str, fields: &[(&str, &str)]) -> u32 {
        let typed: Answers = fields.iter().copied().collect();
        customer.put(Part::find(part).unwrap(), None, &typed, Order::of_country("NL")).unwrap()
    }

    fn file() -> (Customer, u32) {
        let mut file = Customer::new();
        put(&mut file, "identity", &[("legal_name", "Kustlab B.V."), ("country", "NL")]);
        put(&mut file, "site", &[("name", "Plant"), ("address", "Kaai 1"), ("country", "BE"), ("licensed", "yes")]);
        let fields = [("name", "Acetone"), ("cas", "67-64-1"), ("yearly", "2 t"), ("use", "Cleaning")];
        let key = put(&mut file, "substance", &fields);
        (file, key)
    }

    fn read(file: &Customer, typed: &[(&str, &str)]) -> Result<Limits, Vec<Wrong>> {
        let mut answers = Answers::new();
        for (field, text) in typed {
            answers.set(field, text.split(',').map(str::to_owned));
        }
        Limits::read(file, &answers, Order::of_country("NL"), Date::new(2026, 11, 23).unwrap())
    }

    #[test]
    fn limits_are_read_for_what_stands_in_the_file() {
        let (file, key) = file();
        let (quantity, per) = (quantity_field(key), per_field(key));
        let typed = [(quantity.as_str(), "400 kg"), (&per, "year"), ("destinations", "BE,KP"), ("until", "1-3-2027")];
        let limits = read(&file, &typed).unwrap();
        assert_eq!(
            limits.words(),
            ["Acetone: at most 400 kg a year", "No other substance", "Only to: Belgium", "Until 1 March 2027"]
        );
        let wrong = |typed: &[(&str, &str)]| read(&file, typed).unwrap_err().remove(0).0;
        assert_eq!(wrong(&[]), "", "no limit at all");
        assert_eq!(wrong(&[(&quantity, "much"), (&per, "year")]), quantity);
        assert_eq!(wrong(&[(&quantity, "4 kg")]), per);
        assert_eq!(wrong(&[("until", "2026-11-23")]), "until");
        assert_eq!(wrong(&[("until", "soon")]), "until");
        let json = serde_json::to_string(&limits).unwrap();
        assert_eq!(serde_json::from_str::<Limits>(&json).unwrap(), limits);
    }

    #[test]
    fn what_is_new_makes_a_decision_due_and_what_goes_does_not() {
        let (before, key) = file();
        let changed = |change: &dyn Fn(&mut Customer)| {
            let mut after = before.clone();
            change(&mut after);
            events(&before, &after)
        };
        assert_eq!(changed(&|_| ()), []);
        let owner = [("holder", "Ada Vos"), ("kind", "person"), ("share", "100")];
        assert_eq!(
            changed(&|file| {
                put(file, "owner", &owner);
            }),
            [Event::Owners]
        );
        let more = [("name", "Toluene"), ("yearly", "1 t"), ("use", "Cleaning")];
        assert_eq!(
            changed(&|file| {
                put(file, "substance", &more);
            }),
            [Event::Substance]
        );
        assert_eq!(changed(&|file| file.remove(Part::find("substance").unwrap(), key).unwrap()), []);
        let delivery = [("kind", "delivery"), ("street", "Kaai 2"), ("town", "Gent"), ("country", "BE")];
        assert_eq!(
            changed(&|file| {
                put(file, "address", &delivery);
            }),
            [Event::Site]
        );
        let postal = [("kind", "postal"), ("street", "Kaai 2"), ("town", "Gent"), ("country", "BE")];
        assert_eq!(
            changed(&|file| {
                put(file, "address", &postal);
            }),
            []
        );
    }
}
