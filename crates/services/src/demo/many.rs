//! As many reports as one wants, for measuring: what a large installation holds after three years.
//!
//! One in [`TIMES`] is sent and decided by the use cases themselves; the others are those told again ([`super::echo`]), which
//! is ten times as fast. The same number gives the same reports. Buyers are invented, syllable by syllable; some come back,
//! as in life. What is older than a fortnight has been decided, save one in fifty.

use domain::{
    access::{Action, Principal},
    answers::Answers,
    ids::OrgId,
    report::{Decision, Reasons},
    time::Timestamp,
};
use store::{Tx, org::OrgRow};

use super::{
    echo::{Told, tell_again},
    reports::{self, Story},
};
use crate::{
    Context, Refusal, Result,
    desk::{Verdict, decide_in, seen},
    draft::{New, insert_in},
    report::submit_in,
    seat::Seat,
};

/// Reports in one transaction.
const BATCH: u32 = 500;

/// Over how long they are spread.
const PAST: i64 = 3 * 365 * Timestamp::DAY;

/// What is younger waits for the authority.
const OPEN: i64 = 14 * Timestamp::DAY;

/// One in so many of the older ones waits as well.
const LEFT: u64 = 50;

/// How often each report is told. Its buyer, too, comes so many times on average.
const TIMES: u32 = 20;

/// So few are all sent by hand.
const FEW: u32 = 1000;

/// Who writes, and who decides.
const WRITERS: &[&str] = &[reports::TOMAS, reports::INGRID, reports::YARA, reports::SANNE, reports::OLENA];

/// Adds `count` reports to the demo, calling `told` with the number of those that are there after each transaction.
///
/// # Errors
/// [`Refusal::NotPossible`] unless the database holds demo data.
pub async fn fill(ctx: &Context, count: u32, told: impl FnMut(u32)) -> Result<()> {
    fill_telling(ctx, count, if count < FEW { 1 } else { TIMES }, told).await
}

/// The same with each report told so many times.
async fn fill_telling(ctx: &Context, count: u32, times: u32, mut told: impl FnMut(u32)) -> Result<()> {
    if !super::is_demo(ctx).await? {
        return Err(Refusal::NotPossible("Only an installation with demo data is filled.".to_owned()));
    }
    store::echo::prepare(&ctx.db).await?;
    let writers = Writer::all(ctx).await?;
    let officer = reports::principal(ctx, reports::JELLE).await?;
    let stories: Vec<&Story> = reports::sent_stories().collect();
    let (end, tellings) = (ctx.now(), count.div_ceil(times));
    // Reports of one telling lie between it and the next.
    let apart = PAST / i64::from(tellings.max(1)) / i64::from(times + 1);
    let batch = (BATCH / times).max(1);
    for first in (0..tellings).step_by(batch as usize) {
        let last = tellings.min(first + batch);
        let mut tx = ctx.db.begin().await?;
        let mut sent = Vec::new();
        for number in first..last {
            let age = PAST * i64::from(tellings - number) / i64::from(tellings) - apart;
            let mut dice = Dice::of(number);
            let writer = &writers[dice.below(writers.len())];
            let report = Report { age, buyers: 1 + tellings * times / TIMES, dice, sent: end.plus(-age) };
            sent.push(report.happen(ctx, &mut tx, &stories, writer, &officer).await?);
        }
        // The last is told less often where the number does not divide.
        let over = if last == tellings { tellings * times - count } else { 0 };
        let (most, rest) = sent.split_at(sent.len() - usize::from(over > 0));
        tell_again(ctx, &mut tx, most, times - 1, apart).await?;
        tell_again(ctx, &mut tx, rest, times - 1 - over, apart).await?;
        store::outbox::all_sent(&mut tx, end).await?;
        tx.commit().await?;
        told(count.min(last * times));
    }
    Ok(())
}

struct Writer {
    principal: Principal,
    company: OrgRow,
}

impl Writer {
    async fn all(ctx: &Context) -> Result<Vec<Self>> {
        let mut all = Vec::new();
        for email in WRITERS {
            let (principal, org) = reports::seated(ctx, email).await?;
            let company = store::org::by_id(&mut ctx.db.reader(), org).await?.ok_or(Refusal::NotFound)?;
            all.push(Self { principal, company });
        }
        Ok(all)
    }
}

struct Report {
    age: i64,
    buyers: u32,
    dice: Dice,
    sent: Timestamp,
}

