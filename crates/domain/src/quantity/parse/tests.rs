//! What people write, what is understood, and what they are told when it is not.

use proptest::prelude::*;

use super::*;

fn understood(text: &str) -> String {
    Quantity::parse(text)
        .map_or_else(|error| format!("! {error}"), |quantity| quantity.to_string().replace('\u{202F}', " "))
}

#[test]
fn amounts() {
    for (text, shown) in [
        ("2 t", "2000 kg"),
        ("25 kg", "25 kg"),
        ("25kg", "25 kg"),
        ("25 KG", "25 kg"),
        ("25 kg.", "25 kg"),
        ("1,5 l", "1.5 l"),
        ("1.5 litres", "1.5 l"),
        ("1 500 kg", "1500 kg"),
        ("1\u{202F}500 kg", "1500 kg"),
        ("1'500 kg", "1500 kg"),
        ("1,500.0 kg", "1500 kg"),
        ("12 500 000 l", "12 500 000 l"),
        ("500 g", "500 g"),
        ("0,500 kg", "500 g"),
        (".5 kg", "500 g"),
        ("½ t", "500 kg"),
        ("half a tonne", "500 kg"),
        ("a litre", "1 l"),
        ("two hundred kg", "200 kg"),
        ("10 lb", "4.535924 kg"),
        ("8 oz", "226.7960 g"),
        ("500 gal", "1892.705892 l"),
        ("1 imperial gallon", "4.54609 l"),
        ("10 fl oz", "295.7350 ml"),
        ("2 m³", "2000 l"),
        ("2 m3", "2000 l"),
        ("5 µl", "5 µl"),
        ("2 kg 500 g", "2.5 kg"),
        ("2 kg and 500 g", "2.5 kg"),
        ("1 t + 200 kg", "1200 kg"),
        ("about 25 kg", "25 kg"),
        ("~25 kg", "25 kg"),
        ("25 kg net", "25 kg"),
        ("25 kg (net)", "25 kg"),
        ("٢٥ kg", "25 kg"),
        ("２５ｋｇ", "25 kg"),
        ("25 кг", "25 kg"),
        ("10 toneladas", "10 000 kg"),
    ] {
        assert_eq!(understood(text), shown, "{text}");
    }
}

#[test]
fn packs() {
    for (text, shown) in [
        ("3 drums of 200 l", "600 l (3 × 200 l)"),
        ("3 drums 200 l", "600 l (3 × 200 l)"),
        ("3 drums à 200 l", "600 l (3 × 200 l)"),
        ("3 drums @ 200 l", "600 l (3 × 200 l)"),
        ("3 drums (200 l each)", "600 l (3 × 200 l)"),
        ("3 drums x 200 l", "600 l (3 × 200 l)"),
        ("3 x 200 l", "600 l (3 × 200 l)"),
        ("3x200l", "600 l (3 × 200 l)"),
        ("3 * 200 l", "600 l (3 × 200 l)"),
        ("3 × 200 l drums", "600 l (3 × 200 l)"),
        ("200 l x 3", "600 l (3 × 200 l)"),
        ("200 l × 3 drums", "600 l (3 × 200 l)"),
        ("three 200-litre steel drums", "600 l (3 × 200 l)"),
        ("three drums of 200 litres each", "600 l (3 × 200 l)"),
        ("600 l in 3 drums", "600 l (3 × 200 l)"),
        ("600 l (3 drums)", "600 l (3 × 200 l)"),
        ("600 l (3 × 200 l)", "600 l (3 × 200 l)"),
        ("3 x 200 l = 600 l", "600 l (3 × 200 l)"),
        ("600 l in drums", "600 l"),
        ("200 l drum", "200 l"),
        ("a drum of 200 l", "200 l"),
        ("12 IBC of 1000 l", "12 000 l (12 × 1000 l)"),
        ("12 IBCs of 1 000 l", "12 000 l (12 × 1000 l)"),
        ("12 1000 l IBCs", "12 000 l (12 × 1000 l)"),
        ("2 dozen bottles of 2.5 litres", "60 l (24 × 2.5 l)"),
        ("a dozen bottles of 2,5 l", "30 l (12 × 2.5 l)"),
        ("2 x 12 x 500 ml", "12 l (24 × 500 ml)"),
        ("2 pallets of 40 bags of 25 kg", "2000 kg (80 × 25 kg)"),
        ("40 plastic jerry cans of 20 l", "800 l (40 × 20 l)"),
        ("5 fûts de 200 litres", "1000 l (5 × 200 l)"),
        ("4 Fässer von 200 Liter", "800 l (4 × 200 l)"),
        ("2 drums of 200 l and 1 drum of 100 l", "500 l"),
        ("2 drums of 200 l + 3 drums of 200 l", "1000 l (5 × 200 l)"),
        ("2 drums of 200 l and 5 l", "405 l"),
    ] {
        assert_eq!(understood(text), shown, "{text}");
    }
}

