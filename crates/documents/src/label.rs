//! Words in tables: headings with their units, names of totals, numbering of groups. Everything is compared without
//! blanks and in narrow characters, because one office writes 合 计 and the next 合计：.

use kernel::amount::AmountUnit;

/// The text without blanks and line breaks, in narrow characters and small letters.
pub(crate) fn bare(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    };
    text.chars()
        .map(narrow)
        .filter(|c| !c.is_whitespace() && *c != '\u{feff}')
        .flat_map(char::to_lowercase)
        .collect()
}

/// A heading without what stands in brackets behind it and without marks such as `*`.
pub(crate) fn heading(text: &str) -> String {
    let bare = bare(text);
    let cut =
        bare.char_indices().find(|(at, c)| *at > 0 && matches!(c, '(' | '[' | '【' | '〔')).map(|(at, _)| at);
    let name = cut.map_or(bare.as_str(), |at| &bare[..at]);
    name.trim_matches(['*', ':', '_']).to_owned()
}

/// A unit in a heading: 金额（万元）, 金额:元, amount_wan.
pub(crate) fn unit_of_heading(text: &str) -> Option<AmountUnit> {
    let bare = bare(text).trim_matches('*').to_owned();
    let inside =
        bare.split(['(', '[', '【', '〔']).nth(1).map(|rest| rest.trim_end_matches([')', ']', '】', '〕']));
    let named = inside.or_else(|| bare.split(':').nth(1)).and_then(unit_named);
    named.or_else(|| match bare.rsplit('_').next() {
        Some("wan") => Some(AmountUnit::Wan),
        Some("yuan") => Some(AmountUnit::Yuan),
        _ if bare.ends_with("万元") => Some(AmountUnit::Wan),
        _ => None,
    })
}

/// A heading in letters without the unit behind it: amount_wan.
pub(crate) fn without_unit(heading: &str) -> &str {
    ["_wan", "_yuan"].iter().find_map(|unit| heading.strip_suffix(unit)).unwrap_or(heading)
}

fn unit_named(text: &str) -> Option<AmountUnit> {
    let text = text.strip_prefix("单位").unwrap_or(text).trim_start_matches(':');
    let text = text.strip_prefix("人民币").unwrap_or(text);
    let first = text.split(['/', ',', '、', '，', ';']).next().unwrap_or_default();
    [AmountUnit::Wan, AmountUnit::Yi, AmountUnit::Yuan].into_iter().find(|unit| unit.zh() == first)
}

/// A unit in a line above the table: 单位：万元, 金额单位：人民币元.
pub(crate) fn unit_of_line(text: &str) -> Option<AmountUnit> {
    let bare = bare(text);
    let (_, after) = bare.split_once("单位")?;
    unit_named(after.trim_start_matches([':', '为']).trim_end_matches(')'))
}

/// How much a row of totals covers. The order is the order of nesting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    /// 小计: the block since the last total of any kind.
    Sub,
    /// 合计: everything since the last 合计.
    Total,
    /// 总计: everything.
    Grand,
}

/// Whether a label names a total.
pub(crate) fn rank(label: &str) -> Option<Rank> {
    let bare = bare(label);
    let name = heading(&bare);
    let name = name.trim_matches(|c: char| matches!(c, ':' | '、' | '.' | '-' | '—'));
    match name {
        "小计" | "分计" | "本页小计" | "本页合计" | "subtotal" | "sub-total" => Some(Rank::Sub),
        "合计" | "共计" | "合计数" | "合计金额" | "金额合计" | "资金合计" | "total" | "sum" => {
            Some(Rank::Total)
        }
        "总计" | "总合计" | "总额" | "资金总额" | "总计金额" | "grandtotal" => {
            Some(Rank::Grand)
        }
        _ if name.ends_with("小计") || name.ends_with("合计") => Some(Rank::Sub),
        _ if name.ends_with("总计") => Some(Rank::Grand),
        _ => None,
    }
}

/// Whether a label says that its row is a part of the row above (其中：…) and so is not counted again.
pub(crate) fn is_of_which(label: &str) -> bool {
    let bare = bare(label);
    bare.starts_with("其中") || bare.starts_with("#其中")
}

