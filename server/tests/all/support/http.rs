//! Asking the router and keeping what it answers.

use axum::{Router, body::Body};
use http::{HeaderMap, Method, Request, header};
use tower::ServiceExt as _;

use super::{cast::Player, unpacked};

/// A request in the making.
#[derive(Clone, Debug)]
pub struct Ask {
    method: Method,
    path: String,
    headers: Vec<(String, String)>,
    cookies: Vec<String>,
    body: Vec<u8>,
    typed: Vec<String>,
}

impl Ask {
    /// Opens an address.
    pub fn get(path: impl Into<String>) -> Self {
        Self::with_method(Method::GET, path)
    }

    /// Sends a form as a browser does from a page of this site.
    pub fn post(path: impl Into<String>) -> Self {
        Self::with_method(Method::POST, path)
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded")
    }

    /// Any method, nothing else.
    pub fn with_method(method: Method, path: impl Into<String>) -> Self {
        let (headers, cookies, body, typed) = Default::default();
        Self { method, path: path.into(), headers, cookies, body, typed }
    }

    /// One more header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Without a header that was set.
    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self
    }

    /// As somebody who has signed in.
    pub fn by(self, player: &Player) -> Self {
        self.cookie("__Host-session", &player.token)
    }

    /// As somebody, or as nobody.
    pub fn by_any(self, player: Option<&Player>) -> Self {
        match player {
            Some(player) => self.by(player),
            None => self,
        }
    }

    /// With a cookie.
    pub fn cookie(mut self, name: &str, value: &str) -> Self {
        self.cookies.push(format!("{name}={value}"));
        self
    }

    /// With fields.
    pub fn form<N: AsRef<str>, V: AsRef<str>>(mut self, fields: impl IntoIterator<Item = (N, V)>) -> Self {
        let mut body = form_urlencoded::Serializer::new(String::new());
        for (name, value) in fields {
            body.append_pair(name.as_ref(), value.as_ref());
            self.typed.push(value.as_ref().to_owned());
        }
        self.body(body.finish())
    }

    /// With files in place of fields, as a browser sends them.
    pub fn files(mut self, files: &[(&str, &[u8])]) -> Self {
        let mut body = Vec::new();
        for (name, bytes) in files {
            let head = format!("--B\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n");
            body.extend([head.as_bytes(), bytes, b"\r\n"].concat());
            self.typed.push((*name).to_owned());
        }
        body.extend(b"--B--\r\n");
        self.without("content-type").header("content-type", "multipart/form-data; boundary=B").body(body)
    }

    /// With a body as it is.
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Sends it.
    pub async fn to(self, router: &Router) -> Answer {
        let mut request = Request::builder().method(self.method.clone()).uri(&self.path);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        if !self.cookies.is_empty() {
            request = request.header(header::COOKIE, self.cookies.join("; "));
        }
        let request = request.body(Body::from(self.body)).unwrap();
        let Ok(response) = router.clone().oneshot(request).await;
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 64 * 1024 * 1024).await.unwrap();
        let kind = parts.headers.get(header::CONTENT_TYPE).map_or("", |kind| kind.to_str().unwrap());
        let text = unpacked::text(kind, &bytes).unwrap_or_else(|| panic!("{}: {kind} cannot be read", self.path));
        let asked = format!("{} {}", self.method, self.path);
        Answer { asked, typed: self.typed, status: parts.status.as_u16(), headers: parts.headers, body: text }
    }
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Method and path, for messages.
    pub asked: String,
    /// The values of the form that was sent.
    pub typed: Vec<String>,
    /// Status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: String,
}

impl Answer {
    /// The path that was asked for, without the query.
    pub fn path(&self) -> &str {
        let address = self.asked.split_once(' ').map_or("", |(_, address)| address);
        address.split('?').next().unwrap_or_default()
    }

    /// A header; empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Where it leads; empty if nowhere.
    pub fn location(&self) -> &str {
        self.header("location")
    }

    /// The path of where it leads, without query and fragment.
    pub fn leads_to(&self) -> &str {
        self.location().split(['?', '#']).next().unwrap_or_default()
    }

    /// The value of a cookie that it sets; `None` if it does not.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let values = self.headers.get_all(header::SET_COOKIE).into_iter();
        let mut pairs = values.filter_map(|value| value.to_str().ok()?.split(';').next()?.split_once('='));
        pairs.find(|(known, _)| *known == name).map(|(_, value)| value.to_owned())
    }

    /// The nonce of its policy.
    pub fn nonce(&self) -> &str {
        let policy = self.header("content-security-policy");
        policy.split_once("'nonce-").and_then(|(_, rest)| rest.split_once('\'')).map_or("", |(nonce, _)| nonce)
    }
}
