//! Authorities and associations, narrowed by where they stand.

use domain::organisation::OrgStatus;
use leptos::prelude::*;
use services::organisation::{self, Body, Installation};

use crate::{
    components::*,
    format,
    pages::account::{country_name, status_mark},
    text::{
        fill,
        system::{Texts, texts},
    },
    web::{Outcome, Page, Req, files, paths::with_query},
};

/// Where an authority or association can stand.
const STATUSES: [OrgStatus; 2] = [OrgStatus::Approved, OrgStatus::Suspended];

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let installation = organisation::installation(req.ctx(), &req.principal).await?;
    let t = texts(req.lang);
    let base = req.here("/organisations");
    let done = req.query.get("done").to_owned();
    let wanted = OrgStatus::from_code(req.query.get("status")).filter(|status| STATUSES.contains(status));
    Page::new(t.orgs_title, move || whole(t, &base, &installation, wanted, &done)).into()
}

fn whole(
    t: &'static Texts,
    base: &str,
    installation: &Installation,
    wanted: Option<OrgStatus>,
    done: &str,
) -> impl IntoView + use<> {
    let acts = view! {
        <LinkButton href=format!("{base}/new-authority") label=t.new_authority/>
        <LinkButton href=format!("{base}/new-association") label=t.new_association kind=ButtonKind::Secondary/>
    };
    let authorities = list(t, base, true, &installation.authorities, wanted);
    let associations = list(t, base, false, &installation.associations, wanted);
    let tabs = tabs(t, base, installation, wanted);
    let banner = banner(t, done);
    let files = files::links(|ending| format!("{base}{ending}"));
    view! {
        <DeskPage>
            {banner}
            <PageTitle title=t.orgs_title lead=t.orgs_lead acts=acts.into_any()/>
            {tabs}
            {authorities}
            {associations}
            <TakeAway files/>
        </DeskPage>
    }
}

fn banner(t: &'static Texts, done: &str) -> Option<impl IntoView + use<>> {
    let (title, body) = match done {
        "authority" => (t.done_authority, Some(t.done_body)),
        "association" => (t.done_association, Some(t.done_body)),
        "invited" => (t.done_invited, None),
        "suspend" => (t.done_suspended, Some(t.done_told)),
        "lift" => (t.done_lifted, Some(t.done_told)),
        _ => return None,
    };
    let body = body.map(|body| view! { {body} }.into_any());
    Some(view! { <Banner tone=Tone::Ok title body/> })
}

fn tabs(
    t: &'static Texts,
    base: &str,
    installation: &Installation,
    wanted: Option<OrgStatus>,
) -> impl IntoView + use<> {
    let bodies = || installation.authorities.iter().chain(&installation.associations);
    let tab = |status: Option<OrgStatus>| Tab {
        label: status.map_or(t.orgs_all, OrgStatus::label).to_owned(),
        href: status.map_or_else(|| base.to_owned(), |status| with_query(base, "status", status.code())),
        current: status == wanted,
        count: u64::try_from(bodies().filter(|body| status.is_none_or(|status| body.status == status)).count()).ok(),
    };
    let tabs = std::iter::once(None).chain(STATUSES.map(Some)).map(tab).collect();
    view! { <Tabs label=t.orgs_filter tabs/> }
}

fn list(t: &'static Texts, base: &str, is_authorities: bool, bodies: &[Body], wanted: Option<OrgStatus>) -> AnyView {
    let (id, caption, none, none_body) = if is_authorities {
        ("authorities", t.list_authorities, t.none_authorities, t.none_authorities_body)
    } else {
        ("associations", t.list_associations, t.none_associations, t.none_associations_body)
    };
    if bodies.is_empty() {
        return view! { <EmptyState title=none><p>{none_body}</p></EmptyState> }.into_any();
    }
    let shown: Vec<_> = bodies.iter().filter(|body| wanted.is_none_or(|status| body.status == status)).collect();
    if shown.is_empty() {
        return ().into_any();
    }
    let mut columns = vec![Column::new(t.org_name), Column::new(t.org_status), Column::new(t.org_country)];
    if is_authorities {
        columns.push(Column::new(t.org_countries));
    }
    columns.extend([Column::numeric(t.org_people), Column::new(t.org_since), Column::unlabelled(t.org_acts)]);
    let rows = shown.into_iter().map(|body| row(t, base, is_authorities, body)).collect_view();
    view! { <DataTable id caption columns>{rows}</DataTable> }.into_any()
}

