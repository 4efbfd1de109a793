//! What has a shape but no meaning to the rules: telephone numbers, accounts, postcodes; and numbers and days that only
//! forms have: quantities, months, years.

use super::cell::Fault;
use kernel::Date;
use kernel::date::parse_date;
use kernel::ratio::Ratio;

/// Full-width characters of ASCII as the narrow ones, without blanks around.
pub(super) fn narrow(text: &str) -> String {
    let one = |c: char| match c {
        '\u{3000}' => ' ',
        '。' => '.',
        '，' => ',',
        '－' | '–' | '—' | '―' => '-',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    };
    text.trim().chars().map(one).collect::<String>().trim().to_owned()
}

/// A number with decimals, without a unit.
pub(super) fn quantity(text: &str) -> Result<Ratio, Fault> {
    let fault = || {
        Fault::plain(
            "看不懂这个数量",
            "this is not a quantity",
            "只填数字，例如 12 或 3.5；单位填在单位栏",
            "digits only, such as 12 or 3.5; the unit has a column of its own",
        )
    };
    let plain = narrow(text);
    let (whole, places) = plain.split_once('.').unwrap_or((&plain, ""));
    let pointed = plain.contains('.');
    if (pointed && places.is_empty()) || !digits(places) || !grouped(whole) {
        return Err(fault());
    }
    let too_fine = || {
        Fault::plain(
            "数量的位数太多",
            "the quantity has too many digits",
            "整数最多9位，小数最多6位",
            "at most nine digits and six decimals",
        )
    };
    let whole: String = whole.chars().filter(|c| *c != ',').collect();
    if whole.len() > 9 || places.len() > 6 {
        return Err(too_fine());
    }
    let scale = 10_i64.pow(places.len() as u32);
    let number = format!("{whole}{places}").parse::<i64>().map_err(|_| fault())?;
    Ratio::new(number, scale).ok_or_else(too_fine)
}

fn digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// Digits, with commas between groups of three or none at all.
fn grouped(whole: &str) -> bool {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    let rest: Vec<&str> = groups.collect();
    let head = !first.is_empty() && digits(first) && (rest.is_empty() || first.len() <= 3);
    head && rest.iter().all(|group| group.len() == 3 && digits(group))
}

/// A month, as its first day: `2019-10`, `2019.10`, `2019/10`, `2019年10月`, `201910`.
pub(super) fn month(text: &str) -> Result<Date, Fault> {
    let plain = narrow(text);
    let marks: String = plain.chars().filter(|c| !c.is_ascii_digit()).collect();
    let day = match marks.as_str() {
        "-" | "." | "/" => format!("{plain}{marks}1"),
        "年月" => format!("{plain}1日"),
        "" if plain.len() == 6 => format!("{plain}01"),
        _ => String::new(),
    };
    parse_date(&day).map_err(|_| {
        Fault::plain(
            "看不懂这个年月",
            "this is not a month",
            "请写成 2019-10、2019.10、201910 或 2019年10月",
            "write 2019-10, 2019.10, 201910 or 2019年10月",
        )
    })
}

/// A year of four digits.
pub(super) fn year(text: &str) -> Result<i16, Fault> {
    let plain = narrow(text);
    let number = plain.strip_suffix('年').unwrap_or(&plain).trim_end();
    let read = Some(number).filter(|n| n.len() == 4 && digits(n)).and_then(|n| n.parse().ok());
    read.filter(|year| (1900..=2199).contains(year)).ok_or_else(|| {
        Fault::plain(
            "看不懂这个年份",
            "this is not a year",
            "请填四位年份，例如 2019",
            "four digits, such as 2019",
        )
    })
}

/// One or several telephone numbers: mobile, with or without area code and extension, 400 and 800.
pub(super) fn phone(text: &str) -> Result<(), Fault> {
    let plain = narrow(text);
    let numbers = plain.split(['/', '、', ';', ',']);
    if numbers.into_iter().all(|number| is_phone(number.trim())) {
        return Ok(());
    }
    Err(Fault::plain(
        "电话号码的写法不对",
        "this is not a telephone number",
        "手机填11位；固定电话填区号和号码，例如 022-88880000，分机写在“转”之后；多个号码用顿号隔开",
        "eleven digits for a mobile, area code and number otherwise, such as 022-88880000; 转 before an extension",
    ))
}

fn is_phone(number: &str) -> bool {
    let number = number.strip_prefix("+86").unwrap_or(number).trim_start_matches(['-', ' ']);
    let (main, extension) = number.split_once('转').map_or((number, None), |(a, b)| (a, Some(b.trim())));
    let mut groups: Vec<&str> = main.split(['-', ' ', '(', ')']).filter(|group| !group.is_empty()).collect();
    let mut extension = extension;
    if extension.is_none() && groups.len() == 3 && groups[0].starts_with('0') && groups[1].len() >= 7 {
        extension = groups.pop();
    }
    if extension.is_some_and(|e| e.is_empty() || e.len() > 6 || !digits(e))
        || !groups.iter().all(|g| digits(g))
    {
        return false;
    }
    let joined = groups.concat();
    let local = |n: &str| matches!(n.len(), 7 | 8) && !n.starts_with('0');
    match joined.as_bytes() {
        [b'1', b'3'..=b'9', ..] if joined.len() == 11 => extension.is_none(),
        [b'4' | b'8', b'0', b'0', ..] if joined.len() == 10 => true,
        [b'0', b'1' | b'2', ..] => joined.get(3..).is_some_and(local),
        [b'0', b'3'..=b'9', ..] => joined.get(4..).is_some_and(local),
        [b'1', _, _, _, _] | [b'1', _, _] | [b'9', b'5' | b'6', ..] if joined.len() <= 6 => {
            extension.is_none()
        }
        _ => local(&joined),
    }
}

/// The number of an account: digits, in groups if one likes.
pub(super) fn bank_account(text: &str) -> Result<(), Fault> {
    let plain: String = narrow(text).chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    if digits(&plain) && (8..=32).contains(&plain.len()) {
        return Ok(());
    }
    Err(Fault::plain(
        "银行账号的写法不对",
        "this is not an account number",
        "只填数字，8至32位，请对照开户许可证核对",
        "digits only, 8 to 32 of them; check it against the account permit",
    ))
}

/// Six digits.
pub(super) fn postcode(text: &str) -> Result<(), Fault> {
    let plain = narrow(text);
    if plain.len() == 6 && digits(&plain) {
        return Ok(());
    }
    Err(Fault::plain("邮政编码应为6位数字", "a postcode has six digits", "例如 300040", "for example 300040"))
}
