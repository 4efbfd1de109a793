//! One cell of an amount, as offices fill it: a number, a number with its unit, a number with a remark in brackets behind
//! it (`10(其中,灾情因素6万元)`). The amount is read by the kernel; this only parts the remark from it and says what the
//! spreadsheet did to it.

use crate::grid::{Cell, Stored};
use crate::words::Words;
use kernel::Money;
use kernel::amount::{AmountError, AmountFault, AmountUnit, parse_amount};
use kernel::explain::Explain;

/// An amount with the remark that stood beside it in its cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AmountCell {
    pub money: Money,
    pub remark: Option<String>,
}

/// What is wrong with a cell and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub what: Words,
    pub mend: Words,
}

impl Fault {
    /// A fault in these words.
    pub fn new(zh: &str, en: &str, mend_zh: &str, mend_en: &str) -> Self {
        Self { what: Words::new(zh, en), mend: Words::new(mend_zh, mend_en) }
    }

    /// What the kernel says about a text.
    pub fn explained(error: &impl Explain) -> Self {
        Self {
            what: Words::new(error.message_zh(), error.message_en()),
            mend: Words::new(error.hint_zh(), error.hint_en()),
        }
    }
}

/// Reads a text; a number without a unit counts in `unit`.
pub(crate) fn parse(text: &str, unit: AmountUnit) -> Result<AmountCell, Fault> {
    let whole = parse_amount(text, unit);
    let error = match whole {
        Ok(amount) => return Ok(AmountCell { money: amount.money, remark: None }),
        Err(error) => error,
    };
    if let Some((amount, remark)) = part(text.trim())
        && let Ok(amount) = parse_amount(amount, unit)
    {
        return Ok(AmountCell { money: amount.money, remark: Some(remark.to_owned()) });
    }
    Err(Fault::explained(&error))
}

/// The number and the remark in brackets behind it, where the brackets open after the number and close at the end.
fn part(text: &str) -> Option<(&str, &str)> {
    let (at, _) = text.char_indices().find(|(_, c)| matches!(c, '(' | '（' | '[' | '［' | '【'))?;
    let inside = text[at..].strip_suffix([')', '）', ']', '］', '】'])?;
    let mut chars = inside.chars();
    chars.next();
    let remark = chars.as_str().trim();
    (at > 0 && !remark.is_empty()).then(|| (text[..at].trim_end(), remark))
}

/// Reads a cell.
pub(crate) fn read(cell: &Cell, unit: AmountUnit) -> Result<AmountCell, Fault> {
    match &cell.stored {
        Stored::Text(text) => parse(text, unit),
        Stored::Number(text) => parse_amount(text, unit)
            .map(|amount| AmountCell { money: amount.money, remark: None })
            .map_err(|error| of_number(&error, text)),
        Stored::Date(_) => Err(Fault::new(
            "电子表格把这一格当成了日期",
            "the spreadsheet took this cell for a date",
            "请把单元格格式改为数值，重新填写金额",
            "format the cell as a number and enter the amount again",
        )),
        Stored::Bool(_) | Stored::Fault(_) | Stored::NotComputed => Err(Fault::new(
            "这一格不是金额",
            "this is no amount",
            "请填写数字，例如 18605.00",
            "write a number such as 18605.00",
        )),
    }
}

/// A number finer than a fen is shown with all digits, because the screen shows it rounded.
fn of_number(error: &AmountError, text: &str) -> Fault {
    if error.fault != AmountFault::FinerThanFen {
        return Fault::explained(error);
    }
    let mut fault = Fault::explained(error);
    fault.what = Words::new(
        format!("金额比一分还细：单元格里实际存的是 {text}"),
        format!("the amount is finer than one fen: the cell really holds {text}"),
    );
    fault
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yuan(text: &str, unit: AmountUnit) -> Result<(String, Option<String>), String> {
        let read = parse(text, unit).map_err(|fault| fault.what.zh)?;
        Ok((read.money.to_string(), read.remark))
    }

    #[test]
    fn amounts_as_offices_write_them() {
        let cases = [
            ("18605", AmountUnit::Yuan, "18605.00", None),
            ("18,605.00", AmountUnit::Yuan, "18605.00", None),
            ("96.54712万元", AmountUnit::Yuan, "965471.20", None),
            ("20万元", AmountUnit::Wan, "200000.00", None),
            ("20", AmountUnit::Wan, "200000.00", None),
            ("10(其中,灾情因素6万元)", AmountUnit::Wan, "100000.00", Some("其中,灾情因素6万元")),
            ("25万元（其中：灾情因素6万元）", AmountUnit::Yuan, "250000.00", Some("其中：灾情因素6万元")),
            ("-3.20", AmountUnit::Yuan, "-3.20", None),
        ];
        for (text, unit, money, remark) in cases {
            assert_eq!(yuan(text, unit), Ok((money.to_owned(), remark.map(str::to_owned))), "{text}");
        }
    }

    #[test]
    fn what_could_mean_two_things_is_refused() {
        for text in ["(100)", "10(", "10()", "约10(万元)", "10(a)b", "20或30", "0.001"] {
            assert!(yuan(text, AmountUnit::Yuan).is_err(), "{text}");
        }
    }

    #[test]
    fn a_stored_number_finer_than_a_fen_is_told_with_its_digits() {
        let cell = Cell { stored: Stored::Number("0.125".to_owned()), formula: false };
        assert_eq!(
            read(&cell, AmountUnit::Yuan).unwrap_err().what.zh,
            "金额比一分还细：单元格里实际存的是 0.125"
        );
        assert_eq!(read(&cell, AmountUnit::Wan).unwrap().money.to_string(), "1250.00");
    }
}
