//! The form of a sender: which authority, what worries them; and the phrase, once.

use domain::{answers::Answers, concern::Limits, evidence::ACCEPT, phrase::Phrase, report::ReportKind};
use leptos::prelude::*;
use services::{
    Refusal,
    concern::{self, FIELDS, Place, Sending},
    error::Problem,
    evidence::FIELD,
};

use crate::{
    components::*,
    islands::proof_of_work::ProofOfWork,
    pages::association::phone_link,
    text::{
        concern::{Texts, texts},
        fill,
    },
    web::{
        Outcome, Page, Req,
        paths::with_query,
        typed::{self, Typed},
        upload,
    },
};

/// Why a form is shown again although nothing in it is wrong.
#[derive(Clone, Debug)]
enum Held {
    /// So many seconds are to be waited.
    Wait(u64),
    /// A sentence.
    Because(String),
}

/// Where to, or the form.
pub(super) async fn page(req: Req) -> Outcome {
    let t = texts(req.lang);
    let places = concern::places(req.ctx()).await?;
    let wanted = req.query.get("country").to_owned();
    let chosen = places.iter().find(|place| place.is_open && place.country.code() == wanted).cloned();
    let Some(place) = chosen else {
        return Page::new(t.title, move || start(&req, &places)).about(t.lead).into();
    };
    form(&req, place, Typed::default(), None, "").into()
}

fn start(req: &Req, places: &[Place]) -> impl IntoView + use<> {
    let t = texts(req.lang);
    let here = req.to("/concern");
    let (list, aside) = (choose(t, &here, places), aside(t));
    let (follow, report) = (req.to("/follow-up"), req.to("/report/start"));
    view! {
        <FormPage aside=aside aside_label=t.safe_title>
            <PageTitle title=t.title lead=t.lead/>
            <p>{t.danger}</p>
            {list}
            <p><a href=follow>{t.have_phrase}</a></p>
            <Callout tone=Tone::Info title=t.report_link><p>{t.not_company}" "<a href=report>{t.report_link}</a></p></Callout>
        </FormPage>
    }
}

/// The countries whose authority takes concerns as links, the others with their telephones.
pub(super) fn choose(t: &'static Texts, here: &str, places: &[Place]) -> AnyView {
    if places.is_empty() {
        return view! { <EmptyState title=t.nowhere_title><p>{t.nowhere}</p></EmptyState> }.into_any();
    }
    let (open, shut): (Vec<&Place>, Vec<&Place>) = places.iter().partition(|place| place.is_open);
    let row = |place: &Place| {
        let href = with_query(here, "country", place.country.code());
        LinkRow::new(place.country.name(), href).text(fill(t.takes, &[("authority", &place.name)]))
    };
    let rows = open.into_iter().map(row).collect::<Vec<_>>();
    let rows = (!rows.is_empty()).then(|| view! { <LinkRows rows labelled_by="where"/> });
    let others = (!shut.is_empty()).then(|| others(t, &shut));
    view! {
        <section aria-labelledby="where">
            <h2 id="where">{t.where_title}</h2>
            <p>{t.where_lead}</p>
            {rows}
        </section>
        {others}
    }
    .into_any()
}

fn others(t: &'static Texts, places: &[&Place]) -> AnyView {
    let row = |place: &&Place| {
        let phone = phone_link(&place.phone).unwrap_or_else(|| t.no_phone.into_any());
        view! { <tr><th scope="row">{place.country.name()}</th><td><bdi>{place.name.clone()}</bdi></td><td>{phone}</td></tr> }
    };
    let rows = places.iter().map(row).collect_view();
    let columns = [t.others_country, t.others_authority, t.others_phone].map(Column::new).to_vec();
    view! {
        <section>
            <h2 id="others">{t.others_title}</h2>
            <DataTable id="phones" caption=t.others_title caption_hidden=true columns>{rows}</DataTable>
        </section>
    }
    .into_any()
}

