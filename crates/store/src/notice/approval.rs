//! Approvals: which associations' notices an authority wants to see first, what it was asked, what it said.

use domain::{
    ids::{ApprovalId, NoticeId, OrgId, UserId},
    notice::Approval,
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    GATE = "SELECT authority_id FROM notice_gate WHERE association_id = $1";
    SET_GATE = "INSERT INTO notice_gate (association_id, authority_id, set_by, set_at) VALUES ($1, $2, $3, $4)
                ON CONFLICT (association_id) DO UPDATE SET authority_id = $2, set_by = $3, set_at = $4";
    LIFT_GATE = "DELETE FROM notice_gate WHERE association_id = $1";
    ASK = "INSERT INTO notice_approval (id, notice_id, authority_id, state, sha256, headline, asked_by, asked_at, decided_by, decided_at, reason)
           VALUES ($1, $2, $3, 'asked', $4, $5, $6, $7, NULL, NULL, '')";
    DECIDE = "UPDATE notice_approval SET state = $2, decided_by = $3, decided_at = $4, reason = $5 WHERE id = $1 AND state = 'asked'";
    /// What was asked or approved and is not needed any more; $2 says whether the notice was published.
    CLOSE = "UPDATE notice_approval SET state = CASE WHEN state = 'approved' AND $2 THEN 'used' ELSE 'lapsed' END
             WHERE notice_id = $1 AND state IN ('asked', 'approved')";
    IS_APPROVED = "SELECT count(*) FROM notice_approval
                   WHERE notice_id = $1 AND authority_id = $2 AND sha256 = $3 AND state = 'approved'";
    /// What is open first: a question that follows at once is not told from the one before by its time.
    LAST = "SELECT a.id, a.notice_id, a.authority_id, a.state, a.headline, a.asked_by, a.asked_at, a.decided_at, a.reason,
            n.reference, o.name AS association, u.name AS authority
            FROM notice_approval a JOIN notice n ON n.id = a.notice_id JOIN org o ON o.id = n.org_id
            JOIN org u ON u.id = a.authority_id WHERE a.notice_id = $1
            ORDER BY CASE WHEN a.state IN ('asked', 'approved') THEN 0 ELSE 1 END, a.asked_at DESC, a.id DESC LIMIT 1";
    LAST_OF = "SELECT a.id, a.notice_id, a.authority_id, a.state, a.headline, a.asked_by, a.asked_at, a.decided_at, a.reason,
               n.reference, o.name AS association, u.name AS authority
               FROM notice_approval a JOIN notice n ON n.id = a.notice_id JOIN org o ON o.id = n.org_id
               JOIN org u ON u.id = a.authority_id WHERE a.notice_id = $1 AND a.authority_id = $2
               ORDER BY CASE WHEN a.state IN ('asked', 'approved') THEN 0 ELSE 1 END, a.asked_at DESC, a.id DESC LIMIT 1";
    /// Those that wait for an authority, the longest first.
    WAITING = "SELECT a.id, a.notice_id, a.authority_id, a.state, a.headline, a.asked_by, a.asked_at, a.decided_at, a.reason,
               n.reference, o.name AS association, u.name AS authority
               FROM notice_approval a JOIN notice n ON n.id = a.notice_id JOIN org o ON o.id = n.org_id
               JOIN org u ON u.id = a.authority_id WHERE a.authority_id = $1 AND a.state = 'asked' ORDER BY a.asked_at, a.id LIMIT 200";
    DECIDED = "SELECT a.id, a.notice_id, a.authority_id, a.state, a.headline, a.asked_by, a.asked_at, a.decided_at, a.reason,
               n.reference, o.name AS association, u.name AS authority
               FROM notice_approval a JOIN notice n ON n.id = a.notice_id JOIN org o ON o.id = n.org_id
               JOIN org u ON u.id = a.authority_id WHERE a.authority_id = $1 AND a.decided_at IS NOT NULL
               ORDER BY a.decided_at DESC, a.id DESC LIMIT 100";
    COUNT = "SELECT count(*) FROM notice_approval WHERE authority_id = $1 AND state = 'asked'";
}

/// What an authority was asked, and what it said.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ApprovalRow {
    /// Identity.
    pub id: Uuid,
    /// The notice.
    pub notice_id: Uuid,
    /// Who was asked.
    pub authority_id: Uuid,
    /// Code of where it stands.
    pub state: String,
    /// The notice's first title, as it was then.
    pub headline: String,
    /// The association's second person.
    pub asked_by: Uuid,
    /// When.
    pub asked_at: i64,
    /// When it was decided.
    pub decided_at: Option<i64>,
    /// Why it was sent back; else empty.
    pub reason: String,
    /// Number of the notice.
    pub reference: String,
    /// Name of the association.
    pub association: String,
    /// Name of the authority.
    pub authority: String,
}

