//! The associations of a company: accepting, declining, leaving, and what can be done with them.

use domain::{access::Action, answers::when::long_date};
use leptos::prelude::*;
use services::association::members::{self, Membership};

use crate::{
    components::*,
    format,
    text::{
        fill,
        members::{Texts, texts},
    },
    web::{Outcome, Page, Reply, Req, paths::with_query},
};

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, member) = (texts(req.lang), req.workspace()?.clone());
    let found = members::offers(req.ctx(), &req.principal, member.org).await?;
    let may = Action::TakePartInAssociations.allows(member.role);
    let lists = Action::TakeSharedLists.allows(member.role);
    let done = match req.query.get("done") {
        "accepted" => Some(t.done_accepted),
        "declined" => Some(t.done_declined),
        "left" => Some(t.done_left),
        _ => None,
    };
    Page::new(t.own_title, move || {
        let here = req.here("/associations");
        let none = found.is_empty().then(|| {
            view! { <EmptyState title=t.own_none_title><p>{t.own_none}</p></EmptyState> }
        });
        let all = found.iter().map(|one| panel(t, &here, one, may)).collect_view();
        let mut doors = vec![
            LinkRow::new(t.questions, req.here("/questions")).text(t.questions_text),
            LinkRow::new(t.consultations, req.here("/consultations")).text(t.consultations_text),
            LinkRow::new(t.calendar, req.here("/calendar")).text(t.calendar_text),
        ];
        if lists {
            doors.push(LinkRow::new(t.lists, req.here("/shared-lists")).text(t.lists_text));
        }
        let aside = view! {
            <Callout tone=Tone::Info title=t.sees_title><p>{t.sees_1}</p><p>{t.sees_2}</p><p>{t.sees_3}</p></Callout>
        };
        view! {
            <FormPage aside=aside.into_any() aside_label=t.sees_title>
                {done.map(|title| view! { <Banner tone=Tone::Ok title/> })}
                <PageTitle title=t.own_title lead=t.own_lead/>
                {none}
                {all}
                <Panel title=t.with_title title_id="with"><LinkRows rows=doors labelled_by="with"/></Panel>
            </FormPage>
        }
    })
    .into()
}

fn panel(t: &'static Texts, here: &str, one: &Membership, may: bool) -> AnyView {
    let about = fill(t.about, &[("association", &one.association)]);
    let base = format!("{here}/{}", one.id);
    let acts = may.then(|| {
        view! { <OfferActs state=one.state base about accept=t.accept decline=t.decline leave=t.leave/> }
    });
    let until = match one.until {
        Some(day) => fill(t.own_until, &[("day", &long_date(day))]),
        None => t.own_no_end.to_owned(),
    };
    let asked = fill(t.invited_by, &[("day", &format::day(one.asked_at, "UTC"))]);
    let end = view! { <Tag text=one.state.label() tone=Tone::Neutral/> }.into_any();
    view! { <Panel title=one.association.clone() end><p>{asked}", "{until}</p>{acts}</Panel> }.into_any()
}

/// Accepts an invitation.
pub(super) async fn accept(req: Req) -> Outcome {
    answer(req, true).await
}

/// Declines one.
pub(super) async fn decline(req: Req) -> Outcome {
    answer(req, false).await
}

async fn answer(req: Req, accept: bool) -> Outcome {
    let org = req.workspace()?.org;
    members::answer(req.ctx(), &req.principal, org, req.parsed("membership")?, accept).await?;
    let done = if accept { "accepted" } else { "declined" };
    Ok(Reply::to(with_query(&req.here("/associations"), "done", done)))
}

/// Leaves an association.
pub(super) async fn leave(req: Req) -> Outcome {
    members::leave(req.ctx(), &req.principal, req.workspace()?.org, req.parsed("membership")?).await?;
    Ok(Reply::to(with_query(&req.here("/associations"), "done", "left")))
}
