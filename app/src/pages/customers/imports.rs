//! The company's imports, and the form that brings a file.

use leptos::prelude::*;
use services::{
    Refusal,
    customer::import::{self, LARGEST, Line, Stage},
    error::Problem,
};

use crate::{
    components::*,
    pages::report::place,
    text::imports::{Texts, texts},
    web::{
        Outcome, Page, Reply, Req,
        typed::{self, Typed},
        upload,
    },
};

/// By which the form is kept.
const FORM: &str = "import of customers";

/// The name of a stage.
pub(crate) const fn stage(t: &'static Texts, stage: Stage) -> (Shape, &'static str, Tone) {
    match stage {
        Stage::Mapping => (Shape::HalfAsked, t.stage_mapping, Tone::Warn),
        Stage::Trying => (Shape::Half, t.stage_trying, Tone::Info),
        Stage::Tried => (Shape::HalfAsked, t.stage_tried, Tone::Warn),
        Stage::Running => (Shape::ThreeQuarter, t.stage_running, Tone::Info),
        Stage::Done => (Shape::FullRuled, t.stage_done, Tone::Ok),
        Stage::Cancelled => (Shape::Struck, t.stage_cancelled, Tone::Neutral),
    }
}

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, org) = (texts(req.lang), req.workspace()?.org);
    let last = import::list(req.ctx(), &req.principal, org).await?;
    let typed = Typed::open(&req, FORM).await?;
    let wrong = typed.is_wrong();
    Page::new(t.title, move || {
        let last = last_imports(&req, t, &last);
        let (errors, error) = (typed.errors(), typed.error("file"));
        view! {
            <FormPage>
                <BackLink href=req.here("/customers") label=crate::text::customers::texts(req.lang).back_list/>
                <ErrorSummary errors/>
                <PageTitle title=t.title lead=t.lead/>
                <form class="stack" method="post" action=req.path.clone() enctype="multipart/form-data" novalidate=true>
                    <FileField name="file" label=t.file hint=t.file_hint error accept=".csv,.xlsx" one=true/>
                    <ButtonRow><Button label=t.file_act/></ButtonRow>
                </form>
                <Details summary=t.rules_title><p>{t.rules}</p><p>{t.export_tip}</p></Details>
                <section aria-labelledby="last"><h2 id="last">{t.last}</h2>{last}</section>
            </FormPage>
        }
    })
    .errors(wrong)
    .into()
}

fn last_imports(req: &Req, t: &'static Texts, last: &[Line]) -> AnyView {
    if last.is_empty() {
        return view! { <p class="muted">{t.last_none}</p> }.into_any();
    }
    let row = |line: &Line| {
        let (shape, word, tone) = stage(t, line.stage);
        let (href, file) = (req.here(&format!("/imports/{}", line.id)), line.file.clone());
        let (when, by) = (place::moment(req, line.at), line.by.clone());
        view! {
            <tr>
                <th scope="row"><a href=href><bdi>{file}</bdi></a></th>
                <td><Status shape word tone/></td>
                <td class="num">{line.total.to_string()}</td>
                <td>{when}</td>
                <td><bdi>{by}</bdi></td>
            </tr>
        }
    };
    let rows = last.iter().map(row).collect_view();
    let columns = vec![
        Column::new(t.file),
        Column::new(t.stage),
        Column::numeric(t.rows),
        Column::new(t.when),
        Column::new(t.who),
    ];
    view! { <DataTable id="imports" caption=t.last_caption caption_hidden=true columns>{rows}</DataTable> }.into_any()
}

/// Takes a file in.
pub(super) async fn upload(req: Req) -> Outcome {
    let (t, org) = (texts(req.lang), req.workspace()?.org);
    let sent = upload::small(&req, LARGEST).await;
    let at_file = |words: &str| Err(Refusal::Invalid(vec![Problem::new("file", words)]));
    let done = match sent.file {
        _ if sent.too_much => at_file(t.file_large),
        None => at_file(t.file_none),
        Some((name, bytes)) => import::upload(req.ctx(), &req.principal, org, &name, bytes).await,
    };
    match done {
        Ok(id) => {
            typed::done(&req).await?;
            Ok(Reply::to(req.here(&format!("/imports/{id}"))))
        }
        Err(refusal) => typed::again(&req, FORM, &req.path, refusal).await,
    }
}
