//! The versions of a file, and what each changed.

use leptos::prelude::*;
use services::customer::{self, Version};

use super::{at, opened};
use crate::{
    components::*,
    pages::report::place,
    text::{
        customers::{Texts, texts},
        fill,
    },
    web::{Outcome, Page, Req, paths::with_query},
};

/// The list.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, id) = (texts(req.lang), opened(&req).await?.id);
    let before = req.query.get("before").parse().ok();
    let (view, versions, more) = customer::history(req.ctx(), &req.principal, id, before).await?;
    let title = fill(t.history_title, &[("name", view.customer.name())]);
    Page::new(title.clone(), move || {
        let here = at(&req, id, "/history");
        let next = versions.last().filter(|_| more).map(|last| with_query(&here, "before", &last.number.to_string()));
        let previous = before.map(|_| here.clone());
        let rows = versions.iter().map(|version| row(&req, t, &here, version)).collect_view();
        let columns = vec![
            Column::numeric(t.version),
            Column::new(t.step),
            Column::new(t.when),
            Column::new(t.who),
            Column::unlabelled(t.compare),
        ];
        view! {
            <DeskPage>
                <BackLink href=at(&req, id, "") label=t.back_file/>
                <PageTitle title lead=t.history_lead/>
                <DataTable id="history" caption=t.history_caption caption_hidden=true columns>{rows}</DataTable>
                <Pagination previous next/>
            </DeskPage>
        }
    })
    .into()
}

fn row(req: &Req, t: &'static Texts, here: &str, version: &Version) -> AnyView {
    let (number, href) = (version.number.to_string(), format!("{here}/{}", version.number));
    let about = number.clone();
    let (step, when, by) = (version.step.clone(), place::moment(req, version.at), version.by.clone());
    view! {
        <tr>
            <th scope="row" class="num">{number}</th>
            <td>{step}</td>
            <td>{when}</td>
            <td><bdi>{by}</bdi></td>
            <td><a href=href>{t.compare}<span class="unseen">" "{about}</span></a></td>
        </tr>
    }
    .into_any()
}

/// What a version changed.
pub(super) async fn version(req: Req) -> Outcome {
    let t = texts(req.lang);
    let (id, number) = (req.parsed("customer")?, req.parsed::<i64>("number")?);
    // Version 0 is what was there before the first: nothing.
    let found = customer::compare(req.ctx(), &req.principal, id, number.max(1)).await?;
    req.in_workspace(found.org)?;
    let title = fill(t.version_title, &[("name", &found.name), ("number", &found.version.number.to_string())]);
    Page::new(title.clone(), move || {
        let (when, who) = (place::moment(&req, found.version.at), found.version.by.as_str());
        let lead = fill(t.version_by, &[("step", &found.version.step), ("who", who), ("when", &when)]);
        let groups = found.groups;
        let what = if groups.is_empty() {
            view! { <p class="muted">{t.version_same}</p> }.into_any()
        } else {
            view! {
                <section aria-labelledby="differs">
                    <h2 id="differs">{t.compare}</h2>
                    <ChangeList groups/>
                </section>
            }
            .into_any()
        };
        view! {
            <DeskPage>
                <BackLink href=at(&req, id, "/history") label=t.history_link/>
                <PageTitle title lead/>
                {what}
            </DeskPage>
        }
    })
    .into()
}
