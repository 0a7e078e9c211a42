//! Deciding about a customer: the form, what it would come to, and doing it. Two pages in one address: `look` shows what was
//! typed before it counts.

use domain::{
    answers::when::long_date,
    customer::{
        State,
        decision::{Per, Verdict, destinations, per_field, quantity_field},
    },
    risk::Band,
};
use leptos::prelude::*;
use services::customer::{
    View,
    decision::{self, Came, Panel as Standing, Typed as Read},
};

use super::{
    at,
    decision::{band_status, is_of_form, verdict_status},
    opened, overtaken, posted_version,
};
use crate::{
    components::*,
    text::{
        customers,
        decision::{Texts, texts},
        fill,
    },
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

/// The longest reason that is taken.
const LONGEST: usize = 4000;

fn name(view: &View) -> String {
    format!("decision about {}", view.id)
}

/// The form, or what it would come to.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, view) = (texts(req.lang), opened(&req).await?);
    let panel = decision::panel(req.ctx(), &req.principal, view.id).await?;
    let typed = Typed::open(&req, &name(&view)).await?.in_order(&["", "verdict", "band", "months", "reason"]);
    if req.query.has("look") {
        let version = typed.value("version").parse().unwrap_or(-1);
        match decision::preview(req.ctx(), &req.principal, (view.id, version), typed.fields()).await {
            Ok(read) => return seen(req, t, view, typed, read),
            // What was typed has lapsed, or no longer fits: the form says so when it is sent again.
            Err(refusal) if is_of_form(&refusal) || matches!(refusal, services::Refusal::Stale) => {}
            Err(refusal) => return Err(refusal),
        }
    }
    let (wrong, title) = (typed.is_wrong(), fill(t.form_title, &[("name", view.customer.name())]));
    Page::new(title.clone(), move || {
        let fields = fields(t, &view, &panel, &typed);
        let risk = fill(t.form_risk, &[("band", panel.band.label()), ("points", &panel.rating.points.to_string())]);
        let high = (panel.band == Band::High).then_some(t.form_high);
        let hits = panel
            .open_hits
            .then(|| view! { <Callout tone=Tone::Warn title=t.waits_title><p>{t.form_hits}</p></Callout> });
        let version = view.version.to_string();
        let back = format!("{}#decision", at(&req, view.id, ""));
        view! {
            <FormPage>
                <BackLink href=back label=customers::texts(req.lang).back_file/>
                <ErrorSummary errors=typed.errors()/>
                <PageTitle title lead=t.form_lead/>
                <p>{risk}" "{high}</p>
                {hits}
                <form class="stack" method="post" action=req.path.clone() novalidate=true>
                    <input type="hidden" name="version" value=version/>
                    {fields}
                    <ButtonRow><Button label=t.look name="step" value="look"/></ButtonRow>
                </form>
            </FormPage>
        }
    })
    .errors(wrong)
    .into()
}

fn fields(t: &'static Texts, view: &View, panel: &Standing, typed: &Typed) -> AnyView {
    let choice = |verdict: Verdict, hint: &str| {
        let label = verdict.label();
        Choice::new(verdict.code(), label).hint(hint).checked(typed.chose("verdict", verdict.code()))
    };
    let bands = Band::ALL.iter().filter(|band| **band != panel.band);
    let bands = bands.map(|band| SelectOption::new(band.code(), band.label())).collect();
    let set = view! { <SelectField name="band" label=t.band options=bands value=typed.value("band") error=typed.error("band") width=Width::Medium/> };
    let options = vec![
        choice(Verdict::Approve, t.hint_approve),
        choice(Verdict::Limits, t.hint_limits).reveals(limits(t, view, typed)),
        choice(Verdict::Refuse, t.hint_refuse),
        choice(Verdict::Refer, t.hint_refer),
        choice(Verdict::Rating, t.hint_rating).reveals(set.into_any()),
    ];
    let usual = panel.months.last().copied().unwrap_or(12);
    let months = panel.months.iter().rev().map(|months| {
        let words = if *months == usual { t.months_usual } else { t.months_one };
        SelectOption::new(months.to_string(), fill(words, &[("months", &months.to_string())]))
    });
    let months: Vec<_> = months.collect();
    view! {
        <Choices name="verdict" legend=t.what options error=typed.error("verdict")/>
        <SelectField
            name="months" label=t.months hint=t.months_hint options=months value=typed.value("months")
            error=typed.error("months") no_blank=true width=Width::Medium
        />
        <TextArea name="reason" label=t.why hint=t.why_hint value=typed.value("reason") error=typed.error("reason") limit=LONGEST/>
    }
    .into_any()
}

