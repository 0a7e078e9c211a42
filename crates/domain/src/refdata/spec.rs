//! What a table is: which columns, what may stand in them, what people are told about them.

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
    /// Whether lists of rows show it folded away: it is long, or of the second rank.
    pub folded: bool,
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
    /// Words with blanks between; each fits the rule of the column.
    Words,
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
    pub(super) const fn new(name: &'static str, label: &'static str, cell: Cell) -> Self {
        Self { name, label, hint: "", cell, required: false, key: false, folded: false, rule: None }
    }

    pub(super) const fn hint(mut self, hint: &'static str) -> Self {
        self.hint = hint;
        self
    }

    pub(super) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub(super) const fn key(mut self) -> Self {
        self.key = true;
        self
    }

    pub(super) const fn folded(mut self) -> Self {
        self.folded = true;
        self
    }

    pub(super) const fn rule(mut self, fits: fn(&str) -> bool, words: &'static str) -> Self {
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
