//! Something done with several reports at once, or a macro used on one: a page that says what will happen to each of
//! them, and one that says how it went.
//!
//! The selection stands in the address of the first page (references say nothing to strangers); the form carries each
//! report with the version that was shown. What came of it is kept for this browser only.

use domain::{
    answers::Answers,
    ids::{LabelId, MacroId},
    reference::Reference,
    report::Decision,
};
use leptos::prelude::*;
use services::{
    Refusal,
    desk::{self, AT_ONCE, Change, Foreseen, Give, Turn, Went},
    error::Problem,
    label::Label,
    macros::{self, Macro},
    stash,
};

use super::{
    act::{at_fields, officer, until},
    acts::Deed,
    duty, forms, keys, look,
    macros::{Offer, does},
    place::{Desk, Place},
    undo::Line,
};
use crate::{
    components::*,
    text::{
        bulk::{Texts, texts},
        fill,
    },
    web::{
        Fields, Outcome, Page, Reply, Req, cookie,
        paths::with_query,
        typed::{self, Typed},
    },
};

/// What is done with the selection.
#[derive(Clone, Debug, PartialEq)]
enum Task {
    Assign,
    Label,
    Snooze,
    Close,
    Macro(Box<Macro>),
}

impl Task {
    /// The act of an address or form; none if there is no such act, or a macro is wanted and none was chosen.
    async fn read(req: &Req, desk: &Desk, fields: &Fields) -> Result<Option<Self>, Refusal> {
        Ok(match fields.get("act") {
            "assign" => Some(Self::Assign),
            "label" => Some(Self::Label),
            "snooze" => Some(Self::Snooze),
            "close" => Some(Self::Close),
            // The bar under the queue and the form in the preview beside it are told apart.
            "macro" => {
                match fields.all("macro").chain(fields.all("bar.macro")).find_map(|id| id.parse::<MacroId>().ok()) {
                    Some(id) => {
                        Some(Self::Macro(Box::new(macros::find(req.ctx(), &req.principal, desk.org, id).await?)))
                    }
                    None => None,
                }
            }
            _ => None,
        })
    }

    const fn code(&self) -> &'static str {
        match self {
            Self::Assign => "assign",
            Self::Label => "label",
            Self::Snooze => "snooze",
            Self::Close => "close",
            Self::Macro(_) => "macro",
        }
    }

    const fn deed(&self) -> Option<Deed> {
        match self {
            Self::Assign => Some(Deed::Assign),
            Self::Label => Some(Deed::Label),
            Self::Snooze => Some(Deed::Snooze),
            Self::Close => Some(Deed::Close),
            Self::Macro(_) => None,
        }
    }

    fn title(&self, t: &Texts) -> String {
        match self {
            Self::Assign => t.title_assign.to_owned(),
            Self::Label => t.title_label.to_owned(),
            Self::Snooze => t.title_snooze.to_owned(),
            Self::Close => t.title_close.to_owned(),
            Self::Macro(one) => fill(t.title_macro, &[("name", &one.name)]),
        }
    }

    fn send(&self, t: &Texts, count: usize) -> String {
        let text = match self {
            Self::Assign => t.send_assign,
            Self::Label => t.send_label,
            Self::Snooze => t.send_snooze,
            Self::Close => t.send_close,
            Self::Macro(_) => t.send_macro,
        };
        fill(text, &[("count", &counted(t, count))])
    }

    /// A change of the same kind, before its fields are filled in: tells which reports can take it.
    fn probe(&self) -> Change {
        let turn = |turn| Change { turn: Some(turn), ..Change::default() };
        match self {
            // Whoever is chosen, a report can be given or it cannot.
            Self::Assign => Change { give: Some(Give::ToMe), ..Change::default() },
            Self::Label => Change::default(),
            Self::Snooze => Change { aside: Some(desk::When::After(1)), ..Change::default() },
            Self::Close => turn(Turn::Close(String::new())),
            Self::Macro(one) => one.change.clone(),
        }
    }

    /// Name under which what was typed is kept.
    fn form(&self) -> String {
        format!("selection {}", self.code())
    }
}

fn counted(t: &Texts, count: usize) -> String {
    match count {
        1 => t.count_one.to_owned(),
        count => fill(t.count_some, &[("count", &count.to_string())]),
    }
}

fn selected(fields: &Fields) -> Vec<Reference> {
    fields.all("selected").filter_map(|text| text.parse().ok()).take(AT_ONCE).collect()
}