/// How much of each substance, where, until when.
fn limits(t: &'static Texts, view: &View, typed: &Typed) -> AnyView {
    let one = |entry: &domain::customer::Entry| {
        let (quantity, per) = (quantity_field(entry.key), per_field(entry.key));
        let substance = entry.fields.one("name");
        let (most, over) = (fill(t.limit_quantity, &[("name", substance)]), fill(t.limit_per, &[("name", substance)]));
        let options = Per::ALL.iter().map(|per| SelectOption::new(per.code(), per.label())).collect();
        let (value, error) = (typed.value(&quantity), typed.error(&quantity));
        let (chosen, per_error) = (typed.value_or(&per, Per::Year.code()), typed.error(&per));
        view! {
            <TextField
                name=quantity label=most hint=t.limit_quantity_hint value error optional=true width=Width::Medium
                autocomplete="off"
            />
            <SelectField name=per label=over options value=chosen error=per_error no_blank=true width=Width::Medium/>
        }
    };
    let substances = view.customer.entries("substance").iter().map(one).collect_view();
    let countries = destinations(&view.customer).into_iter().map(|country| {
        Choice::new(country.code(), country.name()).checked(typed.chose("destinations", country.code()))
    });
    let countries: Vec<_> = countries.collect();
    view! {
        {substances}
        <Choices
            name="destinations" legend=t.limit_destinations hint=t.limit_destinations_hint options=countries many=true
            optional=true
        />
        <TextField
            name="until" label=t.limit_until hint=t.limit_until_hint value=typed.value("until") error=typed.error("until")
            optional=true width=Width::Medium autocomplete="off"
        />
    }
    .into_any()
}

/// What was typed, in words, before it counts.
fn seen(req: Req, t: &'static Texts, view: View, typed: Typed, read: Read) -> Outcome {
    let title = fill(t.form_title, &[("name", view.customer.name())]);
    Page::new(t.look_title, move || {
        let mut rows = vec![
            SummaryRow::view(t.verdict, verdict_status(read.verdict)),
            SummaryRow::view(t.risk, band_status(read.band)),
        ];
        if let Some(state) = becomes(read.verdict) {
            rows.push(SummaryRow::text(t.look_state, state.label()));
        }
        if !read.limits.words().is_empty() {
            rows.push(SummaryRow::text(t.limits, read.limits.words().join("\n")));
        }
        if let Some(day) = read.review_on {
            rows.push(SummaryRow::text(t.review, long_date(day)));
        }
        rows.push(SummaryRow::text(t.reason, read.reason.clone()));
        let second = if read.needs_second { t.look_second_needed } else { t.look_second_not };
        rows.push(SummaryRow::text(t.look_second, second));
        let hidden = typed.fields().iter().filter(|(name, _)| *name != "step").flat_map(|(name, texts)| {
            texts.iter().map(|text| view! { <input type="hidden" name=name.to_owned() value=text.clone()/> })
        });
        let hidden = hidden.collect_view();
        let here = req.path.clone();
        let (back, action) = (here.clone(), here.clone());
        view! {
            <FormPage>
                <BackLink href=back label=t.change/>
                <PageTitle title=t.look_title caption=title/>
                <SummaryList rows/>
                <form class="stack" method="post" action=action novalidate=true>
                    {hidden}
                    <ButtonRow>
                        <Button label=t.confirm name="step" value="decide"/>
                        <LinkButton href=here label=t.change kind=ButtonKind::Quiet/>
                    </ButtonRow>
                </form>
            </FormPage>
        }
    })
    .into()
}

/// What the file becomes.
const fn becomes(verdict: Verdict) -> Option<State> {
    match verdict {
        Verdict::Approve | Verdict::Limits => Some(State::Active),
        Verdict::Refuse => Some(State::Stopped),
        Verdict::Refer => Some(State::Checking),
        Verdict::Rating => None,
    }
}

/// Shows what it would come to, or does it.
pub(super) async fn decide(req: Req) -> Outcome {
    let view = opened(&req).await?;
    let (form, seen, fields) = (name(&view), (view.id, posted_version(&req)), typed::answers(&req.form));
    let wrong = |refusal| overtaken(customers::texts(req.lang), refusal);
    if req.form.get("step") == "look" {
        return match decision::preview(req.ctx(), &req.principal, seen, &fields).await {
            Ok(_) => typed::look(&req, &form, &req.path).await,
            Err(refusal) => typed::again(&req, &form, &req.path, wrong(refusal)).await,
        };
    }
    match decision::decide(req.ctx(), &req.principal, seen, &fields).await {
        Ok(came) => {
            typed::done(&req).await?;
            let refers = Verdict::from_code(req.form.get("verdict")) == Some(Verdict::Refer);
            if refers && came == Came::InForce {
                // The question to the authority is filled in from the file; what is sent is looked at first.
                let ask = with_query(&req.here("/advice/new"), "customer", &view.id.to_string());
                return Ok(Reply::to(ask));
            }
            let word = if came == Came::Waits { "waits" } else { "decided" };
            Ok(Reply::to(format!("{}#decision", with_query(&at(&req, view.id, ""), "done", word))))
        }
        Err(refusal) => typed::again(&req, &form, &req.path, wrong(refusal)).await,
    }
}
