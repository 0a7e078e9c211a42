//! From a customer's file to a report about it: identity, people, addresses and substances are filled in.
//!
//! The draft keeps the customer from whose file it was begun, so that the file knows of the report and a second press finds the
//! same draft again.

use domain::{
    access::{Action, Principal},
    answers::{Answers, item_key},
    customer::{Customer, Entry, State, spec::PersonRole},
    date::Date,
    ids::{CustomerId, DraftId, OrgId},
};

use store::customer::decision;

use super::{document, file, read::find, risk};
use crate::{
    Context, Result,
    draft::{self, New},
    seat::Seat,
};

/// The most parties that are filled in.
const PARTIES: usize = 10;
/// The most substances that are filled in.
const SUBSTANCES: usize = 20;
/// From how many months on somebody is a customer of old.
const REGULAR: u32 = 12;

/// Begins a report about a customer with everything that the file says, or finds the open one that was begun from it.
///
/// # Errors
/// [`crate::Refusal::NotFound`] without the right to read the file and to write reports.
pub async fn begin(ctx: &Context, principal: &Principal, id: CustomerId) -> Result<DraftId> {
    let row = find(ctx, principal, id).await?;
    let org = OrgId(row.org_id);
    let seat = Seat::take(principal, org, Action::WriteReports)?;
    let mut answers = draft::contact(ctx, seat).await?;
    let (today, since) = (document::today(ctx, org).await?, Date::of(domain::time::Timestamp(row.created_at)));
    fill(&mut answers, &file(&row)?, (since, today));
    let mut tx = ctx.db.begin().await?;
    // Held, so that two presses at once make one draft.
    store::customer::lock(&mut tx, id).await?;
    if let Some(open) = decision::open_draft(&mut tx, id, seat.id(), seat.is_admin()).await? {
        return Ok(open);
    }
    let new = New { company: org, taken_by: None, answers, quick: false, continues: None };
    let made = draft::insert_in(ctx, &mut tx, seat, new).await?;
    decision::add_draft(&mut tx, made, id, seat.id(), ctx.now()).await?;
    risk::mark(&mut tx, id, org).await?;
    tx.commit().await?;
    Ok(made)
}

/// Fills in what a file says of the other party, of others who take part, and of what it buys.
fn fill(answers: &mut Answers, file: &Customer, (since, today): (Date, Date)) {
    let mut set = |field: &str, text: &str| {
        if !text.is_empty() {
            answers.set_one(field, text);
        }
    };
    set("party.1.type", "company");
    set("party.1.name", file.name());
    set("party.1.country", file.text("identity", "country"));
    set("party.1.registration", file.text("identity", "registration_number"));
    set("party.1.vat", file.text("numbers", "vat"));
    set("party.1.registered_on", file.text("identity", "founded"));
    set("party.1.account", if file.state() == State::Active { "yes" } else { "" });
    set("party.1.history", if since.months_until(today) >= REGULAR { "regular" } else { "" });
    let names = file.entries("name").iter().map(|entry| entry.fields.one("name")).collect::<Vec<_>>();
    set("party.1.also", &names.join(", "));
    let address = file.entries("address").iter().find(|entry| entry.fields.one("kind") == "registered");
    set("party.1.address", &address.or(file.entries("address").first()).map(address_of).unwrap_or_default());
    let web = file.entries("web").first().map_or("", |entry| entry.fields.one("domain"));
    if !web.is_empty() {
        set("party.1.website", &format!("https://{web}"));
    }
    let contact = contact(file);
    set("party.1.contact", contact.map_or("", |entry| entry.fields.one("name")));
    set("party.1.email", contact.map_or("", |entry| entry.fields.one("email")));
    set("party.1.phone", contact.map_or("", |entry| entry.fields.one("phone")));
    let site = file.entries("site").first();
    set("party.1.licence", site.map_or("", |entry| entry.fields.one("licence")));
    set("party.1.note", &note(file));
    others(answers, file);
    substances(answers, file);
}

/// An address in lines.
fn address_of(entry: &Entry) -> String {
    let fields = &entry.fields;
    let town = [fields.one("postcode"), fields.one("town")].join(" ");
    let lines = [fields.one("street"), town.trim(), fields.one("region")];
    lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Whom one calls, else the first person of whom there is a mail address or number.
fn contact(file: &Customer) -> Option<&Entry> {
    let people = file.entries("person");
    let calls = |entry: &&Entry| entry.fields.many("roles").iter().any(|role| role == PersonRole::Contact.code());
    let reached = |entry: &&Entry| !entry.fields.one("email").is_empty() || !entry.fields.one("phone").is_empty();
    people.iter().find(calls).or_else(|| people.iter().find(reached))
}

/// What has no question of its own: numbers, accounts, who owns it.
fn note(file: &Customer) -> String {
    let mut lines = Vec::new();
    let mut line = |label: &str, text: &str| {
        if !text.is_empty() {
            lines.push(format!("{label}: {text}"));
        }
    };
    line("Our number for this customer", file.own_number());
    line("LEI", file.text("numbers", "lei"));
    line("EORI", file.text("numbers", "eori"));
    line("What it makes or sells", file.text("business", "products"));
    for entry in file.entries("bank") {
        let fields = &entry.fields;
        let number = if fields.one("iban").is_empty() { fields.one("account") } else { fields.one("iban") };
        line("Bank account", &format!("{} {number}", fields.one("holder")));
    }
    for holder in domain::customer::ownership::ownership(file).holders.iter().filter(|holder| holder.is_beneficial()) {
        line("Owner", &format!("{}, {}", holder.name, domain::customer::per_cent(holder.total)));
    }
    lines.join("\n")
}

/// Agents and others who act for it.
fn others(answers: &mut Answers, file: &Customer) {
    for (place, entry) in (2_u32..).zip(file.entries("person").iter().take(PARTIES)) {
        let fields = &entry.fields;
        let acts = fields.many("roles").iter().any(|role| role == PersonRole::Agent.code());
        let known: [(&str, &str); 6] = [
            (".role", if acts { "agent" } else { "other" }),
            (".name", fields.one("name")),
            (".type", "person"),
            (".country", fields.one("country")),
            (".email", fields.one("email")),
            (".phone", fields.one("phone")),
        ];
        for (field, text) in known.into_iter().filter(|(_, text)| !text.is_empty()) {
            answers.set_one(&format!("party.{place}{field}"), text);
        }
        let roles = fields.many("roles").iter().filter_map(|role| PersonRole::from_code(role)).map(PersonRole::label);
        answers.set_one(&format!("party.{place}.note"), roles.collect::<Vec<_>>().join(", "));
    }
}

fn substances(answers: &mut Answers, file: &Customer) {
    let entries = file.entries("substance");
    answers.set_one("substances.involved", if entries.is_empty() { "none" } else { "substances" });
    for (place, entry) in (1_u32..).zip(entries.iter().take(SUBSTANCES)) {
        let known = [("name", "name"), ("cas", "cas"), ("use", "use")];
        for (to, from) in known {
            let text = entry.fields.one(from);
            if !text.is_empty() {
                answers.set_one(&item_key("substance", place, to), text);
            }
        }
    }
}
