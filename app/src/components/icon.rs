//! The glyphs: line drawings on a 24-unit grid, inline so that they take the colour of the text and survive forced colours.

use super::MaybeText;
use leptos::prelude::*;

/// What a glyph depicts. Always beside a word, so it is hidden from screen readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Home of a workspace.
    Overview,
    /// Reports.
    Report,
    /// A new report.
    NewReport,
    /// Customers.
    Customer,
    /// Assessing an order.
    Assess,
    /// Learning, articles.
    Learn,
    /// People of an organisation.
    Team,
    /// The authority's queue.
    Queue,
    /// A case or folder.
    Case,
    /// Search.
    Search,
    /// Figures.
    Dashboard,
    /// Organisations.
    Organisation,
    /// Notices.
    Notice,
    /// Settings.
    Settings,
    /// Help.
    Help,
    /// A substance.
    Substance,
    /// One's own account.
    Account,
    /// Outgoing mail.
    Mail,
    /// The telephone.
    Phone,
    /// Printing.
    Print,
    /// Provable, in the log.
    Chain,
    /// A company's workspace.
    Company,
    /// An authority's workspace.
    Authority,
    /// An association's workspace.
    Association,
    /// The system administrators' workspace.
    System,
    /// Closing, removing.
    Close,
    /// Opens downwards.
    Down,
    /// Forward in reading direction.
    Forward,
    /// Back in reading direction.
    Back,
    /// Attention.
    Warning,
    /// Done.
    Tick,
    /// Plain information.
    Info,
    /// More entries.
    More,
    /// Kept, must not be deleted.
    Lock,
}

impl Icon {
    /// Whether the glyph points along the line and therefore turns round in right-to-left text.
    const fn turns(self) -> bool {
        matches!(self, Self::Forward | Self::Back)
    }

    const fn paths(self) -> &'static str {
        match self {
            Self::Overview => "<path d='M4 11.5 12 5l8 6.5V20H4zM10 20v-5h4v5'/>",
            Self::Report => "<path d='M6 3.5h9l3 3v14H6zM9 9h6M9 12.5h6M9 16h4'/>",
            Self::NewReport => "<path d='M13 20.5H6v-17h9l3 3V12M9 9h6M9 12.5h3M17.5 15v6M14.5 18h6'/>",
            Self::Customer => {
                "<path d='M4 20V8l6-3v15M10 20V10h10v10M4 20h16.5M13 13.5h1M16.5 13.5h1M13 16.5h1M16.5 16.5h1M6.5 10v.5M6.5 13v.5M6.5 16v.5'/>"
            }
            Self::Assess => "<path d='M12 4v16M8 20h8M5 7h14M5 7l-2.5 6h5zM19 7l-2.5 6h5z'/>",
            Self::Learn => {
                "<path d='M12 6.5C10 5 7 4.5 4 5v13.5c3-.5 6 0 8 1.5 2-1.5 5-2 8-1.5V5c-3-.5-6 0-8 1.5zM12 6.5V20'/>"
            }
            Self::Team => {
                "<circle cx='9' cy='8.5' r='3'/><path d='M3.5 19.5c0-3.5 2-5.5 5.5-5.5s5.5 2 5.5 5.5M15.5 6a2.6 2.6 0 0 1 0 5M17 14.3c2.2.5 3.5 2.3 3.5 5.2'/>"
            }
            Self::Queue => "<path d='M4 6h3v3H4zM4 11h3v3H4zM4 16h3v3H4zM10 7.5h10M10 12.5h10M10 17.5h7'/>",
            Self::Case => "<path d='M3.5 7.5h17v12h-17zM9 7.5V5h6v2.5M3.5 12.5h17'/>",
            Self::Search => "<circle cx='10.5' cy='10.5' r='6'/><path d='m15 15 5.5 5.5'/>",
            Self::Dashboard => "<path d='M4 20V4M4 20h16.5M8 20v-6h2.5v6M13 20V9h2.5v11M18 20v-8.5'/>",
            Self::Organisation => {
                "<path d='M5 20.5v-17h9v17M14 9.5h5v11M3 20.5h18M8 7h3M8 10.5h3M8 14h3M8.5 20.5V17.5h2v3'/>"
            }
            Self::Notice => {
                "<path d='M4 10v4h3l7 4.5v-13L7 10zM17 9.5a4 4 0 0 1 0 5M19 6.5a8 8 0 0 1 0 11M7.5 14v5h2.5v-3.5'/>"
            }
            Self::Settings => {
                "<path d='M4 7h9M17 7h3M4 12h3M11 12h9M4 17h9M17 17h3'/><circle cx='15' cy='7' r='2'/><circle cx='9' cy='12' r='2'/><circle cx='15' cy='17' r='2'/>"
            }
            Self::Help => {
                "<circle cx='12' cy='12' r='8.5'/><path d='M9.5 9.8C9.5 8.2 10.6 7.3 12 7.3s2.5.9 2.5 2.3c0 2-2.5 2-2.5 4.2M12 16.5v.4'/>"
            }
            Self::Substance => "<path d='M10 3.5h4M10.5 3.5v4L8 10v10.5h8V10l-2.5-2.5v-4M8 13h8M8 17.5h8'/>",
            Self::Account => "<circle cx='12' cy='8.5' r='3.5'/><path d='M5 20.5c0-4 2.5-6.5 7-6.5s7 2.5 7 6.5'/>",
            Self::Mail => "<path d='M3.5 6h17v12.5h-17zM3.5 7l8.5 6.5L20.5 7'/>",
            Self::Phone => {
                "<path d='M5 4h4l1.5 4.5L8.5 10c1 2.5 3 4.5 5.5 5.5l1.5-2L20 15v4c0 1-1 1.5-2 1.5C11 20 4 13 3.5 6 3.5 5 4 4 5 4z'/>"
            }
            Self::Print => "<path d='M7 9V3.5h10V9M7 17H3.5V9h17v8H17M7 14h10v6.5H7z'/>",
            Self::Chain => {
                "<path d='M6.5 9.5h-1a2.5 2.5 0 0 0 0 5h3a2.5 2.5 0 0 0 2.5-2.5M17.5 14.5h1a2.5 2.5 0 0 0 0-5h-3A2.5 2.5 0 0 0 13 12M8 12a2.5 2.5 0 0 1 2.5-2.5h3A2.5 2.5 0 0 1 16 12a2.5 2.5 0 0 1-2.5 2.5h-3A2.5 2.5 0 0 1 8 12'/>"
            }
            Self::Company => "<path d='M3.5 20.5V11l5 3v-3l5 3V4h4l1 16.5zM7 17.5h1M11 17.5h1M15 17.5h1'/>",
            Self::Authority => "<path d='M12 3.5 4 8h16zM5 20.5h14M6 17.5h12M7.5 8v9.5M12 8v9.5M16.5 8v9.5'/>",
            Self::Association => {
                "<circle cx='12' cy='12' r='2.5'/><circle cx='12' cy='4.8' r='1.8'/><circle cx='5.5' cy='16.5' r='1.8'/><circle cx='18.5' cy='16.5' r='1.8'/><path d='M12 6.6v2.9M7.1 15.6l2.7-2.2M16.9 15.6l-2.7-2.2'/>"
            }
            Self::System => "<path d='M4 5h16v5H4zM4 14h16v5H4zM7 7.5h.5M7 16.5h.5M11 7.5h6M11 16.5h6'/>",
            Self::Close => "<path d='m6 6 12 12M18 6 6 18'/>",
            Self::Down => "<path d='m6 9.5 6 6 6-6'/>",
            Self::Forward => "<path d='M4 12h15M13.5 6.5 19 12l-5.5 5.5'/>",
            Self::Back => "<path d='M20 12H5M10.5 6.5 5 12l5.5 5.5'/>",
            Self::Warning => "<path d='M12 4 2.8 19.5h18.4zM12 10v4.5M12 17v.4'/>",
            Self::Tick => "<path d='m5 12.5 4.5 4.5L19 7'/>",
            Self::Info => "<circle cx='12' cy='12' r='8.5'/><path d='M12 11v5.5M12 7.5v.4'/>",
            Self::More => "<path d='M5 12h.1M12 12h.1M19 12h.1' stroke-width='3' stroke-linecap='round'/>",
            Self::Lock => "<path d='M5.5 11h13v9.5h-13zM8.5 11V8a3.5 3.5 0 0 1 7 0v3'/>",
        }
    }
}

