//! The same as tables of comma-separated values: the file out, and a bank's results in.
//!
//! Out: one line a payment, then a line with count and sum. In: columns are found by their headings, in Chinese or English, in any
//! order; a result is one of a few words, and any other word is unclear.

use super::{BankFileError, BankLine, Order, Said, plain, short};
use kernel::{Date, Money};

const HEADINGS: [&str; 7] = ["序号", "端到端编号", "收款人", "收款账号", "开户银行", "金额", "用途"];

/// The file out: UTF-8 with a mark at its beginning, lines ended by CR LF. `None` when the sum cannot be counted.
pub fn write(order: &Order) -> Option<Vec<u8>> {
    let sum = order.sum()?;
    let mut text = String::from("\u{feff}");
    row(&mut text, &HEADINGS.map(str::to_owned));
    for (no, transfer) in (1..).zip(&order.transfers) {
        let cells = [
            format!("{no}"),
            short(&transfer.end_to_end, 35),
            short(&transfer.to.name, 140),
            short(&transfer.to.account, 34),
            short(&transfer.to.bank, 140),
            plain(transfer.amount),
            short(&transfer.purpose, 140),
        ];
        row(&mut text, &cells);
    }
    let count = order.transfers.len();
    let total = ["合计".to_owned(), short(&order.id, 35), format!("{count}笔")];
    let cells = [total.as_slice(), &[String::new(), String::new(), plain(sum), String::new()]].concat();
    row(&mut text, &cells);
    Some(text.into_bytes())
}

fn row(text: &mut String, cells: &[String]) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(cell);
        }
    }
    text.push_str("\r\n");
}

/// A bank's results, in their order. Lines without any text and the line of the sum are passed over.
pub fn read(bytes: &[u8]) -> Result<Vec<BankLine>, BankFileError> {
    let text = std::str::from_utf8(bytes).map_err(|_| BankFileError::Encoding)?;
    let mut rows = rows(text.trim_start_matches('\u{feff}')).into_iter();
    let headings = rows.next().ok_or(BankFileError::Empty)?;
    let find = |names: &[&str]| {
        headings.iter().position(|h| names.iter().any(|name| h.trim().eq_ignore_ascii_case(name)))
    };
    let need = |names: &[&str], column| find(names).ok_or(BankFileError::Column { column });
    let columns = Columns {
        end_to_end: need(&["端到端编号", "end_to_end", "endtoendid"], "端到端编号")?,
        amount: need(&["金额", "amount"], "金额")?,
        result: need(&["结果", "状态", "result", "status"], "结果")?,
        day: find(&["日期", "入账日期", "date"]),
        reference: find(&["流水号", "reference"]),
        reason: find(&["原因", "失败原因", "reason"]),
    };
    let lines = rows.filter(|row| row.iter().any(|cell| !cell.trim().is_empty()));
    let lines = lines.filter(|row| row.first().is_none_or(|cell| cell.trim() != "合计"));
    Ok(lines.map(|row| columns.line(&row)).collect())
}

struct Columns {
    end_to_end: usize,
    amount: usize,
    result: usize,
    day: Option<usize>,
    reference: Option<usize>,
    reason: Option<usize>,
}

impl Columns {
    fn line(&self, row: &[String]) -> BankLine {
        let cell = |place: Option<usize>| place.and_then(|at| row.get(at)).map_or("", |text| text.trim());
        let end_to_end = cell(Some(self.end_to_end));
        let amount = Money::parse_yuan(cell(Some(self.amount))).ok();
        let (result, reason) = (cell(Some(self.result)), cell(self.reason));
        let unclear = |reason: &str| Said::Unclear { reason: reason.to_owned() };
        let said = match (result.to_lowercase().as_str(), cell(self.day).parse::<Date>()) {
            _ if end_to_end.is_empty() => unclear("没有端到端编号"),
            _ if amount.is_none() => unclear("金额无法识别"),
            ("成功" | "已支付" | "paid" | "success", Ok(on)) => {
                Said::Paid { on, reference: cell(self.reference).to_owned() }
            }
            ("成功" | "已支付" | "paid" | "success", Err(_)) => unclear("入账日期无法识别"),
            ("失败" | "退回" | "failed" | "returned", _) => Said::Failed { reason: reason.to_owned() },
            _ => unclear("结果无法识别"),
        };
        let shown =
            [cell(self.day), end_to_end, cell(Some(self.amount)), result, cell(self.reference), reason];
        let shown: Vec<&str> = shown.into_iter().filter(|text| !text.is_empty()).collect();
        BankLine { end_to_end: end_to_end.to_owned(), amount, said, text: short(&shown.join(" "), 300) }
    }
}

/// Rows of cells; a quoted cell may hold commas, doubled quotes and line breaks.
fn rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() => quoted = true,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            other => cell.push(other),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::super::{Party, Transfer};
    use super::*;

    #[test]
    fn the_file_out_counts_sums_and_quotes() {
        let to =
            Party { name: "甲,\"乙\"".into(), account: "622202000000001".into(), bank: "某行".into() };
        let transfer = |no: i64, fen| Transfer {
            end_to_end: format!("Q7-{no}"),
            to: to.clone(),
            amount: Money::from_fen(fen),
            purpose: "报账".into(),
        };
        let order = Order {
            id: "批次2019-007".into(),
            made: String::new(),
            on: Date::constant(2019, 11, 6),
            from: to.clone(),
            transfers: vec![transfer(1, 10_005), transfer(2, 90)],
        };
        let text = String::from_utf8(write(&order).unwrap()).unwrap();
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert_eq!(lines[0], format!("\u{feff}{}", HEADINGS.join(",")));
        assert_eq!(lines[1], "1,Q7-1,\"甲,\"\"乙\"\"\",622202000000001,某行,100.05,报账");
        assert_eq!(lines[3], "合计,批次2019-007,2笔,,,100.95,");
        assert_eq!(text.into_bytes(), write(&order).unwrap());
    }

    #[test]
    fn results_are_read_by_heading() {
        let file = "\u{feff}金额,端到端编号,结果,日期,流水号,原因\r\n\
                    100.05,Q7-1,成功,2019-11-07,R1,\r\n\
                    0.90,Q7-2,失败,,,\"账户,已销\"\r\n\
                    1.00,Q7-3,处理中,,,\r\n\
                    ,,,,,\r\n\
                    x,Q7-4,成功,2019-11-07,,\r\n\
                    1.00,Q7-5,成功,昨天,,\r\n\
                    1.00,,成功,2019-11-07,,\r\n\
                    合计,,,,,\r\n";
        let said: Vec<Said> = read(file.as_bytes()).unwrap().into_iter().map(|line| line.said).collect();
        let unclear = |reason: &str| Said::Unclear { reason: reason.into() };
        assert_eq!(
            said,
            [
                Said::Paid { on: Date::constant(2019, 11, 7), reference: "R1".into() },
                Said::Failed { reason: "账户,已销".into() },
                unclear("结果无法识别"),
                unclear("金额无法识别"),
                unclear("入账日期无法识别"),
                unclear("没有端到端编号"),
            ]
        );
    }

    #[test]
    fn a_file_without_its_columns_is_refused() {
        assert_eq!(read(b""), Err(BankFileError::Empty));
        let missing = |column| Err(BankFileError::Column { column });
        assert_eq!(read("金额,结果\n".as_bytes()), missing("端到端编号"));
        assert_eq!(read("端到端编号,金额\n".as_bytes()), missing("结果"));
        assert_eq!(read(&[0xff]), Err(BankFileError::Encoding));
    }
}
