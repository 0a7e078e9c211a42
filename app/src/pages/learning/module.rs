//! A module: what is in it and how far one is, its pages one by one, and all of them on one page for printing.

use domain::{
    answers::when::long_date,
    learning::{Module, Page as Lesson, standing::Standing, terms::Finder},
};
use leptos::prelude::*;
use services::{
    Refusal,
    learning::{self, Attempt, Mine},
};

use super::shown::{audiences, href, lesson, minutes, next_page};
use crate::{
    components::*,
    format,
    text::{
        fill,
        learning::{Texts, texts},
    },
    web::{Outcome, Page, Req, paths::with_next},
};

/// The module of the address.
pub(super) fn asked(req: &Req) -> Result<&'static Module, Refusal> {
    learning::module(req.param("module"))
}

/// What is in it.
pub(super) async fn overview(req: Req) -> Outcome {
    let module = asked(&req)?;
    let mine = learning::mine(req.ctx(), &req.principal).await?;
    let last = learning::last_attempt(req.ctx(), &req.principal, module).await?;
    let about = format!("{}: {}", module.title, module.summary);
    Page::new(module.title.clone(), move || overview_view(&req, module, mine.as_ref(), last)).about(about).into()
}

fn overview_view(
    req: &Req,
    module: &'static Module,
    mine: Option<&Mine>,
    last: Option<(Attempt, usize)>,
) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let base = href(req, module);
    let next = next_page(module, mine);
    let begun = mine.is_some_and(|mine| mine.read(module) > 0);
    let (to, label) = match next {
        Some(page) => (format!("{base}/{page}"), if begun { t.resume } else { t.start }),
        None => (format!("{base}/quiz"), t.to_quiz),
    };
    let version = fill(t.version, &[("n", &module.version.to_string())]);
    let line = format!("{} · {} · {version}", minutes(t, module.minutes), audiences(t, module));
    let tasks = tasks(t, &base, module, mine);
    let attempts = last.map(|(last, count)| attempts(req, t, &base, &last, count));
    let (print, back, lead) = (format!("{base}/print"), req.to("/learn"), module.summary.clone());
    let certificate = certificate(req, t, module, mine);
    view! {
        <FormPage>
            <BackLink href=back label=t.back/>
            <PageTitle title=module.title.clone() lead/>
            <p class="muted">{line}</p>
            <ButtonRow><LinkButton href=to label icon=Icon::Learn/></ButtonRow>
            <section class="stack" aria-labelledby="contents">
                <h2 id="contents">{t.contents}</h2>
                <TaskList tasks labelled_by="contents"/>
                {attempts}
            </section>
            {certificate}
            <p class="no-print"><a href=print>{t.print}</a></p>
        </FormPage>
    }
}

/// The pages and the quiz, each with how far one is.
fn tasks(t: &'static Texts, base: &str, module: &'static Module, mine: Option<&Mine>) -> Vec<Task> {
    let page = |(place, lesson): (usize, &Lesson)| {
        let read = mine.is_some_and(|mine| mine.has_read(module, place + 1));
        Task {
            title: lesson.title.clone(),
            href: format!("{base}/{}", place + 1),
            hint: None,
            state: if read { TaskState::Completed } else { TaskState::NotStarted },
            word: if read { t.page_read } else { t.page_unread }.to_owned(),
        }
    };
    let passed = mine.is_some_and(|mine| matches!(mine.standing(module), Standing::Valid { .. }));
    let (questions, mark) = (module.questions.len().to_string(), module.pass_mark.to_string());
    let quiz = Task {
        title: t.quiz.to_owned(),
        href: format!("{base}/quiz"),
        hint: Some(fill(t.quiz_hint, &[("n", &questions), ("mark", &mark)])),
        state: if passed { TaskState::Completed } else { TaskState::NotStarted },
        word: if passed { t.quiz_passed } else { t.quiz_not_passed }.to_owned(),
    };
    module.pages.iter().enumerate().map(page).chain([quiz]).collect()
}

fn attempts(req: &Req, t: &'static Texts, base: &str, last: &Attempt, count: usize) -> AnyView {
    let text = fill(
        t.attempts,
        &[
            ("n", &count.to_string()),
            ("when", &format::moment(last.at, req.zone())),
            ("points", &last.points.to_string()),
            ("of", &last.questions.to_string()),
        ],
    );
    let href = format!("{base}/result");
    view! { <p>{text}" "<a href=href>{t.last_result}</a></p> }.into_any()
}

