//! The tables of each kind: which columns, what may stand in them, what people are told about them.

use crate::{
    country::{Country, Jurisdiction},
    report::{Decision, OutcomeClass},
};

/// A table of a kind of reference data.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name in files and addresses.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// What a row says.
    pub about: &'static str,
    /// Whether an authority may have its own.
    pub may_be_own: bool,
    /// Its columns.
    pub columns: &'static [Column],
}

/// A column.
#[derive(Debug)]
pub struct Column {
    /// Its name in files.
    pub name: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// One sentence of help; may be empty.
    pub hint: &'static str,
    /// What may stand in it.
    pub cell: Cell,
    /// Whether something must.
    pub required: bool,
    /// Whether it tells one row from another.
    pub key: bool,
    /// What else must hold of a text in it.
    pub rule: Option<Rule>,
}

/// What must hold of a text.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Whether it does.
    pub fits: fn(&str) -> bool,
    /// What is said if it does not.
    pub words: &'static str,
}

/// Columns are what they are called: no two of a table have one name.
impl PartialEq for Column {
    fn eq(&self, other: &Self) -> bool {
        (self.name, self.label) == (other.name, other.label)
    }
}

impl Eq for Column {}

/// What may stand in a cell.
#[derive(Clone, Copy, Debug)]
pub enum Cell {
    /// A line of text.
    Line,
    /// A text that may be longer.
    Lines,
    /// A whole number between these.
    Number {
        /// The least.
        min: i64,
        /// The most.
        max: i64,
    },
    /// A day, as 2026-11-23.
    Day,
    /// `yes` or `no`.
    Flag,
    /// One of a few: code and word of each.
    Choice(fn() -> Vec<(&'static str, &'static str)>),
    /// Any of a few, their codes with blanks between, in the order of the list.
    Several(fn() -> Vec<(&'static str, &'static str)>),
}

impl Table {
    /// The column with this name, or with this name for people.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&'static Column> {
        let fits = |column: &&Column| {
            column.name.eq_ignore_ascii_case(name.trim()) || column.label.eq_ignore_ascii_case(name.trim())
        };
        self.columns.iter().find(fits)
    }
}

impl Column {
    const fn new(name: &'static str, label: &'static str, cell: Cell) -> Self {
        Self { name, label, hint: "", cell, required: false, key: false, rule: None }
    }

    const fn hint(mut self, hint: &'static str) -> Self {
        self.hint = hint;
        self
    }

    const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    const fn key(mut self) -> Self {
        self.key = true;
        self
    }

    const fn rule(mut self, fits: fn(&str) -> bool, words: &'static str) -> Self {
        self.rule = Some(Rule { fits, words });
        self
    }

    /// A cell's text as people read it: the words of a choice.
    #[must_use]
    pub fn shown(&self, text: &str) -> String {
        if let Cell::Several(options) = self.cell {
            let chosen = options().into_iter().filter(|(code, _)| text.split(' ').any(|chosen| chosen == *code));
            return chosen.map(|(_, word)| word).collect::<Vec<_>>().join(", ");
        }
        let Cell::Choice(options) = self.cell else { return text.to_owned() };
        options()
            .into_iter()
            .find(|(code, _)| *code == text)
            .map_or_else(|| text.to_owned(), |(_, word)| word.to_owned())
    }
}

const HOURS: Cell = Cell::Number { min: 1, max: 9000 };
const UNTIL: &str = "Like 2026-11-23. Left empty, it holds without an end.";
const FROM: &str = "Like 2026-11-23. Left empty, it counts as having been there always.";

/// The times of a row of the clock, in the order of its columns.
fn spans() -> Vec<(&'static str, &'static str)> {
    vec![
        ("red", "red"),
        ("amber", "amber"),
        ("green", "green"),
        ("urgent", "goods about to leave"),
        ("question", "question"),
        ("question_urgent", "question if goods are about to leave"),
    ]
}

fn is_mark(text: &str) -> bool {
    text.len() <= 40 && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
}

fn is_jurisdiction(text: &str) -> bool {
    Jurisdiction::try_from(text.to_owned()).is_ok_and(|found| found.code() == text)
}

fn is_country_or_star(text: &str) -> bool {
    text == "*" || Country::parse(text).is_ok_and(|country| country.code() == text)
}

fn is_link(text: &str) -> bool {
    text.starts_with("https://") && !text.contains(char::is_whitespace)
}

const CODE: &str = "Use letters, digits, hyphens and underscores without blanks, at most 40.";

