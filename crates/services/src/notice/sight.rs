//! Who sees which notice: the one place that says so.
//!
//! A public notice is everybody's. Another one is seen by those whom it is meant for ([`domain::notice::sees`]) and by the
//! people of its own organisation who may read its notices. For everybody else it does not exist: no page, no place in a
//! list, no count, no entry in a feed or a search.

use domain::{
    access::{Action, Principal},
    country::Country,
    ids::OrgId,
    notice::{Card, Reader, Subject, Trust, sees},
    organisation::{OperatorRole, OrgKind, OrgStatus},
    time::Timestamp,
};
use store::{Read, org::OrgRow};
use uuid::Uuid;

use crate::{
    Result,
    reader::{self, Reader as LightReader},
};

/// What somebody reads as.
#[derive(Clone, Debug, Default)]
pub struct Eyes {
    subjects: Vec<Subject>,
    own: Vec<Uuid>,
}

impl Eyes {
    /// Of somebody who has not signed in.
    #[must_use]
    pub fn of_nobody() -> Self {
        Self::default()
    }

    /// Of a person, with everything that they belong to now.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn of_person(db: &mut impl Read, principal: &Principal, now: Timestamp) -> Result<Self> {
        let mut eyes = Self::default();
        for place in &principal.memberships {
            if principal.allowed_in(place.org, Action::ReadNotices).is_ok() {
                eyes.own.push(place.org.0);
            }
            eyes.subjects.extend(subject_now(db, place.org, now).await?);
        }
        if let Some(person) = &principal.person {
            eyes.subjects.extend(reader::of(db, person.id).await?.and_then(|reader| subject_of_reader(&reader)));
        }
        Ok(eyes)
    }

    /// Of one organisation, whoever of it looks.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn of_org(db: &mut impl Read, org: OrgId, now: Timestamp) -> Result<Self> {
        Ok(Self { subjects: subject_now(db, org, now).await?.into_iter().collect(), own: Vec::new() })
    }

    /// Whether they see a published notice of the organisation `owner`.
    #[must_use]
    pub fn see(&self, owner: Uuid, card: &Card) -> bool {
        self.own.contains(&owner) || sees(card.access, card.trust, &card.audience, &self.subjects)
    }

    /// Whether it concerns them.
    #[must_use]
    pub fn are_meant(&self, card: &Card) -> bool {
        self.subjects.iter().any(|subject| card.audience.concerns(subject))
    }
}

/// What an organisation reads as now, with the associations of which it is a member.
async fn subject_now(db: &mut impl Read, org: OrgId, now: Timestamp) -> Result<Option<Subject>> {
    let Some(row) = store::org::by_id(db, org).await? else { return Ok(None) };
    let associations = store::association::handles(db, org, now).await?;
    Ok(subject_of(&row, associations))
}

/// What an organisation reads as, being a member of these associations; none while it is not approved. Which substances a
/// company deals with is not asked here: it decides who is told of a notice ([`super::reach`]) and never who sees it.
#[must_use]
pub fn subject_of(org: &OrgRow, mut associations: Vec<String>) -> Option<Subject> {
    let kind = OrgKind::from_code(&org.kind)?;
    if org.status != OrgStatus::Approved.code() || kind == OrgKind::Operator {
        return None;
    }
    let readers = if kind == OrgKind::LawEnforcement { vec![Reader::Customs, Reader::Police] } else { Vec::new() };
    if kind == OrgKind::Association {
        associations.push(org.handle.clone());
    }
    Some(Subject { associations, readers, ..subject_of_company(&org.country, &org.operator_roles) })
}

/// What an approved company reads as, by its country and the JSON list of what it does.
#[must_use]
pub(super) fn subject_of_company(country: &str, operator_roles: &str) -> Subject {
    let roles: Vec<String> = serde_json::from_str(operator_roles).unwrap_or_default();
    Subject {
        country: Country::parse(country).ok(),
        roles: roles.iter().filter_map(|code| OperatorRole::from_code(code)).collect(),
        associations: Vec::new(),
        readers: Vec::new(),
        substances: None,
        trust: Trust::Known,
    }
}

/// What somebody outside companies reads as.
#[must_use]
pub fn subject_of_reader(reader: &LightReader) -> Option<Subject> {
    Some(Subject {
        country: Country::parse(&reader.country).ok(),
        roles: Vec::new(),
        associations: Vec::new(),
        readers: vec![reader.audience?],
        substances: None,
        trust: reader.trust,
    })
}
