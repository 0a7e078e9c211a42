//! Queuing mail: which templates there are, and that a mail never holds case content.
//!
//! A mail says that something waits and where; who reads the mailbox learns nothing else. Rendering and sending are
//! done later, by the worker in `mail`. Mails that are news for somebody with an account stand in their inbox too, and leave
//! as that person chose ([`crate::notify`]).

use domain::{
    access::{Action, Principal},
    lang::Lang,
    time::Timestamp,
};
use store::{
    Tx,
    outbox::{self as rows, NewMail},
};
use uuid::Uuid;

use crate::{
    Context, Result,
    audit::{self, Actor},
    notify,
    organisation::system,
    secret,
};

/// The mails that Forerunner sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Template {
    /// Confirm the address of an application.
    ConfirmEmail,
    /// An application waits for the authority. Detail: nothing.
    ApplicationWaiting,
    /// The application was approved. Detail: the organisation's name.
    ApplicationApproved,
    /// The application was refused; the reason stands on the page. Detail: the organisation's name.
    ApplicationRefused,
    /// The company may not work for now; the reason stands on the page. Detail: the organisation's name.
    CompanySuspended,
    /// An authority or association may not work for now; the reason stands on the page. Detail: its name.
    OrganisationSuspended,
    /// An organisation may work again. Detail: its name.
    OrganisationReinstated,
    /// An invitation. Detail: the organisation's name.
    Invitation,
    /// Choose a new password.
    ResetPassword,
    /// The password was changed.
    PasswordChanged,
    /// Somebody signed in from a browser that is new to them. Detail: when, and which kind of browser.
    NewBrowser,
    /// A second factor was set up.
    FactorSet,
    /// The second factor was removed by its owner.
    FactorRemoved,
    /// The second factor was reset by an administrator.
    FactorReset,
    /// A system administrator proposes to let an administrator in anew; another has to confirm. To the others.
    RescueProposed,
    /// The same, to the person it is about.
    RescueAsked,
    /// Two have let the person in anew: choose a new password.
    Rescued,
    /// Somebody signed in with a recovery code.
    RecoveryUsed,
    /// Somebody asked to register or reset an address that has (no) account.
    AccountNotice,
    /// A new report waits for the authority.
    NewReport,
    /// The authority asks the reporter.
    QuestionAsked,
    /// The reporter has answered.
    AnswerGiven,
    /// A message in a report's thread.
    MessageWaiting,
    /// There is an outcome.
    Outcome,
    /// A system administrator asks to read reports in need; a second person has to decide.
    BreakGlassAsked,
    /// A system administrator can read reports of the authority for a short time.
    BreakGlassOpened,
    /// One's own request for access in need was decided.
    BreakGlassDecided,
    /// Work of a colleague who left was handed over. Detail: the organisation's name.
    WorkHandedOver,
    /// A report taken by telephone waits to be confirmed by the company.
    ConfirmReport,
    /// The time for a first answer to a report is nearly over. Detail: the reference.
    DeadlineNear,
    /// It is over. Detail: the reference.
    DeadlineMissed,
    /// The reporter sent another version of a report.
    ReportAmended,
    /// A change of reference data waits for approval.
    ReferenceDataWaiting,
    /// A change of reference data was approved or sent back.
    ReferenceDataDecided,
    /// A report cannot wait. Detail: the reference.
    UrgentReport,
    /// A colleague handed a draft over.
    DraftHandedOver,
    /// A draft is deleted soon. Detail: the day.
    DraftEnds,
    /// Documents of customers end soon. Detail: how many.
    DocumentsEnd,
    /// Somebody in files of customers may be on a watch list. Detail: how many.
    HitsFound,
    /// A company asks its customer to sign a declaration; read by somebody without an account. Detail: the company's name.
    DeclarationAsked,
    /// A customer has signed a declaration.
    DeclarationSigned,
    /// A company asks the authority to confirm a licence.
    LicenceAsked,
    /// The authority has answered about a licence.
    LicenceAnswered,
    /// A company asks for advice on a sale.
    AdviceAsked,
    /// Something happened to a request for advice that the desk should know.
    AdviceNews,
    /// The authority asks back about a request for advice.
    AdviceQuestion,
    /// There is advice.
    AdviceGiven,
    /// The time for advice is nearly over.
    AdviceNear,
    /// It is over.
    AdviceMissed,
    /// A notice waits for a second person.
    NoticeWaiting,
    /// One's own notice was published, scheduled or sent back.
    NoticeDecided,
    /// A notice of an association waits for the authority's approval.
    NoticeToApprove,
    /// A notice waits for the authority's approval, was approved or was sent back by it.
    ApprovalNews,
    /// The notice from which an association adapted one has changed or was withdrawn.
    OriginalChanged,
    /// A list is offered to a company. Detail: nothing.
    ListOffered,
    /// A list is shared with a company no longer. Detail: nothing.
    ListEnded,
    /// Customers are due for review. Detail: how many.
    ReviewsDue,
    /// A decision about a customer waits for a second person.
    DecisionWaiting,
    /// A second person has answered one's decision about a customer.
    DecisionAnswered,
    /// What is new since yesterday. Its lines are those of the digest with the mail's identity.
    DailyDigest,
    /// The same of a week.
    WeeklyDigest,
    /// An alert was published for the recipient.
    AlertPublished,
    /// Something else was published for the recipient.
    NoticePublished,
    /// An alert of which the recipient was told is withdrawn.
    AlertWithdrawn,
    /// Another notice of which the recipient was told is withdrawn.
    NoticeWithdrawn,
    /// The recipient has not acknowledged a notice yet.
    NoticeReminder,
    /// An import has ended.
    ImportEnded,
    /// Confirm the address of a reader.
    ConfirmReader,
    /// Somebody wants to be told what is published, with an address that has an account.
    ReaderNotice,
    /// Confirm that one's address takes mail, or a new address.
    ConfirmAddress,
    /// The address of the account was changed; to the old one.
    AddressChanged,
    /// Something assigned to learn is due soon.
    LearningDue,
    /// A certificate has ended.
    CertificateEnded,
    /// An association invites a company to be its member.
    MembershipOffered,
    /// An association ended a company's membership.
    MembershipEnded,
    /// A member asks its association.
    MemberQuestion,
    /// An association's answer waits for the authority's signature.
    AnswerToSign,
    /// The authority has signed an answer or sent it back.
    AnswerDecided,
    /// A member's question was answered, or is not.
    QuestionAnswered,
    /// A company is asked what it thinks of a draft.
    ConsultationOpened,
    /// A consultation was closed with a response.
    ConsultationClosed,
}

