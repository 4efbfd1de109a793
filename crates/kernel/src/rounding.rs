//! Named rounding. There is no default: whoever rounds says how, and the pack says under which article.

/// How a result between two whole numbers becomes one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rounding {
    /// Towards zero. "不超过" (not more than) means this.
    Down,
    /// Away from zero. "不低于" (not less than) means this.
    Up,
    /// To the nearest, a tie away from zero (四舍五入).
    HalfUp,
    /// To the nearest, a tie to the even neighbour.
    HalfEven,
}

impl Rounding {
    /// `num / den` rounded to a whole number; `None` when `den` is not positive.
    pub fn divide(self, num: i128, den: i128) -> Option<i128> {
        if den <= 0 {
            return None;
        }
        let (quotient, rest) = (num / den, (num % den).unsigned_abs());
        if rest == 0 {
            return Some(quotient);
        }
        let other_half = den.unsigned_abs() - rest;
        let away = match self {
            Self::Down => false,
            Self::Up => true,
            Self::HalfUp => rest >= other_half,
            Self::HalfEven => rest > other_half || (rest == other_half && quotient % 2 != 0),
        };
        if away { quotient.checked_add(num.signum()) } else { Some(quotient) }
    }

    /// The name in Chinese, as a screen shows it.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Down => "向下取整",
            Self::Up => "向上取整",
            Self::HalfUp => "四舍五入",
            Self::HalfEven => "四舍六入五成双",
        }
    }

    /// The name in English.
    pub const fn en(self) -> &'static str {
        match self {
            Self::Down => "rounded down",
            Self::Up => "rounded up",
            Self::HalfUp => "rounded half up",
            Self::HalfEven => "rounded half to even",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Rounding::{self, Down, HalfEven, HalfUp, Up};

    fn all(num: i128, den: i128) -> [Option<i128>; 4] {
        [Down, Up, HalfUp, HalfEven].map(|r: Rounding| r.divide(num, den))
    }

    #[test]
    fn every_way_on_both_sides_of_zero_and_of_the_tie() {
        let cases: [(i128, i128, [i128; 4]); 10] = [
            (6, 3, [2, 2, 2, 2]),
            (7, 3, [2, 3, 2, 2]),
            (8, 3, [2, 3, 3, 3]),
            (5, 2, [2, 3, 3, 2]),
            (7, 2, [3, 4, 4, 4]),
            (1, 2, [0, 1, 1, 0]),
            (-5, 2, [-2, -3, -3, -2]),
            (-7, 2, [-3, -4, -4, -4]),
            (-7, 3, [-2, -3, -2, -2]),
            (0, 9, [0, 0, 0, 0]),
        ];
        for (num, den, want) in cases {
            assert_eq!(all(num, den), want.map(Some), "{num}/{den}");
        }
    }

    #[test]
    fn no_division_by_zero_or_less() {
        assert_eq!(all(1, 0), [None; 4]);
        assert_eq!(all(1, -2), [None; 4]);
    }
}
