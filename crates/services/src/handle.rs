//! Names of organisations in addresses: eight random letters and digits that say nothing about the organisation.

use store::{Tx, org};

use crate::{Context, Refusal, Result};

/// Crockford's base 32 in lower case: no letter looks like a digit.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A handle that no organisation has.
///
/// # Errors
/// If the store fails.
pub(crate) async fn new(ctx: &Context, tx: &mut Tx) -> Result<String> {
    for _ in 0..8 {
        let handle: String = ctx.random::<8>().iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
        if org::by_handle(tx, &handle).await?.is_none() {
            return Ok(handle);
        }
    }
    Err(Refusal::Fault("no free handle was found among 10^12".to_owned()))
}
