//! What mails look like, how settings are read, and that no text becomes a command.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::lang::Lang;
use uuid::Uuid;

use super::{
    sink::{Mood, Sink},
    *,
};
use crate::{outbox::Template, testing::World};

fn settings(url: Option<&str>) -> Settings {
    Settings {
        url: url.map(str::to_owned),
        password: None,
        ca_file: None,
        from: "Forerunner <no-reply@forerunner.example>".into(),
        folder: std::env::temp_dir(),
    }
}

fn mail(template: &str, detail: &str) -> Mail {
    Mail {
        id: Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_0001),
        template: template.into(),
        recipient: "dana@rijnchem.example".into(),
        lang: "en".into(),
        link: "https://forerunner.example/en/link/{token}".into(),
        detail: detail.into(),
        state: "waiting".into(),
        attempts: 1,
        next_at: 0,
        last_error: String::new(),
        created_at: crate::testing::NOW.0,
        since: crate::testing::NOW.0,
        done_at: None,
        person_id: None,
    }
}

#[tokio::test]
async fn every_mail_reads_well() {
    let world = World::empty().await;
    for template in Template::ALL {
        let rendered = render::rendered(&world, &mail(template.name(), "Rijn & Maas <Chemie>"), &[]).unwrap();
        let whole = format!("Subject: {}\n\n{}\n{}", rendered.subject, rendered.text, rendered.html);
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(template.name(), whole);
        });
    }
}

fn gathered(topic: &str, line: &str, path: &str, many: i64) -> store::notify::digest::Line {
    store::notify::digest::Line { topic: topic.into(), line: line.into(), path: path.into(), many }
}

#[tokio::test]
async fn a_digest_lists_what_is_new_by_topic() {
    let world = World::empty().await;
    let mut daily = mail("daily_digest", "");
    daily.link = "https://forerunner.example/en/me/inbox".into();
    daily.person_id = Some(Uuid::from_u128(9));
    let lines = [
        gathered("notices", "notice_published", "/notices/1", 1),
        gathered("messages", "message_waiting", "/c/acme/reports/FR-1", 3),
        gathered("messages", "answer_given", "/c/acme/reports/FR-2\r\nX: y", 1),
        gathered("messages", "a template of tomorrow", "/c/acme", 1),
        gathered("a topic of tomorrow", "outcome", "/c/acme", 1),
    ];
    let rendered = render::rendered(&world, &daily, &lines).unwrap();
    let whole = format!("Subject: {}\n\n{}\n{}", rendered.subject, rendered.text, rendered.html);
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("daily_digest_with_lines", whole);
    });
}

#[tokio::test]
async fn only_news_that_can_be_switched_off_says_how() {
    let world = World::empty().await;
    let from: Mailbox = "Forerunner <no-reply@forerunner.example>".parse().unwrap();
    let wire = |template: &str, person: Option<u128>| {
        let row = Mail { person_id: person.map(Uuid::from_u128), ..mail(template, "") };
        String::from_utf8(render::message(&world, &row, &[], &from).unwrap().formatted()).unwrap()
    };
    let news = wire("outcome", Some(9));
    let line = news.lines().find(|line| line.starts_with("List-Unsubscribe: ")).unwrap();
    assert!(
        line.starts_with("List-Unsubscribe: <https://forerunner.example/en/unsubscribe/") && line.ends_with('>'),
        "{line}"
    );
    assert!(news.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{news}");
    assert!(wire("weekly_digest", Some(9)).contains("List-Unsubscribe-Post"));
    for (template, person) in
        [("question_asked", Some(9)), ("password_changed", Some(9)), ("outcome", None), ("invitation", None)]
    {
        assert!(!wire(template, person).contains("List-Unsubscribe"), "{template}");
    }
}

#[tokio::test]
async fn no_mail_says_more_than_it_must() {
    let world = World::empty().await;
    for template in Template::ALL {
        let rendered = render::rendered(&world, &mail(template.name(), "Rijn Chemie"), &[]).unwrap();
        assert!(!rendered.subject.contains("Rijn"), "{template:?}: a subject names nobody");
        for text in [&rendered.text, &rendered.html] {
            assert!(!text.contains("{detail}") && !text.contains("{token}"), "{template:?}");
            assert!(text.contains("https://forerunner.example/en/link/"), "{template:?}");
        }
        assert!(!rendered.html.contains("<script") && !rendered.html.contains("<img"), "{template:?}");
    }
}

#[tokio::test]
async fn a_mail_is_encoded_throughout_and_known_again() {
    let world = World::empty().await;
    let from: Mailbox = "Forerunner <no-reply@forerunner.example>".parse().unwrap();
    let message = render::message(&world, &mail("invitation", "Żółw Ünïted"), &[], &from).unwrap();
    let wire = String::from_utf8(message.formatted()).unwrap();
    assert!(wire.is_ascii());
    assert_eq!(wire.matches("Content-Transfer-Encoding: base64").count(), 2, "{wire}");
    assert!(wire.contains("Message-ID: <01930000-0000-7000-8000-000000000001@forerunner.example>"), "{wire}");
    assert!(wire.contains("Date: Mon, 23 Nov 2026 14:00:00 +0000"), "{wire}");
    assert!(wire.contains("Auto-Submitted: auto-generated"), "{wire}");
    let text: String =
        wire.split("\r\n\r\n").nth(2).unwrap().lines().take_while(|line| !line.starts_with("--")).collect();
    let text = String::from_utf8(STANDARD.decode(text.trim()).unwrap()).unwrap();
    assert!(text.contains("Żółw Ünïted invites you"), "{text}");
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "every line ends in CRLF");
}

