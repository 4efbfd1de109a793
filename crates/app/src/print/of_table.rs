//! A list that is exported as a spreadsheet, as a printed table.

use super::{Align, Column, Table, Width};
use crate::tables;
use crate::tables::ColumnKind;
use kernel::Money;

impl Table {
    /// The same rows as the exported table, with its title as caption and the totals of its amounts.
    pub fn of(table: &tables::Table) -> Table {
        let column = |column: &tables::Column| Column {
            name: column.name.clone(),
            group: String::new(),
            width: if column.kind == ColumnKind::Text { Width::Share(1) } else { Width::Fit },
            align: match column.kind {
                ColumnKind::Text => Align::Start,
                ColumnKind::Amount | ColumnKind::Balance | ColumnKind::Count => Align::End,
                ColumnKind::Date => Align::Centre,
            },
        };
        Table {
            caption: table.title.clone(),
            unit: table.unit.clone(),
            columns: table.columns.iter().map(column).collect(),
            rows: table.rows.iter().map(|row| row.iter().map(said).collect()).collect(),
            totals: table.total.as_ref().map(|label| totals(table, label)),
            notes: table.notes.clone(),
            across: false,
        }
    }
}

fn said(cell: &tables::Cell) -> String {
    match cell {
        tables::Cell::Empty => String::new(),
        tables::Cell::Text(text) => text.clone(),
        tables::Cell::Money(money) => money.grouped(),
        tables::Cell::Count(count) => count.to_string(),
        tables::Cell::Date(date) => date.to_string(),
    }
}

/// A total is left out where it cannot be told exactly.
fn totals(table: &tables::Table, label: &str) -> Vec<String> {
    let sum = |at: usize| {
        let mut amounts = table.rows.iter().filter_map(|row| match row.get(at) {
            Some(tables::Cell::Money(money)) => Some(*money),
            _ => None,
        });
        amounts.try_fold(Money::ZERO, |sum, one| sum.checked_add(one))
    };
    let cell = |(at, column): (usize, &tables::Column)| match column.kind {
        ColumnKind::Amount => sum(at).map_or_else(String::new, Money::grouped),
        _ if at == 0 => label.to_owned(),
        _ => String::new(),
    };
    table.columns.iter().enumerate().map(cell).collect()
}
