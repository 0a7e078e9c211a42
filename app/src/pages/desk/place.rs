//! What every page of the desk knows of its surroundings, and the address of a place in the queue.

use domain::{
    access::Action,
    country::Country,
    ids::{LabelId, OrgId, UserId},
    indicator::Band,
    lang::Lang,
    reference::Reference,
    report::ReportKind,
    time::Timestamp,
};
use services::{
    Refusal, context,
    desk::{QueueFilter, View},
    report::Cursor,
};

use super::keys;
use crate::{
    components::MaybeText,
    format,
    text::{
        bulk,
        desk::{Texts, texts},
        duty, fill,
    },
    web::{
        Fields, Req,
        paths::{with_queries, with_query},
    },
};

/// Pages of the queue that "previous" remembers; from further on it leads to the beginning.
const TRAIL: usize = 8;

/// Where one sits: whose desk, in which time zone, with or without keys.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The words.
    pub t: &'static Texts,
    /// Their language.
    pub lang: Lang,
    /// The words of the duty roster.
    pub duty: &'static duty::Texts,
    /// The words for several reports at once.
    pub bulk: &'static bulk::Texts,
    /// The authority.
    pub org: OrgId,
    /// Time zone of the authority's country.
    pub zone: &'static str,
    /// Now.
    pub now: Timestamp,
    /// The person.
    pub me: UserId,
    /// Their name, for what they print.
    pub name: String,
    /// Public address of the page, for what is printed.
    pub address: String,
    /// Whether they write reports down by telephone.
    pub takes: bool,
    /// Whether they work on reports.
    pub works: bool,
    /// Whether they decide what the desk works with.
    pub manages: bool,
    /// Whether the keys are on in this browser.
    pub keys: bool,
    /// Goes into every form, so that nobody else sends what this person typed.
    pub who: String,
    base: String,
}

impl Desk {
    /// The desk of the address.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] outside a workspace.
    pub fn of(req: &Req) -> Result<Self, Refusal> {
        let member = req.workspace()?;
        let (me, name) = (req.person()?.id, req.person()?.name.clone());
        let address = format!("{}{}", req.ctx().config.base_url, req.path);
        Ok(Self {
            t: texts(req.lang),
            lang: req.lang,
            duty: duty::texts(req.lang),
            bulk: bulk::texts(req.lang),
            org: member.org,
            zone: Country::parse(&member.country).map_or("UTC", Country::time_zone),
            now: req.ctx().now(),
            me,
            name,
            address,
            takes: Action::TakeReports.allows(member.role),
            works: Action::WorkReports.allows(member.role),
            manages: Action::ManageDesk.allows(member.role),
            keys: keys::are_on(req),
            who: context::fingerprint(me),
            base: req.here(""),
        })
    }

    /// An address at this desk.
    #[must_use]
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Address of a report.
    #[must_use]
    pub fn report(&self, reference: &Reference) -> String {
        self.at(&format!("/reports/{reference}"))
    }

    /// Address of a report, opened from a place in the queue to which its page leads back.
    #[must_use]
    pub fn report_from(&self, reference: &Reference, from: &Place) -> String {
        let query = from.unselected().query();
        if query.is_empty() { self.report(reference) } else { with_query(&self.report(reference), "from", &query) }
    }

    /// Address of a place in the queue.
    #[must_use]
    pub fn queue(&self, place: &Place) -> String {
        // The bare address opens with the view that a person chose.
        let query = place.query();
        with_queries(&self.at("/queue"), if query.is_empty() { "view=open" } else { &query })
    }

    /// An instant in the authority's zone.
    #[must_use]
    pub fn moment(&self, at: Timestamp) -> String {
        format::moment(at, self.zone)
    }

