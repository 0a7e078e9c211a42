//! What was taken in although nobody should have typed it, read by everybody else: as words in pages, as words in files.

use app::routes::{self, Method};
use domain::access::Role;

use super::{
    forms::{Fill, Sent, Target, encoded, filled, is_written, targets},
    harmless,
    texts::Turns,
};
use crate::{
    isolation::Case,
    support::{
        cast::{Player, sign_in},
        html::{Form, Page},
        http::Ask,
        samples::places,
        site::Site,
        walk::walk,
        watch::Watch,
    },
};

/// Everything at once: a formula that ends every element and attribute in which it could stand.
const WORST: &str =
    "=1+cmd|'x'!A0 \" onhostile=\"1\" ' onhostile='1' --></script></textarea></title><hostile-tag onhostile=1>";

#[tokio::test]
async fn what_was_taken_in_is_words_to_everybody() {
    let (site, table) = (Site::new().await, routes::all());
    let (cast, places) = (site.cast, places(&table));
    let mut watch = Watch::new(&site);
    let officer = cast.player(Role::CompanyOfficer, "meridian");
    let pages = report(&site, &mut watch, officer).await;
    assert!(pages >= 8, "{pages} pages of questions");
    let mut taken = 0;
    for target in targets(&site, walk(cast, &places, Method::Post)).await {
        let before = site.deeds().await;
        harmless(&mut watch, &site.ask(target.ask(&worst(&target, &site))).await);
        taken += usize::from(site.deeds().await != before);
    }
    println!("taken in: {taken} forms, {pages} pages of questions");
    assert!(taken >= 5, "{taken} forms were taken: too little is looked at");
    let mut shown = 0;
    for case in walk(cast, &places, Method::Get) {
        shown += usize::from(read(&site, &mut watch, &case).await);
    }
    println!("shown in {shown} pages and files");
    assert!(shown >= 5, "{shown}: too little is looked at");
}

/// A form of somebody who means to be believed.
fn worst(target: &Target<'_>, site: &Site) -> Vec<Sent> {
    let mut sent = filled(&target.form, &target.sample(site.cast), Fill::Written, &mut Turns::default());
    for (_, value, text) in &mut sent {
        if text.take().is_some() {
            *value = WORST.into();
        }
    }
    sent
}

/// Writes a draft page by page, and sends it; how many pages it had.
async fn report(site: &Site, watch: &mut Watch<'_>, writer: &Player) -> usize {
    let draft = format!("/en/c/meridian/drafts/{}", site.cast.org("meridian").drafts[&writer.email]);
    let tasks = harmless(watch, &site.get(&draft, Some(writer)).await).unwrap();
    let is_question = |link: &str| link.strip_prefix(&draft).is_some_and(|rest| rest.matches('/').count() == 2);
    let mut open: Vec<String> = tasks.links.iter().filter(|link| is_question(link)).cloned().collect();
    let mut done = Vec::new();
    while let Some(address) = open.pop() {
        if done.contains(&address) || done.len() > 60 {
            continue;
        }
        done.push(address.clone());
        let Some(page) = harmless(watch, &site.get(&address, Some(writer)).await) else { continue };
        let links = page.links.iter().filter(|link| is_question(link) && !link.contains('?'));
        open.extend(links.cloned());
        if let Some(form) = page.forms.iter().find(|form| form.action == address) {
            open.extend(write(site, watch, writer, &address, form).await.filter(|next| is_question(next)));
        }
    }
    let check = harmless(watch, &site.get(&format!("{draft}/check"), Some(writer)).await).unwrap();
    let send = check.forms.iter().find(|form| form.action.ends_with("/send")).unwrap();
    let answer = site.post(&send.action, Some(writer), send.untouched()).await;
    harmless(watch, &answer);
    assert!(answer.location().ends_with("/sent"), "not sent: {} {}", answer.status, answer.location());
    done.len()
}

/// Fills a page of questions; where it leads. Answers that are checked stay as they were.
async fn write(site: &Site, watch: &mut Watch<'_>, writer: &Player, address: &str, form: &Form) -> Option<String> {
    let mut sent: Vec<Sent> =
        form.untouched().into_iter().map(|(name, value)| (name, value.into_bytes(), None)).collect();
    let before = sent.clone();
    for (name, value, _) in &mut sent {
        if form.fields.iter().any(|field| field.name == *name && is_written(field)) {
            *value = WORST.into();
        }
    }
    let post = async |sent: &[Sent]| {
        let sent: Vec<Sent> =
            sent.iter().filter(|(name, ..)| !["version", "_tab", "_turn"].contains(&name.as_str())).cloned().collect();
        site.ask(Ask::post(address).by(writer).body(encoded(&sent))).await
    };
    let answer = post(&sent).await;
    harmless(watch, &answer);
    if !answer.location().contains("errors=") {
        return Some(answer.location().to_owned());
    }
    let page: Page = harmless(watch, &site.get(answer.location().split('#').next()?, Some(writer)).await)?;
    for (at, (name, value, _)) in sent.iter_mut().enumerate() {
        if page.errors.iter().any(|link| link.trim_start_matches('#').starts_with(name.as_str())) {
            value.clone_from(&before[at].1);
        }
    }
    let answer = post(&sent).await;
    harmless(watch, &answer);
    if answer.location().contains("errors=") {
        harmless(watch, &post(&before).await);
    }
    Some(answer.location().to_owned())
}

/// Reads a page or a file, signed in anew: whether it shows what was typed.
async fn read(site: &Site, watch: &mut Watch<'_>, case: &Case<'_>) -> bool {
    let mut ask = Ask::get(case.place.address(site.cast, case.org, case.player));
    if let Some(player) = case.player {
        let token = format!("later-{}", player.token);
        if services::session::resolve(&site.ctx, &token, services::session::Activity::Background)
            .await
            .unwrap()
            .is_none()
        {
            sign_in(&site.ctx, player.id, &token).await;
        }
        ask = ask.cookie(app::web::cookie::SESSION, &token);
    }
    let answer = site.ask(ask).await;
    harmless(watch, &answer);
    let formula = answer.body.split(['\n', '"', ',']).any(|cell| cell.trim_start().starts_with("=1+cmd"));
    let is_table = answer.header("content-type").starts_with("text/csv");
    assert!(!(is_table && formula), "{}: a spreadsheet would compute it", answer.asked);
    answer.body.contains("1+cmd|")
}
