//! Who is on duty, who is away, what officers know and how much they have.

use domain::{
    date::Date,
    ids::{OrgId, ReportId, UserId},
    roster::Absence,
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    DAYS = "SELECT day, person_id FROM duty WHERE authority_id = $1 AND day >= $2 AND day <= $3 ORDER BY day, person_id";
    CLEAR = "DELETE FROM duty WHERE authority_id = $1 AND day >= $2 AND day <= $3";
    ADD = "INSERT INTO duty (authority_id, day, person_id) VALUES ($1, $2, $3) ON CONFLICT (authority_id, day, person_id) DO NOTHING";
    ABSENCES = "SELECT id, person_id, first_day, last_day, deputy_id FROM absence WHERE authority_id = $1 AND last_day >= $2
                ORDER BY first_day, id LIMIT 500";
    ABSENCE = "SELECT id, person_id, first_day, last_day, deputy_id FROM absence WHERE authority_id = $1 AND id = $2";
    ADD_ABSENCE = "INSERT INTO absence (id, authority_id, person_id, first_day, last_day, deputy_id, created_at)
                   VALUES ($1, $2, $3, $4, $5, $6, $7)";
    DROP_ABSENCE = "DELETE FROM absence WHERE authority_id = $1 AND id = $2";
    SKILLS = "SELECT person_id, languages, specialities FROM desk_skill WHERE authority_id = $1";
    SET_SKILLS = "INSERT INTO desk_skill (authority_id, person_id, languages, specialities) VALUES ($1, $2, $3, $4)
                  ON CONFLICT (authority_id, person_id) DO UPDATE SET languages = $3, specialities = $4";
    ASSIGNS = "SELECT assigns FROM desk_setting WHERE authority_id = $1";
    SET_ASSIGNS = "INSERT INTO desk_setting (authority_id, assigns) VALUES ($1, $2)
                   ON CONFLICT (authority_id) DO UPDATE SET assigns = $2";
    LOADS = "SELECT assigned_to, count(*) AS n FROM report WHERE authority_id = $1 AND shelf IN ('open', 'waiting')
             AND assigned_to IS NOT NULL GROUP BY assigned_to";
    OPENED = "SELECT count(*) FROM report_read r JOIN membership m ON m.person_id = r.person_id AND m.org_id = $2
              AND m.ended_at IS NULL WHERE r.report_id = $1";
}

/// Days on which somebody is away.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AbsenceRow {
    /// Identity.
    pub id: Uuid,
    /// Who.
    pub person_id: Uuid,
    /// The first day.
    pub first_day: i64,
    /// The last day.
    pub last_day: i64,
    /// Who stands in.
    pub deputy_id: Uuid,
}

impl AbsenceRow {
    /// The row of an absence.
    #[must_use]
    pub fn new(id: Uuid, of: Absence) -> Self {
        let Absence { person, first, last, deputy } = of;
        Self { id, person_id: person.0, first_day: first.days(), last_day: last.days(), deputy_id: deputy.0 }
    }

    /// The absence.
    #[must_use]
    pub fn absence(&self) -> Absence {
        Absence {
            person: UserId(self.person_id),
            first: Date::from_days(self.first_day),
            last: Date::from_days(self.last_day),
            deputy: UserId(self.deputy_id),
        }
    }
}

/// What somebody speaks and knows: codes with blanks between.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SkillRow {
    /// Who.
    pub person_id: Uuid,
    /// Languages.
    pub languages: String,
    /// Specialities.
    pub specialities: String,
}

/// Who is on duty on which of these days.
///
/// # Errors
/// If the database does not answer.
pub async fn days(db: &mut impl Read, authority: OrgId, first: Date, last: Date) -> Result<Vec<(Date, UserId)>> {
    let rows: Vec<(i64, Uuid)> = db.all(&DAYS, args![authority, first.days(), last.days()]).await?;
    Ok(rows.into_iter().map(|(day, person)| (Date::from_days(day), UserId(person))).collect())
}

/// Replaces who is on duty on these days.
///
/// # Errors
/// If the database refuses.
pub async fn set_days(tx: &mut Tx, authority: OrgId, first: Date, last: Date, on: &[(Date, UserId)]) -> Result<()> {
    tx.run(&CLEAR, args![authority, first.days(), last.days()]).await?;
    for (day, person) in on {
        tx.run(&ADD, args![authority, day.days(), *person]).await?;
    }
    Ok(())
}

/// Absences that are not over on `day`, at most 500.
///
/// # Errors
/// If the database does not answer.
pub async fn absences(db: &mut impl Read, authority: OrgId, day: Date) -> Result<Vec<AbsenceRow>> {
    db.all(&ABSENCES, args![authority, day.days()]).await
}

/// The absence with this identity, over or not.
///
/// # Errors
/// If the database does not answer.
pub async fn absence(db: &mut impl Read, authority: OrgId, id: Uuid) -> Result<Option<AbsenceRow>> {
    db.one(&ABSENCE, args![authority, id]).await
}

/// Enters an absence.
///
/// # Errors
/// If the database refuses.
pub async fn add_absence(tx: &mut Tx, authority: OrgId, row: &AbsenceRow, at: Timestamp) -> Result<()> {
    let args = args![row.id, authority, row.person_id, row.first_day, row.last_day, row.deputy_id, at];
    tx.run(&ADD_ABSENCE, args).await?;
    Ok(())
}

/// Takes an absence out.
///
/// # Errors
/// If the database refuses.
pub async fn drop_absence(tx: &mut Tx, authority: OrgId, id: Uuid) -> Result<()> {
    tx.run(&DROP_ABSENCE, args![authority, id]).await?;
    Ok(())
}

/// What the officers of an authority said of themselves.
///
/// # Errors
/// If the database does not answer.
pub async fn skills(db: &mut impl Read, authority: OrgId) -> Result<Vec<SkillRow>> {
    db.all(&SKILLS, args![authority]).await
}

/// Replaces what somebody said of themself.
///
/// # Errors
/// If the database refuses.
pub async fn set_skills(tx: &mut Tx, authority: OrgId, row: &SkillRow) -> Result<()> {
    tx.run(&SET_SKILLS, args![authority, row.person_id, &row.languages, &row.specialities]).await?;
    Ok(())
}

/// Whether new reports are given to somebody by rule.
///
/// # Errors
/// If the database does not answer.
pub async fn assigns(db: &mut impl Read, authority: OrgId) -> Result<bool> {
    Ok(db.one::<(bool,)>(&ASSIGNS, args![authority]).await?.is_some_and(|(assigns,)| assigns))
}

/// Switches that on or off.
///
/// # Errors
/// If the database refuses.
pub async fn set_assigns(tx: &mut Tx, authority: OrgId, assigns: bool) -> Result<()> {
    tx.run(&SET_ASSIGNS, args![authority, assigns]).await?;
    Ok(())
}

/// How many undecided reports each officer has.
///
/// # Errors
/// If the database does not answer.
pub async fn loads(db: &mut impl Read, authority: OrgId) -> Result<Vec<(UserId, i64)>> {
    let rows: Vec<(Uuid, i64)> = db.all(&LOADS, args![authority]).await?;
    Ok(rows.into_iter().map(|(person, n)| (UserId(person), n)).collect())
}

/// Whether anybody of the authority has opened the report.
///
/// # Errors
/// If the database does not answer.
pub async fn is_opened(db: &mut impl Read, report: ReportId, authority: OrgId) -> Result<bool> {
    Ok(db.number(&OPENED, args![report, authority]).await?.unwrap_or(0) > 0)
}
