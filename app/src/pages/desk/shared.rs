//! Other reports that say the same of somebody, and why each of them is shown: one plain sentence for each fact.

use domain::fact::{Fact, FactKind};
use leptos::prelude::*;
use services::fact::{COUNTED, Shared, SharedFact, SharedReport};

use super::{look, place::Desk};
use crate::{
    components::*,
    format,
    text::{desk::Texts, fill},
};

/// Id of the heading on the report's own page.
const HEADING: &str = "shared";

/// The part of the report's page; it says so where nothing is shared.
pub fn section(desk: &Desk, shared: &Shared) -> AnyView {
    list(desk, shared, HEADING).unwrap_or_else(|| view! { <p class="muted">{desk.t.shared_none}</p> }.into_any())
}

/// How many there are, and the reports with their reasons, under the heading `labelled_by`; nothing if there are none.
pub fn list(desk: &Desk, shared: &Shared, labelled_by: &'static str) -> Option<AnyView> {
    if shared.reports.is_empty() {
        return None;
    }
    let count = count(desk.t, shared);
    let rows = shared.reports.iter().map(|report| row(desk, report)).collect_view();
    let list = view! {
        <p class="small muted">{count}</p>
        <ul class="shared" role="list" aria-labelledby=labelled_by>{rows}</ul>
    };
    Some(list.into_any())
}

fn count(t: &Texts, shared: &Shared) -> String {
    let (total, shown) = (shared.total.to_string(), shared.reports.len().to_string());
    match shared.reports.len() {
        1 if shared.total == 1 => t.shared_one.to_owned(),
        _ if shared.total >= COUNTED => {
            fill(t.shared_more, &[("count", &fill(t.shared_many, &[("count", &total)])), ("shown", &shown)])
        }
        _ if total == shown => fill(t.shared_some, &[("count", &total)]),
        _ => fill(t.shared_more, &[("count", &total), ("shown", &shown)]),
    }
}

fn row(desk: &Desk, report: &SharedReport) -> AnyView {
    let t = desk.t;
    let (href, code) = (desk.report(&report.reference), report.reference.to_string());
    let day = format::day(report.sent_at, desk.zone);
    let from = fill(t.shared_from, &[("company", &report.company), ("day", &day)]);
    let status = look::status(report.state);
    let reasons = report.facts.iter().map(|fact| {
        let sentence = sentence(t, fact);
        view! { <li>{sentence}</li> }
    });
    view! {
        <li class="shared__report">
            <p class="shared__head"><a href=href><Reference code/></a>{status}</p>
            <p class="shared__from"><bdi>{from}</bdi></p>
            <ul class="shared__why">{reasons.collect_view()}</ul>
        </li>
    }
    .into_any()
}

/// Why a report is shown.
pub fn sentence(t: &Texts, fact: &SharedFact) -> String {
    let shown = if fact.shown == fact.other_shown {
        fact.shown.clone()
    } else {
        fill(t.shared_spelt, &[("shown", &fact.shown), ("other", &fact.other_shown)])
    };
    let (whose, other) = (whose(t, &fact.role), whose(t, &fact.other_role));
    let text = if whose == other { t.shared_both } else { t.shared_differ };
    // What was typed goes in last: it may hold anything, even the name of a place to be filled.
    fill(text, &[("same", same(t, fact.kind)), ("whose", whose), ("other", other), ("shown", &shown)])
}

const fn same(t: &Texts, kind: FactKind) -> &'static str {
    match kind {
        FactKind::Iban => t.same_iban,
        FactKind::Lei => t.same_lei,
        FactKind::Vat => t.same_vat,
        FactKind::Registration => t.same_registration,
        FactKind::Document => t.same_document,
        FactKind::Phone => t.same_phone,
        FactKind::Email => t.same_email,
        FactKind::Link => t.same_link,
        FactKind::Name => t.same_name,
        FactKind::Address => t.same_address,
        FactKind::Domain => t.same_domain,
    }
}

fn whose(t: &Texts, role: &str) -> &'static str {
    match role {
        Fact::SUBJECT => t.whose_subject,
        Fact::DELIVERY => t.whose_delivery,
        Fact::OFFER => t.whose_offer,
        Fact::TEXT => t.whose_text,
        "agent" => t.whose_agent,
        "consignee" => t.whose_consignee,
        "end_user" => t.whose_end_user,
        "payer" => t.whose_payer,
        "collector" => t.whose_collector,
        "carrier" => t.whose_carrier,
        "forwarder" => t.whose_forwarder,
        "supplier" => t.whose_supplier,
        _ => t.whose_other,
    }
}

#[cfg(test)]
mod tests {
    use domain::lang::Lang;

    use super::*;
    use crate::text::desk::texts;

    fn fact(role: &str, other_role: &str, other_shown: &str) -> SharedFact {
        SharedFact {
            kind: FactKind::Phone,
            shown: "+31 10 555 0103".into(),
            role: role.into(),
            other_shown: other_shown.into(),
            other_role: other_role.into(),
        }
    }

    #[test]
    fn a_reason_is_one_plain_sentence() {
        let t = texts(Lang::En);
        for (fact, said) in [
            (
                fact("subject", "subject", "+31 10 555 0103"),
                "Same telephone number: +31 10 555 0103, given as the reported party’s in both.",
            ),
            (
                fact("payer", "text", "0031 105550103"),
                "Same telephone number: +31 10 555 0103 (there: 0031 105550103), given here as the payer’s, there as part \
                 of the description.",
            ),
            (
                fact("other", "nonsense", "{whose}"),
                "Same telephone number: +31 10 555 0103 (there: {whose}), given as another party’s in both.",
            ),
        ] {
            assert_eq!(sentence(t, &fact), said);
        }
    }
}
