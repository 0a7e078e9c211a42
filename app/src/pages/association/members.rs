//! The association's members: who they are, inviting one or many, ending.

use domain::{answers::when::long_date, country::Country};
use leptos::prelude::*;
use services::{
    Refusal,
    association::members::{self, COLUMNS, Members, Membership},
    error::Problem,
};

use crate::{
    components::*,
    text::{
        fill,
        members::{Texts, texts},
    },
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
        upload,
    },
};

const INVITE: &str = "invite member";
const FILE: &str = "members file";
/// The largest file.
const LIMIT: usize = 1024 * 1024;

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, org) = (texts(req.lang), req.workspace()?.org);
    let found = members::list(req.ctx(), &req.principal, org, req.query.get("before").parse().ok()).await?;
    let (typed, file) = (Typed::open(&req, INVITE).await?, Typed::open(&req, FILE).await?);
    let (here, wrong) = (req.here("/members"), typed.is_wrong() || file.is_wrong());
    let done = match req.query.get("done") {
        "invited" => Some(t.done_invited.to_owned()),
        "ended" => Some(t.done_ended.to_owned()),
        "file" => Some(fill(t.done_file, &[("added", &count(&req, "added")), ("known", &count(&req, "known"))])),
        _ => None,
    };
    Page::new(t.title, move || {
        let errors: Vec<FieldError> = typed.errors().into_iter().chain(file.errors()).collect();
        let counts = fill(t.counts, &[("members", &found.members.to_string()), ("asked", &found.asked.to_string())]);
        let earlier = found.page.last().filter(|_| found.more);
        let earlier = earlier.map(|last| with_query(&here, "before", &last.id.to_string()));
        let (table, invite, many) = (table(t, &here, &found), invite(t, &here, &typed), many(t, &here, &file));
        view! {
            <FormPage>
                <ErrorSummary errors/>
                {done.map(|title| view! { <Banner tone=Tone::Ok title/> })}
                <PageTitle title=t.title lead=t.lead/>
                <p>{counts}</p>
                {table}
                {earlier.map(|href| view! { <p><a href=href rel="next">{t.earlier}</a></p> })}
                <Panel title=t.invite_title><p>{t.invite_lead}</p>{invite}</Panel>
                <Panel title=t.file_title>{many}</Panel>
            </FormPage>
        }
    })
    .errors(wrong)
    .into()
}

/// A number of the address, and nothing else of it.
fn count(req: &Req, name: &str) -> String {
    req.query.get(name).parse::<u32>().unwrap_or(0).to_string()
}

fn table(t: &'static Texts, here: &str, found: &Members) -> AnyView {
    if found.page.is_empty() {
        return view! { <EmptyState title=t.none_title><p>{t.none}</p></EmptyState> }.into_any();
    }
    let row = |one: &Membership| {
        let about = fill(t.end_about, &[("member", &one.member)]);
        let action = format!("{here}/{}/end", one.id);
        let end = one.state.is_open().then(|| {
            view! { <PostButton action label=t.end about kind=ButtonKind::Quiet/> }
        });
        view! {
            <tr>
                <th scope="row"><bdi>{one.member.clone()}</bdi><br/><span class="muted"><bdi>{one.named_by.clone()}</bdi></span></th>
                <td>{one.state.label()}</td>
                <td>{one.until.map_or_else(|| t.no_end.to_owned(), long_date)}</td>
                <td>{end}</td>
            </tr>
        }
    };
    let rows = found.page.iter().map(row).collect_view();
    let columns = vec![Column::new(t.member), Column::new(t.state), Column::new(t.until), Column::unlabelled(t.end)];
    view! { <DataTable id="members" caption=t.caption caption_hidden=true columns>{rows}</DataTable> }.into_any()
}

fn invite(t: &'static Texts, here: &str, typed: &Typed) -> impl IntoView + use<> {
    let (value, error) = (|field: &str| typed.value(field), |field: &str| typed.error(field));
    let options = Country::by_name().into_iter().map(|one| SelectOption::new(one.code(), one.name())).collect();
    view! {
        <form class="stack" method="post" action=here.to_owned() novalidate=true>
            <TextField name="member" label=t.name hint=t.name_hint value=value("member") error=error("member") width=Width::Long autocomplete="off"/>
            <SelectField name="country" label=t.country options value=value("country") error=error("country") width=Width::Medium/>
            <TextField name="registration" label=t.registration hint=t.registration_hint value=value("registration") error=error("registration") width=Width::Medium autocomplete="off"/>
            <TextField name="email" label=t.email hint=t.email_hint value=value("email") error=error("email") width=Width::Long autocomplete="off" optional=true/>
            <DateField name="until" label=t.until hint=t.until_hint value=value("until") error=error("until") optional=true/>
            <ButtonRow><Button label=t.invite/></ButtonRow>
        </form>
    }
}

fn many(t: &'static Texts, here: &str, typed: &Typed) -> impl IntoView + use<> {
    let error = typed.errors().into_iter().map(|error| error.message).collect::<Vec<_>>().join(" ");
    let error = (!error.is_empty()).then_some(error);
    view! {
        <p>{t.file_lead}</p>
        <p><b>{t.columns}</b>": "<code dir="ltr">{COLUMNS.join(", ")}</code></p>
        <form class="stack" method="post" action=format!("{here}/file") enctype="multipart/form-data" novalidate=true>
            <FileField name="file" label=t.file hint=t.file_hint error accept=".csv,.txt" one=true/>
            <ButtonRow><Button label=t.file_act kind=ButtonKind::Secondary/></ButtonRow>
        </form>
    }
}

/// Invites a company.
pub(super) async fn invited(req: Req) -> Outcome {
    let (org, here) = (req.workspace()?.org, req.here("/members"));
    match members::invite(req.ctx(), &req.principal, org, &typed::answers(&req.form)).await {
        Ok(()) => {
            typed::done(&req).await?;
            Ok(Reply::to(with_query(&here, "done", "invited")))
        }
        Err(refusal) => typed::again(&req, INVITE, &here, refusal).await,
    }
}

/// Invites every company of a file.
pub(super) async fn file(req: Req) -> Outcome {
    let (t, org, here) = (texts(req.lang), req.workspace()?.org, req.here("/members"));
    let sent = upload::small(&req, LIMIT).await;
    let at_file = |words: &str| Err(Refusal::Invalid(vec![Problem::new("file", words)]));
    let outcome = match &sent.file {
        _ if sent.too_much => at_file(t.file_large),
        Some((_, bytes)) => members::import(req.ctx(), &req.principal, org, bytes).await,
        None => at_file(t.file_none),
    };
    match outcome {
        Ok((added, known)) => {
            typed::done(&req).await?;
            let to = with_query(&with_query(&here, "done", "file"), "added", &added.to_string());
            Ok(Reply::to(with_query(&to, "known", &known.to_string())))
        }
        Err(refusal) => typed::again(&req, FILE, &here, refusal).await,
    }
}

/// Ends a membership or takes an invitation back.
pub(super) async fn end(req: Req) -> Outcome {
    members::end(req.ctx(), &req.principal, req.workspace()?.org, req.parsed("membership")?).await?;
    Ok(Reply::to(with_query(&req.here("/members"), "done", "ended")))
}
