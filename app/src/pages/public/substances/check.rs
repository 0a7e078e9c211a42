//! Name and CAS number checked together; without JavaScript also the picker's page of results.
//!
//! `q` is the name, `cas` the number; a number in `q` is taken as one. `return` is the page that asked, a path of this
//! installation: every fitting entry then leads back there with its handle in `substance`, and so does keeping the name.

use domain::{
    cas::{Agreement, Cas, CasError, Meaning, agrees, parse_known},
    lang::Lang,
    search::Index,
};
use leptos::prelude::*;

use super::{Prepared, prepared, words};
use crate::{
    components::*,
    islands::substance_rows::find,
    text::{
        fill,
        substances::{Texts, texts},
    },
    web::{
        Fields, Outcome, Page, Req,
        paths::{own_path, with_query},
    },
};

/// The longest name or number that is looked at.
const LONGEST: usize = 300;
/// The most fitting entries on the page.
const MOST: usize = 12;

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Asked {
    name: String,
    number: String,
    back: Option<String>,
}

impl Asked {
    fn read(query: &Fields) -> Self {
        let text = |name: &str| -> String {
            let typed = query.get(name).chars().filter(|letter| !letter.is_control()).take(LONGEST);
            typed.collect::<String>().trim().to_owned()
        };
        let (name, number, back) = (text("q"), text("cas"), own_path(query.get("return")));
        let is_number = number.is_empty() && !matches!(Cas::parse(&name), Err(CasError::Shape));
        if is_number { Self { name: String::new(), number: name, back } } else { Self { name, number, back } }
    }

    fn is_empty(&self) -> bool {
        self.name.is_empty() && self.number.is_empty()
    }
}

pub(super) async fn page(req: Req) -> Outcome {
    let prepared = prepared(&req)?;
    let asked = Asked::read(&req.query);
    let family = req.ctx().catalogue().family_of_name(&asked.name).map(|rule| (rule.slug.clone(), rule.name.clone()));
    let t = texts(req.lang);
    Page::new(t.check_title, move || view(&req, &prepared, &asked, family)).about(t.check_lead).into()
}

fn view(req: &Req, prepared: &Prepared, asked: &Asked, family: Option<(String, String)>) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let back = asked.back.clone().map(|path| view! { <BackLink href=path label=t.check_return/> });
    let verdict = (!asked.is_empty()).then(|| verdict(req.lang, &prepared.index, asked));
    let matches = (!asked.is_empty()).then(|| matches(req, &prepared.index, asked, family));
    let list = asked.back.is_none().then(|| view! { <BackLink href=req.to("/substances") label=t.back/> });
    let form = form(req, asked);
    view! {
        <FormPage>
            {back}
            {list}
            <PageTitle title=t.check_title lead=t.check_lead/>
            {form}
            {verdict}
            {matches}
        </FormPage>
    }
}

fn form(req: &Req, asked: &Asked) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let back = asked.back.clone().map(|path| view! { <input type="hidden" name="return" value=path/> });
    view! {
        <form class="stack" method="get" action=req.to("/substances/check") novalidate=true>
            <TextField name="q" label=t.check_name hint=t.check_name_hint value=asked.name.clone() width=Width::Long autocomplete="off"/>
            <TextField
                name="cas" label=t.check_cas hint=t.check_cas_hint value=asked.number.clone() width=Width::Medium code=true
                autocomplete="off"
            />
            {back}
            <Button label=t.check_button/>
        </form>
    }
}

/// What is said of the number, and of the pair.
fn verdict(lang: Lang, index: &Index, asked: &Asked) -> AnyView {
    if asked.number.is_empty() {
        return ().into_any();
    }
    let t = texts(lang);
    match parse_known(&asked.number, index) {
        Err(error) => {
            let text = match error {
                CasError::Shape => t.check_number_shape,
                CasError::Digit { .. } => t.check_number_wrong,
            };
            let said = fill(text, &[("text", &asked.number), ("why", &error.to_string())]).replace("?.", "?");
            view! { <Callout tone=Tone::Warn title=t.check_number><p>{said}</p><p>{t.check_differs_advice}</p></Callout> }.into_any()
        }
        Ok(cas) => {
            let agreement = agrees(&asked.name, cas, index);
            view! { <div class="verdict">{number_said(t, cas, index)}{pair_said(t, asked, &agreement)}</div> }
                .into_any()
        }
    }
}

