//! Neutral wordings: by purpose and channel, with a search. Nothing about a customer is asked for here.

use domain::{
    answers::when::long_date,
    wording::{Channel, Purpose, Wording, find},
};
use leptos::prelude::*;

use crate::{
    components::*,
    islands::copy::CopyButton,
    text::{
        advice::{Texts, texts},
        fill,
    },
    web::{Outcome, Page, Req},
};

/// The most letters of a search.
const LONGEST: usize = 100;

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let t = texts(req.lang);
    let words: String = req.query.get("q").chars().take(LONGEST).collect();
    let (purpose, channel) =
        (Purpose::from_code(req.query.get("purpose")), Channel::from_code(req.query.get("channel")));
    let found: Vec<&'static Wording> = find(&words, purpose, channel).collect();
    Page::new(t.wordings_title, move || {
        let here = req.here("/wordings");
        let purposes = Purpose::ALL.iter().map(|one| SelectOption::new(one.code(), one.label())).collect();
        let channels = Channel::ALL.iter().map(|one| SelectOption::new(one.code(), one.label())).collect();
        let (purpose, channel) = (purpose.map(|one| one.code().to_owned()), channel.map(|one| one.code().to_owned()));
        let count = match found.len() {
            1 => t.wordings_one.to_owned(),
            count => fill(t.wordings_count, &[("count", &count.to_string())]),
        };
        let blocks = found.iter().map(|wording| block(t, wording)).collect_view();
        let none = found.is_empty().then(|| {
            view! { <EmptyState title=t.wordings_none_title><p>{t.wordings_none}</p></EmptyState> }
        });
        view! {
            <FormPage>
                <PageTitle title=t.wordings_title lead=t.wordings_lead/>
                <p>{t.wordings_how}</p>
                <FilterForm action=here open=true>
                    <TextField name="q" label=t.wordings_search value=words/>
                    <SelectField name="purpose" label=t.purpose options=purposes value=purpose blank=t.any/>
                    <SelectField name="channel" label=t.channel options=channels value=channel blank=t.any/>
                </FilterForm>
                <ListHead count/>
                {none}
                {blocks}
            </FormPage>
        }
    })
    .with_islands()
    .into()
}

fn block(t: &'static Texts, wording: &'static Wording) -> AnyView {
    let id = format!("w-{}", wording.id);
    let end = view! {
        <Tag text=wording.purpose.label()/>" "<Tag text=wording.channel.label()/>
    }
    .into_any();
    let never = wording.never.iter().map(|never| {
        view! { <li><p><b>{t.never}": “"{never.say.as_str()}"”"</b></p><p>{t.why}" "{never.why.as_str()}</p></li> }
    });
    let never = never.collect_view();
    let reviewed = fill(t.reviewed, &[("day", &long_date(wording.reviewed))]);
    view! {
        <Panel title=wording.title.as_str() end>
            <blockquote class="wording typed" id=id.clone() lang=wording.language.as_str() dir="auto">{wording.text.as_str()}</blockquote>
            <CopyButton target=id label=t.copy.to_owned() about=wording.title.clone() copied=t.copied.to_owned() fails=t.copy_fails.to_owned()/>
            <p><b>{t.true_if}</b>" "{wording.true_if.as_str()}</p>
            <ul>{never}</ul>
            <p class="small muted">{reviewed}</p>
        </Panel>
    }
    .into_any()
}
