//! Looking after the mail: what was given up, with another try, and what waits. Recipients are shortened.

use domain::time::Timestamp;
use leptos::prelude::*;
use services::outbox::{self, BrokenAddress, DeadMail, Overview, Template, WaitingMail};

use crate::{
    components::*,
    format,
    text::{
        fill,
        system::{Texts, texts},
    },
    web::{Outcome, Page, Reply, Req, paths::with_query},
};

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let mail = outbox::overview(req.ctx(), &req.principal).await?;
    let t = texts(req.lang);
    let title = format!("{} – {}", t.mail_title, req.workspace()?.org_name);
    let (base, resent) = (req.here("/mail"), req.query.get("done") == "again");
    Page::new(title, move || whole(t, &base, mail, resent)).into()
}

fn whole(t: &'static Texts, base: &str, mail: Overview, resent: bool) -> impl IntoView + use<> {
    let files = mail.to_files;
    let banner = if resent {
        Some(view! { <Banner tone=Tone::Ok title=t.mail_resent/> }.into_any())
    } else {
        files.then(|| {
            let body = view! { <p>{t.file_mail}</p> };
            view! { <Banner tone=Tone::Warn title=t.file_mail_title body=body.into_any()/> }.into_any()
        })
    };
    let bounced = bounced(t, mail.bounced, mail.broken);
    let (dead, waiting) = (dead(t, base, mail.dead), waiting(t, mail.queue));
    view! {
        <DeskPage>
            {banner}
            <PageTitle title=t.mail_title lead=t.mail_lead/>
            <Panel title=t.mail_given_up>{dead}</Panel>
            <Panel title=t.mail_waits>{waiting}</Panel>
            <Panel title=t.mail_bounced>{bounced}</Panel>
            <p class="muted">{t.mail_masked}</p>
        </DeskPage>
    }
}

fn dead(t: &'static Texts, base: &str, mails: Vec<DeadMail>) -> AnyView {
    if mails.is_empty() {
        return view! { <p class="muted">{t.mail_given_up_none}</p> }.into_any();
    }
    let mut columns =
        [t.mail_kind, t.mail_to, t.mail_queued, t.mail_gave_up, t.mail_tries, t.mail_error].map(Column::new).to_vec();
    columns.push(Column::unlabelled(t.mail_acts));
    let rows = mails.into_iter().map(|mail| dead_row(t, base, mail)).collect_view();
    view! { <DataTable id="dead" caption=t.mail_given_up caption_hidden=true columns>{rows}</DataTable> }.into_any()
}

fn dead_row(t: &'static Texts, base: &str, mail: DeadMail) -> impl IntoView + use<> {
    let to = masked(&mail.recipient);
    let about = fill(t.mail_resend_about, &[("to", &to)]);
    let action = format!("{base}/{}/again", mail.id);
    view! {
        <tr>
            <th scope="row">{kind_of(t, mail.template)}</th>
            <td><bdi dir="ltr">{to}</bdi></td>
            <td>{moment(mail.queued)}</td>
            <td>{moment(mail.given_up)}</td>
            <td class="num">{mail.attempts.to_string()}</td>
            <td><bdi>{mail.error}</bdi></td>
            <td><PostButton action label=t.mail_resend about kind=ButtonKind::Secondary/></td>
        </tr>
    }
}

fn waiting(t: &'static Texts, mails: Vec<WaitingMail>) -> AnyView {
    if mails.is_empty() {
        return view! { <p class="muted">{t.mail_waits_none}</p> }.into_any();
    }
    let columns =
        [t.mail_kind, t.mail_to, t.mail_queued, t.mail_next, t.mail_tries, t.mail_error].map(Column::new).to_vec();
    let rows = mails.into_iter().map(|mail| waiting_row(t, mail)).collect_view();
    view! { <DataTable id="waiting" caption=t.mail_waits caption_hidden=true columns>{rows}</DataTable> }.into_any()
}

