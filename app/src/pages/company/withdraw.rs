//! Taking a report back, with a reason from the list and a few words.

use domain::{reference::Reference as Number, report::Reason};
use leptos::prelude::*;
use services::report as reports;

use super::report::act;
use crate::{
    components::*,
    text::company,
    web::{Outcome, Req, typed::Typed},
};

/// The form.
pub fn view(t: &'static company::Texts, base: &str, reasons: &[Reason], kept: &Typed) -> AnyView {
    let action = format!("{base}/withdraw");
    let chosen = kept.value("reason");
    let options = reasons
        .iter()
        .map(|reason| Choice::new(reason.code.clone(), reason.label.clone()).checked(reason.code == chosen))
        .collect();
    let (note, reason_error, note_error) = (kept.value("note"), kept.error("reason"), kept.error("note"));
    let open = reason_error.is_some() || note_error.is_some();
    view! {
        <details class="more" open=open>
            <summary>{t.withdraw_title}</summary>
            <p>{t.withdraw}</p>
            <form method="post" action=action class="stack">
                <Choices name="reason" legend=t.withdraw_reason options=options error=reason_error/>
                <TextArea name="note" label=t.withdraw_note value=note error=note_error rows=3 optional=true/>
                <Button label=t.withdraw_now kind=ButtonKind::Danger/>
            </form>
        </details>
    }
    .into_any()
}

/// Takes the report back.
pub async fn withdraw(req: Req) -> Outcome {
    let reference: Number = req.parsed("reference")?;
    let (reason, note) = (req.form.get("reason"), req.form.get("note"));
    act(&req, &reference, "note", reports::withdraw(req.ctx(), &req.principal, &reference, reason, note)).await
}
