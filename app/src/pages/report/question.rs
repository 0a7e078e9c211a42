//! One question or small group of questions. Saving stores first and judges afterwards; what is wrong is said when the page
//! is shown again.

use domain::question::{AskedPage, Problem};
use leptos::prelude::*;
use services::{
    Refusal,
    draft::{self, DraftView, Post},
};

use super::{
    before, data,
    field::{self, Said, Shared},
    list, place,
};
use crate::{
    components::*,
    format,
    islands::{
        autosave::{SaveStatus as Autosave, SaveWords, Saved},
        indicator_panel::IndicatorPanel,
    },
    pages::public::substances::{picker_words, substance_names},
    text::{fill, report},
    web::{Outcome, Page, Reply, Req},
};

/// Id of the question's form; the panel beside it reads its fields.
const FORM: &str = "question";

/// The page.
pub async fn page(req: Req) -> Outcome {
    let draft = match place::open(&req).await? {
        Ok(draft) => draft,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let (section, slug) = (req.param("section").to_owned(), req.param("page").to_owned());
    let asked = draft.set.page(&section, &slug, &draft.answers, &draft.profile).ok_or(Refusal::NotFound)?;
    let fields = asked.fields(&draft.answers, &draft.profile);
    let before = match fields.iter().find_map(|field| before::party_of(&field.key)) {
        Some(party) => Some(before::notices(&req, &draft, Some(party)).await?),
        None => None,
    };
    shown(&req, &draft, &asked, before)?.into()
}

fn shown(req: &Req, draft: &DraftView, asked: &AskedPage<'_>, before: Option<View>) -> Result<Page, Refusal> {
    let t = report::texts(req.lang);
    let problems =
        if req.query.has("errors") { draft.set.check_page(asked, &draft.answers, &draft.profile) } else { Vec::new() };
    let errors: Vec<FieldError> =
        problems.iter().map(|problem| FieldError::new(problem.field.clone(), problem.message.clone())).collect();
    let wrong = !errors.is_empty();
    let title = asked.title.to_owned();
    let (caption, step) = progress(t, draft, asked);
    let back = back(req, draft, asked);
    let hint = asked.hint.map(str::to_owned);
    let body = body(req, t, draft, asked, &problems);
    let aside = aside(req, draft)?;
    let page = Page::new(format!("{title} – {caption}"), move || {
        view! {
            <QuestionFrame title=title back_href=back caption=caption step=step hint=hint errors=errors aside=aside() aside_label=t.panel_title>
                {before.map(|before| before())}
                {body()}
            </QuestionFrame>
        }
    })
    .errors(wrong)
    .with_islands();
    Ok(page)
}

/// What the scale above the question says: the section or item, and how far in the section the page is.
fn progress(t: &'static report::Texts, draft: &DraftView, asked: &AskedPage<'_>) -> (String, Option<(u8, u8)>) {
    let pages = draft.set.section_pages(asked.section, &draft.answers, &draft.profile);
    let at = pages.iter().position(|page| page.slug == asked.slug);
    let step = at.and_then(|at| Some((u8::try_from(at + 1).ok()?, u8::try_from(pages.len()).ok()?)));
    let section = draft.set.section(asked.section).map_or(t.quick, |section| &section.title).to_owned();
    let caption = asked.caption().map_or_else(|| section.clone(), |item| format!("{section}: {item}"));
    (caption, step.filter(|(_, of)| *of <= 12))
}

fn back(req: &Req, draft: &DraftView, asked: &AskedPage<'_>) -> String {
    let before = draft.set.previous_page(asked.section, &asked.slug, &draft.answers, &draft.profile);
    before.map_or_else(|| place::tasks(req, draft.id), |page| place::question(req, draft.id, page.section, &page.slug))
}

/// A piece of page, rendered later.
pub type View = Box<dyn FnOnce() -> AnyView + Send>;

fn body(req: &Req, t: &'static report::Texts, draft: &DraftView, asked: &AskedPage<'_>, problems: &[Problem]) -> View {
    match asked.lists {
        Some(group) => list::body(req, t, draft, asked, group),
        None => form(req, t, draft, asked, problems),
    }
}

fn form(req: &Req, t: &'static report::Texts, draft: &DraftView, asked: &AskedPage<'_>, problems: &[Problem]) -> View {
    let action = place::question(req, draft.id, asked.section, &asked.slug);
    let fields = asked.fields(&draft.answers, &draft.profile);
    let notices = draft.set.notices_page(asked, &draft.answers, &draft.profile);
    let shared = Shared {
        only_one: fields.len() == 1,
        index: req.to("/data/substances.json"),
        picker: picker_words(req.lang),
        names: substance_names(req),
    };
    // The controls are made when the page is rendered, so the draft's parts that they show go along.
    let (answers, set) = (draft.answers.clone(), draft.set);
    let said: Vec<Said> = fields.iter().map(|field| said(draft, &field.key, problems, &notices)).collect();
    let (section, slug, profile) = (asked.section.to_owned(), asked.slug.clone(), draft.profile.clone());
    let version = draft.version.to_string();
    let who = who(req);
    let tab = services::context::random_hex::<8>();
    let first = fill(t.saved, &[("time", &format::time_of_day(draft.updated_at, req.zone()))]);
    let words = save_words(t);
    Box::new(move || {
        let Some(asked) = set.page(&section, &slug, &answers, &profile) else { return ().into_any() };
        let fields = asked.fields(&answers, &profile);
        let lists = field::lists(&fields, &shared);
        let controls =
            fields.iter().zip(said).map(|(asked, said)| field::field(t, asked, &answers, said, &shared)).collect_view();
        view! {
            <form id=FORM method="post" action=action class="stack" novalidate>
                <input type="hidden" name="version" value=version/>
                <input type="hidden" name="_tab" value=tab/>
                <input type="hidden" name="_turn" value="0"/>
                <input type="hidden" name="_who" value=who/>
                // The first button is what Enter presses, before any that takes another answer.
                <button type="submit" name="_then" value="next" hidden=true>{t.save_continue}</button>
                {controls}
                {lists}
                <ButtonRow>
                    <Button label=t.save_continue name="_then" value="next"/>
                    <Button label=t.save_exit kind=ButtonKind::Secondary name="_then" value="exit"/>
                </ButtonRow>
                <Autosave words=words first=first/>
            </form>
        }
        .into_any()
    })
}

fn said(draft: &DraftView, key: &str, problems: &[Problem], notices: &[Problem]) -> Said {
    let of = |said: &[Problem]| said.iter().find(|problem| problem.field == key).map(|problem| problem.message.clone());
    Said {
        error: of(problems),
        notice: of(notices),
        alternatives: draft.alternatives_at(key).map(|kept| (kept.id, kept.texts.join(" "))).collect(),
    }
}

fn save_words(t: &report::Texts) -> SaveWords {
    SaveWords {
        saved: t.saved.to_owned(),
        saving: t.saving.to_owned(),
        offline: t.offline.to_owned(),
        signed_out: t.signed_out.to_owned(),
        conflict: t.save_conflict.to_owned(),
    }
}

fn aside(req: &Req, draft: &DraftView) -> Result<View, Refusal> {
    let (first, words, sources) = data::panel(req, draft, FORM)?;
    Ok(Box::new(move || view! { <IndicatorPanel first words sources/> }.into_any()))
}

/// A word that is the same for one person and tells nobody who it is.
pub fn who(req: &Req) -> String {
    req.principal.person.as_ref().map(|person| services::context::fingerprint(person.id)).unwrap_or_default()
}

/// Saves the page and goes on.
pub async fn save(req: Req) -> Outcome {
    let id = place::draft_id(&req)?;
    let (section, slug) = (req.param("section").to_owned(), req.param("page").to_owned());
    let before = match place::open_or_back(&req).await? {
        Ok(draft) => draft,
        Err(elsewhere) => return Ok(elsewhere),
    };
    store(&req, &before).await?;
    if let Some((alternative, field)) = req.form.get("_take").split_once(':') {
        let alternative = alternative.parse().map_err(|_| Refusal::NotFound)?;
        draft::choose_alternative(req.ctx(), &req.principal, id, field, Some(alternative)).await?;
        return Ok(Reply::to(req.path.clone()));
    }
    if req.form.get("_then") == "exit" {
        return Ok(Reply::to(place::tasks(&req, id)));
    }
    let after = match place::open(&req).await? {
        Ok(draft) => draft,
        Err(elsewhere) => return Ok(elsewhere),
    };
    Ok(Reply::to(next(&req, &after, &section, &slug)))
}

/// Where saving leads: back to the page if something is wrong or two answers met, else to the next one.
fn next(req: &Req, draft: &DraftView, section: &str, slug: &str) -> String {
    let here = place::question(req, draft.id, section, slug);
    let Some(asked) = draft.set.page(section, slug, &draft.answers, &draft.profile) else {
        return format!("{}?kept=1", place::tasks(req, draft.id));
    };
    if !draft.set.check_page(&asked, &draft.answers, &draft.profile).is_empty() {
        return format!("{here}?errors=1#errors");
    }
    if asked
        .fields(&draft.answers, &draft.profile)
        .iter()
        .any(|field| draft.alternatives_at(&field.key).next().is_some())
    {
        return here;
    }
    match draft.set.next_page(section, slug, &draft.answers, &draft.profile) {
        Some(page) => place::question(req, draft.id, page.section, &page.slug),
        None => place::tasks(req, draft.id),
    }
}

/// Saves what an island sends while somebody types.
pub async fn autosave(req: Req) -> Outcome {
    // An island always says whose form it sends.
    if !req.form.has("_who") {
        return Err(Refusal::NotSignedIn);
    }
    let draft = match place::open_or_back(&req).await? {
        Ok(draft) => draft,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let saved = store(&req, &draft).await?;
    let at = format::time_of_day(saved.at, req.zone());
    Reply::json(&Saved { version: saved.version, at, conflict: !saved.conflicts.is_empty() }, false)
}

async fn store(req: &Req, draft: &DraftView) -> Result<draft::Saved, Refusal> {
    let (section, slug) = (req.param("section"), req.param("page"));
    // What another tab has made superfluous may still be typed in this one: it is kept.
    let own = draft.set.keys_of_page(section, slug).ok_or(Refusal::NotFound)?;
    let posted: Vec<(String, String)> = req.form.0.iter().filter(|(name, _)| own.contains(name)).cloned().collect();
    let page = draft.set.page(section, slug, &draft.answers, &draft.profile);
    let asked = page.map(|page| page.fields(&draft.answers, &draft.profile)).unwrap_or_default();
    let keys: Vec<String> = own
        .into_iter()
        .filter(|key| asked.iter().any(|field| field.key == *key) || posted.iter().any(|(name, _)| name == key))
        .collect();
    let post = Post {
        // A form without a version is taken as made from the draft as it stands.
        base: req.form.get("version").parse().unwrap_or(draft.version),
        tab: req.form.get("_tab"),
        turn: req.form.get("_turn").parse().unwrap_or_default(),
        asked: &keys,
        posted: &posted,
        partly: false,
    };
    draft::save_page(req.ctx(), &req.principal, draft.id, &post).await
}
