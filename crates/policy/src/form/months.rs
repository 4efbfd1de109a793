//! A table of fixed rows by twelve months: its rows as typed, and totals by row, by month and of all.

use super::data::{FormData, ROW, is_blank};
use super::read::{PartRead, RowRead};
use super::{cell, words};
use crate::lang::Value;
use crate::pack::{MonthRow, MonthsDef, Part, Words};
use kernel::money::Money;
use std::collections::{BTreeMap, BTreeSet};

/// The columns of a table of months.
pub(super) fn month_columns() -> impl Iterator<Item = (usize, String)> {
    (1..=12).map(|month| (month, format!("m{month}")))
}

/// Reads a table of months.
pub(super) fn read(read: &mut PartRead<'_>, part: &Part, def: &MonthsDef, data: &FormData) {
    let mut seen: Vec<&str> = Vec::new();
    for (at, cells) in data.rows(&part.id).iter().enumerate() {
        let number = at + 1;
        let named = cells.get(ROW).map(|text| text.trim()).filter(|text| !text.is_empty());
        let fixed = match named {
            Some(name) => def.rows.iter().find(|row| row.id == name),
            None => def.rows.get(at),
        };
        let fixed = fixed.filter(|fixed| !seen.contains(&fixed.id.as_str()));
        let Some(fixed) = fixed else {
            if !is_blank(cells) {
                read.touched = true;
                let say = Words::new(
                    format!("{}：第{number}行不是表里的行，或与前面的行重复", part.name.zh),
                    format!(
                        "{}: row {number} is not one of the table's, or stands there twice",
                        part.name.en
                    ),
                );
                let hint =
                    Words::new("请把数字填到表里已有的行", "write the numbers into the rows of the table");
                read.findings.push(words::rows(&part.id, Some(number), None, &part.cite, say, hint));
            }
            continue;
        };
        seen.push(&fixed.id);
        month_row(read, part, def, fixed, number, cells);
    }
    month_totals(read, part, def);
}

fn month_row(
    read: &mut PartRead<'_>,
    part: &Part,
    def: &MonthsDef,
    fixed: &MonthRow,
    number: usize,
    cells: &BTreeMap<String, String>,
) {
    let mut row =
        RowRead { row: number, key: fixed.id.clone(), values: BTreeMap::new(), closed: BTreeSet::new() };
    for (month, column) in month_columns() {
        let text = cells.get(&column).map_or("", String::as_str);
        if text.trim().is_empty() {
            continue;
        }
        read.touched = true;
        match cell::money(text, def.unit) {
            Ok(value) => {
                row.values.insert(column, value);
            }
            Err(fault) => {
                let name = Words::new(
                    format!("{} {month}月", fixed.name.zh),
                    format!("{}, month {month}", fixed.name.en),
                );
                read.findings.push(words::invalid(&part.id, Some(number), &column, &name, &part.cite, fault));
                row.closed.insert(column);
            }
        }
    }
    read.rows.push(row);
}

/// Totals of each fixed row, of each month and of all. A total is not known while a cell of it cannot be read.
fn month_totals(read: &mut PartRead<'_>, part: &Part, def: &MonthsDef) {
    let sum = |rows: &[RowRead], inside: &dyn Fn(&RowRead, &str) -> bool| -> Option<Money> {
        let mut sum = Money::ZERO;
        for row in rows {
            if row.closed.iter().any(|column| inside(row, column)) {
                return None;
            }
            for value in row.values.iter().filter(|(column, _)| inside(row, column)).map(|(_, value)| value) {
                let Value::Money(money) = value else { continue };
                sum = sum.checked_add(*money)?;
            }
        }
        Some(sum)
    };
    let mut totals: Vec<(String, Option<Money>)> = Vec::new();
    for fixed in &def.rows {
        totals.push((fixed.id.clone(), sum(&read.rows, &|row, _| row.key == fixed.id)));
    }
    for (_, month) in month_columns() {
        totals.push((month.clone(), sum(&read.rows, &|_, column| column == month)));
    }
    let all = sum(&read.rows, &|_, _| true);
    if all.is_none() && read.rows.iter().all(|row| row.closed.is_empty()) {
        let name = Words::new("合计", "total");
        read.findings.push(words::invalid(&part.id, None, "total", &name, &part.cite, words::too_large()));
    }
    read.values.extend(all.map(|money| (format!("{}.total", part.id), Value::Money(money))));
    totals.push(("total".to_owned(), all));
    for (name, money) in totals {
        read.computed.extend(money.map(|money| (format!("{}.{name}", part.id), money.to_string())));
    }
}
