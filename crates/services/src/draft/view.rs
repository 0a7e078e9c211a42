//! A draft as its pages show it.

use std::collections::{BTreeMap, btree_map::Entry};

use domain::{
    access::Principal,
    answers::Answers,
    ids::{DraftId, OrgId, UserId},
    indicator::Assessment,
    question::{Form, Problem, Profile, QuestionSet, Status, SummaryGroup},
    reference::Reference,
    time::Timestamp,
};
use store::draft::DraftRow;
use uuid::Uuid;

use super::{
    KEPT_FOR, authority_of,
    change::questions,
    find,
    merge::Working,
    next::{Continues, continues},
    profile,
};
use crate::{
    Context, Result,
    error::Refusal,
    report::judge::{self, Eyes},
};

/// What stands at a draft's address.
#[derive(Clone, Debug)]
pub enum Loaded {
    /// A draft that can be written on.
    Open(Box<DraftView>),
    /// It was put away; [`super::bring_back`] opens it again.
    PutAway {
        /// The company (or the authority that writes it down).
        org: OrgId,
        /// What it is about.
        title: String,
        /// When.
        at: Timestamp,
        /// Until when it can be brought back.
        until: Timestamp,
    },
    /// Its time was over: what it held is gone.
    Erased {
        /// The company (or the authority that wrote it down).
        org: OrgId,
        /// When.
        at: Timestamp,
    },
    /// It was sent as this report.
    Sent(Reference),
}

/// A draft.
#[derive(Clone, Debug)]
pub struct DraftView {
    /// Identity.
    pub id: DraftId,
    /// The organisation in whose workspace it stands: the company, or the authority whose officer writes it down.
    pub org: OrgId,
    /// The company whose report it will be.
    pub company_id: OrgId,
    /// Its name.
    pub company: String,
    /// Whether an officer writes it down on the telephone.
    pub taken_by_authority: bool,
    /// Who writes it.
    pub author_id: UserId,
    /// Their name.
    pub author: String,
    /// Whether the asking person is the author.
    pub is_mine: bool,
    /// The four questions, or all.
    pub form: Form,
    /// The questions.
    pub set: &'static QuestionSet,
    /// Whose report it is, for the questions.
    pub profile: Profile,
    /// Everything that was typed.
    pub answers: Answers,
    /// What a page sends back with its save.
    pub version: i64,
    /// What it is about; empty if nothing has been said yet.
    pub title: String,
    /// Answers that met another one, until somebody chooses.
    pub alternatives: Vec<Alternative>,
    /// Items that were removed and can be put back, the last removed first.
    pub removed: Vec<Removed>,
    /// What the rules find in the answers so far.
    pub assessment: Assessment,
    /// Version of the rules that judged them.
    pub rules: String,
    /// The authority to which it goes and whose rules they are; none if nobody answers for the company's country.
    pub authority: Option<OrgId>,
    /// The report whose next version it becomes.
    pub continues: Option<Continues>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// Last save.
    pub updated_at: Timestamp,
    /// Until when it is kept if nobody changes it.
    pub kept_until: Timestamp,
}

/// An answer that another save overtook, beside the one that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// Number in the draft, for [`super::choose_alternative`].
    pub id: u32,
    /// Path of the field.
    pub field: String,
    /// The answer, as typed.
    pub texts: Vec<String>,
    /// When it was overtaken.
    pub at: Timestamp,
    /// Whose save overtook it.
    pub by: String,
}

/// An item that was removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    /// Number in the draft, for [`super::restore_item`].
    pub id: u32,
    /// Its group.
    pub group: String,
    /// Its name; may be empty.
    pub name: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
}

/// One line of the task list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// The section's part of the address.
    pub section: String,
    /// The first page's part of the address.
    pub page: String,
    /// The section's name.
    pub title: String,
    /// How far it is.
    pub status: Status,
}

impl DraftView {
    /// The sections of which anything is asked, in order; for the four questions, each of them.
    #[must_use]
    pub fn tasks(&self) -> Vec<Task> {
        let first_page = |section: &str| {
            let mut pages = self.set.section_pages(section, &self.answers, &self.profile).into_iter();
            pages.next().map(|page| page.slug)
        };
        let task = |section: &domain::question::Section| {
            Some(Task {
                section: section.id.clone(),
                page: first_page(&section.id)?,
                title: section.title.clone(),
                status: self.set.status(&section.id, &self.answers, &self.profile),
            })
        };
        self.set.sections.iter().filter_map(task).collect()
    }

