//! The WebAssembly entry: makes the islands of the page live, and nothing else.

#![cfg(target_arch = "wasm32")]

// Without this the islands would not be linked in.
use app as _;

/// Called by the page's script once the module has loaded.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