/// Tables of deadlines.
pub(super) const DEADLINES: &[Table] = &[
    Table {
        name: "report",
        title: "Law: until when companies report",
        about: "Counted from the moment the company became aware. Only rows in force make anything mandatory.",
        may_be_own: false,
        columns: &[
            Column::new("id", "Mark", Cell::Line)
                .hint("Short and for good, like US-written: the table of duties refers to it.")
                .required()
                .key()
                .rule(is_mark, CODE),
            Column::new("jurisdiction", "Where it holds", Cell::Line)
                .hint("UN, EU, or a country's two letters in capitals.")
                .required()
                .rule(is_jurisdiction, "Write UN, EU or the two letters of a country in capitals, like NL."),
            Column::new("hours", "Hours", HOURS).hint("A day counts 24. Left empty where the law says “at once”."),
            Column::new("working", "Only working days count", Cell::Flag),
            Column::new("words", "In words", Cell::Line).hint("To follow “report”, like: within 72 hours.").required(),
            Column::new("orally", "By word of mouth before that", Cell::Line),
            Column::new("in_force", "In force", Cell::Flag).hint("An announced law is shown and asks nothing."),
            Column::new("valid_from", "First day", Cell::Day).hint(FROM),
            Column::new("valid_to", "Last day", Cell::Day).hint(UNTIL),
            Column::new("source", "Where it comes from", Cell::Lines).required(),
            Column::new("url", "Where that can be read", Cell::Line)
                .rule(is_link, "Write a whole address that begins with https://."),
            Column::new("verified", "Read there", Cell::Flag).hint("Whether somebody has read it in the source."),
        ],
    },
    Table {
        name: "answer",
        title: "The authority's clock: hours until a report is looked at",
        about: "An authority's own practice. A row for a country goes before the one for all others.",
        may_be_own: true,
        columns: &[
            Column::new("country", "Country of the company", Cell::Line)
                .hint("Two letters in capitals, or * for all that have no row of their own.")
                .required()
                .key()
                .rule(
                    is_country_or_star,
                    "Write the two letters of a country in capitals, like NL, or * for all others.",
                ),
            Column::new("red", "Hours for a red report", HOURS).required(),
            Column::new("amber", "Hours for an amber one", HOURS).required(),
            Column::new("green", "Hours for a green one", HOURS).required(),
            Column::new("urgent", "Hours if goods are about to leave", HOURS).required(),
            Column::new("urgent_within", "“About to leave” means within", HOURS)
                .hint("Hours before delivery.")
                .required(),
            Column::new("question", "Hours to answer a question", HOURS).hint("That the reporter has.").required(),
            Column::new("question_urgent", "The same if goods are about to leave", HOURS).required(),
            Column::new("working", "Working time", Cell::Several(spans))
                .hint("Of these times only working days of the company's country count; 24 hours are one working day."),
            Column::new("valid_from", "First day", Cell::Day).hint(FROM).key(),
            Column::new("valid_to", "Last day", Cell::Day).hint(UNTIL),
        ],
    },
];

fn decisions() -> Vec<(&'static str, &'static str)> {
    Decision::ALL.iter().map(|decision| (decision.code(), decision.label())).collect()
}

fn outcomes() -> Vec<(&'static str, &'static str)> {
    OutcomeClass::ALL.iter().map(|class| (class.code(), class.label())).collect()
}

/// Tables of reason codes.
pub(super) const REASONS: &[Table] = &[Table {
    name: "reason",
    title: "Reasons to choose from",
    about: "In the order in which they are offered. A code stays with a decision for good: change the words freely, never \
            what the code means.",
    may_be_own: true,
    columns: &[
        Column::new("decision", "For which decision", Cell::Choice(decisions)).required().key(),
        Column::new("code", "Code", Cell::Line)
            .hint("Stored with the decision. Never use an old one for something else.")
            .required()
            .key()
            .rule(is_mark, CODE),
        Column::new("label", "Words", Cell::Line).hint("What people choose from.").required(),
        Column::new("outcome", "What the reporter is told", Cell::Choice(outcomes))
            .hint("All that the reporter learns. Nothing for taking up again, withdrawing and severity."),
        Column::new("needs_note", "Asks for a few words", Cell::Flag),
    ],
}];

fn limits() -> Vec<(&'static str, &'static str)> {
    super::signs::LIMITS.to_vec()
}

const WEIGHT: Cell = Cell::Number { min: 0, max: 5 };

