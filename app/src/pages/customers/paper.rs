//! A customer's file on paper: everything that is known and was decided, as it stands now, in a tagged PDF.

use domain::{
    answers::when::long_date,
    customer::{Party, ownership::ownership, parties, per_cent, summary},
    date::Date,
};
use paper::pdf::{self, Block, Document as Pdf};
use services::customer::{
    decision::{Decision, Rated},
    document::Document,
    paper::{self as dossiers, DeclarationLine, Dossier, LicenceLine, ScreeningLine},
};

use super::{decision as decisions, documents, opened};
use crate::{
    pages::report::place,
    text::{
        common, customers,
        decision::{Texts, texts},
        fill,
    },
    web::{Outcome, Reply, Req, files},
};

/// The file as a PDF. Its name says nothing of whom it is about.
pub(super) async fn file(req: Req) -> Outcome {
    let view = opened(&req).await?;
    let dossier = dossiers::take(req.ctx(), &req.principal, view.id).await?;
    let company = req.workspace()?.org_name.clone();
    let name = format!("customer-{}-{}.pdf", dossier.view.id, dossier.view.version);
    let document = document(&req, &dossier, &company);
    let body = files::made(move || pdf::write(&document)).await?;
    Ok(Reply::File { name, media_type: "application/pdf", body })
}

fn document(req: &Req, dossier: &Dossier, company: &str) -> Pdf {
    let t = texts(req.lang);
    let title = fill(t.paper_title, &[("name", dossier.view.customer.name())]);
    let now = req.ctx().now();
    let at = place::moment(req, now);
    let mut blocks = vec![Block::Title(title), Block::Small(t.paper_confidential.to_owned())];
    blocks.push(Block::Facts(label(req, t, dossier)));
    parts(dossier, &mut blocks);
    owners(t, dossier, &mut blocks);
    people(t, dossier, &mut blocks);
    papers(req, t, &dossier.documents, &mut blocks);
    decided(req, t, &dossier.panel.decisions, &mut blocks);
    ratings(req, t, &dossier.ratings, &mut blocks);
    screenings(req, t, &dossier.screenings, &mut blocks);
    declarations(t, &dossier.declarations, &mut blocks);
    licences(req, t, &dossier.licences, &mut blocks);
    history(req, t, dossier, &mut blocks);
    blocks.push(Block::Heading(t.paper_about.to_owned()));
    blocks.push(Block::Small(fill(t.paper_about_text, &[("company", company), ("at", &at)])));
    let product = common::texts(req.lang).product;
    let version = dossier.view.version.to_string();
    let fingerprint = dossier.sha256.get(..16).unwrap_or_default();
    Pdf {
        // The window of a reader and a list of files show it: it names nobody.
        title: fill(t.paper_head, &[("version", &version)]),
        lang: req.lang.tag(),
        author: product.to_owned(),
        at: now,
        head: (product.to_owned(), fill(t.paper_head, &[("version", &version)])),
        foot: (fill(t.paper_foot, &[("fingerprint", fingerprint)]), t.paper_page.to_owned()),
        blocks,
    }
}

fn label(req: &Req, t: &Texts, dossier: &Dossier) -> Vec<(String, String)> {
    let (view, panel) = (&dossier.view, &dossier.panel);
    let decided = panel.in_force.as_ref().map_or_else(
        || t.nothing.to_owned(),
        |made| format!("{}\n{}", made.verdict.done(), decisions::signed(req, t, made)),
    );
    let risk = format!("{}, {}", panel.band.label(), decisions::by_rules(t, &panel.rating));
    let mut facts = vec![
        (customers::texts(req.lang).state.to_owned(), view.customer.state().label().to_owned()),
        (t.risk.to_owned(), risk),
        (t.verdict.to_owned(), decided),
    ];
    if let Some(limits) = panel.in_force.as_ref().map(|made| made.limits.words()).filter(|words| !words.is_empty()) {
        facts.push((t.limits.to_owned(), limits.join("\n")));
    }
    if let Some(day) = panel.review_on {
        facts.push((t.review.to_owned(), long_date(day)));
    }
    facts.push((t.paper_fingerprint.to_owned(), dossier.sha256.clone()));
    facts
}

