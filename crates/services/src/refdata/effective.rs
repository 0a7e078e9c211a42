//! What holds at an instant, looked up in memory.
//!
//! Every approved version is held, so that nothing has to happen when one comes into force: the lookup is by instant.
//! Only new approvals have to be noticed. They are counted every [`LOOK`]; a version begins to hold no sooner than
//! [`SETTLE`] after its approval, so that by then every process on the database has it.

use std::{
    borrow::Cow,
    collections::HashMap,
    sync::{
        Arc, LazyLock, Mutex, PoisonError, RwLock,
        atomic::{AtomicI64, Ordering},
    },
};

use domain::{
    calendar::Calendars,
    deadline::Deadlines,
    ids::OrgId,
    indicator::RuleSet,
    library::Library,
    openness::Openness,
    organisation::OrgKind,
    question::QuestionSet,
    refdata::{Data, Kind, Scope, Sheet, read},
    report::{Decision, Reasons},
    substance::Catalogue,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use store::refdata::ApprovedRow;

use super::sheet_of;
use crate::{Context, Result};

/// How often it is looked for approvals of other processes.
const LOOK: i64 = 10 * Timestamp::SECOND;
/// How long after its approval a version holds at the earliest.
pub(super) const SETTLE: i64 = 30 * Timestamp::SECOND;

/// The kinds by which a report is judged when it is sent.
const JUDGING: &[Kind] = &[Kind::Deadlines, Kind::Indicators, Kind::Substances, Kind::Calendars];

/// Which version of a kind was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// The kind.
    pub kind: Kind,
    /// The version; 0 is what shipped with the program.
    pub number: i64,
    /// Whether it was the authority's own.
    pub own: bool,
}

/// The approved versions.
#[derive(Debug)]
pub struct RefData {
    held: RwLock<Arc<Held>>,
    questions: Mutex<HashMap<Asking, &'static QuestionSet>>,
    looked_at: AtomicI64,
}

/// Version of the questions, whose signs they offer, version of those.
type Asking = (String, Option<OrgId>, String);

#[derive(Debug, Default)]
struct Held {
    stamp: i64,
    versions: Vec<Known>,
}

#[derive(Debug)]
struct Known {
    kind: Kind,
    /// None: for everybody.
    authority: Option<OrgId>,
    number: i64,
    valid_from: Timestamp,
    sheet: Sheet,
    data: Data,
}

impl Default for RefData {
    fn default() -> Self {
        Self { held: RwLock::default(), questions: Mutex::default(), looked_at: AtomicI64::new(i64::MIN) }
    }
}

impl Held {
    /// The version in force: the last one that has begun.
    fn find(&self, kind: Kind, authority: Option<OrgId>, at: Timestamp) -> Option<&Known> {
        let begun = |known: &&Known| known.kind == kind && known.authority == authority && known.valid_from <= at;
        self.versions.iter().filter(begun).max_by_key(|known| known.number)
    }

    fn law(&self, at: Timestamp) -> &Deadlines {
        match self.find(Kind::Deadlines, None, at).map(|known| &known.data) {
            Some(Data::Deadlines(law)) => law,
            _ => Deadlines::embedded(),
        }
    }
}

