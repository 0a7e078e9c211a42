//! Looking for somebody, or for many at once: customers, in everything that their company sees or in what a new version
//! changed. Here the index is asked; who sees which list is said by [`Sight`].

use std::{collections::HashSet, sync::Arc};

use domain::{
    ids::{CustomerId, OrgId},
    time::Timestamp,
    watchlist::meanings,
};
use screening::{
    THRESHOLD, VERSION,
    compare::Comparison,
    entry::Entry,
    evidence::{Asked, Support},
    index,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use store::{
    Read, Tx,
    watchlist::{self as rows, entry},
};
use uuid::Uuid;

use super::{
    Hit, Meaning, Searched, Sight, Source as OwnSource,
    held::{Held, Owned, Source, held, index, refresh},
    screen::{likest, said},
};
use crate::{Context, Refusal, Result};

/// Numbers of entries that are read at once.
const AT_ONCE: i64 = 5_000;

/// Everything by which a screening is searched, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Search {
    /// Version of the engine.
    pub engine: String,
    /// From which score on something is a hit.
    pub threshold: String,
    /// Every version.
    pub lists: Vec<Searched>,
}

impl Search {
    pub(crate) fn of(lists: Vec<Searched>) -> Self {
        Self { engine: VERSION.to_owned(), threshold: format!("{THRESHOLD:.2}"), lists }
    }

    /// Keeps it; the hash by which it is found.
    pub(crate) async fn keep(&self, tx: &mut Tx) -> Result<[u8; 32]> {
        let text = serde_json::to_string(self).map_err(|error| Refusal::Fault(error.to_string()))?;
        let hash = Sha256::digest(&text).into();
        store::screening::keep_search(tx, hash, &text).await?;
        Ok(hash)
    }
}

/// What of the lists in force a company sees at this moment, by the database's word.
pub(crate) async fn searched_now(db: &mut impl Read, org: OrgId, now: Timestamp) -> Result<Search> {
    let sight = Sight::of_lists_for(db, org, now).await?;
    let sees = |row: &&rows::VersionRow| sight.sees(org, Owned::of(row));
    Ok(Search::of(rows::active(db).await?.iter().filter(sees).map(Searched::of).collect()))
}

/// Everything that is searched, as it is in force now.
pub(crate) async fn whole(ctx: &Context) -> Result<Arc<Held>> {
    refresh(ctx).await?;
    held(ctx).await
}

/// What this process has read already, if it has; reading takes too long for somebody who waits.
pub(crate) fn at_hand(ctx: &Context) -> Option<Arc<Held>> {
    ctx.lists.held()
}

/// What a new version of a list says that the one before did not.
pub(crate) struct Touched {
    /// Entries that were added, or say something else.
    pub held: Arc<Held>,
    /// Their numbers.
    pub numbers: HashSet<String>,
    /// Numbers of entries that are gone.
    pub removed: HashSet<String>,
}

impl Touched {
    /// Of a version against the one before; everything on it if there was none.
    pub(crate) async fn of(ctx: &Context, list: Searched, from: Option<Uuid>, to: Uuid) -> Result<Self> {
        let mut db = ctx.db.reader();
        let row = rows::active(&mut db).await?.into_iter().find(|row| row.code == list.code);
        let owned = row.as_ref().and_then(Owned::of);
        let from = from.unwrap_or(Uuid::nil());
        let mut numbers = HashSet::new();
        let sources = [Source::Changed(from, to)];
        let mut seen = |row: &entry::EntryRow| {
            numbers.insert(row.entry_id.clone());
        };
        let (index, places) = index(&mut db, &sources, &mut seen).await?;
        let mut removed = HashSet::new();
        let mut after = String::new();
        loop {
            let page = entry::added(&mut db, to, from, &after, AT_ONCE).await?;
            let Some(last) = page.last() else { break };
            after.clone_from(&last.entry_id);
            removed.extend(page.into_iter().map(|row| row.entry_id));
        }
        let held = Held { ids: vec![to], lists: vec![list], owned: vec![owned], index, places };
        Ok(Self { held: Arc::new(held), numbers, removed })
    }
}

/// Somebody on a list who may be the one asked for; with what the company itself knows, if it is from there.
pub(crate) struct Found(index::Hit, Option<Box<(Searched, Entry, OwnSource)>>);

impl Found {
    /// Whether it is the company's own file of this customer.
    pub(crate) fn is_file_of(&self, customer: CustomerId) -> bool {
        self.1.as_ref().is_some_and(|own| own.2 == OwnSource::Customer(customer))
    }
}

impl Held {
    /// Whether these versions are in force, by the database's word.
    pub(crate) async fn is_in_force(&self, db: &mut impl Read) -> Result<bool> {
        let mut ids = rows::active_ids(db).await?;
        ids.sort_unstable();
        Ok(ids == self.ids)
    }