    /// Until when: the hour alone if it is today.
    #[must_use]
    pub fn due(&self, at: Timestamp) -> String {
        if format::day(at, self.zone) == format::day(self.now, self.zone) {
            fill(self.t.due_today, &[("time", &format::time_of_day(at, self.zone))])
        } else {
            fill(self.t.due, &[("at", &self.moment(at))])
        }
    }

    /// The key of a button, where keys are on.
    #[must_use]
    pub fn key(&self, key: &'static str) -> MaybeText {
        self.keys.then_some(key).into()
    }
}

/// A place in the queue: what is shown, from where on, and which report stands in the preview. It is read from an
/// address and written into one; whatever cannot be read is left out, since the address was cut off or made by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// What is shown.
    pub filter: QueueFilter,
    /// Behind which place the page begins.
    pub after: Option<Cursor>,
    /// Where the pages before this one began, without the first.
    pub trail: Vec<Cursor>,
    /// What stands in the preview.
    pub selected: Option<Reference>,
}

impl Place {
    /// Reads the place of an address.
    #[must_use]
    pub fn read(fields: &Fields) -> Self {
        let view: View = fields.get("view").parse().unwrap_or_default();
        let slug = fields.get("substance");
        let is_slug = !slug.is_empty()
            && slug.len() <= 80
            && slug.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        Self {
            filter: QueueFilter {
                view,
                band: Band::from_code(fields.get("band")),
                kind: ReportKind::from_code(fields.get("kind")),
                substance: is_slug.then(|| slug.to_owned()),
                overdue: has_clock(view) && fields.get("overdue") == "yes",
                fresh: view != View::News && fields.get("new") == "yes",
                label: fields.get("label").parse().ok(),
            },
            after: fields.get("after").parse().ok(),
            trail: fields.get("before").split('~').filter_map(|cursor| cursor.parse().ok()).take(TRAIL).collect(),
            selected: fields.get("sel").parse().ok(),
        }
    }

    /// The same, from the text of a query.
    #[must_use]
    pub fn parse(query: &str) -> Self {
        Self::read(&Fields::parse(query.as_bytes()))
    }

    /// The beginning of a view, without filters.
    #[must_use]
    pub fn view(view: View) -> Self {
        Self { filter: QueueFilter { view, ..QueueFilter::default() }, ..Self::default() }
    }

    /// The beginning of the list under another filter.
    #[must_use]
    pub fn narrowed(filter: QueueFilter) -> Self {
        Self { filter, ..Self::default() }
    }

    /// The same place with this report in the preview.
    #[must_use]
    pub fn select(&self, selected: Option<&Reference>) -> Self {
        Self { selected: selected.cloned(), ..self.clone() }
    }

    /// The same place without a preview.
    #[must_use]
    pub fn unselected(&self) -> Self {
        self.select(None)
    }

    /// The page that begins behind `next`.
    #[must_use]
    pub fn next(&self, next: Cursor) -> Self {
        let mut trail: Vec<Cursor> = self.trail.iter().copied().chain(self.after).collect();
        let excess = trail.len().saturating_sub(TRAIL);
        trail.drain(..excess);
        Self { after: Some(next), trail, selected: None, ..self.clone() }
    }

    /// The page before this one, if this is not the first.
    #[must_use]
    pub fn previous(&self) -> Option<Self> {
        self.after?;
        let mut trail = self.trail.clone();
        let after = trail.pop();
        Some(Self { after, trail, selected: None, ..self.clone() })
    }

