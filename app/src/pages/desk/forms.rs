//! The form of each act: its fields with what was typed, who will read it, and a button that names the act.

use domain::{
    indicator::Band,
    report::{Decision, OutcomeClass, Reason, Reasons},
    time::Timestamp,
};
use leptos::prelude::*;
use services::{desk::DeskReportView, label::Label};

use super::{
    acts::{Deed, Origin, hidden, target},
    clock, duty,
    place::Desk,
};
use crate::{
    components::*,
    format,
    text::{desk::Texts, fill},
    web::typed::Typed,
};

/// The form of a deed. One that writes for colleagues stands on an internal sheet.
pub fn form(desk: &Desk, view: &DeskReportView, origin: &Origin, deed: Deed, typed: &Typed) -> AnyView {
    let t = desk.t;
    let (fields, send) = match deed {
        Deed::Accept => (decision(&view.reasons, t, deed, Decision::Accept, accept_hint(t), typed), t.send_accept),
        Deed::Duplicate => (duplicate(view, t, typed), t.send_duplicate),
        Deed::Close => {
            (decision(&view.reasons, t, deed, Decision::Close, t.close_told.to_owned(), typed), t.send_close)
        }
        Deed::Ask => (text(deed, t.question, ask_hint(desk, view), typed), t.send_ask),
        Deed::Assign => (assign(desk, view, typed), t.send_assign),
        Deed::Severity => (severity(t, view, typed), t.send_severity),
        Deed::Reopen => (decision(&view.reasons, t, deed, Decision::Reopen, String::new(), typed), t.send_reopen),
        Deed::Snooze => (snooze(desk, typed), t.send_snooze),
        Deed::Wake => (().into_any(), t.act_wake),
        Deed::Label => (labels(t, view, typed), t.send_label),
        Deed::Note => (text(deed, t.note, t.note_hint.to_owned(), typed), t.send_note),
        Deed::Message => {
            let hint = fill(t.message_hint, &[("company", &view.company_name)]);
            (text(deed, t.message, hint, typed), t.send_message)
        }
    };
    let hidden = hidden(desk, view, origin).into_iter();
    let hidden = hidden.map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view();
    let class = if deed == Deed::Note { "stack act-form act-form--internal" } else { "stack act-form" };
    view! {
        <form class=class method="post" action=target(desk, view, deed) novalidate=true>
            {hidden}
            {fields}
            <ButtonRow><Button label=send/></ButtonRow>
        </form>
    }
    .into_any()
}

fn text(deed: Deed, label: &'static str, hint: String, typed: &Typed) -> AnyView {
    let name = deed.field("text");
    let (value, error) = (typed.value(&name), typed.error(&name));
    view! { <TextArea name label value hint error rows=4/> }.into_any()
}

pub fn decision(
    reasons: &Reasons,
    t: &'static Texts,
    deed: Deed,
    decision: Decision,
    told: String,
    typed: &Typed,
) -> AnyView {
    view! { {reason(reasons, t, deed, decision, told, typed)}{comment(t, deed, typed)} }.into_any()
}

fn reason(
    reasons: &Reasons,
    t: &'static Texts,
    deed: Deed,
    decision: Decision,
    hint: String,
    typed: &Typed,
) -> AnyView {
    let name = deed.field("reason");
    let chosen = typed.value(&name);
    let options = reasons.for_decision(decision).map(|reason| option(t, decision, reason, &chosen)).collect();
    let error = typed.error(&name);
    let hint = (!hint.is_empty()).then_some(hint);
    view! { <Choices name legend=t.reason options hint error/> }.into_any()
}

/// A reason to choose. Where the reporter is told one thing or another by it, that stands under it.
fn option(t: &'static Texts, decision: Decision, reason: &Reason, chosen: &str) -> Choice {
    let choice = Choice::new(reason.code.clone(), reason.label.clone()).checked(reason.code == chosen);
    match reason.outcome.filter(|_| decision == Decision::Close) {
        Some(OutcomeClass::FollowedUp) => choice.hint(t.told_followed_up),
        Some(OutcomeClass::NoAction) => choice.hint(t.told_no_action),
        Some(OutcomeClass::AlreadyKnown) => choice.hint(t.told_already_known),
        None => choice,
    }
}

fn comment(t: &'static Texts, deed: Deed, typed: &Typed) -> AnyView {
    let name = deed.field("comment");
    let (value, error) = (typed.value(&name), typed.error(&name));
    view! { <TextArea name label=t.comment hint=t.comment_hint value error optional=true rows=2/> }.into_any()
}

fn accept_hint(t: &Texts) -> String {
    fill(t.accept_told, &[("outcome", OutcomeClass::FollowedUp.label())])
}

