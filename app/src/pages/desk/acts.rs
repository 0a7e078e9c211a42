//! What can be done with a report, in one place: the same buttons beside the queue and on the report's own page.
//!
//! Each act that needs words or a choice is a fold that opens in place, with its form inside; without scripts and with.
//! A form says where it was opened ([`Origin`]), so that one comes back there, and carries the version that was seen.

use domain::{
    reference::Reference,
    report::{Act, State},
};
use leptos::prelude::*;
use services::desk::DeskReportView;

use super::{
    forms,
    place::{Desk, Place},
};
use crate::{
    components::*,
    text::{desk::Texts, fill},
    web::{Fields, typed::Typed},
};

/// What an officer does with a report; part of the address to which its form is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Gives it to somebody, or back.
    Assign,
    /// Accepts it for investigation.
    Accept,
    /// Marks it as duplicate.
    Duplicate,
    /// Closes it.
    Close,
    /// Asks the reporter.
    Ask,
    /// Overrules the band.
    Severity,
    /// Takes it up again.
    Reopen,
    /// Notes something for colleagues.
    Note,
    /// Writes to the reporter.
    Message,
    /// Puts it aside until a day.
    Snooze,
    /// Puts it back before that.
    Wake,
    /// Sticks labels on it.
    Label,
}

impl Deed {
    /// Every deed, in the order of the buttons.
    pub const ALL: &[Self] = &[
        Self::Accept,
        Self::Duplicate,
        Self::Close,
        Self::Ask,
        Self::Reopen,
        Self::Note,
        Self::Message,
        Self::Assign,
        Self::Snooze,
        Self::Wake,
        Self::Label,
        Self::Severity,
    ];

    /// Its name in addresses and fields.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Assign => "assign",
            Self::Accept => "accept",
            Self::Duplicate => "duplicate",
            Self::Close => "close",
            Self::Ask => "ask",
            Self::Severity => "severity",
            Self::Reopen => "reopen",
            Self::Note => "note",
            Self::Message => "message",
            Self::Snooze => "snooze",
            Self::Wake => "wake",
            Self::Label => "label",
        }
    }

    /// Reads a name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|deed| deed.code() == code)
    }

    /// Name of one of its fields; unique on a page that holds several forms.
    pub fn field(self, field: &str) -> String {
        format!("{}.{field}", self.code())
    }

    /// The key that opens it.
    pub const fn key(self) -> Option<&'static str> {
        match self {
            Self::Assign => Some("A"),
            Self::Accept => Some("1"),
            Self::Duplicate => Some("2"),
            Self::Close => Some("3"),
            Self::Ask => Some("4"),
            Self::Note => Some("C"),
            Self::Snooze | Self::Wake => Some("H"),
            Self::Label => Some("L"),
            _ => None,
        }
    }

    /// What is written on its button.
    pub const fn label(self, t: &'static Texts) -> &'static str {
        match self {
            Self::Assign => t.act_assign,
            Self::Accept => t.act_accept,
            Self::Duplicate => t.act_duplicate,
            Self::Close => t.act_close,
            Self::Ask => t.act_ask,
            Self::Severity => t.act_severity,
            Self::Reopen => t.act_reopen,
            Self::Note => t.act_note,
            Self::Message => t.act_message,
            Self::Snooze => t.act_snooze,
            Self::Wake => t.act_wake,
            Self::Label => t.act_label,
        }
    }

    /// What is said when it was done.
    pub const fn done(self, t: &'static Texts) -> &'static str {
        match self {
            Self::Assign => t.done_assigned,
            Self::Accept => t.done_accepted,
            Self::Duplicate => t.done_duplicate,
            Self::Close => t.done_closed,
            Self::Ask => t.done_asked,
            Self::Severity => t.done_severity,
            Self::Reopen => t.done_reopened,
            Self::Note => t.done_noted,
            Self::Message => t.done_sent,
            Self::Snooze => t.done_snoozed,
            Self::Wake => t.done_woken,
            Self::Label => t.done_labelled,
        }
    }

    /// The step of the report's way that it is, if it is one.
    const fn step(self) -> Option<Act> {
        match self {
            Self::Assign => Some(Act::Assign),
            Self::Accept => Some(Act::Accept),
            Self::Duplicate => Some(Act::MarkDuplicate),
            Self::Close => Some(Act::Close),
            Self::Ask => Some(Act::Ask),
            Self::Reopen => Some(Act::Reopen),
            Self::Severity | Self::Note | Self::Message | Self::Snooze | Self::Wake | Self::Label => None,
        }
    }

    /// Whether it is offered in a state.
    pub fn is_offered(self, state: State, acts: &[Act], works: bool) -> bool {
        match (self, self.step()) {
            (_, Some(step)) => acts.contains(&step),
            (Self::Severity | Self::Snooze | Self::Wake, None) => works && !state.is_settled(),
            (_, None) => works,
        }
    }

    /// Whether it is offered on a report.
    pub fn offers(self, view: &DeskReportView) -> bool {
        let fits = match self {
            Self::Snooze => view.aside_until.is_none(),
            Self::Wake => view.aside_until.is_some(),
            Self::Label => !view.all_labels.is_empty(),
            _ => true,
        };
        fits && self.is_offered(view.standing.state, &view.acts, view.works)
    }

    /// Whether the report leaves its place in the queue by it, so that the next one is looked at.
    pub const fn moves_on(self) -> bool {
        matches!(self, Self::Accept | Self::Duplicate | Self::Close | Self::Ask | Self::Snooze)
    }

    /// Name under which what was typed into its form is kept.
    pub fn form(self, reference: &Reference) -> String {
        format!("{} {reference}", self.code())
    }
}

/// Where a form was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// In the preview beside the queue.
    Queue {
        /// The place in the queue.
        place: Place,
        /// The report after this one.
        next: Option<Reference>,
    },
    /// On the report's page, reached from a place in the queue.
    Page {
        /// That place.
        from: Place,
    },
}

