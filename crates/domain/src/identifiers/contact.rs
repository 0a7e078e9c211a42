//! E-mail addresses, telephone numbers and web domains: their shape, and one way of writing each so that two can be compared.

use crate::country::Country;
use crate::fold::ascii_digits;

/// Why a text is no e-mail address or no telephone number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContactError {
    /// No `@`, or more than one.
    #[error("an e-mail address has one @, as in name@example.com")]
    At,
    /// What stands before the `@` cannot stand there.
    #[error("the part before the @ has signs or spaces that cannot stand there")]
    Name,
    /// What stands after the `@` is no domain.
    #[error("the part after the @ is not a domain such as example.com")]
    Domain,
    /// Longer than mail allows.
    #[error("this e-mail address is too long")]
    TooLong,
    /// Too few or too many digits, or letters in it.
    #[error("a telephone number has 6 to 15 digits, such as +43 1 234567")]
    Phone,
    /// A national number without a country to read it in.
    #[error("begin with + and the code of the country, such as +43 1 234567")]
    PhoneCountry,
}

/// Reads an e-mail address: the part before the `@` as typed, the domain in small letters.
///
/// # Errors
/// A [`ContactError`] that says what is wrong.
pub fn email(text: &str) -> Result<String, ContactError> {
    let text = text.trim();
    if text.len() > 254 {
        return Err(ContactError::TooLong);
    }
    let (name, domain) = text.rsplit_once('@').ok_or(ContactError::At)?;
    if name.contains('@') {
        return Err(ContactError::At);
    }
    let allowed = |letter: char| letter.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(letter);
    if name.is_empty()
        || name.len() > 64
        || !name.chars().all(allowed)
        || name.starts_with('.')
        || name.ends_with('.')
        || name.contains("..")
    {
        return Err(ContactError::Name);
    }
    let domain = domain.to_lowercase();
    if is_domain(&domain) { Ok(format!("{name}@{domain}")) } else { Err(ContactError::Domain) }
}

/// Whether `text`, in small letters, is a domain with at least two labels.
fn is_domain(text: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = text.rsplit('.').next().unwrap_or_default();
    text.len() <= 253
        && text.contains('.')
        && text.split('.').all(label)
        && last.chars().count() >= 2
        && !last.chars().all(|letter| letter.is_ascii_digit())
}

/// The domain in an address of the web, an e-mail address or a bare domain: in small letters, without `www.`.
#[must_use]
pub fn domain_of(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let rest = text.split_once("://").map_or(text.as_str(), |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?;
    let host = host.split(':').next()?.trim_end_matches('.');
    let host = host.strip_prefix("www.").unwrap_or(host);
    is_domain(host).then(|| host.to_owned())
}

/// Providers that give anybody an address without asking who they are.
const FREE_MAIL: [&str; 68] = [
    "126.com",
    "139.com",
    "163.com",
    "aim.com",
    "aol.com",
    "bigpond.com",
    "bluewin.ch",
    "comcast.net",
    "daum.net",
    "duck.com",
    "email.com",
    "fastmail.com",
    "free.fr",
    "freenet.de",
    "gmail.com",
    "gmx.at",
    "gmx.ch",
    "gmx.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "guerrillamail.com",
    "hanmail.net",
    "hey.com",
    "hotmail.co.uk",
    "hotmail.com",
    "hotmail.de",
    "hotmail.es",
    "hotmail.fr",
    "hotmail.it",
    "hushmail.com",
    "icloud.com",
    "inbox.lv",
    "inbox.ru",
    "interia.pl",
    "laposte.net",
    "libero.it",
    "list.ru",
    "live.com",
    "mac.com",
    "mail.com",
    "mail.ru",
    "mailbox.org",
    "mailinator.com",
    "me.com",
    "msn.com",
    "naver.com",
    "o2.pl",
    "orange.fr",
    "outlook.com",
    "pm.me",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "rambler.ru",
    "rediffmail.com",
    "seznam.cz",
    "sina.com",
    "t-online.de",
    "tutanota.com",
    "uol.com.br",
    "web.de",
    "wp.pl",
    "yahoo.co.uk",
    "yahoo.com",
    "yandex.com",
    "yandex.ru",
    "zoho.com",
];

/// Whether addresses of this domain are given to anybody; also the national forms of the large providers (`yahoo.fr`).
#[must_use]
pub fn is_free_mail(domain: &str) -> bool {
    let domain = domain.trim().to_lowercase();
    let national = ["yahoo.", "hotmail.", "outlook.", "live."].iter().any(|start| {
        domain
            .strip_prefix(start)
            .is_some_and(|end| end.split('.').count() <= 2 && end.split('.').all(|part| (2..=3).contains(&part.len())))
    });
    national || FREE_MAIL.contains(&domain.as_str())
}

/// Countries in which the leading 0 belongs to the number and stays when it is dialled from abroad.
const KEEPS_ZERO: [&str; 3] = ["IT", "SM", "VA"];

/// A telephone number as `+` and digits (E.164). A national number is read in `country`.
///
/// # Errors
/// A [`ContactError`] that says what is wrong.
pub fn phone(text: &str, country: Option<Country>) -> Result<String, ContactError> {
    let plain = ascii_digits(text);
    let plain = plain.trim().trim_start_matches("tel:").trim();
    // `+43 (0)1 234567`: the bracketed 0 is for dialling inside the country.
    let plain = plain.replace("(0)", "");
    let separator = |letter: char| letter.is_whitespace() || "-./()\u{2010}\u{2011}\u{2013}\u{A0}".contains(letter);
    let number: String = plain.chars().filter(|letter| !separator(*letter)).collect();
    let (international, digits) = match (number.strip_prefix('+'), number.strip_prefix("00")) {
        (Some(digits), _) | (None, Some(digits)) => (true, digits),
        (None, None) => (false, number.as_str()),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(ContactError::Phone);
    }
    let full = if international {
        digits.to_owned()
    } else {
        let country = country.ok_or(ContactError::PhoneCountry)?;
        let code = country.calling_code().ok_or(ContactError::PhoneCountry)?;
        let national =
            if KEEPS_ZERO.contains(&country.code()) { digits } else { digits.strip_prefix('0').unwrap_or(digits) };
        // Numbers of North America are dialled with a 1 that is also their country code.
        let national =
            if code == 1 && national.len() == 11 { national.strip_prefix('1').unwrap_or(national) } else { national };
        format!("{code}{national}")
    };
    if (7..=15).contains(&full.len()) && !full.starts_with('0') {
        Ok(format!("+{full}"))
    } else {
        Err(ContactError::Phone)
    }
}