impl Report {
    async fn happen(
        mut self,
        ctx: &Context,
        tx: &mut Tx,
        stories: &[&Story],
        writer: &Writer,
        officer: &Principal,
    ) -> Result<Told> {
        let then = reports::at(ctx, self.sent);
        let story = stories[self.dice.below(stories.len())];
        let company = OrgId(writer.company.id);
        let seat = Seat::take(&writer.principal, company, Action::WriteReports)?;
        let mut answers = self.answers(&then, story, &writer.company);
        answers.set_one("contact.name", &seat.person.name);
        answers.set_one("contact.email", &seat.person.email);
        let new = New { company, taken_by: None, answers, quick: story.is_quick(), continues: None };
        let id = insert_in(&then, tx, seat, new).await?;
        let reference = submit_in(&then, tx, &writer.principal, id).await?;
        let row = store::report::find(tx, reference.as_str()).await?.ok_or(Refusal::NotFound)?;
        let told = Told { report: row.id, draft: id.0, reference: reference.clone(), sent: self.sent };
        if self.age < OPEN || self.dice.next().is_multiple_of(LEFT) {
            return Ok(told);
        }
        let later = reports::at(ctx, self.sent.plus((1 + self.dice.below(72) as i64) * Timestamp::HOUR));
        let reasons = Reasons::embedded().for_decision(Decision::Close);
        let reason = reasons.filter(|reason| !reason.needs_note).nth(self.dice.below(2));
        let reason = reason.ok_or_else(|| Refusal::Fault("two reasons to close need no note".into()))?;
        let (mut row, seat) = seen(tx, officer, &reference, 1).await?;
        decide_in(&later, tx, seat, &mut row, &Verdict::NoFurtherAction, (&reason.code, ""), later.now()).await?;
        Ok(told)
    }

    /// The story with another buyer, and a sentence of its own.
    fn answers(&mut self, ctx: &Context, story: &Story, company: &OrgRow) -> Answers {
        let mut answers = reports::told(ctx, story.answers, company);
        let buyer = Buyer::of(self.dice.skewed(self.buyers));
        for (field, text) in buyer.answers() {
            // Only what the form asked for: a theft has no buyer with a telephone.
            if !answers.plain(field).is_empty() {
                answers.set_one(field, text);
            }
        }
        let why = format!("{} They named {} as their reference.", answers.plain("why.text"), name(&mut self.dice, 3));
        answers.set_one("why.text", why);
        answers
    }
}

/// Somebody who buys.
struct Buyer {
    number: u32,
    name: String,
}

impl Buyer {
    fn of(number: u32) -> Self {
        let mut dice = Dice::of(number ^ 0x5EED);
        let form = ["Trading", "Chemicals B.V.", "GmbH", "Ltd", "Import-Export", "Laboratories"][dice.below(6)];
        Self { number, name: format!("{} {} {form}", name(&mut dice, 2), name(&mut dice, 2)) }
    }

