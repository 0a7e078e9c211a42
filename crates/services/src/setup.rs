//! The first administrator of an installation without anybody.
//!
//! There are no default accounts. While nobody runs the installation, each start makes a one-time link and prints it on
//! the console, where only whoever started the program reads it; the link of an earlier start is worth nothing then.

use domain::{
    access::{Action, Role},
    answers::Answers,
    ids::{OrgId, UserId},
    lang::Lang,
    organisation::{OrgKind, OrgStatus},
    time::Timestamp,
};
use serde_json::json;
use store::{
    org::{self, NewOrg},
    person::{self, NewPerson},
    token::{self as tokens, NewToken},
};

use crate::{
    Context, Refusal, Result,
    account::{self, SignedIn},
    audit::{self, Actor},
    handle,
    input::Form,
    link, password, secret,
};

/// Life of the link, microseconds: a day, for whoever starts the program in the evening.
pub const LIFE: i64 = Timestamp::DAY;

pub(crate) const SETUP: &str = "setup";

/// The one-time token to print: with it the first administrator is made. `None` once there is one.
///
/// # Errors
/// If the store fails.
pub async fn first_administrator(ctx: &Context) -> Result<Option<String>> {
    let mut tx = ctx.db.begin().await?;
    if person::anybody_with_role(&mut tx, Role::SystemAdmin.code()).await? {
        return Ok(None);
    }
    let (token, now) = (secret::token(ctx), ctx.now());
    tokens::cancel_purpose(&mut tx, SETUP, now).await?;
    let new = NewToken {
        token_hash: secret::hash(&token),
        id: ctx.new_id(),
        purpose: SETUP,
        person: None,
        org: None,
        email: "",
        role: Role::SystemAdmin.code(),
        created_by: None,
        at: now,
        expires: now.plus(LIFE),
    };
    tokens::insert(&mut tx, &new).await?;
    let act = audit::Act {
        actor: Actor::System,
        action: Action::UseLink,
        step: "link for the first administrator printed",
        object_kind: "installation",
        object_id: String::new(),
    };
    audit::record(ctx, &mut tx, act, audit::NONE, audit::NONE).await?;
    tx.commit().await?;
    Ok(Some(token))
}

/// Looks at the link without using it.
///
/// # Errors
/// [`Refusal::NotFound`] if it was never printed, was used, replaced, or has lapsed.
pub async fn peek(ctx: &Context, token: &str) -> Result<()> {
    link::open(ctx, token, SETUP).await.map(drop)
}

/// Makes the first administrator and signs them in: fields `installation` (its name), `name`, `email`, `password`.
///
/// # Errors
/// [`Refusal::NotFound`] if the link cannot be used; [`Refusal::Invalid`] with a problem per field, and then it can be
/// used again.
pub async fn complete(ctx: &Context, token: &str, fields: &Answers, agent: &str) -> Result<SignedIn> {
    peek(ctx, token).await?;
    let mut form = Form::new(fields);
    let installation = form.line("installation", 200, "Enter a name for this installation, for example your office's.");
    let name = form.line("name", 100, "Enter your name.");
    let email = form.email("email");
    let chosen = form.raw("password");
    if let Err(message) = password::check(chosen, &[&installation, &name, &email], &ctx.catalogue()) {
        form.problem("password", message);
    }
    form.done()?;
    let phc = ctx.hasher.hash(chosen).await?;
    let now = ctx.now();
    let mut tx = ctx.db.begin().await?;
    tokens::consume(&mut tx, secret::hash(token), SETUP, now).await?.ok_or(Refusal::NotFound)?;
    if person::anybody_with_role(&mut tx, Role::SystemAdmin.code()).await? {
        return Err(Refusal::NotFound);
    }
    let (org, id) = (OrgId(ctx.new_id()), UserId(ctx.new_id()));
    let handle = handle::new(ctx, &mut tx).await?;
    org::insert(&mut tx, &operator(org, &handle, &installation, now)).await?;
    let new = NewPerson {
        id,
        email: &email,
        name: &name,
        phone: "",
        password_hash: Some(&phc),
        lang: Lang::default().tag(),
        confirmed: Some(now),
        at: now,
    };
    person::insert(&mut tx, &new).await?;
    person::join(&mut tx, ctx.new_id(), id, org, Role::SystemAdmin.code(), now).await?;
    let account = person::by_id(&mut tx, id).await?.ok_or(Refusal::NotFound)?;
    let person = account::to_person(&account);
    let act = audit::Act {
        actor: Actor::Person(&person),
        action: Action::UseLink,
        step: "first administrator made",
        object_kind: "org",
        object_id: org.to_string(),
    };
    audit::record(ctx, &mut tx, act, audit::NONE, Some(&json!({ "installation": installation, "name": name }))).await?;
    let signed = account::enter(ctx, &mut tx, &account, agent, None).await?;
    tx.commit().await?;
    Ok(signed)
}

