//! A register of the demo's Dutch authority with invented operators, some permits, and what a company asked about them.

use domain::{answers::Answers, ids::OrgId, licence::Sort, time::Timestamp};

use super::reports::{TOMAS, before, mark_mails_sent, seated};
use crate::{
    Context, Refusal, Result,
    customer::{self, Filter},
    licence::{
        import,
        request::{self, from_file},
    },
};

const LICENCES: &str = include_str!("../../../../data/demo/licences.csv");
const PERMITS: &str = include_str!("../../../../data/demo/permits.csv");
const KEEPER: &str = "officer@pco-nl.example";

/// Takes the register in and asks. Does nothing where it is there already.
pub(super) async fn seed(ctx: &Context) -> Result<()> {
    let (_, authority) = seated(ctx, KEEPER).await?;
    if store::licence::register(&mut ctx.db.reader(), authority).await?.changes > 0 {
        return Ok(());
    }
    take_in(ctx, Sort::Licence, "licences.csv", LICENCES).await?;
    take_in(ctx, Sort::Permit, "permits.csv", PERMITS).await?;
    ask(ctx).await?;
    mark_mails_sent(ctx).await
}

async fn take_in(ctx: &Context, sort: Sort, name: &str, file: &str) -> Result<()> {
    let then = before(ctx, 30 * Timestamp::DAY);
    let (who, org) = seated(ctx, KEEPER).await?;
    let id = import::upload(&then, &who, org, sort, (name, file.as_bytes().to_vec())).await?;
    while import::work(&then).await? {}
    let tried = import::view(&then, &who, id).await?;
    if let Some(wrong) = tried.wrong.first() {
        return Err(Refusal::Fault(format!("the demo's register cannot be: {name}: {wrong:?}")));
    }
    import::confirm(&then, &who, id).await?;
    while import::work(&then).await? {}
    Ok(())
}

/// One request is answered, two wait: one from a customer's file, one whose number has a slip.
async fn ask(ctx: &Context) -> Result<()> {
    let (who, org) = seated(ctx, TOMAS).await?;
    let then = before(ctx, 6 * Timestamp::DAY);
    let answered = of_customer(&then, &who, org, "Noorderlicht", &[("quantity", "400 kg")]).await?;
    let (officer, authority) = seated(ctx, KEEPER).await?;
    let found = store::licence::by_number(&mut ctx.db.reader(), authority, "licence", "reg30417").await?;
    let beside = found.map(|id| id.to_string()).unwrap_or_default();
    let answer: Answers = [("outcome", "valid"), ("until", "2027-06-30"), ("beside", &beside)].into_iter().collect();
    request::answer(&before(ctx, 4 * Timestamp::DAY), &officer, (answered, 1), &answer).await?;
    let now = before(ctx, 2 * Timestamp::DAY);
    let more = [("number", "NL-2-0188"), ("substance", "Potassium permanganate"), ("quantity", "3000 kg")];
    of_customer(&now, &who, org, "Waterzuivering", &more).await?;
    let free: Answers = [
        ("number", "REG 3 0517"),
        ("holder", "Zuiderzee Lak Fabriek BV"),
        ("country", "NL"),
        ("site", "Industrieweg, Enkhuizen"),
        ("substance", "Toluene"),
        ("activity", "use"),
        ("quantity", "2000 kg"),
    ]
    .into_iter()
    .collect();
    request::ask(&before(ctx, 5 * Timestamp::HOUR), &who, org, None, &free).await?;
    Ok(())
}

async fn of_customer(
    then: &Context,
    who: &domain::access::Principal,
    org: OrgId,
    name: &str,
    typed: &[(&str, &str)],
) -> Result<domain::ids::LicenceRequestId> {
    let filter = Filter { state: None, words: name.to_owned() };
    let found = customer::list(then, who, org, &filter, None, 1).await?.items;
    let id = found.first().ok_or(Refusal::NotFound)?.id;
    let file = customer::view(then, who, id).await?.customer;
    let mut asked = from_file(&file, None);
    for (field, text) in typed {
        asked.set_one(field, *text);
    }
    let site = file.entries("site").first().map(|site| site.key);
    request::ask(then, who, org, Some((id, site)), &asked).await
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use domain::licence::{Standing, request::RequestState};

    use super::*;
    use crate::{licence, testing::World};

    #[tokio::test]
    async fn the_register_has_something_of_everything_and_two_wait() {
        let world = World::with_people().await;
        super::super::customers::seed(&world).await.unwrap();
        for _ in 0..2 {
            seed(&world).await.unwrap();
        }
        assert!(world.mails().await.is_empty(), "the mails of the past have left");
        let (who, org) = seated(&world, KEEPER).await.unwrap();
        let mut filter = licence::Filter { sort: Sort::Licence, standing: None, words: String::new() };
        let all = licence::list(&world, &who, org, &filter, None, 100).await.unwrap();
        assert_eq!((all.items.len(), all.licences, all.permits), (40, 40, 6));
        for standing in [Standing::Valid, Standing::Suspended, Standing::Revoked, Standing::Ended] {
            filter.standing = Some(standing);
            let found = licence::list(&world, &who, org, &filter, None, 100).await.unwrap();
            assert!(!found.items.is_empty(), "{standing:?}");
        }
        let (waiting, _) = request::at_desk(&world, &who, org, RequestState::Open, None, 9).await.unwrap();
        assert_eq!(waiting.len(), 2);
        for one in waiting {
            let (seen, _) = request::look(&world, &who, one.request.id).await.unwrap();
            assert!(!seen.candidates.is_empty(), "{:?}", seen.request.question);
        }
    }
}
