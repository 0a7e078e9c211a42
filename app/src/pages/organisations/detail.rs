//! One company: what it entered, what was checked, what it may have in common with others, who applied, what happened.

use domain::{organisation::OrgStatus, time::Timestamp};
use leptos::prelude::*;
use services::{
    organisation::{self, Alike, Decision, Detail},
    register::checks::{Check, Verdict},
};

use super::decide::label_of;
use crate::{
    components::*,
    format,
    pages::account::{country_name, status_mark},
    pages::association::phone_link,
    text::{
        fill,
        organisations::{Texts, texts},
    },
    web::{Outcome, Page, Req},
};

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let company = organisation::detail(req.ctx(), &req.principal, req.param("company")).await?;
    let t = texts(req.lang);
    let title = format!("{} – {}", company.listed.name, t.title);
    let (base, zone) = (req.here("/organisations"), req.zone());
    let done = req.query.get("done").to_owned();
    Page::new(title, move || whole(t, &base, zone, &company, &done)).into()
}

fn whole(t: &'static Texts, base: &str, zone: &'static str, company: &Detail, done: &str) -> impl IntoView + use<> {
    let listed = &company.listed;
    let fields = vec![
        LabelField::text(t.country, country_name(&listed.country)),
        LabelField::code(t.registration_number, listed.registration_number.clone()),
        LabelField::text(t.applied, format::moment(listed.applied, zone)),
    ];
    let here = format!("{base}/{}", listed.handle);
    let parts = view! {
        <BackLink href=base.to_owned() label=t.back/>
        {banner(t, done)}
        {suspended(t, zone, company)}
        <LabelHeader kind=t.kind title=listed.name.clone() status=status_mark(listed.status).into_any() fields/>
        {entered(t, company)}
        {checked(t, &company.checks)}
        {people(t, company)}
        {history(t, zone, &company.history)}
    };
    let aside = aside(t, base, zone, &here, company).into_any();
    view! { <FormPage aside aside_label=t.decide>{parts}</FormPage> }
}

fn banner(t: &'static Texts, done: &str) -> Option<impl IntoView + use<>> {
    let (title, body) = match Decision::from_code(done)? {
        Decision::Approve => (t.done_approved, t.done_told),
        Decision::Refuse => (t.done_refused, t.done_told_reason),
        Decision::Suspend => (t.done_suspended, t.done_told_reason),
        Decision::Lift => (t.done_lifted, t.done_told),
    };
    Some(view! { <Banner tone=Tone::Ok title body=view! { {body} }.into_any()/> })
}

/// That the company may not work, before anything else.
fn suspended(t: &'static Texts, zone: &str, company: &Detail) -> Option<impl IntoView + use<>> {
    (company.listed.status == OrgStatus::Suspended).then(|| {
        let since = company.listed.decided.map(|at| fill(t.is_suspended_since, &[("when", &format::moment(at, zone))]));
        view! { <Callout tone=Tone::Hold title=t.is_suspended><p>{since}" "{t.is_suspended_text}</p></Callout> }
    })
}

fn entered(t: &'static Texts, company: &Detail) -> impl IntoView + use<> {
    let roles: Vec<_> = company.listed.roles.iter().map(|role| role.label()).collect();
    let code = |text: &str| {
        let text = text.to_owned();
        (!text.is_empty()).then(|| view! { <bdi class="ref" dir="ltr">{text}</bdi> }.into_any())
    };
    let optional = |key: &str, value: Option<AnyView>| SummaryRow { key: key.to_owned(), value, change_href: None };
    let rows = vec![
        SummaryRow::text(t.name, company.listed.name.clone()),
        optional(t.registration_number, code(&company.listed.registration_number)),
        optional(t.vat, code(&company.vat)),
        optional(t.lei, code(&company.lei)),
        SummaryRow::text(t.address, company.address.clone()),
        optional(t.phone, phone_link(&company.phone)),
        // Shown, not linked: nobody has looked at what an applicant's address leads to.
        SummaryRow::text(t.website, company.website.clone()),
        SummaryRow::text(t.does, roles.join(", ")),
        SummaryRow::text(t.act_for, company.act_for.clone()),
    ];
    view! { <SummarySection title=t.entered><SummaryList rows/></SummarySection> }
}

