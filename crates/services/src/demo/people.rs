//! The organisations and people of the demo: two authorities, their companies, an association, a system administrator.
//! Names are invented; addresses end in `.example`, which leads nowhere.

use std::collections::HashMap;

use domain::{
    access::{Action, Role},
    country::Country,
    ids::{OrgId, UserId},
    organisation::{OperatorRole, OrgKind, OrgStatus},
    time::Timestamp,
};
use store::{
    Tx,
    org::{self, NewOrg},
    person::{self, NewPerson},
    setting,
};

use crate::{
    Context, Refusal, Result,
    audit::{self, Actor},
    factor::base32,
    register::checks,
};

/// The password of every demo account.
pub const PASSWORD: &str = "amber-litmus-ledger-42";

/// The secret of every second factor of the demo: that of the examples in RFC 6238.
pub const FACTOR: [u8; 20] = *b"12345678901234567890";

/// The same as an app takes it.
#[must_use]
pub fn factor_text() -> String {
    base32(&FACTOR)
}

/// One account of the demo, for printing at start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemoAccount {
    /// What the person does.
    pub role: &'static str,
    /// Address for signing in.
    pub email: &'static str,
    /// The password, the same for all.
    pub password: &'static str,
    /// Name of the person.
    pub name: &'static str,
    /// Name of the organisation.
    pub organisation: &'static str,
}

struct Org {
    handle: &'static str,
    kind: OrgKind,
    name: &'static str,
    country: &'static str,
    status: OrgStatus,
    roles: &'static [OperatorRole],
    authority: &'static str,
    number: &'static str,
    vat: &'static str,
    address: &'static str,
    phone: &'static str,
    website: &'static str,
    time_zone: &'static str,
    /// Days before the demo was made.
    age: i64,
}

const NONE: Org = Org {
    handle: "",
    kind: OrgKind::Company,
    name: "",
    country: "NL",
    status: OrgStatus::Approved,
    roles: &[],
    authority: "pco-nl",
    number: "",
    vat: "",
    address: "",
    phone: "",
    website: "",
    time_zone: "",
    age: 90,
};

