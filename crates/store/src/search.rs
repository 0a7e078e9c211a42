//! Full-text search over an authority's reports: one interface, FTS5 on SQLite and a `tsvector` on PostgreSQL behind it.
//!
//! Both engines get words and questions that [`domain::fulltext`] has made of letters and digits, so that nothing typed
//! reaches their query languages, and both find the same.

use domain::{
    fulltext::{Question, Stretch, Words},
    ids::{OrgId, ReportId, UserId},
    time::Timestamp,
};
use serde_json::json;
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    PUT = "INSERT INTO report_text (report_id, body) VALUES ($1, $2) ON CONFLICT (report_id) DO UPDATE SET body = $2";
    CLEAR = sqlite "DELETE FROM report_words WHERE rowid = (SELECT n FROM report_text WHERE report_id = $1)",
            postgres "UPDATE report_text SET words = '' WHERE report_id = $1";
    INDEX = sqlite "INSERT INTO report_words (rowid, words) SELECT n, $2 FROM report_text WHERE report_id = $1",
            postgres "UPDATE report_text SET words = CAST(CAST($2 AS text) AS tsvector) WHERE report_id = $1";
    INDEX_ALL = sqlite "INSERT INTO report_words (rowid, words) SELECT value->>0, value->>1 FROM json_each($1)",
                postgres "UPDATE report_text t SET words = CAST(value->>1 AS tsvector)
                FROM json_array_elements(CAST(CAST($1 AS text) AS json)) AS value WHERE t.n = CAST(value->>0 AS bigint)";
    ADD_WORDS = sqlite "INSERT INTO search_word (authority_id, word) SELECT $1, value FROM json_each($2) WHERE true
                ON CONFLICT (authority_id, word) DO NOTHING",
                postgres "INSERT INTO search_word (authority_id, word) SELECT $1, word
                FROM json_array_elements_text(CAST(CAST($2 AS text) AS json)) AS word ORDER BY word
                ON CONFLICT (authority_id, word) DO NOTHING";
    /// By place, the newest first; in the stretches that the question names. SQLite's index of words gives that order by
    /// itself. On PostgreSQL it is the index of words that must answer, whatever the planner makes of places.
    FIND = sqlite "SELECT t.n AS place, r.id, r.reference, r.state, r.headline, r.party, r.party_country, r.sent_at,
           o.name AS company, t.body
           FROM report_words w CROSS JOIN report_text t ON t.n = w.rowid CROSS JOIN report r ON r.id = t.report_id
           JOIN org o ON o.id = r.org_id
           WHERE w.words MATCH $1 AND w.rowid < $4 AND r.authority_id = $2 AND ($3 = '' OR r.shelf = $3)
           ORDER BY w.rowid DESC LIMIT $5",
           postgres "SELECT f.place, r.id, r.reference, r.state, r.headline, r.party, r.party_country, r.sent_at,
           o.name AS company, t.body
           FROM (SELECT n + 0 AS place, report_id FROM report_text WHERE words @@ CAST(CAST($1 AS text) AS tsquery)
           AND n + 0 < $4 ORDER BY n + 0 DESC OFFSET 0) AS f
           JOIN report r ON r.id = f.report_id JOIN org o ON o.id = r.org_id JOIN report_text t ON t.report_id = f.report_id
           WHERE r.authority_id = $2 AND ($3 = '' OR r.shelf = $3) ORDER BY f.place DESC LIMIT $5";
    BODY = "SELECT body FROM report_text WHERE report_id = $1";
    LAST = "SELECT max(n) FROM report_text";
    PLACE = "SELECT n FROM report_text WHERE report_id = $1";
    /// Words between two others, which begin alike.
    WORDS = "SELECT word FROM search_word WHERE authority_id = $1 AND word >= $2 AND word < $3 ORDER BY word LIMIT 5000";
    ASK = "INSERT INTO search_question (id, authority_id, person_id, text, shelf, expires_at) VALUES ($1, $2, $3, $4, $5, $6)";
    ASKED = "SELECT text, shelf FROM search_question WHERE id = $1 AND authority_id = $2 AND person_id = $3 AND expires_at > $4";
    SWEEP = "DELETE FROM search_question WHERE expires_at <= $1";
}

/// How many stretches are asked at once at most: more are no quicker.
const AT_ONCE: u32 = 64;

/// Reports in a stretch. SQLite looks into each of its segments for every word of every stretch, so that there should be
/// few; PostgreSQL reads the rows of all it finds in a stretch, so that they should be short.
const fn length(embedded: bool) -> i64 {
    if embedded { 32_768 } else { 4096 }
}

/// A report that was found.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct FoundRow {
    /// Its place in the order in which reports came.
    pub place: i64,
    /// Identity.
    pub id: Uuid,
    /// Its number.
    pub reference: String,
    /// Code of its state.
    pub state: String,
    /// Substances and total amount.
    pub headline: String,
    /// The other party's name.
    pub party: String,
    /// Its country.
    pub party_country: String,
    /// When it was sent.
    pub sent_at: i64,
    /// Name of the company.
    pub company: String,
    /// What it says.
    pub body: String,
}

/// What is looked for, and where.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// The authority.
    pub authority: OrgId,
    /// The words.
    pub question: &'a Question,
    /// Only this shelf; empty for all.
    pub shelf: &'a str,
    /// Only what came before this place; the newest report comes first.
    pub before: i64,
    /// At most so many.
    pub limit: i64,
}