/// A question to an authority.
#[derive(Clone, Copy, Debug)]
pub struct NewApproval<'a> {
    /// Identity.
    pub id: ApprovalId,
    /// The notice; the caller holds it.
    pub notice: NoticeId,
    /// Who is asked.
    pub authority: OrgId,
    /// SHA-256 over the text.
    pub sha256: [u8; 32],
    /// Its first title.
    pub headline: &'a str,
    /// The association's second person.
    pub by: Uuid,
    /// Now.
    pub at: Timestamp,
}

/// The authority that has to approve an association's notices; none where nobody has to.
///
/// # Errors
/// If the database does not answer.
pub async fn gate(db: &mut impl Read, association: OrgId) -> Result<Option<OrgId>> {
    Ok(db.one::<(Uuid,)>(&GATE, args![association]).await?.map(|(id,)| OrgId(id)))
}

/// Notes that an authority has to approve an association's notices.
///
/// # Errors
/// If the database refuses.
pub async fn set_gate(tx: &mut Tx, association: OrgId, authority: OrgId, (by, at): (UserId, Timestamp)) -> Result<()> {
    tx.run(&SET_GATE, args![association, authority, by, at]).await?;
    Ok(())
}

/// Notes that nobody has to.
///
/// # Errors
/// If the database refuses.
pub async fn lift_gate(tx: &mut Tx, association: OrgId) -> Result<()> {
    tx.run(&LIFT_GATE, args![association]).await?;
    Ok(())
}

/// Asks an authority.
///
/// # Errors
/// [`crate::StoreError::Conflict`] if it is asked already.
pub async fn ask(tx: &mut Tx, new: NewApproval<'_>) -> Result<()> {
    let args = args![new.id, new.notice, new.authority, new.sha256, new.headline, new.by, new.at];
    tx.run(&ASK, args).await?;
    Ok(())
}

/// Keeps what the authority said.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it was decided or taken back meanwhile.
pub async fn decide(
    tx: &mut Tx,
    id: ApprovalId,
    state: Approval,
    (by, at): (UserId, Timestamp),
    reason: &str,
) -> Result<()> {
    tx.run_one(&DECIDE, args![id, state.code(), by, at, reason]).await
}

/// Ends what is open for a notice: it was published, or its text is changed.
///
/// # Errors
/// If the database refuses.
pub async fn close(tx: &mut Tx, notice: NoticeId, published: bool) -> Result<()> {
    tx.run(&CLOSE, args![notice, published]).await?;
    Ok(())
}

/// Whether an authority has approved the text with this hash, and it was not published since.
///
/// # Errors
/// If the database does not answer.
pub async fn is_approved(db: &mut impl Read, notice: NoticeId, authority: OrgId, sha256: [u8; 32]) -> Result<bool> {
    Ok(db.number(&IS_APPROVED, args![notice, authority, sha256]).await?.unwrap_or(0) > 0)
}

/// What was asked last about a notice.
///
/// # Errors
/// If the database does not answer.
pub async fn last(db: &mut impl Read, notice: NoticeId) -> Result<Option<ApprovalRow>> {
    db.one(&LAST, args![notice]).await
}

/// What an authority was asked last about a notice.
///
/// # Errors
/// If the database does not answer.
pub async fn last_of(db: &mut impl Read, notice: NoticeId, authority: OrgId) -> Result<Option<ApprovalRow>> {
    db.one(&LAST_OF, args![notice, authority]).await
}

/// What waits for an authority, the longest first.
///
/// # Errors
/// If the database does not answer.
pub async fn waiting(db: &mut impl Read, authority: OrgId) -> Result<Vec<ApprovalRow>> {
    db.all(&WAITING, args![authority]).await
}

/// What an authority has decided, the last first.
///
/// # Errors
/// If the database does not answer.
pub async fn decided(db: &mut impl Read, authority: OrgId) -> Result<Vec<ApprovalRow>> {
    db.all(&DECIDED, args![authority]).await
}

/// How many wait for an authority.
///
/// # Errors
/// If the database does not answer.
pub async fn count(db: &mut impl Read, authority: OrgId) -> Result<i64> {
    Ok(db.number(&COUNT, args![authority]).await?.unwrap_or(0))
}