fn aside(t: &'static Texts) -> AnyView {
    let points = [t.safe_1, t.safe_2, t.safe_3, t.safe_4, t.safe_5, t.safe_6];
    view! {
        <Panel title=t.safe_title><ul class="points">{points.map(|point| view! { <li>{point}</li> }).collect_view()}</ul></Panel>
    }
    .into_any()
}

/// The form with its mark. One that is shown again keeps its mark while that is good, so that it stays one concern.
fn form(req: &Req, place: Place, typed: Typed, held: Option<Held>, mark: &str) -> Page {
    let t = texts(req.lang);
    let mark = if mark.is_empty() { concern::new_form(req.ctx()) } else { mark.to_owned() };
    let (again, wrong) = (typed.is_wrong() || held.is_some(), typed.is_wrong());
    let title = fill(t.form_title, &[("authority", &place.name)]);
    let (action, back) = (req.to("/concern"), req.to("/concern"));
    let page = Page::new(title.clone(), move || {
        let (aside, told, fields) = (aside(t), held.map(|held| told(t, &place, &held)), fields(t, &typed, again));
        let (nonce, field, challenge) = (typed.value("nonce"), "nonce".to_owned(), mark.clone());
        let (bits, runs, done) = (Limits::get().work_bits, t.work_runs.to_owned(), t.work_done.to_owned());
        view! {
            <FormPage aside=aside aside_label=t.safe_title>
                <BackLink href=back label=t.where_title/>
                <ErrorSummary errors=typed.errors()/>
                {told}
                <PageTitle title lead=t.form_lead/>
                <form class="stack" method="post" action=action enctype="multipart/form-data" novalidate=true autocomplete="off">
                    <input type="hidden" name="form" value=mark/>
                    <input type="hidden" name="nonce" id="nonce" value=nonce/>
                    <input type="hidden" name="country" value=place.country.code()/>
                    {fields}
                    <ProofOfWork challenge bits field runs done/>
                    <noscript><p class="small muted">{t.slow}</p></noscript>
                    <ButtonRow><Button label=t.send/></ButtonRow>
                </form>
            </FormPage>
        }
    });
    page.errors(wrong).status(if again { 422 } else { 200 }).with_islands()
}

fn told(t: &'static Texts, place: &Place, held: &Held) -> AnyView {
    let text = match held {
        Held::Wait(seconds) => fill(t.busy, &[("minutes", &minutes(t, *seconds))]),
        Held::Because(why) => why.clone(),
    };
    let call = phone_link(&place.phone).map(|phone| {
        let text = fill(t.busy_call, &[("authority", &place.name)]);
        view! { <p><bdi>{text}</bdi>" "{phone}</p> }
    });
    view! { <div id="held" role="alert"><Callout tone=Tone::Warn title=t.busy_title><p>{text}</p>{call}</Callout></div> }.into_any()
}

/// A time to wait, in whole minutes.
pub(super) fn minutes(t: &'static Texts, seconds: u64) -> String {
    match seconds.div_ceil(60) {
        0 | 1 => t.minute.to_owned(),
        more => fill(t.minutes, &[("count", &more.to_string())]),
    }
}

/// The fields: the same for a sender and for an association.
pub(super) fn fields(t: &'static Texts, typed: &Typed, again: bool) -> AnyView {
    let (value, error) = (|field: &str| typed.value(field), |field: &str| typed.error(field));
    let kinds = ReportKind::ALL.iter().map(|kind| SelectOption::new(kind.code(), kind.label())).collect();
    let limits = Limits::get();
    let megabytes = (limits.bytes / (1024 * 1024)).to_string();
    let mut hint = fill(t.files_hint, &[("count", &limits.files.to_string()), ("megabytes", &megabytes)]);
    if again {
        hint = format!("{hint} {}", t.again);
    }
    view! {
        <TextArea name="story" label=t.story hint=t.story_hint rows=7 value=value("story") error=error("story")/>
        <SelectField name="kind" label=t.kind options=kinds value=value("kind") blank=t.kind_blank/>
        <TextField name="substance" label=t.substance hint=t.substance_hint optional=true value=value("substance") error=error("substance") width=Width::Long autocomplete="off"/>
        <TextField name="who" label=t.who hint=t.who_hint optional=true value=value("who") error=error("who") width=Width::Long autocomplete="off"/>
        <TextArea name="reach" label=t.reach hint=t.reach_hint optional=true rows=3 value=value("reach") error=error("reach")/>
        <TextField name="where" label=t.place optional=true value=value("where") error=error("where") width=Width::Long autocomplete="off"/>
        <TextField name="when" label=t.time hint=t.time_hint optional=true value=value("when") error=error("when") width=Width::Long autocomplete="off"/>
        <FileField name=FIELD label=t.files hint error=error(FIELD) accept=ACCEPT/>
    }
    .into_any()
}

