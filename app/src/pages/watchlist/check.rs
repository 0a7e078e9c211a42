//! A check: every hit side by side with who was asked for, why it is one, and what it means in law.

use leptos::prelude::*;
use screening::{
    entry::{Address, Birth, Entry, Identifier},
    explain::{self, Effect},
};
use services::watchlist::{self, Asking, Check, Hit, Source};

use super::screen::{searched, titled};
use crate::{
    components::*,
    format,
    text::{
        fill,
        watchlist::{Texts, texts},
    },
    web::{Outcome, Page, Req},
};

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, org) = (texts(req.lang), req.workspace()?.org);
    let check = watchlist::check(req.ctx(), &req.principal, org, req.parsed("check")?).await?;
    let (zone, here) = (req.zone(), req.here(""));
    Page::new(t.check_title, move || whole(t, zone, &here, &check)).into()
}

fn whole(t: &'static Texts, zone: &str, here: &str, check: &Check) -> impl IntoView + use<> {
    let back = format!("{here}/screen");
    let lead = fill(t.check_lead, &[("person", &check.line.person)]);
    let (asked, found, how) = (asked(t, zone, check), found(t, here, check), how(t, zone, check));
    view! {
        <FormPage>
            <BackLink href=back.clone()/>
            <PageTitle title=t.check_title lead/>
            {asked}
            {found}
            {how}
            <ButtonRow><LinkButton href=back label=t.check_again kind=ButtonKind::Secondary/></ButtonRow>
        </FormPage>
    }
}

fn text(text: impl Into<String>) -> AnyView {
    let text = text.into();
    view! { <bdi>{text}</bdi> }.into_any()
}

fn asked(t: &'static Texts, zone: &str, check: &Check) -> impl IntoView + use<> {
    let (asking, at) = (&check.line.asking, check.line.at);
    let when = view! { <Moment text=format::moment(at, zone) datetime=format::machine(at)/> }.into_any();
    let mut facts = vec![(t.names, text(asking.asked.names.join("; "))), (t.when, when)];
    let more = [
        (t.born, asking.birth.clone()),
        (t.countries, countries(asking)),
        (t.numbers, numbers(asking)),
        (t.addresses, addresses(&asking.asked.addresses)),
    ];
    facts.extend(more.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name, text(value))));
    let facts = facts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    view! { <Panel title=t.asked_for><Facts facts/></Panel> }
}

fn countries(asking: &Asking) -> String {
    asking.asked.countries.iter().map(|country| country.name()).collect::<Vec<_>>().join(", ")
}

fn numbers(asking: &Asking) -> String {
    joined(&asking.asked.identifiers)
}

fn joined(numbers: &[Identifier]) -> String {
    numbers.iter().map(|number| number.value.as_str()).collect::<Vec<_>>().join(", ")
}

fn found(t: &'static Texts, here: &str, check: &Check) -> AnyView {
    if check.hits.is_empty() {
        return view! { <Callout tone=Tone::Ok title=t.no_hits_title><p>{t.no_hits}</p></Callout> }.into_any();
    }
    let title = match check.line.count {
        1 => t.hits_one.to_owned(),
        count => fill(t.hits_some, &[("count", &count.to_string())]),
    };
    let kept = check.hits.len();
    let is_cut = usize::try_from(check.line.count).is_ok_and(|count| count > kept);
    let cut = is_cut.then(|| view! { <p>{fill(t.hits_kept, &[("kept", &kept.to_string())])}</p> });
    let hits = (1_usize..).zip(&check.hits).map(|(number, one)| hit((t, here), number, &check.line.asking, one));
    let hits = hits.collect_view();
    view! {
        <Callout tone=Tone::Warn title><p>{t.hits_lead}</p>{cut}</Callout>
        <div class="hits">{hits}</div>
    }
    .into_any()
}

/// The caption of a hit's table; those of further hits on the page are told apart.
fn numbered(t: &'static Texts, caption: &str, number: usize) -> String {
    if number > 1 {
        fill(t.caption_of_hit, &[("caption", caption), ("number", &number.to_string())])
    } else {
        caption.to_owned()
    }
}

/// A hit beside who was asked for, why it is one, and what it means in law. Its number sets its tables apart on a page; `here` is
/// the organisation's address.
pub(crate) fn hit(
    (t, here): (&'static Texts, &str),
    number: usize,
    asking: &Asking,
    hit: &Hit,
) -> impl IntoView + use<> {
    // Only what is the same in everything is 100.
    let score = format!("{:.0}", (hit.score * 100.0).floor());
    let score = fill(t.score, &[("score", &score)]);
    let tags = hit.means.iter().map(|meaning| view! { <Tag text=meaning.label() tone=Tone::Warn/> }).collect_view();
    let why = explain::sentences(&hit.comparison, &hit.support);
    let (sides, parts, more, law) =
        (sides(t, number, asking, hit), parts(t, number, hit), more(t, hit), law(t, here, hit));
    let end = view! { <b class="hit__score"><span class="unseen">{t.score_label}" "</span>{score}</b> }.into_any();
    view! {
        <Panel title=hit.name.clone() end>
            <p class="hit__tags">{tags}</p>
            {sides}
            <h3>{t.why}</h3>
            <p>{why}</p>
            {parts}
            {law}
            <Details summary=t.entry>{more}</Details>
        </Panel>
    }
}

/// Who was asked for and who stands on the list, line by line.
fn sides(t: &'static Texts, number: usize, asking: &Asking, hit: &Hit) -> impl IntoView + use<> {
    let known = |value: String| if value.is_empty() { t.not_known.to_owned() } else { value };
    let row = |name: &'static str, asked: String, listed: String| {
        let (asked, listed) = (known(asked), known(listed));
        view! { <tr><th scope="row">{name}</th><td><bdi>{asked}</bdi></td><td><bdi>{listed}</bdi></td></tr> }
    };
    let entry = &hit.entry;
    let births = entry.births.iter().map(born).collect::<Vec<_>>().join("; ");
    let rows = [
        row(t.name, hit.asked.clone(), hit.name.clone()),
        row(t.born, asking.birth.clone(), births),
        row(t.countries, countries(asking), places(entry)),
        row(t.numbers, numbers(asking), joined(&entry.identifiers)),
        row(t.addresses, addresses(&asking.asked.addresses), addresses(&entry.addresses)),
    ]
    .collect_view();
    let columns = vec![Column::unlabelled(t.field), Column::new(t.asked_for), Column::new(t.on_the_list)];
    view! {
        <DataTable id=format!("sides-{number}") caption=numbered(t, t.compare_caption, number) caption_hidden=true columns>{rows}</DataTable>
    }
}

