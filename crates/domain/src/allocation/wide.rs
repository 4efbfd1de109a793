//! Whole numbers without a limit, as much of them as an exact division of money needs: products of many sums do not fit 128 bits.

use std::cmp::Ordering;

/// A whole number, least digit first, in base 2^32, without leading zeros.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Wide(Vec<u32>);

impl Wide {
    pub(super) fn of(number: u128) -> Wide {
        let digits = (0..4).map(|at| (number >> (32 * at)) as u32).collect();
        Wide(digits).trimmed()
    }

    pub(super) fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    fn trimmed(mut self) -> Wide {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        self
    }

    fn digit(&self, at: usize) -> u64 {
        u64::from(self.0.get(at).copied().unwrap_or(0))
    }

    pub(super) fn plus(&self, other: &Wide) -> Wide {
        let mut carry = 0;
        let mut digits = Vec::new();
        for at in 0..=self.0.len().max(other.0.len()) {
            let sum = self.digit(at) + other.digit(at) + carry;
            digits.push(sum as u32);
            carry = sum >> 32;
        }
        Wide(digits).trimmed()
    }

    /// `self - other`; nothing when that would be less than nothing.
    pub(super) fn minus(&self, other: &Wide) -> Wide {
        let mut borrow = 0;
        let mut digits = Vec::new();
        for at in 0..self.0.len() {
            let (own, away) = (self.digit(at), other.digit(at) + borrow);
            borrow = u64::from(own < away);
            digits.push((own + (borrow << 32) - away) as u32);
        }
        if borrow > 0 || other.0.len() > self.0.len() { Wide::default() } else { Wide(digits).trimmed() }
    }

    pub(super) fn times(&self, other: &Wide) -> Wide {
        let mut digits = vec![0_u32; self.0.len() + other.0.len() + 1];
        for (at, own) in self.0.iter().enumerate() {
            let mut carry = 0_u64;
            for (by, factor) in other.0.iter().enumerate() {
                let sum = u64::from(digits[at + by]) + u64::from(*own) * u64::from(*factor) + carry;
                digits[at + by] = sum as u32;
                carry = sum >> 32;
            }
            digits[at + other.0.len()] = carry as u32;
        }
        Wide(digits).trimmed()
    }

    /// How often `by` goes into it, when that is not more than `most`, and what remains.
    pub(super) fn divided(&self, by: &Wide, most: u64) -> (u64, Wide) {
        let (mut low, mut high) = (0, most);
        while low < high {
            let middle = low + (high - low).div_ceil(2);
            if by.times(&Wide::of(u128::from(middle))) <= *self {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        (low, self.minus(&by.times(&Wide::of(u128::from(low)))))
    }
}

impl PartialOrd for Wide {
    fn partial_cmp(&self, other: &Wide) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Wide {
    fn cmp(&self, other: &Wide) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

/// Divides whole units by weights, exactly: whole units first, then one each to the largest remainders, the earlier first.
pub(super) fn apportion(units: u64, weights: &[Wide]) -> Vec<u64> {
    let whole = weights.iter().fold(Wide::default(), |sum, weight| sum.plus(weight));
    if whole.is_zero() {
        return vec![0; weights.len()];
    }
    let amount = Wide::of(u128::from(units));
    let divided: Vec<(u64, Wide)> =
        weights.iter().map(|weight| weight.times(&amount).divided(&whole, units)).collect();
    let mut parts: Vec<u64> = divided.iter().map(|(part, _)| *part).collect();
    let missing = units.saturating_sub(parts.iter().sum());
    let mut by_rest: Vec<usize> = (0..parts.len()).collect();
    by_rest.sort_by(|a, b| divided[*b].1.cmp(&divided[*a].1));
    for at in by_rest.into_iter().take(usize::try_from(missing).unwrap_or(usize::MAX)) {
        parts[at] += 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_counts_as_numbers_do() {
        let numbers: [u128; 7] =
            [0, 1, 9, 0xffff_ffff, 0x1_0000_0000, 0x1234_5678_9abc_def0, u128::MAX >> 66];
        for a in numbers {
            for b in numbers {
                let (wide_a, wide_b) = (Wide::of(a), Wide::of(b));
                assert_eq!(wide_a.plus(&wide_b), Wide::of(a + b));
                assert_eq!(wide_a.times(&wide_b), Wide::of(a * b));
                assert_eq!(wide_a.minus(&wide_b), Wide::of(a.saturating_sub(b)), "{a} - {b}");
                assert_eq!(wide_a.cmp(&wide_b), a.cmp(&b));
                if let (Some(quotient), true) = (a.checked_div(b), a < 1 << 60) {
                    let (times, rest) = wide_a.divided(&wide_b, u64::MAX >> 1);
                    assert_eq!((u128::from(times), rest), (quotient, Wide::of(a % b)), "{a} / {b}");
                }
            }
        }
    }

    #[test]
    fn the_largest_remainders_get_what_is_left() {
        let weights = |weights: &[u128]| weights.iter().map(|w| Wide::of(*w)).collect::<Vec<_>>();
        assert_eq!(apportion(100, &weights(&[1, 1, 1])), [34, 33, 33]);
        assert_eq!(apportion(10, &weights(&[15, 15, 70])), [2, 1, 7]);
        assert_eq!(apportion(7, &weights(&[0, 0])), [0, 0]);
        assert_eq!(apportion(0, &weights(&[3, 4])), [0, 0]);
        assert_eq!(apportion(u64::MAX >> 1, &weights(&[1, 0])), [u64::MAX >> 1, 0]);
    }
}
