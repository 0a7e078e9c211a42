//! Whom a notice reaches: those whom it concerns, who may see it, and who are not known to deal with other substances only.
//! Publication tells exactly them ([`super::announce`]), so the estimate before it counts with the same function.
//!
//! An association learns from an estimate neither what companies deal with nor anything of a few of them: its figures leave
//! substances out, and are told as [`domain::suppress`] lets them.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    access::{Action, Principal},
    ids::{OrgId, UserId},
    lang::Lang,
    language::Language,
    notice::{Access, Audience, Content, Counts, Reader, Subject, Trust, sees},
    organisation::{OperatorRole, OrgKind},
    suppress::{Cell, apart},
    time::Timestamp,
};
use store::{Read, notice::reach as rows};
use uuid::Uuid;

use super::sight;
use crate::{Context, Result, error::Refusal, reader, seat::Seat};

/// Somebody whom a notice reaches.
#[derive(Clone, Debug)]
pub(super) struct Recipient {
    /// Who.
    pub person: UserId,
    /// Their company, or they themselves where they read for none.
    pub source: Uuid,
    /// As what they are meant.
    part: Part,
    lang: String,
}

/// By which word of the audience somebody is meant: the first one that fits, so that everybody is counted once.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Role(OperatorRole),
    Association(String),
    Company,
    Reader(Option<Reader>),
}

impl Part {
    fn of_company(audience: &Audience, subject: &Subject) -> Self {
        let role = audience.roles.iter().find(|role| subject.roles.contains(role));
        let association = || audience.associations.iter().find(|handle| subject.associations.contains(handle));
        match role {
            Some(role) => Self::Role(*role),
            None => association().map_or(Self::Company, |handle| Self::Association(handle.clone())),
        }
    }
}

/// What is known of companies beside their own rows, as far as an audience asks for it.
#[derive(Default)]
struct Known {
    associations: BTreeMap<Uuid, Vec<String>>,
    dealers: BTreeSet<Uuid>,
    any: BTreeSet<Uuid>,
}

impl Known {
    async fn of(db: &mut impl Read, now: Timestamp, audience: &Audience) -> Result<Self> {
        let mut known = Self::default();
        if !audience.associations.is_empty() {
            for (org, handle) in store::association::everywhere(db, now).await? {
                known.associations.entry(org).or_default().push(handle);
            }
        }
        if !audience.substances.is_empty() {
            known.dealers = rows::dealers(db, &audience.substances).await?.into_iter().collect();
            known.any = rows::known(db).await?.into_iter().collect();
        }
        Ok(known)
    }

    /// What a company reads as. Of its substances only those matter that the audience names.
    fn subject(&self, row: &rows::CompanyPersonRow, audience: &Audience) -> Subject {
        let substances = match (self.dealers.contains(&row.org_id), self.any.contains(&row.org_id)) {
            (true, _) => Some(audience.substances.clone()),
            (false, true) => Some(Vec::new()),
            (false, false) => None,
        };
        let associations = self.associations.get(&row.org_id).cloned().unwrap_or_default();
        Subject { associations, substances, ..sight::subject_of_company(&row.country, &row.operator_roles) }
    }
}

/// Everybody whom a notice with this content would reach now; who belongs to several companies, once for each.
pub(super) async fn recipients(db: &mut impl Read, now: Timestamp, content: &Content) -> Result<Vec<Recipient>> {
    let audience = &content.audience;
    let known = Known::of(db, now, audience).await?;
    let mut found = Vec::new();
    for row in rows::company_people(db).await? {
        let subject = known.subject(&row, audience);
        let may = sees(content.access, content.trust, audience, std::slice::from_ref(&subject));
        if may && audience.reaches(&subject) {
            let part = Part::of_company(audience, &subject);
            found.push(Recipient { person: UserId(row.person_id), source: row.org_id, part, lang: row.lang });
        }
    }
    found.extend(readers(db, content).await?);
    Ok(found)
}

/// Readers outside companies: all of them, unless the notice names others only.
async fn readers(db: &mut impl Read, content: &Content) -> Result<Vec<Recipient>> {
    let audience = &content.audience;
    if audience.readers.is_empty() && !(audience.roles.is_empty() && audience.associations.is_empty()) {
        return Ok(Vec::new());
    }
    let trust = match content.access {
        Access::Public => Trust::Anybody,
        Access::Companies => Trust::Known,
        Access::Audience => content.trust,
    };
    let countries: Vec<String> = audience.countries.iter().map(|country| country.code().to_owned()).collect();
    let meant = reader::meant(db, &audience.readers, &countries, trust).await?;
    let one = |row: store::reader::MeantRow| Recipient {
        person: UserId(row.person_id),
        source: row.person_id,
        part: Part::Reader(Reader::from_code(&row.audience)),
        lang: row.lang,
    };
    Ok(meant.into_iter().map(one).collect())
}