impl Template {
    /// Every template.
    pub const ALL: &[Self] = &[
        Self::ConfirmEmail,
        Self::ApplicationWaiting,
        Self::ApplicationApproved,
        Self::ApplicationRefused,
        Self::CompanySuspended,
        Self::OrganisationSuspended,
        Self::OrganisationReinstated,
        Self::Invitation,
        Self::ResetPassword,
        Self::PasswordChanged,
        Self::NewBrowser,
        Self::FactorSet,
        Self::FactorRemoved,
        Self::FactorReset,
        Self::RescueProposed,
        Self::RescueAsked,
        Self::Rescued,
        Self::RecoveryUsed,
        Self::AccountNotice,
        Self::NewReport,
        Self::QuestionAsked,
        Self::AnswerGiven,
        Self::MessageWaiting,
        Self::Outcome,
        Self::BreakGlassAsked,
        Self::BreakGlassOpened,
        Self::BreakGlassDecided,
        Self::WorkHandedOver,
        Self::ConfirmReport,
        Self::DeadlineNear,
        Self::DeadlineMissed,
        Self::ReportAmended,
        Self::ReferenceDataWaiting,
        Self::ReferenceDataDecided,
        Self::UrgentReport,
        Self::DraftHandedOver,
        Self::DraftEnds,
        Self::DocumentsEnd,
        Self::HitsFound,
        Self::DeclarationAsked,
        Self::DeclarationSigned,
        Self::LicenceAsked,
        Self::LicenceAnswered,
        Self::AdviceAsked,
        Self::AdviceNews,
        Self::AdviceQuestion,
        Self::AdviceGiven,
        Self::AdviceNear,
        Self::AdviceMissed,
        Self::NoticeWaiting,
        Self::NoticeDecided,
        Self::NoticeToApprove,
        Self::ApprovalNews,
        Self::OriginalChanged,
        Self::ListOffered,
        Self::ListEnded,
        Self::ReviewsDue,
        Self::DecisionWaiting,
        Self::DecisionAnswered,
        Self::DailyDigest,
        Self::WeeklyDigest,
        Self::AlertPublished,
        Self::NoticePublished,
        Self::AlertWithdrawn,
        Self::NoticeWithdrawn,
        Self::NoticeReminder,
        Self::ImportEnded,
        Self::ConfirmReader,
        Self::ReaderNotice,
        Self::ConfirmAddress,
        Self::AddressChanged,
        Self::LearningDue,
        Self::CertificateEnded,
        Self::MembershipOffered,
        Self::MembershipEnded,
        Self::MemberQuestion,
        Self::AnswerToSign,
        Self::AnswerDecided,
        Self::QuestionAnswered,
        Self::ConsultationOpened,
        Self::ConsultationClosed,
    ];

