//! Going through the pages, tasks getting done, the quick report, the summary.

use super::*;

fn set() -> &'static QuestionSet {
    QuestionSet::latest()
}

fn next(section: &str, slug: &str, answers: &Answers) -> Option<String> {
    set().next_page(section, slug, answers, &profile()).map(|page| page.slug)
}

fn codes(problems: &[Problem]) -> Vec<(&str, &str)> {
    problems.iter().map(|p| (p.field.as_str(), p.code.as_str())).collect()
}

#[test]
fn a_complete_report_has_no_problems() {
    assert_eq!(set().check_all(Form::Full, &complete(), &profile()), []);
    assert_eq!(set().notices_all(Form::Full, &complete(), &profile()), []);
}

#[test]
fn nothing_can_be_sent_empty() {
    let problems = set().check_all(Form::Full, &Answers::new(), &profile());
    let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(
        fields,
        [
            "kind",
            "aware_at",
            "substances.involved",
            "substance.1.name",
            "party.1.type",
            "party.1.name",
            "why.text",
            "contact.name",
            "contact.phone"
        ]
    );
    assert!(problems.iter().all(|problem| problem.code == "empty"));
    assert_eq!(problems[0].message, "Choose what happened");
}

#[test]
fn a_report_without_any_substance_is_valid() {
    let mut answers = complete();
    answers.remove_item("substance", 1);
    assert_eq!(
        codes(&set().check_all(Form::Full, &answers, &profile())),
        [("substance.1.name", "empty"), ("substance.1.quantity", "empty")]
    );
    answers.set_one("substances.involved", "none");
    assert_eq!(set().check_all(Form::Full, &answers, &profile()), []);
    answers.set_one("substances.involved", "equipment");
    answers.set_one("equipment.1.what", "rotary tablet press");
    assert_eq!(set().check_all(Form::Full, &answers, &profile()), []);
}

#[test]
fn a_chemical_outside_the_catalogue_can_be_named() {
    let mut answers = complete();
    answers.set_one("substance.1.name", "the pink powder they call “sample 4”");
    answers.set_one("substance.1.quantity", "a small bottle");
    assert_eq!(set().check_all(Form::Full, &answers, &profile()), []);
    let notices = set().notices_all(Form::Full, &answers, &profile());
    assert_eq!(codes(&notices), [("substance.1.quantity", "quantity")]);
}

#[test]
fn pages_follow_each_other() {
    let mut answers = Answers::from_iter([("kind", "order"), ("substances.involved", "both")]);
    assert_eq!(next("what", "kind", &answers).as_deref(), Some("when"));
    assert_eq!(next("what", "story", &answers), None);
    // Into an empty group, through its first item, to its list.
    assert_eq!(next("substances", "involved", &answers).as_deref(), Some("name-1"));
    answers.set_one("substance.1.name", "toluene");
    assert_eq!(next("substances", "name-1", &answers).as_deref(), Some("amount-1"));
    assert_eq!(next("substances", "amount-1", &answers).as_deref(), Some("use-1"));
    assert_eq!(next("substances", "use-1", &answers).as_deref(), Some("substance-list"));
    // A second item has an address before it exists, and comes back to the list as well.
    let page = |slug| set().page("substances", slug, &answers, &profile());
    assert_eq!(page("name-2").unwrap().caption().unwrap(), "Substance 2");
    assert!(page("name-3").is_none() && page("name-0").is_none() && page("name-x").is_none());
    assert_eq!(next("substances", "name-2", &answers).as_deref(), Some("substance-list"));
    answers.set_one("substance.2.name", "acetone");
    assert_eq!(next("substances", "name-2", &answers).as_deref(), Some("amount-2"));
    assert_eq!(next("substances", "use-2", &answers).as_deref(), Some("substance-list"));
    // With items there, the way in leads to the list.
    assert_eq!(next("substances", "involved", &answers).as_deref(), Some("substance-list"));
    assert_eq!(next("substances", "substance-list", &answers).as_deref(), Some("machine-1"));
    let before = set().previous_page("substances", "amount-2", &answers, &profile());
    assert_eq!(before.unwrap().slug, "name-2");
    assert!(set().previous_page("substances", "involved", &answers, &profile()).is_none());
}