    fn answers(&self) -> [(&'static str, String); 4] {
        let street = self.name.split(' ').next_back().unwrap_or_default();
        [
            ("party.1.name", self.name.clone()),
            ("party.1.phone", format!("+31 20 {:07}", self.number)),
            ("party.1.email", format!("buyer{}@mail.example", self.number)),
            ("party.1.address", format!("{street} street {}\n1000 Teststad", 1 + self.number % 300)),
        ]
    }
}

/// A word of invented syllables.
fn name(dice: &mut Dice, syllables: u32) -> String {
    const FIRST: &[&str] = &["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "br", "st", "kr"];
    const THEN: &[&str] = &["a", "e", "i", "o", "u", "an", "el", "ir", "on", "us", "ar", "en"];
    let mut name: String = (0..=syllables).map(|_| [*dice.of_all(FIRST), *dice.of_all(THEN)].concat()).collect();
    name[..1].make_ascii_uppercase();
    name
}

/// Numbers that look drawn and are the same every time (SplitMix64).
struct Dice(u64);

impl Dice {
    fn of(number: u32) -> Self {
        Self(u64::from(number).wrapping_mul(0xD1B5_4A32_D192_ED03))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Under `end`.
    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// Under `end`, the small ones far more often: the product of two draws.
    fn skewed(&mut self, end: u32) -> u32 {
        let share = |draw: u64| (draw >> 32) as f64 / f64::from(u32::MAX);
        (share(self.next()) * share(self.next()) * f64::from(end)) as u32
    }

    fn of_all<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use store::Read as _;

    use crate::{
        audit,
        desk::{self, QueueFilter},
        receipt, search,
        testing::World,
    };

    #[tokio::test]
    async fn a_demo_is_filled_with_open_and_decided_reports() {
        let world = World::with_people().await;
        reports::seed(&world).await.unwrap();
        let officer = reports::principal(&world, reports::JELLE).await.unwrap();
        let count = async || {
            let authority = officer.memberships[0].org;
            let page = async |view| {
                let filter = QueueFilter { view, ..QueueFilter::default() };
                desk::queue(&world, &officer, authority, &filter, None, 1000).await.unwrap().rows.len()
            };
            (page(desk::View::Open).await, page(desk::View::Closed).await)
        };
        let (open, closed) = count().await;
        let mut told = Vec::new();
        fill(&world, 60, |there| told.push(there)).await.unwrap();
        assert_eq!(told, [60]);
        let (opened, decided) = count().await;
        assert_eq!(opened - open + decided - closed, 60);
        assert!((1..15).contains(&(opened - open)), "{}", opened - open);
        assert!(world.mails().await.is_empty());
        assert!(matches!(audit::verify(&mut world.db.reader()).await.unwrap(), audit::Verdict::Whole(_)));
    }

    #[tokio::test]
    async fn reports_told_again_are_reports_like_any_other() {
        let world = World::with_people().await;
        reports::seed(&world).await.unwrap();
        let mut told = Vec::new();
        fill_telling(&world, 110, 20, |there| told.push(there)).await.unwrap();
        assert_eq!(told, [110]);
        let mut db = world.db.reader();
        assert!(matches!(audit::verify(&mut db).await.unwrap(), audit::Verdict::Whole(_)));
        let number = async |text: &'static str| {
            let sql = store::Sql { name: "test", sqlite: text, postgres: text };
            world.db.reader().number(&sql, vec![]).await.unwrap().unwrap()
        };
        let all = number("SELECT count(*) FROM report").await;
        for (what, expected) in [
            ("SELECT count(*) FROM report_version", all + 2),
            ("SELECT count(*) FROM report_text", all),
            (
                "SELECT count(*) FROM report_version v JOIN receipt x ON x.report_id = v.report_id AND x.version = v.version",
                all + 2,
            ),
            ("SELECT count(DISTINCT reference) FROM report", all),
            ("SELECT count(*) FROM draft WHERE archived_as = 'sent'", all + 2),
            (
                "SELECT count(*) FROM report WHERE NOT EXISTS (SELECT 1 FROM report_entry e WHERE e.report_id = report.id)",
                0,
            ),
        ] {
            assert_eq!(number(what).await, expected, "{what}");
        }
        let officer = reports::principal(&world, reports::JELLE).await.unwrap();
        let desk = officer.memberships[0].org;
        let newest = number("SELECT max(n) FROM report_text").await;
        let text = "SELECT r.reference FROM report r JOIN report_text t ON t.report_id = r.id WHERE t.n = $1";
        let sql = store::Sql { name: "test", sqlite: text, postgres: text };
        let (copy,): (String,) = db.one(&sql, vec![store::Arg::from(newest)]).await.unwrap().unwrap();
        let reference: domain::reference::Reference = copy.parse().unwrap();
        let view = desk::view(&world, &officer, &reference).await.unwrap();
        assert_eq!(view.reference, reference);
        let keys = receipt::keys(&world).await.unwrap();
        let receipt = receipt::desk(&world, &officer, &reference, None).await.unwrap();
        assert_eq!(domain::receipt::check(&receipt.text, &keys).unwrap().statement.reference, reference);
        let words = copy.replace('-', " ");
        let found = search::ask(&world, &officer, desk, &format!("\"{words}\" order"), None).await.unwrap();
        let search::Leads::Results(id) = found else { panic!("{found:?}") };
        let hits = search::results(&world, &officer, desk, id, None).await.unwrap().unwrap().hits;
        assert!(hits.iter().all(|hit| hit.reference == reference), "{hits:?}");
        // What is derived from them anew is what they were given.
        let facts = "SELECT count(*) FROM report_fact";
        let before = number(facts).await;
        let mut tx = world.db.begin().await.unwrap();
        store::setting::put(&mut tx, store::setting::FACTS, "").await.unwrap();
        tx.commit().await.unwrap();
        crate::fact::derive_anew(&world).await.unwrap();
        assert_eq!(number(facts).await, before);
    }

    #[tokio::test]
    async fn nothing_is_made_up_in_a_real_installation() {
        let world = World::empty().await;
        assert!(matches!(fill(&world, 1, |_| ()).await, Err(Refusal::NotPossible(_))));
    }

    #[test]
    fn buyers_are_always_the_same_and_some_are_frequent() {
        assert_eq!(Buyer::of(7).answers(), Buyer::of(7).answers());
        assert_ne!(Buyer::of(7).name, Buyer::of(8).name);
        let drawn: Vec<u32> = (0..1000).map(|number| Dice::of(number).skewed(1000)).collect();
        assert!(drawn.iter().filter(|buyer| **buyer < 100).count() > 200);
        assert!(drawn.iter().all(|buyer| *buyer <= 1000));
    }
}
