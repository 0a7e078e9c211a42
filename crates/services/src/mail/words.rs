//! What the mails say. One entry per template and language; a subject says nothing that a stranger may not see.

use domain::lang::Lang;

use crate::outbox::Template;

/// The words of one mail. `{detail}` stands for what the outbox row names beside the link.
pub(super) struct Words {
    /// Subject.
    pub subject: &'static str,
    /// Heading.
    pub heading: &'static str,
    /// Paragraphs before the button.
    pub lines: &'static [&'static str],
    /// Text of the button.
    pub button: &'static str,
    /// Paragraphs after it.
    pub after: &'static [&'static str],
}

/// The line under every mail. `{detail}` stands for the company for which a mail speaks.
pub(super) const fn footer(template: Template, lang: Lang) -> &'static str {
    match lang {
        Lang::En if template.speaks_for_company() => {
            "This mail was sent for {detail}, which keeps such declarations with its records."
        }
        Lang::En => {
            "Forerunner carries reports about chemicals between companies and their national authority. Its mails say \
             only that something waits for you; what it is, you see after signing in. Nobody ever asks for your password \
             by mail."
        }
    }
}

/// The line that gives the link in plain text.
pub(super) const fn link_line(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "If the button does not work, copy this address into your browser:",
    }
}

/// The line that leads to where one unsubscribes.
pub(super) const fn stop_line(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "Do not send me such mails any more",
    }
}

/// The words of a template.
pub(super) const fn words(template: Template, lang: Lang) -> Words {
    match lang {
        Lang::En => english(template),
    }
}

