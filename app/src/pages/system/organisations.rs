//! Authorities and associations.

use leptos::prelude::*;
use services::organisation::{self, Body, Installation};

use crate::{
    components::*,
    format,
    pages::account::country_name,
    text::{
        fill,
        system::{Texts, texts},
    },
    web::{Outcome, Page, Req, files},
};

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let installation = organisation::installation(req.ctx(), &req.principal).await?;
    let t = texts(req.lang);
    let base = req.here("/organisations");
    let done = req.query.get("done").to_owned();
    Page::new(t.orgs_title, move || whole(t, &base, &installation, &done)).into()
}

fn whole(t: &'static Texts, base: &str, installation: &Installation, done: &str) -> impl IntoView + use<> {
    let acts = view! {
        <LinkButton href=format!("{base}/new-authority") label=t.new_authority/>
        <LinkButton href=format!("{base}/new-association") label=t.new_association kind=ButtonKind::Secondary/>
    };
    let authorities = list(t, base, true, &installation.authorities);
    let associations = list(t, base, false, &installation.associations);
    let banner = banner(t, done);
    let files = files::links(|ending| format!("{base}{ending}"));
    view! {
        <DeskPage>
            {banner}
            <PageTitle title=t.orgs_title lead=t.orgs_lead acts=acts.into_any()/>
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
        _ => return None,
    };
    let body = body.map(|body| view! { {body} }.into_any());
    Some(view! { <Banner tone=Tone::Ok title body/> })
}

fn list(t: &'static Texts, base: &str, is_authorities: bool, bodies: &[Body]) -> AnyView {
    let (id, caption, none, none_body) = if is_authorities {
        ("authorities", t.list_authorities, t.none_authorities, t.none_authorities_body)
    } else {
        ("associations", t.list_associations, t.none_associations, t.none_associations_body)
    };
    if bodies.is_empty() {
        return view! { <EmptyState title=none><p>{none_body}</p></EmptyState> }.into_any();
    }
    let mut columns = vec![Column::new(t.org_name), Column::new(t.org_country)];
    if is_authorities {
        columns.push(Column::new(t.org_countries));
    }
    columns.extend([Column::numeric(t.org_people), Column::new(t.org_since), Column::unlabelled(t.org_acts)]);
    let rows = bodies.iter().map(|body| row(t, base, is_authorities, body)).collect_view();
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
    let name = body.name.clone();
    view! {
        <tr>
            <th scope="row"><bdi>{name}</bdi></th>
            <td>{country_name(&body.country)}</td>
            {scopes}
            <td class="num">{body.people.to_string()}{invited.map(|text| view! { <br/><span class="beside">{text}</span> })}</td>
            <td><Moment text=format::day(body.since, "UTC") datetime=format::machine(body.since)/></td>
            <td>{invite}</td>
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
        let html = shown(move || whole(t, "/en/s/x/organisations", &installation, "authority"));
        assert!(html.contains("organisations/h1/invite") && !html.contains("organisations/h2/invite"), "{html}");
        assert!(
            html.contains("Desk &lt;A&gt;") && html.contains("Netherlands, ") && html.contains(t.done_authority),
            "{html}"
        );
        assert!(html.contains(t.none_associations), "{html}");
    }
}
