//! The duty roster: who is on duty, who is away, what officers speak and know, and giving reports by rule.

use domain::{calendar::Weekday, date::Date, ids::UserId, language::Language, roster::Speciality, time::Timestamp};
use leptos::prelude::*;
use services::{
    desk::Officer,
    roster::{self, AbsenceItem, Away, RosterDay, RosterOfficer, RosterPage},
};

use super::{keys, place::Desk};
use crate::{
    components::*,
    format,
    text::{
        duty::{Texts, texts},
        fill,
    },
    web::{Outcome, Page, Reply, Req, paths::with_query, typed, typed::Typed},
};

/// Name under which a refused absence is kept.
const ABSENCE: &str = "absence";
/// Days that the roster shows.
const SHOWN: i64 = 14;

/// A day without its weekday: `23 Nov 2026`.
fn date(day: Date) -> String {
    format::day(Timestamp(day.days() * Timestamp::DAY), "UTC")
}

fn long(day: Date) -> String {
    format!("{}, {}", Weekday::of(day).label(), date(day))
}

/// A name with what one must know where somebody is away.
pub fn with_away(words: &str, name: &str, away: Option<&Away>) -> String {
    away.map_or_else(
        || name.to_owned(),
        |away| fill(words, &[("name", name), ("day", &date(away.until)), ("deputy", &away.deputy)]),
    )
}

/// An officer to whom a report can be given: oneself by that word, and where it goes if they are away.
pub fn officer_option(desk: &Desk, officer: &Officer) -> SelectOption {
    let is_me = officer.id == desk.me;
    let name = if is_me { fill(desk.t.assign_you, &[("name", &officer.name)]) } else { officer.name.clone() };
    SelectOption::new(officer.id.to_string(), with_away(desk.duty.goes_to, &name, officer.away.as_ref()))
}

/// What the home page says of today.
pub fn today(desk: &Desk, t: &'static Texts, on_duty: &[String], represents: &[String]) -> AnyView {
    let said = match on_duty {
        [] => t.home_nobody.to_owned(),
        names => fill(t.home_on_duty, &[("names", &names.join(", "))]),
    };
    let stands_in = (!represents.is_empty()).then(|| fill(t.home_represents, &[("names", &represents.join(", "))]));
    // Who takes reports works at the desk, and figures are for those.
    let figures = desk.takes.then(|| view! { " · "<a href=desk.at("/figures")>{t.home_figures}</a> });
    view! { <p>{said}" "{stands_in}" "<a href=desk.at("/duty")>{t.home_link}</a>{figures}</p> }.into_any()
}

/// The page.
pub async fn page(req: Req) -> Outcome {
    let desk = Desk::of(&req)?;
    let from = req.query.get("from").parse().ok();
    let found = roster::page(req.ctx(), &req.principal, desk.org, from).await?;
    let typed = Typed::open(&req, ABSENCE).await?;
    let t = texts(req.lang);
    let wrong = typed.is_wrong();
    let done = if wrong { None } else { done(t, req.query.get("done")) };
    Page::new(t.title, move || {
        let crumbs = keys::crumbs(&desk, None);
        let errors = typed.errors();
        let days = days(&desk, t, &found);
        let away = away(&desk, t, &found);
        let enter = found.me.map(|me| enter(&desk, t, &found, me, &typed));
        let everybody = everybody(t, &found);
        let skills = found.me.and_then(|me| skills(&desk, t, &found, me));
        let rule = rule(&desk, t, &found);
        view! {
            <DeskPage>
                {crumbs}
                {done.map(|title| view! { <Banner tone=Tone::Ok title/> })}
                <ErrorSummary errors/>
                <PageTitle title=t.title lead=t.lead/>
                {days}
                <div class="panels">
                    <Panel title=t.away>{away}</Panel>
                    {enter}
                </div>
                {everybody}
                <div class="panels">{skills}{rule}</div>
            </DeskPage>
        }
    })
    .errors(wrong)
    .into()
}

