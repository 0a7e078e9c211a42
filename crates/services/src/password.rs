//! Passwords: which are good enough, and how they are kept.
//!
//! Kept as argon2id (19 MiB, two passes, one lane: the least that OWASP recommends) over a keyed hash of the password,
//! so that the database alone is not enough to guess at it. A password is put into Unicode's composed form first: the
//! same letters typed on another keyboard are the same password. Hashing costs memory, so only a few run at a time.
//!
//! Good enough is what has fifteen characters or more and cannot be guessed from lists, patterns, or from what is known
//! about the person. There are no rules about kinds of characters, and no password ever expires.

mod common;
mod memory;

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread::available_parallelism,
    time::Duration,
};

use argon2::{Algorithm, Params, PasswordVerifier as _, password_hash::phc::PasswordHash};
use domain::{fold, substance::Catalogue};
use memory::{Memory, Working};
use tokio::{sync::Semaphore, time::timeout};
use unicode_normalization::UnicodeNormalization as _;
use zxcvbn::{Score, zxcvbn};

use crate::{Refusal, Result, secret};

/// Fewest characters.
pub const MIN_CHARS: usize = 15;
/// Most bytes; more is refused unread.
pub const MAX_BYTES: usize = 4096;

const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// How long a sign-in may wait for its turn to be hashed.
const QUEUE: Duration = Duration::from_secs(20);

/// Hashes passwords, a few at a time.
pub struct Hasher {
    pepper: [u8; 32],
    turns: Arc<Semaphore>,
    memory: Arc<Memory>,
    computed: AtomicU64,
}

impl fmt::Debug for Hasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hasher").field("computed", &self.computed).finish_non_exhaustive()
    }
}

impl Hasher {
    /// A hasher with this secret, for twice as many hashes at a time as there are processors.
    #[must_use]
    pub fn new(pepper: &[u8; 32]) -> Self {
        let turns = 2 * available_parallelism().map_or(2, usize::from);
        Self {
            pepper: *pepper,
            turns: Arc::new(Semaphore::new(turns)),
            memory: Arc::default(),
            computed: AtomicU64::new(0),
        }
    }

    /// How many hashes were computed since the start.
    #[must_use]
    pub fn computed(&self) -> u64 {
        self.computed.load(Ordering::SeqCst)
    }