/// What an attacker would write where a text of theirs gets into a mail (RUSTSEC-2026-0561).
const SMUGGLED: &[&str] = &[
    "\n.\r\nMAIL FROM:<x@evil.example>\r\nRCPT TO:<y@evil.example>\r\nDATA\r\nSubject: smuggled\r\n\r\nhello\r\n.\r\n",
    "\r\n.\r\nMAIL FROM:<x@evil.example>\r\n",
    "\n.\nMAIL FROM:<x@evil.example>\n",
    "\n.\n",
    "\r.\r",
    ".\r\n",
    "a\rb",
    "a\0b",
    "\u{2028}.\u{2028}MAIL FROM:<x@evil.example>",
    "x\r\nBcc: y@evil.example",
    "\"><script>alert(1)</script>",
];

#[tokio::test]
async fn no_text_becomes_a_command() {
    let world = World::empty().await;
    let sink = Sink::start(Mood::Kind).await;
    let post = Post::new(&settings(Some(&sink.url()))).unwrap();
    for (n, text) in SMUGGLED.iter().enumerate() {
        let mut evil = mail("invitation", text);
        evil.link = format!("https://forerunner.example/en/{text}");
        post.send(&world, &evil).await.unwrap();
        assert_eq!(sink.caught().len(), n + 1, "{text:?}: one row, one mail");
    }
    for caught in sink.caught() {
        assert_eq!(caught.from, "MAIL FROM:<no-reply@forerunner.example>");
        assert_eq!(caught.to, ["RCPT TO:<dana@rijnchem.example>"]);
        assert_eq!(caught.header("bcc"), "");
    }
    assert!(sink.commands().iter().all(|line| !line.contains("evil")), "{:?}", sink.commands());
}

#[tokio::test]
async fn what_cannot_be_a_mail_is_given_up_before_it_is_sent() {
    let world = World::empty().await;
    let sink = Sink::start(Mood::Kind).await;
    let post = Post::new(&settings(Some(&sink.url()))).unwrap();
    let mut bad = vec![mail("no_such_template", "")];
    for recipient in
        ["", "nobody", "a@b.example\r\nRCPT TO:<c@d.example>", "a@b.example\n", "a@b.example\0", "<a@b.example>"]
    {
        bad.push(Mail { recipient: recipient.into(), ..mail("invitation", "") });
    }
    for mail in bad {
        let outcome = post.send(&world, &mail).await;
        assert!(matches!(outcome, Err(Failure::Never(_))), "{:?}: {outcome:?}", mail.recipient);
    }
    assert!(sink.commands().is_empty());
}

