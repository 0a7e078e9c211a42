//! Pages of learning for somebody without an account; what is kept of people is tested with the services.

use domain::learning::{Module, cases, glossary, modules, quiz};
use services::stash;

use super::{case, glossary as words, library, module, quiz as quizzes, verify};
use crate::web::{
    Fields, Reply, Req,
    testing::{Site, html, text},
};

fn first() -> &'static Module {
    &modules()[0]
}

fn at(site: &Site, address: &str, params: &[(&str, &str)]) -> Req {
    let mut req = site.req(address);
    req.params = params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    req
}

fn of_module(site: &Site, rest: &str) -> Req {
    let slug = first().slug.as_str();
    at(site, &format!("/en/learn/{slug}{rest}"), &[("module", slug), ("lesson", rest.trim_start_matches('/'))])
}

#[tokio::test]
async fn the_library_lists_modules_and_cases_by_audience_and_length() {
    let site = Site::new().await;
    let req = site.req("/en/learn");
    let page = html(&req, library::page(req.clone()).await);
    for module in modules() {
        assert!(page.contains(&format!("/en/learn/{}\"", module.slug)), "{}", module.slug);
    }
    for case in cases() {
        assert!(page.contains(&format!("/en/learn/cases/{}\"", case.slug)), "{}", case.slug);
    }
    let req = site.req("/en/learn?for=health&minutes=10");
    let narrow = html(&req, library::page(req.clone()).await);
    for module in modules() {
        let fits = module.minutes <= 10 && module.audiences.contains(&domain::learning::Audience::Health);
        assert_eq!(narrow.contains(&format!("/en/learn/{}\"", module.slug)), fits, "{}", module.slug);
    }
}

#[tokio::test]
async fn every_page_of_every_module_is_shown_with_its_picture_and_its_words_explained() {
    let site = Site::new().await;
    for module in modules() {
        let slug = module.slug.as_str();
        for (place, lesson) in module.pages.iter().enumerate() {
            let n = (place + 1).to_string();
            let req = at(&site, &format!("/en/learn/{slug}/{n}"), &[("module", slug), ("lesson", &n)]);
            let page = html(&req, module::page(req.clone()).await);
            assert!(text(&page).contains(&lesson.title), "{slug} {n}");
            assert_eq!(page.contains("class=\"lesson__picture\""), lesson.picture.is_some(), "{slug} {n}");
            let ids: Vec<&str> = page.split(" id=\"term-").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            assert_eq!(page.matches("popovertarget=\"term-").count(), ids.len(), "{slug} {n}");
            let mut once = ids.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(once.len(), ids.len(), "{slug} {n}: each term once");
        }
        let req = at(&site, &format!("/en/learn/{slug}/print"), &[("module", slug)]);
        let paper = text(&html(&req, module::print(req.clone()).await));
        assert!(module.pages.iter().all(|lesson| paper.contains(&lesson.title)), "{slug}");
    }
    for wrong in ["/0", "/99", "/x"] {
        assert!(module::page(of_module(&site, wrong)).await.is_err(), "{wrong}");
    }
}

#[tokio::test]
async fn a_stranger_answers_a_quiz_and_sees_why_and_nothing_is_kept() {
    let site = Site::new().await;
    let mut req = of_module(&site, "/quiz");
    let Reply::Redirect { to, .. } = quizzes::answer(req.clone()).await.unwrap() else { panic!("no redirect") };
    assert!(to.contains("errors=1"), "{to}");
    let right = |question: &domain::learning::Question| {
        let places = (0..question.options.len()).filter(|place| question.options[*place].right);
        places.map(quiz::value_of).collect::<Vec<_>>()
    };
    let fields = first().questions.iter().enumerate();
    let fields = fields.flat_map(|(place, question)| {
        right(question).into_iter().map(move |value| (quiz::field(place), value)).collect::<Vec<_>>()
    });
    req.form = Fields(fields.collect());
    let Reply::Redirect { to, cookies, .. } = quizzes::answer(req.clone()).await.unwrap() else {
        panic!("no redirect")
    };
    assert_eq!(to, format!("/en/learn/{}/result", first().slug));
    let mut req = of_module(&site, "/result");
    let (name, value) = cookies[0].split(';').next().unwrap().split_once('=').unwrap();
    req.cookies = vec![(name.to_owned(), value.to_owned())];
    let shown = text(&html(&req, quizzes::result(req.clone()).await));
    assert!(shown.contains("Passed") && shown.contains("nothing was kept"), "{shown}");
    assert!(first().questions.iter().all(|question| question.options.iter().all(|option| shown.contains(&option.why))));
    stash::forget(&site.app.ctx, value).await.unwrap();
    let shown = text(&html(&req, quizzes::result(req.clone()).await));
    assert!(shown.contains("There is no result yet"), "{shown}");
}

