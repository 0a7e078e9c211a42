//! Understands the text of a quantity: an amount, packs of an amount, sums of them, or a count of things.

use super::error::QuantityError as Error;
use super::number::{Decimal, NumberError};
use super::token::{Kind, Token, plain, tokens};
use super::units::{Noun, Unit, multiplier, noun, numeral, unit_named};
use super::{Dimension, Packs, Quantity};

const LONGEST: usize = 200;
const DEEPEST: usize = 6;
/// Words before and after an amount that change nothing.
const ABOUT: [&str; 9] = ["about", "approx", "approximately", "around", "c", "ca", "circa", "roughly", "some"];
const BESIDE: [&str; 9] = ["altogether", "approx", "approximately", "each", "gross", "in", "net", "nett", "total"];
/// Words between a pack and what it holds.
const LINKS: [&str; 14] =
    ["a", "at", "containing", "de", "each", "holding", "mit", "of", "per", "von", "with", "c", "con", "da"];

pub(super) fn quantity(text: &str) -> Result<Quantity, Error> {
    if text.trim().is_empty() {
        return Err(Error::Empty);
    }
    let letters = plain(text);
    if letters.len() > LONGEST {
        return Err(Error::NotUnderstood(excerpt(&letters)));
    }
    let tokens = tokens(&letters);
    let mut reader = Reader { letters: &letters, tokens: &tokens, at: 0, depth: 0 };
    let found = reader.all()?;
    if found.base == 0 { Err(Error::Nothing) } else { Ok(found) }
}

pub(super) fn with_unit(number: &str, unit: &str) -> Result<Quantity, Error> {
    if number.trim().is_empty() {
        return Err(Error::Empty);
    }
    let by_itself = quantity(number);
    if unit.trim().is_empty() {
        return by_itself;
    }
    match by_itself {
        Ok(own) if quantity(&format!("1 {unit}"))?.dimension == own.dimension => Ok(own),
        Ok(_) => Err(Error::UnitConflict { typed: number.trim().to_owned(), unit: unit.trim().to_owned() }),
        Err(Error::MissingUnit(_) | Error::MissingContents(_)) => quantity(&format!("{number} {unit}")),
        Err(error) => Err(error),
    }
}

fn excerpt(letters: &[char]) -> String {
    let text: String = letters.iter().take(40).collect();
    let text = text.trim();
    if letters.len() > 40 { format!("{text}…") } else { text.to_owned() }
}

/// A number that stands before a unit, a pack or a thing.
struct Count {
    value: Decimal,
    /// As it was written.
    text: String,
    /// An ordinary space stood between its groups, so it may also have been two numbers.
    spaced: bool,
}

