use proptest::prelude::*;

use super::*;

fn asked(text: &str) -> (String, String) {
    let question = Question::read(text).unwrap();
    (question.fts5(), question.tsquery())
}

#[test]
fn texts_of_every_script_become_words() {
    for (text, words) in [
        ("Éther éthylique, 3 drums", "ether ethylique 3 drums"),
        ("Sulphuric ACID", "sulfuric acid"),
        ("Химпром «Север»", "химпром север"),
        ("上海化工 Ltd", "上海 海化 化工 工 ltd"),
        ("P2P化", "p2p 化"),
        ("— … ?", ""),
    ] {
        assert_eq!(Words::of(text).plain(), words, "{text}");
    }
    assert_eq!(Words::of("b a b").vector(), "'a':2 'b':1,3");
    let words = Words::of("Acetone 200 l 上海 p2p acetone toluene");
    assert_eq!(words.vocabulary().into_iter().collect::<Vec<_>>(), ["acetone", "toluene"]);
}

#[test]
fn questions_are_words_phrases_and_a_beginning() {
    for (text, fts5, tsquery) in [
        ("acet", "\"acet\" *", "'acet':*"),
        ("Grey  Harbour", "\"grey\" AND \"harbour\" *", "'grey' & 'harbour':*"),
        ("\"grey harbour\" ltd", "\"grey harbour\" AND \"ltd\" *", "('grey' <-> 'harbour') & 'ltd':*"),
        ("\"acetone\"", "\"acetone\"", "'acetone'"),
        ("上海化工", "\"上海 海化 化工\"", "('上海' <-> '海化' <-> '化工')"),
        ("海", "\"海\" *", "'海':*"),
        ("a OR b NOT c*", "\"a\" AND \"or\" AND \"b\" AND \"not\" AND \"c\" *", "'a' & 'or' & 'b' & 'not' & 'c':*"),
        ("o'neill & \"un", "\"o\" AND \"neill\" AND \"un\" *", "'o' & 'neill' & 'un':*"),
    ] {
        assert_eq!(asked(text), (fts5.to_owned(), tsquery.to_owned()), "{text}");
    }
    for text in ["", "  ", "\"\"", "*", "' \" -", "—"] {
        assert_eq!(Question::read(text), None, "{text}");
    }
}

#[test]
fn an_excerpt_marks_what_was_looked_for() {
    let text = format!("{}They wanted Éther and more. {}", "before ".repeat(30), "after ".repeat(40));
    let pieces = excerpt(&text, &Question::read("ether").unwrap());
    let found: Vec<&str> = pieces.iter().filter(|piece| piece.found).map(|piece| piece.text.as_str()).collect();
    assert_eq!(found, ["Éther"]);
    assert_eq!(pieces.first().unwrap().text, "… ");
    assert_eq!(pieces.last().unwrap().text, " …");
    let whole = excerpt("acetone, 200 l", &Question::read("acet").unwrap());
    assert_eq!(whole.iter().map(|piece| piece.text.as_str()).collect::<String>(), "acetone, 200 l");
    assert!(excerpt("上海化工", &Question::read("化工").unwrap())[0].found);
    assert_eq!(excerpt("", &Question::read("x").unwrap()), []);
}

#[test]
fn a_slip_is_recognised() {
    let words = ["acetone", "toluene", "grey"];
    assert_eq!(nearest("acetoen", words), Some("acetone"));
    assert_eq!(nearest("gery", words), Some("grey"));
    assert_eq!(nearest("acetone", ["acetone"]), None, "it is the word itself");
    assert_eq!(nearest("xylene", words), None);
}

proptest! {
    #[test]
    fn words_are_letters_and_digits_only(text in ".{0,200}") {
        for word in Words::of(&text).0 {
            prop_assert!(!word.is_empty() && word.chars().all(char::is_alphanumeric), "{word:?}");
        }
        if let Some(question) = Question::read(&text) {
            let plain: String = question.tsquery().chars().filter(|sign| !"'() &<->:*".contains(*sign)).collect();
            prop_assert!(plain.chars().all(char::is_alphanumeric), "{plain:?}");
            let _ = excerpt(&text, &question);
        }
    }

    #[test]
    fn what_is_written_is_found(before in ".{0,30}", word in "[a-zà-öø-ÿ]{3,12}", after in ".{0,30}") {
        let text = format!("{before} {word} {after}");
        let question = Question::read(&word.to_uppercase());
        prop_assert!(excerpt(&text, &question.unwrap()).iter().any(|piece| piece.found));
    }
}