#[tokio::test]
async fn a_case_tells_why_only_after_a_decision() {
    let site = Site::new().await;
    for one in cases() {
        let slug = one.slug.as_str();
        let shown = async |query: &str| {
            let req = at(&site, &format!("/en/learn/cases/{slug}{query}"), &[("case", slug)]);
            text(&html(&req, case::page(req.clone()).await))
        };
        let before = shown("").await;
        assert!(
            one.choices.iter().all(|choice| before.contains(&choice.text) && !before.contains(&choice.why)),
            "{slug}"
        );
        assert!(shown("?decide=1").await.contains("Choose what you would do."), "{slug}");
        let after = shown("?decide=1&choice=1").await;
        assert!(one.choices.iter().all(|choice| after.contains(&choice.why)), "{slug}");
        assert!(shown("?choice=99").await.contains("What do you do?"), "{slug}");
    }
}

#[tokio::test]
async fn words_are_found_in_any_of_their_forms() {
    let site = Site::new().await;
    let shown = async |query: &str| {
        let req = site.req(&format!("/en/glossary{query}"));
        html(&req, words::page(req.clone()).await)
    };
    let all = shown("").await;
    for term in glossary() {
        assert!(all.contains(&format!("id=\"{}\"", domain::learning::terms::anchor(term))), "{}", term.term);
    }
    let also = glossary().iter().find_map(|term| Some((term, term.also.first()?))).unwrap();
    let query: String = form_urlencoded::byte_serialize(also.1.as_bytes()).collect();
    assert!(
        shown(&format!("?q={query}")).await.contains(&format!("id=\"{}\"", domain::learning::terms::anchor(also.0)))
    );
    assert!(shown("?q=zzzz").await.contains("No such word here"));
}

#[tokio::test]
async fn a_number_that_nobody_has_is_told_as_such_and_what_was_typed_stays() {
    let site = Site::new().await;
    let mut req = site.req("/en/verify/certificate");
    req.form = Fields(vec![("number".into(), "FC-1".into()), ("name".into(), "Ana".into())]);
    let Reply::Redirect { to, cookies, .. } = verify::check(req.clone()).await.unwrap() else { panic!("no redirect") };
    let mut again = site.req(to.split('#').next().unwrap());
    let (name, value) = cookies[0].split(';').next().unwrap().split_once('=').unwrap();
    again.cookies = vec![(name.to_owned(), value.to_owned())];
    let page = html(&again, verify::page(again.clone()).await);
    assert!(
        text(&page).contains("A number looks like")
            && page.contains("value=\"FC-1\"")
            && page.contains("value=\"Ana\"")
    );
    req.form = Fields(vec![("number".into(), domain::learning::certificate::Number::from_bits(9).to_string())]);
    let Reply::Redirect { to, cookies, .. } = verify::check(req).await.unwrap() else { panic!("no redirect") };
    assert_eq!(to, "/en/verify/certificate?checked=1");
    let mut again = site.req(&to);
    let (name, value) = cookies[0].split(';').next().unwrap().split_once('=').unwrap();
    again.cookies = vec![(name.to_owned(), value.to_owned())];
    assert!(text(&html(&again, verify::page(again.clone()).await)).contains("not a certificate of this installation"));
}
