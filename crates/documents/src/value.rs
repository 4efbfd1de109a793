//! What a cell of a template says once it is read: typed values, or what is wrong and how to mend it.

use crate::amount_cell::{self, Fault};
use crate::finding::Code;
use crate::grid::{Cell, Sheet, Stored};
use crate::label;
use crate::template::{Choice, Column, Kind};
use crate::words::Words;
use kernel::amount::AmountUnit;
use kernel::credit::CreditCode;
use kernel::date::parse_date;
use kernel::docno::DocumentNumber;
use kernel::ratio::Ratio;
use kernel::region::{Gazetteer, RegionCode};
use kernel::resident::ResidentId;
use kernel::{Date, Money};
use std::fmt;

/// A text that no log may show.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(String);

impl Sealed {
    /// The text. Whoever calls this shows or stores it and must be allowed to.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealed(redacted)")
    }
}

/// The value of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text.
    Text(String),
    /// An amount.
    Money(Money),
    /// A percentage or fraction.
    Ratio(Ratio),
    /// A whole number.
    Count(i64),
    /// A date.
    Date(Date),
    /// A year.
    Year(u16),
    /// The id of a choice.
    Choice(String),
    /// A region.
    Region(RegionCode),
    /// A document number.
    DocumentNumber(DocumentNumber),
    /// A credit code.
    CreditCode(CreditCode),
    /// A bank account, digits only.
    Account(Sealed),
    /// An identity number in full, 18 characters.
    ResidentId(Sealed),
    /// A masked identity number.
    MaskedResidentId(Sealed),
    /// The number of a voucher.
    VoucherNumber(String),
}

/// A value with the remark that stood in its cell.
pub(crate) struct Read {
    pub value: Value,
    pub remark: Option<String>,
}

/// Why a cell is no value.
pub(crate) struct Refused {
    pub code: Code,
    pub fault: Fault,
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self { code: Code::CellUnreadable, fault }
    }
}

fn refuse(code: Code, zh: &str, en: &str, mend_zh: &str, mend_en: &str) -> Refused {
    Refused { code, fault: Fault::new(zh, en, mend_zh, mend_en) }
}

/// Reads a cell that is not blank.
pub(crate) fn read(cell: &Cell, column: &Column, unit: AmountUnit, sheet: &Sheet) -> Result<Read, Refused> {
    match &cell.stored {
        Stored::Fault(fault) => return Err(broken(fault)),
        Stored::NotComputed => {
            return Err(refuse(
                Code::FormulaNotComputed,
                "这一格是公式，但文件里没有存计算结果",
                "this is a formula without a stored result",
                "请用电子表格软件打开并保存一次，或直接填写数值",
                "open and save the file in a spreadsheet program, or write the value itself",
            ));
        }
        _ => {}
    }
    if matches!(column.kind, Kind::Money(_)) {
        let read = amount_cell::read(cell, unit)?;
        return Ok(Read { value: Value::Money(read.money), remark: read.remark });
    }
    let value = match (&column.kind, &cell.stored) {
        (Kind::Date, Stored::Date(date)) => Value::Date(*date),
        (Kind::Date, Stored::Number(number)) => date_of_number(number, sheet)?,
        (Kind::Year, Stored::Date(_)) => {
            return Err(Fault::new(
                "这一栏要年份，填的是日期",
                "a year is asked for, this is a date",
                "请只写四位年份，例如 2019",
                "write the year only, for example 2019",
            )
            .into());
        }
        (Kind::Account | Kind::ResidentId | Kind::VoucherNumber | Kind::Text, Stored::Number(number))
            if number.len() > 15 =>
        {
            return Err(refuse(
                Code::NumberCut,
                "长号码被电子表格当成了数字，后几位可能已变成 0",
                "the spreadsheet took the long number for a figure and may have cut its last digits",
                "请把单元格格式改为文本，按凭证重新填写",
                "format the cell as text and enter the number again",
            ));
        }
        _ => of_text(cell.shown().trim(), column)?,
    };
    Ok(Read { value, remark: None })
}

