//! Giving a draft to a colleague.

use domain::ids::UserId;
use leptos::prelude::*;
use services::{
    Refusal,
    draft::{self, Colleague, DraftView},
};

use super::place;
use crate::{
    components::*,
    text::report,
    web::{Outcome, Reply, Req},
};

/// The form, below the list of tasks; nothing where there is nobody to give it to.
pub fn form(req: &Req, draft: &DraftView, colleagues: Vec<Colleague>) -> Option<AnyView> {
    if colleagues.is_empty() {
        return None;
    }
    let t = report::texts(req.lang);
    let action = req.here(&format!("/drafts/{}/hand-over", draft.id));
    let wrong = req.query.has("hand-over");
    let error = wrong.then_some(t.hand_over_wrong);
    let options =
        colleagues.into_iter().map(|who| SelectOption { value: who.id.to_string(), label: who.name }).collect();
    Some(
        view! {
            <details class="more" open=wrong>
                <summary>{t.hand_over}</summary>
                <p>{t.hand_over_text}</p>
                <form method="post" action=action class="stack">
                    <SelectField name="person" label=t.hand_over_to options=options blank=t.hand_over_choose error=error/>
                    <ButtonRow><Button label=t.hand_over_now kind=ButtonKind::Secondary/></ButtonRow>
                </form>
            </details>
        }
        .into_any(),
    )
}

/// Hands it over; what was chosen wrongly is said at the field.
pub async fn post(req: Req) -> Outcome {
    let id = place::draft_id(&req)?;
    let again = || Ok(Reply::to(format!("{}?hand-over=1#person", place::tasks(&req, id))));
    let to = req.form.get("person");
    if to.is_empty() {
        return again();
    }
    let to: UserId = to.parse().map_err(|_| Refusal::NotFound)?;
    match draft::hand_over(req.ctx(), &req.principal, id, to).await {
        Ok(()) => Ok(Reply::to(req.here("/reports?done=handed-over"))),
        Err(Refusal::Invalid(_)) => again(),
        Err(refusal) => Err(refusal),
    }
}
