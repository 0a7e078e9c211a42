//! As much of HTTP as the drills need, on the standard library: one request per connection, forms, cookies.
//!
//! An answer counts only if it came whole. That is the point: a reference in a cut answer was shown to nobody.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

/// No answer takes this long, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    headers: Vec<(String, String)>,
    /// Body as text.
    pub body: String,
}

impl Answer {
    /// The first header of this name (in lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Where a redirect leads; empty if it is none.
    pub fn location(&self) -> &str {
        if self.status == 303 { self.header("location").unwrap_or_default() } else { "" }
    }
}

/// A browser without a window: remembers cookies, follows nothing by itself.
#[derive(Clone, Debug)]
pub struct Browser {
    port: u16,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    /// A browser for the server on this port of the loopback address.
    pub fn new(port: u16) -> Self {
        Self { port, cookies: BTreeMap::new() }
    }

    /// Opens a page.
    pub fn get(&mut self, path: &str) -> io::Result<Answer> {
        self.ask("GET", path, "", "")
    }

    /// Opens a page as a browser that reads these encodings.
    pub fn get_encoded(&mut self, path: &str, encodings: &str) -> io::Result<Answer> {
        self.ask("GET", path, &format!("Accept-Encoding: {encodings}\r\n"), "")
    }

    /// Sends a form.
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> io::Result<Answer> {
        let pairs = fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
        self.ask("POST", path, "", &pairs.collect::<Vec<_>>().join("&"))
    }

    fn ask(&mut self, method: &str, path: &str, more: &str, body: &str) -> io::Result<Answer> {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost:{port}\r\nOrigin: http://localhost:{port}\r\n\
             Sec-Fetch-Site: same-origin\r\nCookie: {cookies}\r\nConnection: close\r\n{more}\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{body}",
            port = self.port,
            cookies = cookies.join("; "),
            length = body.len(),
        );
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        stream.write_all(request.as_bytes())?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        let answer = parse(&bytes)?;
        self.remember(&answer);
        Ok(answer)
    }

    fn remember(&mut self, answer: &Answer) {
        for (_, line) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let pair = line.split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                self.cookies.insert(name.trim().to_owned(), value.trim().to_owned());
            }
        }
    }
}

/// Reads a whole answer; an error if something of it is missing.
pub(super) fn parse(bytes: &[u8]) -> io::Result<Answer> {
    let cut = || io::Error::from(ErrorKind::UnexpectedEof);
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").ok_or_else(cut)?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|code| code.parse().ok());
    let status = status.ok_or_else(|| io::Error::new(ErrorKind::InvalidData, "no status line"))?;
    let header = |line: &str| line.split_once(':').map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()));
    let headers: Vec<(String, String)> = lines.filter_map(header).collect();
    let body = &bytes[end + 4..];
    let mut answer = Answer { status, headers, body: String::new() };
    let length: usize = answer
        .header("content-length")
        .and_then(|length| length.parse().ok())
        .ok_or_else(|| io::Error::new(ErrorKind::InvalidData, "an answer without its length"))?;
    if body.len() < length {
        return Err(cut());
    }
    answer.body = String::from_utf8_lossy(body).into_owned();
    Ok(answer)
}

fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    const WHOLE: &str =
        "HTTP/1.1 303 See Other\r\nLocation: /en/x\r\nSet-Cookie: a=b; Path=/\r\nContent-Length: 2\r\n\r\nok";

    #[test]
    fn a_whole_answer_is_read() {
        let answer = parse(WHOLE.as_bytes()).unwrap();
        assert_eq!((answer.status, answer.location(), answer.body.as_str()), (303, "/en/x", "ok"));
        let mut browser = Browser::new(1);
        browser.remember(&answer);
        assert_eq!(browser.cookies["a"], "b");
    }

    #[test]
    fn a_cut_answer_counts_as_none() {
        for length in 0..WHOLE.len() {
            assert!(parse(&WHOLE.as_bytes()[..length]).is_err(), "{length} bytes");
        }
    }

    #[test]
    fn only_a_redirect_leads_somewhere() {
        let answer = parse(b"HTTP/1.1 200 OK\r\nLocation: /en/x\r\nContent-Length: 0\r\n\r\n").unwrap();
        assert_eq!(answer.location(), "");
    }

    #[test]
    fn form_fields_are_encoded() {
        assert_eq!(encoded("3 drums & 1\u{e9}"), "3%20drums%20%26%201%C3%A9");
    }
}