const fn english(template: Template) -> Words {
    match template {
        Template::ConfirmEmail => Words {
            subject: "Confirm your e-mail address",
            heading: "Confirm your e-mail address",
            lines: &[
                "You have applied for an account for your company. Confirm that this address is yours, with the password \
                 that you chose in the application. Only then does the authority see the application.",
            ],
            button: "Confirm the address",
            after: &[
                "The link works once, within three days.",
                "If you did not apply, ignore this mail. Without the password nothing happens.",
            ],
        },
        Template::ApplicationWaiting => Words {
            subject: "An application is waiting",
            heading: "An application is waiting",
            lines: &["A company of your country has applied for an account. Look at what was checked, then decide."],
            button: "Open the application",
            after: &[],
        },
        Template::ApplicationApproved => Words {
            subject: "Your company can work with Forerunner",
            heading: "Your company can work now",
            lines: &["The authority has approved {detail}. You can write reports and invite your colleagues."],
            button: "Open your company's page",
            after: &[],
        },
        Template::ApplicationRefused => Words {
            subject: "Your application has been decided",
            heading: "Your application has been decided",
            lines: &[
                "The authority has not approved the application of {detail}. The reason stands on your page, with what you \
                 can do next.",
            ],
            button: "Read the reason",
            after: &["If a suspicious delivery is about to leave, do not wait: call the authority."],
        },
        Template::CompanySuspended => Words {
            subject: "Your company's access has changed",
            heading: "Your company's access is suspended",
            lines: &["The authority has suspended the account of {detail}. The reason stands on your page."],
            button: "Read the reason",
            after: &["If a suspicious delivery is about to leave, call the authority."],
        },
        Template::OrganisationSuspended => Words {
            subject: "Your organisation's access has changed",
            heading: "Your organisation's access is suspended",
            lines: &[
                "Those who run this installation have suspended the account of {detail}. Nobody of it can open anything \
                 here for now. The reason stands on your page.",
            ],
            button: "Read the reason",
            after: &["What was received before is kept, and what comes meanwhile waits."],
        },
        Template::OrganisationReinstated => Words {
            subject: "Your organisation can work again",
            heading: "Your organisation can work again",
            lines: &["The suspension of {detail} has been lifted. You and your colleagues can work as before."],
            button: "Sign in",
            after: &[],
        },
        Template::Invitation => Words {
            subject: "You are invited to Forerunner",
            heading: "You are invited",
            lines: &[
                "{detail} invites you to work together in Forerunner. Behind the link you choose your password, or sign in \
                 if you have an account already.",
            ],
            button: "Look at the invitation",
            after: &["The link works once, within seven days.", "If you do not expect this, ignore this mail."],
        },
        Template::ResetPassword => Words {
            subject: "Choose a new password",
            heading: "Choose a new password",
            lines: &["Somebody, probably you, has asked for a new password for the account with this address."],
            button: "Choose a new password",
            after: &[
                "The link works once, within one hour.",
                "If you did not ask for it, ignore this mail. Your password stays as it is.",
            ],
        },
        Template::PasswordChanged => Words {
            subject: "Your password was changed",
            heading: "Your password was changed",
            lines: &["The password of your account was changed just now, and your other sign-ins have ended."],
            button: "Sign in",
            after: &[
                "If this was not you, ask for a new password on the sign-in page at once and tell your administrator.",
            ],
        },
        Template::NewBrowser => Words {
            subject: "A sign-in from a new browser",
            heading: "A sign-in from a new browser",
            lines: &[
                "Somebody, probably you, has signed in to your account from a browser that was not used for it before: {detail}.",
            ],
            button: "See where you are signed in",
            after: &[
                "If this was you, there is nothing to do.",
                "If not, change your password at once: that ends every other sign-in. Then tell your administrator.",
            ],
        },
        Template::FactorSet => Words {
            subject: "A second factor was set up",
            heading: "A second factor was set up",
            lines: &[
                "From now on your account asks for a code of your app after the password. Your other sign-ins have ended.",
            ],
            button: "Look at your second factor",
            after: &["If this was not you, tell your administrator at once."],
        },
        Template::FactorRemoved => Words {
            subject: "Your second factor was removed",
            heading: "Your second factor was removed",
            lines: &["Your account asks for the password alone again."],
            button: "Look at your account",
            after: &["If this was not you, change your password at once and tell your administrator."],
        },
        Template::FactorReset => Words {
            subject: "Your second factor was reset",
            heading: "Your second factor was reset",
            lines: &[
                "An administrator has reset the second factor of your account, and all your sign-ins have ended. Sign in with \
                 your password; if your role asks for a second factor, you set up a new one then.",
            ],
            button: "Sign in",
            after: &[
                "If you did not ask for this, sign in and change your password at once, and ask your administrator why.",
            ],
        },
        Template::RescueProposed => Words {
            subject: "A second system administrator is needed",
            heading: "A second system administrator is needed",
            lines: &[
                "A colleague proposes to reset the account of an administrator who has lost every way in. It takes two: look at \
                 it, and confirm it only when you are sure yourself who asks.",
            ],
            button: "Look at the proposal",
            after: &["It lapses after three days."],
        },
        Template::RescueAsked => Words {
            subject: "Somebody asks to reset your account",
            heading: "Somebody asks to reset your account",
            lines: &[
                "Somebody, probably you, has told those who run Forerunner that you have lost every way into your account. Two \
                 of them are asked to reset it; you then get a link to choose a new password.",
            ],
            button: "How to reach us",
            after: &[
                "If you did not ask for this, tell those who run Forerunner at once. Until they have reset it, your account \
                 works as before.",
            ],
        },
        Template::Rescued => Words {
            subject: "Your account was reset",
            heading: "Your account was reset",
            lines: &[
                "Two system administrators have reset your account: the old password and second factor work no longer. Choose a \
                 new password, then sign in and set up a new second factor.",
            ],
            button: "Choose a new password",
            after: &[
                "The link works once, within one hour. After that, ask for a new one on the sign-in page.",
                "If you did not ask for this, tell those who run Forerunner at once.",
            ],
        },
        Template::RecoveryUsed => Words {
            subject: "A recovery code was used",
            heading: "A recovery code was used",
            lines: &[
                "Somebody, probably you, has signed in to your account with a recovery code. It does not work again.",
            ],
            button: "See how many are left",
            after: &["If this was not you, change your password at once and tell your administrator."],
        },
        Template::AccountNotice => Words {
            subject: "You already have an account",
            heading: "You already have an account",
            lines: &[
                "Somebody, probably you, has applied for a company's account with this address. It has an account already, \
                 so the application was not kept.",
                "To apply for another company, sign in first; then send the application again.",
            ],
            button: "Sign in",
            after: &["If you did not apply, ignore this mail. Nothing was changed."],
        },
        Template::NewReport => Words {
            subject: "A new report is waiting",
            heading: "A new report is waiting",
            lines: &["A new report has come in. It stands in your queue with its deadline."],
            button: "Open the report",
            after: &[],
        },
        Template::QuestionAsked => Words {
            subject: "The authority has a question",
            heading: "The authority has a question",
            lines: &["The authority asks you something about a report. The question is on the report's page."],
            button: "Read and answer",
            after: &["Do not speak about it with anybody outside your company."],
        },
        Template::AnswerGiven => Words {
            subject: "An answer has come in",
            heading: "An answer has come in",
            lines: &["The reporter has answered your question."],
            button: "Read the answer",
            after: &[],
        },
        Template::MessageWaiting => Words {
            subject: "A message is waiting",
            heading: "A message is waiting",
            lines: &["There is a new message for you."],
            button: "Read the message",
            after: &[],
        },
        Template::Outcome => Words {
            subject: "News about a report",
            heading: "News about a report",
            lines: &["The authority has come to a decision about one of your reports."],
            button: "See the outcome",
            after: &["Do not speak about it with anybody outside your company."],
        },
        Template::BreakGlassAsked => Words {
            subject: "Access in need is asked for",
            heading: "A system administrator asks for access in need",
            lines: &[
                "Who runs this installation cannot read reports. One of them asks to, for a short time and with a reason. \
                 Somebody else has to approve or refuse it: another system administrator, or who leads the desk.",
            ],
            button: "Read the reason and decide",
            after: &[
                "If nobody decides within a day, the request lapses.",
                "If it seems wrong to you, refuse it and call.",
            ],
        },
        Template::BreakGlassOpened => Words {
            subject: "Access in need is open",
            heading: "A system administrator can read reports for a short time",
            lines: &[
                "A second person has approved access in need. It ends by itself after a short time, every reading stands in \
                 your log with the reason, and you can end it now.",
            ],
            button: "Look at it, or end it",
            after: &[],
        },
        Template::BreakGlassDecided => Words {
            subject: "Your request for access in need was decided",
            heading: "Your request for access in need was decided",
            lines: &["Somebody has decided about it. If it was approved, the time already runs."],
            button: "Look at it",
            after: &[],
        },
        Template::WorkHandedOver => Words {
            subject: "Work was handed over to you",
            heading: "Work was handed over to you",
            lines: &["A colleague at {detail} no longer does this work. What they had in hand is with you now."],
            button: "Look at it",
            after: &[],
        },
        Template::ConfirmReport => Words {
            subject: "Please confirm what was taken down",
            heading: "Please confirm what was taken down",
            lines: &[
                "The authority has written down what your company told it by telephone. Read it through and confirm it, or \
                 say what is not right.",
            ],
            button: "Read and confirm",
            after: &[],
        },
        Template::DeadlineNear => Words {
            subject: "A deadline is near",
            heading: "A deadline is near",
            lines: &["The time for a first answer to {detail} is nearly over. See who has it, or take it up yourself."],
            button: "Open the report",
            after: &["You get this mail because you lead the desk, once for each deadline."],
        },
        Template::DeadlineMissed => Words {
            subject: "A deadline is missed",
            heading: "A deadline is missed",
            lines: &["The time for a first answer to {detail} is over, and nobody has answered."],
            button: "Open the report",
            after: &["You get this mail because you lead the desk, once for each deadline."],
        },
        Template::ReportAmended => Words {
            subject: "A report was amended",
            heading: "A report was amended",
            lines: &["The reporter has sent a newer version of a report. Its page shows what is different."],
            button: "See what changed",
            after: &[],
        },
        Template::ReferenceDataWaiting => Words {
            subject: "A change is waiting for your approval",
            heading: "A change of reference data is waiting",
            lines: &[
                "A colleague has changed reference data and asks you to compare it and to approve it or send it back.",
            ],
            button: "Look at the change",
            after: &[],
        },
        Template::ReferenceDataDecided => Words {
            subject: "Your change has been decided",
            heading: "Your change of reference data has been decided",
            lines: &["A colleague has approved your change or sent it back to you."],
            button: "See what was decided",
            after: &[],
        },
        Template::UrgentReport => Words {
            subject: "A report cannot wait",
            heading: "A report cannot wait",
            lines: &[
                "{detail} has to be looked at now. You get this mail because you are on duty, have the report, or stand in.",
            ],
            button: "Open the report",
            after: &["If nobody opens it, this mail comes once more after an hour."],
        },
        Template::DraftHandedOver => Words {
            subject: "A draft is waiting for you",
            heading: "A draft is waiting for you",
            lines: &["A colleague has handed a draft over to you. It is yours now: go on with it, or put it away."],
            button: "Open the draft",
            after: &[],
        },
        Template::DocumentsEnd => Words {
            subject: "Documents end soon",
            heading: "Documents end soon",
            lines: &[
                "Documents that you keep of your customers are valid for a few more weeks or days only. How many: {detail}. \
                 Which they are stands on the page.",
            ],
            button: "See which they are",
            after: &["Each document is named twice: about a month and about a week before its end."],
        },
        Template::HitsFound => Words {
            subject: "Names in your files are to be compared with watch lists",
            heading: "Names to compare",
            lines: &[
                "A watch list or your own files have changed, and names in them may be the same. How many are new: {detail}. \
                 Which they are, and why each was found, stands on the page.",
            ],
            button: "Compare them",
            after: &["A likeness of names proves nothing. Tell nobody outside your company about it."],
        },
        Template::DeclarationAsked => Words {
            subject: "Please sign an end-use declaration",
            heading: "Please sign an end-use declaration",
            lines: &[
                "{detail} asks you to sign an end-use declaration for goods that you buy. Behind the link you fill in a form, \
                 read the text and sign it. That takes a few minutes and needs no account.",
            ],
            button: "Open the declaration",
            after: &[
                "The link is for this declaration only and works for 14 days. You can pass it on to whoever signs for your \
                 company.",
                "If you do not expect this, or something in it is not right, ask {detail} before you sign.",
            ],
        },
        Template::DeclarationSigned => Words {
            subject: "A declaration was signed",
            heading: "A declaration was signed",
            lines: &["One of your customers has signed a declaration that you asked for. It waits to be checked."],
            button: "Look at it",
            after: &[],
        },
        Template::LicenceAsked => Words {
            subject: "A request is waiting",
            heading: "A request is waiting for your desk",
            lines: &["A company asks your desk something. What it is, you see after signing in."],
            button: "Open the request",
            after: &[],
        },
        Template::LicenceAnswered => Words {
            subject: "An answer is waiting",
            heading: "An answer is waiting for you",
            lines: &["An authority has answered a request of your company. What it says, you see after signing in."],
            button: "Read the answer",
            after: &[],
        },
        Template::AdviceAsked => Words {
            subject: "A company asks for advice",
            heading: "A company asks for advice",
            lines: &["A company asks before it delivers. The request stands on your list with the time that is left."],
            button: "Open the request",
            after: &[],
        },
        Template::AdviceNews => Words {
            subject: "News about a request for advice",
            heading: "News about a request for advice",
            lines: &["The company has answered, has said what it did, or has taken its request back."],
            button: "Open the request",
            after: &[],
        },
        Template::AdviceQuestion => Words {
            subject: "The authority has a question",
            heading: "The authority has a question",
            lines: &[
                "The authority asks you something. The question is on the page; until you answer, its clock rests.",
            ],
            button: "Read and answer",
            after: &["Do not speak about it with anybody outside your company."],
        },
        Template::AdviceGiven => Words {
            subject: "The authority has answered",
            heading: "The authority has answered",
            lines: &["There is an answer to something that you asked the authority. It is on the page."],
            button: "Read the answer",
            after: &["Do not speak about it with anybody outside your company."],
        },
        Template::AdviceNear => Words {
            subject: "A deadline is near",
            heading: "A deadline is near",
            lines: &["The time for advice to a company is nearly over. See who has it, or take it up yourself."],
            button: "Open the request",
            after: &["You get this mail because you lead the desk, once for each deadline."],
        },
        Template::AdviceMissed => Words {
            subject: "A deadline is missed",
            heading: "A deadline is missed",
            lines: &["The time for advice to a company is over, and nobody has answered."],
            button: "Open the request",
            after: &["You get this mail because you lead the desk, once for each deadline."],
        },
        Template::NoticeWaiting => Words {
            subject: "A notice is waiting for a second person",
            heading: "A notice is waiting for a second person",
            lines: &["A colleague has written a notice and asks you to look at it and to publish it or send it back."],
            button: "Look at the notice",
            after: &["Anybody who may publish can do so, except who wrote in it."],
        },
        Template::NoticeDecided => Words {
            subject: "A colleague has looked at your notice",
            heading: "A colleague has looked at your notice",
            lines: &["A notice of yours was published, scheduled or sent back to you. Its page says which."],
            button: "See what was decided",
            after: &[],
        },
        Template::NoticeToApprove => Words {
            subject: "A notice waits for your approval",
            heading: "A notice waits for your approval",
            lines: &["An association wants to publish a notice. It is published once your authority has approved it."],
            button: "Look at the notice",
            after: &[],
        },
        Template::ApprovalNews => Words {
            subject: "News about the approval of a notice",
            heading: "News about the approval of a notice",
            lines: &[
                "A notice of yours is with the authority to be approved, was approved, or was sent back. Its page says which.",
            ],
            button: "See where it stands",
            after: &[],
        },
        Template::OriginalChanged => Words {
            subject: "The original of a notice has changed",
            heading: "The original of a notice has changed",
            lines: &["An authority has revised or withdrawn a notice that your association adapted."],
            button: "Look at your notice",
            after: &["Your notice stays as it is until you change or withdraw it."],
        },
        Template::ListOffered => Words {
            subject: "A list is offered to your company",
            heading: "A list is offered to your company",
            lines: &[
                "An association offers your company a list of its own for screening names. It is searched only if your \
                 company accepts it.",
            ],
            button: "See what is offered",
            after: &["Nothing happens if nobody answers."],
        },
        Template::ListEnded => Words {
            subject: "A list is shared with you no longer",
            heading: "A list is shared with you no longer",
            lines: &["An association has ended what it shared with your company. The list is not searched any more."],
            button: "See which one",
            after: &["Checks that were made with it stay in your records."],
        },
        Template::ReviewsDue => Words {
            subject: "Customers are due for review",
            heading: "Customers are due for review",
            lines: &[
                "Customers about whom you decided are due for review, or will be in a few weeks or days. How many: {detail}. \
                 Which they are, and why, stands on the page.",
            ],
            button: "See which they are",
            after: &[],
        },
        Template::DecisionWaiting => Words {
            subject: "A decision waits for a second person",
            heading: "A decision waits for a second person",
            lines: &[
                "A colleague has decided something that a second person has to agree to. What it is stands on the page.",
            ],
            button: "See what waits",
            after: &["Anybody in your company who may decide can agree, except who decided it."],
        },
        Template::DecisionAnswered => Words {
            subject: "A colleague has answered your decision",
            heading: "A colleague has answered your decision",
            lines: &["A decision of yours needed a second person. A colleague has now agreed to it or turned it down."],
            button: "See the answer",
            after: &[],
        },
        Template::DailyDigest => Words {
            subject: "What is new for you today",
            heading: "What is new for you",
            lines: &["This stands in your inbox since the last mail and you have not read it yet."],
            button: "Open your inbox",
            after: &["Which news you get, how and when, you choose in your inbox under “How you are told”."],
        },
        Template::WeeklyDigest => Words {
            subject: "What is new for you this week",
            heading: "What is new for you this week",
            lines: &["This stands in your inbox since the last mail and you have not read it yet."],
            button: "Open your inbox",
            after: &["Which news you get, how and when, you choose in your inbox under “How you are told”."],
        },
        Template::AlertPublished => Words {
            subject: "An alert was published",
            heading: "An alert was published for you",
            lines: &["An alert was published that concerns people who work as you do."],
            button: "Read the alert",
            after: &[],
        },
        Template::NoticePublished => Words {
            subject: "A notice was published",
            heading: "A notice was published for you",
            lines: &["A notice was published that concerns people who work as you do."],
            button: "Read the notice",
            after: &[],
        },
        Template::AlertWithdrawn => Words {
            subject: "An alert was withdrawn",
            heading: "An alert was withdrawn",
            lines: &["An alert of which you were told is withdrawn. Do not rely on it any more. Its page says why."],
            button: "Read why",
            after: &[],
        },
        Template::NoticeWithdrawn => Words {
            subject: "A notice was withdrawn",
            heading: "A notice was withdrawn",
            lines: &["A notice of which you were told is withdrawn. Do not rely on it any more. Its page says why."],
            button: "Read why",
            after: &[],
        },
        Template::NoticeReminder => Words {
            subject: "A notice waits for you",
            heading: "A notice waits for your acknowledgement",
            lines: &["A notice that was published for you asks you to say that you have taken note of it."],
            button: "Read the notice",
            after: &[],
        },
        Template::ImportEnded => Words {
            subject: "An import has ended",
            heading: "An import has ended",
            lines: &["A file that you imported has been worked through. What came of it stands on the page."],
            button: "See what came of it",
            after: &[],
        },
        Template::ConfirmReader => Words {
            subject: "Confirm your e-mail address",
            heading: "Confirm your e-mail address",
            lines: &[
                "Somebody, probably you, wants to be told at this address what is published for people who work as you do. \
                 Nothing is sent before you confirm it.",
            ],
            button: "Confirm the address",
            after: &[
                "The link works once, within three days.",
                "If you did not ask for this, ignore this mail. Nothing more comes.",
            ],
        },
        Template::ReaderNotice => Words {
            subject: "You already have an account",
            heading: "You already have an account",
            lines: &[
                "Somebody, probably you, wants to be told at this address what is published. The address has an account \
                 already: sign in, and choose in your inbox under “How you are told” what you get.",
            ],
            button: "Sign in",
            after: &["If you did not ask for this, ignore this mail. Nothing was changed."],
        },
        Template::ConfirmAddress => Words {
            subject: "Confirm your e-mail address",
            heading: "Confirm your e-mail address",
            lines: &["Confirm that mails to this address reach you. It is then the address of your account."],
            button: "Confirm the address",
            after: &["The link works once, within a day.", "If you did not ask for this, ignore this mail."],
        },
        Template::AddressChanged => Words {
            subject: "The e-mail address of your account was changed",
            heading: "The e-mail address of your account was changed",
            lines: &["From now on you sign in with your new address, and mails go there."],
            button: "Sign in",
            after: &["If this was not you, tell those who run this installation at once."],
        },
        Template::LearningDue => Words {
            subject: "Something to learn is due soon",
            heading: "Something to learn is due soon",
            lines: &["Your organisation has asked you to work through a learning module. Its day is near."],
            button: "See what is to be done",
            after: &["Most modules take less than half an hour. What you have read is kept."],
        },
        Template::CertificateEnded => Words {
            subject: "A certificate of yours has ended",
            heading: "A certificate of yours has ended",
            lines: &[
                "A certificate that you got for a learning module holds no longer. Pass the quiz again to renew it.",
            ],
            button: "See your certificates",
            after: &[],
        },
        Template::MembershipOffered => Words {
            subject: "An association invites your company",
            heading: "An association invites your company",
            lines: &[
                "An industry association asks whether your company is one of its members here. It is told nothing of your \
                 company unless somebody accepts.",
            ],
            button: "See the invitation",
            after: &["Nothing happens if nobody answers."],
        },
        Template::MembershipEnded => Words {
            subject: "A membership has ended",
            heading: "A membership has ended",
            lines: &["An association has ended the membership of your company here."],
            button: "See your associations",
            after: &[],
        },
        Template::MemberQuestion => Words {
            subject: "A member asks a question",
            heading: "A member asks a question",
            lines: &["A member of your association asks something. Who it is, nobody here can tell you."],
            button: "Read the question",
            after: &["An authority signs your answer before it is published."],
        },
        Template::AnswerToSign => Words {
            subject: "An answer waits for your signature",
            heading: "An answer waits for your signature",
            lines: &[
                "An association has drafted an answer to its members. It is published once your authority has signed it.",
            ],
            button: "Read the answer",
            after: &[],
        },
        Template::AnswerDecided => Words {
            subject: "The authority has decided about an answer",
            heading: "The authority has decided about an answer",
            lines: &["An answer that you drafted was signed and published, or was sent back with a reason."],
            button: "See the decision",
            after: &[],
        },
        Template::QuestionAnswered => Words {
            subject: "Your question was dealt with",
            heading: "Your question was dealt with",
            lines: &["A question that you asked was answered, or will not be. The page says which, and why."],
            button: "See what was said",
            after: &["Nobody but you and your company can see that it was you who asked."],
        },
        Template::ConsultationOpened => Words {
            subject: "Your opinion on a draft is asked",
            heading: "Your opinion on a draft is asked",
            lines: &[
                "A draft was put before your company. You can read it and say what you think until the day on the page.",
            ],
            button: "Read the draft",
            after: &["Your company's name is shown only if you agree to that."],
        },
        Template::ConsultationClosed => Words {
            subject: "A consultation has ended",
            heading: "A consultation has ended",
            lines: &["A consultation in which your company was asked was closed with a response."],
            button: "Read the response",
            after: &[],
        },
        Template::DraftEnds => Words {
            subject: "A draft will be deleted soon",
            heading: "A draft will be deleted soon",
            lines: &[
                "Nobody has changed one of your drafts for a while. It is deleted on {detail}, unless somebody goes on with \
                 it before.",
            ],
            button: "Open the draft",
            after: &["If it is not needed any more, there is nothing to do."],
        },
    }
}
