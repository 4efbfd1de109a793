//! Help for the tests: lists, workbooks cell by cell, findings as short texts.

use calamine::Reader;
use documents::templates::Lists;
use documents::{Choice, Finding, Reading, Severity, Template};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use std::io::{Cursor, Read, Write};

/// Small lists.
pub fn lists() -> Lists {
    let list = |names: &[(&str, &str)]| names.iter().map(|(id, name)| Choice::new(*id, *name)).collect();
    Lists {
        funds: list(&[("a", "甲资金"), ("b", "乙资金")]),
        source_kinds: list(&[("central", "中央"), ("local", "地方")]),
        levels: list(&[("state", "国家"), ("county", "县")]),
        uses: list(&[("industry", "产业"), ("works", "基建")]),
        projects: list(&[("p1", "桥"), ("p2", "水果基地"), ("p3", "蔬菜基地")]),
    }
}

/// All templates of the crate.
pub fn templates() -> [Template; 4] {
    use documents::templates::{budget_lines, payees, plan_lines, sources};
    [sources(&lists()), plan_lines(&lists()), budget_lines(&lists()), payees(&lists())]
}

/// Findings as `severity code`.
pub fn findings(reading: &Reading) -> Vec<String> {
    let short = |finding: &Finding| {
        let severity = if finding.severity == Severity::Error { "error" } else { "warn" };
        format!("{severity} {}", finding.code.id())
    };
    reading.findings.iter().map(short).collect()
}

/// Findings as people read them.
pub fn say(findings: &[Finding]) -> String {
    let say = |finding: &Finding| {
        format!(
            "{} {}\n  {}\n  {}\n  {}\n  {}\n",
            finding.place,
            finding.code.id(),
            finding.what.zh,
            finding.mend.zh,
            finding.what.en,
            finding.mend.en
        )
    };
    findings.iter().map(say).collect()
}

/// A workbook of one sheet, filled cell by cell.
pub struct Sheet(Workbook);

impl Sheet {
    pub fn new(headings: &[&str]) -> Self {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (at, text) in headings.iter().enumerate() {
            sheet.write_string(0, at as u16, *text).unwrap();
        }
        Self(book)
    }

    fn sheet(&mut self) -> &mut rust_xlsxwriter::Worksheet {
        self.0.worksheet_from_index(0).unwrap()
    }

    pub fn text(&mut self, row: u32, column: u16, text: &str) -> &mut Self {
        self.sheet().write_string(row, column, text).unwrap();
        self
    }

    pub fn number(&mut self, row: u32, column: u16, number: f64) -> &mut Self {
        self.sheet().write_number(row, column, number).unwrap();
        self
    }

    pub fn date(&mut self, row: u32, column: u16, year: u16, month: u8, day: u8) -> &mut Self {
        let format = Format::new().set_num_format("yyyy-mm-dd");
        let date = ExcelDateTime::from_ymd(year, month, day).unwrap();
        self.sheet().write_datetime_with_format(row, column, date, &format).unwrap();
        self
    }

    pub fn formula(&mut self, row: u32, column: u16, formula: &str, result: &str) -> &mut Self {
        self.sheet().write_formula(row, column, Formula::new(formula).set_result(result)).unwrap();
        self
    }

    pub fn merge(&mut self, top: u32, left: u16, bottom: u32, right: u16) -> &mut Self {
        // Merging blanks what is under it, so the first cell is written again by whoever needs it.
        let kept = Format::new();
        let book = self.0.save_to_buffer().unwrap();
        let mut read: calamine::Xlsx<_> = calamine::Xlsx::new(Cursor::new(book)).unwrap();
        let name = read.sheet_names()[0].clone();
        let value = read.worksheet_range(&name).unwrap().get_value((top, left.into())).cloned();
        let sheet = self.sheet();
        sheet.merge_range(top, left, bottom, right, "", &kept).unwrap();
        match value {
            Some(calamine::Data::Float(number)) => sheet.write_number(top, left, number).unwrap(),
            Some(calamine::Data::String(text)) => sheet.write_string(top, left, text).unwrap(),
            _ => sheet,
        };
        self
    }

    pub fn hide_row(&mut self, row: u32) -> &mut Self {
        self.sheet().set_row_hidden(row).unwrap();
        self
    }

    pub fn hide_column(&mut self, column: u16) -> &mut Self {
        self.sheet().set_column_hidden(column).unwrap();
        self
    }

    pub fn done(&mut self) -> Vec<u8> {
        self.0.save_to_buffer().unwrap()
    }
}

/// The cells of a sheet as texts.
pub fn cells(bytes: &[u8], sheet: &str) -> Vec<Vec<String>> {
    let mut book: calamine::Xlsx<_> = calamine::Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

/// The same workbook with a text in one of its parts replaced.
pub fn rewrite(bytes: &[u8], path: &str, from: &str, to: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut text = Vec::new();
        entry.read_to_end(&mut text).unwrap();
        if name == path {
            let before = String::from_utf8(text).unwrap();
            assert!(before.contains(from), "{before}");
            text = before.replace(from, to).into_bytes();
        }
        out.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&text).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// The text of one part of a workbook.
pub fn part(bytes: &[u8], path: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(path).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// An archive of these parts.
pub fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        out.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}
