//! Who has taken note of a notice: for an authority people by name with a file, for an association counts; and the button that
//! reminds the others.

use domain::{
    answers::when::long_date,
    date::Date,
    notice::{Counts, Note},
};
use leptos::prelude::*;
use paper::{Cell, Column as PaperColumn, Table};
use services::{
    export,
    notice::{self, Figures, Line, Progress, Taken},
};

use super::{At, reach::told};
use crate::{
    components::*,
    format,
    text::{fill, notices::Texts},
    web::{
        Outcome, Page, Reply, Req, files,
        paths::with_query,
        typed::{self, Typed},
    },
};

/// People who are shown at once.
const SHOWN: usize = 500;
/// What the address says after a reminder where the number is not told.
const SOME: &str = "some";
/// Where the page stands under its notice.
const HERE: &str = "/acknowledgements";

fn form_name(at: &At) -> String {
    format!("acknowledgements of {}", at.notice)
}

pub(super) async fn page(req: Req) -> Outcome {
    let at = At::of(&req)?;
    let found = notice::figures(req.ctx(), &req.principal, at.own()).await?;
    let typed = Typed::open(&req, &form_name(&at)).await?;
    let (t, wrong, note) = (at.t, typed.is_wrong(), Note::from_code(req.query.get("show")));
    let reminded = match (wrong, req.query.get("reminded")) {
        (true, _) | (false, "") => None,
        (false, SOME) => Some(t.done_reminded_some.to_owned()),
        (false, n) => n.parse::<u64>().ok().map(|n| fill(t.done_reminded, &[("n", &n.to_string())])),
    };
    Page::new(t.acks_title, move || {
        let done = reminded.map(|title| view! { <Banner tone=Tone::Ok title/> });
        let lead = found.published.filter(|_| found.taken != Taken::NotAsked).map(|published| {
            let at = format::moment(published, &found.zone);
            let text = fill(t.acks_lead, &[("n", &found.revision.to_string()), ("at", &at)]);
            view! { <p class="lead">{text}</p> }
        });
        let remind = found.may_remind.then(|| remind_form(&at));
        let (caption, taken) = (found.title.clone(), taken(&at, &found, note));
        view! {
            <DeskPage>
                <BackLink href=at.here.clone() label=t.title/>
                <ErrorSummary errors=typed.errors()/>
                {done}
                <PageTitle title=t.acks_title caption/>
                {lead}
                {remind}
                {taken}
            </DeskPage>
        }
    })
    .errors(wrong)
    .into()
}

fn remind_form(at: &At) -> AnyView {
    view! {
        <div class="stack no-print">
            <PostButton action=at.to("/remind") label=at.t.remind kind=ButtonKind::Secondary/>
            <p class="muted">{at.t.remind_note}</p>
        </div>
    }
    .into_any()
}

fn taken(at: &At, found: &Figures, note: Option<Note>) -> AnyView {
    let t = at.t;
    match &found.taken {
        Taken::NotAsked => view! { <EmptyState title=t.acks_none_title><p>{t.acks_none}</p></EmptyState> }.into_any(),
        Taken::Counted { counts, day } => counted(t, counts, *day),
        Taken::Named { people, organisations, elsewhere, lines } => {
            let stats = stats(t, people, organisations);
            let elsewhere = (elsewhere.asked > 0).then(|| {
                let counts = [elsewhere.asked.to_string(), elsewhere.acknowledged.to_string()];
                view! { <p>{fill(t.acks_elsewhere, &[("n", &counts[0]), ("done", &counts[1])])}</p> }
            });
            let (tabs, list) = (tabs(at, lines, note), list(at, found, lines, note));
            view! { <Stats stats/>{elsewhere}{tabs}{list} }.into_any()
        }
    }
}

fn stats(t: &'static Texts, people: &Progress, organisations: &Progress) -> Vec<Stat> {
    let stat = |label: &str, percent: Option<u64>, note: String| Stat {
        value: percent.map_or_else(|| t.not_told.to_owned(), |n| format!("{n} %")),
        label: label.to_owned(),
        note: Some(note),
        href: None,
    };
    let of = |text: &str, n: u64, all: u64| fill(text, &[("n", &n.to_string()), ("all", &all.to_string())]);
    let opened = domain::notice::percent(people.opened, people.asked);
    vec![
        stat(t.acks_people, people.percent(), of(t.acks_of, people.acknowledged, people.asked)),
        stat(
            t.acks_companies,
            organisations.percent(),
            of(t.acks_companies_note, organisations.acknowledged, organisations.asked),
        ),
        stat(t.acks_opened, opened, of(t.acks_of, people.opened, people.asked)),
    ]
}

fn tabs(at: &At, lines: &[Line], shown: Option<Note>) -> AnyView {
    let (t, base) = (at.t, at.to(HERE));
    let count = |note: Note| u64::try_from(lines.iter().filter(|line| line.note == note).count()).unwrap_or(u64::MAX);
    let all = Tab { label: t.shelf_all.to_owned(), href: base.clone(), current: shown.is_none(), count: None };
    let tab = |note: &Note| Tab {
        label: note.label().to_owned(),
        href: with_query(&base, "show", note.code()),
        current: shown == Some(*note),
        count: Some(count(*note)),
    };
    let tabs = std::iter::once(all).chain(Note::ALL.iter().map(tab)).collect();
    view! { <Tabs label=t.acks_show tabs/> }.into_any()
}

