//! Numbers and addresses of the web, each in one way of writing.

use crate::{
    country::Country,
    fold,
    identifiers::{self, is_free_mail, normalise},
};

/// Sites on which strangers have their pages: there the whole address counts, never the domain.
const PLATFORMS: &[&str] = &[
    "aliexpress.com",
    "alibaba.com",
    "blogspot.com",
    "discord.com",
    "discord.gg",
    "ebay.com",
    "etsy.com",
    "facebook.com",
    "github.com",
    "github.io",
    "google.com",
    "indiamart.com",
    "instagram.com",
    "linkedin.com",
    "linktr.ee",
    "made-in-china.com",
    "ok.ru",
    "reddit.com",
    "sites.google.com",
    "t.me",
    "telegram.me",
    "tiktok.com",
    "tradeindia.com",
    "twitter.com",
    "vk.com",
    "wa.me",
    "whatsapp.com",
    "wixsite.com",
    "wordpress.com",
    "x.com",
    "youtube.com",
];

/// The domains under which platforms stand in many countries: `ebay.de`, `amazon.co.uk`.
const NATIONAL: &[&str] = &["amazon.", "ebay.", "google.", "marktplaats.", "mercadolibre.", "olx."];

/// Every telephone number in a field, as key and as written. A field may hold several, with words behind each.
pub(super) fn phones(text: &str, country: Option<Country>) -> Vec<(String, String)> {
    let parts =
        text.split([';', ',', '\n', '|']).flat_map(|part| part.split(" / ")).flat_map(|part| part.split(" or "));
    parts.filter_map(|part| Some((phone(part, country)?, part.trim().to_owned()))).collect()
}

fn phone(text: &str, country: Option<Country>) -> Option<String> {
    let text = text.trim();
    let text = text.strip_prefix("tel:").unwrap_or(text);
    let start = text.find(|letter: char| letter == '+' || letter == '(' || letter.is_numeric())?;
    let text = &text[start..];
    let end = text.find(|letter: char| letter.is_alphabetic() || "#*:".contains(letter)).unwrap_or(text.len());
    let number = identifiers::phone(text[..end].trim_end_matches([' ', '-', '(', '.']), country).ok()?;
    // What is typed to fill the field: 000000, 111111.
    let mut digits: Vec<char> = number.chars().rev().take(6).collect();
    digits.sort_unstable();
    digits.dedup();
    (digits.len() > 1).then_some(number)
}

/// A mail address in small letters; `first.last+shop@gmail.com` and `firstlast@gmail.com` are one box.
pub(super) fn email(text: &str) -> Option<String> {
    let text = text.trim();
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let address = identifiers::email(text).ok()?.to_lowercase();
    let (name, domain) = address.rsplit_once('@')?;
    if !matches!(domain, "gmail.com" | "googlemail.com") {
        return Some(address);
    }
    let name = name.split('+').next().unwrap_or(name).replace('.', "");
    (!name.is_empty()).then(|| format!("{name}@gmail.com"))
}

/// The domain of an address, unless strangers share it.
pub(super) fn own_domain(text: &str) -> Option<String> {
    identifiers::domain_of(text).filter(|domain| !is_free_mail(domain) && !is_platform(domain))
}

/// The whole address of an account on a platform.
pub(super) fn account(text: &str) -> Option<String> {
    identifiers::domain_of(text).filter(|domain| is_platform(domain))?;
    link(text)
}

/// An address of the web with a path, without scheme, `www.` and what follows `?` or `#`.
pub(super) fn link(text: &str) -> Option<String> {
    let text = text.trim();
    if text.contains(char::is_whitespace) {
        return None;
    }
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let rest = rest.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let (host, path) = rest.split_once('/')?;
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host).to_owned();
    (host.contains('.') && !path.is_empty()).then(|| format!("{host}/{path}"))
}

fn is_platform(domain: &str) -> bool {
    let on = |site: &&&str| domain == **site || domain.strip_suffix(**site).is_some_and(|rest| rest.ends_with('.'));
    PLATFORMS.iter().any(|site| on(&site)) || NATIONAL.iter().any(|start| domain.starts_with(start))
}

/// A VAT number with the letters of its country.
pub(super) fn vat(text: &str, country: Option<Country>) -> Option<String> {
    let number = normalise(text);
    let number = ["MWST", "TVA", "IVA"].iter().find_map(|end| number.strip_suffix(end)).unwrap_or(&number);
    if !says_enough(number) {
        return None;
    }
    let lettered = number.chars().take(2).all(|letter| letter.is_ascii_alphabetic());
    let prefix = match country.map(Country::code) {
        Some("GR") => "EL",
        Some(code) => code,
        None => "",
    };
    // Spain's numbers begin with one letter of their own.
    Some(if lettered || number.starts_with(prefix) { number.to_owned() } else { format!("{prefix}{number}") })
}

/// A number in a register, with the country whose register it is.
pub(super) fn registration(text: &str, country: Option<Country>) -> Option<String> {
    let number = fold::squash(text).to_uppercase();
    let number =
        ["KVK", "SIREN", "SIRET", "FN", "KRS"].iter().find_map(|name| number.strip_prefix(name)).unwrap_or(&number);
    says_enough(number).then(|| format!("{}:{number}", country.map_or("", Country::code)))
}

/// An identity document: its kind and its number.
pub(super) fn document(kind: &str, text: &str) -> Option<String> {
    let number = fold::squash(text).to_uppercase();
    says_enough(&number).then(|| format!("{kind}:{number}"))
}

/// At least five signs of which four are digits that are not all the same.
fn says_enough(number: &str) -> bool {
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    number.chars().count() >= 5 && digits.len() >= 4 && digits.iter().any(|digit| *digit != digits[0])
}
