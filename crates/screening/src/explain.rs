//! Why somebody is a hit, in words that a clerk understands, and as a table of what each part added or took away.

use crate::{
    compare::{Comparison, How, Left, Link},
    evidence::Support,
};

/// What a part of the comparison did to the score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Effect {
    /// It added so much of 1.
    Adds(f32),
    /// It took so much of 1.
    Takes(f32),
    /// It speaks for it: doubt becomes smaller.
    Supports,
    /// It speaks against it: the score becomes smaller.
    Contradicts,
    /// It decides alone.
    Decides,
    /// It changes nothing and should be known.
    Notes,
}

/// A line of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// In the name that was asked for; empty where it has none.
    pub asked: String,
    /// On the list; empty where it has none.
    pub listed: String,
    /// What was found, in words.
    pub what: String,
    /// What it did.
    pub effect: Effect,
}

/// Some sentences that say why.
#[must_use]
pub fn sentences(comparison: &Comparison, support: &[Support]) -> String {
    let mut all = vec![names(comparison)];
    all.extend(comparison.notices.iter().map(|notice| notice.text().to_owned()));
    all.extend(support.iter().map(said));
    if !against(comparison, support) {
        all.push("Nothing speaks against it.".into());
    }
    all.retain(|sentence| !sentence.is_empty());
    all.join(" ")
}

/// What each part added or took away: words that belong together, words left over, then everything else that is known.
#[must_use]
pub fn table(comparison: &Comparison, support: &[Support]) -> Vec<Line> {
    let links = comparison.links.iter().map(|link| Line {
        asked: link.one.clone(),
        listed: link.other.clone(),
        what: link.how.text().into(),
        effect: Effect::Adds(link.adds),
    });
    let left = comparison.left.iter().map(|left| Line {
        asked: left.word.clone(),
        listed: String::new(),
        what: "not on the list".into(),
        effect: Effect::Takes(left.takes),
    });
    let right = comparison.right.iter().map(|left| Line {
        asked: String::new(),
        listed: left.word.clone(),
        what: "not in the name asked for".into(),
        effect: Effect::Takes(left.takes),
    });
    let alone = |what: String, effect| Line { asked: String::new(), listed: String::new(), what, effect };
    let notices = comparison.notices.iter().map(|notice| alone(notice.text().into(), Effect::Notes));
    let support = support.iter().map(|one| alone(said(one), effect(one)));
    links.chain(left).chain(right).chain(notices).chain(support).collect()
}

const fn effect(support: &Support) -> Effect {
    match support {
        Support::SameNumber { .. } => Effect::Decides,
        Support::SameBirthday
        | Support::SwappedBirthday
        | Support::SameBirthYear
        | Support::SameCountry { .. }
        | Support::SameAddress { .. }
        | Support::SameTown { .. } => Effect::Supports,
        Support::NearBirthYear | Support::OtherBirthYear | Support::OtherCountry => Effect::Contradicts,
    }
}

/// Whether anything speaks against it.
fn against(comparison: &Comparison, support: &[Support]) -> bool {
    let left = comparison.left.iter().chain(&comparison.right).any(|left| left.takes > 0.0);
    let differs = comparison.links.is_empty();
    left || differs || support.iter().any(|support| effect(support) == Effect::Contradicts)
}

fn names(comparison: &Comparison) -> String {
    if comparison.links.is_empty() {
        return "The names are different.".into();
    }
    let told: Vec<String> = comparison.links.iter().filter_map(link).collect();
    let whole = comparison.left.is_empty() && comparison.right.is_empty();
    let mut text = match (told.is_empty(), whole, comparison.links.len()) {
        (true, true, _) => "The names are the same".to_owned(),
        (false, true, 1) => "The names belong together".to_owned(),
        (false, true, 2) => "Both parts of the name belong together".to_owned(),
        (false, true, _) => "All parts of the name belong together".to_owned(),
        (_, false, _) => {
            let words: Vec<String> = comparison.links.iter().map(|link| quoted(&link.one)).collect();
            format!("{} {} on both sides", listed(&words), if words.len() == 1 { "stands" } else { "stand" })
        }
    };
    if !told.is_empty() {
        text.push_str(": ");
        text.push_str(&told.join(", "));
    }
    text.push('.');
    for (left, side) in [(&comparison.left, "not on the list"), (&comparison.right, "only on the list")] {
        if let Some(sentence) = over(left, side) {
            text.push(' ');
            text.push_str(&sentence);
        }
    }
    text
}

/// What is left over on one side: “‘hassan’ is only on the list.”
fn over(left: &[Left], side: &str) -> Option<String> {
    let words: Vec<String> = left.iter().map(|left| quoted(&left.word)).collect();
    let verb = if words.len() == 1 { "is" } else { "are" };
    (!words.is_empty()).then(|| format!("{} {verb} {side}.", listed(&words)))
}

