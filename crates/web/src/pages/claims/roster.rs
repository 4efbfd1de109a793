//! A list of payees as it is uploaded or pasted: name, masked identity, amount. It is kept apart; an act holds only how many rows it
//! has, their sum and its digest. Long numbers are masked before anything is kept.

use app::view::mask_digits;
use kernel::Money;
use kernel::amount::{AmountUnit, parse_amount};

/// No list may have more rows than this.
pub(super) const ROWS_MAX: usize = 5_000;

/// One payee of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Payee {
    pub name: String,
    pub identity: String,
    pub amount: Money,
}

/// A list that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Roster {
    pub payees: Vec<Payee>,
    pub total: Money,
}

/// What is wrong with a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RosterFault {
    /// It is not in UTF-8.
    Encoding,
    /// It has no rows.
    Empty,
    /// It has too many rows.
    TooMany,
    /// A row has fewer than three cells; rows count from 1.
    Cells(usize),
    /// A row has no name.
    Name(usize),
    /// The amount of a row cannot be read or is not above zero.
    Amount(usize),
    /// Its own line of the sum says something else.
    Sum(usize),
}

/// Whether a file is a workbook, by its first bytes.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK") || bytes.starts_with(b"\xd0\xcf\x11\xe0")
}

/// Reads an uploaded text.
pub(super) fn read_bytes(bytes: &[u8]) -> Result<Roster, RosterFault> {
    read(std::str::from_utf8(bytes).map_err(|_| RosterFault::Encoding)?)
}

/// Reads rows with tabs or commas between their cells. A first row without an amount is the heading; a last row of the sum is
/// compared and left out.
pub(super) fn read(text: &str) -> Result<Roster, RosterFault> {
    let mut payees = Vec::new();
    let mut said: Option<(usize, Money)> = None;
    let lines = text.trim_start_matches('\u{feff}').lines();
    for (no, line) in (1_usize..).zip(lines).filter(|(_, line)| !line.trim().is_empty()) {
        let cells = cells(line);
        let amount = cells.iter().rev().find(|cell| !cell.is_empty()).and_then(|cell| amount(cell));
        if cells.first().is_some_and(|cell| cell.starts_with("合计")) {
            said = Some((no, amount.ok_or(RosterFault::Amount(no))?));
            continue;
        }
        if no == 1 && is_heading(line) {
            continue;
        }
        payees.push(payee(no, &cells)?);
        if payees.len() > ROWS_MAX {
            return Err(RosterFault::TooMany);
        }
    }
    if payees.is_empty() {
        return Err(RosterFault::Empty);
    }
    let total = Money::sum(payees.iter().map(|payee| payee.amount)).ok_or(RosterFault::TooMany)?;
    match said {
        Some((no, sum)) if sum != total => Err(RosterFault::Sum(no)),
        _ => Ok(Roster { payees, total }),
    }
}

/// A heading names the columns and holds no figure.
fn is_heading(line: &str) -> bool {
    let names = line.contains('名') || line.to_lowercase().contains("name");
    names && !line.chars().any(|c| c.is_ascii_digit())
}

fn payee(no: usize, cells: &[String]) -> Result<Payee, RosterFault> {
    let [name, identity, sum, ..] = cells else { return Err(RosterFault::Cells(no)) };
    if name.is_empty() {
        return Err(RosterFault::Name(no));
    }
    let amount = amount(sum).filter(|amount| *amount > Money::ZERO).ok_or(RosterFault::Amount(no))?;
    Ok(Payee { name: name.clone(), identity: mask_digits(identity), amount })
}

fn amount(cell: &str) -> Option<Money> {
    parse_amount(cell, AmountUnit::Yuan).ok().map(|amount| amount.money)
}

/// The cells of a line: by tabs when it has any, otherwise by commas, with quoted cells.
fn cells(line: &str) -> Vec<String> {
    if line.contains('\t') {
        return line.split('\t').map(|cell| cell.trim().to_owned()).collect();
    }
    let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' | '，' if !quoted => cells.push(std::mem::take(&mut cell).trim().to_owned()),
            other => cell.push(other),
        }
    }
    cells.push(cell.trim().to_owned());
    cells
}

impl Roster {
    /// The list as it is kept: the same rows give the same bytes.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut text = String::from("\u{feff}姓名,证件号码（已遮蔽）,金额（元）\r\n");
        let cell = |text: &str| format!("\"{}\"", text.replace('"', ""));
        for payee in &self.payees {
            let line = [cell(&payee.name), cell(&payee.identity), payee.amount.to_string()].join(",");
            text.push_str(&line);
            text.push_str("\r\n");
        }
        text.into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_masked_and_counted() {
        let text = "姓名\t证件号码\t金额\r\n王小明\t120225198001011234\t1,200.50\r\n李四\t1202**********1111\t800\r\n合计\t\t2000.50\r\n";
        let roster = read(text).unwrap();
        assert_eq!(roster.payees.len(), 2);
        assert_eq!(roster.total, Money::from_fen(200_050));
        assert_eq!(roster.payees[0].identity, "****34");
        let bytes = String::from_utf8(roster.bytes()).unwrap();
        assert!(!bytes.contains("120225198001011234"), "{bytes}");
        assert_eq!(read(&bytes).unwrap(), roster, "what is kept reads the same");
    }

    #[test]
    fn faults_name_their_row() {
        for (text, fault) in [
            ("", RosterFault::Empty),
            ("姓名,证件号码,金额\n", RosterFault::Empty),
            ("甲,1", RosterFault::Cells(1)),
            ("姓名,证件,金额\n,1,5\n", RosterFault::Name(2)),
            ("姓名,证件,金额\n甲,1,五元几\n", RosterFault::Amount(2)),
            ("甲,1,0\n", RosterFault::Amount(1)),
            ("甲,1,5\n合计,,6\n", RosterFault::Sum(2)),
        ] {
            assert_eq!(read(text), Err(fault), "{text}");
        }
        assert_eq!(read_bytes(&[0xff, 0xfe]), Err(RosterFault::Encoding));
        assert_eq!(read("甲,1,0.01\n合计,,0.01\n").unwrap().total, Money::from_fen(1));
    }

    #[test]
    fn a_list_has_at_most_so_many_rows() {
        assert!(read(&"甲,1,1\n".repeat(ROWS_MAX)).is_ok());
        assert_eq!(read(&"甲,1,1\n".repeat(ROWS_MAX + 1)), Err(RosterFault::TooMany));
    }
}
