//! What a page needs to place the picker of `islands::substance_picker`.

use domain::lang::Lang;

use super::prepared;
use crate::{islands::substance_picker::PickerWords, text::substances::texts, web::Req};

/// The words of the picker.
#[must_use]
pub fn picker_words(lang: Lang) -> PickerWords {
    let t = texts(lang);
    PickerWords {
        suggestions: t.picker_suggestions.to_owned(),
        one: t.picker_one.to_owned(),
        some: t.picker_some.to_owned(),
        none: t.picker_none.to_owned(),
        found_as: t.row_found_as.to_owned(),
        keep: t.picker_keep.to_owned(),
    }
}

/// The preferred names of all public entries, for the `datalist` of browsers without scripts.
#[must_use]
pub fn substance_names(req: &Req) -> Vec<String> {
    prepared(req)
        .map(|prepared| prepared.index.entries().iter().map(|entry| entry.name.clone()).collect())
        .unwrap_or_default()
}
