//! Many companies invited at once, from a CSV file.

use std::collections::HashSet;

use domain::{
    access::{Action, Principal},
    answers::{Answers, when::Order},
    fold::squash,
    ids::OrgId,
    time::Timestamp,
    watchlist::ShareState,
};
use store::association::{self as rows, MemberRow};

use super::{Named, put};
use crate::{Context, Refusal, Result, error::Problem, seat::Seat};

/// Rows of a file.
const ROWS: usize = 2000;
/// Wrong lines that are named.
const TOLD: usize = 20;
/// The columns of a file.
pub const COLUMNS: [&str; 5] = ["member", "country", "registration", "email", "until"];

/// Invites every company of a CSV file with the columns [`COLUMNS`], or none: so many, and so many that were invited already.
///
/// # Errors
/// [`Refusal::Invalid`] at `file`, with the lines that are wrong; [`Refusal::NotFound`] without the right.
pub async fn import(ctx: &Context, principal: &Principal, org: OrgId, bytes: &[u8]) -> Result<(usize, usize)> {
    let seat = Seat::take(principal, org, Action::ManageMembers)?;
    let order = Order::of_country(&seat.membership.country);
    let named = read_file(bytes, order, ctx.now())?;
    let mut tx = ctx.db.begin().await?;
    let (mut added, mut known) = (0, 0);
    let there = rows::of_association(&mut tx, org, None, i64::MAX).await?;
    let open = |row: &&MemberRow| ShareState::from_code(&row.state).is_some_and(ShareState::is_open);
    let mut taken: HashSet<(String, String, String)> = there
        .iter()
        .filter(open)
        .map(|row| (row.country.clone(), row.registration_key.clone(), row.email.clone()))
        .collect();
    for named in &named {
        let key = (named.country.to_owned(), squash(&named.registration), named.email.clone());
        if !taken.insert(key) {
            known += 1;
            continue;
        }
        if !put(ctx, &mut tx, seat, org, named).await? {
            return Err(Refusal::Stale);
        }
        added += 1;
    }
    tx.commit().await?;
    Ok((added, known))
}

fn read_file(bytes: &[u8], order: Order, now: Timestamp) -> Result<Vec<Named>> {
    let at_file = |words: String| Problem::new("file", words);
    let one = |words: &str| Refusal::Invalid(vec![at_file(words.to_owned())]);
    let text = std::str::from_utf8(bytes).map_err(|_| one("Save the file as CSV in UTF-8 and send it again."))?;
    let records = domain::refdata::records(text.trim_start_matches('\u{feff}')).map_err(|why| one(&why.to_string()))?;
    let mut records = records.into_iter().filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
    let Some((_, head)) = records.next() else { return Err(one("The file is empty.")) };
    let head: Vec<String> = head.iter().map(|name| name.trim().to_lowercase()).collect();
    let known = head.iter().all(|name| COLUMNS.contains(&name.as_str()));
    if !known || !head.iter().any(|name| name == "member") {
        return Err(one(&format!("The first line names the columns: {}.", COLUMNS.join(", "))));
    }
    let (mut named, mut problems) = (Vec::new(), Vec::new());
    for (line, cells) in records.take(ROWS + 1) {
        let typed: Answers = head.iter().map(String::as_str).zip(cells.iter().map(|cell| cell.trim())).collect();
        match Named::read(&typed, order, now) {
            Ok(one) => named.push(one),
            Err(Refusal::Invalid(found)) => {
                problems.extend(found.into_iter().map(|problem| at_file(format!("Line {line}: {}", problem.message))));
            }
            Err(refusal) => return Err(refusal),
        }
    }
    problems.truncate(TOLD);
    if named.len() + problems.len() > ROWS {
        return Err(one("A file may have at most 2000 rows."));
    }
    if named.is_empty() && problems.is_empty() {
        return Err(one("The file names no company."));
    }
    if problems.is_empty() { Ok(named) } else { Err(Refusal::Invalid(problems)) }
}