struct Reader<'a> {
    letters: &'a [char],
    tokens: &'a [Token],
    at: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<&'a Kind> {
        self.tokens.get(self.at).map(|token| &token.kind)
    }

    fn word(&self, ahead: usize) -> Option<&'a str> {
        match &self.tokens.get(self.at + ahead)?.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    fn take(&mut self, kind: &Kind) -> bool {
        let there = self.peek() == Some(kind);
        self.at += usize::from(there);
        there
    }

    fn skip_words(&mut self, listed: &[&str]) -> bool {
        let start = self.at;
        while self.word(0).is_some_and(|word| listed.contains(&word)) {
            self.at += 1;
        }
        self.at > start
    }

    fn not_understood(&self) -> Error {
        let start = self.tokens.get(self.at).map_or(0, |token| token.start);
        Error::NotUnderstood(excerpt(&self.letters[start..]))
    }

    fn all(&mut self) -> Result<Quantity, Error> {
        self.skip_words(&ABOUT);
        let mut found = self.sum()?;
        if self.take(&Kind::Equals) {
            found = same(found, self.sum()?)?;
        }
        self.skip_words(&BESIDE);
        if self.at < self.tokens.len() { Err(self.not_understood()) } else { Ok(found) }
    }

    /// Amounts joined by `+`, `and`, a comma, or just following each other (`2 kg 500 g`).
    fn sum(&mut self) -> Result<Quantity, Error> {
        let mut sum = self.phrase()?;
        loop {
            let joined = matches!(self.peek(), Some(Kind::Plus))
                || matches!(self.word(0), Some("and" | "plus" | "und" | "et" | "y"));
            let joiner = usize::from(joined);
            let number = matches!(self.tokens.get(self.at + joiner), Some(Token { kind: Kind::Number { .. }, .. }));
            let word = joined && self.word(1).and_then(numeral).is_some();
            if !number && !word {
                return Ok(sum);
            }
            self.at += joiner;
            let next = self.phrase()?;
            if next.dimension != sum.dimension {
                return Err(Error::Mixed);
            }
            sum = sum.checked_add(next).ok_or(Error::TooLarge)?;
        }
    }

    /// One amount, or packs of it, or a count of things.
    fn phrase(&mut self) -> Result<Quantity, Error> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.not_understood());
        }
        let found = self.phrase_within();
        self.depth -= 1;
        found
    }

    fn phrase_within(&mut self) -> Result<Quantity, Error> {
        let count = self.count()?;
        if self.take(&Kind::Times) {
            let each = self.phrase()?;
            return multiplied(each, &count);
        }
        if let Some(unit) = self.unit() {
            let amount = amount(&count, unit)?;
            return self.after_amount(amount, &count);
        }
        match self.peek() {
            Some(Kind::Number { .. }) => {
                let before = self.at;
                let each = self.phrase()?;
                let named = self.tokens[before..self.at]
                    .iter()
                    .any(|token| matches!(&token.kind, Kind::Word(word) if noun(word).is_some()));
                if named {
                    multiplied(each, &count)
                } else {
                    Err(Error::NotUnderstood(format!("{} {}", count.text, self.text_of(before))))
                }
            }
            Some(Kind::Word(first)) => match self.noun_run() {
                Some((Noun::Vessel, word)) => {
                    self.contents(&count, true)?.ok_or(Error::MissingContents(format!("{} {word}", count.text)))
                }
                Some((Noun::Countable, _)) => match self.contents(&count, false)? {
                    Some(found) => Ok(found),
                    None => self.pieces(&count),
                },
                None => Err(Error::UnknownUnit(first.clone())),
            },
            Some(Kind::Other(sign)) => Err(Error::UnknownUnit(sign.to_string())),
            Some(Kind::Minus) => Err(self.not_understood()),
            _ => Err(Error::MissingUnit(count.text)),
        }
    }

    fn text_of(&self, from: usize) -> String {
        let start = self.tokens[from].start;
        excerpt(&self.letters[start..])
    }

    /// A number in digits or words, with a multiplier (`2 dozen`, `half a`) if one follows.
    fn count(&mut self) -> Result<Count, Error> {
        let start = self.at;
        let mut count = match self.peek() {
            Some(Kind::Number { text, spaced }) => {
                self.at += 1;
                Count { value: read_number(text)?, text: text.clone(), spaced: *spaced }
            }
            Some(Kind::Word(word)) => self.count_in_words(word)?,
            Some(Kind::Minus) if self.at == 0 => return Err(Error::Negative),
            _ => return Err(self.not_understood()),
        };
        while let Some(factor) = self.word(0).and_then(multiplier) {
            count.value = count.value.times(factor).ok_or(Error::TooLarge)?;
            self.at += 1;
            self.take(&Kind::Word("of".to_owned()));
        }
        if self.at > start + 1 {
            count.text = self.letters[self.tokens[start].start..].iter().collect::<String>();
            let end =
                self.tokens.get(self.at).map_or(self.letters.len(), |token| token.start) - self.tokens[start].start;
            count.text = count.text.chars().take(end).collect::<String>().trim().to_owned();
        }
        Ok(count)
    }

    fn count_in_words(&mut self, word: &str) -> Result<Count, Error> {
        let value = match (numeral(word), multiplier(word)) {
            (Some(number), _) => Decimal::whole(number),
            (None, Some(_)) => return Ok(Count { value: Decimal::whole(1), text: word.to_owned(), spaced: false }),
            (None, None) if word == "half" => Decimal::HALF,
            (None, None) => return Err(self.not_understood()),
        };
        self.at += 1;
        if word == "half" {
            self.skip_words(&["a", "an"]);
        }
        Ok(Count { value, text: word.to_owned(), spaced: false })
    }

    /// A unit of two words or one.
    fn unit(&mut self) -> Option<&'static Unit> {
        let first = self.word(0)?;
        let pair = self.word(1).and_then(|second| unit_named(&format!("{first} {second}")));
        self.at += if pair.is_some() { 2 } else { usize::from(unit_named(first).is_some()) };
        pair.or_else(|| unit_named(first))
    }

    /// `steel drums`, `big bags`, `used tablet presses`: the last thing named within the next few words.
    fn noun_run(&mut self) -> Option<(Noun, String)> {
        let run = (0..5)
            .map_while(|ahead| self.word(ahead))
            .take_while(|word| !LINKS.contains(word) && *word != "in" && *word != "and");
        let named: Vec<(usize, Noun, &str)> =
            run.enumerate().filter_map(|(place, word)| noun(word).map(|kind| (place, kind, word))).collect();
        let (place, kind, word) = named.last()?;
        self.at += place + 1;
        Some((*kind, (*word).to_owned()))
    }

    /// What each pack holds, after the word for the pack; `None` if it is not said.
    fn contents(&mut self, count: &Count, number_may_follow: bool) -> Result<Option<Quantity>, Error> {
        let start = self.at;
        let linked = self.skip_words(&LINKS);
        let begins = |kind: Option<&Kind>| match kind {
            Some(Kind::Number { .. }) => linked || number_may_follow,
            Some(Kind::Word(word)) => linked && numeral(word).is_some(),
            _ => false,
        };
        if self.take(&Kind::Times) || begins(self.peek()) {
            let each = self.phrase()?;
            return multiplied(each, count).map(Some);
        }
        let bracket_holds_number =
            matches!(self.tokens.get(self.at + 1), Some(Token { kind: Kind::Number { .. }, .. }));
        if bracket_holds_number && self.take(&Kind::Open) {
            let each = self.phrase()?;
            self.skip_words(&BESIDE);
            return if self.take(&Kind::Close) {
                multiplied(each, count).map(Some)
            } else {
                Err(self.not_understood())
            };
        }
        self.at = start;
        Ok(None)
    }

    /// A count of things; the words that describe them further are taken and mean nothing here.
    fn pieces(&mut self, count: &Count) -> Result<Quantity, Error> {
        loop {
            let number_next = self.word(1).is_some_and(|word| numeral(word).is_some());
            match self.word(0) {
                Some("and" | "plus") if number_next || self.word(1).is_none() => break,
                Some(_) => self.at += 1,
                None => break,
            }
        }
        let number = count.value.as_whole().ok_or(Error::NotWhole)?;
        let base = i64::try_from(number).map_err(|_| Error::TooLarge)?;
        Quantity::new(base, Dimension::Pieces).ok_or(Error::Negative)
    }

    /// What may follow an amount: the pack it comes in, how many of them, or the same amount in packs.
    fn after_amount(&mut self, amount: Quantity, count: &Count) -> Result<Quantity, Error> {
        if self.take(&Kind::Times) {
            let packs = self.count()?;
            self.noun_run();
            return multiplied(amount, &packs);
        }
        if self.word(0) == Some("in") && self.word(1) != Some("total") {
            self.at += 1;
            return self.packing(amount)?.ok_or_else(|| self.not_understood());
        }
        if self.take(&Kind::Open) {
            return self.bracket(amount);
        }
        let run = self.at;
        if !self.word(0).is_some_and(|word| BESIDE.contains(&word)) && self.noun_run().is_some() && count.spaced {
            let (one, other) = (count.text.replace(' ', ""), count.text.replacen(' ', " × ", 1));
            return Err(Error::Ambiguous { text: format!("{} {}", count.text, self.text_of(run)), one, other });
        }
        self.skip_words(&["each", "net", "nett", "gross"]);
        Ok(amount)
    }

    /// `3 drums`, `drums`: how an amount already named is packed.
    fn packing(&mut self, amount: Quantity) -> Result<Option<Quantity>, Error> {
        let start = self.at;
        let count = if self.word(0).is_some_and(|word| numeral(word).is_none() && multiplier(word).is_none()) {
            None
        } else {
            self.count().ok()
        };
        let named = self.noun_run().is_some();
        if !named || matches!(self.peek(), Some(Kind::Word(_) | Kind::Times | Kind::Number { .. })) {
            self.at = start;
            return Ok(None);
        }
        let Some(count) = count else { return Ok(Some(amount)) };
        let number = count
            .value
            .as_whole()
            .and_then(|number| u32::try_from(number).ok())
            .filter(|number| *number > 0)
            .ok_or(Error::NotWhole)?;
        let divides = number > 1 && amount.base % i64::from(number) == 0;
        let packs = divides.then(|| Packs { count: number, each: amount.base / i64::from(number) });
        Ok(Some(Quantity { packs, ..amount }))
    }

    /// The bracket after an amount: `(3 × 200 l)`, `(3 drums)` or a remark such as `(net)`.
    fn bracket(&mut self, amount: Quantity) -> Result<Quantity, Error> {
        let found = match self.packing(amount)? {
            Some(packed) => packed,
            None if self.skip_words(&BESIDE) => amount,
            None => same(amount, self.sum()?)?,
        };
        if self.take(&Kind::Close) { Ok(found) } else { Err(self.not_understood()) }
    }
}

