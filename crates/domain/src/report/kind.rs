//! What a report is about, and what became of the business.

use serde::{Deserialize, Serialize};

use crate::organisation::coded;

coded! {
    /// What a report is about. The labels are the answers to "What happened?", not legal terms.
    ReportKind {
        /// A suspicious order.
        Order = "order", "Someone placed an order";
        /// A suspicious enquiry, before any order.
        Enquiry = "enquiry", "Someone asked about buying, without ordering";
        /// A suspicious transaction that went ahead in part or in full.
        Transaction = "transaction", "A sale, shipment or payment went ahead and now looks wrong";
        /// Theft.
        Theft = "theft", "Something was stolen";
        /// Loss, such as a container that fell overboard or stock that was spilt.
        Loss = "loss", "Something was lost or damaged";
        /// Stock or a consignment is missing and nobody knows why.
        Disappearance = "disappearance", "Stock or a shipment is missing and we do not know why";
        /// A business that does not keep to the rules.
        NonCompliantBusiness = "non_compliant_business", "Another business is breaking the rules";
        /// An offer on the Internet.
        OnlineOffer = "online_offer", "We saw an offer on the internet";
        /// Anything else.
        Other = "other", "Something else";
    }
}

impl ReportKind {
    /// Whether goods are gone rather than wanted: theft, loss, disappearance.
    #[must_use]
    pub const fn goods_are_gone(self) -> bool {
        matches!(self, Self::Theft | Self::Loss | Self::Disappearance)
    }

    /// Whether somebody wants or got goods: order, enquiry, transaction.
    #[must_use]
    pub const fn is_trade(self) -> bool {
        matches!(self, Self::Order | Self::Enquiry | Self::Transaction)
    }
}

coded! {
    /// What became of the order or transaction.
    Done {
        /// Nothing has been done yet.
        NotStarted = "not_started", "Nothing yet";
        /// The company refused.
        Refused = "refused", "We refused";
        /// The goods are still with the company; it waits or checks.
        Pending = "pending", "It is waiting: we have not delivered";
        /// The goods have left.
        Delivered = "delivered", "We delivered";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_kind_is_both() {
        for kind in ReportKind::ALL {
            assert!(!(kind.goods_are_gone() && kind.is_trade()), "{kind:?}");
            assert_eq!(ReportKind::from_code(kind.code()), Some(*kind));
        }
    }
}
