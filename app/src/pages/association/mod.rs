//! The association's workspace: what it can do here, how it passes on a member's concern, and the public list of red
//! flags. It never sees reports.

mod lists;
mod red_flags;

use domain::access::{Action, Membership};
use leptos::prelude::*;
use services::public::{self, Authority};

use crate::{
    components::*,
    pages::account::country_name,
    routes::{Route, get, post},
    text::association::{Texts, texts},
    web::{Outcome, Page, Req},
};

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    let share = Action::ShareLists;
    vec![
        get("/{lang}/n/{org}/", Action::ViewAssociation, home),
        get("/{lang}/n/{org}/lists", share, lists::page),
        post("/{lang}/n/{org}/lists", share, lists::add).with_files(),
        get("/{lang}/n/{org}/lists/{list}", share, lists::list),
        post("/{lang}/n/{org}/lists/{list}/load", share, lists::load).with_files(),
        post("/{lang}/n/{org}/lists/{list}/offer", share, lists::offered),
        post("/{lang}/n/{org}/lists/{list}/versions/{edition}", share, lists::activate),
        post("/{lang}/n/{org}/lists/{list}/members/{share}/end", share, lists::end),
        get("/{lang}/red-flags", Action::ViewPublic, red_flags::page),
    ]
}

/// The association's first page.
async fn home(req: Req) -> Outcome {
    let authorities = public::authorities(req.ctx()).await?;
    let member = req.workspace()?.clone();
    let title = format!("{} – {}", texts(req.lang).title, member.org_name);
    Page::new(title, move || overview(&req, &member, authorities)).into()
}

fn overview(req: &Req, member: &Membership, authorities: Vec<Authority>) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let fields = vec![
        LabelField::text(t.country, country_name(&member.country)),
        LabelField::text(t.your_role, member.role.label()),
    ];
    let doors = vec![
        LinkRow::new(t.substances, req.to("/substances")).text(t.substances_text),
        LinkRow::new(t.red_flags, req.to("/red-flags")).text(t.red_flags_text),
        LinkRow::new(t.lists, req.here("/lists")).text(t.lists_text),
        LinkRow::new(t.team, req.here("/team")).text(t.team_text),
    ];
    let (title, register) = (member.org_name.clone(), req.to("/register"));
    view! {
        <FormPage aside=aside(t).into_any() aside_label=t.privacy_title>
            <LabelHeader kind=t.kind title fields/>
            <Panel title=t.do_title title_id="do">
                <p>{t.lead}</p>
                <LinkRows rows=doors labelled_by="do"/>
            </Panel>
            {concern(t, register, authorities)}
        </FormPage>
    }
}

/// What to tell a member who is worried about an order.
fn concern(t: &'static Texts, register: String, authorities: Vec<Authority>) -> impl IntoView {
    view! {
        <Panel title=t.concern_title>
            <ol class="points">
                <li>{t.concern_1}</li>
                <li>{t.concern_2}" "<a href=register>{t.concern_register}</a></li>
                <li>{t.concern_3}</li>
            </ol>
            {phones(t, authorities)}
        </Panel>
    }
}

fn phones(t: &'static Texts, authorities: Vec<Authority>) -> AnyView {
    if authorities.is_empty() {
        return view! { <p>{t.no_authority}</p> }.into_any();
    }
    let columns = vec![Column::new(t.country), Column::new(t.authority), Column::new(t.phone)];
    let rows = authorities
        .into_iter()
        .map(|authority| {
            view! {
                <tr>
                    <th scope="row">{authority.country.name()}</th>
                    <td><bdi>{authority.name}</bdi></td>
                    <td>{phone_link(&authority.phone).unwrap_or_else(|| t.no_phone.into_any())}</td>
                </tr>
            }
        })
        .collect_view();
    view! { <DataTable id="phones" caption=t.phones columns>{rows}</DataTable> }.into_any()
}

/// A telephone number to press; none where none is on record.
pub(crate) fn phone_link(phone: &str) -> Option<AnyView> {
    let digits: String = phone.chars().filter(|sign| sign.is_ascii_digit() || *sign == '+').collect();
    let shown = phone.to_owned();
    (!digits.is_empty()).then(|| view! { <a href=format!("tel:{digits}") dir="ltr">{shown}</a> }.into_any())
}

fn aside(t: &'static Texts) -> impl IntoView {
    view! { <Callout tone=Tone::Info title=t.privacy_title><p>{t.privacy}</p></Callout> }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use domain::{country::Country, lang::Lang};

    use super::*;
    use crate::pages::account::shown;

    #[test]
    fn members_are_led_to_the_authority() {
        let t = texts(Lang::En);
        let one = |phone: &str| Authority {
            country: Country::parse("NL").unwrap(),
            name: "Desk & Co".into(),
            phone: phone.into(),
        };
        let html = shown(move || concern(t, "/en/register".into(), vec![one("+31 (0)70 555 0100"), one("")]));
        assert!(
            html.contains("tel:+310705550100") && html.contains("Desk &amp; Co") && html.contains(t.no_phone),
            "{html}"
        );
        assert!(shown(move || concern(t, "/en/register".into(), Vec::new())).contains(t.no_authority));
    }
}
