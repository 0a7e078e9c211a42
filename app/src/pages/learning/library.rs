//! The library: modules by audience and length, cases, the way to the glossary and to one's own learning.

use domain::learning::{Audience, Case, Module, cases, modules};
use leptos::prelude::*;
use services::learning::{self, Mine};

use super::shown::{audiences, href, minutes, ring, standing_mark};
use crate::{
    components::*,
    text::{
        fill,
        learning::{Texts, texts},
    },
    web::{Outcome, Page, Req},
};

/// Minutes that the filter offers.
const LENGTHS: [(&str, u16); 2] = [("10", 10), ("20", 20)];

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let mine = learning::mine(req.ctx(), &req.principal).await?;
    let t = texts(req.lang);
    Page::new(t.title, move || view(&req, mine.as_ref())).about(t.lead).into()
}

fn view(req: &Req, mine: Option<&Mine>) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let audience = Audience::from_code(req.query.get("for"));
    let longest = LENGTHS.iter().find(|(code, _)| *code == req.query.get("minutes")).map(|(_, longest)| *longest);
    let fits = |module: &&Module| {
        audience.is_none_or(|audience| module.audiences.contains(&audience))
            && longest.is_none_or(|longest| module.minutes <= longest)
    };
    let found: Vec<&Module> = modules().iter().filter(fits).collect();
    let list = if found.is_empty() {
        view! { <EmptyState title=t.modules_none_title><p>{t.modules_none}</p></EmptyState> }.into_any()
    } else {
        let entries = found.into_iter().map(|module| entry(req, t, module, mine)).collect_view();
        view! { <ul class="shelf" role="list">{entries}</ul> }.into_any()
    };
    let filter = filter(req, t, audience);
    let own = mine.map(|_| view! { <a href=req.to("/me/learning")>{t.mine_link}</a> });
    let (glossary, sources) = (req.to("/glossary"), req.to("/library"));
    let cases: Vec<LinkRow> = cases().iter().map(|case| case_row(req, t, case, mine)).collect();
    view! {
        <DeskPage>
            <PageTitle title=t.title lead=t.lead/>
            <p class="beside-links">{own}<a href=glossary>{t.glossary_link}</a><a href=sources>{t.sources_link}</a></p>
            {filter}
            <section class="stack" aria-labelledby="modules"><h2 id="modules">{t.modules}</h2>{list}</section>
            <section class="stack" aria-labelledby="cases">
                <h2 id="cases">{t.cases}</h2>
                <p>{t.cases_lead}</p>
                <LinkRows rows=cases labelled_by="cases"/>
            </section>
        </DeskPage>
    }
}

fn filter(req: &Req, t: &'static Texts, audience: Option<Audience>) -> AnyView {
    let audiences = Audience::ALL.iter().map(|one| SelectOption::new(one.code(), one.label())).collect();
    let lengths = vec![SelectOption::new("10", t.length_short), SelectOption::new("20", t.length_middle)];
    let (chosen, length) = (audience.map_or("", Audience::code).to_owned(), req.query.get("minutes").to_owned());
    let open = !chosen.is_empty() || !length.is_empty();
    view! {
        <FilterForm action=req.to("/learn") open=open>
            <SelectField name="for" label=t.for_whom options=audiences value=chosen blank=t.for_all/>
            <SelectField name="minutes" label=t.length options=lengths value=length blank=t.length_any/>
        </FilterForm>
    }
    .into_any()
}

fn entry(req: &Req, t: &'static Texts, module: &'static Module, mine: Option<&Mine>) -> impl IntoView + use<> {
    let progress = mine.map(|mine| {
        let (read, of) = (mine.read(module), module.pages.len());
        let words = fill(t.read_so_far, &[("read", &read.to_string()), ("of", &of.to_string())]);
        let standing = standing_mark(t, mine.standing(module));
        view! { <p class="shelf__progress">{ring(read, of)}<span>{words}</span>{standing}</p> }
    });
    view! {
        <li class="shelf__entry">
            <h3 class="shelf__title"><a href=href(req, module)>{module.title.clone()}</a></h3>
            <p>{module.summary.clone()}</p>
            <p class="shelf__line">{minutes(t, module.minutes)}" · "{audiences(t, module)}</p>
            {progress}
        </li>
    }
}

fn case_row(req: &Req, t: &'static Texts, case: &Case, mine: Option<&Mine>) -> LinkRow {
    let row =
        LinkRow::new(case.title.clone(), req.to(&format!("/learn/cases/{}", case.slug))).text(case.summary.clone());
    let Some(mine) = mine else { return row };
    let (shape, word, tone) = match mine.decided(case) {
        true => (Shape::Full, t.case_done, Tone::Ok),
        false => (Shape::Open, t.case_open, Tone::Neutral),
    };
    row.end(view! { <Status shape word tone/> }.into_any())
}
