//! Plain language, measured. The rules are told in `docs/learning.md`; whoever breaks one is shown the sentence.

use std::collections::BTreeSet;

use super::{Case, Choice, Module, Term, cases, glossary, modules};

/// The most words of a sentence.
const LONGEST: usize = 32;
/// The most words of a sentence on average, over a module, a case or the glossary.
const AVERAGE: f64 = 16.0;

/// Words of offices, each with what one says instead.
const OFFICIAL: &[(&str, &str)] = &[
    ("aforementioned", "this"),
    ("and/or", "or"),
    ("ascertain", "find out"),
    ("at the present time", "now"),
    ("by means of", "with"),
    ("commence", "begin"),
    ("due to the fact that", "because"),
    ("e.g.", "for example"),
    ("endeavour", "try"),
    ("etc.", "name what you mean"),
    ("expedite", "hurry"),
    ("facilitate", "help"),
    ("for the purpose of", "for"),
    ("forthwith", "at once"),
    ("furnish", "give"),
    ("going forward", "from now on"),
    ("hereby", "leave it out"),
    ("herein", "here"),
    ("hereinafter", "from here on"),
    ("i.e.", "that is"),
    ("in lieu of", "instead of"),
    ("in respect of", "for"),
    ("in the event of", "if"),
    ("inter alia", "among others"),
    ("leverage", "use"),
    ("notwithstanding", "although"),
    ("parameters", "limits"),
    ("prior to", "before"),
    ("pursuant to", "under"),
    ("remuneration", "pay"),
    ("robust", "strong"),
    ("seamless", "leave it out"),
    ("shall be deemed", "counts as"),
    ("stakeholder", "say who"),
    ("subsequent to", "after"),
    ("subsequently", "then"),
    ("terminate", "end"),
    ("thereof", "of it"),
    ("utilise", "use"),
    ("utilize", "use"),
    ("whilst", "while"),
    ("with a view to", "to"),
    ("with regard to", "about"),
];

/// Stretches of a text that stand for themselves: paragraphs, headings, points of a list; without marks.
fn stretches(text: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    for line in text.lines().map(str::trim) {
        let said = without_mark(line);
        if line.is_empty() || said.len() < line.len() {
            all.push(String::new());
        }
        let last = all.last_mut().expect("there is always one");
        last.push(' ');
        last.push_str(said);
    }
    all.iter()
        .map(|stretch| without_links(stretch.replace("**", "").trim()))
        .filter(|stretch| !stretch.is_empty())
        .collect()
}

/// A line without what makes it a heading or a point of a list.
fn without_mark(line: &str) -> &str {
    let numbered = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let rest = match numbered.strip_prefix(". ") {
        Some(rest) if numbered.len() < line.len() => rest,
        _ => line.strip_prefix("- ").unwrap_or(line),
    };
    rest.trim_start_matches('#').trim_start()
}

/// A text with the words of its links only.
fn without_links(text: &str) -> String {
    let mut parts = text.split("](");
    let first = parts.next().unwrap_or_default().to_owned();
    let whole = parts.fold(first, |whole, part| whole + part.split_once(')').map_or(part, |(_, rest)| rest));
    whole.replace('[', "")
}

/// The sentences of a stretch.
fn sentences(stretch: &str) -> Vec<String> {
    let mut all = vec![Vec::new()];
    for word in stretch.split_whitespace() {
        let last = all.last_mut().expect("there is always one");
        last.push(word);
        if word.trim_end_matches(['”', ')', '"']).ends_with(['.', '!', '?']) {
            all.push(Vec::new());
        }
    }
    all.iter().filter(|words| !words.is_empty()).map(|words| words.join(" ")).collect()
}

fn words(sentence: &str) -> usize {
    sentence.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

/// Capital letters that stand for words. Numbers and Roman numerals do not.
fn abbreviations(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|letter: char| !letter.is_alphanumeric() && letter != '-');
    parts.filter(|part| {
        part.len() > 1
            && part.chars().all(|letter| letter.is_ascii_uppercase())
            && !part.chars().all(|letter| matches!(letter, 'I' | 'V' | 'X'))
    })
}

/// Whether an abbreviation is explained where it is used for the first time: "the Board (INCB)", "INCB (the Board)" or "INCB stands for".
fn is_explained(abbreviation: &str, stretches: &[String]) -> bool {
    let first = stretches
        .iter()
        .flat_map(|stretch| sentences(stretch))
        .find(|sentence| abbreviations(sentence).any(|found| found == abbreviation));
    first.is_some_and(|sentence| {
        [format!("({abbreviation})"), format!("{abbreviation} ("), format!("{abbreviation} stands for")]
            .iter()
            .any(|way| sentence.contains(way.as_str()))
    })
}