/// Every part of the file as it was entered.
fn parts(dossier: &Dossier, blocks: &mut Vec<Block>) {
    let mut last = String::new();
    for group in summary(&dossier.view.customer) {
        let part = domain::customer::Part::find(&group.section);
        if last != group.section {
            blocks.extend(part.map(|part| Block::Heading(part.title.to_owned())));
            last.clone_from(&group.section);
        }
        if part.is_some_and(|part| part.many) {
            blocks.push(Block::Sub(group.title.clone()));
        }
        let given = group.rows.into_iter().filter(|row| row.provided);
        let rows: Vec<_> = given.map(|row| (row.label, row.value.join("\n"))).collect();
        if !rows.is_empty() {
            blocks.push(Block::Facts(rows));
        }
    }
}

/// A heading with a table, or with why there is none.
fn table(title: &str, none: &str, head: &[&str], widths: &[u8], rows: Vec<Vec<String>>, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading(title.to_owned()));
    blocks.push(if rows.is_empty() {
        Block::Text(none.to_owned())
    } else {
        let head = head.iter().map(|title| (*title).to_owned()).collect();
        Block::Table { head, widths: widths.to_vec(), rows }
    });
}

fn owners(t: &Texts, dossier: &Dossier, blocks: &mut Vec<Block>) {
    let holders = ownership(&dossier.view.customer).holders;
    if holders.is_empty() {
        return;
    }
    let row = |holder: &domain::customer::ownership::Holder| {
        let direct = if holder.direct == 0 { String::new() } else { per_cent(holder.direct) };
        vec![holder.name.clone(), holder.kind.label().to_owned(), direct, per_cent(holder.total)]
    };
    let rows = holders.iter().map(row).collect();
    let head = [t.paper_owner, t.paper_kind, t.paper_direct, t.paper_total];
    table(t.paper_owners, "", &head, &[5, 3, 2, 2], rows, blocks);
}

fn people(t: &Texts, dossier: &Dossier, blocks: &mut Vec<Block>) {
    let row = |party: &Party| {
        let born = party.birth.map(|birth| span(birth.from, birth.to));
        let countries = party.countries.iter().map(|country| country.name().to_owned());
        let numbers = party.numbers.iter().map(|number| number.value.clone());
        let more: Vec<String> = born.into_iter().chain(countries).chain(numbers).collect();
        vec![party.names.join("\n"), party.role.label().to_owned(), more.join(", ")]
    };
    let rows = parties(&dossier.view.customer).iter().map(row).collect();
    table(t.paper_parties, "", &[t.paper_party, t.paper_role, t.paper_more], &[5, 3, 5], rows, blocks);
}

fn span(from: Date, to: Date) -> String {
    if from == to { long_date(from) } else { format!("{} – {}", long_date(from), long_date(to)) }
}

fn papers(req: &Req, t: &Texts, papers: &[Document], blocks: &mut Vec<Block>) {
    let words = customers::texts(req.lang);
    let row = |document: &Document| {
        let aside = document.ended.map(|at| format!("{}: {}", words.put_aside, place::moment(req, at)));
        let name = std::iter::once(documents::name(document)).chain(aside).collect::<Vec<_>>().join("\n");
        let checked = match &document.checked {
            None => words.not_checked.to_owned(),
            Some(_) => {
                let against = document.checked.as_ref().map(|checked| checked.against.clone()).unwrap_or_default();
                format!("{}\n{against}", documents::checked(req, words, document))
            }
        };
        let copy = document.copy.as_ref().map_or_else(|| t.paper_copy_none.to_owned(), |copy| copy.sha256.clone());
        vec![name, document.expires.map(long_date).unwrap_or_default(), checked, copy]
    };
    let head = [t.paper_document, t.paper_valid, t.paper_checked, t.paper_copy];
    table(t.paper_documents, t.paper_no_documents, &head, &[4, 2, 4, 5], papers.iter().map(row).collect(), blocks);
}

fn decided(req: &Req, t: &'static Texts, made: &[Decision], blocks: &mut Vec<Block>) {
    let row = |made: &Decision| {
        let what = [made.verdict.done(), made.band.label(), decisions::stage(t, made.stage)].join("\n");
        let why = std::iter::once(made.reason.clone()).chain(made.limits.words());
        let why: Vec<String> = why.filter(|line| !line.is_empty()).collect();
        let basis = decisions::by_rules(t, &made.rating);
        vec![made.number.to_string(), what, why.join("\n"), format!("{}\n{basis}", decisions::signed(req, t, made))]
    };
    let head = [t.number, t.verdict, t.reason, t.who];
    table(t.paper_decisions, t.nothing, &head, &[1, 3, 5, 5], made.iter().map(row).collect(), blocks);
}