fn read_number(text: &str) -> Result<Decimal, Error> {
    Decimal::read(text).map_err(|error| match error {
        NumberError::Malformed => Error::NotUnderstood(text.to_owned()),
        NumberError::TooLong => Error::TooLarge,
        NumberError::Ambiguous { whole, fraction } => {
            Error::Ambiguous { text: text.to_owned(), one: whole, other: fraction }
        }
    })
}

fn amount(count: &Count, unit: &Unit) -> Result<Quantity, Error> {
    if unit.dimension == Dimension::Pieces && count.value.as_whole().is_none() {
        return Err(Error::NotWhole);
    }
    let base = count.value.scaled(unit.numerator, unit.denominator).ok_or(Error::TooLarge)?;
    if base == 0 && count.value.mantissa > 0 {
        return Err(Error::TooSmall);
    }
    Quantity::new(base, unit.dimension).ok_or(Error::Negative)
}

fn multiplied(each: Quantity, count: &Count) -> Result<Quantity, Error> {
    let number = count.value.as_whole().ok_or(Error::NotWhole)?;
    let number = u32::try_from(number).map_err(|_| Error::TooLarge)?;
    if number == 0 { Err(Error::Nothing) } else { each.checked_mul(number).ok_or(Error::TooLarge) }
}

/// Two statements of the same amount; the one with packs says more.
fn same(a: Quantity, b: Quantity) -> Result<Quantity, Error> {
    if (a.base, a.dimension) != (b.base, b.dimension) {
        return Err(Error::Differ(a.to_string(), b.to_string()));
    }
    Ok(if b.packs.is_some() { b } else { a })
}

#[cfg(test)]
mod tests;
