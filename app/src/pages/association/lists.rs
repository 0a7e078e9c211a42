//! The association's own lists: all of them, one with its members, loading, offering, ending.

use domain::country::Country;
use leptos::prelude::*;
use services::{
    Refusal,
    error::Problem,
    watchlist::{self, By, Into, List, Outcome as Loaded, Room, Share, State, Version},
};

use crate::{
    components::*,
    format,
    text::{
        fill,
        shares::{Texts, texts},
    },
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
        upload,
    },
};

const NEW: &str = "own list";

fn offer_form(code: &str) -> String {
    format!("offer of {code}")
}

fn by(req: &Req) -> Result<By<'_>, Refusal> {
    Ok(By::Owner(&req.principal, req.workspace()?.org))
}

/// All lists and the form for a new one.
pub(super) async fn page(req: Req) -> Outcome {
    let t = texts(req.lang);
    let lists = watchlist::lists(req.ctx(), by(&req)?).await?;
    let typed = Typed::open(&req, NEW).await?;
    let (here, wrong) = (req.here("/lists"), typed.is_wrong());
    Page::new(t.lists_title, move || {
        let (table, value, error) = (table(t, &here, &lists), typed.value("label"), typed.error("label"));
        view! {
            <FormPage>
                <ErrorSummary errors=typed.errors()/>
                <PageTitle title=t.lists_title lead=t.lists_lead/>
                {table}
                <Panel title=t.new_title>
                    <p>{t.new_lead}</p>
                    <form class="stack" method="post" action=here.clone() enctype="multipart/form-data" novalidate=true>
                        <TextField name="label" label=t.label hint=t.label_hint value error width=Width::Long autocomplete="off"/>
                        <FileField name="file" label=t.file hint=t.file_hint error=typed.error("file") accept=".csv,.txt"/>
                        <Button label=t.load/>
                    </form>
                </Panel>
            </FormPage>
        }
    })
    .errors(wrong)
    .into()
}

fn table(t: &'static Texts, here: &str, lists: &[List]) -> AnyView {
    if lists.is_empty() {
        return view! { <EmptyState title=t.lists_none_title><p>{t.lists_none}</p></EmptyState> }.into_any();
    }
    let row = |list: &List| {
        let (href, label) = (format!("{here}/{}", list.code), list.label.clone());
        let version = list.active.as_ref().map(|version| fill(t.version, &[("number", &version.number.to_string())]));
        let version = version.unwrap_or_else(|| t.nothing_in_force.to_owned());
        let entries = list.active.as_ref().map(|version| version.entries);
        view! {
            <tr>
                <th scope="row"><a href=href><bdi>{label}</bdi></a></th>
                <td>{version}</td>
                <td class="num">{entries}</td>
            </tr>
        }
    };
    let rows = lists.iter().map(row).collect_view();
    let columns = vec![Column::new(t.list), Column::new(t.in_force), Column::numeric(t.entries)];
    view! { <DataTable id="lists" caption=t.lists_title caption_hidden=true columns>{rows}</DataTable> }.into_any()
}

/// Loads the first version of a new list.
pub(super) async fn add(mut req: Req) -> Outcome {
    let here = req.here("/lists");
    match taken(&mut req, "").await {
        Ok(loaded) => {
            typed::done(&req).await?;
            Ok(Reply::to(with_query(&format!("{here}/{}", loaded.code), "done", done_by(&loaded))))
        }
        Err(refusal) => typed::again(&req, NEW, &here, refusal).await,
    }
}

/// Loads the next version of a list.
pub(super) async fn load(mut req: Req) -> Outcome {
    let code = req.param("list").to_owned();
    let here = req.here(&format!("/lists/{code}"));
    // Before a file is taken in.
    watchlist::list(req.ctx(), by(&req)?, &code).await?;
    match taken(&mut req, &code).await {
        Ok(loaded) => {
            typed::done(&req).await?;
            Ok(Reply::to(with_query(&here, "done", done_by(&loaded))))
        }
        Err(refusal) => typed::again(&req, &offer_form(&code), &here, refusal).await,
    }
}

