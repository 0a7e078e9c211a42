//! The inspection pack over the whole server: a ZIP that arrives whole, for administrators of the company alone.

use domain::access::Role;

use crate::support::site::Site;

#[tokio::test]
async fn an_administrator_takes_the_pack_of_a_year() {
    let site = Site::new().await;
    let admin = site.cast.player(Role::CompanyAdmin, "meridian");
    let officer = site.cast.player(Role::CompanyOfficer, "meridian");
    let page = site.get("/en/c/meridian/inspection", Some(admin)).await;
    assert_eq!(page.status, 200);
    let year = domain::date::Date::of(site.ctx.now()).year();
    let address = format!("/en/c/meridian/inspection.zip?year={year}");
    let answer = site.get(&address, Some(admin)).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/zip"));
    assert!(answer.header("content-disposition").contains(&format!("inspection-{year}.zip")));
    let reference = &site.cast.org("meridian").reports.as_ref().unwrap().open;
    for name in ["overview.pdf", "manifest.json", "SHA256SUMS", &format!("reports/{reference}/report.json")] {
        assert!(answer.body.contains(name), "{name}");
    }
    assert_eq!(site.get(&address, Some(officer)).await.status, 404, "an officer is no administrator");
    for year in ["1999", "next"] {
        let address = format!("/en/c/meridian/inspection.zip?year={year}");
        assert_eq!(site.get(&address, Some(admin)).await.status, 404, "{year}");
    }
}
