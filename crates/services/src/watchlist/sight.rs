//! Which lists organisations see: those of the installation, those that somebody shares with them now, and what they
//! reported and refused themselves. Whoever searches asks [`Sight`], and nothing else.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use domain::{ids::OrgId, time::Timestamp};
use store::{Read, watchlist::share};
use uuid::Uuid;

use super::{
    held::Owned,
    own::{Own, own},
};
use crate::{Context, Result};

/// What organisations see.
#[derive(Default)]
pub(crate) struct Sight {
    /// Organisations with the lists that are shared with them.
    shared: HashSet<(Uuid, Uuid)>,
    /// What they reported and refused.
    own: HashMap<Uuid, Arc<Own>>,
}

impl Sight {
    /// What one organisation sees.
    ///
    /// # Errors
    /// If the store fails.
    pub(super) async fn of_one(ctx: &Context, org: OrgId) -> Result<Self> {
        let sight = Self::of_lists_for(&mut ctx.db.reader(), org, ctx.now()).await?;
        sight.with_own(ctx, [org]).await
    }

    /// What these companies see.
    ///
    /// # Errors
    /// If the store fails.
    pub(crate) async fn of(ctx: &Context, orgs: impl IntoIterator<Item = OrgId>) -> Result<Self> {
        Self::of_lists(ctx).await?.with_own(ctx, orgs).await
    }

    /// Lists alone, for one organisation.
    ///
    /// # Errors
    /// If the store fails.
    pub(super) async fn of_lists_for(db: &mut impl Read, org: OrgId, now: Timestamp) -> Result<Self> {
        let shared = share::seen(db, org, now).await?.into_iter().map(|list| (org.0, list));
        Ok(Self { shared: shared.collect(), own: HashMap::new() })
    }

    /// Lists alone, for everybody.
    ///
    /// # Errors
    /// If the store fails.
    pub(crate) async fn of_lists(ctx: &Context) -> Result<Self> {
        let shared = share::all_seen(&mut ctx.db.reader(), ctx.now()).await?;
        Ok(Self { shared: shared.into_iter().collect(), own: HashMap::new() })
    }

    async fn with_own(mut self, ctx: &Context, orgs: impl IntoIterator<Item = OrgId>) -> Result<Self> {
        for org in orgs.into_iter().collect::<HashSet<_>>() {
            self.own.insert(org.0, own(ctx, org).await?);
        }
        Ok(self)
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
