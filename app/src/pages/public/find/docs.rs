//! What the search over everything public looks through, from each place that has something.

use domain::{
    indicator::RuleSet,
    learning::{self, Module, Page, Term, terms::anchor},
    library::{Entry, Library},
    markdown::Document,
    sitesearch::{Doc, Group},
};

use services::notice;

use crate::{
    pages::public::help,
    text::{
        association, concern, duties, find, library as words, openness, public, receipt, register, shell, statements,
        substances,
    },
    web::Req,
};

/// The signs that are told to everybody.
pub(super) fn rules(req: &Req) -> RuleSet {
    req.ctx().refdata.rules(RuleSet::latest(), None, req.ctx().now()).for_companies()
}

/// Everything static in the language of the request.
pub(super) fn all(req: &Req, rules: &RuleSet, library: &Library) -> Vec<Doc> {
    [lessons(), terms(), entries(library), flags(rules), answers(req), pages(req)].concat()
}

/// Most notices that are looked through, the newest.
const NOTICES: usize = 300;

/// What changes while the program runs: the notices that everybody may read. A silent database has none.
pub(super) async fn live(req: &Req) -> Vec<Doc> {
    let items = notice::latest(req.ctx(), NOTICES).await.unwrap_or_else(|error| {
        tracing::error!(cause = ?error, "the search found no notices");
        Vec::new()
    });
    let doc = |item: notice::Item| {
        let text = item.card.text(req.lang.tag())?.clone();
        Some(
            Doc::new(Group::Notice, text.title, format!("/notices/{}", item.reference), text.summary)
                .also(item.publisher),
        )
    };
    items.into_iter().filter_map(doc).collect()
}

/// Modules, each of their pages, and the cases.
fn lessons() -> Vec<Doc> {
    let whole =
        |module: &Module| Doc::new(Group::Learning, &module.title, format!("/learn/{}", module.slug), &module.summary);
    let part = |module: &Module, n: usize, page: &Page| {
        let title = format!("{}: {}", module.title, page.title);
        let text = Document::of(&page.body).plain();
        Doc::new(Group::Learning, title, format!("/learn/{}/{}", module.slug, n + 1), text)
    };
    let modules = learning::modules().iter().flat_map(|module| {
        let parts = module.pages.iter().enumerate().map(move |(n, page)| part(module, n, page));
        std::iter::once(whole(module)).chain(parts)
    });
    let cases = learning::cases()
        .iter()
        .map(|case| Doc::new(Group::Learning, &case.title, format!("/learn/cases/{}", case.slug), &case.summary));
    modules.chain(cases).collect()
}

fn terms() -> Vec<Doc> {
    let doc = |term: &Term| {
        Doc::new(Group::Term, &term.term, format!("/glossary#{}", anchor(term)), &term.text).also(term.also.join(" "))
    };
    learning::glossary().iter().map(doc).collect()
}

fn entries(library: &Library) -> Vec<Doc> {
    let doc = |entry: &Entry| {
        let also = [&entry.body, entry.kind.label(), entry.symbol.as_deref().unwrap_or_default()].join(" ");
        Doc::new(Group::Library, &entry.title, format!("/library/{}", entry.slug), &entry.summary).also(also)
    };
    library.entries().iter().map(doc).collect()
}

fn flags(rules: &RuleSet) -> Vec<Doc> {
    let title = |group: &str| {
        rules.groups.iter().find(|known| known.id == group).map_or_else(String::new, |known| known.title.clone())
    };
    let doc = |sign: &domain::indicator::Indicator| {
        Doc::new(Group::RedFlag, &sign.text, format!("/red-flags#{}", sign.id), title(&sign.group))
            .also(sign.because.clone().unwrap_or_default())
    };
    rules.indicators.iter().map(doc).collect()
}

fn answers(req: &Req) -> Vec<Doc> {
    let parts = help::parts(statements::texts(req.lang)).into_iter();
    let docs = parts.flat_map(|(id, _, answers)| {
        answers
            .into_iter()
            .map(move |(question, answer)| Doc::new(Group::Help, question, format!("/help#{id}"), answer))
    });
    docs.collect()
}

/// The other public pages: title, address, what they are about, and words that people use for them.
fn pages(req: &Req) -> Vec<Doc> {
    let lang = req.lang;
    let (p, s, f) = (public::texts(lang), statements::texts(lang), find::texts(lang));
    let (a, d, r) = (association::texts(lang), duties::texts(lang), receipt::texts(lang));
    let (c, o) = (concern::texts(lang), openness::texts(lang));
    let rows = [
        (o.statistics_title, "/statistics", o.statistics_lead, "figures numbers data quarter"),
        (o.openness_title, "/openness", o.openness_lead, "cost money funding donors gaps transparency resources"),
        (c.title, "/concern", c.lead, "anonymous anonymously whistleblower name"),
        (p.report_title, "/report/start", p.report_lead, "report suspicious order tell authority theft loss enquiry"),
        (s.blank_title, "/report/blank-form", s.blank_lead, "paper print telephone offline"),
        (f.check_title, "/check", f.check_lead, "know your customer KYC due diligence buyer"),
        (a.flags_title, "/red-flags", a.flags_lead, "warning signs indicators suspicious"),
        (
            substances::texts(lang).title,
            "/substances",
            substances::texts(lang).lead,
            "catalogue chemicals precursors equipment",
        ),
        (substances::texts(lang).check_title, "/substances/check", substances::texts(lang).check_lead, "CAS number"),
        (d.title, "/duties", d.lead, "law licence registration permit threshold country"),
        (words::texts(lang).title, "/library", words::texts(lang).lead, "documents resolutions"),
        (r.title, "/verify", r.lead, "receipt genuine signature proof"),
        (register::texts(lang).title, "/register", register::texts(lang).lead, "account apply sign up join company"),
        (s.help_title, "/help", s.help_lead, "questions answers telephone urgent contact"),
        (s.accessibility_title, "/accessibility", s.accessibility_lead, "WCAG screen reader keyboard contrast"),
        (s.privacy_title, "/privacy", s.privacy_lead, "cookies personal data protection GDPR"),
        (s.status_title, "/status", s.status_ok_text, "down slow outage working"),
        (shell::texts(lang).sign_in, "/sign-in", p.have_account, "login password account"),
    ];
    rows.into_iter().map(|(title, path, text, also)| Doc::new(Group::Page, title, path, text).also(also)).collect()
}
