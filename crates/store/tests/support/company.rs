//! A company, or another organisation, with one person: whose things the tests keep.

use domain::{
    ids::{OrgId, UserId},
    time::Timestamp,
};
use store::{
    Tx,
    org::{self, NewOrg},
    person::{self, NewPerson},
};
use uuid::Uuid;

pub const NOW: Timestamp = Timestamp(1_000 * Timestamp::DAY);
pub const ORG: OrgId = OrgId(Uuid::from_u128(1));
pub const ME: UserId = UserId(Uuid::from_u128(2));

/// Adds them; `kind` is the organisation's: `company`, `authority`.
pub async fn add(tx: &mut Tx, kind: &str) {
    let org = NewOrg {
        id: ORG,
        handle: "x",
        kind,
        name: "X",
        country: "NL",
        status: "approved",
        operator_roles: "[]",
        authority: None,
        registration_number: "1",
        registration_key: "1",
        name_key: "x",
        vat: "",
        lei: "",
        address: "",
        phone: "",
        website: "",
        duty_email: "",
        time_zone: "",
        act_for_proof: "",
        checks: "[]",
        at: NOW,
    };
    org::insert(tx, &org).await.unwrap();
    let me = NewPerson {
        id: ME,
        email: "a@x.example",
        name: "Ingrid",
        phone: "",
        password_hash: None,
        lang: "en",
        confirmed: Some(NOW),
        at: NOW,
    };
    person::insert(tx, &me).await.unwrap();
}