/// What will happen to each, with the fields of the act.
pub async fn page(req: Req) -> Outcome {
    let (desk, t) = (Desk::of(&req)?, texts(req.lang));
    let place = Place::parse(req.query.get("_place")).unselected();
    let back = desk.queue(&place);
    let Some(task) = Task::read(&req, &desk, &req.query).await? else {
        let macro_wanted = req.query.get("act") == "macro";
        let (title, text) = if macro_wanted { (t.no_macro_title, t.no_macro) } else { (t.none_title, t.none) };
        return nothing(title, text, t.back, back);
    };
    let chosen = selected(&req.query);
    let found = desk::foresee(req.ctx(), &req.principal, desk.org, &chosen, &task.probe()).await?;
    if found.is_empty() {
        return nothing(t.none_title, t.none, t.back, back);
    }
    let typed = Typed::open(&req, &task.form()).await?;
    let fields = Choosing {
        officers: desk::officers(req.ctx(), &req.principal, desk.org).await?,
        offer: Offer::of(&req, &desk).await?,
    };
    let (title, wrong) = (task.title(t), typed.is_wrong());
    Page::new(title.clone(), move || {
        let possible = found.iter().filter(|one| one.obstacle.is_none()).count();
        let table = table(t, &desk, &found);
        let cancel = back.clone();
        let inner = if possible == 0 {
            view! { <p>{t.all_cannot}</p> }.into_any()
        } else {
            let hidden = hidden(&desk, &task, &found, &place);
            let hidden = hidden.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
            let hidden = hidden.collect_view();
            let shown = fields.view(t, &desk, &task, &typed);
            let label = task.send(t, possible);
            view! {
                <form class="stack" method="post" action=desk.at("/selection") novalidate=true>
                    {hidden}
                    {shown}
                    <ButtonRow>
                        <Button label/>
                        <LinkButton href=cancel label=t.back kind=ButtonKind::Quiet/>
                    </ButtonRow>
                </form>
            }
            .into_any()
        };
        view! {
            <FormPage>
                <BackLink href=back/>
                <ErrorSummary errors=typed.errors()/>
                <PageTitle title lead=t.lead/>
                {table}
                {inner}
            </FormPage>
        }
    })
    .errors(wrong)
    .into()
}

fn nothing(title: &'static str, text: &'static str, back: &'static str, href: String) -> Outcome {
    Page::new(title, move || {
        let act = view! { <LinkButton href label=back/> }.into_any();
        view! { <FormPage><h1 class="unseen">{title}</h1><EmptyState title act=act><p>{text}</p></EmptyState></FormPage> }
    })
    .into()
}

/// Each report with what stands and what comes.
fn table(t: &'static Texts, desk: &Desk, found: &[Foreseen]) -> AnyView {
    let row = |one: &Foreseen| {
        let (href, code) = (desk.report(&one.reference), one.reference.to_string());
        let with = one.assignee.as_ref();
        let with = with.map_or_else(|| t.nobody.to_owned(), |name| fill(t.with_officer, &[("name", name)]));
        let headline = one.headline.clone();
        let happens = match &one.obstacle {
            None => view! { {t.will} }.into_any(),
            Some(why) => view! { <span class="cannot">{fill(t.cannot, &[("why", why)])}</span> }.into_any(),
        };
        view! {
            <tr>
                <th scope="row"><a href=href><Reference code/></a>" "<bdi>{headline}</bdi></th>
                <td>{look::status(one.state)}" "<bdi>{with}</bdi></td>
                <td>{happens}</td>
            </tr>
        }
    };
    let rows = found.iter().map(row).collect_view();
    let columns = vec![Column::new(t.report), Column::new(t.now), Column::new(t.happens)];
    view! { <DataTable id="selection" caption=t.caption caption_hidden=true columns>{rows}</DataTable> }.into_any()
}

fn hidden(desk: &Desk, task: &Task, found: &[Foreseen], place: &Place) -> Vec<(&'static str, String)> {
    let mut hidden = vec![("act", task.code().to_owned()), ("_who", desk.who.clone()), ("_place", place.query())];
    if let Task::Macro(one) = task {
        hidden.push(("macro", one.id.to_string()));
    }
    hidden.extend(found.iter().map(|one| ("selected", one.reference.to_string())));
    let possible = found.iter().filter(|one| one.obstacle.is_none());
    hidden.extend(possible.map(|one| ("report", format!("{} {}", one.reference, one.version))));
    hidden
}

/// What the fields of the acts offer.
struct Choosing {
    officers: Vec<desk::Officer>,
    offer: Offer,
}