const ORGS: &[Org] = &[
    Org { handle: "installation", kind: OrgKind::Operator, name: "Demo installation", authority: "", age: 400, ..NONE },
    Org {
        handle: "pco-nl",
        kind: OrgKind::Authority,
        name: "Precursor Control Office (demo)",
        authority: "",
        address: "Kade 12\n2511 AB Den Haag",
        phone: "+31 70 555 0110",
        website: "https://pco-nl.example",
        time_zone: "Europe/Amsterdam",
        age: 390,
        ..NONE
    },
    Org {
        handle: "pco-ca",
        kind: OrgKind::Authority,
        name: "Office of Precursor Chemicals, Canada (demo)",
        country: "CA",
        authority: "",
        address: "150 River Road\nOttawa ON  K1A 0K9",
        phone: "+1 613 555 0142",
        website: "https://pco-ca.example",
        time_zone: "America/Toronto",
        age: 380,
        ..NONE
    },
    Org {
        handle: "chemtrade-assoc",
        kind: OrgKind::Association,
        name: "Association of Chemical Traders of the Low Countries (demo)",
        authority: "",
        address: "Beursplein 5\n3011 AA Rotterdam",
        phone: "+31 10 555 0177",
        website: "https://chemtrade-assoc.example",
        age: 370,
        ..NONE
    },
    Org {
        handle: "meridian",
        name: "Meridian Solvents & Reagents B.V.",
        roles: &[OperatorRole::Distributor, OperatorRole::Importer, OperatorRole::Exporter],
        number: "99284407",
        vat: "NL854291374B98",
        address: "Botlekweg 41\n3197 KA Rotterdam",
        phone: "+31 10 555 0103",
        website: "https://meridian-reagents.example",
        age: 310,
        ..NONE
    },
    Org {
        handle: "noordkust",
        name: "Noordkust Fine Chemicals N.V.",
        roles: &[OperatorRole::Producer, OperatorRole::Exporter],
        number: "99117359",
        vat: "NL803355166B98",
        address: "Oosterhorn 8\n9936 HD Farmsum",
        phone: "+31 596 555 012",
        website: "https://noordkust.example",
        age: 280,
        ..NONE
    },
    Org {
        handle: "apotheek-depot",
        name: "Apotheek Depot Utrecht B.V.",
        roles: &[OperatorRole::Wholesaler, OperatorRole::Pharmacy],
        number: "99229841",
        vat: "NL812904473B98",
        address: "Nijverheidsweg 22\n3534 AM Utrecht",
        phone: "+31 30 555 0188",
        website: "https://apotheek-depot.example",
        age: 250,
        ..NONE
    },
    Org {
        handle: "delta-forwarding",
        name: "Delta Quay Forwarding B.V.",
        roles: &[OperatorRole::FreightForwarder, OperatorRole::Warehouse, OperatorRole::CustomsBroker],
        number: "99901738",
        vat: "NL850663829B98",
        address: "Maasvlakteweg 960\n3199 LZ Maasvlakte Rotterdam",
        phone: "+31 10 555 0129",
        website: "https://deltaquay.example",
        age: 200,
        ..NONE
    },
    Org {
        handle: "labmarkt",
        name: "Labmarkt Online B.V.",
        roles: &[OperatorRole::OnlinePlatform, OperatorRole::Retailer],
        number: "99455826",
        vat: "NL858322900B98",
        address: "Keizersgracht 410\n1016 GC Amsterdam",
        phone: "+31 20 555 0164",
        website: "https://labmarkt.example",
        age: 120,
        ..NONE
    },
    Org {
        handle: "titration",
        name: "Titration Laboratory Supplies V.O.F.",
        status: OrgStatus::Applied,
        roles: &[OperatorRole::Laboratory, OperatorRole::Retailer],
        number: "99730265",
        address: "Zernikelaan 17\n9747 AA Groningen",
        phone: "+31 50 555 0131",
        website: "https://titration-supplies.example",
        age: 2,
        ..NONE
    },
    Org {
        handle: "quickpress",
        name: "Quickpress Machines",
        status: OrgStatus::Refused,
        roles: &[OperatorRole::Broker],
        number: "000",
        address: "Postbus 999\n5600 AZ Eindhoven",
        phone: "+31 40 555 0100",
        age: 30,
        ..NONE
    },
    Org {
        handle: "kustlijn",
        name: "Kustlijn Handelshuis B.V.",
        status: OrgStatus::Suspended,
        roles: &[OperatorRole::Broker, OperatorRole::Exporter],
        number: "99618840",
        address: "Havenkade 3\n4382 NV Vlissingen",
        phone: "+31 118 555 016",
        website: "https://kustlijn.example",
        age: 160,
        ..NONE
    },
    Org {
        handle: "laurentian",
        name: "Laurentian Chemical Supply Ltd.",
        country: "CA",
        roles: &[OperatorRole::Distributor, OperatorRole::Importer],
        authority: "pco-ca",
        number: "1184402-6",
        address: "8800 Henri-Bourassa Blvd E\nMontréal QC  H1E 1P4",
        phone: "+1 514 555 0118",
        website: "https://laurentian.example",
        age: 230,
        ..NONE
    },
    Org {
        handle: "prairie-agro",
        name: "Prairie Agro Ingredients Inc.",
        country: "CA",
        roles: &[OperatorRole::Formulator, OperatorRole::EndUser],
        authority: "pco-ca",
        number: "0932217-1",
        address: "77 Elevator Road\nBrandon MB  R7A 6N3",
        phone: "+1 204 555 0155",
        website: "https://prairie-agro.example",
        age: 140,
        ..NONE
    },
];

/// Countries and their authority.
const SCOPES: &[(&str, &str)] = &[("pco-nl", "NL"), ("pco-ca", "CA")];

