//! Deciding about a company: a page that asks once more, with the reason where one is needed.

use leptos::prelude::*;
use services::{
    Refusal,
    organisation::{self, Decision, Detail},
};

use crate::{
    components::*,
    text::{
        fill,
        organisations::{Texts, texts},
    },
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

/// The words of a decision.
struct Words {
    button: &'static str,
    title: &'static str,
    lead: &'static str,
    act: &'static str,
    asks_reason: bool,
}

const fn words(t: &'static Texts, decision: Decision) -> Words {
    let (button, title, lead, act) = match decision {
        Decision::Approve => (t.approve, t.approve_title, t.approve_lead, t.approve_act),
        Decision::Refuse => (t.refuse, t.refuse_title, t.refuse_lead, t.refuse_act),
        Decision::Suspend => (t.suspend, t.suspend_title, t.suspend_lead, t.suspend_act),
        Decision::Lift => (t.lift, t.lift_title, t.lift_lead, t.lift_act),
    };
    Words { button, title, lead, act, asks_reason: matches!(decision, Decision::Refuse | Decision::Suspend) }
}

/// What the button that leads here says.
pub(super) const fn label_of(t: &'static Texts, decision: Decision) -> &'static str {
    words(t, decision).button
}

fn form(req: &Req) -> String {
    format!("decide {} {}", req.param("company"), req.param("decision"))
}

fn decision_of(req: &Req) -> Result<Decision, Refusal> {
    Decision::from_code(req.param("decision")).ok_or(Refusal::NotFound)
}

/// Asks.
pub(super) async fn page(req: Req) -> Outcome {
    let decision = decision_of(&req)?;
    let company = organisation::detail(req.ctx(), &req.principal, req.param("company")).await?;
    let t = texts(req.lang);
    if !company.decisions.contains(&decision) {
        return Err(Refusal::NotPossible(fill(t.not_now, &[("status", company.listed.status.label())])));
    }
    let typed = Typed::open(&req, &form(&req)).await?;
    let title = fill(words(t, decision).title, &[("name", &company.listed.name)]);
    let wrong = typed.is_wrong();
    let (path, back) = (req.path.clone(), req.here(&format!("/organisations/{}", company.listed.handle)));
    Page::new(title, move || ask(t, path, back, decision, &company, &typed)).errors(wrong).into()
}

fn ask(
    t: &'static Texts,
    path: String,
    back: String,
    decision: Decision,
    company: &Detail,
    typed: &Typed,
) -> impl IntoView + use<> {
    let words = words(t, decision);
    let title = fill(words.title, &[("name", &company.listed.name)]);
    let danger = matches!(decision, Decision::Refuse | Decision::Suspend);
    // A new decision about a state that has changed meanwhile is refused by this number.
    let version = company.version.to_string();
    let reason = words.asks_reason.then(|| {
        view! {
            <TextArea name="reason" label=t.reason_label hint=t.reason_hint limit=2000 value=typed.value("reason") error=typed.error("reason")/>
        }
    });
    let alike = (decision == Decision::Approve && !company.alike.is_empty())
        .then(|| view! { <Callout tone=Tone::Warn title=t.alike><p>{t.alike_lead}</p></Callout> });
    view! {
        <ConfirmPage title action=path confirm=words.act cancel_href=back danger errors=typed.errors()>
            <input type="hidden" name="version" value=version/>
            <p>{words.lead}</p>
            {alike}
            {reason}
        </ConfirmPage>
    }
}

/// Decides.
pub(super) async fn decide(req: Req) -> Outcome {
    let decision = decision_of(&req)?;
    let version = req.form.get("version").parse().map_err(|_| Refusal::Stale)?;
    let (company, fields) = (req.param("company"), typed::answers(&req.form));
    match organisation::decide(req.ctx(), &req.principal, company, version, decision, &fields).await {
        Ok(()) => {
            typed::done(&req).await?;
            let to = req.here(&format!("/organisations/{company}"));
            Ok(Reply::to(with_query(&to, "done", decision.code())))
        }
        Err(refusal @ Refusal::Invalid(_)) => typed::again(&req, &form(&req), &req.path, refusal).await,
        Err(refusal) => Err(refusal),
    }
}

#[cfg(test)]
mod tests {
    use domain::lang::Lang;

    use super::*;

    #[test]
    fn what_takes_a_right_away_asks_for_a_reason() {
        let t = texts(Lang::En);
        let asking: Vec<_> = Decision::ALL.iter().filter(|decision| words(t, **decision).asks_reason).collect();
        assert_eq!(asking, [&Decision::Refuse, &Decision::Suspend]);
    }
}
