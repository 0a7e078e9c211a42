//! Resetting the second factor of a colleague who has lost it. Asks once more, and to make sure who asks.

use leptos::prelude::*;
use services::factor;

use super::change::{back, colleague};
use crate::{
    components::*,
    text::{factor::texts, fill},
    web::{Outcome, Page, Reply, Req},
};

/// Asks.
pub(super) async fn page(req: Req) -> Outcome {
    let found = colleague(&req).await?;
    if found.is_you {
        return Ok(Reply::to(req.to("/me/factor")));
    }
    let (t, name) = (texts(req.lang), found.member.name.clone());
    let about = [("name", name.as_str())];
    if !found.member.has_factor {
        let title = fill(t.reset_none_title, &about);
        return Page::new(title.clone(), move || {
            view! {
                <ReadingPage>
                    <BackLink href=req.here("/team")/>
                    <h1>{title}</h1>
                    <p>{t.reset_none}</p>
                </ReadingPage>
            }
        })
        .into();
    }
    let title = fill(t.reset_title, &about);
    let leads = [fill(t.reset_lead, &about), fill(t.reset_lead_2, &about)];
    Page::new(title.clone(), move || {
        view! {
            <ConfirmPage title action=req.path.clone() confirm=t.reset_act cancel_href=req.here("/team") danger=true>
                {leads.map(|lead| view! { <p>{lead}</p> }).collect_view()}
            </ConfirmPage>
        }
    })
    .into()
}

/// Resets it.
pub(super) async fn reset(req: Req) -> Outcome {
    let found = colleague(&req).await?;
    factor::reset(req.ctx(), &req.principal, req.workspace()?.org, found.member.id).await?;
    back(&req, "factor")
}
