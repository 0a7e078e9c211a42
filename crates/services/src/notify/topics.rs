//! Which mail is news of which topic.

use domain::notify::Topic;

use crate::outbox::Template;

impl Template {
    /// The topic of a mail that is news for somebody with an account. None for letters: one-time links, answers to strangers,
    /// mails to people without an account, digests.
    #[must_use]
    pub const fn topic(self) -> Option<Topic> {
        Some(match self {
            Self::ConfirmEmail
            | Self::Invitation
            | Self::ResetPassword
            | Self::Rescued
            | Self::AccountNotice
            | Self::DeclarationAsked
            | Self::DailyDigest
            | Self::WeeklyDigest
            | Self::ConfirmReader
            | Self::ReaderNotice
            | Self::ConfirmAddress
            | Self::AddressChanged => return None,
            Self::ApplicationApproved
            | Self::ApplicationRefused
            | Self::CompanySuspended
            | Self::OrganisationSuspended
            | Self::OrganisationReinstated
            | Self::PasswordChanged
            | Self::NewBrowser
            | Self::FactorSet
            | Self::FactorRemoved
            | Self::FactorReset
            | Self::RescueProposed
            | Self::RescueAsked
            | Self::RecoveryUsed => Topic::Account,
            Self::ApplicationWaiting => Topic::Applications,
            Self::QuestionAsked | Self::AdviceQuestion | Self::ConfirmReport => Topic::Questions,
            Self::UrgentReport
            | Self::DeadlineNear
            | Self::DeadlineMissed
            | Self::AdviceNear
            | Self::AdviceMissed
            | Self::BreakGlassAsked
            | Self::BreakGlassOpened
            | Self::BreakGlassDecided => Topic::Urgent,
            Self::NewReport | Self::ReportAmended => Topic::Reports,
            Self::AnswerGiven | Self::MessageWaiting => Topic::Messages,
            Self::Outcome => Topic::Outcomes,
            Self::AdviceAsked | Self::AdviceNews | Self::AdviceGiven => Topic::Advice,
            Self::LicenceAsked | Self::LicenceAnswered => Topic::Licences,
            Self::HitsFound => Topic::Hits,
            Self::DocumentsEnd | Self::DeclarationSigned => Topic::Documents,
            Self::ReviewsDue | Self::DecisionWaiting | Self::DecisionAnswered => Topic::Reviews,
            Self::ListOffered | Self::ListEnded => Topic::Lists,
            Self::MembershipOffered
            | Self::MembershipEnded
            | Self::MemberQuestion
            | Self::AnswerToSign
            | Self::NoticeToApprove
            | Self::AnswerDecided
            | Self::QuestionAnswered
            | Self::ConsultationOpened
            | Self::ConsultationClosed => Topic::Associations,
            Self::ImportEnded => Topic::Imports,
            Self::WorkHandedOver
            | Self::DraftHandedOver
            | Self::DraftEnds
            | Self::NoticeWaiting
            | Self::NoticeDecided
            | Self::ApprovalNews
            | Self::OriginalChanged => Topic::Work,
            Self::ReferenceDataWaiting | Self::ReferenceDataDecided => Topic::ReferenceData,
            Self::LearningDue | Self::CertificateEnded => Topic::Learning,
            Self::AlertPublished | Self::AlertWithdrawn => Topic::Alerts,
            Self::NoticePublished | Self::NoticeWithdrawn => Topic::Notices,
            Self::NoticeReminder => Topic::Acknowledgements,
        })
    }
}