fn list(at: &At, found: &Figures, lines: &[Line], note: Option<Note>) -> AnyView {
    let t = at.t;
    let wanted: Vec<&Line> = lines.iter().filter(|line| note.is_none_or(|note| line.note == note)).collect();
    if wanted.is_empty() {
        return view! { <p>{t.acks_empty}</p> }.into_any();
    }
    let heads = [t.acks_organisation, t.acks_person, t.acks_show, t.acks_when_opened, t.acks_when, t.acks_reminded];
    let columns = heads.map(Column::new).to_vec();
    let rows = wanted.iter().take(SHOWN).map(|line| row(line, &found.zone)).collect_view();
    let more = (wanted.len() > SHOWN).then(|| view! { <p>{fill(t.acks_first, &[("n", &SHOWN.to_string())])}</p> });
    let files = files::links(|ending| at.to(&format!("{HERE}{ending}")));
    view! {
        <DataTable id="acknowledgements" caption=t.acks_title caption_hidden=true columns>{rows}</DataTable>
        {more}
        <TakeAway files/>
    }
    .into_any()
}

fn row(line: &Line, zone: &str) -> AnyView {
    let when = |at: Option<domain::time::Timestamp>| {
        at.map(|at| view! { <Moment text=format::moment(at, zone) datetime=format::machine(at)/> })
    };
    let (organisation, person) = (line.organisation.clone(), line.person.clone());
    let (opened, acknowledged, reminded) = (when(line.opened), when(line.acknowledged), when(line.reminded));
    view! {
        <tr>
            <th scope="row"><bdi>{organisation}</bdi></th>
            <td><bdi>{person}</bdi></td>
            <td>{state(line.note)}</td>
            <td>{opened}</td>
            <td>{acknowledged}</td>
            <td>{reminded}</td>
        </tr>
    }
    .into_any()
}

/// How far somebody is, with its shape.
fn state(note: Note) -> AnyView {
    let (shape, tone) = match note {
        Note::Acknowledged => (Shape::Full, Tone::Ok),
        Note::Opened => (Shape::Half, Tone::Info),
        Note::Unread => (Shape::Open, Tone::Neutral),
    };
    view! { <Status shape word=note.label() tone/> }.into_any()
}

fn counted(t: &'static Texts, counts: &Counts<Note>, day: Date) -> AnyView {
    let parts = counts.parts.iter().map(|(note, count)| (note.label(), *count));
    let rest = counts.rest.map(|n| (t.rest, Some(n)));
    let rows = parts.chain(rest).map(|(name, count)| {
        view! { <tr><th scope="row">{name}</th><td class="num">{told(t, count)}</td></tr> }
    });
    let rows = rows.collect_view();
    let columns = vec![Column::new(t.acks_show), Column::numeric(t.reach_people)];
    let text = fill(t.acks_counted, &[("day", &long_date(day))]);
    view! {
        <p>{text}</p>
        <DataTable id="acknowledgements" caption=t.acks_title caption_hidden=true columns>{rows}</DataTable>
    }
    .into_any()
}

const COLUMNS: [PaperColumn<Line>; 6] = [
    PaperColumn::new("organisation", "company or reader", |line| Cell::text(&line.organisation)),
    PaperColumn::new("person", "person", |line| Cell::text(&line.person)),
    PaperColumn::new("state", "how far", |line| Cell::word(line.note.code(), line.note.label())),
    PaperColumn::new("opened_at", "opened (UTC)", |line| Cell::moment(line.opened)),
    PaperColumn::new("acknowledged_at", "acknowledged (UTC)", |line| Cell::moment(line.acknowledged)),
    PaperColumn::new("reminded_at", "reminded (UTC)", |line| Cell::moment(line.reminded)),
];

/// The list as a file.
pub(super) async fn file(req: Req) -> Outcome {
    let (at, format) = (At::of(&req)?, files::asked(&req)?);
    let lines = export::acknowledgements(req.ctx(), &req.principal, at.own(), format.ending()).await?;
    files::hand_out(&req, "acknowledgements", at.t.acks_title, Table::of("acknowledgements", &COLUMNS, &lines)).await
}

/// Reminds those who have not.
pub(super) async fn remind(req: Req) -> Outcome {
    let at = At::of(&req)?;
    match notice::remind(req.ctx(), &req.principal, at.own()).await {
        Ok(n) => {
            typed::done(&req).await?;
            let n = n.map_or_else(|| SOME.to_owned(), |n| n.to_string());
            Ok(Reply::to(with_query(&at.to(HERE), "reminded", &n)))
        }
        Err(refusal) => typed::again(&req, &form_name(&at), &at.to(HERE), refusal).await,
    }
}
