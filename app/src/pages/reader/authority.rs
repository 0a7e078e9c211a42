//! The authority's readers, and how far each is trusted.

use domain::{
    ids::UserId,
    reader::{Audience, GIVEN, Trust},
};
use leptos::prelude::*;
use services::reader::{self, Asked, Reader};

use super::audiences;
use crate::{
    components::*,
    format,
    pages::{account::country_name, learning::gate_callout},
    text::{
        fill,
        reader::{Texts, texts},
    },
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

const FORM: &str = "trust";

fn asked(req: &Req) -> Asked {
    let trust = Trust::from_code(req.query.get("trust"));
    let page = req.query.get("page").parse().unwrap_or(0);
    Asked { audience: Audience::from_code(req.query.get("audience")), trust, page }
}

fn address(req: &Req, asked: Asked) -> String {
    let base = req.here("/readers");
    let base = asked.audience.map_or_else(|| base.clone(), |one| with_query(&base, "audience", one.code()));
    let base = asked.trust.map_or_else(|| base.clone(), |one| with_query(&base, "trust", one.code()));
    if asked.page > 0 { with_query(&base, "page", &asked.page.to_string()) } else { base }
}

/// The list.
pub(super) async fn page(req: Req) -> Outcome {
    let asked = asked(&req);
    let (found, more) = reader::list(req.ctx(), &req.principal, req.workspace()?.org, asked).await?;
    let t = texts(req.lang);
    let title = format!("{} – {}", t.list_title, req.workspace()?.org_name);
    Page::new(title, move || {
        let (filters, list) = (filters(&req, t, asked), list(&req, t, found));
        let next = more.then(|| {
            let href = address(&req, Asked { page: asked.page.saturating_add(1), ..asked });
            view! { <LinkButton href label=t.next_page kind=ButtonKind::Secondary/> }
        });
        let first = (asked.page > 0).then(|| {
            let href = address(&req, Asked { page: 0, ..asked });
            view! { <LinkButton href label=t.first_page kind=ButtonKind::Quiet/> }
        });
        view! {
            <DeskPage>
                <PageTitle title=t.list_title lead=t.list_lead/>
                {filters}
                {list}
                <div class="button-row">{next}{first}</div>
            </DeskPage>
        }
    })
    .into()
}

fn levels() -> Vec<SelectOption> {
    GIVEN.map(|trust| SelectOption::new(trust.code(), trust.label())).into()
}

fn filters(req: &Req, t: &'static Texts, asked: Asked) -> impl IntoView + use<> {
    let audience = asked.audience.map_or("", Audience::code);
    let trust = asked.trust.map_or("", Trust::code);
    let open = asked.audience.is_some() || asked.trust.is_some();
    view! {
        <FilterForm action=req.here("/readers") open>
            <SelectField name="audience" label=t.audience options=audiences() value=audience blank=t.all_audiences/>
            <SelectField name="trust" label=t.trust options=levels() value=trust blank=t.all_audiences/>
        </FilterForm>
    }
}

fn list(req: &Req, t: &'static Texts, found: Vec<Reader>) -> AnyView {
    if found.is_empty() {
        return view! { <EmptyState title=t.list_none><p>{t.list_none_body}</p></EmptyState> }.into_any();
    }
    let columns = [t.who, t.audience, t.employer, t.country, t.since, t.trust].map(Column::new).to_vec();
    let zone = req.zone();
    let rows = found.into_iter().map(|reader| row(req, t, zone, reader)).collect_view();
    view! { <DataTable id="readers" caption=t.list caption_hidden=true columns>{rows}</DataTable> }.into_any()
}

fn row(req: &Req, t: &'static Texts, zone: &str, reader: Reader) -> impl IntoView + use<> {
    let href = req.here(&format!("/readers/{}", reader.id));
    let employer = if reader.employer.is_empty() { t.no_employer.to_owned() } else { reader.employer };
    view! {
        <tr>
            <th scope="row"><a href=href><bdi>{reader.name}</bdi></a><br/><bdi dir="ltr" class="muted">{reader.email}</bdi></th>
            <td>{reader.audience.map_or("", Audience::label)}</td>
            <td><bdi>{employer}</bdi></td>
            <td>{country_name(&reader.country)}</td>
            <td><Moment text=format::day(reader.since, zone) datetime=format::machine(reader.since)/></td>
            <td>{reader.trust.label()}</td>
        </tr>
    }
}

/// One of them, with the form that sets the level.
pub(super) async fn one(req: Req) -> Outcome {
    let id: UserId = req.parsed("reader")?;
    let reader = reader::one(req.ctx(), &req.principal, req.workspace()?.org, id).await?;
    let typed = Typed::open(&req, FORM).await?;
    let (gate, _) = gate_callout(&req, req.workspace()?.org).await?;
    let (t, wrong) = (texts(req.lang), typed.is_wrong());
    let title = fill(t.set_title, &[("who", &reader.name)]);
    Page::new(title.clone(), move || whole(&req, t, title, reader, gate, &typed)).errors(wrong).into()
}

fn whole(
    req: &Req,
    t: &'static Texts,
    title: String,
    reader: Reader,
    gate: Option<AnyView>,
    typed: &Typed,
) -> impl IntoView + use<> {
    let done = (!typed.is_wrong() && req.query.get("done") == "set")
        .then(|| view! { <Banner tone=Tone::Ok title=t.set_done/> });
    let chosen = typed.value_or("trust", reader.trust.code());
    let options = GIVEN.map(|trust| Choice::new(trust.code(), trust.label()).checked(trust.code() == chosen));
    let (action, version) = (req.path.clone(), reader.version.to_string());
    let employer = if reader.employer.is_empty() { t.no_employer.to_owned() } else { reader.employer };
    let facts = [
        (t.email, reader.email),
        (t.audience, reader.audience.map_or("", Audience::label).to_owned()),
        (t.employer, employer),
        (t.country, country_name(&reader.country)),
    ];
    let facts = facts.map(|(label, value)| (label.to_owned(), view! { <bdi>{value}</bdi> }.into_any())).into();
    view! {
        <FormPage>
            <ErrorSummary errors=typed.errors()/>
            {done}
            <PageTitle title lead=t.set_lead/>
            <Facts facts/>
            {gate}
            <form class="stack" method="post" action=action novalidate=true>
                <input type="hidden" name="version" value=version/>
                <Choices name="trust" legend=t.set_legend options=options.into() error=typed.error("trust")/>
                <Checkbox name="checked" label=t.set_sure value="yes" error=typed.error("checked")/>
                <Button label=t.set_act/>
            </form>
            <p><a href=req.here("/readers")>{t.back}</a></p>
        </FormPage>
    }
}

/// Sets the level.
pub(super) async fn set(req: Req) -> Outcome {
    let id: UserId = req.parsed("reader")?;
    let org = req.workspace()?.org;
    let what = (id, req.posted_version());
    match reader::trust(req.ctx(), &req.principal, org, what, &typed::answers(&req.form)).await {
        Ok(()) => {
            typed::done(&req).await?;
            Ok(Reply::to(with_query(&req.path, "done", "set")))
        }
        Err(refusal) => typed::again(&req, FORM, &req.path, refusal).await,
    }
}
