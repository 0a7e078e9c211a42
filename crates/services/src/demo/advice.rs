//! Requests for advice of the demo's companies in several states. Two of them are about the same buyer, which only the desk
//! sees.

use domain::{advice::GOODS, answers::Answers, ids::AdviceId, time::Timestamp};

use super::reports::{before, mark_mails_sent, principal, seated};
use crate::{Context, Result, advice, draft::profile::local};

const MERIDIAN: &str = "officer@meridian-reagents.example";
const NOORDKUST: &str = "officer@noordkust.example";
const OFFICER: &str = "officer@pco-nl.example";

/// One request: who asks, how many minutes ago, in how many minutes the goods leave, what is typed.
struct Story {
    by: &'static str,
    ago: i64,
    leaves: i64,
    typed: &'static [(&'static str, &'static str)],
    then: Then,
}

/// What became of it.
enum Then {
    /// It is not sent yet.
    Draft,
    /// Nothing yet.
    Waits,
    /// A question waits for the company.
    Asked(&'static str),
    /// Advice, and why, and what the company did.
    Advised(&'static [(&'static str, &'static str)], &'static str),
}

const STORIES: &[Story] = &[
    Story {
        by: NOORDKUST,
        ago: 6 * 24 * 60,
        leaves: 2 * 24 * 60,
        typed: &[
            ("customer.name", "Lindqvist Surface Care"),
            ("customer.country", "SE"),
            ("country", "SE"),
            ("goods.1.name", "Hydrochloric acid"),
            ("goods.1.quantity", "40 drums of 25 l"),
            ("use", "Pickling of steel parts"),
            ("worry", "First order, four times what their size would suggest."),
        ],
        then: Then::Advised(
            &[
                ("counsel", "ship_if"),
                (
                    "words",
                    "Deliver only to the works in Malmö, to a person of the firm who shows an identity document.",
                ),
                (
                    "reason",
                    "The firm is known and has pickled steel for years. The address in the order was a warehouse.",
                ),
            ],
            "shipped",
        ),
    },
    Story {
        by: MERIDIAN,
        ago: 26 * 60,
        leaves: 40 * 60,
        typed: &[
            ("customer.name", "Silberweg Handels GmbH"),
            ("customer.country", "DE"),
            ("customer.phone", "+49 203 555 0188"),
            ("consignee.name", "Unit 14, Quayside Self Store"),
            ("consignee.address", "Quayside 14, Rotterdam"),
            ("consignee.country", "NL"),
            ("country", "NL"),
            ("goods.1.name", "Acetone"),
            ("goods.1.quantity", "6 drums of 200 l"),
            ("use", "Degreasing, they say; no further details"),
            ("worry", "The goods are to go to a self-storage unit, and the driver was to be paid in cash."),
        ],
        then: Then::Asked(
            "Who is to receive the goods at the storage unit, and from which account was the order paid?",
        ),
    },
    Story {
        by: NOORDKUST,
        ago: 3 * 60,
        leaves: 20 * 60,
        typed: &[
            ("customer.name", "Silberweg Handels"),
            ("customer.country", "DE"),
            ("customer.phone", "0049 2035550188"),
            ("country", "NL"),
            ("goods.1.name", "Toluene"),
            ("goods.1.quantity", "800 l"),
            ("use", "Thinner for a paint shop"),
            ("worry", "They want it tomorrow, at any price."),
        ],
        then: Then::Waits,
    },
    Story {
        by: MERIDIAN,
        ago: 45,
        leaves: 9 * 24 * 60,
        typed: &[
            ("customer.name", "Brightwater Labs"),
            ("customer.country", "BE"),
            ("country", "BE"),
            ("goods.1.name", "Potassium permanganate"),
            ("goods.1.quantity", "50 kg"),
        ],
        then: Then::Draft,
    },
];

/// Asks. Does nothing where it was asked already.
pub(super) async fn seed(ctx: &Context) -> Result<()> {
    let (who, org) = seated(ctx, MERIDIAN).await?;
    if !advice::list(ctx, &who, org, None, None).await?.0.is_empty() {
        return Ok(());
    }
    for story in STORIES {
        tell(ctx, story).await?;
    }
    mark_mails_sent(ctx).await
}

async fn tell(ctx: &Context, story: &Story) -> Result<()> {
    let (who, org) = seated(ctx, story.by).await?;
    let then = before(ctx, story.ago * Timestamp::MINUTE);
    let mut typed: Answers = story.typed.iter().copied().collect();
    debug_assert!(typed.items("goods").iter().all(|number| *number <= GOODS), "the form has no more lines");
    let (day, time) = local("Europe/Amsterdam", then.now().plus(story.leaves * Timestamp::MINUTE));
    typed.set_one("delivery", format!("{day} {time}"));
    let id: AdviceId = advice::create(&then, &who, org, None, &typed).await?;
    if matches!(story.then, Then::Draft) {
        return Ok(());
    }
    advice::send(&then, &who, (id, 1)).await?;
    let officer = principal(ctx, OFFICER).await?;
    match story.then {
        Then::Draft | Then::Waits => {}
        Then::Asked(question) => {
            let later = before(ctx, (story.ago - 90) * Timestamp::MINUTE);
            advice::ask_back(&later, &officer, id, question).await?;
        }
        Then::Advised(words, did) => {
            let later = before(ctx, (story.ago - 240) * Timestamp::MINUTE);
            advice::advise(&later, &officer, (id, 2), &words.iter().copied().collect()).await?;
            let later = before(ctx, (story.ago - story.leaves) * Timestamp::MINUTE);
            advice::close(&later, &who, id, did, "").await?;
        }
    }
    Ok(())
}
