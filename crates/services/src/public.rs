//! What everybody may know of the installation: which authority to call, and whether it works.

use domain::country::Country;
use store::{outbox, public as rows};

use crate::{Context, Result};

/// An authority that receives reports here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    /// The country it answers for.
    pub country: Country,
    /// Its name.
    pub name: String,
    /// Its duty telephone; empty if none was entered.
    pub phone: String,
}

/// Whether the parts that reports depend on work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// The database answers; so many mails wait to be sent.
    Up {
        /// Mails that wait.
        mail_waiting: u64,
    },
    /// The database does not answer.
    Down,
}

/// The authorities that receive reports here, by name of the country.
///
/// # Errors
/// If the store fails.
pub async fn authorities(ctx: &Context) -> Result<Vec<Authority>> {
    let rows = rows::duty(&mut ctx.db.reader()).await?;
    let known = |row: rows::DutyRow| {
        let country = Country::parse(&row.country).ok()?;
        Some(Authority { country, name: row.name, phone: row.phone })
    };
    let mut authorities: Vec<_> = rows.into_iter().filter_map(known).collect();
    authorities.sort_by_key(|authority| authority.country.name());
    Ok(authorities)
}

/// Asks the database and looks at the outbox. Never fails: a database that does not answer is an answer.
pub async fn health(ctx: &Context) -> Health {
    match outbox::count(&mut ctx.db.reader(), "waiting").await {
        Ok(waiting) => Health::Up { mail_waiting: u64::try_from(waiting).unwrap_or_default() },
        Err(error) => {
            tracing::error!(cause = ?error, "the status page found the database silent");
            Health::Down
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::testing::World;

    #[tokio::test]
    async fn an_installation_without_anybody_is_well() {
        let world = World::empty().await;
        assert_eq!(authorities(&world).await.unwrap(), []);
        assert_eq!(health(&world).await, Health::Up { mail_waiting: 0 });
    }

    #[tokio::test]
    async fn every_authority_of_the_demo_can_be_called() {
        let world = World::with_people().await;
        let authorities = authorities(&world).await.unwrap();
        assert!(!authorities.is_empty());
        for authority in &authorities {
            assert!(!authority.name.is_empty() && authority.phone.starts_with('+'), "{authority:?}");
        }
        assert!(authorities.is_sorted_by_key(|authority| authority.country.name()));
    }

    #[tokio::test]
    async fn a_silent_database_is_told_as_such() {
        let world = World::empty().await;
        world.db.close().await;
        assert_eq!(health(&world).await, Health::Down);
    }
}
