//! A deadline in its context: the hour, how much is left in words, and a bar. The bar never stands alone.

use super::MaybeText;
use leptos::prelude::*;

/// How the clock stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// Time enough.
    #[default]
    Calm,
    /// Little left.
    Soon,
    /// Past.
    Overdue,
    /// Stands still, e.g. while the reporter is asked.
    Paused,
    /// Met.
    Met,
}

impl Clock {
    const fn name(self) -> &'static str {
        match self {
            Self::Calm => "calm",
            Self::Soon => "soon",
            Self::Overdue => "overdue",
            Self::Paused => "paused",
            Self::Met => "met",
        }
    }
}

/// "Due 14:30" and "2 h left", with a coloured bar at the start of the line.
#[component]
pub fn Deadline(
    /// The hour with its zone: "Due 14:30 CET".
    #[prop(into)]
    due: String,
    /// The rest in words: "2 h left", "overdue by 1 day", "paused".
    #[prop(into)]
    left: String,
    /// How the clock stands.
    #[prop(optional)]
    clock: Clock,
    /// The moment, RFC 3339.
    #[prop(optional, into)]
    datetime: MaybeText,
    /// Part of the time that is gone, in per cent; draws a bar.
    #[prop(default = None)]
    gone: Option<u8>,
) -> impl IntoView {
    let bar = gone.map(|gone| {
        view! {
            <svg class="deadline__bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                <rect class="deadline__gone" width=gone.min(100).to_string() height="4"></rect>
            </svg>
        }
    });
    view! {
        <span class="deadline" data-clock=clock.name()>
            <time class="deadline__due" datetime=datetime.get()>{due}</time>
            <span class="deadline__left">{left}</span>
            {bar}
        </span>
    }
}