fn waiting_row(t: &'static Texts, mail: WaitingMail) -> impl IntoView + use<> {
    let error = if mail.error.is_empty() { t.mail_no_error.to_owned() } else { mail.error };
    view! {
        <tr>
            <th scope="row">{kind_of(t, mail.template)}</th>
            <td><bdi dir="ltr">{masked(&mail.recipient)}</bdi></td>
            <td>{moment(mail.queued)}</td>
            <td>{moment(mail.next)}</td>
            <td class="num">{mail.attempts.to_string()}</td>
            <td><bdi>{error}</bdi></td>
        </tr>
    }
}

/// Addresses that take no mail any more.
fn bounced(t: &'static Texts, bounced: i64, addresses: Vec<BrokenAddress>) -> AnyView {
    let counts = [("bounced", bounced.to_string()), ("broken", addresses.len().to_string())];
    let lead = fill(t.mail_bounced_lead, &counts.each_ref().map(|(name, count)| (*name, count.as_str())));
    if addresses.is_empty() {
        return view! { <p>{lead}</p><p class="muted">{t.mail_bounced_none}</p> }.into_any();
    }
    let columns = [t.mail_to, t.mail_bounced_since, t.mail_bounced_said].map(Column::new).to_vec();
    let row = |address: BrokenAddress| {
        view! {
            <tr>
                <th scope="row"><bdi dir="ltr">{masked(&address.email)}</bdi></th>
                <td>{moment(address.since)}</td>
                <td><bdi>{address.said}</bdi></td>
            </tr>
        }
    };
    let rows = addresses.into_iter().map(row).collect_view();
    view! {
        <p>{lead}</p>
        <DataTable id="bounced" caption=t.mail_bounced caption_hidden=true columns>{rows}</DataTable>
    }
    .into_any()
}

fn moment(at: Timestamp) -> impl IntoView {
    view! { <Moment text=format::moment(at, "UTC") datetime=format::machine(at)/> }
}

/// First letter and domain: enough to see which server makes trouble.
fn masked(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((name, domain)) => format!("{}…@{domain}", name.chars().take(1).collect::<String>()),
        None => "…".to_owned(),
    }
}