#[test]
fn removing_an_item_keeps_the_numbers_of_the_others() {
    let mut answers = complete();
    answers.set_one("substance.2.name", "acetone");
    answers.remove_item("substance", 1);
    let pages = set().section_pages("substances", &answers, &profile());
    let named = pages.iter().find(|page| page.slug == "name-2").unwrap();
    assert_eq!(named.caption().unwrap(), "Substance 1");
    assert_eq!(named.item.unwrap().name(&answers), "acetone");
}

#[test]
fn further_parties_begin_with_number_two_and_need_not_be() {
    let answers = complete();
    let group = set().group("party").unwrap();
    assert_eq!(set().next_item(group, &answers), Some(2));
    assert_eq!(set().next_item(group, &Answers::new()), Some(2));
    let slugs = |answers: &Answers| -> Vec<String> {
        let pages = set().section_pages("party", answers, &profile());
        pages.into_iter().map(|page| page.slug).collect()
    };
    assert!(!slugs(&answers).contains(&"further-2".to_owned()));
    assert!(set().page("party", "further-2", &answers, &profile()).is_some());
    assert_eq!(next("party", "relation", &answers).as_deref(), Some("party-list"));
    let mut answers = answers;
    answers.set_one("party.2.name", "Carrier Ltd");
    assert!(slugs(&answers).contains(&"further-2".to_owned()));
    let problems = set().check_all(Form::Full, &answers, &profile());
    assert_eq!(codes(&problems), [("party.2.role", "empty")]);
}

#[test]
fn a_task_is_done_when_its_pages_are_seen_and_sound() {
    let mut answers = Answers::new();
    let status = |answers: &Answers, section| set().status(section, answers, &profile());
    assert_eq!(status(&answers, "contact"), Status::NotStarted);
    answers.set_one("contact.name", "A. de Vries");
    assert_eq!(status(&answers, "contact"), Status::InProgress);
    answers.set_one("contact.phone", "020 123 4567");
    assert_eq!(status(&answers, "contact"), Status::InProgress, "the page on sharing is open");
    answers.merge(["consent"], &[]).unwrap();
    assert_eq!(status(&answers, "contact"), Status::Completed);
    answers.set_one("contact.phone", "call me");
    assert_eq!(status(&answers, "contact"), Status::InProgress);
}

#[test]
fn only_what_is_asked_is_judged() {
    let mut answers = complete();
    answers.set_one("payment.method", "cash");
    answers.set_one("kind", "theft");
    let relevant = relevant(set(), &answers, &profile());
    assert!(!relevant.filled("payment.method") && relevant.filled("why.text"));
    assert_eq!(answers.one("payment.method"), "cash");
}

#[test]
fn four_questions_make_a_quick_report() {
    let quick = Answers::from_iter([
        ("kind", "enquiry"),
        ("story", "A caller wanted 200 litres of acetic anhydride, cash, no name."),
        ("party.1.type", "not_known"),
        ("why.text", "No name, no company, in a hurry."),
        ("did.done", "refused"),
        ("contact.phone", "+31 20 123 4567"),
    ]);
    assert_eq!(set().check_all(Form::Quick, &quick, &profile()), []);
    let empty = set().check_all(Form::Quick, &Answers::new(), &profile());
    let fields: Vec<&str> = empty.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(fields, ["kind", "story", "party.1.type", "why.text", "contact.phone"]);
    // Completing it later continues where it stands.
    let open = set().check_all(Form::Full, &quick, &profile());
    let fields: Vec<&str> = open.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(fields, ["aware_at", "occurred_at", "substances.involved", "substance.1.name", "contact.name"]);
    // What has been answered beyond the four questions has to be readable.
    let mut more = quick.clone();
    more.set_one("aware_at", "the other day");
    assert_eq!(codes(&set().check_all(Form::Quick, &more, &profile())), [("aware_at", "date")]);
    let address = set().address_of(Form::Quick, "aware_at", &more, &profile());
    assert_eq!(address, Some(("what".to_owned(), "when".to_owned())));
}

