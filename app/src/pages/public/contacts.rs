//! Whom to call when it cannot wait: on the start page, before a report, in the help, on paper.
//!
//! A silent database must not take these pages down: they then say where else the number is found.

use domain::{lang::Lang, organisation::OrgKind};
use leptos::prelude::*;
use services::public::{self, Authority};

use crate::{
    components::*,
    text::{fill, public::texts, statements},
    web::Req,
};

/// The authorities that receive reports here; none if the database does not answer.
pub(super) async fn authorities(req: &Req) -> Vec<Authority> {
    public::authorities(req.ctx()).await.unwrap_or_default()
}

/// Those that can be called; for people of companies, their own country's where it has a number.
pub(super) fn on_duty(req: &Req, authorities: &[Authority]) -> Vec<Authority> {
    let all: Vec<_> = authorities.iter().filter(|authority| !authority.phone.is_empty()).cloned().collect();
    let companies = || req.principal.memberships.iter().filter(|member| member.kind == OrgKind::Company);
    let own = |authority: &&Authority| companies().any(|member| member.country == authority.country.code());
    let own: Vec<_> = all.iter().filter(own).cloned().collect();
    if own.is_empty() { all } else { own }
}

/// More numbers than these are looked up in the help.
const MOST: usize = 6;

/// The strip: one number large, several as a list, many as a link, none with the advice where to look.
pub(super) fn urgent_strip(req: &Req, on_duty: Vec<Authority>) -> AnyView {
    let t = texts(req.lang);
    match on_duty.as_slice() {
        [] => view! {
            <p class="urgent"><Glyph icon=Icon::Phone/><span class="urgent__text"><b>{t.urgent_title}</b>" "{t.urgent_none}</span></p>
        }
        .into_any(),
        [one] => {
            let text = fill(t.urgent_text, &[("authority", &one.name)]);
            view! { <UrgentStrip title=t.urgent_title text=text phone=one.phone.clone()/> }.into_any()
        }
        many if many.len() > MOST => {
            let href = format!("{}#urgent", req.to("/help"));
            view! {
                <p class="urgent">
                    <Glyph icon=Icon::Phone/>
                    <span class="urgent__text"><b>{t.urgent_title}</b>" "{t.urgent_many}</span>
                    <a class="urgent__phone" href=href>{t.urgent_all}</a>
                </p>
            }
            .into_any()
        }
        _ => view! {
            <div class="urgent urgent--many">
                <p class="urgent__line"><Glyph icon=Icon::Phone/><span class="urgent__text"><b>{t.urgent_title}</b>" "{t.urgent_many}</span></p>
                <ul class="urgent__numbers" role="list">{on_duty.into_iter().map(number).collect_view()}</ul>
            </div>
        }
        .into_any(),
    }
}

fn number(authority: Authority) -> impl IntoView {
    view! {
        <li>
            <span class="urgent__country">{authority.country.name()}<span class="unseen">", "<bdi>{authority.name}</bdi></span></span>
            {phone_link(&authority.phone)}
        </li>
    }
}

/// Every number with its authority and country.
pub(super) fn phone_table(lang: Lang, id: &'static str, on_duty: Vec<Authority>) -> AnyView {
    let t = statements::texts(lang);
    if on_duty.is_empty() {
        return view! { <p>{t.urgent_none}</p> }.into_any();
    }
    let columns = [t.urgent_country, t.urgent_authority, t.urgent_phone].map(Column::new).to_vec();
    let rows = on_duty.into_iter().map(|authority| {
        let phone = phone_link(&authority.phone);
        view! { <tr><th scope="row">{authority.country.name()}</th><td><bdi>{authority.name}</bdi></td><td>{phone}</td></tr> }
    });
    view! { <DataTable id=id caption=t.phones_caption caption_hidden=true columns=columns>{rows.collect_view()}</DataTable> }.into_any()
}

fn phone_link(phone: &str) -> impl IntoView + use<> {
    let digits: String = phone.chars().filter(|sign| sign.is_ascii_digit() || *sign == '+').collect();
    view! { <a class="urgent__phone" href=format!("tel:{digits}") dir="ltr">{phone.to_owned()}</a> }
}

/// The contact of the installation as it is read: without the scheme.
pub(super) fn contact_text(contact: &str) -> &str {
    contact.strip_prefix("mailto:").or_else(|| contact.strip_prefix("https://")).unwrap_or(contact)
}

/// A sentence with the contact of the installation as a link in the place `{contact}`.
pub(super) fn with_contact(sentence: &'static str, contact: &str) -> AnyView {
    let (before, after) = sentence.split_once("{contact}").unwrap_or((sentence, ""));
    let (href, text) = (contact.to_owned(), contact_text(contact).to_owned());
    view! { {before}<a href=href dir="ltr">{text}</a>{after} }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contact_is_read_without_its_scheme() {
        assert_eq!(contact_text("mailto:help@example.org"), "help@example.org");
        assert_eq!(contact_text("https://example.org/help"), "example.org/help");
        assert_eq!(contact_text("+31 20 555 01 10"), "+31 20 555 01 10");
    }
}
