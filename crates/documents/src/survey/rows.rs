//! The rows of a table: what each is, its words and its figures, and the checks of its printed totals.

use super::{Check, CheckKind, ColumnKind, Figure, RowKind, Survey, SurveyRow};
use crate::finding::{Code, Finding};
use crate::grid::{Cell, Sheet};
use crate::label::{self, Rank};
use crate::place::Place;
use crate::read::{say_money, say_rows};
use crate::sums::{Entry, Line, Outcome, Role, Structure, SumKind};
use crate::words::Words;
use crate::{amount_cell, value};
use kernel::Money;
use kernel::amount::AmountUnit;
use std::collections::BTreeMap;

/// Reads the rows into the survey and gives what the sums need.
pub(super) fn read(survey: &mut Survey, sheet: &Sheet, header: u32) -> Vec<Line> {
    let mut lines = Vec::new();
    let long = survey.columns.iter().any(|column| column.kind == ColumnKind::Measured);
    for row in sheet.rows.range(header + 1..).map(|(row, _)| *row) {
        let cells = sheet.row(row);
        let note = matches!(cells.as_slice(), [(_, only)] if label::is_note(&only.shown()));
        if cells.is_empty() || note || is_numbered_only(survey, &cells) {
            continue;
        }
        let (read, line) = self::row(survey, sheet, row, long);
        survey.rows.push(read);
        lines.push(line);
    }
    lines
}

/// A row that was prepared with its serial number and never filled.
fn is_numbered_only(survey: &Survey, cells: &[(u32, &Cell)]) -> bool {
    let serial = |at: u32| survey.columns.iter().any(|c| c.column == at && c.kind == ColumnKind::Serial);
    cells.iter().all(|(at, cell)| serial(*at) && label::rank(&cell.shown()).is_none())
}

fn row(survey: &mut Survey, sheet: &Sheet, row: u32, long: bool) -> (SurveyRow, Line) {
    let mut read = SurveyRow {
        row: row + 1,
        kind: RowKind::Item,
        label: String::new(),
        texts: BTreeMap::new(),
        figures: BTreeMap::new(),
        remarks: Vec::new(),
    };
    let mut entries = BTreeMap::new();
    let mut serial = None;
    for (column, kind) in survey.columns.iter().map(|column| (column.column, column.kind)).collect::<Vec<_>>()
    {
        let Some(cell) = sheet.cell(row, column) else { continue };
        let text = cell.shown().trim().to_owned();
        match kind {
            ColumnKind::Serial => serial = Some(text),
            ColumnKind::Text | ColumnKind::MeasureUnit | ColumnKind::Percent => {
                read.texts.insert(column, text);
            }
            _ => {
                let adds = matches!(kind, ColumnKind::Amount(_) | ColumnKind::Count);
                match figure(sheet, row, column, kind, cell) {
                    Some((figure, remark)) => {
                        say_remark(survey, sheet, row, column, remark.as_deref());
                        read.remarks.extend(remark);
                        read.figures.insert(column, figure);
                        if adds {
                            entries.insert(column, Entry::Value(raw(figure)));
                        }
                    }
                    None => {
                        read.texts.insert(column, text);
                        if adds {
                            entries.insert(column, Entry::Unreadable);
                        }
                        if matches!(kind, ColumnKind::Amount(_)) {
                            unreadable(survey, sheet, row, column, cell, survey.unit(column));
                        }
                    }
                }
            }
        }
    }
    let words: Vec<&String> = serial.iter().chain(read.texts.values()).collect();
    let rank = words.iter().take(3).find_map(|text| label::rank(text)).filter(|_| !long);
    let of_which = read.texts.values().take(2).any(|text| label::is_of_which(text));
    let depth =
        serial.as_deref().and_then(label::depth).or_else(|| label::depth(words.first().map_or("", |w| w)));
    let role = match rank {
        Some(rank) => Role::Total(rank),
        None if of_which => Role::OfWhich,
        None => Role::Item(depth),
    };
    read.kind = match role {
        Role::Total(Rank::Sub) => RowKind::Subtotal,
        Role::Total(_) => RowKind::Total,
        Role::OfWhich => RowKind::OfWhich,
        Role::Item(_) => RowKind::Item,
    };
    read.label = read.texts.values().next().or(serial.as_ref()).cloned().unwrap_or_default();
    (read, Line { row, role, entries })
}

fn raw(figure: Figure) -> i64 {
    match figure {
        Figure::Money(money) => money.fen(),
        Figure::Count(count) => count,
    }
}

