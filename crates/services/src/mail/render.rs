//! From an outbox row to a mail: text and HTML in the project's look, both encoded in base 64.
//!
//! The encoding is a rule, not a taste: a part that is sent as it stands can end the mail early and smuggle commands into
//! the conversation with the server (RUSTSEC-2026-0561). In base 64 there is no line that means anything.

use std::time::{Duration, UNIX_EPOCH};

use domain::{answers::clean_line, ids::UserId, lang::Lang, notify::Channel};
use lettre::{
    Address, Message,
    message::{
        Body, Mailbox, MultiPart, SinglePart,
        header::{ContentTransferEncoding, ContentType, Header, HeaderName, HeaderValue},
    },
};
use store::{notify::digest::Line, outbox::Mail};

use super::{
    gathered::{self, Group},
    words::{self, Words},
};
use crate::{
    Context,
    notify::stop::{self, What},
    outbox::{self, Template},
    secret,
};

/// What a mail says, ready to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rendered {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// Tells other programs that nobody wrote this mail, so that none answers (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// Where somebody unsubscribes from what a mail belongs to (RFC 2369).
#[derive(Clone)]
struct ListUnsubscribe(String);

impl Header for ListUnsubscribe {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }

    fn parse(value: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(value.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        // An address of our own making, which no encoder may fold.
        HeaderValue::dangerous_new_pre_encoded(Self::name(), self.0.clone(), self.0.clone())
    }
}

/// Says that one press in the mail program is enough (RFC 8058).
#[derive(Clone)]
struct ListUnsubscribePost;

impl Header for ListUnsubscribePost {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "List-Unsubscribe=One-Click".to_owned())
    }
}

/// The mail of a row; with `lines`, if it is a digest.
///
/// # Errors
/// With a sentence for the operator, if it can never be sent: an unknown template, an address that is none.
pub(super) fn message(ctx: &Context, mail: &Mail, lines: &[Line], from: &Mailbox) -> Result<Message, String> {
    let rendered = rendered(ctx, mail, lines)?;
    if mail.recipient.contains(['\r', '\n', '\0']) {
        return Err("the recipient's address holds a line break".to_owned());
    }
    let to: Address = mail.recipient.parse().map_err(|_| "the recipient's address is none".to_owned())?;
    let created = Duration::from_micros(u64::try_from(mail.created_at).unwrap_or_default());
    let host = ctx.config.base_url.split("://").last().unwrap_or_default();
    let host = host.split([':', '/']).next().filter(|host| !host.is_empty()).unwrap_or("localhost");
    let parts = MultiPart::alternative()
        .boundary(format!("part-{}", mail.id.simple()))
        .singlepart(part(ContentType::TEXT_PLAIN, rendered.text)?)
        .singlepart(part(ContentType::TEXT_HTML, rendered.html)?);
    let template = outbox::Template::from_name(&mail.template);
    let from = match template.filter(|template| template.speaks_for_company()) {
        Some(_) => Mailbox::new(Some(detail(mail)), from.email.clone()),
        None => from.clone(),
    };
    let mut builder = Message::builder();
    if let Some(link) = stop_link(ctx, mail) {
        builder = builder.header(ListUnsubscribe(format!("<{link}>"))).header(ListUnsubscribePost);
    }
    builder
        .from(from)
        .to(Mailbox::new(None, to))
        .subject(rendered.subject)
        .date(UNIX_EPOCH + created)
        .message_id(Some(format!("<{}@{host}>", mail.id)))
        .header(AutoSubmitted)
        .multipart(parts)
        .map_err(|error| error.to_string())
}

fn part(kind: ContentType, text: String) -> Result<SinglePart, String> {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n");
    let body = Body::new_with_encoding(lines, ContentTransferEncoding::Base64)
        .map_err(|_| "the text cannot be encoded".to_owned())?;
    Ok(SinglePart::builder().header(kind).body(body))
}

/// Name of the file that a mail becomes: by time, then what it is.
pub(super) fn file_name(mail: &Mail) -> String {
    let at = jiff::Timestamp::from_microsecond(mail.created_at).unwrap_or_default();
    let template: String = mail.template.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    format!("{}-{template}-{}.eml", at.strftime("%Y%m%dT%H%M%S%.6f"), mail.id.simple())
}

/// Where the recipient unsubscribes from the topic, or the digest, that a mail belongs to; none if it is a letter, or of a
/// topic that cannot be switched off.
fn stop_link(ctx: &Context, mail: &Mail) -> Option<String> {
    let template = Template::from_name(&mail.template)?;
    let what = match template {
        Template::DailyDigest => What::Digest(Channel::Daily),
        Template::WeeklyDigest => What::Digest(Channel::Weekly),
        other => What::Topic(other.topic().filter(|topic| !topic.is_fixed())?),
    };
    let lang = Lang::from_tag(&mail.lang).unwrap_or_default();
    let token = stop::token(ctx, UserId(mail.person_id?), what);
    Some(format!("{}/{}/unsubscribe/{token}", ctx.config.base_url, lang.tag()))
}