/// Tables of indicators.
pub(super) const INDICATORS: &[Table] = &[
    Table {
        name: "sign",
        title: "Signs",
        about: "What raises a sign is part of the program. Here stand its words, read by reporters and officers, and its weight: \
                1 is slight, 5 is grave, 0 counts nothing.",
        may_be_own: true,
        columns: &[
            Column::new("id", "Code", Cell::Line).hint("As the program has it.").required().key().rule(is_mark, CODE),
            Column::new("text", "Words", Cell::Line).hint("Also the label of its tick box.").required(),
            Column::new("because", "What is said when the rules found it", Cell::Lines)
                .hint("{value} stands for the answers that raised it."),
            Column::new("weight", "Weight", WEIGHT).required(),
            Column::new("heavier", "Weight where it counts more", WEIGHT)
                .hint("Only for signs that the program weighs more in certain circumstances."),
        ],
    },
    Table {
        name: "limit",
        title: "From how many points on",
        about: "In half points: of each group the heaviest sign counts in full, every other one half.",
        may_be_own: true,
        columns: &[
            Column::new("name", "Limit", Cell::Choice(limits)).required().key(),
            Column::new("half_points", "Half points", Cell::Number { min: 1, max: 1000 }).required(),
        ],
    },
];

fn confidentialities() -> Vec<(&'static str, &'static str)> {
    vec![("public", "Everybody"), ("trusted", "Companies that an authority trusts"), ("authority", "Authorities only")]
}

fn periods() -> Vec<(&'static str, &'static str)> {
    vec![("transaction", "Each transaction"), ("month", "A month"), ("year", "A year"), ("package", "A package")]
}

fn flows() -> Vec<(&'static str, &'static str)> {
    vec![
        ("any", "All trade"),
        ("domestic", "Inside the country"),
        ("import", "Imports"),
        ("export", "Exports"),
        ("retail", "To the public"),
    ]
}

const fn substance() -> Column {
    Column::new("substance", "Substance", Cell::Line)
        .hint("Its handle, as in the address of its page: acetic-anhydride.")
        .required()
        .key()
}

const fn list() -> Column {
    Column::new("list", "List", Cell::Line)
        .hint("The handle of the list, like un-1988 or eu-precursors.")
        .required()
        .key()
}

const fn category() -> Column {
    Column::new("category", "Table, category or class", Cell::Line).hint("As the list calls it.").required().key()
}

const fn source() -> Column {
    Column::new("source", "Source", Cell::Line).hint("The key of a row of the table of sources.").required()
}

const VERIFIED: Column =
    Column::new("verified", "Seen in the source", Cell::Flag).hint("Only then a rule treats it as hard.");

/// Tables of substances.
pub(super) const SUBSTANCES: &[Table] = &[
    Table {
        name: "listing",
        title: "Places on lists",
        about: "One row for each span of time. What ends gets a last day and stays, so that older reports keep their law.",
        may_be_own: false,
        columns: &[
            substance(),
            list(),
            category(),
            Column::new("valid_from", "First day", Cell::Day).hint(FROM).key(),
            Column::new("valid_to", "Last day", Cell::Day).hint(UNTIL),
            Column::new("date_verified", "Days seen in the source", Cell::Flag),
            Column::new("legal_ref", "The act that put it there", Cell::Line).required(),
            Column::new("mixture_from", "Mixtures from per cent", Cell::Number { min: 0, max: 100 }),
            Column::new("mixture_rule", "Rule for mixtures", Cell::Lines),
            Column::new("confidentiality", "Who may know of it", Cell::Choice(confidentialities)).required(),
            VERIFIED,
            Column::new("proposed", "A proposal", Cell::Flag).hint("On a list that is not law: shown, never counted."),
            source(),
            Column::new("note", "What a reader must know", Cell::Lines),
        ],
    },
    Table {
        name: "threshold",
        title: "Thresholds",
        about: "Each belongs to a place on a list: the same substance, list, category and first day.",
        may_be_own: false,
        columns: &[
            substance(),
            list(),
            category(),
            Column::new("valid_from", "First day of that place", Cell::Day).key(),
            Column::new("quantity", "Quantity", Cell::Line)
                .hint("As people write it: 100 l, 0.5 kg; 0 kg for every transaction.")
                .required()
                .key(),
            Column::new("period", "Added up over", Cell::Choice(periods)).required().key(),
            Column::new("flow", "In which trade", Cell::Choice(flows)).required().key(),
            Column::new("duty", "What changes there", Cell::Lines).required(),
            VERIFIED,
            source(),
        ],
    },
    Table {
        name: "source",
        title: "Sources",
        about: "Where the facts come from. Name a new one here before a row refers to it.",
        may_be_own: false,
        columns: &[
            Column::new("id", "Key", Cell::Line).required().key().rule(is_mark, CODE),
            Column::new("title", "Title", Cell::Lines).required(),
            Column::new("url", "Address", Cell::Line),
            Column::new("official", "Published by the body whose facts they are", Cell::Flag),
            Column::new("read_on", "Read on", Cell::Day),
        ],
    },
];
