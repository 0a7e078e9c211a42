//! A quiz and its result. Of whoever has signed in the answer is kept and the result is that of the last one; everybody else's is
//! kept for two hours in the stash that every form has, and graded anew when it is shown.

use domain::learning::{
    Module, Question, QuestionKind,
    quiz::{Chosen, Graded, field, grade, read, value_of},
};
use leptos::prelude::*;
use services::{Refusal, error::Problem, learning, stash};

use super::{module::asked, shown::href};
use crate::{
    components::*,
    text::{
        fill,
        learning::{Texts, texts},
    },
    web::{
        Outcome, Page, Reply, Req, cookie,
        paths::with_next,
        typed::{self, Typed},
    },
};

/// Under which name what was chosen is kept.
fn form(module: &Module) -> String {
    format!("quiz {} {}", module.slug, module.version)
}

/// The questions.
pub(super) async fn page(req: Req) -> Outcome {
    let module = asked(&req)?;
    let typed = match req.query.has("errors") {
        true => Typed::open(&req, &form(module)).await?,
        false => Typed::default(),
    };
    let wrong = typed.is_wrong();
    let title = fill(texts(req.lang).quiz_title, &[("title", &module.title)]);
    Page::new(title.clone(), move || questions(&req, module, title, &typed)).errors(wrong).into()
}

fn questions(req: &Req, module: &'static Module, title: String, typed: &Typed) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let base = href(req, module);
    let all = module.questions.iter().enumerate().map(|(place, question)| ask(t, module, place, question, typed));
    let all = all.collect_view();
    let account = req.principal.person.is_none().then(|| {
        let sign_in = with_next(&req.to("/sign-in"), Some(&req.path));
        let label = crate::text::common::texts(req.lang).sign_in;
        view! { <p>{t.certificate_sign_in}" "<a href=sign_in>{label}</a></p> }
    });
    view! {
        <FormPage>
            <BackLink href=base.clone() label=t.back_module/>
            <ErrorSummary errors=typed.errors()/>
            <PageTitle title lead=t.quiz_lead/>
            {account}
            <form class="stack quiz" method="post" action=format!("{base}/quiz") novalidate=true>
                {all}
                <ButtonRow><Button label=t.quiz_act/></ButtonRow>
            </form>
        </FormPage>
    }
}

fn ask(t: &'static Texts, module: &Module, place: usize, question: &Question, typed: &Typed) -> impl IntoView + use<> {
    let name = field(place);
    let options = question.options.iter().enumerate();
    let options = options
        .map(|(at, option)| {
            let value = value_of(at);
            let checked = typed.chose(&name, &value);
            Choice::new(value, option.text.clone()).checked(checked)
        })
        .collect();
    let many = question.kind == QuestionKind::Many;
    let of = module.questions.len().to_string();
    let number = fill(t.question_of, &[("n", &(place + 1).to_string()), ("of", &of)]);
    let hint = format!("{number}. {}", if many { t.choose_many } else { t.choose_one });
    let error = typed.error(&name);
    view! { <Choices name=name legend=question.text.clone() options many hint error/> }
}

/// Takes an answer.
pub(super) async fn answer(req: Req) -> Outcome {
    let (module, t) = (asked(&req)?, texts(req.lang));
    let base = href(&req, module);
    let sent = typed::answers(&req.form);
    let chosen = match read(module, &sent) {
        Ok(chosen) => chosen,
        Err(missing) => {
            let problem =
                |place: usize| Problem::new(field(place), fill(t.not_answered, &[("n", &(place + 1).to_string())]));
            let refusal = Refusal::Invalid(missing.into_iter().map(problem).collect());
            return typed::again(&req, &form(module), &format!("{base}/quiz"), refusal).await;
        }
    };
    let to = format!("{base}/result");
    if req.principal.person.is_some() {
        learning::answer(req.ctx(), &req.principal, module, &chosen).await?;
        typed::done(&req).await?;
        return Ok(Reply::to(to));
    }
    let kept = sent.only(|name| name.starts_with('q'));
    let token = stash::keep(req.ctx(), req.cookie(cookie::STASH), &form(module), &kept, &[]).await?;
    Ok(Reply::to_with(to, cookie::stash(&token)))
}

/// What was answered last, if it can still be shown; whether it belongs to an older version.
async fn last(req: &Req, module: &Module) -> Result<Option<(Chosen, bool)>, Refusal> {
    if req.principal.person.is_some() {
        let found = learning::last_attempt(req.ctx(), &req.principal, module).await?;
        return Ok(found.map(|(attempt, _)| (attempt.chosen, attempt.version != module.version)));
    }
    let typed = Typed::open(req, &form(module)).await?;
    Ok(read(module, typed.fields()).ok().map(|chosen| (chosen, false)))
}