    /// The hash to store for a new password, as a PHC string.
    ///
    /// # Errors
    /// [`Refusal::TooOften`] if too many wait for their turn.
    pub async fn hash(&self, password: &str) -> Result<String> {
        self.turn(password, |peppered, argon2| {
            let hash = argon2.hash(&peppered).map_err(|error| Refusal::Fault(error.to_string()))?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether the password belongs to the stored hash. Computes one hash in any case, also if nothing is stored.
    ///
    /// # Errors
    /// [`Refusal::TooOften`] if too many wait for their turn.
    pub async fn verify(&self, password: &str, stored: Option<&str>) -> Result<bool> {
        let stored = stored.and_then(|phc| PasswordHash::new(phc).ok());
        self.turn(password, move |peppered, argon2| {
            let outcome = match &stored {
                Some(hash) => argon2.verify_password(&peppered, hash).is_ok(),
                None => {
                    let spent = argon2.hash_with_salt(&peppered, b"nobody has this account");
                    std::hint::black_box(spent).is_err()
                }
            };
            Ok(outcome)
        })
        .await
    }

    async fn turn<T: Send + 'static>(
        &self,
        password: &str,
        work: impl FnOnce([u8; 32], &Working<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let composed: String = password.nfc().collect();
        let peppered = secret::keyed(&self.pepper, "password", &[composed.as_bytes()]);
        let turn = timeout(QUEUE, Arc::clone(&self.turns).acquire_owned()).await.map_err(|_| Refusal::TooOften(10))?;
        let turn = turn.map_err(|error| Refusal::Fault(error.to_string()))?;
        self.computed.fetch_add(1, Ordering::SeqCst);
        let memory = Arc::clone(&self.memory);
        let job = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work(peppered, &memory.take())
        });
        job.await.map_err(|error| Refusal::Fault(error.to_string()))?
    }
}

/// How passwords are hashed today.
fn params() -> Params {
    Params::new(MEMORY_KIB, PASSES, LANES, None).expect("the parameters are within argon2's limits")
}

/// Whether a stored hash is weaker than those made today, so that the next sign-in should replace it.
#[must_use]
pub fn outdated(phc: &str) -> bool {
    let Ok(hash) = PasswordHash::new(phc) else { return true };
    let Ok(params) = Params::try_from(&hash) else { return true };
    hash.algorithm != Algorithm::Argon2id.ident()
        || params.m_cost() < MEMORY_KIB
        || params.t_cost() < PASSES
        || params.p_cost() < LANES
}

/// Says why a password is not good enough, in a sentence for the person who chose it.
///
/// `about` is what others know about the person: name, address, organisation.
///
/// # Errors
/// The sentence.
pub fn check(password: &str, about: &[&str], catalogue: &Catalogue) -> std::result::Result<(), &'static str> {
    if password.len() > MAX_BYTES {
        return Err("This password is too long. Use at most 4,096 bytes, about a page of text.");
    }
    let composed: String = password.nfc().collect();
    if composed.is_empty() {
        return Err("Choose a password.");
    }
    if composed.chars().count() < MIN_CHARS {
        return Err("Use at least 15 characters. Four or five words that do not belong together are easy to remember.");
    }
    let squashed = fold::squash(&composed);
    if common::PHRASES.contains(&squashed.as_str()) {
        return Err("This password is on the lists that attackers try first. Choose another one.");
    }
    let known = known_words(about, catalogue);
    if mostly_known(&squashed, &known) {
        return Err("Most of this password is a name or a word that others connect with you or with this service. \
                    Add words that have nothing to do with it.");
    }
    let hints: Vec<&str> = about.iter().copied().chain(known.iter().map(String::as_str)).collect();
    if zxcvbn(&composed, &hints).score() < Score::Three {
        return Err("This password is easy to guess: it repeats itself or follows a pattern. \
                    Use four or five words that do not belong together.");
    }
    Ok(())
}

/// Words that count for nothing in a password, folded, the longest first.
fn known_words(about: &[&str], catalogue: &Catalogue) -> Vec<String> {
    let about = about.iter().flat_map(|text| words_of(text));
    let service = common::SERVICE.iter().map(|word| (*word).to_owned());
    let mut words: Vec<String> = about.chain(service).chain(substance_words(catalogue)).collect();
    words.retain(|word| word.chars().count() >= 4);
    words.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    words.dedup();
    words
}

/// Names of substances: whole, and word by word.
fn substance_words(catalogue: &Catalogue) -> impl Iterator<Item = String> + '_ {
    catalogue.all().iter().flat_map(|substance| {
        let synonyms = substance.synonyms.iter().map(|synonym| synonym.text.as_str());
        synonyms.chain([substance.name.as_str()]).flat_map(words_of)
    })
}

fn words_of(text: &str) -> Vec<String> {
    let folded = fold::words(text);
    folded.split(' ').map(str::to_owned).chain([fold::squash(text)]).collect()
}

