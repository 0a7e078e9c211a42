//! What a search finds, and how a row of it looks: one function for the server and the browser, so that both show the
//! same rows in the same order.
//!
//! Rows are text, not views: the browser then needs nothing but `innerHTML`. Everything that comes from data is escaped.

use domain::search::{Index, Matched, SearchEntry};

/// The most rows that a search shows; without a search all entries are shown.
const MOST: usize = 60;

/// So many other names stand in a row.
const NAMES: usize = 2;

/// The words in a row.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RowWords {
    /// Before the other name or number by which an entry was found.
    pub found_as: String,
    /// Before the CAS number that is near the one typed.
    pub near: String,
    /// `{count} more` numbers.
    pub more: String,
    /// No number.
    pub none: String,
}

/// The words of a count; `{count}` and `{q}` are filled in.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct CountWords {
    /// One entry, nothing typed.
    pub one: String,
    /// Several.
    pub some: String,
    /// None.
    pub none: String,
    /// One entry for what was typed.
    pub one_for: String,
    /// Several.
    pub some_for: String,
    /// None.
    pub none_for: String,
}

impl CountWords {
    /// How many there are, in words.
    #[must_use]
    pub fn say(&self, count: usize, typed: &str) -> String {
        let words = match (count, typed.is_empty()) {
            (0, true) => &self.none,
            (1, true) => &self.one,
            (_, true) => &self.some,
            (0, false) => &self.none_for,
            (1, false) => &self.one_for,
            (_, false) => &self.some_for,
        };
        words.replace("{count}", &count.to_string()).replace("{q}", typed)
    }
}

/// An entry that was found, and why; nothing typed, no reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its place in [`Index::entries`].
    pub index: usize,
    /// Why it was found.
    pub why: Option<Matched>,
}

/// The entries that fit what was typed and pass the chosen filters: best first, or all in the catalogue's order.
#[must_use]
pub fn find(index: &Index, typed: &str, passes: impl Fn(&SearchEntry) -> bool) -> Vec<Found> {
    let passing = |found: &Found| passes(&index.entries()[found.index]);
    if typed.trim().is_empty() {
        return (0..index.entries().len()).map(|index| Found { index, why: None }).filter(passing).collect();
    }
    let hits = index.search(typed, index.entries().len()).into_iter();
    hits.map(|hit| Found { index: hit.index, why: Some(hit.why) }).filter(passing).take(MOST).collect()
}

/// The cells of a row. `base` is the address of the list: entries stand below it.
#[must_use]
pub fn cells(entry: &SearchEntry, why: Option<&Matched>, base: &str, words: &RowWords) -> String {
    let (base, slug, name) = (escaped(base), escaped(&entry.slug), escaped(&entry.name));
    let names = entry.synonyms.iter().take(NAMES).map(|name| escaped(name)).collect::<Vec<_>>().join(", ");
    let names =
        if names.is_empty() { names } else { format!(" <span class=\"found__names\"><bdi>{names}</bdi></span>") };
    let also = why.and_then(|why| reason(entry, why, words)).unwrap_or_default();
    let cas = numbers(&entry.cas.iter().map(ToString::to_string).collect::<Vec<_>>(), words);
    let hs = numbers(&entry.hs.iter().map(ToString::to_string).collect::<Vec<_>>(), words);
    let label = escaped(entry.schedule_label());
    let schedule = if entry.schedule.is_some() {
        format!("<span class=\"tag\" data-tone=\"hold\">{label}</span>")
    } else {
        format!("<span class=\"muted\">{label}</span>")
    };
    format!(
        "<th scope=\"row\"><a href=\"{base}/{slug}\"><bdi>{name}</bdi></a>{names}{also}</th><td>{cas}</td><td>{hs}</td><td>{schedule}</td>"
    )
}

/// By what it was found, where the row does not show that already.
fn reason(entry: &SearchEntry, why: &Matched, words: &RowWords) -> Option<String> {
    let (before, found) = match why {
        Matched::Name => return None,
        Matched::Synonym(name) | Matched::Fuzzy(name) if *name == entry.name => return None,
        Matched::Synonym(name) | Matched::Fuzzy(name) => (&words.found_as, format!("<bdi>{}</bdi>", escaped(name))),
        Matched::Cas(cas) if entry.cas.first() == Some(cas) => return None,
        Matched::Cas(cas) => (&words.found_as, number(&cas.to_string())),
        Matched::CasCorrected(cas) => (&words.near, number(&cas.to_string())),
        Matched::Ec(ec) => (&words.found_as, format!("EC {}", number(&ec.to_string()))),
        Matched::Hs(hs) if entry.hs.first() == Some(hs) => return None,
        Matched::Hs(hs) => (&words.found_as, format!("HS {}", number(&hs.to_string()))),
    };
    Some(format!(" <span class=\"found__also\">{} {found}</span>", escaped(before)))
}

