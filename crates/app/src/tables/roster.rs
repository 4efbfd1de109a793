//! A list of payees from a table: who, and how much. Identity numbers stand in it masked; an act holds only how many rows it
//! has, their sum and its digest.

use super::port::{Finding, Form, Language, Reading, Severity, TotalRead};
use crate::ports::Fault;
use crate::view::mask_digits;
use crate::writer::App;
use journal::HashKind;
use kernel::Money;
use policy::pack::Words;

/// One payee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterPayee {
    /// The row in the sheet, from 1.
    pub row: u32,
    /// The name.
    pub name: String,
    /// The identity number, masked.
    pub identity: String,
    /// How much.
    pub amount: Money,
}

/// What reading a list gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterReading {
    /// The payees; none when there is an error.
    pub payees: Vec<RosterPayee>,
    /// How many.
    pub rows: i64,
    /// Their sum.
    pub total: Money,
    /// The digest of [`RosterReading::bytes`].
    pub digest: String,
    /// The list as it is kept: the same rows give the same bytes.
    pub bytes: Vec<u8>,
    /// Printed totals with what the rows give.
    pub totals: Vec<TotalRead>,
    /// Everything that is wrong, by cell.
    pub findings: Vec<Finding>,
}

impl RosterReading {
    /// Whether the list may be taken.
    pub fn is_clean(&self) -> bool {
        !self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }
}

impl App {
    /// The empty list of payees.
    pub fn roster_template(&self, english: bool) -> Result<Vec<u8>, Fault> {
        let language = if english { Language::En } else { Language::Zh };
        self.workbooks.template(&Form::Roster, language, "")
    }

    /// Reads a list of payees. A printed total that is not the sum of its rows is a finding; nothing is written.
    pub fn read_roster(&self, bytes: &[u8], name: &str) -> RosterReading {
        of(self.workbooks.read(bytes, name, &Form::Roster))
    }
}

fn of(reading: Reading) -> RosterReading {
    let Reading { rows, totals, mut findings, .. } = reading;
    let mut payees = Vec::with_capacity(rows.len());
    for row in &rows {
        let amount = row.money("amount");
        if amount <= Money::ZERO {
            let cell = row.cells.get("amount");
            findings.push(Finding {
                severity: Severity::Error,
                code: "rule".to_owned(),
                sheet: reading.sheet.clone(),
                row: row.row.checked_sub(1),
                column: cell.map(|cell| cell.column),
                cell: cell.map_or_else(|| row.row.to_string(), |cell| cell.cell.clone()),
                what: Words::new("补助金额应大于零", "the amount must be above zero"),
                mend: Words::new("请改正，或删去这一行", "mend it or remove the row"),
            });
        }
        payees.push(RosterPayee {
            row: row.row,
            name: row.text("name").to_owned(),
            identity: mask_digits(row.text("resident_id")),
            amount,
        });
    }
    if findings.iter().any(|finding| finding.severity == Severity::Error) {
        payees.clear();
    }
    let bytes = bytes(&payees);
    RosterReading {
        rows: i64::try_from(payees.len()).unwrap_or(i64::MAX),
        total: Money::sum(payees.iter().map(|payee| payee.amount)).unwrap_or(Money::MAX),
        digest: HashKind::Sm3.plain(&bytes).to_string(),
        payees,
        bytes,
        totals,
        findings,
    }
}

fn bytes(payees: &[RosterPayee]) -> Vec<u8> {
    let mut text = String::from("\u{feff}姓名,证件号码（已遮蔽）,金额（元）\r\n");
    let cell = |text: &str| format!("\"{}\"", text.replace('"', ""));
    for payee in payees {
        text.push_str(&[cell(&payee.name), cell(&payee.identity), payee.amount.to_string()].join(","));
        text.push_str("\r\n");
    }
    text.into_bytes()
}
