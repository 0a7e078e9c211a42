//! Numbers and holders of an authority's licences in memory, to find the one that somebody means: by its number, exact or
//! nearly, and by the holder's name in any spelling. Built anew when the register was changed since.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use domain::{
    fold::slips,
    ids::{LicenceId, OrgId},
};
use screening::{
    THRESHOLD,
    entry::{Entry, Kind, Name},
    evidence::Asked,
    explain,
    index::Index,
};
use store::licence as rows;
use uuid::Uuid;

use super::key;
use crate::{Context, Refusal, Result};

/// Licences that are read at once.
const AT_ONCE: i64 = 5_000;
/// The most licences that are shown beside a question.
const SHOWN: usize = 5;
/// Numbers shorter than this are found only with one slip, not two.
const LONG: usize = 6;

/// How near the number of a licence is to the one that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Near {
    /// Another number.
    Other,
    /// One or two slips apart.
    Close,
    /// The same.
    Same,
}

/// A licence that may be meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// Which.
    pub id: LicenceId,
    /// How near its number is.
    pub number: Near,
    /// How alike the holders' names are, from 0 to 1; 0 below the threshold of screening.
    pub score: f32,
    /// Why the names are alike; empty where they are not.
    pub why: String,
}

/// A register, as it is searched.
#[derive(Default)]
struct Book {
    changes: i64,
    ids: Vec<Uuid>,
    numbers: Vec<Vec<char>>,
    index: Index,
}

/// The registers of this process.
#[derive(Default)]
pub(crate) struct Registers(Mutex<HashMap<OrgId, Arc<Book>>>);

impl fmt::Debug for Registers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registers").finish_non_exhaustive()
    }
}

/// The licences that may be meant, the likeliest first, at most five.
pub(super) async fn matches(ctx: &Context, org: OrgId, number: &str, holder: &str) -> Result<Vec<Match>> {
    let book = book(ctx, org).await?;
    let (number, holder) = (key(number), holder.to_owned());
    // Comparing keeps a processor busy; others must not wait for it.
    let found = tokio::task::spawn_blocking(move || book.find(&number, &holder)).await;
    found.map_err(|error| Refusal::Fault(error.to_string()))
}

async fn book(ctx: &Context, org: OrgId) -> Result<Arc<Book>> {
    let mut db = ctx.db.reader();
    let changes = rows::register(&mut db, org).await?.changes;
    let known = ctx.registers.0.lock().unwrap_or_else(PoisonError::into_inner).get(&org).cloned();
    if let Some(book) = known.filter(|book| book.changes == changes) {
        return Ok(book);
    }
    let (mut all, mut after) = (Vec::new(), Uuid::nil());
    loop {
        let piece = rows::names(&mut db, org, after, AT_ONCE).await?;
        let Some(last) = piece.last() else { break };
        after = last.id;
        all.extend(piece);
    }
    let made = tokio::task::spawn_blocking(move || Book::new(changes, all)).await;
    let made = Arc::new(made.map_err(|error| Refusal::Fault(error.to_string()))?);
    ctx.registers.0.lock().unwrap_or_else(PoisonError::into_inner).insert(org, Arc::clone(&made));
    Ok(made)
}

impl Book {
    fn new(changes: i64, rows: Vec<rows::NameRow>) -> Self {
        let ids = rows.iter().map(|row| row.id).collect();
        let numbers = rows.iter().map(|row| key(&row.number).chars().collect()).collect();
        let index = Index::new(rows.into_iter().map(|row| Entry {
            id: row.id.to_string(),
            kind: Kind::Organisation,
            names: vec![Name { text: row.holder, ..Name::default() }],
            ..Entry::default()
        }));
        Self { changes, ids, numbers, index }
    }

    fn find(&self, number: &str, holder: &str) -> Vec<Match> {
        let mut found: HashMap<usize, Match> = HashMap::new();
        let asked = Asked { kind: Kind::Organisation, names: vec![holder.to_owned()], ..Asked::default() };
        let none = |place: usize| Match {
            id: LicenceId(self.ids[place]),
            number: Near::Other,
            score: 0.0,
            why: String::new(),
        };
        for hit in self.index.find(&asked, THRESHOLD) {
            let why = explain::sentences(&hit.comparison, &hit.support);
            found.insert(hit.entry, Match { score: hit.score, why, ..none(hit.entry) });
        }
        let number: Vec<char> = number.chars().collect();
        let most = if number.len() < LONG { 1 } else { 2 };
        for (place, other) in self.numbers.iter().enumerate() {
            let near = match slips(&number, other, most) {
                Some(0) => Near::Same,
                Some(_) => Near::Close,
                None => continue,
            };
            found.entry(place).or_insert_with(|| none(place)).number = near;
        }
        let mut found: Vec<Match> = found.into_values().collect();
        found.sort_by(|a, b| b.weight().total_cmp(&a.weight()).then(a.id.cmp(&b.id)));
        found.truncate(SHOWN);
        found
    }
}

impl Match {
    /// A number that is the same comes before any name; one that is close adds to a name, and alone says less than it.
    fn weight(&self) -> f32 {
        let number = match self.number {
            Near::Same => 2.0,
            Near::Close => 0.6,
            Near::Other => 0.0,
        };
        number + self.score
    }
}