/// Handle of the organisation, role, name, address.
const PEOPLE: &[(&str, Role, &str, &str)] = &[
    ("installation", Role::SystemAdmin, "Robin Achterberg", "system@forerunner.example"),
    ("installation", Role::SystemAdmin, "Mirjam Sollie", "system2@forerunner.example"),
    ("pco-nl", Role::AuthorityAdmin, "Marijke Vos", "admin@pco-nl.example"),
    ("pco-nl", Role::AuthoritySupervisor, "Adaeze Okoye", "supervisor@pco-nl.example"),
    ("pco-nl", Role::AuthorityOfficer, "Jelle Brouwer", "officer@pco-nl.example"),
    ("pco-nl", Role::AuthorityOfficer, "Samira El Amrani", "officer2@pco-nl.example"),
    ("pco-nl", Role::AuthorityReader, "Koen Timmers", "reader@pco-nl.example"),
    ("pco-ca", Role::AuthorityAdmin, "Claire Tremblay", "admin@pco-ca.example"),
    ("pco-ca", Role::AuthoritySupervisor, "Daniel Whitefeather", "supervisor@pco-ca.example"),
    ("pco-ca", Role::AuthorityOfficer, "Priya Raman", "officer@pco-ca.example"),
    ("chemtrade-assoc", Role::AssociationAdmin, "Hendrik de Wit", "admin@chemtrade-assoc.example"),
    ("chemtrade-assoc", Role::AssociationEditor, "Lotte Janssens", "editor@chemtrade-assoc.example"),
    ("chemtrade-assoc", Role::AssociationSubEditor, "Ruben Claes", "subeditor@chemtrade-assoc.example"),
    ("meridian", Role::CompanyAdmin, "Ingrid Bakker", "admin@meridian-reagents.example"),
    ("meridian", Role::CompanyOfficer, "Tomás Herrera", "officer@meridian-reagents.example"),
    ("meridian", Role::CompanyReader, "Femke Postma", "reader@meridian-reagents.example"),
    ("noordkust", Role::CompanyAdmin, "Wim Dijkstra", "admin@noordkust.example"),
    ("noordkust", Role::CompanyOfficer, "Yara Haddad", "officer@noordkust.example"),
    ("apotheek-depot", Role::CompanyAdmin, "Sanne Mulder", "admin@apotheek-depot.example"),
    ("delta-forwarding", Role::CompanyAdmin, "Pieter van Rijn", "admin@deltaquay.example"),
    ("delta-forwarding", Role::CompanyOfficer, "Olena Kovalenko", "officer@deltaquay.example"),
    ("labmarkt", Role::CompanyAdmin, "Noor Verhoeven", "admin@labmarkt.example"),
    ("titration", Role::CompanyAdmin, "Bram Hoekstra", "admin@titration-supplies.example"),
    ("quickpress", Role::CompanyAdmin, "A. Nonneman", "admin@quickpress.example"),
    ("kustlijn", Role::CompanyAdmin, "Dirk Poortvliet", "admin@kustlijn.example"),
    ("laurentian", Role::CompanyAdmin, "Geneviève Roy", "admin@laurentian.example"),
    ("laurentian", Role::CompanyOfficer, "Marcus Bell", "officer@laurentian.example"),
    ("prairie-agro", Role::CompanyAdmin, "Evelyn Friesen", "admin@prairie-agro.example"),
];

/// Every account of the demo, as printed at start.
#[must_use]
pub fn accounts() -> Vec<DemoAccount> {
    let name_of = |handle: &str| ORGS.iter().find(|org| org.handle == handle).map_or("", |org| org.name);
    let account = |&(handle, role, name, email): &(&'static str, Role, &'static str, &'static str)| DemoAccount {
        role: role.label(),
        email,
        password: PASSWORD,
        name,
        organisation: name_of(handle),
    };
    PEOPLE.iter().map(account).collect()
}