fn done(t: &'static Texts, what: &str) -> Option<&'static str> {
    match what {
        "days" => Some(t.done_days),
        "away" => Some(t.done_away),
        "back" => Some(t.done_back),
        "skills" => Some(t.done_skills),
        "rule" => Some(t.done_rule),
        _ => None,
    }
}

fn name(found: &RosterPage, person: UserId) -> String {
    found.officers.iter().find(|officer| officer.id == person).map(|officer| officer.name.clone()).unwrap_or_default()
}

fn days(desk: &Desk, t: &'static Texts, found: &RosterPage) -> AnyView {
    let (Some(first), Some(last)) = (found.days.first(), found.days.last()) else { return ().into_any() };
    let (first, last) = (first.day, last.day);
    let caption = fill(t.caption, &[("first", &date(first)), ("last", &date(last))]);
    let mut columns = vec![Column::new(t.day)];
    if found.leads {
        columns.extend(found.officers.iter().map(|officer| Column::new(officer.name.clone())));
    } else {
        columns.push(Column::new(t.on_duty));
    }
    let rows = found.days.iter().map(|day| day_row(t, found, day)).collect_view();
    let at = |days: i64| desk.at(&format!("/duty?from={}", Date::from_days(first.days() + days)));
    let table = view! { <DataTable id="duty" caption columns>{rows}</DataTable> };
    let table = if found.leads {
        let (action, who) = (desk.at("/duty"), desk.who.clone());
        view! {
            <form class="stack" method="post" action=action>
                <input type="hidden" name="_who" value=who/>
                <input type="hidden" name="first" value=first.to_string()/>
                {table}
                <ButtonRow><Button label=t.save/></ButtonRow>
            </form>
        }
        .into_any()
    } else {
        table.into_any()
    };
    view! {
        {table}
        <p class="no-print"><a href=at(-SHOWN)>{t.earlier}</a>" · "<a href=at(SHOWN)>{t.later}</a></p>
    }
    .into_any()
}

fn day_row(t: &'static Texts, found: &RosterPage, day: &RosterDay) -> AnyView {
    let mark = day.off.as_ref().map(|off| {
        let text = off.holiday.clone().unwrap_or_else(|| Weekday::of(off.day).label().to_owned());
        view! { " "<Tag text tone=Tone::Neutral/> }
    });
    let is_today = (day.day == found.today).then(|| view! { " "<Tag text=t.today tone=Tone::Info/> });
    let cells = if found.leads {
        found.officers.iter().map(|officer| mark_cell(t, day, officer)).collect_view().into_any()
    } else {
        let names: Vec<String> =
            day.on.iter().map(|person| name(found, *person)).filter(|name| !name.is_empty()).collect();
        let text = if names.is_empty() { t.nobody.to_owned() } else { names.join(", ") };
        view! { <td><bdi>{text}</bdi></td> }.into_any()
    };
    view! { <tr><th scope="row">{long(day.day)}{is_today}{mark}</th>{cells}</tr> }.into_any()
}

fn mark_cell(t: &Texts, day: &RosterDay, officer: &RosterOfficer) -> AnyView {
    let value = format!("{}~{}", day.day, officer.id);
    let about = fill(t.cell, &[("name", &officer.name), ("day", &long(day.day))]);
    let checked = day.on.contains(&officer.id);
    view! { <SelectCell value about checked/> }.into_any()
}

fn away(desk: &Desk, t: &'static Texts, found: &RosterPage) -> AnyView {
    if found.absences.is_empty() {
        return view! { <p class="muted">{t.away_none}</p> }.into_any();
    }
    let columns = vec![
        Column::new(t.person),
        Column::new(t.first),
        Column::new(t.last),
        Column::new(t.deputy),
        Column::unlabelled(t.acts),
    ];
    let rows = found.absences.iter().map(|absence| away_row(desk, t, found, absence)).collect_view();
    view! { <DataTable id="away" caption=t.away_caption caption_hidden=true columns>{rows}</DataTable> }.into_any()
}

fn away_row(desk: &Desk, t: &'static Texts, found: &RosterPage, absence: &AbsenceItem) -> AnyView {
    let person = name(found, absence.person);
    let may = found.leads || found.me == Some(absence.person);
    let button = may.then(|| {
        let about = fill(t.take_out_about, &[("name", &person)]);
        let hidden = vec![("absence".to_owned(), absence.id.simple().to_string())];
        view! { <PostButton action=desk.at("/duty/absences/end") label=t.take_out about kind=ButtonKind::Quiet hidden/> }
    });
    let deputy = name(found, absence.deputy);
    view! {
        <tr>
            <th scope="row"><bdi>{person}</bdi></th>
            <td>{date(absence.first)}</td>
            <td>{date(absence.last)}</td>
            <td><bdi>{deputy}</bdi></td>
            <td>{button}</td>
        </tr>
    }
    .into_any()
}

fn enter(desk: &Desk, t: &'static Texts, found: &RosterPage, me: UserId, typed: &Typed) -> AnyView {
    let option = |officer: &RosterOfficer| {
        let label = if officer.id == me { fill(t.you, &[("name", &officer.name)]) } else { officer.name.clone() };
        SelectOption::new(officer.id.to_string(), label)
    };
    let everybody: Vec<SelectOption> = found.officers.iter().map(option).collect();
    let person = found.leads.then(|| {
        let value = typed.value_or("person", &me.to_string());
        view! { <SelectField name="person" label=t.person options=everybody.clone() value/> }
    });
    let field = |field: &'static str, label: &'static str| {
        let (value, error) = (typed.value(field), typed.error(field));
        view! { <DateField name=field label hint=t.day_hint value error/> }
    };
    let (action, who) = (desk.at("/duty/absences"), desk.who.clone());
    view! {
        <Panel title=t.away_enter>
            <form class="stack" method="post" action=action novalidate=true>
                <input type="hidden" name="_who" value=who/>
                {person}
                {field("first", t.first)}
                {field("last", t.last)}
                <SelectField
                    name="deputy"
                    label=t.deputy
                    options=everybody
                    blank=t.deputy_choose
                    value=typed.value("deputy")
                    error=typed.error("deputy")
                />
                <ButtonRow><Button label=t.away_save kind=ButtonKind::Secondary/></ButtonRow>
            </form>
        </Panel>
    }
    .into_any()
}

fn everybody(t: &'static Texts, found: &RosterPage) -> AnyView {
    let columns =
        vec![Column::new(t.officer), Column::new(t.languages), Column::new(t.specialities), Column::numeric(t.open)];
    let row = |officer: &RosterOfficer| {
        let languages: Vec<&str> = officer.languages.iter().map(|language| language.name.as_str()).collect();
        let knows: Vec<&str> = officer.specialities.iter().map(|what| what.label()).collect();
        let knows = if knows.is_empty() { t.everything.to_owned() } else { knows.join(", ") };
        view! {
            <tr>
                <th scope="row"><bdi>{officer.name.clone()}</bdi></th>
                <td>{languages.join(", ")}</td>
                <td>{knows}</td>
                <td class="num">{officer.open.to_string()}</td>
            </tr>
        }
    };
    let rows = found.officers.iter().map(row).collect_view();
    view! { <DataTable id="everybody" caption=t.skills_caption columns>{rows}</DataTable> }.into_any()
}

fn skills(desk: &Desk, t: &'static Texts, found: &RosterPage, me: UserId) -> Option<AnyView> {
    let own = found.officers.iter().find(|officer| officer.id == me)?;
    let language = |language: &'static Language| {
        Choice::new(language.code.clone(), language.name.clone()).checked(own.languages.contains(&language))
    };
    let languages = Language::all().iter().map(language).collect();
    let speciality =
        |what: &Speciality| Choice::new(what.code(), what.label()).checked(own.specialities.contains(what));
    let specialities = Speciality::ALL.iter().map(speciality).collect();
    let (action, who) = (desk.at("/duty/skills"), desk.who.clone());
    Some(
        view! {
            <Panel title=t.skills>
                <p>{t.skills_lead}</p>
                <form class="stack" method="post" action=action>
                    <input type="hidden" name="_who" value=who/>
                    <Choices name="speciality" legend=t.specialities hint=t.specialities_hint options=specialities many=true/>
                    <Details summary=t.languages>
                        <Choices name="language" legend=t.languages options=languages many=true legend_hidden=true/>
                    </Details>
                    <ButtonRow><Button label=t.skills_save kind=ButtonKind::Secondary/></ButtonRow>
                </form>
            </Panel>
        }
        .into_any(),
    )
}

