//! Cyrillic: Russian, Ukrainian, Belarusian, Bulgarian, Serbian, Macedonian, and the languages of Central Asia.

use any_ascii::any_ascii_char;

/// A word in small Cyrillic letters.
pub fn latin(word: &str) -> String {
    let text: String = word.chars().map(letter).collect();
    super::plain(&text)
}

/// As Belarusians soften `d` and `t`: `Дзяніс` is Denis.
pub fn otherwise(word: &str) -> Option<String> {
    let hard = word.replace("дз", "д").replace("ця", "тя").replace("ці", "ті");
    (hard != word).then(|| latin(&hard))
}

fn letter(letter: char) -> &'static str {
    match letter {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' | 'ғ' | 'ѓ' => "g",
        'д' => "d",
        'е' | 'ё' | 'э' => "e",
        'є' => "ie",
        'ж' => "zh",
        'з' => "z",
        'и' | 'і' => "i",
        'ї' | 'й' => "y",
        'ј' => "j",
        'к' | 'ќ' => "k",
        'қ' => "q",
        'л' => "l",
        'љ' => "lj",
        'м' => "m",
        'н' => "n",
        'њ' => "nj",
        'ң' => "ng",
        'о' | 'ө' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'ћ' => "c",
        'у' | 'ү' | 'ұ' | 'ў' => "u",
        'ф' => "f",
        'х' => "kh",
        'ҳ' | 'һ' => "h",
        'ц' => "ts",
        'ч' | 'ҷ' => "ch",
        'џ' | 'ђ' => "dj",
        'ш' => "sh",
        'щ' => "shch",
        'ы' => "y",
        'ю' => "yu",
        'я' => "ya",
        'ә' => "a",
        'ъ' | 'ь' | 'ʼ' => "",
        _ => any_ascii_char(letter),
    }
}