impl Choosing {
    fn view(&self, t: &'static Texts, desk: &Desk, task: &Task, typed: &Typed) -> AnyView {
        match task {
            Task::Assign => self.officers(desk, typed),
            Task::Label => self.labels(t, typed),
            Task::Snooze => forms::snooze(desk, typed),
            Task::Close => forms::decision(
                &self.offer.reasons,
                desk.t,
                Deed::Close,
                Decision::Close,
                desk.t.close_told.to_owned(),
                typed,
            ),
            Task::Macro(one) => {
                let does = does(t, &one.change, &self.offer);
                let text = one.change.text.clone();
                let text =
                    (!text.is_empty()).then(|| view! { <h2>{t.text_read}</h2><p class="typed" dir="auto">{text}</p> });
                view! {
                    <section aria-labelledby="does">
                        <h2 id="does">{t.macro_does}</h2>
                        <ul>{does.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                        {text}
                    </section>
                }
                .into_any()
            }
        }
    }

    fn officers(&self, desk: &Desk, typed: &Typed) -> AnyView {
        let t = desk.t;
        let name = Deed::Assign.field("to");
        let officers = self.officers.iter().map(|officer| duty::officer_option(desk, officer));
        let options = officers.chain(std::iter::once(SelectOption::new("nobody", t.assign_nobody))).collect();
        let (value, error) = (typed.value_or(&name, &desk.me.to_string()), typed.error(&name));
        view! { <SelectField name label=t.assign_to options value error/> }.into_any()
    }

    fn labels(&self, t: &'static Texts, typed: &Typed) -> AnyView {
        let group = |field: &str, legend: &'static str| {
            let name = Deed::Label.field(field);
            let option = |label: &Label| {
                let code = label.id.to_string();
                Choice::new(code.clone(), label.name.clone()).checked(typed.chose(&name, &code))
            };
            let options = self.offer.labels.iter().map(option).collect();
            let error = typed.error(&name);
            view! { <Choices name=name.clone() legend options many=true error/> }
        };
        view! { {group("add", t.label_add)}{group("remove", t.label_remove)} }.into_any()
    }
}

/// Does it, and goes on to what came of it.
pub async fn post(req: Req) -> Outcome {
    let (desk, t) = (Desk::of(&req)?, texts(req.lang));
    let task = Task::read(&req, &desk, &req.form).await?.ok_or(Refusal::NotFound)?;
    let went = match change(&req, &desk, t, &task) {
        Ok(change) => desk::change(req.ctx(), &req.principal, desk.org, &seen(&req.form), &change).await,
        Err(refusal) => Err(refusal),
    };
    match went {
        Ok(went) => {
            typed::done(&req).await?;
            let kept = kept(&went, req.form.get("_place"));
            let token = stash::keep(req.ctx(), req.cookie(cookie::STASH), &result_form(&desk), &kept, &[]).await?;
            Ok(Reply::to_with(desk.at("/selection/done"), cookie::stash(&token)))
        }
        Err(refusal) => {
            let refusal = match task.deed() {
                Some(deed) => at_fields(deed, refusal),
                None => refusal,
            };
            typed::again(&req, &task.form(), &address(&req, &desk, &task), refusal).await
        }
    }
}

/// The reports of the form with the versions that were shown.
fn seen(form: &Fields) -> Vec<(Reference, i64)> {
    let read = |text: &str| {
        let (reference, version) = text.split_once(' ')?;
        Some((reference.parse().ok()?, version.parse().ok()?))
    };
    form.all("report").filter_map(read).collect()
}

/// The address of the first page with the same selection.
fn address(req: &Req, desk: &Desk, task: &Task) -> String {
    let mut path = with_query(&desk.at("/selection"), "act", task.code());
    if let Task::Macro(one) = task {
        path = with_query(&path, "macro", &one.id.to_string());
    }
    let place = Place::parse(req.form.get("_place")).unselected().query();
    if !place.is_empty() {
        path = with_query(&path, "_place", &place);
    }
    selected(&req.form).iter().fold(path, |path, reference| with_query(&path, "selected", reference.as_str()))
}

fn change(req: &Req, desk: &Desk, t: &Texts, task: &Task) -> Result<Change, Refusal> {
    let field = |deed: Deed, name: &str| req.form.get(&deed.field(name)).to_owned();
    let labels = |name: &str| -> Vec<LabelId> {
        req.form.all(&Deed::Label.field(name)).filter_map(|id| id.parse().ok()).collect()
    };
    Ok(match task {
        Task::Assign => {
            let give = match officer(desk.t, &field(Deed::Assign, "to"))? {
                Some(to) => Give::To(to),
                None => Give::ToNobody,
            };
            Change { give: Some(give), ..Change::default() }
        }
        Task::Label => {
            let change = Change { add: labels("add"), remove: labels("remove"), ..Change::default() };
            if change.is_empty() {
                return Err(Refusal::Invalid(vec![Problem::new("add", t.label_choose)]));
            }
            change
        }
        Task::Snooze => {
            let country = &req.workspace()?.country;
            let when = until(desk.t, &field(Deed::Snooze, "for"), &field(Deed::Snooze, "day"), country)?;
            Change { aside: Some(when), ..Change::default() }
        }
        Task::Close => Change {
            turn: Some(Turn::Close(field(Deed::Close, "reason"))),
            comment: field(Deed::Close, "comment"),
            ..Change::default()
        },
        Task::Macro(one) => one.change.clone(),
    })
}

