//! A report as its company sees it: label, what waits for somebody, messages, answers, what happened.

use domain::{ids::UserId, reference::Reference as Number, report::Basis};
use leptos::prelude::*;
use services::{
    Refusal, draft,
    error::Problem,
    evidence::{self, EvidenceFile},
    report as reports,
    report::{CompanyEntry, CompanyReportView, Person, ReportContent},
    thread::{self, Said, Side as From},
};

use super::{look, sent::print_block, versions, withdraw};
use crate::{
    components::*,
    format,
    pages::{evidence::report::section as files_of_report, receipt},
    text::{company, fill},
    web::{Outcome, Page, Reply, Req, typed, typed::Typed},
};

/// The page.
pub async fn page(req: Req) -> Outcome {
    let reference: Number = req.parsed("reference")?;
    let report = reports::view(req.ctx(), &req.principal, &reference).await?;
    req.in_workspace(report.org)?;
    let people =
        if report.may.write { reports::team(req.ctx(), &req.principal, &reference).await? } else { Vec::new() };
    let files = evidence::for_company(req.ctx(), &req.principal, &reference).await?;
    let kept = Typed::open(&req, &form_name(&reference)).await?;
    shown(&req, report, files, people, kept).into()
}

/// Under which name what was typed on this report's page is kept.
pub(crate) fn form_name(reference: &Number) -> String {
    format!("report {reference}")
}

fn shown(req: &Req, report: CompanyReportView, files: Vec<EvidenceFile>, people: Vec<Person>, kept: Typed) -> Page {
    let t = company::texts(req.lang);
    let code = report.reference.to_string();
    let title = format!("{} {code}", t.label_kind);
    let wrong = kept.is_wrong();
    let errors = kept.errors();
    let base = req.here(&format!("/reports/{code}"));
    let print = print_block(req, &code, &format::moment(report.sent_at, &report.time_zone));
    let label = label(req, t, &report);
    let waiting = waiting(t, &report, &base, &kept);
    let thread = thread_view(t, &report);
    let composer = report.may.write.then(|| composer(t, &base, &kept));
    let timeline = timeline(t, &report);
    let version = fill(
        t.version,
        &[("n", &report.content.version.to_string()), ("when", &format::moment(report.content.at, &report.time_zone))],
    );
    let answers = answers(t, &report.content);
    let (amend, changed) = (versions::act(req, &report, &base), versions::link(req, &report, &base));
    let (mark, on_paper) = (receipt::mark(req, &base, &report.content), receipt::on_paper(req, &report.content));
    let of_files: Vec<FieldError> = errors.iter().filter(|error| error.field == evidence::FIELD).cloned().collect();
    let evidence = files_of_report(req, &base, &report.time_zone, files, report.may.write, &of_files);
    let aside = aside(t, &report, people, &base, &kept);
    let back = req.here("/reports");
    Page::new(title, move || {
        view! {
            <FormPage aside=aside>
                {print}
                <BackLink href=back label=t.to_reports/>
                <ErrorSummary errors/>
                {label}
                {waiting}
                <section aria-labelledby="messages">
                    <h2 id="messages">{t.thread_title}</h2>
                    {thread}
                    {composer}
                </section>
                <section aria-labelledby="answers">
                    <h2 id="answers">{t.answers_title}</h2>
                    <p class="muted">{version}</p>
                    {changed}
                    {mark}
                    {answers}
                    {on_paper}
                    {amend}
                </section>
                {evidence}
                <section aria-labelledby="timeline">
                    <h2 id="timeline">{t.timeline_title}</h2>
                    {timeline}
                </section>
            </FormPage>
        }
    })
    .errors(wrong)
    .with_islands()
}

fn text(value: impl Into<String>) -> AnyView {
    let value: String = value.into();
    view! { <bdi>{value}</bdi> }.into_any()
}

