//! The company's documents that have ended or end soon, and declarations in force that do.

use domain::{answers::when::long_date, date::Date};
use leptos::prelude::*;
use services::{
    customer::{document, document::Document},
    declaration,
};

use super::{at, declarations, documents};
use crate::{
    components::*,
    text::customers::{Texts, texts},
    web::{Outcome, Page, Req},
};

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, org) = (texts(req.lang), req.workspace()?.org);
    let (found, today) = document::due(req.ctx(), &req.principal, org).await?;
    let declared = declaration::due(req.ctx(), &req.principal, org).await?;
    Page::new(t.due_title, move || {
        let columns = [t.due_day, t.state, t.due_customer, t.document].into_iter().map(Column::new).collect::<Vec<_>>();
        let body = if found.is_empty() {
            view! { <p class="muted">{t.due_none}</p> }.into_any()
        } else {
            let rows = found.iter().map(|document| row(&req, t, document, today)).collect_view();
            view! { <DataTable id="due" caption=t.due_caption caption_hidden=true columns>{rows}</DataTable> }
                .into_any()
        };
        let declared = declarations::due(&req, &declared);
        view! {
            <DeskPage>
                <BackLink href=req.here("/customers") label=t.back_list/>
                <PageTitle title=t.due_title lead=t.due_lead/>
                {body}
                {declared}
            </DeskPage>
        }
    })
    .into()
}

fn row(req: &Req, t: &'static Texts, document: &Document, today: Date) -> AnyView {
    let file = at(req, document.customer, "");
    let (href, name) = (format!("{file}/documents/{}", document.id), documents::name(document));
    let (day, status) = (document.expires.map(long_date).unwrap_or_default(), documents::status(t, document, today));
    let customer = document.customer_name.clone();
    view! {
        <tr>
            <th scope="row">{day}</th>
            <td>{status}</td>
            <td><a href=file><bdi>{customer}</bdi></a></td>
            <td><a href=href><bdi>{name}</bdi></a></td>
        </tr>
    }
    .into_any()
}