    /// Whether anything narrows the view.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        self.filter != QueueFilter { view: self.filter.view, ..QueueFilter::default() }
    }

    /// As a query, without a question mark; the beginning of the open reports is the empty text.
    #[must_use]
    pub fn query(&self) -> String {
        let filter = &self.filter;
        let trail: Vec<String> = self.trail.iter().map(Cursor::to_string).collect();
        let parts = [
            ("view", (filter.view != View::default()).then(|| filter.view.to_string())),
            ("band", filter.band.map(|band| band.code().to_owned())),
            ("kind", filter.kind.map(|kind| kind.code().to_owned())),
            ("substance", filter.substance.clone()),
            ("overdue", filter.overdue.then(|| "yes".to_owned())),
            ("new", filter.fresh.then(|| "yes".to_owned())),
            ("label", filter.label.as_ref().map(LabelId::to_string)),
            ("after", self.after.map(|cursor| cursor.to_string())),
            ("before", (!trail.is_empty()).then(|| trail.join("~"))),
            ("sel", self.selected.as_ref().map(Reference::to_string)),
        ];
        let parts = parts.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", value?)));
        parts.collect::<Vec<_>>().join("&")
    }
}

/// Whether the answer clock of reports in a view can have run out.
#[must_use]
pub const fn has_clock(view: View) -> bool {
    matches!(view, View::Open | View::Mine | View::Unassigned)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn cursor(n: u128) -> Cursor {
        format!("{n}.{}", uuid(n)).parse().unwrap()
    }

    fn uuid(n: u128) -> String {
        format!("{n:032x}")
    }

    #[test]
    fn a_place_survives_its_address() {
        let everything = Place {
            filter: QueueFilter {
                view: View::Mine,
                band: Some(Band::Red),
                kind: Some(ReportKind::Theft),
                substance: Some("acetic-anhydride".into()),
                overdue: true,
                fresh: true,
                label: "0193b0c0ffee7000800000000000dead".parse().ok(),
            },
            after: Some(cursor(3)),
            trail: vec![cursor(1), cursor(2)],
            selected: Some(Reference::from_bits(7)),
        };
        assert_eq!(Place::parse(&everything.query()), everything);
        assert_eq!(Place::default().query(), "");
        for view in View::ALL {
            assert_eq!(Place::parse(&Place::view(*view).query()), Place::view(*view));
        }
    }

    #[test]
    fn what_cannot_be_read_is_left_out() {
        for query in [
            "view=nonsense&band=purple&kind=&substance=&overdue=&label=hot&after=&before=&sel=",
            "after=1.x&before=~~&sel=FR-0000",
            "substance=%3Cscript%3E&overdue=on",
            "substance=a%00b",
            "%ff=%fe&&&=",
        ] {
            assert_eq!(Place::parse(query), Place::default(), "{query}");
        }
        let late = Place::parse("view=closed&overdue=yes");
        assert!(!late.filter.overdue, "a decided report has no clock");
        assert_eq!(Place::parse(&format!("substance={}", "a".repeat(81))), Place::default());
    }

    #[test]
    fn next_and_previous_are_each_others_way_back() {
        let mut place = Place::view(View::Closed);
        assert_eq!(place.previous(), None);
        let mut visited = vec![place.clone()];
        for n in 1..=5 {
            place = Place::parse(&place.next(cursor(n)).query());
            visited.push(place.clone());
        }
        for earlier in visited.iter().rev().skip(1) {
            place = place.previous().unwrap();
            assert_eq!(&place, earlier);
        }
    }

    #[test]
    fn the_trail_does_not_grow_without_end() {
        let far = (1..=40).fold(Place::default(), |place, n| Place::parse(&place.next(cursor(n)).query()));
        assert_eq!(far.trail.len(), TRAIL);
        assert!(far.query().len() < 1_000);
        let mut place = far;
        while let Some(earlier) = place.previous() {
            place = earlier;
        }
        assert_eq!(place, Place::default(), "previous always ends at the beginning");
    }

    #[test]
    fn selecting_keeps_the_page_and_another_filter_begins_anew() {
        let place = Place::default().next(cursor(9));
        let selected = place.select(Some(&Reference::from_bits(1)));
        assert_eq!(selected.after, place.after);
        assert_eq!(selected.unselected(), place);
        assert_eq!(selected.next(cursor(10)).selected, None);
        assert!(!selected.is_narrowed() && Place::parse("band=red").is_narrowed());
    }
}