fn label(req: &Req, t: &'static company::Texts, report: &CompanyReportView) -> AnyView {
    let zone = report.time_zone.as_str();
    let (shape, tone) = look(report.state);
    let field = |name: &str, value: AnyView| LabelField { name: name.to_owned(), value };
    let by = if report.taken_by_authority { t.by_phone.to_owned() } else { report.author.clone() };
    let mut fields = vec![
        field(t.label_sent, text(format::moment(report.sent_at, zone))),
        field(t.label_by, text(by)),
        field(t.label_authority, text(report.authority.name.clone())),
        field(
            t.label_indication,
            view! { <Litmus cells=report.content.assessment.cells word=report.band.label() small=true/> }.into_any(),
        ),
        field(t.label_duty, text(duty(t, report))),
    ];
    if let Some(due) = report.answer_expected {
        fields.push(field(t.label_answer_due, text(format::moment(due, &report.authority.time_zone))));
    }
    let outcome = report.outcome.map(|outcome| {
        let twin = report.duplicate_of.as_ref().map(|twin| fill(t.duplicate_of, &[("reference", twin.as_str())]));
        let href = report.duplicate_of.as_ref().map(|twin| req.here(&format!("/reports/{twin}")));
        view! {
            <p><b>{t.outcome_title}": "</b>{outcome.label()}{twin.map(|twin| view! { " "<a href=href>{twin}</a> })}</p>
        }
        .into_any()
    });
    let status = view! { <Status shape word=report.state.label() tone/> }.into_any();
    let (title, party) = (report.headline.clone(), report.party.clone());
    view! {
        <LabelHeader kind=report.kind.label() title=title reference=report.reference.to_string() status=status subtitle=party fields=fields foot=outcome/>
    }
    .into_any()
}

/// Mandatory or voluntary, by which law, until when.
pub(crate) fn duty(t: &company::Texts, report: &CompanyReportView) -> String {
    let basis = match &report.basis {
        Basis::Mandatory { duties } => {
            let named = duties.iter().map(|duty| {
                let deadline = duty.deadline.as_ref().map_or(String::new(), |deadline| format!(", {deadline}"));
                let unverified = if duty.verified { String::new() } else { format!(" ({})", t.not_verified) };
                format!("{}{deadline}{unverified}", duty.law)
            });
            fill(t.duty_mandatory, &[("law", &named.collect::<Vec<_>>().join("; "))])
        }
        Basis::Voluntary { why, .. } => fill(t.duty_voluntary, &[("why", why.words())]),
    };
    match report.duty_due {
        Some(due) => format!("{basis}, {}", fill(t.duty_by, &[("when", &format::moment(due, &report.time_zone))])),
        None => basis,
    }
}

/// What waits for the company: a report to confirm, a question to answer, a quick report to complete.
fn waiting(t: &'static company::Texts, report: &CompanyReportView, base: &str, kept: &Typed) -> AnyView {
    let confirm = report.may.confirm.then(|| {
        let action = format!("{base}/confirm");
        view! { <Callout tone=Tone::Warn title=t.confirm_title><p>{t.confirm}</p><PostButton action label=t.confirm_now/></Callout> }
    });
    let question = report.question.as_ref().map(|question| {
        let action = format!("{base}/answer");
        let due = question.due.map(|due| fill(t.question_due, &[("when", &format::moment(due, &report.time_zone))]));
        let (asked, value, error) = (question.text.clone(), kept.value("answer"), kept.error("answer"));
        let may = report.may.answer;
        view! {
            <Callout tone=Tone::Warn title=t.question_title>
                <p class="typed"><bdi>{asked}</bdi></p>
                {due.map(|due| view! { <p><b>{due}</b></p> })}
                {may.then(|| view! {
                    <form method="post" action=action class="stack">
                        <TextArea name="answer" label=t.your_answer value=value error=error limit=thread::LONGEST/>
                        <ButtonRow><Button label=t.send_answer/></ButtonRow>
                    </form>
                })}
            </Callout>
        }
    });
    let complete = report.may.complete.then(|| {
        let action = format!("{base}/complete");
        view! { <Callout tone=Tone::Info title=t.complete_title><p>{t.complete}</p><PostButton action label=t.complete_now kind=ButtonKind::Secondary/></Callout> }
    });
    view! { {confirm}{question}{complete} }.into_any()
}

fn thread_view(t: &'static company::Texts, report: &CompanyReportView) -> AnyView {
    let written = report.thread.iter().rev().filter(|entry| !entry.body.is_empty());
    let messages: Vec<ThreadMessage> = written.map(|entry| message_of(report, entry)).collect();
    if messages.is_empty() {
        return view! { <p class="muted">{t.no_messages}</p> }.into_any();
    }
    view! { <Thread messages labelled_by="messages"/> }.into_any()
}

