//! A question set's field as a form control: one function per shape, chosen by the field's kind.
//!
//! The control shows what was typed, exactly; what is wrong stands at it; what another tab typed stands under it with a
//! button to take it instead.

use domain::{
    answers::Answers,
    country::Country,
    question::{AskedField, FieldKind},
};
use leptos::prelude::*;

use crate::{
    components::*,
    islands::substance_picker::{PickerField, PickerWords, SubstancePicker},
    text::{common, report},
};

/// What is to be said at a field.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// What is wrong with it.
    pub error: Option<String>,
    /// What was noticed although the answer is taken.
    pub notice: Option<String>,
    /// What another tab had typed, with its number in the draft.
    pub alternatives: Vec<(u32, String)>,
}

/// Inputs of the picker's list, shared by all substance fields of a page.
pub const SUBSTANCE_LIST: &str = "substance-names";
/// The list of countries, shared by all country fields of a page.
pub const COUNTRY_LIST: &str = "country-names";

/// What all fields of a page share.
#[derive(Clone, Debug)]
pub struct Shared {
    /// Whether the page asks nothing else, so that its heading is the question.
    pub only_one: bool,
    /// Address of the search index.
    pub index: String,
    /// Words of the picker.
    pub picker: PickerWords,
    /// Names offered without scripts.
    pub names: Vec<String>,
}

/// The control of a field.
pub fn field(
    t: &'static report::Texts,
    asked: &AskedField<'_>,
    answers: &Answers,
    said: Said,
    shared: &Shared,
) -> AnyView {
    let alternatives = alternatives(t, &asked.key, said.alternatives.clone());
    let notice = said.notice.clone().map(|notice| view! { <p class="field__notice" role="note">{notice}</p> });
    let control = control(t, asked, answers, said.error, shared);
    view! {
        <div class="asked">
            {control}
            {notice}
            {alternatives}
        </div>
    }
    .into_any()
}

fn control(
    t: &'static report::Texts,
    asked: &AskedField<'_>,
    answers: &Answers,
    error: Option<String>,
    shared: &Shared,
) -> AnyView {
    let only_one = shared.only_one;
    let field = asked.field;
    let label = asked.label.to_owned();
    let hint = field.hint.clone();
    let optional = !asked.required;
    let name = asked.key.clone();
    let value = answers.one(&asked.key).to_owned();
    match field.kind {
        FieldKind::Choice | FieldKind::Choices => {
            let chosen = answers.many(&asked.key);
            let many = field.kind == FieldKind::Choices;
            let options = field.options.iter().map(|option| {
                let choice = Choice::new(option.value.clone(), option.label.clone());
                let choice = option.hint.iter().fold(choice, |choice, hint| choice.hint(hint.clone()));
                choice.checked(chosen.contains(&option.value))
            });
            let options = options.collect();
            view! { <Choices name legend=label options many hint error optional legend_hidden=only_one/> }.into_any()
        }
        FieldKind::YesNo => {
            let options = [("yes", t.yes), ("no", t.no)].map(|(code, word)| Choice::new(code, word).checked(value == code)).into();
            view! { <Choices name legend=label options hint error optional inline=true legend_hidden=only_one/> }.into_any()
        }
        FieldKind::LongText => {
            let rows = if field.max() > 5_000 { 12 } else { 6 };
            let limit = field.max();
            view! { <TextArea name label value hint error optional label_hidden=only_one rows limit/> }.into_any()
        }
        FieldKind::Datetime => pair(asked, answers, error, [(t.day, Width::Medium, "text", ""), (t.time, Width::Short, "text", "")]),
        FieldKind::Money => pair(asked, answers, error, [(t.amount, Width::Medium, "text", "decimal"), (t.currency, Width::Tiny, "text", "")]),
        FieldKind::Identifier => identifier(t, asked, answers, error),
        FieldKind::Country => {
            view! { <TextField name label value hint error optional label_hidden=only_one width=Width::Long list=COUNTRY_LIST autocomplete="country-name"/> }.into_any()
        }
        FieldKind::Substance => substance(asked, value, error, only_one, shared),
        kind => {
            let (width, input, mode, code) = line(kind);
            let autocomplete = field.autocomplete.clone();
            view! {
                <TextField name label value hint error optional label_hidden=only_one width kind=input inputmode=mode code autocomplete/>
            }
            .into_any()
        }
    }
}

/// A substance: the picker, which suggests while one types and fills the CAS number beside it.
fn substance(asked: &AskedField<'_>, value: String, error: Option<String>, only_one: bool, shared: &Shared) -> AnyView {
    let id = field_id(&asked.key);
    let label = asked.label.to_owned();
    let hint = asked.field.hint.clone();
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described: Vec<&str> = [hint.as_ref().map(|_| hint_id.as_str()), error.as_ref().map(|_| error_id.as_str())]
        .into_iter()
        .flatten()
        .collect();
    let field = PickerField {
        id: id.clone(),
        name: asked.key.clone(),
        value,
        described_by: (!described.is_empty()).then(|| described.join(" ")),
        invalid: error.is_some(),
        list: SUBSTANCE_LIST.to_owned(),
        index: shared.index.clone(),
        cas: asked.key.strip_suffix(".name").map(|item| field_id(&format!("{item}.cas"))),
    };
    let words = shared.picker.clone();
    let invalid = error.as_ref().map(|_| "true");
    let label_class = if only_one { "field__label unseen" } else { "field__label" };
    let optional = (!asked.required).then(|| view! { " "<span class="field__optional">{common_optional()}</span> });
    view! {
        <div class="field" data-invalid=invalid>
            <label class=label_class for=id>{label}{optional}</label>
            {hint.map(|hint| view! { <p class="field__hint" id=hint_id>{hint}</p> })}
            {error.map(|error| view! { <p class="field__error" id=error_id>{error}</p> })}
            <SubstancePicker field=field words=words/>
        </div>
    }
    .into_any()
}

