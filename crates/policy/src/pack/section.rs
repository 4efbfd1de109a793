//! Numbers of sections, for regulations without articles: 三、, 三（二）, 三（二）2, 三（二）2（1）. Four levels, as Chinese offices
//! number their texts: Chinese numeral, Chinese numeral in brackets, digits, digits in brackets. Kept with half-width brackets.

use super::numeral;

/// A section's number at the beginning of a text, in its kept form, and what follows it.
pub(super) fn take(text: &str) -> Option<(String, &str)> {
    let (first, mut rest) = numeral_at(text)?;
    let mut kept = numeral::zh(first);
    let mut closed = false;
    if let Some(after) = rest.strip_prefix('、') {
        (rest, closed) = (after.trim_start(), true);
    }
    if let Some((second, after)) = bracketed(rest, numeral_at) {
        kept.push_str(&format!("({})", numeral::zh(second)));
        (rest, closed) = (after, true);
        if let Some((third, after)) = digits_at(rest) {
            kept.push_str(&third.to_string());
            (rest, closed) = (after, false);
            if let Some((fourth, after)) = bracketed(rest, digits_at) {
                kept.push_str(&format!("({fourth})"));
                (rest, closed) = (after, true);
            } else if let Some(after) = rest.strip_prefix(['.', '．', '、']) {
                (rest, closed) = (after, true);
            }
        }
    }
    // 一般规定 is no section: a number without a sign behind it must stand alone.
    (closed || rest.is_empty() || rest.starts_with(char::is_whitespace)).then_some((kept, rest))
}

/// A whole text that is a section's number.
pub(super) fn whole(text: &str) -> Option<String> {
    take(text).filter(|(_, rest)| rest.is_empty()).map(|(kept, _)| kept)
}

fn numeral_at(text: &str) -> Option<(u16, &str)> {
    let end = text.find(|c| !"零一二三四五六七八九十百".contains(c)).unwrap_or(text.len());
    let number = numeral::parse(&text[..end]).filter(|number| *number > 0)?;
    Some((number, &text[end..]))
}

fn digits_at(text: &str) -> Option<(u16, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let number = text[..end].parse().ok().filter(|number| *number > 0)?;
    Some((number, &text[end..]))
}

fn bracketed(text: &str, number: fn(&str) -> Option<(u16, &str)>) -> Option<(u16, &str)> {
    let (number, rest) = number(text.strip_prefix(['(', '（'])?)?;
    Some((number, rest.strip_prefix([')', '）'])?))
}

/// The numbers of its levels: `[3, 2, 2]` of 三(二)2. What is not a section's number has none.
pub(super) fn levels(kept: &str) -> Vec<u16> {
    let mut levels = Vec::new();
    for part in kept.split(['(', ')']).filter(|part| !part.is_empty()) {
        levels.extend(numeral::parse(part));
    }
    levels
}

/// Its numbering carried on by the number of an item: 三 with 2 is 三(二), 三(二) with 2 is 三(二)2.
pub(super) fn with_item(kept: &str, item: u16) -> String {
    match levels(kept).len() {
        0 | 1 => format!("{kept}({})", numeral::zh(item)),
        2 => format!("{kept}{item}"),
        3 => format!("{kept}({item})"),
        _ => format!("{kept}第{item}项"),
    }
}

/// A section's number without its last level, and that level: 三(二) and 2 of 三(二)2.
pub(super) fn parent(kept: &str) -> Option<(String, u16)> {
    let levels = levels(kept);
    let (last, before) = levels.split_last()?;
    let (first, inner) = before.split_first()?;
    let start = numeral::zh(*first);
    Some((inner.iter().fold(start, |kept, level| with_item(&kept, *level)), *last))
}

/// As printed, with full-width brackets.
pub(super) fn printed(kept: &str) -> String {
    kept.replace('(', "（").replace(')', "）")
}

/// In English: `3(2)2`.
pub(super) fn en(kept: &str) -> String {
    let mut text = String::new();
    for (at, level) in levels(kept).iter().enumerate() {
        text.push_str(&if at % 2 == 1 { format!("({level})") } else { level.to_string() });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_offices_write_them() {
        for (text, kept, rest) in [
            ("三 工作", "三", " 工作"),
            ("三、工作", "三", "工作"),
            ("十二、", "十二", ""),
            ("三（二）收益", "三(二)", "收益"),
            ("三、（二）收益", "三(二)", "收益"),
            ("三(二)2 收益", "三(二)2", " 收益"),
            ("三（二）2.收益", "三(二)2", "收益"),
            ("三(三)1（2）时间", "三(三)1(2)", "时间"),
        ] {
            assert_eq!(take(text), Some((kept.to_owned(), rest)), "{text}");
        }
        for text in ["一般规定", "二月的安排", "三(二)2个", "3(2)", "零、", "(二) 收益", "第三", "", "三(二"]
        {
            assert_eq!(take(text), None, "{text}");
        }
    }

    #[test]
    fn an_item_carries_the_numbering_on_and_back() {
        for (kept, item, all, en_text) in [
            ("三", 2, "三(二)", "3(2)"),
            ("三(二)", 2, "三(二)2", "3(2)2"),
            ("三(三)1", 12, "三(三)1(12)", "3(3)1(12)"),
        ] {
            assert_eq!(with_item(kept, item), all);
            assert_eq!(parent(all), Some((kept.to_owned(), item)));
            assert_eq!(en(all), en_text);
        }
        assert_eq!(parent("三"), None);
        assert_eq!(printed("三(三)1(2)"), "三（三）1（2）");
    }
}
