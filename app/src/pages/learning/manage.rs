//! What an organisation asks of its people: assigning modules to roles, how far everybody is, and for an authority whether a
//! certificate is asked for before anything is released to industry.

use domain::{
    access::Role,
    answers::when::long_date,
    learning::{
        modules,
        release::{MODULE, Mode},
    },
    organisation::OrgKind,
};
use leptos::prelude::*;
use services::{
    Refusal,
    learning::{self, Asked, Assignment, Line, Overview},
};

use super::{
    mine::due_mark,
    shown::{href, standing_mark},
};
use crate::{
    components::*,
    format,
    pages::team::at_home,
    text::{
        fill,
        learning::{Texts, texts},
    },
    web::{
        Outcome, Page, Reply, Req, files,
        paths::with_query,
        typed::{self, Typed},
    },
};

const FORM: &str = "assign learning";
/// Lines on the page; the file has all.
const SHOWN: usize = 200;

/// Which lines are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Show {
    All,
    Open,
    Overdue,
    Done,
}

impl Show {
    pub(super) fn asked(req: &Req) -> Self {
        match req.query.get("show") {
            "open" => Self::Open,
            "overdue" => Self::Overdue,
            "done" => Self::Done,
            _ => Self::All,
        }
    }

    pub(super) fn fits(self, line: &Line) -> bool {
        match self {
            Self::All => true,
            Self::Open => line.due.is_some(),
            Self::Overdue => line.overdue,
            Self::Done => line.due.is_none(),
        }
    }
}

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    at_home(&req)?;
    let org = req.workspace()?.org;
    let found = learning::overview(req.ctx(), &req.principal, org).await?;
    let release = release_of(&req).await?;
    let typed = Typed::open(&req, FORM).await?;
    let wrong = typed.is_wrong();
    Page::new(texts(req.lang).manage_title, move || view(&req, found, release, &typed)).errors(wrong).into()
}

/// What is asked before a release: of authorities, if there is such a module.
async fn release_of(req: &Req) -> Result<Option<Asked>, Refusal> {
    let member = req.workspace()?;
    if member.kind != OrgKind::Authority || domain::learning::module(MODULE).is_none() {
        return Ok(None);
    }
    learning::asked(req.ctx(), &req.principal, member.org).await.map(Some)
}

fn view(req: &Req, found: Overview, release: Option<Asked>, typed: &Typed) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let done = match req.query.get("done") {
        "assigned" => Some(t.done_assigned),
        "ended" => Some(t.done_ended),
        "saved" => Some(t.done_mode),
        _ => None,
    };
    let done = done.filter(|_| !typed.is_wrong()).map(|title| view! { <Banner tone=Tone::Ok title/> });
    let (assigned, progress) = (assigned(req, t, &found.assignments), progress(req, t, &found.lines));
    let (assign, release) = (assign_form(req, t, typed), release.map(|release| release_form(req, t, &release)));
    view! {
        <DeskPage>
            {done}
            <ErrorSummary errors=typed.errors()/>
            <PageTitle title=t.manage_title lead=t.manage_lead/>
            {progress}
            <div class="panels">{assign}{assigned}{release}</div>
        </DeskPage>
    }
}

fn progress(req: &Req, t: &'static Texts, lines: &[Line]) -> AnyView {
    let show = Show::asked(req);
    let found: Vec<&Line> = lines.iter().filter(|line| show.fits(line)).collect();
    let heading = view! { <h2 id="progress">{t.progress}</h2> };
    if lines.is_empty() {
        return view! { <section class="stack">{heading}<p class="muted">{t.progress_none}</p></section> }.into_any();
    }
    let here = req.here("/learning");
    let tab = |of: Show, code: &str, label: &str| {
        let count = lines.iter().filter(|line| of.fits(line)).count();
        let href = if code.is_empty() { here.clone() } else { with_query(&here, "show", code) };
        Tab { label: label.to_owned(), href, current: of == show, count: u64::try_from(count).ok() }
    };
    let tabs = vec![
        tab(Show::All, "", t.progress_all),
        tab(Show::Open, "open", t.progress_open),
        tab(Show::Overdue, "overdue", t.progress_overdue),
        tab(Show::Done, "done", t.progress_done),
    ];
    let of = found.len();
    let count = if of == 1 { t.count_one.to_owned() } else { fill(t.count, &[("n", &of.to_string())]) };
    let chosen = req.query.get("show").to_owned();
    let files = files::links(|ending| match chosen.as_str() {
        "" => format!("{here}{ending}"),
        show => with_query(&format!("{here}{ending}"), "show", show),
    });
    let acts = view! { <TakeAway files/> }.into_any();
    let columns = vec![
        Column::new(t.who),
        Column::new(t.module),
        Column::new(t.task_due_column),
        Column::new(t.state),
        Column::new(t.passed_on),
        Column::new(t.number),
    ];
    let rows = found.iter().take(SHOWN).map(|line| row(req, t, line)).collect_view();
    let more = (of > SHOWN).then(|| {
        view! { <p>{fill(t.progress_more, &[("n", &SHOWN.to_string()), ("of", &of.to_string())])}</p> }
    });
    view! {
        <section class="stack">
            {heading}
            <Tabs label=t.progress_show tabs/>
            <ListHead count acts/>
            <DataTable id="people" caption=t.progress caption_hidden=true columns>{rows}</DataTable>
            {more}
        </section>
    }
    .into_any()
}

