//! Facts that can be computed from the form alone, by name.
//!
//! What needs earlier orders, earlier reports, screening or lists of the authority is no fact of the form: it is
//! unknown here ([`OUTSIDE_FACTS`]) and the signs that ask for it are silent.

use serde::{Deserialize, Serialize};

use super::RuleSet;
use crate::{
    answers::{
        Answers, item_key,
        when::{LocalTime, parse_date},
    },
    cas::{Cas, CasError},
    condition::{Cause, Facts, Truth},
    country::{Country, Jurisdiction},
    date::Date,
    fold::{squash, words},
    identifiers::domain_of,
    quantity::{Density, Dimension, Quantity},
    question::Profile,
};

/// What is known about a substance that a report names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The handle of its page.
    pub slug: String,
    /// It stands on a list that applies in the company's country, or on a United Nations table.
    pub listed: bool,
    /// No lawful use is known.
    pub no_known_use: bool,
    /// A regulator was seen to say so.
    pub no_known_use_verified: bool,
    /// The lists it stands on, wherever they apply.
    pub lists: Vec<ListedAs>,
    /// Amounts from which a duty begins in the company's country.
    pub thresholds: Vec<Quantity>,
    /// For comparing a volume with a threshold of mass.
    pub density: Option<Density>,
    /// Whether the CAS number given belongs to the name given; `None` if either is missing or unknown.
    pub cas_fits: Option<bool>,
}

/// A place on a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedAs {
    /// Whose list it is.
    pub jurisdiction: Jurisdiction,
    /// The table, category, class or schedule, as the list calls it.
    pub category: String,
    /// Whether the place was seen in a source that can be relied on.
    pub verified: bool,
}

/// Something that knows substances; the catalogue, in browser and server.
pub trait Substances {
    /// What is known about the substance with this name and CAS number (either may be empty) for a company in `country`
    /// on that day. `None` if neither is known.
    fn about(&self, name: &str, cas: &str, country: Option<Country>, on: Option<Date>) -> Option<About>;
}

/// Knows nothing: for evaluating without a catalogue.
impl Substances for () {
    fn about(&self, _: &str, _: &str, _: Option<Country>, _: Option<Date>) -> Option<About> {
        None
    }
}

/// The facts of a form.
#[derive(Clone, Copy, Debug)]
pub struct FormFacts<'a, S> {
    /// The answers that are judged.
    pub answers: &'a Answers,
    /// Whose report it is.
    pub profile: &'a Profile,
    /// The rules, for their numbers and words.
    pub rules: &'a RuleSet,
    /// The catalogue.
    pub substances: &'a S,
}

/// Facts a rule may name that a form cannot answer. Whoever has the knowledge answers them through [`Facts`].
pub const OUTSIDE_FACTS: &[&str] = &[
    "advert_seen_before",
    "changed_recently",
    "combination",
    "history.above_declared",
    "history.above_largest_month",
    "history.above_peers",
    "history.above_three_times_average",
    "history.above_twice_average",
    "history.first_in_bulk",
    "history.frequency_rise",
    "history.substitution",
    "no_demand",
    "notification_objection",
    "screening_confirmed",
    "shared_identifiers",
    "watch_match",
];

/// Facts that [`FormFacts`] computes, beside those about a list (`listed:EU:1` is "a substance of category 1 of the European
/// Union's list").
const FORM_FACTS: &[&str] = &[
    "advert_words",
    "box_address",
    "cas_invalid",
    "cas_mismatch",
    "equipment_and_substance",
    "free_mail",
    "listed_substance",
    "mail_not_website",
    "near_threshold",
    "no_known_use",
    "no_known_use_verified",
    "payer_country_differs",
    "payer_differs",
    "recently_registered",
    "short_lead",
    "transit_unneeded",
];

/// Begins the name of a fact about a list.
const LISTED: &str = "listed:";

impl<S: Substances> Facts for FormFacts<'_, S> {
    fn fact(&self, name: &str) -> Truth {
        if let Some(list) = name.strip_prefix(LISTED) {
            return self.on_list(list);
        }
        match name {
            "advert_words" => self.advert_words(),
            "box_address" => self.box_address(),
            "cas_invalid" => self.cas_invalid(),
            "cas_mismatch" => self.cas_mismatch(),
            "equipment_and_substance" => self.equipment_and_substance(),
            "free_mail" => self.free_mail(),
            "listed_substance" => self.listed_substance(),
            "mail_not_website" => self.mail_not_website(),
            "near_threshold" => self.near_threshold(),
            "no_known_use" => self.no_known_use(|about| about.no_known_use),
            "no_known_use_verified" => self.no_known_use(|about| about.no_known_use_verified),
            "payer_country_differs" => self.payer_country_differs(),
            "payer_differs" => self.payer_differs(),
            "recently_registered" => self.recently_registered(),
            "short_lead" => self.short_lead(),
            "transit_unneeded" => self.transit_unneeded(),
            _ => Truth::Unknown,
        }
    }

    fn has_role(&self, role: &str) -> bool {
        self.profile.has_role(role)
    }

    fn country(&self) -> &str {
        self.profile.country()
    }
}