fn rule(desk: &Desk, t: &'static Texts, found: &RosterPage) -> AnyView {
    let (stands, label, value) =
        if found.assigns { (t.rule_on, t.rule_switch_off, "off") } else { (t.rule_off, t.rule_switch_on, "on") };
    let button = found.leads.then(|| {
        let hidden = vec![("assigns".to_owned(), value.to_owned())];
        view! { <PostButton action=desk.at("/duty/rule") label kind=ButtonKind::Secondary hidden/> }
    });
    view! { <Panel title=t.rule><p>{t.rule_lead}</p><p><b>{stands}</b></p>{button}</Panel> }.into_any()
}

fn back(desk: &Desk, done: &str) -> Outcome {
    Ok(Reply::to(with_query(&desk.at("/duty"), "done", done)))
}

/// Saves the roster.
pub async fn save(req: Req) -> Outcome {
    let desk = Desk::of(&req)?;
    let on: Vec<(Date, UserId)> = req.form.all("selected").filter_map(marked).collect();
    let Ok(first) = req.form.get("first").parse::<Date>() else { return Ok(Reply::to(desk.at("/duty"))) };
    roster::set_days(req.ctx(), &req.principal, desk.org, first, &on).await?;
    let back = with_query(&desk.at("/duty"), "from", &first.to_string());
    Ok(Reply::to(with_query(&back, "done", "days")))
}

