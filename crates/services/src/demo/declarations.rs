//! Declarations of use in the demo: one that ends soon and is nearly used up, one used up, one to be checked, one that waits
//! behind its link, one in doubt.

use domain::{
    access::Principal,
    answers::{Answers, when::long_date},
    date::Date,
    ids::{CustomerId, DeclarationId},
    time::Timestamp,
};

use super::reports::{TOMAS, before, seated};
use crate::{
    Context, Refusal, Result,
    customer::{self, Filter},
    declaration::{self, signing},
    secret,
};

/// How far a story goes.
#[derive(Clone, Copy)]
enum End {
    /// The link was opened.
    Opened,
    /// It was signed.
    Signed,
    /// It is not accepted, for this reason.
    Doubt(&'static str),
    /// It is accepted, and these orders were delivered: days ago, quantity, reference.
    Orders(&'static [(i64, &'static str, &'static str)]),
}

struct Story {
    customer: &'static str,
    shape: &'static str,
    /// Days ago that it was asked for.
    ago: i64,
    substance: &'static str,
    quantity: &'static str,
    /// Days from now until its period ends, where it has one.
    ends_in: i64,
    /// What the signer filled in.
    signer: &'static [(&'static str, &'static str)],
    end: End,
}

const STORIES: &[Story] = &[
    Story {
        customer: "Rheintal Chemie GmbH",
        shape: "eu-several",
        ago: 33,
        substance: "Acetic anhydride",
        quantity: "20 t",
        ends_in: 25,
        signer: &[
            ("uses", "Acetylation of cellulose"),
            ("name", "Dr. Petra Lang"),
            ("position", "Head of purchasing"),
            ("stamp", "Rheintal Chemie GmbH, Köln"),
            ("place", "Köln"),
        ],
        end: End::Orders(&[(28, "6 t", "PO 88121"), (19, "6 t", "PO 88164"), (6, "30 drums of 240 kg", "PO 88230")]),
    },
    Story {
        customer: "Zakłady Chemiczne Wisła Sp. z o.o.",
        shape: "eu-single",
        ago: 21,
        substance: "Potassium permanganate",
        quantity: "1.5 t",
        ends_in: 0,
        signer: &[
            ("uses", "Oxidation of iron and manganese in drinking water"),
            ("name", "Anna Nowak"),
            ("position", "Plant manager"),
            ("place", "Płock"),
        ],
        end: End::Orders(&[(9, "1.5 t", "W-2204")]),
    },
    Story {
        customer: "Apotheek Groothandel Oost B.V.",
        shape: "eu-single",
        ago: 3,
        substance: "Ephedrine",
        quantity: "10 kg",
        ends_in: 0,
        signer: &[
            ("licence_number", "LIC-1-2207"),
            ("licence_issuer", "Ministry of Health"),
            ("licence_issued", "2025-02-03"),
            ("licence_until", "2 February 2028"),
            ("uses", "Making of medicines under our own licence"),
            ("name", "Saskia de Wit"),
            ("position", "Responsible pharmacist"),
            ("place", "Enschede"),
        ],
        end: End::Signed,
    },
    Story {
        customer: "Универсал Лаб ООО",
        shape: "eu-single",
        ago: 2,
        substance: "Phenylacetic acid",
        quantity: "25 kg",
        ends_in: 0,
        signer: &[],
        end: End::Opened,
    },
    Story {
        customer: "Harbour Trading House N.V.",
        shape: "eu-single",
        ago: 12,
        substance: "Acetic anhydride",
        quantity: "5000 l",
        ends_in: 0,
        signer: &[("uses", "Trade"), ("name", "J. Smith"), ("position", "Agent"), ("place", "Rotterdam")],
        end: End::Doubt("“Trade” is no use, and the signer is not in the register extract."),
    },
];

/// Makes the declarations, in the order in which they came.
pub(super) async fn seed(ctx: &Context) -> Result<()> {
    for story in STORIES {
        let told = tell(ctx, story).await;
        told.map_err(|refusal| {
            Refusal::Fault(format!("the demo's declaration of {} cannot be: {refusal:?}", story.customer))
        })?;
    }
    Ok(())
}

async fn tell(ctx: &Context, story: &Story) -> Result<()> {
    let (who, org) = seated(ctx, TOMAS).await?;
    let filter = Filter { state: None, words: story.customer.to_owned() };
    let found = customer::list(ctx, &who, org, &filter, None, 1).await?;
    let customer = found.items.first().ok_or(Refusal::NotFound)?.id;
    let then = before(ctx, story.ago * Timestamp::DAY);
    let id = declaration::create(&then, &who, customer, story.shape, &request(ctx, &then, story)).await?;
    let now = Told { who: &who, customer, id };
    declaration::send(&then, &who, customer, now.seen(&then).await?).await?;
    let token = token(&then).await?;
    let here = std::net::Ipv4Addr::LOCALHOST.into();
    let later = before(ctx, story.ago * Timestamp::DAY - 3 * Timestamp::HOUR);
    signing::open(&later, &token, here).await?;
    if matches!(story.end, End::Opened) {
        return Ok(());
    }
    let mut signer: Answers = story.signer.iter().copied().collect();
    signer.set_one("date", Date::of(later.now()).to_string());
    signing::fill_in(&later, &token, here, &signer).await?;
    let signing::Behind::ToSign(waiting) = signing::open(&later, &token, here).await? else { return Ok(()) };
    signing::sign(&later, &token, here, signer.one("name"), &waiting.ready()?.sha256).await?;
    now.end(ctx, &later, story).await
}

fn request(ctx: &Context, then: &Context, story: &Story) -> Answers {
    let mut fields: Answers = [
        ("email", "purchasing@customer.example"),
        ("supplier_address", "Merwedeweg 40\n3198 LH Rotterdam"),
        ("customer_name", story.customer),
        ("customer_address", "As in the register"),
        ("substance-1", story.substance),
        ("quantity-1", story.quantity),
    ]
    .into_iter()
    .collect();
    if story.ends_in > 0 {
        let until = Date::of(ctx.now().plus(story.ends_in * Timestamp::DAY));
        fields.set_one("period_from", Date::of(then.now()).to_string());
        fields.set_one("period_until", until.to_string());
        fields.set("conditions", ["deliveries", "no_doubt", "in_line"]);
    }
    fields
}

/// The token of the link that went last.
async fn token(ctx: &Context) -> Result<String> {
    let mails = store::outbox::list(&mut ctx.db.reader(), "waiting", 1000).await?;
    let asked = mails.iter().filter(|mail| mail.template == "declaration_asked" && mail.created_at == ctx.now().0);
    let mail = asked.max_by_key(|mail| mail.id).ok_or(Refusal::NotFound)?;
    Ok(secret::mail_token(ctx, mail.id))
}

/// A declaration of the demo and who looks after it.
struct Told<'a> {
    who: &'a Principal,
    customer: CustomerId,
    id: DeclarationId,
}

impl Told<'_> {
    async fn seen(&self, ctx: &Context) -> Result<(DeclarationId, i64)> {
        let found = declaration::one(ctx, self.who, self.customer, self.id).await?;
        Ok((self.id, found.declaration.version))
    }

    async fn end(&self, ctx: &Context, later: &Context, story: &Story) -> Result<()> {
        match story.end {
            End::Opened | End::Signed => Ok(()),
            End::Doubt(why) => {
                let why = [("doubt_reason", why)].into_iter().collect();
                declaration::doubt(later, self.who, self.customer, self.seen(later).await?, &why).await
            }
            End::Orders(orders) => {
                let until = Date::of(ctx.now().plus(story.ends_in * Timestamp::DAY));
                let until = if story.ends_in > 0 { long_date(until) } else { String::new() };
                let from = Date::of(later.now()).to_string();
                let note = "The register extract and the plant's own web page";
                let term = [("from", from.as_str()), ("until", &until), ("accept_note", note)].into_iter().collect();
                declaration::accept(later, self.who, self.customer, self.seen(later).await?, &term).await?;
                for (ago, quantity, reference) in orders {
                    let then = before(ctx, ago * Timestamp::DAY);
                    let day = Date::of(then.now()).to_string();
                    let order = [("day", day.as_str()), ("quantity", quantity), ("reference", reference)];
                    let order = order.into_iter().collect();
                    declaration::record(&then, self.who, self.customer, self.seen(&then).await?, &order).await?;
                }
                Ok(())
            }
        }
    }
}
