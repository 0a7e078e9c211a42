//! What organisations want their people to learn, who was reminded, and what an authority asks before it releases anything.

use domain::{
    ids::{AssignmentId, OrgId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    ADD = "INSERT INTO learning_assignment (id, org_id, role, module, due_on, by_person, created_at, ended_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, NULL)";
    FIND = "SELECT id, org_id, role, module, due_on, created_at FROM learning_assignment WHERE id = $1 AND ended_at IS NULL";
    END = "UPDATE learning_assignment SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL";
    END_SAME = "UPDATE learning_assignment SET ended_at = $4 WHERE org_id = $1 AND role = $2 AND module = $3 AND ended_at IS NULL";
    OF_ORG = "SELECT id, org_id, role, module, due_on, created_at FROM learning_assignment
              WHERE org_id = $1 AND ended_at IS NULL ORDER BY due_on, module, role LIMIT 1000";
    /// What is assigned to the roles that $1 has, with when they took the place.
    OF_PERSON = "SELECT a.id, a.org_id, a.role, a.module, a.due_on, a.created_at, m.created_at AS joined_at
                 FROM learning_assignment a JOIN membership m ON m.org_id = a.org_id AND m.role = a.role AND m.ended_at IS NULL
                 JOIN org o ON o.id = a.org_id AND o.status = 'approved'
                 WHERE m.person_id = $1 AND a.ended_at IS NULL ORDER BY a.due_on, a.module LIMIT 200";
    /// Who has to be done with what by day $1. Whoever held a certificate while it was assigned is told when that ends. Newcomers
    /// wait until they have been here since $2.
    TO_REMIND = "SELECT p.id AS person_id, a.id AS about, a.module FROM learning_assignment a
                 JOIN org o ON o.id = a.org_id AND o.status = 'approved'
                 JOIN membership m ON m.org_id = a.org_id AND m.role = a.role AND m.ended_at IS NULL
                 JOIN person p ON p.id = m.person_id AND p.disabled_at IS NULL
                 WHERE a.ended_at IS NULL AND a.due_on <= $1 AND (m.created_at <= a.created_at OR m.created_at <= $2)
                 AND NOT EXISTS (SELECT 1 FROM certificate c WHERE c.person_id = p.id AND c.module = a.module
                                 AND c.until_on * 86400000000 >= a.created_at)
                 AND NOT EXISTS (SELECT 1 FROM learning_reminder r WHERE r.person_id = p.id AND r.about = a.id)
                 ORDER BY p.id, a.id LIMIT 500";
    /// Whose certificate ended between days $1 and $2 and was not renewed.
    ENDED = "SELECT p.id AS person_id, c.attempt_id AS about, c.module FROM certificate c
             JOIN person p ON p.id = c.person_id AND p.disabled_at IS NULL
             WHERE c.until_on >= $1 AND c.until_on < $2
             AND NOT EXISTS (SELECT 1 FROM certificate n WHERE n.person_id = c.person_id AND n.module = c.module
                             AND (n.until_on > c.until_on OR n.until_on = c.until_on AND n.issued_at > c.issued_at))
             AND NOT EXISTS (SELECT 1 FROM learning_reminder r WHERE r.person_id = p.id AND r.about = c.attempt_id)
             ORDER BY p.id, c.number LIMIT 500";
    REMINDED = "INSERT INTO learning_reminder (person_id, about, at) VALUES ($1, $2, $3) ON CONFLICT (person_id, about) DO NOTHING";
    MODE = "SELECT mode FROM learning_rule WHERE authority_id = $1";
    SET_MODE = "INSERT INTO learning_rule (authority_id, mode) VALUES ($1, $2) ON CONFLICT (authority_id) DO UPDATE SET mode = $2";
}

/// That a module is to be learned by those who have a role.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AssignmentRow {
    /// Identity.
    pub id: Uuid,
    /// Whose.
    pub org_id: Uuid,
    /// Code of the role.
    pub role: String,
    /// Handle of the module.
    pub module: String,
    /// The day, since 1970-01-01.
    pub due_on: i64,
    /// Since when.
    pub created_at: i64,
}