#[tokio::test]
async fn files_hold_whole_mails_under_names_that_sort() {
    let world = World::empty().await;
    let folder = world.config.data_dir.join("mail");
    let post = Post::new(&Settings { folder: folder.clone(), ..settings(None) }).unwrap();
    assert!(post.is_files());
    post.send(&world, &mail("../../etc/passwd", "")).await.unwrap_err();
    post.send(&world, &mail("invitation", "Rijn Chemie")).await.unwrap();
    let names: Vec<String> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(names, ["20261123T140000.000000-invitation-01930000000070008000000000000001.eml"]);
    let bytes = std::fs::read_to_string(folder.join(&names[0])).unwrap();
    assert!(bytes.contains("To: dana@rijnchem.example") && bytes.trim_end().ends_with("--"), "{bytes}");
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_tried_again() {
    let world = World::empty().await;
    let file = world.config.data_dir.join("a-file");
    std::fs::write(&file, "").unwrap();
    let post = Post::new(&Settings { folder: file, ..settings(None) }).unwrap();
    assert!(matches!(post.send(&world, &mail("invitation", "")).await, Err(Failure::Later(_))));
}

#[tokio::test]
async fn addresses_of_mail_servers() {
    for (url, described) in [
        ("smtps://mail.example.org", Some("mail server mail.example.org:465")),
        ("smtps://user:pa%40ss@mail.example.org:4465", Some("mail server mail.example.org:4465")),
        ("smtp://mail.example.org", Some("mail server mail.example.org:587")),
        ("smtp://mail.example.org:25?tls=none", Some("mail server mail.example.org:25")),
        ("smtp://[::1]:2525?tls=none", Some("mail server ::1:2525")),
        ("smtp://user@mail.example.org", None),
        ("smtp://user:%zz@mail.example.org", None),
        ("smtps://mail.example.org?tls=none", None),
        ("smtp://mail.example.org?tls=maybe", None),
        ("http://mail.example.org", None),
        ("mail.example.org", None),
        ("smtp://", None),
        ("", None),
    ] {
        let post = Post::new(&settings(Some(url)));
        assert_eq!(post.as_ref().ok().map(Post::describe).as_deref(), described, "{url}");
    }
}

#[tokio::test]
async fn a_password_from_elsewhere_is_taken_and_never_shown() {
    let given = Settings { password: Some("hunter2".into()), ..settings(Some("smtp://user@mail.example.org")) };
    assert!(Post::new(&given).is_ok());
    let inside = settings(Some("smtp://user:hunter2@mail.example.org"));
    let wrong = Post::new(&settings(Some("smtp://user:hunter2@mail.example.org?tls=maybe"))).unwrap_err();
    assert!(!wrong.to_string().contains("hunter2"), "{wrong}");
    for shown in [format!("{given:?}"), format!("{inside:?}"), format!("{:?}", Post::new(&given).unwrap())] {
        assert!(!shown.contains("hunter2"), "{shown}");
    }
}

#[tokio::test]
async fn wrong_senders_and_certificates_are_told() {
    for from in ["", "Forerunner", "Forerunner <x>", "a@b.example\r\nBcc: c@d.example"] {
        assert!(Post::new(&Settings { from: from.into(), ..settings(None) }).is_err(), "{from:?}");
    }
    let missing = Settings { ca_file: Some("/nowhere/ca.pem".into()), ..settings(Some("smtp://mail.example.org")) };
    let told = Post::new(&missing).unwrap_err().to_string();
    assert!(told.contains("/nowhere/ca.pem"), "{told}");
}

#[tokio::test]
async fn encryption_is_required_where_it_is_not_switched_off() {
    let world = World::empty().await;
    let sink = Sink::start(Mood::Kind).await;
    let url = format!("smtp://user:secret@127.0.0.1:{}", sink.port);
    let post = Post::new(&settings(Some(&url))).unwrap();
    assert!(matches!(post.send(&world, &mail("invitation", "")).await, Err(Failure::Later(_))));
    assert!(sink.caught().is_empty());
    assert!(sink.commands().iter().all(|line| !line.starts_with("AUTH")), "{:?}", sink.commands());
}

#[tokio::test]
async fn the_link_in_a_mail_is_the_one_whose_hash_was_stored() {
    let world = World::empty().await;
    let mut tx = world.db.begin().await.unwrap();
    let path = "/en/link/{token}";
    let to = "dana@rijnchem.example";
    let hash = outbox::queue_link(&world, &mut tx, Template::ResetPassword, to, Lang::En, path, "").await.unwrap();
    tx.commit().await.unwrap();
    let row = &store::outbox::list(&mut world.db.reader(), "waiting", 1).await.unwrap()[0];
    assert!(row.link.ends_with("/en/link/{token}"), "the outbox holds no token");
    let rendered = render::rendered(&world, row, &[]).unwrap();
    let link = rendered.text.lines().find(|line| line.starts_with("https://")).unwrap();
    assert_eq!(crate::secret::hash(link.rsplit('/').next().unwrap()), hash);
}