    /// Its name in the outbox.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ConfirmEmail => "confirm_email",
            Self::ApplicationWaiting => "application_waiting",
            Self::ApplicationApproved => "application_approved",
            Self::ApplicationRefused => "application_refused",
            Self::CompanySuspended => "company_suspended",
            Self::OrganisationSuspended => "organisation_suspended",
            Self::OrganisationReinstated => "organisation_reinstated",
            Self::Invitation => "invitation",
            Self::ResetPassword => "reset_password",
            Self::PasswordChanged => "password_changed",
            Self::NewBrowser => "new_browser",
            Self::FactorSet => "factor_set",
            Self::FactorRemoved => "factor_removed",
            Self::FactorReset => "factor_reset",
            Self::RescueProposed => "rescue_proposed",
            Self::RescueAsked => "rescue_asked",
            Self::Rescued => "rescued",
            Self::RecoveryUsed => "recovery_used",
            Self::AccountNotice => "account_notice",
            Self::NewReport => "new_report",
            Self::QuestionAsked => "question_asked",
            Self::AnswerGiven => "answer_given",
            Self::MessageWaiting => "message_waiting",
            Self::Outcome => "outcome",
            Self::BreakGlassAsked => "break_glass_asked",
            Self::BreakGlassOpened => "break_glass_opened",
            Self::BreakGlassDecided => "break_glass_decided",
            Self::WorkHandedOver => "work_handed_over",
            Self::ConfirmReport => "confirm_report",
            Self::DeadlineNear => "deadline_near",
            Self::DeadlineMissed => "deadline_missed",
            Self::ReportAmended => "report_amended",
            Self::ReferenceDataWaiting => "reference_data_waiting",
            Self::ReferenceDataDecided => "reference_data_decided",
            Self::UrgentReport => "urgent_report",
            Self::DraftHandedOver => "draft_handed_over",
            Self::DraftEnds => "draft_ends",
            Self::DocumentsEnd => "documents_end",
            Self::HitsFound => "hits_found",
            Self::DeclarationAsked => "declaration_asked",
            Self::DeclarationSigned => "declaration_signed",
            Self::LicenceAsked => "licence_asked",
            Self::LicenceAnswered => "licence_answered",
            Self::AdviceAsked => "advice_asked",
            Self::AdviceNews => "advice_news",
            Self::AdviceQuestion => "advice_question",
            Self::AdviceGiven => "advice_given",
            Self::AdviceNear => "advice_near",
            Self::AdviceMissed => "advice_missed",
            Self::NoticeWaiting => "notice_waiting",
            Self::NoticeDecided => "notice_decided",
            Self::NoticeToApprove => "notice_to_approve",
            Self::ApprovalNews => "approval_news",
            Self::OriginalChanged => "original_changed",
            Self::ListOffered => "list_offered",
            Self::ListEnded => "list_ended",
            Self::ReviewsDue => "reviews_due",
            Self::DecisionWaiting => "decision_waiting",
            Self::DecisionAnswered => "decision_answered",
            Self::DailyDigest => "daily_digest",
            Self::WeeklyDigest => "weekly_digest",
            Self::AlertPublished => "alert_published",
            Self::NoticePublished => "notice_published",
            Self::AlertWithdrawn => "alert_withdrawn",
            Self::NoticeWithdrawn => "notice_withdrawn",
            Self::NoticeReminder => "notice_reminder",
            Self::ImportEnded => "import_ended",
            Self::ConfirmReader => "confirm_reader",
            Self::ReaderNotice => "reader_notice",
            Self::ConfirmAddress => "confirm_address",
            Self::AddressChanged => "address_changed",
            Self::LearningDue => "learning_due",
            Self::CertificateEnded => "certificate_ended",
            Self::MembershipOffered => "membership_offered",
            Self::MembershipEnded => "membership_ended",
            Self::MemberQuestion => "member_question",
            Self::AnswerToSign => "answer_to_sign",
            Self::AnswerDecided => "answer_decided",
            Self::QuestionAnswered => "question_answered",
            Self::ConsultationOpened => "consultation_opened",
            Self::ConsultationClosed => "consultation_closed",
        }
    }

    /// Whether the mail speaks for a company to somebody who has no account. It then carries the company's name and says
    /// nothing of this service and what it is for.
    #[must_use]
    pub const fn speaks_for_company(self) -> bool {
        matches!(self, Self::DeclarationAsked)
    }

    /// Reads a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|template| template.name() == name)
    }
}

