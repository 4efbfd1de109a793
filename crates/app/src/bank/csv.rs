//! The same as tables of comma-separated values: the file out, and a bank's results in.
//!
//! Out: one line a payment, then a line with count and sum. In: columns are found by their headings, in Chinese or English, in any
//! order; a result is one of a few words, and any other word is unclear.

use super::{BankFileError, BankLine, Order, Said, plain, short};
use csv::StringRecord;
use kernel::{Date, Money};

const HEADINGS: [&str; 7] = ["序号", "端到端编号", "收款人", "收款账号", "开户银行", "金额", "用途"];

/// The file out: UTF-8 with a mark at its beginning, lines ended by CR LF. `None` when the sum cannot be counted.
pub fn write(order: &Order) -> Option<Vec<u8>> {
    let sum = plain(order.sum()?);
    let mut out = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    out.write_record(HEADINGS).ok()?;
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
        out.write_record(cells).ok()?;
    }
    let count = format!("{}笔", order.transfers.len());
    out.write_record(["合计", &short(&order.id, 35), &count, "", "", &sum, ""]).ok()?;
    out.into_inner().ok()
}

/// A bank's results, in their order. Lines without any text and the line of the sum are passed over.
pub fn read(bytes: &[u8]) -> Result<Vec<BankLine>, BankFileError> {
    let text = std::str::from_utf8(bytes).map_err(|_| BankFileError::Encoding)?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let rows: Result<Vec<StringRecord>, _> = reader.records().collect();
    let mut rows = rows.map_err(|_| BankFileError::Encoding)?.into_iter();
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
    let lines = lines.filter(|row| row.get(0).is_none_or(|cell| cell.trim() != "合计"));
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
    fn line(&self, row: &StringRecord) -> BankLine {
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
    fn quotes_breaks_and_empty_lines_move_nothing_to_another_line() {
        let file = "端到端编号,金额,结果,日期,原因\n\n\
                    Q1-1,1.00,失败,,\"户名\n不符，\"\"甲\"\"\"\r\n\
                    \r\n\
                    Q1-2,2.00,成功,2019-11-07\r\n\
                    Q1-3,3.00,成功,2019-11-08,,多出的一格";
        let lines = read(file.as_bytes()).unwrap();
        let names: Vec<&str> = lines.iter().map(|line| line.end_to_end.as_str()).collect();
        assert_eq!(names, ["Q1-1", "Q1-2", "Q1-3"]);
        assert_eq!(lines[0].said, Said::Failed { reason: "户名\n不符，\"甲\"".into() });
        let paid = |day| Said::Paid { on: Date::constant(2019, 11, day), reference: String::new() };
        assert_eq!((&lines[1].said, &lines[2].said), (&paid(7), &paid(8)));
        let amounts: Vec<Money> = lines.iter().filter_map(|line| line.amount).collect();
        assert_eq!(amounts, [100, 200, 300].map(Money::from_fen));
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