fn broken(fault: &str) -> Refused {
    Refused {
        code: Code::CellError,
        fault: Fault {
            what: Words::new(format!("公式出错：{fault}"), format!("the formula failed: {fault}")),
            mend: Words::new("请改正公式，或直接填写数值", "mend the formula, or write the value itself"),
        },
    }
}

/// A number in a date column: 20191220, or the day as the spreadsheet counts it.
fn date_of_number(number: &str, sheet: &Sheet) -> Result<Value, Refused> {
    match parse_date(number) {
        Ok(date) => Ok(Value::Date(date)),
        Err(error) if number.len() == 5 || number.contains('.') => match sheet.serial_date_of(number) {
            Some(date) if !number.contains('.') => Ok(Value::Date(date)),
            _ => Err(Fault::explained(&error).into()),
        },
        Err(error) => Err(Fault::explained(&error).into()),
    }
}

fn of_text(text: &str, column: &Column) -> Result<Value, Refused> {
    shape(text, column)?;
    Ok(match &column.kind {
        Kind::Text | Kind::LongText | Kind::Money(_) => Value::Text(text.to_owned()),
        Kind::Ratio => Value::Ratio(Ratio::parse(text).map_err(|error| Fault::explained(&error))?),
        Kind::Count(unit) => Value::Count(count(text, unit.as_deref())?),
        Kind::Date => Value::Date(parse_date(text).map_err(|error| Fault::explained(&error))?),
        Kind::Year => Value::Year(year(text)?),
        Kind::Choice(list) => Value::Choice(choice(text, list)?),
        Kind::Region => {
            Value::Region(Gazetteer::get().resolve(text, None).map_err(|error| Fault::explained(&error))?)
        }
        Kind::DocumentNumber => {
            Value::DocumentNumber(DocumentNumber::parse(text).map_err(|error| Fault::explained(&error))?)
        }
        Kind::CreditCode => {
            Value::CreditCode(CreditCode::parse(text).map_err(|error| Fault::explained(&error))?)
        }
        Kind::Account => Value::Account(account(text)?),
        Kind::ResidentId => {
            let id = ResidentId::parse(&label::bare(text)).map_err(|error| Fault::explained(&error))?;
            Value::ResidentId(Sealed(id.modern().expose().to_owned()))
        }
        Kind::MaskedResidentId => Value::MaskedResidentId(masked(text)?),
        Kind::VoucherNumber => Value::VoucherNumber(voucher(text)?),
    })
}

fn shape(text: &str, column: &Column) -> Result<(), Refused> {
    let length = text.chars().count();
    if length > column.length_max {
        let most = column.length_max;
        return Err(Refused {
            code: Code::CellTooLong,
            fault: Fault {
                what: Words::new(
                    format!("最多{most}字，多了{}字", length - most),
                    format!("{} characters more than the {most} allowed", length - most),
                ),
                mend: Words::new("请缩短后再填", "shorten it"),
            },
        });
    }
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(Fault::new(
            "含有看不见的控制字符",
            "it contains characters that cannot be seen",
            "请重新录入这一格",
            "type it again",
        )
        .into());
    }
    Ok(())
}

/// A whole number; commas, a zero fraction and the column's own unit are tolerated.
pub(crate) fn count(text: &str, unit: Option<&str>) -> Result<i64, Fault> {
    let bare = label::bare(text);
    let number = unit.and_then(|unit| bare.strip_suffix(unit)).unwrap_or(&bare).replace(',', "");
    let plain = !number.is_empty() && number.len() <= 15 && number.bytes().all(|b| b.is_ascii_digit());
    number.parse().ok().filter(|_| plain).ok_or_else(|| {
        Fault::new(
            "这一栏要整数",
            "a whole number is asked for",
            "请只写数字，例如 61",
            "write digits only, for example 61",
        )
    })
}

