//! A filled template: read whole, with every fault at once. A reading with any error gives no rows.

mod rows;
mod shares;

pub(crate) use rows::{say_money, say_rows};

use crate::finding::{self, Code, Finding};
use crate::grid::{Book, Sheet, Stored};
use crate::header::{self, Header};
use crate::marked;
use crate::open;
use crate::place::Place;
use crate::sums::Sum;
use crate::template::{MARK, MARK_SHEET, Template};
use crate::value::Value;
use crate::words::Words;
use std::collections::BTreeMap;
use std::fmt;

/// One cell that was read.
#[derive(Clone, PartialEq, Eq)]
pub struct CellRead {
    /// Where it stands.
    pub place: Place,
    /// What it says.
    pub value: Value,
    /// What was written, as a person reads it. `Debug` leaves it out in columns of accounts, credit codes and identity
    /// numbers; whoever shows it must be allowed to.
    pub raw: String,
    /// A remark that stood in an amount cell.
    pub remark: Option<String>,
}

impl fmt::Debug for CellRead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let guarded = matches!(
            self.value,
            Value::Account(_) | Value::CreditCode(_) | Value::ResidentId(_) | Value::MaskedResidentId(_)
        );
        let raw = if guarded { "redacted" } else { self.raw.as_str() };
        write!(f, "{} {:?} from {raw:?}", self.place, self.value)?;
        self.remark.iter().try_for_each(|remark| write!(f, " remark {remark:?}"))
    }
}

/// One data row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number in the sheet, from 1.
    pub row: u32,
    /// The headings of the groups it stands in, outermost first.
    pub group: Vec<String>,
    /// Its cells by the template's keys; empty cells are absent.
    pub cells: BTreeMap<String, CellRead>,
}

/// What reading gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The file's name as given.
    pub file_name: String,
    /// The sheet that was read.
    pub sheet: String,
    /// The data rows; none if any finding is an error.
    pub rows: Vec<Row>,
    /// How many data rows there are, whether or not they are given.
    pub rows_seen: usize,
    /// The template's key of each column that was recognised; columns from zero.
    pub columns: BTreeMap<u32, String>,
    /// Every printed total with the rows it was compared with.
    pub sums: Vec<Sum>,
    /// Everything that is wrong, in the order of the file.
    pub findings: Vec<Finding>,
}

impl Reading {
    /// May the rows be shown for confirmation?
    pub fn is_clean(&self) -> bool {
        !self.findings.iter().any(Finding::is_error)
    }
}

/// Reads a file made from a template, or one that looks like it.
pub fn read(bytes: &[u8], file_name: &str, template: &Template) -> Reading {
    let mut reading = all(bytes, file_name, template);
    if !reading.is_clean() {
        reading.rows.clear();
    }
    reading
}

/// The same for what is compared and books nothing: a row is given with those of its cells that can be read. None is given when
/// something is wrong with the file as a whole.
pub fn read_each(bytes: &[u8], file_name: &str, template: &Template) -> Reading {
    let mut reading = all(bytes, file_name, template);
    if reading.findings.iter().any(|found| found.is_error() && found.place.row.is_none()) {
        reading.rows.clear();
    }
    reading
}

fn all(bytes: &[u8], file_name: &str, template: &Template) -> Reading {
    let mut reading = Reading { file_name: file_name.to_owned(), ..Reading::default() };
    match open::open(bytes, file_name) {
        Ok(book) => fill(&mut reading, &book, template),
        Err(finding) => reading.findings.push(*finding),
    }
    finding::sort(&mut reading.findings);
    reading
}

fn fill(reading: &mut Reading, book: &Book, template: &Template) {
    if !mark(reading, book, template) {
        return;
    }
    let data = |sheet: &&Sheet| !marked::is_ours(&sheet.name) && !sheet.is_empty();
    let sheets: Vec<&Sheet> = book.sheets.iter().filter(data).collect();
    let found = sheets
        .iter()
        .filter_map(|sheet| Some((*sheet, header::find(sheet, template)?)))
        .max_by_key(|(sheet, header)| (sheet.visible, header.columns.len()));
    let Some((sheet, header)) = found else {
        reading.findings.push(no_header(&sheets, template));
        return;
    };
    reading.sheet.clone_from(&sheet.name);
    for other in sheets.iter().filter(|other| other.name != sheet.name && other.visible) {
        reading.findings.push(Finding::warn(
            Code::OtherSheet,
            Place::sheet(&other.name),
            Words::new(
                format!("工作表“{}”没有读取", other.name),
                format!("the sheet \"{}\" was not read", other.name),
            ),
            Words::new(
                "如有要导入的内容，请移到模板的工作表里",
                "move what belongs to the import into the template's sheet",
            ),
        ));
    }
    let key = |(at, known): (&u32, &usize)| Some((*at, template.columns.get(*known)?.key.clone()));
    reading.columns = header.columns.iter().filter_map(key).collect();
    columns(reading, sheet, &header, template);
    hidden(reading, sheet, &header);
    rows::read(reading, sheet, &header, template);
}