/// Stands in the path of a link where the mail's own one-time token goes when it is rendered.
pub(crate) const TOKEN: &str = "{token}";

/// Queues a mail to `recipient`, linking to `path` of this installation.
///
/// # Errors
/// If the store fails.
pub async fn queue(
    ctx: &Context,
    tx: &mut Tx,
    template: Template,
    recipient: &str,
    lang: Lang,
    path: &str,
    detail: &str,
) -> Result<()> {
    queue_for(ctx, tx, ctx.now(), template, (recipient, lang), path, detail).await.map(drop)
}

/// Queues a mail that does not leave before `due`, so that it can be withdrawn until then; its identity.
///
/// # Errors
/// If the store fails.
pub(crate) async fn queue_for(
    ctx: &Context,
    tx: &mut Tx,
    due: Timestamp,
    template: Template,
    (recipient, lang): (&str, Lang),
    path: &str,
    detail: &str,
) -> Result<Uuid> {
    let id = ctx.new_id();
    put(ctx, tx, (id, due), template, recipient, lang, path, detail).await?;
    Ok(id)
}

/// Queues a mail whose link carries a one-time token in the place of `{token}` in `path`; the hash of that token, to be
/// stored by the caller.
///
/// The outbox does not hold the token: it is derived from the mail's identity when the mail is rendered.
///
/// # Errors
/// If the store fails.
pub(crate) async fn queue_link(
    ctx: &Context,
    tx: &mut Tx,
    template: Template,
    recipient: &str,
    lang: Lang,
    path: &str,
    detail: &str,
) -> Result<[u8; 32]> {
    debug_assert!(path.contains(TOKEN), "a link without its token opens nothing");
    let id = ctx.new_id();
    put(ctx, tx, (id, ctx.now()), template, recipient, lang, path, detail).await?;
    Ok(secret::hash(&secret::mail_token(ctx, id)))
}

#[expect(clippy::too_many_arguments, reason = "the parts of a mail, each of another type or told by its place above")]
async fn put(
    ctx: &Context,
    tx: &mut Tx,
    (id, due): (Uuid, Timestamp),
    template: Template,
    recipient: &str,
    lang: Lang,
    path: &str,
    detail: &str,
) -> Result<()> {
    if !notify::tell_address(ctx, tx, (id, due), template, recipient, (lang, path), detail).await? {
        let link = format!("{}{path}", ctx.config.base_url);
        let (template, lang) = (template.name(), lang.tag());
        let mail = NewMail { id, template, recipient, lang, link: &link, detail, at: ctx.now(), due, person: None };
        rows::queue(tx, &mail).await?;
    }
    // The worker may look before the commit; it looks again by itself soon after.
    ctx.mail_queued.notify_one();
    Ok(())
}

/// A mail that was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadMail {
    /// Identity, for reviving it.
    pub id: Uuid,
    /// Which mail; none if this program knows no such mail.
    pub template: Option<Template>,
    /// Whom it was for.
    pub recipient: String,
    /// What the last try ended with.
    pub error: String,
    /// How often it was tried.
    pub attempts: i64,
    /// When it was queued.
    pub queued: Timestamp,
    /// When it was given up.
    pub given_up: Timestamp,
}

/// A mail that waits to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingMail {
    /// Which mail; none if this program knows no such mail.
    pub template: Option<Template>,
    /// Whom it is for.
    pub recipient: String,
    /// What the last try ended with; empty if there was none.
    pub error: String,
    /// How often it was tried.
    pub attempts: i64,
    /// When it was queued.
    pub queued: Timestamp,
    /// When it is tried next.
    pub next: Timestamp,
}

