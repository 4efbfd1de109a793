//! The rows under the headings: which are data, which are totals, headings of groups or remarks, and what each cell says.

use super::{CellRead, Reading, Row, shares};
use crate::amount_cell;
use crate::finding::{Code, Finding};
use crate::grid::{Cell, Sheet, Stored};
use crate::header::Header;
use crate::label;
use crate::place::Place;
use crate::sums::{self, Entry, Line, Outcome, Role, Sum, SumKind};
use crate::template::{Column, Kind, Template};
use crate::value;
use crate::words::Words;
use kernel::Money;
use kernel::amount::AmountUnit;
use std::collections::{BTreeMap, BTreeSet};

/// What is read, and by what.
pub(super) struct Source<'s> {
    pub sheet: &'s Sheet,
    pub header: &'s Header,
    pub template: &'s Template,
}

/// Headings, totals and remarks that may stand beside the data rows before a sheet is refused unread.
const ROWS_BESIDE: usize = 1000;

/// What a row under the headings is.
enum Found {
    Line(Line, String),
    /// The heading of a group, with its depth.
    Heading(u32, String),
}

pub(super) fn read(reading: &mut Reading, sheet: &Sheet, header: &Header, template: &Template) {
    let source = Source { sheet, header, template };
    let filled = sheet.rows.range(header.row + 1..).filter(|(row, _)| !sheet.row(**row).is_empty()).count();
    if filled > template.rows_max * 2 + ROWS_BESIDE {
        source.too_many(reading, filled);
        return;
    }
    let mut found: Vec<Found> = Vec::new();
    for row in sheet.rows.range(header.row + 1..).map(|(row, _)| *row) {
        found.extend(source.classify(row, reading));
    }
    let lines: Vec<Line> = found
        .iter()
        .filter_map(|found| match found {
            Found::Line(line, _) => Some(line.clone()),
            Found::Heading(..) => None,
        })
        .collect();
    let structure = sums::check(&lines);
    source.say_sums(reading, &structure.sums);
    reading.sums = structure.sums;
    let mut groups: Vec<(u32, String)> = Vec::new();
    let mut at = 0;
    for found in found {
        match found {
            Found::Heading(depth, label) => enter(&mut groups, depth, label),
            Found::Line(line, label) => {
                if structure.parents.contains_key(&at) {
                    let depth = if let Role::Item(Some(depth)) = line.role { depth } else { 0 };
                    enter(&mut groups, depth, label);
                } else if matches!(line.role, Role::Item(_)) {
                    let group = groups.iter().map(|(_, label)| label.clone()).collect();
                    source.row(reading, line.row, group);
                } else if line.role == Role::OfWhich {
                    source.of_which(reading, line.row);
                }
                at += 1;
            }
        }
    }
    reading.rows_seen = reading.rows.len();
    shares::check(reading, &source);
    source.twice(reading);
    source.how_many(reading);
}

/// A heading ends the groups that are as deep as itself or deeper.
fn enter(groups: &mut Vec<(u32, String)>, depth: u32, label: String) {
    groups.retain(|(other, _)| *other < depth);
    groups.push((depth, label));
}

