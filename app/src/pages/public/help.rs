//! Help: questions and answers by the moment in which they come up, the telephone first.

use domain::lang::Lang;
use leptos::prelude::*;
use services::public::Authority;

use super::contacts;
use crate::{
    components::*,
    text::statements::{Texts, texts},
    web::{Outcome, Page, Req},
};

pub(super) async fn page(req: Req) -> Outcome {
    let t = texts(req.lang);
    let on_duty = contacts::on_duty(&req, &contacts::authorities(&req).await);
    let data = machine(parts(t));
    Page::new(t.help_title, move || view(&req, on_duty)).about(t.help_lead).data(data).into()
}

/// Questions and answers in the words of schema.org.
fn machine(parts: Vec<(&'static str, &'static str, Vec<Answered>)>) -> serde_json::Value {
    let answered = parts.into_iter().flat_map(|(_, _, answers)| answers);
    let questions: Vec<_> = answered
        .map(|(question, answer)| {
            let answer = serde_json::json!({ "@type": "Answer", "text": answer });
            serde_json::json!({ "@type": "Question", "name": question, "acceptedAnswer": answer })
        })
        .collect();
    serde_json::json!({ "@context": "https://schema.org", "@type": "FAQPage", "mainEntity": questions })
}

/// Question and answer.
type Answered = (&'static str, &'static str);

/// Anchor, title and answers of each part.
pub(super) fn parts(t: &'static Texts) -> Vec<(&'static str, &'static str, Vec<Answered>)> {
    vec![
        (
            "reporting",
            t.reporting,
            vec![
                (t.reporting_sure_q, t.reporting_sure_a),
                (t.reporting_must_q, t.reporting_must_a),
                (t.reporting_deliver_q, t.reporting_deliver_a),
                (t.reporting_tell_q, t.reporting_tell_a),
                (t.reporting_quick_q, t.reporting_quick_a),
                (t.reporting_unknown_q, t.reporting_unknown_a),
                (t.reporting_cas_q, t.reporting_cas_a),
                (t.reporting_lost_q, t.reporting_lost_a),
                (t.reporting_paper_q, t.reporting_paper_a),
            ],
        ),
        (
            "after",
            t.after,
            vec![
                (t.after_ref_q, t.after_ref_a),
                (t.after_receipt_q, t.after_receipt_a),
                (t.after_next_q, t.after_next_a),
                (t.after_more_q, t.after_more_a),
                (t.after_wrong_q, t.after_wrong_a),
                (t.after_who_q, t.after_who_a),
            ],
        ),
        (
            "accounts",
            t.accounts,
            vec![
                (t.accounts_apply_q, t.accounts_apply_a),
                (t.accounts_password_q, t.accounts_password_a),
                (t.accounts_forgot_q, t.accounts_forgot_a),
                (t.accounts_mail_q, t.accounts_mail_a),
                (t.accounts_role_q, t.accounts_role_a),
            ],
        ),
    ]
}

fn view(req: &Req, on_duty: Vec<Authority>) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let parts = parts(t);
    let mut contents = vec![("urgent", t.urgent)];
    contents.extend(parts.iter().map(|(id, title, _)| (*id, *title)));
    contents.push(("keyboard", t.keyboard));
    let phones = contacts::phone_table(req.lang, "phones", on_duty);
    let contact = contacts::with_contact("{contact}", &req.app.contact);
    let answers = parts.into_iter().map(|(id, title, answers)| part(id, title, answers)).collect_view();
    let keyboard = keyboard(req.lang);
    view! {
        <FormPage aside=contents_view(t, contents) aside_label=t.help_contents>
            <PageTitle title=t.help_title lead=t.help_lead/>
            <section class="stack" id="urgent" aria-labelledby="urgent-title">
                <h2 id="urgent-title">{t.urgent}</h2>
                <p>{t.urgent_lead}</p>
                {phones}
                <p>{t.urgent_contact}" "{contact}</p>
            </section>
            {answers}
            {keyboard}
        </FormPage>
    }
}

fn contents_view(t: &'static Texts, contents: Vec<(&'static str, &'static str)>) -> AnyView {
    let entries = contents.into_iter().map(|(id, title)| view! { <li><a href=format!("#{id}")>{title}</a></li> });
    view! {
        <nav class="contents" aria-label=t.help_contents>
            <p class="contents__title">{t.help_contents}</p>
            <ul role="list">{entries.collect_view()}</ul>
        </nav>
    }
    .into_any()
}

fn part(id: &'static str, title: &'static str, answers: Vec<Answered>) -> impl IntoView {
    let heading = format!("{id}-title");
    let labelled_by = heading.clone();
    let answers =
        answers.into_iter().map(|(question, answer)| view! { <Details summary=question><p>{answer}</p></Details> });
    view! {
        <section class="answers" id=id aria-labelledby=labelled_by><h2 id=heading>{title}</h2>{answers.collect_view()}</section>
    }
}

fn keyboard(lang: Lang) -> impl IntoView {
    let t = texts(lang);
    let keys = [
        (t.key_tab, t.key_tab_does),
        (t.key_enter, t.key_enter_does),
        (t.key_arrows, t.key_arrows_does),
        (t.key_combo, t.key_combo_does),
        (t.key_print, t.key_print_does),
    ];
    let terms = keys.map(|(key, does)| (key.to_owned(), does.to_owned())).to_vec();
    view! {
        <section class="stack" id="keyboard" aria-labelledby="keyboard-title">
            <h2 id="keyboard-title">{t.keyboard}</h2>
            <p>{t.keyboard_lead}</p>
            <Glossary terms/>
        </section>
    }
}
