use proptest::prelude::*;

use super::*;

const ANSWER: &str = "country,red,amber,green,urgent,urgent_within,question,question_urgent\n";

fn said(outcome: Result<Data, Vec<Breach>>) -> Vec<String> {
    outcome.unwrap_err().iter().map(ToString::to_string).collect()
}

fn table(kind: Kind, name: &str) -> &'static Table {
    kind.table(Scope::Everybody, name).unwrap()
}

#[test]
fn what_ships_is_read_as_it_is() {
    for kind in Kind::ALL {
        let data = read(*kind, Scope::Everybody, kind.built_in()).unwrap();
        match data {
            Data::Deadlines(data) => assert_eq!(&data, Deadlines::embedded()),
            Data::Reasons(data) => assert_eq!(&data, Reasons::embedded()),
            Data::Indicators(_) => {}
            Data::Openness(data) => assert!(data.part.len() > 2),
            Data::Library(data) => assert_eq!(data.as_ref(), crate::library::Library::embedded()),
            Data::Calendars(data) => assert_eq!(data.as_ref(), crate::calendar::Calendars::embedded()),
            Data::Substances(data) => {
                let shipped = crate::substance::Catalogue::load().unwrap();
                assert_eq!(data.all(), shipped.all());
                assert_eq!(data.sources(), shipped.sources());
            }
        }
        assert_eq!(diff(*kind, Scope::Everybody, kind.built_in(), kind.built_in()), []);
    }
}

#[test]
fn an_authority_has_its_own_clock_and_not_its_own_law() {
    let own: Vec<&str> = Kind::Deadlines.tables(Scope::Authority).map(|table| table.name).collect();
    assert_eq!(own, ["answer"]);
    let sheet = Kind::Deadlines.built_in().settled(Kind::Deadlines, Scope::Authority);
    let Data::Deadlines(data) = read(Kind::Deadlines, Scope::Authority, &sheet).unwrap() else { panic!() };
    assert!(data.reports().is_empty() && !data.answers().is_empty());
    let both = Deadlines::embedded().with_clock_of(&data);
    assert_eq!(&both, Deadlines::embedded());
}

#[test]
fn a_wrong_cell_is_named_with_its_place() {
    let mut sheet = Kind::Deadlines.built_in().clone();
    let row = &mut sheet.rows_mut("report")[0];
    row.set("hours", "three");
    row.set("jurisdiction", "Canada");
    row.set("words", "");
    row.set("valid_from", "31 February");
    row.set("url", "javascript:alert(1)");
    sheet.rows_mut("answer")[0].set("red", "0");
    let told = said(read(Kind::Deadlines, Scope::Everybody, &sheet));
    assert_eq!(told.len(), 6, "{told:#?}");
    assert_eq!(told[1], "Law: until when companies report, row 1, Hours: Write a whole number from 1 to 9000.");
    assert!(told[5].starts_with("The authority's clock"), "{}", told[5]);
}

#[test]
fn goods_about_to_leave_do_so_within_a_week() {
    let mut sheet = Kind::Deadlines.built_in().clone();
    for (hours, fits) in [("168", true), ("169", false), ("9000", false)] {
        sheet.rows_mut("answer")[0].set("urgent_within", hours);
        let outcome = read(Kind::Deadlines, Scope::Everybody, &sheet);
        assert_eq!(outcome.is_ok(), fits, "{hours}");
        assert!(fits || said(outcome)[0].ends_with("Write a whole number from 1 to 168."));
    }
}

#[test]
fn rules_between_rows() {
    let mut sheet = Kind::Deadlines.built_in().clone();
    let law = sheet.rows_mut("report");
    law[1].removed = true;
    law[2].set("id", "CA-72h");
    law[3].set("valid_from", "2026-11-23");
    law[3].set("valid_to", "2026-11-22");
    sheet.rows_mut("answer")[0].set("valid_to", "2027-01-01");
    let told = said(read(Kind::Deadlines, Scope::Everybody, &sheet));
    assert!(
        told.iter().any(|words| words.contains("row 3, Mark: Another row")),
        "places count removed rows: {told:#?}"
    );
    assert!(told.iter().any(|words| words.contains("row 4, Last day")), "{told:#?}");
    assert!(told.iter().any(|words| words.contains("mark US-written")), "{told:#?}");
    assert!(told.iter().any(|words| words.contains("country *")), "{told:#?}");

    let mut sheet = Kind::Reasons.built_in().clone();
    let rows = sheet.rows_mut("reason");
    rows[0].set("outcome", "no_action");
    let again = rows[1].clone();
    rows.push(again);
    for row in rows.iter_mut().filter(|row| row.get("decision") == "severity") {
        row.removed = true;
    }
    let told = said(read(Kind::Reasons, Scope::Authority, &sheet));
    assert_eq!(told.len(), 3, "{told:#?}");
}

