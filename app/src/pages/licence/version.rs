//! What a version of an entry changed.

use leptos::prelude::*;
use services::licence;

use crate::{
    components::*,
    pages::report::place,
    text::{fill, licence::texts},
    web::{Outcome, Page, Req},
};

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let t = texts(req.lang);
    let (id, number) = (req.parsed("licence")?, req.parsed::<i64>("number")?);
    // Version 0 is what was there before the first: nothing.
    let found = licence::compare(req.ctx(), &req.principal, id, number.max(1)).await?;
    req.in_workspace(found.org)?;
    let title = fill(t.version_title, &[("number", &found.entry), ("version", &found.version.number.to_string())]);
    Page::new(title.clone(), move || {
        let (when, who) = (place::moment(&req, found.version.at), found.version.by.as_str());
        let lead = fill(t.version_by, &[("step", &found.version.step), ("who", who), ("when", &when)]);
        let groups = found.groups;
        let what = if groups.is_empty() {
            view! { <p class="muted">{t.version_same}</p> }.into_any()
        } else {
            view! {
                <section aria-labelledby="differs"><h2 id="differs">{t.compare}</h2><ChangeList groups/></section>
            }
            .into_any()
        };
        view! {
            <DeskPage>
                <BackLink href=req.here(&format!("/licences/{id}")) label=t.entry/>
                <PageTitle title lead/>
                {what}
            </DeskPage>
        }
    })
    .into()
}