fn row(t: &'static Texts, base: &str, is_authority: bool, body: &Body) -> impl IntoView + use<> {
    let scopes: Vec<_> = body.scopes.iter().map(|code| country_name(code)).collect();
    let scopes = is_authority.then(|| view! { <td>{scopes.join(", ")}</td> });
    let invited = match body.invitations {
        0 if body.people == 0 => Some(t.org_empty.to_owned()),
        0 => None,
        1 => Some(t.org_invited_one.to_owned()),
        n => Some(fill(t.org_invited, &[("n", &n.to_string())])),
    };
    let invite = (body.people == 0).then(|| {
        let (href, about) = (format!("{base}/{}/invite", body.handle), body.name.clone());
        view! { <LinkButton href label=t.invite about kind=ButtonKind::Quiet/> }
    });
    let (decision, label) = match body.status {
        OrgStatus::Suspended => ("lift", t.lift),
        _ => ("suspend", t.suspend),
    };
    let (href, about) = (format!("{base}/{}/{decision}", body.handle), body.name.clone());
    let (name, reason) = (body.name.clone(), body.reason.clone());
    let reason = (!reason.is_empty()).then(|| view! { <br/><span class="beside" dir="auto">{reason}</span> });
    view! {
        <tr>
            <th scope="row"><bdi>{name}</bdi>{reason}</th>
            <td>{status_mark(body.status)}</td>
            <td>{country_name(&body.country)}</td>
            {scopes}
            <td class="num">{body.people.to_string()}{invited.map(|text| view! { <br/><span class="beside">{text}</span> })}</td>
            <td><Moment text=format::day(body.since, "UTC") datetime=format::machine(body.since)/></td>
            <td><div class="button-row">{invite}<LinkButton href label about kind=ButtonKind::Quiet/></div></td>
        </tr>
    }
}

/// An authority that nobody has joined, for tests.
#[cfg(test)]
pub(super) fn sample() -> Body {
    Body {
        handle: "h1".into(),
        name: "Desk <A>".into(),
        country: "NL".into(),
        status: domain::organisation::OrgStatus::Approved,
        scopes: vec!["NL".into(), "CW".into()],
        people: 0,
        invitations: 1,
        since: domain::time::Timestamp(0),
        reason: String::new(),
        version: 1,
    }
}

#[cfg(test)]
mod tests {
    use domain::lang::Lang;

    use super::*;
    use crate::pages::account::shown;

    #[test]
    fn who_has_not_joined_can_be_invited_again() {
        let t = texts(Lang::En);
        let joined = Body { handle: "h2".into(), people: 2, invitations: 0, ..sample() };
        let installation = Installation { authorities: vec![sample(), joined], associations: Vec::new(), companies: 0 };
        let html = shown(move || whole(t, "/en/s/x/organisations", &installation, None, "authority"));
        assert!(html.contains("organisations/h1/invite") && !html.contains("organisations/h2/invite"), "{html}");
        assert!(
            html.contains("Desk &lt;A&gt;") && html.contains("Netherlands, ") && html.contains(t.done_authority),
            "{html}"
        );
        assert!(html.contains(t.none_associations), "{html}");
    }

    #[test]
    fn who_is_suspended_stands_there_with_the_reason_and_can_be_found() {
        let stopped =
            Body { handle: "h2".into(), status: OrgStatus::Suspended, reason: "Stolen <keys>".into(), ..sample() };
        let installation =
            Installation { authorities: vec![sample(), stopped], associations: Vec::new(), companies: 0 };
        let html = |wanted| {
            let installation = installation.clone();
            shown(move || whole(texts(Lang::En), "/en/s/x/organisations", &installation, wanted, ""))
        };
        let all = html(None);
        assert!(all.contains("organisations/h1/suspend") && all.contains("organisations/h2/lift"), "{all}");
        let stopped = html(Some(OrgStatus::Suspended));
        assert!(stopped.contains("Stolen &lt;keys&gt;") && !stopped.contains("organisations/h1/"), "{stopped}");
    }
}
