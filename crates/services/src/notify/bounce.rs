//! Mails that come back: refused by a server while they are handed over, or returned later with a notice (RFC 3464).
//!
//! A notice counts if it names a mail that this installation sent: its Message-ID is a number that only the recipient and the
//! servers between know. Whom the mail was for is taken from the mail, never from the notice. After [`BOUNCES`] of them an
//! address gets no news any more, until its owner confirms or changes it ([`crate::address`]).

use domain::{
    answers::clean_line,
    notify::{BOUNCE_DAYS, BOUNCES},
    time::Timestamp,
};
use store::{
    Tx,
    notify::bounce as rows,
    outbox::{self, Mail},
};
use uuid::Uuid;

use crate::{Context, Result};

/// A notice is read up to this size; what follows is the mail that came back.
pub const MOST_BYTES: usize = 1024 * 1024;

/// Notes that a mail came back for good.
///
/// # Errors
/// If the store fails.
pub(crate) async fn note(ctx: &Context, tx: &mut Tx, mail: &Mail, said: &str) -> Result<()> {
    let (now, said) = (ctx.now(), clean_line(said).chars().take(300).collect::<String>());
    if !rows::note(tx, mail.id, &mail.recipient, now, &said).await? {
        return Ok(());
    }
    let since = now.plus(-BOUNCE_DAYS * Timestamp::DAY);
    if rows::count(tx, &mail.recipient, since).await? >= BOUNCES {
        rows::set_broken(tx, &mail.recipient, now).await?;
    }
    Ok(())
}

/// What became of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Returned {
    /// It tells of one of our mails, which came back for good.
    Noted,
    /// It tells of a delay, or of a mail that arrived.
    Harmless,
    /// It is no notice about one of our mails.
    Foreign,
}

/// Takes a message that came to the sender's address: notes the mail that it returns.
///
/// # Errors
/// If the store fails.
pub async fn returned(ctx: &Context, message: &[u8]) -> Result<Returned> {
    let message = String::from_utf8_lossy(&message[..message.len().min(MOST_BYTES)]);
    let Some(notice) = Notice::read(&message) else { return Ok(Returned::Foreign) };
    if !notice.is_for_good {
        return Ok(Returned::Harmless);
    }
    let mut tx = ctx.db.begin().await?;
    let Some(mail) = outbox::one(&mut tx, notice.mail).await? else { return Ok(Returned::Foreign) };
    note(ctx, &mut tx, &mail, &notice.said).await?;
    tx.commit().await?;
    Ok(Returned::Noted)
}

/// Whether a server's refusal for good is about the mailbox: its enhanced status (RFC 3463) says so, or, without one, its code.
pub(crate) fn names_recipient(code: &str, text: &str) -> bool {
    match enhanced(text) {
        // Addresses and mailboxes; a full mailbox (5.2.2) is none that is gone.
        Some((5, subject, detail)) => subject == 1 || subject == 2 && detail <= 1,
        Some(_) => false,
        None => matches!(code, "550" | "551" | "553"),
    }
}

/// The first `x.y.z` of a text.
fn enhanced(text: &str) -> Option<(u16, u16, u16)> {
    text.split(|c: char| !(c.is_ascii_digit() || c == '.')).find_map(|word| {
        let mut parts = word.split('.').map(|part| part.parse().ok());
        let found = (parts.next()??, parts.next()??, parts.next()??);
        (parts.next().is_none() && matches!(found.0, 2 | 4 | 5)).then_some(found)
    })
}

/// What a delivery status notice says of the first recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Notice {
    /// The mail that it is about.
    mail: Uuid,
    /// Whether it will never arrive.
    is_for_good: bool,
    /// What the other server said.
    said: String,
}

impl Notice {
    fn read(message: &str) -> Option<Self> {
        let unfolded = message.replace("\r\n", "\n").replace("\n ", " ").replace("\n\t", " ");
        if !unfolded.to_ascii_lowercase().contains("message/delivery-status") {
            return None;
        }
        let field = |name: &str| -> Vec<&str> {
            let lines = unfolded.lines().filter_map(|line| line.split_once(':'));
            lines.filter(|(known, _)| known.trim().eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).collect()
        };
        let is_failed = field("Action").first()?.eq_ignore_ascii_case("failed");
        let status = *field("Status").first()?;
        let is_for_good = is_failed && matches!(enhanced(status), Some((5, ..)));
        // The notice has a Message-ID of its own; the mail's is that which reads as one of ours, and the last.
        let mail = field("Message-ID").into_iter().filter_map(of_message_id).next_back()?;
        let said = field("Diagnostic-Code").first().map_or(status, |said| *said).to_owned();
        Some(Self { mail, is_for_good, said })
    }
}

/// The mail whose Message-ID this is, if it has the form of ours.
fn of_message_id(text: &str) -> Option<Uuid> {
    let (id, _) = text.trim().strip_prefix('<')?.split_once('@')?;
    Uuid::parse_str(id).ok().filter(|parsed| parsed.hyphenated().to_string() == id.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_about_the_mailbox_counts() {
        for (code, text, counts) in [
            ("550", "permanent error (550): 5.1.1 nobody here of that name", true),
            ("550", "permanent error (550): 5.2.1 mailbox disabled", true),
            ("552", "permanent error (552): 5.2.2 mailbox full", false),
            ("550", "permanent error (550): 5.7.1 your address is on a list 10.0.0.1", false),
            ("550", "permanent error (550): no such user", true),
            ("554", "permanent error (554): transaction failed", false),
            ("550", "permanent error (550): see http://mail.example/1.2.3.4", true),
        ] {
            assert_eq!(names_recipient(code, text), counts, "{text}");
        }
    }

    const NOTICE: &str = "From: MAILER-DAEMON@mx.example\r\nMessage-ID: <20261123.1@mx.example>\r\nContent-Type: \
        multipart/report; report-type=delivery-status;\r\n boundary=\"b\"\r\n\r\n--b\r\nContent-Type: \
        text/plain\r\n\r\nSorry.\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; \
        mx.example\r\n\r\nFinal-Recipient: rfc822; dana@rijnchem.example\r\nAction: failed\r\nStatus: \
        5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1\r\n no such user\r\n\r\n--b\r\nContent-Type: \
        text/rfc822-headers\r\n\r\nFrom: no-reply@forerunner.example\r\nMessage-ID: \
        <01930000-0000-7000-8000-000000000001@forerunner.example>\r\n\r\n--b--\r\n";

    #[test]
    fn a_notice_names_the_mail_that_came_back() {
        let notice = Notice::read(NOTICE).unwrap_or_else(|| panic!("a notice"));
        assert_eq!(notice.mail, Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_0001));
        assert!(notice.is_for_good);
        assert_eq!(notice.said, "smtp; 550 5.1.1 no such user");
        for delayed in [NOTICE.replace("failed", "delayed"), NOTICE.replace("Status: 5.1.1", "Status: 4.4.1")] {
            assert_eq!(Notice::read(&delayed).map(|notice| notice.is_for_good), Some(false));
        }
        assert_eq!(Notice::read(&NOTICE.replace("01930000-", "")), None);
        assert_eq!(Notice::read("Subject: hello\r\n\r\nI am away."), None);
        assert_eq!(Notice::read(""), None);
    }
}