fn number_said(t: &'static Texts, cas: Cas, index: &Index) -> impl IntoView + use<> {
    let right = fill(t.check_number_right, &[("cas", &cas.to_string())]);
    let owner = index.entries().iter().find(|entry| entry.cas.contains(&cas));
    let stands = owner.map_or_else(
        || t.check_number_unknown.to_owned(),
        |entry| fill(t.check_number_known, &[("name", &entry.name)]),
    );
    view! { <Callout tone=Tone::Info title=t.check_number><p>{right}</p><p>{stands}</p></Callout> }
}

fn pair_said(t: &'static Texts, asked: &Asked, agreement: &Agreement) -> Option<AnyView> {
    if asked.name.is_empty() {
        return None;
    }
    let said = words::sentence(&agreement.to_string());
    let (tone, title, advice) = match agreement {
        Agreement::Agrees => (Tone::Ok, t.check_agrees, None),
        Agreement::Differs { .. } => (Tone::Warn, t.check_differs, Some(t.check_differs_advice)),
        Agreement::Unknown | Agreement::NumberKnown(Meaning { .. }) => (Tone::Info, t.check_unknown, None),
    };
    let advice = advice.map(|advice| view! { <p>{advice}</p> });
    Some(view! { <Callout tone=tone title=title><p>{said}</p>{advice}</Callout> }.into_any())
}

/// Entries that fit; each leads to its page, or back to where the question came from.
fn matches(req: &Req, index: &Index, asked: &Asked, family: Option<(String, String)>) -> AnyView {
    let t = texts(req.lang);
    let (typed, title) =
        if asked.name.is_empty() { (&asked.number, t.check_matches_number) } else { (&asked.name, t.check_matches) };
    let found = find(index, typed, |_| true);
    let rows: Vec<_> = found
        .iter()
        .take(MOST)
        .map(|found| {
            let entry = &index.entries()[found.index];
            let href = match &asked.back {
                Some(back) => with_query(back, "substance", &entry.slug),
                None => req.to(&format!("/substances/{}", entry.slug)),
            };
            let cas = entry.cas.first().map(|cas| format!("{cas} · ")).unwrap_or_default();
            LinkRow::new(entry.name.clone(), href).text(format!("{cas}{}", entry.schedule_label()))
        })
        .collect();
    let list = if rows.is_empty() {
        view! { <p>{t.check_no_matches}</p> }.into_any()
    } else {
        view! { <LinkRows rows=rows labelled_by="matches"/> }.into_any()
    };
    let family = family.map(|(slug, name)| {
        let href = req.to(&format!("/substances/{slug}"));
        let (before, after) = t.check_family.split_once("{name}").unwrap_or((t.check_family, ""));
        view! { <p>{before}<a href=href>{name}</a>{after}</p> }
    });
    let keep = asked.back.clone().filter(|_| !asked.name.is_empty()).map(|back| {
        let label = fill(t.check_keep, &[("name", &asked.name)]);
        view! { <ButtonRow><LinkButton href=back label=label kind=ButtonKind::Secondary/></ButtonRow> }
    });
    view! { <section class="part" aria-labelledby="matches"><h2 id="matches">{title}</h2>{list}{family}{keep}</section> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_in_the_field_for_names_is_a_number() {
        let read = |query: &str| Asked::read(&Fields::parse(query.as_bytes()));
        let asked = |name: &str, number: &str| Asked { name: name.into(), number: number.into(), back: None };
        assert_eq!(read("q=108-24-8"), asked("", "108-24-8"));
        assert_eq!(read("q=acetone&cas=67-64-1"), asked("acetone", "67-64-1"));
        assert_eq!(read("q=+3%2C4-MDP-2-P%0A"), asked("3,4-MDP-2-P", ""));
        assert!(read("").is_empty());
    }

    #[test]
    fn only_own_pages_are_gone_back_to() {
        let back = |path: &str| Asked::read(&Fields(vec![("return".into(), path.into())])).back;
        assert_eq!(back("/en/c/7k3m9qtd/reports/x?a=1").as_deref(), Some("/en/c/7k3m9qtd/reports/x?a=1"));
        for foreign in ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", ""] {
            assert_eq!(back(foreign), None, "{foreign}");
        }
    }
}
