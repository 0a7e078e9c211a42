//! Names and postal addresses as sets of words: without accents, company forms and the order in which they stand.

use crate::fold;

/// What a firm's form is called, folded and with single letters run together.
const FORMS: &str = "ab ag aktiebolag as asa bhd bt bv bvba cia cie co company corp corporation cv cvba doo dd eg ehf \
    eirl eood ev fzc fzco fze gbr gesmbh ggmbh gk gmbh hf inc incorporated kft kg kgaa kk limited \
    limitada llc llp lp ltd ltda mbh nv nyrt od ohg ood oy oyj plc private pte pty pvt sa sarl sas sasu \
    sca scs sdn sia sl slu snc spa spk sprl spzoo srl sro ug uab vof sp z oo zoo zrt ао зао оао ооо пао \
    тоо";

/// Words that join the parts of a name and are left out as often as not.
const JOINTS: &str = "a and et e the und y en";

/// Words that stand where a name is not known.
const NO_NAME: &str = "anonym anonymous buyer caller client customer desconocido driver inconnu known man na no nobody none \
    not onbekend person private somebody someone stranger unbekannt unknown woman xxx";

/// Words around a name.
const AROUND: &str = "called gave herself himself mr mrs ms name themselves";

/// Forms that are written at the end without a blank.
const ENDINGS: &[&str] = &["股份有限公司", "有限责任公司", "有限公司", "株式会社", "合同会社"];

/// Words of addresses that are shortened in many ways, with the one that stands for them.
const SHORT: &[(&str, &str)] = &[
    ("street", "st"),
    ("road", "rd"),
    ("avenue", "av"),
    ("ave", "av"),
    ("boulevard", "bd"),
    ("blvd", "bd"),
    ("boul", "bd"),
    ("drive", "dr"),
    ("lane", "ln"),
    ("square", "sq"),
    ("court", "ct"),
    ("strasse", "str"),
    ("straat", "str"),
    ("calle", "c"),
    ("platz", "pl"),
    ("place", "pl"),
    ("plaza", "pl"),
    ("building", "bldg"),
    ("suite", "ste"),
    ("floor", "fl"),
    ("number", "no"),
    ("nummer", "no"),
    ("nr", "no"),
    ("postbus", "pobox"),
    ("postfach", "pobox"),
];

/// Ends of words that are shortened too.
const SHORT_ENDS: &[&str] = &["strasse", "straat", "str"];

/// The key of a name; none if there is none in the text.
pub(super) fn name(text: &str) -> Option<String> {
    let mut text = text.trim().to_owned();
    for ending in ENDINGS {
        text = text.replace(ending, " ");
    }
    let words = tokens(&text);
    let said: Vec<&String> = words.iter().filter(|word| !among(AROUND, word)).collect();
    if said.iter().all(|word| among(NO_NAME, word)) {
        return None;
    }
    let bare: Vec<&String> = said.iter().copied().filter(|word| !among(FORMS, word) && !among(JOINTS, word)).collect();
    let said = if bare.is_empty() { said } else { bare };
    let letters: usize = said.iter().map(|word| letters(word)).sum();
    (letters >= 3).then(|| sorted(said.into_iter().cloned().collect()))
}

/// The key of an address: it has a number and a word; a town alone is no address.
pub(super) fn address(text: &str) -> Option<String> {
    let words: Vec<String> = tokens(text).into_iter().map(shortened).collect();
    let numbered = words.iter().any(|word| word.contains(|letter: char| letter.is_numeric()));
    let named = words.iter().filter(|word| word.chars().filter(|letter| letter.is_alphabetic()).count() >= 2).count();
    let written = words.iter().map(|word| letters(word)).sum::<usize>();
    (numbered && named >= 1 && written >= 6).then(|| sorted(words))
}

/// Folded words. Single letters that stand in a row are one word, so that `B.V.` is `BV`.
fn tokens(text: &str) -> Vec<String> {
    let folded = fold::words(text).replace('ß', "ss").replace('æ', "ae").replace('ø', "o").replace('ł', "l");
    let mut tokens: Vec<String> = Vec::new();
    let mut run = false;
    for word in folded.split(' ').filter(|word| !word.is_empty()) {
        let single = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
        match tokens.last_mut() {
            Some(last) if single && run => last.push_str(word),
            _ => tokens.push(word.to_owned()),
        }
        run = single;
    }
    tokens
}

fn shortened(word: String) -> String {
    if let Some((_, short)) = SHORT.iter().find(|(long, _)| *long == word) {
        return (*short).to_owned();
    }
    let stem = SHORT_ENDS.iter().find_map(|end| word.strip_suffix(end)).filter(|stem| stem.len() > 2);
    stem.map_or_else(|| word.clone(), |stem| format!("{stem}str"))
}

fn among(list: &str, word: &str) -> bool {
    list.split(' ').any(|entry| entry == word)
}

/// How much a word says: a Chinese or Japanese sign says as much as two letters.
fn letters(word: &str) -> usize {
    word.chars().map(|letter| if u32::from(letter) >= 0x2E80 { 2 } else { 1 }).sum()
}

fn sorted(mut words: Vec<String>) -> String {
    words.sort();
    words.dedup();
    words.join(" ")
}
