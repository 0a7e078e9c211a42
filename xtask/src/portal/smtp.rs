//! A mail server for drills: keeps what it is given, and can be as unreliable as real ones.
//!
//! As much of SMTP as a sender needs, on the standard library. Its moods: it answers nobody, it fails at half of what it
//! is given in one of the ways that servers fail, or it works.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU8, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::Result;

/// What is for somebody here is refused for good.
pub const REFUSED: &str = "reader@";

/// How the server behaves.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Mood {
    /// Closes every connection at once.
    Down,
    /// Fails at every second mail: refuses it temporarily before or after it was handed over, or takes it and says nothing.
    Flapping,
    /// Works.
    Well,
}

/// A mail that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The recipient.
    pub to: String,
    /// Its Message-ID.
    pub id: String,
    /// The mail as it came.
    pub text: String,
}

/// The server. It ends with the program.
#[derive(Clone)]
pub struct MailServer {
    port: u16,
    mood: Arc<AtomicU8>,
    given: Arc<AtomicU32>,
    talks: Arc<AtomicU32>,
    taken: Arc<Mutex<Vec<Taken>>>,
}

impl MailServer {
    /// Starts it on a free port, down.
    pub fn start() -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let server = Self {
            port: listener.local_addr()?.port(),
            mood: Arc::new(AtomicU8::new(Mood::Down as u8)),
            given: Arc::default(),
            talks: Arc::default(),
            taken: Arc::default(),
        };
        let serving = server.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let serving = serving.clone();
                // A connection that breaks is the sender's business: it will come again.
                thread::spawn(move || serving.talk(stream).ok());
            }
        });
        Ok(server)
    }

    /// Its address for `--smtp-url`.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}?tls=none", self.port)
    }

    /// Behaves like this from now on.
    pub fn be(&self, mood: Mood) {
        self.mood.store(mood as u8, Ordering::Relaxed);
    }

    /// Everything it has taken.
    pub fn taken(&self) -> Vec<Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How many mails it has taken.
    pub fn count(&self) -> usize {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// How many connections there were.
    pub fn connections(&self) -> u32 {
        self.talks.load(Ordering::Relaxed)
    }

    fn is(&self, mood: Mood) -> bool {
        self.mood.load(Ordering::Relaxed) == mood as u8
    }

    /// How the next mail fails, if it does: each way in its turn.
    fn failure(&self) -> Option<Failure> {
        let number = self.given.fetch_add(1, Ordering::Relaxed);
        let ways = [Failure::Recipient, Failure::Data, Failure::Silence];
        let way = ways[(number / 2) as usize % ways.len()];
        (self.is(Mood::Flapping) && number.is_multiple_of(2)).then_some(way)
    }

    fn talk(&self, stream: TcpStream) -> std::io::Result<()> {
        self.talks.fetch_add(1, Ordering::Relaxed);
        if self.is(Mood::Down) {
            return Ok(());
        }
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        let mut out = stream.try_clone()?;
        let mut lines = BufReader::new(stream).lines();
        let (mut to, mut failure) = (String::new(), None);
        write!(out, "220 drill\r\n")?;
        while let Some(line) = lines.next().transpose()? {
            let word = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            match word.as_str() {
                "EHLO" => write!(out, "250-drill\r\n250 8BITMIME\r\n")?,
                "MAIL" => {
                    failure = self.failure();
                    write!(out, "250 ok\r\n")?;
                }
                "RCPT" if failure == Some(Failure::Recipient) => write!(out, "451 come back later\r\n")?,
                "RCPT" => {
                    to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                    let answer = if to.starts_with(REFUSED) { "550 nobody of that name" } else { "250 ok" };
                    write!(out, "{answer}\r\n")?;
                }
                "DATA" => {
                    write!(out, "354 go on\r\n")?;
                    let text = body(&mut lines)?;
                    if failure == Some(Failure::Data) {
                        write!(out, "452 come back later\r\n")?;
                        continue;
                    }
                    self.take(&to, text);
                    if failure == Some(Failure::Silence) {
                        return Ok(());
                    }
                    write!(out, "250 taken\r\n")?;
                }
                "QUIT" => return write!(out, "221 bye\r\n"),
                _ => write!(out, "250 ok\r\n")?,
            }
        }
        Ok(())
    }

    fn take(&self, to: &str, text: String) {
        let id = text.lines().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap_or_default().trim().to_owned();
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.push(Taken { to: to.to_owned(), id, text });
    }
}

/// The ways in which servers fail.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Failure {
    /// Refuses the recipient temporarily.
    Recipient,
    /// Refuses the mail temporarily, after it was handed over.
    Data,
    /// Takes the mail and breaks off before it says so.
    Silence,
}

/// A mail's lines up to the single full stop.
fn body(lines: &mut impl Iterator<Item = std::io::Result<String>>) -> std::io::Result<String> {
    let mut text = String::new();
    for line in lines {
        let line = line?;
        if line == "." {
            return Ok(text);
        }
        text.push_str(line.strip_prefix('.').unwrap_or(&line));
        text.push('\n');
    }
    Err(std::io::ErrorKind::UnexpectedEof.into())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    /// Hands a mail over; what the server said to each step, and whether it broke off.
    fn hand_over(server: &MailServer, to: &str) -> Vec<String> {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, server.port)).unwrap();
        let mut out = stream.try_clone().unwrap();
        let mut said = BufReader::new(stream).lines();
        let rcpt = format!("RCPT TO:<{to}>");
        let steps = ["", "MAIL FROM:<a@b.example>", &rcpt, "DATA", "Message-ID: <1@x>\r\n\r\n..one\r\n."];
        let mut codes = Vec::new();
        for step in steps {
            if !step.is_empty() && write!(out, "{step}\r\n").is_err() {
                break;
            }
            let Some(Ok(line)) = said.next() else { break };
            codes.push(line[..3].to_owned());
            if codes.last().is_some_and(|code| code.starts_with(['4', '5'])) {
                break;
            }
        }
        codes
    }

    #[test]
    fn it_behaves_as_it_is_told() {
        let server = MailServer::start().unwrap();
        assert!(hand_over(&server, "desk@x.example").is_empty(), "down");
        server.be(Mood::Well);
        assert_eq!(hand_over(&server, "desk@x.example"), ["220", "250", "250", "354", "250"]);
        assert_eq!(hand_over(&server, "reader@x.example"), ["220", "250", "550"]);
        let taken = server.taken();
        assert_eq!((taken[0].to.as_str(), taken[0].id.as_str()), ("desk@x.example", "<1@x>"));
        assert!(taken[0].text.ends_with("\n.one\n"), "{}", taken[0].text);
    }

    #[test]
    fn a_flapping_server_fails_in_every_way_and_takes_every_second_mail() {
        let server = MailServer::start().unwrap();
        server.be(Mood::Flapping);
        let said: Vec<Vec<String>> = (0..6).map(|_| hand_over(&server, "desk@x.example")).collect();
        let ends: Vec<&str> = said.iter().map(|codes| codes.last().unwrap().as_str()).collect();
        assert_eq!(ends, ["451", "250", "452", "250", "354", "250"]);
        assert_eq!(server.taken().len(), 4, "the one it was silent about is among them");
    }
}