fn message_of(report: &CompanyReportView, entry: &CompanyEntry) -> ThreadMessage {
    let ours = entry.side == From::Company;
    let author = match (&entry.person, ours) {
        (Some(person), true) => person.clone(),
        _ => report.authority.name.clone(),
    };
    ThreadMessage {
        side: if ours { Side::Reporter } else { Side::Authority },
        author,
        time: format::moment(entry.at, &report.time_zone),
        datetime: format::machine(entry.at),
        text: entry.body.clone(),
        unread: !ours && report.unread_since.is_some_and(|since| entry.at > since),
        foot: Part::default(),
    }
}

fn composer(t: &'static company::Texts, base: &str, kept: &Typed) -> AnyView {
    let action = format!("{base}/message");
    let (value, error) = (kept.value("message"), kept.error("message"));
    view! {
        <form method="post" action=action class="stack no-print">
            <TextArea name="message" label=t.your_message hint=t.message_hint value=value error=error rows=4 limit=thread::LONGEST/>
            <ButtonRow><Button label=t.send_message kind=ButtonKind::Secondary/></ButtonRow>
        </form>
    }
    .into_any()
}

fn timeline(t: &'static company::Texts, report: &CompanyReportView) -> AnyView {
    let item = |entry: &CompanyEntry| TimelineItem {
        is_new: false,
        title: event(t, entry),
        time: format::moment(entry.at, &report.time_zone),
        datetime: format::machine(entry.at),
        who: entry.person.clone(),
        kind: match entry.side {
            From::Company => EventKind::Reporter,
            From::Authority => EventKind::Authority,
            From::System => EventKind::System,
        },
        body: Part::default(),
    };
    let items: Vec<TimelineItem> = report.thread.iter().map(item).collect();
    view! { <Timeline items labelled_by="timeline"/> }.into_any()
}

/// What an entry of the thread was, in words.
pub(crate) fn event(t: &company::Texts, entry: &CompanyEntry) -> String {
    match &entry.said {
        Said::Sent => t.event_sent.to_owned(),
        Said::TakenDown => t.event_taken.to_owned(),
        Said::Confirmed => t.event_confirmed.to_owned(),
        Said::Completed { version } => fill(t.event_completed, &[("version", &version.to_string())]),
        Said::Amended { version, changed } => fill(
            if *changed == 1 { t.event_amended_one } else { t.event_amended },
            &[("version", &version.to_string()), ("n", &changed.to_string())],
        ),
        Said::EvidenceAdded { names } => fill(t.event_evidence, &[("names", &names.join(", "))]),
        Said::Message if entry.side == From::Company => t.event_message_own.to_owned(),
        Said::Message => t.event_message.to_owned(),
        Said::Question { .. } => t.event_question.to_owned(),
        Said::Answer => t.event_answer.to_owned(),
        Said::State { state } => fill(t.event_state, &[("state", state.label())]),
        Said::Outcome { class } => fill(t.event_outcome, &[("outcome", class.label())]),
        Said::Withdrawn { .. } => fill(t.event_withdrawn, &[("reason", &entry.reason)]),
    }
}

/// The answers of a report, with the questions of its day.
pub fn answers(_t: &'static company::Texts, content: &ReportContent) -> AnyView {
    let groups = content.summary.iter().map(|group| {
        let rows = group.rows.iter().map(|row| {
            let value = if row.provided { row.value.join("\n") } else { String::new() };
            SummaryRow::text(row.label.clone(), value)
        });
        let (title, rows) = (group.title.clone(), rows.collect());
        view! { <SummarySection title=title><AnsweredList rows=rows/></SummarySection> }
    });
    groups.collect_view().into_any()
}

/// Beside the report: who sees it, and taking it back.
fn aside(
    t: &'static company::Texts,
    report: &CompanyReportView,
    people: Vec<Person>,
    base: &str,
    kept: &Typed,
) -> Option<AnyView> {
    let again = report.may.write.then(|| {
        let action = format!("{base}/again");
        view! { <PostButton action label=t.another_like kind=ButtonKind::Secondary/> }
    });
    let people = report.may.write.then(|| people_view(t, people, base));
    let withdraw = report.may.withdraw.then(|| withdraw::view(t, base, &report.withdrawal, kept));
    report.may.write.then(|| view! { <div class="stack no-print">{again}{people}{withdraw}</div> }.into_any())
}

