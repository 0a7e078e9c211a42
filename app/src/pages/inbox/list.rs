//! The inbox: lines by topic, newest first, read and unread.

use domain::notify::Topic;
use leptos::prelude::*;
use services::{
    Refusal,
    notify::{self, Line, Page as Found},
};

use crate::{
    components::*,
    format,
    text::inbox::{Texts, texts},
    web::{Outcome, Page, Reply, Req, paths::with_query},
};

/// What the address asks for.
#[derive(Clone, Copy)]
struct Asked {
    topic: Option<Topic>,
    unread_only: bool,
}

impl Asked {
    fn of(req: &Req) -> Self {
        let topic = Topic::from_code(req.query.get("topic"));
        Self { topic, unread_only: req.query.get("show") == "unread" }
    }

    fn address(self, req: &Req) -> String {
        let base = req.to("/me/inbox");
        let base = self.topic.map_or_else(|| base.clone(), |topic| with_query(&base, "topic", topic.code()));
        if self.unread_only { with_query(&base, "show", "unread") } else { base }
    }
}

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let asked = Asked::of(&req);
    let from = req.query.get("from").to_owned();
    let found = notify::page(req.ctx(), &req.principal, req.lang, asked.topic, !asked.unread_only, &from).await?;
    Page::new(texts(req.lang).title, move || whole(&req, asked, !from.is_empty(), found)).into()
}

fn whole(req: &Req, asked: Asked, is_later: bool, found: Found) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let any = found.unseen.iter().any(|(topic, _)| asked.topic.is_none_or(|one| one == *topic));
    let mark = any.then(|| {
        let label = if asked.topic.is_some() { t.mark_topic } else { t.mark_all };
        let hidden = vec![("all".to_owned(), asked.topic.map_or("all", Topic::code).to_owned())];
        view! { <PostButton action=asked.address(req) label hidden kind=ButtonKind::Secondary/> }
    });
    let acts = view! { {mark}<LinkButton href=req.to("/me/told") label=t.settings kind=ButtonKind::Quiet/> };
    let (topics, shows) = (topics(req, t, asked, &found), shows(req, t, asked));
    let (next, list) = (found.next.clone(), lines(req, t, asked, found.lines));
    let older = next.map(|next| {
        let href = with_query(&asked.address(req), "from", &next);
        view! { <LinkButton href label=t.older kind=ButtonKind::Secondary/> }
    });
    let newest =
        is_later.then(|| view! { <LinkButton href=asked.address(req) label=t.newest kind=ButtonKind::Quiet/> });
    view! {
        <DeskPage>
            <PageTitle title=t.title lead=t.lead acts=acts.into_any()/>
            {topics}
            {shows}
            {list}
            <div class="button-row">{older}{newest}</div>
        </DeskPage>
    }
}

/// All, and each topic that has something unread or is shown.
fn topics(req: &Req, t: &'static Texts, asked: Asked, found: &Found) -> impl IntoView + use<> {
    let link = |topic: Option<Topic>, label: String| {
        let href = Asked { topic, ..asked }.address(req);
        let current = (topic == asked.topic).then_some("page");
        view! { <li><a href=href aria-current=current>{label}</a></li> }
    };
    let count = |topic: Topic| found.unseen.iter().find(|(one, _)| *one == topic).map_or(0, |(_, many)| *many);
    let shown = Topic::ALL.iter().copied().filter(|topic| count(*topic) > 0 || asked.topic == Some(*topic));
    let links: Vec<_> = shown
        .map(|topic| {
            let many = count(topic);
            let label = if many > 0 { format!("{} ({many})", topic.label()) } else { topic.label().to_owned() };
            link(Some(topic), label)
        })
        .collect();
    let all = link(None, t.all_topics.to_owned());
    view! { <nav class="crumbs no-print" aria-label=t.topics><ul role="list">{all}{links}</ul></nav> }
}

fn shows(req: &Req, t: &'static Texts, asked: Asked) -> impl IntoView + use<> {
    let link = |unread_only: bool, label: &'static str| {
        let href = Asked { unread_only, ..asked }.address(req);
        let current = (unread_only == asked.unread_only).then_some("page");
        view! { <li><a href=href aria-current=current>{label}</a></li> }
    };
    let (all, unread) = (link(false, t.show_all), link(true, t.show_unread));
    view! { <nav class="crumbs no-print" aria-label=t.show><ul role="list">{all}{unread}</ul></nav> }
}

fn lines(req: &Req, t: &'static Texts, asked: Asked, lines: Vec<Line>) -> AnyView {
    if lines.is_empty() {
        return view! { <EmptyState title=t.nothing><p>{t.nothing_body}</p></EmptyState> }.into_any();
    }
    let (back, base, zone) = (asked.address(req), req.to("/me/inbox"), req.zone());
    let rows = lines.into_iter().map(|line| row(t, &base, &back, zone, line)).collect_view();
    let mut columns = [t.what, t.about, t.when].map(Column::new).to_vec();
    columns.push(Column::unlabelled(t.acts));
    view! { <DataTable id="news" caption=t.list caption_hidden=true columns>{rows}</DataTable> }.into_any()
}

fn row(t: &'static Texts, base: &str, back: &str, zone: &str, line: Line) -> impl IntoView + use<> {
    let href = format!("{base}/{}", line.id.simple());
    let when = format::moment(line.at, zone);
    let (label, read) = if line.is_seen { (t.mark_unread, "no") } else { (t.mark_read, "yes") };
    let hidden = vec![("news".to_owned(), line.id.simple().to_string()), ("read".to_owned(), read.to_owned())];
    let about = format!("{}, {when}", line.text);
    let mark = (!line.is_seen).then(|| view! { " "<Tag text=t.unread tone=Tone::Info/> });
    let class = if line.is_seen { "news" } else { "news news--unread" };
    view! {
        <tr class=class>
            <th scope="row"><a href=href>{line.text}</a>{mark}</th>
            <td>{line.topic.label()}{line.org.map(|org| view! { <br/><bdi class="muted">{org}</bdi> })}</td>
            <td><Moment text=when datetime=format::machine(line.at)/></td>
            <td><PostButton action=back.to_owned() label hidden about kind=ButtonKind::Quiet/></td>
        </tr>
    }
}

/// Opens a line, which marks it as read.
pub(super) async fn open(req: Req) -> Outcome {
    let id = req.parsed("news")?;
    let path = notify::open(req.ctx(), &req.principal, id).await?;
    Ok(Reply::to(req.to(&path)))
}

/// Marks a line, or all of them.
pub(super) async fn mark(req: Req) -> Outcome {
    let back = Asked::of(&req).address(&req);
    if req.form.has("all") {
        notify::mark_all(req.ctx(), &req.principal, Topic::from_code(req.form.get("all"))).await?;
        return Ok(Reply::to(back));
    }
    let id = req.form.get("news").parse().map_err(|_| Refusal::NotFound)?;
    notify::mark_unread(req.ctx(), &req.principal, id, req.form.get("read") == "no").await?;
    Ok(Reply::to(back))
}
