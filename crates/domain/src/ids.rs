//! Inner identities. A UUIDv7 per row, wrapped so that a user's id cannot be taken for a report's.
//!
//! People never see these: they see a [`crate::reference::Reference`] or an organisation's handle.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.simple().fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )+};
}

ids! {
    /// A person with an account.
    UserId;
    /// A company, authority, association or other organisation.
    OrgId;
    /// A report that has been sent.
    ReportId;
    /// A report that is still being written.
    DraftId;
    /// A file that belongs to a report.
    EvidenceId;
    /// One message, note or event in a report's thread.
    EntryId;
    /// A label of an authority.
    LabelId;
    /// A macro of an authority.
    MacroId;
    /// A saved view of the queue.
    ViewId;
    /// An act at a desk that can be taken back.
    UndoId;
    /// A customer in a company's file of customers.
    CustomerId;
    /// A document of a customer.
    DocumentId;
    /// An import of customers from a file.
    ImportId;
    /// A customer's declaration of use.
    DeclarationId;
    /// An order that is counted against a declaration.
    DeclarationOrderId;
    /// A decision about a customer.
    DecisionId;
    /// A question whether somebody stands on a watch list.
    CheckId;
    /// An offer to share a watch list with a company.
    ShareId;
    /// A hit of a customer on a watch list.
    HitId;
    /// A licence or permit in an authority's register.
    LicenceId;
    /// A company's request to confirm a licence.
    LicenceRequestId;
    /// A company's request for advice on one sale.
    AdviceId;
    /// A notice of an authority or an association.
    NoticeId;
    /// A question to an authority whether a notice may be published.
    ApprovalId;
    /// A file that belongs to a notice.
    NoticeFileId;
    /// That a module is to be learned by those who have a role.
    AssignmentId;
    /// A company's membership in an association, or the invitation to it.
    MembershipId;
    /// A question that a member asks its association.
    QuestionId;
    /// A draft on which members are consulted.
    ConsultationId;
    /// An entry in an association's calendar.
    EventId;
}