fn checked(t: &'static Texts, checks: &[Check]) -> impl IntoView + use<> {
    let columns = [t.check_field, t.check_outcome, t.check_note].map(Column::new).to_vec();
    let rows = checks.iter().map(|check| check_row(t, check)).collect_view();
    let table = (!checks.is_empty())
        .then(|| view! { <DataTable id="checks" caption=t.checked caption_hidden=true columns>{rows}</DataTable> });
    view! {
        <Panel title=t.checked>
            <p>{t.checked_note}</p>
            {table}
        </Panel>
    }
}

fn check_row(t: &'static Texts, check: &Check) -> impl IntoView + use<> {
    let (shape, tone, word) = match check.verdict {
        Verdict::Fits => (Shape::Full, Tone::Ok, t.check_fits),
        Verdict::Odd => (Shape::HalfAsked, Tone::Warn, t.check_odd),
        Verdict::NotChecked => (Shape::Open, Tone::Neutral, t.check_unknown),
    };
    let note = check.note.clone();
    view! {
        <tr>
            <th scope="row">{field_name(t, &check.field)}</th>
            <td><Status shape tone word/></td>
            <td>{note}</td>
        </tr>
    }
}

/// What a field of the application is called here.
fn field_name(t: &'static Texts, field: &str) -> &'static str {
    match field {
        "registration_number" => t.registration_number,
        "vat" => t.vat,
        "lei" => t.lei,
        "legal_name" => t.name,
        _ => t.check_other,
    }
}

fn people(t: &'static Texts, company: &Detail) -> impl IntoView + use<> {
    let columns = [t.person, t.person_email, t.person_role].map(Column::new).to_vec();
    let rows = company
        .people
        .iter()
        .cloned()
        .map(|(name, email, role)| {
            view! {
                <tr>
                    <th scope="row"><bdi>{name}</bdi></th>
                    <td><bdi dir="ltr">{email}</bdi></td>
                    <td>{role.label()}</td>
                </tr>
            }
        })
        .collect_view();
    view! { <Panel title=t.people><DataTable id="people" caption=t.people caption_hidden=true columns>{rows}</DataTable></Panel> }
}

fn history(t: &'static Texts, zone: &str, history: &[(Timestamp, String)]) -> impl IntoView + use<> {
    let items = history
        .iter()
        .rev()
        .map(|(at, step)| TimelineItem {
            is_new: false,
            title: capitalised(step),
            time: format::moment(*at, zone),
            datetime: format::machine(*at),
            who: None,
            kind: EventKind::System,
            body: Part::default(),
        })
        .collect();
    view! { <Panel title=t.history title_id="history"><Timeline items labelled_by="history"/></Panel> }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn aside(t: &'static Texts, base: &str, zone: &str, here: &str, company: &Detail) -> impl IntoView + use<> {
    view! {
        {decisions(t, here, company)}
        {decided(t, zone, company)}
        {alike(t, base, zone, &company.alike)}
    }
}

fn decisions(t: &'static Texts, here: &str, company: &Detail) -> impl IntoView + use<> {
    let waits = company.listed.status == OrgStatus::Applied;
    let buttons: Vec<_> = company.decisions.iter().map(|decision| button(t, here, *decision)).collect();
    let note = match (buttons.is_empty(), waits) {
        (true, true) => Some(t.cannot_decide),
        (false, true) => Some(t.decide_lead),
        _ => None,
    };
    (note.is_some() || !buttons.is_empty()).then(|| {
        view! {
            <Panel title=t.decide>
                {note.map(|note| view! { <p>{note}</p> })}
                <div class="button-row">{buttons}</div>
            </Panel>
        }
    })
}

fn button(t: &'static Texts, here: &str, decision: Decision) -> AnyView {
    let kind = if decision == Decision::Approve { ButtonKind::Primary } else { ButtonKind::Secondary };
    view! { <LinkButton href=format!("{here}/{}", decision.code()) label=label_of(t, decision) kind/> }.into_any()
}

fn decided(t: &'static Texts, zone: &str, company: &Detail) -> Option<impl IntoView + use<>> {
    let at = format::moment(company.listed.decided?, zone);
    let by = company.decided_by.clone().unwrap_or_default();
    let line = if by.is_empty() { at } else { fill(t.decided_by, &[("when", &at), ("name", &by)]) };
    let reason = company.reason.clone();
    let reason = (!reason.is_empty()).then(
        || view! { <p class="caption">{t.reason}</p><blockquote class="given typed" dir="auto">{reason}</blockquote> },
    );
    Some(view! { <Panel title=t.decided><p>{line}</p>{reason}</Panel> })
}

fn alike(t: &'static Texts, base: &str, zone: &str, alike: &[Alike]) -> impl IntoView + use<> {
    if alike.is_empty() {
        return view! { <Panel title=t.alike><p class="muted">{t.alike_none}</p></Panel> }.into_any();
    }
    let rows = alike.iter().map(|other| alike_row(t, base, zone, other)).collect_view();
    view! {
        <Callout tone=Tone::Warn title=t.alike>
            <p>{t.alike_lead}</p>
            <ul>{rows}</ul>
        </Callout>
    }
    .into_any()
}

fn alike_row(t: &'static Texts, base: &str, zone: &str, other: &Alike) -> impl IntoView + use<> {
    let country = country_name(&other.country);
    let same: Vec<_> = other.same.iter().map(|field| field_name(t, field)).collect();
    let same = fill(t.alike_by, &[("fields", &same.join(", "))]);
    let name = match other.company.clone() {
        Some((handle, name)) => view! { <a href=format!("{base}/{handle}")><bdi>{name}</bdi></a> }.into_any(),
        None => fill(t.alike_elsewhere, &[("country", &country)]).into_any(),
    };
    let line = format!("{}, {}", other.status.label(), format::day(other.applied, zone));
    view! { <li>{name}<br/>{same}<br/><span class="muted">{line}</span></li> }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use domain::{access::Role, lang::Lang, organisation::OperatorRole};
    use services::organisation::Listed;

    use super::*;
    use crate::pages::account;

    fn company(status: OrgStatus, decisions: Vec<Decision>) -> Detail {
        Detail {
            id: "1".repeat(32).parse().unwrap(),
            listed: Listed {
                handle: "h1".into(),
                name: "Solvents <Ltd>".into(),
                country: "NL".into(),
                status,
                registration_number: "12345678".into(),
                roles: vec![OperatorRole::Broker],
                applied: Timestamp(0),
                decided: None,
            },
            vat: String::new(),
            lei: String::new(),
            address: "Street 1\nCity".into(),
            phone: "+31 20 555 0100".into(),
            website: "https://example.com".into(),
            act_for: "Managing director".into(),
            checks: vec![Check {
                field: "vat".into(),
                verdict: Verdict::Odd,
                note: "The check digit is wrong.".into(),
            }],
            alike: vec![
                Alike {
                    company: Some(("h2".into(), "Twin".into())),
                    country: "NL".into(),
                    status: OrgStatus::Approved,
                    applied: Timestamp(0),
                    same: vec!["registration_number", "vat"],
                },
                Alike {
                    company: None,
                    country: "BE".into(),
                    status: OrgStatus::Approved,
                    applied: Timestamp(0),
                    same: vec!["lei"],
                },
            ],
            people: vec![("A. Person".into(), "a@b.example".into(), Role::CompanyAdmin)],
            reason: String::new(),
            decided_by: None,
            history: vec![(Timestamp(0), "application made".into())],
            version: 1,
            decisions,
        }
    }

    fn html(status: OrgStatus, decisions: Vec<Decision>) -> String {
        let company = company(status, decisions);
        account::shown(move || whole(texts(Lang::En), "/en/a/x/organisations", "UTC", &company, ""))
    }

    #[test]
    fn the_approver_sees_what_was_checked_and_what_is_alike() {
        let t = texts(Lang::En);
        let html = html(OrgStatus::Applied, vec![Decision::Approve, Decision::Refuse]);
        for part in [
            "Solvents &lt;Ltd&gt;",
            t.checked_note,
            "The check digit is wrong.",
            "/en/a/x/organisations/h2",
            "Belgium",
            "a@b.example",
            "/en/a/x/organisations/h1/approve",
            "/en/a/x/organisations/h1/refuse",
            "Application made",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert!(!html.contains("href=\"https://example.com"), "an applicant's site is not linked");
    }

    #[test]
    fn that_a_company_is_suspended_is_said_first() {
        let t = texts(Lang::En);
        assert!(html(OrgStatus::Suspended, vec![Decision::Lift]).contains(t.is_suspended));
        assert!(!html(OrgStatus::Approved, vec![Decision::Suspend]).contains(t.is_suspended));
    }

    #[test]
    fn who_may_not_decide_is_told_who_does() {
        let t = texts(Lang::En);
        assert!(html(OrgStatus::Applied, Vec::new()).contains(t.cannot_decide));
        assert!(!html(OrgStatus::Approved, Vec::new()).contains(t.cannot_decide));
    }
}