impl Origin {
    /// Reads it from a form.
    pub fn read(form: &Fields) -> Self {
        let place = Place::parse(form.get("_place"));
        match form.get("_in") {
            "queue" => Self::Queue { place, next: form.get("_next").parse().ok() },
            _ => Self::Page { from: place },
        }
    }

    /// The place in the queue to which it leads back.
    pub const fn place(&self) -> &Place {
        let (Self::Queue { place, .. } | Self::Page { from: place }) = self;
        place
    }

    /// As fields of a form.
    pub fn hidden(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Queue { place, next } => {
                let next = next.as_ref().map(Reference::to_string).unwrap_or_default();
                vec![("_in", "queue".to_owned()), ("_place", place.unselected().query()), ("_next", next)]
            }
            Self::Page { from } => vec![("_place", from.unselected().query())],
        }
    }
}

/// The form that stands open, with what was typed into it.
#[derive(Clone, Debug, Default)]
pub struct Opened {
    /// Which.
    pub deed: Option<Deed>,
    /// What was typed.
    pub typed: Typed,
}

impl Opened {
    /// What was typed into the form of a deed.
    pub fn typed(&self, deed: Deed) -> Typed {
        if self.deed == Some(deed) { self.typed.clone() } else { Typed::default() }
    }
}

/// Name of the field with the newest entry of the timeline that its reader saw.
pub const SEEN: &str = "_seen";

/// Fields that every form of a report carries.
pub fn hidden(desk: &Desk, view: &DeskReportView, origin: &Origin) -> Vec<(String, String)> {
    let newest = view.thread.first().map_or(0, |entry| entry.n);
    let own = [("version", view.version.to_string()), (SEEN, newest.to_string()), ("_who", desk.who.clone())];
    own.into_iter().chain(origin.hidden()).map(|(name, value)| (name.to_owned(), value)).collect()
}

/// Where a deed's form is sent.
pub fn target(desk: &Desk, view: &DeskReportView, deed: Deed) -> String {
    format!("{}/{}", desk.report(&view.reference), deed.code())
}

/// The buttons. Those of `elsewhere` have their form at another place of the page, and lead there.
pub fn acts(desk: &Desk, view: &DeskReportView, origin: &Origin, opened: &Opened, elsewhere: &[Deed]) -> AnyView {
    if !view.works {
        return view! { <p class="muted">{desk.t.read_only}</p> }.into_any();
    }
    let offered = Deed::ALL.iter().copied().filter(|deed| deed.offers(view));
    let buttons = offered.map(|deed| match deed {
        Deed::Wake => wake(desk, view, origin),
        deed if elsewhere.contains(&deed) => jump(desk, deed),
        deed => fold(desk, view, origin, opened, deed),
    });
    let buttons = buttons.collect_view();
    view! { <div class="acts no-print">{assign_me(desk, view, origin)}{buttons}{macros(desk, view, origin)}</div> }
        .into_any()
}

/// A link to a form that stands elsewhere on the page.
fn jump(desk: &Desk, deed: Deed) -> AnyView {
    let key = deed.key().and_then(|key| desk.key(key).get());
    let cap = key.clone().map(|key| view! { <Kbd key/> });
    let href = format!("#{}", field_id(&deed.field("text")));
    view! { <a class="button button--secondary" href=href data-key=key><span>{deed.label(desk.t)}</span>{cap}</a> }
        .into_any()
}

/// Taking a report needs nothing but a press.
fn assign_me(desk: &Desk, view: &DeskReportView, origin: &Origin) -> Option<AnyView> {
    let is_mine = view.assignee.as_ref().is_some_and(|officer| officer.id == desk.me);
    let offered = !is_mine && view.acts.contains(&Act::Assign);
    offered.then(|| {
        let mut hidden = hidden(desk, view, origin);
        hidden.push((Deed::Assign.field("to"), desk.me.to_string()));
        let action = target(desk, view, Deed::Assign);
        view! { <PostButton action label=desk.t.act_assign_me kind=ButtonKind::Secondary hidden key=desk.key("I")/> }
            .into_any()
    })
}

