//! Taking a report by telephone: which company calls, how much time it has; and what is not sent yet.

use leptos::prelude::*;
use services::{
    Refusal,
    draft::{self, DraftItem, Start},
    error::Problem,
    organisation,
};

use super::{keys, place::Desk};
use crate::{
    components::*,
    text::fill,
    web::{Outcome, Page, Reply, Req, typed, typed::Typed},
};

/// Name under which what was chosen is kept.
const FORM: &str = "phone";

/// The page.
pub async fn page(req: Req) -> Outcome {
    let desk = Desk::of(&req)?;
    let found = organisation::callers(req.ctx(), &req.principal, desk.org).await?;
    let drafts = draft::list_taken(req.ctx(), &req.principal, desk.org).await?;
    let kept = Typed::open(&req, FORM).await?;
    let companies: Vec<SelectOption> = found.into_iter().map(|(value, label)| SelectOption { value, label }).collect();
    let t = desk.t;
    let wrong = kept.is_wrong();
    Page::new(t.phone_title, move || {
        let crumbs = keys::crumbs(&desk, Some(desk.at("/queue")));
        let errors = kept.errors();
        let quick = kept.value("form") == "quick";
        let forms = vec![
            Choice::new("full", t.phone_full).hint(t.phone_full_hint).checked(!quick),
            Choice::new("quick", t.phone_quick).hint(t.phone_quick_hint).checked(quick),
        ];
        let none = companies.is_empty();
        let action = desk.at("/phone");
        let organisations = desk.at("/organisations");
        let (chosen, error) = (kept.value("company"), kept.error("company"));
        let body = if none {
            let act = view! { <LinkButton href=organisations label=t.to_organisations/> }.into_any();
            view! { <EmptyState title=t.phone_nobody_title act=act><p>{t.phone_nobody}</p></EmptyState> }.into_any()
        } else {
            view! {
                <form method="post" action=action class="stack">
                    <SelectField name="company" label=t.phone_company options=companies value=chosen error=error hint=t.phone_company_hint/>
                    <Choices name="form" legend=t.phone_form options=forms/>
                    <ButtonRow><Button label=t.phone_begin/></ButtonRow>
                </form>
            }
            .into_any()
        };
        let open = open_drafts(&desk, &drafts);
        view! {
            <FormPage>
                {crumbs}
                <ErrorSummary errors/>
                <PageTitle title=t.phone_title lead=t.phone_lead/>
                {body}
                <section aria-labelledby="drafts">
                    <h2 id="drafts">{t.phone_drafts}</h2>
                    {open}
                </section>
            </FormPage>
        }
    })
    .errors(wrong)
    .into()
}

/// What is not sent yet.
pub fn open_drafts(desk: &Desk, drafts: &[DraftItem]) -> AnyView {
    if drafts.is_empty() {
        return view! { <p class="muted">{desk.t.phone_drafts_none}</p> }.into_any();
    }
    let rows = drafts.iter().map(|draft| row(desk, draft)).collect_view();
    view! { <ul class="item-list" role="list">{rows}</ul> }.into_any()
}

fn row(desk: &Desk, draft: &DraftItem) -> AnyView {
    let t = desk.t;
    let title = if draft.title.is_empty() { t.draft_untitled.to_owned() } else { draft.title.clone() };
    let company = fill(t.draft_for, &[("company", &draft.author)]);
    let kept =
        fill(t.draft_kept, &[("saved", &desk.moment(draft.updated_at)), ("until", &desk.moment(draft.kept_until))]);
    let href = desk.at(&format!("/drafts/{}", draft.id));
    view! {
        <li class="item-list__row">
            <span class="item-list__name"><a href=href><bdi>{title}</bdi></a>" "<span class="muted"><bdi>{company}</bdi></span></span>
            <span class="muted">{kept}</span>
        </li>
    }
    .into_any()
}

/// Begins the draft.
pub async fn begin(req: Req) -> Outcome {
    let desk = Desk::of(&req)?;
    let handle = req.form.get("company");
    let how = Start { kind: None, quick: req.form.get("form") == "quick" };
    let begun = async {
        let wrong = || Refusal::Invalid(vec![Problem::new("company", desk.t.phone_choose)]);
        if handle.is_empty() {
            return Err(wrong());
        }
        let company = match organisation::detail(req.ctx(), &req.principal, handle).await {
            Err(Refusal::NotFound) => return Err(wrong()),
            other => other?.id,
        };
        draft::take_by_phone(req.ctx(), &req.principal, desk.org, company, how).await
    };
    match begun.await {
        Ok(draft) => {
            typed::done(&req).await?;
            Ok(Reply::to(desk.at(&format!("/drafts/{draft}"))))
        }
        Err(refusal) => typed::again(&req, FORM, &desk.at("/phone"), refusal).await,
    }
}
