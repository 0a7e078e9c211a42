//! What was known of a customer on a day; and checking it again.

use domain::{
    answers::when::{Order, long_date, parse_date},
    date::Date,
    ids::CustomerId,
};
use leptos::prelude::*;
use services::customer::{
    self, document,
    screening::{self, Known, Ran, Then},
};

use super::{
    hit::{cause, row},
    look, points,
};
use crate::{
    components::*,
    pages::{report::place, watchlist::searched},
    text::{
        fill,
        hits::{Texts, texts},
        watchlist,
    },
    web::{Outcome, Page, Reply, Req, paths::with_query},
};

/// Checks a file again.
pub(super) async fn again(req: Req) -> Outcome {
    let id: CustomerId = req.parsed("customer")?;
    screening::again(req.ctx(), &req.principal, id).await?;
    let file = req.here(&format!("/customers/{id}"));
    Ok(Reply::to(format!("{}#lists", with_query(&file, "done", "screened"))))
}

/// The page: the day of the address, or today.
pub(super) async fn page(req: Req) -> Outcome {
    let t = texts(req.lang);
    let view = customer::view(req.ctx(), &req.principal, req.parsed("customer")?).await?;
    req.in_workspace(view.org)?;
    let today = document::today(req.ctx(), view.org).await?;
    let typed = req.query.get("day").trim().to_owned();
    let order = Order::of_country(&req.workspace()?.country);
    let day = if typed.is_empty() { Some(today) } else { parse_date(&typed, order).ok() };
    let known = match day {
        Some(day) => Some((day, screening::known(req.ctx(), &req.principal, view.id, day).await?)),
        None => None,
    };
    let title = fill(t.known_title, &[("name", view.customer.name())]);
    Page::new(title.clone(), move || {
        let file = req.here(&format!("/customers/{}", view.id));
        let wrong = known.is_none().then(|| t.day_wrong.to_owned());
        let value = known.as_ref().map_or(typed, |(day, _)| long_date(*day));
        let body = known.map(|(day, known)| body(&req, t, day, &known));
        view! {
            <FormPage>
                <BackLink href=file label=t.back_file/>
                <PageTitle title lead=t.known_lead/>
                <form class="stack" method="get" action=req.path.clone() novalidate=true>
                    <TextField name="day" label=t.day hint=t.day_hint value error=wrong width=Width::Medium/>
                    <ButtonRow><Button label=t.day_act kind=ButtonKind::Secondary/></ButtonRow>
                </form>
                {body}
            </FormPage>
        }
    })
    .into()
}

fn body(req: &Req, t: &'static Texts, day: Date, known: &Known) -> AnyView {
    let Some(ran) = &known.ran else {
        let text = fill(t.known_none, &[("day", &long_date(day))]);
        return view! { <p>{text}</p> }.into_any();
    };
    let file = file(req, t, known, ran);
    let lists = searched(watchlist::texts(req.lang), req.zone(), &ran.lists);
    let hits = match known.hits.is_empty() {
        true => view! { <p>{t.known_hits_none}</p> }.into_any(),
        false => (1_usize..).zip(&known.hits).map(|(number, hit)| then(req, t, number, hit)).collect_view().into_any(),
    };
    view! { <Panel title=t.known_file>{file}{lists}</Panel><h2>{t.known_hits}</h2>{hits} }.into_any()
}

fn file(req: &Req, t: &'static Texts, known: &Known, ran: &Ran) -> AnyView {
    let party = |(role, name): &(domain::customer::PartyRole, String)| format!("{name} ({})", role.label());
    let parties = known.parties.iter().map(party).collect::<Vec<_>>().join("; ");
    let checked = format!("{}: {}", place::moment(req, ran.at), cause(t, req.zone(), &ran.why));
    let engine = fill(t.known_engine, &[("engine", &ran.engine), ("threshold", &ran.threshold)]);
    let version = fill(t.known_version, &[("version", &known.version.to_string())]);
    let facts = [(t.known_run, checked), (t.known_file, version), (t.known_parties, parties), (t.score, engine)];
    let facts = facts.map(|(name, text)| (name.to_owned(), view! { <bdi>{text}</bdi> }.into_any())).into();
    view! { <Facts facts/> }.into_any()
}

fn then(req: &Req, t: &'static Texts, number: usize, hit: &Then) -> AnyView {
    let (shape, tone) = look(hit.state);
    let title = fill(t.known_hit, &[("name", &hit.name), ("entry", &hit.entry)]);
    let version = hit.list.number.to_string();
    let list = fill(t.list_version, &[("label", &hit.list.label), ("number", &version)]);
    let about = format!("{list} · {}", points(t, hit.score));
    let columns = [t.when, t.what, t.by, t.why].map(Column::new).to_vec();
    let rows = hit.steps.iter().map(|step| row(req, t, step)).collect_view();
    let id = format!("steps-{number}");
    view! {
        <Panel title>
            <p><Status shape word=hit.state.label() tone/></p>
            <p><bdi>{about}</bdi></p>
            <DataTable id caption=t.history_caption caption_hidden=true columns>{rows}</DataTable>
        </Panel>
    }
    .into_any()
}
