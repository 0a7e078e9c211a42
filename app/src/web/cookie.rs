//! The cookies Forerunner sets, whole `Set-Cookie` values. All are `__Host-`: this host only, whole path, secure.
//!
//! `SameSite=Lax`, not `Strict`: with `Strict` everybody who follows a link from a mail looks signed out. Unsafe requests
//! are guarded by the origin check in front of the router.

use crate::components::Theme;

/// Name of the sign-in's cookie.
pub const SESSION: &str = "__Host-session";
/// Name of the cookie that marks a browser in which somebody has signed in before.
pub const DEVICE: &str = "__Host-device";
/// Name of the appearance cookie.
pub const THEME: &str = "__Host-theme";
/// Name of the cookie for tall or low rows in tables.
pub const DENSITY: &str = "__Host-density";
/// Name of the cookie that finds what was typed into a public form.
pub const STASH: &str = "__Host-stash";

/// Name of the cookie that finds a form that was sent after its sign-in had ended.
pub const KEPT: &str = "__Host-kept";

/// Finds a form that came too late again, for two hours (`services::stash::LIFE`).
#[must_use]
pub fn kept(token: &str) -> String {
    format!("{KEPT}={token}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=7200")
}

/// Signs in until the browser is closed or the server ends it.
#[must_use]
pub fn session(token: &str) -> String {
    format!("{SESSION}={token}; Path=/; Secure; HttpOnly; SameSite=Lax")
}

/// Signs out.
#[must_use]
pub fn end_session() -> String {
    format!("{SESSION}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0")
}

/// Name of the cookie of somebody who has entered the password and is asked for a code.
pub const STEP: &str = "__Host-step";

/// Finds the question for a code, as long as it can be answered (`services::factor::LIFE`).
#[must_use]
pub fn step(token: &str) -> String {
    format!("{STEP}={token}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=600")
}

/// Forgets the question for a code.
#[must_use]
pub fn end_step() -> String {
    format!("{STEP}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0")
}

/// Marks a browser that has signed in, for 180 days (`services::browser::LIFE`): guesses of strangers then do not
/// make its owner wait, and a sign-in from it is no news.
#[must_use]
pub fn device(mark: &str) -> String {
    format!("{DEVICE}={mark}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=15552000")
}

/// Keeps the appearance for a year.
#[must_use]
pub fn theme(theme: Theme) -> String {
    format!("{THEME}={}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=31536000", theme.name())
}

/// Keeps tall or low rows for a year.
#[must_use]
pub fn density(compact: bool) -> String {
    let name = if compact { "compact" } else { "comfortable" };
    format!("{DENSITY}={name}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=31536000")
}

/// Finds what was typed into a public form again, for an hour.
#[must_use]
pub fn stash(token: &str) -> String {
    format!("{STASH}={token}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=3600")
}

/// Name of the cookie that switches the keys of the desk off.
pub const KEYS: &str = "__Host-keys";

/// Keeps whether the keys of the desk are on, for a year.
#[must_use]
pub fn keys(on: bool) -> String {
    let value = if on { "on" } else { "off" };
    format!("{KEYS}={value}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=31536000")
}
