//! The headings of a table and what each column holds.

use super::{ColumnKind, Survey, SurveyColumn};
use crate::finding::{Code, Finding};
use crate::grid::Sheet;
use crate::place::Place;
use crate::share::Percent;
use crate::words::Words;
use crate::{amount_cell, header, label, value};
use kernel::amount::AmountUnit;

const ROWS_LOOKED_AT: usize = 40;

/// The first row of at least two words and no figure that is about as wide as the table.
pub(super) fn header_row(sheet: &Sheet) -> Option<u32> {
    let rows: Vec<u32> = sheet.rows.keys().copied().take(ROWS_LOOKED_AT).collect();
    let widest = rows.iter().map(|row| sheet.row(*row).len()).max().unwrap_or(0);
    rows.into_iter().find(|row| {
        let cells = sheet.row(*row);
        let words = cells.iter().all(|(_, cell)| amount_cell::read(cell, AmountUnit::Yuan).is_err());
        cells.len() >= 2 && cells.len() * 2 >= widest && words
    })
}

/// Fills the columns of a survey.
pub(super) fn find(survey: &mut Survey, sheet: &Sheet, header: u32) {
    let line_unit = header::line_unit(sheet, header);
    for (column, cell) in sheet.row(header) {
        let name = cell.shown().trim().to_owned();
        let kind = kind(sheet, header, column, &name, line_unit);
        survey.columns.push(SurveyColumn { column, name, kind });
    }
    measures(survey, sheet, header);
    let unsaid: Vec<u32> = survey
        .columns
        .iter()
        .filter(|column| matches!(column.kind, ColumnKind::Amount(_)))
        .filter(|column| label::unit_of_heading(&column.name).or(line_unit).is_none())
        .map(|column| column.column)
        .collect();
    for column in unsaid {
        survey.findings.push(Finding::warn(
            Code::UnitUnsaid,
            Place::cell(&sheet.name, header, column),
            Words::new(
                "表上没有写金额单位，按元读取",
                "the table does not say the unit; amounts are read as 元",
            ),
            Words::new("请核对金额单位", "check the unit of the amounts"),
        ));
    }
}

/// The filled cells of a column under the headings.
fn texts(sheet: &Sheet, header: u32, column: u32) -> Vec<String> {
    let below = sheet.rows.range(header + 1..);
    below.filter_map(|(row, _)| sheet.cell(*row, column)).map(|cell| cell.shown().trim().to_owned()).collect()
}

fn kind(sheet: &Sheet, header: u32, column: u32, name: &str, line_unit: Option<AmountUnit>) -> ColumnKind {
    let heading = label::bare(name);
    let has = |words: &[&str]| words.iter().any(|word| heading.contains(word));
    let texts = texts(sheet, header, column);
    let share = |is: &dyn Fn(&str) -> bool| {
        let hits = texts.iter().filter(|text| is(text.as_str())).count();
        hits > 0 && hits * 2 >= texts.len()
    };
    let unit = label::unit_of_heading(name).or(line_unit);
    let amounts = || share(&|text| amount_cell::parse(text, unit.unwrap_or(AmountUnit::Yuan)).is_ok());
    if label::is_serial(name) && share(&|text| text.chars().count() <= 4) {
        ColumnKind::Serial
    } else if has(&["占比", "比例", "比重", "percent", "%"]) && share(&|text| Percent::parse(text).is_some())
    {
        ColumnKind::Percent
    } else if has(&["单价", "标准", "price", "per_unit"]) && amounts() {
        ColumnKind::Price(unit.unwrap_or(AmountUnit::Yuan))
    } else if has(&["stated_total", "公布总额", "资金总额", "总规模"]) && amounts() {
        ColumnKind::StatedTotal(unit.unwrap_or(AmountUnit::Yuan))
    } else if (label::unit_of_heading(name).is_some() || has(&["金额", "资金", "投资", "amount", "经费"]))
        && amounts()
    {
        ColumnKind::Amount(unit.unwrap_or(AmountUnit::Yuan))
    } else if share(&|text| value::count(text, None).is_ok()) {
        ColumnKind::Count
    } else {
        ColumnKind::Text
    }
}

/// A column of units with 元 or 万元 in it makes the column before it one of measured figures.
fn measures(survey: &mut Survey, sheet: &Sheet, header: u32) {
    let is_money = |text: &String| matches!(text.as_str(), "元" | "万元" | "亿元");
    let found = survey.columns.iter().position(|column| {
        matches!(label::heading(&column.name).as_str(), "单位" | "计量单位" | "unit")
            && texts(sheet, header, column.column).iter().any(is_money)
    });
    let Some(unit) = found.filter(|at| *at > 0) else { return };
    survey.columns[unit].kind = ColumnKind::MeasureUnit;
    survey.columns[unit - 1].kind = ColumnKind::Measured;
}