/// The same for one person.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TaskRow {
    /// Identity.
    pub id: Uuid,
    /// Whose.
    pub org_id: Uuid,
    /// Code of the role.
    pub role: String,
    /// Handle of the module.
    pub module: String,
    /// The day, since 1970-01-01.
    pub due_on: i64,
    /// Since when it is assigned.
    pub created_at: i64,
    /// Since when the person belongs to the organisation.
    pub joined_at: i64,
}

/// Somebody to remind of something.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ToRemind {
    /// Whom.
    pub person_id: Uuid,
    /// The assignment, or the attempt behind the certificate.
    pub about: Uuid,
    /// Handle of the module.
    pub module: String,
}

/// Assigns a module to a role; what was assigned before of the same ends.
///
/// # Errors
/// If the database refuses.
pub async fn add(tx: &mut Tx, row: &AssignmentRow, by: UserId) -> Result<()> {
    let at = Timestamp(row.created_at);
    tx.run(&END_SAME, args![row.org_id, &row.role, &row.module, at]).await?;
    tx.run(&ADD, args![row.id, row.org_id, &row.role, &row.module, row.due_on, by, at]).await?;
    Ok(())
}

/// An assignment that has not ended.
///
/// # Errors
/// If the database does not answer.
pub async fn find(db: &mut impl Read, id: AssignmentId) -> Result<Option<AssignmentRow>> {
    db.one(&FIND, args![id]).await
}

/// Ends an assignment.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it has ended meanwhile.
pub async fn end(tx: &mut Tx, id: AssignmentId, at: Timestamp) -> Result<()> {
    tx.run_one(&END, args![id, at]).await
}

/// What an organisation has assigned, the next day first.
///
/// # Errors
/// If the database does not answer.
pub async fn of_org(db: &mut impl Read, org: OrgId) -> Result<Vec<AssignmentRow>> {
    db.all(&OF_ORG, args![org]).await
}

/// What is assigned to somebody in all their places, the next day first.
///
/// # Errors
/// If the database does not answer.
pub async fn of_person(db: &mut impl Read, person: UserId) -> Result<Vec<TaskRow>> {
    db.all(&OF_PERSON, args![person]).await
}

/// Who is to be reminded that an assignment is due by day `by`: those who held no certificate since it was made; whoever joined
/// after that only if it was before `since`. At most 500.
///
/// # Errors
/// If the database does not answer.
pub async fn to_remind(db: &mut impl Read, by: i64, since: Timestamp) -> Result<Vec<ToRemind>> {
    db.all(&TO_REMIND, args![by, since]).await
}

/// Whose certificate ended from day `from` until before `today` without being renewed. At most 500.
///
/// # Errors
/// If the database does not answer.
pub async fn ended(db: &mut impl Read, from: i64, today: i64) -> Result<Vec<ToRemind>> {
    db.all(&ENDED, args![from, today]).await
}

/// Notes that somebody was reminded; false if they were before.
///
/// # Errors
/// If the database refuses.
pub async fn reminded(tx: &mut Tx, person: UserId, about: Uuid, at: Timestamp) -> Result<bool> {
    Ok(tx.run(&REMINDED, args![person, about, at]).await? == 1)
}

/// What an authority asks before it releases anything to industry; none where nothing was ever set.
///
/// # Errors
/// If the database does not answer.
pub async fn mode(db: &mut impl Read, authority: OrgId) -> Result<Option<String>> {
    Ok(db.one::<(String,)>(&MODE, args![authority]).await?.map(|(mode,)| mode))
}

/// Sets it.
///
/// # Errors
/// If the database refuses.
pub async fn set_mode(tx: &mut Tx, authority: OrgId, mode: &str) -> Result<()> {
    tx.run(&SET_MODE, args![authority, mode]).await?;
    Ok(())
}