/// What makes two words one, where they are not written alike.
fn link(link: &Link) -> Option<String> {
    let (one, other) = (quoted(&link.one), quoted(&link.other));
    Some(match link.how {
        How::Same => return None,
        How::Spelling => format!("{one} is another spelling of {other}"),
        How::Pet => format!("{one} and {other} are long and short forms of one name"),
        How::Language => format!("{one} is {other} in another language"),
        How::Number => format!("{one} is the same number as {other}"),
        How::Sound => format!("{one} sounds like {other}"),
        How::Typing => format!("{one} differs from {other} by a letter or two"),
        How::Initial => format!("{one} and {other}: one may be the initial of the other"),
        How::Cut => format!("{one} and {other}: one is the beginning of the other"),
        How::Vowels => format!("{one} is {other} with vowels left out"),
        How::Joined => format!("{one} and {other} are written in one word or in several"),
        How::Acronym => format!("{one} and {other}: one is made of the first letters of the other"),
    })
}

fn said(support: &Support) -> String {
    match support {
        Support::SameNumber { value } => format!("The number {value} is the same, which decides alone."),
        Support::SameBirthday => "Born on the same day.".into(),
        Support::SwappedBirthday => "Born on the same day, if day and month were exchanged.".into(),
        Support::SameBirthYear => "Born in the same year, or in the years the list gives.".into(),
        Support::NearBirthYear => "The years of birth are one or two apart.".into(),
        Support::OtherBirthYear => "The years of birth are further apart, which speaks against it.".into(),
        Support::SameCountry { country } => format!("Both have to do with {}.", country.name()),
        Support::SameAddress { shared } => format!("The address is the same: {} stand in both.", each(shared)),
        Support::SameTown { town } => format!("Both have an address in {}.", quoted(town)),
        Support::OtherCountry => "They have no country in common, which speaks a little against it.".into(),
    }
}

fn each(words: &str) -> String {
    listed(&words.split(' ').map(quoted).collect::<Vec<_>>())
}

fn quoted(word: &str) -> String {
    format!("\u{2018}{word}\u{2019}")
}

/// “‘a’”, “‘a’ and ‘b’”, “‘a’, ‘b’ and ‘c’”.
fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use domain::country::Country;

    use super::*;
    use crate::{compare, entry::Kind};

    fn said(one: &str, other: &str, kind: Kind, support: &[Support]) -> String {
        sentences(&compare::names(one, other, kind), support)
    }

    #[test]
    fn a_clerk_understands_why() {
        let same = said("Anna Muster", "Muster, Anna", Kind::Person, &[]);
        assert_eq!(same, "The names are the same. Nothing speaks against it.");
        let link = |one: &str, other: &str, how| Link {
            one: one.into(),
            other: other.into(),
            how,
            likeness: 0.98,
            adds: 0.49,
        };
        let links = vec![link("mohammed", "muhammad", How::Spelling), link("aly", "ali", How::Sound)];
        let spelt = sentences(&Comparison { links, ..Comparison::default() }, &[Support::SameBirthYear]);
        assert_eq!(
            spelt,
            "Both parts of the name belong together: ‘mohammed’ is another spelling of ‘muhammad’, ‘aly’ sounds like ‘ali’. \
             Born in the same year, or in the years the list gives. Nothing speaks against it."
        );
    }

    #[test]
    fn what_is_left_over_and_what_contradicts_is_said() {
        let more = said("Anna Muster", "Anna Beatrix Muster", Kind::Person, &[Support::OtherBirthYear]);
        assert!(more.contains("‘anna’ and ‘muster’ stand on both sides."), "{more}");
        assert!(more.contains("‘beatrix’ is only on the list."), "{more}");
        assert!(more.contains("which speaks against it") && !more.contains("Nothing speaks"), "{more}");
        let address = Support::SameAddress { shared: "kade 12 hoorn".into() };
        let at = said("Anna Muster", "Anna Muster", Kind::Person, &[address]);
        assert!(at.contains("The address is the same: ‘kade’, ‘12’ and ‘hoorn’ stand in both."), "{at}");
        let nothing = sentences(&Comparison::default(), &[Support::SameNumber { value: "A1234567".into() }]);
        assert_eq!(nothing, "The names are different. The number A1234567 is the same, which decides alone.");
    }

    #[test]
    fn the_table_has_a_line_for_everything() {
        let compared = compare::names("Anna Muster Extra", "Anna Muster", Kind::Person);
        let country = Country::parse("NL").expect("a country");
        let lines = table(&compared, &[Support::SameCountry { country }, Support::OtherBirthYear]);
        let adds: f32 =
            lines.iter().filter_map(|line| if let Effect::Adds(much) = line.effect { Some(much) } else { None }).sum();
        assert!((adds - compared.score).abs() < 0.01, "{lines:?}");
        assert!(lines.iter().any(|line| line.asked == "extra" && matches!(line.effect, Effect::Takes(_))), "{lines:?}");
        let last: Vec<Effect> = lines.iter().rev().take(2).map(|line| line.effect).collect();
        assert_eq!(last, [Effect::Contradicts, Effect::Supports]);
    }

    #[test]
    fn every_link_reads_as_a_sentence() {
        let all = [
            How::Spelling,
            How::Pet,
            How::Language,
            How::Number,
            How::Sound,
            How::Typing,
            How::Initial,
            How::Cut,
            How::Vowels,
            How::Joined,
            How::Acronym,
        ];
        for how in all {
            let one = Link { one: "a".into(), other: "b".into(), how, likeness: 0.9, adds: 0.9 };
            let text = names(&Comparison { links: vec![one], ..Comparison::default() });
            assert!(text.starts_with("The names belong together: ‘a’") && text.ends_with('.'), "{text}");
        }
    }
}