fn duplicate(view: &DeskReportView, t: &'static Texts, typed: &Typed) -> AnyView {
    let name = Deed::Duplicate.field("of");
    let (value, error) = (typed.value(&name), typed.error(&name));
    let told = fill(t.accept_told, &[("outcome", OutcomeClass::AlreadyKnown.label())]);
    let rest = decision(&view.reasons, t, Deed::Duplicate, Decision::Duplicate, told, typed);
    view! {
        <TextField name label=t.of hint=t.of_hint value error code=true width=Width::Medium autocomplete="off"/>
        {rest}
    }
    .into_any()
}

fn ask_hint(desk: &Desk, view: &DeskReportView) -> String {
    let text = if view.urgent { desk.t.ask_hint_urgent } else { desk.t.ask_hint };
    fill(text, &[("company", &view.company_name), ("time", &clock::question_time(desk, view))])
}

fn assign(desk: &Desk, view: &DeskReportView, typed: &Typed) -> AnyView {
    let t = desk.t;
    let name = Deed::Assign.field("to");
    let now = view.assignee.as_ref().map(|officer| officer.id);
    let officers = view.officers.iter().filter(|officer| Some(officer.id) != now);
    let officers = officers.map(|officer| duty::officer_option(desk, officer));
    let nobody = now.map(|_| SelectOption::new("nobody", t.assign_nobody));
    let options = officers.chain(nobody).collect();
    let hint = view.assignee.as_ref().map(|officer| fill(t.with_now, &[("name", &officer.name)]));
    let (value, error) = (typed.value(&name), typed.error(&name));
    view! { <SelectField name label=t.assign_to options value error hint/> }.into_any()
}

fn severity(t: &'static Texts, view: &DeskReportView, typed: &Typed) -> AnyView {
    let name = Deed::Severity.field("to");
    let (now, chosen) = (view.severity.band(), typed.value(&name));
    let option = |band: &Band| {
        let own = *band == view.severity.computed;
        let label = if own { fill(t.severity_computed, &[("band", band.label())]) } else { band.label().to_owned() };
        Choice::new(band.code(), label).checked(band.code() == chosen)
    };
    let options = Band::ALL.iter().rev().filter(|band| **band != now).map(option).collect();
    let error = typed.error(&name);
    let rest = decision(&view.reasons, t, Deed::Severity, Decision::Severity, String::new(), typed);
    view! {
        <Choices name legend=t.severity_to hint=t.severity_hint options error/>
        {rest}
    }
    .into_any()
}

/// Days for which a report is put aside with one choice.
const DAYS: [i64; 4] = [1, 3, 7, 30];

/// A choice of [`DAYS`], or of a day that is typed, in words.
pub fn snooze_words(t: &Texts, chosen: &str) -> Option<String> {
    match chosen {
        "day" => Some(t.snooze_other.to_owned()),
        "1" => Some(t.snooze_tomorrow.to_owned()),
        days => {
            days.parse::<i64>().ok()?;
            Some(fill(t.snooze_days, &[("count", days)]))
        }
    }
}

/// Until when, as a group of choices with a day to type.
pub fn snooze(desk: &Desk, typed: &Typed) -> AnyView {
    let t = desk.t;
    let (name, day) = (Deed::Snooze.field("for"), Deed::Snooze.field("day"));
    let chosen = typed.value(&name);
    let preset = |days: &i64| {
        let code = days.to_string();
        let label = snooze_words(t, &code).unwrap_or_default();
        let back = fill(t.snooze_back, &[("day", &format::day(desk.now.plus(days * Timestamp::DAY), desk.zone))]);
        Choice::new(code.clone(), label).hint(back).checked(code == chosen)
    };
    let (value, error) = (typed.value(&day), typed.error(&day));
    let field = view! { <DateField name=day label=t.snooze_day hint=t.snooze_day_hint value error/> }.into_any();
    let other = Choice::new("day", t.snooze_other).checked(chosen == "day").reveals(field);
    let options = DAYS.iter().map(preset).chain(std::iter::once(other)).collect();
    let error = typed.error(&name);
    view! { <Choices name legend=t.snooze_until hint=t.snooze_hint options error/> }.into_any()
}

/// The authority's labels, those that stick ticked.
fn labels(t: &'static Texts, view: &DeskReportView, typed: &Typed) -> AnyView {
    let (name, given) = (Deed::Label.field("label"), Deed::Label.field("given"));
    let was_typed = typed.value(&given) == "yes";
    let option = |label: &Label| {
        let code = label.id.to_string();
        let sticks = if was_typed { typed.chose(&name, &code) } else { view.labels.contains(label) };
        Choice::new(code, label.name.clone()).checked(sticks)
    };
    let options = view.all_labels.iter().map(option).collect();
    view! {
        <input type="hidden" name=given value="yes"/>
        <Choices name legend=t.labels options many=true hint=t.label_hint/>
    }
    .into_any()
}
