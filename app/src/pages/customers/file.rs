//! A customer's file: every part with its entries, owners drawn and as a table, documents.

use domain::customer::{PARTS, Part, Remark, summary};
use leptos::prelude::*;
use services::{
    customer::{View, decision as decisions, document, screening},
    declaration,
};

use super::{at, decision, declarations, documents, look, opened, owners};
use crate::{
    components::*,
    pages::{hits, licence::confirmed, report::place},
    text::{
        advice,
        customers::{Texts, texts},
        fill,
    },
    web::{Outcome, Page, Req, paths::with_query, typed::Typed},
};

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, view) = (texts(req.lang), opened(&req).await?);
    let papers = document::of_customer(req.ctx(), &req.principal, view.id).await?;
    let confirmed = services::licence::request::of_customer(req.ctx(), &req.principal, view.id).await?;
    let today = document::today(req.ctx(), view.org).await?;
    let found = screening::of_file(req.ctx(), &req.principal, view.id).await?;
    let declared = declaration::of_customer(req.ctx(), &req.principal, view.id).await?;
    let panel = decisions::panel(req.ctx(), &req.principal, view.id).await?;
    let typed = Typed::open(&req, &decision::answer_name(&view)).await?.in_order(&["", "answer", "answer_reason"]);
    let wrong = typed.is_wrong();
    let title = view.customer.name().to_owned();
    Page::new(title.clone(), move || {
        let (shape, tone) = look(view.customer.state());
        let state = view.customer.state().label();
        let when = place::moment(&req, view.changed);
        let country = view.customer.country().map_or(t.no_country, domain::country::Country::name);
        let head = fill(t.head, &[("country", country), ("state", state), ("when", &when), ("who", &view.by)]);
        let done = match req.query.get("done") {
            "added" => Some(t.done_added),
            "changed" => Some(t.done_changed),
            "removed" => Some(t.done_removed),
            "document" => Some(t.done_document),
            "ended" => Some(t.done_ended),
            "screened" => Some(crate::text::hits::texts(req.lang).done_screened),
            word => decision::done(crate::text::decision::texts(req.lang), word),
        };
        let done = done.map(|title| view! { <Banner tone=Tone::Ok title/> });
        let remarks = view.customer.remarks();
        let parts = PARTS.iter().map(|part| section(&req, t, &view, part, &remarks)).collect_view();
        let declared = declarations::section(&req, &view, &declared);
        let decided = decision::section(&req, &view, &panel, &typed);
        let papers = documents::section(&req, t, &view, papers, today);
        let (band, lists) = (hits::band(&req, &found), hits::section(&req, &view, &found));
        let confirmed = confirmed::section(&req, &view, &confirmed);
        let (list, history) = (req.here("/customers"), at(&req, view.id, "/history"));
        let asks = asks(&req, &view);
        view! {
            <DeskPage>
                <BackLink href=list label=t.back_list/>
                <ErrorSummary errors=typed.errors()/>
                {done}
                <PageTitle title lead=head/>
                <p class="part__acts"><Status shape word=state tone/><a href=history>{t.history_link}</a>{asks}</p>
                {band}
                {decided}
                {lists}
                {parts}
                {declared}
                {papers}
                {confirmed}
            </DeskPage>
        }
    })
    .errors(wrong)
    .into()
}

/// The ways to ask the authority about a sale to this customer, and to what can be said to it meanwhile.
fn asks(req: &Req, view: &View) -> AnyView {
    let t = advice::texts(req.lang);
    let of = |path: &str| with_query(&req.here(path), "customer", &view.id.to_string());
    let ask = view.may_write.then(|| {
        let (new, list) = (of("/advice/new"), of("/advice"));
        view! { <a href=new>{t.about_customer}</a><a href=list>{t.of_customer}</a> }
    });
    let wordings = req.here("/wordings");
    view! { {ask}<a href=wordings>{t.wordings_title}</a> }.into_any()
}

fn section(req: &Req, t: &'static Texts, view: &View, part: &'static Part, remarks: &[Remark]) -> AnyView {
    let groups: Vec<_> = summary(&view.customer).into_iter().filter(|group| group.section == part.id).collect();
    let title_id = format!("part-{}", part.id);
    let add = (view.may_write && (part.many || groups.is_empty())).then(|| {
        let (href, label) = (at(req, view.id, &format!("/parts/{}", part.id)), fill(t.add_one, &[("one", part.one)]));
        view! { <a href=href>{label}</a> }
    });
    let odd =
        remarks.iter().filter(|remark| remark.part == part.id).map(|remark| view! { <p>{remark.text.clone()}</p> });
    let odd = odd.collect::<Vec<_>>();
    let odd = (!odd.is_empty()).then(|| {
        let odd = odd.collect_view().into_any();
        view! { <Callout tone=Tone::Warn title=t.worth_a_look>{odd}</Callout> }
    });
    let nothing = groups.is_empty().then(|| view! { <p class="muted">{t.nothing_there}</p> });
    let entries = groups.into_iter().map(|group| entry(req, t, view, part, group)).collect_view();
    let body = if part.id == "owner" && !view.customer.entries("owner").is_empty() {
        let drawn = owners::section(t, &view.customer);
        let entries = entries.into_any();
        view! { {drawn}<Details summary=t.entries>{entries}</Details> }.into_any()
    } else {
        let why = (part.id == "owner").then(|| view! { <p class="muted">{t.owners_none}</p> });
        view! { {why}{nothing}{entries} }.into_any()
    };
    let named_by = title_id.clone();
    view! {
        <section class="part" aria-labelledby=named_by id=part.id>
            <div class="part__head"><h2 id=title_id>{part.title}</h2>{add}</div>
            {odd}
            {body}
        </section>
    }
    .into_any()
}

fn entry(
    req: &Req,
    t: &'static Texts,
    view: &View,
    part: &'static Part,
    group: domain::question::SummaryGroup,
) -> AnyView {
    let key = group.rows.first().map(|row| row.page.clone()).unwrap_or_default();
    let rows = group.rows.into_iter().map(|row| SummaryRow::text(row.label, row.value.join("\n"))).collect();
    let (title, about) = (group.title.clone(), group.title);
    let acts = view.may_write.then(|| {
        let href = at(req, view.id, &format!("/parts/{}/{key}", part.id));
        let hidden = vec![("version".to_owned(), view.version.to_string())];
        let remove = (part.id != "identity").then(|| {
            let (action, about) = (format!("{href}/remove"), about.clone());
            view! { <PostButton action label=t.remove kind=ButtonKind::Quiet hidden about/> }
        });
        view! { <p class="part__acts"><a href=href>{t.edit}<span class="unseen">" "{about}</span></a></p>{remove} }
    });
    let title = part.many.then(|| view! { <h3><bdi>{title}</bdi></h3> });
    view! { <div class="part__entry">{title}<AnsweredList rows/>{acts}</div> }.into_any()
}
