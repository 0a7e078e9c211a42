//! What the pages behind one-time links show.

use domain::lang::Lang;
use leptos::prelude::*;
use services::{link::Link, register::Waiting, team::Offer};

use super::password::{PasswordField, new_password};
use crate::{
    components::*,
    pages::reader::confirm_card,
    text::{
        account::{Texts, texts},
        fill,
    },
    web::{paths::with_query, typed::Typed},
};

/// The card for a link that can be used. `path` is its own address, `signed_in_as` the address of whoever has signed in.
pub(super) fn card(lang: Lang, path: &str, link: &Link, signed_in_as: Option<&str>, typed: &Typed) -> AnyView {
    match link {
        Link::Confirm(waiting) => confirm(lang, path, waiting, typed).into_any(),
        Link::Invitation(offer) if offer.has_account => known(lang, path, offer, signed_in_as, typed).into_any(),
        Link::Invitation(offer) => newcomer(lang, path, offer, typed).into_any(),
        Link::Reset { email } => reset(lang, path, email, typed).into_any(),
        Link::FirstAdministrator => first(lang, path, typed).into_any(),
        Link::Reader(reader) => confirm_card(lang, path, reader, typed).into_any(),
        Link::Address { email } => address(lang, path, email, typed).into_any(),
    }
}

fn confirm(lang: Lang, path: &str, waiting: &Waiting, typed: &Typed) -> impl IntoView + use<> {
    let t = texts(lang);
    let lead = fill(t.confirm_lead, &[("org", &waiting.org_name), ("email", &waiting.email)]);
    let form = view! {
        <form class="stack" method="post" action=path.to_owned() novalidate=true>
            {username(&waiting.email)}
            <PasswordField
                name="password" label=t.confirm_password hint=t.confirm_password_hint autocomplete="current-password"
                error=typed.error("password")
            />
            <p>{t.confirm_next}</p>
            <Button label=t.confirm_act/>
        </form>
    };
    view! {
        <AuthCard title=t.confirm_title lead errors=typed.errors() foot=warning(t).into_any()>
            {form}
            <p class="muted">{t.confirm_password_lost}</p>
        </AuthCard>
    }
}

fn newcomer(lang: Lang, path: &str, offer: &Offer, typed: &Typed) -> impl IntoView + use<> {
    let t = texts(lang);
    let title = fill(t.invite_title, &[("org", &offer.org_name)]);
    let form = view! {
        <form class="stack" method="post" action=path.to_owned() novalidate=true>
            {username(&offer.email)}
            {name_field(t, typed)}
            {new_password(lang, "password", t.choose_password, typed.error("password"))}
            <Button label=t.invite_act/>
        </form>
    };
    view! {
        <AuthCard title lead=invite_lead(t, offer) errors=typed.errors() foot=warning(t).into_any()>{form}</AuthCard>
    }
}

/// The invited address has an account: its owner joins with a press, after signing in.
fn known(lang: Lang, path: &str, offer: &Offer, signed_in_as: Option<&str>, typed: &Typed) -> impl IntoView + use<> {
    let t = texts(lang);
    let title = fill(t.invite_title, &[("org", &offer.org_name)]);
    let act = match signed_in_as {
        Some(email) if email == offer.email => {
            view! { <PostButton action=path.to_owned() label=t.invite_act/> }.into_any()
        }
        Some(other) => {
            let text = fill(t.invite_other, &[("other", other), ("email", &offer.email)]);
            let action = format!("/{}/sign-out", lang.tag());
            view! { <p>{text}</p><PostButton action label=crate::text::common::texts(lang).sign_out kind=ButtonKind::Secondary/> }
                .into_any()
        }
        None => {
            let href = with_query(&format!("/{}/sign-in", lang.tag()), "next", path);
            view! { <p>{t.invite_known}</p><LinkButton href label=t.invite_sign_in/> }.into_any()
        }
    };
    view! {
        <AuthCard title lead=invite_lead(t, offer) errors=typed.errors() foot=warning(t).into_any()>{act}</AuthCard>
    }
}

fn invite_lead(t: &'static Texts, offer: &Offer) -> String {
    fill(t.invite_lead, &[("org", &offer.org_name), ("role", offer.role.label()), ("email", &offer.email)])
}

fn reset(lang: Lang, path: &str, email: &str, typed: &Typed) -> impl IntoView + use<> {
    let t = texts(lang);
    let lead = fill(t.reset_lead, &[("email", email)]);
    let form = view! {
        <form class="stack" method="post" action=path.to_owned() novalidate=true>
            {username(email)}
            {new_password(lang, "password", t.new_password, typed.error("password"))}
            <Button label=t.reset_act/>
        </form>
    };
    view! {
        <AuthCard title=t.reset_title lead errors=typed.errors() foot=warning(t).into_any()>{form}</AuthCard>
    }
}

