//! Why an authority or association may not work for now, for its own people.

use domain::organisation::OrgStatus;
use leptos::prelude::*;
use services::organisation::{self, Standing};

use super::status_mark;
use crate::{
    components::*,
    format,
    pages::team::at_home,
    text::{
        account::{Texts, texts},
        fill,
    },
    web::{Outcome, Page, Reply, Req},
};

/// The page. Whose organisation works is led to it.
pub(super) async fn page(req: Req) -> Outcome {
    at_home(&req)?;
    let member = req.workspace()?;
    if member.status == OrgStatus::Approved {
        return Ok(Reply::to(req.here("/")));
    }
    let standing = organisation::standing(req.ctx(), &req.principal, member.org).await?;
    let (t, zone) = (texts(req.lang), req.zone());
    Page::new(t.suspended_title, move || whole(t, zone, &standing)).into()
}

fn whole(t: &'static Texts, zone: &'static str, standing: &Standing) -> impl IntoView + use<> {
    let reason = standing.reason.clone();
    let reason = (!reason.is_empty())
        .then(|| view! { <p>{t.suspended_reason}</p><blockquote class="given typed" dir="auto">{reason}</blockquote> });
    let since = standing.since.map(|at| fill(t.suspended_since, &[("when", &format::moment(at, zone))]));
    let (title, status) = (standing.name.clone(), status_mark(standing.status).into_any());
    view! {
        <FormPage>
            <LabelHeader kind=t.suspended_title title status/>
            <Callout tone=Tone::Danger title=t.suspended_head>
                {since.map(|since| view! { <p>{since}</p> })}
                {reason}
                <p>{t.suspended_next}</p>
            </Callout>
        </FormPage>
    }
}

#[cfg(test)]
mod tests {
    use domain::{lang::Lang, time::Timestamp};

    use super::*;
    use crate::pages::account::shown;

    #[test]
    fn the_reason_is_read_safely() {
        let standing = Standing {
            name: "Desk <A>".into(),
            status: OrgStatus::Suspended,
            reason: "Keys <lost>".into(),
            since: Some(Timestamp(0)),
        };
        let html = shown(move || whole(texts(Lang::En), "UTC", &standing));
        assert!(html.contains("Keys &lt;lost&gt;") && html.contains("Desk &lt;A&gt;"), "{html}");
    }
}