/// What was typed and the files, of a form that is sent.
pub(super) struct Posted {
    pub typed: Answers,
    pub files: Vec<services::evidence::Arrived>,
    /// What is wrong with files that were chosen.
    pub problems: Vec<Problem>,
}

/// Reads a form with files, of which there may be none.
pub(super) async fn posted(req: &mut Req) -> Result<Posted, Refusal> {
    let received = upload::receive(req).await?;
    let none = received.arrived.is_empty() && received.rejected.is_empty() && !received.too_much;
    let problems = if none { Vec::new() } else { received.problems() };
    req.form = received.fields;
    Ok(Posted { typed: typed::answers(&req.form), files: received.arrived, problems })
}

/// Sends it: the phrase, or the form again.
pub(super) async fn send(mut req: Req) -> Outcome {
    let _room = concern::room(req.ctx()).await?;
    let Posted { typed, files, problems } = posted(&mut req).await?;
    let Ok(place) = concern::place(req.ctx(), req.form.get("country")).await else {
        let places = concern::places(req.ctx()).await?;
        return Page::new(texts(req.lang).title, move || start(&req, &places)).status(422).into();
    };
    let (mark, nonce) = (req.form.get("form").to_owned(), req.form.get("nonce").to_owned());
    let outcome = match problems.is_empty() {
        true => concern::send(req.ctx(), &place, Sending { typed: &typed, files, form: &mark, nonce: &nonce }).await,
        false => Err(Refusal::Invalid(problems)),
    };
    let again = |problems: Vec<Problem>, held: Option<Held>| {
        // A mark that is too old is the one problem of the whole form.
        let old = problems.iter().any(|problem| problem.field.is_empty());
        let shown = Typed::new(typed.clone(), problems).in_order(FIELDS);
        Ok(form(&req, place.clone(), shown, held, if old { "" } else { &mark }).into())
    };
    match outcome {
        Ok(sent) => Ok(sent_page(&req, &sent.phrase).into()),
        Err(Refusal::Invalid(problems)) => again(problems, None),
        Err(Refusal::TooOften(seconds)) => again(Vec::new(), Some(Held::Wait(seconds))),
        Err(Refusal::NotPossible(why)) => again(Vec::new(), Some(Held::Because(why))),
        Err(refusal) => Err(refusal),
    }
}

/// The phrase. It is on no other page.
fn sent_page(req: &Req, phrase: &Phrase) -> Page {
    let t = texts(req.lang);
    let words: Vec<String> = phrase.words().map(str::to_owned).collect();
    let follow = req.to("/follow-up");
    Page::new(t.sent_title, move || {
        let words =
            words.into_iter().map(|word| view! { <li><b translate="no" lang="en">{word}</b></li> }).collect_view();
        view! {
            <FormPage>
                <PageTitle title=t.sent_title lead=t.sent_lead/>
                <Panel title=t.sent_words title_id="phrase">
                    <ol class="recovery-codes" aria-labelledby="phrase" id="phrase-words">{words}</ol>
                    <p>{t.sent_how}</p>
                </Panel>
                <Callout tone=Tone::Warn title=t.sent_where>
                    <p>{t.sent_why}</p>
                    <p><a href=follow.clone()>{t.sent_next}</a>": "<span dir="ltr">{follow.clone()}</span></p>
                </Callout>
                <p>{t.sent_when}</p>
                <p>{t.sent_leave}</p>
            </FormPage>
        }
    })
}