const fn kind_of(t: &'static Texts, template: Option<Template>) -> &'static str {
    let Some(template) = template else { return t.template_unknown };
    match template {
        Template::ConfirmEmail => t.template_confirm_email,
        Template::ApplicationWaiting => t.template_application_waiting,
        Template::ApplicationApproved => t.template_application_approved,
        Template::ApplicationRefused => t.template_application_refused,
        Template::CompanySuspended => t.template_company_suspended,
        Template::OrganisationSuspended => t.template_organisation_suspended,
        Template::OrganisationReinstated => t.template_organisation_reinstated,
        Template::Invitation => t.template_invitation,
        Template::ResetPassword => t.template_reset_password,
        Template::PasswordChanged => t.template_password_changed,
        Template::NewBrowser => t.template_new_browser,
        Template::FactorSet => t.template_factor_set,
        Template::FactorRemoved => t.template_factor_removed,
        Template::FactorReset => t.template_factor_reset,
        Template::RescueProposed => t.template_rescue_proposed,
        Template::RescueAsked => t.template_rescue_asked,
        Template::Rescued => t.template_rescued,
        Template::RecoveryUsed => t.template_recovery_used,
        Template::AccountNotice => t.template_account_notice,
        Template::NewReport => t.template_new_report,
        Template::QuestionAsked => t.template_question_asked,
        Template::AnswerGiven => t.template_answer_given,
        Template::MessageWaiting => t.template_message_waiting,
        Template::Outcome => t.template_outcome,
        Template::BreakGlassAsked => t.template_break_glass_asked,
        Template::BreakGlassOpened => t.template_break_glass_opened,
        Template::BreakGlassDecided => t.template_break_glass_decided,
        Template::WorkHandedOver => t.template_work_handed_over,
        Template::ConfirmReport => t.template_confirm_report,
        Template::DeadlineNear => t.template_deadline_near,
        Template::DeadlineMissed => t.template_deadline_missed,
        Template::ReportAmended => t.template_report_amended,
        Template::ReferenceDataWaiting => t.template_refdata_waiting,
        Template::ReferenceDataDecided => t.template_refdata_decided,
        Template::UrgentReport => t.template_urgent_report,
        Template::DraftHandedOver => t.template_draft_handed_over,
        Template::DraftEnds => t.template_draft_ends,
        Template::DocumentsEnd => t.template_documents_end,
        Template::HitsFound => t.template_hits_found,
        Template::DeclarationAsked => t.template_declaration_asked,
        Template::DeclarationSigned => t.template_declaration_signed,
        Template::LicenceAsked => t.template_licence_asked,
        Template::LicenceAnswered => t.template_licence_answered,
        Template::AdviceAsked => t.template_advice_asked,
        Template::AdviceNews => t.template_advice_news,
        Template::AdviceQuestion => t.template_advice_question,
        Template::AdviceGiven => t.template_advice_given,
        Template::AdviceNear => t.template_advice_near,
        Template::AdviceMissed => t.template_advice_missed,
        Template::NoticeWaiting => t.template_notice_waiting,
        Template::NoticeDecided => t.template_notice_decided,
        Template::NoticeToApprove => t.template_notice_to_approve,
        Template::ApprovalNews => t.template_approval_news,
        Template::OriginalChanged => t.template_original_changed,
        Template::ListOffered => t.template_list_offered,
        Template::ListEnded => t.template_list_ended,
        Template::ReviewsDue => t.template_reviews_due,
        Template::DecisionWaiting => t.template_decision_waiting,
        Template::DecisionAnswered => t.template_decision_answered,
        Template::DailyDigest => t.template_daily_digest,
        Template::WeeklyDigest => t.template_weekly_digest,
        Template::AlertPublished => t.template_alert_published,
        Template::NoticePublished => t.template_notice_published,
        Template::AlertWithdrawn => t.template_alert_withdrawn,
        Template::NoticeWithdrawn => t.template_notice_withdrawn,
        Template::NoticeReminder => t.template_notice_reminder,
        Template::ImportEnded => t.template_import_ended,
        Template::ConfirmReader => t.template_confirm_reader,
        Template::ReaderNotice => t.template_reader_notice,
        Template::ConfirmAddress => t.template_confirm_address,
        Template::AddressChanged => t.template_address_changed,
        Template::LearningDue => t.template_learning_due,
        Template::CertificateEnded => t.template_certificate_ended,
        Template::MembershipOffered => t.template_membership_offered,
        Template::MembershipEnded => t.template_membership_ended,
        Template::MemberQuestion => t.template_member_question,
        Template::AnswerToSign => t.template_answer_to_sign,
        Template::AnswerDecided => t.template_answer_decided,
        Template::QuestionAnswered => t.template_question_answered,
        Template::ConsultationOpened => t.template_consultation_opened,
        Template::ConsultationClosed => t.template_consultation_closed,
    }
}

/// Gives a mail another series of tries.
pub(super) async fn again(req: Req) -> Outcome {
    let mail = req.parsed("mail")?;
    outbox::revive(req.ctx(), &req.principal, mail).await?;
    Ok(Reply::to(with_query(&req.here("/mail"), "done", "again")))
}

#[cfg(test)]
mod tests {
    use domain::lang::Lang;

    use super::*;
    use crate::pages::account::shown;

    #[test]
    fn recipients_are_shortened() {
        for (address, shown) in [
            ("robin@ministry.example", "r…@ministry.example"),
            ("\u{e9}a@b.example", "\u{e9}…@b.example"),
            ("@b.example", "…@b.example"),
            ("nonsense", "…"),
        ] {
            assert_eq!(masked(address), shown);
        }
    }

    #[test]
    fn waiting_mails_are_listed_without_whole_addresses() {
        let waiting = WaitingMail {
            template: Some(Template::Invitation),
            recipient: "robin@ministry.example".into(),
            error: "<450> try later".into(),
            attempts: 3,
            queued: Timestamp(0),
            next: Timestamp(60_000_000),
        };
        let mail = Overview {
            route: None,
            to_files: false,
            waiting: 1,
            queue: vec![waiting],
            trouble: None,
            sent: 0,
            dead: Vec::new(),
            bounced: 0,
            broken: Vec::new(),
        };
        let html = shown(move || whole(texts(Lang::En), "/en/s/x/mail", mail, false));
        assert!(html.contains("r…@ministry.example") && !html.contains("robin@"), "{html}");
        assert!(html.contains("&lt;450&gt; try later"), "{html}");
    }
}