/// What it came to, question by question.
pub(super) async fn result(req: Req) -> Outcome {
    let module = asked(&req)?;
    let found = last(&req, module).await?;
    let mine = learning::mine(req.ctx(), &req.principal).await?;
    let held = mine.and_then(|mine| mine.certificate(module).cloned());
    let title = fill(texts(req.lang).result_title, &[("title", &module.title)]);
    Page::new(title.clone(), move || {
        let (t, base) = (texts(req.lang), href(&req, module));
        let body = match &found {
            None => view! { <p>{t.result_none}</p> }.into_any(),
            Some((_, true)) => view! { <p>{t.result_older}</p> }.into_any(),
            Some((chosen, false)) => outcome(&req, t, module, chosen, held.as_ref()),
        };
        let again = format!("{base}/quiz");
        view! {
            <FormPage>
                <BackLink href=base.clone() label=t.back_module/>
                <PageTitle title/>
                {body}
                <ButtonRow>
                    <LinkButton href=again label=t.again kind=ButtonKind::Secondary/>
                    <LinkButton href=format!("{base}/1") label=t.read_again kind=ButtonKind::Quiet/>
                </ButtonRow>
            </FormPage>
        }
    })
    .into()
}

fn outcome(
    req: &Req,
    t: &'static Texts,
    module: &'static Module,
    chosen: &Chosen,
    held: Option<&learning::Item>,
) -> AnyView {
    let graded = grade(module, chosen);
    let (points, of) = (graded.points().to_string(), graded.right.len().to_string());
    let mark = module.pass_mark.to_string();
    let points = fill(t.result_points, &[("points", &points), ("of", &of), ("mark", &mark)]);
    let (tone, title) = if graded.passed { (Tone::Ok, t.result_passed) } else { (Tone::Warn, t.result_failed) };
    let certificate = held.filter(|_| graded.passed).map(|held| {
        let day = domain::answers::when::long_date(held.until);
        let text = fill(t.result_certificate, &[("number", &held.number), ("day", &day)]);
        let file = super::mine::file(req, "pdf", &held.number);
        view! { <p>{text}" "<a href=file download=true>{t.download_certificate}</a></p> }
    });
    let nobody = req.principal.person.is_none().then(|| {
        let sign_in = with_next(&req.to("/sign-in"), Some(&format!("{}/quiz", href(req, module))));
        let label = crate::text::common::texts(req.lang).sign_in;
        view! { <p>{t.result_nothing_kept}" "<a href=sign_in>{label}</a></p> }
    });
    let answers = module.questions.iter().enumerate();
    let answers = answers.map(|(place, question)| told(t, place, question, chosen, &graded)).collect_view();
    view! {
        <Callout tone title><p>{points}</p>{certificate}{nobody}</Callout>
        {answers}
    }
    .into_any()
}

fn told(
    t: &'static Texts,
    place: usize,
    question: &Question,
    chosen: &Chosen,
    graded: &Graded,
) -> impl IntoView + use<> {
    let right = graded.right.get(place).copied().unwrap_or_default();
    let (shape, word, tone) =
        if right { (Shape::Full, t.right, Tone::Ok) } else { (Shape::Struck, t.wrong, Tone::Warn) };
    let options = question.options.iter().enumerate().map(|(at, option)| {
        let is_chosen = chosen.get(place).is_some_and(|places| places.contains(&at));
        explained(t, option, is_chosen)
    });
    let options = options.collect_view();
    let id = format!("question-{}", place + 1);
    let labelled_by = id.clone();
    view! {
        <section class="answered" aria-labelledby=labelled_by>
            <h2 class="answered__question" id=id>{format!("{}. ", place + 1)}{question.text.clone()}</h2>
            <Status shape word tone/>
            <ul class="answered__options" role="list">{options}</ul>
        </section>
    }
}

/// An option with why it is right or not, marked if it was chosen.
pub(super) fn explained(t: &'static Texts, option: &domain::learning::Choice, is_chosen: bool) -> AnyView {
    let chosen = is_chosen.then(|| view! { " "<Tag text=t.chosen tone=Tone::Info/> });
    let right = option.right.then(|| view! { " "<Tag text=t.is_right tone=Tone::Ok/> });
    view! {
        <li class="answered__option" data-right=option.right.then_some("")>
            <p><b>{option.text.clone()}</b>{chosen}{right}</p>
            <p class="muted">{option.why.clone()}</p>
        </li>
    }
    .into_any()
}
