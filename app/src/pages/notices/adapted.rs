//! Notices that an association makes from an authority's: how one begins, and what is shown at both ends.

use domain::notice::Original;
use leptos::prelude::*;
use services::notice::{self, Item, Linked, Links, Work};

use super::{At, shown};
use crate::{
    components::*,
    pages::team::at_home,
    text::{
        approvals::{Texts, texts},
        fill,
    },
    web::{
        Outcome, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

/// Name of the form that begins an adapted notice.
pub(super) const FORM: &str = "adapt a notice";

/// The form in the association's list: the notices of authorities that it may see.
pub(super) fn form(req: &Req, offered: &[Item], typed: &Typed) -> Option<AnyView> {
    let (t, error) = (texts(req.lang), typed.error("from"));
    if offered.is_empty() && error.is_none() {
        return None;
    }
    let option = |item: &Item| {
        let (title, _, _) = shown::words(&item.card, req.lang.tag());
        SelectOption::new(item.reference.to_string(), format!("{title} ({})", item.publisher))
    };
    let options = offered.iter().map(option).collect();
    let open = error.is_some();
    let view = view! {
        <Details summary=t.adapt_title open=open>
            <p>{t.adapt_lead}</p>
            <form class="notice__begin" method="post" action=req.here("/notices/adapt") novalidate=true>
                <SelectField name="from" label=t.adapt_from options=options value=typed.value("from") error=error/>
                <Button label=t.adapt/>
            </form>
        </Details>
    };
    Some(view.into_any())
}

/// Begins an adapted notice.
pub(super) async fn adapt(req: Req) -> Outcome {
    at_home(&req)?;
    match notice::adapt(req.ctx(), &req.principal, req.workspace()?.org, req.form.get("from")).await {
        Ok(made) => {
            typed::done(&req).await?;
            Ok(Reply::to(req.here(&format!("/notices/{made}/edit"))))
        }
        Err(refusal) => typed::again(&req, FORM, &req.here("/notices"), refusal).await,
    }
}

/// Notes that what became of the original was looked at.
pub(super) async fn looked(req: Req) -> Outcome {
    let at = At::of(&req)?;
    notice::look_at_original(req.ctx(), &req.principal, at.own()).await?;
    Ok(Reply::to(with_query(&at.here, "done", "looked")))
}

/// The original, for those who work on the notice.
pub(super) fn origin(req: &Req, at: &At, found: &Work) -> Option<AnyView> {
    let (t, one) = (texts(req.lang), found.origin.as_ref()?);
    let changed = changed(t, one).map(|(tone, title, text)| {
        // Nothing more can come of one that was withdrawn or closed.
        let act = (one.original == Original::Revised).then(|| {
            view! { <PostButton action=at.to("/original") label=t.looked kind=ButtonKind::Secondary/> }
        });
        view! { <Callout tone title><p>{text}</p>{act}</Callout> }
    });
    let line = line(req, one);
    Some(view! { {line}{changed} }.into_any())
}

fn changed(t: &'static Texts, one: &Linked) -> Option<(Tone, &'static str, String)> {
    match one.original {
        Original::Same => None,
        Original::Revised => {
            let text = fill(t.original_changed_text, &[("n", &one.looked_at.to_string())]);
            Some((Tone::Warn, t.original_changed, text))
        }
        Original::Withdrawn => Some((Tone::Danger, t.original_withdrawn, t.original_withdrawn_text.to_owned())),
        Original::Closed => Some((Tone::Warn, t.original_closed, t.original_closed_text.to_owned())),
    }
}

/// "Adapted from …", with a link for who may see it.
fn line(req: &Req, one: &Linked) -> AnyView {
    let t = texts(req.lang);
    let revision = fill(t.adapted_revision, &[("n", &one.looked_at.to_string())]);
    let name = linked(req, one);
    view! { <p class="muted">{t.adapted_from}" "{name}", "{revision}</p> }.into_any()
}

fn linked(req: &Req, one: &Linked) -> AnyView {
    let publisher = one.publisher.clone();
    let Some(card) = &one.card else { return view! { <bdi>{publisher}</bdi> }.into_any() };
    let (title, _, lang) = shown::words(card, req.lang.tag());
    let href = req.to(&format!("/notices/{}", one.reference));
    view! { <span><a href=href lang=lang><bdi>{title}</bdi></a>" ("<bdi>{publisher}</bdi>")"</span> }.into_any()
}

/// Both ends of the links of a notice, for its readers; and the button with which an association makes its own of it.
pub(super) fn links(req: &Req, reference: &str, links: &Links) -> AnyView {
    let t = texts(req.lang);
    let original = links.original.as_ref().map(|one| {
        let changed = changed(t, one).map(|(tone, title, text)| view! { <Callout tone title><p>{text}</p></Callout> });
        let line = line(req, one);
        view! { {line}{changed} }
    });
    let adapted = (!links.adapted.is_empty()).then(|| {
        let names = links.adapted.iter().map(|one| view! { <li>{linked(req, one)}</li> }).collect_view();
        view! { <div class="notice__other"><span>{t.adapted_by}</span><ul class="notice__links" role="list">{names}</ul></div> }
    });
    let offers = links.adapters.iter().map(|(handle, name)| {
        let action = req.to(&format!("/n/{handle}/notices/adapt"));
        let hidden = vec![("from".to_owned(), reference.to_owned())];
        let label = fill(t.adapt_for, &[("association", name)]);
        view! { <div class="no-print"><PostButton action label kind=ButtonKind::Secondary hidden/></div> }
    });
    let offers = offers.collect_view();
    view! { {original}{adapted}{offers} }.into_any()
}