/// The depth of a number in a serial column or before a label: 一、 is 1, （一） is 2, 1 is 3, (1) is 4, 1.1 is 4 and deeper.
pub(crate) fn depth(text: &str) -> Option<u32> {
    let bare = bare(text);
    let chinese = |c: char| "一二三四五六七八九十".contains(c);
    let (inside, rest, bracket) = match bare.strip_prefix('(') {
        Some(rest) => {
            let (inside, after) = rest.split_once(')')?;
            (inside.to_owned(), after.to_owned(), true)
        }
        None => {
            let len = bare
                .chars()
                .take_while(|c| chinese(*c) || c.is_ascii_digit() || *c == '.')
                .map(char::len_utf8);
            let (inside, after) = bare.split_at(len.sum());
            (inside.to_owned(), after.to_owned(), false)
        }
    };
    let behind = rest.is_empty() || bracket || rest.starts_with(['、', '.', ',', ')']);
    let number = inside.trim_end_matches('.');
    if number.is_empty() || !(behind || inside.ends_with('.')) {
        return None;
    }
    if number.chars().all(chinese) {
        return Some(if bracket { 2 } else { 1 });
    }
    let parts: Vec<&str> = number.split('.').collect();
    let plain =
        parts.iter().all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
    plain.then(|| if bracket { 4 } else { 2 + parts.len() as u32 })
}

/// Whether a heading is that of a serial number.
pub(crate) fn is_serial(text: &str) -> bool {
    matches!(heading(text).as_str(), "序号" | "编号" | "序" | "no" | "no." | "item" | "#" | "项次")
}

/// Lines under a table that are none of its rows.
pub(crate) fn is_note(text: &str) -> bool {
    const STARTS: [&str; 13] = [
        "注:",
        "注1",
        "备注",
        "说明",
        "填表",
        "填报",
        "制表",
        "制单",
        "审核",
        "复核",
        "负责人",
        "联系",
        "单位负责人",
    ];
    let bare = bare(text);
    STARTS.iter().any(|start| bare.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_in_the_spellings_of_offices() {
        let cases = [
            ("小计", Some(Rank::Sub)),
            ("小 计：", Some(Rank::Sub)),
            ("中央资金小计", Some(Rank::Sub)),
            ("合　计", Some(Rank::Total)),
            ("合计（万元）", Some(Rank::Total)),
            ("县级资金合计", Some(Rank::Sub)),
            ("总计", Some(Rank::Grand)),
            ("Total", Some(Rank::Total)),
            ("会计培训", None),
            ("统计", None),
            ("", None),
            ("设计费", None),
        ];
        for (text, want) in cases {
            assert_eq!(rank(text), want, "{text}");
        }
    }

    #[test]
    fn depths_of_numbering() {
        let cases = [
            ("一、", Some(1)),
            ("二", Some(1)),
            ("一、中央资金", Some(1)),
            ("（一）", Some(2)),
            ("(十二)产业", Some(2)),
            ("1", Some(3)),
            ("1、", Some(3)),
            ("3.", Some(3)),
            ("（1）", Some(4)),
            ("1.1", Some(4)),
            ("1.1.2", Some(5)),
            ("4a", None),
            ("一村一品", None),
            ("2019年", None),
            ("20191", None),
            ("", None),
            ("(贷款)", None),
        ];
        for (text, want) in cases {
            assert_eq!(depth(text), want, "{text}");
        }
    }

    #[test]
    fn units_of_headings_and_lines() {
        let cases = [
            ("金额（万元）", Some(AmountUnit::Wan)),
            ("金额\n(元)", Some(AmountUnit::Yuan)),
            ("投资（单位：万元）", Some(AmountUnit::Wan)),
            ("amount_wan", Some(AmountUnit::Wan)),
            ("subsidy_per_unit_yuan", Some(AmountUnit::Yuan)),
            ("补助标准（元/户）", Some(AmountUnit::Yuan)),
            ("安排金额（元）*", Some(AmountUnit::Yuan)),
            ("金额", None),
            ("责任单位", None),
        ];
        for (text, want) in cases {
            assert_eq!(unit_of_heading(text), want, "{text}");
        }
        assert_eq!(unit_of_line("单位：万元"), Some(AmountUnit::Wan));
        assert_eq!(unit_of_line("金额单位：人民币元"), Some(AmountUnit::Yuan));
        assert_eq!(unit_of_line("填报单位：某乡"), None);
    }

    #[test]
    fn headings_without_their_marks() {
        assert_eq!(heading(" 金 额\n（万元）"), "金额");
        assert_eq!(heading("*项目名称*"), "项目名称");
        assert!(is_serial("序 号") && is_serial("No.") && !is_serial("单位"));
    }
}
