//! What a notice looks like, to readers and in a preview.

use domain::{
    answers::when::long_date,
    evidence::Kind as FileKind,
    language::Language,
    markdown::Document,
    notice::{Access, Audience, Card, Content, Event, FileFact, Kind, Severity, Standing, Text, direction},
};
use leptos::prelude::*;

use crate::{
    components::*,
    format,
    text::{fill, notices::Texts},
};

/// A kind as a tag.
pub(super) fn kind(kind: Kind) -> AnyView {
    view! { <Tag text=kind.label()/> }.into_any()
}

/// A severity as a tag; what is only good to know has none.
pub(super) fn severity(severity: Severity) -> Option<AnyView> {
    let tone = match severity {
        Severity::Urgent => Tone::Danger,
        Severity::Important => Tone::Warn,
        Severity::Information => return None,
    };
    Some(view! { <Tag text=severity.label() tone/> }.into_any())
}

/// What is not valid now as a tag.
pub(super) fn standing(standing: Standing) -> Option<AnyView> {
    let tone = match standing {
        Standing::Expired => Tone::Hold,
        Standing::Withdrawn => Tone::Danger,
        Standing::Valid | Standing::Unpublished => return None,
    };
    Some(view! { <Tag text=standing.label() tone/> }.into_any())
}

/// The name of a language.
pub(super) fn language(code: &str) -> String {
    Language::find(code).map_or_else(|| code.to_owned(), |language| language.name.clone())
}

/// Title and summary in the language of the page, else in the first one; its code.
pub(super) fn words(card: &Card, lang: &str) -> (String, String, String) {
    let text = card.text(lang);
    text.map_or_else(Default::default, |text| (text.title.clone(), text.summary.clone(), text.lang.clone()))
}

/// Whom a notice concerns, in one line.
pub(super) fn audience(t: &'static Texts, audience: &Audience) -> String {
    let who = audience.roles.iter().map(|role| role.label().to_owned());
    let who = who.chain(audience.readers.iter().map(|reader| reader.label().to_owned()));
    let who: Vec<_> = who.chain(audience.associations.iter().cloned()).collect();
    let places: Vec<_> = audience.countries.iter().map(|country| country.name().to_owned()).collect();
    match (who.is_empty(), places.is_empty()) {
        (true, true) => t.everybody.to_owned(),
        (false, true) => who.join(", "),
        (true, false) => places.join(", "),
        (false, false) => format!("{} · {}", who.join(", "), places.join(", ")),
    }
}

/// How the substances, files and events of a notice are reached.
pub(super) struct Links {
    /// The page of a substance, without its slug.
    pub substances: String,
    /// A file, without its identity.
    pub files: String,
    /// The event as a file for calendars; none in a preview.
    pub event: Option<String>,
}

/// The text of a notice with all that belongs to it. Its heading is the page's.
pub(super) fn body(t: &'static Texts, content: &Content, text: &Text, links: &Links) -> AnyView {
    let document = Document::of(&text.body);
    let (lang, dir) = (text.lang.clone(), direction(&text.lang));
    let action = (!text.action.trim().is_empty()).then(|| {
        let document = Document::of(&text.action);
        view! { <Callout tone=Tone::Info title=t.action><Prose document/></Callout> }
    });
    let restricted = (content.access != Access::Public).then(|| {
        let text = fill(t.restricted, &[("who", &content.access.label().to_lowercase())]);
        view! { <p class="notice__restricted"><Glyph icon=Icon::Lock/><span>{text}</span></p> }
    });
    let facts = facts(t, content, &links.substances);
    let event = content.event.as_ref().map(|one| event(t, one, links.event.clone()));
    let files = (!content.files.is_empty()).then(|| files(t, &content.files, &links.files));
    let summary = text.summary.clone();
    view! {
        {restricted}
        <div class="notice__text" lang=lang dir=dir>
            <p class="lead typed">{summary}</p>
            {action}
            <Prose document/>
        </div>
        {event}
        {files}
        {facts}
    }
    .into_any()
}

fn facts(t: &'static Texts, content: &Content, substances: &str) -> AnyView {
    let mut facts = vec![(t.for_whom.to_owned(), audience(t, &content.audience).into_any())];
    if !content.audience.substances.is_empty() {
        let links = content.audience.substances.iter().map(|slug| {
            let (href, name) = (format!("{substances}{slug}"), slug.replace('-', " "));
            view! { <li><a href=href>{name}</a></li> }
        });
        let links = links.collect_view();
        facts.push((t.substances.to_owned(), view! { <ul class="notice__links" role="list">{links}</ul> }.into_any()));
    }
    for (label, day) in [(t.valid_from, content.valid_from), (t.valid_until, content.valid_until)] {
        facts.extend(day.map(|day| (label.to_owned(), long_date(day).into_any())));
    }
    view! { <Facts facts/> }.into_any()
}

fn event(t: &'static Texts, event: &Event, calendar: Option<String>) -> AnyView {
    let mut facts = vec![(t.starts.to_owned(), format!("{} ({})", event.starts.long(), event.zone).into_any())];
    facts.extend(event.ends.map(|ends| (t.ends.to_owned(), ends.long().into_any())));
    if !event.place.is_empty() {
        let place = event.place.clone();
        facts.push((t.place.to_owned(), view! { <bdi class="typed">{place}</bdi> }.into_any()));
    }
    // Only what was let through as an address becomes a link.
    if let Some(to) = domain::markdown::Target::new(&event.link).filter(|to| !to.is_here()) {
        let (href, shown) = (to.as_str().to_owned(), to.as_str().to_owned());
        let link = view! { <a href=href rel="noopener noreferrer nofollow">{shown}</a> };
        facts.push((t.link.to_owned(), link.into_any()));
    }
    let add = calendar.map(|href| view! { <p class="no-print"><a href=href>{t.to_calendar}</a></p> });
    view! { <section class="stack"><h2>{t.event}</h2><Facts facts/>{add}</section> }.into_any()
}

fn files(t: &'static Texts, files: &[FileFact], base: &str) -> AnyView {
    let line = |file: &FileFact| {
        let (href, name) = (format!("{base}{}", file.id), file.name.clone());
        let kind = FileKind::from_code(&file.kind).map_or("", FileKind::label);
        let about = fill(t.file_line, &[("kind", kind), ("size", &format::bytes(file.size))]);
        view! { <li><a href=href download=""><bdi>{name}</bdi></a>" "<span class="muted">{about}</span></li> }
    };
    let lines = files.iter().map(line).collect_view();
    view! { <section class="stack"><h2>{t.files}</h2><ul class="notice__files" role="list">{lines}</ul></section> }
        .into_any()
}