// What came of it ---------------------------------------------------------------------------------------------------

/// Kept for the person who did it alone.
fn result_form(desk: &Desk) -> String {
    format!("selection done {}", desk.who)
}

fn kept(went: &[(Reference, Went)], place: &str) -> Answers {
    let mut kept = Answers::new();
    let of = |wanted: fn(&Went) -> bool| {
        let fits = went.iter().filter(move |(_, how)| wanted(how));
        fits.map(|(reference, how)| match how {
            Went::Not(why) => format!("{reference} {why}"),
            _ => reference.to_string(),
        })
    };
    kept.set("done", of(|how| *how == Went::Done));
    kept.set("stale", of(|how| *how == Went::Stale));
    kept.set("not", of(|how| matches!(how, Went::Not(_))));
    kept.set_one("place", place);
    kept
}

/// How it went with each.
pub async fn done(req: Req) -> Outcome {
    let (desk, t) = (Desk::of(&req)?, texts(req.lang));
    let kept = match req.cookie(cookie::STASH) {
        Some(token) => stash::find(req.ctx(), token, &result_form(&desk)).await?,
        None => None,
    };
    let Some(kept) = kept.map(|kept| kept.typed) else { return Ok(Reply::to(desk.at("/queue"))) };
    let (done, stale, not) = (kept.many("done").len(), kept.many("stale").len(), kept.many("not").len());
    let all = (done + stale + not).to_string();
    let title = if stale + not == 0 { t.done_all } else { t.done_title };
    let title = fill(title, &[("done", &done.to_string()), ("all", &all)]);
    let place = Place::parse(kept.one("place")).unselected();
    let (back, said) = (desk.queue(&place), fill(t.done_line, &[("count", &counted(t, done))]));
    let line = Line::of_selection(&req, &desk, said, &place).await?;
    Page::new(title.clone(), move || {
        let part = |field: &str, id: &'static str, title: &'static str, hint: Option<&'static str>| {
            let rows = kept.many(field);
            (!rows.is_empty()).then(|| {
                let items = rows.iter().map(|row| went(&desk, row)).collect_view();
                let title = format!("{title}: {}", rows.len());
                view! {
                    <section aria-labelledby=id>
                        <h2 id=id>{title}</h2>
                        {hint.map(|hint| view! { <p>{hint}</p> })}
                        <ul>{items}</ul>
                    </section>
                }
            })
        };
        let crumbs = keys::crumbs(&desk, Some(back.clone()));
        let line = (done > 0).then(|| line.view(&desk));
        let mount = keys::mount(&desk, back.clone());
        let parts = view! {
            {part("stale", "stale", t.done_stale, Some(t.done_stale_hint))}
            {part("not", "not", t.done_not, None)}
            {part("done", "done", t.done_done, None)}
        };
        let region = keys::region(&desk, t.keys_region_done, parts.into_any());
        view! {
            <ReadingPage>
                {crumbs}
                {line}
                <h1>{title}</h1>
                {region}
                <ButtonRow><LinkButton href=back label=t.back/></ButtonRow>
                {mount}
            </ReadingPage>
        }
    })
    .with_islands()
    .into()
}

/// A report and, behind it, what kept it from being changed.
fn went(desk: &Desk, row: &str) -> AnyView {
    let (code, why) = row.split_once(' ').unwrap_or((row, ""));
    let Ok(reference) = code.parse::<Reference>() else { return ().into_any() };
    let (href, code, why) = (desk.report(&reference), reference.to_string(), why.to_owned());
    view! { <li><a href=href><Reference code/></a>" "{why}</li> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selection_is_read_whatever_it_holds() {
        let (one, two) = (Reference::from_bits(1), Reference::from_bits(2));
        let text = format!("selected={one}&selected=FR-0000&selected={two}&report={one}+4&report={two}&report=x+1");
        let fields = Fields::parse(text.as_bytes());
        assert_eq!(selected(&fields), [one.clone(), two]);
        assert_eq!(seen(&fields), [(one, 4)]);
        let much: String = (0..500).map(|n| format!("selected={}&", Reference::from_bits(n))).collect();
        assert_eq!(selected(&Fields::parse(much.as_bytes())).len(), AT_ONCE);
    }

    #[test]
    fn what_came_of_it_survives_being_kept() {
        let (one, two) = (Reference::from_bits(1), Reference::from_bits(2));
        let kept = kept(&[(one.clone(), Went::Done), (two.clone(), Went::Not("It is closed.".into()))], "view=mine");
        assert_eq!(kept.many("done"), [one.to_string()]);
        assert_eq!(kept.many("not"), [format!("{two} It is closed.")]);
        assert_eq!(kept.many("stale"), [""; 0]);
    }
}