impl Source<'_> {
    fn column(&self, at: u32) -> Option<&Column> {
        self.template.columns.get(*self.header.columns.get(&at)?)
    }

    /// The cells of a row that stand in a column of the template or of serial numbers.
    fn cells(&self, row: u32) -> Vec<(u32, &Cell)> {
        let known = |at: u32| self.header.columns.contains_key(&at) || self.header.serial == Some(at);
        self.sheet.row(row).into_iter().filter(|(at, _)| known(*at)).collect()
    }

    fn classify(&self, row: u32, reading: &mut Reading) -> Option<Found> {
        let cells = self.cells(row);
        let serial_only = cells.iter().all(|(at, _)| self.header.serial == Some(*at));
        let texts: Vec<String> = cells
            .iter()
            .filter(|(_, cell)| matches!(cell.stored, Stored::Text(_)))
            .map(|(_, cell)| cell.shown())
            .collect();
        let label = texts.first().cloned().unwrap_or_default();
        let rank = texts.iter().take(3).find_map(|text| label::rank(text));
        if cells.is_empty()
            || (serial_only && rank.is_none() && label::depth(&label).is_none_or(|depth| depth > 2))
        {
            return None;
        }
        if let Some(rank) = rank {
            return Some(Found::Line(self.line(row, Role::Total(rank), &cells), label));
        }
        if self.is_heading_again(&cells) {
            self.ignored(reading, row, "又一行表头", "the headings once more");
            return None;
        }
        if texts.iter().take(2).any(|text| label::is_of_which(text)) {
            return Some(Found::Line(self.line(row, Role::OfWhich, &cells), label));
        }
        let serial = self.header.serial.and_then(|at| self.sheet.cell(row, at)).map(Cell::shown);
        let depth = serial.as_deref().and_then(label::depth).or_else(|| label::depth(&label));
        let name = texts.iter().find(|text| Some(text.as_str()) != serial.as_deref()).unwrap_or(&label);
        let figures = cells.iter().any(|(at, _)| self.column(*at).is_some_and(Column::figures));
        if !figures && self.is_group_heading(row, &cells, depth) {
            return Some(Found::Heading(depth.unwrap_or(0), name.trim().to_owned()));
        }
        if let [(_, only)] = cells.as_slice()
            && label::is_note(&only.shown())
        {
            return None;
        }
        Some(Found::Line(self.line(row, Role::Item(depth), &cells), name.trim().to_owned()))
    }

    fn is_heading_again(&self, cells: &[(u32, &Cell)]) -> bool {
        let same = |(at, cell): &&(u32, &Cell)| {
            self.column(*at)
                .is_some_and(|column| label::heading(&cell.shown()) == label::heading(&column.name.zh))
        };
        cells.len() >= 2 && cells.iter().filter(same).count() * 2 > cells.len()
    }

    /// A row with nothing but a numbered label, or a label merged over several columns.
    fn is_group_heading(&self, row: u32, cells: &[(u32, &Cell)], depth: Option<u32>) -> bool {
        let named = cells.iter().filter(|(at, _)| self.header.serial != Some(*at)).count() <= 1;
        let wide = cells.iter().any(|(at, _)| {
            self.sheet.merged.iter().any(|block| {
                (block.top, block.left) == (row, *at) && block.bottom == row && block.right > block.left
            })
        });
        named && (depth.is_some_and(|depth| depth < 3) || (wide && cells.len() == 1))
    }

    fn line(&self, row: u32, role: Role, cells: &[(u32, &Cell)]) -> Line {
        let entry = |(at, cell): &(u32, &Cell)| Some((*at, self.figure(*at, cell)?));
        Line { row, role, entries: cells.iter().filter_map(entry).collect() }
    }

    /// The figure of a cell, where its column has figures that may be added.
    fn figure(&self, at: u32, cell: &Cell) -> Option<Entry> {
        let column = self.column(at)?;
        let value = match &column.kind {
            Kind::Money(_) => {
                amount_cell::read(cell, self.header.unit(at, column)).ok().map(|read| read.money.fen())
            }
            Kind::Count(unit) => value::count(&cell.shown(), unit.as_deref()).ok(),
            _ => return None,
        };
        Some(value.map_or(Entry::Unreadable, Entry::Value))
    }

    fn row(&self, reading: &mut Reading, row: u32, group: Vec<String>) {
        let mut read = Row { row: row + 1, group, cells: BTreeMap::new() };
        for (at, column) in &self.header.columns {
            let column = &self.template.columns[*column];
            let place = Place::cell(&self.sheet.name, row, *at);
            let merged = self.sheet.merged_into(row, *at).filter(|block| block.bottom > block.top);
            let cell = self.sheet.cell(row, *at);
            let above =
                merged.filter(|_| cell.is_none()).and_then(|block| self.sheet.cell(block.top, block.left));
            if above.is_some() && column.figures() {
                reading.findings.push(Finding::error(
                    Code::MergedAmount,
                    place,
                    Words::new(
                        format!("“{}”合并了几行，看不出每行各是多少", column.name.zh),
                        format!(
                            "\"{}\" is merged over several rows, so the share of each is unknown",
                            column.name.en
                        ),
                    ),
                    Words::new("请拆分合并的单元格，每行各填各的", "unmerge the cells and fill each row"),
                ));
                continue;
            }
            match cell.or(above) {
                None if column.required => reading.findings.push(Finding::error(
                    Code::CellEmpty,
                    place,
                    Words::new(
                        format!("“{}”没有填写", column.name.zh),
                        format!("\"{}\" is empty", column.name.en),
                    ),
                    Words::new("请补填", "fill it"),
                )),
                None => {}
                Some(cell) => {
                    let read_cell = self.cell(reading, &place, *at, column, cell);
                    read.cells.extend(read_cell.map(|cell| (column.key.clone(), cell)));
                }
            }
        }
        reading.rows.push(read);
    }

    fn cell(
        &self,
        reading: &mut Reading,
        place: &Place,
        at: u32,
        column: &Column,
        cell: &Cell,
    ) -> Option<CellRead> {
        let percent = self.header.percents.contains(&at) && !cell.shown().contains(['%', '％']);
        let marked =
            Cell { stored: Stored::Text(format!("{}%", cell.shown().trim())), formula: cell.formula };
        let readable = if percent && !matches!(cell.stored, Stored::Fault(_)) { &marked } else { cell };
        let raw = cell.shown();
        match value::read(readable, column, self.header.unit(at, column), self.sheet) {
            Ok(read) => {
                if let Some(remark) = &read.remark {
                    reading.findings.push(Finding::warn(
                        Code::AmountRemark,
                        place.clone(),
                        Words::new(
                            format!("“{}”里带有说明：{remark}；金额按括号前的数", column.name.zh),
                            format!(
                                "\"{}\" carries a remark: {remark}; the number before it counts",
                                column.name.en
                            ),
                        ),
                        Words::new("说明已另存，请核对金额", "the remark is kept; check the amount"),
                    ));
                }
                Some(CellRead { place: place.clone(), value: read.value, raw, remark: read.remark })
            }
            Err(refused) => {
                let what = Words::new(
                    format!("“{}”：{}", column.name.zh, refused.fault.what.zh),
                    format!("\"{}\": {}", column.name.en, refused.fault.what.en),
                );
                reading.findings.push(Finding::error(refused.code, place.clone(), what, refused.fault.mend));
                None
            }
        }
    }

    fn of_which(&self, reading: &mut Reading, row: u32) {
        reading.findings.push(Finding::warn(
            Code::OfWhich,
            Place::row(&self.sheet.name, row),
            Words::new("“其中”行只作说明，不另计", "a row of which (其中) is not counted again"),
            Words::new(
                "如要单独导入，请写成独立的一行并去掉“其中”",
                "write it as a row of its own to import it",
            ),
        ));
    }

    fn ignored(&self, reading: &mut Reading, row: u32, zh: &str, en: &str) {
        reading.findings.push(Finding::warn(
            Code::RowIgnored,
            Place::row(&self.sheet.name, row),
            Words::new(format!("这一行没有读取：{zh}"), format!("this row was not read: {en}")),
            Words::new(
                "如有要导入的内容，请写在表头下的数据行里",
                "write what belongs to the import as a data row",
            ),
        ));
    }

    fn say_sums(&self, reading: &mut Reading, sums: &[Sum]) {
        for sum in sums.iter().filter(|sum| sum.outcome != Outcome::Holds) {
            let Some(column) = self.column(sum.column) else { continue };
            let unit = self.header.unit(sum.column, column);
            let of = |value: i64| figure(value, &column.kind, unit);
            let place = Place::cell(&self.sheet.name, sum.row, sum.column);
            let finding = match (sum.computed, sum.difference()) {
                (Some(computed), Some(difference)) => {
                    differs(sum, place, of(sum.printed), of(computed), of(difference))
                }
                _ if sum.printed == 0 => continue,
                _ => Finding::warn(
                    Code::TotalUnchecked,
                    place,
                    Words::new(
                        format!("{} 没有能够相加的行，未核对", of(sum.printed)),
                        format!("{}: there are no rows to compare it with", of(sum.printed)),
                    ),
                    Words::new("请先改正各行的错误", "mend the rows first"),
                ),
            };
            reading.findings.push(finding);
        }
    }

    fn twice(&self, reading: &mut Reading) {
        let mut seen: BTreeMap<Vec<(u32, String)>, u32> = BTreeMap::new();
        for row in &reading.rows {
            let cells = self.cells(row.row - 1).into_iter().filter(|(at, _)| self.header.serial != Some(*at));
            let texts: Vec<_> = cells.map(|(at, cell)| (at, label::bare(&cell.shown()))).collect();
            match seen.get(&texts) {
                Some(first) => reading.findings.push(Finding::warn(
                    Code::RowTwice,
                    Place::row(&self.sheet.name, row.row - 1),
                    Words::new(format!("与第 {first} 行完全相同"), format!("the same as row {first}")),
                    Words::new("请核对是否重复填写", "check that it was not entered twice"),
                )),
                None => {
                    seen.insert(texts, row.row);
                }
            }
        }
    }

    fn how_many(&self, reading: &mut Reading) {
        if reading.rows_seen > self.template.rows_max {
            self.too_many(reading, reading.rows_seen);
        }
        if reading.rows_seen == 0 {
            reading.findings.push(Finding::error(
                Code::NoRows,
                Place::sheet(&self.sheet.name),
                Words::new("表头下没有数据行", "there is no row under the headings"),
                Words::new("请填写后再上传", "fill the table first"),
            ));
        }
    }

    fn too_many(&self, reading: &mut Reading, rows: usize) {
        let most = self.template.rows_max;
        reading.findings.push(Finding::error(
            Code::TooManyRows,
            Place::sheet(&self.sheet.name),
            Words::new(
                format!("最多 {most} 行，现有 {rows} 行"),
                format!("{rows} rows, at most {most} are read"),
            ),
            Words::new("请分成几个文件上传", "send it in parts"),
        ));
    }

    /// The columns of a key in the file.
    pub fn at(&self, key: &str) -> BTreeSet<u32> {
        let is = |column: &usize| self.template.columns[*column].key == key;
        self.header.columns.iter().filter(|(_, column)| is(column)).map(|(at, _)| *at).collect()
    }
}