/// How many a notice would reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// Companies; none where that is not told.
    pub organisations: Option<u64>,
    /// People by what they are meant as, each once for each of their companies.
    pub by_audience: Counts<String>,
    /// The same by the language in which they use the portal.
    pub by_language: Counts<String>,
    /// Whether it is told as to an association: rounded, without a few, and whatever companies deal with.
    pub is_suppressed: bool,
}

/// How many a notice with this content would reach if it were published now: exactly for an authority.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn reach(ctx: &Context, principal: &Principal, org: OrgId, content: &Content) -> Result<Reach> {
    Seat::take(principal, org, Action::ReadNotices)?;
    let mut db = ctx.db.reader();
    let owner = store::org::by_id(&mut db, org).await?.ok_or(Refusal::NotFound)?;
    let is_suppressed = owner.kind != OrgKind::Authority.code();
    let mut asked = content.clone();
    if is_suppressed {
        asked.audience.substances.clear();
    }
    let found = recipients(&mut db, ctx.now(), &asked).await?;
    let (parts, languages) = (by_audience(&mut db, &asked.audience, &found).await?, by_language(&found));
    let companies = vec![((), companies(&found).into_iter().map(|company| (company, 1)).collect::<Cell<Uuid>>())];
    let told = |cells: Vec<(String, Cell<Uuid>)>, may: bool| match (is_suppressed, may) {
        (false, _) => Counts::exact(cells),
        (true, true) => Counts::told(cells),
        (true, false) => Counts::hidden(cells.into_iter().map(|(name, _)| name)),
    };
    let may = !is_suppressed || may_tell(&mut db, (org, ctx.now()), &found).await?;
    let organisations = match is_suppressed {
        false => Counts::exact(companies).sum(),
        true => Counts::told(companies).sum().filter(|_| may),
    };
    Ok(Reach { organisations, by_audience: told(parts, may), by_language: told(languages, may), is_suppressed })
}

fn companies(found: &[Recipient]) -> BTreeSet<Uuid> {
    found.iter().filter(|one| !matches!(one.part, Part::Reader(_))).map(|one| one.source).collect()
}

/// Whether an association may be told: what sets the companies reached apart from all, or from its members, is nobody or not
/// a few. Otherwise one estimate taken from another would tell of those.
async fn may_tell(db: &mut impl Read, (association, now): (OrgId, Timestamp), found: &[Recipient]) -> Result<bool> {
    let reached = companies(found);
    let all = rows::company_people(db).await?.into_iter().map(|row| row.org_id).collect();
    let members = store::association::companies(db, association, now).await?;
    let members = members.into_iter().map(|(company, _)| company.0).collect();
    Ok(apart(&reached, &all) && apart(&reached, &members))
}

/// Every word by which somebody can be meant, in a fixed order.
fn parts(audience: &Audience) -> Vec<Part> {
    if audience.roles.is_empty() && audience.associations.is_empty() && audience.readers.is_empty() {
        let readers = Reader::ALL.iter().map(|reader| Part::Reader(Some(*reader)));
        return std::iter::once(Part::Company).chain(readers).collect();
    }
    let roles = audience.roles.iter().map(|role| Part::Role(*role));
    let associations = audience.associations.iter().map(|handle| Part::Association(handle.clone()));
    let readers = audience.readers.iter().map(|reader| Part::Reader(Some(*reader)));
    roles.chain(associations).chain(readers).collect()
}

async fn by_audience(
    db: &mut impl Read,
    audience: &Audience,
    found: &[Recipient],
) -> Result<Vec<(String, Cell<Uuid>)>> {
    let mut cells = Vec::new();
    for part in parts(audience) {
        let name = match &part {
            Part::Role(role) => role.label().to_owned(),
            Part::Association(handle) => {
                store::org::by_handle(db, handle).await?.map_or_else(|| handle.clone(), |org| org.name)
            }
            Part::Company => "Companies".to_owned(),
            Part::Reader(reader) => reader.map(Reader::label).unwrap_or_default().to_owned(),
        };
        let cell = found.iter().filter(|one| one.part == part).map(|one| (one.source, 1)).collect();
        cells.push((name, cell));
    }
    Ok(cells)
}

fn by_language(found: &[Recipient]) -> Vec<(String, Cell<Uuid>)> {
    let name = |tag: &str| Language::find(tag).map_or_else(|| tag.to_owned(), |language| language.name.clone());
    let cell = |lang: Lang| {
        let cell = found.iter().filter(|one| one.lang == lang.tag()).map(|one| (one.source, 1)).collect();
        (name(lang.tag()), cell)
    };
    Lang::ALL.into_iter().map(cell).collect()
}
