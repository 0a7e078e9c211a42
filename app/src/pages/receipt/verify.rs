//! The check page, for everybody. The island checks in the browser; the form does it without one. Like every form it
//! stores first and answers with a redirect, so that a reload asks nothing again.

use domain::{
    lang::Lang,
    receipt::{self, KeyRecord},
};
use leptos::prelude::*;
use services::{receipt as receipts, stash};

use crate::{
    components::*,
    islands::receipt_check::{CheckWords, FIELD, FORM, ReceiptCheck},
    text::receipt::{Texts, texts},
    web::{
        Outcome, Page, Reply, Req, cookie,
        paths::with_query,
        typed::{self, Typed},
    },
};

/// Under which name what was pasted is kept.
const RECEIPT: &str = "receipt";

/// The page; with the result for what was pasted, where something was.
pub(super) async fn page(req: Req) -> Outcome {
    let keys = receipts::keys(req.ctx()).await?;
    let pasted = match req.query.has("checked") {
        true => Some(Typed::open(&req, RECEIPT).await?.value(FIELD)),
        false => None,
    };
    let refused = pasted.as_deref().is_some_and(|text| receipt::check_any(text, &keys).is_err());
    let t = texts(req.lang);
    Page::new(t.title, move || view(&req, keys, pasted)).errors(refused).about(t.lead).with_islands().into()
}

/// Takes what was pasted; the page shows the result.
pub(super) async fn check(req: Req) -> Outcome {
    let pasted = typed::answers(&req.form).only(|field| field == FIELD);
    let token = stash::keep(req.ctx(), req.cookie(cookie::STASH), RECEIPT, &pasted, &[]).await?;
    Ok(Reply::to_with(with_query(&req.to("/verify"), "checked", "1"), cookie::stash(&token)))
}

/// The keys for programs: not for caches, since a receipt may be newer than an hour.
pub(super) async fn keys(req: Req) -> Outcome {
    Reply::json(&serde_json::json!({ "algorithm": "Ed25519", "keys": receipts::keys(req.ctx()).await? }), false)
}

fn view(req: &Req, keys: Vec<KeyRecord>, pasted: Option<String>) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let value = pasted.clone().unwrap_or_default();
    let listed = listed(t, &keys);
    let (json, certificates) = (req.to("/data/receipt-keys.json"), req.to("/verify/certificate"));
    view! {
        <ReadingPage>
            <PageTitle title=t.title lead=t.lead/>
            <ReceiptCheck keys words=words(req.lang) first=pasted/>
            <form class="stack" method="post" action=req.to("/verify") id=FORM>
                <TextArea name=FIELD label=t.label hint=t.hint value rows=9/>
                <Button label=t.act/>
            </form>
            <p><a href=certificates>{crate::text::learning::texts(req.lang).verify_link}</a></p>
            <section class="stack" aria-labelledby="proves">
                <h2 id="proves">{t.proves_title}</h2>
                <p>{t.proves}</p>
                <p>{t.proves_not}</p>
                <p>{t.offline}</p>
            </section>
            <section class="stack" aria-labelledby="keys">
                <h2 id="keys">{t.keys_title}</h2>
                <p>{t.keys_lead}</p>
                {listed}
                <p><a href=json>{t.keys_file}</a></p>
            </section>
        </ReadingPage>
    }
}

fn listed(t: &'static Texts, keys: &[KeyRecord]) -> AnyView {
    if keys.is_empty() {
        return view! { <p class="muted">{t.keys_none}</p> }.into_any();
    }
    let columns = vec![Column::new(t.key_column), Column::new(t.since_column), Column::new(t.until_column)];
    let row = |record: &KeyRecord| {
        let until = record.until.map_or_else(|| t.in_use.to_owned(), |until| until.in_words());
        let (key, since) = (record.key.to_string(), record.since.in_words());
        view! { <tr><th scope="row"><bdi class="ref ref--long" dir="ltr">{key}</bdi></th><td>{since}</td><td>{until}</td></tr> }
    };
    let rows = keys.iter().map(row).collect_view();
    view! { <DataTable id="receipt-keys" caption=t.keys_caption caption_hidden=true columns=columns>{rows}</DataTable> }
        .into_any()
}

fn words(lang: Lang) -> CheckWords {
    let t = texts(lang);
    let text = |text: &str| text.to_owned();
    CheckWords {
        file: text(t.file),
        file_hint: text(t.file_hint),
        genuine_title: text(t.genuine_title),
        genuine: text(t.genuine),
        genuine_notice: text(t.genuine_notice),
        checked: text(t.checked),
        report: text(t.report),
        version: text(t.version),
        sent: text(t.sent),
        authority: text(t.authority),
        company: text(t.company),
        notice: text(t.notice),
        revision: text(t.revision),
        publisher: text(t.publisher),
        published: text(t.published),
        fingerprint: text(t.fingerprint),
        key: text(t.key),
        not_genuine_title: text(t.not_genuine_title),
        changed: text(t.changed),
        unknown_key: text(t.unknown_key),
        out_of_time: text(t.out_of_time),
        unreadable_title: text(t.unreadable_title),
        empty: text(t.empty),
        no_receipt: text(t.no_receipt),
        other_format: text(t.other_format),
        line: text(t.line),
    }
}