const fn done_by(loaded: &Loaded) -> &'static str {
    match loaded {
        Loaded { known: true, .. } => "known",
        Loaded { shrank: true, .. } => "shrank",
        _ => "loaded",
    }
}

/// Takes a file in and loads it.
async fn taken(req: &mut Req, code: &str) -> Result<Loaded, Refusal> {
    let t = texts(req.lang);
    let tray = watchlist::tray(req.ctx(), by(req)?).await?;
    let sent = upload::into_folder(req, tray.path()).await?;
    req.form = sent.fields;
    let wrong = |text: &str| Refusal::Invalid(vec![Problem::new("file", text)]);
    if sent.broken {
        return Err(wrong(t.file_broken));
    }
    let mut lists = watchlist::sort(sent.files).await?;
    let found = lists.pop().filter(|_| lists.is_empty()).ok_or_else(|| wrong(t.not_one))?;
    let label = req.form.get("label").trim();
    watchlist::load(req.ctx(), by(req)?, found, Into { code, label, means: "" }, Room::AsSet).await
}

/// One list: its members, its versions.
pub(super) async fn list(req: Req) -> Outcome {
    let (t, org) = (texts(req.lang), req.workspace()?.org);
    let code = req.param("list").to_owned();
    let (list, versions) = watchlist::list(req.ctx(), by(&req)?, &code).await?;
    let members = watchlist::members(req.ctx(), &req.principal, org, &code).await?;
    let typed = Typed::open(&req, &offer_form(&code)).await?;
    let (here, back, wrong) = (req.here(&format!("/lists/{code}")), req.here("/lists"), typed.is_wrong());
    let done = match req.query.get("done") {
        "loaded" => Some(t.done_loaded),
        "shrank" => Some(t.done_shrank),
        "known" => Some(t.done_known),
        "active" => Some(t.done_active),
        "offered" => Some(t.done_offered),
        "ended" => Some(t.done_ended),
        _ => None,
    };
    Page::new(list.label.clone(), move || {
        let (members, offer) = (member_table(t, &here, &members), offer(t, &here, &typed));
        let versions = version_table(t, &here, &versions);
        view! {
            <FormPage>
                <BackLink href=back label=t.back/>
                <ErrorSummary errors=typed.errors()/>
                {done.map(|text| view! { <p role="status"><b>{text}</b></p> })}
                <PageTitle title=list.label.clone() lead=t.means/>
                <Panel title=t.members>{members}</Panel>
                <Panel title=t.offer_title><p>{t.offer_lead}</p>{offer}</Panel>
                <Panel title=t.versions>{versions}</Panel>
                <Panel title=t.next_title>
                    <p>{t.next_lead}</p>
                    <form class="stack" method="post" action=format!("{here}/load") enctype="multipart/form-data" novalidate=true>
                        <FileField name="file" label=t.file hint=t.file_hint error=typed.error("file") accept=".csv,.txt"/>
                        <Button label=t.load kind=ButtonKind::Secondary/>
                    </form>
                </Panel>
            </FormPage>
        }
    })
    .errors(wrong)
    .into()
}

fn member_table(t: &'static Texts, here: &str, members: &[Share]) -> AnyView {
    if members.is_empty() {
        return view! { <p class="muted">{t.members_none}</p> }.into_any();
    }
    let row = |share: &Share| {
        let about = fill(t.end_about, &[("member", &share.member)]);
        let action = format!("{here}/members/{}/end", share.id);
        let end = share.state.is_open().then(|| {
            view! { <PostButton action label=t.end about kind=ButtonKind::Quiet/> }
        });
        let number = format!("{}, {}", share.country, share.registration);
        view! {
            <tr>
                <th scope="row"><bdi>{share.member.clone()}</bdi><br/><span class="muted"><bdi>{number}</bdi></span></th>
                <td>{share.state.label()}</td>
                <td>{domain::answers::when::long_date(share.until)}</td>
                <td>{end}</td>
            </tr>
        }
    };
    let rows = members.iter().map(row).collect_view();
    let columns = vec![Column::new(t.member), Column::new(t.state), Column::new(t.until), Column::unlabelled(t.end)];
    view! { <DataTable id="members" caption=t.members_caption caption_hidden=true columns>{rows}</DataTable> }
        .into_any()
}