#[test]
fn a_change_is_told_field_by_field() {
    let before = Kind::Reasons.built_in();
    let mut after = before.clone();
    let rows = after.rows_mut("reason");
    rows[0].set("label", "Can be followed up");
    rows[1].removed = true;
    let mut new = rows[2].clone();
    new.set("code", "new_one");
    rows.push(new);
    let found = diff(Kind::Reasons, Scope::Authority, before, &after);
    let [Difference { rows, reordered: false, .. }] = &found[..] else { panic!("{found:#?}") };
    let whats: Vec<Changed> = rows.iter().map(|row| row.what).collect();
    assert_eq!(whats, [Changed::Changed, Changed::Added, Changed::Removed]);
    assert_eq!(rows[0].name, "Accept for investigation, credible");
    let [(column, old, new)] = &rows[0].cells[..] else { panic!() };
    assert_eq!(
        (column.label, old.as_str(), new.as_str()),
        ("Words", "Facts are credible and can be followed up", "Can be followed up")
    );
    after = before.clone();
    after.rows_mut("reason").swap(0, 1);
    assert!(diff(Kind::Reasons, Scope::Everybody, before, &after)[0].reordered);
}

#[test]
fn files_of_each_kind_say_the_same() {
    let sheet = Kind::Deadlines.built_in();
    let answer = table(Kind::Deadlines, "answer");
    let import = |name: &str, text: &str| {
        import(Kind::Deadlines, Scope::Everybody, sheet, Some(answer), name, text.as_bytes()).unwrap()
    };
    let csv = import("Clock.CSV", &format!("\u{feff}{ANSWER}*,4,24,72,2,48,168,24\r\nNL,\"3\",20,60,2,48,168,24\n\n"));
    let excel =
        import("clock.csv", &format!("{}*;4;24;72;2;48;168;24\nNL;3;20;60;2;48;168;24", ANSWER.replace(',', ";")));
    let json = import(
        "clock.json",
        r#"{"taken": {"by": "x"}, "answer": [
        {"country": "*", "red": 4, "amber": 24, "green": 72, "urgent": 2, "urgent_within": 48, "question": 168, "question_urgent": 24, "valid_to": null},
        {"country": "NL", "red": "3", "amber": 20, "green": 60, "urgent": 2, "urgent_within": 48, "question": 168, "question_urgent": 24}]}"#,
    );
    assert_eq!(csv, excel);
    assert_eq!(csv, json);
    assert_eq!(csv.rows("report"), sheet.rows("report"), "what the file does not have stays");
    assert!(read(Kind::Deadlines, Scope::Everybody, &csv).is_ok());
    let toml = import("all.toml", include_str!("../../../../data/deadlines.toml"));
    assert_eq!(&toml, sheet);
}