/// A figure with its unit, as the table counts it.
fn figure(value: i64, kind: &Kind, unit: AmountUnit) -> String {
    match kind {
        Kind::Money(_) => say_money(Money::from_fen(value), unit),
        Kind::Count(of) => format!("{value}{}", of.as_deref().unwrap_or_default()),
        _ => value.to_string(),
    }
}

/// An amount in the unit of its table: 236万元, 18,605.00元.
pub(crate) fn say_money(money: Money, unit: AmountUnit) -> String {
    match unit {
        AmountUnit::Yuan => format!("{}元", money.grouped()),
        AmountUnit::Wan | AmountUnit::Yi => format!("{}万元", money.wan()),
    }
}

/// A printed sum that is not the computed one, with both and the difference.
pub(crate) fn differs(
    sum: &Sum,
    place: Place,
    printed: String,
    computed: String,
    difference: String,
) -> Finding {
    let rows = say_rows(&sum.over);
    let what = if sum.kind == SumKind::OfWhich {
        Words::new(
            format!("“其中”各行合计 {computed}，超过本行 {printed}"),
            format!("its parts add up to {computed}, more than {printed}"),
        )
    } else {
        Words::new(
            format!("表上写 {printed}，{rows}相加为 {computed}，相差 {difference}"),
            format!("{printed} is printed, the rows add up to {computed}, a difference of {difference}"),
        )
    };
    let mend = Words::new(
        "请核对各行和合计，改正后再上传；系统以各行为准",
        "check the rows and the total; the rows count",
    );
    Finding::warn(Code::TotalDiffers, place, what, mend)
}

/// The numbers of rows as people see them, runs joined: 第 3-9、11 行.
pub(crate) fn say_rows(rows: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for row in rows.iter().map(|row| row + 1) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == row => *last = row,
            _ => runs.push((row, row)),
        }
    }
    let run = |(first, last): &(u32, u32)| {
        if first == last { first.to_string() } else { format!("{first}-{last}") }
    };
    format!("第 {} 行", runs.iter().map(run).collect::<Vec<_>>().join("、"))
}
