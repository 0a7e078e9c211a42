//! Whether the service works, for people who wonder; the answer is asked anew each time the page is opened.

use domain::time::Timestamp;
use leptos::prelude::*;
use services::public::{self, Authority, Health};

use super::contacts;
use crate::{
    components::*,
    format,
    text::{
        fill,
        statements::{Texts, texts},
    },
    web::{Outcome, Page, Req},
};

/// From so many waiting mails on, people are told that mail is late.
const LATE: u64 = 50;

pub(super) async fn page(req: Req) -> Outcome {
    let health = public::health(req.ctx()).await;
    let on_duty = contacts::on_duty(&req, &contacts::authorities(&req).await);
    let status = if health == Health::Down { 503 } else { 200 };
    let (t, checked) = (texts(req.lang), req.ctx().now());
    Ok(Page::new(t.status_title, move || view(&req, health, checked, on_duty))
        .about(t.status_about)
        .status(status)
        .into())
}

fn view(req: &Req, health: Health, checked: Timestamp, on_duty: Vec<Authority>) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let (tone, title, text) = match health {
        Health::Down => (Tone::Danger, t.status_down, t.status_down_text),
        Health::Up { mail_waiting } if mail_waiting >= LATE => (Tone::Warn, t.status_slow, t.status_slow_text),
        Health::Up { .. } => (Tone::Ok, t.status_ok, t.status_ok_text),
    };
    let urgent = (health == Health::Down).then(|| contacts::urgent_strip(req, on_duty));
    let facts = vec![
        (
            t.status_checked.to_owned(),
            view! { <Moment text=format::moment(checked, "UTC") datetime=format::machine(checked)/> }.into_any(),
        ),
        (t.status_version.to_owned(), env!("CARGO_PKG_VERSION").into_any()),
    ];
    view! {
        <ReadingPage>
            <PageTitle title=t.status_title/>
            <Callout tone=tone title=title><p>{text}</p></Callout>
            {urgent}
            <DataTable id="parts" caption=t.status_caption caption_hidden=true columns=vec![Column::new(t.status_part), Column::new(t.status_state)]>
                {parts(t, health)}
            </DataTable>
            <Facts facts/>
        </ReadingPage>
    }
}

fn parts(t: &'static Texts, health: Health) -> impl IntoView {
    let (store, mail) = match health {
        Health::Up { mail_waiting } => ((Shape::Full, Tone::Ok, t.status_store_ok), mail_part(t, mail_waiting)),
        Health::Down => (
            (Shape::Struck, Tone::Danger, t.status_store_down),
            (Shape::Open, Tone::Neutral, t.status_mail_unknown.to_owned()),
        ),
    };
    let (shape, tone, word) = store;
    [
        (t.status_site, Shape::Full, Tone::Ok, t.status_site_ok.to_owned()),
        (t.status_store, shape, tone, word.to_owned()),
        (t.status_mail, mail.0, mail.1, mail.2),
    ]
    .into_iter()
    .map(|(part, shape, tone, word)| view! { <tr><th scope="row">{part}</th><td><Status shape=shape tone=tone word=word/></td></tr> })
    .collect_view()
}

fn mail_part(t: &'static Texts, waiting: u64) -> (Shape, Tone, String) {
    match waiting {
        0 => (Shape::Full, Tone::Ok, t.status_mail_none.to_owned()),
        1 => (Shape::Half, Tone::Ok, t.status_mail_one.to_owned()),
        some if some < LATE => (Shape::Half, Tone::Ok, fill(t.status_mail_some, &[("count", &some.to_string())])),
        many => (Shape::HalfAsked, Tone::Warn, fill(t.status_mail_some, &[("count", &many.to_string())])),
    }
}

#[cfg(test)]
mod tests {
    use domain::lang::Lang;

    use super::*;

    #[test]
    fn waiting_mail_is_told_in_words() {
        let t = texts(Lang::En);
        for (waiting, tone, word) in [
            (0, Tone::Ok, "Nothing waiting"),
            (1, Tone::Ok, "1 mail waiting to be sent"),
            (7, Tone::Ok, "7 mails waiting to be sent"),
            (LATE, Tone::Warn, "50 mails waiting to be sent"),
        ] {
            let part = mail_part(t, waiting);
            assert_eq!((part.1, part.2.as_str()), (tone, word));
        }
    }
}
