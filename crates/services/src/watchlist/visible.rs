//! Which lists an organisation sees: those of the installation, those that somebody shares with it now, and what it
//! reported and refused itself. Whoever searches for one organisation asks [`visible`], whoever searches for many at once
//! [`Sight`], and nothing else.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use domain::ids::OrgId;
use screening::{THRESHOLD, entry::Entry, evidence::Asked, index};
use uuid::Uuid;

use super::{
    held::{Held, Owned, Searched, held},
    own::{Own, Source, own},
};
use crate::{Context, Result};

/// What an organisation sees.
pub(crate) struct Visible {
    held: Arc<Held>,
    /// Of each list that is held its place among `lists`; none for those that it does not see.
    shown: Vec<Option<usize>>,
    own: Arc<Own>,
    /// Every version that is searched; its own set, if it has one, stands last.
    pub lists: Vec<Searched>,
}

/// Somebody who may be the one asked for.
pub(crate) struct Found {
    /// Which of the lists that are searched.
    pub list: usize,
    /// Where what it says is found.
    pub said: Said,
    /// What the engine says.
    pub hit: index::Hit,
}

/// What a list says about somebody.
pub(crate) enum Said {
    /// It is kept under this hash.
    Kept([u8; 32]),
    /// This, and where the organisation knows it from.
    Own(Box<Entry>, Source),
}

/// What each of many organisations sees.
#[derive(Default)]
pub(crate) struct Sight {
    /// Organisations with the lists that are shared with them.
    shared: HashSet<(Uuid, Uuid)>,
    /// What they reported and refused.
    own: HashMap<Uuid, Arc<Own>>,
}

impl Sight {
    /// Of lists alone.
    ///
    /// # Errors
    /// If the store fails.
    pub(crate) async fn of_lists(ctx: &Context) -> Result<Self> {
        let shared = store::watchlist::share::all_seen(&mut ctx.db.reader(), ctx.now()).await?;
        Ok(Self { shared: shared.into_iter().collect(), own: HashMap::new() })
    }

    /// Of lists and of what these companies reported and refused.
    ///
    /// # Errors
    /// If the store fails.
    pub(crate) async fn of(ctx: &Context, orgs: impl IntoIterator<Item = OrgId>) -> Result<Self> {
        let mut sight = Self::of_lists(ctx).await?;
        for org in orgs.into_iter().collect::<HashSet<_>>() {
            sight.own.insert(org.0, own(ctx, org).await?);
        }
        Ok(sight)
    }

    /// Whether an organisation sees a list.
    pub(super) fn sees(&self, org: OrgId, owned: Option<Owned>) -> bool {
        owned.is_none_or(|owned| owned.owner == org.0 || self.shared.contains(&(org.0, owned.list)))
    }

    /// What a company reported and refused.
    pub(super) fn own(&self, org: OrgId) -> Option<&Own> {
        self.own.get(&org.0).map(Arc::as_ref)
    }
}

/// The lists that an organisation sees now.
///
/// # Errors
/// If the store fails.
pub(crate) async fn visible(ctx: &Context, org: OrgId) -> Result<Visible> {
    let shared = store::watchlist::share::seen(&mut ctx.db.reader(), org, ctx.now()).await?;
    let (held, own) = (held(ctx).await?, own(ctx, org).await?);
    let (mut shown, mut lists) = (Vec::with_capacity(held.lists.len()), Vec::new());
    for (searched, owned) in held.lists.iter().zip(&held.owned) {
        let sees = owned.is_none_or(|owned| owned.owner == org.0 || shared.contains(&owned.list));
        shown.push(sees.then_some(lists.len()));
        lists.extend(sees.then(|| searched.clone()));
    }
    lists.extend(own.searched.clone());
    Ok(Visible { held, shown, own, lists })
}

impl Visible {
    /// Everybody who may be the one asked for, the most alike first. Slow enough for a thread of its own.
    pub fn find(&self, asked: &Asked) -> Vec<Found> {
        let listed = self.held.index.find(asked, THRESHOLD).into_iter().filter_map(|hit| {
            let place = self.held.places.get(hit.entry)?;
            let list = self.shown.get(usize::from(place.list)).copied().flatten()?;
            Some(Found { list, said: Said::Kept(place.hash), hit })
        });
        let own = self.own.index.find(asked, THRESHOLD).into_iter().filter_map(|hit| {
            let (entry, source) = (self.own.entries.get(hit.entry)?, self.own.sources.get(hit.entry)?);
            let said = Said::Own(Box::new(entry.clone()), source.clone());
            Some(Found { list: self.lists.len().checked_sub(1)?, said, hit })
        });
        let mut found: Vec<Found> = listed.chain(own).collect();
        found.sort_by(|a, b| b.hit.score.total_cmp(&a.hit.score));
        found
    }
}
