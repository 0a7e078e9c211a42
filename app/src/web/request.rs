//! What a handler is given: who asks, in which workspace, with which fields.

use std::{net::IpAddr, sync::Arc};

use domain::{
    access::{Membership, Person, Principal},
    lang::Lang,
    time::Timestamp,
};
use services::{Context, Refusal};

use super::upload::Upload;
use crate::{components::Theme, format::zone_of};

/// What all requests share.
#[derive(Clone, Debug)]
pub struct AppState {
    /// Database, clock, settings, catalogue.
    pub ctx: Context,
    /// Path under which this build's assets are served, without a trailing slash: `/assets/1f0c…`.
    pub assets: Arc<str>,
    /// Address of the installation's own duty telephone and contact, shown on the help page.
    pub contact: Arc<str>,
}

/// How much waits for a person's side in a workspace; none where there is no such room, or where nothing was counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Requests for advice.
    pub advice: Option<u64>,
    /// Requests about licences.
    pub licences: Option<u64>,
    /// Questions of members that an association has to answer, or answers that an authority has to sign.
    pub questions: Option<u64>,
    /// Notices of associations that an authority has to approve.
    pub notices: Option<u64>,
}

/// Named values of a query or a form, in order, names repeated where several were chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// Reads `application/x-www-form-urlencoded`; what is not UTF-8 is replaced, never refused.
    #[must_use]
    pub fn parse(encoded: &[u8]) -> Self {
        let pairs = form_urlencoded::parse(encoded);
        Self(pairs.map(|(name, value)| (without_nul(&name), without_nul(&value))).collect())
    }

    /// The first value, or the empty text.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Every value of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether a name was sent at all (a pressed button, a ticked box).
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }
}

/// A text from outside as any database can be asked for it: PostgreSQL refuses NUL, which nobody types.
#[must_use]
pub fn without_nul(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// One request, with everything looked up that every page needs.
#[derive(Clone, Debug)]
pub struct Req {
    /// Shared state.
    pub app: AppState,
    /// Language of the address.
    pub lang: Lang,
    /// Who asks.
    pub principal: Principal,
    /// The sign-in's token, where there is one: for ending or rotating it.
    pub session_token: Option<String>,
    /// When the sign-in ends unless the person goes on working.
    pub session_expires: Option<Timestamp>,
    /// When it ends at the latest.
    pub session_ends: Option<Timestamp>,
    /// Whether the person has to set up a second factor before anything else.
    pub must_enrol: bool,
    /// How many lines of the person's inbox are unread; counted up to 100.
    pub unread: u64,
    /// Whether mails to the person's address come back.
    pub unreachable: bool,
    /// The organisation of the address (`/c/{org}/…`), after the right to be there was checked.
    pub workspace: Option<Membership>,
    /// What waits for the person's side in this workspace, for its navigation.
    pub waiting: Waiting,
    /// Path parameters by name.
    pub params: Vec<(String, String)>,
    /// Query of the address.
    pub query: Fields,
    /// Fields of the posted form; empty for GET and for forms with files.
    pub form: Fields,
    /// The body of a form with files, until the handler reads it.
    pub upload: Upload,
    /// Path of the address, without the query.
    pub path: String,
    /// Appearance.
    pub theme: Theme,
    /// Name and value of every cookie.
    pub cookies: Vec<(String, String)>,
    /// Network address of the asker, behind the configured proxies.
    pub address: IpAddr,
    /// Browser's own description, shortened; shown in the list of sign-ins.
    pub agent: String,
    /// The page's nonce for the one inline script that starts islands.
    pub nonce: Arc<str>,
    /// Whether an island asks and wants JSON instead of a redirect.
    pub wants_json: bool,
}

impl Req {
    /// The use cases' context.
    #[must_use]
    pub const fn ctx(&self) -> &Context {
        &self.app.ctx
    }

    /// A path parameter; empty if the route has none of that name.
    #[must_use]
    pub fn param(&self, name: &str) -> &str {
        self.params.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// A path parameter as a checked value.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] if it does not parse: such a page does not exist.
    pub fn parsed<T: std::str::FromStr>(&self, name: &str) -> Result<T, Refusal> {
        self.param(name).parse().map_err(|_| Refusal::NotFound)
    }

    /// The workspace that the route guarantees.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] on a route without one.
    pub fn workspace(&self) -> Result<&Membership, Refusal> {
        self.workspace.as_ref().ok_or(Refusal::NotFound)
    }

    /// Whether an object of this organisation may be shown under this address.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] in every other workspace.
    pub fn in_workspace(&self, org: domain::ids::OrgId) -> Result<(), Refusal> {
        if self.workspace()?.org == org { Ok(()) } else { Err(Refusal::NotFound) }
    }

    /// The time zone of the workspace, else of the first organisation that the person belongs to; UTC where there is none.
    #[must_use]
    pub fn zone(&self) -> &'static str {
        let place = self.workspace.as_ref().or_else(|| self.principal.memberships.first());
        place.map_or("UTC", |place| zone_of(&place.country))
    }

    /// The version of something that a form builds on. A form without one builds on nothing that there ever was.
    #[must_use]
    pub fn posted_version(&self) -> i64 {
        self.form.get("version").parse().unwrap_or(-1)
    }

    /// The version that the address asks for; an address without one, or with nonsense, means the newest.
    #[must_use]
    pub fn asked_version(&self) -> Option<i64> {
        self.query.get("version").parse().ok()
    }

    /// The person who has signed in.
    ///
    /// # Errors
    /// [`Refusal::NotSignedIn`] for nobody.
    pub fn person(&self) -> Result<&Person, Refusal> {
        self.principal.person.as_ref().ok_or(Refusal::NotSignedIn)
    }

    /// A cookie's value.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// An address in the language of the page: `req.to("/substances")`.
    #[must_use]
    pub fn to(&self, path: &str) -> String {
        format!("/{}{path}", self.lang.tag())
    }

    /// An address in the workspace: `req.here("/reports")` → `/en/c/7k3m9qtd/reports`. The start page without one.
    #[must_use]
    pub fn here(&self, path: &str) -> String {
        self.workspace.as_ref().map_or_else(|| self.to("/"), |member| workspace_path(self.lang, member, path))
    }
}

/// An address in somebody's workspace.
#[must_use]
pub fn workspace_path(lang: Lang, member: &Membership, path: &str) -> String {
    format!("/{}/{}/{}{path}", lang.tag(), member.kind.workspace(), member.handle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_read_whatever_they_hold() {
        let fields = Fields::parse(b"a=1&b=x+y&a=%C3%A9&bad=%FF&empty=&flag&nul%00=1%00");
        assert_eq!(fields.get("a"), "1");
        assert_eq!(fields.all("a").collect::<Vec<_>>(), ["1", "é"]);
        assert_eq!(fields.get("b"), "x y");
        assert_eq!((fields.get("bad"), fields.get("nul\u{fffd}")), ("\u{fffd}", "1\u{fffd}"));
        assert!(fields.has("flag") && fields.has("empty") && !fields.has("absent"));
    }
}