impl RefData {
    fn held(&self) -> Arc<Held> {
        Arc::clone(&self.held.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The law at an instant, with the clock of no authority.
    #[must_use]
    pub fn law(&self, at: Timestamp) -> Deadlines {
        self.held().law(at).clone()
    }

    /// The law at an instant, with the clock of an authority.
    #[must_use]
    pub fn deadlines(&self, authority: OrgId, at: Timestamp) -> Deadlines {
        let held = self.held();
        let law = held.law(at);
        match held.find(Kind::Deadlines, Some(authority), at).map(|known| &known.data) {
            Some(Data::Deadlines(own)) => law.with_clock_of(own),
            _ => law.clone(),
        }
    }

    /// The reasons of an authority at an instant.
    #[must_use]
    pub fn reasons(&self, authority: OrgId, at: Timestamp) -> Reasons {
        self.look_up_reasons(authority, at, Reasons::clone)
    }

    fn look_up_reasons<T>(&self, authority: OrgId, at: Timestamp, look: impl FnOnce(&Reasons) -> T) -> T {
        let held = self.held();
        let own = held.find(Kind::Reasons, Some(authority), at);
        match own.or_else(|| held.find(Kind::Reasons, None, at)).map(|known| &known.data) {
            Some(Data::Reasons(reasons)) => look(reasons),
            _ => look(Reasons::embedded()),
        }
    }

    /// A reason in the words of the day it was chosen. One that was removed before that day keeps the words it shipped with.
    #[must_use]
    pub fn reason(&self, authority: OrgId, at: Timestamp, decision: Decision, code: &str) -> String {
        self.look_up_reasons(authority, at, |reasons| {
            let reason = reasons.find(decision, code).or_else(|| Reasons::embedded().find(decision, code));
            reason.map_or_else(|| code.to_owned(), |reason| reason.label.clone())
        })
    }

    /// The rules for an authority's reports (none: nobody's in particular) at an instant: those of the program with the
    /// words and weights that are in force.
    #[must_use]
    pub fn rules(&self, base: &'static RuleSet, authority: Option<OrgId>, at: Timestamp) -> Cow<'static, RuleSet> {
        let held = self.held();
        let own = authority.and_then(|authority| held.find(Kind::Indicators, Some(authority), at));
        with_words(base, own.or_else(|| held.find(Kind::Indicators, None, at)))
    }

    /// The rules of an earlier day, by what was noted then.
    #[must_use]
    pub fn rules_of(&self, base: &'static RuleSet, authority: OrgId, editions: &[Edition]) -> Cow<'static, RuleSet> {
        let held = self.held();
        let of_signs = editions.iter().filter(|edition| edition.kind == Kind::Indicators);
        let edition = of_signs.max_by_key(|edition| edition.own);
        let authority = edition.filter(|edition| edition.own).map(|_| authority);
        let number = edition.map_or(0, |edition| edition.number);
        let fits =
            |known: &&Known| known.kind == Kind::Indicators && known.authority == authority && known.number == number;
        with_words(base, held.versions.iter().find(fits))
    }

    /// The questions with the signs of these rules to tick. They are made once for each version of the rules and kept, of
    /// which there are no more than people approve.
    #[must_use]
    pub fn questions(
        &self,
        set: &'static QuestionSet,
        authority: Option<OrgId>,
        rules: &RuleSet,
    ) -> &'static QuestionSet {
        if rules.version == set.indicators {
            return set;
        }
        let mut made = self.questions.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (set.version.clone(), authority, rules.version.clone());
        made.entry(key).or_insert_with(|| {
            let mut own = set.clone();
            own.offer_signs(rules);
            Box::leak(Box::new(own))
        })
    }

    /// The catalogue with the places on lists that are in force at an instant; none for what shipped.
    #[must_use]
    pub fn catalogue(&self, at: Timestamp) -> Option<Arc<Catalogue>> {
        let held = self.held();
        match held.find(Kind::Substances, None, at).map(|known| &known.data) {
            Some(Data::Substances(catalogue)) => Some(Arc::clone(catalogue)),
            _ => None,
        }
    }

    /// The days off of countries, as they were known at an instant.
    #[must_use]
    pub fn calendars(&self, at: Timestamp) -> Arc<Calendars> {
        static SHIPPED: LazyLock<Arc<Calendars>> = LazyLock::new(|| Arc::new(Calendars::embedded().clone()));
        let held = self.held();
        match held.find(Kind::Calendars, None, at).map(|known| &known.data) {
            Some(Data::Calendars(calendars)) => Arc::clone(calendars),
            _ => Arc::clone(&SHIPPED),
        }
    }

    /// The library at an instant: the same `Arc` as long as nothing changed.
    #[must_use]
    pub fn library(&self, at: Timestamp) -> Arc<Library> {
        static SHIPPED: LazyLock<Arc<Library>> = LazyLock::new(|| Arc::new(Library::embedded().clone()));
        let held = self.held();
        match held.find(Kind::Library, None, at).map(|known| &known.data) {
            Some(Data::Library(library)) => Arc::clone(library),
            _ => Arc::clone(&SHIPPED),
        }
    }

    /// What the installation says of itself at an instant.
    #[must_use]
    pub fn openness(&self, at: Timestamp) -> Openness {
        self.openness_versions(at).into_iter().next().map(|(.., said)| said).unwrap_or_default()
    }

    /// Every version of that which has begun, the newest first: number, since when it holds, what it says. The last one is
    /// what ships, of which nobody knows since when.
    #[must_use]
    pub fn openness_versions(&self, at: Timestamp) -> Vec<(i64, Option<Timestamp>, Openness)> {
        let held = self.held();
        let begun =
            |known: &&Known| known.kind == Kind::Openness && known.authority.is_none() && known.valid_from <= at;
        let mut versions: Vec<_> = held
            .versions
            .iter()
            .filter(begun)
            .filter_map(|known| match &known.data {
                Data::Openness(said) => Some((known.number, Some(known.valid_from), said.clone())),
                _ => None,
            })
            .collect();
        if let Ok(Data::Openness(shipped)) = read(Kind::Openness, Scope::Everybody, Kind::Openness.built_in()) {
            versions.push((0, None, shipped));
        }
        versions.sort_by_key(|(number, ..)| std::cmp::Reverse(*number));
        versions
    }

    /// The versions by which an authority's reports are judged at an instant.
    #[must_use]
    pub fn editions(&self, authority: OrgId, at: Timestamp) -> Vec<Edition> {
        let held = self.held();
        let mut editions = Vec::new();
        for kind in JUDGING.iter().copied() {
            let number = |authority| held.find(kind, authority, at).map(|known| known.number);
            editions.push(Edition { kind, number: number(None).unwrap_or(0), own: false });
            editions.extend(number(Some(authority)).map(|number| Edition { kind, number, own: true }));
        }
        editions
    }

    /// The tables that hold for everybody at an instant.
    pub(super) fn for_everybody(&self, kind: Kind, at: Timestamp) -> Sheet {
        let held = self.held();
        held.find(kind, None, at).map_or_else(|| kind.built_in().clone(), |known| known.sheet.clone())
    }

    /// The tables of an organisation's own at an instant, with number and first instant.
    pub(super) fn own(&self, kind: Kind, authority: Option<OrgId>, at: Timestamp) -> Option<(i64, Timestamp, Sheet)> {
        let held = self.held();
        held.find(kind, authority, at).map(|known| (known.number, known.valid_from, known.sheet.clone()))
    }
}

/// The rules with the words and weights of a version. The version of the rules names it: `2026-11+3`, or `2026-11+own.2` for
/// the authority's own.
fn with_words(base: &'static RuleSet, known: Option<&Known>) -> Cow<'static, RuleSet> {
    match known {
        Some(Known { data: Data::Indicators(signs), number, authority, .. }) => {
            let own = if authority.is_some() { "own." } else { "" };
            Cow::Owned(signs.applied_to(base, &format!("{own}{number}")))
        }
        _ => Cow::Borrowed(base),
    }
}

/// Looks for approvals of other processes, if that is some time ago. Cheap: mostly it does nothing, else it counts.
///
/// # Errors
/// If the store fails.
pub async fn refresh(ctx: &Context) -> Result<()> {
    let (now, looked) = (ctx.now().0, ctx.refdata.looked_at.load(Ordering::Relaxed));
    if now.saturating_sub(looked).saturating_abs() < LOOK {
        return Ok(());
    }
    reload(ctx).await
}

/// Looks now.
pub(super) async fn reload(ctx: &Context) -> Result<()> {
    let mut db = ctx.db.reader();
    let stamp = store::refdata::stamp(&mut db).await?;
    if stamp != ctx.refdata.held().stamp {
        let rows = store::refdata::approved(&mut db).await?;
        let held = Held { stamp, versions: rows.iter().filter_map(known).collect() };
        *ctx.refdata.held.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(held);
    }
    ctx.refdata.looked_at.store(ctx.now().0, Ordering::Relaxed);
    Ok(())
}

/// A version in memory. One that this program cannot read was written by another: it is told to the operator and left out.
fn known(row: &ApprovedRow) -> Option<Known> {
    let everybody = row.org_kind == OrgKind::Operator.code();
    let scope = if everybody { Scope::Everybody } else { Scope::Authority };
    let kind = Kind::from_code(&row.kind)?;
    let sheet = sheet_of(&row.content).ok()?;
    match read(kind, scope, &sheet) {
        Ok(data) => Some(Known {
            kind,
            authority: (!everybody).then_some(OrgId(row.org_id)),
            number: row.number,
            valid_from: Timestamp(row.valid_from),
            sheet,
            data,
        }),
        Err(breaches) => {
            let why = breaches.first().map(ToString::to_string).unwrap_or_default();
            tracing::error!(kind = row.kind, number = row.number, why, "a version of reference data cannot be read");
            None
        }
    }
}
