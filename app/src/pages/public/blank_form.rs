//! All questions of a report as an empty sheet: for the telephone, for a broken connection, for those without a computer.
//!
//! It is made from the same question set as the form on the screen, so the two cannot drift.

use domain::question::{Field, FieldKind, Page as Asked, QuestionSet, Section};
use leptos::prelude::*;
use services::public::Authority;

use super::contacts;
use crate::{
    components::*,
    text::{
        fill,
        statements::{Texts, texts},
    },
    web::{Outcome, Page, Req},
};

pub(super) async fn page(req: Req) -> Outcome {
    let t = texts(req.lang);
    let on_duty = contacts::on_duty(&req, &contacts::authorities(&req).await);
    let mut page = Page::new(t.blank_title, move || view(&req, on_duty)).about(t.blank_lead);
    page.print_title = Some(t.blank_title.to_owned());
    page.into()
}

fn view(req: &Req, on_duty: Vec<Authority>) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let set = QuestionSet::latest();
    let who =
        [t.blank_company, t.blank_person, t.blank_reference].into_iter().map(|label| line(label, 1)).collect_view();
    let phones = contacts::phone_table(req.lang, "phones", on_duty);
    view! {
        <FormPage>
            <PageTitle title=t.blank_title lead=t.blank_lead caption=fill(t.blank_version, &[("version", &set.version)])/>
            <p class="no-print">{t.blank_print}</p>
            <Callout tone=Tone::Warn title=t.blank_quiet><p>{t.blank_send}</p></Callout>
            <section class="stack" aria-labelledby="phones-title">
                <h2 id="phones-title">{t.blank_phones}</h2>
                {phones}
            </section>
            <div class="blank blank__fields">{who}</div>
            {set.sections.iter().enumerate().map(|(index, part)| section(t, set, index + 1, part)).collect_view()}
        </FormPage>
    }
}

fn section(t: &'static Texts, set: &'static QuestionSet, number: usize, section: &'static Section) -> impl IntoView {
    let heading = format!("part-{number}");
    let labelled_by = heading.clone();
    let asked: Vec<_> = section.pages.iter().filter(|page| page.lists.is_none()).collect();
    let pages = asked.iter().enumerate().map(|(index, page)| {
        let next = asked.get(index + 1).and_then(|next| next.group.as_ref());
        let ends_group = page.group.is_some() && page.group.as_ref() != next;
        question(t, set, page, ends_group)
    });
    view! {
        <section class="blank" aria-labelledby=labelled_by>
            <h2 class="blank__part" id=heading><span class="blank__number">{number.to_string()}</span>{section.title.clone()}</h2>
            {pages.collect_view()}
        </section>
    }
}

fn question(t: &'static Texts, set: &'static QuestionSet, page: &'static Asked, ends_group: bool) -> impl IntoView {
    // Where the only field repeats the heading, asking once is enough.
    let alone = page.fields.len() == 1 && page.fields[0].label == page.title;
    view! {
        <div class="blank__question">
            <h3 class="blank__title">
                {page.title.clone()}
                {page.when.is_some().then(|| view! { " "<span class="blank__note">{t.blank_only}</span> })}
            </h3>
            {page.hint.clone().map(|hint| view! { <p class="blank__hint">{hint}</p> })}
            <div class="blank__fields">{page.fields.iter().map(|field| answer(t, set, field, alone)).collect_view()}</div>
            {ends_group.then(|| view! { <p class="blank__note">{t.blank_more}</p> })}
        </div>
    }
}

fn answer(t: &'static Texts, set: &'static QuestionSet, field: &'static Field, label_hidden: bool) -> AnyView {
    let label = if label_hidden { String::new() } else { field.label.clone() };
    let boxes = |some: bool, options: Vec<String>| choices(t, label.clone(), some, options);
    let options = || field.options.iter().map(|option| option.label.clone()).collect();
    match field.kind {
        FieldKind::Choice => boxes(false, options()),
        FieldKind::Choices => boxes(true, options()),
        FieldKind::YesNo => boxes(false, vec![set.yes.clone(), set.no.clone()]),
        FieldKind::Datetime => parts(label, &[t.blank_day, t.blank_time]),
        FieldKind::Date => parts(label, &[t.blank_day]),
        FieldKind::Money => parts(label, &[t.blank_money]),
        FieldKind::Identifier => parts(label, &[t.blank_document]),
        FieldKind::Quantity => parts(label, &[t.blank_unit]),
        FieldKind::LongText => line(label, rows(field)),
        _ => line(label, 1),
    }
}

/// Ruled lines for a text: more where the form takes more.
fn rows(field: &Field) -> usize {
    match field.max {
        Some(0..=2_000) => 2,
        Some(2_001..=5_000) => 4,
        _ => 7,
    }
}

fn line(label: impl Into<String>, rows: usize) -> AnyView {
    let label: String = label.into();
    let lines = std::iter::repeat_with(|| view! { <div class="blank__line"></div> }).take(rows);
    let label = (!label.is_empty()).then(|| view! { <p class="blank__label">{label}</p> });
    let class = if rows == 1 { "blank__field blank__field--short" } else { "blank__field" };
    view! { <div class=class>{label}{lines.collect_view()}</div> }.into_any()
}

/// Lines side by side, each with a small word under it.
fn parts(label: String, under: &[&'static str]) -> AnyView {
    let label = (!label.is_empty()).then(|| view! { <p class="blank__label">{label}</p> });
    let parts = under.iter().map(|word| {
        view! { <div class="blank__piece"><div class="blank__line"></div><p class="blank__under">{*word}</p></div> }
    });
    view! { <div class="blank__field">{label}<div class="blank__pieces">{parts.collect_view()}</div></div> }.into_any()
}

fn choices(t: &'static Texts, label: String, some: bool, options: Vec<String>) -> AnyView {
    let (class, how) = if some { ("blank__box", t.blank_some) } else { ("blank__box blank__box--one", t.blank_one) };
    let options = options.into_iter().map(|option| {
        view! { <li><span class=class aria-hidden="true"></span><span>{option}</span></li> }
    });
    let label = (!label.is_empty()).then(|| view! { {label}" " });
    view! {
        <div class="blank__field">
            <p class="blank__label">{label}<span class="blank__note">{how}</span></p>
            <ul class="blank__choices" role="list">{options.collect_view()}</ul>
        </div>
    }
    .into_any()
}
