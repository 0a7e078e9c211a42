//! The association's workspace: what it can do here, how it passes on a member's concern, and the public list of red
//! flags. It never sees reports.

mod calendar;
mod desk;
mod lists;
mod members;
mod questions;
mod red_flags;
mod sector;

use domain::access::{Action, Membership};
use leptos::prelude::*;
use services::association::contacts::{self, Contact};

pub(crate) use questions::answered;

use crate::{
    components::*,
    format,
    pages::account::country_name,
    routes::{Route, get, post},
    text::association::{Texts, texts},
    web::{Outcome, Page, Req},
};

/// The rows of this area.
pub(crate) fn routes() -> Vec<Route> {
    let share = Action::ShareLists;
    let (members, answer, keep) = (Action::ManageMembers, Action::AnswerMembers, Action::KeepCalendar);
    let (sign, read) = (Action::SignAnswers, Action::ReadAssociations);
    vec![
        get("/{lang}/n/{org}/members", members, members::page),
        post("/{lang}/n/{org}/members", members, members::invited),
        post("/{lang}/n/{org}/members/file", members, members::file).with_files(),
        post("/{lang}/n/{org}/members/{membership}/end", members, members::end),
        get("/{lang}/n/{org}/questions", answer, questions::list),
        get("/{lang}/n/{org}/questions/{question}", answer, questions::page),
        post("/{lang}/n/{org}/questions/{question}/draft", answer, questions::draft),
        post("/{lang}/n/{org}/questions/{question}/decline", answer, questions::decline),
        get("/{lang}/n/{org}/sector", Action::ReadSector, sector::page),
        get("/{lang}/n/{org}/calendar", keep, calendar::page),
        post("/{lang}/n/{org}/calendar", keep, calendar::add),
        get("/{lang}/n/{org}/calendar.ics", keep, calendar::file),
        post("/{lang}/n/{org}/calendar/{event}/remove", keep, calendar::remove),
        get("/{lang}/c/{org}/calendar", read, calendar::page),
        get("/{lang}/c/{org}/calendar.ics", read, calendar::file),
        get("/{lang}/a/{org}/associations", sign, desk::page),
        post("/{lang}/a/{org}/associations/approval", Action::RequireApproval, desk::require),
        get("/{lang}/a/{org}/answers/{question}", sign, desk::answer),
        post("/{lang}/a/{org}/answers/{question}/sign", sign, desk::sign),
        post("/{lang}/a/{org}/answers/{question}/back", sign, desk::back),
        get("/{lang}/answers", Action::ViewPublic, desk::public),
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
    let learn = crate::pages::learning::to_do(&req).await?;
    let member = req.workspace()?.clone();
    let contacts = contacts::list(req.ctx(), &req.principal, member.org).await?;
    let title = format!("{} – {}", texts(req.lang).title, member.org_name);
    Page::new(title, move || overview(&req, &member, learn, &contacts)).into()
}

fn overview(req: &Req, member: &Membership, learn: Option<Stat>, contacts: &[Contact]) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let fields = vec![
        LabelField::text(t.country, country_name(&member.country)),
        LabelField::text(t.your_role, member.role.label()),
    ];
    let doors = [
        (Action::ReadNotices, t.notices, req.here("/notices"), t.notices_text),
        (Action::ManageMembers, t.members, req.here("/members"), t.members_text),
        (Action::AnswerMembers, t.questions, req.here("/questions"), t.questions_text),
        (Action::RunConsultations, t.consultations, req.here("/consultations"), t.consultations_text),
        (Action::KeepCalendar, t.calendar, req.here("/calendar"), t.calendar_text),
        (Action::ReadSector, t.sector, req.here("/sector"), t.sector_text),
        (Action::ViewPublic, t.substances, req.to("/substances"), t.substances_text),
        (Action::ViewPublic, t.red_flags, req.to("/red-flags"), t.red_flags_text),
        (Action::PassOnConcerns, t.concerns, req.here("/concerns"), t.concerns_text),
        (Action::ShareLists, t.lists, req.here("/lists"), t.lists_text),
        (Action::ReadTeam, t.team, req.here("/team"), t.team_text),
    ];
    let open = doors.into_iter().filter(|(action, ..)| action.allows(member.role));
    let doors = open.map(|(_, name, path, text)| LinkRow::new(name, path).text(text)).collect();
    let (title, register) = (member.org_name.clone(), req.to("/register"));
    view! {
        <FormPage aside=aside(t).into_any() aside_label=t.privacy_title>
            <LabelHeader kind=t.kind title fields/>
            {learn.map(|stat| view! { <Stats stats=vec![stat]/> })}
            <Panel title=t.do_title title_id="do">
                <p>{t.lead}</p>
                <LinkRows rows=doors labelled_by="do"/>
            </Panel>
            {concern(t, register, contacts)}
        </FormPage>
    }
}

/// What to tell a member who is worried about an order.
fn concern(t: &'static Texts, register: String, contacts: &[Contact]) -> impl IntoView + use<> {
    view! {
        <Panel title=t.concern_title>
            <ol class="points">
                <li>{t.concern_1}</li>
                <li>{t.concern_2}" "<a href=register>{t.concern_register}</a></li>
                <li>{t.concern_3}</li>
            </ol>
            {phones(t, contacts)}
        </Panel>
    }
}

fn phones(t: &'static Texts, contacts: &[Contact]) -> AnyView {
    if contacts.is_empty() {
        return view! { <p>{t.no_authority}</p> }.into_any();
    }
    let columns = [t.country, t.authority, t.phone, t.mail, t.languages, t.time].map(Column::new).to_vec();
    let rows = contacts.iter().map(|contact| contact_row(t, contact)).collect_view();
    view! { <DataTable id="phones" caption=t.phones columns>{rows}</DataTable> }.into_any()
}

fn contact_row(t: &'static Texts, contact: &Contact) -> AnyView {
    let countries: Vec<&str> = contact.countries.iter().map(|country| country.name()).collect();
    let mail = contact.email.clone();
    let mail = (!mail.is_empty()).then(|| view! { <a href=format!("mailto:{mail}") dir="ltr">{mail.clone()}</a> });
    let languages = if contact.languages.is_empty() { t.no_languages.to_owned() } else { contact.languages.join(", ") };
    view! {
        <tr>
            <th scope="row">{countries.join(", ")}</th>
            <td><bdi>{contact.name.clone()}</bdi></td>
            <td>{phone_link(&contact.phone).unwrap_or_else(|| t.no_phone.into_any())}</td>
            <td>{mail}</td>
            <td>{languages}</td>
            <td>{format::time_of_day(contact.now, &contact.zone)}</td>
        </tr>
    }
    .into_any()
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
        let one = |phone: &str| Contact {
            countries: vec![Country::parse("NL").unwrap()],
            name: "Desk & Co".into(),
            phone: phone.into(),
            email: "duty@desk.example".into(),
            website: String::new(),
            languages: vec!["Dutch"],
            zone: "Europe/Amsterdam".into(),
            now: domain::time::Timestamp(0),
        };
        let html = shown(move || concern(t, "/en/register".into(), &[one("+31 (0)70 555 0100"), one("")]));
        assert!(
            html.contains("tel:+310705550100") && html.contains("Desk &amp; Co") && html.contains(t.no_phone),
            "{html}"
        );
        assert!(shown(move || concern(t, "/en/register".into(), &[])).contains(t.no_authority));
    }
}
