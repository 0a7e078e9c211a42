//! Reading what was typed into the editor. Everything that can be read is kept, complete or not.

use domain::{
    answers::{
        Answers,
        when::{LocalTime, Order, parse_date},
    },
    country::Country,
    date::Date,
    indicator::Substances as _,
    language::Language,
    notice::{Access, Audience, Content, Event, Kind, MAX_LANGUAGES, Reader, Severity, Text, Trust},
    organisation::OperatorRole,
};
use store::org::OrgRow;

use crate::{Context, Result, draft::profile::zone_name, input::Form};

/// Longest text of one language, in characters.
const BODY: usize = 12_000;

/// What a form makes of what was there, and the words for the second person.
pub(super) fn read(ctx: &Context, typed: &Answers, before: Content, org: &OrgRow) -> Result<(Content, String)> {
    let order = Order::of_country(&org.country);
    let mut form = Form::new(typed);
    let form = &mut form;
    let kind = Kind::from_code(form.raw("kind")).unwrap_or(before.kind);
    let audience = Audience {
        substances: substances(ctx, form, org),
        roles: codes(form, "roles", OperatorRole::from_code),
        associations: form.all("associations").iter().filter(|one| !one.is_empty()).take(50).cloned().collect(),
        readers: codes(form, "readers", Reader::from_code),
        countries: countries(form),
    };
    let content = Content {
        kind,
        severity: Severity::from_code(form.raw("severity")).unwrap_or(before.severity),
        access: Access::from_code(form.raw("access")).unwrap_or(before.access),
        trust: Trust::from_code(form.raw("trust")).unwrap_or(before.trust),
        audience,
        valid_from: day(form, "valid_from", order),
        valid_until: day(form, "valid_until", order),
        event: event(form, order, org),
        texts: texts(form, &before.texts),
        files: before.files,
        acknowledge: form.raw("acknowledge") == "yes",
    };
    let note = form.optional_lines("note", 2_000);
    let problems = std::mem::replace(form, Form::new(typed)).done();
    problems.map(|()| (content, note))
}

fn codes<T: PartialEq>(form: &Form<'_>, field: &str, read: impl Fn(&str) -> Option<T>) -> Vec<T> {
    let mut found = Vec::new();
    for value in form.all(field).iter().filter_map(|code| read(code)) {
        if !found.contains(&value) {
            found.push(value);
        }
    }
    found
}

/// The entries of a field, one a line or parted by semicolons.
fn entries(form: &mut Form<'_>, field: &str) -> Vec<String> {
    let text = form.optional_lines(field, 4_000);
    text.split(['\n', ';']).map(str::trim).filter(|entry| !entry.is_empty()).take(100).map(str::to_owned).collect()
}

fn substances(ctx: &Context, form: &mut Form<'_>, org: &OrgRow) -> Vec<String> {
    let catalogue = ctx.catalogue();
    let country = Country::parse(&org.country).ok();
    let mut slugs = Vec::new();
    for entry in entries(form, "substances") {
        let known = catalogue.find(&entry).map(|substance| substance.slug.clone());
        let known = known.or_else(|| catalogue.about(&entry, "", country, None).map(|about| about.slug));
        let known = known.or_else(|| catalogue.about("", &entry, country, None).map(|about| about.slug));
        match known {
            Some(slug) if slugs.contains(&slug) => {}
            Some(slug) => slugs.push(slug),
            None if form.has_problem("substances") => {}
            None => form.problem(
                "substances",
                "One of these is not in the catalogue. Write its name or CAS number as there, one a line.",
            ),
        }
    }
    slugs
}

fn countries(form: &mut Form<'_>) -> Vec<Country> {
    let mut found = Vec::new();
    for entry in entries(form, "countries") {
        match Country::find(&entry) {
            Ok(country) if found.contains(&country) => {}
            Ok(country) => found.push(country),
            Err(_) if form.has_problem("countries") => {}
            Err(_) => {
                form.problem("countries", "One of these is no country that we know. Write one a line, such as Germany.")
            }
        }
    }
    found
}

fn day(form: &mut Form<'_>, field: &str, order: Order) -> Option<Date> {
    let text = form.optional(field, 60);
    if text.is_empty() {
        return None;
    }
    parse_date(&text, order).map_err(|_| form.problem(field, "Write the day like 23 November 2026 or 2026-11-23.")).ok()
}

fn time(form: &mut Form<'_>, field: &str, order: Order) -> Option<LocalTime> {
    let text = form.optional(field, 60);
    if text.is_empty() {
        return None;
    }
    let read = LocalTime::parse(&text, order);
    read.map_err(|_| form.problem(field, "Write day and time like 23 November 2026, 14:30.")).ok()
}

/// An event, as soon as anything is said of one.
fn event(form: &mut Form<'_>, order: Order, org: &OrgRow) -> Option<Event> {
    let (starts, ends) = (time(form, "event_starts", order), time(form, "event_ends", order));
    let (place, link) = (form.optional("event_place", 300), form.optional("event_link", 500));
    if starts.is_none()
        && (ends.is_some() || !place.is_empty() || !link.is_empty())
        && !form.has_problem("event_starts")
    {
        form.problem("event_starts", "Say when it begins, like 23 November 2026, 14:30.");
    }
    Some(Event { starts: starts?, ends, zone: zone_name(org).to_owned(), place, link })
}

fn texts(form: &mut Form<'_>, before: &[Text]) -> Vec<Text> {
    let dropped = form.raw("drop_lang").to_owned();
    let mut texts: Vec<Text> = before.iter().map(|text| text_of(form, text)).collect();
    if texts.len() > 1 {
        texts.retain(|text| text.lang != dropped);
    }
    let added = form.raw("add_lang").to_owned();
    let is_new = texts.iter().all(|text| text.lang != added);
    if Language::find(&added).is_some() && is_new && texts.len() < MAX_LANGUAGES {
        texts.push(Text { lang: added, ..Text::default() });
    }
    texts
}

fn text_of(form: &mut Form<'_>, before: &Text) -> Text {
    let field = |name: &str| format!("{name}.{}", before.lang);
    Text {
        lang: before.lang.clone(),
        title: form.optional(&field("title"), 300),
        summary: form.optional_lines(&field("summary"), 1_000),
        body: form.optional_lines(&field("body"), BODY),
        action: form.optional_lines(&field("action"), 4_000),
    }
}