fn row(req: &Req, t: &'static Texts, line: &Line) -> impl IntoView + use<> {
    let passed =
        line.passed.map(|at| view! { <Moment text=format::day(at, req.zone()) datetime=format::machine(at)/> });
    let number = (!line.number.is_empty()).then(|| view! { <Reference code=line.number.clone()/> });
    view! {
        <tr>
            <th scope="row"><bdi>{line.name.clone()}</bdi><br/><span class="beside">{line.role.label()}</span></th>
            <td>{line.module.title.clone()}</td>
            <td>{due_mark(t, line.due, line.overdue)}</td>
            <td>{standing_mark(t, line.standing)}</td>
            <td>{passed}</td>
            <td>{number}</td>
        </tr>
    }
}

fn assign_form(req: &Req, t: &'static Texts, typed: &Typed) -> AnyView {
    let options = modules().iter().map(|module| SelectOption::new(module.slug.clone(), module.title.clone())).collect();
    let kind = req.workspace.as_ref().map_or(OrgKind::Company, |member| member.kind);
    let roles =
        Role::of(kind).map(|role| Choice::new(role.code(), role.label()).checked(typed.chose("role", role.code())));
    let roles = roles.collect();
    view! {
        <Panel title=t.assign_title>
            <form class="stack" method="post" action=req.here("/learning") novalidate=true>
                <SelectField name="module" label=t.module options value=typed.value("module") error=typed.error("module")/>
                <Choices name="role" legend=t.assign_roles options=roles many=true error=typed.error("role")/>
                <DateField
                    name="due" label=t.assign_due hint=t.assign_due_hint value=typed.value("due") error=typed.error("due")
                />
                <ButtonRow><Button label=t.assign_act/></ButtonRow>
            </form>
        </Panel>
    }
    .into_any()
}

fn assigned(req: &Req, t: &'static Texts, assignments: &[Assignment]) -> AnyView {
    let body = if assignments.is_empty() {
        view! { <p class="muted">{t.assigned_none}</p> }.into_any()
    } else {
        let columns = vec![
            Column::new(t.module),
            Column::new(t.assigned_role),
            Column::new(t.assigned_due),
            Column::unlabelled(t.acts),
        ];
        let row = |one: &Assignment| {
            let action = req.here(&format!("/learning/{}/end", one.id));
            let about = fill(t.assigned_end_about, &[("module", &one.module.title), ("role", one.role.label())]);
            view! {
                <tr>
                    <th scope="row"><a href=href(req, one.module)>{one.module.title.clone()}</a></th>
                    <td>{one.role.label()}</td>
                    <td>{long_date(one.due)}</td>
                    <td><PostButton action label=t.assigned_end about kind=ButtonKind::Quiet/></td>
                </tr>
            }
        };
        let rows = assignments.iter().map(row).collect_view();
        view! { <DataTable id="assigned" caption=t.assigned caption_hidden=true columns>{rows}</DataTable> }.into_any()
    };
    view! { <Panel title=t.assigned>{body}</Panel> }.into_any()
}

fn release_form(req: &Req, t: &'static Texts, release: &Asked) -> AnyView {
    let options = Mode::ALL.iter().map(|mode| {
        let choice = Choice::new(mode.code(), mode.label()).checked(*mode == release.mode);
        if *mode == Mode::Require { choice.hint(t.rule_require_hint) } else { choice }
    });
    let options = options.collect();
    let held = fill(t.rule_without, &[("n", &release.hold.to_string()), ("of", &release.of.to_string())]);
    view! {
        <Panel title=t.rule_title>
            <p>{t.rule_lead}</p>
            <p>{held}</p>
            <form class="stack" method="post" action=req.here("/learning/release")>
                <Choices name="mode" legend=t.rule_legend options/>
                <ButtonRow><Button label=t.rule_act kind=ButtonKind::Secondary/></ButtonRow>
            </form>
        </Panel>
    }
    .into_any()
}

/// Assigns.
pub(super) async fn assign(req: Req) -> Outcome {
    at_home(&req)?;
    let here = req.here("/learning");
    match learning::assign(req.ctx(), &req.principal, req.workspace()?.org, &typed::answers(&req.form)).await {
        Ok(()) => {
            typed::done(&req).await?;
            Ok(Reply::to(with_query(&here, "done", "assigned")))
        }
        Err(refusal) => typed::again(&req, FORM, &here, refusal).await,
    }
}

/// Ends an assignment.
pub(super) async fn end(req: Req) -> Outcome {
    at_home(&req)?;
    let id = req.parsed("assignment")?;
    learning::end(req.ctx(), &req.principal, req.workspace()?.org, id).await?;
    Ok(Reply::to(with_query(&req.here("/learning"), "done", "ended")))
}

/// Sets what is asked before anything is released.
pub(super) async fn release(req: Req) -> Outcome {
    let here = req.here("/learning");
    match learning::set_mode(req.ctx(), &req.principal, req.workspace()?.org, req.form.get("mode")).await {
        Ok(()) => Ok(Reply::to(with_query(&here, "done", "saved"))),
        Err(refusal) => typed::again(&req, FORM, &here, refusal).await,
    }
}
