//! Kind × role: which pages are asked of whom.

use super::*;
use crate::report::ReportKind;

fn asked(kind: ReportKind, roles: &[OperatorRole]) -> Vec<String> {
    let answers =
        Answers::from_iter([("kind", kind.code()), ("substances.involved", "both"), ("party.1.type", "company")]);
    let pages = QuestionSet::latest().pages(&answers, &with_roles(roles));
    pages.into_iter().map(|page| format!("{}/{}", page.section, page.slug)).collect()
}

/// One letter per kind that asks the page, `.` for one that does not, in the order of [`ReportKind::ALL`].
fn row(page: &str, role: OperatorRole) -> String {
    let kinds = ReportKind::ALL.iter().zip("oetsldnwx".chars());
    kinds
        .map(|(kind, letter)| if asked(*kind, &[role]).iter().any(|address| address == page) { letter } else { '.' })
        .collect()
}

#[test]
fn kind_decides() {
    // order enquiry transaction | stolen lost disappeared | noncompliant web other(x)
    for (page, kinds) in [
        ("what/kind", "oetsldnwx"),
        ("what/when", "oetsldnwx"),
        ("what/channel", "oet......"),
        ("what/online", ".......w."),
        ("what/discovered", "...sld..."),
        ("what/story", "oetsldnwx"),
        ("substances/involved", "oetsldnwx"),
        ("substances/name-1", "oetsldnwx"),
        ("substances/amount-1", "oetsldnwx"),
        ("substances/use-1", "oet...nwx"),
        ("substances/substance-list", "oetsldnwx"),
        ("substances/machine-1", "oetsldnwx"),
        ("party/who", "oetsldnwx"),
        ("party/name", "oetsldnwx"),
        ("party/register", "oet...n.."),
        ("party/relation", "oet......"),
        ("party/party-list", "oetsldnwx"),
        ("order/order", "o.t......"),
        ("order/custom", "oe......."),
        ("order/delivery", "oet....w."),
        ("order/route", "o.t......"),
        ("order/transport", "o.t......"),
        ("order/payment", "oet....w."),
        ("order/papers", "........."),
        ("order/permits", "........."),
        ("order/counter", "........."),
        ("order/platform", "........."),
        ("why/signs-customer", "oets.dnwx"),
        ("why/signs-order", "oet......"),
        ("why/signs-delivery", "oetsldn.x"),
        ("why/signs-online", "oet....wx"),
        ("why/reason", "oetsldnwx"),
        ("did/done", "oet......"),
        ("did/goods", "oet......"),
        ("did/told", "oetsldnwx"),
        ("did/steps", "oetsldnwx"),
        ("contact/person", "oetsldnwx"),
        ("contact/consent", "oetsldnwx"),
    ] {
        assert_eq!(row(page, OperatorRole::Producer), kinds, "{page}");
    }
}

#[test]
fn role_decides() {
    use OperatorRole::*;
    for (page, kinds, roles) in [
        ("order/transport", "o.tsldn.x", &[Carrier, FreightForwarder, CustomsBroker, Warehouse][..]),
        ("order/transport", "o.t......", &[Distributor, Pharmacy, Laboratory, EndUser]),
        ("order/papers", "o.tsldn.x", &[Carrier, FreightForwarder, CustomsBroker, Warehouse]),
        ("order/papers", "o.tsldn.x", &[Importer, Exporter, Broker]),
        ("order/papers", ".........", &[Producer, Retailer, OnlinePlatform]),
        ("order/permits", "oet...n..", &[Importer, Exporter, Broker, FreightForwarder, CustomsBroker]),
        ("order/permits", ".........", &[Carrier, Warehouse, Wholesaler]),
        ("order/counter", "oet......", &[Pharmacy, Retailer]),
        ("order/counter", ".........", &[Wholesaler, Formulator]),
        ("order/custom", "oe.......", &[Producer, Formulator, Laboratory]),
        ("order/custom", ".........", &[Carrier, Pharmacy]),
        ("order/platform", "oet...nwx", &[OnlinePlatform]),
        ("order/platform", ".........", &[Retailer, Broker]),
        ("what/online", "oet...nwx", &[OnlinePlatform]),
        ("what/online", ".......w.", &[Importer]),
    ] {
        for role in roles {
            assert_eq!(row(page, *role), kinds, "{page} for {role:?}");
        }
    }
}

#[test]
fn a_company_with_several_roles_is_asked_for_each() {
    let both = asked(ReportKind::Order, &[OperatorRole::Pharmacy, OperatorRole::Importer]);
    for page in ["order/counter", "order/papers", "order/permits"] {
        assert!(both.iter().any(|address| address == page), "{page}");
    }
}

#[test]
fn every_kind_and_role_can_be_completed() {
    for kind in ReportKind::ALL {
        for role in OperatorRole::ALL {
            let pages = asked(*kind, &[*role]);
            for section in ["what", "substances", "party", "why", "did", "contact"] {
                assert!(pages.iter().any(|page| page.starts_with(section)), "{kind:?} {role:?}");
            }
            let mut addresses = pages.clone();
            addresses.sort();
            addresses.dedup();
            assert_eq!(addresses.len(), pages.len(), "{kind:?} {role:?}: an address twice");
        }
    }
}

#[test]
fn without_roles_and_kind_the_common_pages_are_asked() {
    let nobody = Profile::default();
    let pages = QuestionSet::latest().pages(&Answers::new(), &nobody);
    assert!(pages.iter().any(|page| page.slug == "kind"));
    assert!(!pages.iter().any(|page| page.slug == "papers"));
}
