//! An address changes by a click in its own mailbox, and the old one is told.

use super::*;
use crate::{demo, testing::World};

const OFFICER: &str = "officer@meridian-reagents.example";
const NEW: &str = "ingrid@meridian-reagents.example";

fn fields(email: &str, password: &str) -> Answers {
    let mut fields = Answers::new();
    fields.set_one("email", email);
    fields.set_one("current_password", password);
    fields
}

#[tokio::test]
async fn a_new_address_needs_the_password_and_its_mailbox() {
    let world = World::with_people().await;
    let who = world.principal(OFFICER).await;
    assert!(matches!(ask_new(&world, &who, &fields(NEW, "wrong")).await, Err(Refusal::Invalid(_))));
    assert!(matches!(ask_new(&world, &who, &fields("nobody", demo::PASSWORD)).await, Err(Refusal::Invalid(_))));
    ask_new(&world, &who, &fields(NEW, demo::PASSWORD)).await.unwrap();
    let token = world.token_mailed("confirm_address", NEW).await;
    assert_eq!(peek(&world, &token).await.unwrap(), NEW);
    confirm(&world, &token).await.unwrap();
    assert!(matches!(confirm(&world, &token).await, Err(Refusal::NotFound)));
    assert_eq!(world.principal(NEW).await.person.unwrap().id, who.person.unwrap().id);
    let mails = world.mails().await;
    let (_, to, _) = mails.iter().find(|(template, ..)| template == "address_changed").unwrap();
    assert_eq!(to, OFFICER);
}

#[tokio::test]
async fn an_address_of_somebody_else_is_not_taken_and_not_told() {
    let world = World::with_people().await;
    let who = world.principal(OFFICER).await;
    let other = "admin@meridian-reagents.example";
    ask_new(&world, &who, &fields(other, demo::PASSWORD)).await.unwrap();
    let (template, to, _) = world.mails().await.pop().unwrap();
    assert_eq!((template.as_str(), to.as_str()), ("reader_notice", other));
    let standing = standing(&world, &who).await.unwrap();
    assert_eq!((standing.email.as_str(), standing.broken_since), (OFFICER, None));
}
