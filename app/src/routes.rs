//! The route table: every page, form and operation of Forerunner with the action it needs.
//!
//! The server builds its router from [`all`] and from nothing else, so a route without an action cannot exist. The
//! isolation test walks the same table as everybody.

use std::{fmt, future::Future, sync::Arc};

use domain::access::Action;
use futures::future::BoxFuture;

use crate::{
    pages,
    web::{Outcome, Req},
};

/// The two methods the product uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// Shows; changes nothing but read marks.
    Get,
    /// Does.
    Post,
}

type Handler = Arc<dyn Fn(Req) -> BoxFuture<'static, Outcome> + Send + Sync>;

/// One row.
#[derive(Clone)]
pub struct Route {
    /// Method.
    pub method: Method,
    /// Path pattern: `/{lang}/c/{org}/reports/{reference}`. `{org}` is the workspace's handle wherever the action asks for
    /// a role.
    pub path: &'static str,
    /// What it needs.
    pub action: Action,
    /// Whether a request prolongs the sign-in: not for what an island does by itself.
    pub is_activity: bool,
    /// Whether its form carries files: the handler then reads the body itself ([`crate::web::upload`]).
    pub takes_files: bool,
    /// Whether its handler learns nothing of who asks: no cookie, no sign-in, no network address, no name of a browser.
    pub is_anonymous: bool,
    /// What it does.
    pub handler: Handler,
}

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {} ({:?})", self.method, self.path, self.action)
    }
}

impl Route {
    /// The same row, not counted as the person's activity.
    #[must_use]
    pub const fn in_background(mut self) -> Self {
        self.is_activity = false;
        self
    }

    /// The same row, whose handler learns nothing of who asks.
    #[must_use]
    pub const fn anonymous(mut self) -> Self {
        self.is_anonymous = true;
        self
    }

    /// The same row with a form that carries files.
    #[must_use]
    pub const fn with_files(mut self) -> Self {
        self.takes_files = true;
        self
    }
}

fn row<F: Future<Output = Outcome> + Send + 'static>(
    method: Method,
    path: &'static str,
    action: Action,
    handler: fn(Req) -> F,
) -> Route {
    Route {
        method,
        path,
        action,
        is_activity: true,
        takes_files: false,
        is_anonymous: false,
        handler: Arc::new(move |req| Box::pin(handler(req))),
    }
}

/// A page.
pub fn get<F: Future<Output = Outcome> + Send + 'static>(
    path: &'static str,
    action: Action,
    handler: fn(Req) -> F,
) -> Route {
    row(Method::Get, path, action, handler)
}

/// A form's target.
pub fn post<F: Future<Output = Outcome> + Send + 'static>(
    path: &'static str,
    action: Action,
    handler: fn(Req) -> F,
) -> Route {
    row(Method::Post, path, action, handler)
}

/// The rows of a list that can be taken away: its address with the ending of each kind of file, all to one handler
/// ([`crate::web::files`]).
macro_rules! files {
    ($path:expr, $action:expr, $handler:expr) => {
        [
            $crate::routes::get(concat!($path, ".csv"), $action, $handler),
            $crate::routes::get(concat!($path, ".xlsx"), $action, $handler),
            $crate::routes::get(concat!($path, ".json"), $action, $handler),
        ]
    };
}

pub(crate) use files;

/// Every row of every area.
#[must_use]
pub fn all() -> Vec<Route> {
    pages::routes()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use domain::access::Need;

    use super::*;

    #[test]
    fn the_table_is_sound() {
        let mut seen = HashSet::new();
        for route in all() {
            assert!(route.path.starts_with("/{lang}"), "{route:?}");
            assert!(seen.insert((route.method, route.path)), "twice: {route:?}");
            let open = matches!(route.action.need(), Need::Nothing);
            assert!(open || !route.is_anonymous, "nobody can have a right of whom nothing is known: {route:?}");
            let in_workspace = route.path.contains("{org}");
            assert_eq!(
                matches!(route.action.need(), Need::Roles(_)),
                in_workspace,
                "a role is held in a workspace: {route:?}"
            );
        }
    }
}
