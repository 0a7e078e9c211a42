//! The list of companies, the newest application first, narrowed by status.

use domain::organisation::OrgStatus;
use leptos::prelude::*;
use services::organisation::{self, Cursor, Listed};

use crate::{
    components::*,
    format,
    pages::account::{country_name, status_mark},
    text::organisations::{Texts, texts},
    web::{Outcome, Page, Req, files, paths::with_query},
};

/// The statuses that an authority gets to see.
const STATUSES: [OrgStatus; 4] = [OrgStatus::Applied, OrgStatus::Approved, OrgStatus::Refused, OrgStatus::Suspended];

/// What is shown of which address.
struct Shown {
    t: &'static Texts,
    base: String,
    zone: &'static str,
    status: Option<OrgStatus>,
    is_later_page: bool,
}

impl Shown {
    /// The list narrowed to a status, from its beginning.
    fn narrowed(&self, status: Option<OrgStatus>) -> String {
        self.as_file("", status)
    }

    /// The same with an ending.
    fn as_file(&self, ending: &str, status: Option<OrgStatus>) -> String {
        let path = format!("{}{ending}", self.base);
        status.map_or_else(|| path.clone(), |status| with_query(&path, "status", status.code()))
    }
}

/// The status that the address narrows the list to.
pub(super) fn wanted(req: &Req) -> Option<OrgStatus> {
    OrgStatus::from_code(req.query.get("status")).filter(|status| STATUSES.contains(status))
}

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let member = req.workspace()?;
    let status = wanted(&req);
    // A place that cannot be read is the beginning: the address was cut off somewhere.
    let after: Option<Cursor> = req.query.get("after").parse().ok();
    let found = organisation::list(req.ctx(), &req.principal, member.org, status, after).await?;
    let t = texts(req.lang);
    let shown = Shown { t, base: req.here("/organisations"), zone: req.zone(), status, is_later_page: after.is_some() };
    Page::new(t.title, move || whole(&shown, found)).into()
}

fn whole(shown: &Shown, found: organisation::Page) -> impl IntoView + use<> {
    let t = shown.t;
    let tabs = tabs(shown, &found.counts);
    let body = body(shown, found);
    view! {
        <DeskPage>
            <PageTitle title=t.title lead=t.lead/>
            {tabs}
            {body}
        </DeskPage>
    }
}

fn tabs(shown: &Shown, counts: &[(OrgStatus, i64)]) -> impl IntoView + use<> {
    let count =
        |status| counts.iter().find(|(known, _)| *known == status).map_or(0, |(_, n)| u64::try_from(*n).unwrap_or(0));
    let all = Tab {
        label: shown.t.all.to_owned(),
        href: shown.narrowed(None),
        current: shown.status.is_none(),
        count: Some(counts.iter().map(|(_, n)| u64::try_from(*n).unwrap_or(0)).sum()),
    };
    let of_status = STATUSES.map(|status| Tab {
        label: status.label().to_owned(),
        href: shown.narrowed(Some(status)),
        current: shown.status == Some(status),
        count: Some(count(status)),
    });
    let tabs = std::iter::once(all).chain(of_status).collect();
    view! { <Tabs label=shown.t.filter tabs/> }
}

fn body(shown: &Shown, found: organisation::Page) -> AnyView {
    let t = shown.t;
    if found.companies.is_empty() {
        let nobody = found.counts.iter().all(|(_, n)| *n == 0);
        let (title, text) = if nobody { (t.empty_title, t.empty) } else { (t.empty_filter_title, t.empty_filter) };
        return view! { <EmptyState title><p>{text}</p></EmptyState> }.into_any();
    }
    let columns = [t.company, t.status, t.number, t.does, t.applied].map(Column::new).to_vec();
    let next = found.next.map(|cursor| with_query(&shown.narrowed(shown.status), "after", &cursor.to_string()));
    let first = shown.is_later_page.then(|| view! { <p><a href=shown.narrowed(shown.status)>{t.first}</a></p> });
    let files = files::links(|ending| shown.as_file(ending, shown.status));
    let rows = found.companies.into_iter().map(|company| row(shown, company)).collect_view();
    view! {
        <DataTable id="organisations" caption=t.title caption_hidden=true columns>{rows}</DataTable>
        <TakeAway files/>
        {first}
        {next.map(|href| view! { <p><a rel="next" href=href>{t.next}</a></p> })}
    }
    .into_any()
}

fn row(shown: &Shown, company: Listed) -> impl IntoView + use<> {
    let roles: Vec<_> = company.roles.iter().map(|role| role.label()).collect();
    let applied = format::day(company.applied, shown.zone);
    view! {
        <tr>
            <th scope="row">
                <a href=format!("{}/{}", shown.base, company.handle)><bdi>{company.name}</bdi></a>
                <br/>
                <span class="beside">{country_name(&company.country)}</span>
            </th>
            <td>{status_mark(company.status)}</td>
            <td><bdi class="ref" dir="ltr">{company.registration_number}</bdi></td>
            <td>{roles.join(", ")}</td>
            <td><Moment text=applied datetime=format::machine(company.applied)/></td>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use domain::{lang::Lang, organisation::OperatorRole, time::Timestamp};

    use super::*;
    use crate::pages::account;

    fn html(
        companies: Vec<Listed>,
        counts: Vec<(OrgStatus, i64)>,
        next: Option<&str>,
        status: Option<OrgStatus>,
    ) -> String {
        let shown = Shown {
            t: texts(Lang::En),
            base: "/en/a/x/organisations".into(),
            zone: "UTC",
            status,
            is_later_page: false,
        };
        let next = next.and_then(|cursor| cursor.parse().ok());
        account::shown(move || whole(&shown, organisation::Page { companies, next, counts }))
    }

    #[test]
    fn a_list_keeps_its_filter_from_page_to_page() {
        let company = Listed {
            handle: "h1".into(),
            name: "A <b>".into(),
            country: "NL".into(),
            status: OrgStatus::Applied,
            registration_number: "1".into(),
            roles: vec![OperatorRole::Broker],
            applied: Timestamp(0),
            decided: None,
        };
        let cursor = format!("1f-{}", "a".repeat(32));
        let html = html(vec![company], vec![(OrgStatus::Applied, 51)], Some(&cursor), Some(OrgStatus::Applied));
        assert!(html.contains(&format!("/en/a/x/organisations?status=applied&amp;after={cursor}")), "{html}");
        assert!(html.contains("/en/a/x/organisations/h1") && html.contains("A &lt;b&gt;"), "{html}");
    }

    #[test]
    fn an_empty_list_says_why() {
        let t = texts(Lang::En);
        assert!(html(Vec::new(), Vec::new(), None, None).contains(t.empty_title));
        let narrowed = html(Vec::new(), vec![(OrgStatus::Approved, 3)], None, Some(OrgStatus::Refused));
        assert!(narrowed.contains(t.empty_filter_title), "{narrowed}");
    }
}
