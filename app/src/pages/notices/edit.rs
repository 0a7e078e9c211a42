//! The editor: what it is, whom it concerns, how long, the text in each language, files; with a preview that shows what stands
//! in the form.

use domain::{
    language::Language,
    notice::{Access, Content, Kind, MAX_LANGUAGES, Reader, Severity, State, Text, Trust, direction},
    organisation::OperatorRole,
};
use leptos::prelude::*;
use services::{
    Refusal,
    notice::{self, Work},
};

use super::{At, files, preview, reach, shown};
use crate::{
    components::*,
    islands::live_preview::{LivePreview, PreviewWords},
    text::{approvals, fill},
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

pub(super) fn form_name(at: &At) -> String {
    format!("notice {}", at.notice)
}

/// The page; what is no draft leads to where it can be taken back.
pub(super) async fn page(req: Req) -> Outcome {
    let at = At::of(&req)?;
    let found = notice::work(req.ctx(), &req.principal, at.own()).await?;
    if found.state != State::Draft {
        return Ok(Reply::to(at.here));
    }
    let typed = Typed::open(&req, &form_name(&at)).await?;
    let look = match req.query.has("look") {
        true => notice::preview(req.ctx(), &req.principal, at.own(), typed.fields()).await.ok(),
        false => None,
    };
    let (wrong, saved) = (typed.is_wrong(), req.query.get("done") == "saved" && !typed.is_wrong());
    let names = names(&req, &found.content);
    let is_kept = look.is_none();
    let counted = notice::reach(req.ctx(), &req.principal, at.org, look.as_ref().unwrap_or(&found.content)).await?;
    Page::new(at.t.edit_title, move || {
        let t = at.t;
        let saved = saved.then(|| view! { <Banner tone=Tone::Ok title=t.saved/> });
        let look = look.map(|content| preview::preview_of(&req, &at, &content));
        let beside = beside(&req, &at);
        let (form, files) = (form(&at, &found, &typed, (names, beside)), files::panel(&at, &found, &typed));
        let reach = reach::panel(t, &counted, is_kept);
        view! {
            <DeskPage>
                <BackLink href=at.here.clone() label=t.title/>
                <ErrorSummary errors=typed.errors()/>
                {saved}
                <PageTitle title=t.edit_title caption=found.reference.to_string()/>
                {look}
                {form}
                {files}
                {reach}
            </DeskPage>
        }
    })
    .errors(wrong)
    .with_islands()
    .into()
}

/// The preview beside the text, where scripts run.
fn beside(req: &Req, at: &At) -> AnyView {
    let (t, more) = (at.t, approvals::texts(req.lang));
    let words = PreviewWords {
        title: more.live_title.to_owned(),
        looks: [t.preview_light, t.preview_dark, t.preview_print].map(str::to_owned).to_vec(),
        wait: more.live_wait.to_owned(),
    };
    view! { <LivePreview address=at.to("/live-preview") words/> }.into_any()
}

/// The names of the substances that are chosen, as the form shows them.
fn names(req: &Req, content: &Content) -> String {
    let catalogue = req.ctx().catalogue();
    let name = |slug: &String| catalogue.find(slug).map_or_else(|| slug.clone(), |one| one.name.clone());
    content.audience.substances.iter().map(name).collect::<Vec<_>>().join("\n")
}

fn form(at: &At, found: &Work, typed: &Typed, (names, beside): (String, AnyView)) -> AnyView {
    let t = at.t;
    let (what, who) = (what(at, &found.content, typed), who(at, found, typed, names));
    let (when, event) = (when(at, &found.content, typed), event(at, &found.content, typed));
    let columns = found.content.texts.iter().map(|text| column(at, text, found.content.texts.len() > 1, typed));
    let (columns, note) = (columns.collect_view(), typed.value_or("note", &found.note));
    let free = Language::all().iter().filter(|one| found.content.texts.iter().all(|text| text.lang != one.code));
    let free = free.map(|one| SelectOption::new(one.code.clone(), one.name.clone())).collect();
    let more = (found.content.texts.len() < MAX_LANGUAGES).then(|| {
        view! {
            <div class="notice__begin">
                <SelectField name="add_lang" label=t.add_language options=free optional=true/>
                <Button label=t.add kind=ButtonKind::Secondary name="then" value="edit"/>
            </div>
        }
    });
    view! {
        <form class="stack notice-form" method="post" action=at.to("/edit") novalidate=true>
            <input type="hidden" name="version" value=found.version.to_string()/>
            // The first button is the one that the Enter key presses.
            <ButtonRow>
                <Button label=t.save kind=ButtonKind::Secondary name="then" value="edit"/>
                <Button label=t.preview_button kind=ButtonKind::Quiet formaction=at.to("/preview")/>
            </ButtonRow>
            {what}
            {who}
            {when}
            {event}
            <section class="panel" aria-labelledby="part-text">
                <h2 class="panel__title" id="part-text">{t.part_text}</h2>
                <p class="muted">{t.part_text_lead}</p>
                <div class="notice-form__beside">
                    <div class="notice-form__columns">{columns}</div>
                    {beside}
                </div>
                {more}
            </section>
            <TextArea name="note" label=t.note hint=t.note_hint rows=3 optional=true value=note error=typed.error("note")/>
            <ButtonRow>
                <Button label=t.to_review name="then" value="review"/>
                <Button label=t.save kind=ButtonKind::Secondary name="then" value="edit"/>
                <Button label=t.preview_button kind=ButtonKind::Quiet formaction=at.to("/preview")/>
            </ButtonRow>
        </form>
    }
    .into_any()
}

fn what(at: &At, content: &Content, typed: &Typed) -> AnyView {
    let t = at.t;
    let chosen = |field: &str, before: &str| typed.value_or(field, before);
    let kinds = Kind::ALL.iter().map(|one| SelectOption::new(one.code(), one.label())).collect();
    let severities = Severity::ALL.iter().map(|one| SelectOption::new(one.code(), one.label())).collect();
    let kind = chosen("kind", content.kind.code());
    let severity = chosen("severity", content.severity.code());
    let asks = if is_typed(typed) { typed.chose("acknowledge", "yes") } else { content.acknowledge };
    view! {
        <section class="panel" aria-labelledby="part-what">
            <h2 class="panel__title" id="part-what">{t.part_what}</h2>
            <div class="notice-form__row">
                <SelectField name="kind" label=t.kind options=kinds value=kind no_blank=true/>
                <SelectField name="severity" label=t.severity options=severities value=severity no_blank=true/>
            </div>
            <Checkbox name="acknowledge" label=t.acknowledge hint=t.acknowledge_hint checked=asks/>
        </section>
    }
    .into_any()
}

/// Whether the form was sent before: then a box that is not ticked was left so.
fn is_typed(typed: &Typed) -> bool {
    typed.fields().seen("version") || !typed.fields().is_blank()
}

/// The options of a choice: what was typed wins over what is kept.
fn several<T: PartialEq>(
    typed: &Typed,
    field: &str,
    all: &[T],
    kept: &[T],
    of: impl Fn(&T) -> (String, String),
) -> Vec<Choice> {
    let seen = is_typed(typed);
    let option = |one: &T| {
        let (value, label) = of(one);
        let checked = if seen { typed.chose(field, &value) } else { kept.contains(one) };
        Choice::new(value, label).checked(checked)
    };
    all.iter().map(option).collect()
}

fn who(at: &At, found: &Work, typed: &Typed, names: String) -> AnyView {
    let (t, content) = (at.t, &found.content);
    let audience = &content.audience;
    let access = typed.value_or("access", content.access.code());
    let accesses = Access::ALL.iter().map(|one| Choice::new(one.code(), one.label()).checked(access == one.code()));
    let accesses = accesses.collect();
    let trusts = Trust::ALL.iter().map(|one| SelectOption::new(one.code(), one.label())).collect();
    let trust = typed.value_or("trust", content.trust.code());
    let roles =
        several(typed, "roles", OperatorRole::ALL, &audience.roles, |one| (one.code().into(), one.label().into()));
    let readers =
        several(typed, "readers", Reader::ALL, &audience.readers, |one| (one.code().into(), one.label().into()));
    let handles: Vec<String> = found.associations.iter().map(|(handle, _)| handle.clone()).collect();
    let name = |handle: &String| {
        found.associations.iter().find(|(of, _)| of == handle).map_or_else(String::new, |(_, name)| name.clone())
    };
    let associations = several(typed, "associations", &handles, &audience.associations, |one| (one.clone(), name(one)));
    let countries = audience.countries.iter().map(|one| one.name()).collect::<Vec<_>>().join("\n");
    let (names, countries) = (typed.value_or("substances", &names), typed.value_or("countries", &countries));
    view! {
        <section class="panel" aria-labelledby="part-who">
            <h2 class="panel__title" id="part-who">{t.part_who}</h2>
            <Choices name="access" legend=t.access options=accesses error=typed.error("access")/>
            <SelectField name="trust" label=t.trust hint=t.trust_hint options=trusts value=trust no_blank=true/>
            <p class="muted">{t.part_who_lead}</p>
            <div class="notice-form__row">
                <TextArea name="substances" label=t.substances hint=t.substances_hint rows=4 optional=true value=names error=typed.error("substances")/>
                <TextArea name="countries" label=t.countries hint=t.countries_hint rows=4 optional=true value=countries error=typed.error("countries")/>
            </div>
            <div class="notice-form__row">
                <Choices name="roles" legend=t.roles options=roles many=true optional=true/>
                <div class="stack">
                    <Choices name="readers" legend=t.readers options=readers many=true optional=true/>
                    <Choices name="associations" legend=t.associations options=associations many=true optional=true/>
                </div>
            </div>
        </section>
    }
    .into_any()
}

fn when(at: &At, content: &Content, typed: &Typed) -> AnyView {
    let t = at.t;
    let day = |field: &str, kept: Option<domain::date::Date>| {
        typed.value_or(field, &kept.map(|day| day.to_string()).unwrap_or_default())
    };
    let (from, until) = (day("valid_from", content.valid_from), day("valid_until", content.valid_until));
    view! {
        <section class="panel" aria-labelledby="part-when">
            <h2 class="panel__title" id="part-when">{t.part_when}</h2>
            <div class="notice-form__row">
                <DateField name="valid_from" label=t.valid_from hint=t.day_hint optional=true value=from error=typed.error("valid_from")/>
                <DateField name="valid_until" label=t.valid_until hint=t.day_hint optional=true value=until error=typed.error("valid_until")/>
            </div>
        </section>
    }
    .into_any()
}

fn event(at: &At, content: &Content, typed: &Typed) -> AnyView {
    let (t, kept) = (at.t, content.event.as_ref());
    let starts = typed.value_or("event_starts", &kept.map(|one| one.starts.long()).unwrap_or_default());
    let ends = typed.value_or("event_ends", &kept.and_then(|one| one.ends).map(|ends| ends.long()).unwrap_or_default());
    let place = typed.value_or("event_place", kept.map_or("", |one| one.place.as_str()));
    let link = typed.value_or("event_link", kept.map_or("", |one| one.link.as_str()));
    let error = |field: &str| typed.error(field);
    let wrong = ["event_starts", "event_ends", "event_place", "event_link"].iter().any(|field| error(field).is_some());
    let open = wrong || content.kind == Kind::Event || content.event.is_some();
    view! {
        <section class="panel" aria-labelledby="part-event">
            <h2 class="panel__title" id="part-event">{t.part_event}</h2>
            <Details summary=t.part_event_lead open=open>
                <div class="notice-form__row">
                    <TextField name="event_starts" label=t.event_starts hint=t.time_hint optional=true value=starts error=error("event_starts") autocomplete="off"/>
                    <TextField name="event_ends" label=t.event_ends hint=t.time_hint optional=true value=ends error=error("event_ends") autocomplete="off"/>
                </div>
                <div class="notice-form__row">
                    <TextField name="event_place" label=t.event_place optional=true value=place error=error("event_place") width=Width::Long autocomplete="off"/>
                    <TextField name="event_link" label=t.event_link hint=t.event_link_hint optional=true value=link error=error("event_link") width=Width::Long autocomplete="off"/>
                </div>
            </Details>
        </section>
    }
    .into_any()
}

/// The text in one language, beside the others.
fn column(at: &At, text: &Text, can_drop: bool, typed: &Typed) -> AnyView {
    let t = at.t;
    let field = |name: &str| format!("{name}.{}", text.lang);
    let value = |name: &str, kept: &str| typed.value_or(&field(name), kept);
    let error = |name: &str| typed.error(&field(name));
    let legend = fill(t.text_in, &[("lang", &shown::language(&text.lang))]);
    let (lang, dir) = (text.lang.clone(), direction(&text.lang));
    let drop = can_drop.then(|| {
        view! { <Button label=t.drop_language about=shown::language(&lang) kind=ButtonKind::Quiet name="drop_lang" value=lang.clone()/> }
    });
    view! {
        <fieldset class="notice-form__column" data-lang=text.lang.clone() data-dir=dir>
            <legend class="notice-form__legend">{legend}</legend>
            <TextField name=field("title") label=t.text_title value=value("title", &text.title) error=error("title") width=Width::Long autocomplete="off"/>
            <TextArea name=field("summary") label=t.text_summary hint=t.text_summary_hint rows=3 value=value("summary", &text.summary) error=error("summary")/>
            <TextArea name=field("body") label=t.text_body hint=t.text_body_hint rows=14 value=value("body", &text.body) error=error("body")/>
            <TextArea name=field("action") label=t.text_action rows=4 optional=true value=value("action", &text.action) error=error("action")/>
            {drop}
        </fieldset>
    }
    .into_any()
}

/// Keeps what was typed, then goes on where the button says.
pub(super) async fn save(req: Req) -> Outcome {
    let at = At::of(&req)?;
    let kept =
        notice::save(req.ctx(), &req.principal, at.own(), req.posted_version(), &typed::answers(&req.form)).await;
    let refusal = match kept {
        Ok(()) => {
            typed::done(&req).await?;
            let to = if req.form.get("then") == "review" {
                at.here.clone()
            } else {
                with_query(&at.to("/edit"), "done", "saved")
            };
            return Ok(Reply::to(to));
        }
        Err(Refusal::Stale) => Refusal::NotPossible(at.t.stale.to_owned()),
        Err(refusal) => refusal,
    };
    typed::again(&req, &form_name(&at), &at.to("/edit"), refusal).await
}

/// Shows what was typed as readers would see it. Nothing is kept but in this browser.
pub(super) async fn preview(req: Req) -> Outcome {
    let at = At::of(&req)?;
    match notice::preview(req.ctx(), &req.principal, at.own(), &typed::answers(&req.form)).await {
        Ok(_) => typed::look(&req, &form_name(&at), &at.to("/edit")).await,
        Err(refusal) => typed::again(&req, &form_name(&at), &at.to("/edit"), refusal).await,
    }
}

/// The same for the preview beside the text: what can be read is shown, what cannot is said. Nothing is kept.
pub(super) async fn live(req: Req) -> Outcome {
    let at = At::of(&req)?;
    match notice::preview(req.ctx(), &req.principal, at.own(), &typed::answers(&req.form)).await {
        Ok(content) => {
            let links = preview::links(&req, &at);
            Ok(Reply::fragment(&req, move || preview::articles(at.t, &content, &links)))
        }
        Err(Refusal::Invalid(problems)) => {
            let title = approvals::texts(req.lang).live_wrong;
            let lines = problems.into_iter().map(|one| view! { <li>{one.message}</li> }).collect_view();
            Ok(Reply::fragment(&req, move || view! { <p>{title}</p><ul>{lines}</ul> }))
        }
        Err(refusal) => Err(refusal),
    }
}