fn year(text: &str) -> Result<u16, Fault> {
    let bare = label::bare(text);
    let number = bare.trim_end_matches(['年', '度']);
    let year = number.parse().ok().filter(|year| number.len() == 4 && (1900..2200).contains(year));
    year.ok_or_else(|| {
        Fault::new("这一栏要四位年份", "a year of four digits is asked for", "例如 2019", "for example 2019")
    })
}

/// The entry with this name or id. Two entries with one name cannot be told apart by it.
fn choice(text: &str, list: &[Choice]) -> Result<String, Refused> {
    let bare = label::bare(text);
    let hits: Vec<&Choice> = list
        .iter()
        .filter(|choice| label::bare(&choice.name) == bare || label::bare(&choice.id) == bare)
        .collect();
    if let [hit] = hits.as_slice() {
        return Ok(hit.id.clone());
    }
    // What looks like the number of a person or an account is not repeated.
    let long = text.bytes().filter(u8::is_ascii_digit).count() > 8;
    let text = if long { "…" } else { text };
    let some = list.iter().take(8).map(|choice| choice.name.as_str()).collect::<Vec<_>>().join("、");
    let more = if list.len() > 8 { " 等" } else { "" };
    let what = if hits.is_empty() {
        Words::new(format!("下拉列表里没有“{text}”"), format!("the list has no \"{text}\""))
    } else {
        Words::new(format!("列表里有不止一个“{text}”"), format!("the list has more than one \"{text}\""))
    };
    let mend =
        Words::new(format!("请从下拉列表中选择：{some}{more}"), format!("choose from the list: {some}"));
    Err(Refused { code: Code::ChoiceUnknown, fault: Fault { what, mend } })
}

/// Digits of an account, blanks and hyphens between them dropped. What was written is not repeated.
fn account(text: &str) -> Result<Sealed, Fault> {
    let digits: String = label::bare(text).chars().filter(|c| *c != '-').collect();
    let fits = (8..=32).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    fits.then_some(Sealed(digits)).ok_or_else(|| {
        Fault::new(
            "银行账号应为 8 至 32 位数字",
            "a bank account has 8 to 32 digits",
            "请对照存折或开户证明核对",
            "check it against the passbook",
        )
    })
}

fn masked(text: &str) -> Result<Sealed, Refused> {
    let bare = label::bare(text).to_ascii_uppercase();
    if ResidentId::parse(&bare).is_ok() || bare.bytes().filter(u8::is_ascii_digit).count() > 12 {
        return Err(refuse(
            Code::NotMasked,
            "填的是完整的身份证号",
            "this is an identity number in full",
            "请隐去中间的出生日期，写成 620123********123X",
            "mask the day of birth: 620123********123X",
        ));
    }
    let stars = bare.bytes().filter(|b| *b == b'*').count();
    let fits = matches!(bare.len(), 15 | 18)
        && stars >= 6
        && bare.bytes().all(|b| b.is_ascii_digit() || b == b'*' || b == b'X');
    fits.then_some(Sealed(bare)).ok_or_else(|| {
        Fault::new(
            "看不懂这个脱敏身份证号",
            "this is no masked identity number",
            "请写成 620123********123X：共 18 位，中间的出生日期用星号代替",
            "write 620123********123X: 18 characters with stars for the day of birth",
        )
        .into()
    })
}

fn voucher(text: &str) -> Result<String, Fault> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let fits = bare.chars().all(|c| c.is_alphanumeric() || "-_/#〔〕[]()（）".contains(c));
    fits.then_some(bare).ok_or_else(|| {
        Fault::new(
            "凭证号里有不用的符号",
            "the number has characters that no voucher has",
            "请按凭证上的号码填写，只用数字、字母、汉字和连字符",
            "write it as on the voucher: digits, letters, hyphens",
        )
    })
}