    /// The versions that a company sees, and its own set.
    pub(crate) fn lists_for(&self, org: OrgId, sight: &Sight) -> Vec<Searched> {
        let seen = self.lists.iter().zip(&self.owned).filter(|(_, owned)| sight.sees(org, **owned));
        seen.map(|(list, _)| list.clone()).chain(sight.own(org).and_then(|own| own.searched.clone())).collect()
    }

    /// Those who may be the one that a company asks for and whom it sees, the best first.
    pub(crate) fn seek(&self, org: OrgId, sight: &Sight, asked: &Asked) -> Vec<Found> {
        let sees = |hit: &index::Hit| {
            let owned = self.places.get(hit.entry).and_then(|place| self.owned.get(usize::from(place.list)));
            owned.is_some_and(|owned| sight.sees(org, *owned))
        };
        let mut found: Vec<Found> =
            self.index.find(asked, THRESHOLD).into_iter().filter(sees).map(|hit| Found(hit, None)).collect();
        if let Some((own, searched)) = sight.own(org).and_then(|own| Some((own, own.searched.as_ref()?))) {
            found.extend(own.index.find(asked, THRESHOLD).into_iter().filter_map(|hit| {
                let (entry, source) = (own.entries.get(hit.entry)?.clone(), own.sources.get(hit.entry)?.clone());
                Some(Found(hit, Some(Box::new((searched.clone(), entry, source)))))
            }));
        }
        found.sort_by(|a, b| b.0.score.total_cmp(&a.0.score));
        found
    }
}

/// What was compared and found, as it is kept. Nothing else is needed to show it years later but what the list said, which is
/// kept under its hash.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Finding {
    /// Version of the engine.
    pub engine: String,
    /// The list and its version.
    pub list: Searched,
    /// Number on that list.
    pub id: String,
    /// Hash of what the list said, in hexadecimal.
    pub hash: String,
    /// What the company itself knew, and where from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<(Entry, OwnSource)>,
    /// Main name there.
    pub entry: String,
    /// The name there that is most like the one asked for, and the name asked for.
    pub name: String,
    pub like: String,
    /// Who was asked for.
    pub asked: Asked,
    pub score: f32,
    pub comparison: Comparison,
    pub support: Vec<Support>,
    /// What it means in law, the gravest first.
    pub means: Vec<Meaning>,
}

impl Finding {
    /// As it is kept.
    pub(crate) async fn of(ctx: &Context, held: &Held, asked: &Asked, Found(hit, own): Found) -> Result<Self> {
        let (list, hash, entry, own) = match own {
            Some(own) => {
                let (list, entry, source) = *own;
                let text = serde_json::to_vec(&entry).map_err(|error| Refusal::Fault(error.to_string()))?;
                (list, Sha256::digest(text).into(), entry.clone(), Some((entry, source)))
            }
            None => {
                let place = held.places.get(hit.entry).ok_or_else(|| Refusal::Fault("a hit stands nowhere".into()))?;
                let list = held.lists.get(usize::from(place.list));
                let list = list.cloned().ok_or_else(|| Refusal::Fault("a hit has no list".into()))?;
                (list, place.hash, said(ctx, &place.hash).await?, None)
            }
        };
        let (name, like) = likest(&entry, asked);
        Ok(Self {
            engine: VERSION.to_owned(),
            means: meanings(list.means, &entry.source, &entry.programmes),
            list,
            id: hit.id,
            hash: domain::encoding::hex(&hash),
            own,
            entry: entry.names.first().map(|name| name.text.clone()).unwrap_or_default(),
            name,
            like,
            asked: asked.clone(),
            score: hit.score,
            comparison: hit.comparison,
            support: hit.support,
        })
    }

    /// Hash of what the list said.
    pub(crate) fn entry_hash(&self) -> Result<[u8; 32]> {
        let bytes = domain::encoding::from_hex(&self.hash).and_then(|bytes| bytes.try_into().ok());
        bytes.ok_or_else(|| Refusal::Fault("a hash of a hit cannot be read".into()))
    }

    /// With everything that the list said, to be shown.
    pub(crate) async fn shown(self, ctx: &Context) -> Result<Hit> {
        let hash = self.entry_hash()?;
        let (entry, own) = match self.own {
            Some((entry, source)) => (entry, Some(source)),
            None => (said(ctx, &hash).await?, None),
        };
        Ok(Hit {
            entry,
            own,
            list: self.list,
            name: self.name,
            asked: self.like,
            score: self.score,
            comparison: self.comparison,
            support: self.support,
            means: self.means,
        })
    }
}