    /// What keeps the report from being sent; empty if nothing does.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        self.set.check_all(self.form, &self.answers, &self.profile)
    }

    /// The answers as labelled rows.
    #[must_use]
    pub fn summary(&self) -> Vec<SummaryGroup> {
        self.set.summary(self.form, &self.answers, &self.profile)
    }

    /// The answers that met another one at this field.
    pub fn alternatives_at<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a Alternative> {
        self.alternatives.iter().filter(move |kept| kept.field == field)
    }
}

/// Loads a draft for the person who writes it, or an administrator.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn load(ctx: &Context, principal: &Principal, id: DraftId) -> Result<Loaded> {
    let (row, seat) = find(ctx, principal, id).await?;
    let org = OrgId(row.taken_by_authority.unwrap_or(row.org_id));
    match row.archived_as.as_str() {
        "" => Ok(Loaded::Open(Box::new(view(ctx, row, org, seat.id()).await?))),
        "sent" => sent(ctx, id).await.map(Loaded::Sent),
        why => {
            let at = Timestamp(row.archived_at.unwrap_or_default());
            match why {
                "erased" => Ok(Loaded::Erased { org, at }),
                _ => Ok(Loaded::PutAway { org, title: row.title, at, until: at.plus(KEPT_FOR) }),
            }
        }
    }
}

async fn sent(ctx: &Context, id: DraftId) -> Result<Reference> {
    let reference = store::report::content::sent_as(&mut ctx.db.reader(), id).await?;
    let reference = reference.and_then(|reference| reference.parse().ok());
    reference.ok_or_else(|| Refusal::Fault(format!("draft {id} was sent and is no report")))
}

async fn view(ctx: &Context, row: DraftRow, org: OrgId, asking: UserId) -> Result<DraftView> {
    let company = store::org::by_id(&mut ctx.db.reader(), OrgId(row.org_id)).await?.ok_or(Refusal::NotFound)?;
    let draft = Working::read(&row)?;
    let (set, profile) = (questions(&row.question_set)?, profile::profile(&company, ctx.now()));
    let authority = authority_of(&mut ctx.db.reader(), &row, &company).await?;
    let rules = judge::rules(ctx, set, authority);
    let set = ctx.refdata.questions(set, authority, &rules);
    let people = draft.kept.conflicts.iter().map(|kept| kept.by).chain(draft.kept.removed.iter().map(|item| item.by));
    let names = names(ctx, people.chain([UserId(row.author_id)])).await?;
    let by = |id: UserId| names.get(&id.0).cloned().unwrap_or_default();
    let alternatives = draft.kept.conflicts.iter().map(|kept| Alternative {
        id: kept.id,
        field: kept.field.clone(),
        texts: kept.texts.clone(),
        at: kept.at,
        by: by(kept.by),
    });
    let removed = draft.kept.removed.iter().rev().map(|item| Removed {
        id: item.id,
        group: item.group.clone(),
        name: item_name(set, &item.group, item.number, &item.answers),
        at: item.at,
        by: by(item.by),
    });
    let continues = continues(&mut ctx.db.reader(), &row).await?;
    Ok(DraftView {
        id: DraftId(row.id),
        org,
        company_id: OrgId(company.id),
        company: company.name,
        taken_by_authority: row.taken_by_authority.is_some(),
        author_id: UserId(row.author_id),
        author: by(UserId(row.author_id)),
        is_mine: UserId(row.author_id) == asking,
        form: if row.quick { Form::Quick } else { Form::Full },
        set,
        alternatives: alternatives.collect(),
        removed: removed.collect(),
        assessment: judge::assess(ctx, &rules, set, &draft.answers, &profile, Eyes::Company),
        rules: rules.version.clone(),
        authority,
        profile,
        answers: draft.answers,
        version: row.version,
        title: row.title,
        continues,
        created_at: Timestamp(row.created_at),
        updated_at: Timestamp(row.updated_at),
        kept_until: Timestamp(row.updated_at).plus(KEPT_FOR),
    })
}

async fn names(ctx: &Context, people: impl Iterator<Item = UserId>) -> Result<BTreeMap<Uuid, String>> {
    let mut names = BTreeMap::new();
    for id in people {
        if let Entry::Vacant(unknown) = names.entry(id.0) {
            let person = store::person::by_id(&mut ctx.db.reader(), id).await?;
            unknown.insert(person.map(|person| person.name).unwrap_or_default());
        }
    }
    Ok(names)
}

fn item_name(set: &QuestionSet, group: &str, number: u32, answers: &Answers) -> String {
    let field = set.group(group).map_or("name", |group| &group.name);
    answers.plain(&domain::answers::item_key(group, number, field))
}
