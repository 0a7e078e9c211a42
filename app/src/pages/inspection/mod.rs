//! The inspection pack: everything that a company has to show for a year, in one file that is made while it leaves.

use domain::access::Action;
use leptos::prelude::*;
use services::inspection;

use crate::{
    components::*,
    routes::{Route, get},
    text::inspection::texts,
    web::{Outcome, Page, Req},
};

mod bundle;
mod lists;
mod overview;

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/{lang}/c/{org}/inspection", Action::TakeInspectionPack, page),
        get("/{lang}/c/{org}/inspection.zip", Action::TakeInspectionPack, bundle::file),
    ]
}

/// Asks for the year, and says what is in the file.
async fn page(req: Req) -> Outcome {
    let t = texts(req.lang);
    let years = inspection::years(req.ctx(), &req.principal, req.workspace()?.org).await?;
    let options = years.iter().map(|year| SelectOption { value: year.to_string(), label: year.to_string() }).collect();
    let (action, back) = (req.here("/inspection.zip"), req.here("/reports"));
    let first = years.first().map(u16::to_string);
    let back_label = crate::text::company::texts(req.lang).to_reports;
    let inside = [
        t.inside_reports,
        t.inside_receipts,
        t.inside_evidence,
        t.inside_outcomes,
        t.inside_retention,
        t.inside_team,
        t.inside_training,
        t.inside_manifest,
    ];
    Page::new(t.title, move || {
        view! {
            <FormPage>
                <BackLink href=back label=back_label/>
                <PageTitle title=t.title lead=t.lead/>
                <h2>{t.inside_title}</h2>
                <ul>{inside.map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                <Callout tone=Tone::Warn title=t.careful><p>{t.careful_text}</p></Callout>
                <form method="get" action=action class="stack">
                    <SelectField name="year" label=t.year options=options value=first no_blank=true/>
                    <ButtonRow><Button label=t.take/></ButtonRow>
                </form>
            </FormPage>
        }
    })
    .into()
}
