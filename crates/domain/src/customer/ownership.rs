//! Who owns a customer in the end.
//!
//! Each entry of the part `owner` is a share that somebody holds in the customer or in a company among the owners. A
//! holder's indirect shares are multiplied along every way that leads to the customer, and the ways are summed. Holders
//! with the same name and kind are one. Companies that hold each other make circles: a way never comes back to the holder
//! whose share is asked for, is never longer than there are holders, and nobody has more than all.

use std::collections::BTreeMap;

use super::{Customer, check, spec::HolderKind};
use crate::{answers::Answers, fold::words};

/// From which share on, in hundredths of a per cent, a holder is a beneficial owner: 25 %.
pub const BENEFICIAL: u32 = 2_500;
/// All.
const WHOLE: f64 = 10_000.0;

/// A share that somebody holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// The entry.
    pub key: u32,
    /// Place of the holder in [`Ownership::holders`].
    pub holder: usize,
    /// Place of the company in which it is held; none for the customer.
    pub held: Option<usize>,
    /// In hundredths of a per cent; none if it is not known.
    pub share: Option<u32>,
}

/// Somebody who holds shares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Name, as first entered.
    pub name: String,
    /// What it is.
    pub kind: HolderKind,
    /// Held in the customer itself, in hundredths of a per cent.
    pub direct: u32,
    /// Held directly and through others.
    pub total: u32,
    /// How many shares lie between it and the customer on the shortest way, 1 for a direct one; none if no way leads there.
    pub steps: Option<usize>,
}

impl Holder {
    /// Whether it holds so much that it has to be known: 25 % or more.
    #[must_use]
    pub const fn is_beneficial(&self) -> bool {
        self.total >= BENEFICIAL
    }
}

/// The owners of a customer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ownership {
    /// Everybody once, the largest share first.
    pub holders: Vec<Holder>,
    /// What they hold.
    pub holdings: Vec<Holding>,
    /// Names of those in whom more than all is held; the customer's is empty.
    pub overfull: Vec<String>,
}

/// Works out who owns a customer.
#[must_use]
pub fn ownership(customer: &Customer) -> Ownership {
    let entries = customer.entries("owner");
    let mut places: BTreeMap<(String, &str), usize> = BTreeMap::new();
    let (mut holders, mut place_of) = (Vec::new(), BTreeMap::new());
    for entry in entries {
        let (name, kind) = (entry.fields.one("holder"), entry.fields.one("kind"));
        let place = *places.entry((words(name), kind)).or_insert_with(|| {
            let kind = HolderKind::from_code(kind).unwrap_or(HolderKind::Company);
            holders.push(Holder { name: name.to_owned(), kind, direct: 0, total: 0, steps: None });
            holders.len() - 1
        });
        place_of.insert(entry.key, place);
    }
    let holding = |entry: &super::Entry| Holding {
        key: entry.key,
        holder: place_of[&entry.key],
        held: held_key(&entry.fields).and_then(|key| place_of.get(&key).copied()),
        share: check::share(entry.fields.one("share")).ok(),
    };
    let holdings: Vec<Holding> = entries.iter().map(holding).collect();
    let graph = Graph::new(holders.len(), &holdings);
    for (place, holder) in holders.iter_mut().enumerate() {
        holder.direct = round(graph.direct(place));
        holder.total = round(graph.total(place));
        holder.steps = graph.steps(place);
    }
    let overfull = overfull(&holders, &holdings);
    sorted(Ownership { holders, holdings, overfull })
}

/// The entry in whose holder a share is held; none for the customer.
#[must_use]
pub fn held_key(fields: &Answers) -> Option<u32> {
    fields.one("of").parse().ok()
}

fn round(share: f64) -> u32 {
    // Within 0 and 10 000.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0 to 10 000")]
    let rounded = (share.clamp(0.0, 1.0) * WHOLE).round() as u32;
    rounded
}

fn overfull(holders: &[Holder], holdings: &[Holding]) -> Vec<String> {
    let sum = |held: Option<usize>| -> u64 {
        holdings.iter().filter(|holding| holding.held == held).filter_map(|holding| holding.share).map(u64::from).sum()
    };
    let everybody = std::iter::once(None).chain((0..holders.len()).map(Some));
    let name = |held: Option<usize>| held.map_or_else(String::new, |place| holders[place].name.clone());
    everybody.filter(|held| sum(*held) > 10_000).map(name).collect()
}

/// The largest share first, and the places in the holdings after it.
fn sorted(mut found: Ownership) -> Ownership {
    let mut order: Vec<usize> = (0..found.holders.len()).collect();
    order.sort_by_key(|place| (std::cmp::Reverse(found.holders[*place].total), *place));
    let mut new = vec![0; order.len()];
    for (at, place) in order.iter().enumerate() {
        new[*place] = at;
    }
    found.holders = order.iter().map(|place| found.holders[*place].clone()).collect();
    for holding in &mut found.holdings {
        holding.holder = new[holding.holder];
        holding.held = holding.held.map(|place| new[place]);
    }
    found
}

/// Shares as a graph: the customer is the last node.
struct Graph {
    nodes: usize,
    /// Holder, held, share of one.
    edges: Vec<(usize, usize, f64)>,
}

impl Graph {
    fn new(holders: usize, holdings: &[Holding]) -> Self {
        let edge = |holding: &Holding| {
            (holding.holder, holding.held.unwrap_or(holders), f64::from(holding.share.unwrap_or(0)) / WHOLE)
        };
        Self { nodes: holders, edges: holdings.iter().map(edge).collect() }
    }

    fn direct(&self, place: usize) -> f64 {
        self.edges.iter().filter(|edge| edge.0 == place && edge.1 == self.nodes).map(|edge| edge.2).sum()
    }

    /// What leads from a holder to the customer: shares multiplied along each way, ways summed.
    fn total(&self, from: usize) -> f64 {
        let mut of = vec![0.0; self.nodes + 1];
        of[self.nodes] = 1.0;
        let mut total = 0.0;
        // The ways of so many shares, one round each.
        for _ in 0..=self.nodes {
            let mut next = vec![0.0; self.nodes + 1];
            for (holder, held, share) in &self.edges {
                next[*holder] += share * of[*held];
            }
            total += next[from];
            // No way comes back to where it began.
            next[from] = 0.0;
            of = next;
        }
        total
    }

    fn steps(&self, from: usize) -> Option<usize> {
        let mut reached = vec![false; self.nodes + 1];
        reached[self.nodes] = true;
        for step in 1..=self.nodes {
            let near: Vec<usize> = self.edges.iter().filter(|edge| reached[edge.1]).map(|edge| edge.0).collect();
            near.iter().for_each(|place| reached[*place] = true);
            if reached[from] {
                return Some(step);
            }
        }
        None
    }
}
