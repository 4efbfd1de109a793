//! Amounts in the capital characters that a voucher states beside the figures (大写金额), after the rules of the People's Bank on
//! filling in bills and settlement vouchers (《支付结算办法》附一). Reading them is not for this program: the desk types digits.

use super::Money;

const DIGITS: [&str; 10] = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];
const PLACES: [&str; 4] = ["", "拾", "佰", "仟"];

impl Money {
    /// The amount in capital characters, without 人民币: `107,000.53` is 壹拾万柒仟元伍角叁分. Where the rules leave a 零 to the writer,
    /// there is none; whole yuan and whole jiao end in 整.
    pub fn capitals(self) -> String {
        let fen = self.fen().unsigned_abs();
        let (yuan, jiao, fen) = (fen / 100, fen / 10 % 10, fen % 10);
        let mut out = if self.is_negative() { "负".to_owned() } else { String::new() };
        if yuan > 0 || (jiao, fen) == (0, 0) {
            out.push_str(&whole(yuan));
            out.push('元');
        }
        let of = |digit: u64| DIGITS[usize::try_from(digit).unwrap_or(0)];
        match (jiao, fen) {
            (0, 0) => out.push('整'),
            (jiao, 0) => out.push_str(&format!("{}角整", of(jiao))),
            (0, fen) if yuan > 0 => out.push_str(&format!("零{}分", of(fen))),
            (0, fen) => out.push_str(&format!("{}分", of(fen))),
            (jiao, fen) => out.push_str(&format!("{}角{}分", of(jiao), of(fen))),
        }
        out
    }
}

/// Whole yuan, in groups of four digits; zeros between two digits that are written are one 零, those at the end of a group none.
fn whole(yuan: u64) -> String {
    if yuan == 0 {
        return DIGITS[0].to_owned();
    }
    let group = |at: u32| yuan / 10_000_u64.pow(at) % 10_000;
    let mut out = String::new();
    for at in (0..5).rev() {
        let mut zero = false;
        for place in (0..4).rev() {
            let digit = usize::try_from(group(at) / 10_u64.pow(place) % 10).unwrap_or(0);
            if digit == 0 {
                zero = !out.is_empty();
                continue;
            }
            // A group without any digit before this one leaves its zero to be written here.
            let gap = place == 3 && !out.is_empty() && group(at + 1) == 0;
            if zero || gap {
                out.push_str(DIGITS[0]);
            }
            zero = false;
            out.push_str(DIGITS[digit]);
            out.push_str(PLACES[usize::try_from(place).unwrap_or(0)]);
        }
        if group(at) > 0 {
            // 万亿 is 万 where 亿 follows anyway.
            out.push_str(match at {
                0 => "",
                1 => "万",
                2 => "亿",
                3 if group(2) > 0 => "万",
                3 => "万亿",
                _ => "亿亿",
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_the_rules_of_vouchers_write_them() {
        for (fen, text) in [
            (0, "零元整"),
            (5, "伍分"),
            (60, "陆角整"),
            (140_950, "壹仟肆佰零玖元伍角整"),
            (600_714, "陆仟零柒元壹角肆分"),
            (168_032, "壹仟陆佰捌拾元叁角贰分"),
            (10_700_053, "壹拾万柒仟元伍角叁分"),
            (1_640_902, "壹万陆仟肆佰零玖元零贰分"),
            (32_504, "叁佰贰拾伍元零肆分"),
            (58_400_000, "伍拾捌万肆仟元整"),
            (1_000_500, "壹万零伍元整"),
            (100_500_000, "壹佰万伍仟元整"),
            (10_000_500_000, "壹亿零伍仟元整"),
            (10_005_000_000, "壹亿零伍万元整"),
            (6_360_000_050, "陆仟叁佰陆拾万元伍角整"),
            (100_000_000_000_000, "壹万亿元整"),
            (100_050_000_000_000, "壹万零伍亿元整"),
            (-2_600_000_000, "负贰仟陆佰万元整"),
        ] {
            assert_eq!(Money::from_fen(fen).capitals(), text, "{fen}");
        }
        assert!(Money::MAX.capitals().starts_with("玖亿亿"));
    }
}
