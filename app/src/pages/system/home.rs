//! The state of the installation.

use leptos::prelude::*;
use services::{
    Config,
    organisation::{self, Installation},
    outbox::{self, Overview},
};

use crate::{
    components::*,
    text::system::{Texts, texts},
    web::{Outcome, Page, Req},
};

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let installation = organisation::installation(req.ctx(), &req.principal).await?;
    let mail = outbox::overview(req.ctx(), &req.principal).await?;
    let t = texts(req.lang);
    let title = format!("{} – {}", t.title, req.workspace()?.org_name);
    Page::new(title, move || {
        let config = &req.ctx().config;
        whole(t, &req.here(""), &installation, &mail, config, req.ctx().db.is_embedded())
    })
    .into()
}

fn whole(
    t: &'static Texts,
    base: &str,
    installation: &Installation,
    mail: &Overview,
    config: &Config,
    is_embedded: bool,
) -> impl IntoView + use<> {
    let parts = view! {
        {banner(t, base, installation, mail)}
        <PageTitle title=t.title lead=t.lead/>
        {figures(t, base, installation, mail)}
        {facts(t, mail, config, is_embedded)}
        <p><a href=format!("{base}/state")>{t.state_link}</a></p>
    };
    view! { <FormPage>{parts}</FormPage> }
}

/// The one thing that asks for attention first.
fn banner(t: &'static Texts, base: &str, installation: &Installation, mail: &Overview) -> Option<AnyView> {
    let link = |path: &str, label: &'static str| {
        let href = format!("{base}{path}");
        view! { <a href=href>{label}</a> }
    };
    if installation.authorities.is_empty() {
        let body = view! { <p>{t.no_authority}</p><p>{link("/organisations/new-authority", t.new_authority)}</p> };
        return Some(view! { <Banner tone=Tone::Info title=t.no_authority_title body=body.into_any()/> }.into_any());
    }
    if !mail.dead.is_empty() {
        let body = view! { <p>{t.dead_body}" "{link("/mail", t.mail_link)}</p> };
        return Some(view! { <Banner tone=Tone::Danger title=t.dead_title body=body.into_any()/> }.into_any());
    }
    mail.to_files.then(|| {
        let body = view! { <p>{t.file_mail}</p> };
        view! { <Banner tone=Tone::Warn title=t.file_mail_title body=body.into_any()/> }.into_any()
    })
}

fn figures(t: &'static Texts, base: &str, installation: &Installation, mail: &Overview) -> impl IntoView + use<> {
    let stat = |value: String, label: &str, path: Option<&str>| Stat {
        value,
        label: label.to_owned(),
        note: None,
        href: path.map(|path| format!("{base}{path}")),
    };
    let organisations = Some("/organisations");
    let stats = vec![
        stat(installation.authorities.len().to_string(), t.authorities, organisations),
        stat(installation.associations.len().to_string(), t.associations, organisations),
        stat(installation.companies.to_string(), t.companies, None),
        stat(mail.waiting.to_string(), t.mail_waiting, Some("/mail")),
        stat(mail.sent.to_string(), t.mail_sent, Some("/mail")),
        stat(mail.dead.len().to_string(), t.mail_dead, Some("/mail")),
    ];
    view! { <Stats stats/> }
}

fn facts(t: &'static Texts, mail: &Overview, config: &Config, is_embedded: bool) -> impl IntoView + use<> {
    let text = |text: &str| {
        let text = text.to_owned();
        view! { <bdi>{text}</bdi> }.into_any()
    };
    let address = config.base_url.clone();
    let mut facts = vec![
        (t.version.to_owned(), text(env!("CARGO_PKG_VERSION"))),
        (t.database.to_owned(), text(if is_embedded { t.database_file } else { t.database_server })),
        (
            t.address.to_owned(),
            view! { <bdi dir="ltr">{address}</bdi><br/><span class="muted">{t.address_note}</span> }.into_any(),
        ),
        (t.demo.to_owned(), text(if config.demo { t.demo_yes } else { t.demo_no })),
        (t.mail_route.to_owned(), text(mail.route.as_deref().unwrap_or(t.mail_route_none))),
    ];
    facts.extend(mail.trouble.as_deref().map(|trouble| (t.mail_trouble.to_owned(), text(trouble))));
    view! { <Facts facts/> }
}

#[cfg(test)]
mod tests {
    use domain::lang::Lang;

    use super::*;
    use crate::pages::account::shown;

    fn html(mail: Overview, authorities: usize) -> String {
        let installation = Installation {
            authorities: std::iter::repeat_with(super::super::organisations::sample).take(authorities).collect(),
            associations: Vec::new(),
            companies: 12,
        };
        let config = Config {
            base_url: "https://forerunner.example".into(),
            data_dir: "/data".into(),
            pepper: [0; 32],
            demo: false,
        };
        shown(move || whole(texts(Lang::En), "/en/s/x", &installation, &mail, &config, true))
    }

    fn mail(to_files: bool) -> Overview {
        let route = Some("files in /data/mail".to_owned());
        Overview {
            route,
            to_files,
            waiting: 3,
            queue: Vec::new(),
            trouble: None,
            sent: 40,
            dead: Vec::new(),
            bounced: 0,
            broken: Vec::new(),
        }
    }

    #[test]
    fn what_matters_most_is_said_first() {
        let t = texts(Lang::En);
        let empty = html(mail(true), 0);
        assert!(empty.contains(t.no_authority_title) && !empty.contains(t.file_mail_title), "{empty}");
        let files = html(mail(true), 1);
        assert!(files.contains(t.file_mail_title) && files.contains("files in /data/mail"), "{files}");
        let sent = html(mail(false), 1);
        assert!(!sent.contains("class=\"banner\""), "{sent}");
    }
}
