//! One request: who asks for what and why, how long it lasts, and what can be done about it.

use domain::break_glass::{Limits, Standing};
use leptos::prelude::*;
use services::{
    Refusal,
    break_glass::{self, Glass, GlassId},
};

use super::mark;
use crate::{
    components::*,
    format,
    pages::team::at_home,
    text::{
        break_glass::{Texts, texts},
        fill,
    },
    web::{Outcome, Page, Reply, Req, paths::with_query},
};

pub(super) fn access_of(req: &Req) -> Result<GlassId, Refusal> {
    req.parsed("access")
}

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    at_home(&req)?;
    let (member, id) = (req.workspace()?, access_of(&req)?);
    let glass = break_glass::one(req.ctx(), &req.principal, member.org, id).await?;
    let (t, base, zone) = (texts(req.lang), req.here("/break-glass"), req.zone());
    let done = req.query.get("done").to_owned();
    Page::new(t.one_title, move || whole(t, &base, zone, &glass, &done)).into()
}

fn whole(t: &'static Texts, base: &str, zone: &'static str, glass: &Glass, done: &str) -> impl IntoView + use<> {
    let here = format!("{base}/{}", glass.id);
    let what = if glass.reference.is_empty() { t.all_reports.to_owned() } else { glass.reference.clone() };
    let fields = vec![
        LabelField::text(t.asker, glass.asker.clone()),
        LabelField::text(t.asked, format::moment(glass.asked, zone)),
        LabelField::text(t.reports_of, glass.authority.clone()),
        LabelField::text(t.which, what),
    ];
    let reason = glass.reason.clone();
    view! {
        <FormPage>
            <BackLink href=base.to_owned() label=t.back/>
            {banner(t, done)}
            <LabelHeader kind=t.title title=t.one_title status=mark(t, glass.standing) fields/>
            <section aria-labelledby="reason">
                <h2 id="reason">{t.reason_given}</h2>
                <blockquote class="given typed" dir="auto">{reason}</blockquote>
            </section>
            {stands(t, zone, glass)}
            {acts(t, &here, glass)}
        </FormPage>
    }
}

fn banner(t: &'static Texts, done: &str) -> Option<impl IntoView + use<>> {
    let title = match done {
        "asked" => t.done_asked,
        "approved" => t.done_approved,
        "refused" => t.done_refused,
        "ended" => t.done_ended,
        _ => return None,
    };
    Some(view! { <Banner tone=Tone::Ok title/> })
}

fn stands(t: &'static Texts, zone: &str, glass: &Glass) -> impl IntoView + use<> {
    let limits = Limits::embedded();
    let text = match glass.standing {
        Standing::Waiting => {
            let until = format::moment(limits.lapses(glass.asked), zone);
            fill(t.waits, &[("until", &until), ("minutes", &limits.minutes.to_string())])
        }
        Standing::Lapsed => t.lapsed.to_owned(),
        Standing::Refused => t.refused.to_owned(),
        Standing::Open { until } => fill(t.open, &[("until", &format::moment(until, zone))]),
        Standing::Ended => t.ended.to_owned(),
    };
    let decided = glass
        .decider
        .clone()
        .zip(glass.decided)
        .map(|(name, at)| fill(t.decided_by, &[("name", &name), ("when", &format::moment(at, zone))]));
    view! { <p>{text}</p>{decided.map(|text| view! { <p class="muted">{text}</p> })} }
}

fn acts(t: &'static Texts, here: &str, glass: &Glass) -> impl IntoView + use<> {
    let waits = glass.standing == Standing::Waiting;
    let decide = glass.may_decide.then(|| {
        view! {
            <p>{t.decide_lead}</p>
            <PostButton action=format!("{here}/approve") label=t.approve kind=ButtonKind::Primary/>
            <PostButton action=format!("{here}/refuse") label=t.refuse kind=ButtonKind::Secondary/>
        }
    });
    let not_own = (waits && glass.is_own).then(|| view! { <p>{t.not_own}</p> });
    let is_open = matches!(glass.standing, Standing::Open { .. });
    let read = (is_open && glass.is_own).then(|| {
        let (href, label) = match glass.reference.as_str() {
            "" => (format!("{here}/reports"), t.read_list),
            reference => (format!("{here}/reports/{reference}"), t.read_one),
        };
        view! { <p>{t.read_lead}</p><LinkButton href label/> }
    });
    let end = glass
        .may_end
        .then(|| view! { <PostButton action=format!("{here}/end") label=t.end kind=ButtonKind::Secondary/> });
    view! { {not_own}<div class="stack">{decide}{read}{end}</div> }
}

/// Approves.
pub(super) async fn approve(req: Req) -> Outcome {
    decide(req, true).await
}

/// Refuses.
pub(super) async fn refuse(req: Req) -> Outcome {
    decide(req, false).await
}

async fn decide(req: Req, approved: bool) -> Outcome {
    at_home(&req)?;
    let id = access_of(&req)?;
    break_glass::decide(req.ctx(), &req.principal, req.workspace()?.org, id, approved).await?;
    back(&req, id, if approved { "approved" } else { "refused" })
}

/// Ends it before its time.
pub(super) async fn end(req: Req) -> Outcome {
    at_home(&req)?;
    let id = access_of(&req)?;
    break_glass::finish(req.ctx(), &req.principal, req.workspace()?.org, id).await?;
    back(&req, id, "ended")
}

fn back(req: &Req, id: GlassId, done: &str) -> Outcome {
    Ok(Reply::to(with_query(&req.here(&format!("/break-glass/{id}")), "done", done)))
}

#[cfg(test)]
mod tests {
    use domain::{lang::Lang, time::Timestamp};

    use super::*;
    use crate::pages::account::shown;

    fn html(standing: Standing, is_own: bool, may_decide: bool, reference: &str) -> String {
        let glass = Glass {
            id: GlassId::from_u128(1),
            asker: "Robin <b>".into(),
            is_own,
            authority: "Desk".into(),
            reference: reference.into(),
            reason: "The page <fails>".into(),
            asked: Timestamp(0),
            decider: None,
            decided: None,
            standing,
            may_decide,
            may_end: matches!(standing, Standing::Open { .. }),
        };
        shown(move || whole(texts(Lang::En), "/en/s/x/break-glass", "UTC", &glass, ""))
    }

    #[test]
    fn who_asked_waits_and_who_may_decides() {
        let t = texts(Lang::En);
        let own = html(Standing::Waiting, true, false, "");
        assert!(own.contains(t.not_own) && !own.contains("/approve") && !own.contains("/reports"), "{own}");
        assert!(own.contains("The page &lt;fails&gt;") && own.contains("Robin &lt;b&gt;"), "{own}");
        let other = html(Standing::Waiting, false, true, "");
        assert!(other.contains("/approve") && other.contains("/refuse"), "{other}");
    }

    #[test]
    fn only_who_asked_reads_and_only_while_it_is_open() {
        let open = Standing::Open { until: Timestamp(60_000_000) };
        assert!(html(open, true, false, "").contains("/reports\""));
        assert!(html(open, true, false, "FR-7K3M-9QTD-X").contains("/reports/FR-7K3M-9QTD-X"));
        assert!(!html(open, false, false, "").contains("/reports"));
        assert!(html(open, false, false, "").contains("/end"), "whoever may decide may end it");
        for closed in [Standing::Ended, Standing::Lapsed, Standing::Refused] {
            let html = html(closed, true, false, "");
            assert!(!html.contains("/reports") && !html.contains("/end"), "{closed:?}");
        }
    }
}
