//! Queuing mail: which templates there are, and that a mail never holds case content.
//!
//! A mail says that something waits and where; who reads the mailbox learns nothing else. Rendering and sending are
//! done later, by the worker in `mail`.

use domain::lang::Lang;
use store::{
    Tx,
    outbox::{NewMail, queue as store_queue},
};

use uuid::Uuid;

use crate::{Context, Result, secret};

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
    /// An invitation. Detail: the organisation's name.
    Invitation,
    /// Choose a new password.
    ResetPassword,
    /// The password was changed.
    PasswordChanged,
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
    /// A report taken by telephone waits to be confirmed by the company.
    ConfirmReport,
}

impl Template {
    /// Every template.
    pub const ALL: &[Self] = &[
        Self::ConfirmEmail,
        Self::ApplicationWaiting,
        Self::ApplicationApproved,
        Self::ApplicationRefused,
        Self::Invitation,
        Self::ResetPassword,
        Self::PasswordChanged,
        Self::AccountNotice,
        Self::NewReport,
        Self::QuestionAsked,
        Self::AnswerGiven,
        Self::MessageWaiting,
        Self::Outcome,
        Self::ConfirmReport,
    ];

    /// Its name in the outbox.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ConfirmEmail => "confirm_email",
            Self::ApplicationWaiting => "application_waiting",
            Self::ApplicationApproved => "application_approved",
            Self::ApplicationRefused => "application_refused",
            Self::Invitation => "invitation",
            Self::ResetPassword => "reset_password",
            Self::PasswordChanged => "password_changed",
            Self::AccountNotice => "account_notice",
            Self::NewReport => "new_report",
            Self::QuestionAsked => "question_asked",
            Self::AnswerGiven => "answer_given",
            Self::MessageWaiting => "message_waiting",
            Self::Outcome => "outcome",
            Self::ConfirmReport => "confirm_report",
        }
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
    put(ctx, tx, ctx.new_id(), template, recipient, lang, path, detail).await
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
    put(ctx, tx, id, template, recipient, lang, path, detail).await?;
    Ok(secret::hash(&secret::mail_token(ctx, id)))
}

#[expect(clippy::too_many_arguments, reason = "the parts of a mail, each of another type or told by its place above")]
async fn put(
    ctx: &Context,
    tx: &mut Tx,
    id: Uuid,
    template: Template,
    recipient: &str,
    lang: Lang,
    path: &str,
    detail: &str,
) -> Result<()> {
    let link = format!("{}{path}", ctx.config.base_url);
    let mail =
        NewMail { id, template: template.name(), recipient, lang: lang.tag(), link: &link, detail, due: ctx.now() };
    store_queue(tx, &mail).await?;
    // The worker may look before the commit; it looks again by itself soon after.
    ctx.mail_queued.notify_one();
    Ok(())
}
