//! The notices of an organisation, by state, and the form that begins one.

use domain::{
    access::Action,
    language::Language,
    notice::{Kind, NoticeRef, State},
    organisation::OrgKind,
};
use leptos::prelude::*;
use services::{
    Refusal,
    notice::{self, Begin, Item, OwnItem, OwnPage, Shelf},
};

use super::{adapted, shown};
use crate::{
    components::*,
    format,
    pages::team::at_home,
    text::{
        approvals, fill,
        notices::{Texts, texts},
    },
    web::{Outcome, Page, Reply, Req, paths::with_query, typed::Typed},
};

pub(super) async fn page(req: Req) -> Outcome {
    at_home(&req)?;
    let (t, org) = (texts(req.lang), req.workspace()?.org);
    let shelf = State::from_code(req.query.get("state")).map_or(Shelf::All, Shelf::In);
    let after: Option<NoticeRef> = req.query.get("after").parse().ok();
    let found = notice::list(req.ctx(), &req.principal, org, shelf, after.as_ref()).await?;
    let between = Between::of(&req).await?;
    let (kind, wrong) = (req.workspace()?.kind, between.typed.is_wrong());
    Page::new(t.title, move || {
        let base = req.here("/notices");
        let (tabs, table) = (tabs(t, &base, (shelf, kind), &found), table(t, &base, &found));
        let between = between.view(&req);
        let begin = found.may_write.then(|| begin(&req, t, &base));
        let next = found.items.last().filter(|_| found.more).map(|item| {
            let here = match shelf {
                Shelf::All => base.clone(),
                Shelf::In(state) => with_query(&base, "state", state.code()),
            };
            let href = with_query(&here, "after", &item.reference.to_string());
            view! { <p><a href=href rel="next">{t.older}</a></p> }
        });
        view! {
            <DeskPage>
                <PageTitle title=t.title lead=t.lead_own/>
                {between}
                {begin}
                {tabs}
                {table}
                {next}
            </DeskPage>
        }
    })
    .errors(wrong)
    .into()
}

/// What associations and their authority have to do with each other's notices.
#[derive(Default)]
struct Between {
    /// The authority that approves an association's notices.
    authority: Option<String>,
    /// What an association can adapt, and the form of that.
    offered: Vec<Item>,
    typed: Typed,
    /// How many notices an authority has to approve; none for who does not.
    to_approve: Option<i64>,
}

impl Between {
    async fn of(req: &Req) -> Result<Self, Refusal> {
        let (ctx, who, member) = (req.ctx(), &req.principal, req.workspace()?);
        let mut found = Self::default();
        if member.kind == OrgKind::Association {
            found.authority = notice::gate::of(ctx, who, member.org).await?;
            found.offered = notice::offered(ctx, who, member.org).await?;
            found.typed = Typed::open(req, adapted::FORM).await?;
        } else if Action::ApproveNotices.allows(member.role) {
            found.to_approve = Some(notice::approval::waiting(ctx, who, member.org).await?);
        }
        Ok(found)
    }

    fn view(&self, req: &Req) -> AnyView {
        let t = approvals::texts(req.lang);
        let needed = self.authority.as_ref().map(|authority| {
            let text = fill(t.needed, &[("authority", authority)]);
            view! { <Callout tone=Tone::Info title=t.needed_title><p>{text}</p></Callout> }
        });
        let to_approve = self.to_approve.map(|count| {
            let end = view! { <Tag text=count.to_string()/> }.into_any();
            let rows = vec![LinkRow::new(t.title, req.here("/approvals")).text(t.lead).end(end)];
            view! { <LinkRows rows/> }
        });
        let form = adapted::form(req, &self.offered, &self.typed);
        view! { <ErrorSummary errors=self.typed.errors()/>{needed}{to_approve}{form} }.into_any()
    }
}

fn tabs(t: &'static Texts, base: &str, (shelf, kind): (Shelf, OrgKind), found: &OwnPage) -> AnyView {
    let count = |state: State| found.counts.iter().find(|(of, _)| *of == state).map_or(0, |(_, n)| n.unsigned_abs());
    let all = Tab { label: t.shelf_all.to_owned(), href: base.to_owned(), current: shelf == Shelf::All, count: None };
    let tab = |state: &State| Tab {
        label: state.label().to_owned(),
        href: with_query(base, "state", state.code()),
        current: shelf == Shelf::In(*state),
        count: Some(count(*state)),
    };
    // Nobody approves an authority's own notices.
    let states = State::ALL.iter().filter(|state| **state != State::Approval || kind == OrgKind::Association);
    let tabs = std::iter::once(all).chain(states.map(tab)).collect();
    view! { <Tabs label=t.state tabs/> }.into_any()
}