/// Makes the organisations and people of the demo and marks the database. Does nothing if it is marked already.
///
/// # Errors
/// [`Refusal::NotPossible`] if the database holds real organisations.
pub async fn seed_people(ctx: &Context) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    if setting::is_demo(&mut tx).await? {
        return Ok(());
    }
    for kind in OrgKind::ALL {
        if org::count_kind(&mut tx, kind.code()).await? > 0 {
            return Err(Refusal::NotPossible(
                "This database is in use. Demo data can only be put into an empty one.".to_owned(),
            ));
        }
    }
    setting::put(&mut tx, setting::DEMO, "people").await?;
    let orgs = seed_orgs(ctx, &mut tx).await?;
    for &(handle, country) in SCOPES {
        org::add_scope(&mut tx, orgs[handle], country, "", true).await?;
    }
    let phc = ctx.hasher.hash(PASSWORD).await?;
    for &(handle, role, name, email) in PEOPLE {
        let id = seed_person(ctx, &mut tx, orgs[handle], role, name, email, &phc).await?;
        if role.needs_factor() && works(handle) {
            super::give_factor(ctx, &mut tx, id).await?;
        }
    }
    decide_demo(ctx, &mut tx, &orgs).await?;
    let act = audit::Act {
        actor: Actor::System,
        action: Action::ManageSystem,
        step: "demo data made",
        object_kind: "installation",
        object_id: String::new(),
    };
    audit::record(ctx, &mut tx, act, audit::NONE, audit::NONE).await?;
    tx.commit().await?;
    Ok(())
}

fn works(handle: &str) -> bool {
    ORGS.iter().any(|org| org.handle == handle && org.status == OrgStatus::Approved)
}

async fn seed_orgs(ctx: &Context, tx: &mut Tx) -> Result<HashMap<&'static str, OrgId>> {
    let mut ids = HashMap::new();
    for seed in ORGS {
        let id = OrgId(ctx.new_id());
        let codes: Vec<&str> = seed.roles.iter().map(|role| role.code()).collect();
        let duty_email =
            if seed.kind == OrgKind::Authority { format!("duty@{}.example", seed.handle) } else { String::new() };
        // An organisation that was approved or refused applied first; it is moved on by the decision.
        let new = NewOrg {
            id,
            handle: seed.handle,
            kind: seed.kind.code(),
            name: seed.name,
            country: seed.country,
            status: seed.status.code(),
            operator_roles: &serde_json::to_string(&codes).unwrap_or_default(),
            authority: ids.get(seed.authority).copied(),
            registration_number: seed.number,
            registration_key: &domain::fold::squash(seed.number),
            name_key: &domain::fold::squash(seed.name),
            vat: seed.vat,
            lei: "",
            address: seed.address,
            phone: seed.phone,
            website: seed.website,
            duty_email: &duty_email,
            time_zone: seed.time_zone,
            act_for_proof: if seed.number.is_empty() {
                ""
            } else {
                "I am named in the trade register as authorised to sign."
            },
            checks: &checks(seed)?,
            at: ctx.now().plus(-seed.age * Timestamp::DAY),
        };
        org::insert(tx, &new).await?;
        ids.insert(seed.handle, id);
    }
    Ok(ids)
}

/// What would have been found about a company when it applied.
fn checks(seed: &Org) -> Result<String> {
    if seed.number.is_empty() {
        return Ok("[]".to_owned());
    }
    let country = Country::parse(seed.country).ok();
    let email = PEOPLE.iter().find(|person| person.0 == seed.handle).map_or("", |person| person.3);
    let checks = checks::all(country, seed.number, seed.vat, email, seed.website);
    serde_json::to_string(&checks).map_err(|error| Refusal::Fault(error.to_string()))
}

async fn seed_person(
    ctx: &Context,
    tx: &mut Tx,
    org: OrgId,
    role: Role,
    name: &str,
    email: &str,
    phc: &str,
) -> Result<UserId> {
    let id = UserId(ctx.new_id());
    let (now, came) = (ctx.now(), ctx.now().plus(-60 * Timestamp::DAY));
    let new =
        NewPerson { id, email, name, phone: "", password_hash: Some(phc), lang: "en", confirmed: Some(now), at: came };
    person::insert(tx, &new).await?;
    person::join(tx, ctx.new_id(), id, org, role.code(), came).await?;
    Ok(id)
}

