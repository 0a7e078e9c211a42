//! Records as PDF: who gets them, what they are, and that taking one stands in the log.

use domain::access::Role;

use crate::support::site::Site;

#[tokio::test]
async fn both_sides_take_a_report_as_a_document() {
    let site = Site::new().await;
    let reference = &site.cast.org("meridian").reports.as_ref().unwrap().open;
    let reporter = site.cast.player(Role::CompanyAdmin, "meridian");
    let officer = site.cast.player(Role::AuthorityOfficer, "pco-nl");
    let before = site.deeds().await;
    for (path, player) in [("c/meridian", reporter), ("a/pco-nl", officer)] {
        let address = format!("/en/{path}/reports/{reference}/record.pdf");
        let answer = site.get(&address, Some(player)).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, "application/pdf"), "{address}");
        assert!(answer.body.starts_with("%PDF-1."), "{address}");
        let name = answer.header("content-disposition");
        assert!(name.contains(&format!("report-{reference}-1.pdf")), "{name}");
        let page = site.get(&format!("/en/{path}/reports/{reference}"), Some(player)).await;
        assert!(page.body.contains(&format!("{address}?version=1")), "its page leads there");
        assert_eq!(site.get(&format!("{address}?version=9"), Some(player)).await.status, 404);
    }
    assert_ne!(site.deeds().await, before, "it is noted");
    let stranger = site.cast.player(Role::CompanyAdmin, "noordkust");
    let foreign = format!("/en/c/noordkust/reports/{reference}/record.pdf");
    assert_eq!(site.get(&foreign, Some(stranger)).await.status, 404);
}