/// So does putting one back.
fn wake(desk: &Desk, view: &DeskReportView, origin: &Origin) -> AnyView {
    let (action, hidden) = (target(desk, view, Deed::Wake), hidden(desk, view, origin));
    view! { <PostButton action label=desk.t.act_wake kind=ButtonKind::Secondary hidden key=desk.key("H")/> }.into_any()
}

/// The macros: what one does is shown before it does it.
fn macros(desk: &Desk, view: &DeskReportView, origin: &Origin) -> Option<AnyView> {
    let (t, id) = (desk.bulk, "use-macro");
    let key = desk.key("M").get();
    let cap = key.clone().map(|key| view! { <Kbd key/> });
    let place = origin.place().unselected().query();
    (!view.macros.is_empty()).then(|| {
        let options = view.macros.iter().map(|(id, name)| SelectOption::new(id.to_string(), name.clone())).collect();
        view! {
            <details class="act" name="act" data-act="macro">
                <summary class="button button--secondary act__open" data-key=key><span>{t.macro_of}</span>{cap}</summary>
                <div class="act__body">
                    <form class="stack act-form" id=id method="get" action=desk.at("/selection")>
                        <input type="hidden" name="act" value="macro"/>
                        <input type="hidden" name="selected" value=view.reference.to_string()/>
                        <input type="hidden" name="_place" value=place/>
                        <SelectField name="macro" label=t.macro_of options blank=t.macro_choose/>
                        <ButtonRow><Button label=t.macro_look/></ButtonRow>
                    </form>
                </div>
            </details>
        }
        .into_any()
    })
}

fn fold(desk: &Desk, view: &DeskReportView, origin: &Origin, opened: &Opened, deed: Deed) -> AnyView {
    let open = opened.deed == Some(deed);
    let key = deed.key().and_then(|key| desk.key(key).get());
    let cap = key.clone().map(|key| view! { <Kbd key/> });
    let label = match (&view.assignee, deed) {
        (Some(officer), Deed::Assign) => {
            let now = fill(desk.t.with_now, &[("name", &officer.name)]);
            view! { {deed.label(desk.t)}<span class="unseen">" ("<bdi>{now}</bdi>")"</span> }.into_any()
        }
        _ => deed.label(desk.t).into_any(),
    };
    let form = forms::form(desk, view, origin, deed, &opened.typed(deed));
    view! {
        <details class="act" name="act" open=open data-act=deed.code()>
            <summary class="button button--secondary act__open" data-key=key><span>{label}</span>{cap}</summary>
            <div class="act__body">{form}</div>
        </details>
    }
    .into_any()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn every_deed_is_found_by_its_name() {
        for deed in Deed::ALL {
            assert_eq!(Deed::from_code(deed.code()), Some(*deed));
        }
        assert_eq!(Deed::from_code("preview"), None);
        assert_eq!(Deed::from_code("sent"), None);
    }

    #[test]
    fn the_key_on_each_button_is_heard() {
        for key in Deed::ALL.iter().filter_map(|deed| deed.key()).chain(["I", "?", "G Q", "G H", "Esc"]) {
            assert!(crate::islands::queue_keys::tests::names().any(|name| name == key), "{key}");
        }
    }

    #[test]
    fn readers_are_offered_nothing() {
        for deed in Deed::ALL {
            for state in State::ALL {
                assert!(!deed.is_offered(*state, &[], false), "{deed:?} {state:?}");
            }
        }
    }

    #[test]
    fn what_is_offered_is_possible() {
        for state in State::ALL {
            let acts: Vec<Act> = state.possible().collect();
            for deed in Deed::ALL {
                let offered = deed.is_offered(*state, &acts, true);
                let possible = deed.step().is_none_or(|step| state.after(step).is_ok());
                assert!(!offered || possible, "{deed:?} {state:?}");
            }
            let reopens = Deed::Reopen.is_offered(*state, &acts, true);
            assert_eq!(reopens, state.is_settled());
            assert!(!(reopens && Deed::Severity.is_offered(*state, &acts, true)), "{state:?}");
        }
    }

    #[test]
    fn a_form_knows_where_it_was_opened() {
        let place = Place::parse("view=mine&band=red");
        let next = Some(Reference::from_bits(5));
        for origin in [
            Origin::Queue { place: place.clone(), next },
            Origin::Queue { place: Place::default(), next: None },
            Origin::Page { from: place },
            Origin::Page { from: Place::default() },
        ] {
            let fields = Fields(origin.hidden().into_iter().map(|(name, value)| (name.to_owned(), value)).collect());
            assert_eq!(Origin::read(&fields), origin);
        }
        let strange = Fields::parse(b"_in=elsewhere&_place=//evil.example&_next=x");
        assert_eq!(Origin::read(&strange), Origin::Page { from: Place::default() });
        let selected: Place = Place::parse("sel=FR-0000");
        assert_eq!(selected.selected, None);
        assert!("FR-0000".parse::<Reference>().is_err());
        assert!(Reference::from_bits(5).to_string().parse::<Reference>().unwrap() == Reference::from_bits(5));
    }
}