/// What a system administrator sees of the mails. Links are not shown: they are for their recipients.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// Where mails go: a server or a folder; none as long as no worker runs here.
    pub route: Option<String>,
    /// Whether mails become files, which reach nobody by themselves.
    pub to_files: bool,
    /// How many wait.
    pub waiting: i64,
    /// Those that wait, the last due first, at most 200.
    pub queue: Vec<WaitingMail>,
    /// The last error of a mail that waits and was tried before.
    pub trouble: Option<String>,
    /// How many were sent in the last thirty days.
    pub sent: i64,
    /// Those that were given up, newest first, at most 200.
    pub dead: Vec<DeadMail>,
    /// How many have come back for good in the last thirty days.
    pub bounced: i64,
    /// Addresses that get no news any more, the latest first, at most 200.
    pub broken: Vec<BrokenAddress>,
}

/// An address that takes no mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenAddress {
    /// The address.
    pub email: String,
    /// Since when it gets no news.
    pub since: Timestamp,
    /// What was said last.
    pub said: String,
}

impl From<store::notify::bounce::Broken> for BrokenAddress {
    fn from(row: store::notify::bounce::Broken) -> Self {
        Self { email: row.email, since: Timestamp(row.since), said: row.said.unwrap_or_default() }
    }
}

/// The state of the mails.
///
/// # Errors
/// [`crate::Refusal::NotFound`] for anybody but a system administrator.
pub async fn overview(ctx: &Context, principal: &Principal) -> Result<Overview> {
    system(principal, Action::ViewSystem)?;
    let mut reader = ctx.db.reader();
    let waiting = rows::list(&mut reader, "waiting", 200).await?;
    let dead = rows::list(&mut reader, "dead", 200).await?.into_iter().map(|mail| DeadMail {
        id: mail.id,
        template: Template::from_name(&mail.template),
        recipient: mail.recipient,
        error: mail.last_error,
        attempts: mail.attempts,
        queued: Timestamp(mail.created_at),
        given_up: Timestamp(mail.done_at.unwrap_or(mail.created_at)),
    });
    let month = ctx.now().plus(-domain::notify::BOUNCE_DAYS * Timestamp::DAY);
    let (bounced, _) = store::notify::bounce::counts(&mut reader, month).await?;
    let broken = store::notify::bounce::broken(&mut reader).await?;
    Ok(Overview {
        bounced,
        broken: broken.into_iter().map(BrokenAddress::from).collect(),
        route: ctx.mail_route.get().map(|(route, _)| route.clone()),
        to_files: ctx.mail_route.get().is_some_and(|(_, to_files)| *to_files),
        waiting: rows::count(&mut reader, "waiting").await?,
        trouble: waiting.iter().map(|mail| mail.last_error.clone()).find(|error| !error.is_empty()),
        queue: waiting.into_iter().map(waiting_mail).collect(),
        sent: rows::count(&mut reader, "sent").await?,
        dead: dead.collect(),
    })
}

fn waiting_mail(mail: rows::Mail) -> WaitingMail {
    WaitingMail {
        template: Template::from_name(&mail.template),
        recipient: mail.recipient,
        error: mail.last_error,
        attempts: mail.attempts,
        queued: Timestamp(mail.created_at),
        next: Timestamp(mail.next_at),
    }
}

/// Tries a dead mail again, with a new series of tries.
///
/// # Errors
/// [`crate::Refusal::NotFound`] for anybody but a system administrator; [`crate::Refusal::Stale`] if it is not dead.
pub async fn revive(ctx: &Context, principal: &Principal, mail: Uuid) -> Result<()> {
    let membership = system(principal, Action::ManageSystem)?;
    let mut tx = ctx.db.begin().await?;
    rows::revive(&mut tx, mail, ctx.now()).await?;
    let act = audit::Act {
        actor: Actor::Member(principal.signed_in()?, membership),
        action: Action::ManageSystem,
        step: "mail sent again",
        object_kind: "mail",
        object_id: mail.simple().to_string(),
    };
    audit::record(ctx, &mut tx, act, audit::NONE, audit::NONE).await?;
    tx.commit().await?;
    ctx.mail_queued.notify_one();
    Ok(())
}
