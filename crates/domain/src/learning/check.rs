//! The rules that the files of learning must keep.

use std::collections::BTreeSet;

use super::{Case, Choice, Learning, Module, Page, Picture, Question, QuestionKind, Term};
use crate::{lang::Lang, markdown::Document};

/// Every breach, with where it is.
pub(super) fn breaches(learning: &Learning) -> Vec<String> {
    let mut told = Vec::new();
    for module in &learning.modules {
        of_module(module, &mut |what| told.push(format!("{}: {what}", module.slug)));
    }
    for case in &learning.cases {
        of_case(case, &mut |what| told.push(format!("cases/{}: {what}", case.slug)));
    }
    of_glossary(&learning.glossary, &mut |what| told.push(format!("glossary: {what}")));
    for slug in twice(learning.modules.iter().map(|module| module.slug.as_str())) {
        told.push(format!("two modules are called {slug}"));
    }
    for slug in twice(learning.cases.iter().map(|case| case.slug.as_str())) {
        told.push(format!("two cases are called {slug}"));
    }
    told
}

fn of_module(module: &Module, tell: &mut dyn FnMut(String)) {
    slug(&module.slug, tell);
    given("title", &module.title, tell);
    given("summary", &module.summary, tell);
    let numbers = [
        ("version", module.version > 0),
        ("minutes", module.minutes > 0),
        ("pass_mark", (1..=100).contains(&module.pass_mark)),
        ("valid_months", module.valid_months > 0),
    ];
    for (what, _) in numbers.iter().filter(|(_, fits)| !fits) {
        tell(format!("{what} is out of range"));
    }
    if module.audiences.is_empty() || !twice(module.audiences.iter().map(|audience| audience.code())).is_empty() {
        tell("name at least one audience, each once".to_owned());
    }
    if module.pages.is_empty() || module.questions.is_empty() {
        tell("a module has pages and questions".to_owned());
    }
    for title in twice(module.pages.iter().map(|page| page.title.as_str())) {
        tell(format!("two pages are called “{title}”"));
    }
    for (place, page) in module.pages.iter().enumerate() {
        of_page(page, &mut |what| tell(format!("page {}: {what}", place + 1)));
    }
    for (place, question) in module.questions.iter().enumerate() {
        of_question(question, &mut |what| tell(format!("question {}: {what}", place + 1)));
    }
}

fn of_page(page: &Page, tell: &mut dyn FnMut(String)) {
    given("title", &page.title, tell);
    given("body", &page.body, tell);
    marks(&page.body, tell);
    if let Some(picture) = &page.picture {
        of_picture(picture, &mut |what| tell(format!("{}: {what}", picture.file)));
    }
}

/// What a drawing is made of.
const ELEMENTS: &[&str] = &["svg", "g", "path", "line", "rect", "circle", "ellipse", "polyline", "text"];
/// What may be said about it. No size of the whole, no identifier, class, style, reference or handler.
const ATTRIBUTES: &[&str] = &[
    "xmlns",
    "viewBox",
    "fill",
    "stroke",
    "stroke-width",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-dasharray",
    "d",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "width",
    "height",
    "points",
    "transform",
    "text-anchor",
    "font-size",
    "font-weight",
    "opacity",
];

/// A drawing is put into pages as it is: nothing in it may run, load, reach out or clash with another drawing.
fn of_picture(picture: &Picture, tell: &mut dyn FnMut(String)) {
    given("alt", &picture.alt, tell);
    let svg = picture.svg;
    if !svg.starts_with("<svg ") || !svg.ends_with("</svg>") || svg.matches("<svg").count() != 1 {
        tell("has to be one svg element and nothing else".to_owned());
    }
    if !svg.contains("currentColor") {
        tell("is drawn in currentColor, so that it can be seen on dark paper too".to_owned());
    }
    for tag in svg.split('<').skip(1).filter(|tag| !tag.starts_with('/')) {
        let tag = tag.split('>').next().unwrap_or(tag).trim_end_matches('/');
        let (element, rest) = tag.split_once(' ').unwrap_or((tag, ""));
        if !ELEMENTS.contains(&element) {
            tell(format!("<{element}> is none of {}", ELEMENTS.join(", ")));
        }
        let parts: Vec<&str> = rest.split('"').collect();
        let said: Vec<(&str, &str)> =
            parts.chunks_exact(2).map(|pair| (pair[0].trim().trim_end_matches('='), pair[1])).collect();
        if element == "svg" && !said.iter().any(|(name, _)| *name == "viewBox") {
            tell("needs a viewBox".to_owned());
        }
        for (name, value) in said {
            of_attribute(element, name, value, tell);
        }
    }
}

