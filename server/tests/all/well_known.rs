//! What programs look for at fixed addresses.

use domain::{date::Date, time::Timestamp};

use crate::support::site::{BASE_URL, NOW, Site};

#[tokio::test]
async fn security_contact_has_a_day_that_lies_ahead() {
    let site = Site::new().await;
    let answer = site.get("/.well-known/security.txt", None).await;
    assert_eq!(answer.status, 200);
    let field = |name: &str| {
        let lines: Vec<&str> = answer.body.lines().filter_map(|line| line.strip_prefix(name)).collect();
        assert_eq!(lines.len(), 1, "{name} stands once: {}", answer.body);
        lines[0].trim().to_owned()
    };
    assert!(field("Contact:").starts_with("mailto:"));
    assert_eq!(field("Canonical:"), format!("{BASE_URL}/.well-known/security.txt"));
    let expires = field("Expires:");
    let (day, time) = expires.split_once('T').unwrap();
    assert!(time.ends_with('Z'), "{expires}");
    let ahead = day.parse::<Date>().unwrap().days() - NOW.0 / Timestamp::DAY;
    assert!((1..365).contains(&ahead), "{expires}");
}

#[tokio::test]
async fn the_map_holds_public_pages_that_are_there() {
    let site = Site::new().await;
    let answer = site.get("/sitemap.xml", None).await;
    let pages: Vec<&str> = answer.body.split("<loc>").skip(1).filter_map(|rest| rest.split("</loc>").next()).collect();
    assert!(pages.len() > 100, "{}", pages.len());
    for page in pages {
        let path = page.strip_prefix(BASE_URL).unwrap();
        assert_eq!(site.get(path, None).await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn a_demo_is_for_no_search_engine() {
    let site = Site::new().await;
    let answer = site.get("/robots.txt", None).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, "User-agent: *\nDisallow: /\n"));
}

#[tokio::test]
async fn the_picture_of_a_preview_may_be_shown_elsewhere() {
    let site = Site::new().await;
    let answer = site.get("/card.png", None).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "image/png");
    assert_eq!(answer.header("cross-origin-resource-policy"), "cross-origin");
}
