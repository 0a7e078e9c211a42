//! Beginning a report: four questions or all of them.

use domain::report::ReportKind;
use leptos::prelude::*;
use services::draft::{Start, start_about};

use super::place;
use crate::{
    components::*,
    text::report,
    web::{Outcome, Page, Reply, Req},
};

/// Asks which of the two forms.
pub async fn choose(req: Req) -> Outcome {
    let t = report::texts(req.lang);
    let (action, back) = (req.here("/reports/new"), req.here("/reports"));
    let substance = req.query.get("substance").to_owned();
    Page::new(t.new_title, move || {
        let hidden = substance.clone();
        let forms = vec![
            Choice::new("full", t.full).hint(t.full_hint).checked(true),
            Choice::new("quick", t.quick).hint(t.quick_hint),
        ];
        view! {
            <QuestionFrame title=t.new_title back_href=back hint=t.new_hint>
                <Callout tone=Tone::Warn title=t.tip_off_title><p>{t.tip_off}</p></Callout>
                <form method="post" action=action class="stack">
                    <input type="hidden" name="substance" value=hidden/>
                    <Choices name="form" legend=t.which_form options=forms/>
                    <ButtonRow><Button label=t.begin/></ButtonRow>
                </form>
            </QuestionFrame>
        }
    })
    .into()
}

/// Begins the draft and leads to its list of tasks.
pub async fn begin(req: Req) -> Outcome {
    let how = Start { kind: ReportKind::from_code(req.form.get("kind")), quick: req.form.get("form") == "quick" };
    let draft = start_about(req.ctx(), &req.principal, req.workspace()?.org, how, req.form.get("substance")).await?;
    Ok(Reply::to(place::tasks(&req, draft)))
}
