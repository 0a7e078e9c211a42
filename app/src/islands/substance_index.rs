//! The search index in the browser: fetched once per page, whichever islands ask for it.

use std::{cell::RefCell, rc::Rc};

use domain::search::Index;

use super::dom;

thread_local! {
    static LOADED: RefCell<Option<Rc<Index>>> = const { RefCell::new(None) };
}

/// The index at `address`; `None` if the network gives none, and then the next call tries again.
pub async fn load(address: &str) -> Option<Rc<Index>> {
    if let Some(index) = LOADED.with_borrow(Clone::clone) {
        return Some(index);
    }
    let answer = dom::get(address, "application/json").await.filter(|answer| answer.status == 200)?;
    let index = Rc::new(Index::from_json(&answer.body).ok()?);
    LOADED.set(Some(Rc::clone(&index)));
    Some(index)
}
