//! A customer's file as PDF, and the forms around a decision as a browser sends them.

use domain::access::Role;

use crate::support::site::Site;

#[tokio::test]
async fn a_customers_file_is_taken_as_a_document_by_its_company() {
    let site = Site::new().await;
    let customer = site.cast.org("meridian").customer.unwrap();
    let before = site.deeds().await;
    for role in [Role::CompanyAdmin, Role::CompanyReader] {
        let player = site.cast.player(role, "meridian");
        let address = format!("/en/c/meridian/customers/{customer}/file.pdf");
        let answer = site.get(&address, Some(player)).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, "application/pdf"), "{address}");
        assert!(answer.body.starts_with("%PDF-1."), "{address}");
        let name = answer.header("content-disposition");
        assert!(name.contains(&format!("customer-{customer}-")), "it names nobody: {name}");
    }
    assert_ne!(site.deeds().await, before, "it is noted");
    // Whatever stands in a file can be put on paper: every customer of the demo, in every state.
    let player = site.cast.player(Role::CompanyAdmin, "meridian");
    let list = site.get("/en/c/meridian/customers", Some(player)).await.body;
    let files: Vec<&str> = list.split("href=\"/en/c/meridian/customers/").skip(1).collect();
    let files = files.iter().filter_map(|rest| rest.split('"').next()).filter(|id| id.len() == 32);
    let mut taken = 0;
    for id in files {
        let answer = site.get(&format!("/en/c/meridian/customers/{id}/file.pdf"), Some(player)).await;
        assert!(answer.status == 200 && answer.body.starts_with("%PDF-1."), "{id}");
        let page = site.get(&format!("/en/c/meridian/customers/{id}"), Some(player)).await;
        assert!(page.body.contains("/file.pdf\""), "its page leads there");
        taken += 1;
    }
    assert!(taken >= 12, "{taken}");
    let stranger = site.cast.player(Role::CompanyAdmin, "noordkust");
    let foreign = format!("/en/c/noordkust/customers/{customer}/file.pdf");
    assert_eq!(site.get(&foreign, Some(stranger)).await.status, 404);
}

#[tokio::test]
async fn what_is_decided_is_shown_before_it_counts() {
    let site = Site::new().await;
    let customer = site.cast.org("meridian").customer.unwrap();
    let player = site.cast.player(Role::CompanyAdmin, "meridian");
    let address = format!("/en/c/meridian/customers/{customer}/decision");
    let page = site.get(&address, Some(player)).await;
    assert_eq!(page.status, 200);
    let version = page.body.split("name=\"version\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    assert!(version.is_some_and(|version| version.parse::<i64>().is_ok()), "the form builds on a version");
    assert!(page.body.contains("name=\"verdict\"") && page.body.contains("name=\"reason\""));
    let reader = site.cast.player(Role::CompanyReader, "meridian");
    assert_eq!(site.get(&address, Some(reader)).await.status, 404, "readers decide nothing");
    let file = site.get(&format!("/en/c/meridian/customers/{customer}"), Some(reader)).await;
    assert!(file.body.contains("id=\"decision\"") && !file.body.contains("/decision\""), "but see what stands");
}