/// The decisions behind the demo's approved, refused and suspended companies.
async fn decide_demo(ctx: &Context, tx: &mut Tx, orgs: &HashMap<&'static str, OrgId>) -> Result<()> {
    for seed in ORGS {
        let email = match seed.authority {
            "pco-nl" => "supervisor@pco-nl.example",
            "pco-ca" => "supervisor@pco-ca.example",
            _ => continue,
        };
        let reason = match seed.status {
            OrgStatus::Approved => "",
            OrgStatus::Refused => {
                "The registration number does not exist in the trade register, and nobody answered at the telephone \
                 number given. Apply again with an extract from the register."
            }
            OrgStatus::Suspended => {
                "The trade register says that the company was wound up. Send an extract that says who acts for it now."
            }
            _ => continue,
        };
        let by = person::by_email(tx, email).await?.ok_or_else(|| Refusal::Fault("a demo person is missing".into()))?;
        let at = ctx.now().plus((1 - seed.age) * Timestamp::DAY);
        org::decide(tx, orgs[seed.handle], 1, seed.status.code(), reason, UserId(by.id), at).await?;
    }
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::{demo::is_demo, password, testing::World};

    #[tokio::test]
    async fn every_account_can_sign_in_to_its_place() {
        let world = World::with_people().await;
        assert!(is_demo(&world).await.unwrap());
        assert_eq!(accounts().len(), PEOPLE.len());
        for &(handle, role, name, email) in PEOPLE {
            let principal = world.principal(email).await;
            let member = principal.membership(handle).unwrap();
            assert_eq!((member.role, principal.person.as_ref().unwrap().name.as_str()), (role, name));
            assert_eq!(role.org_kind(), member.kind, "{email}");
        }
        let signed = world.sign_in("officer@pco-ca.example").await;
        assert!(signed.principal.allowed_in(signed.principal.memberships[0].org, Action::WorkReports).is_ok());
    }

    #[tokio::test]
    async fn every_role_is_there_and_every_state_of_a_company() {
        let world = World::with_people().await;
        for role in Role::ALL {
            assert!(PEOPLE.iter().any(|person| person.1 == *role), "{role:?}");
        }
        let nl = world.principal("admin@pco-nl.example").await.memberships[0].org;
        let counts = org::count_by_status(&mut world.db.reader(), nl).await.unwrap();
        for status in ["approved", "applied", "refused"] {
            assert!(counts.iter().any(|(code, n)| code == status && *n > 0), "{status}: {counts:?}");
        }
    }

    #[test]
    fn the_numbers_of_approved_companies_pass_and_those_of_the_refused_do_not() {
        for seed in ORGS.iter().filter(|seed| seed.kind == OrgKind::Company) {
            let found: Vec<checks::Check> = serde_json::from_str(&checks(seed).unwrap()).unwrap();
            let odd: Vec<_> = found.iter().filter(|check| check.verdict == checks::Verdict::Odd).collect();
            assert_eq!(odd.is_empty(), seed.status != OrgStatus::Refused, "{}: {odd:?}", seed.handle);
            assert!(found.len() >= 2 && found.iter().any(|check| check.field == "vat") != seed.vat.is_empty());
        }
    }

    #[tokio::test]
    async fn seeding_twice_is_seeding_once() {
        let world = World::with_people().await;
        seed_people(&world).await.unwrap();
        assert_eq!(org::of_kind(&mut world.db.reader(), "authority").await.unwrap().len(), 2);
    }

    #[tokio::test]
    async fn a_database_in_use_is_left_alone() {
        let world = World::with_people().await;
        let mut tx = world.db.begin().await.unwrap();
        let unmark = "DELETE FROM setting";
        tx.run(&store::Sql { name: "test", sqlite: unmark, postgres: unmark }, vec![]).await.unwrap();
        tx.commit().await.unwrap();
        assert!(matches!(seed_people(&world).await, Err(Refusal::NotPossible(_))));
        assert!(!is_demo(&world).await.unwrap());
    }

    #[test]
    fn the_password_obeys_the_policy_for_everybody() {
        for account in accounts() {
            let about = [account.name, account.email, account.organisation];
            assert_eq!(password::check(PASSWORD, &about, &crate::testing::catalogue()), Ok(()), "{}", account.email);
        }
    }
}
