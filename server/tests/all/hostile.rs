//! What may be typed: every form of the table, filled with what nobody should type ([`texts`]); every address with what
//! nobody should ask for ([`addresses`]); and what was taken in, read by everybody else ([`readers`]).
//!
//! Not every text in every field: each kind of field meets each text, wherever it stands.

mod addresses;
mod forms;
mod readers;
pub mod texts;

use app::routes::{self, Method};

use self::{
    forms::{Fill, Sent, Target, filled, is_written, targets},
    texts::{Turns, WORD},
};
use crate::support::{
    html::Page,
    http::{Answer, Ask},
    samples::places,
    site::Site,
    walk::walk,
    watch::Watch,
};

/// Names that no form has.
const STRANGE: [&str; 10] = [
    "",
    ".",
    "__proto__",
    "a[b][]",
    "substance.99999999999999999999.name",
    "substance.0.name",
    "party.-1.name",
    "party.4294967295.name",
    "name\u{0}",
    "<hostile-tag>",
];
/// Bodies that are no form.
const GARBAGE: [&[u8]; 3] =
    [b"%&&=&%zz=%u0000;\xff\xfe=%ff&a", b"{\"name\":\"x\"}", b"--B\r\nContent-Disposition: form-data"];

/// What holds of any answer to anything hostile; its page.
fn harmless(watch: &mut Watch<'_>, answer: &Answer) -> Option<Page> {
    let page = watch.look(answer)?;
    for tag in &page.tags {
        let typed = tag.name.contains(WORD) || tag.attributes.iter().any(|(name, _)| name.contains(WORD));
        assert!(!typed, "{}: what was typed became {tag:?}", answer.asked);
    }
    assert!(!answer.body.contains('\0'), "{}: NUL", answer.asked);
    Some(page)
}

/// Sends a form and follows where it leads; the page that is then shown.
async fn send(site: &Site, watch: &mut Watch<'_>, target: &Target<'_>, ask: Ask) -> (Answer, Option<Page>) {
    let answer = site.ask(ask).await;
    let page = harmless(watch, &answer);
    if answer.status != 303 {
        return (answer, page);
    }
    let to = answer.location().split('#').next().unwrap_or_default();
    let ask = Ask::get(to).by_any(target.case.player);
    let ask = match answer.cookie(app::web::cookie::STASH) {
        Some(stash) => ask.cookie(app::web::cookie::STASH, &stash),
        None => ask,
    };
    let page = harmless(watch, &site.ask(ask).await);
    (answer, page)
}

/// Where a form is shown again, what was typed is in it. What no page offers now is not looked for in other forms that have a
/// field of the same name.
fn typed_again(target: &Target<'_>, sent: &[Sent], answer: &Answer, page: Option<&Page>) {
    let Some(page) = page.filter(|_| answer.location().contains("errors=")) else { return };
    if !target.is_found && !page.forms.iter().any(|form| form.action == target.address) {
        return;
    }
    for (name, _, text) in sent {
        let field = target.form.fields.iter().find(|field| field.name == *name);
        let Some(text) = text.filter(|text| text.comes_back && field.is_some_and(is_written)) else { continue };
        let there = page.forms.iter().flat_map(|form| &form.fields).any(|field| field.name == *name);
        let is_secret = ["token", "code"].contains(&name.as_str());
        if there && !is_secret {
            let shown = page.shown(name);
            assert!(
                shown.contains(&text.shown().as_str()),
                "{}: {name} was filled with {} and shows {shown:?}",
                answer.asked,
                text.name
            );
        }
    }
}

#[tokio::test]
async fn no_form_breaks_and_none_loses_what_was_typed() {
    let (site, table) = (Site::new().await, routes::all());
    let places = places(&table);
    let mut watch = Watch::new(&site);
    let targets = targets(&site, walk(site.cast, &places, Method::Post)).await;
    let lost: Vec<&str> =
        targets.iter().filter(|target| !target.is_found).map(|target| target.address.as_str()).collect();
    println!("{} forms; no page has {lost:#?}", targets.len());
    let mut turns = Turns::default();
    for target in &targets {
        // Of its own, since much of it cannot be done twice.
        let site = Site::new().await;
        watch.also(&site);
        attack(&site, &mut watch, target, &mut turns).await;
    }
    again(&site, &mut watch, &targets, &mut turns).await;
    println!("hostile forms: {:?}", watch.statuses);
}

async fn attack(site: &Site, watch: &mut Watch<'_>, target: &Target<'_>, turns: &mut Turns) {
    let sample = target.sample(site.cast);
    for fill in [Fill::Everything, Fill::Seen, Fill::Written] {
        let sent = filled(&target.form, &sample, fill, turns);
        let (answer, page) = send(site, watch, target, target.ask(&sent)).await;
        typed_again(target, &sent, &answer, page.as_ref());
    }
    let untouched = filled(&target.form, &sample, Fill::Written, turns);
    let strange = STRANGE.map(|name| (name.to_owned(), turns.next("strange").bytes.clone(), None));
    let strange: Vec<Sent> = untouched.iter().cloned().chain(strange).collect();
    let often = untouched.iter().flat_map(|field| std::iter::repeat_n(field.clone(), 200)).collect::<Vec<_>>();
    for sent in [strange, often, Vec::new()] {
        send(site, watch, target, target.ask(&sent)).await;
    }
    for garbage in GARBAGE {
        harmless(watch, &site.ask(target.ask(&[]).body(garbage)).await);
    }
}

/// Kinds of field that are too rare to have met every text meet the others.
async fn again(site: &Site, watch: &mut Watch<'_>, targets: &[Target<'_>], turns: &mut Turns) {
    let kinds: Vec<String> = turns.kinds().map(str::to_owned).collect();
    for kind in kinds {
        let has = |target: &&Target<'_>| target.form.fields.iter().any(|field| field.kind == kind);
        let mut with = targets.iter().filter(has).cycle();
        while !turns.is_through(&kind) {
            let Some(target) = with.next() else { break };
            let sent = filled(&target.form, &target.sample(site.cast), Fill::Everything, turns);
            harmless(watch, &site.ask(target.ask(&sent)).await);
        }
    }
}