/// A decorative glyph, as high as the line.
#[component]
pub fn Glyph(
    /// Which one.
    icon: Icon,
) -> impl IntoView {
    let class = if icon.turns() { "glyph glyph--turns" } else { "glyph" };
    view! { <svg class=class viewBox="0 0 24 24" aria-hidden="true" focusable="false" inner_html=icon.paths()></svg> }
}

const MARK: &str = "<path class='mark__frame' d='M5 1.5h22a3.5 3.5 0 0 0 3.5 3.5v22a3.5 3.5 0 0 0-3.5 3.5H5A3.5 3.5 0 0 0 1.5 27V5A3.5 3.5 0 0 0 5 1.5z'/>\
<path class='mark__inner' d='M7 4.5h18c.4 1.2 1.3 2.1 2.5 2.5v18c-1.2.4-2.1 1.3-2.5 2.5H7c-.4-1.2-1.3-2.1-2.5-2.5V7C5.7 6.6 6.6 5.7 7 4.5z'/>\
<path class='mark__letter' d='M10.5 8.5h11.5M10.5 8.5v15M10.5 15.5h7.5'/><circle class='mark__dot' cx='20.5' cy='22' r='2'/>";

/// The service's own mark: a reagent label, its ruled lines forming an F, with the full stop of a finished entry.
#[component]
pub fn Mark() -> impl IntoView {
    view! { <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false" inner_html=MARK></svg> }
}

/// The three-link glyph beside anything that can be proved from the log; leads to the proof when there is an address.
#[component]
pub fn ChainMark(
    /// What it proves, e.g. "In the log at position 1 204".
    #[prop(into)]
    text: String,
    /// Address of the proof.
    #[prop(optional, into)]
    href: MaybeText,
) -> impl IntoView {
    let inner = view! { <Glyph icon=Icon::Chain/><span>{text}</span> };
    match href.get() {
        Some(href) => view! { <a class="chain" href=href>{inner}</a> }.into_any(),
        None => view! { <span class="chain">{inner}</span> }.into_any(),
    }
}
