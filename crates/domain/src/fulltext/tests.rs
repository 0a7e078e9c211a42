use proptest::prelude::*;

use super::*;

fn asked(text: &str) -> (String, String) {
    let question = Question::read(text).unwrap();
    let stretch = [Stretch::of(7, 1)];
    (question.fts5(&stretch, "me"), question.tsquery(&stretch, "me"))
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
        assert_eq!(Words::of(text).0.join(" "), words, "{text}");
    }
    let stretch = Stretch::of(7, 1);
    assert_eq!(Words::of("b a b").plain(stretch, "me"), "0007b 0007a 0007b 0007me");
    assert_eq!(Words::of("b a b").vector(stretch, "me"), "'0007a':2 '0007b':1,3 '0007me':4");
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
        let (mut sqlite, mut postgres) = asked(text);
        for language in [&mut sqlite, &mut postgres] {
            *language = language.replace("0007", "");
        }
        assert_eq!(sqlite, format!("({fts5} AND \"me\")"), "{text}");
        assert_eq!(postgres, format!("({tsquery} & 'me')"), "{text}");
    }
    for text in ["", "  ", "\"\"", "*", "' \" -", "—"] {
        assert_eq!(Question::read(text), None, "{text}");
    }
}

#[test]
fn a_question_is_asked_of_some_stretches() {
    let question = Question::read("\"grey harbour\" ac").unwrap();
    let stretches = Stretch::of(36, 1).back(2);
    assert_eq!(
        question.fts5(&stretches, "me"),
        "(\"0010grey 0010harbour\" AND \"0010ac\" * AND \"0010me\") OR (\"000zgrey 000zharbour\" AND \"000zac\" * AND \"000zme\")"
    );
    assert_eq!(
        question.tsquery(&stretches, "me"),
        "(('0010grey' <-> '0010harbour') & '0010ac':* & '0010me') | (('000zgrey' <-> '000zharbour') & '000zac':* & '000zme')"
    );
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
            let plain: String = question.tsquery(&[Stretch::of(0, 1)], "me").chars().filter(|sign| !"'() &|<->:*".contains(*sign)).collect();
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
