//! The company's reports and drafts, newest first.

use domain::report::ReporterState;
use leptos::prelude::*;
use services::report::{Filter, ReportItem, list};

use super::{home::draft_row, look};
use crate::{
    components::*,
    pages::report::place,
    text::{company, fill, inspection, report},
    web::{Outcome, Page, Req, files, paths::with_query},
};

const PAGE: u16 = 50;

/// The page.
pub async fn page(req: Req) -> Outcome {
    let t = company::texts(req.lang);
    let member = req.workspace()?.clone();
    let only = wanted(&req);
    let state = only.state;
    let after = req.query.get("after").parse().ok();
    let found = list(req.ctx(), &req.principal, member.org, only, after, PAGE).await?;
    let may_write = domain::access::Action::WriteReports.allows(member.role);
    let away = req.query.get("drafts") == "away";
    let drafts =
        if may_write { services::draft::list(req.ctx(), &req.principal, member.org, away).await? } else { Vec::new() };
    let drafts: Vec<_> = drafts.iter().map(|draft| draft_row(&req, t, draft)).collect();
    let table = reports_table(&req, &found.rows, "reports", t.reports_title);
    let empty = found.rows.is_empty();
    let filter = filter(&req, t, state);
    let chips = state
        .map(|state| Chip { label: state.label().to_owned(), remove_href: req.here("/reports") })
        .into_iter()
        .collect::<Vec<_>>();
    let next = found.next.map(|cursor| with_query(&filtered(&req, "/reports", state), "after", &cursor.to_string()));
    let files = files::links(|ending| filtered(&req, &format!("/reports{ending}"), state));
    let previous = req.query.has("after").then(|| req.here("/reports"));
    let (clear, new) = (req.here("/reports"), req.here("/reports/new"));
    let (drafts_title, other, other_href) = match away {
        true => (t.drafts_away, t.drafts_open_link, req.here("/reports")),
        false => (t.drafts, t.drafts_away_link, format!("{}?drafts=away", req.here("/reports"))),
    };
    let inspects = domain::access::Action::TakeInspectionPack.allows(member.role);
    let pack = inspects.then(|| (req.here("/inspection"), inspection::texts(req.lang).link));
    let done = (req.query.get("done") == "handed-over").then(|| report::texts(req.lang).handed_over);
    let acts = may_write.then(|| view! { <LinkButton href=new label=t.new_report icon=Icon::NewReport/> }.into_any());
    Page::new(t.reports_title, move || {
        view! {
            <DeskPage>
                {done.map(|title| view! { <Banner tone=Tone::Ok title/> })}
                <PageTitle title=t.reports_title acts=acts/>
                {may_write.then(|| view! {
                    <section aria-labelledby="drafts">
                        <h2 id="drafts">{drafts_title}</h2>
                        {drafts.is_empty().then(|| view! { <p class="muted">{t.no_drafts}</p> })}
                        <ul class="item-list" role="list">{drafts}</ul>
                        <p><a href=other_href>{other}</a></p>
                    </section>
                })}
                <section aria-labelledby="sent">
                    <h2 id="sent">{t.sent_title}</h2>
                    {filter}
                    <Chips chips clear_href=clear/>
                    {if empty { view! { <p class="muted">{t.no_reports}</p> }.into_any() } else { table }}
                    {(!empty).then(|| view! { <TakeAway files/> })}
                    {pack.map(|(href, label)| view! { <p><a href=href>{label}</a></p> })}
                    <Pagination previous next/>
                </section>
            </DeskPage>
        }
    })
    .into()
}

/// What of the list is wanted, by the address.
pub(super) fn wanted(req: &Req) -> Filter {
    Filter { state: ReporterState::from_code(req.query.get("state")) }
}

/// An address under which the same state is wanted.
fn filtered(req: &Req, path: &str, state: Option<ReporterState>) -> String {
    let path = req.here(path);
    state.map_or_else(|| path.clone(), |state| with_query(&path, "state", state.code()))
}

fn filter(req: &Req, t: &'static company::Texts, state: Option<ReporterState>) -> AnyView {
    let options = ReporterState::ALL
        .iter()
        .map(|state| SelectOption { value: state.code().to_owned(), label: state.label().to_owned() });
    let options = options.collect();
    let chosen = state.map(|state| state.code().to_owned());
    let action = req.here("/reports");
    view! {
        <FilterForm action=action>
            <SelectField name="state" label=t.state options=options value=chosen blank=t.any_state/>
        </FilterForm>
    }
    .into_any()
}

/// Reports as a table.
pub fn reports_table(req: &Req, rows: &[ReportItem], id: &'static str, caption: &'static str) -> AnyView {
    let t = company::texts(req.lang);
    let columns = vec![
        Column::new(t.reference),
        Column::new(t.about),
        Column::new(t.party),
        Column::new(t.indication),
        Column::new(t.sent),
        Column::new(t.state),
    ];
    let rows: Vec<_> = rows.iter().map(|item| row(req, t, item)).collect();
    view! { <DataTable id caption columns caption_hidden=id == "reports">{rows}</DataTable> }.into_any()
}

fn row(req: &Req, t: &'static company::Texts, item: &ReportItem) -> AnyView {
    let (shape, tone) = look(item.state);
    let href = req.here(&format!("/reports/{}", item.reference));
    let code = item.reference.to_string();
    let word = item.state.label();
    let due = item.question_due.map(|due| fill(t.answer_by, &[("when", &place::moment(req, due))]));
    let outcome = item.outcome.map(|outcome| view! { <br/><span class="muted">{outcome.label()}</span> });
    let unread = item.unread.then(|| view! { " "<Tag text=t.new_message tone=Tone::Warn/> });
    let confirm = item.to_confirm.then(|| view! { " "<Tag text=t.to_confirm_tag tone=Tone::Warn/> });
    let quick = item.quick.then(|| view! { " "<Tag text=t.draft_quick/> });
    let (headline, party, lit, band) = (item.headline.clone(), item.party.clone(), item.cells, item.band.label());
    let sent = place::moment(req, item.sent_at);
    view! {
        <tr>
            <td><a href=href><Reference code=code/></a>{unread}{confirm}{quick}</td>
            <td><bdi>{headline}</bdi></td>
            <td><bdi>{party}</bdi></td>
            <td><Litmus cells=lit word=band small=true/></td>
            <td>{sent}</td>
            <td><Status shape word tone/>{due.map(|due| view! { <br/><span class="muted">{due}</span> })}{outcome}</td>
        </tr>
    }
    .into_any()
}