fn addresses(all: &[Address]) -> String {
    all.iter().map(|address| address.text.as_str()).collect::<Vec<_>>().join("; ")
}

/// Countries of an entry, each once.
fn places(entry: &Entry) -> String {
    let tied = entry.countries.iter().map(|place| place.country);
    let mut all: Vec<_> = tied.chain(entry.addresses.iter().filter_map(|address| address.country)).collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter().map(domain::country::Country::name).collect::<Vec<_>>().join(", ")
}

/// A day, a year, or from when to when.
fn born(birth: &Birth) -> String {
    let (from, to) = (birth.from, birth.to);
    let whole = (from.month(), from.day(), to.month(), to.day()) == (1, 1, 12, 31);
    match (from == to, whole, from.year() == to.year()) {
        (true, ..) => from.to_string(),
        (_, true, true) => from.year().to_string(),
        (_, true, false) => format!("{}\u{2013}{}", from.year(), to.year()),
        _ => format!("{from} \u{2013} {to}"),
    }
}

/// What each part added or took away, aligned.
fn parts(t: &'static Texts, number: usize, hit: &Hit) -> impl IntoView + use<> {
    let points = |part: f32| format!("{:.0}", part * 100.0);
    let rows = explain::table(&hit.comparison, &hit.support).into_iter().map(|line| {
        let (kind, effect) = match line.effect {
            Effect::Adds(part) => ("adds", fill(t.adds, &[("points", &points(part))])),
            Effect::Takes(part) => ("takes", fill(t.takes, &[("points", &points(part))])),
            Effect::Supports => ("adds", t.supports.to_owned()),
            Effect::Contradicts => ("takes", t.contradicts.to_owned()),
            Effect::Decides => ("adds", t.decides.to_owned()),
            Effect::Notes => ("notes", t.notes.to_owned()),
        };
        view! {
            <tr data-effect=kind>
                <th scope="row">{line.what}</th>
                <td><bdi>{line.asked}</bdi></td>
                <td><bdi>{line.listed}</bdi></td>
                <td>{effect}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = [t.part_what, t.part_asked, t.part_listed, t.part_effect].map(Column::new).to_vec();
    view! {
        <div class="hit__parts">
            <DataTable id=format!("parts-{number}") caption=numbered(t, t.table_caption, number) columns>{rows}</DataTable>
        </div>
    }
}

fn law(t: &'static Texts, here: &str, hit: &Hit) -> AnyView {
    if let Some(source) = &hit.own {
        return own(t, here, source);
    }
    let shared = (!hit.list.owner.is_empty()).then(|| fill(t.law_shared, &[("owner", &hit.list.owner)]));
    let shared = shared.map(|text| view! { <p>{text}</p> });
    let texts = hit.means.iter().map(|meaning| {
        view! { <p><b>{meaning.label()}</b>": "{meaning.text()}</p> }
    });
    let texts = texts.collect_view();
    view! { <h3>{t.law}</h3>{texts}{shared}<p class="muted">{t.law_note}</p> }.into_any()
}

/// What the company itself reported or refused, with the way there.
fn own(t: &'static Texts, here: &str, source: &Source) -> AnyView {
    let (text, href, label) = match source {
        Source::Report(reference) => {
            (t.own_report, format!("{here}/reports/{reference}"), fill(t.own_report_open, &[("reference", reference)]))
        }
        Source::Customer(id) => (t.own_customer, format!("{here}/customers/{id}"), t.own_customer_open.to_owned()),
    };
    view! { <h3>{t.law}</h3><p>{text}</p><p><a href=href>{label}</a></p> }.into_any()
}

/// Everything else that the list says.
fn more(t: &'static Texts, hit: &Hit) -> impl IntoView + use<> {
    let entry = &hit.entry;
    let version = titled(t, &hit.list);
    let names = entry.names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join("; ");
    let addresses = addresses(&entry.addresses);
    let facts = [
        (t.list, version),
        (t.source, entry.source.clone()),
        (t.id, entry.id.clone()),
        (t.programmes, entry.programmes.join("; ")),
        (t.listed_on, entry.listed_on.map(|day| day.to_string()).unwrap_or_default()),
        (t.other_names, names),
        (t.addresses, addresses),
        (t.remarks, entry.remarks.join("; ")),
    ];
    let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
    let facts = facts.map(|(name, value)| (name.to_owned(), text(value))).collect();
    view! { <Facts facts/> }
}

fn how(t: &'static Texts, zone: &str, check: &Check) -> impl IntoView + use<> {
    let engine = fill(t.engine_version, &[("version", &check.engine), ("threshold", &check.threshold)]);
    let facts = vec![(t.engine.to_owned(), text(engine))];
    let lists = searched(t, zone, &check.lists);
    view! { <Panel title=t.how><Facts facts/>{lists}</Panel> }
}
