//! Facts about the installation, one text each: the demo mark, for example.

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    GET = "SELECT value FROM setting WHERE name = $1";
    PUT = "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2";
}

/// Name of the demo mark; any value marks.
pub const DEMO: &str = "demo";

/// Name of the version of the rules by which facts were derived from the reports.
pub const FACTS: &str = "facts";

/// The value of a setting.
///
/// # Errors
/// If the database does not answer.
pub async fn get(db: &mut impl Read, name: &str) -> Result<Option<String>> {
    Ok(db.one::<(String,)>(&GET, args![name]).await?.map(|(value,)| value))
}

/// Sets a setting.
///
/// # Errors
/// If the database refuses.
pub async fn put(tx: &mut Tx, name: &str, value: &str) -> Result<()> {
    tx.run(&PUT, args![name, value]).await?;
    Ok(())
}

/// Whether the database holds demo data. Such a database must not be served to anybody but this machine.
///
/// # Errors
/// If the database does not answer.
pub async fn is_demo(db: &mut impl Read) -> Result<bool> {
    Ok(get(db, DEMO).await?.is_some())
}
