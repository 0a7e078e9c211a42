//! Search as you type: while somebody types into the search of the substances, the table below follows.
//!
//! The form works without it. The island draws nothing of its own; it finds these parts by id:
//! - [`INPUT`]: the search field, [`ROWS`]: the table, whose body it rewrites with the rows the server would send;
//! - [`FOUND`] and [`NOTHING`]: the table and the advice when nothing fits, one of which is hidden;
//! - [`COUNT`]: says how many entries fit; it is a live region, so it is rewritten only after a pause;
//! - [`LINKS`]: holds links that carry the search (export, chips): their `q` follows.
//!
//! The address follows as well, so that going back and copying it keep the search.

use leptos::prelude::*;

use super::substance_rows::{CountWords, RowWords};

/// Id of the search field.
pub const INPUT: &str = "f-q";
/// Id of the table.
pub const ROWS: &str = "substances";
/// Id of what surrounds the table.
pub const FOUND: &str = "substances-found";
/// Id of the advice when nothing fits.
pub const NOTHING: &str = "substances-nothing";
/// Id of what surrounds the count.
pub const COUNT: &str = "substances-count";
/// Id of what surrounds the links that carry the search.
pub const LINKS: &str = "substances-links";

/// Makes the search of the page live.
#[island]
pub fn SubstanceSearch(
    /// Address of the search index as JSON.
    index: String,
    /// Address of the list.
    base: String,
    /// The handles that pass the chosen filters; nothing if none is chosen.
    only: Option<Vec<String>>,
    /// The words in a row.
    rows: RowWords,
    /// The words of the count.
    counts: CountWords,
) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    Effect::new(move || browser::start(&index, &base, only.as_deref(), &rows, &counts));
    #[cfg(not(feature = "hydrate"))]
    let _ = (index, base, only, rows, counts);
    view! { <span hidden=true></span> }
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::{cell::Cell, rc::Rc};

    use domain::search::Index;
    use leptos::{task::spawn_local, wasm_bindgen::JsCast as _, wasm_bindgen::JsValue};
    use web_sys::{Element, HtmlElement, HtmlInputElement, Url};

    use super::{COUNT, FOUND, INPUT, LINKS, NOTHING, ROWS};
    use crate::islands::{
        dom, substance_index,
        substance_rows::{CountWords, RowWords, cells, find},
    };

    /// How long after the last key the count is said and the address follows.
    const QUIET_MS: i32 = 500;

    struct Search {
        index: Rc<Index>,
        input: HtmlInputElement,
        body: Element,
        base: String,
        only: Option<Vec<String>>,
        rows: RowWords,
        counts: CountWords,
        plan: Cell<Option<i32>>,
    }

    pub fn start(index: &str, base: &str, only: Option<&[String]>, rows: &RowWords, counts: &CountWords) {
        let Some(input) = dom::by_id::<HtmlInputElement>(INPUT) else { return };
        let Some(body) = dom::by_id::<Element>(ROWS).and_then(|table| table.query_selector("tbody").ok().flatten())
        else {
            return;
        };
        let (address, base, only) = (index.to_owned(), base.to_owned(), only.map(<[String]>::to_vec));
        let (rows, counts) = (rows.clone(), counts.clone());
        // What the server has answered is in the attribute; what has been typed meanwhile only in the field.
        let answered = input.default_value();
        spawn_local(async move {
            let Some(index) = substance_index::load(&address).await else { return };
            let search =
                Rc::new(Search { index, input: input.clone(), body, base, only, rows, counts, plan: Cell::new(None) });
            if input.value() != answered {
                search.typed();
            }
            dom::listen(&input, "input", move |_| search.typed());
        });
    }

    impl Search {
        fn typed(self: &Rc<Self>) {
            let typed = self.input.value();
            let passes = |slug: &String| self.only.as_ref().is_none_or(|only| only.contains(slug));
            let found = find(&self.index, &typed, |entry| passes(&entry.slug));
            let row = |found: &crate::islands::substance_rows::Found| {
                format!(
                    "<tr>{}</tr>",
                    cells(&self.index.entries()[found.index], found.why.as_ref(), &self.base, &self.rows)
                )
            };
            self.body.set_inner_html(&found.iter().map(row).collect::<String>());
            show(FOUND, !found.is_empty());
            show(NOTHING, found.is_empty());
            if let Some(plan) = self.plan.take() {
                dom::cancel(plan);
            }
            let (search, count) = (Rc::clone(self), found.len());
            self.plan.set(dom::after(QUIET_MS, move || search.settle(typed.trim(), count)));
        }

        /// Says how many there are, and lets addresses follow.
        fn settle(&self, typed: &str, count: usize) {
            self.plan.set(None);
            if let Some(line) =
                dom::by_id::<Element>(COUNT).and_then(|around| around.query_selector("[role=status]").ok().flatten())
            {
                line.set_text_content(Some(&self.counts.say(count, typed)));
            }
            let Some(window) = dom::window() else { return };
            if let Some(address) = window.location().href().ok().and_then(|here| with_search(&here, typed)) {
                let _ =
                    window.history().map(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&address)));
            }
            let Some(links) = dom::by_id::<Element>(LINKS).and_then(|around| around.query_selector_all("a[href]").ok())
            else {
                return;
            };
            for link in
                (0..links.length()).filter_map(|at| links.item(at)?.dyn_into::<web_sys::HtmlAnchorElement>().ok())
            {
                if let Some(address) = with_search(&link.href(), typed) {
                    link.set_href(&address);
                }
            }
        }
    }

    fn show(id: &str, shown: bool) {
        if let Some(element) = dom::by_id::<HtmlElement>(id) {
            element.set_hidden(!shown);
        }
    }

    /// An address with what is searched in its query.
    fn with_search(address: &str, typed: &str) -> Option<String> {
        let url = Url::new(address).ok()?;
        if typed.is_empty() {
            url.search_params().delete("q");
        } else {
            url.search_params().set("q", typed);
        }
        Some(url.href())
    }
}
