//! Notices of the demo's authority and association, in different states.

use domain::{
    access::Principal,
    answers::Answers,
    ids::OrgId,
    notice::{Kind, NoticeRef, State},
    time::Timestamp,
};

use super::reports::{before, mark_mails_sent, seated};
use crate::{
    Context, Result,
    draft::profile::local,
    error::Refusal,
    notice::{self, Begin, Shelf},
};

const OFFICER: &str = "officer@pco-nl.example";
const SUPERVISOR: &str = "supervisor@pco-nl.example";
const EDITOR: &str = "editor@chemtrade-assoc.example";
const HEAD: &str = "admin@chemtrade-assoc.example";
const ZONE: &str = "Europe/Amsterdam";

/// One notice: who writes it, who looks at it, how many hours ago it began, what is typed.
struct Story {
    by: &'static str,
    second: &'static str,
    ago: i64,
    kind: Kind,
    lang: &'static str,
    typed: &'static [(&'static str, &'static str)],
    then: Then,
}

/// What became of it.
enum Then {
    Draft,
    Review,
    /// It is published in so many hours.
    Scheduled(i64),
    /// Its authority has to approve it.
    ToApprove,
    Published,
    Withdrawn(&'static str),
}

const STORIES: &[Story] = &[
    Story {
        by: OFFICER,
        second: SUPERVISOR,
        ago: 9 * 24,
        kind: Kind::Guidance,
        lang: "en",
        typed: &[
            ("severity", "information"),
            ("access", "public"),
            ("countries", "Netherlands"),
            ("title.en", "Checking a new customer before the first delivery"),
            ("summary.en", "Five questions that take ten minutes and settle most doubts about a first order."),
            ("body.en", GUIDANCE),
            ("action.en", "Add the five questions to your order form for new customers."),
        ],
        then: Then::Published,
    },
    Story {
        by: OFFICER,
        second: SUPERVISOR,
        ago: 5 * 24,
        kind: Kind::LawChange,
        lang: "en",
        typed: &[
            ("severity", "important"),
            ("access", "companies"),
            ("acknowledge", "yes"),
            ("countries", "Netherlands"),
            ("roles", "importer"),
            ("roles", "exporter"),
            ("title.en", "New form for the declaration of use from January"),
            (
                "summary.en",
                "Declarations of use that are signed after 1 January have to name the site where the substance is used.",
            ),
            (
                "body.en",
                "### What changes\n\nThe declaration asks for the **address of the site** where the substance is used, beside the address of the firm.\n\n### What stays\n\nDeclarations that were signed before stay valid until their last day.",
            ),
            ("action.en", "Use the new form for every declaration that is signed after 1 January."),
        ],
        then: Then::Published,
    },
    Story {
        by: EDITOR,
        second: HEAD,
        ago: 4 * 24,
        kind: Kind::Event,
        lang: "en",
        typed: &[
            ("severity", "information"),
            ("access", "public"),
            ("title.en", "Morning for compliance officers, Rotterdam"),
            ("summary.en", "Two hours with members and the authority about orders that came through online shops."),
            (
                "body.en",
                "Bring one case that made you think. Names stay at home: we talk about patterns, not about customers.\n\n1. Welcome\n2. Three cases from members\n3. Questions to the authority",
            ),
            ("action.en", "Write to the office of the association by the Friday before."),
            ("event_place", "Beursplein 5, Rotterdam, room 3"),
        ],
        then: Then::Published,
    },
    Story {
        by: EDITOR,
        second: HEAD,
        ago: 3 * 24,
        kind: Kind::Guidance,
        lang: "en",
        typed: &[
            ("severity", "information"),
            ("access", "audience"),
            ("trust", "2"),
            ("acknowledge", "yes"),
            ("associations", "chemtrade-assoc"),
            ("title.en", "What members agreed about telephone orders"),
            ("summary.en", "From December on members call back before they take an order by telephone."),
            (
                "body.en",
                "A member calls the number that stands in the trade register, **not** the one that the caller gave, and asks for the person who ordered.",
            ),
            ("action.en", "Tell everybody who takes orders by telephone."),
        ],
        then: Then::Published,
    },
    Story {
        by: OFFICER,
        second: SUPERVISOR,
        ago: 30,
        kind: Kind::Alert,
        lang: "en",
        typed: &[
            ("severity", "urgent"),
            ("access", "public"),
            ("countries", "Netherlands\nBelgium\nGermany"),
            ("substances", "acetone\nacetic anhydride"),
            ("title.en", "First orders that ask for delivery to a storage unit"),
            (
                "summary.en",
                "Several firms received first orders of solvents that were to go to rented storage, paid in cash at the door.",
            ),
            ("body.en", ALERT),
            (
                "action.en",
                "- Do not deliver to rented storage on a first order.\n- [Report](/report/start) an order like this before the goods leave.",
            ),
        ],
        then: Then::Published,
    },
    Story {
        by: OFFICER,
        second: SUPERVISOR,
        ago: 6,
        kind: Kind::Alert,
        lang: "en",
        typed: &[
            ("severity", "important"),
            ("access", "audience"),
            ("trust", "2"),
            ("countries", "Netherlands"),
            ("roles", "freight_forwarder"),
            ("roles", "carrier"),
            ("roles", "warehouse"),
            ("readers", "customs"),
            ("title.en", "Drums relabelled on the way"),
            ("summary.en", "Consignments left as cleaning agents and arrived under another name."),
            (
                "body.en",
                "Compare the label on each drum with the consignment note **before** loading and at every change of carrier. Take a photograph where they differ.",
            ),
            ("action.en", "Stop the consignment and call the authority where label and note differ."),
        ],
        then: Then::Review,
    },
    Story {
        by: EDITOR,
        second: HEAD,
        ago: 3,
        kind: Kind::GoodPractice,
        lang: "en",
        typed: &[
            ("severity", "information"),
            ("access", "public"),
            ("title.en", "How a member keeps its price list out of the wrong hands"),
            ("summary.en", "A trader answers first enquiries with questions, and sends prices once they are answered."),
            (
                "body.en",
                "A member sends no price list to an address that it does not know. The answer to a first enquiry has three questions: what for, how much a year, delivered where.\n\n> Most who mean it answer within the hour.",
            ),
        ],
        then: Then::Scheduled(40),
    },
    Story {
        by: EDITOR,
        second: HEAD,
        ago: 12 * 24,
        kind: Kind::Guidance,
        lang: "en",
        typed: &[
            ("severity", "information"),
            ("access", "public"),
            ("title.en", "Telephone list of the authorities"),
            ("summary.en", "Numbers for urgent questions."),
            ("body.en", "The list is on the page of [help](/help)."),
        ],
        then: Then::Withdrawn("The list stands on the help page, where it is kept up to date."),
    },
    Story {
        by: OFFICER,
        second: SUPERVISOR,
        ago: 1,
        kind: Kind::Guidance,
        lang: "en",
        typed: &[
            ("severity", "information"),
            ("access", "public"),
            ("title.en", "Returned goods: what to note"),
            ("summary.en", ""),
            ("body.en", "When a customer returns part of a delivery"),
        ],
        then: Then::Draft,
    },
];

/// Told after the authority has said that it wants to approve the association's notices.
const TO_APPROVE: Story = Story {
    by: EDITOR,
    second: HEAD,
    ago: 2,
    kind: Kind::Guidance,
    lang: "en",
    typed: &[
        ("severity", "information"),
        ("access", "public"),
        ("title.en", "Which papers a driver shows at the gate"),
        ("summary.en", "Three papers that the warehouse asks for before a drum leaves."),
        (
            "body.en",
            "The warehouse compares **order, consignment note and identity** before a drum leaves.\n\n1. The order, with the address of delivery\n2. The consignment note\n3. The identity of the driver, with the firm's letter",
        ),
        ("action.en", "Hang the list beside the gate."),
    ],
    then: Then::ToApprove,
};

const GUIDANCE: &str = "\
A first order is the moment at which a question costs least.\n\n\
1. **Who** buys, and is the firm in its register?\n\
2. **What** is the substance for, in the customer's own words?\n\
3. **How much** does that use need in a year?\n\
4. **Where** is it used, and is that where it is delivered?\n\
5. **Who** pays, and from where?\n\n\
### If an answer does not fit\n\n\
Ask once more, in writing. If it still does not fit, do not deliver, and [report it](/report/start). \
Tell the customer no more than that the order cannot be carried out.";

const ALERT: &str = "\
### What we see\n\n\
- a first order, without a question about the price\n\
- delivery to a self-storage unit or a lock-up\n\
- payment in cash to the driver\n\
- a telephone number that is not reachable a week later\n\n\
### Why it matters\n\n\
A firm that uses a solvent has a place where it uses it. Rented storage hides who takes the goods over.\n\n\
| Sign | On its own | With another one |\n|---|---|---|\n\
| Storage unit | ask | do not deliver |\n| Cash at the door | ask | do not deliver |";

/// Writes them. Does nothing where there are some already.
pub(super) async fn seed(ctx: &Context) -> Result<()> {
    let (who, org) = seated(ctx, OFFICER).await?;
    if !notice::list(ctx, &who, org, Shelf::All, None).await?.items.is_empty() {
        return Ok(());
    }
    for story in STORIES {
        tell(ctx, story).await?;
    }
    let (lead, authority) = seated(ctx, SUPERVISOR).await?;
    notice::gate::set(&before(ctx, 3 * Timestamp::HOUR), &lead, authority, "chemtrade-assoc", true).await?;
    tell(ctx, &TO_APPROVE).await?;
    adapt(ctx).await?;
    acknowledged(ctx).await?;
    mark_mails_sent(ctx).await
}

/// The association takes the authority's newest guidance over, and has not written in it yet.
async fn adapt(ctx: &Context) -> Result<()> {
    let (who, org) = seated(ctx, EDITOR).await?;
    let offered = notice::offered(ctx, &who, org).await?;
    let guidance = offered.iter().find(|item| item.card.kind == Kind::Guidance).ok_or(Refusal::NotFound)?;
    notice::adapt(&before(ctx, Timestamp::HOUR), &who, org, &guidance.reference.to_string()).await.map(drop)
}

/// Some have taken note of what asks for it: who, how many hours ago, and whether they said so.
async fn acknowledged(ctx: &Context) -> Result<()> {
    let (who, org) = seated(ctx, OFFICER).await?;
    let own = notice::list(ctx, &who, org, Shelf::In(State::Published), None).await?.items;
    let Some(asks) = own.into_iter().find(|one| one.card.kind == Kind::LawChange) else { return Ok(()) };
    for (email, ago, says) in
        [("officer@meridian-reagents.example", 70, true), ("admin@meridian-reagents.example", 20, false)]
    {
        let (reader, then) = (seated(ctx, email).await?.0, before(ctx, ago * Timestamp::HOUR));
        let shown = notice::shown(&then, &reader, &asks.reference).await?;
        notice::opened(&then, &reader, &shown).await?;
        if says {
            notice::acknowledge(&then, &reader, &asks.reference).await?;
        }
    }
    Ok(())
}

async fn tell(ctx: &Context, story: &Story) -> Result<()> {
    let (who, org) = seated(ctx, story.by).await?;
    let then = before(ctx, story.ago * Timestamp::HOUR);
    let made = notice::create(&then, &who, org, Begin::Empty(story.kind, story.lang)).await?;
    notice::save(&then, &who, (org, &made), 1, &typed(&then, story)).await?;
    if matches!(story.then, Then::Draft) {
        return Ok(());
    }
    // The stories are invented: none of them names anybody.
    notice::submit(&then, &who, (org, &made), true).await?;
    let later = before(ctx, story.ago * Timestamp::HOUR - 40 * Timestamp::MINUTE);
    match story.then {
        Then::Draft | Then::Review => Ok(()),
        Then::Scheduled(hours) => {
            let (day, time) = local(ZONE, ctx.now().plus(hours * Timestamp::HOUR));
            let (second, _) = seated(ctx, story.second).await?;
            notice::schedule(&later, &second, (org, &made), 3, (&format!("{day} {time}"), true)).await.map(drop)
        }
        Then::Published | Then::ToApprove => put_out(&later, (story.second, org), &made).await.map(drop),
        Then::Withdrawn(why) => {
            let second = put_out(&later, (story.second, org), &made).await?;
            let end = before(ctx, (story.ago - 48) * Timestamp::HOUR);
            notice::withdraw(&end, &second, (org, &made), why).await
        }
    }
}

async fn put_out(ctx: &Context, (second, org): (&str, OrgId), made: &NoticeRef) -> Result<Principal> {
    let (second, _) = seated(ctx, second).await?;
    notice::publish(ctx, &second, (org, made), 3, true).await?;
    Ok(second)
}

/// What is typed; a field named twice has two values. Events lie three weeks ahead.
fn typed(ctx: &Context, story: &Story) -> Answers {
    let mut typed = Answers::new();
    for (field, text) in story.typed {
        let mut values = typed.many(field).to_vec();
        values.push((*text).to_owned());
        typed.set(field, values);
    }
    if story.kind == Kind::Event {
        let (day, _) = local(ZONE, ctx.now().plus(25 * Timestamp::DAY));
        typed.set_one("event_starts", format!("{day} 09:30"));
        typed.set_one("event_ends", format!("{day} 12:00"));
    }
    typed
}
