//! One notice for its readers: the newest revision, an older one, and what proves them.

use domain::{
    access::Principal,
    answers::when::long_date,
    notice::{NoticeRef, Standing, direction},
};
use leptos::prelude::*;
use services::{
    Refusal,
    notice::{self, Asked, Revision, Shown},
};

use super::{
    adapted,
    shown::{self, Links},
};
use crate::{
    components::*,
    format,
    text::{
        common, fill,
        notices::{Texts, texts},
    },
    web::{Outcome, Page, Reply, Req, paths::with_query},
};

/// The page for everybody.
pub(super) async fn page(req: Req) -> Outcome {
    let found = notice::shown(req.ctx(), &req.principal, &req.parsed("notice")?).await?;
    let asked = notice::opened(req.ctx(), &req.principal, &found).await?;
    whole(&req, found, req.to("/notices"), asked).await
}

/// Says that one has taken note.
pub(super) async fn acknowledge(req: Req) -> Outcome {
    let reference: NoticeRef = req.parsed("notice")?;
    notice::acknowledge(req.ctx(), &req.principal, &reference).await?;
    Ok(Reply::to(format!("{}#{ASKED}", req.to(&format!("/notices/{reference}")))))
}

/// Where on the page it stands what is asked of the reader.
pub(super) const ASKED: &str = "acknowledge";

/// The page under a list whose address is `list`.
pub(super) async fn whole(req: &Req, found: Shown, list: String, asked: Option<Asked>) -> Outcome {
    let t = texts(req.lang);
    let links = notice::links(req.ctx(), &req.principal, &found.reference).await?;
    let wanted = match req.query.get("in") {
        "" => req.lang.tag().to_owned(),
        chosen => chosen.to_owned(),
    };
    let (title, summary, _) = shown::words(&found.card, &wanted);
    let here = format!("{list}/{}", found.reference);
    let print = PrintBlockOf::of(req, &found);
    let req = req.clone();
    Page::new(title, move || {
        let links = adapted::links(&req, &found.reference.to_string(), &links);
        let (head, body) = (head(t, &found, &wanted), text(t, &found, &wanted, &print.public));
        let languages = languages(t, &found, &wanted, &here);
        let asked = asked.map(|asked| ask(t, &found, asked, format!("{here}/acknowledge")));
        let history = history(t, &found, &print.public, &print.check);
        view! {
            <FormPage>
                <BackLink href=list label=t.title/>
                {print.view()}
                {head}
                {links}
                {languages}
                {body}
                {asked}
                {history}
            </FormPage>
        }
    })
    .about(summary)
    .into()
}

/// What stands on paper, and the addresses that do not depend on where the notice is read.
struct PrintBlockOf {
    service: &'static str,
    address: String,
    moment: String,
    subject: String,
    /// Address of the public pages of this notice.
    public: String,
    check: String,
}

impl PrintBlockOf {
    fn of(req: &Req, found: &Shown) -> Self {
        let public = req.to(&format!("/notices/{}", found.reference));
        Self {
            service: common::texts(req.lang).product,
            address: format!("{}{public}", req.ctx().config.base_url),
            moment: format::moment(req.ctx().now(), &found.zone),
            subject: format!("{} · {}", found.reference, found.publisher),
            check: req.to("/verify"),
            public,
        }
    }

    fn view(&self) -> AnyView {
        let (service, address, moment) = (self.service, self.address.clone(), self.moment.clone());
        view! { <PrintBlock service address moment subject=self.subject.clone()/> }.into_any()
    }
}

