//! Every kind, with what holds and what is going on.

use domain::{organisation::OrgKind, refdata::Scope};
use leptos::prelude::*;
use services::refdata::{self, Line, Open};

use super::shown;
use crate::{
    components::*,
    pages::team::at_home,
    text::refdata::{Texts, texts},
    web::{Outcome, Page, Req},
};

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    at_home(&req)?;
    let (t, member) = (texts(req.lang), req.workspace()?);
    let lines = refdata::overview(req.ctx(), &req.principal, member.org).await?;
    let scope = if member.kind == OrgKind::Operator { Scope::Everybody } else { Scope::Authority };
    let (base, zone) = (req.here("/reference"), req.zone());
    Page::new(t.title, move || whole(t, &base, zone, scope, &lines)).into()
}

fn whole(t: &'static Texts, base: &str, zone: &str, scope: Scope, lines: &[Line]) -> impl IntoView + use<> {
    let lead = if scope == Scope::Authority { t.lead_own } else { t.lead_everybody };
    let row = |line: &Line| {
        let text = format!("{} {}.", line.kind.about(), shown::holds(t, scope, zone, &line.holds));
        let row = LinkRow::new(line.kind.label(), format!("{base}/{}", line.kind.code())).text(text);
        match line.open.as_ref().map(|open| tag(t, open)) {
            Some(tag) => row.end(tag),
            None => row,
        }
    };
    let rows = lines.iter().map(row).collect();
    view! { <FormPage><PageTitle title=t.title lead=lead/><LinkRows rows/></FormPage> }
}

fn tag(t: &'static Texts, open: &Open) -> AnyView {
    if open.waits_since.is_some() {
        view! { <Tag text=t.tag_waiting tone=Tone::Warn/> }.into_any()
    } else {
        view! { <Tag text=t.tag_draft/> }.into_any()
    }
}