/// Whether fewer than eight letters and digits are left once the known words are taken out.
fn mostly_known(squashed: &str, known: &[String]) -> bool {
    let mut rest = squashed.to_owned();
    for word in known {
        rest = rest.replace(word.as_str(), "");
    }
    rest.len() < squashed.len() && rest.chars().count() < 8
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::catalogue;

    const ABOUT: &[&str] =
        &["Ingrid Bakker", "ingrid.bakker@meridian-reagents.example", "Meridian Solvents & Reagents B.V."];

    #[test]
    fn good_and_bad_passwords() {
        let catalogue = catalogue();
        for (password, fits) in [
            ("amber-litmus-ledger-42", true),
            ("violet kettle marching upwards", true),
            ("xK3#vQ9!mZ2@pL7", true),
            ("мой дядя самых честных правил", true),
            ("急がば回れ石の上にも三年猿も木", true),
            ("🦀🌵🎻🧊🛶🪁🧭🪡🦔🌋🧄🪗🛎🦑🧶", true),
            ("a b\tc\u{7}d e f g h i j k l", true),
            ("", false),
            ("short but odd", false),
            ("fourteen chars", false),
            ("aaaaaaaaaaaaaaaaaaaa", false),
            ("abcabcabcabcabcabc", false),
            ("123456789012345678", false),
            ("qwertyuiopasdfghjkl", false),
            ("passwordpassword", false),
            ("PASSWORD password 1", false),
            ("correct horse battery staple", false),
            ("Correct-Horse-Battery-Staple!", false),
            ("to be or not to be", false),
            ("forerunner precursor", false),
            ("Forerunner2026!Precursor", false),
            ("acetic anhydride 1", false),
            ("Pseudoephedrine-Ephedrine", false),
            ("potassium permanganate", false),
            ("ingridbakkermeridian", false),
            ("Meridian Reagents 2026", false),
            ("ingrid.bakker@meridian-reagents.example", false),
        ] {
            let verdict = check(password, ABOUT, &catalogue);
            assert_eq!(verdict.is_ok(), fits, "{password:?}: {verdict:?}");
        }
    }

    #[test]
    fn length_is_counted_in_characters_and_bounded_in_bytes() {
        let catalogue = catalogue();
        let long = "violet kettle marching upwards ".repeat(132);
        assert!(long.len() <= MAX_BYTES && check(&long, &[], &catalogue).is_ok());
        assert!(check(&long.repeat(2), &[], &catalogue).unwrap_err().contains("too long"));
        assert!(check(&"x".repeat(1_000_000), &[], &catalogue).unwrap_err().contains("too long"));
        assert!(check("a\u{301}bcdefghijklmn", &[], &catalogue).unwrap_err().contains("15"));
    }

    #[tokio::test]
    async fn a_hash_tells_right_from_wrong_and_needs_the_secret() {
        let hasher = Hasher::new(&[1; 32]);
        let phc = hasher.hash("violet kettle marching").await.unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{phc}");
        assert!(!outdated(&phc));
        assert!(hasher.verify("violet kettle marching", Some(&phc)).await.unwrap());
        assert!(!hasher.verify("violet kettle marchinG", Some(&phc)).await.unwrap());
        assert!(!hasher.verify("violet kettle marching ", Some(&phc)).await.unwrap(), "nothing is trimmed");
        assert!(!hasher.verify("violet kettle marching", None).await.unwrap());
        assert!(!hasher.verify("violet kettle marching", Some("not a hash")).await.unwrap());
        assert_eq!(hasher.computed(), 6);
        assert!(!Hasher::new(&[2; 32]).verify("violet kettle marching", Some(&phc)).await.unwrap());
        assert_ne!(hasher.hash("violet kettle marching").await.unwrap(), phc, "salted");
        assert!(!format!("{hasher:?}").contains("pepper"));
    }

    #[test]
    fn weaker_parameters_are_outdated() {
        for (phc, old) in [
            ("$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI", false),
            ("$argon2id$v=19$m=47104,t=3,p=1$c29tZXNhbHQ$MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI", false),
            ("$argon2id$v=19$m=9216,t=4,p=1$c29tZXNhbHQ$MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI", true),
            ("$argon2i$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI", true),
            ("garbage", true),
        ] {
            assert_eq!(outdated(phc), old, "{phc}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn any_text_gets_a_verdict(password in "\\PC{0,60}", name in "\\PC{0,30}") {
            let _ = check(&password, &[&name], &catalogue());
        }
    }
}