fn of_attribute(element: &str, name: &str, value: &str, tell: &mut dyn FnMut(String)) {
    if !ATTRIBUTES.contains(&name) || (element == "svg" && matches!(name, "width" | "height")) {
        tell(format!("<{element}> has {name}"));
    }
    if matches!(name, "fill" | "stroke") && !matches!(value, "none" | "currentColor") {
        tell(format!("{name} is {value}, and has to be none or currentColor"));
    }
}

fn of_question(question: &Question, tell: &mut dyn FnMut(String)) {
    given("text", &question.text, tell);
    choices(&question.options, question.kind == QuestionKind::One, tell);
}

fn of_case(case: &Case, tell: &mut dyn FnMut(String)) {
    slug(&case.slug, tell);
    given("title", &case.title, tell);
    given("summary", &case.summary, tell);
    given("lesson", &case.lesson, tell);
    marks(&case.lesson, tell);
    if case.minutes == 0 {
        tell("minutes is out of range".to_owned());
    }
    if case.facts.len() < 3
        || case.facts.iter().any(|fact| fact.label.trim().is_empty() || fact.value.trim().is_empty())
    {
        tell("needs three facts or more, each with label and value".to_owned());
    }
    choices(&case.choices, true, tell);
}

fn choices(choices: &[Choice], one: bool, tell: &mut dyn FnMut(String)) {
    let right = choices.iter().filter(|choice| choice.right).count();
    if choices.len() < 2 {
        tell("needs two options or more".to_owned());
    }
    if right == 0 {
        tell("no option is right".to_owned());
    }
    if one && right > 1 {
        tell(format!("{right} options are right, and only one can be chosen"));
    }
    for text in twice(choices.iter().map(|choice| choice.text.as_str())) {
        tell(format!("two options say “{text}”"));
    }
    for (place, choice) in choices.iter().enumerate() {
        given(&format!("text of option {}", place + 1), &choice.text, tell);
        given(&format!("why of option {}", place + 1), &choice.why, tell);
    }
}

fn of_glossary(terms: &[Term], tell: &mut dyn FnMut(String)) {
    for term in terms {
        given("term", &term.term, tell);
        given(&format!("text of “{}”", term.term), &term.text, tell);
    }
    let names =
        terms.iter().flat_map(|term| std::iter::once(&term.term).chain(&term.also)).map(|name| name.to_lowercase());
    let names: Vec<String> = names.collect();
    for name in twice(names.iter().map(String::as_str)) {
        tell(format!("“{name}” stands there twice"));
    }
}

/// A text with marks reaches the reader as it was written, and its links lead on in the reader's language.
fn marks(text: &str, tell: &mut dyn FnMut(String)) {
    match Document::parse(text) {
        Err(why) => tell(why.to_string()),
        Ok(document) => document.left_out.iter().for_each(|left| tell(left.to_string())),
    }
    let targets = text.split("](").skip(1).map(|rest| rest.split(')').next().unwrap_or(rest));
    for target in targets.filter(|target| Lang::ALL.iter().any(|lang| is_below(target, lang.tag()))) {
        tell(format!("the link to “{target}” names a language: leave it out, the server adds that of the reader"));
    }
    if text.contains('`') {
        tell("code is shown as the letters it is: put “quotes” around it".to_owned());
    }
}

/// Whether a path begins with this part.
fn is_below(path: &str, part: &str) -> bool {
    path.strip_prefix('/')
        .and_then(|path| path.strip_prefix(part))
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn slug(slug: &str, tell: &mut dyn FnMut(String)) {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if slug.is_empty() || !slug.bytes().all(fits) {
        tell("a slug has small letters, digits and hyphens only".to_owned());
    }
}

fn given(what: &str, text: &str, tell: &mut dyn FnMut(String)) {
    if text.trim().is_empty() {
        tell(format!("{what} is empty"));
    }
}

/// What stands there more than once, each told once.
fn twice<'a>(all: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    all.filter(|one| !seen.insert(*one)).collect()
}