/// What is not plain in a text; `known` are abbreviations that need no explanation.
fn faults(texts: &[String], known: &BTreeSet<String>) -> Vec<String> {
    let stretches: Vec<String> = texts.iter().flat_map(|text| stretches(text)).collect();
    let sentences: Vec<String> = stretches.iter().flat_map(|stretch| sentences(stretch)).collect();
    let mut told = Vec::new();
    let counts: Vec<usize> = sentences.iter().map(|sentence| words(sentence)).collect();
    for (sentence, count) in sentences.iter().zip(&counts).filter(|(_, count)| **count > LONGEST) {
        told.push(format!("{count} words: {sentence}"));
    }
    #[expect(clippy::cast_precision_loss, reason = "a few thousand words")]
    let average = counts.iter().sum::<usize>() as f64 / counts.len().max(1) as f64;
    if average > AVERAGE {
        told.push(format!("{average:.1} words a sentence on average"));
    }
    for sentence in &sentences {
        let padded =
            format!(" {} ", sentence.to_lowercase().replace(['“', '”', ',', ':', ';', '?', '!', '(', ')'], " "));
        for (word, instead) in OFFICIAL {
            if padded.contains(&format!(" {word}")) {
                told.push(format!("“{word}” (say: {instead}): {sentence}"));
            }
        }
    }
    let used: BTreeSet<&str> = stretches.iter().flat_map(|stretch| abbreviations(stretch)).collect();
    for abbreviation in used {
        if !known.contains(abbreviation) && !is_explained(abbreviation, &stretches) {
            told.push(format!("{abbreviation} is neither in the glossary nor explained where it is used first"));
        }
    }
    told
}

fn of_choice(choice: &Choice) -> [String; 2] {
    [choice.text.clone(), choice.why.clone()]
}

fn of_module(module: &Module) -> Vec<String> {
    let pages = module.pages.iter().flat_map(|page| {
        let alt = page.picture.as_ref().map(|picture| picture.alt.clone()).unwrap_or_default();
        [page.title.clone(), page.body.clone(), alt]
    });
    let asked = module
        .questions
        .iter()
        .flat_map(|question| std::iter::once(question.text.clone()).chain(question.options.iter().flat_map(of_choice)));
    [module.title.clone(), module.summary.clone()].into_iter().chain(pages).chain(asked).collect()
}

fn of_case(case: &Case) -> Vec<String> {
    let facts = case.facts.iter().map(|fact| fact.value.clone());
    let choices = case.choices.iter().flat_map(of_choice);
    [case.title.clone(), case.summary.clone()]
        .into_iter()
        .chain(facts)
        .chain(choices)
        .chain([case.lesson.clone()])
        .collect()
}

fn of_term(term: &Term) -> Vec<String> {
    vec![term.text.clone()]
}

/// Abbreviations that the glossary explains.
fn known() -> BTreeSet<String> {
    let names = glossary().iter().flat_map(|term| std::iter::once(&term.term).chain(&term.also));
    names.flat_map(|name| abbreviations(name).map(str::to_owned)).collect()
}

#[test]
fn everything_is_in_plain_language() {
    let known = known();
    let modules = modules().iter().map(|module| (module.slug.clone(), of_module(module)));
    let cases = cases().iter().map(|case| (format!("cases/{}", case.slug), of_case(case)));
    let terms = std::iter::once(("glossary".to_owned(), glossary().iter().flat_map(of_term).collect::<Vec<_>>()));
    let told: Vec<String> = modules
        .chain(cases)
        .chain(terms)
        .flat_map(|(place, texts)| faults(&texts, &known).into_iter().map(move |fault| format!("{place}: {fault}")))
        .collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

fn of(text: &str) -> Vec<String> {
    faults(&[text.to_owned()], &BTreeSet::from(["INCB".to_owned()]))
}

fn row(count: usize) -> String {
    "word ".repeat(count).trim_end().to_owned()
}

#[test]
fn long_sentences_are_found() {
    let sentence = |count| format!("{}.", row(count));
    assert_eq!(of(&sentence(16)), Vec::<String>::new());
    assert_eq!(of(&sentence(17)), ["17.0 words a sentence on average"]);
    let short = "Short. ".repeat(9);
    assert_eq!(of(&(short.clone() + &sentence(LONGEST))), Vec::<String>::new());
    assert_eq!(of(&(short + &sentence(LONGEST + 1))).len(), 1);
    let list = format!("- {}\n- {}\n", row(16), row(16));
    assert_eq!(of(&list), Vec::<String>::new(), "points of a list are sentences of their own");
    let wrapped = format!("{}\n{}", row(10), row(10));
    assert_eq!(of(&wrapped), ["20.0 words a sentence on average"], "a line that was wrapped goes on");
}

#[test]
fn words_of_offices_are_found() {
    assert_eq!(of("Call prior to delivery."), ["“prior to” (say: before): Call prior to delivery."]);
    assert_eq!(of("Utilised (whilst open).").len(), 2);
    assert_eq!(
        of("A priority, a determined buyer, a wholesome meal."),
        Vec::<String>::new(),
        "parts of other words are none"
    );
}

#[test]
fn unexplained_abbreviations_are_found() {
    assert_eq!(of("The INCB and Table II."), Vec::<String>::new());
    assert_eq!(of("Ask the PQR."), ["PQR is neither in the glossary nor explained where it is used first"]);
    assert_eq!(of("The Paper Query Register (PQR) is open. Ask the PQR."), Vec::<String>::new());
    assert_eq!(of("Ask the PQR. PQR stands for Paper Query Register.").len(), 1, "explained too late");
    assert_eq!(of("Report FR-7K3M-9QTD-X."), Vec::<String>::new(), "a reference is no abbreviation");
}

#[test]
fn marks_are_no_words() {
    assert_eq!(
        stretches("### Head\n\nSee [the list](/list) **now**.\n1. one\n2. two"),
        ["Head", "See the list now.", "one", "two"]
    );
    assert_eq!(sentences("“Yes.” He went (slowly). Then?"), ["“Yes.”", "He went (slowly).", "Then?"]);
}