fn head(t: &'static Texts, found: &Shown, wanted: &str) -> AnyView {
    let (title, _, lang) = shown::words(&found.card, wanted);
    let dir = direction(&lang);
    let tags = (shown::severity(found.card.severity), shown::kind(found.card.kind), shown::standing(found.standing));
    let number = found.reference.to_string();
    let day = |at| view! { <Moment text=format::moment(at, &found.zone) datetime=format::machine(at)/> };
    let revised = (found.newest > 1).then(|| {
        let n = fill(t.revision, &[("n", &found.revision.to_string())]);
        view! { " · "{n}", "{day(found.revised)} }
    });
    let publisher = found.publisher.clone();
    view! {
        <div class="page-title">
            <div class="page-title__text">
                <p class="notices__tags">{tags.0}{tags.1}{tags.2}</p>
                <h1 lang=lang dir=dir>{title}</h1>
                <p class="muted">
                    <bdi>{publisher}</bdi>" · "<bdi dir="ltr">{number}</bdi>" · "{t.published}" "{day(found.published)}{revised}
                </p>
            </div>
        </div>
    }
    .into_any()
}

/// That the wanted language is missing, and the others that there are.
fn languages(t: &'static Texts, found: &Shown, wanted: &str, here: &str) -> AnyView {
    let (_, _, is) = shown::words(&found.card, wanted);
    let missing = (is != wanted && found.content.is_some()).then(|| {
        let names = [("wanted", shown::language(wanted)), ("shown", shown::language(&is))];
        let text = fill(t.not_in_language, &[(names[0].0, &names[0].1), (names[1].0, &names[1].1)]);
        view! { <p class="notice__other">{text}</p> }
    });
    let others = found.card.texts.iter().filter(|text| text.lang != is && found.content.is_some()).map(|text| {
        let (href, name) = (with_query(here, "in", &text.lang), shown::language(&text.lang));
        view! { <li><a href=href hreflang=text.lang.clone()>{name}</a></li> }
    });
    let others: Vec<_> = others.collect();
    let others = (!others.is_empty()).then(|| {
        view! { <div class="notice__other no-print"><span>{t.other_languages}</span><ul class="notice__links" role="list">{others}</ul></div> }
    });
    view! { {missing}{others} }.into_any()
}

fn text(t: &'static Texts, found: &Shown, wanted: &str, public: &str) -> AnyView {
    if let Some((at, reason)) = &found.withdrawn {
        let text = fill(t.withdrawn_text, &[("at", &format::moment(*at, &found.zone))]);
        let reason = reason.clone();
        return view! {
            <Callout tone=Tone::Danger title=t.withdrawn><p>{text}</p><p><bdi class="typed">{reason}</bdi></p></Callout>
        }
        .into_any();
    }
    let Some(content) = &found.content else { return ().into_any() };
    let expired = (found.standing == Standing::Expired).then(|| {
        let day = content.valid_until.map(long_date).unwrap_or_default();
        let text = fill(t.expired_text, &[("day", &day)]);
        view! { <Callout tone=Tone::Warn title=t.expired><p>{text}</p></Callout> }
    });
    let old = (found.revision != found.newest).then(|| {
        let text =
            fill(t.revision_is_old, &[("n", &found.revision.to_string()), ("newest", &found.newest.to_string())]);
        let href = public.to_owned();
        view! { <Callout tone=Tone::Warn title=t.history><p>{text}" "<a href=href>{t.newest}</a></p></Callout> }
    });
    let links = Links {
        substances: format!("{}/substances/", public.split("/notices/").next().unwrap_or_default()),
        files: format!("{public}/files/"),
        event: Some(format!("{public}/event.ics")),
    };
    let body = content.text(wanted).map(|text| shown::body(t, content, text, &links));
    // Headings of the text are those of a part.
    view! { {old}{expired}<h2 class="unseen">{t.text_body}</h2>{body} }.into_any()
}

/// What is asked of the reader, or when they did it.
fn ask(t: &'static Texts, found: &Shown, asked: Asked, action: String) -> AnyView {
    if let Some(at) = asked.acknowledged {
        let text = fill(t.asked_done, &[("at", &format::moment(at, &found.zone))]);
        return view! { <p id=ASKED><Glyph icon=Icon::Tick/>" "{text}</p> }.into_any();
    }
    let text = fill(t.asked_text, &[("who", &found.publisher)]);
    view! {
        <div id=ASKED class="no-print">
            <Callout tone=Tone::Info title=t.asked_title>
                <p>{text}</p>
                <PostButton action label=t.asked_act/>
            </Callout>
        </div>
    }
    .into_any()
}

