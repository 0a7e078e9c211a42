//! The forms of what can be done with a notice, for its writers and for the second person.

use domain::notice::{Act, State};
use leptos::prelude::*;
use services::notice::Work;

use super::At;
use crate::{components::*, text::approvals::Texts as Words, web::typed::Typed};

/// Name of the box by which one says that the warnings were read.
pub(super) const CONFIRM: &str = "confirm";
/// The same in the form for a later publication: each form on a page has its own.
pub(super) const CONFIRM_LATER: &str = "confirm_later";

/// What this person can do with the notice now.
pub(super) fn acts(at: &At, about: &'static Words, found: &Work, typed: &Typed) -> AnyView {
    let t = at.t;
    let writes = |act: Act| found.may_write && found.allows(act);
    let simple = |act: Act, end: &str, label: &'static str, kind: ButtonKind| {
        writes(act).then(|| view! { <PostButton action=at.to(end) label=label kind=kind/> })
    };
    let edit = (found.may_write && found.state == State::Draft)
        .then(|| view! { <LinkButton href=at.to("/edit") label=t.edit kind=ButtonKind::Secondary/> });
    let submit = writes(Act::Submit).then(|| submit_form(at, found, typed));
    let take_back = simple(Act::TakeBack, "/take-back", t.take_back, ButtonKind::Secondary);
    let revise = simple(Act::Revise, "/revise", t.revise, ButtonKind::Secondary);
    let discard = simple(Act::Discard, "/discard", t.discard, ButtonKind::Quiet);
    let duplicate = found
        .may_write
        .then(|| view! { <PostButton action=at.to("/duplicate") label=t.duplicate kind=ButtonKind::Quiet/> });
    let second = found.may_publish.then(|| second(at, about, found, typed));
    let withdraw = ((found.may_publish || found.is_writer) && found.allows(Act::Withdraw)).then(|| {
        let form = reason_form(
            at,
            typed,
            ("/withdraw", "reason"),
            (t.withdraw_reason, t.withdraw_hint, t.withdraw),
            (ButtonKind::Danger, found.version),
        );
        fold(t.withdraw, typed.error("reason").is_some(), form)
    });
    view! {
        <section aria-labelledby="acts" class="no-print">
            <h2 class="unseen" id="acts">{t.acts}</h2>
            <div class="acts">{submit}{edit}{second}{take_back}{revise}{discard}{duplicate}{withdraw}</div>
        </section>
    }
    .into_any()
}

/// A form behind its button.
fn fold(label: &'static str, open: bool, form: AnyView) -> AnyView {
    view! {
        <details class="act" name="act" open=open>
            <summary class="button button--secondary act__open"><span>{label}</span></summary>
            <div class="act__body">{form}</div>
        </details>
    }
    .into_any()
}

fn confirm(at: &At, found: &Work, typed: &Typed, name: &'static str) -> Option<AnyView> {
    (!found.warnings.is_empty())
        .then(|| view! { <Checkbox name=name label=at.t.confirm error=typed.error(name)/> }.into_any())
}

fn submit_form(at: &At, found: &Work, typed: &Typed) -> AnyView {
    let confirm = confirm(at, found, typed, CONFIRM);
    view! {
        <form class="stack act-form" method="post" action=at.to("/submit") novalidate=true>
            {confirm}
            <Button label=at.t.submit/>
        </form>
    }
    .into_any()
}

/// What the second person can do. Where an authority has to approve the text first, it is passed on; what is there waits.
fn second(at: &At, about: &'static Words, found: &Work, typed: &Typed) -> AnyView {
    let t = at.t;
    let version = found.version.to_string();
    let is_gated = found.stand.missing.is_some();
    let lets_go = |act: Act| found.allows(act) && !(is_gated && found.state == State::Approval);
    let (now, later) = if is_gated { (about.pass_on, about.pass_on_later) } else { (t.publish, t.schedule) };
    let publish = lets_go(Act::Publish).then(|| {
        let (version, confirm) = (version.clone(), confirm(at, found, typed, CONFIRM));
        view! {
            <form class="stack act-form" method="post" action=at.to("/publish") novalidate=true>
                <input type="hidden" name="version" value=version/>
                {confirm}
                <Button label=now/>
            </form>
        }
    });
    let schedule = lets_go(Act::Schedule).then(|| {
        let (version, confirm) = (version.clone(), confirm(at, found, typed, CONFIRM_LATER));
        let form = view! {
            <form class="stack act-form" method="post" action=at.to("/schedule") novalidate=true>
                <input type="hidden" name="version" value=version/>
                <TextField name="publish_at" label=t.schedule_at hint=t.time_hint value=typed.value("publish_at") error=typed.error("publish_at") autocomplete="off"/>
                {confirm}
                <ButtonRow><Button label=later/></ButtonRow>
            </form>
        };
        fold(later, typed.error("publish_at").is_some(), form.into_any())
    });
    let back = found.allows(Act::SendBack).then(|| {
        let words = (t.send_back_why, "", t.send_back);
        let form = reason_form(at, typed, ("/back", "why"), words, (ButtonKind::Secondary, found.version));
        fold(t.send_back, typed.error("why").is_some(), form)
    });
    view! { {publish}{schedule}{back} }.into_any()
}

fn reason_form(
    at: &At,
    typed: &Typed,
    (end, field): (&str, &'static str),
    (label, hint, act): (&'static str, &'static str, &'static str),
    (kind, version): (ButtonKind, i64),
) -> AnyView {
    let hint = (!hint.is_empty()).then_some(hint);
    view! {
        <form class="stack act-form" method="post" action=at.to(end) novalidate=true>
            <input type="hidden" name="version" value=version.to_string()/>
            <TextArea name=field label=label hint=hint rows=4 value=typed.value(field) error=typed.error(field)/>
            <ButtonRow><Button label=act kind=kind/></ButtonRow>
        </form>
    }
    .into_any()
}