fn people_view(t: &'static company::Texts, people: Vec<Person>, base: &str) -> AnyView {
    let row = |person: Person| {
        let id = vec![("person".to_owned(), person.id.to_string())];
        let about = person.name.clone();
        let act = match (person.is_named, person.sees_it) {
            (true, _) => view! { <PostButton action=format!("{base}/unshare") label=t.take_person kind=ButtonKind::Quiet hidden=id about=about/> }.into_any(),
            (false, true) => view! { <span class="muted">{t.sees}</span> }.into_any(),
            (false, false) => view! { <PostButton action=format!("{base}/share") label=t.add_person kind=ButtonKind::Quiet hidden=id about=about/> }.into_any(),
        };
        view! { <li class="item-list__row"><bdi>{person.name}</bdi>{act}</li> }
    };
    let rows = people.into_iter().map(row).collect_view();
    view! {
        <section aria-labelledby="people">
            <h2 id="people">{t.people_title}</h2>
            <p class="muted">{t.people}</p>
            <ul class="item-list" role="list">{rows}</ul>
        </section>
    }
    .into_any()
}

/// Carries out an act on the report of the address; what was typed is kept if it cannot be taken. The text that the act
/// takes stands in `field` of the page, which holds several such forms.
pub(super) async fn act<F: Future<Output = services::Result<()>>>(
    req: &Req,
    reference: &Number,
    field: &str,
    done: F,
) -> Outcome {
    let here = req.here(&format!("/reports/{reference}"));
    match done.await {
        Ok(()) => {
            typed::done(req).await?;
            Ok(Reply::to(here))
        }
        Err(refusal) => typed::again(req, &form_name(reference), &here, at_field(refusal, field)).await,
    }
}

/// The problems with an act's text, at the field of the page.
fn at_field(refusal: Refusal, field: &str) -> Refusal {
    let Refusal::Invalid(problems) = refusal else { return refusal };
    let at = |problem: Problem| match problem.field.as_str() {
        "text" | "comment" => Problem::new(field, problem.message),
        _ => problem,
    };
    Refusal::Invalid(problems.into_iter().map(at).collect())
}

/// Sends a message.
pub async fn message(req: Req) -> Outcome {
    let reference: Number = req.parsed("reference")?;
    act(&req, &reference, "message", thread::message(req.ctx(), &req.principal, &reference, req.form.get("message")))
        .await
}

/// Answers the open question.
pub async fn answer(req: Req) -> Outcome {
    let reference: Number = req.parsed("reference")?;
    act(&req, &reference, "answer", thread::answer(req.ctx(), &req.principal, &reference, req.form.get("answer"))).await
}

/// Confirms what was taken down by telephone.
pub async fn confirm(req: Req) -> Outcome {
    let reference: Number = req.parsed("reference")?;
    act(&req, &reference, "", reports::confirm(req.ctx(), &req.principal, &reference)).await
}

/// Lets a colleague see it.
pub async fn share(req: Req) -> Outcome {
    let reference: Number = req.parsed("reference")?;
    let person: UserId = req.form.get("person").parse().map_err(|_| Refusal::NotFound)?;
    act(&req, &reference, "", reports::share_with(req.ctx(), &req.principal, &reference, person)).await
}

/// Takes that back.
pub async fn unshare(req: Req) -> Outcome {
    let reference: Number = req.parsed("reference")?;
    let person: UserId = req.form.get("person").parse().map_err(|_| Refusal::NotFound)?;
    act(&req, &reference, "", reports::stop_sharing(req.ctx(), &req.principal, &reference, person)).await
}

/// Begins another report like this one.
pub async fn again(req: Req) -> Outcome {
    let draft = draft::start_like(req.ctx(), &req.principal, &req.parsed("reference")?).await?;
    Ok(Reply::to(req.here(&format!("/drafts/{draft}"))))
}

/// Begins or goes on with the completion of a quick report.
pub async fn complete(req: Req) -> Outcome {
    let draft = draft::start_completion(req.ctx(), &req.principal, &req.parsed("reference")?).await?;
    Ok(Reply::to(req.here(&format!("/drafts/{draft}"))))
}
