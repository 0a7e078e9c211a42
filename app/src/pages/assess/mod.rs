//! A first look at a planned sale (`services::assess`). The form posts to its own address and the answer stands on the same
//! page with everything that was typed; nothing is stored and nothing stands in an address. While one types, the panel of a
//! draft judges in the browser. One press turns it into a draft.

mod form;
mod result;

use domain::{access::Action, answers::Answers};
use leptos::prelude::*;
use services::{
    Refusal,
    assess::{self, Looked},
    error::Problem,
};

use crate::{
    components::*,
    islands::indicator_panel::IndicatorPanel,
    pages::{
        public::substances::{picker_words, substance_names},
        report::{
            data::{self, Judged},
            field::Shared,
            place,
        },
    },
    routes::{Route, get, post},
    text::{assess::texts, report},
    web::{Outcome, Page, Reply, Req, typed},
};

/// Id of the form; the panel beside it reads its fields, and a button outside it sends it.
const FORM: &str = "assess";

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    let write = Action::WriteReports;
    vec![
        get("/{lang}/c/{org}/assess", write, empty),
        post("/{lang}/c/{org}/assess", write, judge),
        post("/{lang}/c/{org}/assess/report", write, begin),
    ]
}

async fn empty(req: Req) -> Outcome {
    let looked = look(&req, &Answers::new()).await?;
    shown(&req, Answers::new(), looked, None, Vec::new())
}

async fn judge(req: Req) -> Outcome {
    answered(&req, Vec::new()).await
}

async fn begin(req: Req) -> Outcome {
    let typed = typed::answers(&req.form);
    match assess::begin(req.ctx(), &req.principal, req.workspace()?.org, &typed).await {
        Ok(draft) => Ok(Reply::to(place::tasks(&req, draft))),
        // Nothing that was typed is lost.
        Err(Refusal::Invalid(problems)) => answered(&req, problems).await,
        Err(other) => Err(other),
    }
}

async fn look(req: &Req, typed: &Answers) -> Result<Looked, Refusal> {
    assess::look(req.ctx(), &req.principal, req.workspace()?.org, typed).await
}

/// The answer above the form.
async fn answered(req: &Req, problems: Vec<Problem>) -> Outcome {
    let typed = typed::answers(&req.form);
    let looked = look(req, &typed).await?;
    let result = result::view(req, &typed, &looked);
    shown(req, typed, looked, Some(result), problems)
}

fn shown(req: &Req, typed: Answers, looked: Looked, result: Option<result::View>, problems: Vec<Problem>) -> Outcome {
    let t = texts(req.lang);
    let errors: Vec<FieldError> =
        problems.into_iter().map(|problem| FieldError::new(problem.field, problem.message)).collect();
    let shared = Shared {
        only_one: false,
        index: req.to("/data/substances.json"),
        picker: picker_words(req.lang),
        names: substance_names(req),
    };
    let judged = Judged {
        assessment: &looked.assessment,
        rules: &looked.rules,
        authority: looked.authority,
        answers: looked.answers.clone(),
        profile: &looked.profile,
    };
    let (first, words, sources) = data::panel_of(req, judged, FORM)?;
    let (wrong, action, panel) = (!errors.is_empty(), req.here("/assess"), report::texts(req.lang).panel_title);
    Page::new(t.title, move || {
        // The answer says everything itself; the panel judges along before there is one.
        let again = result.is_some();
        let aside = (!again).then(|| view! { <IndicatorPanel first words sources/> }.into_any());
        let lead = (!again).then_some(t.lead);
        let body = view! {
            <ErrorSummary errors/>
            <PageTitle title=t.title lead/>
            {result.map(|result| result())}
            {form::form(t, &action, again, &typed, &looked, &shared)}
        };
        match aside {
            Some(aside) => view! { <FormPage aside aside_label=panel>{body}</FormPage> }.into_any(),
            None => view! { <FormPage>{body}</FormPage> }.into_any(),
        }
    })
    .errors(wrong)
    .with_islands()
    .into()
}
