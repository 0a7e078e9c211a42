//! The short form: fields of the report's questions, lists folded so that it stays short.

use domain::{
    answers::Answers,
    plausible::Uses,
    question::{AskedField, FieldKind, Form},
};
use leptos::prelude::*;
use services::assess::{LINE, Looked, PARTS, SIGNS};

use crate::{
    components::*,
    pages::report::field::{self, Said, Shared},
    text::{
        assess::Texts,
        report::{self},
    },
};

pub(super) fn form(
    t: &'static Texts,
    action: &str,
    again: bool,
    typed: &Answers,
    looked: &Looked,
    shared: &Shared,
) -> impl IntoView + use<> {
    let legends = [t.part_goods, t.part_customer, t.part_delivery, t.part_payment];
    let parts = PARTS.iter().zip(legends).map(|(keys, legend)| {
        let fields = keys.iter().map(|key| one(t, key, typed, looked, shared)).collect_view();
        let line = (keys.contains(&"party.1.name")).then(|| line(t, typed));
        view! { <FieldGroup legend=legend><div class="stack">{fields}{line}</div></FieldGroup> }
    });
    let parts = parts.collect_view();
    let signs = SIGNS.iter().map(|key| one(t, key, typed, looked, shared)).collect_view();
    let ticked = SIGNS.iter().any(|key| typed.filled(key));
    let asked: Vec<AskedField<'_>> = PARTS.iter().copied().flatten().filter_map(|key| looked.set.asked(key)).collect();
    let lists = field::lists(&asked, shared);
    let (action, to_report) = (action.to_owned(), format!("{action}/report"));
    let (title, lead) = (again.then_some(t.answers), if again { t.answers_lead } else { t.not_kept });
    view! {
        // Once there is an answer, the way to a report stands there.
        {title.map(|title| view! { <h2>{title}</h2> })}
        <p class="part__note">{lead}</p>
        <form id=super::FORM method="post" action=action class="stack" novalidate autocomplete="off">
            {parts}
            <Details summary=t.signs open=ticked><div class="stack">{signs}</div></Details>
            {lists}
            <ButtonRow>
                <Button label=if again { t.assess_again } else { t.assess }/>
                {(!again).then(|| view! { <Button label=t.report kind=ButtonKind::Secondary formaction=to_report/> })}
            </ButtonRow>
        </form>
    }
}

/// A field of the report's questions with what was typed into it, and what is wrong with that.
fn one(t: &'static Texts, key: &str, typed: &Answers, looked: &Looked, shared: &Shared) -> Option<AnyView> {
    let mut asked = looked.set.asked(key)?;
    // Nothing is needed here, and to say so at every field would be noise.
    asked.required = true;
    if key == "party.2.name" {
        asked.label = t.consignee;
    }
    let problems = looked.set.check_all(Form::Full, &looked.answers, &looked.profile);
    let wrong = problems.into_iter().find(|problem| problem.field == key && typed.filled(key));
    let said = Said { error: wrong.map(|problem| problem.message), ..Said::default() };
    let report = report::texts(use_context().unwrap_or_default());
    Some(match asked.field.kind {
        FieldKind::Choice => choice(&asked, typed, said.error),
        FieldKind::YesNo => {
            let options = [("yes", report.yes), ("no", report.no)];
            select(&asked, options.map(|(code, word)| SelectOption::new(code, word)).into(), typed, said.error)
        }
        _ => field::field(report, &asked, typed, said, shared),
    })
}

fn choice(asked: &AskedField<'_>, typed: &Answers, error: Option<String>) -> AnyView {
    let options = asked.field.options.iter();
    let options = options.map(|option| SelectOption::new(option.value.clone(), option.label.clone())).collect();
    select(asked, options, typed, error)
}

fn select(asked: &AskedField<'_>, options: Vec<SelectOption>, typed: &Answers, error: Option<String>) -> AnyView {
    let (name, label, value) = (asked.key.clone(), asked.label.to_owned(), typed.one(&asked.key).to_owned());
    let hint = asked.field.hint.clone();
    view! { <SelectField name label options value hint error width=Width::Long/> }.into_any()
}

fn line(t: &'static Texts, typed: &Answers) -> impl IntoView + use<> {
    let divisions = Uses::embedded().divisions();
    let options = divisions.map(|(code, name)| SelectOption::new(code, format!("{code} {name}"))).collect();
    let value = typed.one(LINE).to_owned();
    view! {
        <SelectField name=LINE label=t.line hint=t.line_hint options=options value=value blank=t.line_unknown width=Width::Long/>
    }
}
