//! A small SMTP server on loopback for tests: real TCP, moods on demand, everything it was given kept.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

/// How the server behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Takes everything.
    Kind,
    /// Refuses recipients for good.
    Refusing,
    /// Asks for another sign-in.
    Unauthorised,
    /// Refuses recipients for now.
    Busy,
    /// Says nothing after the greeting.
    Silent,
    /// Hangs up right after the mail's last line, having kept it.
    DyingAfterData,
    /// Hangs up at once.
    DyingAtConnect,
}

/// A mail as it came over the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caught {
    /// The sender's line.
    pub from: String,
    /// The recipients' lines.
    pub to: Vec<String>,
    /// Headers and body, dots undone, lines ending in `\n`.
    pub data: String,
}

impl Caught {
    /// A header's value, unfolded.
    pub fn header(&self, name: &str) -> String {
        let head = self.data.split("\n\n").next().unwrap().replace("\n ", " ").replace("\n\t", " ");
        let start = format!("{}:", name.to_lowercase());
        let line = head.lines().find(|line| line.to_lowercase().starts_with(&start));
        line.map(|line| line[start.len()..].trim().to_owned()).unwrap_or_default()
    }
}

/// What server and test share.
#[derive(Debug)]
struct Shared {
    mood: Mood,
    caught: Vec<Caught>,
    /// Every command line, for proving that no text became one.
    commands: Vec<String>,
    /// Conversations going on, and the most there were at once.
    open: (usize, usize),
}

/// The server; it ends with the test's runtime.
#[derive(Clone, Debug)]
pub struct Sink {
    shared: Arc<Mutex<Shared>>,
    /// Where it listens.
    pub port: u16,
}

impl Sink {
    /// Starts listening.
    pub async fn start(mood: Mood) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Mutex::new(Shared { mood, caught: Vec::new(), commands: Vec::new(), open: (0, 0) }));
        let sink = Self { shared, port };
        let server = sink.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = server.clone();
                // A client that hangs up is no concern of the test.
                tokio::spawn(async move {
                    server.count(|now| now + 1);
                    server.converse(stream).await.ok();
                    server.count(|now| now - 1);
                });
            }
        });
        sink
    }

    /// Changes the mood for what comes.
    pub fn set(&self, mood: Mood) {
        self.shared.lock().unwrap().mood = mood;
    }

    /// Everything caught so far.
    pub fn caught(&self) -> Vec<Caught> {
        self.shared.lock().unwrap().caught.clone()
    }

    /// Every command line so far.
    pub fn commands(&self) -> Vec<String> {
        self.shared.lock().unwrap().commands.clone()
    }

    /// The most conversations that went on at once.
    pub fn most_at_once(&self) -> usize {
        self.shared.lock().unwrap().open.1
    }

    fn count(&self, change: impl FnOnce(usize) -> usize) {
        let open = &mut self.shared.lock().unwrap().open;
        open.0 = change(open.0);
        open.1 = open.1.max(open.0);
    }

    /// Its address, without encryption.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}?tls=none", self.port)
    }

    fn mood(&self) -> Mood {
        self.shared.lock().unwrap().mood
    }

    async fn converse(&self, stream: TcpStream) -> std::io::Result<()> {
        if self.mood() == Mood::DyingAtConnect {
            return Ok(());
        }
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read);
        write.write_all(b"220 sink.example ready\r\n").await?;
        let (mut from, mut to) = (String::new(), Vec::new());
        loop {
            let mut line = String::new();
            if lines.read_line(&mut line).await? == 0 {
                return Ok(());
            }
            let line = line.trim_end().to_owned();
            self.shared.lock().unwrap().commands.push(line.clone());
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
            let answer: &[u8] = match (verb.as_str(), self.mood()) {
                (_, Mood::Silent) => std::future::pending().await,
                ("EHLO", _) => b"250-sink.example\r\n250 8BITMIME\r\n",
                ("MAIL", Mood::Unauthorised) => b"530 5.7.0 sign in first\r\n",
                ("MAIL", _) => {
                    from = line;
                    to.clear();
                    b"250 go on\r\n"
                }
                ("RCPT", Mood::Refusing) => b"550 5.1.1 nobody here of that name\r\n",
                ("RCPT", Mood::Busy) => b"451 4.7.1 come back later\r\n",
                ("RCPT", _) => {
                    to.push(line);
                    b"250 go on\r\n"
                }
                ("DATA", _) => {
                    write.write_all(b"354 end with a dot\r\n").await?;
                    let data = read_data(&mut lines).await?;
                    let caught = Caught { from: from.clone(), to: to.clone(), data };
                    self.shared.lock().unwrap().caught.push(caught);
                    if self.mood() == Mood::DyingAfterData {
                        return Ok(());
                    }
                    b"250 taken\r\n"
                }
                ("QUIT", _) => {
                    write.write_all(b"221 bye\r\n").await?;
                    return Ok(());
                }
                _ => b"250 yes\r\n",
            };
            write.write_all(answer).await?;
        }
    }
}

/// The lines up to the lone dot. A bare LF ends a line here too: the most careless server there is.
async fn read_data(lines: &mut (impl tokio::io::AsyncBufRead + Unpin)) -> std::io::Result<String> {
    let mut data = String::new();
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line).await? == 0 {
            return Ok(data);
        }
        let line = line.trim_end_matches(['\r', '\n']);
        if line == "." {
            return Ok(data);
        }
        data.push_str(line.strip_prefix('.').unwrap_or(line));
        data.push('\n');
    }
}
