//! What a handler answers, and how a page becomes HTML.

use std::sync::Arc;

use futures::{Stream, StreamExt as _, stream::BoxStream};
use hydration_context::SsrSharedContext;
use leptos::{nonce::Nonce, prelude::*};
use services::Refusal;

use super::{Req, shell};

/// What every handler returns.
pub type Outcome = Result<Reply, Refusal>;

/// A page before it is rendered.
pub struct Page {
    /// Unique within the service; `Error: …` is put before it by [`Page::errors`].
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// Whether the page holds islands, so that WebAssembly is loaded.
    pub islands: bool,
    /// Neutral title for prints and downloads, where the page's own would tell too much.
    pub print_title: Option<String>,
    /// For somebody who knows nothing of this service: the name that stands on top instead of its own ([`Page::plain`]).
    pub plain: Option<String>,
    /// What the page is about, in a sentence or two, for search engines and previews of links: pages for everybody only.
    pub about: Option<String>,
    /// The same for machines, as JSON-LD.
    pub data: Option<serde_json::Value>,
    /// Cookies to set, whole header values.
    pub cookies: Vec<String>,
    body: Box<dyn FnOnce() -> AnyView + Send>,
}

impl std::fmt::Debug for Page {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Page").field("title", &self.title).field("status", &self.status).finish_non_exhaustive()
    }
}

impl Page {
    /// A page with a title and a body. The body is rendered later, inside a reactive owner.
    pub fn new<V>(title: impl Into<String>, body: impl FnOnce() -> V + Send + 'static) -> Self
    where
        V: IntoView + Send + 'static,
    {
        Self {
            title: title.into(),
            status: 200,
            islands: false,
            print_title: None,
            plain: None,
            about: None,
            data: None,
            cookies: Vec::new(),
            body: Box::new(move || body().into_any()),
        }
    }

    /// Loads the islands of this page.
    #[must_use]
    pub const fn with_islands(mut self) -> Self {
        self.islands = true;
        self
    }

    /// Marks the title when the page shows problems.
    #[must_use]
    pub fn errors(mut self, any: bool) -> Self {
        if any {
            self.title = format!("Error: {}", self.title);
        }
        self
    }

    /// Sets the status.
    #[must_use]
    pub const fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// Adds a cookie (a whole `Set-Cookie` value).
    #[must_use]
    pub fn cookie(mut self, cookie: String) -> Self {
        self.cookies.push(cookie);
        self
    }

    /// Says what a page for everybody is about; only such pages are found by search engines and have previews.
    #[must_use]
    pub fn about(mut self, about: impl Into<String>) -> Self {
        self.about = Some(about.into());
        self
    }

    /// The same for machines: an object of schema.org, without its context.
    #[must_use]
    pub fn data(mut self, data: serde_json::Value) -> Self {
        self.data = Some(data);
        self
    }

    /// Takes away whatever names this service or leads into it: header, footer, rooms. No search engine keeps the page.
    #[must_use]
    pub fn plain(mut self, on_top: impl Into<String>) -> Self {
        self.plain = Some(on_top.into());
        self
    }

    /// Renders the page with everything around it.
    #[must_use]
    pub fn render(self, req: &Req) -> String {
        let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
        let html = owner.with(|| {
            provide_context(req.lang);
            provide_context(Nonce::from_value(Arc::clone(&req.nonce)));
            let frame = shell::Frame {
                title: self.title,
                islands: self.islands,
                print_title: self.print_title,
                plain: self.plain,
                about: self.about.filter(|_| self.status == 200),
                data: self.data,
            };
            shell::document(req, frame, (self.body)()).to_html()
        });
        owner.unset_with_forced_cleanup();
        html
    }
}

/// A body that is made while it leaves.
pub struct Pieces(pub BoxStream<'static, std::io::Result<Vec<u8>>>);

impl std::fmt::Debug for Pieces {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pieces")
    }
}

/// What a handler answers.
#[derive(Debug)]
pub enum Reply {
    /// A page.
    Page(Box<Page>),
    /// "Go there and look": 303, with cookies to set.
    Redirect {
        /// Path on this installation.
        to: String,
        /// Whole `Set-Cookie` values.
        cookies: Vec<String>,
        /// Whether the browser is to forget everything of this site (sign-out).
        clear_site_data: bool,
    },
    /// JSON for an island; `public` ones may be cached.
    Json {
        /// The body.
        body: String,
        /// Whether it is the same for everybody and may be cached for a day.
        public: bool,
    },
    /// A fragment of a page for an island.
    Fragment(String),
    /// A download under a neutral name.
    File {
        /// Name that the browser offers.
        name: String,
        /// Media type.
        media_type: &'static str,
        /// Content.
        body: Vec<u8>,
    },
    /// A file that somebody added, handed out piece by piece and never shown by the browser.
    Stored(Box<services::evidence::Download>),
    /// A download that is made while it leaves.
    Made {
        /// Name that the browser offers.
        name: String,
        /// Media type.
        media_type: &'static str,
        /// Its bytes, piece by piece; an error breaks the download off.
        pieces: Pieces,
    },
    /// Plain text.
    Text(String),
    /// For programs that come again: a feed, a calendar.
    Feed {
        /// Media type.
        media_type: &'static str,
        /// Content.
        body: String,
        /// Whether it is the same for everybody and may be kept on the way.
        public: bool,
    },
    /// What happens from now on (`text/event-stream`), for as long as the page is open.
    Events(Events),
}

/// Messages of a stream, each whole with its empty line at the end.
pub struct Events(pub BoxStream<'static, String>);

impl Events {
    /// A stream of messages.
    pub fn new(messages: impl Stream<Item = String> + Send + 'static) -> Self {
        Self(messages.boxed())
    }
}

impl std::fmt::Debug for Events {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Events").finish_non_exhaustive()
    }
}

impl From<Page> for Reply {
    fn from(page: Page) -> Self {
        Self::Page(Box::new(page))
    }
}

impl From<Page> for Outcome {
    fn from(page: Page) -> Self {
        Ok(page.into())
    }
}

impl Reply {
    /// "Go there and look."
    #[must_use]
    pub fn to(path: impl Into<String>) -> Self {
        Self::Redirect { to: path.into(), cookies: Vec::new(), clear_site_data: false }
    }

    /// The same, setting a cookie.
    #[must_use]
    pub fn to_with(path: impl Into<String>, cookie: String) -> Self {
        Self::Redirect { to: path.into(), cookies: vec![cookie], clear_site_data: false }
    }

    /// JSON.
    ///
    /// # Errors
    /// [`Refusal::Fault`] if the value cannot be written.
    pub fn json(value: &impl serde::Serialize, public: bool) -> Outcome {
        let body = serde_json::to_string(value).map_err(|error| Refusal::Fault(error.to_string()))?;
        Ok(Self::Json { body, public })
    }

    /// Renders a view alone, for an island that puts it into a page.
    pub fn fragment<V: IntoView + 'static>(req: &Req, view: impl FnOnce() -> V) -> Self {
        let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
        let html = owner.with(|| {
            provide_context(req.lang);
            view().into_view().to_html()
        });
        owner.unset_with_forced_cleanup();
        Self::Fragment(html)
    }
}