/// A question as it was stored.
#[derive(Clone, Debug)]
pub struct NewQuestion<'a> {
    /// Identity.
    pub id: Uuid,
    /// Whose reports.
    pub authority: OrgId,
    /// Who asks.
    pub person: UserId,
    /// As typed.
    pub text: &'a str,
    /// Only this shelf; empty for all.
    pub shelf: &'a str,
    /// Until when it is kept.
    pub expires: Timestamp,
}

/// Replaces what a report is found by.
///
/// # Errors
/// If the database refuses.
pub async fn set(tx: &mut Tx, report: ReportId, authority: OrgId, body: &str, words: &Words) -> Result<()> {
    tx.run(&PUT, args![report, body]).await?;
    let place = tx.number(&PLACE, args![report]).await?.unwrap_or_default();
    let indexed = indexed(tx, place, authority, words);
    let vocabulary = serde_json::to_string(&words.vocabulary()).expect("words are plain data");
    tx.run(&CLEAR, args![report]).await?;
    tx.run(&INDEX, args![report, indexed]).await?;
    tx.run(&ADD_WORDS, args![authority, vocabulary]).await?;
    Ok(())
}

/// What a report is found by; `None` if nothing was written for it yet.
///
/// # Errors
/// If the database does not answer.
pub async fn body(db: &mut impl Read, report: ReportId) -> Result<Option<String>> {
    let row: Option<(String,)> = db.one(&BODY, args![report]).await?;
    Ok(row.map(|(body,)| body))
}

/// Writes the words of reports whose texts are stored already, and which hold no word that is new: place, authority, words.
///
/// # Errors
/// If the database refuses.
pub async fn set_all(tx: &mut Tx, reports: &[(i64, OrgId, Words)]) -> Result<()> {
    let row = |(place, authority, words): &(i64, OrgId, Words)| json!([place, indexed(tx, *place, *authority, words)]);
    let rows = serde_json::Value::Array(reports.iter().map(row).collect()).to_string();
    tx.run(&INDEX_ALL, args![rows]).await?;
    Ok(())
}

/// The words of a report as the engine takes them.
fn indexed(tx: &Tx, place: i64, authority: OrgId, words: &Words) -> String {
    let owner = owner(authority);
    match tx {
        Tx::Sqlite(_) => words.plain(Stretch::of(place, length(true)), &owner),
        Tx::Postgres(_) => words.vector(Stretch::of(place, length(false)), &owner),
    }
}

/// The word that every report of an authority holds and that nobody types.
fn owner(authority: OrgId) -> String {
    authority.0.simple().to_string()
}

/// A page of the reports that hold all that is looked for, the last that came first.
///
/// # Errors
/// If the database does not answer.
pub async fn find(db: &mut crate::Reader, wanted: &Wanted<'_>) -> Result<Vec<FoundRow>> {
    let length = length(db.is_embedded());
    let mut before = wanted.before.min(db.number(&LAST, vec![]).await?.unwrap_or_default() + 1);
    let mut found = Vec::new();
    let mut at_once = 1;
    loop {
        let wanting = wanted.limit - found.len() as i64;
        let stretches = Stretch::of(before - 1, length).back(at_once);
        let Some(last) = stretches.last().filter(|_| before > 0 && wanting > 0) else { return Ok(found) };
        found.extend(find_in(db, wanted, &stretches, before, wanting).await?);
        before = last.begin(length);
        at_once = (at_once * 4).min(AT_ONCE);
    }
}

async fn find_in(
    db: &mut crate::Reader,
    wanted: &Wanted<'_>,
    stretches: &[Stretch],
    before: i64,
    limit: i64,
) -> Result<Vec<FoundRow>> {
    let (question, owner) = (wanted.question, owner(wanted.authority));
    let question =
        if db.is_embedded() { question.fts5(stretches, &owner) } else { question.tsquery(stretches, &owner) };
    db.all(&FIND, args![question, wanted.authority, wanted.shelf, before, limit]).await
}

/// Words of an authority's reports that begin with this letter, at most 5000.
///
/// # Errors
/// If the database does not answer.
pub async fn words(db: &mut impl Read, authority: OrgId, first: char) -> Result<Vec<String>> {
    let end = char::from_u32(u32::from(first) + 1).unwrap_or(char::MAX);
    let rows: Vec<(String,)> = db.all(&WORDS, args![authority, first.to_string(), end.to_string()]).await?;
    Ok(rows.into_iter().map(|(word,)| word).collect())
}

/// Keeps a question.
///
/// # Errors
/// If the database refuses.
pub async fn ask(tx: &mut Tx, new: &NewQuestion<'_>) -> Result<()> {
    tx.run(&ASK, args![new.id, new.authority, new.person, new.text, new.shelf, new.expires]).await?;
    Ok(())
}

/// The text and shelf of a question that this person asked here and that has not lapsed.
///
/// # Errors
/// If the database does not answer.
pub async fn asked(
    db: &mut impl Read,
    id: Uuid,
    authority: OrgId,
    person: UserId,
    now: Timestamp,
) -> Result<Option<(String, String)>> {
    db.one(&ASKED, args![id, authority, person, now]).await
}

/// Forgets what has lapsed; how many.
///
/// # Errors
/// If the database refuses.
pub async fn sweep(tx: &mut Tx, now: Timestamp) -> Result<u64> {
    tx.run(&SWEEP, args![now]).await
}