/// Whether a form can answer the fact with this name.
#[must_use]
pub fn is_form_fact(name: &str) -> bool {
    let of_list = name.strip_prefix(LISTED).and_then(|list| list.split_once(':'));
    of_list.is_some_and(|(order, category)| order.parse::<Jurisdiction>().is_ok() && !category.is_empty())
        || FORM_FACTS.contains(&name)
}

impl<S: Substances> FormFacts<'_, S> {
    fn date(&self, key: &str) -> Option<Date> {
        parse_date(&self.answers.joined(key), self.profile.date_order()).ok()
    }

    fn day(&self, key: &str) -> Option<Date> {
        let time = LocalTime::parse(&self.answers.joined(key), self.profile.date_order());
        time.ok().map(|time| time.date)
    }

    /// The day of the order, or the day it happened or became known.
    fn order_day(&self) -> Option<Date> {
        let known = || self.day("occurred_at").or_else(|| self.day("aware_at"));
        self.date("order.date").or_else(known)
    }

    fn is(&self, key: &str, value: &str) -> bool {
        self.answers.plain(key) == value
    }

    fn found_country(&self, key: &str) -> Option<Country> {
        Country::find(&self.answers.plain(key)).ok()
    }

    fn causes(&self, keys: &[&str]) -> Vec<Cause> {
        keys.iter().map(|key| Cause::of(self.answers, key)).collect()
    }

    /// Judges each substance that is named; unknown if the catalogue knows none of them.
    fn any_substance(&self, fits: impl Fn(u32, &About) -> Option<Vec<Cause>>) -> Truth {
        let mut judged = false;
        let mut causes = Vec::new();
        for number in self.answers.items("substance") {
            let field = |name| self.answers.plain(&item_key("substance", number, name));
            let (name, cas) = (field("name"), field("cas"));
            let on = self.order_day().or(self.profile.today);
            let about = self.substances.about(&name, &cas, self.profile.country, on);
            let Some(about) = about else { continue };
            judged = true;
            causes.extend(fits(number, &about).into_iter().flatten());
        }
        match (judged, causes.is_empty()) {
            (false, _) => Truth::Unknown,
            (true, true) => Truth::No,
            (true, false) => Truth::Yes(causes),
        }
    }

    fn of_substance(&self, number: u32, field: &str) -> Vec<Cause> {
        vec![Cause::of(self.answers, &item_key("substance", number, field))]
    }

    fn listed_substance(&self) -> Truth {
        self.any_substance(|number, about| about.listed.then(|| self.of_substance(number, "name")))
    }

    fn no_known_use(&self, unknown: impl Fn(&About) -> bool) -> Truth {
        self.any_substance(|number, about| unknown(about).then(|| self.of_substance(number, "name")))
    }

    fn on_list(&self, list: &str) -> Truth {
        let Some((order, category)) = list.split_once(':') else { return Truth::Unknown };
        let Ok(order) = order.parse::<Jurisdiction>() else { return Truth::Unknown };
        self.any_substance(|number, about| {
            let category = bare_category(category);
            let on =
                about.lists.iter().any(|list| list.jurisdiction == order && bare_category(&list.category) == category);
            on.then(|| self.of_substance(number, "name"))
        })
    }

    /// A quantity just below a threshold of the company's country.
    fn near_threshold(&self) -> Truth {
        let share = i64::from(self.rules.numbers.near_threshold);
        self.any_substance(|number, about| {
            let key = item_key("substance", number, "quantity");
            let quantity = Quantity::parse(&self.answers.joined(&key)).ok()?;
            let near = about.thresholds.iter().any(|threshold| {
                let same = quantity.measured_as(threshold.dimension, about.density);
                same.is_some_and(|same| {
                    let from = threshold.base / 100 * share + threshold.base % 100 * share / 100;
                    threshold.dimension != Dimension::Pieces && same.base >= from && same.base < threshold.base
                })
            });
            near.then(|| vec![Cause::of(self.answers, &key)])
        })
    }

    fn cas_mismatch(&self) -> Truth {
        self.any_substance(|number, about| (about.cas_fits == Some(false)).then(|| self.of_substance(number, "cas")))
    }

    fn cas_invalid(&self) -> Truth {
        let numbers = self.answers.items("substance").into_iter();
        let wrong = numbers
            .map(|number| item_key("substance", number, "cas"))
            .filter(|key| matches!(Cas::parse(&self.answers.plain(key)), Err(CasError::Digit { .. })));
        let causes: Vec<Cause> = wrong.map(|key| Cause::of(self.answers, &key)).collect();
        Truth::when(!causes.is_empty(), || causes)
    }

    fn equipment_and_substance(&self) -> Truth {
        let first = |group, field| {
            let keys = self.answers.items(group).into_iter().map(|n| item_key(group, n, field));
            keys.into_iter().find(|key| self.answers.filled(key))
        };
        match (first("substance", "name"), first("equipment", "what")) {
            (Some(substance), Some(equipment)) => Truth::Yes(self.causes(&[&substance, &equipment])),
            _ => Truth::No,
        }
    }

    /// Host of the first party's mailbox, if the party is a company.
    fn company_mail(&self) -> Option<String> {
        let company = self.is("party.1.type", "company");
        company.then(|| domain_of(&self.answers.plain("party.1.email"))).flatten()
    }

    fn free_mail(&self) -> Truth {
        let Some(mail) = self.company_mail() else { return Truth::Unknown };
        let free = self.rules.words.free_mail.contains(&mail);
        Truth::when(free, || self.causes(&["party.1.email"]))
    }

    fn mail_not_website(&self) -> Truth {
        let site = domain_of(&self.answers.plain("party.1.website"));
        let (Some(mail), Some(site)) = (self.company_mail(), site) else { return Truth::Unknown };
        let within = |inner: &str, outer: &str| {
            inner.strip_suffix(outer).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        let same = within(&mail, &site) || within(&site, &mail);
        Truth::when(!same, || self.causes(&["party.1.email", "party.1.website"]))
    }

    fn recently_registered(&self) -> Truth {
        let (Some(since), Some(day)) = (self.date("party.1.registered_on"), self.order_day()) else {
            return Truth::Unknown;
        };
        let recent = day.days() - since.days() < self.rules.numbers.recently_registered;
        Truth::when(recent, || self.causes(&["party.1.registered_on"]))
    }

    fn short_lead(&self) -> Truth {
        let (Some(wanted), Some(day)) = (self.date("order.wanted"), self.order_day()) else {
            return Truth::Unknown;
        };
        let days = wanted.days() - day.days();
        let short = (0..=self.rules.numbers.short_lead).contains(&days);
        Truth::when(short, || self.causes(&["order.wanted"]))
    }

    fn parties(&self, role: &str) -> impl Iterator<Item = u32> {
        let with_role = move |n: &u32| self.is(&item_key("party", *n, "role"), role);
        self.answers.items("party").into_iter().filter(with_role)
    }

    /// A payer is named who is not the customer.
    fn payer_differs(&self) -> Truth {
        let buyer = squash(&self.answers.plain("party.1.name"));
        let names = self.parties("payer").map(|number| item_key("party", number, "name"));
        let other = |key: &String| {
            let name = squash(&self.answers.plain(key));
            !name.is_empty() && name != buyer
        };
        let causes: Vec<Cause> = names.filter(other).map(|key| Cause::of(self.answers, &key)).collect();
        Truth::when(!causes.is_empty() && !buyer.is_empty(), || causes)
    }

    /// The money comes from a country that is neither the customer's nor the consignee's nor the destination.
    fn payer_country_differs(&self) -> Truth {
        let payers = self.parties("payer").map(|number| item_key("party", number, "country"));
        let from: Vec<String> = ["payment.country".to_owned()].into_iter().chain(payers).collect();
        let consignees = self.parties("consignee").map(|n| item_key("party", n, "country"));
        let deal: Vec<Country> = ["party.1.country".to_owned(), "delivery.country".to_owned()]
            .into_iter()
            .chain(consignees)
            .filter_map(|key| self.found_country(&key))
            .collect();
        if deal.is_empty() {
            return Truth::Unknown;
        }
        let foreign = |key: &&String| self.found_country(key).is_some_and(|from| !deal.contains(&from));
        let found = from.iter().find(foreign);
        Truth::when(found.is_some(), || found.map(|key| Cause::of(self.answers, key)).into_iter().collect())
    }

    fn box_address(&self) -> Truth {
        let key = "delivery.address";
        let address = format!(" {} ", words(&self.answers.joined(key)));
        let means = |part: &String| address.contains(&format!(" {} ", words(part)));
        Truth::when(self.rules.words.r#box.iter().any(means), || self.causes(&[key]))
    }

    /// Goods that stay in one country need no other country on the way.
    fn transit_unneeded(&self) -> Truth {
        let from = self.found_country("route.from").or(self.profile.country);
        let (Some(from), Some(to)) = (from, self.found_country("delivery.country")) else {
            return Truth::Unknown;
        };
        let transit = self.answers.joined("route.transit");
        let mut on_the_way = transit.split([',', ';', '/']).filter_map(|c| Country::find(c).ok());
        let unneeded = from == to && on_the_way.any(|country| country != from);
        Truth::when(unneeded, || self.causes(&["route.transit"]))
    }

    fn advert_words(&self) -> Truth {
        let text = self.answers.joined("online.words").to_lowercase();
        let found = self.rules.words.advert.iter().find(|part| text.contains(part.as_str()));
        match found {
            Some(part) => Truth::Yes(vec![Cause::quoting("online.words", part)]),
            None => Truth::No,
        }
    }
}

/// What is left of "Category 2A", "Table II", "Class A" without the first word.
fn bare_category(category: &str) -> String {
    const NOUNS: [&str; 6] = ["category", "cat", "table", "class", "schedule", "list"];
    words(category).split(' ').filter(|word| !NOUNS.contains(word)).collect()
}

#[cfg(test)]
mod tests;
