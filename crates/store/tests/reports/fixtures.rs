//! Two companies, an authority, their people, and rows to begin with.

use domain::{
    ids::{DraftId, OrgId, ReportId, UserId},
    time::Timestamp,
};
use store::{
    Db, Tx, draft, org, person,
    report::{ReportRow, content, queue},
};
use uuid::Uuid;

pub const COMPANY: OrgId = OrgId(Uuid::from_u128(1));
pub const OTHER_COMPANY: OrgId = OrgId(Uuid::from_u128(2));
pub const AUTHORITY: OrgId = OrgId(Uuid::from_u128(3));
pub const ANA: UserId = UserId(Uuid::from_u128(11));
pub const BEN: UserId = UserId(Uuid::from_u128(12));
pub const OFFICER: UserId = UserId(Uuid::from_u128(13));
/// Where decided reports begin in the order of the queue.
pub const DECIDED: i64 = 9_000_000_000_000_000;

pub async fn people_and_orgs(tx: &mut Tx) {
    for (id, handle, kind) in
        [(COMPANY, "one", "company"), (OTHER_COMPANY, "two", "company"), (AUTHORITY, "aut", "authority")]
    {
        let new = org::NewOrg {
            id,
            handle,
            kind,
            name: handle,
            country: "NL",
            status: "approved",
            operator_roles: "[]",
            authority: None,
            registration_number: "",
            registration_key: "",
            name_key: "",
            vat: "",
            lei: "",
            address: "",
            phone: "",
            website: "",
            duty_email: "",
            time_zone: "UTC",
            act_for_proof: "",
            checks: "{}",
            at: Timestamp(1),
        };
        org::insert(tx, &new).await.unwrap();
    }
    for (id, name, org, role) in [
        (ANA, "Ana", COMPANY, "company_officer"),
        (BEN, "Ben", COMPANY, "company_admin"),
        (OFFICER, "Olga", AUTHORITY, "authority_officer"),
    ] {
        let email = format!("{name}@x.example");
        let new = person::NewPerson {
            id,
            email: &email,
            name,
            phone: "",
            password_hash: None,
            lang: "en",
            confirmed: Some(Timestamp(1)),
            at: Timestamp(1),
        };
        person::insert(tx, &new).await.unwrap();
        person::join(tx, Uuid::from_u128(id.0.as_u128() + 100), id, org, role, Timestamp(1)).await.unwrap();
    }
}

pub fn new_draft(n: u128, author: UserId) -> draft::NewDraft<'static> {
    draft::NewDraft {
        id: DraftId(Uuid::from_u128(n)),
        org: COMPANY,
        author,
        taken_by: None,
        question_set: "2026-11",
        quick: false,
        title: "acetone",
        answers: "{}",
        continues: None,
        at: Timestamp(10),
    }
}

pub fn row(n: u128, urgency: i64) -> ReportRow {
    ReportRow {
        id: Uuid::from_u128(n),
        reference: format!("FR-{n}"),
        org_id: COMPANY.0,
        authority_id: AUTHORITY.0,
        author_id: ANA.0,
        kind: "order".into(),
        state: "sent".into(),
        shelf: "open".into(),
        current_version: 1,
        headline: "acetone, 200 l".into(),
        party: "Grey Ltd".into(),
        party_country: "NL".into(),
        band: "green".into(),
        cells: 1,
        desk_band: "amber".into(),
        desk_cells: 3,
        severity: "amber".into(),
        urgency,
        aware_at: Some(5),
        sent_at: 20 + i64::try_from(n).unwrap(),
        answer_due: 1000,
        duty_due: Some(900),
        basis: "{}".into(),
        company_entry_at: 20,
        updated_at: 20,
        answer_from: 20,
        answer_hours: 24,
        version: 1,
        ..ReportRow::default()
    }
}

pub async fn seeded(db: &Db) -> Tx {
    let mut tx = db.begin().await.unwrap();
    people_and_orgs(&mut tx).await;
    tx
}

pub fn version(report: Uuid, draft: u128, version: i64) -> content::NewVersion<'static> {
    content::NewVersion {
        report: ReportId(report),
        version,
        draft: DraftId(Uuid::from_u128(draft)),
        question_set: "2026-11",
        rule_set: "2026-11",
        catalogue: "x",
        profile: "{}",
        quick: false,
        answers: "{\"kind\":[\"order\"]}",
        canonical: "{}",
        assessment: "{}",
        desk_assessment: "{}",
        sha256: [7; 32],
        person: ANA,
        at: Timestamp(20),
        refdata: "[]",
    }
}

pub fn wanted(after: (i64, Uuid), limit: i64) -> queue::Wanted<'static> {
    queue::Wanted {
        authority: AUTHORITY,
        person: OFFICER,
        after,
        before: DECIDED,
        shelf: "",
        mine: false,
        unassigned: false,
        severity: "",
        kind: "",
        substance: "",
        overdue: false,
        aside: false,
        here: true,
        label: None,
        now: Timestamp(500),
        read_until: Timestamp(i64::MIN),
        known_until: Timestamp(0),
        fresh: false,
        limit,
    }
}

pub const START: (i64, Uuid) = (i64::MIN, Uuid::nil());
