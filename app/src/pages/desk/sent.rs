//! The confirmation of a report taken by telephone: the reference to read out, and what happens next.

use leptos::prelude::*;
use services::{Refusal, desk::view};

use super::place::Desk;
use crate::{
    components::*,
    text::fill,
    web::{Outcome, Page, Req},
};

/// The page.
pub async fn page(req: Req) -> Outcome {
    let desk = Desk::of(&req)?;
    let reference: domain::reference::Reference = req.parsed("reference")?;
    let report = view(req.ctx(), &req.principal, &reference).await?;
    if report.authority != desk.org {
        return Err(Refusal::NotFound);
    }
    let t = desk.t;
    let code = reference.to_string();
    let moment = desk.moment(report.sent_at);
    let next = fill(t.sent_next, &[("company", &report.company_name)]);
    let (open, another) = (desk.report(&reference), desk.at("/phone"));
    Page::new(format!("{} {code}", t.sent_title), move || {
        view! {
            <FormPage>
                <Receipt title=t.sent_title reference=code moment=moment/>
                <p><b>{t.sent_read_out}</b></p>
                <h2>{t.sent_next_title}</h2>
                <p>{next}</p>
                <Callout tone=Tone::Warn title=t.sent_tip_off_title><p>{t.sent_tip_off}</p></Callout>
                <ButtonRow>
                    <LinkButton href=open label=t.sent_open/>
                    <LinkButton href=another label=t.sent_another kind=ButtonKind::Secondary/>
                </ButtonRow>
            </FormPage>
        }
    })
    .into()
}