fn figure(
    sheet: &Sheet,
    row: u32,
    column: u32,
    kind: ColumnKind,
    cell: &Cell,
) -> Option<(Figure, Option<String>)> {
    let unit = match kind {
        ColumnKind::Amount(unit) | ColumnKind::Price(unit) | ColumnKind::StatedTotal(unit) => unit,
        ColumnKind::Measured => match sheet.shown(row, column + 1).trim() {
            "元" => AmountUnit::Yuan,
            "万元" => AmountUnit::Wan,
            "亿元" => AmountUnit::Yi,
            _ => return value::count(&cell.shown(), None).ok().map(|count| (Figure::Count(count), None)),
        },
        _ => return value::count(&cell.shown(), None).ok().map(|count| (Figure::Count(count), None)),
    };
    let read = amount_cell::read(cell, unit).ok()?;
    Some((Figure::Money(read.money), read.remark))
}

fn say_remark(survey: &mut Survey, sheet: &Sheet, row: u32, column: u32, remark: Option<&str>) {
    let Some(remark) = remark else { return };
    survey.findings.push(Finding::warn(
        Code::AmountRemark,
        Place::cell(&sheet.name, row, column),
        Words::new(format!("金额里带有说明：{remark}"), format!("the amount carries a remark: {remark}")),
        Words::new("金额按括号前的数，说明另存", "the number before the brackets counts; the remark is kept"),
    ));
}

fn unreadable(survey: &mut Survey, sheet: &Sheet, row: u32, column: u32, cell: &Cell, unit: AmountUnit) {
    let Err(fault) = amount_cell::read(cell, unit) else { return };
    survey.findings.push(Finding::warn(
        Code::CellUnreadable,
        Place::cell(&sheet.name, row, column),
        fault.what,
        fault.mend,
    ));
}

/// Takes the structure over into the survey: groups, sums of items, checks of printed totals, amounts that are missing.
pub(super) fn apply(survey: &mut Survey, lines: &[Line], structure: &Structure) {
    for parent in structure.parents.keys() {
        survey.rows[*parent].kind = RowKind::Group;
    }
    for column in survey.columns_of(|kind| matches!(kind, ColumnKind::Amount(_))) {
        let sum = Money::sum(survey.items().filter_map(|row| row.money(column)));
        survey.sums.extend(sum.map(|sum| (column, sum)));
        missing(survey, lines, column);
    }
    for sum in &structure.sums {
        let unit = survey.unit(sum.column);
        let counts = !survey.sums.contains_key(&sum.column);
        let of =
            |value: i64| if counts { value.to_string() } else { say_money(Money::from_fen(value), unit) };
        let (printed, computed) = (of(sum.printed), sum.computed.map(of));
        let rows = say_rows(&sum.over);
        let says = match (&computed, sum.outcome) {
            (Some(computed), Outcome::Differs) => {
                let difference = sum.difference().map(of).unwrap_or_default();
                Words::new(
                    format!("写 {printed}，{rows}相加为 {computed}，相差 {difference}"),
                    format!("{printed} is printed, the rows give {computed}, a difference of {difference}"),
                )
            }
            (Some(computed), _) => Words::new(
                format!("{printed}，{rows}相加为 {computed}"),
                format!("{printed}, the rows give {computed}"),
            ),
            (None, _) => {
                Words::new(format!("{printed}，没有能够相加的行"), format!("{printed}, no rows to add"))
            }
        };
        let kind = match sum.kind {
            SumKind::Subtotal => CheckKind::Subtotal,
            SumKind::Total => CheckKind::Total,
            SumKind::Group => CheckKind::Group,
            SumKind::OfWhich => CheckKind::OfWhich,
        };
        let place = Place::cell(&survey.sheet, sum.row, sum.column);
        // 其中 without its own row above it says nothing that could be compared.
        if sum.kind == SumKind::OfWhich && sum.outcome == Outcome::Differs {
            continue;
        }
        let check = Check { kind, place, printed, computed, outcome: sum.outcome, says };
        survey.add_check(check, Code::TotalDiffers);
    }
}

fn missing(survey: &mut Survey, lines: &[Line], column: u32) {
    let empty: Vec<(u32, String)> = survey
        .rows
        .iter()
        .zip(lines)
        .filter(|(row, line)| row.kind == RowKind::Item && !line.entries.contains_key(&column))
        .map(|(row, _)| (row.row, row.label.clone()))
        .collect();
    for (row, label) in empty {
        survey.findings.push(Finding::warn(
            Code::AmountMissing,
            Place::cell(&survey.sheet, row - 1, column),
            Words::new(format!("“{label}”没有金额"), format!("\"{label}\" has no amount")),
            Words::new("请对照原表补查；这里不推算", "look it up in the original; it is not inferred here"),
        ));
    }
}
