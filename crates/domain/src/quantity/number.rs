//! Numbers as people write them in different countries, and only where one reading is possible.
//!
//! `1 500`, `1'500`, `1,500.0`, `1.500,0` and `1500` are the same; `1,5` and `1.5` are the same; `1,500` alone could be
//! either and is refused.

/// A decimal number: `mantissa / 10^scale`, not negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    pub mantissa: i128,
    pub scale: u32,
}

/// Why digits and separators are no number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NumberError {
    /// Separators in places where nobody puts them.
    Malformed,
    /// Two readings: as a whole number with a thousands sign, and as a decimal fraction.
    Ambiguous { whole: String, fraction: String },
    /// More digits than any quantity needs.
    TooLong,
}

impl Decimal {
    /// The digits that are taken at most, before and after the decimal sign together.
    const MOST_DIGITS: usize = 18;

    pub const fn whole(number: i128) -> Self {
        Self { mantissa: number, scale: 0 }
    }

    pub const HALF: Self = Self { mantissa: 5, scale: 1 };

    /// Reads digits with `.`, `,`, `'` and spaces between them.
    pub fn read(text: &str) -> Result<Self, NumberError> {
        let plain = text.replace('’', "'");
        let signs: Vec<char> = plain.chars().filter(|letter| !letter.is_ascii_digit()).collect();
        let Some(last) = signs.last().copied() else { return Self::assemble(&plain, "") };
        let (head, tail) = plain.rsplit_once(last).ok_or(NumberError::Malformed)?;
        let several = signs.iter().filter(|sign| **sign == last).count() > 1;
        let lone = signs.len() == 1;
        if matches!(last, ' ' | '\'') || several {
            return if grouped(&plain, last) {
                Self::assemble(&plain.replace(last, ""), "")
            } else {
                Err(NumberError::Malformed)
            };
        }
        if lone && tail.len() == 3 && (1..=3).contains(&head.len()) && head.trim_start_matches('0') == head {
            return Err(NumberError::Ambiguous { whole: format!("{head}{tail}"), fraction: trimmed(head, tail) });
        }
        let group = signs[0];
        if lone {
            return Self::assemble(head, tail);
        }
        let only_one_other = signs[..signs.len() - 1].iter().all(|sign| *sign == group);
        if only_one_other && grouped(head, group) {
            Self::assemble(&head.replace(group, ""), tail)
        } else {
            Err(NumberError::Malformed)
        }
    }

    fn assemble(whole: &str, fraction: &str) -> Result<Self, NumberError> {
        let fraction = fraction.trim_end_matches('0');
        let digits = format!("{whole}{fraction}");
        let digits = digits.trim_start_matches('0');
        if digits.len() > Self::MOST_DIGITS + 1 || fraction.len() > Self::MOST_DIGITS {
            return Err(NumberError::TooLong);
        }
        let mantissa = if digits.is_empty() { 0 } else { digits.parse().map_err(|_| NumberError::Malformed)? };
        let scale = u32::try_from(fraction.len()).map_err(|_| NumberError::TooLong)?;
        Ok(Self { mantissa, scale })
    }

    /// The product with a whole number; `None` if it leaves the range.
    pub fn times(self, number: i128) -> Option<Self> {
        Some(Self { mantissa: self.mantissa.checked_mul(number)?, scale: self.scale })
    }

    /// The number as an integer, if it is whole.
    pub fn as_whole(self) -> Option<i128> {
        let ten = 10i128.checked_pow(self.scale)?;
        (self.mantissa % ten == 0).then_some(self.mantissa / ten)
    }

    /// `self × numerator / denominator`, rounded half up; `None` if it leaves the range.
    pub fn scaled(self, numerator: i128, denominator: i128) -> Option<i64> {
        let divisor = denominator.checked_mul(10i128.checked_pow(self.scale)?)?;
        let product = self.mantissa.checked_mul(numerator)?;
        i64::try_from(product.checked_add(divisor / 2)? / divisor).ok()
    }
}

/// Whether `sign` parts `text` into a group of one to three digits and groups of exactly three.
fn grouped(text: &str, sign: char) -> bool {
    let mut groups = text.split(sign);
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    groups.next().is_some_and(|first| (1..=3).contains(&first.len()) && digits(first))
        && groups.all(|group| group.len() == 3 && digits(group))
}

fn trimmed(whole: &str, fraction: &str) -> String {
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numbers_of_many_countries() {
        for (text, mantissa, scale) in [
            ("0", 0, 0),
            ("25", 25, 0),
            ("1,5", 15, 1),
            ("1.5", 15, 1),
            (".5", 5, 1),
            ("0,500", 5, 1),
            ("1 500", 1500, 0),
            ("1'500", 1500, 0),
            ("1’500", 1500, 0),
            ("12 000 000", 12_000_000, 0),
            ("1,500,000", 1_500_000, 0),
            ("1.500.000", 1_500_000, 0),
            ("1,500.25", 150_025, 2),
            ("1.500,25", 150_025, 2),
            ("1 500,25", 150_025, 2),
            ("1,500.250", 150_025, 2),
            ("1500.123", 1_500_123, 3),
            ("1.2345", 12_345, 4),
        ] {
            assert_eq!(Decimal::read(text), Ok(Decimal { mantissa, scale }), "{text}");
        }
    }

    #[test]
    fn refuses_two_readings_and_misplaced_signs() {
        for (text, whole, fraction) in
            [("1,500", "1500", "1.5"), ("2.000", "2000", "2"), ("453.592", "453592", "453.592")]
        {
            let expected = NumberError::Ambiguous { whole: whole.to_owned(), fraction: fraction.to_owned() };
            assert_eq!(Decimal::read(text), Err(expected), "{text}");
        }
        for text in ["1,50,000", "1,5,2", "1.5.2", "1'50", "1,500.250.1", "1,500'250.1", "15 00"] {
            assert_eq!(Decimal::read(text), Err(NumberError::Malformed), "{text}");
        }
        assert_eq!(Decimal::read("12345678901234567890123"), Err(NumberError::TooLong));
    }

    #[test]
    fn rounds_half_up() {
        assert_eq!(Decimal { mantissa: 5, scale: 1 }.scaled(1, 1), Some(1));
        assert_eq!(Decimal { mantissa: 4, scale: 1 }.scaled(1, 1), Some(0));
        assert_eq!(Decimal::whole(1).scaled(45_359_237, 100), Some(453_592));
        assert_eq!(Decimal::whole(i128::from(i64::MAX)).scaled(2, 1), None);
    }
}