/// The revisions, each with its hash and what attests it.
fn history(t: &'static Texts, found: &Shown, public: &str, check: &str) -> AnyView {
    let gone = found.withdrawn.is_some();
    let rows = found.history.iter().map(|one| entry(t, found, one, public, gone)).collect_view();
    let check = check.to_owned();
    view! {
        <section class="stack" aria-labelledby="history">
            <h2 id="history">{t.history}</h2>
            <p>{t.history_text}" "<a href=check>{t.check_it}</a></p>
            <ol class="notice__history" role="list">{rows}</ol>
        </section>
    }
    .into_any()
}

fn entry(t: &'static Texts, found: &Shown, one: &Revision, public: &str, gone: bool) -> AnyView {
    let base = format!("{public}/revisions/{}", one.number);
    let name = fill(t.revision, &[("n", &one.number.to_string())]);
    let (hash, seal) = (one.sha256.clone(), one.seal.clone());
    let note = (!one.note.is_empty()).then(|| {
        let note = one.note.clone();
        view! { <p class="typed"><bdi>{note}</bdi></p> }
    });
    let when = view! { <Moment text=format::moment(one.at, &found.zone) datetime=format::machine(one.at)/> };
    let title = match gone || one.number == found.revision {
        true => view! { <b>{name.clone()}</b> }.into_any(),
        false => view! { <a href=base.clone()>{name.clone()}</a> }.into_any(),
    };
    let links = (!gone).then(|| {
        let (content, file) = (format!("{base}/content"), format!("{base}/seal"));
        view! {
            <p class="no-print">
                <a href=content download="">{t.get_content}<span class="unseen">", "{name.clone()}</span></a>" · "
                <a href=file download="">{t.get_seal}<span class="unseen">", "{name.clone()}</span></a>
            </p>
        }
    });
    let label = format!("{}, {name}", t.seal);
    view! {
        <li class="notice__revision">
            <p>{title}" · "{when}</p>
            {note}
            <p class="small muted">{t.hash}": "<code class="notice__hash" dir="ltr">{hash}</code></p>
            <Details summary=label.clone()><CodeBlock label=label code=seal/></Details>
            {links}
        </li>
    }
    .into_any()
}

async fn revised(req: &Req) -> Result<(Shown, String), Refusal> {
    let reference: NoticeRef = req.parsed("notice")?;
    notice::revision(req.ctx(), &req.principal, &reference, req.parsed("number")?).await
}

/// One revision.
pub(super) async fn revision(req: Req) -> Outcome {
    let (found, _) = revised(&req).await?;
    whole(&req, found, req.to("/notices"), None).await
}

/// The text of which the hash is.
pub(super) async fn content(req: Req) -> Outcome {
    let (found, canonical) = revised(&req).await?;
    let name = format!("{}-revision-{}.json", found.reference, found.revision);
    Ok(Reply::File { name, media_type: "application/json", body: canonical.into_bytes() })
}

/// What attests a revision.
pub(super) async fn seal(req: Req) -> Outcome {
    let (found, _) = revised(&req).await?;
    let seal = found.history.iter().find(|one| one.number == found.revision).map(|one| one.seal.clone());
    let name = format!("{}-revision-{}-seal.txt", found.reference, found.revision);
    let body = seal.ok_or(Refusal::NotFound)?.into_bytes();
    Ok(Reply::File { name, media_type: "text/plain; charset=utf-8", body })
}

/// A file of what is published.
pub(super) async fn file(req: Req) -> Outcome {
    let (reference, id) = (req.parsed("notice")?, req.parsed("file")?);
    let file = notice::open_file(req.ctx(), &req.principal, &reference, id).await?;
    Ok(Reply::Stored(Box::new(file)))
}

/// A notice that everybody may read: for feeds and calendars, whoever asks.
pub(super) async fn for_everybody(req: &Req) -> Result<Shown, Refusal> {
    notice::shown(req.ctx(), &Principal::default(), &req.parsed("notice")?).await
}
