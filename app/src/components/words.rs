//! The wording that belongs to the parts themselves, in the language the page is rendered in.
//!
//! The renderer provides the [`Lang`] as context; a part asked outside a page speaks the default language.

use crate::text::common::{Texts, texts};
use domain::lang::Lang;
use leptos::prelude::use_context;

/// The shared texts in the language of the page being rendered.
pub(super) fn words() -> &'static Texts {
    texts(use_context::<Lang>().unwrap_or_default())
}
