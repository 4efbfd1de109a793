//! Chinese numerals as headings use them: 第十一条, （二）. Up to 999, which no regulation passes.

const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// `11` as 十一.
pub(crate) fn zh(n: u16) -> String {
    let (hundreds, tens, ones) = (n / 100 % 10, n / 10 % 10, n % 10);
    let mut text = String::new();
    if hundreds > 0 {
        text.push(DIGITS[usize::from(hundreds)]);
        text.push('百');
    }
    if tens > 0 {
        if tens > 1 || hundreds > 0 {
            text.push(DIGITS[usize::from(tens)]);
        }
        text.push('十');
    } else if hundreds > 0 && ones > 0 {
        text.push('零');
    }
    if ones > 0 || text.is_empty() {
        text.push(DIGITS[usize::from(ones)]);
    }
    text
}

/// 十一 as `11`; also takes ASCII digits. `None` when it is not a numeral.
pub(crate) fn parse(text: &str) -> Option<u16> {
    if !text.is_empty() && text.chars().all(|c| c.is_ascii_digit()) {
        return text.parse().ok();
    }
    let mut total: u16 = 0;
    let mut digit: Option<u16> = None;
    let mut any = false;
    for c in text.chars() {
        any = true;
        match c {
            '百' => total = total.checked_add(digit.take()? * 100)?,
            '十' => total = total.checked_add(digit.take().unwrap_or(1) * 10)?,
            '零' => {}
            _ => {
                let at = DIGITS.iter().position(|d| *d == c)?;
                if digit.is_some() {
                    return None;
                }
                digit = u16::try_from(at).ok();
            }
        }
    }
    total.checked_add(digit.unwrap_or(0)).filter(|_| any)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_round_trip() {
        for n in 0..1000 {
            assert_eq!(parse(&zh(n)), Some(n), "{}", zh(n));
        }
        assert_eq!(zh(19), "十九");
        assert_eq!(zh(105), "一百零五");
        assert_eq!(parse("7"), Some(7));
        assert_eq!(parse("甲"), None);
        assert_eq!(parse(""), None);
        assert_eq!(parse(&"九百".repeat(100)), None, "too large is no number");
    }
}