fn marked(text: &str) -> Option<(Date, UserId)> {
    let (day, person) = text.split_once('~')?;
    Some((day.parse().ok()?, person.parse().ok()?))
}

/// Enters an absence.
pub async fn enter_absence(req: Req) -> Outcome {
    let desk = Desk::of(&req)?;
    match roster::add_absence(req.ctx(), &req.principal, desk.org, &typed::answers(&req.form)).await {
        Ok(()) => {
            typed::done(&req).await?;
            back(&desk, "away")
        }
        Err(refusal) => typed::again(&req, ABSENCE, &desk.at("/duty"), refusal).await,
    }
}

/// Takes an absence out.
pub async fn end_absence(req: Req) -> Outcome {
    let desk = Desk::of(&req)?;
    // What is no identity names no absence, and one that is not there is out already.
    if let Ok(id) = req.form.get("absence").parse::<domain::ids::EntryId>() {
        roster::end_absence(req.ctx(), &req.principal, desk.org, id.0).await?;
    }
    back(&desk, "back")
}

/// Says what one speaks and knows.
pub async fn save_skills(req: Req) -> Outcome {
    let desk = Desk::of(&req)?;
    roster::set_skills(req.ctx(), &req.principal, desk.org, &typed::answers(&req.form)).await?;
    back(&desk, "skills")
}

/// Switches the rule.
pub async fn switch_rule(req: Req) -> Outcome {
    let desk = Desk::of(&req)?;
    roster::set_assigns(req.ctx(), &req.principal, desk.org, req.form.get("assigns") == "on").await?;
    back(&desk, "rule")
}
