//! How one is told: a channel for each topic, and when digests leave.

use domain::notify::{Channel, Topic};
use leptos::prelude::*;
use services::notify::{self, Chosen, Settings};

use crate::{
    components::*,
    text::inbox::{Texts, texts},
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

const FORM: &str = "told";

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let settings = notify::settings(req.ctx(), &req.principal).await?;
    let typed = Typed::open(&req, FORM).await?;
    let wrong = typed.is_wrong();
    Page::new(texts(req.lang).settings_title, move || whole(&req, settings, &typed)).errors(wrong).into()
}

fn whole(req: &Req, settings: Settings, typed: &Typed) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let errors = typed.errors();
    let saved = (errors.is_empty() && req.query.get("done") == "saved")
        .then(|| view! { <Banner tone=Tone::Ok title=t.settings_saved/> });
    let (fixed, free): (Vec<_>, Vec<_>) = settings.topics.into_iter().partition(|chosen| chosen.topic.is_fixed());
    let free = free.into_iter().map(|chosen| topic(chosen, typed)).collect_view();
    let times = times(t, (settings.times.hour, settings.times.weekday), typed);
    let fixed = fixed.into_iter().map(|chosen| always(chosen.topic)).collect_view();
    let aside = view! {
        <Panel title=t.always><p>{t.always_why}</p><dl class="stack">{fixed}</dl></Panel>
        <p>{t.feeds_hint}" "<a href=req.to("/me/feeds")>{t.feeds_title}</a></p>
        <p>{t.language_hint}" "<a href=req.to("/me")>{t.to_account}</a></p>
    };
    view! {
        <FormPage aside=aside.into_any() aside_label=t.always>
            <ErrorSummary errors/>
            {saved}
            <PageTitle title=t.settings_title lead=t.settings_lead/>
            <form class="stack sections" method="post" action=req.to("/me/told") novalidate=true>
                <FieldGroup legend=t.choose>{free}</FieldGroup>
                <FieldGroup legend=t.times hint=t.times_hint>{times}</FieldGroup>
                <div class="button-row">
                    <Button label=t.save/>
                    <LinkButton href=req.to("/me/inbox") label=t.back kind=ButtonKind::Quiet/>
                </div>
            </form>
        </FormPage>
    }
}

fn topic(chosen: Chosen, typed: &Typed) -> impl IntoView + use<> {
    let code = chosen.topic.code();
    let options = Channel::ALL.iter().map(|channel| SelectOption::new(channel.code(), channel.label())).collect();
    view! {
        <SelectField
            name=code label=chosen.topic.label() hint=chosen.topic.about() options no_blank=true width=Width::Medium
            value=typed.value_or(code, chosen.channel.code())
        />
    }
}

fn always(topic: Topic) -> impl IntoView {
    view! { <div><dt><strong>{topic.label()}</strong></dt><dd>{topic.about()}</dd></div> }
}

fn times(t: &'static Texts, (hour, weekday): (u8, u8), typed: &Typed) -> impl IntoView + use<> {
    let hours = (0..24).map(|hour| SelectOption::new(hour.to_string(), format!("{hour:02}:00"))).collect();
    let days = [t.monday, t.tuesday, t.wednesday, t.thursday, t.friday, t.saturday, t.sunday];
    let days = (1..).zip(days).map(|(n, day): (u8, _)| SelectOption::new(n.to_string(), day)).collect();
    view! {
        <SelectField
            name="hour" label=t.hour options=hours no_blank=true width=Width::Medium
            value=typed.value_or("hour", &hour.to_string()) error=typed.error("hour")
        />
        <SelectField
            name="weekday" label=t.weekday options=days no_blank=true width=Width::Medium
            value=typed.value_or("weekday", &weekday.to_string()) error=typed.error("weekday")
        />
    }
}

/// Saves.
pub(super) async fn save(req: Req) -> Outcome {
    let page = req.to("/me/told");
    match notify::choose(req.ctx(), &req.principal, &typed::answers(&req.form)).await {
        Ok(()) => {
            typed::done(&req).await?;
            Ok(Reply::to(with_query(&page, "done", "saved")))
        }
        Err(refusal) => typed::again(&req, FORM, &page, refusal).await,
    }
}
