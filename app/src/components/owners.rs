//! Who owns a firm, drawn on the server: the firm at the bottom, its holders above it, lines with shares between them. It never
//! stands alone: the table beside it says the same.

use domain::customer::{ownership::Ownership, per_cent};
use leptos::prelude::*;

/// Size of a box, and of the room around it.
const BOX: (usize, usize) = (190, 48);
const GAP: (usize, usize) = (24, 64);
/// The most boxes that can be told apart.
const MOST: usize = 24;
/// Letters that a box has room for.
const LETTERS: usize = 24;

/// Where a box stands.
#[derive(Clone, Copy)]
struct Spot {
    x: usize,
    y: usize,
}

impl Spot {
    const fn middle(self) -> usize {
        self.x + BOX.0 / 2
    }
}

/// The chart. Draws nothing for nobody, and for more holders than can be told apart.
#[component]
pub fn OwnersChart(
    /// What the chart shows, in a sentence that stands for it.
    #[prop(into)]
    label: String,
    /// Name of the firm.
    #[prop(into)]
    firm: String,
    /// Its owners.
    owners: Ownership,
) -> impl IntoView {
    let shown = owners.holders.iter().filter(|holder| holder.steps.is_some()).count();
    (1..=MOST).contains(&shown).then(|| drawn(label, &firm, &owners))
}

/// Where each holder stands, where the firm stands, and how large the whole is.
fn spots(owners: &Ownership) -> (Vec<Option<Spot>>, Spot, (usize, usize)) {
    let levels = owners.holders.iter().filter_map(|holder| holder.steps).max().unwrap_or(0);
    let of = |level: usize| owners.holders.iter().filter(|holder| holder.steps == Some(level)).count();
    let widest = (1..=levels).map(of).max().unwrap_or(1).max(1);
    let width = widest * (BOX.0 + GAP.0) + GAP.0;
    let row = |level: usize| GAP.1 / 2 + (levels - level) * (BOX.1 + GAP.1);
    let mut seen = vec![0; levels + 1];
    let spot = |level: usize, place: usize| {
        let all = of(level) * (BOX.0 + GAP.0) - GAP.0;
        Spot { x: (width - all) / 2 + place * (BOX.0 + GAP.0), y: row(level) }
    };
    let spots = owners.holders.iter().map(|holder| {
        let level = holder.steps?;
        seen[level] += 1;
        Some(spot(level, seen[level] - 1))
    });
    let spots = spots.collect();
    (spots, Spot { x: (width - BOX.0) / 2, y: row(0) }, (width, row(0) + BOX.1 + GAP.1 / 2))
}

fn drawn(label: String, firm: &str, owners: &Ownership) -> AnyView {
    let (spots, bottom, (width, height)) = spots(owners);
    let lines = owners.holdings.iter().filter_map(|holding| {
        let from = spots[holding.holder]?;
        let to = holding.held.map_or(Some(bottom), |held| spots[held])?;
        Some(line(from, to, holding.share.map_or_else(|| "?".to_owned(), per_cent)))
    });
    let lines = lines.collect_view();
    let boxes = owners.holders.iter().zip(&spots).filter_map(|(holder, spot)| {
        let class = if holder.is_beneficial() { "owners__box owners__box--known" } else { "owners__box" };
        Some(boxed((*spot)?, class, &holder.name, &per_cent(holder.total)))
    });
    let boxes = boxes.collect_view();
    let firm = boxed(bottom, "owners__box owners__box--firm", firm, "");
    let region = label.clone();
    view! {
        <div class="owners" tabindex="0" role="region" aria-label=region>
            <svg
                class="owners__chart" viewBox=format!("0 0 {width} {height}") width=width.to_string()
                height=height.to_string() role="img" aria-label=label focusable="false"
            >
                {lines}{boxes}{firm}
            </svg>
        </div>
    }
    .into_any()
}

fn line(from: Spot, to: Spot, share: String) -> AnyView {
    let (down, up) = (from.y + BOX.1, to.y);
    // In a circle a line may lead sideways or up.
    let (y1, y2) = if down <= up { (down, up) } else { (from.y + BOX.1 / 2, to.y + BOX.1 / 2) };
    let (x1, x2) = (from.middle(), to.middle());
    // Nearer to the holder, where fewer lines meet.
    let (x, y) = ((2 * x1 + x2) / 3 + 6, (2 * y1 + y2) / 3 + 4);
    view! {
        <line class="owners__line" x1=x1.to_string() y1=y1.to_string() x2=x2.to_string() y2=y2.to_string()></line>
        <text class="owners__share" x=x.to_string() y=y.to_string()>{share}</text>
    }
    .into_any()
}

fn boxed(at: Spot, class: &'static str, name: &str, share: &str) -> AnyView {
    let short: String = match name.chars().count() > LETTERS {
        true => name.chars().take(LETTERS - 1).chain(['…']).collect(),
        false => name.to_owned(),
    };
    let (x, first, second) = (at.middle().to_string(), (at.y + 20).to_string(), (at.y + 38).to_string());
    let share = (!share.is_empty()).then(|| {
        view! { <text class="owners__total" x=x.clone() y=second text-anchor="middle">{share.to_owned()}</text> }
    });
    view! {
        <rect
            class=class x=at.x.to_string() y=at.y.to_string() width=BOX.0.to_string() height=BOX.1.to_string() rx="3"
        ></rect>
        <text class="owners__name" x=x y=first text-anchor="middle">{short}</text>
        {share}
    }
    .into_any()
}