fn address(lang: Lang, path: &str, email: &str, typed: &Typed) -> impl IntoView + use<> {
    let t = crate::text::inbox::texts(lang);
    let lead = fill(t.address_confirm, &[("email", email)]);
    let act = view! { <PostButton action=path.to_owned() label=t.address_confirm_act/> };
    let foot = warning(texts(lang)).into_any();
    view! { <AuthCard title=t.address_confirm_title lead errors=typed.errors() foot>{act}</AuthCard> }
}

fn first(lang: Lang, path: &str, typed: &Typed) -> impl IntoView + use<> {
    let t = texts(lang);
    let form = view! {
        <form class="stack" method="post" action=path.to_owned() novalidate=true>
            <TextField
                name="installation" label=t.first_installation hint=t.first_installation_hint autocomplete="organization"
                value=typed.value("installation") error=typed.error("installation")
            />
            {name_field(t, typed)}
            <TextField
                name="email" label=t.email kind="email" autocomplete="username" value=typed.value("email")
                error=typed.error("email")
            />
            {new_password(lang, "password", t.choose_password, typed.error("password"))}
            <Button label=t.first_act/>
        </form>
    };
    view! { <AuthCard title=t.first_title lead=t.first_lead errors=typed.errors()>{form}</AuthCard> }
}

fn name_field(t: &'static Texts, typed: &Typed) -> impl IntoView + use<> {
    view! {
        <TextField
            name="name" label=t.your_name hint=t.your_name_hint autocomplete="name" value=typed.value("name")
            error=typed.error("name")
        />
    }
}

/// Password managers file the password under the name that stands in the form.
fn username(email: &str) -> impl IntoView + use<> {
    let email = email.to_owned();
    view! { <input type="hidden" name="username" autocomplete="username" value=email/> }
}

fn warning(t: &'static Texts) -> impl IntoView {
    view! { <p class="muted">{t.link_only_you}</p> }
}

/// A link that does nothing any more: what it may have been, and how to get on.
pub(super) fn dead(lang: Lang, forgot: String, register: String) -> impl IntoView {
    let t = texts(lang);
    view! {
        <ReadingPage>
            <h1>{t.link_dead_title}</h1>
            <p>{t.link_dead}</p>
            <ul>
                <li><a href=forgot>{t.link_dead_reset}</a></li>
                <li><a href=register>{t.link_dead_register}</a></li>
            </ul>
            <p>{t.link_dead_invited}</p>
        </ReadingPage>
    }
}

#[cfg(test)]
mod tests {
    use domain::access::Role;

    use super::*;
    use crate::pages::account::shown;

    fn offer(has_account: bool) -> Link {
        Link::Invitation(Offer {
            org_name: "A & B".into(),
            role: Role::CompanyOfficer,
            email: "new@b.example".into(),
            has_account,
        })
    }

    fn html(link: Link, signed_in_as: Option<&'static str>) -> String {
        shown(move || card(Lang::En, "/en/link/t", &link, signed_in_as, &Typed::default()))
    }

    #[test]
    fn a_newcomer_chooses_name_and_password() {
        let html = html(offer(false), None);
        for part in [
            "name=\"name\"",
            "autocomplete=\"new-password\"",
            "Join A &amp; B",
            "Compliance officer",
            "action=\"/en/link/t\"",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
    }

    #[test]
    fn an_account_joins_after_signing_in_as_itself() {
        let stranger = html(offer(true), None);
        assert!(stranger.contains("/en/sign-in?next=%2Fen%2Flink%2Ft") && !stranger.contains("<form"), "{stranger}");
        let owner = html(offer(true), Some("new@b.example"));
        assert!(owner.contains("action=\"/en/link/t\"") && !owner.contains("password"), "{owner}");
        let other = html(offer(true), Some("other@b.example"));
        assert!(other.contains("/en/sign-out") && !other.contains("action=\"/en/link/t\""), "{other}");
    }

    #[test]
    fn confirming_asks_for_the_password_of_the_application() {
        let waiting = Waiting { org_name: "Org".into(), email: "a@b.example".into() };
        let html = html(Link::Confirm(waiting), None);
        assert!(html.contains("autocomplete=\"current-password\"") && html.contains("a@b.example"), "{html}");
    }

    #[test]
    fn the_first_administrator_names_the_installation() {
        assert!(html(Link::FirstAdministrator, None).contains("name=\"installation\""));
        assert!(html(Link::Reset { email: "a@b.example".into() }, None).contains("autocomplete=\"new-password\""));
    }
}
