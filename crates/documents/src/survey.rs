//! Any published table, read without a template: what its columns and rows are, what adds up, what does not, and where.
//! A figure is said as printed beside the computed one; nothing is mended, nothing is guessed away. What cannot be known
//! from the table alone (which rows an unnamed total means) is left unchecked, and said so.

mod columns;
mod relations;
mod rows;
mod say;

use crate::finding::{self, Code, Finding};
use crate::grid::Sheet;
use crate::open;
use crate::place::Place;
use crate::sums::{self, Outcome};
use crate::words::Words;
use kernel::Money;
use kernel::amount::AmountUnit;
use std::collections::BTreeMap;

/// What a column of a table holds, as its heading and its cells say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Serial numbers.
    Serial,
    /// Words.
    Text,
    /// Amounts that belong to rows and add up.
    Amount(AmountUnit),
    /// An amount for one of something; it does not add up.
    Price(AmountUnit),
    /// Whole numbers.
    Count,
    /// Printed shares.
    Percent,
    /// A total stated on every row of a group.
    StatedTotal(AmountUnit),
    /// Figures whose unit stands in another column.
    Measured,
    /// The units of such figures.
    MeasureUnit,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurveyColumn {
    /// The column, from zero.
    pub column: u32,
    /// Its heading as printed.
    pub name: String,
    /// What it holds.
    pub kind: ColumnKind,
}

/// One figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// An amount.
    Money(Money),
    /// A whole number.
    Count(i64),
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// A row of its own.
    Item,
    /// 小计
    Subtotal,
    /// 合计, 总计
    Total,
    /// A numbered group that stands for the rows under it.
    Group,
    /// 其中: a part of the row above.
    OfWhich,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurveyRow {
    /// Its number in the sheet, from 1.
    pub row: u32,
    /// What it is.
    pub kind: RowKind,
    /// Its first words.
    pub label: String,
    /// Its words by column, from zero.
    pub texts: BTreeMap<u32, String>,
    /// Its figures by column, from zero.
    pub figures: BTreeMap<u32, Figure>,
    /// Remarks that stood in its amount cells.
    pub remarks: Vec<String>,
}

impl SurveyRow {
    /// The amount in a column.
    pub fn money(&self, column: u32) -> Option<Money> {
        if let Some(Figure::Money(money)) = self.figures.get(&column) { Some(*money) } else { None }
    }

    /// The whole number in a column.
    pub fn count(&self, column: u32) -> Option<i64> {
        if let Some(Figure::Count(count)) = self.figures.get(&column) { Some(*count) } else { None }
    }
}

/// The sum of the rows that have one word in a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupSum {
    /// The word.
    pub group: String,
    /// The amount column, from zero.
    pub column: u32,
    /// The rows, from 1.
    pub rows: Vec<u32>,
    /// Their sum.
    pub sum: Money,
}

/// What a check compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CheckKind {
    /// 小计 with its block.
    Subtotal,
    /// 合计 with all rows.
    Total,
    /// A numbered group with the rows under it.
    Group,
    /// Parts (其中) with the row they are of.
    OfWhich,
    /// A row with other rows that are its parts by their place or group.
    Parts,
    /// A total stated on every row with the rows of its group.
    StatedTotal,
    /// A printed share with the part and the whole.
    Share,
    /// Printed shares with one hundred per cent.
    ShareSum,
    /// Quantity times price with the amount.
    Product,
    /// A return with what was put in, at the rate of another row.
    Rate,
}

/// One comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What is compared.
    pub kind: CheckKind,
    /// Where the printed figure stands.
    pub place: Place,
    /// The printed figure.
    pub printed: String,
    /// What the table gives for it; `None` when that is not known.
    pub computed: Option<String>,
    /// What comparing gave.
    pub outcome: Outcome,
    /// The comparison in words.
    pub says: Words,
}