#[test]
fn the_quick_pages_have_their_own_labels_and_hide_what_does_not_apply() {
    let theft = Answers::from_iter([("kind", "theft"), ("party.1.type", "not_known")]);
    let page = |slug| set().page("quick", slug, &theft, &profile()).unwrap();
    let keys =
        |slug| -> Vec<String> { page(slug).fields(&theft, &profile()).into_iter().map(|field| field.key).collect() };
    assert_eq!(keys("did"), ["did.steps", "contact.phone"]);
    assert_eq!(keys("who"), ["party.1.type", "party.1.phone", "party.1.email", "party.1.note"]);
    let what = page("what").fields(&theft, &profile());
    assert_eq!(what[2].label, "Name of the chemical or equipment, if you know it");
    assert!(!what[2].required);
    assert_eq!(next("quick", "what", &theft).as_deref(), Some("who"));
    assert_eq!(next("quick", "did", &theft), None);
}

#[test]
fn the_summary_shows_what_was_understood() {
    let mut answers = complete();
    answers.set("payment.amount", ["1.200,50", "eur"]);
    answers.set_one("substance.2.name", "x\u{202e}y");
    answers.set_one("substance.2.cas", "no idea");
    let summary = set().summary(Form::Full, &answers, &profile());
    let row = |field: &str| {
        let rows = summary.iter().flat_map(|group| &group.rows);
        rows.into_iter().find(|row| row.field == field).unwrap_or_else(|| panic!("{field}"))
    };
    for (field, value) in [
        ("kind", vec!["Someone placed an order"]),
        ("aware_at", vec!["23 November 2026, 09:15"]),
        ("occurred_at", vec!["20 November 2026"]),
        ("substance.1.quantity", vec!["3 drums of 200 l", "= 600 l (3 × 200 l)"]),
        ("substance.2.name", vec!["xy"]),
        ("substance.2.cas", vec!["no idea"]),
        ("party.1.address", vec!["Kade 1", "Breda"]),
        ("party.1.email", vec!["Not provided"]),
        ("payment.amount", vec!["1200.50 EUR"]),
    ] {
        assert_eq!(row(field).value, value, "{field}");
    }
    assert!(!row("party.1.email").provided && row("kind").provided);
    assert!(!row("substance.2.cas").sound);
    let link = row("substance.2.cas");
    assert_eq!((link.section.as_str(), link.page.as_str()), ("substances", "name-2"));
    let titles: Vec<&str> = summary.iter().map(|group| group.title.as_str()).collect();
    assert!(titles.contains(&"Substance 1: Acetic anhydride"), "{titles:?}");
    assert!(titles.contains(&"Substance 2: xy"), "{titles:?}");
}

#[test]
fn a_quick_reports_summary_shows_only_answers() {
    let answers = Answers::from_iter([("kind", "loss"), ("why.text", "A drum is missing.")]);
    let summary = set().summary(Form::Quick, &answers, &profile());
    let fields: Vec<&str> = summary.iter().flat_map(|group| &group.rows).map(|row| row.field.as_str()).collect();
    assert_eq!(fields, ["kind", "why.text"]);
}

#[test]
fn dates_follow_the_country() {
    let answers = Answers::from_iter([("aware_at", "03/04/2026 9:00")]);
    let in_country = |code| {
        let profile = Profile { country: Country::parse(code).ok(), ..profile() };
        set().value("aware_at", &answers, &profile).unwrap().display(set()).concat()
    };
    assert_eq!(in_country("NL"), "3 April 2026, 09:00");
    assert_eq!(in_country("US"), "4 March 2026, 09:00");
}

#[test]
fn a_page_has_the_same_fields_whether_it_is_asked_or_not() {
    for answers in [complete(), Answers::new()] {
        for page in set().pages(&answers, &profile()).iter().chain(&set().section_pages("quick", &answers, &profile()))
        {
            let all = set().keys_of_page(page.section, &page.slug).unwrap();
            for asked in page.fields(&answers, &profile()) {
                assert!(all.contains(&asked.key), "{} of {}", asked.key, page.slug);
            }
        }
    }
    let third = set().keys_of_page("substances", "amount-3").unwrap();
    assert!(third.contains(&"substance.3.quantity".to_owned()), "{third:?}");
    for (section, slug) in [
        ("substances", "amount"),
        ("substances", "amount-0"),
        ("substances", "amount-1000"),
        ("substances", "nothing"),
        ("nowhere", "amount-1"),
        ("quick", "amount-1"),
    ] {
        assert_eq!(set().keys_of_page(section, slug), None, "{section}/{slug}");
    }
}
