//! Pages for everybody: start, help, substances, statements.

use domain::access::Action;
use leptos::prelude::*;

use crate::{
    routes::{Route, get},
    web::{Outcome, Page, Req},
};

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    vec![get("/{lang}/", Action::ViewPublic, start)]
}

async fn start(_req: Req) -> Outcome {
    Page::new("Forerunner", || view! { <h1>"Forerunner"</h1> }).into()
}
