//! Printed percentages compared with the part and the whole that they stand for, to the digits printed.

use kernel::rounding::Rounding;

/// A percentage as printed: 1.9 is 19 with one decimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Percent {
    /// All digits as one number.
    pub digits: i128,
    /// How many of them stand behind the point.
    pub decimals: u32,
}

impl Percent {
    /// Reads `1.9`, `1.9%`, `１.９％`.
    pub fn parse(text: &str) -> Option<Self> {
        let bare = crate::label::bare(text);
        let number = bare.strip_suffix('%').unwrap_or(&bare);
        let (whole, places) = number.split_once('.').unwrap_or((number, ""));
        let digits = format!("{whole}{places}");
        let plain = !whole.is_empty() && digits.len() <= 12 && digits.bytes().all(|b| b.is_ascii_digit());
        let digits = digits.parse().ok().filter(|_| plain)?;
        Some(Self { digits, decimals: places.len() as u32 })
    }

    /// The share of a part in a whole, rounded half up to so many decimals.
    pub fn of(part: i64, whole: i64, decimals: u32) -> Option<Self> {
        let scale = 10_i128.checked_pow(decimals.min(12))?;
        let num = i128::from(part).checked_mul(100)?.checked_mul(scale)?;
        Some(Self { digits: Rounding::HalfUp.divide(num, i128::from(whole))?, decimals })
    }
}

impl std::fmt::Display for Percent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (sign, digits) = (if self.digits < 0 { "-" } else { "" }, self.digits.unsigned_abs());
        let scale = 10_u128.pow(self.decimals.min(12));
        if self.decimals == 0 {
            return write!(f, "{sign}{digits}%");
        }
        let width = self.decimals.min(12) as usize;
        write!(f, "{sign}{}.{:0width$}%", digits / scale, digits % scale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_rounded_to_the_digits_printed() {
        let cases = [
            (1250, 20388, "6.1", "6.1%"),
            (375, 20388, "1.9", "1.8%"),
            (375, 20388, "1.839%", "1.839%"),
            (1, 3, "33", "33%"),
            (1, 8, "12.5", "12.5%"),
            (1, 2000, "0.1", "0.1%"),
        ];
        for (part, whole, printed, says) in cases {
            let printed = Percent::parse(printed).unwrap();
            assert_eq!(Percent::of(part, whole, printed.decimals).unwrap().to_string(), says);
        }
        assert_eq!(Percent::of(1, 0, 1), None);
        for text in ["", "%", "a", "1.2.3", "-5", "1234567890123"] {
            assert_eq!(Percent::parse(text), None, "{text}");
        }
    }
}