const fn operator<'a>(id: OrgId, handle: &'a str, name: &'a str, at: Timestamp) -> NewOrg<'a> {
    NewOrg {
        id,
        handle,
        kind: OrgKind::Operator.code(),
        name,
        country: "",
        status: OrgStatus::Approved.code(),
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
        time_zone: "",
        act_for_proof: "",
        checks: "[]",
        at,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::testing::World;

    fn form() -> Answers {
        let mut fields = Answers::new();
        fields.set_one("installation", "Benelux service");
        fields.set_one("name", "Robin Achterberg");
        fields.set_one("email", "robin@ministry.example");
        fields.set_one("password", "violet kettle marching upwards");
        fields
    }

    async fn link(world: &World) -> String {
        first_administrator(world).await.unwrap().unwrap()
    }

    #[tokio::test]
    async fn the_printed_link_makes_one_administrator() {
        let world = World::empty().await;
        let token = link(&world).await;
        peek(&world, &token).await.unwrap();
        let signed = complete(&world, &token, &form(), "Browser").await.unwrap();
        let member = &signed.principal.memberships[0];
        assert_eq!((member.role, member.org_name.as_str()), (Role::SystemAdmin, "Benelux service"));
        assert!(signed.principal.allowed_in(member.org, Action::ManageSystem).is_ok());
        assert!(matches!(complete(&world, &token, &form(), "Browser").await, Err(Refusal::NotFound)));
        assert_eq!(first_administrator(&world).await.unwrap(), None, "nothing is printed any more");
    }

    #[tokio::test]
    async fn an_old_a_replaced_and_a_guessed_link_make_nobody() {
        let world = World::empty().await;
        let first = link(&world).await;
        let second = link(&world).await;
        assert!(matches!(complete(&world, &first, &form(), "").await, Err(Refusal::NotFound)));
        assert!(matches!(complete(&world, "guess", &form(), "").await, Err(Refusal::NotFound)));
        world.wait(LIFE);
        assert!(matches!(complete(&world, &second, &form(), "").await, Err(Refusal::NotFound)));
    }

    #[tokio::test]
    async fn what_was_typed_wrong_leaves_the_link_usable() {
        let world = World::empty().await;
        let token = link(&world).await;
        for (field, bad) in [("installation", ""), ("name", " "), ("email", "robin"), ("password", "short")] {
            let mut fields = form();
            fields.set_one(field, bad);
            let Err(Refusal::Invalid(problems)) = complete(&world, &token, &fields, "").await else {
                panic!("{field}")
            };
            assert_eq!(problems.iter().map(|p| p.field.as_str()).collect::<Vec<_>>(), [field]);
        }
        assert!(complete(&world, &token, &form(), "").await.is_ok());
    }

    #[tokio::test]
    async fn a_demo_has_its_administrator_already() {
        let world = World::with_people().await;
        assert_eq!(first_administrator(&world).await.unwrap(), None);
    }
}
