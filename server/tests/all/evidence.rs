//! Files over HTTP: how much of a body is read, what is said about it, and how a file is handed out.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use app::web::upload;
use axum::body::Body;
use bytes::Bytes;
use domain::access::Role;
use futures::{StreamExt as _, stream};
use http::Request;
use tower::ServiceExt as _;

use crate::support::{cast::Player, http::Ask, site::Site};

const PIECE: usize = 64 * 1024;
const HUGE: usize = 400 * 1024 * 1024;

/// Counts what was asked for of a generated body, and how much of it is alive at the same time.
#[derive(Clone, Default)]
struct Meter {
    read: Arc<AtomicUsize>,
    alive: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
}

struct Piece(Vec<u8>, Meter);

impl AsRef<[u8]> for Piece {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for Piece {
    fn drop(&mut self) {
        self.1.alive.fetch_sub(self.0.len(), Ordering::SeqCst);
    }
}

impl Meter {
    fn piece(&self, bytes: Vec<u8>) -> Bytes {
        self.read.fetch_add(bytes.len(), Ordering::SeqCst);
        let alive = self.alive.fetch_add(bytes.len(), Ordering::SeqCst) + bytes.len();
        self.most.fetch_max(alive, Ordering::SeqCst);
        Bytes::from_owner(Piece(bytes, self.clone()))
    }

    /// A form whose only file never seems to end, made while it is read.
    fn body(&self) -> Body {
        let meter = self.clone();
        let head = b"--B\r\nContent-Disposition: form-data; name=\"files\"; filename=\"endless.txt\"\r\n\r\n".to_vec();
        let rest = std::iter::repeat_with(|| vec![b'x'; PIECE]).take(HUGE / PIECE);
        Body::from_stream(
            stream::iter(std::iter::once(head).chain(rest))
                .map(move |bytes| Ok::<_, std::io::Error>(meter.piece(bytes))),
        )
    }
}

fn officer(site: &Site) -> &'static Player {
    site.cast.player(Role::CompanyOfficer, "meridian")
}

/// Address of the officer's draft's files.
fn address(site: &Site) -> String {
    format!("/en/c/meridian/drafts/{}/evidence", site.cast.org("meridian").drafts[&officer(site).email])
}

fn on_disk(site: &Site) -> Vec<(PathBuf, u64)> {
    let entries = std::fs::read_dir(site.folder().join("evidence")).unwrap().map(|entry| entry.unwrap());
    entries.map(|entry| (entry.path(), entry.metadata().unwrap().len())).collect()
}

async fn send(site: &Site, body: Body, declared: Option<usize>) -> http::Response<Body> {
    let mut request = Request::post(address(site))
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "multipart/form-data; boundary=B")
        .header("cookie", format!("__Host-session={}", officer(site).token));
    if let Some(length) = declared {
        request = request.header("content-length", length);
    }
    let Ok(response) = site.router.clone().oneshot(request.body(body).unwrap()).await;
    response
}

#[tokio::test]
async fn a_body_that_says_it_is_too_large_is_not_read_at_all() {
    let (site, meter) = (Site::new().await, Meter::default());
    let response = send(&site, meter.body(), Some(HUGE)).await;
    assert_eq!((response.status().as_u16(), meter.read.load(Ordering::SeqCst)), (413, 0));
}

#[tokio::test]
async fn an_endless_body_is_read_to_the_limit_with_flat_memory() {
    let (site, meter) = (Site::new().await, Meter::default());
    let before = on_disk(&site);
    let response = send(&site, meter.body(), None).await;
    assert_eq!(response.status().as_u16(), 303);
    let to = response.headers()["location"].to_str().unwrap();
    assert!(to.ends_with("/evidence?errors=1#errors"), "{to}");
    let read = u64::try_from(meter.read.load(Ordering::SeqCst)).unwrap();
    assert!(read <= upload::LIMIT + 2 * PIECE as u64, "{read} bytes were read");
    assert!(meter.most.load(Ordering::SeqCst) <= 4 * PIECE, "pieces were kept");
    assert_eq!(on_disk(&site), before, "nothing stays of it");
}

#[tokio::test]
async fn what_is_fit_is_kept_and_the_rest_is_said() {
    let site = Site::new().await;
    let files: &[(&str, &[u8])] = &[("one.txt", b"1"), ("page.html", b"<html>"), ("two.txt", b"2")];
    let answer = site.ask(Ask::post(address(&site)).by(officer(&site)).files(files)).await;
    assert_eq!(answer.status, 303);
    let stash = answer.cookie("__Host-stash").unwrap();
    let page = Ask::get(format!("{}?errors=1", address(&site))).by(officer(&site)).cookie("__Host-stash", &stash);
    let page = site.ask(page).await;
    assert!(page.body.contains("page.html: files of this kind are not taken"), "{}", page.body);
    assert!(page.body.contains("one.txt") && page.body.contains("two.txt"));
    // An island is told the same in its own way.
    let ask = Ask::post(address(&site)).by(officer(&site)).header("accept", "application/json").files(&files[1..2]);
    let answer = site.ask(ask).await;
    assert_eq!(answer.status, 200);
    assert!(answer.body.starts_with("{\"problems\":[\"page.html: "), "{}", answer.body);
    let none = site.ask(Ask::post(address(&site)).by(officer(&site))).await;
    assert_eq!(none.status, 303);
    assert!(none.location().contains("errors=1"), "no file is said");
}

#[tokio::test]
async fn a_file_is_handed_out_to_be_kept_not_shown() {
    let site = Site::new().await;
    let org = site.cast.org("meridian");
    let report = &org.reports.as_ref().unwrap().open;
    let path = format!("/en/c/meridian/reports/{report}/evidence/{}", org.evidence[report.as_str()]);
    let answer = site.get(&path, Some(officer(&site))).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, "REPORT-CONTENT-meridian-CANARY"));
    for (name, value) in [
        ("content-type", "text/plain; charset=utf-8"),
        ("content-disposition", "attachment; filename=\"REPORT-FILE-meridian-CANARY.txt\""),
        ("content-security-policy", "default-src 'none'; sandbox"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
        ("content-length", "30"),
    ] {
        assert_eq!(answer.header(name), value, "{name}");
    }
}