fn common_optional() -> &'static str {
    common::texts(use_context().unwrap_or_default()).optional
}

/// Width, input type, on-screen keyboard and whether it is a code, of a kind that is one line of text.
const fn line(kind: FieldKind) -> (Width, &'static str, Option<&'static str>, bool) {
    match kind {
        FieldKind::Date => (Width::Medium, "text", None, false),
        FieldKind::Percentage => (Width::Short, "text", Some("decimal"), false),
        FieldKind::Number => (Width::Short, "text", Some("numeric"), false),
        // Not `email` and `url`: the browser would refuse what we keep and explain.
        FieldKind::Email => (Width::Long, "text", Some("email"), false),
        FieldKind::Url => (Width::Full, "text", Some("url"), false),
        FieldKind::Phone => (Width::Medium, "tel", None, false),
        FieldKind::Cas => (Width::Medium, "text", None, true),
        _ => (Width::Full, "text", None, false),
    }
}

/// Two inputs that make one answer; both carry the field's path as their name.
fn pair(
    asked: &AskedField<'_>,
    answers: &Answers,
    error: Option<String>,
    parts: [(&'static str, Width, &'static str, &'static str); 2],
) -> AnyView {
    let values = answers.many(&asked.key);
    let name = asked.key.clone();
    let inputs = parts.into_iter().enumerate().map(|(at, (label, width, kind, mode))| {
        let value = values.get(at).cloned().unwrap_or_default();
        let id = (at > 0).then(|| format!("{}-{}", field_id(&name), at + 1));
        let mode = (!mode.is_empty()).then_some(mode);
        view! { <TextField name=name.clone() id=id label=label value=value width=width kind=kind inputmode=mode error=(at == 0).then(|| error.clone()).flatten()/> }
    });
    let inputs = inputs.collect_view();
    let hint = asked.field.hint.clone();
    view! { <FieldGroup legend=asked.label.to_owned() hint=hint optional=!asked.required row=true>{inputs}</FieldGroup> }.into_any()
}

/// Kind of document, then its number.
fn identifier(t: &'static report::Texts, asked: &AskedField<'_>, answers: &Answers, error: Option<String>) -> AnyView {
    let values = answers.many(&asked.key);
    let name = asked.key.clone();
    let kinds = domain::question::QuestionSet::latest().identifiers.iter();
    let options = kinds.map(|kind| SelectOption { value: kind.value.clone(), label: kind.label.clone() }).collect();
    let chosen = values.first().cloned().unwrap_or_default();
    let number = values.get(1).cloned().unwrap_or_default();
    let second = format!("{}-2", field_id(&name));
    let hint = asked.field.hint.clone();
    view! {
        <FieldGroup legend=asked.label.to_owned() hint=hint optional=!asked.required row=true>
            <SelectField name=name.clone() label=t.document options=options value=chosen error=error width=Width::Medium/>
            <TextField name=name id=second label=t.document_number value=number width=Width::Medium/>
        </FieldGroup>
    }
    .into_any()
}

/// What another tab had typed into the field, each with a button to take it.
fn alternatives(t: &'static report::Texts, key: &str, texts: Vec<(u32, String)>) -> Option<AnyView> {
    if texts.is_empty() {
        return None;
    }
    let rows = texts.into_iter().map(|(number, text)| {
        let choice = format!("{number}:{key}");
        view! {
            <li>
                <bdi class="alternative__text">{text}</bdi>
                " "<button class="button button--quiet" type="submit" name="_take" value=choice>{t.take_this}</button>
            </li>
        }
    });
    let rows = rows.collect_view();
    Some(
        view! { <div class="alternative" role="note"><p>{t.other_tab}</p><ul role="list">{rows}</ul></div> }.into_any(),
    )
}

/// The lists that country and substance fields of a page offer while one types.
pub fn lists(fields: &[AskedField<'_>], shared: &Shared) -> AnyView {
    let has = |kind| fields.iter().any(|asked| asked.field.kind == kind);
    let countries = has(FieldKind::Country).then(|| {
        let values = Country::all().map(|country| country.name().to_owned()).collect();
        view! { <Suggestions id=COUNTRY_LIST values/> }
    });
    let substances =
        has(FieldKind::Substance).then(|| view! { <Suggestions id=SUBSTANCE_LIST values=shared.names.clone()/> });
    view! { {countries}{substances} }.into_any()
}
