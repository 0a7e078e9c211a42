//! The Dutch authority of the demo takes anonymous concerns; one sender has been asked something, another was answered.

use domain::{answers::Answers, ids::OrgId, organisation::OrgKind, time::Timestamp};

use super::reports::{JELLE, before, mark_mails_sent, principal, seated};
use crate::{
    Context, Refusal, Result,
    concern::{self, Sending},
    desk,
};

const LEADER: &str = "supervisor@pco-nl.example";
const ASSOCIATION: &str = "admin@chemtrade-assoc.example";

const SHED: &[(&str, &str)] = &[
    (
        "story",
        "At the allotments behind the railway somebody fills blue drums from a tanker at night. It smells of solvent, and the drums are gone in the morning.",
    ),
    ("kind", "other"),
    ("substance", "Acetone, by the labels"),
    ("reach", "White van. The man on the telephone gave +49 203 555 0188"),
    ("where", "Allotments behind the Kleinpolderplein, Rotterdam"),
    ("when", "The last three Fridays"),
];

const MEMBER: &[(&str, &str)] = &[
    (
        "story",
        "A member was offered potassium permanganate without papers by somebody who says that he buys from all its competitors.",
    ),
    ("kind", "non_compliant_business"),
    ("substance", "Potassium permanganate"),
    ("who", "A broker who calls himself Silberweg"),
];

/// Opens the door and tells two concerns. Does nothing where it was done already.
pub(super) async fn seed(ctx: &Context) -> Result<()> {
    let (leader, authority) = seated(ctx, LEADER).await?;
    if concern::setting(ctx, &leader, authority).await?.version > 0 {
        return Ok(());
    }
    let at = |minutes: i64| before(ctx, minutes * Timestamp::MINUTE);
    concern::switch(&at(20 * 24 * 60), &leader, authority, 0, true).await?;
    let place = concern::place(ctx, "NL").await?;
    let officer = principal(ctx, JELLE).await?;

    let then = at(3 * 24 * 60);
    let form = concern::new_form(&then);
    let typed: Answers = SHED.iter().copied().collect();
    let sent =
        concern::send(&then, &place, Sending { typed: &typed, files: Vec::new(), form: &form, nonce: "" }).await?;
    let queue = newest(&at(2 * 24 * 60), &officer, authority).await?;
    let seen = desk::view(&at(2 * 24 * 60), &officer, &queue).await?;
    desk::ask(
        &at(2 * 24 * 60 - 30),
        &officer,
        &queue,
        seen.version,
        "Do you see who drives the tanker, or the name on it?",
    )
    .await?;
    let (ticket, _) = concern::open(&at(24 * 60), sent.phrase.as_str(), &form, "").await?;
    concern::add(&at(24 * 60), ticket.as_str(), "No name. It has a green stripe and a Belgian plate.", Vec::new())
        .await?;

    let association = principal(ctx, ASSOCIATION).await?;
    let home = association.memberships.iter().find(|member| member.kind == OrgKind::Association);
    let home: OrgId = home.ok_or(Refusal::NotFound)?.org;
    let typed: Answers = MEMBER.iter().copied().collect();
    let passed = concern::pass_on(&at(26 * 60), &association, (home, &place), &typed, Vec::new()).await?;
    let seen = desk::view(&at(25 * 60), &officer, &passed).await?;
    let question = "Does the member still have the offer in writing?";
    desk::ask(&at(25 * 60), &officer, &passed, seen.version, question).await?;
    mark_mails_sent(ctx).await
}

/// The report of the concern that came last.
async fn newest(
    ctx: &Context,
    officer: &domain::access::Principal,
    authority: OrgId,
) -> Result<domain::reference::Reference> {
    let found = desk::queue(ctx, officer, authority, &desk::QueueFilter::default(), None, 200).await?;
    let concern = found.rows.into_iter().filter(|item| item.company == concern::NAME).max_by_key(|item| item.sent_at);
    concern.map(|item| item.reference).ok_or(Refusal::NotFound)
}
