//! Charts: bars drawn on the server. A chart never stands alone: the table beside it says the same in figures.

use leptos::prelude::*;

/// A bar and its parts, from the bottom up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What it is, read by pointing at it.
    pub label: String,
    /// One number per series.
    pub parts: Vec<i64>,
}

/// Width of the room of one bar, and of the bar in it.
const ROOM: usize = 12;
const WIDTH: usize = 9;
/// Height of the highest bar.
const HEIGHT: i64 = 100;

/// Bars side by side, each of one part or several on top of each other; at most six series have a colour of their own.
#[component]
pub fn Bars(
    /// What the chart shows, in a sentence that stands for it.
    #[prop(into)]
    label: String,
    /// The bars, in order.
    bars: Vec<Bar>,
    /// What the parts are; none for bars of one part.
    #[prop(optional)]
    series: Vec<String>,
) -> impl IntoView {
    let most = bars.iter().map(|bar| bar.parts.iter().sum::<i64>()).max().unwrap_or(0).max(1);
    let (first, last) = (bars.first().cloned(), bars.last().filter(|_| bars.len() > 1).cloned());
    let view_box = format!("0 0 {} {}", bars.len() * ROOM, HEIGHT);
    let drawn = bars.iter().enumerate().map(|(place, bar)| drawn(bar, place, most)).collect_view();
    let ends = [first, last].map(|bar| bar.map(|bar| view! { <span>{bar.label}</span> }));
    let legend = (!series.is_empty()).then(|| {
        let entries = series.into_iter().enumerate().map(|(place, name)| {
            let class = part_class(place);
            view! {
                <li>
                    <svg class="chart__key" viewBox="0 0 10 10" aria-hidden="true" focusable="false">
                        <rect class=class width="10" height="10"></rect>
                    </svg>
                    {name}
                </li>
            }
        });
        view! { <ul class="chart__legend" role="list">{entries.collect_view()}</ul> }
    });
    view! {
        <div class="chart">
            <p class="chart__most num" aria-hidden="true">{most.to_string()}</p>
            <svg class="chart__bars" viewBox=view_box preserveAspectRatio="none" role="img" aria-label=label focusable="false">
                {drawn}
            </svg>
            <p class="chart__ends" aria-hidden="true">{ends}</p>
            {legend}
        </div>
    }
}

fn part_class(place: usize) -> String {
    format!("chart__part chart__part--{}", place.min(5) + 1)
}

/// The parts of a bar from the bottom up. What is there is seen: a part is never thinner than one of a hundred.
fn drawn(bar: &Bar, place: usize, most: i64) -> AnyView {
    let mut below = 0;
    let rects = bar.parts.iter().enumerate().filter(|(_, n)| **n > 0).map(|(series, n)| {
        let height = (n * HEIGHT / most).clamp(1, HEIGHT - below.min(HEIGHT - 1));
        below += height;
        let (x, y) = ((place * ROOM + 1).to_string(), (HEIGHT - below).to_string());
        view! { <rect class=part_class(series) x=x y=y width=WIDTH.to_string() height=height.to_string()></rect> }
    });
    rects.collect_view().into_any()
}

/// A bar that lies in a table's cell beside its number.
#[component]
pub fn CellBar(
    /// The number.
    value: i64,
    /// The highest of the column.
    most: i64,
) -> impl IntoView {
    let width = (value * 100 / most.max(1)).clamp(0, 100).to_string();
    view! {
        <svg class="chart__lying" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect class="chart__part chart__part--1" width=width height="8"></rect>
        </svg>
    }
}