#[test]
fn pieces() {
    for (text, shown) in [
        ("40 pieces", "40 pieces"),
        ("40 pcs", "40 pieces"),
        ("1 unit", "1 piece"),
        ("40 tablet presses", "40 pieces"),
        ("40 tablets presses", "40 pieces"),
        ("2 used rotary tablet presses", "2 pieces"),
        ("a tablet press", "1 piece"),
        ("2 sets of punches and dies", "2 pieces"),
        ("12 punches and 12 dies", "24 pieces"),
        ("two dozen dies", "24 pieces"),
        ("10 000 tablets", "10 000 pieces"),
        ("10 boxes of 24 tablets", "240 pieces (10 × 24 pieces)"),
        ("200 packs", "200 pieces"),
        ("40 tablets of 60 mg", "2.4 g (40 × 60 mg)"),
        ("3 pairs", "6 pieces"),
    ] {
        assert_eq!(understood(text), shown, "{text}");
    }
}

#[test]
fn refusals_say_what_to_write() {
    for (text, told) in [
        ("", "say how much"),
        ("   ", "say how much"),
        ("25", "25 of what? Add a unit"),
        ("3 x 200", "200 of what?"),
        ("1,500 kg", "can be read as 1500 or as 1.5; write 1500 or 1.5"),
        ("1.500 l", "can be read as 1500 or as 1.5"),
        ("3 200 l drums", "can be read as 3200 or as 3 × 200"),
        ("25 widgets", "we do not know the unit “widgets”"),
        ("30 %", "we do not know the unit “%”"),
        ("3 drums", "how much does each hold?"),
        ("3 drums of acetone", "how much does each hold?"),
        ("2.5 drums of 200 l", "whole numbers"),
        ("1.5 pieces", "whole numbers"),
        ("2.5 tablet presses", "whole numbers"),
        ("-5 kg", "cannot be below zero"),
        ("0 kg", "more than nothing"),
        ("0 x 5 kg", "more than nothing"),
        ("0.0000001 g", "too little"),
        ("99999999999999999999 t", "more than can exist"),
        ("9999999999999 t", "more than can exist"),
        ("4000000 x 4000000 t", "more than can exist"),
        ("2 kg + 3 l", "cannot be added"),
        ("12 l (3 x 5 l)", "these amounts differ: 12 l and 15 l (3 × 5 l)"),
        ("12 l = 15 l", "these amounts differ"),
        ("2-3 kg", "we did not understand"),
        ("25 kg of acetone", "we did not understand “of acetone”"),
        ("25 kg / month", "we did not understand “/ month”"),
        ("a few drums", "how much does each hold?"),
        ("lots", "we did not understand “lots”"),
        ("kg", "we did not understand “kg”"),
        ("2 3 kg", "we did not understand “2 3 kg”"),
        ("1,2,3 kg", "we did not understand “1,2,3”"),
        ("<script>alert(1)</script>", "we did not understand"),
        ("2 x 2 x 2 x 2 x 2 x 2 x 2 x 2 kg", "we did not understand"),
    ] {
        let answer = understood(text);
        assert!(answer.starts_with('!') && answer.contains(told), "{text}: {answer}");
    }
}

#[test]
fn number_and_unit_in_two_fields() {
    for (number, unit, shown) in [
        ("25", "kg", "25 kg"),
        ("1,5", "l", "1.5 l"),
        ("3 x 200", "l", "600 l (3 × 200 l)"),
        ("3 drums of 200", "l", "600 l (3 × 200 l)"),
        ("500 g", "kg", "500 g"),
        ("25 kg", "", "25 kg"),
        ("40", "pieces", "40 pieces"),
    ] {
        assert_eq!(
            Quantity::parse_with_unit(number, unit).map(|quantity| quantity.to_string()),
            Ok(shown.to_owned()),
            "{number}|{unit}"
        );
    }
    for (number, unit) in
        [("", "kg"), ("25", ""), ("25 l", "kg"), ("25", "furlong"), ("1,500", "kg"), ("x", "kg"), ("25", "kg 3")]
    {
        assert!(Quantity::parse_with_unit(number, unit).is_err(), "{number}|{unit}");
    }
}

proptest! {
    #[test]
    fn never_panics(text in ".*", unit in ".{0,8}") {
        let _ = Quantity::parse(&text);
        let _ = Quantity::parse_with_unit(&text, &unit);
    }

    #[test]
    fn never_panics_on_near_misses(parts in prop::collection::vec("[0-9]{1,4}|kg|l|x|drums|of|dozen|a|half|in|and|=|\\(|\\)|,|\\.|-| |boxes|presses", 0..12)) {
        let text = parts.join(" ");
        if let Ok(quantity) = Quantity::parse(&text) {
            prop_assert_eq!(Quantity::parse(&quantity.to_string()), Ok(quantity));
        }
    }

    #[test]
    fn grams_and_kilograms_agree(grams in 1i64..1_000_000_000) {
        let by_grams = Quantity::parse(&format!("{grams} g"));
        let by_kilograms = Quantity::parse(&format!("{}.{:03}0 kg", grams / 1000, grams % 1000));
        prop_assert_eq!(by_grams, by_kilograms);
    }
}
