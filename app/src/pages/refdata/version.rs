//! One version: who, when, why, what it changed, and the whole of it.

use leptos::prelude::*;
use services::refdata::{self, Version, VersionView};

use super::{
    At,
    shown::{self, Pick},
};
use crate::{
    components::*,
    format,
    text::{fill, refdata::Texts},
    web::{Outcome, Page, Req},
};

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let (at, number) = (At::of(&req)?, req.parsed::<i64>("number")?);
    let view = refdata::version(req.ctx(), &req.principal, req.workspace()?.org, at.kind, number).await?;
    let pick = Pick::of(&req, at.kind, view.scope);
    let title = fill(at.t.version_title, &[("kind", at.kind.label()), ("number", &number.to_string())]);
    Page::new(title.clone(), move || whole(&at, number, title, &view, pick.as_ref())).into()
}

fn whole(at: &At, number: i64, title: String, view: &VersionView, pick: Option<&Pick>) -> impl IntoView + use<> {
    let t = at.t;
    let facts = match &view.version {
        Some(version) => {
            let facts = facts(t, &view.zone, version);
            view! { <Facts facts/> }.into_any()
        }
        None => view! { <p>{t.version_shipped}</p> }.into_any(),
    };
    let changed = view.version.as_ref().map(|_| {
        let changed = shown::differences(t, &view.changed, t.changed_nothing);
        view! { <section aria-labelledby="changed"><h2 id="changed">{t.changed}</h2>{changed}</section> }
    });
    let rows = pick.map(|pick| {
        let rows = shown::picked(t, &at.version(number), (at.kind, view.scope), &view.sheet, pick, None);
        view! { <div>{rows}</div> }
    });
    let back = view.may_return.then(|| {
        let hidden = vec![("from".to_owned(), number.to_string())];
        let action = format!("{}/begin", at.page());
        view! {
            <section class="no-print">
                <p class="muted">{t.go_back_hint}</p>
                <PostButton action label=t.go_back kind=ButtonKind::Secondary hidden/>
            </section>
        }
    });
    view! {
        <DeskPage>
            <BackLink href=at.page() label=at.kind.label()/>
            <PageTitle title/>
            {facts}
            {changed}
            {rows}
            {back}
        </DeskPage>
    }
}

fn facts(t: &'static Texts, zone: &str, version: &Version) -> Vec<(String, AnyView)> {
    let text = |text: &str| {
        let text = text.to_owned();
        view! { <bdi class="typed">{text}</bdi> }.into_any()
    };
    let facts = [
        (t.from, text(&format::moment(version.valid_from, zone))),
        (t.note, text(&version.note)),
        (t.author, text(&version.author)),
        (t.approver, text(&version.approver)),
        (t.approved_at, text(&format::moment(version.approved_at, zone))),
        (t.based_on, text(&version.based_on.to_string())),
        (t.sha, view! { <code dir="ltr">{version.sha256.clone()}</code> }.into_any()),
    ];
    facts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