/// What is known of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// The file's name as given.
    pub file_name: String,
    /// The sheet that was read.
    pub sheet: String,
    /// What stands above the table.
    pub title: Vec<String>,
    /// The columns.
    pub columns: Vec<SurveyColumn>,
    /// The rows.
    pub rows: Vec<SurveyRow>,
    /// The column whose words group the rows, from zero.
    pub group_column: Option<u32>,
    /// Sums by group.
    pub groups: Vec<GroupSum>,
    /// The sum of the items of each amount column, from zero.
    pub sums: BTreeMap<u32, Money>,
    /// Every comparison, those that hold too.
    pub checks: Vec<Check>,
    /// What a person should look at, in the order of the file.
    pub findings: Vec<Finding>,
}

impl Survey {
    /// The columns of a kind.
    pub fn columns_of(&self, is: impl Fn(ColumnKind) -> bool) -> Vec<u32> {
        self.columns.iter().filter(|column| is(column.kind)).map(|column| column.column).collect()
    }

    /// The rows that are no totals, groups or parts.
    pub fn items(&self) -> impl Iterator<Item = &SurveyRow> {
        self.rows.iter().filter(|row| row.kind == RowKind::Item)
    }

    /// The unit of an amount column; yuan for another one.
    pub fn unit(&self, column: u32) -> AmountUnit {
        let kind = self.columns.iter().find(|other| other.column == column).map(|other| other.kind);
        match kind {
            Some(ColumnKind::Amount(unit) | ColumnKind::Price(unit) | ColumnKind::StatedTotal(unit)) => unit,
            Some(ColumnKind::Measured) => AmountUnit::Wan,
            _ => AmountUnit::Yuan,
        }
    }

    fn add_check(&mut self, check: Check, code: Code) {
        if check.outcome == Outcome::Differs {
            let mend = Words::new(
                "请对照原表核对；这里只说明，不改动",
                "check it against the original; nothing is changed here",
            );
            self.findings.push(Finding::warn(code, check.place.clone(), check.says.clone(), mend));
        }
        self.checks.push(check);
    }
}

/// The most rows of a published table.
const ROWS_MAX: usize = 5000;

/// Reads a table of any shape.
pub fn survey(bytes: &[u8], file_name: &str) -> Survey {
    let mut survey = Survey { file_name: file_name.to_owned(), ..Survey::default() };
    match open::open(bytes, file_name) {
        Ok(book) => {
            let size =
                |sheet: &&Sheet| (sheet.visible, sheet.rows.values().map(BTreeMap::len).sum::<usize>());
            if let Some(sheet) = book.sheets.iter().rev().max_by_key(size) {
                fill(&mut survey, sheet);
            }
        }
        Err(finding) => survey.findings.push(*finding),
    }
    finding::sort(&mut survey.findings);
    survey.checks.sort_by(|a, b| (&a.place, a.kind).cmp(&(&b.place, b.kind)));
    survey
}

fn fill(survey: &mut Survey, sheet: &Sheet) {
    survey.sheet.clone_from(&sheet.name);
    let Some(header) = columns::header_row(sheet) else {
        survey.findings.push(Finding::error(
            Code::NoHeader,
            Place::sheet(&sheet.name),
            Words::new("没有找到表头", "there is no row of headings"),
            Words::new("表格要有一行表头，下面是数据", "a table has a row of headings and data under it"),
        ));
        return;
    };
    survey.title = sheet
        .rows
        .range(..header)
        .flat_map(|(row, _)| sheet.row(*row))
        .map(|(_, cell)| cell.shown())
        .collect();
    let rows = sheet.rows.range(header + 1..).count();
    if rows > ROWS_MAX {
        survey.findings.push(Finding::error(
            Code::TooManyRows,
            Place::sheet(&sheet.name),
            Words::new(
                format!("最多 {ROWS_MAX} 行，现有 {rows} 行"),
                format!("{rows} rows, at most {ROWS_MAX} are read"),
            ),
            Words::new("请分成几个文件", "send it in parts"),
        ));
        return;
    }
    columns::find(survey, sheet, header);
    let lines = rows::read(survey, sheet, header);
    let structure = sums::check(&lines);
    rows::apply(survey, &lines, &structure);
    relations::find(survey);
}