fn offer(t: &'static Texts, here: &str, typed: &Typed) -> impl IntoView + use<> {
    let (value, error) = (|field: &str| typed.value(field), |field: &str| typed.error(field));
    let options = Country::by_name().into_iter().map(|one| SelectOption::new(one.code(), one.name())).collect();
    view! {
        <form class="stack" method="post" action=format!("{here}/offer") novalidate=true>
            <TextField name="member" label=t.member hint=t.member_hint value=value("member") error=error("member") width=Width::Long autocomplete="off"/>
            <SelectField name="country" label=t.country options value=value("country") error=error("country") width=Width::Medium/>
            <TextField name="registration" label=t.registration hint=t.registration_hint value=value("registration") error=error("registration") width=Width::Medium autocomplete="off"/>
            <DateField name="until" label=t.until hint=t.until_hint value=value("until") error=error("until")/>
            <Button label=t.offer/>
        </form>
    }
}

fn version_table(t: &'static Texts, here: &str, versions: &[Version]) -> impl IntoView + use<> {
    let row = |version: &Version| {
        let number = version.number.to_string();
        let about = fill(t.activate_about, &[("number", &number)]);
        let activate = match version.state {
            State::Active => t.in_force.into_any(),
            _ => {
                let action = format!("{here}/versions/{number}");
                view! { <PostButton action label=t.activate about kind=ButtonKind::Quiet/> }.into_any()
            }
        };
        view! {
            <tr>
                <th scope="row">{fill(t.version, &[("number", &number)])}</th>
                <td><Moment text=format::moment(version.loaded_at, "UTC") datetime=format::machine(version.loaded_at)/></td>
                <td class="num">{version.entries}</td>
                <td>{activate}</td>
            </tr>
        }
    };
    let rows = versions.iter().map(row).collect_view();
    let columns =
        vec![Column::new(t.versions), Column::new(t.loaded), Column::numeric(t.entries), Column::new(t.state)];
    view! { <DataTable id="versions" caption=t.versions_caption caption_hidden=true columns>{rows}</DataTable> }
}

/// Puts a version in force.
pub(super) async fn activate(req: Req) -> Outcome {
    watchlist::activate(req.ctx(), by(&req)?, req.param("list"), req.parsed("edition")?).await?;
    Ok(Reply::to(with_query(&req.here(&format!("/lists/{}", req.param("list"))), "done", "active")))
}

/// Offers the list to a company.
pub(super) async fn offered(req: Req) -> Outcome {
    let (org, code) = (req.workspace()?.org, req.param("list"));
    let here = req.here(&format!("/lists/{code}"));
    match watchlist::offer(req.ctx(), &req.principal, org, code, &typed::answers(&req.form)).await {
        Ok(()) => {
            typed::done(&req).await?;
            Ok(Reply::to(with_query(&here, "done", "offered")))
        }
        Err(refusal) => typed::again(&req, &offer_form(code), &here, refusal).await,
    }
}

/// Ends sharing with a company.
pub(super) async fn end(req: Req) -> Outcome {
    let org = req.workspace()?.org;
    watchlist::end(req.ctx(), &req.principal, org, (req.param("list"), req.parsed("share")?)).await?;
    Ok(Reply::to(with_query(&req.here(&format!("/lists/{}", req.param("list"))), "done", "ended")))
}