/// What a row says.
pub(super) fn rendered(ctx: &Context, mail: &Mail, lines: &[Line]) -> Result<Rendered, String> {
    let template = Template::from_name(&mail.template).ok_or("there is no such mail")?;
    let lang = Lang::from_tag(&mail.lang).unwrap_or_default();
    let words = words::words(template, lang);
    let link = mail.link.replace(outbox::TOKEN, &secret::mail_token(ctx, mail.id));
    let link: String = link.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let detail = detail(mail);
    let footer = words::footer(template, lang).replace("{detail}", &detail);
    let brand = if template.speaks_for_company() { detail.as_str() } else { "Forerunner" };
    let stop = stop_link(ctx, mail);
    let groups = gathered::groups(lines, &ctx.config.base_url, lang);
    let parts = Parts {
        words,
        lang,
        brand,
        footer: &footer,
        link: &link,
        detail: &detail,
        groups: &groups,
        stop: stop.as_deref(),
    };
    Ok(Rendered { subject: parts.words.subject.to_owned(), text: text(&parts), html: html(&parts) })
}

/// What a mail is put together from.
struct Parts<'a> {
    words: Words,
    lang: Lang,
    brand: &'a str,
    footer: &'a str,
    link: &'a str,
    detail: &'a str,
    /// The lines of a digest.
    groups: &'a [Group],
    /// Where to unsubscribe.
    stop: Option<&'a str>,
}

fn detail(mail: &Mail) -> String {
    clean_line(&mail.detail).chars().take(200).collect()
}

fn text(parts: &Parts<'_>) -> String {
    let words = &parts.words;
    let fill = |line: &str| line.replace("{detail}", parts.detail);
    let rule = "=".repeat(words.heading.chars().count());
    let mut paragraphs = vec![format!("{}\n{rule}", words.heading)];
    paragraphs.extend(words.lines.iter().map(|line| fill(line)));
    paragraphs.extend(parts.groups.iter().map(Group::text));
    paragraphs.push(format!("{}:\n{}", words.button, parts.link));
    paragraphs.extend(words.after.iter().map(|line| fill(line)));
    paragraphs.push(format!("-- \n{}", parts.footer));
    paragraphs.extend(parts.stop.map(|stop| format!("{}\n{stop}", words::stop_line(parts.lang))));
    paragraphs.join("\n\n") + "\n"
}

const PAPER: &str = "#fbf9f4";
const SHEET: &str = "#fffefd";
const INK: &str = "#13242e";
const MUTED: &str = "#485b65";
const PETROL: &str = "#005b68";
const RULE: &str = "#b9c2c4";
const SERIF: &str = "Charter,'Bitstream Charter','Sitka Text',Cambria,Georgia,serif";
const SANS: &str = "Seravek,'Gill Sans Nova',Ubuntu,Calibri,'DejaVu Sans',sans-serif";
const MONO: &str = "ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace";

/// A label with a double rule, like the pages' headers. Mail programs know tables and inline styles only.
fn html(parts: &Parts<'_>) -> String {
    let (words, lang) = (&parts.words, parts.lang);
    let paragraph = |line: &&str, colour: &str| {
        let line = escape(&line.replace("{detail}", parts.detail));
        format!("<p style=\"margin:0 0 16px;color:{colour}\">{line}</p>\n")
    };
    let lines: String = words.lines.iter().map(|line| paragraph(line, INK)).collect();
    let groups: String = parts.groups.iter().map(|group| group.html(INK, PETROL)).collect();
    let after: String = words.after.iter().map(|line| paragraph(line, MUTED)).collect();
    let (tag, dir) = (lang.tag(), lang.dir());
    let (subject, heading, button) = (escape(words.subject), escape(words.heading), escape(words.button));
    let (href, copy) = (escape(parts.link), escape(words::link_line(lang)));
    let mut footer = escape(parts.footer);
    if let Some(stop) = parts.stop {
        let (href, said) = (escape(stop), escape(words::stop_line(lang)));
        footer = format!("{footer}<br><a href=\"{href}\" style=\"color:{PETROL}\">{said}</a>");
    }
    let brand = escape(parts.brand);
    format!(
        r#"<!DOCTYPE html>
<html lang="{tag}" dir="{dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light">
<title>{subject}</title>
</head>
<body style="margin:0;padding:0;background:{PAPER}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:{PAPER}">
<tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px;background:{SHEET};border:1px solid {RULE};border-radius:2px">
<tr><td style="padding:20px 28px 12px;border-bottom:4px double {INK};font-family:{MONO};font-size:13px;color:{MUTED}">{brand}</td></tr>
<tr><td style="padding:24px 28px 12px;font-family:{SANS};font-size:17px;line-height:1.5;color:{INK}">
<h1 style="margin:0 0 16px;font-family:{SERIF};font-size:24px;line-height:1.2;font-weight:600;color:{INK}">{heading}</h1>
{lines}{groups}<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 24px"><tr><td style="background:{PETROL};border-radius:2px"><a href="{href}" style="display:inline-block;padding:12px 24px;font-family:{SANS};font-size:17px;color:#ffffff;text-decoration:none">{button}</a></td></tr></table>
{after}<p style="margin:0 0 4px;font-size:14px;color:{MUTED}">{copy}</p>
<p style="margin:0 0 16px;font-family:{MONO};font-size:13px;word-break:break-all"><a href="{href}" style="color:{PETROL}">{href}</a></p>
</td></tr>
<tr><td style="padding:12px 28px 20px;border-top:1px solid {RULE};font-family:{SANS};font-size:14px;line-height:1.5;color:{MUTED}">{footer}</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
"#
    )
}

/// Text for HTML, in text and in quoted attributes.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
