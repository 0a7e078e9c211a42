//! The check page by itself; downloading is tested with the services and with the whole server.

use domain::{
    receipt::{Fingerprint, Second, SecretKey, Statement},
    reference::Reference,
};
use services::receipt;

use super::verify;
use crate::web::{
    Fields, Reply, Req,
    testing::{NOW, Site, html, text},
};

/// A receipt of a report that nobody has sent, signed with the key of the installation.
async fn signed(site: &Site) -> String {
    receipt::prepare(&site.app.ctx).await.unwrap();
    let file = site.app.ctx.config.data_dir.join("receipt-key");
    let key: SecretKey = std::fs::read_to_string(file).unwrap().parse().unwrap();
    let statement = Statement {
        reference: Reference::from_bits(7),
        version: 1,
        authority: "pco-nl".parse().unwrap(),
        company: "7k3m9qtd".parse().unwrap(),
        sent: Second::of(NOW),
        fingerprint: Fingerprint([0x5a; 32]),
    };
    statement.sign(&key).to_string()
}

/// Sends the form and opens the page to which the answer leads.
async fn checked(site: &Site, pasted: &str) -> String {
    let mut req = site.req("/en/verify");
    req.form = Fields(vec![("receipt".to_owned(), pasted.to_owned()), ("_other".to_owned(), "x".to_owned())]);
    let Reply::Redirect { to, cookies, .. } = verify::check(req).await.unwrap() else { panic!("no redirect") };
    assert_eq!(to, "/en/verify?checked=1", "nothing of a receipt stands in an address");
    let mut req: Req = site.req(&to);
    let (name, value) = cookies[0].split(';').next().unwrap().split_once('=').unwrap();
    req.cookies = vec![(name.to_owned(), value.to_owned())];
    html(&req, verify::page(req.clone()).await)
}

#[tokio::test]
async fn the_page_begins_without_a_result() {
    let site = Site::new().await;
    let req = site.req("/en/verify");
    let page = html(&req, verify::page(req.clone()).await);
    assert!(page.contains("No receipt has been signed here yet.") && !page.contains("class=\"callout\""), "{page}");
}

#[tokio::test]
async fn a_genuine_receipt_is_told_as_such_without_looking_anything_up() {
    let site = Site::new().await;
    let receipt = signed(&site).await;
    let page = checked(&site, &receipt.replace('\n', "\r\n")).await;
    let shown = text(&page);
    let sentence = format!("Report {}, version 1, was sent on 2026-11-23, 14:00:00 UTC", Reference::from_bits(7));
    assert!(shown.contains("This receipt is genuine") && shown.contains(&sentence), "{shown}");
    assert!(shown.contains(&"5a".repeat(32)) && shown.contains("in use"), "{shown}");
}

#[tokio::test]
async fn everything_else_is_told_with_its_reason_and_kept_in_the_form() {
    let site = Site::new().await;
    let receipt = signed(&site).await;
    for (pasted, title, why) in [
        (receipt.replace("7k3m9qtd", "7k3m9qte"), "This receipt is not genuine", "something in it was changed"),
        (receipt.replace("version: 1", "version: one"), "This cannot be checked", "Line 3 is not as it was issued"),
        ("<b>Dear Sir</b>".to_owned(), "This cannot be checked", "This is not a receipt"),
        (" ".to_owned(), "This cannot be checked", "Paste the text of a receipt."),
        (receipt.repeat(200), "This cannot be checked", "This is not a receipt"),
    ] {
        let page = checked(&site, &pasted).await;
        let shown = text(&page);
        assert!(shown.contains(title) && shown.contains(why), "{pasted:?}: {shown}");
        assert!(page.contains("<title>Error: ") && !page.contains("<b>Dear"), "{pasted:?}");
        let first = pasted.lines().next().unwrap().replace('&', "&amp;").replace('<', "&lt;");
        assert!(page.contains(&format!(">\n{first}")), "{pasted:?}: what was pasted is kept");
    }
}

#[tokio::test]
async fn programs_read_the_keys() {
    let site = Site::new().await;
    receipt::prepare(&site.app.ctx).await.unwrap();
    let key = receipt::rotate(&site.app.ctx).await.unwrap();
    let Reply::Json { body, public } = verify::keys(site.req("/en/data/receipt-keys.json")).await.unwrap() else {
        panic!("no JSON")
    };
    assert!(!public, "a rotated key is known at once");
    let read: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(read["algorithm"], "Ed25519");
    let keys = read["keys"].as_array().unwrap();
    let key = keys.iter().find(|known| known["key"] == key.to_string()).unwrap();
    assert_eq!((&key["since"], key["until"].is_null()), (&"2026-11-23T14:00:00Z".into(), true));
    assert_eq!(keys.iter().filter(|known| known["until"] == "2026-11-23T14:00:00Z").count(), 1, "the old one");
}
