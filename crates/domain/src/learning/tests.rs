use std::{collections::BTreeSet, fs, path::PathBuf};

use super::{
    Learning, cases, check,
    files::{CASES, MODULES, load, read_case, read_glossary, read_module},
    glossary, module, modules,
};

const MODULE: &str = include_str!("../../../../data/learning/what-precursors-are/module.toml");
const SLUG: &str = "what-precursors-are";
const DRAWING: &str = r#"<svg viewBox="0 0 9 9"><path d="M0 0h9" stroke="currentColor"/></svg>"#;

#[test]
fn everything_can_be_read() {
    if let Err(told) = load() {
        panic!("{told}");
    }
    assert!(modules().iter().all(|found| module(&found.slug) == Some(found)));
    assert!(module("nothing-of-the-kind").is_none());
}

fn names(folder: &str) -> BTreeSet<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../data/learning").join(folder);
    let entries = fs::read_dir(path).expect("folder").map(|entry| entry.expect("entry").file_name());
    entries.map(|name| name.into_string().expect("name")).collect()
}

#[test]
fn no_file_is_forgotten() {
    let mut folders: BTreeSet<String> = MODULES.iter().map(|(slug, ..)| (*slug).to_owned()).collect();
    folders.insert("cases".to_owned());
    assert_eq!(names(""), folders);
    assert_eq!(names("cases"), CASES.iter().map(|(slug, _)| format!("{slug}.toml")).collect());
    for (slug, _, pictures) in MODULES {
        let mut files: BTreeSet<String> = pictures.iter().map(|(name, _)| (*name).to_owned()).collect();
        files.insert("module.toml".to_owned());
        assert_eq!(names(slug), files);
    }
}

/// What is told of a module in which something was changed.
fn told(from: &str, to: &str) -> String {
    told_with(from, to, DRAWING)
}

fn told_with(from: &str, to: &str, drawing: &'static str) -> String {
    assert!(MODULE.contains(from), "{from}");
    let text = MODULE.replacen(from, to, 1);
    let pictures = [("one-drum-two-ways.svg", drawing), ("where-goods-leak.svg", DRAWING)];
    match read_module(SLUG, &text, &pictures) {
        Err(why) => why,
        Ok(read) => breaches(Learning { modules: vec![read], cases: Vec::new(), glossary: Vec::new() }),
    }
}

fn breaches(learning: Learning) -> String {
    check::breaches(&learning).join("\n")
}

#[test]
fn a_breach_is_told_with_its_place() {
    assert_eq!(told("version = 1", "version = 1"), "");
    assert_eq!(told("version = 1", "version = 0"), format!("{SLUG}: version is out of range"));
    assert_eq!(told("pass_mark = 75", "pass_mark = 101"), format!("{SLUG}: pass_mark is out of range"));
    assert!(told("slug = \"what", "slug = \"who").contains("has to be the name of the folder"));
    assert!(told("audiences = [\"anyone\"", "audiences = [\"nobody\"").contains("nobody"));
    assert!(told("audiences = [\"anyone\"", "audiences = [\"company\"").contains("each once"));
    assert!(told("right = true", "right = false").contains("question 1: no option is right"));
    assert!(told("right = false", "right = true").contains("question 1: 2 options are right"));
    assert!(told("why = \"That is it:", "why = \"\"\n#").contains("question 1: why of option 2 is empty"));
    assert!(told("alt = \"A drum", "alt = \"\"\n#").contains("page 2: one-drum-two-ways.svg: alt is empty"));
    assert!(
        told("picture = \"one-drum", "picture = \"two-drums")
            .contains("no page shows the picture one-drum-two-ways.svg")
    );
    assert!(told("](/duties)", "](javascript:alert)").contains("page 4: the link to “javascript:alert” was taken out"));
    assert!(told("](/duties)", "](/en/duties)").contains("names a language"));
    assert!(told("](/duties)", "](//example.com)").contains("//example.com"));
    assert!(told("](/duties)", "](https://example.org)").is_empty());
    assert!(told("[Duties by country]", "<b>Duties</b> [by country]").contains("HTML is shown as it is written"));
    assert!(told("[Duties by country]", "`Duties` [by country]").contains("“quotes”"));
    assert!(told("minutes = 15", "hours = 1").contains("hours"));
}

