//! Where a company's application stands, for the company itself.

use domain::organisation::OrgStatus;
use leptos::prelude::*;
use services::organisation::{self, OwnCompany};

use super::{country_name, home::start_of};
use crate::{
    components::*,
    format,
    text::{
        fill,
        register::{Texts, texts},
    },
    web::{Outcome, Page, Reply, Req},
};

/// The page. Others than applicants may look at it too.
pub(super) async fn page(req: Req) -> Outcome {
    let org = req.workspace()?.org;
    let own = organisation::own(req.ctx(), &req.principal, org).await?;
    let t = texts(req.lang);
    let home = req.here("/");
    let register = req.to("/register");
    Page::new(t.application_title, move || {
        view! {
            <FormPage>
                <LabelHeader
                    kind=t.application_title title=own.listed.name.clone()
                    status=status_mark(own.listed.status).into_any()
                />
                {application_state(t, &own, home, register)}
                {sent(t, &own)}
            </FormPage>
        }
    })
    .into()
}

/// The company's bare address, as mails give it: leads to where its people begin.
pub(super) async fn enter(req: Req) -> Outcome {
    Ok(Reply::to(start_of(req.lang, req.workspace()?)))
}

/// Shape, tone and word of an organisation's status.
pub(crate) fn status_mark(status: OrgStatus) -> impl IntoView {
    let (shape, tone) = match status {
        OrgStatus::Unconfirmed => (Shape::Open, Tone::Warn),
        OrgStatus::Applied => (Shape::Half, Tone::Info),
        OrgStatus::Approved => (Shape::Full, Tone::Ok),
        OrgStatus::Refused => (Shape::Struck, Tone::Danger),
        OrgStatus::Suspended => (Shape::Square, Tone::Hold),
    };
    view! { <Status shape tone word=status.label()/> }
}

/// What the state of an application means for the company and what to do next: for this page and the company's home.
///
/// `home` is the company's overview, `register` the form for applying again.
pub fn application_state(t: &'static Texts, own: &OwnCompany, home: String, register: String) -> impl IntoView + use<> {
    let (authority, phone) = own.authority.clone().unwrap_or_default();
    let call = (own.listed.status != OrgStatus::Approved && !phone.is_empty()).then(|| {
        let text = fill(t.application_call_text, &[("authority", &authority)]);
        view! { <UrgentStrip title=t.application_call text phone/> }
    });
    let reason = own.reason.clone();
    let state = match own.listed.status {
        OrgStatus::Unconfirmed => view! {
            <Callout tone=Tone::Warn title=t.application_unconfirmed_title><p>{t.application_unconfirmed}</p></Callout>
        }
        .into_any(),
        OrgStatus::Applied => view! {
            <Callout tone=Tone::Info title=t.application_applied_title>
                <p>{fill(t.application_applied, &[("authority", &authority)])}</p>
                <p>{t.application_applied_urgent}</p>
            </Callout>
        }
        .into_any(),
        OrgStatus::Approved => view! {
            <Callout tone=Tone::Ok title=t.application_approved_title>
                <p>{t.application_approved}</p>
                <p><a href=home>{t.application_approved_act}</a></p>
            </Callout>
        }
        .into_any(),
        OrgStatus::Refused => view! {
            <Callout tone=Tone::Danger title=t.application_refused_title>
                {given_reason(t, reason)}
                <p>{t.application_refused_next}</p>
                <p><a href=register>{t.application_refused_act}</a></p>
            </Callout>
        }
        .into_any(),
        OrgStatus::Suspended => view! {
            <Callout tone=Tone::Danger title=t.application_suspended_title>
                {given_reason(t, reason)}
                <p>{t.application_suspended}</p>
            </Callout>
        }
        .into_any(),
    };
    view! { {state}{call} }
}

fn given_reason(t: &'static Texts, reason: String) -> Option<impl IntoView> {
    (!reason.is_empty()).then(|| {
        view! { <p>{t.application_reason_given}</p><blockquote class="given typed" dir="auto">{reason}</blockquote> }
    })
}

/// What the authority got to see.
fn sent(t: &'static Texts, own: &OwnCompany) -> impl IntoView + use<> {
    let zone = format::zone_of(&own.listed.country);
    let roles: Vec<_> = own.listed.roles.iter().map(|role| role.label()).collect();
    let when = |at| view! { <Moment text=format::moment(at, zone) datetime=format::machine(at)/> }.into_any();
    let mut rows = vec![
        SummaryRow::text(t.name, own.listed.name.clone()),
        SummaryRow::text(t.country, country_name(&own.listed.country)),
        SummaryRow::text(t.registration_number, own.listed.registration_number.clone()),
        SummaryRow::text(t.application_roles, roles.join(", ")),
        SummaryRow::view(t.application_applied_at, when(own.listed.applied)),
    ];
    rows.extend(own.listed.decided.map(|at| SummaryRow::view(t.application_decided, when(at))));
    rows.extend(own.authority.as_ref().map(|(name, _)| SummaryRow::text(t.application_authority, name.clone())));
    view! { <SummarySection title=t.application_sent><SummaryList rows/></SummarySection> }
}

#[cfg(test)]
mod tests {
    use domain::{lang::Lang, organisation::OperatorRole, time::Timestamp};
    use services::organisation::Listed;

    use super::*;
    use crate::pages::account::shown;

    fn own(status: OrgStatus, reason: &str) -> OwnCompany {
        OwnCompany {
            listed: Listed {
                handle: "x".into(),
                name: "Solvents <Ltd>".into(),
                country: "NL".into(),
                status,
                registration_number: "12345678".into(),
                roles: vec![OperatorRole::Distributor, OperatorRole::Importer],
                applied: Timestamp(1_795_444_200_000_000),
                decided: None,
            },
            reason: reason.into(),
            authority: Some(("The Authority".into(), "+31 70 555 0100".into())),
        }
    }

    fn html(status: OrgStatus, reason: &str) -> String {
        let own = own(status, reason);
        shown(move || {
            let t = texts(Lang::En);
            view! { {application_state(t, &own, "/en/c/x/".into(), "/en/register".into())}{sent(t, &own)} }
        })
    }

    #[test]
    fn every_state_says_what_comes_next() {
        let t = texts(Lang::En);
        let applied = html(OrgStatus::Applied, "");
        assert!(
            applied.contains("The Authority is looking at it") && applied.contains("tel:+31705550100"),
            "{applied}"
        );
        let refused = html(OrgStatus::Refused, "Send the <deed>.");
        assert!(refused.contains("Send the &lt;deed&gt;.") && refused.contains("/en/register"), "{refused}");
        assert!(html(OrgStatus::Suspended, "Not paid").contains("Not paid"));
        assert!(html(OrgStatus::Unconfirmed, "").contains(t.application_unconfirmed_title));
        let approved = html(OrgStatus::Approved, "");
        assert!(approved.contains("/en/c/x/") && !approved.contains("tel:"), "{approved}");
    }

    #[test]
    fn what_was_sent_is_shown() {
        let html = html(OrgStatus::Applied, "");
        assert!(
            html.contains("Distributor, Importer") && html.contains("12345678") && html.contains("15:30 CET"),
            "{html}"
        );
    }
}