fn certificate(req: &Req, t: &'static Texts, module: &'static Module, mine: Option<&Mine>) -> AnyView {
    let months = module.valid_months.to_string();
    let none = || fill(t.certificate_none, &[("months", &months)]);
    let until = |text: &str, day| fill(text, &[("day", &long_date(day))]);
    let text = match mine.map(|mine| mine.standing(module)) {
        Some(Standing::Valid { until: day }) => until(t.certificate_holds, day),
        Some(Standing::Renew { until: day }) => until(t.certificate_renew, day),
        Some(Standing::Expired { until: day }) => until(t.certificate_ended, day),
        Some(Standing::Untouched | Standing::Begun) | None => none(),
    };
    let own = match mine {
        Some(_) => {
            view! { <p>{t.seen_by_org}</p><p><a href=req.to("/me/learning")>{t.certificate_open}</a></p> }.into_any()
        }
        None => {
            let sign_in = with_next(&req.to("/sign-in"), Some(&req.path));
            let label = crate::text::common::texts(req.lang).sign_in;
            view! { <p>{t.certificate_sign_in}" "<a href=sign_in>{label}</a></p> }.into_any()
        }
    };
    view! { <Panel title=t.about_certificate><p>{text}</p>{own}</Panel> }.into_any()
}

/// One page of it. That it was opened is kept of whoever has signed in.
pub(super) async fn page(req: Req) -> Outcome {
    let module = asked(&req)?;
    let n: usize = req.parsed("lesson")?;
    let found = n.checked_sub(1).and_then(|place| module.pages.get(place)).ok_or(Refusal::NotFound)?;
    learning::read_page(req.ctx(), &req.principal, module, n).await?;
    let title = format!("{} – {}", found.title, module.title);
    Page::new(title, move || page_view(&req, module, n, found)).into()
}

fn page_view(req: &Req, module: &'static Module, n: usize, found: &'static Lesson) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let (base, of) = (href(req, module), module.pages.len());
    let text = fill(t.page_of, &[("n", &n.to_string()), ("of", &of.to_string())]);
    let small = |n: usize| u8::try_from(n).unwrap_or(u8::MAX);
    let (to, label) = match module.pages.get(n) {
        Some(next) => (format!("{base}/{}", n + 1), fill(t.next, &[("title", &next.title)])),
        None => (format!("{base}/quiz"), t.to_quiz.to_owned()),
    };
    let before = n.checked_sub(2).and_then(|place| module.pages.get(place)).map(|before| {
        let label = fill(t.previous, &[("title", &before.title)]);
        view! { <LinkButton href=format!("{base}/{}", n - 1) label kind=ButtonKind::Quiet/> }
    });
    let body = whole(found, &mut Finder::default());
    view! {
        <FormPage>
            <BackLink href=base label=t.back_module/>
            <PageTitle title=module.title.clone()/>
            <Scale step=small(n) of=small(of) text/>
            <article class="lesson">{body}</article>
            <ButtonRow><LinkButton href=to label/>{before}</ButtonRow>
        </FormPage>
    }
}

/// A page with its heading and its picture.
fn whole(found: &'static Lesson, finder: &mut Finder) -> AnyView {
    let picture = found.picture.as_ref().map(|picture| {
        view! { <div class="lesson__picture" role="img" aria-label=picture.alt.clone() inner_html=picture.svg></div> }
    });
    view! { <h2>{found.title.clone()}</h2>{lesson(&found.body, finder)}{picture} }.into_any()
}

/// All pages and the words explained, for paper.
pub(super) async fn print(req: Req) -> Outcome {
    let module = asked(&req)?;
    Page::new(module.title.clone(), move || print_view(&req, module)).into()
}

fn print_view(req: &Req, module: &'static Module) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let mut finder = Finder::default();
    let pages: Vec<AnyView> = module
        .pages
        .iter()
        .map(|found| view! { <article class="lesson">{whole(found, &mut finder)}</article> }.into_any())
        .collect();
    let terms: Vec<(String, String)> = finder.found().map(|term| (term.term.clone(), term.text.clone())).collect();
    let terms = (!terms.is_empty()).then(|| {
        view! { <section class="stack" aria-labelledby="terms"><h2 id="terms">{t.glossary_title}</h2><Glossary terms/></section> }
    });
    let (back, lead) = (href(req, module), module.summary.clone());
    let version = fill(t.version, &[("n", &module.version.to_string())]);
    view! {
        <FormPage>
            <BackLink href=back label=t.back_module/>
            <PageTitle title=module.title.clone() caption=version lead/>
            {pages}
            {terms}
        </FormPage>
    }
}
