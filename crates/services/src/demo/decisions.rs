//! Decisions of the demo's Dutch distributor about its customers: one of each kind, one that waits for a second person, one that
//! fell due because an owner changed.

use domain::{
    answers::Answers,
    customer::{
        Part,
        decision::{per_field, quantity_field},
    },
    ids::{CustomerId, OrgId},
    time::Timestamp,
};

use super::reports::{TOMAS, before, seated};
use crate::{
    Context, Refusal, Result,
    customer::{
        self, Filter,
        decision::{self, Came},
        risk, screening,
    },
};

/// Who agrees.
const SECOND: &str = "admin@meridian-reagents.example";

struct Story {
    /// Days ago.
    ago: i64,
    customer: &'static str,
    /// What is typed. `limit` is how much of every expected substance may be sold in a year.
    typed: &'static [(&'static str, &'static str)],
    /// What a second person answers, if one has to; nothing leaves it waiting.
    second: Option<&'static [(&'static str, &'static str)]>,
}

const AGREES: Option<&[(&str, &str)]> = Some(&[("answer", "agree"), ("answer_reason", "I saw the papers.")]);

const STORIES: &[Story] = &[
    Story {
        ago: 34,
        customer: "Noorderlicht Coatings B.V.",
        typed: &[
            ("verdict", "approve"),
            ("reason", "Customer since 2012. The plant was visited in spring; what it buys goes into its own paints."),
        ],
        second: AGREES,
    },
    Story {
        ago: 28,
        customer: "Laboratorio Adriatico S.r.l.",
        typed: &[
            ("verdict", "limits"),
            ("limit", "5 kg"),
            ("reason", "A laboratory needs little. More than this is a reason to ask."),
        ],
        second: AGREES,
    },
    Story {
        ago: 22,
        customer: "Caribe Limpieza N.V.",
        typed: &[
            ("verdict", "refuse"),
            ("reason", "The licence has ended, and the customs office does not know of a new one."),
        ],
        second: None,
    },
    Story {
        ago: 18,
        customer: "Fjord Process Chemicals AS",
        typed: &[
            ("verdict", "approve"),
            ("reason", "State-owned in part, listed otherwise; seen in person in Bergen."),
        ],
        second: AGREES,
    },
    Story {
        ago: 14,
        customer: "Универсал Лаб ООО",
        typed: &[
            ("verdict", "refer"),
            (
                "reason",
                "It gives perfume as the use, makes none that we can find, and asks for a delivery to a lock-up.",
            ),
        ],
        second: None,
    },
    Story {
        ago: 6,
        customer: "Maple Valley Plastics Inc.",
        typed: &[("verdict", "approve"), ("reason", "Known to our Canadian colleagues; moulds are cleaned with it.")],
        second: AGREES,
    },
    Story {
        ago: 3,
        customer: "Apotheek Groothandel Oost B.V.",
        typed: &[
            ("verdict", "rating"),
            ("band", "low"),
            ("reason", "The new licence was seen; the copy is on its way."),
        ],
        second: None,
    },
    Story {
        ago: 2,
        customer: "Harbour Trading House N.V.",
        typed: &[("verdict", "approve"), ("reason", "Its owners are known to me. I have called the bank.")],
        second: None,
    },
];

/// Decides, in the order in which it happened, and rates everybody.
pub(super) async fn seed(ctx: &Context) -> Result<()> {
    screening::settle(ctx).await?;
    for story in STORIES {
        tell(ctx, story).await.map_err(|refusal| {
            Refusal::Fault(format!("the demo's decision about {} cannot be: {refusal:?}", story.customer))
        })?;
    }
    change_owner(ctx).await?;
    screening::settle(ctx).await?;
    while risk::work(ctx).await? {}
    Ok(())
}

async fn tell(ctx: &Context, story: &Story) -> Result<()> {
    let (who, org) = seated(ctx, TOMAS).await?;
    let then = before(ctx, story.ago * Timestamp::DAY);
    let id = named(&then, &who, org, story.customer).await?;
    let view = customer::view(&then, &who, id).await?;
    let mut typed: Answers = story.typed.iter().copied().collect();
    for entry in view.customer.entries("substance") {
        let most = typed.one("limit").to_owned();
        typed.set_one(&quantity_field(entry.key), most);
        typed.set_one(&per_field(entry.key), "year");
    }
    let came = decision::decide(&then, &who, (id, view.version), &typed).await?;
    let Some(answer) = story.second.filter(|_| came == Came::Waits) else { return Ok(()) };
    let (second, _) = seated(ctx, SECOND).await?;
    let then = before(ctx, story.ago * Timestamp::DAY - 3 * Timestamp::HOUR);
    let waits = decision::panel(&then, &second, id).await?.waiting.ok_or(Refusal::NotFound)?;
    decision::answer(&then, &second, (id, waits.id), &answer.iter().copied().collect()).await?;
    Ok(())
}

/// After it was approved, Fjord is sold in part: it has to be looked at again.
async fn change_owner(ctx: &Context) -> Result<()> {
    let (who, org) = seated(ctx, TOMAS).await?;
    let then = before(ctx, Timestamp::DAY);
    let id = named(&then, &who, org, "Fjord Process Chemicals AS").await?;
    let version = customer::view(&then, &who, id).await?.version;
    let owner: Answers = [("holder", "Nordhavn Kapital AS"), ("kind", "company"), ("share", "40"), ("country", "NO")]
        .into_iter()
        .collect();
    let part = Part::find("owner").ok_or(Refusal::NotFound)?;
    customer::put(&then, &who, (id, version), (part, None), &owner).await
}

async fn named(ctx: &Context, who: &domain::access::Principal, org: OrgId, name: &str) -> Result<CustomerId> {
    let found = customer::list(ctx, who, org, &Filter::default(), None, 200).await?;
    found.items.into_iter().find(|item| item.name == name).map(|item| item.id).ok_or(Refusal::NotFound)
}