#[test]
fn nothing_dangerous_can_stand_in_a_drawing() {
    let of = |drawing| told_with("version", "version", drawing);
    assert_eq!(of(DRAWING), "");
    let refused = [
        (r#"<svg viewBox="0 0 9 9"><script>currentColor</script></svg>"#, "<script>"),
        (r#"<svg viewBox="0 0 9 9"><path d="M0 0" onclick="currentColor"/></svg>"#, "onclick"),
        (r#"<svg viewBox="0 0 9 9"><path stroke="currentColor" style="top:0"/></svg>"#, "style"),
        (r#"<svg viewBox="0 0 9 9"><path stroke="currentColor" id="a"/></svg>"#, "id"),
        (r#"<svg viewBox="0 0 9 9"><use href="currentColor"/></svg>"#, "<use>"),
        (r#"<svg viewBox="0 0 9 9"><path stroke="red" fill="currentColor"/></svg>"#, "stroke is red"),
        (r#"<svg viewBox="0 0 9 9" width="90"><path stroke="currentColor"/></svg>"#, "width"),
        (r#"<svg><path stroke="currentColor"/></svg>"#, "viewBox"),
        (r#"<svg viewBox="0 0 9 9"><path stroke="none"/></svg>"#, "currentColor"),
        (r#"<p>currentColor</p>"#, "one svg element"),
    ];
    for (drawing, why) in refused {
        assert!(of(drawing).contains(why), "{drawing}: {}", of(drawing));
    }
}

#[test]
fn breaches_of_cases_and_glossary_are_told() {
    let case = include_str!("../../../../data/learning/cases/paint-maker.toml");
    let told = |from: &str, to: &str| {
        let read = read_case("paint-maker", &case.replacen(from, to, 1)).expect("reads");
        breaches(Learning { modules: Vec::new(), cases: vec![read], glossary: Vec::new() })
    };
    assert_eq!(told("", ""), "");
    assert!(told("right = true", "right = false").contains("cases/paint-maker: no option is right"));
    assert!(told("right = false", "right = true").contains("2 options are right"));
    let terms = "[[term]]\nterm = \"B\"\nalso = [\"a\"]\ntext = \"x\"\n[[term]]\nterm = \"A\"\ntext = \"\"";
    let glossary = read_glossary(terms).expect("reads");
    assert_eq!(glossary[0].term, "A", "sorted");
    let told = breaches(Learning { modules: Vec::new(), cases: Vec::new(), glossary });
    assert_eq!(told, "glossary: text of “A” is empty\nglossary: “a” stands there twice");
}

#[test]
fn an_answer_is_right_if_it_is_exactly_the_right_options() {
    let many = &module(SLUG).expect("module").questions[2];
    assert!(many.is_right(&[3, 1, 0]), "in any order");
    assert!(!many.is_right(&[0, 1]), "one is missing");
    assert!(!many.is_right(&[0, 1, 2, 3]), "one is too many");
    assert!(!many.is_right(&[0, 1, 3, 99]), "one does not exist");
    assert!(!many.is_right(&[]), "nothing");
}

#[test]
fn contents_have_the_size_that_was_agreed() {
    let words = |text: &str| text.split_whitespace().count();
    for module in modules() {
        assert!((5..=9).contains(&module.pages.len()), "{}: {} pages", module.slug, module.pages.len());
        assert!((6..=10).contains(&module.questions.len()), "{}: {} questions", module.slug, module.questions.len());
        let pictures = module.pages.iter().filter(|page| page.picture.is_some()).count();
        assert!(pictures >= 2, "{}: {pictures} pictures", module.slug);
        for page in &module.pages {
            assert!(
                (90..=220).contains(&words(&page.body)),
                "{}, {}: {} words",
                module.slug,
                page.title,
                words(&page.body)
            );
        }
    }
    assert!(cases().iter().all(|case| case.minutes == 3));
    assert!((50..=120).contains(&glossary().len()), "{} terms", glossary().len());
}