/// The first number, and how many more there are.
fn numbers(all: &[String], words: &RowWords) -> String {
    match all {
        [] => format!("<span class=\"muted\">{}</span>", escaped(&words.none)),
        [one] => number(one),
        [first, rest @ ..] => {
            let more = words.more.replace("{count}", &rest.len().to_string());
            format!("{} <span class=\"found__more\">+ {}</span>", number(first), escaped(&more))
        }
    }
}

fn number(text: &str) -> String {
    format!("<bdi class=\"ref\" dir=\"ltr\">{}</bdi>", escaped(text))
}

/// Text as it may stand in HTML, in an attribute too.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use domain::substance::{Kind, Table};

    use super::*;

    fn words() -> RowWords {
        RowWords { found_as: "found as".into(), near: "near".into(), more: "{count} more".into(), none: "none".into() }
    }

    fn entry(slug: &str, name: &str, synonyms: &[&str], cas: &[&str]) -> SearchEntry {
        SearchEntry {
            slug: slug.into(),
            name: name.into(),
            synonyms: synonyms.iter().map(|&name| name.to_owned()).collect(),
            cas: cas.iter().map(|number| number.parse().unwrap()).collect(),
            ec: Vec::new(),
            hs: Vec::new(),
            schedule: None,
            kind: Kind::Substance,
        }
    }

    fn index() -> Index {
        let mut acetone = entry("acetone", "Acetone", &["propan-2-one"], &["67-64-1"]);
        acetone.schedule = Some(Table::II);
        Index::new(vec![
            acetone,
            entry("ephedrine", "Ephedrine", &[], &["299-42-3", "50-98-6"]),
            entry("odd", "<b>&\"odd'", &[], &[]),
        ])
    }

    #[test]
    fn everything_is_shown_until_something_is_typed() {
        let index = index();
        assert_eq!(find(&index, "  ", |_| true).len(), 3);
        assert_eq!(find(&index, "", |entry| entry.schedule.is_some()), [Found { index: 0, why: None }]);
        let found = find(&index, "ephedrin", |_| true);
        assert_eq!(found.first().map(|found| found.index), Some(1));
        assert!(find(&index, "ephedrin", |entry| entry.slug != "ephedrine").is_empty());
    }

    #[test]
    fn a_row_says_why_it_was_found() {
        let index = index();
        for (typed, says) in [
            ("acetone", None),
            ("propan-2", Some("found as <bdi>propan-2-one</bdi>")),
            ("67-64-1", None),
            ("50-98-6", Some("found as <bdi class=\"ref\" dir=\"ltr\">50-98-6</bdi>")),
            ("67-64-2", Some("near <bdi class=\"ref\" dir=\"ltr\">67-64-1</bdi>")),
        ] {
            let found = find(&index, typed, |_| true).remove(0);
            let row = cells(&index.entries()[found.index], found.why.as_ref(), "/en/substances", &words());
            match says {
                Some(says) => assert!(row.contains(says), "{typed}: {row}"),
                None => assert!(!row.contains("found__also"), "{typed}: {row}"),
            }
        }
    }

    #[test]
    fn nothing_in_the_data_becomes_markup() {
        let index = index();
        let row = cells(&index.entries()[2], Some(&Matched::Fuzzy("<i>".into())), "/en/\"x", &words());
        assert!(
            row.contains("&lt;b&gt;&amp;&quot;odd&#39;")
                && row.contains("&lt;i&gt;")
                && row.contains("/en/&quot;x/odd")
        );
        assert!(!row.contains("<b>") && !row.contains("<i>"), "{row}");
        assert!(row.contains("<span class=\"muted\">none</span>"));
    }

    #[test]
    fn counts_are_said_in_words() {
        let words = CountWords {
            one: "1 entry".into(),
            some: "{count} entries".into(),
            none: "No entry".into(),
            one_for: "1 entry for {q}".into(),
            some_for: "{count} entries for {q}".into(),
            none_for: "No entry for {q}".into(),
        };
        assert_eq!(words.say(0, ""), "No entry");
        assert_eq!(words.say(1, "x"), "1 entry for x");
        assert_eq!(words.say(7, "{count}"), "7 entries for {count}");
    }
}