/// Looks for the hidden name of template and version. False when it names something else.
fn mark(reading: &mut Reading, book: &Book, template: &Template) -> bool {
    let marked = book.sheet(MARK_SHEET).filter(|sheet| sheet.shown(0, 0) == MARK);
    let Some(sheet) = marked else {
        reading.findings.push(Finding::warn(
            Code::NoTemplateMark,
            Place::file(),
            Words::new(
                "文件不是由本系统的模板生成的，按表头识别",
                "the file was not made from the template; it was read by its headings",
            ),
            Words::new("请核对各栏和金额单位是否认对", "check the columns and the unit of the amounts"),
        ));
        return true;
    };
    let (id, version) = (sheet.shown(0, 1), sheet.shown(0, 2));
    if id != template.id {
        reading.findings.push(Finding::error(
            Code::WrongTemplate,
            Place::file(),
            Words::new(
                format!("这是另一种模板（{id}），这里要“{}”", template.title.zh),
                format!("this is another template ({id}); here \"{}\" is asked for", template.title.en),
            ),
            Words::new(
                "请选择对应的文件，或重新下载模板填写",
                "choose the right file, or download the template again",
            ),
        ));
        return false;
    }
    if version != template.version.to_string() {
        reading.findings.push(Finding::error(
            Code::WrongVersion,
            Place::file(),
            Words::new(
                format!("模板已更新：文件是第 {version} 版，现行是第 {} 版", template.version),
                format!(
                    "the file has version {version} of the template, the current one is {}",
                    template.version
                ),
            ),
            Words::new(
                "请下载新模板，把内容粘贴过去再上传",
                "download the template again and paste the rows into it",
            ),
        ));
        return false;
    }
    true
}

fn no_header(sheets: &[&Sheet], template: &Template) -> Finding {
    let names: Vec<&str> = template.columns.iter().map(|column| column.name.zh.as_str()).collect();
    let english: Vec<&str> = template.columns.iter().map(|column| column.name.en.as_str()).collect();
    Finding::error(
        Code::NoHeader,
        sheets.first().map_or_else(Place::file, |sheet| Place::sheet(&sheet.name)),
        Words::new("没有找到表头", "there is no row with the headings"),
        Words::new(
            format!("表头应有：{}", names.join("、")),
            format!("the headings are: {}", english.join(", ")),
        ),
    )
}

fn columns(reading: &mut Reading, sheet: &Sheet, header: &Header, template: &Template) {
    for (at, column) in template.columns.iter().enumerate() {
        let missing = !header.columns.values().any(|known| *known == at);
        if missing && column.required {
            reading.findings.push(Finding::error(
                Code::ColumnMissing,
                Place::row(&sheet.name, header.row),
                Words::new(
                    format!("表头缺少“{}”一栏", column.name.zh),
                    format!("the column \"{}\" is missing", column.name.en),
                ),
                Words::new("请补上这一栏，或重新下载模板填写", "add the column, or use the template"),
            ));
        }
    }
    for (at, column) in &header.twice {
        let name = &template.columns[*column].name;
        reading.findings.push(Finding::error(
            Code::ColumnTwice,
            Place::cell(&sheet.name, header.row, *at),
            Words::new(
                format!("“{}”一栏出现了两次", name.zh),
                format!("the column \"{}\" is there twice", name.en),
            ),
            Words::new("请删去或改名其中一栏", "remove or rename one of them"),
        ));
    }
    for (at, text) in &header.unknown {
        let holds = sheet.rows.range(header.row + 1..).any(|(row, _)| sheet.cell(*row, *at).is_some());
        if holds {
            reading.findings.push(Finding::warn(
                Code::ColumnUnknown,
                Place::cell(&sheet.name, header.row, *at),
                Words::new(
                    format!("模板没有“{text}”一栏，未读取"),
                    format!("the template has no column \"{text}\"; it was not read"),
                ),
                Words::new(
                    "如有要导入的内容，请移到模板的栏目里",
                    "move what belongs to the import into a column of the template",
                ),
            ));
        }
    }
}

fn hidden(reading: &mut Reading, sheet: &Sheet, header: &Header) {
    let warn = |place, zh: String, en: String| {
        Finding::warn(
            Code::Hidden,
            place,
            Words::new(zh, en),
            Words::new("请取消隐藏，核对内容后再上传", "unhide it and check what it holds"),
        )
    };
    let below = |row: &&u32| **row > header.row && !sheet.row(**row).is_empty();
    for row in sheet.hidden_rows.iter().filter(below) {
        let (zh, en) = (
            format!("第 {} 行被隐藏，但有内容", row + 1),
            format!("row {} is hidden and not empty", row + 1),
        );
        reading.findings.push(warn(Place::row(&sheet.name, *row), zh, en));
    }
    for column in &sheet.hidden_columns {
        let letters = crate::place::column_letters(*column);
        let holds = sheet.rows.range(header.row + 1..).any(|(row, _)| sheet.cell(*row, *column).is_some());
        if holds {
            let (zh, en) = (
                format!("{letters} 列被隐藏，但有内容"),
                format!("column {letters} is hidden and not empty"),
            );
            reading.findings.push(warn(Place::column(&sheet.name, *column), zh, en));
        }
    }
    if !sheet.visible {
        let (zh, en) = ("工作表被隐藏".to_owned(), "the sheet is hidden".to_owned());
        reading.findings.push(warn(Place::sheet(&sheet.name), zh, en));
    }
    let faults =
        sheet.row(header.row).into_iter().filter(|(_, cell)| matches!(cell.stored, Stored::Fault(_)));
    for (column, _) in faults {
        reading.findings.push(Finding::error(
            Code::CellError,
            Place::cell(&sheet.name, header.row, column),
            Words::new("表头里有公式错误", "a heading holds an error"),
            Words::new("请改正表头", "mend the heading"),
        ));
    }
}
