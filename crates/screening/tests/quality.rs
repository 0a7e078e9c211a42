//! How right names are compared: what every collection of pairs reaches at the threshold, and pairs that once were judged
//! wrongly.

use screening::{THRESHOLD, compare, entry::Kind};

/// How many of the pairs that were taken for the same are, and how many of those that are were taken for it.
fn precision_and_recall(text: &str) -> (f32, f32) {
    let (mut right, mut taken, mut same) = (0, 0, 0);
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [kind_text, one, other, truth, ..] = fields[..] else { panic!("{line}") };
        let is_same = truth == "same";
        let is_taken = compare::names(one, other, Kind::said(kind_text)).score >= THRESHOLD;
        right += i32::from(is_same && is_taken);
        taken += i32::from(is_taken);
        same += i32::from(is_same);
    }
    (right as f32 / taken as f32, right as f32 / same as f32)
}

/// A change of the engine or of its tables that makes any collection worse than this has to say why.
#[test]
fn collections_are_judged_as_well_as_before() {
    for (name, text, least) in [
        ("tried", include_str!("quality/tried.tsv"), (0.98, 0.965)),
        ("held", include_str!("quality/held.tsv"), (0.97, 0.92)),
        ("fresh", include_str!("quality/fresh.tsv"), (0.975, 0.98)),
        ("fresh-held", include_str!("quality/fresh-held.tsv"), (0.96, 0.93)),
        ("more", include_str!("quality/more.tsv"), (0.985, 0.985)),
        ("second", include_str!("quality/second.tsv"), (0.99, 0.975)),
        ("second-held", include_str!("quality/second-held.tsv"), (0.99, 0.945)),
    ] {
        let (precision, recall) = precision_and_recall(text);
        assert!(precision >= least.0 && recall >= least.1, "{name}: precision {precision:.3}, recall {recall:.3}");
    }
}

#[test]
fn what_was_judged_wrongly_once() {
    for (kind_text, one, other, same) in [
        // Numbers: zeros before them, and the sign that Chinese and Japanese put behind them.
        ("vessel", "Volgo-Don 0214", "Volgo-Don 214", true),
        ("vessel", "金洋八号", "Jin Yang 8", true),
        ("vessel", "金洋十八号", "Jin Yang 8", false),
        ("vessel", "Star of Jaffna", "Jaffna Star", true),
        // Syllables read otherwise, and kana beside characters.
        ("vessel", "백두산", "Paektusan", true),
        ("vessel", "さくら丸", "Sakura Maru", true),
        ("organisation", "조선대성은행", "Choson Taesong Unhaeng", true),
        ("person", "陳大文", "Chan Tai Man", true),
        ("person", "鈴木健一", "鈴木健二", false),
        ("person", "Lee Hyun-woo", "Yi Hyeon-u", true),
        ("organisation", "鴻發貿易公司", "Hung Fat Trading Company", true),
        // Endings of Slavic adjectives, articles before vowels, letters that went astray.
        ("organisation", "Novosibirsk Khimicheskiy Zavod", "Novosibirsk Chemical Plant", true),
        ("organisation", "L'Union des Révolutionnaires", "Union des Révolutionnaires", true),
        ("organisation", "Sepehr Engery Trading", "Sepehr Energy Trading", true),
        // A branch in brackets, a legal form in an acronym, a form that cleaning writes otherwise.
        ("organisation", "Oriental Bearings (Shanghai) Co.", "Oriental Bearings Co.", true),
        ("organisation", "Petróleos de Venezuela S.A.", "PDVSA", true),
        ("organisation", "บริษัท ซันไชน์ จำกัด", "บริษัท ซันไชน์", true),
        // Arabic names: the servant of God, an article apart, names that differ in a long vowel.
        ("person", "محمد عبد الله الحسيني", "Mohammed Abdullah al-Husseini", true),
        ("person", "Noor ul Din Safi", "Nooruddin Safi", true),
        ("person", "Abdul Rashid Dawood", "Abdl Rshd Dawood", true),
        ("person", "حسن کریمی", "Hossein Karimi", false),
        ("person", "حسن کریمی", "Hassan Karimi", true),
        ("person", "Salman Nasir Qahtani", "Slmn Nsr Qhtny", true),
        ("person", "Abdiraxmaan Xasan Cigaal", "Abdirahman Hassan Igal", true),
        ("person", "Viktor Havlíček", "Viktorie Havlíčková", false),
        ("person", "S. V. Kuznetsov", "Sergei Vladimirovich Kuznetsov", true),
    ] {
        let score = compare::names(one, other, Kind::said(kind_text)).score;
        assert_eq!(score >= THRESHOLD, same, "{one} | {other}: {score}");
    }
}