fn begin(req: &Req, t: &'static Texts, base: &str) -> AnyView {
    let kinds = Kind::ALL.iter().map(|one| SelectOption::new(one.code(), one.label())).collect();
    let languages = Language::all().iter().map(|one| SelectOption::new(one.code.clone(), one.name.clone())).collect();
    let lang = req.lang.tag();
    view! {
        <Details summary=t.new>
            <form class="notice__begin" method="post" action=format!("{base}/new")>
                <SelectField name="kind" label=t.kind options=kinds value=Kind::Alert.code() no_blank=true/>
                <SelectField name="lang" label=t.new_lang options=languages value=lang no_blank=true/>
                <Button label=t.begin/>
            </form>
        </Details>
    }
    .into_any()
}

fn table(t: &'static Texts, base: &str, found: &OwnPage) -> AnyView {
    if found.items.is_empty() {
        return view! { <EmptyState title=t.none_title><p>{t.none_own}</p></EmptyState> }.into_any();
    }
    let columns = [t.text_title, t.state, t.kind, t.for_whom, t.changed, t.author].map(Column::new).to_vec();
    let rows = found.items.iter().map(|item| row(t, base, item, &found.zone)).collect_view();
    view! { <DataTable id="own-notices" caption=t.title caption_hidden=true columns>{rows}</DataTable> }.into_any()
}

fn row(t: &'static Texts, base: &str, item: &OwnItem, zone: &str) -> AnyView {
    let href = format!("{base}/{}", item.reference);
    let title = item.card.texts.first().map(|text| text.title.clone()).filter(|title| !title.is_empty());
    let title = title.unwrap_or_else(|| t.untitled.to_owned());
    let number = item.reference.to_string();
    let at = item.publish_at.map(|at| {
        let text = fill(t.on_day, &[("at", &format::moment(at, zone))]);
        view! { <br/><span class="small muted">{text}</span> }
    });
    let open = (item.revision > 0 && item.state != State::Published && item.state != State::Withdrawn).then(|| {
        let text = fill(t.revision_open, &[("n", &item.revision.to_string())]);
        view! { <br/><span class="small muted">{text}</span> }
    });
    let expired = (item.state == State::Published).then(|| shown::standing(item.standing)).flatten();
    let tags = (state(item.state), shown::severity(item.card.severity), shown::kind(item.card.kind));
    let (who, changed, author) = (shown::audience(t, &item.card.audience), item.changed, item.author.clone());
    view! {
        <tr>
            <th scope="row"><a href=href><bdi>{title}</bdi></a><br/><span class="small muted" dir="ltr">{number}</span></th>
            <td>{tags.0}" "{expired}{at}{open}</td>
            <td>{tags.1}" "{tags.2}</td>
            <td>{who}</td>
            <td><Moment text=format::moment(changed, zone) datetime=format::machine(changed)/></td>
            <td><bdi>{author}</bdi></td>
        </tr>
    }
    .into_any()
}

/// A state with its shape.
pub(super) fn state(state: State) -> AnyView {
    let (shape, tone) = match state {
        State::Draft => (Shape::Open, Tone::Neutral),
        State::Review => (Shape::Half, Tone::Info),
        State::Approval => (Shape::Half, Tone::Warn),
        State::Scheduled => (Shape::ThreeQuarter, Tone::Info),
        State::Published => (Shape::Full, Tone::Ok),
        State::Withdrawn => (Shape::Struck, Tone::Danger),
    };
    view! { <Status shape word=state.label() tone/> }.into_any()
}

/// Begins a notice.
pub(super) async fn create(req: Req) -> Outcome {
    at_home(&req)?;
    let kind = Kind::from_code(req.form.get("kind")).unwrap_or(Kind::Guidance);
    let lang = Language::find(req.form.get("lang")).map_or_else(|| req.lang.tag().to_owned(), |one| one.code.clone());
    let made = notice::create(req.ctx(), &req.principal, req.workspace()?.org, Begin::Empty(kind, &lang)).await?;
    Ok(Reply::to(req.here(&format!("/notices/{made}/edit"))))
}