fn ratings(req: &Req, t: &Texts, ratings: &[Rated], blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading(t.paper_ratings.to_owned()));
    if ratings.is_empty() {
        blocks.push(Block::Text(t.not_rated.to_owned()));
        return;
    }
    for rated in ratings {
        let version = rated.version.to_string();
        let of = fill(t.paper_head, &[("version", &version)]);
        blocks.push(Block::Sub(format!("{}, {of}", place::moment(req, rated.at))));
        blocks.push(Block::Text(format!("{}, {}", rated.rating.band.label(), decisions::by_rules(t, &rated.rating))));
        let reason = |reason: &domain::risk::Reason| {
            (fill(t.weighs, &[("points", &reason.points.to_string())]), reason.text.clone())
        };
        if !rated.rating.reasons.is_empty() {
            blocks.push(Block::Facts(rated.rating.reasons.iter().map(reason).collect()));
        }
    }
}

fn screenings(req: &Req, t: &Texts, found: &[ScreeningLine], blocks: &mut Vec<Block>) {
    let row = |line: &ScreeningLine| {
        let when = [place::moment(req, line.at), line.by.clone(), line.engine.clone()];
        let when: Vec<String> = when.into_iter().filter(|text| !text.is_empty()).collect();
        let lists: Vec<String> = line.lists.iter().map(|(list, version)| format!("{list}: {version}")).collect();
        let hit = |hit: &dossiers::HitLine| {
            let words = [
                ("party", hit.party.as_str()),
                ("entry", hit.entry.as_str()),
                ("list", hit.list.as_str()),
                ("score", hit.score.as_str()),
                ("decided", hit.decided.as_str()),
            ];
            fill(t.paper_hit, &words)
        };
        let hits: Vec<String> = line.hits.iter().map(hit).collect();
        let hits = if hits.is_empty() { t.paper_no_hits.to_owned() } else { hits.join("\n") };
        vec![when.join("\n"), lists.join("\n"), hits]
    };
    let head = [t.paper_when, t.paper_lists, t.paper_hits];
    table(t.paper_screenings, t.paper_screenings_none, &head, &[3, 4, 6], found.iter().map(row).collect(), blocks);
}

fn declarations(t: &Texts, found: &[DeclarationLine], blocks: &mut Vec<Block>) {
    let row = |line: &DeclarationLine| {
        let day = |day: Option<Date>| day.map(long_date).unwrap_or_default();
        let signed = [line.signed_by.clone(), day(line.signed_on)].join("\n");
        let what = [line.substance.clone(), line.form.clone(), line.quantity.clone(), line.sha256.clone()];
        let what: Vec<String> = what.into_iter().filter(|text| !text.is_empty()).collect();
        vec![what.join("\n"), signed, day(line.until), line.state.clone()]
    };
    let head = [t.paper_document, t.who, t.paper_valid, t.paper_state];
    let rows = found.iter().map(row).collect();
    table(t.paper_declarations, t.paper_declarations_none, &head, &[5, 4, 2, 3], rows, blocks);
}

fn licences(req: &Req, t: &Texts, found: &[LicenceLine], blocks: &mut Vec<Block>) {
    let row = |line: &LicenceLine| {
        let asked = place::moment(req, line.asked);
        let answered = line.answered.map(|at| place::moment(req, at)).unwrap_or_default();
        vec![[line.substance.clone(), line.number.clone()].join("\n"), asked, answered, line.answer.clone()]
    };
    let head = [t.paper_document, t.paper_when, t.paper_checked, t.paper_state];
    let rows = found.iter().map(row).collect();
    table(t.paper_licences, t.paper_licences_none, &head, &[4, 3, 3, 4], rows, blocks);
}

fn history(req: &Req, t: &Texts, dossier: &Dossier, blocks: &mut Vec<Block>) {
    let row = |version: &services::customer::Version| {
        let when = place::moment(req, version.at);
        vec![version.number.to_string(), when, version.step.clone(), version.by.clone()]
    };
    let rows = dossier.history.iter().map(row).collect();
    table(t.paper_history, "", &[t.number, t.paper_when, t.paper_step, t.who], &[1, 3, 5, 4], rows, blocks);
}
