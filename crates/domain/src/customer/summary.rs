//! A file in words: for its page, for what differs between two versions, and what is odd about it.

use super::{Customer, Entry, Field, Kind, PARTS, Part, check, ownership::ownership};
use crate::{
    answers::when::long_date,
    country::Country,
    identifiers::{self, Checked, IdKind},
    question::{SummaryGroup, SummaryRow},
};

/// Every part and entry of a file as labelled rows. Parts without anything have no group. A field's path is
/// `owner.7.share`, so that two versions can be compared ([`crate::question::changes`]).
#[must_use]
pub fn summary(customer: &Customer) -> Vec<SummaryGroup> {
    let groups = PARTS.iter().flat_map(|part| customer.entries(part.id).iter().map(move |entry| (part, entry)));
    groups.map(|(part, entry)| group(customer, part, entry)).collect()
}

fn group(customer: &Customer, part: &Part, entry: &Entry) -> SummaryGroup {
    let name = if part.named_by.is_empty() { "" } else { entry.fields.one(part.named_by) };
    let title = match name.lines().next() {
        Some(name) if !name.is_empty() => format!("{}: {name}", part.one),
        _ => part.title.to_owned(),
    };
    SummaryGroup {
        section: part.id.to_owned(),
        title,
        is_item: part.many,
        rows: part.fields.iter().map(|field| row(customer, part, entry, field)).collect(),
    }
}

fn row(customer: &Customer, part: &Part, entry: &Entry, field: &Field) -> SummaryRow {
    let texts = entry.fields.many(field.name);
    // Who holds a share in the customer itself has nothing in this field.
    let value = match (field.kind, texts) {
        (Kind::Held, []) => vec![customer.name().to_owned()],
        _ => texts.iter().flat_map(|text| shown(customer, field.kind, text)).collect(),
    };
    SummaryRow {
        field: format!("{}.{}.{}", part.id, entry.key, field.name),
        label: field.label.to_owned(),
        provided: !value.is_empty(),
        value,
        sound: true,
        section: part.id.to_owned(),
        page: entry.key.to_string(),
    }
}

/// A kept text as people read it, line by line.
fn shown(customer: &Customer, kind: Kind, text: &str) -> Vec<String> {
    let one = match kind {
        Kind::Lines(_) => return text.lines().map(str::to_owned).collect(),
        Kind::Country => Country::parse(text).map_or_else(|_| text.to_owned(), |country| country.name().to_owned()),
        Kind::Choice(options) | Kind::Several(options) => {
            options().iter().find(|(code, _)| *code == text).map_or(text, |(_, words)| words).to_owned()
        }
        Kind::Day => text.parse().map_or_else(|_| text.to_owned(), long_date),
        Kind::Share => format!("{text} %"),
        Kind::Held => {
            let owner = text.parse().ok().and_then(|key| customer.entry("owner", key));
            owner.map_or(text, |owner| owner.fields.one("holder")).to_owned()
        }
        _ => text.to_owned(),
    };
    vec![one]
}

/// Something in a file that is odd but may be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The part.
    pub part: &'static str,
    /// What is odd.
    pub text: String,
}

impl Customer {
    /// What is odd about the file. Nothing of it keeps anybody from saving it.
    #[must_use]
    pub fn remarks(&self) -> Vec<Remark> {
        let mut remarks = Vec::new();
        let number = self.text("identity", "registration_number");
        if !number.is_empty()
            && let Checked::Invalid(why) = identifiers::check(IdKind::CompanyNumber, self.country(), number)
        {
            remarks.push(Remark { part: "identity", text: format!("The registration number looks odd: {why}.") });
        }
        let owners = ownership(self);
        for name in &owners.overfull {
            let whom = if name.is_empty() { self.name() } else { name };
            remarks.push(Remark { part: "owner", text: format!("More than 100 % is held in {whom}.") });
        }
        let cut_off = owners.holders.iter().filter(|holder| holder.steps.is_none());
        remarks.extend(cut_off.map(|holder| Remark {
            part: "owner",
            text: format!("No way leads from {} to the customer.", holder.name),
        }));
        let free = self.entries("web").iter().map(|entry| entry.fields.one("domain"));
        remarks.extend(free.filter(|domain| identifiers::is_free_mail(domain)).map(|domain| Remark {
            part: "web",
            text: format!("Anybody gets an address at {domain} without saying who they are."),
        }));
        remarks
    }
}

/// A share of so many hundredths of a per cent in words: `25.5 %`.
#[must_use]
pub fn per_cent(share: u32) -> String {
    format!("{} %", check::share_text(share))
}
