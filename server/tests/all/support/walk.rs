//! The route table once through, without trying everybody everywhere: each page by each role of one organisation of its
//! kind, and what everybody reaches by nobody and by somebody.

use std::collections::HashSet;

use app::routes::Method;
use domain::access::Need;

use super::{
    cast::{Cast, Player, TWO_COMPANIES},
    samples::Place,
};
use crate::isolation::{Case, Expect};

/// One organisation of each kind.
const ORGS: [&str; 4] = ["meridian", "pco-nl", "chemtrade-assoc", "installation"];

/// Every address of a method, as those who are served there.
pub fn walk<'c>(cast: &'c Cast, places: &'c [Place<'c>], method: Method) -> Vec<Case<'c>> {
    let served = Case::all(cast, places, method).into_iter().filter(|case| case.expect == Expect::Served);
    served.filter(goes).collect()
}

/// Each address, for each method, as the first who may be there.
pub fn first_of_each<'c>(cases: Vec<Case<'c>>) -> Vec<Case<'c>> {
    let mut seen = HashSet::new();
    cases.into_iter().filter(|case| seen.insert((case.place.route.method, &case.place.path))).collect()
}

fn goes(case: &Case<'_>) -> bool {
    match case.place.route.action.need() {
        Need::Nothing => case.player.is_none_or(|player| player.label == TWO_COMPANIES),
        Need::SignIn => case.player.is_some_and(walker),
        Need::Roles(_) => {
            case.org.is_some_and(|org| ORGS.contains(&org.handle.as_str())) && case.player.is_some_and(walker)
        }
    }
}

/// Somebody with one role.
fn walker(player: &Player) -> bool {
    matches!(&player.places[..], [place] if ORGS.contains(&place.handle.as_str()))
}
