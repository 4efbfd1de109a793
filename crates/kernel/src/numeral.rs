//! Small Chinese numerals as regulations print them (三分之二, 百分之三十, 十个工作日, 二十日, 两年).
//! Not for amounts of money: those are refused in words, the desk types digits.

/// The value of one full-width or ASCII digit.
pub(crate) fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        _ => None,
    }
}

/// The ASCII twin of a full-width character, or the character itself.
pub(crate) fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
        '\u{ffe5}' => '¥',
        '−' | '﹣' => '-',
        _ => c,
    }
}

fn unit_digit(c: char) -> Option<u32> {
    "零一二三四五六七八九".chars().position(|d| d == c).map(|n| n as u32).or(match c {
        '〇' => Some(0),
        '两' => Some(2),
        _ => None,
    })
}

fn place(c: char) -> Option<u32> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1_000),
        '万' => Some(10_000),
        _ => None,
    }
}

/// Reads a Chinese whole number up to 一万, or a run of ASCII or full-width digits; `None` when it is neither.
pub(crate) fn whole(text: &str) -> Option<u32> {
    digits(text).or_else(|| in_words(text))
}

/// Reads a run of ASCII or full-width digits.
pub(crate) fn digits(text: &str) -> Option<u32> {
    let number = text.chars().try_fold(0_u32, |sum, c| sum.checked_mul(10)?.checked_add(digit(c)?));
    number.filter(|_| !text.is_empty())
}

/// Reads a Chinese whole number: places strictly fall (三百二十五), 十 may stand alone, 零 fills a gap.
fn in_words(text: &str) -> Option<u32> {
    let (mut sum, mut last_place, mut pending, mut zero) = (0_u32, u32::MAX, None, false);
    for c in text.chars() {
        if let Some(place) = place(c) {
            let count = match pending.take() {
                Some(0) => return None,
                Some(n) => n,
                None if sum == 0 => 1,
                None => return None,
            };
            if place >= last_place {
                return None;
            }
            (sum, last_place, zero) = (sum + count * place, place, false);
        } else {
            let n = unit_digit(c)?;
            match pending {
                None => {}
                Some(0) if zero && n != 0 => {}
                Some(_) => return None,
            }
            zero = n == 0;
            pending = Some(n);
        }
    }
    match pending {
        None if last_place == u32::MAX => None,
        None => Some(sum),
        Some(0) if sum > 0 => None,
        Some(n) if last_place <= 10 || last_place == u32::MAX || sum == 0 => Some(sum + n),
        // 一百零五 is clear; 一百五 is spoken for 150 and so is not.
        Some(n) if text.contains(['零', '〇']) => Some(sum + n),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_as_regulations_print_them() {
        let cases = [
            ("0", Some(0)),
            ("15", Some(15)),
            ("１５", Some(15)),
            ("零", Some(0)),
            ("三", Some(3)),
            ("两", Some(2)),
            ("十", Some(10)),
            ("十五", Some(15)),
            ("二十", Some(20)),
            ("三十三", Some(33)),
            ("百", Some(100)),
            ("一百", Some(100)),
            ("一百零五", Some(105)),
            ("一百二十", Some(120)),
            ("一千零五", Some(1005)),
            ("三千二百五十一", Some(3251)),
            ("一万", Some(10_000)),
        ];
        for (text, want) in cases {
            assert_eq!(whole(text), want, "{text}");
        }
    }

    #[test]
    fn what_is_not_one_clear_number() {
        for text in
            ["", "三五", "十十", "百十百", "二十三十", "一百五", "零零", "二十零", "三X", "1十", "4294967296"]
        {
            assert_eq!(whole(text), None, "{text}");
        }
    }
}
