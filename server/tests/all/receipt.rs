//! A receipt as the browser gets it: a file under a neutral name, the same for both sides, for the newest version or an
//! older one that there is.

use domain::access::Role;

use crate::support::site::Site;

#[tokio::test]
async fn a_receipt_is_a_file_with_a_neutral_name() {
    let site = Site::new().await;
    let reference = &site.cast.org("meridian").reports.as_ref().unwrap().open;
    let company = site.cast.player(Role::CompanyOfficer, "meridian");
    let officer = site.cast.player(Role::AuthorityOfficer, "pco-nl");
    let (own, desk) =
        (format!("/en/c/meridian/reports/{reference}/receipt"), format!("/en/a/pco-nl/reports/{reference}/receipt"));
    let mut texts = Vec::new();
    for (path, player) in [(&own, company), (&desk, officer)] {
        for query in ["", "?version=1", "?version=nonsense"] {
            let answer = site.get(&format!("{path}{query}"), Some(player)).await;
            assert_eq!(answer.status, 200, "{}", answer.asked);
            assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
            let disposition = format!("attachment; filename=\"receipt-{reference}-1.txt\"");
            assert_eq!(answer.header("content-disposition"), disposition);
            assert_eq!(answer.header("x-content-type-options"), "nosniff");
            assert_eq!(answer.header("cache-control"), "no-store");
            texts.push(answer.body);
        }
        for query in ["?version=2", "?version=0", "?version=-1", "?version=9223372036854775807"] {
            assert_eq!(site.get(&format!("{path}{query}"), Some(player)).await.status, 404, "{path}{query}");
        }
    }
    assert!(texts[0].starts_with("Forerunner receipt 1\n"));
    texts.dedup();
    assert_eq!(texts.len(), 1, "everybody gets the same");
}
