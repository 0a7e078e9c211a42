//! The files of a notice in the editor.

use domain::evidence::ACCEPT;
use leptos::prelude::*;
use services::{
    Refusal,
    evidence::FIELD,
    notice::{self, Work},
};

use super::{At, edit};
use crate::{
    components::*,
    web::{
        Outcome, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
        upload,
    },
};

/// The files of a draft, and the form that adds some.
pub(super) fn panel(at: &At, found: &Work, typed: &Typed) -> AnyView {
    let t = at.t;
    let line = |file: &domain::notice::FileFact| {
        let (href, name) = (at.to(&format!("/files/{}", file.id)), file.name.clone());
        let remove = at.to(&format!("/files/{}/remove", file.id));
        let about = name.clone();
        view! {
            <li class="notice__file">
                <a href=href download=""><bdi>{name}</bdi></a>
                <PostButton action=remove label=t.remove about=about kind=ButtonKind::Quiet/>
            </li>
        }
    };
    let lines = found.content.files.iter().map(line).collect_view();
    view! {
        <Panel title=t.part_files>
            <ul class="notice__files" role="list">{lines}</ul>
            <form class="stack" method="post" action=at.to("/files") enctype="multipart/form-data" novalidate=true>
                <FileField name=FIELD label=t.add_files hint=t.files_hint error=typed.error(FIELD) accept=ACCEPT/>
                <Button label=t.upload kind=ButtonKind::Secondary/>
            </form>
        </Panel>
    }
    .into_any()
}

/// Adds files.
pub(super) async fn add(req: Req) -> Outcome {
    let at = At::of(&req)?;
    notice::may_add_files(req.ctx(), &req.principal, at.own()).await?;
    let received = upload::receive(&req).await?;
    let problems = received.problems();
    let added = notice::add_files(req.ctx(), &req.principal, at.own(), received.arrived).await;
    match added {
        Ok(()) if problems.is_empty() => Ok(Reply::to(with_query(&at.to("/edit"), "done", "saved"))),
        Ok(()) => typed::again(&req, &edit::form_name(&at), &at.to("/edit"), Refusal::Invalid(problems)).await,
        Err(refusal) => typed::again(&req, &edit::form_name(&at), &at.to("/edit"), refusal).await,
    }
}

/// A file of the text on which people work.
pub(super) async fn file(req: Req) -> Outcome {
    let at = At::of(&req)?;
    let file = notice::open_own_file(req.ctx(), &req.principal, at.own(), req.parsed("file")?).await?;
    Ok(Reply::Stored(Box::new(file)))
}

/// Takes a file out.
pub(super) async fn remove(req: Req) -> Outcome {
    let at = At::of(&req)?;
    notice::remove_file(req.ctx(), &req.principal, at.own(), req.parsed("file")?).await?;
    Ok(Reply::to(with_query(&at.to("/edit"), "done", "saved")))
}
