//! What the demo's association does with its members: who they are, questions, consultations, dates, and figures of a sector
//! that is larger than the demo.

use domain::{
    answers::Answers,
    date::Date,
    suppress::{Cell, Table, marks, partition, ripe},
    time::Timestamp,
};

use super::reports::{before, mark_mails_sent, seated};
use crate::{
    Context, Result,
    association::{calendar, consultations, members, questions, sector},
};

const EDITOR: &str = "editor@chemtrade-assoc.example";
const SUPERVISOR: &str = "supervisor@pco-nl.example";

/// Name, country, number in the register; and who accepts.
const MEMBERS: &[([&str; 3], Option<&str>)] = &[
    (["Meridian Solvents & Reagents", "NL", "99284407"], Some("officer@meridian-reagents.example")),
    (["Noordkust Fine Chemicals", "NL", "99117359"], Some("officer@noordkust.example")),
    (["Delta Quay Forwarding", "NL", "99901738"], Some("officer@deltaquay.example")),
    (["Labmarkt Online", "NL", "99455826"], None),
    (["Zeewind Chemie", "BE", "0999.111.333"], None),
];

const DRAFT: &str = "Members agree on a common minimum when they take a **new customer**.\n\n\
                     ### What every member asks\n\n\
                     - the number of the company in its trade register\n\
                     - the use of the goods, in a sentence of the customer's own\n\
                     - a delivery address that belongs to the customer\n\n\
                     ### What every member keeps\n\n\
                     The answers, and who looked at them, for as long as the law says.";

fn typed(fields: &[(&str, &str)]) -> Answers {
    fields.iter().copied().collect()
}

/// Makes it once.
pub(super) async fn seed(ctx: &Context) -> Result<()> {
    let (who, org) = seated(ctx, EDITOR).await?;
    if !members::list(ctx, &who, org, None).await?.page.is_empty() {
        return Ok(());
    }
    let then = before(ctx, 40 * Timestamp::DAY);
    for ([member, country, registration], accepts) in MEMBERS {
        let named = [("member", *member), ("country", *country), ("registration", *registration)];
        members::invite(&then, &who, org, &typed(&named)).await?;
        let Some(email) = accepts else { continue };
        let (officer, company) = seated(ctx, email).await?;
        for offer in members::offers(&then, &officer, company).await? {
            members::answer(&then, &officer, company, offer.id, true).await?;
        }
    }
    asked(ctx).await?;
    consulted(ctx).await?;
    let day = |ahead: i64| Date::from_days(Date::of(ctx.now()).days() + ahead).to_string();
    for (title, place, ahead) in [
        ("Meeting of compliance officers", "Rotterdam, Beursplein 5", 12),
        ("Course: checking a new customer", "Online", 33),
    ] {
        calendar::add(ctx, &who, org, &typed(&[("title", title), ("place", place), ("first", &day(ahead))])).await?;
    }
    figures(ctx).await?;
    mark_mails_sent(ctx).await
}

/// Two questions: one answered and signed, one that waits for the association.
async fn asked(ctx: &Context) -> Result<()> {
    let (who, org) = seated(ctx, EDITOR).await?;
    let (desk, authority) = seated(ctx, SUPERVISOR).await?;
    let association = org.to_string();
    let (officer, company) = seated(ctx, "officer@noordkust.example").await?;
    let question = "A customer collects the goods with a hired van and pays cash. Is that enough to report?";
    let then = before(ctx, 20 * Timestamp::DAY);
    let id = questions::ask(&then, &officer, company, &typed(&[("association", &association), ("question", question)]))
        .await?;
    let answer = "One sign alone proves nothing. Ask for the use and for the address where the goods go. If the answers do not \
                  fit the order, do not deliver, and report it: the authority would rather hear of one order too many.";
    let words = "Is it a reason to report when a customer collects the goods and pays cash?";
    let draft = [("question", words), ("answer", answer), ("authority", "pco-nl"), ("public", "yes")];
    questions::draft(&before(ctx, 15 * Timestamp::DAY), &who, org, (id, 1), &typed(&draft)).await?;
    let signed = typed(&[("question", words), ("answer", answer)]);
    questions::sign(&before(ctx, 12 * Timestamp::DAY), &desk, authority, (id, 2), &signed).await?;
    let (officer, company) = seated(ctx, "officer@meridian-reagents.example").await?;
    let question = "Must a freight forwarder that never owns the goods keep the same records as the seller?";
    let asked = typed(&[("association", &association), ("question", question)]);
    questions::ask(&before(ctx, 2 * Timestamp::DAY), &officer, company, &asked).await?;
    Ok(())
}

/// One open consultation, with two positions.
async fn consulted(ctx: &Context) -> Result<()> {
    let (who, org) = seated(ctx, EDITOR).await?;
    let then = before(ctx, 6 * Timestamp::DAY);
    let until = Date::from_days(Date::of(ctx.now()).days() + 24).to_string();
    let draft = [
        ("title", "A common minimum for new customers"),
        ("body", DRAFT),
        ("questions", "Could you do this from January on?\nWhat would you leave out?"),
        ("until", &until),
    ];
    let id = consultations::create(&then, &who, org, &typed(&draft)).await?;
    consultations::open(&then, &who, org, (id, 1)).await?;
    for (email, position, comment, named) in [
        ("officer@noordkust.example", "support", "We do this already.", "yes"),
        (
            "officer@deltaquay.example",
            "support_with_changes",
            "A forwarder sees the use of the goods only on paper.",
            "",
        ),
    ] {
        let (officer, company) = seated(ctx, email).await?;
        let taken = typed(&[("position", position), ("comment", comment), ("named", named)]);
        consultations::take(&before(ctx, 3 * Timestamp::DAY), &officer, company, id, &taken).await?;
    }
    Ok(())
}

/// Figures as a sector of thirty companies would have them. The demo's own companies are too few for any.
async fn figures(ctx: &Context) -> Result<()> {
    let (_, org) = seated(ctx, EDITOR).await?;
    let cell = |n: u64| (0..n).map(|one| (one % 30, 1)).collect::<Cell<u64>>();
    let table = |counts: &[(&str, u64)]| -> Vec<(String, Cell<u64>)> {
        counts.iter().map(|(code, n)| ((*code).to_owned(), cell(*n))).collect()
    };
    for (place, month) in (0_u64..).zip(ripe(Date::of(ctx.now()), 12)) {
        let kinds = [
            ("order", 14 + place),
            ("enquiry", 8 + place * 2),
            ("theft", place % 4),
            ("online_offer", 6),
            ("other", 9),
        ];
        let families =
            [("table-1", 7 + place), ("table-2", 16), ("other", 9 + place), ("equipment", place % 6), ("mixture", 5)];
        let flags = [("customer", 12 + place), ("order", 18), ("payment", 3 + place)];
        let told: [(sector::What, Table<String>); 3] = [
            (sector::What::Kind, partition(table(&kinds))),
            (sector::What::Substance, partition(table(&families))),
            (sector::What::Flag, marks(&cell(40 + place * 3), table(&flags))),
        ];
        sector::keep(ctx, org, month, &told).await?;
    }
    Ok(())
}