#[test]
fn a_wrong_file_is_refused_with_place_and_words() {
    let answer = table(Kind::Deadlines, "answer");
    for (name, text, words) in [
        ("a.txt", "x", "ends in .csv"),
        ("a", "", "ends in .csv"),
        ("a.csv", "", "empty"),
        ("a.csv", "country,colour\nNL,red", "no column “colour”"),
        ("a.csv", "country,country\n", "twice"),
        ("a.csv", "country\n*\n\"NL", "line 3 is never closed"),
        ("a.csv", "country,red\n*,1,2", "Line 2 has more cells"),
        ("a.json", "{", "cannot be read"),
        ("a.json", "[]", "no tables"),
        ("a.json", "{}", "no table"),
        ("a.json", r#"{"holidays": []}"#, "no table “holidays”"),
        ("a.json", r#"{"answer": {}}"#, "no list of rows"),
        ("a.json", r#"{"answer": [1]}"#, "row 1"),
        ("a.json", r#"{"answer": [{"x": 1}]}"#, "no field “x”"),
        ("a.json", r#"{"answer": [{"red": [1]}]}"#, "more than a text"),
        ("a.toml", "[[answer]\n", "cannot be read"),
    ] {
        let kind = Kind::Deadlines;
        let told = import(kind, Scope::Everybody, kind.built_in(), Some(answer), name, text.as_bytes()).unwrap_err();
        assert!(told.to_string().contains(words), "{text}: {told}");
    }
    let kind = Kind::Deadlines;
    let none = import(kind, Scope::Everybody, kind.built_in(), None, "a.csv", b"x").unwrap_err();
    assert!(none.to_string().contains("Choose the table"));
    assert!(import(kind, Scope::Everybody, kind.built_in(), None, "a.csv", b"\xff\xfe").is_err());
}

#[test]
fn what_an_export_guards_comes_back() {
    let text = "decision,code,label,outcome,needs_note\n\"Close\",\"'-x\",\"'=SUM(A1), \"\"quoted\"\"\",no_action,\n";
    let kind = Kind::Reasons;
    let sheet = import(kind, Scope::Authority, &Sheet::default(), None, "r.csv", text.as_bytes()).unwrap();
    let row = &sheet.rows("reason")[0];
    assert_eq!((row.get("decision"), row.get("code"), row.get("label")), ("close", "-x", "=SUM(A1), \"quoted\""));
    assert_eq!(row.get("needs_note"), "no");
}

#[test]
fn several_choices_are_kept_in_one_order() {
    let cell = table(Kind::Deadlines, "answer").column("working").unwrap();
    for (text, kept) in [("green, amber;green", "amber green"), ("", ""), ("red x", "red x")] {
        assert_eq!(several(cell.cell, &[text.to_owned()]), kept);
    }
    assert_eq!(cell.shown("amber question"), "amber, question");
    let mut sheet = Kind::Deadlines.built_in().clone();
    assert_eq!(sheet.rows("answer")[0].get("working"), "amber green question");
    sheet.rows_mut("answer")[0].set("working", "amber weekends");
    assert!(said(read(Kind::Deadlines, Scope::Everybody, &sheet))[0].contains("Use only these"));
}

#[test]
fn words_and_weights_go_over_the_rules_of_the_program() {
    let rules = crate::indicator::RuleSet::latest();
    let kind = Kind::Indicators;
    let mut sheet = kind.built_in().clone();
    let Data::Indicators(signs) = read(kind, Scope::Authority, &sheet).unwrap() else { panic!() };
    let same = signs.applied_to(rules, "1");
    assert_eq!(crate::indicator::RuleSet { version: rules.version.clone(), ..same }, *rules);

    let row = &mut sheet.rows_mut("sign")[0];
    row.set("text", "Other words");
    row.set("weight", "0");
    sheet.rows_mut("limit")[0].set("half_points", "10");
    let Data::Indicators(signs) = read(kind, Scope::Authority, &sheet).unwrap() else { panic!() };
    let own = signs.applied_to(rules, "own.2");
    assert_eq!((own.version.as_str(), own.amber), ("2026-11+own.2", 10));
    assert_eq!((own.indicators[0].text.as_str(), own.indicators[0].weight), ("Other words", 0));
    assert_eq!(own.indicators[0].machine, rules.indicators[0].machine, "what raises it stays");
}

#[test]
fn signs_are_those_of_the_program() {
    let kind = Kind::Indicators;
    let mut sheet = kind.built_in().clone();
    let rows = sheet.rows_mut("sign");
    rows[0].set("heavier", "5");
    rows[1].removed = true;
    rows[2].set("id", "X99");
    let limits = sheet.rows_mut("limit");
    limits[1].set("half_points", "8");
    let told = said(read(kind, Scope::Everybody, &sheet));
    for words in
        ["row 1, Weight where it counts more", "row 3, Code: There is no sign", "is missing", "Red begins after amber"]
    {
        assert!(told.iter().any(|line| line.contains(words)), "{words}: {told:#?}");
    }
}

#[test]
fn a_substance_changes_its_place_and_nothing_else() {
    let kind = Kind::Substances;
    let mut sheet = kind.built_in().clone();
    let place = sheet
        .rows("listing")
        .iter()
        .position(|row| row.get("substance") == "acetic-anhydride" && row.get("list") == "eu-precursors");
    let threshold = sheet
        .rows("threshold")
        .iter()
        .position(|row| row.get("substance") == "acetic-anhydride" && row.get("list") == "eu-precursors");
    sheet.rows_mut("listing")[place.unwrap()].set("note", "Looked at again.");
    sheet.rows_mut("threshold")[threshold.unwrap()].set("quantity", "50 l");
    let Data::Substances(catalogue) = read(kind, Scope::Everybody, &sheet).unwrap() else { panic!() };
    let listing = catalogue.find("acetic-anhydride").unwrap().listings.iter();
    let listing = listing.into_iter().find(|listing| listing.list == "eu-precursors").unwrap();
    assert_eq!(listing.note.as_deref(), Some("Looked at again."));
    assert_eq!(listing.thresholds[0].quantity.to_string(), "50 l");
    assert_eq!(kind.tables(Scope::Authority).count(), 0);

    sheet.rows_mut("threshold")[threshold.unwrap()].set("category", "Category 9");
    sheet.rows_mut("listing")[place.unwrap()].set("list", "eu-unknown");
    let told = said(read(kind, Scope::Everybody, &sheet));
    assert!(told.iter().any(|words| words.contains("There is no place on a list")), "{told:#?}");
    assert!(told.iter().any(|words| words.contains("no list with this handle")), "{told:#?}");
    let mut sheet = kind.built_in().clone();
    sheet.rows_mut("listing")[0].set("source", "hearsay");
    let told = said(read(kind, Scope::Everybody, &sheet));
    assert!(told[0].contains("row 1: ") && told[0].contains("unknown source hearsay"), "{told:#?}");
}

#[test]
fn a_holiday_needs_its_year_and_a_week_a_working_day() {
    let kind = Kind::Calendars;
    let mut sheet = kind.built_in().clone();
    let new = blank_row(&[("country", "NL"), ("day", "2026-11-30"), ("name", "Day of the desk")]);
    sheet.rows_mut("holiday").push(new.clone());
    let Data::Calendars(calendars) = read(kind, Scope::Everybody, &sheet).unwrap() else { panic!() };
    let nl = crate::country::Country::parse("NL").unwrap();
    let off = calendars.of(nl).off("2026-11-30".parse().unwrap()).unwrap();
    assert_eq!(off.holiday.as_deref(), Some("Day of the desk"));

    sheet.rows_mut("holiday").push(new);
    sheet.rows_mut("holiday").push(blank_row(&[("country", "NL"), ("day", "2199-01-01"), ("name", "Far off")]));
    let days = "monday tuesday wednesday thursday friday saturday sunday";
    sheet.rows_mut("weekend")[0].set("days", days);
    sheet.rows_mut("weekend")[0].set("country", "NL");
    let told = said(read(kind, Scope::Everybody, &sheet));
    for words in ["Another row says this", "no row for this country and year", "at least one day", "country *"] {
        assert!(told.iter().any(|line| line.contains(words)), "{words}: {told:#?}");
    }
}

#[test]
fn the_canonical_text_is_stable() {
    let mut sheet = Sheet::default();
    let row = blank_row(&[("words", "b"), ("id", "a"), ("hours", "")]);
    sheet.rows_mut("report").push(row);
    let text = serde_json::to_string(&sheet).unwrap();
    assert_eq!(text, r#"{"report":[{"cells":{"id":"a","words":"b"}}]}"#);
    assert_eq!(serde_json::from_str::<Sheet>(&text).unwrap(), sheet);
}

fn blank_row(cells: &[(&str, &str)]) -> Row {
    let mut row = Row::default();
    for (name, text) in cells {
        row.set(name, *text);
    }
    row
}

proptest! {
    #[test]
    fn no_file_makes_it_stumble(text in "(\"|,|;|\n|\r|a|'|=|country|\\{|\\}|\\[|:){0,40}", ending in "(csv|json|toml)") {
        let kind = Kind::Deadlines;
        let table = table(kind, "answer");
        if let Ok(sheet) = import(kind, Scope::Everybody, kind.built_in(), Some(table), &format!("x.{ending}"), text.as_bytes()) {
            let _ = read(kind, Scope::Everybody, &sheet);
        }
    }

    #[test]
    fn no_cell_makes_it_stumble(text: String, place in 0_usize..12) {
        let mut sheet = Kind::Deadlines.built_in().clone();
        let column = &table(Kind::Deadlines, "report").columns[place];
        sheet.rows_mut("report")[0].set(column.name, text);
        let _ = read(Kind::Deadlines, Scope::Everybody, &sheet);
    }
}
