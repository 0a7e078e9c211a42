//! The memory in which passwords are hashed, used again and again. Given back each time it would be lost to the C library
//! that many systems have: it does not find an aligned block again, and the process grew by 19 MiB with every sign-in.

use std::{
    cell::RefCell,
    sync::{Mutex, PoisonError},
};

use argon2::{
    Algorithm, Argon2, Block, CustomizedPasswordHasher, Params, Version,
    password_hash::{
        self, generate_salt,
        phc::{Output, ParamsString, PasswordHash, Salt},
    },
};

use super::params;

/// What nobody hashes in at the moment: as many pieces as there were hashes at the same time.
#[derive(Default)]
pub(super) struct Memory(Mutex<Vec<Vec<Block>>>);

impl Memory {
    /// Takes a piece, for one hash at a time.
    pub(super) fn take(&self) -> Working<'_> {
        let blocks = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        Working { home: self, blocks: RefCell::new(blocks) }
    }
}

/// Argon2 in a piece of memory that goes back to where it came from.
pub(super) struct Working<'m> {
    home: &'m Memory,
    blocks: RefCell<Vec<Block>>,
}

impl Working<'_> {
    /// The hash of a password with a new salt, by the parameters of today.
    pub(super) fn hash(&self, password: &[u8]) -> password_hash::Result<PasswordHash> {
        self.hash_with_salt(password, &generate_salt())
    }

    /// The same with this salt.
    pub(super) fn hash_with_salt(&self, password: &[u8], salt: &[u8]) -> password_hash::Result<PasswordHash> {
        self.compute(password, salt, Algorithm::Argon2id, Version::V0x13, params())
    }

    fn compute(
        &self,
        password: &[u8],
        salt: &[u8],
        algorithm: Algorithm,
        version: Version,
        params: Params,
    ) -> password_hash::Result<PasswordHash> {
        let salt = Salt::new(salt)?;
        let mut buffer = [0; Output::MAX_LENGTH];
        let length = params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN);
        let out = buffer.get_mut(..length).ok_or(password_hash::Error::OutputSize)?;
        let mut blocks = self.blocks.borrow_mut();
        let length = params.block_count().max(blocks.len());
        blocks.resize(length, Block::default());
        let argon2 = Argon2::new(algorithm, version, params.clone());
        argon2.hash_password_into_with_memory(password, &salt, out, &mut blocks[..params.block_count()])?;
        Ok(PasswordHash {
            algorithm: algorithm.ident(),
            version: Some(version.into()),
            params: ParamsString::try_from(&params)?,
            salt: Some(salt),
            hash: Some(Output::new(out)?),
        })
    }
}

/// By this a stored hash is verified with the parameters that it names, and compared in constant time.
impl CustomizedPasswordHasher<PasswordHash> for Working<'_> {
    type Params = Params;

    fn hash_password_customized(
        &self,
        password: &[u8],
        salt: &[u8],
        algorithm: Option<&str>,
        version: Option<u32>,
        params: Params,
    ) -> password_hash::Result<PasswordHash> {
        let algorithm = algorithm.map(Algorithm::try_from).transpose()?.unwrap_or_default();
        let version = version.map(Version::try_from).transpose()?.unwrap_or_default();
        self.compute(password, salt, algorithm, version, params)
    }
}

impl Drop for Working<'_> {
    fn drop(&mut self) {
        let blocks = self.blocks.take();
        self.home.0.lock().unwrap_or_else(PoisonError::into_inner).push(blocks);
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use argon2::{PasswordHasher as _, PasswordVerifier as _};

    use super::*;

    #[test]
    fn hashes_are_those_of_argon2_and_the_memory_is_used_again() {
        let memory = Memory::default();
        let plain = Argon2::new(Algorithm::Argon2id, Version::V0x13, params());
        for password in [&b"amber litmus"[..], b"another"] {
            let salt = b"some sixteen byt";
            let hash = memory.take().hash_with_salt(password, salt).unwrap();
            assert_eq!(hash, plain.hash_password_with_salt(password, salt).unwrap());
            assert!(memory.take().verify_password(password, &hash).is_ok());
            assert!(memory.take().verify_password(b"wrong", &hash).is_err());
            assert!(plain.verify_password(password, &memory.take().hash(password).unwrap()).is_ok());
        }
        let pieces = memory.0.lock().unwrap();
        assert_eq!((pieces.len(), pieces[0].len()), (1, params().block_count()));
    }

    #[test]
    fn a_hash_with_other_parameters_is_verified_by_them() {
        let memory = Memory::default();
        let weak = Argon2::new(Algorithm::Argon2i, Version::V0x13, Params::new(64, 1, 1, None).unwrap());
        let hash = weak.hash_password_with_salt(b"amber litmus", b"some sixteen byt").unwrap();
        assert!(memory.take().hash(b"amber litmus").is_ok());
        assert!(memory.take().verify_password(b"amber litmus", &hash).is_ok());
        assert!(memory.take().verify_password(b"litmus amber", &hash).is_err());
    }
}
